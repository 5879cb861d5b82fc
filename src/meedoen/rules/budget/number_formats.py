"""How Excel shows a number in Dutch, from the number and the format of its cell."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

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
