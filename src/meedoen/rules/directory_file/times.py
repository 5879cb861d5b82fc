"""Times as people write them: “ma 9-12, wo 13-17”, “di en do middag”, “ma t/m vr 9.00-17.00 uur”.

Nothing is guessed: a day without a time or a part of the day, or a word that is not known, is
refused, so that nobody stands before a closed door.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from meedoen.rules import half_days
from meedoen.rules.directory_file.words import RowProblem
from meedoen.rules.schedule.occurrences import half_days_of
from meedoen.rules.schedule.rule import WEEKDAYS
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.search.words import folded

LONGEST_PART = 40
MOST_SESSIONS = 30

_DAY_WORDS = (
    ("maandag", "ma", "monday", "mon"),
    ("dinsdag", "di", "tuesday", "tue"),
    ("woensdag", "wo", "wednesday", "wed"),
    ("donderdag", "do", "thursday", "thu"),
    ("vrijdag", "vr", "friday", "fri"),
    ("zaterdag", "za", "saturday", "sat"),
    ("zondag", "zo", "sunday", "sun"),
)
_DAYS = {word: (number,) for number, words in enumerate(_DAY_WORDS) for word in words} | {
    f"{words[0]}{ending}": (number,)
    for number, words in enumerate(_DAY_WORDS)
    for ending in ("s", "en")
}
_GROUPS = {
    **dict.fromkeys(("werkdagen", "werkdag", "doordeweeks", "weekdays"), tuple(range(5))),
    **dict.fromkeys(("weekend", "weekeinde"), (5, 6)),
    **dict.fromkeys(("dagelijks", "daily"), tuple(range(7))),
}
_PARTS = {
    **dict.fromkeys(("ochtend", "ochtends", "ochtenden", "morgen", "morning"), "morning"),
    **dict.fromkeys(("middag", "middags", "middagen", "namiddag", "afternoon"), "afternoon"),
    **dict.fromkeys(("avond", "avonds", "avonden", "evening"), "evening"),
}
_JOINED = re.compile(
    f"({'|'.join(sorted(_DAYS, key=len, reverse=True))})({'|'.join(sorted(_PARTS, key=len)[::-1])})"
)
_RANGE = frozenset({"-", "tot", "t/m", "tm", "until", "to", "till"})
_BETWEEN = frozenset({",", ";", "/", "&", "+", "en", "and"})
_FILLING = frozenset(
    {"uur", "u", "van", "vanaf", "from", "elke", "iedere", "every", "op", "on", "de", "s", ":", "."}
)
_PHRASES = (
    ("- en ", " en "),
    ("- and ", " and "),
    ("tot en met", "t/m"),
    ("elke dag", "dagelijks"),
    ("iedere dag", "dagelijks"),
    ("alle dagen", "dagelijks"),
    ("every day", "dagelijks"),
)
_TOKEN = re.compile(r"t/m|\d{1,2}(?:[:.]\d{2})?(?=\D|$)|[a-z]+|\d+|\S")
_BESIDE = re.compile("[_()'\u2018\u2019]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")


@dataclass(frozen=True, slots=True)
class Times:
    """When a place is open: a mask of `rules.half_days`, and the times as far as they are said."""

    half_days: int
    sessions: tuple[Session, ...]


class TimesError(ValueError):
    """Times cannot be read; `part` is where it goes wrong."""

    def __init__(self, problem: RowProblem, part: str) -> None:
        """Keep what is wrong."""
        super().__init__(f"{problem.value}: {part}")
        self.problem = problem
        self.part = part[:LONGEST_PART]


def read_times(text: str, *, first_on: date) -> Times:
    """Return the times in a text; each begins on a day and comes back every week.

    Half-days may also be their codes, such as `mon_morning`. Raises TimesError.
    """
    reader = _Reader(text, list(_tokens(text)))
    reader.read()
    sessions = tuple(_sessions(reader.times, first_on))
    if len(sessions) > MOST_SESSIONS:
        raise TimesError(RowProblem.TIMES_UNCLEAR, text)
    mask = half_days.from_codes(
        f"{half_days.DAYS[day]}_{part}" for day, part in sorted(reader.parts)
    )
    return Times(mask | half_days_of(sessions), sessions)


def _tokens(text: str) -> Iterator[str]:
    plain = _BESIDE.sub(" ", _DASHES.sub("-", folded(text)))
    for phrase, word in _PHRASES:
        plain = plain.replace(phrase, word)
    for token in _TOKEN.findall(plain):
        joined = _JOINED.fullmatch(token)
        yield from (joined[1], joined[2]) if joined else (token,)


@dataclass(slots=True)
class _Reader:
    """Goes through the words: days gather until a time or a part of the day closes them."""

    text: str
    tokens: Sequence[str]
    at: int = 0
    days: list[int] = field(default_factory=list)
    is_closed: bool = True
    times: list[tuple[int, time, time]] = field(default_factory=list)
    parts: set[tuple[int, str]] = field(default_factory=set)

    def read(self) -> None:
        """Read all words. Raises TimesError."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token in _DAYS or token in _GROUPS:
                self._take_day(token)
            elif token in _PARTS:
                self.parts |= {(day, _PARTS[token]) for day in self._days_told(token)}
                self.at += 1
            elif _CLOCK.fullmatch(token):
                self._take_time()
            elif token in _BETWEEN or token in _FILLING:
                self.at += 1
            else:
                raise TimesError(RowProblem.TIMES_UNCLEAR, token)
        if not self.is_closed or not (self.times or self.parts):
            raise TimesError(RowProblem.TIMES_UNCLEAR, self.text)

    def _take_day(self, token: str) -> None:
        if self.is_closed:
            self.days, self.is_closed = [], False
        self.at += 1
        days = _GROUPS.get(token) or _DAYS[token]
        if self._peek() in _RANGE and self._peek(1) in _DAYS:
            last = _DAYS[self.tokens[self.at + 1]][0]
            self.at += 2
            if last < days[0]:
                raise TimesError(RowProblem.TIMES_UNCLEAR, self.text)
            days = tuple(range(days[0], last + 1))
        self.days += days

    def _take_time(self) -> None:
        opens = self.tokens[self.at]
        ahead = self.at + 1
        while ahead < len(self.tokens) and self.tokens[ahead] in {"uur", "u"}:
            ahead += 1
        told = self.tokens[ahead : ahead + 2]
        if len(told) < 2 or told[0] not in _RANGE or not _CLOCK.fullmatch(told[1]):
            raise TimesError(RowProblem.TIMES_UNCLEAR, opens)
        opens_at, closes_at = _clock(opens), _clock(told[1])
        if closes_at <= opens_at:
            raise TimesError(RowProblem.TIME_IMPOSSIBLE, f"{opens}-{told[1]}")
        self.times += [(day, opens_at, closes_at) for day in self._days_told(opens)]
        self.at = ahead + 2

    def _days_told(self, token: str) -> list[int]:
        if not self.days:
            raise TimesError(RowProblem.TIMES_UNCLEAR, token)
        self.is_closed = True
        return self.days

    def _peek(self, further: int = 0) -> str:
        at = self.at + further
        return self.tokens[at] if at < len(self.tokens) else ""


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise TimesError(RowProblem.TIME_IMPOSSIBLE, text) from error


def _sessions(times: Sequence[tuple[int, time, time]], first_on: date) -> Iterator[Session]:
    """Put the days with the same hours together, in one order, whatever the order in the text."""
    by_hours: dict[tuple[time, time], set[int]] = {}
    for day, opens_at, closes_at in times:
        by_hours.setdefault((opens_at, closes_at), set()).add(day)
    for (opens_at, closes_at), days in sorted(by_hours.items(), key=lambda one: min(one[1])):
        codes = ",".join(WEEKDAYS[day] for day in sorted(days))
        yield Session(
            rule=f"FREQ=WEEKLY;BYDAY={codes}",
            first_on=first_on,
            opens_at=opens_at,
            closes_at=closes_at,
        )
