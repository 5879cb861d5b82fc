"""The shared list of interests that residents and places are described with.

It stands in catalogue/interests.toml, in plain words. A code that is in use never changes.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

MOST_INTERESTS = 120
"""More than this cannot be looked through during a conversation."""

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = ("code", "nl", "en")
_ADDRESSES = {
    "esco": "http://data.europa.eu/esco/",
    "competentnl": "https://linkeddata.competentnl.nl/",
}
"""Optional keys, each with how the address of a skill in that list begins."""


@dataclass(frozen=True, slots=True)
class Interest:
    """Something people like to do: a code that stays, and its name in Dutch and English.

    `esco` and `competentnl` are addresses of the nearest skill in those lists, empty when there
    is none; they let other systems compare, and play no part in matching.
    """

    code: str
    nl: str
    en: str
    esco: str = ""
    competentnl: str = ""


class InterestsError(ValueError):
    """The list of interests holds mistakes; `problems` has a sentence for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences, in the order of the file."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def read_interests(text: str, file_name: str) -> tuple[Interest, ...]:
    """Read the interests from TOML, in the order of the file.

    Raises InterestsError with every mistake at once.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InterestsError([f"{file_name}: this is not TOML: {error}."]) from error
    rows = table.get("interests")
    if not isinstance(rows, list) or set(table) != {"interests"}:
        raise InterestsError([f"{file_name}: write only interests, each begun by [[interests]]."])
    problems: list[str] = []
    for at, row in enumerate(rows, start=1):
        problems.extend(f"{file_name}, interest {at}: {what}." for what in _wrong_in(row))
    if problems:
        raise InterestsError(problems)
    found = tuple(Interest(**row) for row in rows)
    problems.extend(f"{file_name}: {what}." for what in _wrong_together(found))
    if problems:
        raise InterestsError(problems)
    return found


def shipped_interests() -> tuple[Interest, ...]:
    """Read the interests that come with the package. Raises InterestsError."""
    path = files("meedoen").joinpath("catalogue", "interests.toml")
    return read_interests(path.read_text(encoding="utf-8"), "interests.toml")


def _wrong_in(row: object) -> list[str]:
    """Return what is wrong in one entry."""
    if not isinstance(row, dict) or not set(_KEYS) <= set(row) <= {*_KEYS, *_ADDRESSES}:
        return [f"write {', '.join(_KEYS)}, if wanted {' and '.join(_ADDRESSES)}, and nothing else"]
    empty = [key for key in row if not isinstance(row[key], str) or not row[key].strip()]
    if empty:
        return [f"{key} is empty or not a text; write it between quotes" for key in empty]
    if not _CODE.fullmatch(row["code"]):
        return [f"code {row['code']!r} must be small letters, digits and _, a letter first"]
    return [
        f"{key} {row[key]!r} must begin with {start}"
        for key, start in _ADDRESSES.items()
        if key in row and not row[key].startswith(start)
    ]


def _wrong_together(interests: tuple[Interest, ...]) -> list[str]:
    """Return what is wrong with the list as a whole."""
    problems = []
    if len(interests) > MOST_INTERESTS:
        problems.append(f"{len(interests)} interests are too many; keep at most {MOST_INTERESTS}")
    for key in _KEYS:
        times = Counter(getattr(interest, key).casefold() for interest in interests)
        problems.extend(
            f"{key} {value!r} is there more than once; keep one"
            for value, count in times.items()
            if count > 1
        )
    return problems
