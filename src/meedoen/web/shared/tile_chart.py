"""A map of tiles as a picture: a square per district, with its name and what stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import wrap

from django.utils.safestring import SafeString

from meedoen.web.shared.charts import INK, LINE_COLOUR, Spec, picture

SIDE, LETTERS, MOST_LINES = 104, 13, 3
"""A tile in pixels, and how many letters and lines of a name fit in it."""
AT_NAME, AT_WORDS = -22, 34
"""Where name and words stand in a tile: pixels from its middle, down is more."""


class Cover(StrEnum):
    """How well a district is covered; the words in the tile say the same as its colour."""

    NONE = "none"
    WITHOUT_ROOM = "without_room"
    WITH_ROOM = "with_room"


FILLS = {Cover.NONE: "#ffffff", Cover.WITHOUT_ROOM: "#dfe3e8", Cover.WITH_ROOM: LINE_COLOUR}
LETTER_COLOURS = {Cover.NONE: INK, Cover.WITHOUT_ROOM: INK, Cover.WITH_ROOM: "#ffffff"}
DASHES = {Cover.NONE: [5, 4], Cover.WITHOUT_ROOM: [1, 0], Cover.WITH_ROOM: [1, 0]}


@dataclass(frozen=True, slots=True)
class TileMark:
    """What stands in one tile; column and row count from nought at the top left."""

    name: str
    words: str
    cover: Cover
    column: int
    row: int


def tile_chart(
    title: str, description: str, marks: Sequence[TileMark], language: str
) -> SafeString:
    """Draw the tiles; nothing when there are none."""
    if not marks:
        return SafeString("")
    columns = max(mark.column for mark in marks) + 1
    rows = max(mark.row for mark in marks) + 1
    layers = [layer for cover in Cover for layer in _layers(marks, cover)]
    spec = {
        "width": columns * SIDE,
        "height": rows * SIDE,
        "layer": layers,
        "encoding": {
            axis: {
                "field": axis,
                "type": "ordinal",
                "axis": None,
                "scale": {"domain": list(range(count)), "paddingInner": 0.05},
            }
            for axis, count in (("x", columns), ("y", rows))
        },
    }
    return picture(title, description, spec, language)


def _layers(marks: Sequence[TileMark], cover: Cover) -> list[Spec]:
    """Give the tiles of one kind: the squares, the names and the words."""
    values = [
        {
            "x": mark.column,
            "y": mark.row,
            "name": wrap(mark.name, LETTERS)[:MOST_LINES],
            "words": mark.words,
        }
        for mark in marks
        if mark.cover is cover
    ]
    if not values:
        return []
    square = {
        "type": "rect",
        "fill": FILLS[cover],
        "stroke": INK,
        "strokeDash": DASHES[cover],
        "strokeWidth": 1.5,
    }
    text = {"type": "text", "color": LETTER_COLOURS[cover], "fontSize": 12}
    return [
        {"data": {"values": values}, "mark": square},
        {
            "data": {"values": values},
            "mark": {**text, "dy": AT_NAME, "lineHeight": 15},
            "encoding": {"text": {"field": "name", "type": "nominal"}},
        },
        {
            "data": {"values": values},
            "mark": {**text, "dy": AT_WORDS, "fontWeight": "bold"},
            "encoding": {"text": {"field": "words", "type": "nominal"}},
        },
    ]
