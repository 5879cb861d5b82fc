"""Somebody's path drawn on one time line: rungs, life domains, places and talks, lane by lane.

Everything stands in lanes under each other, at heights in pixels that are worked out here, so
that the picture reads on a phone. Signs differ in shape, not only in colour: a line with dots
is the rung that was set, an open diamond the resident's own, a triangle points up or down.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.safestring import SafeString

from meedoen.rules.ladder.rungs import Rung
from meedoen.web.shared.charts import GRID, INK, LINE_COLOUR, TARGET_COLOUR, WIDTH, Spec, picture

HEADING, RUNG_STEP, LANE, GAP = 26, 24, 44, 14
"""Heights in pixels: of a heading, between two rungs, of a lane with its name, between parts."""
LEFT = 22
"""Where the time line begins, to the right of the numbers of the rungs."""
SHORTEST = timedelta(days=60)
"""One event alone still gets a time line with a beginning and an end."""
NEAR_THE_END = 0.8
"""After this part of the time line a label stands to the left of its sign."""
LABEL_ROOM = 0.3
"""How much of the time line a label takes, with the label of the next sign beside it."""
MOST_YEARS = 6
"""The turns of more years than this do not fit under the picture."""
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class RungMark:
    """A rung on a day."""

    day: date
    rung: Rung


@dataclass(frozen=True, slots=True)
class MoveMark:
    """A lane went up or down on a day; `label` says from what to what."""

    day: date
    up: bool
    label: str


@dataclass(frozen=True, slots=True)
class MoveLane:
    """One life domain, with every time it changed."""

    name: str
    moves: tuple[MoveMark, ...]


@dataclass(frozen=True, slots=True)
class BarLane:
    """One place, with the stretches (first and last day) in which someone took part."""

    name: str
    stretches: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathMarks:
    """All that is drawn; an empty part has no lane. `until` is today."""

    until: date
    rungs: Sequence[RungMark] = ()
    own_rungs: Sequence[RungMark] = ()
    domains: Sequence[MoveLane] = ()
    places: Sequence[BarLane] = ()
    talks: Sequence[date] = ()

    def days(self) -> list[date]:
        """Return every day on which something is drawn."""
        return [
            *(mark.day for mark in (*self.rungs, *self.own_rungs)),
            *(move.day for lane in self.domains for move in lane.moves),
            *(day for lane in self.places for stretch in lane.stretches for day in stretch),
            *self.talks,
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathHeadings:
    """What the parts of the picture are called."""

    rungs: str
    domains: str
    places: str
    talks: str


@dataclass(slots=True)
class _Drawing:
    """The layers so far, and how far down the next one begins."""

    first: date
    last: date
    bottom: int = 0
    layers: list[Spec] = field(default_factory=list)

    def add(self, mark: Spec, rows: Sequence[Spec], **encoding: Spec) -> None:
        if rows:
            self.layers.append({"data": {"values": list(rows)}, "mark": mark, "encoding": encoding})

    def text(self, words: str, y: int, **look: object) -> None:
        mark = {"type": "text", "align": "left", "baseline": "middle", **look}
        self.add(mark, [{"words": words, "y": y}], x={"value": 0}, y=_HEIGHT, text=_WORDS)

    def heading(self, words: str) -> None:
        self.bottom += GAP if self.bottom else 0
        self.text(words, self.bottom + HEADING // 2, fontWeight="bold", fontSize=14)
        self.bottom += HEADING

    def late(self, day: date) -> bool:
        return self.part(day) > NEAR_THE_END

    def part(self, day: date) -> float:
        return (day - self.first) / (self.last - self.first)

    def has_room(self, mark: MoveMark, lane: MoveLane) -> bool:
        """Tell whether the label of a mark runs into no other mark; the table has them all."""
        here = self.part(mark.day)
        side = -1 if self.late(mark.day) else 1
        return all(
            not 0 < (self.part(other.day) - here) * side < LABEL_ROOM
            for other in lane.moves
            if other is not mark
        )


_HEIGHT: Spec = {"field": "y", "type": "quantitative"}
_DAY: Spec = {"field": "day", "type": "temporal"}
_WORDS: Spec = {"field": "words", "type": "nominal"}


def path_chart(
    title: str, description: str, marks: PathMarks, headings: PathHeadings, language: str
) -> SafeString:
    """Draw the path; without anything to draw the result is empty.

    `description` says in a sentence what there is to see; `language` is "nl" or "en".
    """
    days = marks.days()
    if not days:
        return SafeString("")
    last = max(*days, marks.until)
    drawing = _Drawing(first=min(*days, last - SHORTEST), last=last)
    _draw_rungs(drawing, marks, headings.rungs)
    _draw_domains(drawing, marks.domains, headings.domains)
    _draw_places(drawing, marks.places, headings.places)
    _draw_talks(drawing, marks.talks, headings.talks)
    _draw_years(drawing)
    return picture(title, description, _spec(drawing), language)


def _spec(drawing: _Drawing) -> Spec:
    height = drawing.bottom + GAP
    axis = {
        "values": [_moment(drawing.first), _moment(drawing.last)],
        "format": "%-d %b %Y",
        "labelAngle": 0,
        "labelFlush": True,
        "grid": False,
    }
    x = {
        **_DAY,
        "title": None,
        "axis": axis,
        "scale": {
            "type": "utc",
            "domain": [_moment(drawing.first), _moment(drawing.last)],
            "range": [LEFT, WIDTH - GAP],
        },
    }
    scale = {"domain": [0, height], "range": [0, height], "nice": False, "zero": False}
    y = {**_HEIGHT, "title": None, "axis": None, "scale": scale}
    return {"height": height, "layer": drawing.layers, "encoding": {"x": x, "y": y}}


def _draw_rungs(drawing: _Drawing, marks: PathMarks, heading: str) -> None:
    """Draw the six rungs as a ladder, the set rung as a line of steps, and the own as diamonds."""
    if not marks.rungs and not marks.own_rungs:
        return
    drawing.heading(heading)
    top = drawing.bottom
    height = {rung: top + (len(Rung) - rung) * RUNG_STEP + RUNG_STEP // 2 for rung in Rung}
    ladder = [{"y": height[rung]} for rung in Rung]
    drawing.add(
        {"type": "rule", "color": GRID}, ladder, x={"value": LEFT}, x2={"value": WIDTH}, y=_HEIGHT
    )
    for rung in Rung:
        drawing.text(str(rung.value), height[rung], fontSize=14)
    set_rungs = [{"day": _moment(one.day), "y": height[one.rung]} for one in marks.rungs]
    # The last rung holds until it is measured again.
    held = [*set_rungs, *({**row, "day": _moment(drawing.last)} for row in set_rungs[-1:])]
    line = {"type": "line", "interpolate": "step-after", "color": LINE_COLOUR, "strokeWidth": 2.5}
    drawing.add(line, held, x=_DAY, y=_HEIGHT)
    dot = {"type": "point", "shape": "circle", "filled": True, "size": 80, "color": LINE_COLOUR}
    drawing.add({**dot, "opacity": 1}, set_rungs, x=_DAY, y=_HEIGHT)
    diamond = {"type": "point", "shape": "diamond", "filled": False, "size": 150}
    own = [{"day": _moment(one.day), "y": height[one.rung]} for one in marks.own_rungs]
    look = {"stroke": TARGET_COLOUR, "strokeWidth": 2.5, "opacity": 1}
    drawing.add({**diamond, **look}, own, x=_DAY, y=_HEIGHT)
    drawing.bottom = top + len(Rung) * RUNG_STEP


def _draw_domains(drawing: _Drawing, lanes: Sequence[MoveLane], heading: str) -> None:
    """Draw a lane for each domain that changed, with a triangle for each time."""
    if not lanes:
        return
    drawing.heading(heading)
    for lane in lanes:
        middle = _lane(drawing, lane.name)
        for up, shape, colour in (
            (True, "triangle-up", LINE_COLOUR),
            (False, "triangle-down", TARGET_COLOUR),
        ):
            rows = [{"day": _moment(one.day), "y": middle} for one in lane.moves if one.up is up]
            mark = {"type": "point", "shape": shape, "filled": True, "size": 110, "opacity": 1}
            drawing.add({**mark, "color": colour}, rows, x=_DAY, y=_HEIGHT)
        for late in (False, True):
            labels = [
                {"day": _moment(one.day), "y": middle, "words": one.label}
                for one in lane.moves
                if drawing.late(one.day) is late and drawing.has_room(one, lane)
            ]
            beside = {"align": "right", "dx": -9} if late else {"align": "left", "dx": 9}
            mark = {"type": "text", "baseline": "middle", "fontSize": 13, **beside}
            drawing.add(mark, labels, x=_DAY, y=_HEIGHT, text=_WORDS)


def _draw_places(drawing: _Drawing, lanes: Sequence[BarLane], heading: str) -> None:
    """Draw a lane for each place, with a bar for each stretch."""
    if not lanes:
        return
    drawing.heading(heading)
    for lane in lanes:
        middle = _lane(drawing, lane.name)
        rows = [
            {"day": _moment(first), "end": _moment(end), "y": middle}
            for first, end in lane.stretches
        ]
        until = {"field": "end", "type": "temporal"}
        bar = {"type": "rule", "strokeWidth": 12, "color": LINE_COLOUR, "opacity": 1}
        drawing.add(bar, rows, x=_DAY, x2={"field": until["field"]}, y=_HEIGHT)
        # A stretch of one day has no length, so that it needs a sign of its own.
        dot = {"type": "point", "shape": "square", "filled": True, "size": 120, "opacity": 1}
        starts = [row for row in rows if row["day"] == row["end"]]
        drawing.add({**dot, "color": LINE_COLOUR}, starts, x=_DAY, y=_HEIGHT)


def _draw_talks(drawing: _Drawing, talks: Sequence[date], heading: str) -> None:
    """Draw a tick for each conversation."""
    if not talks:
        return
    drawing.heading(heading)
    middle = drawing.bottom + LANE // 4
    rows = [{"day": _moment(day), "y": middle} for day in talks]
    tick = {"type": "tick", "orient": "vertical", "size": 18, "thickness": 2.5, "color": INK}
    drawing.add({**tick, "opacity": 1}, rows, x=_DAY, y=_HEIGHT)
    drawing.bottom += LANE // 2


def _draw_years(drawing: _Drawing) -> None:
    """Draw a thin line at the turn of each year, behind all else, with the year at the bottom."""
    years = range(drawing.first.year + 1, drawing.last.year + 1)
    if not years:
        return
    shown = years[:: 1 + (len(years) - 1) // MOST_YEARS]
    middle = drawing.bottom + GAP
    rows = [
        {"day": _moment(date(year, 1, 1)), "top": 0, "y": middle, "words": str(year)}
        for year in shown
    ]
    before = len(drawing.layers)
    rule = {"type": "rule", "color": GRID, "strokeDash": [3, 3]}
    drawing.add(rule, rows, x=_DAY, y=_HEIGHT, y2={"field": "top"})
    look = {"type": "text", "baseline": "middle", "fontSize": 13}
    drawing.add(look, rows, x=_DAY, y=_HEIGHT, text=_WORDS)
    drawing.layers = [*drawing.layers[before:], *drawing.layers[:before]]
    drawing.bottom += 2 * GAP


def _lane(drawing: _Drawing, name: str) -> int:
    """Write the name of a lane and return the height of what stands under it."""
    drawing.text(name, drawing.bottom + LANE // 4, fontSize=13, limit=WIDTH)
    drawing.bottom += LANE
    return drawing.bottom - LANE // 4 - 2


def _moment(day: date) -> int:
    """Return the first moment of a day, in milliseconds since 1970, as the picture counts."""
    return (day.toordinal() - EPOCH) * 86_400_000
