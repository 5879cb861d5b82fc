"""The calendar and the overview of measuring, in words and as a small picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.ladder.due_queries import DueCard
from meedoen.records.ladder.growth_queries import LadderGrowthCard, StepGrowthCard
from meedoen.rules.ladder.due import month_of
from meedoen.rules.ladder.growth import GrowthClass
from meedoen.rules.ladder.step_growth import DomainSteps, StepChange, StepGrowthClass
from meedoen.rules.periods import add_months
from meedoen.web.shared.charts import Bar, bar_chart
from meedoen.web.shared.counting import language
from meedoen.web.shared.figures import day_text, locale_name, number_text
from meedoen.web.shared.ladder_words import LIFE_DOMAINS, STEP_GROWTH
from meedoen.web.shared.ladder_words import NOT_MEASURED as NOT_MEASURED_WORDS
from meedoen.web.shared.words import GROWTH, Words, listed, mid_sentence

OVERDUE, LATER = "overdue", "later"
MONTHS_AHEAD = 5
"""For how many months after this one the calendar has a line of its own."""

LADDER, STEPS = "ladder", "steps"
NOT_MEASURED = "not_measured"

CLASS_WORDS: Mapping[str, Mapping[str, Words]] = {
    LADDER: {
        **{
            kind.value: GROWTH[kind]
            for kind in (
                GrowthClass.GROWTH,
                GrowthClass.EQUAL,
                GrowthClass.DECLINE,
                GrowthClass.MEASURED_ONCE,
            )
        },
        NOT_MEASURED: NOT_MEASURED_WORDS,
    },
    STEPS: {
        **{kind.value: word for kind, word in STEP_GROWTH.items()},
        NOT_MEASURED: NOT_MEASURED_WORDS,
    },
}
"""The classes of each of the two outcomes, in the order of the tables."""

TITLES: Mapping[str, Words] = {
    LADDER: gettext_lazy("Groei op de participatieladder"),
    STEPS: gettext_lazy("Stappen in leefgebieden"),
}


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class of the overview and how many people are in it."""

    code: str
    name: str
    count: int


def months_ahead(today: date) -> dict[str, str]:
    """Return the lines of the calendar, by code: what is overdue, the months, and what is later."""
    first = today.replace(day=1)
    months = [add_months(first, ahead) for ahead in range(MONTHS_AHEAD + 1)]
    names = {_month_code(month): _month_name(month) for month in months}
    return {
        OVERDUE: _("Te laat"),
        **names,
        _month_code(first): _("Deze maand"),
        LATER: _("Later"),
    }


def when_of(due_on: date, today: date) -> str:
    """Return in which line of the calendar something stands that is due on this day."""
    month = month_of(due_on, on=today)
    if month is None:
        return OVERDUE
    last = add_months(today.replace(day=1), MONTHS_AHEAD)
    return LATER if month > last else _month_code(month)


def why_due(card: DueCard, today: date) -> str:
    """Say why somebody's measurement is due on this day."""
    parts = [_reason(card), _when(card, today)]
    if card.paused_until is not None:
        parts.append(
            _("De inwoner wil geen contact tot %(day)s; tot dan wacht de meting.")
            % {"day": day_text(card.paused_until)}
        )
    return " ".join(parts)


def _reason(card: DueCard) -> str:
    if card.last_measured_on is not None:
        return _("Laatste meting %(day)s; afgesproken is elke %(months)s.") % {
            "day": day_text(card.last_measured_on),
            "months": _months(card.interval.every_months),
        }
    return _(
        "Nog nooit gemeten; eerste gesprek %(day)s, afgesproken is %(months)s daarna te meten."
    ) % {
        "day": day_text(card.first_spoken_on),
        "months": _months(card.interval.first_after_months),
    }


def _when(card: DueCard, today: date) -> str:
    if card.due_on < today:
        return _("Dat was uiterlijk %(day)s.") % {"day": day_text(card.due_on)}
    return _("Dus uiterlijk %(day)s.") % {"day": day_text(card.due_on)}


def _months(count: int) -> str:
    return ngettext("%(count)s maand", "%(count)s maanden", count) % {"count": count}


def _month_code(month: date) -> str:
    return month.isoformat()[:7]


def _month_name(month: date) -> str:
    return format_date(month, format="LLLL yyyy", locale=locale_name())


def period_text(first_day: date, last_day: date) -> str:
    """Return a period, both days included, as it stands in a sentence."""
    return _("%(first)s tot en met %(last)s") % {
        "first": day_text(first_day),
        "last": day_text(last_day),
    }


def class_rows(what: str, counts: Mapping[str, int]) -> list[ClassRow]:
    """Return every class of one outcome with its number, in the order of the table."""
    return [
        ClassRow(code, str(word), counts.get(code, 0)) for code, word in CLASS_WORDS[what].items()
    ]


def picture(what: str, rows: Sequence[ClassRow]) -> SafeString:
    """Draw a bar for each class; empty when there is nobody to count."""
    if not any(row.count for row in rows):
        return SafeString("")
    bars = [Bar(row.name, row.count) for row in rows]
    return bar_chart(str(TITLES[what]), sentence(what, rows), bars, language())


def sentence(what: str, rows: Sequence[ClassRow]) -> str:
    """Say what the table and the picture of one outcome show."""
    total = sum(row.count for row in rows)
    told = [
        _("%(name)s %(count)s") % {"name": mid_sentence(row.name), "count": number_text(row.count)}
        for row in rows
        if row.count
    ]
    if not told:
        return _("Er is niemand om te tellen in deze periode.")
    return _("%(title)s, van %(total)s inwoners: %(told)s.") % {
        "title": str(TITLES[what]),
        "total": number_text(total),
        "told": listed(told),
    }


def ladder_line(card: LadderGrowthCard) -> str:
    """Say from which rung to which rung somebody went, and when."""
    if card.first is None or card.last is None:
        return _("In deze periode niet gemeten.")
    if card.kind is GrowthClass.MEASURED_ONCE:
        return _("Trede %(rung)s op %(day)s.") % {
            "rung": card.last.rung.value,
            "day": day_text(card.last.day),
        }
    return _("Van trede %(first)s (%(first_day)s) naar trede %(last)s (%(last_day)s).") % {
        "first": card.first.rung.value,
        "first_day": day_text(card.first.day),
        "last": card.last.rung.value,
        "last_day": day_text(card.last.day),
    }


def steps_line(card: StepGrowthCard) -> str:
    """Say in which domains somebody went up and down, from which step to which."""
    if card.kind is None:
        return _("In deze periode niet gemeten.")
    parts = []
    for change, words in (
        (StepChange.UP, _("Omhoog: %(what)s.")),
        (StepChange.DOWN, _("Omlaag: %(what)s.")),
    ):
        moved = [_moved(one) for one in card.domains if one.change is change]
        if moved:
            parts.append(words % {"what": listed(moved)})
    if parts:
        return " ".join(parts)
    if card.kind is StepGrowthClass.MEASURED_ONCE:
        return ngettext(
            "%(count)s leefgebied gemeten.", "%(count)s leefgebieden gemeten.", len(card.domains)
        ) % {"count": len(card.domains)}
    return ngettext(
        "%(count)s leefgebied gemeten, niets veranderd.",
        "%(count)s leefgebieden gemeten, niets veranderd.",
        len(card.domains),
    ) % {"count": len(card.domains)}


def _moved(one: DomainSteps) -> str:
    return _("%(domain)s van %(first)s naar %(last)s") % {
        "domain": mid_sentence(LIFE_DOMAINS[one.domain]),
        "first": one.first,
        "last": one.last,
    }
