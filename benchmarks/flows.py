"""How fast stock and flow are counted, as ratios to plain loops, in one run.

A made-up town: forty thousand placements of ten thousand people in three years, each with two
stretches, and six measurements a person. Compare the ratios, not the seconds.
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from meedoen.rules.flows.cliff import Support, cliff
from meedoen.rules.flows.fall_back import fall_back
from meedoen.rules.flows.flows import kind_flow, protect_flow, rung_flow
from meedoen.rules.flows.participations import participations
from meedoen.rules.flows.reconciliation import (
    Question,
    Unit,
    reconcile,
    reconcile_published,
)
from meedoen.rules.indicators.columns import Columns, code_of
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, date_of, day_number, moment_number
from meedoen.rules.indicators.participating import Participations
from meedoen.rules.periods import month_ends
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState

PLACEMENTS, PEOPLE, MEASUREMENTS = 40_000, 10_000, 60_000
FIRST, LAST = date(2023, 12, 31), date(2026, 12, 31)
PUBLISHED = datetime(2026, 1, 15, tzinfo=UTC)
RUNS = 5


def main() -> None:
    """Build, count and print."""
    columns, placement = town(random.Random(1))  # noqa: S311
    found = participations(columns, placement, None)
    known = columns.known_at(None)
    year = Question(start=date(2025, 12, 31), end=LAST, by_district=True)
    people = Question(start=year.start, end=LAST, unit=Unit.PEOPLE, by_district=True)
    ends = list(month_ends(FIRST, LAST))
    months = [Question(start=ends[at], end=ends[at + 1]) for at in range(len(ends) - 1)]
    plain = timed(lambda: plain_balances(found, year), 1)
    flow = kind_flow(found, year.start, LAST)
    supports = running(found, LAST)
    figures: dict[str, Callable[[], Any]] = {
        "placements from history": lambda: participations(columns, placement, None),
        "reconciled, placements": lambda: reconcile(found, year),
        "reconciled, people": lambda: reconcile(found, people),
        "reconciled as published": lambda: reconcile_published(
            columns, placement, year, published_at=PUBLISHED
        ),
        f"reconciled, {len(months)} months": lambda: [reconcile(found, one) for one in months],
        "from kind to kind": lambda: kind_flow(found, year.start, LAST),
        "from rung to rung": lambda: rung_flow(known, year.start, LAST),
        "small numbers protected": lambda: protect_flow(flow),
        "the cliff": lambda: cliff(supports, LAST),
        "fall-back": lambda: fall_back(found, known, start=FIRST, end=LAST, on=LAST),
    }
    print(f"{len(found)} placements of {PEOPLE} people, {len(columns)} entries")
    print(f"{'one reconciliation, plain':28}{plain:8.3f} s")
    for name, work in figures.items():
        taken = timed(work)
        print(f"{name:28}{taken:8.3f} s  {plain / taken:7.1f} x the plain reconciliation")


def town(chance: random.Random) -> tuple[Columns, np.ndarray[Any, np.dtype[np.int64]]]:
    """Return a history, and the placement of each entry."""
    rows = [row for number in range(1, PLACEMENTS + 1) for row in _placement(chance, number)]
    rows += [_measurement(chance) for _ in range(MEASUREMENTS)]
    names = ("placement", "person", "kind", "starts", "ends")
    names += ("state", "place_kind", "outcome", "rung", "recorded")
    values = dict(zip(names, (np.array(one) for one in zip(*rows, strict=True)), strict=True))
    placement = values.pop("placement").astype(np.int64)
    nothing = np.zeros(len(rows), dtype=np.int64)
    columns = Columns.from_arrays(
        entry=np.arange(1, len(rows) + 1),
        replaces=nothing,
        withdrawn=nothing.astype(np.bool_),
        self_found=nothing.astype(np.bool_),
        ladder_version=nothing,
        district=values["person"] % 100,
        organisation=nothing,
        legal_task=nothing,
        domain=nothing,
        score=nothing,
        **values,
    )
    return columns, placement


def _placement(chance: random.Random, number: int) -> list[tuple[int, ...]]:
    starts = day_number(FIRST) + chance.randrange(1_000)
    change = starts + chance.randint(1, 60)
    ends = change + chance.randrange(1, 500) if chance.random() < 0.8 else FAR_FUTURE_DAY
    outcome = 0 if ends == FAR_FUTURE_DAY else code_of(chance.choice(list(Outcome)[4:]))
    person, kind = chance.randint(1, PEOPLE), code_of(chance.choice(list(PlaceKind)))
    entry = code_of(EntryKind.PLACEMENT)
    trial, active = code_of(PlacementState.TRIAL), code_of(PlacementState.ACTIVE)
    late = moment_number(datetime.combine(date_of(starts), datetime.min.time(), UTC))
    late += chance.randrange(60) * 86_400_000_000
    return [
        (number, person, entry, starts, change, trial, kind, 0, 0, late),
        (number, person, entry, change, ends, active, kind, outcome, 0, late),
    ]


def _measurement(chance: random.Random) -> tuple[int, ...]:
    day = day_number(FIRST) + chance.randrange(1_096)
    kind, rung = code_of(EntryKind.MEASUREMENT), chance.randint(1, 6)
    return (0, chance.randint(1, PEOPLE), kind, day, day + 1, 0, 0, 0, rung, 0)


def running(found: Participations, on: date) -> list[Support]:
    """Return what runs on a day, with an end within two years for most."""
    chance, day = random.Random(2), day_number(on)  # noqa: S311
    rows = np.flatnonzero((found.starts <= day) & (day < found.ends)).tolist()
    return [
        Support(
            placement=int(found.placement[row]),
            person=int(found.person[row]),
            kind=list(PlaceKind)[int(found.kind[row]) - 1],
            team=chance.randrange(12),
            district=int(found.district[row]),
            planned_end=on + timedelta(days=chance.randrange(700)),
            end_of_term=None,
        )
        for row in rows
    ]


def plain_balances(found: Participations, question: Question) -> dict[tuple[int, int], list[int]]:
    """Count one year per kind and district as a loop would, over columns made into lists."""
    first, last = day_number(question.start), day_number(question.end)
    columns = (found.kind, found.district, found.starts, found.ends)
    lines: dict[tuple[int, int], list[int]] = {}
    for kind, district, starts, ends in zip(*(one.tolist() for one in columns), strict=True):
        line = lines.setdefault((kind, district), [0, 0, 0, 0])
        line[0] += starts <= first < ends
        line[1] += first < starts <= last
        line[2] += first < ends <= last
        line[3] += starts <= last < ends
    return lines


def timed(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Return the median seconds of processor time that the work takes."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
