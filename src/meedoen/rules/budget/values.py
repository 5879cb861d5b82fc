"""What a value means as it stands on a budget page.

The text shown is kept beside the meaning. A dash, a zero and "not yet known" are three
different answers and none of them ever becomes another.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from meedoen.rules.budget.wording import NOTE, RAISED_DIGITS, THIN, tidy


class Meaning(StrEnum):
    """What kind of answer a shown value is."""

    NUMBER = "number"
    PERCENTAGE = "percentage"
    AMOUNT = "amount"
    """Money: a number with a euro sign."""
    BOUND = "bound"
    """At least or at most a number, sometimes with a date: ``< 410 eind 2020``."""
    NOT_MEASURED = "not_measured"
    """A dash: no data, or not measured this year."""
    MISSING = "missing"
    """A single dot: the sign of statistics offices for a figure that is missing."""
    NOT_YET_KNOWN = "not_yet_known"
    """``n.n.b.``, ``nb``, ``X``, ``pm``: the figure is still to come."""
    NOT_APPLICABLE = "not_applicable"
    DATED = "dated"
    """The cell carries its own year: ``2017 : 57``."""
    WORDED_NUMBER = "worded_number"
    """A number with words of its own, mostly a unit: ``298 klanten``."""
    UNCERTAIN = "uncertain"
    """Digits that can be read in more than one way: ``0.125``, ``2 500``, ``100 m²``."""
    TEXT = "text"
    EMPTY = "empty"
    """A cell that is there and holds nothing. Only a real table can show this."""


NO_ANSWER = frozenset(
    {
        Meaning.NOT_MEASURED,
        Meaning.MISSING,
        Meaning.NOT_YET_KNOWN,
        Meaning.NOT_APPLICABLE,
        Meaning.EMPTY,
    }
)
"""What a page prints where it says nothing."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value as shown, with what it means.

    ``number`` is in the unit shown: 9.5 for ``9,5%``. It is None wherever the page does not
    give exactly one certain number.
    """

    shown: str
    meaning: Meaning
    number: Decimal | None = None

    @property
    def has_decimal_dot(self) -> bool:
        """Tell whether a dot was read as a decimal sign, which people should look at."""
        return self.number is not None and bool(_DOT_THEN_ONE_OR_TWO.search(self.shown))


_DOT_THEN_ONE_OR_TWO = re.compile(r"(?<![0-9.,])[0-9]+\.[0-9]{1,2}(?![0-9.,])")
_DIGITS = rf"[+\-\u2212]?[0-9]+(?:[.,{THIN}][0-9]+)*"
_WHOLE = re.compile(r"[0-9]+")
_THOUSANDS = re.compile(
    rf"[1-9][0-9]{{0,2}}(?:(?:\.[0-9]{{3}})+|(?:{THIN}[0-9]{{3}})+)(?:,[0-9]+)?"
)
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+")
_DECIMAL_DOT = re.compile(r"[0-9]+\.[0-9]{1,2}")

_RAISED = rf"⁽?[{RAISED_DIGITS}]{{1,2}}⁾?"
_MARK = r"(?:[0-9]{1,2}\)|\([0-9]{1,2}\)|\[[0-9]{1,2}\])"
_NOT_FINAL = r"\s?\((?:voorlopige?|definitie(?:f|ve)|afgerond)(?:\scijfers?)?\)"
_FOOTNOTE = (
    rf"(?:\s?\*{{1,3}}|\s?{_RAISED}(?:[,\s]{{1,2}}{_RAISED})*|{NOTE}{_MARK})?(?:{_NOT_FINAL})?"
)
_POWER = re.compile(rf"10[{RAISED_DIGITS}][,{RAISED_DIGITS}]*")
"""A power of ten may be meant: ``10³``."""
_NUMBER = re.compile(rf"({_DIGITS}){_FOOTNOTE}")
_PERCENTAGE = re.compile(rf"({_DIGITS})\s?%{_FOOTNOTE}")
_AMOUNT = re.compile(rf"€\s?({_DIGITS})(?:,-)?|({_DIGITS})\s?(?:€|euro)", re.IGNORECASE)
_MONEY = re.compile(r"[^0-9]{0,10}(?:€|\beuro\b).*|.*[0-9]\s?(?:€|euro\b).*", re.IGNORECASE)
_SIGN = (
    r"(?:[<>≤≥]|[<>]=|min(?:imaal|\.)|minstens|ten\s?minste|max(?:imaal|\.)|hoogstens"
    r"|ten hoogste|meer dan|minder dan)"
)
_OF_TIME = r"(?:eind|ultimo|in|per|op|medio|half|begin)"
_LARGE = r"(?:mln|miljoen|mld|miljard|duizend|dzd|k|x)"
_NO_UNIT = rf"(?:{_OF_TIME}|{_LARGE}|euro|en|of|tot|\u00e0)\b"
_BOUND_UNIT = rf"(?:\s(?!{_NO_UNIT})[^\W\d_][^\s\d!?;:,{RAISED_DIGITS}]{{0,25}}){{1,2}}"
"""The one or two words that say what a bound counts: ``< 310 klanten``."""
_BOUND = re.compile(
    rf"{_SIGN}\s*({_DIGITS})\s?%?(?:{_FOOTNOTE}|{_BOUND_UNIT})(?:\s+{_OF_TIME}\s.{{1,40}})?"
    rf"|({_DIGITS})\s?%?(?:\s?\+|\sof\s(?:meer|hoger|minder|lager)){_FOOTNOTE}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"{_DIGITS}\s?%?\s(?:\u00e0|tot|tot en met|t/m)\s{_DIGITS}\s?%?|1\sop\s(?:de\s)?{_DIGITS}",
    re.IGNORECASE,
)
"""Two numbers that say one thing together: a range, or one in so many."""
_DATED = re.compile(rf"(?:19|20)[0-9]{{2}}\s?:\s*(-|\u2013|\u2014|{_DIGITS})\s?%?")
_YEAR_BEFORE = re.compile(r"(?:19|20)[0-9]{2}\s+([0-9]{1,2}|[0-9]+[.,][0-9]+)\s?%?")
_WORDED = re.compile(rf"({_DIGITS})\s?[^\W\d_][^!?;:]{{0,40}}")
_TITLE = re.compile(r"[A-Z][a-z]+\s[^\W\d_]")
"""Words behind a number that make it the code of a title: ``1.1 Samen werken``."""
_ORDINAL = re.compile(r"[0-9]+(?:e|de|ste)\b", re.IGNORECASE)
_SCALED = re.compile(rf"{_LARGE}\b", re.IGNORECASE)
_OTHER_DIGITS = re.compile(r"(?<!\bper\s)(?<![0-9.,])(?!(?:19|20)[0-9]{2}\b)[0-9]")
_BROKEN_DIGITS = re.compile(rf"[+\-\u2212(]?\s?[0-9][0-9.,\s/()]*%?[\s*⁽⁾{RAISED_DIGITS}]*")

_TWO_UNITS = re.compile(
    r"[0-9][0-9.,]*\s?([^\W\d_][^\d]*?)\s+[0-9][0-9.,]*\s(per\s[0-9.]+\s[^\W\d_]+\.?.*)", re.I
)
"""The same thing in two units, a number and a rate: ``115 trajecten 81,65 per 10.000 inw``."""

_BOUND_WORDS = re.compile(rf"{_SIGN}\s*{_DIGITS}({_BOUND_UNIT})(?:\s.*)?", re.IGNORECASE)
_LENGTH_OF_A_SENTENCE = 20
_LONGEST_AMOUNT = 30
_LONGEST_VALUE = 1_000
"""Longer texts are prose, whatever signs stand in them."""

_DASHES = {"-", "\u2013", "\u2014", "\u2212", "--"}
_NOT_YET_KNOWN = {
    *("nnb", "nb", "ntb", "nog niet bekend", "niet bekend", "nader te bepalen", "x", "pm"),
    *("volgt", "onbekend", "niet beschikbaar", "nog niet beschikbaar", "n/b", "?"),
}
_NOT_APPLICABLE = {"nvt", "niet van toepassing"}


def read_value(shown: str) -> Value:
    """Say what a value means as it stands on the page; never guess.

    The rule for a dot is the one that holds on published pages: exactly three digits after
    the last dot and no comma are thousands (``6.869`` is 6869, also in a column of rates);
    one or two digits are a decimal (``67.2``). Anything else with a dot has no number.
    """
    text = tidy(shown)
    if len(text) > _LONGEST_VALUE:
        return Value(text, Meaning.TEXT)
    together = (Meaning.TEXT, None) if _BETWEEN.fullmatch(text) else None
    meaning, number = _by_sign(text) or together or _by_digits(text) or (Meaning.TEXT, None)
    return Value(text, meaning, number)


def read_number(text: str) -> Decimal | None:
    """Give the number the digits stand for in Dutch notation, or None if that is not certain."""
    negative = text[:1] in {"-", "\u2212"}
    digits = text.lstrip("+-\u2212")
    if _WHOLE.fullmatch(digits) or _DECIMAL_DOT.fullmatch(digits):
        number = Decimal(digits)
    elif _THOUSANDS.fullmatch(digits) or _DECIMAL_COMMA.fullmatch(digits):
        number = Decimal(digits.replace(".", "").replace(THIN, "").replace(",", "."))
    else:
        return None
    return number.copy_negate() if negative else number


def two_units(shown: str) -> re.Match[str] | None:
    """Give the two units of a cell that says the same thing in both; None for other cells."""
    return _TWO_UNITS.fullmatch(shown)


def unit_of_bound(shown: str) -> str:
    """Give the words that say what a bound counts: ``weken`` of ``< 4 weken``; else nothing."""
    found = _BOUND_WORDS.fullmatch(shown)
    return found[1].strip() if found else ""


def _by_sign(text: str) -> tuple[Meaning, None] | None:
    word = text.lower().replace(".", "") if text != "." else text
    if not text:
        return Meaning.EMPTY, None
    if text in _DASHES:
        return Meaning.NOT_MEASURED, None
    if text == ".":
        return Meaning.MISSING, None
    if word in _NOT_YET_KNOWN:
        return Meaning.NOT_YET_KNOWN, None
    if word in _NOT_APPLICABLE:
        return Meaning.NOT_APPLICABLE, None
    return None


def _is_raised_or_fraction(sign: str) -> bool:
    return unicodedata.category(sign) == "No"


def _by_digits(text: str) -> tuple[Meaning, Decimal | None] | None:
    if _POWER.fullmatch(text):
        return Meaning.UNCERTAIN, None
    for pattern, meaning in (
        (_NUMBER, Meaning.NUMBER),
        (_PERCENTAGE, Meaning.PERCENTAGE),
        (_AMOUNT, Meaning.AMOUNT),
        (_BOUND, Meaning.BOUND),
    ):
        if found := pattern.fullmatch(text):
            number = read_number(next(group for group in found.groups() if group))
            return (Meaning.UNCERTAIN, None) if number is None else (meaning, number)
    if found := _DATED.fullmatch(text) or _YEAR_BEFORE.fullmatch(text):
        return Meaning.DATED, read_number(found[1]) if found[1][-1:].isdigit() else None
    if _BROKEN_DIGITS.fullmatch(text):
        return Meaning.UNCERTAIN, None
    if len(text) <= _LONGEST_AMOUNT and _MONEY.fullmatch(text):
        return Meaning.AMOUNT, None
    return _by_words(text)


def _by_words(text: str) -> tuple[Meaning, Decimal | None] | None:
    """Read a number with words behind it. A second number there leaves doubt which one counts."""
    found = _WORDED.fullmatch(text)
    number = read_number(found[1]) if found else None
    if found is None or number is None or _ORDINAL.match(text):
        return None
    if text.endswith(".") and len(text) >= _LENGTH_OF_A_SENTENCE:
        return None
    words = text[found.end(1) :].strip()
    if _TITLE.match(words):
        return None
    second = _OTHER_DIGITS.search(words) and not _TWO_UNITS.fullmatch(text)
    if second or _SCALED.match(words) or any(map(_is_raised_or_fraction, text)):
        return Meaning.UNCERTAIN, None
    return Meaning.WORDED_NUMBER, number
