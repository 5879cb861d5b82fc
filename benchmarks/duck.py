"""The same figures in DuckDB, on the same columns: an engine of others to be held against ours.

Only for words that fit in a little SQL: a state, an event, and growth in a year. DuckDB is for
measuring and checking; nothing of it is in what municipalities run.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import KnownColumns, code_of
from meedoen.rules.indicators.grouping import Group
from meedoen.rules.indicators.language import Word
from meedoen.rules.indicators.people_words import (
    Events,
    GrowthClass,
    PeopleByGrowth,
    PeopleInState,
    PeopleWithEvent,
)
from meedoen.rules.vocabulary import EntryKind

NAMES = (
    *("entry", "person", "kind", "starts", "ends", "state", "place_kind", "self_found"),
    *("rung", "ladder_version", "outcome", "district", "organisation", "legal_task"),
)
LAST_DAY = 2_900_000
"""A day that DuckDB can hold and that lies after every reference date."""
GROUPS: dict[Group | None, tuple[str, ...]] = {
    None: (),
    "district": ("district",),
    "place_kind": ("place_kind",),
    "district_and_kind": ("district", "place_kind"),
}
Cells = dict[tuple[int, ...], int]
"""Numbers by part, month and group; what is zero is not there."""


def speaks(word: Word) -> bool:
    """Tell whether a word can be said here."""
    if isinstance(word, PeopleByGrowth) and (word.minimum_step > 1 or word.on_benefit):
        return False
    if isinstance(word, PeopleWithEvent | Events | PeopleByGrowth):
        # Who takes part at a place on a day is not looked up here.
        return not word.where.about_places
    return isinstance(word, PeopleInState) and not word.also


def loaded(known: KnownColumns) -> duckdb.DuckDBPyConnection:
    """Put the columns into a table of DuckDB; what was replaced is not in them."""
    connection = duckdb.connect(config={"threads": 2})
    columns: dict[str, NDArray[Any]] = {name: getattr(known, name) for name in NAMES}
    columns["ends"] = np.minimum(columns["ends"], LAST_DAY)
    connection.register("columns", columns)
    connection.execute("CREATE TABLE history AS SELECT * FROM columns")
    return connection


def scan(connection: duckdb.DuckDBPyConnection) -> None:
    """Read every column once: the least that any counting takes."""
    counts = ", ".join(f"count(*) FILTER ({name}::int > 1)" for name in NAMES)
    connection.execute(f"SELECT {counts} FROM history").fetchall()  # noqa: S608


def counted(
    connection: duckdb.DuckDBPyConnection,
    word: Word,
    months: Sequence[date],
    groups: Sequence[Group | None],
) -> dict[Group | None, Cells]:
    """Count a word on month ends in a row, in every group."""
    first = months[0].year * 12 + months[0].month
    stretches = f"""
        SELECT subject, district, place_kind, part, unnest(range(
            greatest({_month("starts")} - {first}, 0),
            least({_month("ends")} - {first}, {len(months)}))) AS month
        FROM ({_stretches(word)})"""  # noqa: S608
    names = [
        name for name in ("district", "place_kind") if any(name in GROUPS[one] for one in groups)
    ]
    sets = ", ".join(f"({', '.join(('part', 'month', *GROUPS[group]))})" for group in groups)
    # Grouping tells which of these a row has been added up over.
    asked = f"""
        SELECT part, month, count(DISTINCT subject),
            [{", ".join(f"grouping({name})" for name in names)}], [{", ".join(names)}]
        FROM ({stretches}) GROUP BY GROUPING SETS ({sets})"""  # noqa: S608
    of_names = {its_own: group for group, its_own in GROUPS.items()}
    found: dict[Group | None, Cells] = {group: {} for group in groups}
    for part, month, count, added_up, numbers in connection.execute(asked).fetchall():
        kept = [place for place, over in enumerate(added_up) if not over]
        group = of_names[tuple(names[place] for place in kept)]
        found[group][part, month, *(numbers[place] for place in kept)] = count
    return found


def _month(day: str) -> str:
    """Say the month of a day number, counted from the year 0."""
    written = f"(DATE '1970-01-01' + {day}::int)"
    return f"(year({written}) * 12 + month({written}))"


def _stretches(word: Word) -> str:
    if isinstance(word, PeopleInState):
        wanted = [f"kind = {code_of(word.kind)}", *_filters(word)]
        if word.states:
            wanted.append(_one_of("state", [code_of(state) for state in word.states]))
        return f"""
            SELECT person AS subject, district, place_kind, 0 AS part, starts, ends
            FROM history WHERE {" AND ".join(wanted)}"""  # noqa: S608
    if isinstance(word, PeopleWithEvent | Events):
        wanted = [f"kind = {code_of(word.kind)}", *_filters(word)]
        if word.outcomes:
            wanted.append(_one_of("outcome", [code_of(outcome) for outcome in word.outcomes]))
        subject = "entry" if isinstance(word, Events) else "person"
        return (
            f"SELECT {subject} AS subject, district, place_kind, 0 AS part, starts,"  # noqa: S608
            f" (DATE '1970-01-01' + starts::int + INTERVAL {word.months} MONTH)::date"
            f" - DATE '1970-01-01' AS ends FROM history WHERE {' AND '.join(wanted)}"
        )
    if isinstance(word, PeopleByGrowth):
        return _growth(word)
    raise ValueError(f"{word.word} is not said here")


def _growth(word: PeopleByGrowth) -> str:
    wanted = [f"kind = {code_of(EntryKind.MEASUREMENT)}", "rung > 0", *_filters(word)]
    parts = {name: number for number, name in enumerate(GrowthClass)}
    return f"""
        SELECT person AS subject, district, place_kind, starts,
            CASE WHEN turn = 1 THEN {parts[GrowthClass.MEASURED_ONCE]}
                 WHEN rung > first THEN {parts[GrowthClass.GROWTH]}
                 WHEN rung < first THEN {parts[GrowthClass.DECLINE]}
                 ELSE {parts[GrowthClass.EQUAL]} END AS part,
            coalesce(following, make_date(1971 + y, 1, 1) - DATE '1970-01-01') AS ends
        FROM (
            SELECT *,
                lead(starts) OVER (PARTITION BY person, y ORDER BY starts, entry) AS following,
                first_value(rung) OVER same AS first, row_number() OVER same AS turn
            FROM (SELECT *, year(DATE '1970-01-01' + starts::int) - 1970 AS y FROM history
                  WHERE {" AND ".join(wanted)})
            WINDOW same AS (PARTITION BY person, y, ladder_version ORDER BY starts, entry))"""  # noqa: S608


def _filters(word: PeopleInState | PeopleWithEvent | Events | PeopleByGrowth) -> list[str]:
    where, found = word.where, []
    lists = {
        "district": where.districts,
        "organisation": where.organisations,
        "place_kind": [code_of(kind) for kind in where.place_kinds],
        "legal_task": [code_of(task) for task in where.legal_tasks],
    }
    found += [_one_of(name, numbers) for name, numbers in lists.items() if numbers]
    if where.self_found is not None:
        found.append("self_found" if where.self_found else "NOT self_found")
    return found


def _one_of(name: str, numbers: Sequence[int]) -> str:
    return f"{name} IN ({', '.join(map(str, numbers))})"
