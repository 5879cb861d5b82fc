"""How Excel shows a number in Dutch, from the number and the format of its cell."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from meedoen.rules.budget.months import MONTHS

_BUILT_IN = {
    "0": "General",
    "1": "0",
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "9": "0%",
    "10": "0.00%",
    "37": "#,##0",
    "38": "#,##0",
    "39": "#,##0.00",
    "40": "#,##0.00",
}
"""The formats that have a number of their own and show a plain number (ECMA-376, 18.8.30)."""

_FORM = re.compile(
    r"(?P<before>(?:\"[^\"]*\"|[<>≤≥] ?)?)(?P<thousands>#,##)?[#0]*"
    r"(?P<decimals>\.0+)?(?P<share>\s?%)?(?P<after>(?:\s?\"[^\"]*\"|\\?[ *])*)"
)


def shown_number(value: str, form: str) -> str | None:
    """Give the text that Excel shows for a number; None for a date, money or an unknown format.

    ``form`` is the number or the code of the format. Only the part for positive numbers counts.
    """
    code = _BUILT_IN.get(form, form).split(";")[0]
    code = re.sub(r"_.|\[(?:Black|Red|Blue|Green)\]", "", code)
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > 20:
        return None
    if code in {"General", "@"}:
        return _general(number)
    found = _FORM.fullmatch(code)
    if not found:
        return None
    decimals = len(found["decimals"] or ".") - 1
    text = _rounded(number * 100 if found["share"] else number, decimals)
    if not found["thousands"]:
        text = text.replace(".", "")
    words = [_bare(found["before"]), text, found["share"] or "", _bare(found["after"])]
    return "".join(words).strip()


_DATE_PART = re.compile(r"dd?|mmmm?|mm?|yyyy|yy|[-/. ]", re.IGNORECASE)
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 as Excel counts from March 1900 on; before that it knows a day that never was."""
_FIRST_CERTAIN = 61
_LAST = 73_050
"""The last day of 2099."""


def shown_date(value: str, form: str) -> str | None:
    """Give the text that Excel shows for a day counted from 1900; None for other formats.

    Only whole days from March 1900 up to 2099 are certain.
    """
    code = {"14": "d-m-yyyy"}.get(form, form).split(";")[0]
    code = re.sub(r"\[\$-[0-9A-Fa-f]+\]|[\\\"]", "", code)
    parts = _DATE_PART.findall(code)
    whole = value.removesuffix(".0")
    if "".join(parts) != code or "y" not in code.lower() or not whole.isdigit():
        return None
    if not _FIRST_CERTAIN <= int(whole[:9]) <= _LAST:
        return None
    day = _FIRST_DAY + timedelta(days=int(whole))
    return "".join(_date_part(part.lower(), day) for part in parts)


def _date_part(part: str, day: date) -> str:
    shown = {
        "d": f"{day.day}",
        "dd": f"{day.day:02d}",
        "m": f"{day.month}",
        "mm": f"{day.month:02d}",
        "mmm": MONTHS[day.month - 1][:3],
        "mmmm": MONTHS[day.month - 1],
        "yy": f"{day.year % 100:02d}",
        "yyyy": f"{day.year}",
    }
    return shown.get(part, part)


def _general(number: Decimal) -> str:
    """Show at most ten digits, as a cell of usual width does, without zeros behind."""
    digits = 10 - max(1, number.adjusted() + 1)
    text = format(round(number, max(0, digits)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text.replace(".", ",")


def _rounded(number: Decimal, decimals: int) -> str:
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def _bare(words: str) -> str:
    return words.replace('"', "").replace("\\", "")
