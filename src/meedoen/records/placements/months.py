"""Months of placements: which one an organisation is asked about, and how answers are called."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.rules.periods import add_months, last_day_of_month
from meedoen.rules.vocabulary import MonthAnswer

MONTHS_BACK = 3
"""So many months back something can still be said or put right; what is older stays as it is."""

MONTH_ANSWERS: Mapping[MonthAnswer, Promise] = {
    MonthAnswer.AS_PLANNED: _("zoals gepland"),
    MonthAnswer.OTHER_HOURS: _("andere uren"),
    MonthAnswer.STOPPED: _("gestopt"),
    MonthAnswer.WORRIES: _("zorgen"),
}


def first_of_month(day: date) -> date:
    """Return the first day of the month that a day is in."""
    return day.replace(day=1)


def month_before(today: date) -> date:
    """Return the first day of the last month that is over on a day."""
    return add_months(first_of_month(today), -1)


def last_of(month: date) -> date:
    """Return the last day of the month that begins on this day."""
    return last_day_of_month(month.year, month.month)


def month_text(month: date) -> str:
    """Write a month for people, as in "november 2026"."""
    return date_format(month, "F Y")
