"""Tables in text with one space between all words, as they are copied from a printed book.

Nothing sets the cells apart, so only the ends of the lines are certain: the headings end in
words with years, and a row ends in exactly as many values.
"""

import re
from collections.abc import Sequence

from meedoen.rules.budget.blocks import GridCell, GridRow
from meedoen.rules.budget.columns import heading_piece
from meedoen.rules.budget.grid_rows import is_below
from meedoen.rules.budget.values import Meaning, read_value
from meedoen.rules.budget.wording import tidy

Line = tuple[int, str]
"""The number of a line, from 1, and its text."""

_FEWEST = 2
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_LONGEST_LINE = 2_000
_LONGEST_HEADING = 4
"""Words in one heading: ``Primitieve begroting 2023``."""
_VALUES = {
    Meaning.NUMBER,
    Meaning.PERCENTAGE,
    Meaning.NOT_MEASURED,
    Meaning.NOT_YET_KNOWN,
    Meaning.NOT_APPLICABLE,
    Meaning.MISSING,
}
_BEFORE_A_NUMBER = frozenset(
    [
        *("per", "tot", "van", "onder", "boven", "vanaf", "en", "of", "t/m", "in", "sinds"),
        *("trede", "fase", "programma", "doel", "artikel", "nr", "nr."),
        *("ca.", "ca", "circa", "ongeveer", "rond", "bijna", "dan", "\u00b1", "~"),
        *("<", ">", "<=", ">=", "\u2264", "\u2265", "\u20ac", "min.", "max."),
        *("minimaal", "maximaal", "minstens", "hoogstens"),
    ]
)
"""Words after which a number may belong to the name of an indicator, or is no bare value."""
_LEAST_BROKEN_OFF = 40
"""Signs of a line that is so long that the name on it must go on below."""
_TORN = "Niet zeker is of de regel hierboven bij de naam hoort of een tussenkop is."
_DOUBT = "Niet zeker is welke getallen van deze regel waarden zijn en welke bij de naam horen."


def ended_rows(stretch: Sequence[Line]) -> tuple[int, list[GridRow]]:
    """Give the place of the line with headings and the rows of the table, headings first.

    There are no rows when no line ends in at least two headings.
    """
    for at, (number, line) in enumerate(stretch):
        name, headings = _headings(line)
        if len(headings) >= _FEWEST and at + 1 < len(stretch):
            head = GridRow(tuple(map(GridCell, [name, *headings])), f"regel {number}")
            rows = _rows(stretch[at + 1 :], len(headings))
            if any(cell.text for row in rows for cell in row.cells[1:]):
                return at, [head, *rows]
    return 0, []


def _headings(line: str) -> tuple[str, list[str]]:
    """Cut the words with years from the end of a line; before them stands what heads the names."""
    words = tidy(line).split() if len(line) <= _LONGEST_LINE else []
    headings: list[str] = []
    while words:
        length = next((n for n in range(_LONGEST_HEADING, 0, -1) if _is_heading(words[-n:])), 0)
        if not length:
            break
        headings.insert(0, " ".join(words[-length:]))
        words = words[:-length]
    return " ".join(words), headings


def _is_heading(words: Sequence[str]) -> bool:
    piece = heading_piece(" ".join(words))
    return piece is not None and piece.year is not None


def _rows(lines: Sequence[Line], width: int) -> list[GridRow]:
    rows: list[GridRow] = []
    waiting = ""
    for number, line in lines:
        name, values = _ending(line)
        goes_on = line.strip()[0].islower()
        if waiting and not goes_on:
            rows.append(_row(number - 1, waiting, [""] * width))
            waiting = ""
        # A short line above one that goes on may as well be the heading of a group.
        torn = bool(waiting) and len(waiting) < _LEAST_BROKEN_OFF
        name = f"{waiting} {name}".strip()
        if not values:
            waiting = name
            continue
        rows.append(_row(number, name, values, width=width, torn=torn))
        waiting = ""
    return [row for row in rows if not is_below(row.cells[0].text)]


def _row(
    number: int, name: str, values: Sequence[str], *, width: int = 0, torn: bool = False
) -> GridRow:
    last = name.rsplit(maxsplit=1)[-1].casefold() if name else ""
    # The year of a law or plan at the end of a name: "Wmo 2015".
    named = bool(width and values and _YEAR.fullmatch(values[0]))
    doubt = _DOUBT if named or last in _BEFORE_A_NUMBER or 0 < width < len(values) else ""
    doubt = doubt or (_TORN if torn else "")
    cells = values[:width] if doubt else values
    return GridRow((GridCell(name, doubt=doubt), *map(GridCell, cells)), f"regel {number}")


def _ending(line: str) -> tuple[str, list[str]]:
    """Cut the values from the end of a line; a percent sign may stand apart from its number."""
    if len(line) > _LONGEST_LINE:
        return tidy(line), []
    words = tidy(line).replace(" %", "%").split(" ")
    first = len(words)
    while first and read_value(words[first - 1]).meaning in _VALUES:
        first -= 1
    return " ".join(words[:first]), words[first:]
