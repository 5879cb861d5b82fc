"""Reads the headings of a table of loose cells, each heading a block of its own.

A heading may be broken over two blocks ("Begroting", "2016"), and the words may stand in a row
of their own above a row of years.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow
from meedoen.rules.budget.columns import UnreadableHeadingsError, may_lack_year
from meedoen.rules.budget.grid_columns import GridColumn, read_headings
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.loose_parts import Stretch
from meedoen.rules.budget.roles import Part, Role, is_compared, own_area, part_of

_UNCLEAR = "Niet elke kolom heeft een woord als “behaald”, “begroting” of “beoogd” en een jaar."
_NO_SIGNS = "De lichten of pijlen onder “{}” vallen weg in gekopieerde tekst."
_BETWEEN = "Tussen of achter de kolommen met waarden staat een kolom met andere woorden."


@dataclass(frozen=True, slots=True)
class LooseHead:
    """The blocks that head a table, in three: before, of, and behind the columns with values."""

    before: tuple[Part, ...]
    values: tuple[Part, ...]
    behind: tuple[Part, ...]

    @property
    def length(self) -> int:
        """Say how many blocks the headings take."""
        return len(self.before) + len(self.values) + len(self.behind)

    @property
    def signs(self) -> tuple[Part, ...]:
        """Give the columns of lights or arrows behind the values."""
        return tuple(part for part in self.behind if part.role is Role.SIGN)

    @property
    def names(self) -> bool:
        """Tell whether one of the headings is of the names."""
        return any(part.role is Role.NAME for part in self.before)


_FIGURES = {Role.VALUE, Role.REST}


def loose_head(stretch: Stretch, start: int) -> LooseHead | None:
    """Give the headings that begin at a block; None when there are none of values."""
    if part_of(stretch.blocks[start].text) is None:
        return None
    parts = _parts(stretch, start)
    first = next((at for at, part in enumerate(parts) if part.role is Role.VALUE), len(parts))
    last = first
    while last < len(parts) and parts[last].role in _FIGURES:
        last += 1
    behind = parts[last:]
    if first == last:
        return None
    return LooseHead(tuple(parts[:first]), tuple(parts[first:last]), tuple(behind))


def _parts(stretch: Stretch, start: int) -> list[Part]:
    """Give the headings that stand behind each other; a second one of names begins a next table."""
    parts: list[Part] = []
    blocks = stretch.from_here(start)
    compared = _has_area(blocks)
    for at, block in enumerate(blocks):
        part = _part(block, compared=compared and bool(parts) and _area_follows(blocks, at))
        if part and part.role is Role.NAME and len(parts) == 1 and _is_word(parts[0]):
            parts = [replace(parts[0], role=Role.PASSED)]  # What a goal is called.
        if part is None or (part.role is Role.NAME and _heads(parts)):
            break
        parts.append(part)
    return parts


def _area_follows(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether an area to compare with comes behind; else a name is that of a row."""
    for block in blocks[at:]:
        if part := part_of(block.text):
            return part.entity is not None and is_compared(part.entity)
        if own_area(block.text) is None:
            return False
    return False


def _heads(parts: Sequence[Part]) -> bool:
    return any(part.role is Role.VALUE for part in parts)


def _has_area(blocks: Sequence[Block]) -> bool:
    """Tell whether one of the headings right here is of an area to compare with."""
    for block in blocks:
        part = _part(block, compared=True)
        if part is None:
            return False
        if part.entity and is_compared(part.entity):
            return True
    return False


def _part(block: Block, *, compared: bool) -> Part | None:
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    return part_of(block.text) or (own_area(block.text) if compared else None)


def head_columns(head: LooseHead, document: Document | None) -> tuple[GridColumn, ...]:
    """Give what each column holds, that of the names too; raises UnreadableHeadingsError."""
    for part in head.before:
        if part.role is Role.SIGN:
            raise no_signs(part)
    if any(part.role not in {Role.PASSED, Role.SIGN} for part in head.behind):
        raise UnreadableHeadingsError(_BETWEEN)
    before = [[part.text] for part in head.before] if head.names else [[""]]
    columns = [*before, *_stacked(head.values), *([part.text] for part in head.behind)]
    deepest = max(map(len, columns))
    rows = [
        GridRow(tuple(GridCell(texts[at] if at < len(texts) else "") for texts in columns), "")
        for at in range(deepest)
    ]
    return read_headings(rows, document)


def no_signs(part: Part) -> UnreadableHeadingsError:
    """Say that the signs of a column are not in the text."""
    return UnreadableHeadingsError(_NO_SIGNS.format(part.text))


def _stacked(parts: Sequence[Part]) -> list[list[str]]:
    """Give the texts of each column with values: one, or a word above a year."""
    half, odd = divmod(len(parts), 2)
    above, below = parts[:half], parts[half:]
    if not odd and half > 1 and all(map(_is_word, above)) and all(map(_is_year, below)):
        return [[word.text, year.text] for word, year in zip(above, below, strict=True)]
    if not odd and half > 1 and _are_years_above(above, below):
        return [[year.text, word.text] for year, word in zip(above, below, strict=True)]
    if all(map(_is_year, parts)):
        if len(parts) < 2:
            raise UnreadableHeadingsError(_UNCLEAR)
        return [[part.text] for part in parts]
    return _mended(parts)


def _are_years_above(above: Sequence[Part], below: Sequence[Part]) -> bool:
    """Tell whether words stand below years: they head no columns beside those of the years.

    An aim may stand without a year, so that words are certain only with another among them.
    """
    years = {part.text for part in above}
    words = [part.text for part in below]
    if not (all(map(_is_year, above)) and all(map(_is_word, below))) or len(years) < len(above):
        return False
    return not all(map(may_lack_year, words)) or len(set(words)) < len(words)


def _mended(parts: Sequence[Part]) -> list[list[str]]:
    """Join a word with the year that stands in the block behind it."""
    if len(parts) > 1 and all(part.word and part.period is None for part in parts):
        return [[part.text] for part in parts]  # No year on the whole table.
    areas = any(part.entity for part in parts)
    first = next((at for at, part in enumerate(parts) if not _is_year(part)), 0)
    if first > 1:  # Years that are over, before what is planned.
        return [*([part.text] for part in parts[:first]), *_mended(parts[first:])]
    columns: list[list[str]] = []
    waiting = ""
    for at, part in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) else None
        if waiting:
            columns.append([f"{waiting} {part.text}"])
            waiting = ""
        elif _is_word(part) and after and _is_year(after) and not areas:
            waiting = part.text
        elif _lacks(part, areas=areas):
            raise UnreadableHeadingsError(_UNCLEAR)
        else:
            columns.append([part.text])
    return columns


def _lacks(part: Part, *, areas: bool) -> bool:
    """Tell whether a heading lacks its word or its year; beside areas a year alone is enough."""
    if _is_year(part):
        return not areas
    return _is_word(part) and not (part.entity or may_lack_year(part.text))


def _is_word(part: Part) -> bool:
    return part.role is Role.VALUE and part.period is None


def _is_year(part: Part) -> bool:
    return part.period is not None and part.word is None and part.entity is None
