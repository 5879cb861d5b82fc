"""The figures of the days on a page, as everyone gets to see them.

Of one day one truth is public. What was published of a day stays as it was, in every page, until
so much has changed that the difference says nothing about a few people: see decision 0029.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from meedoen.records.budget.models import PublishedCell
from meedoen.records.figures.breakdowns import KeptFigure, kept_figures
from meedoen.records.figures.protecting import protection_of
from meedoen.records.figures.queries import newest_measured
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.disclosure import PROTECTED, Shown
from meedoen.rules.indicators.given_away import Day, days_beside, given_away
from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.published_table import Cell, Protection
from meedoen.rules.indicators.shown import families, may_be_replaced
from meedoen.rules.indicators.shown_again import show_again

Kept = Mapping[Cell, KeptFigure]


@dataclass(frozen=True, slots=True)
class DayTable:
    """What is published of a day: every number as shown, and the figure it came from.

    A cell of a breakdown in which nobody is has no figure. `renewed` are the indicators of which
    this is what was measured last, and not what was public before that.
    """

    reference_date: date
    known_at: datetime
    shown: Mapping[Cell, Shown]
    figure_ids: Mapping[Cell, int]
    renewed: Collection[str] = ()

    def may_look_ahead(self, code: str) -> bool:
        """Tell whether everyone may read a forecast that goes on from this figure.

        It starts from what was measured last: beside what is public it would tell of a few people.
        """
        return self.is_there(code) and code in self.renewed and not self.shown[Cell(code)].hidden

    def is_there(self, code: str) -> bool:
        """Tell whether the indicator was measured on this day."""
        return Cell(code) in self.figure_ids


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What was published of a day: by which measurings of each indicator, and how it was shown."""

    measurings: Mapping[str, Sequence[int]]
    """In the order of publishing."""
    hidden: Mapping[Cell, str]
    shown: Mapping[Cell, int]
    """What was counted of what was shown, by the last page."""

    def known_of(self, numbers: Mapping[Cell, int]) -> set[Cell]:
        """Return the cells of which everybody knows these very numbers already."""
        return {cell for cell, count in self.shown.items() if numbers.get(cell, 0) == count}


def day_tables(viewer: Viewer, *, on: date | None = None) -> list[DayTable]:
    """Return the tables of a day and of the year ends before it, the day itself last.

    Without a day it is the last one on which was measured. Empty when nothing was measured on the
    day, and for who may not see figures. As many questions for many figures as for a few.
    """
    newest = newest_measured(viewer, on=on)
    earlier = _earlier(viewer, [one.reference_date for one in newest])
    ids = {one.measuring_id for one in newest}
    ids |= {one for each in earlier.values() for some in each.measurings.values() for one in some}
    catalogue = catalogue_of(viewer.municipality_id)
    kept = kept_figures(sorted(ids), tuple(catalogue.definitions))
    by_code = {one: _by_code(figures) for one, figures in kept.items()}
    together = list(families(catalogue))
    protection = protection_of(viewer)
    may_replace = partial(_may_be_replaced, catalogue, protection)
    days: dict[date, Day] = {}
    beside = _public_beside(viewer, catalogue, [one.reference_date for one in newest])
    tables = []
    for one in newest:
        day, before = one.reference_date, earlier[one.reference_date]
        figures, renewed = _public(by_code, one.measuring_id, before, together, may_replace)
        days[day] = _shown(
            catalogue,
            {cell: figure.value for cell, figure in figures.items()},
            before,
            protection,
            {**beside, **days},
            day,
        )
        ids_of = {cell: figure.pk for cell, figure in figures.items()}
        tables.append(DayTable(day, one.known_at, days[day].shown, ids_of, renewed))
    return tables


def _shown(
    catalogue: Catalogue,
    numbers: Mapping[Cell, int],
    before: _Earlier,
    protection: Protection,
    others: Mapping[date, Day],
    on: date,
) -> Day:
    """Show the numbers of a day, without what gives away few people with those of other days."""
    known, hidden = before.known_of(numbers), before.hidden
    shown = show_again(catalogue, numbers, protection, hidden=hidden, shown=known)
    days = {**others, on: Day(numbers, shown)}
    more = dict.fromkeys(given_away(catalogue, days, on, protection.threshold), PROTECTED)
    if more:
        hidden, known = {**more, **hidden}, known - more.keys()
        shown = show_again(catalogue, numbers, protection, hidden=hidden, shown=known)
    return Day(numbers, shown)


def _public_beside(viewer: Viewer, catalogue: Catalogue, days: Sequence[date]) -> dict[date, Day]:
    """Return what was published of other days that make a sum with these, in one question."""
    others = {one for day in days for one in days_beside(catalogue, day)} - {*days}
    found: dict[date, tuple[dict[Cell, int], dict[Cell, Shown]]] = {}
    rows = PublishedCell.objects.filter(
        municipality_id=viewer.municipality_id,
        counted_on__in=others,
        hidden=False,
        figure__isnull=False,
    )
    for day, value, code, district, kind, organisation in rows.order_by("pk").values_list(
        "counted_on",
        "figure__value",
        "indicator",
        "district_id",
        "place_kind",
        "organisation_id",
    ):
        if day is not None and value is not None:
            cell = Cell(code, "", district, kind, organisation)
            numbers, shown = found.setdefault(day, ({}, {}))
            numbers[cell], shown[cell] = value, Shown(str(value), hidden=False)
    return {day: Day(numbers, shown) for day, (numbers, shown) in found.items()}


def _public(
    by_code: Mapping[int, Mapping[str, Kept]],
    newest: int,
    earlier: _Earlier,
    together: Sequence[Collection[str]],
    may_replace: Callable[[Kept, Kept], bool],
) -> tuple[dict[Cell, KeptFigure], set[str]]:
    """Return the figures of a day: of each family the newest, or those that are public already.

    With them come the indicators of which it is the newest.
    """
    chosen: dict[Cell, KeptFigure] = {}
    renewed: set[str] = set()
    for family in together:
        later = _of(by_code[newest], family)
        before = [earlier.measurings[one] for one in family if one in earlier.measurings]
        published = {one for some in before for one in some} - {newest}
        if all(may_replace(_of(by_code[one], family), later) for one in published):
            chosen |= later
            renewed |= set(family)
        else:
            # The one that was published last speaks for the whole family.
            chosen |= _of(by_code[max(some[-1] for some in before)], family)
    return chosen, renewed


def _may_be_replaced(
    catalogue: Catalogue, protection: Protection, earlier: Kept, later: Kept
) -> bool:
    then, now = ({cell: figure.value for cell, figure in each.items()} for each in (earlier, later))
    return may_be_replaced(catalogue, then, now, protection.threshold)


def _by_code(figures: Kept) -> dict[str, dict[Cell, KeptFigure]]:
    found: dict[str, dict[Cell, KeptFigure]] = {}
    for cell, figure in figures.items():
        found.setdefault(cell.indicator, {})[cell] = figure
    return found


def _of(figures: Mapping[str, Kept], family: Collection[str]) -> dict[Cell, KeptFigure]:
    """Return the figures of a family, in the order in which they were kept."""
    found = [item for code in family for item in figures.get(code, {}).items()]
    return dict(sorted(found, key=lambda item: item[1].pk))


def _earlier(viewer: Viewer, days: Sequence[date]) -> dict[date, _Earlier]:
    """Return what was published of each of these days, in one question."""
    measurings: dict[date, dict[str, list[int]]] = {day: {} for day in days}
    hidden: dict[date, dict[Cell, str]] = {day: {} for day in days}
    shown: dict[date, dict[Cell, int]] = {day: {} for day in days}
    for day, cell, one in _published(viewer, days):
        if one.measuring_id is not None:
            measurings[day].setdefault(cell.indicator, []).append(one.measuring_id)
        if not one.mark:
            shown[day][cell] = one.count
        elif hidden[day].setdefault(cell, one.mark) != one.mark:
            hidden[day][cell] = PROTECTED
    return {day: _Earlier(measurings[day], hidden[day], shown[day]) for day in days}


@dataclass(frozen=True, slots=True)
class _Published:
    """A cell of a page: what was counted, by which measuring, and its mark when it was hidden."""

    measuring_id: int | None
    count: int
    """0 for a cell of a breakdown in which nobody is: that has no figure."""
    mark: str


def _published(viewer: Viewer, days: Sequence[date]) -> Iterator[tuple[date, Cell, _Published]]:
    """Give what was published, in order."""
    # By number and not by page: what was rectified is kept with a page that was there before.
    rows = PublishedCell.objects.filter(
        municipality_id=viewer.municipality_id, counted_on__in=days
    ).order_by("pk")
    for row in rows.values_list(
        "counted_on",
        "figure__measuring_id",
        "figure__value",
        "indicator",
        "district_id",
        "place_kind",
        "organisation_id",
        "hidden",
        "text",
    ):
        day, measuring_id, count, code, district, kind, organisation, is_hidden, text = row
        if day is not None:
            cell = Cell(code, "", district, kind, organisation)
            yield day, cell, _Published(measuring_id, count or 0, text if is_hidden else "")
