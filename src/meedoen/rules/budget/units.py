"""The unit of a row of indicators, as the page shows it."""

import re
from collections.abc import Sequence

from meedoen.rules.budget.values import Meaning, Value, two_units, unit_of_bound
from meedoen.rules.budget.wording import THIN

NO_UNIT = "De eenheid van deze waarden is uit de naam en de waarden niet op te maken."

_ROUND = r"1(?:[0.]{1,9}|(?:\s000){1,2})"
_PER = re.compile(rf"\b(per\s{_ROUND}\s\w+\b.*)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:het )?aantal\b", re.IGNORECASE)
_SHARE = re.compile(r"%|(?:het )?percentage\b|aandeel\b.*%|aantal %", re.IGNORECASE)
_SHARE_BEHIND = re.compile(
    r"[(\[](?:in\s)?(?:%|procent)[^)\]]*[)\]]|\bin\s(?:%|procenten)$", re.IGNORECASE
)
_RATE_IN_BRACKETS = re.compile(
    rf"[(\[]((?:(?:aantal|kg|fte|kosten|ton|uren)\s)?per\s(?:{_ROUND}\s)?[^\W\d_][^)\]]*)[)\]]",
    re.IGNORECASE,
)
_SCALED = re.compile(
    r"\((x\s1(?:0{1,5}|(?:\.0{3})+))\)|\b(x\s1(?:0{2,5}|(?:\.0{3})+))$", re.IGNORECASE
)
_IN_TIME = re.compile(r"\bin\s(dagen|weken|maanden|jaren|uren|minuten|fte)\b", re.IGNORECASE)
_NO_COUNT = re.compile(
    r"aandeel|\bdeel\b|cijfer|score|index|graad|ratio|gemiddeld|tevredenheid|waardering|oordeel"
    r"|mate waarin|dekking|bereik\b|\bper\b|duur\b|tijd\b",
    re.IGNORECASE,
)
"""Names of what is no count, even where all its values are whole numbers."""
_BBV = re.compile(r"\([0-9]{1,2}\)$")
"""The number of a prescribed indicator behind its name. Those are rates, never bare counts."""
_NOTE_BEHIND = re.compile(r"\s*(?:\([0-9]{1,2}\)|\*+)$")
_IN_BRACKETS = re.compile(
    r"[(\[](?:in\s|gemiddeld\s)?(rapportcijfer|cijfer|score|index|fte|punten|(?:kalender|werk)?dagen"
    r"|weken|maanden|jaren|uren|minuten|personen|huishoudens|ha|m2|km|kg|ton)\.?[)\]]"
    r"|\b(schaal\s(?:van\s)?[0-9]+\s?(?:-|\u2013|tot|t/m)\s?[0-9]+)",
    re.IGNORECASE,
)
_AGED = re.compile(r"\bin de leeftijd van\s+", re.IGNORECASE)
_WORDS = re.compile(rf"[+\-\u2212]?[0-9][0-9.,{THIN}]*\s?((?!of\s)[^\W\d_]\D*)")
_YEAR_BEHIND = re.compile(
    r"\s\(?(?:(?:in|eind|ultimo|medio|begin|half|per)\s)?(?:19|20)[0-9]{2}\)?$", re.IGNORECASE
)
"""The year of a value behind its unit: ``298 klanten in 2021``."""


def unit_of(name: str, values: Sequence[Value]) -> str | None:
    """Give the unit that name and values show, or None when the page does not show one.

    A rate names its unit ("per 10.000 inwoners"), a share has percent signs or is called so,
    words behind the numbers are the unit ("298 klanten"; of two units in a cell the first), and
    a row of whole numbers counts.
    """
    marked = _IN_BRACKETS.search(name)
    bracketed = (marked[1] or marked[2]) if marked else ""
    if unit := _of_name(name) or _of_values(values) or bracketed:
        return unit
    meanings = {value.meaning for value in values if value.number is not None}
    if Meaning.PERCENTAGE in meanings:
        return "%" if meanings <= {Meaning.PERCENTAGE, Meaning.BOUND} else None
    if _COUNTED.match(name):
        return "aantal"
    numbers = [value for value in values if value.number is not None]
    whole = bool(numbers) and not any(map(_has_decimals, numbers))
    return "aantal" if whole and not (_BBV.search(name) or _NO_COUNT.search(name)) else None


def _has_decimals(value: Value) -> bool:
    """Tell whether decimals are shown, also when they are zeros: ``4,0`` counts nothing."""
    return "," in value.shown or value.has_decimal_dot


def _of_name(name: str) -> str:
    if found := _RATE_IN_BRACKETS.search(name):
        return found[1]
    if found := _PER.search(_NOTE_BEHIND.sub("", name)):
        return found[1].removesuffix(")") if "(" not in found[1] else found[1]
    if found := _SCALED.search(name):
        return found[1] or found[2]
    if found := _IN_TIME.search(name):
        return found[1]
    return "%" if _SHARE.match(name) or _SHARE_BEHIND.search(name) else ""


def _of_values(values: Sequence[Value]) -> str | None:
    """Give the words behind the numbers, when all numbers have the same."""
    worded = [value for value in values if value.meaning is Meaning.WORDED_NUMBER]
    found = {words for value in worded if (words := _rate(value.shown) or _words(value.shown))}
    found |= {
        words
        for value in values
        if value.meaning is Meaning.BOUND and (words := unit_of_bound(value.shown))
    }
    if len(found) != 1:
        return None
    return found.pop()


def _rate(shown: str) -> str:
    found = None if has_two_units(shown) else _PER.search(shown)
    return found[1] if found else ""


def has_two_units(shown: str) -> bool:
    """Tell whether a cell gives the same thing in two units, a number and a rate."""
    return two_units(shown) is not None


def unit_in(shown: str) -> str:
    """Give the unit that a value carries itself: a percent sign or words; empty without one."""
    if re.search(r"[0-9]\s?%", shown):
        return "%"
    return (_rate(shown) or _words(shown)).casefold()


def _words(shown: str) -> str:
    if two := two_units(shown):
        return two[1].strip()
    found = _WORDS.fullmatch(_YEAR_BEHIND.sub("", shown))
    return found[1].strip() if found else unit_of_bound(shown)


def short_unit(printed: str, name: str) -> str:
    """Give the unit of a column of units; where it says the name again, the rest of it."""
    found = _PER.search(printed)
    before = printed[: found.start()].casefold() if found else ""
    if not found or not any(word in before for word in _long_words(name)):
        return printed
    counted = "aantal " if _COUNTED.match(printed) else ""
    return counted + _AGED.sub("", found[1]).rstrip(". ")


def _long_words(name: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]{5,}", name.casefold()) if word != "aantal"]
