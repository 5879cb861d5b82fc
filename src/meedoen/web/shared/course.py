"""The course of an indicator over time: a picture, a sentence that says it, and the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.budget.queries import TargetCard
from meedoen.rules.budget.values import Meaning, read_value
from meedoen.rules.indicators.disclosure import Shown
from meedoen.web.shared.charts import Ahead, Breaks, Point, line_chart
from meedoen.web.shared.counting import language, shown_text
from meedoen.web.shared.figures import day_text, number_text

AIMS = (Meaning.NUMBER, Meaning.WORDED_NUMBER, Meaning.BOUND)


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed for, in words; `label` is where it stood or its year, and may be empty.

    `number` is the whole number it names, None when it names none.
    """

    text: str
    label: str
    number: int | None


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A line of the table under the picture."""

    day: date
    text: str
    hidden: bool
    is_ahead: bool = False
    """This was not counted: it is expected."""
    is_otherwise: bool = False
    """This is the first that was counted otherwise than those before it."""


@dataclass(frozen=True, slots=True)
class Course:
    """A picture with its words; protected numbers are in none of it.

    `stored` is true when the name was printed, and so Dutch in every language of the page.
    """

    name: str
    label: str
    caption: str
    chart: SafeString
    sentence: str
    rows: tuple[CourseRow, ...]
    stored: bool = False


def course(
    name: str,
    values: Sequence[tuple[date, Shown]],
    target: Target | None = None,
    *,
    stored: bool = False,
    ahead: Ahead | None = None,
    breaks: Sequence[date] = (),
) -> Course | None:
    """Draw what was counted on these days, in order; None when fewer than two can be shown.

    What lies `ahead` is drawn with its band, and stands in the sentence and the table too. From
    the days of `breaks` on is counted otherwise: that is drawn, and said.
    """
    points = [Point(day, int(one.text) if one.text.isdecimal() else None) for day, one in values]
    shown = [(point.day, point.value) for point in points if point.value is not None]
    if len(shown) < 2:
        return None
    aim = None if target is None else target.number
    if ahead is not None and ahead.day <= points[-1].day:
        ahead = None
    inside = [day for day in breaks if points[0].day < day <= points[-1].day]
    words = [
        _from_to(*shown[0], *shown[-1]),
        *_counted_otherwise(inside, shown[0][0], shown[-1][0]),
        *_hidden(values),
        *_expected(ahead),
        *_aim(target),
    ]
    sentence = " ".join(words)
    first_ones = {next(day for day, _one in values if day >= begun) for begun in inside}
    rows = [
        CourseRow(day, shown_text(one), one.hidden, is_otherwise=day in first_ones)
        for day, one in values
    ]
    if ahead is not None:
        rows.append(CourseRow(ahead.day, band_text(ahead), hidden=False, is_ahead=True))
    drawn = Breaks(inside, _("anders geteld"))
    return Course(
        name=name,
        label=_("Grafiek: %(name)s") % {"name": name},
        caption=_("Cijfers: %(name)s") % {"name": name},
        chart=line_chart(name, sentence, points, (aim, _("Doel")), language(), ahead, drawn),
        sentence=sentence,
        rows=tuple(rows),
        stored=stored,
    )


def printed_target(text: str, label: str) -> Target:
    """Return a target as printed and the column it stood in: "130" in "Beoogd 2025"."""
    return Target(text, label, aim_in(text))


def typed_target(number: int, year: int | None) -> Target:
    """Return a target that was typed, because only the text of a goal speaks of it."""
    label = "" if year is None else _("in %(year)s") % {"year": year}
    return Target(number_text(number), label, number)


def target_of(card: TargetCard) -> Target:
    """Return what a goal aims for, in words."""
    if card.number is None:
        return printed_target(card.text, card.label)
    return typed_target(card.number, card.year)


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


def _counted_otherwise(breaks: Sequence[date], first: date, last: date) -> list[str]:
    """Say from when is counted otherwise, and that days on both sides cannot just be compared."""
    said = [
        _("Vanaf %(day)s tellen we anders dan daarvoor.") % {"day": day_text(day)} for day in breaks
    ]
    if any(first < day <= last for day in breaks):
        said.append(_("Vergelijk die twee aantallen dus niet zomaar."))
    return said


def band_text(ahead: Ahead) -> str:
    """Write what is expected with its band: "187, tussen 174 en 199"."""
    if ahead.low == ahead.high:
        return number_text(ahead.expected)
    return _("%(expected)s, tussen %(low)s en %(high)s") % {
        "expected": number_text(ahead.expected),
        "low": number_text(ahead.low),
        "high": number_text(ahead.high),
    }


def _expected(ahead: Ahead | None) -> list[str]:
    if ahead is None:
        return []
    words = {"day": day_text(ahead.day), "band": band_text(ahead)}
    return [_("We verwachten op %(day)s: %(band)s.") % words]


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


def _aim(target: Target | None) -> list[str]:
    if target is None or target.number is None:
        return []
    words = {"text": target.text, "label": target.label}
    if not target.label:
        return [_("Het doel is %(text)s.") % words]
    return [_("Het doel is %(text)s (%(label)s).") % words]
