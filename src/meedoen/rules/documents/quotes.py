"""Figures quoted in a text by reference, so that a text never holds a number that went stale.

A quote stands between braces: the code of an indicator, and then what is asked of it, in any order.

    {participation_jobs}                     as counted on the reference date of the document
    {participation_jobs 2025-12-31}          as counted on that day
    {participation_jobs district Noord}      of one district, by its name or code
    {participation_jobs target 2026}         what is aimed for in that year
    {participation_jobs budgeted 2026}       what a page of the budget printed for that year
    {participation_jobs forecast}            what is expected at the end of the year

Everything between braces is a quote: one that cannot be read is a mistake, never plain text.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from meedoen.rules.documents.words import QuotedKind

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KINDS = {
    "target": QuotedKind.AIMED,
    "budgeted": QuotedKind.BUDGETED,
    "forecast": QuotedKind.FORECAST,
}
_WITH_YEAR = {QuotedKind.AIMED, QuotedKind.BUDGETED}
MOST_QUOTES = 200
"""In one text; a longer list belongs in a table."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A reference to a figure, with where it stands in the text: from `start` up to `end`.

    `on` and `year` are None where the text does not name them. `district` is a name or a code,
    as it was typed, and empty for the whole municipality.
    """

    line: int
    start: int
    end: int
    indicator: str
    kind: QuotedKind = QuotedKind.ACHIEVED
    on: date | None = None
    year: int | None = None
    district: str = ""


class QuoteFault(StrEnum):
    """What is wrong with a quote."""

    LOOSE_BRACE = "loose_brace"
    EMPTY = "empty"
    UNKNOWN_INDICATOR = "unknown_indicator"
    UNKNOWN_WORD = "unknown_word"
    """Something behind the code that means nothing here."""
    NO_SUCH_DAY = "no_such_day"
    YEAR_MISSING = "year_missing"
    """A target or a budgeted number without its year."""
    UNKNOWN_DISTRICT = "unknown_district"
    DOES_NOT_GO_TOGETHER = "does_not_go_together"
    """A day or a district with a target, or a second word of the same meaning."""
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class QuoteMistake:
    """A quote that cannot be read: on which line, what stands there and what is wrong with it.

    `near` are codes or names that look like what was typed; empty when none does.
    """

    line: int
    text: str
    fault: QuoteFault
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted figure as it reads: `text` is what is shown, with small numbers protected.

    `figure_id` is the measured figure, None for what was not counted. `part` and `place_kind` are
    empty and `district_id` is None for the whole.
    """

    chapter_id: int
    indicator: str
    kind: QuotedKind
    text: str
    hidden: bool = False
    year: int | None = None
    reference_date: date | None = None
    part: str = ""
    district_id: int | None = None
    place_kind: str = ""
    figure_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReadText:
    """The quotes of a text in order, and what is wrong in it."""

    quotes: tuple[Quote, ...]
    mistakes: tuple[QuoteMistake, ...]


class _FaultyError(ValueError):
    def __init__(self, fault: QuoteFault, near: tuple[str, ...] = ()) -> None:
        super().__init__(fault)
        self.fault, self.near = fault, near


def read_quotes(text: str, *, indicators: Collection[str], districts: Collection[str]) -> ReadText:
    """Return the quotes of a text and every mistake in it; never guess.

    `indicators` are the codes that exist, `districts` the names and codes that do.
    """
    quotes: list[Quote] = []
    mistakes: list[QuoteMistake] = []
    for found in _BRACES.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        try:
            quote = _read(found[1], indicators, districts)
        except _FaultyError as wrong:
            mistakes.append(QuoteMistake(line, found[0], wrong.fault, wrong.near))
        else:
            quotes.append(replace(quote, line=line, start=found.start(), end=found.end()))
    if len(quotes) > MOST_QUOTES:
        beyond = quotes[MOST_QUOTES]
        surplus = text[beyond.start : beyond.end]
        mistakes.append(QuoteMistake(beyond.line, surplus, QuoteFault.TOO_MANY))
    return ReadText(tuple(quotes), tuple(mistakes))


def pieces(text: str, quotes: Sequence[Quote]) -> Iterator[str | Quote]:
    """Yield the text between the quotes and the quotes themselves, in order."""
    place = 0
    for quote in quotes:
        yield text[place : quote.start]
        yield quote
        place = quote.end
    yield text[place:]


def around_quotes(text: str) -> Iterator[str | None]:
    """Yield the text between the quotes, and None for each quote, in order.

    For a text that was read before: codes and names in it may be gone since.
    """
    place = 0
    for found in _BRACES.finditer(text):
        yield text[place : found.start()]
        yield None
        place = found.end()
    yield text[place:]


def filled(text: str, quotes: Sequence[Quote], shown: Sequence[str]) -> str:
    """Return the text with each quote replaced by what it shows."""
    values = iter(shown)
    return "".join(
        piece if isinstance(piece, str) else next(values) for piece in pieces(text, quotes)
    )


def _read(inside: str | None, indicators: Collection[str], districts: Collection[str]) -> Quote:
    if inside is None:
        raise _FaultyError(QuoteFault.LOOSE_BRACE)
    code, *words = inside.split() or [""]
    if not code:
        raise _FaultyError(QuoteFault.EMPTY)
    if code not in indicators:
        raise _FaultyError(QuoteFault.UNKNOWN_INDICATOR, _near(code, indicators))
    quote, left = Quote(0, 0, 0, code), list(words)
    while left:
        quote, left = _take(quote, left, districts)
    if quote.kind in _WITH_YEAR and quote.year is None:
        raise _FaultyError(QuoteFault.YEAR_MISSING)
    if quote.kind is not QuotedKind.ACHIEVED and (quote.on or quote.district):
        raise _FaultyError(QuoteFault.DOES_NOT_GO_TOGETHER)
    return quote


def _take(quote: Quote, words: list[str], districts: Collection[str]) -> tuple[Quote, list[str]]:
    """Read the next word of a quote, with what belongs to it; return what is left."""
    word, rest = words[0], words[1:]
    if word == "district":
        return _district(quote, rest, districts)
    if word in _KINDS:
        if quote.kind is not QuotedKind.ACHIEVED:
            raise _FaultyError(QuoteFault.DOES_NOT_GO_TOGETHER)
        kind = _KINDS[word]
        if kind in _WITH_YEAR and rest and _YEAR.fullmatch(rest[0]):
            return replace(quote, kind=kind, year=int(rest[0])), rest[1:]
        return replace(quote, kind=kind), rest
    if _DAY.fullmatch(word):
        if quote.on is not None:
            raise _FaultyError(QuoteFault.DOES_NOT_GO_TOGETHER)
        return replace(quote, on=_day(word)), rest
    raise _FaultyError(QuoteFault.UNKNOWN_WORD)


def _district(
    quote: Quote, words: list[str], districts: Collection[str]
) -> tuple[Quote, list[str]]:
    """Read the name of a district, which may have several words: the longest that exists."""
    if quote.district:
        raise _FaultyError(QuoteFault.DOES_NOT_GO_TOGETHER)
    known = {" ".join(name.split()).casefold(): name for name in districts}
    for count in range(len(words), 0, -1):
        name = known.get(" ".join(words[:count]).casefold())
        if name is not None:
            return replace(quote, district=name), words[count:]
    raise _FaultyError(QuoteFault.UNKNOWN_DISTRICT, tuple(sorted(districts)))


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise _FaultyError(QuoteFault.NO_SUCH_DAY) from None


def _near(code: str, indicators: Collection[str]) -> tuple[str, ...]:
    """Return a few codes that share most of their words with what was typed."""
    typed = set(code.casefold().split("_"))
    alike = {one: len(typed & set(one.split("_"))) for one in indicators}
    found = sorted((one for one in alike if alike[one]), key=lambda one: (-alike[one], one))
    return tuple(found[:5])
