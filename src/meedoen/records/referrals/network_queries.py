"""How organisations refer to each other, and what their answers teach; no person is in it.

Counted over the whole municipality, whoever asks: what comes out is protected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import District, Municipality, Organisation
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.found_only import without_found_only
from meedoen.records.referrals.columns import referral_columns
from meedoen.records.referrals.models import Ask
from meedoen.rules.indicators.referral_columns import KnownReferrals
from meedoen.rules.network.baseline import shipped_baselines
from meedoen.rules.network.figures import (
    Comparison,
    NetworkFigures,
    compare,
    first_whole_year,
    quarter_ends,
    quarters,
)
from meedoen.rules.network.picture import NetworkPicture, network_picture
from meedoen.rules.network.told import Refusals, Unmet, refusals, unmet
from meedoen.rules.network.years import (
    baseline_years,
    is_begun,
    newest_over,
    not_connected,
    whole_year,
    years_told,
)
from meedoen.rules.vocabulary import AskState, DeclineReason, Theme

QUARTERS_TOLD = 8
YES = (AskState.ACCEPTED, AskState.HANDED_BACK)
"""How an ask stands to which was said yes, though it may have been given back since."""


@dataclass(frozen=True, slots=True)
class NetworkYears:
    """Of which years a picture can be drawn, newest first, and up to which day measures go.

    `until` is the last day of the last quarter that is over, `begun` whether anything was sent up
    to then; a picture has only a year that is over, and on `next_picture` the running one is.
    `baseline` is the year to compare with that the municipality chose, or else the first whole
    year with referrals; it need not be over.
    """

    until: date
    begun: bool
    next_picture: date
    told: tuple[int, ...]
    baselines: tuple[int, ...]
    baseline: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCard:
    """Who refers to whom in a year, how well that goes, and who has no part in it.

    Without a year, while none is over, there is no picture.
    `names` are those of organisations by number, without those whose name not everybody may read;
    `districts` those of districts.
    """

    year: int | None
    picture: NetworkPicture | None
    names: Mapping[int, str]
    districts: Mapping[int, str]
    quarters: Sequence[NetworkFigures]
    comparison: Comparison
    not_connected: Sequence[str]
    unnamed: int
    """How many more had no referrals, whose name not everybody may read."""


@dataclass(frozen=True, slots=True)
class FullCard:
    """An organisation that says to have no room for a theme until a day."""

    name: str
    theme: Theme
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedCard:
    """What a no taught in a year: why, about what and where, and what found nobody."""

    start: date
    end: date
    refusals: Refusals
    unmet: Unmet
    districts: Mapping[int, str]
    full: Sequence[FullCard]


def network_years(viewer: Viewer) -> NetworkYears | None:
    """Return of which years the network can be told; None for who may not see it."""
    if not viewer.may(Permission.SEE_NETWORK):
        return None
    known, today = _known(viewer), clock.today()
    [until] = quarter_ends(today, 1)
    code = Municipality.objects.get(pk=viewer.municipality_id).code
    return NetworkYears(
        until=until,
        begun=is_begun(known, until),
        next_picture=date(today.year + 1, 1, 1),
        told=years_told(known, today),
        baselines=baseline_years(known, until),
        baseline=shipped_baselines().get(code, first_whole_year(known)),
    )


def network(
    viewer: Viewer, *, year: int | None, baseline: int | None, threshold: int
) -> NetworkCard | None:
    """Return the network in a year, its last quarters, and its last year against a baseline.

    None for who may not see it. As many questions for many referrals as for a few. Raises
    ValueError for a year that is not over.
    """
    if not viewer.may(Permission.SEE_NETWORK):
        return None
    known, today = _known(viewer), clock.today()
    ends = quarter_ends(today, QUARTERS_TOLD)
    until = ends[-1]
    names = _names(viewer)
    alone = not_connected(known, until)
    return NetworkCard(
        year=year,
        picture=(
            None if year is None else network_picture(known, *whole_year(year, today), threshold)
        ),
        names=names,
        districts=_districts(viewer),
        quarters=quarters(known, ends, threshold),
        comparison=compare(known, until, chosen_year=baseline, threshold=threshold),
        not_connected=[name for number, name in names.items() if number in alone],
        unnamed=len(alone - names.keys()),
    )


def learned(viewer: Viewer, *, threshold: int) -> LearnedCard | None:
    """Return what refusals taught in the newest calendar year that is over.

    Of the year that runs nothing is counted, for the reason in `rules.network.years`. What is
    recorded later still moves the numbers of a year: who looks before and after somebody is found
    at last, sees `unmet` go down. None for who may not see where there are places.
    """
    if not viewer.may(Permission.SEE_COVERAGE):
        return None
    known, today = _known(viewer), clock.today()
    start, end = whole_year(newest_over(today), today)
    return LearnedCard(
        start=start,
        end=end,
        refusals=refusals(known, start, end, threshold),
        unmet=unmet(known, start, end, threshold),
        districts=_districts(viewer),
        full=_full(viewer),
    )


def _known(viewer: Viewer) -> KnownReferrals:
    return referral_columns(Viewer.system(viewer.municipality_id)).known_at(None)


def _names(viewer: Viewer) -> dict[int, str]:
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    return dict(without_found_only(viewer, rows).order_by("name", "pk").values_list("pk", "name"))


def _districts(viewer: Viewer) -> dict[int, str]:
    rows = District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    return dict(rows.values_list("pk", "name"))


def _full(viewer: Viewer) -> list[FullCard]:
    """Return who said to be full until a day that is to come, and said no yes since.

    It is what an organisation says of itself; for whom it was asked is not read.
    """
    today = clock.today()
    asks = Ask.objects.visible_to(Viewer.system(viewer.municipality_id))
    yes_since = asks.filter(
        organisation_id=OuterRef("organisation_id"),
        referral__theme=OuterRef("referral__theme"),
        answered_at__gt=OuterRef("answered_at"),
        state__in=YES,
    )
    here = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    here = without_found_only(viewer, here.filter(Q(left_on=None) | Q(left_on__gt=today)))
    rows = asks.filter(
        ~Exists(yes_since),
        state=AskState.DECLINED,
        reason=DeclineReason.FULL,
        full_until__gt=today,
        organisation__in=here,
    )
    found = rows.values_list("organisation__name", "referral__theme").annotate(
        until=Max("full_until")
    )
    ordered = found.order_by("organisation__name", "organisation_id", "referral__theme")
    return [FullCard(name, Theme(theme), until) for name, theme, until in ordered]
