"""What the quotes of a document show: read live while it is a draft."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from meedoen.records.budget.aims import aimed_numbers, printed_numbers
from meedoen.records.budget.day_tables import DayTable, day_tables
from meedoen.records.documents.models import Document
from meedoen.records.figures.breakdowns import broken_down
from meedoen.records.figures.forecasts import Forecast, forecasts
from meedoen.records.figures.queries import NOT_MEASURED
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.budget.page import CellKind
from meedoen.rules.documents.quotes import Quote, Quoted, ReadText, read_quotes
from meedoen.rules.documents.words import DocumentState, QuotedKind
from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.published_table import Cell

Numbers = Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Quotable:
    """All that the quotes of one document are answered from; `districts` by name and by code."""

    reference_date: date
    indicators: Mapping[str, Definition] = field(default_factory=dict)
    districts: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[date, DayTable] = field(default_factory=dict)
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
    forecasts. Once a document is offered its figures read as they will be public, beside all that
    was published before: see `records.budget.day_tables`. In a draft they read as measured last.
    """
    names = what_can_be_quoted(viewer, document)
    quotes = [quote for text in texts for quote in names.read(text).quotes]
    days = {document.reference_date, *(one.on for one in quotes if one.on)}
    codes = {one.indicator for one in quotes if one.kind is QuotedKind.ACHIEVED}
    is_draft = document.state == DocumentState.DRAFT
    expected = {one.indicator for one in quotes if one.kind is QuotedKind.FORECAST}
    tables = _measured(viewer, days, codes) if is_draft else _public(viewer, days)
    return replace(
        names,
        days=tables,
        forecasts=_drafted_forecasts(viewer, document, expected)
        if is_draft
        else _public_forecasts(viewer, tables.get(document.reference_date), expected),
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
        return Quoted(chapter_id, quote.indicator, quote.kind, NOT_MEASURED.text)
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


def _drafted_forecasts(
    viewer: Viewer, document: Document, indicators: Collection[str]
) -> dict[str, Forecast]:
    if not indicators:
        return {}
    return forecasts(viewer, indicators=sorted(indicators), on=document.reference_date)


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
) -> dict[date, DayTable]:
    """Return of each of these days the newest figures of these indicators."""
    found: dict[date, DayTable] = {}
    for day in sorted(days):
        kept = broken_down(viewer, on=day, indicators=indicators)
        if kept is not None:
            found[day] = DayTable(
                reference_date=day,
                known_at=kept.known_at,
                shown={cell: one.shown for cell, one in kept.cells.items()},
                figure_ids={
                    cell: one.figure_id for cell, one in kept.cells.items() if one.figure_id
                },
            )
    return found


def _public(viewer: Viewer, days: Collection[date]) -> dict[date, DayTable]:
    """Return the table of each of these days as it is, or would become, public."""
    found: dict[date, DayTable] = {}
    for day in sorted(days, reverse=True):
        if day not in found:
            found |= {table.reference_date: table for table in day_tables(viewer, on=day)}
    return {day: table for day, table in found.items() if day in days}
