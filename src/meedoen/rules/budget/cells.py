"""From what stands in one cell to the values in it, each with its year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from meedoen.rules.budget.periods import Period, read_period
from meedoen.rules.budget.values import NO_ANSWER, Meaning, Value, read_value

_NUMBER = r"[+\-\u2212]?[0-9]+(?:[.,][0-9]+)*(?:\s?%)?\*{0,3}"
_NO_NUMBER = r"[-\u2013\u2014.]|n\.?n?\.?b\.?|X"
_VALUE = rf"(?:[<>≤≥]=?\s?)?(?:{_NUMBER}|{_NO_NUMBER})"
_YEAR = r"(?:19|20)[0-9]{2}"
_SMALL = rf"(?:[0-9]{{1,3}}|[0-9]+(?:[.,][0-9]+)+)(?:\s?%)?|{_NO_NUMBER}"
_BARE = re.compile(rf"({_YEAR})\s+({_SMALL})(?=[\s;|]|,\s|$)[\s;,|]*", re.IGNORECASE)
"""A year and a value without a sign between: ``2021 805,5``."""
_SPAN = rf"{_YEAR}(?:\s?[-/\u2013]\s?(?:[0-9]{{2}}){{1,2}})?"
_LABEL = re.compile(rf"(?<![0-9])({_SPAN})\s?[:=]\s*")
_LABEL_WORDS = 4
"""The most words of a time before its year: ``de eerste helft van``."""
_BETWEEN = re.compile(r"[\s;,|]+(?:en\s*)?$|\sen\s*$", re.IGNORECASE)
"""What may stand between a value and the next year."""
_WHEN = r"(?:in|eind|ultimo|medio|begin|half|voor|per)"
_TIME_BEHIND = re.compile(
    rf"(?P<value>.+?)(?:\s?\((?P<marked>[^()]{{4,40}})\)|\s(?P<named>{_WHEN}\s{_YEAR}))",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(rf"(?:{_WHEN}\s)?({_YEAR})", re.IGNORECASE)
_LONGEST = 1_000
_BOUND_DATE = re.compile(
    r".*?\s(?:(?:eind|ultimo|in|per|op|medio|half|begin)\s.*)?\b((?:19|20)[0-9]{2})\)?"
)
_FIRST_NUMBER = re.compile(r"[0-9][0-9.,\u202f]*")
_ABOUT = re.compile(r"(?:ca\.?|circa|ongeveer|rond(?: de)?|[±~])\s?[0-9][0-9.,]*(?:\s?%)?", re.I)
_NAMED = re.compile(rf"\b({_YEAR})\b|['\u2019]([0-3][0-9])(?![0-9])")
_CERTAIN = {Meaning.NUMBER, Meaning.PERCENTAGE, Meaning.BOUND, Meaning.WORDED_NUMBER} | (
    NO_ANSWER - {Meaning.EMPTY}
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A value with the year that the cell itself gives it.

    ``period`` is what the cell prints where that is no whole year: ``1e halfjaar 2021``.
    """

    year: int | None
    value: Value
    period: str | None = None


def own_years(text: str) -> tuple[Dated, ...]:
    """Give the values of a cell that carry their own whole year, one or more; else nothing.

    ``2019: - 2018: 436`` has two. Words behind a value stay with it: ``< 410 eind 2020`` and
    ``71% (2020)`` are of 2020.
    """
    dated = own_periods(text)
    return () if any(one.year is None or one.period for one in dated) else dated


def own_periods(text: str) -> tuple[Dated, ...]:
    """Give the values of a cell that carry their own time: a year, a part of it, or a span."""
    if len(text) > _LONGEST:
        return ()
    return _labelled(text) or _bare(text) or _time_behind(text)


def _labelled(text: str) -> tuple[Dated, ...]:
    """Read times with a colon behind them, each before its value; all of them or nothing."""
    labels = [_label(text, found) for found in _LABEL.finditer(text)]
    if not labels or labels[0][0] != 0:
        return ()
    ends = [start for start, _, _ in labels[1:]] + [len(text)]
    dated: list[Dated] = []
    for (_, behind, period), end in zip(labels, ends, strict=True):
        printed = text[behind:end]
        value = _certain(_BETWEEN.sub("", printed) if end < len(text) else printed.rstrip(" ;,|"))
        if period is None or value is None:
            return ()
        dated.append(Dated(period.year, value, period.shown))
    return tuple(dated)


def _label(text: str, found: re.Match[str]) -> tuple[int, int, Period | None]:
    """Give where a time begins, where its value begins, and the time; as many words as fit."""
    start, period = found.start(), _time(found[1])
    before = [word.start() for word in re.finditer(r"\S+", text[:start])][-_LABEL_WORDS:]
    for place in before:
        if longer := _time(text[place : found.end(1)]):
            return place, found.end(), longer
    return start, found.end(), period


def _bare(text: str) -> tuple[Dated, ...]:
    """Read years that each stand right before a value that cannot be a year itself."""
    found = list(_BARE.finditer(text))
    if not found or "".join(one[0] for one in found) != text:
        return ()
    return tuple(Dated(int(one[1]), read_value(one[2])) for one in found)


def _time_behind(text: str) -> tuple[Dated, ...]:
    """Read a value with its time behind it; what is shown keeps that time."""
    if found := _TIME_BEHIND.fullmatch(text):
        time = _time(found["marked"] or found["named"])
        value = _certain(found["value"])
        if time and value:
            return (Dated(time.year, replace(value, shown=text), time.shown),)
    value = read_value(text)
    if value.meaning is Meaning.BOUND and (dated := _BOUND_DATE.fullmatch(text)):
        return (Dated(int(dated[1]), value),)
    return ()


def _time(text: str) -> Period | None:
    """Read the time of a value in a cell; the end of a year or its half is of that year."""
    whole = _WHOLE_YEAR.fullmatch(text)
    return Period(int(whole[1])) if whole else read_period(text)


def _certain(text: str) -> Value | None:
    """Read a value of which a time stands elsewhere; None where it is not certain, or names one."""
    value = read_value(text)
    known = value.meaning in _CERTAIN or _ABOUT.fullmatch(value.shown)
    return value if known and not other_years(value, ()) else None


def other_years(value: Value, own: Sequence[int]) -> list[int]:
    """Give the years that a value names besides its own ones; its number itself is none.

    Words without a figure may speak of another year: ``meer dan in 2024``.
    """
    if value.meaning in {Meaning.NUMBER, Meaning.PERCENTAGE}:
        return []
    text = value.shown
    if value.number is not None:
        text = _FIRST_NUMBER.sub("", text, count=1)
    named = [year for year in years_named(text) if year not in own]
    figures = value.number is not None or re.search(r"[0-9]", _NAMED.sub("", text))
    return named if figures or len(named) > 1 or _LABEL.search(text) else []


def years_named(text: str) -> Iterator[int]:
    """Give each year that a text names, also with two digits: ``'21``."""
    for found in _NAMED.finditer(text):
        yield int(found[1] or f"20{found[2]}")
