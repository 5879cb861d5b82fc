"""How much sheltered work there is, new and old, for who looks at figures: counts only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.sheltered.models import Hours, Step, WswStretch
from meedoen.records.sheltered.story import contracts_of, hours_from
from meedoen.rules.indicators.disclosure import Shown, protect
from meedoen.rules.law.sheltered import YearlyNumber, yearly_number
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.sheltered.columns import Contract, ContractColumns, contract_columns
from meedoen.rules.sheltered.counting import monthly, realised_in
from meedoen.rules.sheltered.words import WswCategory, WswKind
from meedoen.rules.sheltered.wsw import WswColumns, WswJob, wsw_columns, wsw_year
from meedoen.rules.sheltered_shown import ShownRealised, ShownWsw, shown_realised, shown_wsw
from meedoen.rules.vocabulary import PlaceKind

FIRST_YEAR = 2015
"""The first year of the Participatiewet; what was before it is not counted here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelteredCard:
    """Sheltered work in a year, as far as it may be shown.

    `months` has every month end until today, `now` the newest day there is: 31 December, or
    today. `wsw` is None before the first month of the year has ended.
    """

    year: int
    years: tuple[int, ...]
    required: YearlyNumber
    months: tuple[ShownRealised, ...]
    now: ShownRealised
    wsw: ShownWsw | None
    missing: Mapping[PlaceKind, Shown]
    """People who take part in such a place today, but of whom no job is written down here."""


def sheltered_in(viewer: Viewer, *, year: int, threshold: int) -> ShelteredCard | None:
    """Return sheltered work of a year; None for who may not see figures and for no such year.

    Five questions, however many people there are.
    """
    today = clock.today()
    if not viewer.may(Permission.SEE_FIGURES) or not FIRST_YEAR <= year <= today.year:
        return None
    code = Municipality.objects.values_list("code", flat=True).get(pk=viewer.municipality_id)
    required = yearly_number(code, year)
    columns = contract_columns(contracts(viewer))
    old = wsw_columns(wsw_jobs(viewer))
    last = min(date(year, 12, 31), today)
    ends = monthly(columns, date(year, 1, 1), last)
    return ShelteredCard(
        year=year,
        years=tuple(range(today.year, FIRST_YEAR - 1, -1)),
        required=required,
        months=tuple(shown_realised(one, required, threshold) for one in ends),
        now=shown_realised(realised_in(columns, last), required, threshold),
        wsw=_wsw(old, year, last, threshold),
        missing=_missing(
            viewer,
            {PlaceKind.SHELTERED_NEW: columns, PlaceKind.SHELTERED_WSW: old.contracts},
            threshold,
        )
        if last == today
        else {},
    )


def contracts(viewer: Viewer) -> list[Contract]:
    """Return every contract in new sheltered work of the municipality, as it is known now.

    For who may see figures, else nothing. Of a person it says only same or different.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    whole = _whole(viewer)
    rows = Hours.objects.visible_to(whole).order_by("track_id", "pk")
    told_hours = rows.values_list("track_id", "starts_on", "week_hours", "withdrawn")
    said = {
        track_id: hours_from(row[1:] for row in of_track)
        for track_id, of_track in groupby(told_hours, key=itemgetter(0))
    }
    steps = Step.objects.visible_to(whole).current().order_by("track_id", "number")
    told = steps.values_list("track_id", "track__pseudonym_id", "state", "on")
    found: list[Contract] = []
    for (track_id, person), of_track in groupby(told, key=itemgetter(0, 1)):
        if track_id in said:
            story = [_Told(state, on) for _track, _person, state, on in of_track]
            found += contracts_of(person, story, said[track_id])
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """Of a step what decides about contracts."""

    state: str
    on: date


def wsw_jobs(viewer: Viewer) -> Iterator[WswJob]:
    """Go through all old sheltered work of the municipality, for who may see figures."""
    if not viewer.may(Permission.SEE_FIGURES):
        return
    rows = WswStretch.objects.visible_to(_whole(viewer)).current()
    fields = ("pseudonym_id", "starts_on", "ends_on", "week_hours", "category", "kind")
    for person, starts_on, ends_on, hours, category, kind in rows.values_list(*fields).iterator():
        contract = Contract(
            person=person,
            starts_on=starts_on,
            ends_on=None if ends_on == STILL_OPEN else ends_on,
            week_hours=hours,
        )
        yield WswJob(contract=contract, category=WswCategory(category), kind=WswKind(kind))


def _missing(
    viewer: Viewer, jobs: Mapping[PlaceKind, ContractColumns], threshold: int
) -> dict[PlaceKind, Shown]:
    """Count who takes part in sheltered work today without a job that is written down."""
    rows = Placement.objects.visible_to(_whole(viewer)).filter(
        place__kind__in=jobs, state__in=TAKES_PART
    )
    found: dict[PlaceKind, set[int]] = {kind: set() for kind in jobs}
    for kind, person in rows.values_list("place__kind", "pseudonym_id"):
        found[PlaceKind(kind)].add(person)
    for kind, columns in jobs.items():
        found[kind] -= set(columns.person[columns.running_on(clock.today())].tolist())
    return {kind: protect(len(people), threshold) for kind, people in found.items()}


def _wsw(columns: WswColumns, year: int, last: date, threshold: int) -> ShownWsw | None:
    if last < date(year, 1, 31):
        return None
    return shown_wsw(columns, wsw_year(columns, year, known_until=last), threshold)


def _whole(viewer: Viewer) -> Viewer:
    """Look over the whole municipality, whoever asks: what comes out are protected counts."""
    return Viewer.system(viewer.municipality_id)
