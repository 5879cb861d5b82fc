"""The dates of the law drawn on one time line, lane by lane.

Signs differ in shape, not only in colour: a filled dot is done, an open one still comes, a
triangle asks for attention now, a cross is over. Beside each stands after how many months.

The picture is as wide as the page. So days are placed in percents of its width, while signs and
letters keep their size in pixels; the engine of the other pictures cannot do that.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from meedoen.rules.participation_job.milestones import MilestoneState
from meedoen.web.shared.charts import GRID, INK, LINE_COLOUR, SVG, TARGET_COLOUR, give_words
from meedoen.web.shared.figures import day_text

LANE, NAME, SIGNS = 52, 4, 34
"""Heights in pixels: of a lane, and how far down in it stand its name and its signs."""
AXIS = 28
"""Height in pixels of the line with the first and last day, below the lanes."""
EDGE = 4
"""Room at both ends of the time line for half a sign, in percents of the width."""
CLOSE = 6
"""Pixels between a line and the word beside it."""
DOT, TRIANGLE, CROSS = (
    "M-6.5,0a6.5,6.5 0 1,0 13,0a6.5,6.5 0 1,0 -13,0Z",
    "M0,-7L7,6H-7Z",
    "M-5,-5L5,5M-5,5L5,-5",
)
SIGNS_OF = {
    MilestoneState.DONE: (DOT, LINE_COLOUR, LINE_COLOUR),
    MilestoneState.AHEAD: (DOT, "#ffffff", LINE_COLOUR),
    MilestoneState.NOW: (TRIANGLE, TARGET_COLOUR, TARGET_COLOUR),
    MilestoneState.OVERDUE: (TRIANGLE, TARGET_COLOUR, TARGET_COLOUR),
    MilestoneState.LAPSED: (CROSS, "none", INK),
}
"""The outline of a sign around its middle, what fills it, and the colour of its edge."""


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


@dataclass(frozen=True, slots=True)
class _TimeLine:
    """The days from the first to the last, spread over the width."""

    first: date
    last: date

    def at(self, day: date) -> str:
        """Return where a day stands, in percents of the width."""
        days = max((self.last - self.first).days, 1)
        return f"{EDGE + (day - self.first).days / days * (100 - 2 * EDGE):.2f}%"

    def is_late(self, day: date) -> bool:
        """Return whether a day stands in the right half."""
        return (day - self.first) * 2 > self.last - self.first


def clock_chart(title: str, description: str, marks: ClockMarks) -> SafeString:
    """Draw the dates; `description` says in a sentence what there is to see."""
    days = [day for stretch in marks.work for day in stretch]
    days += [mark.day for lane in marks.lanes for mark in lane.marks]
    line = _TimeLine(min(*days, marks.today), max(*days, marks.today))
    bottom = (1 + len(marks.lanes)) * LANE
    name = "termijnen-" + hashlib.sha256(f"{title}{description}".encode()).hexdigest()[:12]
    root = etree.fromstring(f'<svg xmlns="{SVG[1:-1]}" width="100%" height="{bottom + AXIS}"/>')
    root.extend([_outlines(name), *_work(marks, line), *_today(marks, line, bottom)])
    for at, lane in enumerate(marks.lanes, start=1):
        root.extend(_lane(lane, line, at * LANE, name))
    root.extend(_axis(line, bottom))
    give_words(root, name, title, description)
    return mark_safe(etree.tostring(root, encoding="unicode"))  # noqa: S308 - lxml escapes it


def _outlines(name: str) -> "etree._Element":
    """Define each sign once; where one stands is said in percents, which an outline cannot."""
    known = _element("defs")
    for state, (outline, fill, stroke) in SIGNS_OF.items():
        paint = {"fill": fill, "stroke": stroke, "stroke-width": "2.5"}
        known.append(_element("path", id=f"{name}-{state.value}", d=outline, **paint))
    return known


def _work(marks: ClockMarks, line: _TimeLine) -> Iterator["etree._Element"]:
    yield _name(marks.work_name, 0)
    for first, last in marks.work:
        yield _line(line.at(first), line.at(last), SIGNS, stroke=LINE_COLOUR, width=12)


def _today(marks: ClockMarks, line: _TimeLine, bottom: int) -> Iterator["etree._Element"]:
    """Draw a dashed line at today, with its name on the side where there is room."""
    x, late = line.at(marks.today), line.is_late(marks.today)
    dashed = {"stroke": INK, "stroke-dasharray": "4,3"}
    yield _element("line", x1=x, x2=x, y1="0", y2=str(bottom), **dashed)
    anchor, aside = ("end", -CLOSE) if late else ("start", CLOSE)
    yield _text(marks.today_name, x, bottom - CLOSE, anchor=anchor, aside=aside)


def _lane(lane: DateLane, line: _TimeLine, top: int, name: str) -> Iterator["etree._Element"]:
    middle = top + SIGNS
    yield _line("0", "100%", middle, stroke=GRID, width=1)
    yield _name(lane.name, top)
    for mark in lane.marks:
        x = line.at(mark.day)
        yield _element("use", href=f"#{name}-{mark.state.value}", x=x, y=str(middle))
        yield _text(str(mark.months), x, middle - 12, anchor="middle")


def _axis(line: _TimeLine, bottom: int) -> Iterator["etree._Element"]:
    """Write the first and the last day below the lanes."""
    yield _line(line.at(line.first), line.at(line.last), bottom, stroke=INK, width=1)
    for day, anchor in ((line.first, "start"), (line.last, "end")):
        yield _text(day_text(day, "medium"), line.at(day), bottom + AXIS - 8, anchor=anchor)


def _name(words: str, top: int) -> "etree._Element":
    return _text(words, "0", top + NAME + 10)


def _text(words: str, x: str, y: int, *, anchor: str = "start", aside: int = 0) -> "etree._Element":
    where = {"x": x, "dx": str(aside), "y": str(y), "text-anchor": anchor}
    element = _element("text", fill=INK, **where, **{"font-size": "13"})
    element.text = words
    return element


def _line(x1: str, x2: str, y: int, *, stroke: str, width: int) -> "etree._Element":
    look = {"stroke": stroke, "stroke-width": str(width)}
    return _element("line", x1=x1, x2=x2, y1=str(y), y2=str(y), **look)


def _element(tag: str, **attributes: str) -> "etree._Element":
    return etree.Element(f"{SVG}{tag}", attributes)
