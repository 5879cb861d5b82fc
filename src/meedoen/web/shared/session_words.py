"""Times that come back, as sentences: "elke maandag en woensdag van 9.00 tot 12.00 uur"."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from meedoen.rules.half_days import DAYS as DAY_CODES
from meedoen.rules.half_days import PARTS as PART_CODES
from meedoen.rules.half_days import codes
from meedoen.rules.schedule.rule import Frequency, NthDay, Rule, read_rule
from meedoen.rules.schedule.sessions import Session
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import DAYS, PARTS, Words, listed

NTH: Mapping[int, Words] = {
    1: gettext_lazy("eerste"),
    2: gettext_lazy("tweede"),
    3: gettext_lazy("derde"),
    4: gettext_lazy("vierde"),
    5: gettext_lazy("vijfde"),
    -1: gettext_lazy("laatste"),
    -2: gettext_lazy("een na laatste"),
    -3: gettext_lazy("twee na laatste"),
    -4: gettext_lazy("drie na laatste"),
    -5: gettext_lazy("vier na laatste"),
}
WEEK, WORKING_WEEK = tuple(range(7)), tuple(range(5))


def session_text(session: Session, *, today: date) -> str:
    """Return when a session is, in a sentence without capital or full stop.

    What was over or had begun on `today` goes without saying. Raises RuleError.
    """
    rule = read_rule(session.rule)
    words = _("%(days)s van %(opens)s tot %(closes)s uur") % {
        "days": _days_text(rule, session.first_on),
        "opens": clock_text(session.opens_at),
        "closes": clock_text(session.closes_at),
    }
    return ", ".join([words, *_bounds(session, rule, today)])


def clock_text(value: time) -> str:
    """Return a time of the day on the clock, such as "9.00"."""
    return pgettext("a time on the clock", "%(hour)s.%(minute)s") % {
        "hour": value.hour,
        "minute": f"{value.minute:02}",
    }


def half_days_text(mask: int) -> str:
    """Return half-days by the part of the day: "maandag en dinsdag in de ochtend".

    For a place that names no times. Raises HalfDaysError.
    """
    by_part: dict[str, list[int]] = {part: [] for part in PART_CODES}
    for code in codes(mask):
        day, part = code.split("_")
        by_part[part].append(DAY_CODES.index(day))
    # A comma or "en" stands between days already.
    return "; ".join(
        _("%(days)s in de %(part)s") % {"days": _every_text(days), "part": PARTS[part]}
        for part, days in by_part.items()
        if days
    )


def _every_text(weekdays: Sequence[int]) -> str:
    """Return days of the week as they come, every week."""
    plurals = {WEEK: _("alle dagen"), WORKING_WEEK: _("werkdagen")}
    return plurals.get(tuple(weekdays)) or _weekdays_text(weekdays)


def _bounds(session: Session, rule: Rule, today: date) -> Iterable[str]:
    """Yield from and until when it is, how many times, and whether also on holidays."""
    if session.first_on > today:
        yield _("vanaf %(day)s") % {"day": day_text(session.first_on)}
    if session.last_on:
        yield _("tot en met %(day)s") % {"day": day_text(session.last_on)}
    if rule.count:
        yield ngettext("%(times)s keer", "%(times)s keer", rule.count) % {"times": rule.count}
    if session.without_holidays:
        yield _("niet op feestdagen")


def _days_text(rule: Rule, first_on: date) -> str:
    if rule.frequency is Frequency.WEEKLY:
        days = [day.weekday for day in rule.days] or [first_on.weekday()]
        return _picked(rule, _every_week(rule.interval, _weekdays_text(days)))
    month = _every_month(rule.interval)
    return _picked(rule, _("%(days)s van %(month)s") % {"days": _of_month(rule, first_on), **month})


def _every_week(interval: int, days: str) -> str:
    if interval == 1:
        return _("elke %(days)s") % {"days": days}
    if interval == 2:
        return _("om de week op %(days)s") % {"days": days}
    return _("om de %(weeks)s weken op %(days)s") % {"weeks": interval, "days": days}


def _every_month(interval: int) -> Mapping[str, str]:
    if interval == 1:
        return {"month": _("de maand")}
    if interval == 2:
        return {"month": _("de maand, om de maand")}
    return {"month": _("de maand, om de %(months)s maanden") % {"months": interval}}


def _of_month(rule: Rule, first_on: date) -> str:
    """Return which days of a month: "elke eerste dinsdag", "dag 15", "elke vrijdag"."""
    if not rule.days:
        numbers = rule.month_days or (first_on.day,)
        return _("elke %(days)s") % {"days": listed(_month_day_text(one) for one in numbers)}
    if rule.month_days:
        return _("elke %(weekday)s die valt op %(days)s") % {
            "weekday": _nth_text(rule.days),
            "days": listed(_month_day_text(one) for one in rule.month_days),
        }
    return _("elke %(days)s") % {"days": _nth_text(rule.days)}


def _month_day_text(number: int) -> str:
    if number > 0:
        return _("dag %(number)s") % {"number": number}
    if number == -1:
        return _("laatste dag")
    return _("dag %(number)s van achteren") % {"number": -number}


def _nth_text(days: Sequence[NthDay]) -> str:
    """Return days of a month: "eerste en derde dinsdag", "eerste maandag en laatste vrijdag"."""
    together: dict[tuple[int, ...], list[int]] = {}
    for weekday in sorted({day.weekday for day in days}):
        which = tuple(sorted(one.nth or 0 for one in days if one.weekday == weekday))
        together.setdefault(which, []).append(weekday)
    return listed(
        _("%(which)s %(days)s")
        % {"which": listed(NTH[one] for one in which), "days": _weekdays_text(weekdays)}
        # Every Friday, the first one among them.
        if all(which)
        else _weekdays_text(weekdays)
        for which, weekdays in together.items()
    )


def _picked(rule: Rule, days: str) -> str:
    """Return the days of which a rule picks some: "alleen de eerste keer"."""
    if not rule.positions:
        return days
    which = listed(NTH.get(one, str(one)) for one in rule.positions)
    if rule.frequency is Frequency.WEEKLY:
        return _("%(days)s, alleen de %(which)s keer in de week") % {"days": days, "which": which}
    return _("%(days)s, alleen de %(which)s keer in de maand") % {"days": days, "which": which}


def _weekdays_text(weekdays: Iterable[int]) -> str:
    """Return days of the week, several that belong together by their own word."""
    days = tuple(sorted(set(weekdays)))
    if days == WEEK:
        return _("dag")
    if days == WORKING_WEEK:
        return _("werkdag")
    return listed(DAYS[DAY_CODES[day]] for day in days)
