"""How organisations refer to each other, and what their answers teach; no person is in it.

Counted over the whole municipality, whoever asks: what comes out is protected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
    YEAR,
    Comparison,
    NetworkFigures,
    compare,
    first_whole_year,
    quarter_ends,
    quarters,
)
from meedoen.rules.network.picture import NetworkPicture, network_picture
from meedoen.rules.network.told import Refusals, Unmet, refusals, unmet
from meedoen.rules.network.years import baseline_years, not_connected, part_told, years_told
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import AskState, DeclineReason, Theme

QUARTERS_TOLD = 8
YES = (AskState.ACCEPTED, AskState.HANDED_BACK)
"""How an ask stands to which was said yes, though it may have been given back since."""


@dataclass(frozen=True, slots=True)
class NetworkYears:
    """Of which years something can be told, newest first, and up to which day.

    `until` is the last day of the last quarter that is over. `baseline` is the year to compare
    with that the municipality chose, or else the first whole year with referrals; it need not be
    over.
    """

    until: date
    told: tuple[int, ...]
    baselines: tuple[int, ...]
    baseline: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCard:
    """Who refers to whom in a year, how well that goes, and who has no part in it.

    `names` are those of organisations by number, without those whose name not everybody may read;
    `districts` those of districts.
    """

    start: date
    end: date
    picture: NetworkPicture
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
    """What a no taught in twelve months: why, about what and where, and what found nobody."""

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
    known, [until] = _known(viewer), quarter_ends(clock.today(), 1)
    code = Municipality.objects.get(pk=viewer.municipality_id).code
    return NetworkYears(
        until=until,
        told=years_told(known, until),
        baselines=baseline_years(known, until),
        baseline=shipped_baselines().get(code, first_whole_year(known)),
    )


def network(
    viewer: Viewer, *, year: int, baseline: int | None, threshold: int
) -> NetworkCard | None:
    """Return the network in a year, its last quarters, and its last year against a baseline.

    Of the running year what is over of it in whole quarters. None for who may not see it. As many
    questions for many referrals as for a few. Raises ValueError for a year to come.
    """
    if not viewer.may(Permission.SEE_NETWORK):
        return None
    known, ends = _known(viewer), quarter_ends(clock.today(), QUARTERS_TOLD)
    until = ends[-1]
    start, end = part_told(year, until)
    names = _names(viewer)
    alone = not_connected(known, until)
    return NetworkCard(
        start=start,
        end=end,
        picture=network_picture(known, start, end, threshold),
        names=names,
        districts=_districts(viewer),
        quarters=quarters(known, ends, threshold),
        comparison=compare(known, until, chosen_year=baseline, threshold=threshold),
        not_connected=[name for number, name in names.items() if number in alone],
        unnamed=len(alone - names.keys()),
    )


def learned(viewer: Viewer, *, threshold: int) -> LearnedCard | None:
    """Return what refusals taught in the twelve months up to the last quarter that is over.

    None for who may not see where there are places.
    """
    if not viewer.may(Permission.SEE_COVERAGE):
        return None
    known, [end] = _known(viewer), quarter_ends(clock.today(), 1)
    start = add_months(end + timedelta(days=1), -YEAR)
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
