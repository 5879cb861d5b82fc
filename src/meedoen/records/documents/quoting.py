"""What the quotes of a document show: as it would be public, until it is adopted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from meedoen.records.budget.aims import aimed_numbers, printed_numbers
from meedoen.records.budget.day_tables import DayTable, day_tables
from meedoen.records.documents.models import Document
from meedoen.records.figures.breakdowns import broken_down
from meedoen.records.figures.forecasts import Forecast, forecasts
from meedoen.records.figures.queries import NOT_MEASURED, newest_measured
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.budget.page import CellKind
from meedoen.rules.documents.quotes import Quote, Quoted, ReadText, read_quotes
from meedoen.rules.documents.words import QuotedKind
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.published_table import Cell

Numbers = Mapping[tuple[str, int], str]
FROM_FIGURES = frozenset({QuotedKind.ACHIEVED, QuotedKind.FORECAST})
"""Kinds of quotes that are answered from what was measured."""


class NotNewest(StrEnum):
    """Why a quote does not show what was measured last, or what would follow from it."""

    PUBLIC_ALREADY = "public_already"
    """Another number is public of the day: see decision 0029."""
    PROTECTED = "protected"
    """Beside all else that is public it would tell of a few people."""


@dataclass(frozen=True, slots=True)
class Newest:
    """What was measured last, where a quote shows something else, and why it does."""

    shown: Shown
    why: NotNewest


@dataclass(frozen=True, slots=True)
class Quotable:
    """All that the quotes of one document are answered from; `districts` by name and by code.

    `days` are the figures as they are, or would become, public; `measured` those measured last.
    """

    reference_date: date
    indicators: Mapping[str, Definition] = field(default_factory=dict)
    districts: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[date, DayTable] = field(default_factory=dict)
    measured: Mapping[date, Mapping[Cell, Shown]] = field(default_factory=dict)
    forecasts: Mapping[str, Forecast] = field(default_factory=dict)
    aimed: Numbers = field(default_factory=dict)
    budgeted: Numbers = field(default_factory=dict)

    def read(self, text: str) -> ReadText:
        """Return the quotes of a text, with every mistake."""
        return read_quotes(text, indicators=self.indicators.keys(), districts=self.districts.keys())


def what_can_be_quoted(viewer: Viewer, document: Document) -> Quotable:
    """Return by which codes and names figures can be quoted, without reading the figures."""
    return Quotable(
        document.reference_date,
        indicators=catalogue_of(viewer.municipality_id).definitions,
        districts=_districts(viewer),
    )


def quotable(viewer: Viewer, document: Document, texts: Sequence[str]) -> Quotable:
    """Read all that the quotes in these texts ask for, in a number of questions that stays small.

    Each day that is quoted besides the reference date takes a few questions more, and so do
    forecasts. Figures read as they will be public, beside all that was published before: see
    `records.budget.day_tables`. So a draft says what an offered document says.
    """
    names = what_can_be_quoted(viewer, document)
    quotes = [quote for text in texts for quote in names.read(text).quotes]
    days = {document.reference_date, *(one.on for one in quotes if one.on)}
    codes = {one.indicator for one in quotes if one.kind in FROM_FIGURES}
    expected = {one.indicator for one in quotes if one.kind is QuotedKind.FORECAST}
    tables = _public(viewer, days) if codes else _empty(viewer, days)
    return replace(
        names,
        days=tables,
        measured=_measured(viewer, days, codes) if codes else {},
        forecasts=_public_forecasts(viewer, tables.get(document.reference_date), expected),
        aimed=aimed_numbers(viewer),
        budgeted=printed_numbers(viewer, CellKind.BEGROTING),
    )


def quoted(known: Quotable, chapter_id: int, quote: Quote) -> Quoted:
    """Return what a quote shows; a dash when there is no such figure."""
    if quote.kind is QuotedKind.ACHIEVED:
        return _achieved(known, chapter_id, quote)
    if quote.kind is QuotedKind.FORECAST:
        return _expected(known, chapter_id, quote)
    numbers = known.aimed if quote.kind is QuotedKind.AIMED else known.budgeted
    text = numbers.get((quote.indicator, quote.year or 0), NOT_MEASURED.text)
    return Quoted(chapter_id, quote.indicator, quote.kind, text, year=quote.year)


def newest_of(known: Quotable, one: Quoted) -> Newest | None:
    """Return what was measured last; None where the quote shows just that, or shows nothing."""
    day = one.reference_date
    if one.kind is not QuotedKind.ACHIEVED or day is None or not is_there(one):
        return None
    cell = Cell(one.indicator, district=one.district_id)
    measured = known.measured.get(day, {}).get(cell)
    return None if measured is None else newest_beside(known.days[day], cell, measured)


def newest_beside(table: DayTable, cell: Cell, measured: Shown) -> Newest | None:
    """Return what was measured last, where what is public of the day is something else."""
    public = table.shown.get(cell, NOT_MEASURED)
    if measured == public or (measured.hidden and public.hidden):
        return None
    earlier = not public.hidden and cell.indicator not in table.renewed
    return Newest(measured, NotNewest.PUBLIC_ALREADY if earlier else NotNewest.PROTECTED)


def why_not_there(known: Quotable, one: Quoted) -> NotNewest | None:
    """Say why nothing is behind a quote while the figure was measured; None when it was not."""
    day = one.reference_date or known.reference_date
    cell = Cell(one.indicator, district=one.district_id)
    table = known.days.get(day)
    if table is None or cell not in known.measured.get(day, {}):
        return None
    if one.indicator not in table.renewed:
        return NotNewest.PUBLIC_ALREADY
    return NotNewest.PROTECTED if table.shown[cell].hidden else None


def is_there(one: Quoted) -> bool:
    """Tell whether a figure is behind what is shown."""
    return one.figure_id is not None or one.text != NOT_MEASURED.text


def _achieved(known: Quotable, chapter_id: int, quote: Quote) -> Quoted:
    day = quote.on or known.reference_date
    district_id = known.districts[quote.district] if quote.district else None
    cell = Cell(quote.indicator, district=district_id)
    table = known.days.get(day)
    shown, figure_id = NOT_MEASURED, None
    if table is not None and table.is_there(quote.indicator):
        shown = table.shown.get(cell, NOT_MEASURED)
        figure_id = table.figure_ids.get(cell)
    return Quoted(
        chapter_id,
        quote.indicator,
        quote.kind,
        shown.text,
        hidden=shown.hidden,
        reference_date=day,
        district_id=district_id,
        figure_id=figure_id,
    )


def _expected(known: Quotable, chapter_id: int, quote: Quote) -> Quoted:
    """Return what is expected with its band, in Dutch as the document is."""
    found = known.forecasts.get(quote.indicator)
    if found is None or found.refusal is not None:
        year = known.reference_date.year
        return Quoted(chapter_id, quote.indicator, quote.kind, NOT_MEASURED.text, year=year)
    band = f" (tussen {found.low.text} en {found.high.text})"
    return Quoted(
        chapter_id,
        quote.indicator,
        quote.kind,
        found.expected.text + ("" if found.is_hidden else band),
        hidden=found.is_hidden,
        year=found.year,
        reference_date=found.on,
    )


def _public_forecasts(
    viewer: Viewer, table: DayTable | None, indicators: Collection[str]
) -> dict[str, Forecast]:
    """Look forward from the reference date with what was known when it was measured."""
    codes = [one for one in sorted(indicators) if table is not None and table.may_look_ahead(one)]
    if table is None or not codes:
        return {}
    return forecasts(viewer, indicators=codes, on=table.reference_date, known_at=table.known_at)


def _districts(viewer: Viewer) -> dict[str, int]:
    rows = District.objects.filter(municipality_id=viewer.municipality_id).order_by("pk")
    found: dict[str, int] = {}
    for pk, code, name in rows.values_list("pk", "code", "name"):
        found[code] = found[name] = pk
    return found


def _measured(
    viewer: Viewer, days: Collection[date], indicators: Collection[str]
) -> dict[date, Mapping[Cell, Shown]]:
    """Return of each of these days the newest figures of these indicators."""
    kept = {day: broken_down(viewer, on=day, indicators=indicators) for day in sorted(days)}
    return {
        day: {cell: kept_cell.shown for cell, kept_cell in one.cells.items()}
        for day, one in kept.items()
        if one is not None
    }


def _empty(viewer: Viewer, days: Collection[date]) -> dict[date, DayTable]:
    """Return which of these days were measured, without the figures: nothing asks for them."""
    measured = {day: newest_measured(viewer, on=day) for day in sorted(days)}
    return {day: DayTable(day, ends[-1].known_at, {}, {}) for day, ends in measured.items() if ends}


def _public(viewer: Viewer, days: Collection[date]) -> dict[date, DayTable]:
    """Return the table of each of these days as it is, or would become, public."""
    found: dict[date, DayTable] = {}
    for day in sorted(days, reverse=True):
        if day not in found:
            found |= {table.reference_date: table for table in day_tables(viewer, on=day)}
    return {day: table for day, table in found.items() if day in days}
