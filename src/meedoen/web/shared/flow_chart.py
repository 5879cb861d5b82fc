"""Where people went, as a picture of bands: left where they were, right where they are.

The names stand beside the bars, outside the bands, so that nothing lies over them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.safestring import SafeString

from meedoen.web.shared.charts import INK, LINE_COLOUR, WIDTH, Spec, picture
from meedoen.web.shared.figures import number_text

PEOPLE_HEIGHT = 340
"""How high everybody together is, in pixels."""
BAR = 12
LETTERS, LINE_HEIGHT, GAP = 16, 15, 8
"""How many letters of a name fit on a line, how high a line is, and what is left between nodes."""
FONT_SIZE = 12
NAMES, AIR = 112, 6
"""How wide the names on each side are, and what is left between a name and its bar."""
STEPS = 16
"""A band is drawn with so many points on each side."""
STAYED = "#9aa7b5"
"""The colour of who is at the end where they were at the beginning."""


@dataclass(frozen=True, slots=True)
class Band:
    """So many people went from one node to another; the names are as people read them."""

    source: str
    target: str
    people: int
    stays: bool


@dataclass(slots=True)
class _Node:
    """A bar with its name. `top` is where the bar begins; `used` how far bands have filled it."""

    label: Sequence[str]
    top: float
    height: float
    used: float = 0


def flow_chart(
    title: str, description: str, bands: Sequence[Band], targets: Sequence[str], language: str
) -> SafeString:
    """Draw the bands; sources from top to bottom as they come, targets in the order given.

    `description` says in a sentence what there is to see; nothing when there are no bands. Raises
    KeyError for a band to something that is not among the targets.
    """
    total = sum(band.people for band in bands)
    if not total:
        return SafeString("")
    scale = PEOPLE_HEIGHT / total
    left = _nodes(_totals(bands, "source"), scale)
    arrived = _totals(bands, "target")
    right = _nodes({name: arrived[name] for name in targets if name in arrived}, scale)
    height = max(_bottom(left), _bottom(right))
    layers = [_band_layer(bands, left, right, scale)]
    layers += [_bar_layer(left, NAMES), _bar_layer(right, WIDTH - NAMES - BAR)]
    layers += [
        _label_layer(left, NAMES - AIR, "right"),
        _label_layer(right, WIDTH - NAMES + AIR, "left"),
    ]
    spec = {
        "height": height,
        "layer": layers,
        "encoding": {"x": _axis("x", WIDTH), "y": _axis("top", height)},
    }
    return picture(title, description, spec, language)


def _axis(field: str, length: float) -> Spec:
    """Give an axis that is not drawn, in pixels from the top left."""
    scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _totals(bands: Sequence[Band], side: str) -> dict[str, int]:
    totals: dict[str, int] = {}
    for band in bands:
        name = getattr(band, side)
        totals[name] = totals.get(name, 0) + band.people
    return totals


def _nodes(totals: Mapping[str, int], scale: float) -> dict[str, _Node]:
    """Put the nodes under each other, with room for the name where the bar is lower than that."""
    nodes: dict[str, _Node] = {}
    at = 0.0
    for name, people in totals.items():
        label = wrap(f"{name}: {number_text(people)}", LETTERS, break_long_words=False)
        height = people * scale
        room = max(height, len(label) * LINE_HEIGHT)
        nodes[name] = _Node(label, at + (room - height) / 2, height)
        at += room + GAP
    return nodes


def _bottom(nodes: Mapping[str, _Node]) -> float:
    """Return where the last bar or name ends."""
    last = list(nodes.values())[-1]
    return last.top + (last.height + max(last.height, len(last.label) * LINE_HEIGHT)) / 2


def _band_layer(
    bands: Sequence[Band], left: Mapping[str, _Node], right: Mapping[str, _Node], scale: float
) -> Spec:
    rows: list[Spec] = []
    for number, band in enumerate(bands):
        source, target, thick = left[band.source], right[band.target], band.people * scale
        begins, ends = source.top + source.used, target.top + target.used
        source.used += thick
        target.used += thick
        for step in range(STEPS + 1):
            part = step / STEPS
            # Level at both ends, and steepest halfway.
            top = begins + (ends - begins) * part * part * (3 - 2 * part)
            x = NAMES + BAR + (WIDTH - 2 * (NAMES + BAR)) * part
            rows.append(
                {
                    "band": number,
                    "x": round(x, 1),
                    "top": round(top, 1),
                    "bottom": round(top + thick, 1),
                    "stays": band.stays,
                }
            )
    colour = {
        "field": "stays",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [False, True], "range": [LINE_COLOUR, STAYED]},
    }
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "opacity": 0.45},
        "encoding": {"y2": {"field": "bottom"}, "detail": {"field": "band"}, "color": colour},
    }


def _bar_layer(nodes: Mapping[str, _Node], x: int) -> Spec:
    rows = [
        {"x": x, "right": x + BAR, "top": node.top, "bottom": node.top + node.height}
        for node in nodes.values()
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "color": INK},
        "encoding": {"x2": {"field": "right"}, "y2": {"field": "bottom"}},
    }


def _label_layer(nodes: Mapping[str, _Node], x: int, align: str) -> Spec:
    rows = [
        {
            "x": x,
            "top": node.top + (node.height - len(node.label) * LINE_HEIGHT) / 2,
            "words": list(node.label),
        }
        for node in nodes.values()
    ]
    return {
        "data": {"values": rows},
        "mark": {
            "type": "text",
            "align": align,
            "baseline": "top",
            "fontSize": FONT_SIZE,
            "lineHeight": LINE_HEIGHT,
        },
        "encoding": {"text": {"field": "words", "type": "nominal"}},
    }
