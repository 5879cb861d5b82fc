"""Reads over which time a figure goes: a year, half of one, a quarter, or a day."""

import re
from dataclasses import dataclass

_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?"
    r"|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_PART = (
    r"(?:(?:de\s)?(?:eerste|tweede|derde|vierde|1e|2e|3e|4e|1ste|2de|3de|4de|[1-4])\s"
    r"(?:half\s?jaar|helft|kwartaal)(?:\svan)?|[HQ][1-4])"
)
_DAY = rf"(?:(?:per\s|op\s)?[0-3]?[0-9]\s{_MONTH}|(?:per\s|op\s)?[0-3]?[0-9][-/][01]?[0-9][-/])"
_ABOUT = r"(?:eind|ultimo|medio|begin|half|per|peildatum)"
_UP_TO = r"(?:t/m|tot en met|tot)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        _YEAR,
        rf"{_PART}\s{_YEAR}",
        rf"{_YEAR}\s{_PART}",
        rf"{_YEAR}-(?:[1-4]|[HQ][1-4])",
        rf"{_DAY}\s?{_YEAR}",
        rf"(?:{_ABOUT}\s)?{_MONTH}\s{_YEAR}",
        rf"{_ABOUT}\s{_YEAR}",
        rf"(?:{_MONTH}\s)?{_UP_TO}\s(?:[0-3]?[0-9]\s)?{_MONTH}\s{_YEAR}",
        rf"{_UP_TO}\s(?:het\s)?{_PART}\s{_YEAR}",
    )
)
_LONGEST = 80
_WITHIN = re.compile(_PART, re.IGNORECASE)
_SPAN = re.compile(
    r"(?:(?:school|seizoen|cursus)?jaar\s)?(?P<first>(?:19|20)[0-9]{2})\s?"
    r"(?:-|/|\u2013|t/m|tot en met)\s?(?P<last>(?:19|20)?[0-9]{2})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """The time a figure is about. ``shown`` is what the page prints, None for a whole year.

    ``year`` is None when the page prints several years and so names none.
    """

    year: int | None
    shown: str | None = None


def read_period(text: str) -> Period | None:
    """Read ``2017``, ``1e helft 2017``, ``2022-1``, ``eind 2020``, ``2021/2022``; else None."""
    if len(text) > _LONGEST:
        return None
    words = " ".join(text.replace("(", " ").replace(")", " ").split())
    for at, form in enumerate(_FORMS):
        if found := form.fullmatch(words):
            return Period(int(found["year"]), None if at == 0 else text)
    found = _SPAN.fullmatch(words)
    if not found:
        return None
    first, last = int(found["first"]), found["last"]
    after = int(last) if len(last) > 2 else first // 100 * 100 + int(last)
    return Period(None, text) if after > first else None


def is_within_year(text: str) -> bool:
    """Tell whether a text is a part of a year that it does not name: ``Q1``, ``1e halfjaar``."""
    return len(text) <= _LONGEST and bool(_WITHIN.fullmatch(text))


_ORDER = (("eerste", "1"), ("tweede", "2"), ("derde", "3"), ("vierde", "4"))
_HALF = re.compile(r"h(?:alf\s?jaar|elft)?")
_QUARTER = re.compile(r"q|kwartaal")


def same_period(text: str) -> str:
    """Give a period so that the same time reads the same: ``1e helft 2017`` is ``2017 1 half``."""
    words = text.casefold()
    year = re.search(r"(?:19|20)[0-9]{2}", words)
    rest = words.replace(year[0], " ") if year else words
    for word, digit in _ORDER:
        rest = rest.replace(word, digit)
    number = re.search(r"[1-4]", rest)
    named = rest.replace("-", " ").split()
    if year and number and (_HALF.search(rest) or named == [number[0]]):
        return f"{year[0]} {number[0]} half"
    if year and number and _QUARTER.search(rest):
        return f"{year[0]} {number[0]} quarter"
    return " ".join(words.split())
