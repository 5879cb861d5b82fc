"""How pictures write numbers and days: the locale tables of d3, which Vega uses."""

from typing import Any

NUMBERS: dict[str, dict[str, Any]] = {
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€\u00a0", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


def _times(days: str, months: str, short_days: str, short_months: str) -> dict[str, Any]:
    """Build a table of names from space-separated words."""
    return {
        "dateTime": "%A %-d %B %Y, %H:%M",
        "date": "%-d %B %Y",
        "time": "%H:%M",
        "periods": ["", ""],
        "days": days.split(),
        "shortDays": short_days.split(),
        "months": months.split(),
        "shortMonths": short_months.split(),
    }


TIMES: dict[str, dict[str, Any]] = {
    "nl": _times(
        "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "zo ma di wo do vr za",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
    ),
    "en": _times(
        "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
        "January February March April May June July August September October November December",
        "Sun Mon Tue Wed Thu Fri Sat",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    ),
}
