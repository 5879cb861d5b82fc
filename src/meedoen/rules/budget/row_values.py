"""Makes the values of one row from its cells: each with its kind, its period and its area.

A row says more than its columns: a period or an area in a cell of its own, a word for the kind
of its values, or such a word in its name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from meedoen.rules.budget.blocks import GridCell
from meedoen.rules.budget.cells import other_years, own_periods, years_named
from meedoen.rules.budget.columns import Word, heading_piece, kind_of
from meedoen.rules.budget.grid_columns import Below, GridColumn
from meedoen.rules.budget.headings import Document, DocumentKind
from meedoen.rules.budget.page import Cell, CellKind
from meedoen.rules.budget.periods import Period, read_period
from meedoen.rules.budget.roles import Role
from meedoen.rules.budget.values import NO_ANSWER, Meaning, Value, read_value

_SAYS_KIND = re.compile(
    r"^(?:norm|streefwaarde|streefcijfer|doelwaarde|doel|begroot|begroting|raming|prognose|ambitie"
    r"|target|nulmeting)\b(?=[\s:])"
    r"|(?:[(:,\u2013\u2014-]\s?)(?:norm|doel|doelstelling|ambitie|begroting|raming|nulmeting)\s?\)?$"
    r"|(?:\b)(?:streefwaarde|streefcijfer|doelwaarde|begroot|geraamd|beoogd|prognose|target)\s?\)?$",
    re.IGNORECASE,
)
"""Names that make other values of a row than achieved ones."""
_ONLY_KIND = "“{}” zegt wat de waarden zijn, en niet van welke indicator."
_NAMED_KIND = "De naam zegt “{}”, maar boven de jaren staat geen woord."
_NAMES_YEAR = "“{}” bij “{}” noemt {}. Niet zeker is welke waarde bij welk jaar hoort."
_PLAN_OF_PAST = "Niet zeker is of “{}” van {} is, of van een later jaar: dit is een stuk over {}."
_UNSURE = {Meaning.UNCERTAIN, Meaning.AMOUNT}


class RowDoubtError(Exception):
    """A cell cannot be read with certainty; the message says why."""


def values_of_row(
    name: str,
    cells: Sequence[GridCell],
    valued: Sequence[tuple[GridColumn, GridCell]],
    below: Below,
) -> tuple[Cell, ...]:
    """Give the values of a row; ``valued`` are its cells in columns of values.

    Raises RowDoubtError when a cell leaves doubt, UnreadableHeadingsError when a kind does.
    """
    columns = _of_their_kind([column for column, _ in valued], name, cells, below)
    periods = {word: _period(cells[at].text) for word, at in below.periods_at().items()}
    said = _said_kind(cells, below) is not None
    read = tuple(
        one
        for column, (_, cell) in zip(columns, valued, strict=True)
        for one in _cells(
            column, cell.text, _period_of(column, periods, below, said=said), below.document
        )
    )
    area_at = below.at(Role.AREA)
    if area_at is None:
        return read
    return tuple(replace(one, entity=cells[area_at].text or one.entity) for one in read)


def _period(printed: str) -> Period | None:
    """Read the period of a row from its own column; a blank cell gives none."""
    period = read_period(printed)
    if printed and period is None:
        raise RowDoubtError(f"“{printed}” is geen jaar en geen tijdvak dat te lezen is.")
    return replace(period, shown=printed) if period else None


def _period_of(
    column: GridColumn, periods: Mapping[Word | None, Period | None], below: Below, *, said: bool
) -> Period | None:
    """Give the period that a row has for a column.

    One for every column tells of plans only where the row says that it is a plan, ``said``, or
    where the column gives the year of the row.
    """
    own = periods.get(column.word) if column.word else None
    if column.period or own:
        return column.period or own
    every = periods.get(None)
    planned = column.word in {Word.AIMED, Word.BUDGETED}
    if every and planned and not said:
        return _year_of_plan(column, every, below) if below.dates_rows else None
    return every


def _year_of_plan(column: GridColumn, period: Period, below: Below) -> Period:
    """Give the year of a row to what is planned on it; a plan may be for a later year than it."""
    document = below.document
    if (
        document
        and document.kind is not DocumentKind.ACCOUNT
        and not below.over_years
        and period.year
        and period.year < document.year
    ):
        raise RowDoubtError(_PLAN_OF_PAST.format(column.label, period.shown, document.year))
    return period


def _of_their_kind(
    columns: Sequence[GridColumn], name: str, cells: Sequence[GridCell], below: Below
) -> list[GridColumn]:
    """Give the columns with the kind that the row itself says its values have."""
    if (piece := heading_piece(name)) and piece.word:
        raise RowDoubtError(_ONLY_KIND.format(name))
    said = _said_kind(cells, below)
    if said is None:
        if any(one.word is None for one in columns) and (found := _SAYS_KIND.search(name)):
            raise RowDoubtError(_NAMED_KIND.format(found[0].strip(" ():-\u2013\u2014")))
        return list(columns)
    return [_of_this_kind(one, said, below.document) for one in columns]


def _said_kind(cells: Sequence[GridCell], below: Below) -> Word | None:
    piece = heading_piece(cells[below.kind_at].text) if below.kind_at is not None else None
    return piece.word if piece and piece.word is not Word.RESULT else None


def _of_this_kind(column: GridColumn, said: Word, document: Document | None) -> GridColumn:
    if column.word not in {None, said}:
        raise RowDoubtError(f"De rij en de kolom “{column.label}” noemen een andere soort waarde.")
    year = column.period.year if column.period else None
    # Of what was achieved only the value tells whether it can be so: a blank one may wait.
    kind = None if said is Word.ACHIEVED else kind_of(column.label, said, year, document)
    return replace(column, word=said, kind=kind)


def _cells(
    column: GridColumn, text: str, row_period: Period | None, document: Document | None
) -> list[Cell]:
    """Give the values of one cell: one, or one for each year that the cell names."""
    value = read_value(text)
    if row_period and row_period.year:
        value = _of_that_year(value, column, row_period)
        return [_cell(column, value, row_period, document)]
    if row_period is None and (dated := own_periods(text)):
        return [_cell(column, one.value, Period(one.year, one.period), document) for one in dated]
    if value.meaning in _UNSURE or value.meaning is Meaning.DATED:
        raise RowDoubtError(_unsure(value, column))
    printed = (row_period.shown or "") if row_period else ""
    if named := other_years(value, [*years_named(printed)]):
        raise RowDoubtError(_NAMES_YEAR.format(value.shown, column.label, named[0]))
    if row_period is None and column.word is Word.RESULT and column.kind is None:
        raise RowDoubtError(f"“{value.shown}” bij “{column.label}” heeft geen jaar.")
    return [_cell(column, value, row_period, document)]


def _unsure(value: Value, column: GridColumn) -> str:
    if value.meaning is Meaning.AMOUNT:
        return f"“{value.shown}” is een bedrag; bedragen horen niet bij de indicatoren."
    return f"“{value.shown}” bij “{column.label}” is niet met zekerheid te lezen."


def _cell(
    column: GridColumn, value: Value, period: Period | None, document: Document | None
) -> Cell:
    year = period.year if period else None
    kind = column.kind
    if kind is None or (kind is CellKind.REALISATIE and column.period is None):
        waits = column.word is Word.ACHIEVED and value.meaning in NO_ANSWER
        label, word = column.label, column.word
        kind = CellKind.REALISATIE if waits else kind_of(label, word, year, document)
    shown = period.shown if period else None
    return Cell(column.label, year, kind, value, column.entity, shown)


def _of_that_year(value: Value, column: GridColumn, period: Period) -> Value:
    """Give the value of a column or row with a year; refuse one that says to be of another."""
    found = own_periods(value.shown)
    if len(found) == 1 and (found[0].year, found[0].period) == (period.year, None):
        return found[0].value
    if found or (value.meaning not in _UNSURE and other_years(value, [period.year or 0])):
        place = f"kolom “{column.label}”" if column.period else "rij"
        raise RowDoubtError(f"“{value.shown}” noemt een ander jaar of tijdvak dan de {place}.")
    if value.meaning in _UNSURE or value.meaning is Meaning.DATED:
        raise RowDoubtError(_unsure(value, column))
    return value
