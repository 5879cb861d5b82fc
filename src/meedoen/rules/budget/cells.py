"""From what stands in one cell to the values in it, each with its year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from meedoen.rules.budget.values import Meaning, Value, read_value

_NUMBER = r"[+\-\u2212]?[0-9]+(?:[.,][0-9]+)*(?:\s?%)?\*{0,3}"
_NO_NUMBER = r"[-\u2013\u2014.]|n\.?n?\.?b\.?|X"
_VALUE = rf"(?:[<>≤≥]=?\s?)?(?:{_NUMBER}|{_NO_NUMBER})"
_COLON = rf"(?:19|20)[0-9]{{2}}\s?:\s*{_VALUE}"
_LISTED = re.compile(rf"{_COLON}(?:[\s;,|]+{_COLON})*", re.IGNORECASE)
_ONE = re.compile(rf"(?P<year>(?:19|20)[0-9]{{2}})\s?:\s*(?P<value>{_VALUE})", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"((?:19|20)[0-9]{2})\s+([0-9]{1,3}|[0-9]+[.,][0-9]+)(\s?%)?")
_YEAR_BEHIND = re.compile(rf"({_VALUE})\s?\(((?:19|20)[0-9]{{2}})\)", re.IGNORECASE)
_YEAR_NAMED = re.compile(
    rf"({_VALUE})\s(?:in|eind|ultimo|medio|begin|half|voor)\s((?:19|20)[0-9]{{2}})", re.IGNORECASE
)
_LONGEST = 1_000
_BOUND_DATE = re.compile(
    r".*?\s(?:(?:eind|ultimo|in|per|op|medio|half|begin)\s.*)?\b((?:19|20)[0-9]{2})\)?"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A value with the year that the cell itself gives it."""

    year: int
    value: Value


def own_years(text: str) -> tuple[Dated, ...]:
    """Give the values of a cell that carry their own year, one or more; else nothing.

    ``2019: - 2018: 436`` has two. Words behind a value stay with it: ``< 410 eind 2020`` and
    ``71% (2020)`` are of 2020.
    """
    if len(text) > _LONGEST:
        return ()
    if _LISTED.fullmatch(text):
        return tuple(
            Dated(int(found["year"]), read_value(found["value"])) for found in _ONE.finditer(text)
        )
    if found := _YEAR_BEFORE.fullmatch(text):
        return (Dated(int(found[1]), read_value(f"{found[2]}{found[3] or ''}")),)
    if found := _YEAR_BEHIND.fullmatch(text) or _YEAR_NAMED.fullmatch(text):
        return (Dated(int(found[2]), replace(read_value(found[1]), shown=text)),)
    value = read_value(text)
    if value.meaning is Meaning.BOUND and (found := _BOUND_DATE.fullmatch(text)):
        return (Dated(int(found[1]), value),)
    return ()


def years_named(text: str) -> Iterator[int]:
    """Give each year that a text names."""
    for found in re.finditer(r"\b(?:19|20)[0-9]{2}\b", text):
        yield int(found[0])
