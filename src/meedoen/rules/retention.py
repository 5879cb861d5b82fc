"""How long what is known about a person is kept, per legal task and kind of record.

The terms stand in catalogue/retention.toml, dated, with the result of the selection list of the
Dutch municipalities (Selectielijst gemeenten en intergemeentelijke organen 2020) they come from.
That list has no line for the support towards participation, so each term is a default that the
records manager of the municipality can change.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from meedoen.rules.periods import MONTHS_IN_YEAR, add_months
from meedoen.rules.vocabulary import LegalTask

_NEEDED = frozenset({"legal_task", "kind", "valid_from", "source"})
_TERMS = frozenset({"years", "months"})
_KEYS = _NEEDED | _TERMS | {"valid_to"}


class RecordKind(StrEnum):
    """What kind of record is kept."""

    CONVERSATION = "conversation"
    NOTE = "note"
    PLAN = "plan"
    SHARING = "sharing"
    ATTEMPT = "attempt"


@dataclass(frozen=True, slots=True)
class Term:
    """How long one kind of record is kept for one task.

    It counts for what began from `valid_from` up to but not on `valid_to`. `source` says in Dutch
    where the term comes from.
    """

    legal_task: LegalTask
    kind: RecordKind
    months: int
    valid_from: date
    valid_to: date | None
    source: str


RetentionTable = Mapping[tuple[LegalTask, RecordKind], tuple[Term, ...]]
"""The terms of each task and kind, in order of date, without gaps."""


class RetentionError(ValueError):
    """The table holds mistakes; `problems` has a sentence for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences, in the order of the file."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def term_of(task: LegalTask, kind: RecordKind, on: date, table: RetentionTable) -> Term:
    """Return the term for something that began on a day.

    What began before the first line counts with that line: a term is about what is still there.
    """
    terms = table[(task, kind)]
    return next((term for term in reversed(terms) if term.valid_from <= on), terms[0])


def keep_until(task: LegalTask, kind: RecordKind, on: date, table: RetentionTable) -> date:
    """Return the last day on which something that began on a day is kept."""
    return add_months(on, term_of(task, kind, on, table).months)


def read_retention(text: str, file_name: str) -> RetentionTable:
    """Read the terms from TOML.

    Raises RetentionError with every mistake at once; when the lines themselves are right, with
    every task and kind that is missing, and every gap and overlap in the dates.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RetentionError([f"{file_name}: this is not TOML: {error}."]) from error
    rows = table.get("terms")
    if not isinstance(rows, list) or set(table) != {"terms"}:
        raise RetentionError([f"{file_name}: write only terms, each begun by [[terms]]."])
    problems = [
        f"{file_name}, term {at}: {what}."
        for at, row in enumerate(rows, start=1)
        for what in _wrong_in(row)
    ]
    if problems:
        raise RetentionError(problems)
    terms = sorted(map(_term, rows), key=lambda term: term.valid_from)
    found = {
        (task, kind): tuple(term for term in terms if (term.legal_task, term.kind) == (task, kind))
        for task in LegalTask
        for kind in RecordKind
    }
    if problems := [
        f"{file_name}, {task} and {kind}: {what}."
        for (task, kind), of_both in found.items()
        for what in _wrong_together(of_both)
    ]:
        raise RetentionError(problems)
    return found


@cache
def shipped_retention() -> RetentionTable:
    """Read the terms that come with the package. Raises RetentionError."""
    path = files("meedoen").joinpath("catalogue", "retention.toml")
    return read_retention(path.read_text(encoding="utf-8"), "retention.toml")


def _term(row: Mapping[str, Any]) -> Term:
    return Term(
        legal_task=LegalTask(row["legal_task"]),
        kind=RecordKind(row["kind"]),
        months=row.get("years", 0) * MONTHS_IN_YEAR + row.get("months", 0),
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        source=row["source"],
    )


def _wrong_in(row: object) -> list[str]:
    """Return what is wrong in one line."""
    if not isinstance(row, dict) or not set(row) >= _NEEDED or not set(row) <= _KEYS:
        return ["write legal_task, kind, years or months, valid_from, source, if wanted valid_to"]
    wrong = []
    if row["legal_task"] not in tuple(LegalTask):
        wrong.append(f"legal_task {row['legal_task']!r} must be {' or '.join(LegalTask)}")
    if row["kind"] not in tuple(RecordKind):
        wrong.append(f"kind {row['kind']!r} must be {' or '.join(RecordKind)}")
    lengths = [row[key] for key in _TERMS if key in row]
    if len(lengths) != 1 or type(lengths[0]) is not int or not 0 < lengths[0] <= 1_200:
        wrong.append("write either years or months, as a whole number from 1 to 1200")
    if not isinstance(row["source"], str) or not row["source"].strip():
        wrong.append("source is empty or not a text; say where the term comes from")
    return wrong + _wrong_days(row)


def _wrong_days(row: Mapping[str, Any]) -> list[str]:
    days = {key: row[key] for key in ("valid_from", "valid_to") if key in row}
    wrong = [
        f"{key} must be a day, such as 2026-01-01"
        for key, day in days.items()
        if not isinstance(day, date) or isinstance(day, datetime)
    ]
    if not wrong and "valid_to" in days and days["valid_to"] <= days["valid_from"]:
        wrong.append("valid_to must be later than valid_from")
    return wrong


def _wrong_together(terms: tuple[Term, ...]) -> list[str]:
    """Return what is wrong with the dates of one task and kind."""
    if not terms:
        return ["there is no term; add one"]
    wrong = []
    for term, after in pairwise(terms):
        if term.valid_to is None or after.valid_from < term.valid_to:
            wrong.append(f"two terms hold on {after.valid_from}; close the earlier one that day")
        elif term.valid_to < after.valid_from:
            wrong.append(f"no term holds on {term.valid_to}; begin the later one that day")
    if terms[-1].valid_to is not None:
        wrong.append(f"no term holds on {terms[-1].valid_to}; add one that begins that day")
    return wrong
