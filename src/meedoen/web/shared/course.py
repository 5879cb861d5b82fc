"""The course of an indicator over time: a picture, a sentence that says it, and the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.rules.budget.values import Meaning, read_value
from meedoen.rules.indicators.disclosure import Shown
from meedoen.web.shared.charts import Point, line_chart
from meedoen.web.shared.counting import language, shown_text
from meedoen.web.shared.figures import day_text, number_text

AIMS = (Meaning.NUMBER, Meaning.WORDED_NUMBER, Meaning.BOUND)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A line of the table under the picture."""

    day: date
    text: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Course:
    """A picture with its words; protected numbers are in none of it."""

    name: str
    label: str
    caption: str
    chart: SafeString
    sentence: str
    rows: tuple[CourseRow, ...]


def course(
    name: str, values: Sequence[tuple[date, Shown]], target: tuple[str, str] | None = None
) -> Course | None:
    """Draw what was counted on these days, in order; None when fewer than two can be shown.

    `target` is its text as printed and the column it stood in, as in `("130", "Beoogd 2025")`.
    """
    points = [Point(day, int(one.text) if one.text.isdecimal() else None) for day, one in values]
    shown = [(point.day, point.value) for point in points if point.value is not None]
    if len(shown) < 2:
        return None
    aim = None if target is None else aim_in(target[0])
    sentence = " ".join([_from_to(*shown[0], *shown[-1]), *_hidden(values), *_aim(aim, target)])
    return Course(
        name=name,
        label=_("Grafiek: %(name)s") % {"name": name},
        caption=_("Cijfers: %(name)s") % {"name": name},
        chart=line_chart(name, sentence, points, (aim, _("Doel")), language()),
        sentence=sentence,
        rows=tuple(CourseRow(day, shown_text(one), one.hidden) for day, one in values),
    )


def aim_in(printed: str) -> int | None:
    """Return the whole number that a printed target aims for; None when it names none."""
    value = read_value(printed)
    if value.meaning not in AIMS or value.number is None:
        return None
    return int(value.number) if value.number == int(value.number) else None


def _from_to(first_day: date, first: int, last_day: date, last: int) -> str:
    return _("Op %(first_day)s telden we er %(first)s, op %(last_day)s %(last)s.") % {
        "first_day": day_text(first_day),
        "first": number_text(first),
        "last_day": day_text(last_day),
        "last": number_text(last),
    }


def _hidden(values: Sequence[tuple[date, Shown]]) -> list[str]:
    hidden = sum(shown.hidden for _day, shown in values)
    if not hidden:
        return []
    return [
        ngettext(
            "Op %(days)s dag tonen we het aantal niet: zo blijft niemand herkenbaar.",
            "Op %(days)s dagen tonen we het aantal niet: zo blijft niemand herkenbaar.",
            hidden,
        )
        % {"days": hidden}
    ]


def _aim(aim: int | None, target: tuple[str, str] | None) -> list[str]:
    if aim is None or target is None:
        return []
    words = {"text": target[0], "label": target[1]}
    return [_("Het doel is %(text)s (%(label)s).") % words]
