"""Makes rows of indicators from the rows below the headings of a table, or refuses them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from meedoen.rules.budget.blocks import GridCell, GridRow
from meedoen.rules.budget.cells import own_years, years_named
from meedoen.rules.budget.columns import UnreadableHeadingsError, Word, kind_of
from meedoen.rules.budget.grid_columns import GridColumn
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.html_words import WRITE_OUT
from meedoen.rules.budget.page import Cell, CellKind, IndicatorRow, Refusal
from meedoen.rules.budget.periods import Period, read_period
from meedoen.rules.budget.roles import Role, part_of
from meedoen.rules.budget.rows import (
    BY_HAND,
    ReadTable,
    lost_cells,
    noted,
    refuse_without_unit,
)
from meedoen.rules.budget.units import short_unit, unit_of
from meedoen.rules.budget.values import Meaning, Value, read_value
from meedoen.rules.budget.wording import listed

_BELOW = re.compile(
    r"(?:bron(?:nen)?\b|toelichting|legenda|voetnoot|pagina|noot\b|peildatum|\*+|[a-d][.)]"
    r"|deze pagina|bbv[\s-]nummer|[0-9]{1,2}[.)]?\s(?:bron|toelichting)|[^=]{1,20}\s?=\s)",
    re.IGNORECASE,
)
_UNSURE = {Meaning.UNCERTAIN, Meaning.AMOUNT}


def is_below(text: str) -> bool:
    """Tell whether a text below a table is about it: a source, a legend, a footnote."""
    return bool(_BELOW.match(text))


class _DoubtError(Exception):
    """A cell cannot be read with certainty; the message says why."""


@dataclass(frozen=True, slots=True)
class Below:
    """What is the same for every row of a table: its columns and the document."""

    columns: Sequence[GridColumn]
    document: Document | None

    def at(self, role: Role) -> int | None:
        """Say which column has this role, the first one; None when there is none."""
        return next((at for at, one in enumerate(self.columns) if one.role is role), None)


def read_body(rows: Sequence[GridRow], below: Below) -> ReadTable:
    """Read the rows of a table, each by itself: a doubt about one leaves the others good."""
    alike = set(map(id, _told_apart_elsewhere(rows, below)))
    read = [_refuse_alike(row, below) if id(row) in alike else _row(row, below) for row in rows]
    return ReadTable(
        tuple(row for table in read for row in table.rows),
        tuple(refusal for table in read for refusal in table.refused),
    )


def _told_apart_elsewhere(rows: Sequence[GridRow], below: Below) -> list[GridRow]:
    """Give the rows with the same name that only a column passed over tells apart."""
    name_at = below.at(Role.NAME) or 0
    found: dict[str, list[GridRow]] = {}
    for row in rows:
        if name_at and len(row.cells) == len(below.columns) and row.cells[name_at].text:
            found.setdefault(row.cells[name_at].text, []).append(row)
    passed = [at for at in range(name_at) if below.columns[at].role is Role.PASSED]
    return [
        row
        for same in found.values()
        if any(len({_letters(one.cells[at].text) for one in same}) > 1 for at in passed)
        for row in same
    ]


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def _refuse_alike(row: GridRow, below: Below) -> ReadTable:
    name = row.cells[below.at(Role.NAME) or 0].text
    before = listed([cell.text for cell in row.cells[: below.at(Role.NAME) or 0] if cell.text])
    what = f"Rij “{name}” bij {before or 'niets'}."
    why = "Meer rijen heten zo. Alleen een kolom ervoor zegt waarin zij verschillen."
    advice = "Zet wat de rijen verschillen in de naam van de indicator."
    return ReadTable(refused=(Refusal(row.where, what, why, advice),))


def _row(row: GridRow, below: Below) -> ReadTable:
    name_at = below.at(Role.NAME) or 0
    cells = row.cells
    name = cells[name_at].text if name_at < len(cells) else ""
    valued = [
        (column, cell)
        for column, cell in zip(below.columns, cells, strict=False)
        if column.role is Role.VALUE
    ]
    if _is_over_everything(cells) or (_BELOW.match(cells[0].text) and _has_nothing(cells[1:])):
        return ReadTable()
    values = [read_value(cell.text) for _, cell in valued]
    shown = listed([value.shown for value in values if value.shown])
    if len(cells) < len(below.columns) and name:
        return _lost(row, name, name_at, below)
    reason, advice = next((cell.doubt for cell in cells if cell.doubt), ""), BY_HAND
    if reason:
        advice = WRITE_OUT
    elif any(cell.stretched for _, cell in valued):
        reason = "Een cel van deze rij loopt door over andere cellen."
    elif any(_heads(cell.text) for _, cell in valued):
        reason = "Op de plaats van een waarde staat een opschrift."
    elif not shown:
        reason = "Deze rij heeft geen waarden: het is een tussenkop of een lege rij."
    elif not name:
        reason = "Deze rij heeft geen naam."
    else:
        try:
            return _with_unit(_indicator(name, cells, valued, below), row)
        except (_DoubtError, UnreadableHeadingsError) as error:
            reason = str(error)
    called = name or next((cell.text for cell in cells if cell.text), "")
    what = f"Rij “{called}”: {shown or 'geen waarden'}."
    return ReadTable(refused=(Refusal(row.where, what, reason, advice),))


def _heads(text: str) -> bool:
    part = part_of(text) if text and not text[0].isdigit() else None
    return part is not None and part.word is not None and text[0].isupper()


def _with_unit(read: IndicatorRow, row: GridRow) -> ReadTable:
    """Give a row; without a unit a person has to say which it is before it can be kept."""
    refused = () if read.unit else (refuse_without_unit(read, row.where),)
    return ReadTable((replace(read, where=row.where),), refused)


def _is_over_everything(cells: Sequence[GridCell]) -> bool:
    return (
        len(cells) > 1
        and all(cell.stretched for cell in cells)
        and len({cell.text for cell in cells}) == 1
    )


def _has_nothing(cells: Sequence[GridCell]) -> bool:
    return not any(cell.text for cell in cells)


def _lost(row: GridRow, name: str, name_at: int, below: Below) -> ReadTable:
    """Refuse a row with fewer cells than columns, and show what was found."""
    beside = sum(1 for one in below.columns if one.role is not Role.VALUE) - 1
    found = [cell.text for at, cell in enumerate(row.cells) if at != name_at][beside:]
    columns = [one for one in below.columns if one.role is Role.VALUE]
    kinds = {one.kind for one in columns}
    return lost_cells(
        name,
        [read_value(text) for text in found],
        [one.label for one in columns],
        kinds.pop() if len(kinds) == 1 else None,
        row.where,
    )


def _indicator(
    name: str,
    cells: Sequence[GridCell],
    valued: Sequence[tuple[GridColumn, GridCell]],
    below: Below,
) -> IndicatorRow:
    period_at, unit_at, area_at = (below.at(role) for role in (Role.PERIOD, Role.UNIT, Role.AREA))
    period = None
    if period_at is not None and (printed := cells[period_at].text):
        period = read_period(printed)
        if period is None:
            raise _DoubtError(f"“{printed}” is geen jaar en geen tijdvak dat te lezen is.")
        period = replace(period, shown=printed)
    read = tuple(
        one for column, cell in valued for one in _cells(column, cell.text, period, below.document)
    )
    if area_at is not None:
        read = tuple(replace(one, entity=cells[area_at].text or one.entity) for one in read)
    values = [one.value for one in read]
    unit = short_unit(cells[unit_at].text, name) if unit_at is not None else ""
    unit = unit or _heading_unit(below.columns) or unit_of(name, values) or ""
    return noted(IndicatorRow(name, unit, read))


def _heading_unit(columns: Sequence[GridColumn]) -> str:
    units = {one.unit for one in columns if one.role in {Role.VALUE, Role.NAME} and one.unit}
    return units.pop() if len(units) == 1 else ""


def _cells(
    column: GridColumn, text: str, row_period: Period | None, document: Document | None
) -> list[Cell]:
    """Give the values of one cell: one, or one for each year that the cell names."""
    value = read_value(text)
    if column.period and column.period.year:
        return [_cell(column, _of_that_year(value, column), column.period, document)]
    if column.period is None and row_period is None and (dated := own_years(text)):
        return [_cell(column, one.value, Period(one.year), document) for one in dated]
    if value.meaning in _UNSURE or value.meaning is Meaning.DATED:
        raise _DoubtError(_unsure(value, column))
    ahead = column.word in {Word.AIMED, Word.BUDGETED}
    period = column.period or (None if ahead else row_period)
    if period is None and column.word is Word.RESULT and column.kind is None:
        raise _DoubtError(f"“{value.shown}” bij “{column.label}” heeft geen jaar.")
    return [_cell(column, value, period, document)]


def _unsure(value: Value, column: GridColumn) -> str:
    if value.meaning is Meaning.AMOUNT:
        return f"“{value.shown}” is een bedrag; bedragen horen niet bij de indicatoren."
    return f"“{value.shown}” bij “{column.label}” is niet met zekerheid te lezen."


def _cell(
    column: GridColumn, value: Value, period: Period | None, document: Document | None
) -> Cell:
    year = period.year if period else None
    kind = column.kind or kind_of(column.label, column.word, year, document)
    if column.kind is CellKind.REALISATIE and column.period is None:
        kind = kind_of(column.label, column.word, year, document)
    shown = period.shown if period else None
    return Cell(column.label, year, kind, value, column.entity, shown)


def _of_that_year(value: Value, column: GridColumn) -> Value:
    """Give the value of a column with a year; refuse one that says to be of another year."""
    year = column.period.year if column.period else None
    if value.meaning in _UNSURE:
        raise _DoubtError(_unsure(value, column))
    if value.meaning is Meaning.DATED:
        [*found] = own_years(value.shown)
        if len(found) == 1 and found[0].year == year:
            return found[0].value
        raise _DoubtError(_unsure(value, column))
    named = value.meaning in {Meaning.BOUND, Meaning.WORDED_NUMBER}
    if len(own_years(value.shown)) > 1 or (
        named and any(other != year for other in years_named(value.shown))
    ):
        raise _DoubtError(f"“{value.shown}” noemt een ander jaar dan de kolom “{column.label}”.")
    return value
