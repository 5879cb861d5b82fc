"""The unit of a row of indicators, as the page shows it."""

import re
from collections.abc import Sequence

from meedoen.rules.budget.values import Meaning, Value

NO_UNIT = "De eenheid van deze waarden is uit de naam en de waarden niet op te maken."

_PER = re.compile(r"\b(per\s[0-9.]+\s\w+\b.*)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:het )?aantal\b", re.IGNORECASE)
_SHARE = re.compile(r"%|percentage\b|aandeel\b.*%", re.IGNORECASE)
_SHARE_BEHIND = re.compile(r"\((?:in\s)?%\)|\bin\s(?:%|procenten)$", re.IGNORECASE)
_AGED = re.compile(r"\bin de leeftijd van\s+", re.IGNORECASE)
_WORDS = re.compile(r"[+\-\u2212]?[0-9][0-9.,]*\s?([^\W\d_]\D*)")
_TWO = re.compile(
    r"[0-9][0-9.,]*\s?([^\W\d_][^\d]*?)\s+[0-9][0-9.,]*\s(per\s[0-9.]+\s[^\W\d_]+\.?.*)", re.I
)


def unit_of(name: str, values: Sequence[Value]) -> str | None:
    """Give the unit that name and values show, or None when the page does not show one.

    A rate names its unit ("per 10.000 inwoners"), a share has percent signs or is called so,
    words behind the numbers are the unit ("298 klanten"; of two units in a cell the first), and
    a row of whole numbers counts.
    """
    if found := _PER.search(name):
        return found[1].removesuffix(")") if "(" not in found[1] else found[1]
    if _SHARE.match(name) or _SHARE_BEHIND.search(name):
        return "%"
    if unit := _of_values(values):
        return unit
    meanings = {value.meaning for value in values if value.number is not None}
    if Meaning.PERCENTAGE in meanings:
        return "%" if meanings <= {Meaning.PERCENTAGE, Meaning.BOUND} else None
    if _COUNTED.match(name):
        return "aantal"
    numbers = [value.number for value in values if value.number is not None]
    whole = bool(numbers) and all(number == number.to_integral_value() for number in numbers)
    return "aantal" if whole else None


def _of_values(values: Sequence[Value]) -> str | None:
    """Give the words behind the numbers, when all numbers have the same."""
    worded = [value for value in values if value.meaning is Meaning.WORDED_NUMBER]
    found = {words for value in worded if (words := _words(value.shown))}
    if len(found) != 1:
        return None
    return found.pop()


def has_two_units(shown: str) -> bool:
    """Tell whether a cell gives the same thing in two units, a number and a rate."""
    return bool(_TWO.fullmatch(shown))


def unit_in(shown: str) -> str:
    """Give the unit that a value carries itself: a percent sign or words; empty without one."""
    if re.search(r"[0-9]\s?%", shown):
        return "%"
    rate = None if has_two_units(shown) else _PER.search(shown)
    return (rate[1] if rate else _words(shown)).casefold()


def _words(shown: str) -> str:
    if two := _TWO.fullmatch(shown):
        return two[1].strip()
    found = _WORDS.fullmatch(shown)
    return found[1].strip() if found else ""


def short_unit(printed: str) -> str:
    """Give the unit of a column of units; of a whole sentence the part that is one."""
    found = _PER.search(printed)
    if not found or found.start() == 0:
        return printed
    counted = "aantal " if _COUNTED.match(printed) else ""
    return counted + _AGED.sub("", found[1]).rstrip(". ")
