"""Numbers and days as people read them, in the language of the page.

Three things that look alike are kept apart everywhere: `-` was not measured, `0` is a
number, and a text such as `<10` stands for a number that is protected.
"""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils import timezone, translation

NOT_MEASURED = "-"


def locale_name() -> str:
    """Name the locale of the active language in the way Babel writes it, as in "nl".

    English is that of Europe, with the day before the month.
    """
    language = translation.get_language() or "nl"
    return "en_GB" if language == "en" else translation.to_locale(language)


def number_text(value: int | float | Decimal | str | None, decimals: int | None = None) -> str:
    """Write a number with the thousands sign of the active language.

    `decimals` fixes how many decimals are shown; without it there are at most three. None
    becomes `-` and a text (a protected figure such as `<10`) stays what it is.
    """
    if value is None or value == "":
        return NOT_MEASURED
    if isinstance(value, str):
        return value
    pattern = "#,##0.###" if not decimals and decimals != 0 else "#,##0." + "0" * decimals
    return format_decimal(value, format=pattern.rstrip("."), locale=locale_name())


def month_text(value: date) -> str:
    """Write a month with its year, as in "maart 2026"."""
    return format_date(value, format="LLLL y", locale=locale_name())


def day_text(value: date | datetime | None, form: str = "long") -> str:
    """Write a day in full ("3 maart 2026"), or shorter with Babel's `medium` or `short`.

    A moment becomes the day it was in the time zone of the page. None becomes `-`.
    """
    if value is None:
        return NOT_MEASURED
    if isinstance(value, datetime):
        value = timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return format_date(value, format=form, locale=locale_name())
