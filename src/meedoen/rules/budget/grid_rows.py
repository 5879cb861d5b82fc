"""Makes rows of indicators from the rows below the headings of a table, or refuses them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from meedoen.rules.budget.blocks import GridCell, GridRow
from meedoen.rules.budget.columns import UnreadableHeadingsError
from meedoen.rules.budget.grid_columns import Below, GridColumn
from meedoen.rules.budget.groups import TELL_APART, doubts_of_rows
from meedoen.rules.budget.html_words import advice_for
from meedoen.rules.budget.money import why_amount
from meedoen.rules.budget.page import IndicatorRow, Refusal
from meedoen.rules.budget.roles import Role, part_of
from meedoen.rules.budget.row_values import RowDoubtError, values_of_row
from meedoen.rules.budget.rows import (
    BY_HAND,
    ReadTable,
    lost_cells,
    noted,
    refuse_without_unit,
)
from meedoen.rules.budget.units import short_unit, unit_of
from meedoen.rules.budget.values import read_value
from meedoen.rules.budget.wording import listed

_BELOW = re.compile(
    r"(?:bron(?:nen)?\b|toelichting|legenda|voetnoot|pagina|noot\b|peildatum|\*+|[a-d][.)]"
    r"|deze pagina|bbv[\s-]nummer|[0-9]{1,2}[.)]?\s(?:bron|toelichting)|[^=]{1,20}\s?=\s)",
    re.IGNORECASE,
)
_STRETCHED = "Een cel van deze rij loopt door over andere cellen."
_HEADING = "Op de plaats van een waarde staat een opschrift."
_NO_VALUES = "Deze rij heeft geen waarden: het is een tussenkop of een lege rij."


def is_below(text: str) -> bool:
    """Tell whether a text below a table is about it: a source, a legend, a footnote."""
    return bool(_BELOW.match(text))


def read_body(
    rows: Sequence[GridRow], below: Below, doubts: Sequence[str] | None = None
) -> ReadTable:
    """Read the rows of a table, each by itself: a doubt about one leaves the others good.

    ``doubts`` say for each row why it cannot be told from others; without them that is found.
    """
    doubts = doubts_of_rows(rows, below) if doubts is None else doubts
    below = replace(below, over_years=_goes_over_years(rows, below))
    read = [_row(row, below, doubt) for row, doubt in zip(rows, doubts, strict=True)]
    return ReadTable(
        tuple(row for table in read for row in table.rows),
        tuple(refusal for table in read for refusal in table.refused),
    )


def _goes_over_years(rows: Sequence[GridRow], below: Below) -> bool:
    """Tell whether a name stands in several rows with another year in each."""
    at = below.periods_at().get(None)
    if at is None:
        return False
    told = {(below.name_of(row), row.cells[at].text) for row in rows if at < len(row.cells)}
    return len({name for name, _ in told if name}) < len([name for name, _ in told if name])


def _row(row: GridRow, below: Below, alike: str) -> ReadTable:
    """Read a row; ``alike`` says why it cannot be told from others, empty when it can."""
    cells, name = row.cells, below.name_of(row)
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
        return _lost(row, name, below.name_at, below)
    reason, advice = _why_not(cells, valued, name, alike if shown else "")
    if not reason:
        try:
            return _with_unit(_indicator(name, cells, valued, below), row)
        except (RowDoubtError, UnreadableHeadingsError) as error:
            reason = str(error)
    called = name or next((cell.text for cell in cells if cell.text), "")
    before = listed([one.text for one in cells[: below.name_at] if one.text]) if alike else ""
    what = f"Rij “{called}”{f' bij {before}' if before else ''}: {shown or 'geen waarden'}."
    return ReadTable(refused=(Refusal(row.where, what, reason, advice),))


def _why_not(
    cells: Sequence[GridCell], valued: Sequence[tuple[GridColumn, GridCell]], name: str, alike: str
) -> tuple[str, str]:
    """Say why a row cannot be read and what to do; an empty reason when it can."""
    if doubt := next((cell.doubt for cell in cells if cell.doubt), ""):
        return doubt, advice_for(doubt)
    if amount := why_amount(name):
        return amount
    if alike:
        return alike, TELL_APART
    for is_so, why in (
        (any(one.stretched for _, one in valued), _STRETCHED),
        (any(_heads(one.text) for _, one in valued), _HEADING),
        (not any(one.text for _, one in valued), _NO_VALUES),
        (not name, "Deze rij heeft geen naam."),
    ):
        if is_so:
            return why, BY_HAND
    return "", BY_HAND


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
    unit_at = below.at(Role.UNIT)
    read = values_of_row(name, cells, valued, below)
    values = [one.value for one in read]
    unit = short_unit(cells[unit_at].text, name) if unit_at is not None else ""
    unit = unit or _heading_unit(below.columns) or unit_of(name, values) or ""
    return noted(IndicatorRow(name, unit, read))


def _heading_unit(columns: Sequence[GridColumn]) -> str:
    units = {one.unit for one in columns if one.role in {Role.VALUE, Role.NAME} and one.unit}
    return units.pop() if len(units) == 1 else ""
