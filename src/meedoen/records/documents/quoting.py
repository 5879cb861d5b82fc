"""What the quotes of a document show: read live while it is a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from meedoen.records.budget.aims import aimed_numbers, printed_numbers
from meedoen.records.documents.models import Document
from meedoen.records.figures.breakdowns import KeptCell, broken_down
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.queries import NOT_MEASURED, MeasuringCard, newest_with_year_ends
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.budget.page import CellKind
from meedoen.rules.documents.quotes import Quote, Quoted, ReadText, read_quotes
from meedoen.rules.documents.words import QuotedKind
from meedoen.rules.indicators.published_table import Cell

Numbers = Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Quotable:
    """All that the quotes of one document are answered from; `districts` by name and by code."""

    reference_date: date
    districts: Mapping[str, int] = field(default_factory=dict)
    measured: Mapping[date, MeasuringCard] = field(default_factory=dict)
    broken_down: Mapping[date, Mapping[Cell, KeptCell]] = field(default_factory=dict)
    aimed: Numbers = field(default_factory=dict)
    budgeted: Numbers = field(default_factory=dict)

    def read(self, text: str) -> ReadText:
        """Return the quotes of a text, with every mistake."""
        return read_quotes(
            text, indicators=catalogue().definitions.keys(), districts=self.districts.keys()
        )


def what_can_be_quoted(viewer: Viewer, document: Document) -> Quotable:
    """Return by which codes and names figures can be quoted, without reading the figures."""
    return Quotable(document.reference_date, districts=_districts(viewer))


def quotable(viewer: Viewer, document: Document, texts: Sequence[str]) -> Quotable:
    """Read all that the quotes in these texts ask for, in a number of questions that stays small.

    Each day that is quoted besides the reference date takes a few questions more, and so does
    each day of which districts are quoted.
    """
    names = what_can_be_quoted(viewer, document)
    quotes = [quote for text in texts for quote in names.read(text).quotes]
    return Quotable(
        reference_date=document.reference_date,
        districts=names.districts,
        measured=_measured(
            viewer, {document.reference_date, *(one.on for one in quotes if one.on)}
        ),
        broken_down=_broken_down(viewer, document, [one for one in quotes if one.district]),
        aimed=aimed_numbers(viewer),
        budgeted=printed_numbers(viewer, CellKind.BEGROTING),
    )


def quoted(known: Quotable, chapter_id: int, quote: Quote) -> Quoted:
    """Return what a quote shows; a dash when there is no such figure."""
    if quote.kind is QuotedKind.ACHIEVED:
        where = _of_district if quote.district else _achieved
        return where(known, chapter_id, quote)
    numbers = known.aimed if quote.kind is QuotedKind.AIMED else known.budgeted
    text = numbers.get((quote.indicator, quote.year or 0), NOT_MEASURED.text)
    return Quoted(chapter_id, quote.indicator, quote.kind, text, year=quote.year)


def is_there(one: Quoted) -> bool:
    """Tell whether a figure is behind what is shown."""
    return one.figure_id is not None or one.text != NOT_MEASURED.text


def _achieved(known: Quotable, chapter_id: int, quote: Quote) -> Quoted:
    day = quote.on or known.reference_date
    measuring = known.measured.get(day)
    figure = measuring.figures.get(quote.indicator) if measuring else None
    shown = figure.shown if figure else NOT_MEASURED
    return Quoted(
        chapter_id,
        quote.indicator,
        quote.kind,
        shown.text,
        hidden=shown.hidden,
        reference_date=day,
        figure_id=figure.figure_id if figure else None,
    )


def _of_district(known: Quotable, chapter_id: int, quote: Quote) -> Quoted:
    day = quote.on or known.reference_date
    district_id = known.districts[quote.district]
    cells = known.broken_down.get(day, {})
    kept = cells.get(Cell(quote.indicator, district=district_id))
    shown = kept.shown if kept else NOT_MEASURED
    return Quoted(
        chapter_id,
        quote.indicator,
        quote.kind,
        shown.text,
        hidden=shown.hidden,
        reference_date=day,
        district_id=district_id,
        figure_id=kept.figure_id if kept else None,
    )


def _broken_down(
    viewer: Viewer, document: Document, quotes: Sequence[Quote]
) -> dict[date, Mapping[Cell, KeptCell]]:
    found: dict[date, Mapping[Cell, KeptCell]] = {}
    for day in sorted({one.on or document.reference_date for one in quotes}):
        figures = broken_down(viewer, on=day, indicators={one.indicator for one in quotes})
        if figures is not None:
            found[day] = figures.cells
    return found


def _districts(viewer: Viewer) -> dict[str, int]:
    rows = District.objects.filter(municipality_id=viewer.municipality_id).order_by("pk")
    found: dict[str, int] = {}
    for pk, code, name in rows.values_list("pk", "code", "name"):
        found[code] = found[name] = pk
    return found


def _measured(viewer: Viewer, days: set[date]) -> dict[date, MeasuringCard]:
    """Return the newest measuring of each of these days on which was measured."""
    found: dict[date, MeasuringCard] = {}
    for day in sorted(days, reverse=True):
        if day not in found:
            found |= {card.reference_date: card for card in newest_with_year_ends(viewer, on=day)}
    return {day: card for day, card in found.items() if day in days}
