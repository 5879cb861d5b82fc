"""Pictures of figures, as SVG that a strict content security policy lets through.

Each picture has a title and a description of its own; the page sets the table under it.
Colour is never the only sign: lines differ in dash and marker and carry a label at the end.

vl-convert starts an engine at its first conversion and a process that forks after that hangs
in the child. So nothing is converted while this module is imported.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import vl_convert
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from meedoen.web.shared.chart_locales import NUMBERS, TIMES

SVG = "{http://www.w3.org/2000/svg}"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
INK, LINE_COLOUR, TARGET_COLOUR, GRID = "#001a40", "#00568b", "#863d15", "#dfe3e8"
WIDTH, HEIGHT = 370, 230
NEAR = 0.09
"""Labels closer than this part of the height would run into each other."""
DIGIT = 10
"""So many pixels a digit of a label takes."""

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured on a day; `None` leaves a gap in the line."""

    day: date
    value: int | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is expected on a later day, between the lowest and the highest of a band."""

    day: date
    low: int
    expected: int
    high: int


@dataclass(frozen=True, slots=True)
class Breaks:
    """The days from which is counted otherwise, and what stands above them."""

    days: Sequence[date]
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One class and how many are in it; `None` is not measured or protected.

    `instead` is what stands there without a number.
    """

    label: str
    value: int | None
    instead: str = "-"


def line_chart(
    title: str,
    description: str,
    points: Sequence[Point],
    target: tuple[int | None, str] | None,
    language: str,
    ahead: Ahead | None = None,
    breaks: Breaks | None = None,
) -> SafeString:
    """Draw what was measured over time, with the target as a dashed line if there is one.

    What lies `ahead` is a dotted line from the last measured day, in a band that widens to its end.
    On `breaks` the line stops and begins anew, beside an upright line.

    `target` is the aim and what it is called, as in `(200, "Doel")`; an aim of `None` is not
    drawn. `description` says in a sentence what there is to see; `language` is "nl" or "en".
    When nothing was measured the result is empty: there is no picture of nothing.
    """
    measured = [point.value for point in points if point.value is not None]
    if not measured:
        return SafeString("")
    aim = None if target is None else target[0]
    layers = [*_ahead_layers(points, ahead, aim, measured), *_lines(points, breaks)]
    layers += _last_label(points, ahead) if ahead else _end_label(points, aim, measured)
    heights = [*measured, ahead.high, ahead.expected] if ahead else measured
    if target is not None and aim is not None:
        layers.extend(_target_layers(aim, target[1], heights, language))
    axis = {
        "values": _axis_days([point.day for point in points] + ([ahead.day] if ahead else [])),
        "format": "%-d %b %Y",
        "labelAngle": 0,
        "labelOverlap": "greedy",
        "grid": False,
    }
    days = {"field": "day", "type": "temporal", "scale": {"type": "utc"}, "axis": axis}
    spec = {"layer": layers, "encoding": {"x": {**days, "title": None}}}
    return picture(title, description, spec, language)


def bar_chart(title: str, description: str, bars: Sequence[Bar], language: str) -> SafeString:
    """Draw a bar for each class, in the order given, with its number at the end.

    A class without a number has no bar and says what stands there instead.
    """
    rows = [
        {"label": bar.label, "value": bar.value, "instead": bar.instead, "order": at}
        for at, bar in enumerate(bars)
    ]
    order = [bar.label for bar in bars]
    label_axis = {"labelLimit": 220, "domain": False, "ticks": False}
    y = {"field": "label", "type": "nominal", "sort": order, "title": None, "axis": label_axis}
    length = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "axis": {"format": ",d", "tickMinStep": 1, "tickCount": 4},
    }
    text = {"condition": {"test": "isValid(datum.value)", "field": "value", "format": ",d"}}
    layers = [
        {"mark": {"type": "bar", "height": 26, "color": LINE_COLOUR}, "encoding": {"x": length}},
        {
            "transform": [{"calculate": "datum.value == null ? 0 : datum.value", "as": "end"}],
            "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": "bold"},
            "encoding": {
                "x": {"field": "end", "type": "quantitative"},
                "text": {**text, "field": "instead", "type": "nominal"},
            },
        },
    ]
    spec = {
        "data": {"values": rows},
        "height": {"step": 42},
        "width": WIDTH - 90,
        "layer": layers,
        "encoding": {"y": y},
    }
    return picture(title, description, spec, language)


def _lines(points: Sequence[Point], breaks: Breaks | None) -> list[Spec]:
    """Give the line, or one for each way of counting with an upright line where it begins."""
    rows: list[dict[str, object]] = [
        {"day": point.day.isoformat(), "value": point.value} for point in points
    ]
    if breaks is None or not breaks.days:
        return [_line_layer(rows)]
    for row, point in zip(rows, points, strict=True):
        row["way"] = sum(day <= point.day for day in breaks.days)
    line = _line_layer(rows)
    line["encoding"]["detail"] = {"field": "way", "type": "nominal"}
    begun = {"values": [{"day": day.isoformat()} for day in breaks.days]}
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.5, "strokeDash": [1, 3]}
    text = {"type": "text", "y": 0, "dy": -8, "align": "center", "fontSize": 14}
    return [
        {"data": begun, "mark": rule},
        {"data": begun, "mark": text, "encoding": {"text": {"value": breaks.label}}},
        line,
    ]


def _line_layer(rows: Sequence[Mapping[str, object]]) -> Spec:
    """Give the line itself; a day that was not measured breaks it."""
    axis = {"format": ",d", "tickCount": 5, "tickMinStep": 1}
    return {
        "data": {"values": list(rows)},
        "mark": {
            "type": "line",
            "color": LINE_COLOUR,
            "strokeWidth": 2.5,
            "point": {"filled": True, "size": 60, "color": LINE_COLOUR},
            "invalid": "break-paths-filter-domains",
        },
        "encoding": {
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "scale": {"zero": True, "nice": True},
                "axis": axis,
            }
        },
    }


def _ahead_layers(
    points: Sequence[Point], ahead: Ahead | None, aim: int | None, measured: Sequence[int]
) -> list[Spec]:
    """Give the band and the dotted line from the last measured day on, and the number at its end.

    The line has another dash than the target, and its end an open marker.
    """
    known = [point for point in points if point.value is not None]
    if ahead is None or not known or known[-1].day >= ahead.day:
        return []
    last = {"day": known[-1].day.isoformat(), "value": known[-1].value}
    end = {"day": ahead.day.isoformat(), "value": ahead.expected}
    band = [
        {"day": last["day"], "low": last["value"], "high": last["value"]},
        {"day": end["day"], "low": ahead.low, "high": ahead.high},
    ]
    height = {"field": "value", "type": "quantitative"}
    shift = _shift(ahead.expected, aim, [*measured, ahead.high])
    return [
        {
            "data": {"values": band},
            "mark": {"type": "area", "color": LINE_COLOUR, "opacity": 0.2},
            "encoding": {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
        },
        {
            "data": {"values": [last, end]},
            "mark": {
                "type": "line",
                "color": LINE_COLOUR,
                "strokeWidth": 2.5,
                "strokeDash": [2, 4],
            },
            "encoding": {"y": height},
        },
        {
            "data": {"values": [end]},
            "mark": {
                "type": "point",
                "size": 70,
                "fill": "#ffffff",
                "stroke": LINE_COLOUR,
                "strokeWidth": 2.5,
                "opacity": 1,
            },
            "encoding": {"y": height},
        },
        _number(end, {"align": "left", "dx": 9, "dy": shift, "color": LINE_COLOUR}),
    ]


def _last_label(points: Sequence[Point], ahead: Ahead) -> list[Spec]:
    """Write the last measured value before the end of the line: to the right it goes on.

    It stands above the line, and below a line that comes down: there nothing else is drawn. On the
    axis there is no room below.
    """
    known = [(point.day, point.value) for point in points if point.value is not None]
    day, value = known[-1]
    drawn = (ahead.day - points[0].day).days
    beside = (len(str(value)) * DIGIT + DIGIT) * drawn / WIDTH
    near = {known[-2:][0][0]} | {when for when, _each in known if (day - when).days <= beside}
    over = [each for when, each in known if when in near]
    top = max(each for _when, each in known)
    comes_down = max(over) > value > top * NEAR
    look = {"align": "right", "dx": -7, "dy": 15 if comes_down else -13, "color": LINE_COLOUR}
    return [_number({"day": day.isoformat(), "value": value}, look)]


def _number(row: Mapping[str, object], look: Mapping[str, object]) -> Spec:
    """Write the value of a row beside where it stands."""
    return {
        "data": {"values": [dict(row)]},
        "mark": {"type": "text", "fontWeight": "bold", **look},
        "encoding": {
            "y": {"field": "value", "type": "quantitative"},
            "text": {"field": "value", "type": "quantitative", "format": ",d"},
        },
    }


def _end_label(points: Sequence[Point], aim: int | None, measured: Sequence[int]) -> list[Spec]:
    """Write the last measured value beside the end of the line."""
    known = [point for point in points if point.value is not None]
    if not known:
        return []
    last = known[-1]
    shift = _shift(last.value or 0, aim, measured)
    row = {"day": last.day.isoformat(), "value": last.value}
    return [_number(row, {"align": "left", "dx": 9, "dy": shift, "color": LINE_COLOUR})]


def _target_layers(aim: int, label: str, measured: Sequence[int], language: str) -> list[Spec]:
    """Give the dashed line of the target and its label at the right end."""
    away = -_shift(measured[-1] if measured else 0, aim, measured)
    rule = {"type": "rule", "color": TARGET_COLOUR, "strokeWidth": 2, "strokeDash": [7, 5]}
    text = {
        "type": "text",
        "align": "left",
        "x": WIDTH,
        "dx": 9,
        "dy": away,
        "color": TARGET_COLOUR,
        "fontWeight": "bold",
    }
    thousands = NUMBERS[language]["thousands"]
    words = f"{label} {aim:,}".replace(",", str(thousands))
    height = {"field": "value", "type": "quantitative"}
    data = {"values": [{"value": aim}]}
    return [
        {"data": data, "mark": rule, "encoding": {"x": None, "y": height}},
        {
            "data": data,
            "mark": text,
            "encoding": {"x": None, "y": height, "text": {"value": words}},
        },
    ]


def _shift(last: int, aim: int | None, measured: Sequence[int]) -> int:
    """Move the label of the line off that of the target: pixels, up is negative."""
    if aim is None:
        return 0
    top = max([aim, *measured, 1])
    if abs(last - aim) / top >= NEAR:
        return 0
    return -10 if last >= aim else 10


def _axis_days(days: Sequence[date], most: int = 3) -> list[int]:
    """Choose at most `most` of the measured days to write under the axis, ends included."""
    if len(days) <= most:
        chosen = list(days)
    else:
        steps = most - 1
        chosen = [days[round(at * (len(days) - 1) / steps)] for at in range(most)]
    epoch = date(1970, 1, 1).toordinal()
    return [(moment.toordinal() - epoch) * 86_400_000 for moment in chosen]


def picture(title: str, description: str, spec: Spec, language: str) -> SafeString:
    """Complete a Vega-Lite specification, convert it, and give it its own words."""
    whole = {"width": WIDTH, "height": HEIGHT, **spec, "$schema": SCHEMA, "background": None}
    text = json.dumps({**whole, "config": _config()}, sort_keys=True, ensure_ascii=False)
    return mark_safe(_inline(text, title, description, language))  # noqa: S308 - lxml escapes it


def _config() -> Spec:
    """Give the look that all pictures share."""
    axis = {
        "labelFontSize": 14,
        "titleFontSize": 14,
        "labelColor": INK,
        "gridColor": GRID,
        "domainColor": INK,
        "tickColor": INK,
    }
    return {
        "font": "DejaVu Sans",
        "axis": axis,
        "text": {"fontSize": 15, "color": INK},
        "view": {"stroke": None},
    }


@lru_cache(maxsize=256)
def _inline(spec: str, title: str, description: str, language: str) -> str:
    """Convert to SVG without Vega's own (English) roles, and name it in our words."""
    svg = vl_convert.vegalite_to_svg(
        json.loads(spec),
        format_locale=NUMBERS[language],
        time_format_locale=TIMES[language],
        allowed_base_urls=[],
    )
    name = "grafiek-" + hashlib.sha256(f"{spec}{title}{description}".encode()).hexdigest()[:12]
    root = etree.fromstring(svg.encode())
    _strip(root, name)
    give_words(root, name, title, description)
    return etree.tostring(root, encoding="unicode")


def give_words(root: "etree._Element", name: str, title: str, description: str) -> None:
    """Make a drawing one image with a title and a description; `name` is its own on the page."""
    for tag, words, part in (("desc", description, "d"), ("title", title, "t")):
        child = etree.Element(f"{SVG}{tag}", {"id": f"{name}-{part}"})
        child.text = words
        root.insert(0, child)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-t {name}-d")


def _strip(root: "etree._Element", name: str) -> None:
    """Take off roles, styles and fonts, and make the ids inside the picture its own."""
    for element in root.iter():
        for key in list(element.attrib):
            value = str(element.attrib[key])
            if key in {"role", "style", "class", "font-family"} or str(key).startswith("aria-"):
                del element.attrib[key]
            elif key == "id":
                element.set(key, f"{name}-{value}")
            elif "url(#" in value:
                element.set(key, value.replace("url(#", f"url(#{name}-"))
