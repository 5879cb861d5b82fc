"""The dates of the law drawn on one time line, lane by lane.

Signs differ in shape, not only in colour: a filled dot is done, an open one still comes, a
triangle asks for attention now, a cross is over. Beside each stands after how many months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from meedoen.rules.participation_job.milestones import MilestoneState
from meedoen.web.shared.charts import GRID, INK, LINE_COLOUR, TARGET_COLOUR, WIDTH, Spec, picture

LANE, NAME, GAP = 52, 12, 12
"""Heights in pixels: of a lane, of the middle of its name in it, and above and below all."""
SIGNS = 34
"""How far down in a lane its signs stand."""
EDGE = 14
"""Room at both ends of the time line, for half a sign."""
EPOCH = date(1970, 1, 1).toordinal()
SHAPES = {
    MilestoneState.DONE: ("circle", LINE_COLOUR, True),
    MilestoneState.AHEAD: ("circle", LINE_COLOUR, False),
    MilestoneState.NOW: ("triangle-up", TARGET_COLOUR, True),
    MilestoneState.OVERDUE: ("triangle-up", TARGET_COLOUR, True),
    MilestoneState.LAPSED: ("cross", INK, True),
}


@dataclass(frozen=True, slots=True)
class DateMark:
    """A sign on a day: how it stands, and after how many months it falls."""

    day: date
    state: MilestoneState
    months: int


@dataclass(frozen=True, slots=True)
class DateLane:
    """What belongs together, with its name."""

    name: str
    marks: tuple[DateMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMarks:
    """All that is drawn: the stretches of work (first and last day) and the lanes with dates."""

    today: date
    today_name: str
    work_name: str
    work: Sequence[tuple[date, date]]
    lanes: Sequence[DateLane]


def clock_chart(title: str, description: str, marks: ClockMarks, language: str) -> SafeString:
    """Draw the dates; `description` says in a sentence what there is to see."""
    days = [day for stretch in marks.work for day in stretch]
    days += [mark.day for lane in marks.lanes for mark in lane.marks]
    first, last = min(*days, marks.today), max(*days, marks.today)
    height = (1 + len(marks.lanes)) * LANE + 3 * GAP
    late = (marks.today - first) * 2 > last - first
    layers = [*_today(marks, height, late), *_work(marks)]
    for at, lane in enumerate(marks.lanes, start=1):
        layers += _lane(lane, at)
    return picture(title, description, _spec(layers, height, first, last), language)


def _spec(layers: list[Spec], height: int, first: date, last: date) -> Spec:
    ends = [_moment(first), _moment(last)]
    x = {
        **_DAY,
        "title": None,
        "axis": {
            "values": ends,
            "format": "%-d %b %Y",
            "labelAngle": 0,
            "labelFlush": True,
            "grid": False,
        },
        "scale": {"type": "utc", "domain": ends, "range": [EDGE, WIDTH - EDGE]},
    }
    scale = {"domain": [0, height], "range": [0, height], "nice": False, "zero": False}
    y = {**_HEIGHT, "title": None, "axis": None, "scale": scale}
    return {"height": height, "layer": layers, "encoding": {"x": x, "y": y}}


def _today(marks: ClockMarks, height: int, late: bool) -> list[Spec]:  # noqa: FBT001 - one caller
    """Draw a dashed line at today, with its name on the side where there is room."""
    row = {"day": _moment(marks.today), "top": GAP, "y": height - GAP, "words": marks.today_name}
    rule = {"type": "rule", "color": INK, "strokeDash": [4, 3]}
    beside = {"align": "right", "dx": -4} if late else {"align": "left", "dx": 4}
    text = {"type": "text", "fontSize": 13, "baseline": "middle", **beside}
    return [
        _layer(rule, [row], x=_DAY, y=_HEIGHT, y2={"field": "top"}),
        _layer(text, [{**row, "y": height - GAP}], x=_DAY, y=_HEIGHT, text=_WORDS),
    ]


def _work(marks: ClockMarks) -> list[Spec]:
    rows = [
        {"day": _moment(first), "end": _moment(last), "y": GAP + SIGNS}
        for first, last in marks.work
    ]
    bar = {"type": "rule", "strokeWidth": 12, "color": LINE_COLOUR, "opacity": 1}
    return [_name(marks.work_name, 0), _layer(bar, rows, x=_DAY, x2={"field": "end"}, y=_HEIGHT)]


def _lane(lane: DateLane, at: int) -> list[Spec]:
    top = GAP + at * LANE
    line = {"type": "rule", "color": GRID}
    layers = [
        _layer(line, [{"y": top + SIGNS}], x={"value": 0}, x2={"value": WIDTH}, y=_HEIGHT),
        _name(lane.name, at),
    ]
    for state, (shape, colour, filled) in SHAPES.items():
        rows = [_row(mark, top) for mark in lane.marks if mark.state is state]
        look = {"type": "point", "shape": shape, "size": 130, "opacity": 1, "strokeWidth": 2.5}
        paint = {"filled": True, "color": colour} if filled else {"fill": "#fff", "stroke": colour}
        if rows:
            layers.append(_layer({**look, **paint}, rows, x=_DAY, y=_HEIGHT))
    text = {"type": "text", "baseline": "bottom", "align": "center", "dy": -8, "fontSize": 12}
    rows = [_row(mark, top) for mark in lane.marks]
    return [*layers, _layer(text, rows, x=_DAY, y=_HEIGHT, text=_WORDS)]


def _row(mark: DateMark, top: int) -> Spec:
    return {"day": _moment(mark.day), "y": top + SIGNS, "words": str(mark.months)}


def _name(words: str, at: int) -> Spec:
    text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 13, "limit": WIDTH}
    row = {"words": words, "y": GAP + at * LANE + NAME - GAP}
    return _layer(text, [row], x={"value": 0}, y=_HEIGHT, text=_WORDS)


def _layer(mark: Spec, rows: Sequence[Spec], **encoding: Spec) -> Spec:
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


_HEIGHT: Spec = {"field": "y", "type": "quantitative"}
_DAY: Spec = {"field": "day", "type": "temporal"}
_WORDS: Spec = {"field": "words", "type": "nominal"}


def _moment(day: date) -> int:
    """Return the first moment of a day, in milliseconds since 1970, as the picture counts."""
    return (day.toordinal() - EPOCH) * 86_400_000
