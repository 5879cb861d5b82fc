"""Reads the rows of headings of a table whose cells have a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from meedoen.rules.budget.blocks import GridCell, GridRow
from meedoen.rules.budget.columns import UnreadableHeadingsError, Word, kind_of
from meedoen.rules.budget.headings import Document, DocumentKind, document_of
from meedoen.rules.budget.page import CellKind
from meedoen.rules.budget.periods import Period
from meedoen.rules.budget.roles import (
    Part,
    Role,
    heads_areas,
    is_compared,
    joined,
    own_area,
    part_of,
    unit_in_heading,
)

_MOST_HEADING_ROWS = 4


@dataclass(frozen=True, slots=True)
class GridColumn:
    """What a column holds. ``kind`` is None when only the year in a cell can tell it."""

    role: Role
    label: str
    word: Word | None = None
    kind: CellKind | None = None
    period: Period | None = None
    entity: str | None = None
    unit: str | None = None


_KIND = re.compile(r"(?:soort|type)(?:\s(?:waarde|cijfer|getal))?", re.IGNORECASE)
"""A column that says of each row whether it was achieved or aimed for, among other things."""
_YEAR_OF_ROW = re.compile(r"(?:verslag|begrotings)?jaar|jaartal", re.IGNORECASE)
"""A column with the year of a whole row; a day or a period may be of what was measured only."""


@dataclass(frozen=True, slots=True)
class Below:
    """What is the same for every row of a table: its columns and the document."""

    columns: Sequence[GridColumn]
    document: Document | None
    over_years: bool = False
    """Whether a name stands in several rows, each of a year of its own."""

    def at(self, role: Role) -> int | None:
        """Say which column has this role, the first one; None when there is none."""
        return next((at for at, one in enumerate(self.columns) if one.role is role), None)

    @property
    def name_at(self) -> int:
        """Say which column has the names."""
        return self.at(Role.NAME) or 0

    @property
    def telling(self) -> list[int]:
        """Say which columns tell what the values of a row are: unit, period, area and kind."""
        roles = {Role.UNIT, Role.PERIOD, Role.AREA}
        kind_at = self.kind_at
        return [at for at, one in enumerate(self.columns) if one.role in roles or at == kind_at]

    @property
    def kind_at(self) -> int | None:
        """Say which column may have a word for the kind of the values of a row."""
        passed = (at for at, one in enumerate(self.columns) if one.role is Role.PASSED)
        return next((at for at in passed if _KIND.fullmatch(self.columns[at].label)), None)

    def periods_at(self) -> dict[Word | None, int]:
        """Say which columns have the periods of a word; under None the one of every row."""
        found = [(one.word, at) for at, one in enumerate(self.columns) if one.role is Role.PERIOD]
        return dict(reversed(found))

    @property
    def dates_rows(self) -> bool:
        """Tell whether a column gives the year of all values of a row, also of what is planned.

        Beside the country a year is that of the figures which are compared.
        """
        at = self.periods_at().get(None)
        compared = any(one.entity and is_compared(one.entity) for one in self.columns)
        return (
            at is not None and not compared and bool(_YEAR_OF_ROW.fullmatch(self.columns[at].label))
        )

    def name_of(self, row: GridRow) -> str:
        """Give the name of a row, empty when its cell is blank or lost."""
        return row.cells[self.name_at].text if self.name_at < len(row.cells) else ""

    def has_values(self, row: GridRow) -> bool:
        """Tell whether a row has something in a column of values that is its own there."""
        if len({cell.text for cell in row.cells}) == 1 and row.cells[0].stretched:
            return False
        pairs = zip(self.columns, row.cells, strict=False)
        return any(one.role is Role.VALUE and cell.text for one, cell in pairs)


def is_caption(row: GridRow) -> bool:
    """Tell whether a row is one text over the whole table, and no heading of a column."""
    texts = [cell.text for cell in row.cells if cell.text]
    if len(row.cells) < 2 or len(set(texts)) != 1 or part_of(texts[0]):
        return False
    whole = all(cell.stretched and cell.text for cell in row.cells)
    return whole or (len(texts) == 1 and bool(row.cells[0].text))


def is_title(row: GridRow) -> bool:
    """Tell whether a row only says of which document the table is: ``Begroting 2025``."""
    texts = [cell.text for cell in row.cells if cell.text]
    return len(set(texts)) == 1 and bool(row.cells[0].text) and bool(document_of(texts[0]))


def heads_columns(row: GridRow) -> bool:
    """Tell whether every text of a row is one of a heading, and none names a row."""
    first = row.cells[0]
    parts = [part_of(cell.text) for cell in row.cells[1:] if cell.text]
    return bool(parts) and all(parts) and (not first.text or _is_beside(part_of(first.text)))


def _is_beside(part: Part | None) -> bool:
    return part is not None and part.role is not Role.VALUE


def heading_rows(rows: Sequence[GridRow]) -> int:
    """Say how many rows from the top are headings: the first, and those below that head too."""
    count = 1
    while count < min(_MOST_HEADING_ROWS, len(rows)) and (
        heads_columns(rows[count]) or _hangs_from_above(rows[count - 1], rows[count])
    ):
        count += 1
    return count


def _hangs_from_above(above: GridRow, below: GridRow) -> bool:
    """Tell whether a row goes on with the headings above it: areas below words, or below years.

    Its first cell is that of the row above, or blank where it names the country too.
    """
    first, under = above.cells[0], below.cells[0]
    rest = [cell.text for cell in below.cells[1:] if cell.text]
    if not rest or not all(part_of(text) or own_area(text) for text in rest):
        return False
    if first.stretched and under.stretched and first.text == under.text:
        return True
    heads = any((part := part_of(cell.text)) and part.word for cell in above.cells[1:] if cell.text)
    return not under.text and heads and any(map(is_compared, rest))


def _spread(rows: Sequence[GridRow]) -> list[GridRow]:
    """Let a heading that stands once above several areas stand above each of them.

    Only where that is certain: below every heading the same areas stand, in the same order.
    """
    if len(rows) != 2 or len({len(row.cells) for row in rows}) > 1:
        return list(rows)
    above, below = rows
    groups: list[list[str]] = []
    filled: list[GridCell] = [above.cells[0]]
    for cell, under in zip(above.cells[1:], below.cells[1:], strict=True):
        if cell.text or not groups:
            groups.append([])
        groups[-1].append(under.text)
        filled.append(cell if cell.text or not above.cells[1].text else filled[-1])
    same = len(groups) > 1 and all(group == groups[0] for group in groups)
    areas = len(groups[0]) > 1 and all(groups[0]) and any(map(is_compared, groups[0]))
    return [replace(above, cells=tuple(filled)), below] if same and areas else list(rows)


def read_headings(rows: Sequence[GridRow], document: Document | None) -> tuple[GridColumn, ...]:
    """Give what each column holds; raises UnreadableHeadingsError when that leaves doubt."""
    if len({len(row.cells) for row in rows}) > 1:
        raise UnreadableHeadingsError("De rijen met opschriften zijn niet even lang.")
    if doubt := next((cell.doubt for row in rows for cell in row.cells[1:] if cell.doubt), ""):
        raise UnreadableHeadingsError(f"Een opschrift van een kolom is niet zeker. {doubt}")
    rows = _spread(rows)
    texts = [_texts(rows, at) for at in range(len(rows[0].cells))]
    compared = any(
        part.entity and is_compared(part.entity)
        for column in texts
        for part in map(part_of, column)
        if part
    )
    parts = [_part(column, at, compared=compared) for at, column in enumerate(texts)]
    return _checked(_goals_passed(_one_name(parts)), document)


def _texts(rows: Sequence[GridRow], at: int) -> list[str]:
    return list(dict.fromkeys(row.cells[at].text for row in rows if row.cells[at].text))


def _part(texts: list[str], at: int, *, compared: bool) -> Part:
    parts: list[Part] = []
    for text in texts:
        part = part_of(text) or (own_area(text) if compared and at else None)
        if part is None and heads_areas(text):
            part = Part(text, Role.AREA)
        if part is None and at == 0:
            part = Part(text, Role.NAME, unit=unit_in_heading(text))
        if part is None:
            raise UnreadableHeadingsError(f"Het opschrift “{text}” is niet te lezen.")
        parts.append(part)
    if not parts:
        return Part("", Role.NAME if at == 0 else Role.PASSED)
    if at == 0 and len(parts) > 1 and parts[0].role is not Role.VALUE:
        return parts[0]
    return joined(texts, parts)


def _one_name(parts: Sequence[Part]) -> list[Part]:
    """Let one column have the names: the one that says indicator, else the first."""
    names = [at for at, part in enumerate(parts) if part.role is Role.NAME]
    figures = [at for at, part in enumerate(parts) if part.role is Role.VALUE]
    if any(
        names[0] < before < at < behind for at in names for before in figures for behind in figures
    ):
        raise UnreadableHeadingsError("Hier staan twee tabellen naast elkaar.")
    if not names:
        raise UnreadableHeadingsError("Boven de namen van de rijen staat een woord of een jaar.")
    said = [at for at in names if "indicator" in parts[at].text.lower()]
    if not said and len(names) > 1 and not parts[0].text:
        said = names[1:]
    chosen = (said or names)[0]
    return [
        Part(part.text, Role.PASSED) if part.role is Role.NAME and at != chosen else part
        for at, part in enumerate(parts)
    ]


def _goals_passed(parts: Sequence[Part]) -> list[Part]:
    """Pass over a column that stands before the names and has no year: what a goal is called."""
    names = next(at for at, part in enumerate(parts) if part.role is Role.NAME)
    return [
        replace(part, role=Role.PASSED)
        if at < names and part.role is Role.VALUE and not (part.period or part.entity)
        else part
        for at, part in enumerate(parts)
    ]


def _checked(parts: Sequence[Part], document: Document | None) -> tuple[GridColumn, ...]:
    own = {part.entity for part in parts if part.entity and not is_compared(part.entity)}
    beside = own.pop() if len(own) == 1 else None
    told_of = [part.word for part in parts if part.role is Role.PERIOD]
    if len(set(told_of)) < len(told_of):
        raise UnreadableHeadingsError("Meer kolommen geven een jaar of een periode.")
    by_row = any(part.role is Role.PASSED and _KIND.fullmatch(part.text) for part in parts)
    told = Told(document, beside, dated_rows=None in told_of, worded_rows=by_row)
    columns = tuple(_column(part, told) for part in parts)
    values = [column for column in columns if column.role is Role.VALUE]
    if not values:
        raise UnreadableHeadingsError("Geen enkele kolom heeft een woord of een jaar.")
    headings = {(column.label, column.period, column.entity, column.word) for column in values}
    if len(headings) < len(values):
        raise UnreadableHeadingsError("Twee kolommen hebben hetzelfde opschrift.")
    return columns


@dataclass(frozen=True, slots=True)
class Told:
    """What is told beside the heading of a column.

    The document, the area of the columns ``beside``, and whether each row has its own time or its
    own word for the kind of its values.
    """

    document: Document | None
    beside: str | None
    dated_rows: bool
    worded_rows: bool


def _column(part: Part, told: Told) -> GridColumn:
    if part.role is not Role.VALUE:
        return GridColumn(part.role, part.text, part.word, unit=part.unit)
    if not (part.word or part.entity or part.period or told.dated_rows):
        raise UnreadableHeadingsError(f"Het opschrift “{part.text}” is niet te lezen.")
    year = part.period.year if part.period else None
    word = part.word or (Word.ACHIEVED if part.entity else None)
    document = told.document
    closed = document is not None and document.kind is DocumentKind.ACCOUNT
    waits = word is Word.RESULT and not (part.period or told.dated_rows or closed)
    kind = None
    if told.worded_rows and word is None:
        kind = None
    elif year or not (told.dated_rows or waits or word is None):
        kind = kind_of(part.text, word, year, document)
    elif part.period and word is None:
        raise UnreadableHeadingsError(
            f"Boven “{part.text}” staat niet of dit behaald of beoogd is."
        )
    entity = part.entity or told.beside
    return GridColumn(Role.VALUE, part.text, word, kind, part.period, entity, part.unit)
