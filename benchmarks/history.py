"""A made-up history of a municipality over twelve years, as columns; the same seed, the same town.

Per person a benefit, measurements, placements of several states, conversations and attempts.
Five per cent of the entries are replaced by a later one, five per cent are written down months
late; numbers of entries follow the moment of writing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.days import FAR_FUTURE_DAY
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlacementState

FIRST, LAST = 16_071, 20_453
"""1 January 2014 and 31 December 2025, as days since 1970."""
DAY = 86_400_000_000
"""In microseconds."""
KINDS_OF_PLACES, ORGANISATIONS, DOMAINS = 7, 300, 10
STATES = tuple(
    code_of(state)
    for state in (PlacementState.PROPOSED, PlacementState.TRIAL, PlacementState.ACTIVE)
)
TASKS = (code_of(LegalTask.PARTICIPATION), code_of(LegalTask.SOCIAL_SUPPORT))
ENDED = code_of(PlacementState.ENDED)
ATTEMPT_OUTCOMES = tuple(code_of(one) for one in list(Outcome)[:4])
PLACEMENT_OUTCOMES = tuple(code_of(one) for one in list(Outcome)[4:])

Table = dict[str, NDArray[Any]]
"""A column of equal length for every field of an entry; days and moments as numbers."""
BLANK = {
    "ends": FAR_FUTURE_DAY,
    "state": 0,
    "place_kind": 0,
    "self_found": 0,
    "rung": 0,
    "ladder_version": 0,
    "outcome": 0,
    "organisation": 0,
    "legal_task": 0,
    "domain": 0,
    "score": 0,
}


@dataclass(frozen=True, slots=True)
class _Town:
    """Chance, and of every person where they live and since when they are known."""

    chance: np.random.Generator
    district: NDArray[np.int64]
    known_from: NDArray[np.int64]


def history(people: int, districts: int, seed: int = 7) -> Table:
    """Return about thirty entries per person, in order of the moment of writing."""
    chance = np.random.default_rng(seed)
    town = _Town(
        chance,
        chance.integers(1, districts + 1, people),
        chance.integers(FIRST, LAST - 365, people),
    )
    tables = [
        _benefits(town),
        _measurements(town),
        _steps(town),
        _contacts(town),
        *_placements(town),
    ]
    names = tables[0].keys()
    whole = {name: np.concatenate([table[name] for table in tables]) for name in names}
    whole["replaces"] = np.zeros(len(whole["person"]), dtype=np.int64)
    whole["withdrawn"] = np.zeros(len(whole["person"]), dtype=np.int64)
    return _written(chance, whole)


def _rows(town: _Town, person: NDArray[np.int64], kind: EntryKind, **given: Any) -> Table:
    table: Mapping[str, Any] = {"kind": code_of(kind)} | BLANK | given
    size = len(person)
    columns = {
        name: np.broadcast_to(np.asarray(value, dtype=np.int64), size)
        for name, value in table.items()
    }
    return {"person": person + 1, "district": town.district[person], **columns}


def _people(town: _Town, mean: float, least: int = 0) -> NDArray[np.int64]:
    """Return every person so many times as chance has it."""
    times = least + town.chance.poisson(mean, len(town.district))
    return np.repeat(np.arange(len(times)), times)


def _days(town: _Town, person: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a day for each, after the person was known."""
    since = town.known_from[person]
    return since + (town.chance.random(len(person)) * (LAST - since)).astype(np.int64)


def _benefits(town: _Town) -> Table:
    person = np.arange(len(town.district))
    starts = town.known_from
    over = town.chance.random(len(person)) < 0.4
    ends = np.where(over, starts + town.chance.integers(90, 2_500, len(person)), FAR_FUTURE_DAY)
    return _rows(town, person, EntryKind.BENEFIT, starts=starts, ends=ends)


def _measurements(town: _Town) -> Table:
    person = _people(town, 4, least=1)
    starts = _days(town, person)
    return _rows(
        town,
        person,
        EntryKind.MEASUREMENT,
        starts=starts,
        ends=starts + 1,
        rung=town.chance.integers(1, 7, len(person)),
        ladder_version=1 + (starts > (FIRST + LAST) // 2),
    )


def _steps(town: _Town) -> Table:
    person = _people(town, 2)
    starts = _days(town, person)
    return _rows(
        town,
        person,
        EntryKind.LIFE_DOMAIN,
        starts=starts,
        ends=starts + 1,
        domain=town.chance.integers(1, DOMAINS + 1, len(person)),
        score=town.chance.integers(1, 6, len(person)),
        ladder_version=3,
    )


def _contacts(town: _Town) -> Table:
    person = _people(town, 11)
    starts = _days(town, person)
    tried = town.chance.random(len(person)) < 0.3
    kinds = np.where(tried, code_of(EntryKind.ATTEMPT), code_of(EntryKind.CONVERSATION))
    outcome = np.where(tried, town.chance.choice(ATTEMPT_OUTCOMES, len(person)), 0)
    table = _rows(town, person, EntryKind.ATTEMPT, starts=starts, ends=starts + 1, outcome=outcome)
    return table | {"kind": kinds}


def _placements(town: _Town) -> list[Table]:
    """Return placements one after the other per person: three states, and then ended."""
    person = _people(town, 3)
    size = len(person)
    days = _days(town, person)
    order = np.lexsort((days, person))
    begins = days[order]
    following = np.append(begins[1:], LAST + 1)
    following[np.append(person[1:] != person[:-1], True)] = LAST + 400
    shared: Mapping[str, Any] = {
        "place_kind": town.chance.integers(1, KINDS_OF_PLACES + 1, size),
        "self_found": town.chance.random(size) < 0.25,
        "organisation": town.chance.integers(1, ORGANISATIONS + 1, size),
        "legal_task": np.where(town.chance.random(size) < 0.9, *TASKS),
    }
    cuts = np.sort(town.chance.random((size, len(STATES))), axis=1)
    ends = begins[:, None] + (cuts * (following - begins)[:, None]).astype(np.int64)
    starts = np.concatenate([begins[:, None], ends[:, :-1]], axis=1)
    tables = []
    for place, state in enumerate(STATES):
        lasts = ends[:, place] > starts[:, place]
        there = {name: column[lasts] for name, column in shared.items()}
        tables.append(
            _rows(
                town,
                person[lasts],
                EntryKind.PLACEMENT,
                starts=starts[lasts, place],
                ends=ends[lasts, place],
                state=state,
                **there,
            )
        )
    last = ends[:, -1]
    over = last < LAST
    there = {name: column[over] for name, column in shared.items()}
    outcome = town.chance.choice(PLACEMENT_OUTCOMES, int(over.sum()))
    tables.append(
        _rows(
            town,
            person[over],
            EntryKind.PLACEMENT,
            starts=last[over],
            state=ENDED,
            outcome=outcome,
            **there,
        )
    )
    return tables


def _written(chance: np.random.Generator, table: Table) -> Table:
    """Give the entries moments, replace some by later ones, and number all in that order."""
    size = len(table["person"])
    late = chance.random(size) < 0.05
    delay = np.where(late, chance.integers(30, 181, size), 0)
    recorded = (table["starts"] + delay) * DAY + chance.integers(0, DAY, size)
    corrected = np.flatnonzero(chance.random(size) < 0.05)
    later = {name: column[corrected] for name, column in table.items()}
    gone = chance.random(len(corrected)) < 0.1
    moved = (later["ends"] - later["starts"] > 1) & ~gone
    later["starts"] = later["starts"] - np.where(moved, 1, 0)
    later["withdrawn"] = gone.astype(np.int64)
    later["replaces"] = corrected + 1
    whole = {name: np.concatenate([column, later[name]]) for name, column in table.items()}
    moments = np.concatenate(
        [recorded, recorded[corrected] + chance.integers(1, 90 * DAY, len(corrected))]
    )
    order = np.argsort(moments, kind="stable")
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(1, len(order) + 1)
    ordered = {name: column[order] for name, column in whole.items()}
    replaces = ordered["replaces"]
    ordered["replaces"] = np.where(replaces > 0, number[replaces - 1], 0)
    return ordered | {"entry": np.arange(1, len(order) + 1), "recorded": moments[order]}
