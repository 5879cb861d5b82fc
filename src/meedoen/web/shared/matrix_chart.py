"""Who gave how many to whom, as a square: a row for who gives, a column for who gets.

The names stand before the rows with a number, and the columns carry the numbers, so that long names
need no room above. A darker cell holds more; the number in it says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.safestring import SafeString

from meedoen.rules.indicators.disclosure import Shown
from meedoen.web.shared.charts import GRID, INK, LINE_COLOUR, Spec, picture
from meedoen.web.shared.counting import shown_text

SIDE, HEADING = 44, 26
"""A cell, and the line with the numbers of the columns, in pixels."""
NAMES, AIR, LETTERS, MOST_LINES = 172, 8, 24, 2
"""How wide the names are, what is left beside them, and how much of a name fits."""
LINE_HEIGHT, FONT_SIZE = 14, 12
WHITE, NO_CELL = "#ffffff", "#eef0f3"
SHADES = ("#e3edf5", "#b9d2e5", "#2f73a5", LINE_COLOUR)
LETTER_COLOURS = (INK, INK, WHITE, WHITE)
DASHES = [3, 3]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What stands in a cell; row and column count from nought. None is no cell at all."""

    row: int
    column: int
    shown: Shown | None


def matrix_chart(
    title: str,
    description: str,
    names: Sequence[str],
    cells: Mapping[tuple[int, int], Shown | None],
    language: str,
) -> SafeString:
    """Draw the square of these names; what is not among the cells is a nought.

    `description` says in a sentence what there is to see. Nothing when there are no names.
    """
    if not names:
        return SafeString("")
    places = range(len(names))
    nought = Shown("0", hidden=False)
    square = [
        MatrixCell(row, column, cells.get((row, column), nought))
        for row in places
        for column in places
    ]
    width, height = NAMES + AIR + SIDE * len(names), HEADING + SIDE * len(names)
    spec = {
        "width": width,
        "height": height,
        "layer": [*_squares(square), _numbers(len(names)), _names(names), *_words(square)],
        "encoding": {"x": _axis("x", width), "y": _axis("y", height)},
    }
    return picture(title, description, spec, language)


def numbered(names: Sequence[str]) -> list[str]:
    """Put the numbers of the columns before the names of the rows."""
    return [f"{number}. {name}" for number, name in enumerate(names, start=1)]


def _axis(field: str, length: float) -> Spec:
    """Give an axis that is not drawn, in pixels from the top left."""
    scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _shade(cell: MatrixCell, numbers: Sequence[int]) -> int | None:
    """Return how dark a cell is among all, None for one without a number that is more than nought.

    By its place among the numbers and not by its size: else one large number makes all others pale.
    """
    if not _is_number(cell):
        return None
    return numbers.index(_count(cell)) * len(SHADES) // len(numbers)


def _numbers_in(square: Sequence[MatrixCell]) -> list[int]:
    return sorted({_count(one) for one in square if _is_number(one)})


def _is_number(cell: MatrixCell) -> bool:
    return cell.shown is not None and not cell.shown.hidden and cell.shown.text != "0"


def _count(cell: MatrixCell) -> int:
    return int(cell.shown.text) if cell.shown else 0


def _squares(square: Sequence[MatrixCell]) -> list[Spec]:
    numbers = _numbers_in(square)
    groups: dict[tuple[str, bool], list[Spec]] = {}
    for cell in square:
        shade = _shade(cell, numbers)
        fill = WHITE if shade is None else SHADES[shade]
        look = (NO_CELL, False) if cell.shown is None else (fill, cell.shown.hidden)
        x, y = NAMES + AIR + cell.column * SIDE, HEADING + cell.row * SIDE
        box = {"x": x + 1, "right": x + SIDE - 1, "y": y + 1, "bottom": y + SIDE - 1}
        groups.setdefault(look, []).append(box)
    return [
        {
            "data": {"values": boxes},
            "mark": {
                "type": "rect",
                "fill": fill,
                "stroke": INK if hidden else GRID,
                "strokeDash": DASHES if hidden else [1, 0],
            },
            "encoding": {"x2": {"field": "right"}, "y2": {"field": "bottom"}},
        }
        for (fill, hidden), boxes in groups.items()
    ]


def _words(square: Sequence[MatrixCell]) -> list[Spec]:
    numbers = _numbers_in(square)
    groups: dict[tuple[str, bool], list[Spec]] = {}
    for cell in square:
        if cell.shown is None:
            continue
        shade = _shade(cell, numbers)
        look = (INK if shade is None else LETTER_COLOURS[shade], shade is not None)
        at = {
            "x": NAMES + AIR + (cell.column + 0.5) * SIDE,
            "y": HEADING + (cell.row + 0.5) * SIDE,
            "words": shown_text(cell.shown),
        }
        groups.setdefault(look, []).append(at)
    return [
        _text(rows, align="center", color=colour, fontWeight="bold" if bold else "normal")
        for (colour, bold), rows in groups.items()
    ]


def _numbers(count: int) -> Spec:
    rows = [
        {"x": NAMES + AIR + (at + 0.5) * SIDE, "y": HEADING / 2, "words": str(at + 1)}
        for at in range(count)
    ]
    return _text(rows, align="center", fontWeight="bold")


def _names(names: Sequence[str]) -> Spec:
    rows = []
    for at, name in enumerate(numbered(names)):
        words = wrap(name, LETTERS, max_lines=MOST_LINES, placeholder="…")
        middle = HEADING + (at + 0.5) * SIDE
        rows.append({"x": NAMES, "y": middle - (len(words) - 1) * LINE_HEIGHT / 2, "words": words})
    return _text(rows, align="right", lineHeight=LINE_HEIGHT)


def _text(rows: Sequence[Spec], **look: object) -> Spec:
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "text", "baseline": "middle", "fontSize": FONT_SIZE, **look},
        "encoding": {"text": {"field": "words", "type": "nominal"}},
    }
