"""Worked tables: a little table of history in, statements out.

The first line of the table names its columns, every next line is a statement, and `|` stands
between the cells:

    id | person | kind      | starts     | ends       | state  | place
    1  | Anna   | placement | 2026-01-01 | 2026-03-01 | active | volunteer_work

An empty cell or a column left out is: no end for a stretch and one day for an event, recorded
on the day it starts, replacing nothing, no word, no rung. A person and a life domain are any
name, a district and an organisation are numbers, and `note` is for the reader.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from meedoen.rules.indicators.language import EVENT_KINDS
from meedoen.rules.indicators.statements import HIGHEST_RUNG, HIGHEST_SCORE, Statement
from meedoen.rules.indicators.table_rows import (
    HIGHEST_ID,
    NOON,
    Row,
    demand_right,
    numbered,
    rows_of,
)
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState

COLUMNS = (
    *("id", "person", "kind", "starts", "ends", "recorded", "replaces", "withdrawn", "state"),
    *("place", "self_found", "rung", "ladder", "outcome", "district"),
    *("organisation", "legal_task", "domain", "score", "note"),
)
NEEDED = ("id", "person", "kind", "starts")


def statements_of(table: str) -> tuple[Statement, ...]:
    """Read a worked table. Raises TableError with every mistake in it."""
    rows = rows_of(table, COLUMNS, NEEDED)
    people = numbered(row.name("person", needed=True) for row in rows)
    statements = tuple(_statement(row, people) for row in rows)
    demand_right(rows)
    return statements


def _statement(row: Row, people: Mapping[str, int]) -> Statement:
    kind = row.word("kind", EntryKind, needed=True) or EntryKind.BENEFIT
    starts = row.day("starts", needed=True) or date.min
    ends = row.day("ends")
    if ends is None and kind in EVENT_KINDS:
        ends = starts + timedelta(days=1)
    recorded = row.moment("recorded")
    replaces = row.number("replaces", 1, HIGHEST_ID)
    return Statement(
        id=row.number("id", 1, HIGHEST_ID, needed=True),
        person=people[row.name("person")],
        kind=kind,
        starts_on=starts,
        ends_on=ends,
        recorded_at=recorded or datetime.combine(starts, NOON),
        replaces=replaces or None,
        withdrawn=row.yes("withdrawn"),
        state=row.word("state", PlacementState) or "",
        place_kind=row.word("place", PlaceKind) or "",
        self_found=row.yes("self_found"),
        rung=row.number("rung", 1, HIGHEST_RUNG),
        ladder_version=row.name("ladder"),
        outcome=row.word("outcome", Outcome) or "",
        district=row.number("district", 1, HIGHEST_ID),
        organisation=row.number("organisation", 1, HIGHEST_ID),
        legal_task=row.word("legal_task", LegalTask) or "",
        domain=row.name("domain"),
        score=row.number("score", 1, HIGHEST_SCORE),
    )
