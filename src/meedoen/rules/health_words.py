"""Words for illnesses, diagnoses and treatments, found in what somebody types.

The municipality may not ask for or keep a diagnosis here (AVG, article 9(1)): what somebody can
or cannot do is enough. The words stand in catalogue/health_words.toml; a list finds slips of the
pen, not every word there is.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

_LETTER = r"[^\W_]"
_BEGIN = f"(?<!{_LETTER})"
_END = f"(?!{_LETTER})"
_ENDINGS = "(?:s|e?n|e)?"
"""How Dutch makes plurals and inflected forms: beroertes, tumoren, psychosen, verlamde."""
_SPACE_OR_HYPHEN = r"[\s\-\u2010-\u2015]*"
_KEYS = frozenset({"word", "kind", "forms", "found", "except"})
_NEEDED = frozenset({"word", "kind"})


class HealthKind(StrEnum):
    """What sort of thing a word is about."""

    ILLNESS = "illness"
    DIAGNOSIS = "diagnosis"
    TREATMENT = "treatment"


class Place(StrEnum):
    """Where in a word as typed a listed word counts; Dutch glues words together."""

    WHOLE = "whole"
    START = "start"
    END = "end"
    """As the last part of a longer word; by itself it is a word of daily life."""
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class HealthWord:
    """A listed word: its other forms, where it counts, and longer words that it is not about."""

    word: str
    kind: HealthKind
    forms: tuple[str, ...] = ()
    found: Place = Place.WHOLE
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HealthWords:
    """The list, with the pattern that finds all of it at once."""

    words: tuple[HealthWord, ...]
    pattern: re.Pattern[str]
    exceptions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A word as it was typed, and where: from `start` up to but not including `end`."""

    word: str
    start: int
    end: int


class HealthWordsError(ValueError):
    """The list holds mistakes; `problems` has a sentence for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences, in the order of the file."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def health_words_in(text: str, words: HealthWords) -> tuple[Found, ...]:
    """Return the listed words in a text, in order: in any case, with or without accents."""
    plain, places = _plain(text)
    found = []
    for match in words.pattern.finditer(plain):
        if match[0] in words.exceptions:
            continue
        start, end = places[match.start()], places[match.end() - 1] + 1
        # An accent that is typed after its letter belongs to the word.
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        found.append(Found(text[start:end], start, end))
    return tuple(found)


def read_health_words(text: str, file_name: str) -> HealthWords:
    """Read the words from TOML.

    Raises HealthWordsError with every mistake at once.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HealthWordsError([f"{file_name}: this is not TOML: {error}."]) from error
    rows = table.get("words")
    if not isinstance(rows, list) or not rows or set(table) != {"words"}:
        raise HealthWordsError([f"{file_name}: write only words, each begun by [[words]]."])
    problems = [
        f"{file_name}, word {at}: {what}."
        for at, row in enumerate(rows, start=1)
        for what in _wrong_in(row)
    ]
    if problems:
        raise HealthWordsError(problems)
    words = tuple(map(_word, rows))
    if twice := _twice(words):
        raise HealthWordsError(
            f"{file_name}: {word!r} is there more than once; keep one." for word in twice
        )
    return _compiled(words)


@cache
def shipped_health_words() -> HealthWords:
    """Read the words that come with the package. Raises HealthWordsError."""
    path = files("meedoen").joinpath("catalogue", "health_words.toml")
    return read_health_words(path.read_text(encoding="utf-8"), "health_words.toml")


def _plain(text: str) -> tuple[str, list[int]]:
    """Return the text in small letters without accents, and where each letter came from."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        # A soft hyphen, and what else has no width, does not part a word.
        if unicodedata.category(letter) == "Cf":
            continue
        for part in unicodedata.normalize("NFKD", letter.casefold()):
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(at)
    return "".join(letters), places


def _compiled(words: tuple[HealthWord, ...]) -> HealthWords:
    # The longest first: of "multiple sclerose" the whole is shown, not a part.
    parts = sorted(
        {_pattern(form, entry.found) for entry in words for form in (entry.word, *entry.forms)},
        key=lambda part: (-len(part), part),
    )
    return HealthWords(
        words=words,
        pattern=re.compile(f"{_BEGIN}(?:{'|'.join(parts)}){_END}"),
        exceptions=frozenset(_plain(word)[0] for entry in words for word in entry.exceptions),
    )


def _pattern(form: str, found: Place) -> str:
    """Return the pattern for one form; a space and a hyphen are the same, and may be left out."""
    body = _SPACE_OR_HYPHEN.join(map(re.escape, re.split(r"[\s-]+", _plain(form)[0])))
    match found:
        case Place.WHOLE:
            return f"{body}{_ENDINGS}"
        case Place.START:
            return f"{body}{_LETTER}*"
        case Place.END:
            return f"{_LETTER}+{body}{_ENDINGS}"
        case Place.ANYWHERE:
            return f"{_LETTER}*{body}{_LETTER}*"


def _word(row: Mapping[str, Any]) -> HealthWord:
    return HealthWord(
        word=row["word"],
        kind=HealthKind(row["kind"]),
        forms=tuple(row.get("forms", ())),
        found=Place(row.get("found", Place.WHOLE)),
        exceptions=tuple(row.get("except", ())),
    )


def _wrong_in(row: object) -> list[str]:
    """Return what is wrong in one entry."""
    if not isinstance(row, dict) or not set(row) >= _NEEDED or not set(row) <= _KEYS:
        return ["write word and kind, if wanted forms, found and except, and nothing else"]
    wrong = []
    if not _is_word(row["word"]):
        wrong.append("word is empty or not a text; write it between quotes")
    if row["kind"] not in tuple(HealthKind):
        wrong.append(f"kind {row['kind']!r} must be {' or '.join(HealthKind)}")
    if row.get("found", Place.WHOLE) not in tuple(Place):
        wrong.append(f"found {row['found']!r} must be {' or '.join(Place)}")
    wrong.extend(
        f"{key} must be a list of words between quotes"
        for key in ("forms", "except")
        if not isinstance(row.get(key, []), list) or not all(map(_is_word, row.get(key, [])))
    )
    return wrong


def _is_word(value: object) -> bool:
    return isinstance(value, str) and any(map(str.isalnum, value))


def _twice(words: tuple[HealthWord, ...]) -> list[str]:
    times = Counter(_plain(form)[0] for entry in words for form in (entry.word, *entry.forms))
    return [word for word, count in times.items() if count > 1]
