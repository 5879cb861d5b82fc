"""Reading a TOML table key by key, while collecting every mistake instead of stopping."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from meedoen.rules.indicators import mistakes as say
from meedoen.rules.indicators.lines import line_of
from meedoen.rules.indicators.mistakes import Mistake
from meedoen.rules.indicators.texts import Text

Choice = TypeVar("Choice", bound=StrEnum)
Stand = TypeVar("Stand")
NO_TEXT = Text("", "")
NO_DAY = date.min


@dataclass(slots=True)
class Findings:
    """The mistakes found in one file so far."""

    file: str
    lines: dict[str, int]
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, where: str, what: Text, possible: Text, line: int | None = None) -> None:
        """Note a mistake; without a line that of the key is looked up."""
        at = line_of(where, self.lines) if line is None else line
        self.mistakes.append(Mistake(self.file, where, at, what, possible))


@dataclass(slots=True)
class Table:
    """One table of a file.

    Each reading method asks for one key, notes what is wrong with it, and then gives a
    stand-in of the right type, so that reading goes on and the other mistakes come out too.
    """

    values: Mapping[str, Any]
    path: str
    findings: Findings
    asked: set[str] = field(default_factory=set)

    def at(self, key: str) -> str:
        """Give the path of a key of this table."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Tell whether a key that may be left out is there."""
        self.asked.add(key)
        return key in self.values

    def wrong(self, key: str, what: Text, possible: Text) -> None:
        """Note a mistake at a key."""
        self.findings.add(self.at(key), what, possible)

    def text(self, key: str) -> str:
        """Read a text that is not empty."""
        value = self._value(key, say.ANY_TEXT)
        if isinstance(value, str) and value.strip():
            return value.strip()
        return self._refused(key, value, say.NOT_TEXT, say.ANY_TEXT, "")

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a text, or a list of them; a key that is not there is none."""
        if not self.has(key):
            return ()
        value = self.values[key]
        if not isinstance(value, list):
            return (self.text(key),)
        known = [one.strip() for one in value if isinstance(one, str) and one.strip()]
        if not value or len(known) < len(value):
            self.wrong(key, say.NOT_TEXT, say.ANY_TEXT)
        for one in sorted({one for one in known if known.count(one) > 1}):
            self.wrong(key, say.TWICE.filled(value=one), say.LEAVE_OUT)
        return tuple(dict.fromkeys(known))

    def both_languages(self, key: str) -> Text:
        """Read a table with a text in Dutch and one in English."""
        table = self.table(key)
        if table is None:
            return NO_TEXT
        text = Text(table.text("nl"), table.text("en"))
        table.finish()
        return text

    def choice(self, key: str, words: type[Choice]) -> Choice:
        """Read one word of a list."""
        possible = say.one_of(tuple(words))
        value = self._value(key, possible)
        if isinstance(value, str) and value in tuple(words):
            return words(value)
        what = say.NOT_A_CHOICE.filled(value=_shown(value))
        return self._refused(key, value, what, possible, next(iter(words)))

    def choices(self, key: str, words: type[Choice]) -> tuple[Choice, ...]:
        """Read a list of words; a key that is not there is an empty list."""
        if not self.has(key):
            return ()
        possible = say.one_of(tuple(words))
        value = self.values[key]
        if not isinstance(value, list) or not value:
            self.wrong(key, say.NOT_LIST, possible)
            return ()
        known = [word for word in value if isinstance(word, str) and word in tuple(words)]
        for word in value:
            if word not in known:
                self.wrong(key, say.NOT_A_CHOICE.filled(value=_shown(word)), possible)
        for word in sorted({word for word in known if known.count(word) > 1}):
            self.wrong(key, say.TWICE.filled(value=word), say.LEAVE_OUT)
        return tuple(words(word) for word in known)

    def number(self, key: str, low: int, high: int) -> int:
        """Read a whole number between two bounds."""
        possible = say.WHOLE_NUMBERS.filled(low=low, high=high)
        value = self._value(key, possible)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        return self._refused(key, value, say.NOT_A_NUMBER, possible, low)

    def numbers(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """Read a list of whole numbers between two bounds; a key that is not there is empty."""
        if not self.has(key):
            return ()
        possible = say.LIST_OF_NUMBERS.filled(low=low, high=high)
        value = self.values[key]
        if not isinstance(value, list) or not value:
            self.wrong(key, say.NOT_LIST, possible)
            return ()
        known = [
            one
            for one in value
            if isinstance(one, int) and not isinstance(one, bool) and low <= one <= high
        ]
        for one in value:
            if isinstance(one, bool) or one not in known:
                self.wrong(key, say.NOT_A_CHOICE.filled(value=_shown(one)), possible)
        for one in sorted({one for one in known if known.count(one) > 1}):
            self.wrong(key, say.TWICE.filled(value=one), say.LEAVE_OUT)
        return tuple(known)

    def day(self, key: str) -> date:
        """Read a date without a time."""
        value = self._value(key, say.A_DAY)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        return self._refused(key, value, say.NOT_A_DAY, say.A_DAY, NO_DAY)

    def moment(self, key: str) -> datetime | None:
        """Read a moment with a time zone; a key that is not there is None."""
        if not self.has(key):
            return None
        value = self.values[key]
        if isinstance(value, datetime) and value.utcoffset() is not None:
            return value
        self.wrong(key, say.NOT_A_MOMENT, say.A_MOMENT)
        return None

    def truth(self, key: str) -> bool | None:
        """Read true or false; a key that is not there is None."""
        if not self.has(key):
            return None
        value = self.values[key]
        if isinstance(value, bool):
            return value
        self.wrong(key, say.NOT_YES_OR_NO, say.YES_OR_NO)
        return None

    def table(self, key: str) -> "Table | None":
        """Read a table inside this one; None when there is none."""
        possible = say.A_TABLE.filled(key=self.at(key))
        value = self._value(key, possible)
        if isinstance(value, dict):
            return Table(value, self.at(key), self.findings)
        return self._refused(key, value, say.NOT_TABLE, possible, None)

    def tables(self, key: str) -> list["Table"]:
        """Read one or more tables of the same name."""
        possible = say.TABLES.filled(key=self.at(key))
        value = self._value(key, possible)
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            return [
                Table(item, f"{self.at(key)}[{place}]", self.findings)
                for place, item in enumerate(value, start=1)
            ]
        return self._refused(key, value, say.NOT_TABLES, possible, [])

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.values:
            if key not in self.asked:
                self.wrong(key, say.UNKNOWN, _suggestion(key, sorted(self.asked)))

    def _value(self, key: str, possible: Text) -> object:
        """Give the value of a key that must be there, None when it is not."""
        if not self.has(key):
            self.wrong(key, say.MISSING, possible)
            return None
        return self.values[key]

    def _refused(
        self, key: str, value: object, what: Text, possible: Text, instead: Stand
    ) -> Stand:
        """Note what is wrong with a value, unless it is missing, which is noted already."""
        if value is not None:
            self.wrong(key, what, possible)
        return instead


def _suggestion(key: str, possible: list[str]) -> Text:
    words = say.one_of(possible)
    near = get_close_matches(key, possible, n=1)
    return say.PERHAPS.filled(near=near[0], words=words) if near else words


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
