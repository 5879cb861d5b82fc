"""Reading the tables of catalogue/plans: what is wrong becomes a sentence, nothing is guessed."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files


class PlanTableError(ValueError):
    """A file of catalogue/plans holds mistakes; `problems` has a sentence for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences, in the order of the files."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def parsed(text: str, file_name: str) -> dict[str, object]:
    """Return what the TOML says. Raises PlanTableError when it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanTableError([f"{file_name}: this is not TOML: {error}."]) from error


def shipped_texts(*folders: str) -> dict[str, str]:
    """Return the files of a folder under catalogue/plans that come with the package, by name."""
    folder = files("meedoen").joinpath("catalogue", "plans", *folders)
    return {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads the tables of one file, and notes what is wrong instead of stopping at it."""

    file_name: str
    problems: list[str]

    def wrong(self, where: str, problem: str) -> None:
        """Note a mistake: where it stands, and what to do."""
        place = f"{self.file_name}, {where}" if where else self.file_name
        self.problems.append(f"{place}: {problem}.")

    def rows(self, where: str, table: Mapping[str, object], key: str) -> list[dict[str, object]]:
        """Return the tables under a key; at least one is needed."""
        value = table.get(key)
        if not isinstance(value, list) or not value:
            self.wrong(where, f"{key} are missing; begin each with [[{key}]]")
            return []
        found = [row for row in value if isinstance(row, dict)]
        if len(found) != len(value):
            self.wrong(where, f"{key} hold something that is not a table; use [[{key}]]")
        return found

    def text(self, where: str, table: Mapping[str, object], key: str, longest: int) -> str:
        """Return a text of at most so many signs; anything else is noted."""
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            given = "is missing" if value is None else f"is {value!r}"
            self.wrong(where, f"{key} {given}; write it between quotes")
            return ""
        if len(value.strip()) > longest:
            self.wrong(where, f"{key} is longer than {longest} signs; make it shorter")
        return value.strip()

    def number(
        self, where: str, table: Mapping[str, object], key: str, least: int, most: int
    ) -> int:
        """Return a whole number within bounds, both included; anything else is noted."""
        value = table.get(key)
        whole = isinstance(value, int) and not isinstance(value, bool)
        if isinstance(value, int) and whole and least <= value <= most:
            return value
        given = "is missing" if value is None else f"is {value!r}"
        self.wrong(where, f"{key} {given}; write a whole number from {least} to {most}")
        return least

    def dates(self, where: str, table: Mapping[str, object]) -> tuple[date, date | None]:
        """Return valid_from and valid_to; the last day is not part of the stretch."""
        valid_from, valid_to = self._day(where, table, "valid_from"), None
        if valid_from is None:
            self.wrong(where, "valid_from is missing; write a date such as 2026-01-01")
        if "valid_to" in table:
            valid_to = self._day(where, table, "valid_to")
        if valid_from and valid_to and valid_to <= valid_from:
            self.wrong(where, "valid_to must come after valid_from")
        return valid_from or date.min, valid_to

    def refuse_unknown(self, where: str, table: Mapping[str, object], known: set[str]) -> None:
        """Note every key that means nothing here: it is probably a slip of the pen."""
        for key in table:
            if key not in known:
                self.wrong(where, f"{key!r} is not known here; use {', '.join(sorted(known))}")

    def _day(self, where: str, table: Mapping[str, object], key: str) -> date | None:
        value = table.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.wrong(where, f"{key} is {value!r}; write a date without quotes, such as 2026-01-01")
        return None


def in_force(valid_from: date, valid_to: date | None, day: date) -> bool:
    """Say whether something that is dated like this counts on the day."""
    return valid_from <= day and (valid_to is None or day < valid_to)
