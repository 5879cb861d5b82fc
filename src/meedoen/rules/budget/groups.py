"""Finds rows of which only a heading between the rows, or a column beside, says what they are.

"Streefwaarde" above a group of rows makes aims of them, "Nederland" makes them those of the
country, and "Noord" above "Aantal deelnemers" makes it another number than the one below "Zuid".
What a heading of a group says of a value is nowhere in the row itself, so such rows are refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meedoen.rules.budget.blocks import GridRow
from meedoen.rules.budget.columns import heading_piece
from meedoen.rules.budget.grid_columns import Below
from meedoen.rules.budget.periods import read_period
from meedoen.rules.budget.roles import Role, part_of

_OTHERS = re.compile(
    r"(?:waarvan )?(?:(?:heel )?nederland|landelijk|nl|(?:onze )?(?:provincie(?: [^\W\d_]+)?|regio)"
    r"|(?:andere|vergelijkbare|referentie)\s?gemeenten|(?:landelijke? )?gemiddelde?)",
    re.IGNORECASE,
)
"""Areas to compare with; wider words, such as ``Landelijk gebied``, head a policy field too."""
_SAYS_WHAT = "De tussenkop “{}” zegt wat of van wanneer deze waarden zijn; dat is niet zeker."
_ARE_AREAS = "Een rij heet “{}”: de rijen zijn gebieden, en de indicator staat er niet bij."
_ALIKE = "Meer rijen heten zo. Alleen een {} zegt waarin zij verschillen."
TELL_APART = "Zet wat de rijen verschillen in de naam van de indicator."


@dataclass(frozen=True, slots=True)
class Grouped:
    """A row by its name, with the heading of the group that it stands in; empty outside one."""

    name: str
    group: str = ""

    @property
    def key(self) -> str:
        """Return by what the same name is known again."""
        return " ".join(self.name.casefold().split())


def doubts_of_groups(rows: Sequence[Grouped]) -> list[str]:
    """Say for each row why the heading of its group leaves doubt about it; empty where not."""
    if area := next((row.name for row in rows if _OTHERS.fullmatch(row.name)), ""):
        return [_ARE_AREAS.format(area) if row.name else "" for row in rows]
    groups: dict[str, set[str]] = {}
    for row in rows:
        groups.setdefault(row.key, set()).add(row.group)
    return [_doubt(row, groups[row.key]) for row in rows]


def _doubt(row: Grouped, groups: set[str]) -> str:
    if row.group and _says_what(row.group):
        return _SAYS_WHAT.format(row.group)
    return _ALIKE.format("tussenkop") if row.name and len(groups) > 1 else ""


def _says_what(group: str) -> bool:
    """Tell whether a heading says of values what kind they are, of when, or of which area."""
    part = part_of(group)
    worded = part is not None and part.role is Role.VALUE and (part.word or part.period)
    return bool(worded or read_period(group) or _OTHERS.fullmatch(group))


def doubts_of_rows(rows: Sequence[GridRow], below: Below) -> list[str]:
    """Say for each row of a table why it cannot be told from another; empty where it can."""
    grouped = doubts_of_groups(list(_in_groups(rows, below)))
    alike = _told_apart_elsewhere(rows, below)
    return [
        doubt or (_ALIKE.format("kolom ernaast") if at in alike else "")
        for at, doubt in enumerate(grouped)
    ]


def _in_groups(rows: Iterable[GridRow], below: Below) -> Iterable[Grouped]:
    group = ""
    for row in rows:
        texts = {cell.text for cell in row.cells if cell.text}
        if len(texts) == 1 and not below.has_values(row):
            group = texts.pop()
            yield Grouped("")
        else:
            yield Grouped(below.name_of(row), group)


def _told_apart_elsewhere(rows: Sequence[GridRow], below: Below) -> set[int]:
    """Find the rows with the same name that only a column passed over tells apart.

    A row without a name goes on with that of the row above it.
    """
    found: dict[tuple[str, ...], list[int]] = {}
    key: tuple[str, ...] = ("",)
    for at, row in enumerate(rows):
        if len(row.cells) == len(below.columns):
            key = _key(row, below, key)
            if key[0]:
                found.setdefault(key, []).append(at)
    passed = [at for at, one in enumerate(below.columns) if one.role is Role.PASSED and one.label]
    return {
        at
        for same in found.values()
        if any(len({_letters(rows[at].cells[one].text) for at in same}) > 1 for one in passed)
        for at in same
    }


def _key(row: GridRow, below: Below, above: tuple[str, ...]) -> tuple[str, ...]:
    """Return the name of a row and what else it says its values are, blanks as in the row above."""
    told = [_told(row, below, at) for at in below.telling]
    if name := below.name_of(row):
        return (name, *told)
    if not below.has_values(row) or not above[0]:
        return ("",)
    return (above[0], *(own or before for own, before in zip(told, above[1:], strict=True)))


def _told(row: GridRow, below: Below, at: int) -> str:
    """Return what a cell tells of the values; of kinds only a word for one tells anything."""
    text = row.cells[at].text
    if at != below.kind_at:
        return text
    piece = heading_piece(text)
    return piece.word.value if piece and piece.word else ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()
