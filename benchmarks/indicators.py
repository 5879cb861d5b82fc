"""How fast the indicators are counted, as ratios measured in one run (`make bench`).

The demo town is built in memory of this machine's disk, its history is read, and the people
are repeated until there are forty thousand. Compare the ratios, not the seconds.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import django
import numpy as np

from meedoen.rules.indicators.columns import code_of
from meedoen.rules.vocabulary import EntryKind, PlaceKind, PlacementState

RESIDENTS, TIMES = 2_500, 16
UNTIL = date(2026, 6, 30)
RUNS = 5


def main() -> None:
    """Build, read, count and print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEEDOEN_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
        django.setup()
        measure()


def measure() -> None:
    """Measure each step; what is imported here needs Django to be ready."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from meedoen.demo.build import build_demo
    from meedoen.records.figures.catalogue import catalogue
    from meedoen.records.history.queries import columns
    from meedoen.records.organisations import clock
    from meedoen.records.organisations.queries import system_viewer
    from meedoen.records.referrals.columns import referral_columns
    from meedoen.rules.indicators.columns import Columns
    from meedoen.rules.indicators.evaluate import evaluate
    from meedoen.rules.indicators.sources import Sources
    from meedoen.rules.periods import month_ends

    call_command("migrate", verbosity=0)
    with clock.at(datetime(2026, 7, 1, tzinfo=UTC)):
        build = timed(
            lambda: build_demo(seed=1, residents=RESIDENTS, until=UNTIL, tell=lambda _: None), 1
        )
    viewer = system_viewer("GM9998")

    def read_anew() -> None:
        with transaction.atomic():
            columns(viewer)

    read = timed(read_anew)
    table = columns(viewer)
    again = timed(lambda: columns(viewer))

    def fetch() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM history_entry")
            cursor.fetchall()

    fetched = timed(fetch)
    large = repeated(Columns, table, TIMES)
    months = list(month_ends(date(2023, 7, 31), UNTIL))
    known = Sources(large, referral_columns(viewer)).known_at(None)

    def all_months() -> None:
        for definition in catalogue():
            evaluate(definition.versions[-1], known, months, "district")

    cube = timed(all_months)
    one = timed(lambda: evaluate(catalogue()["participation_jobs"].versions[-1], known, [UNTIL]))
    plain = timed(lambda: plain_count(known.history, UNTIL))
    rows = len(table.entry)
    print(f"{RESIDENTS} residents, {rows} entries; {len(large.entry)} entries for the large town")
    print(f"building the town           {build:8.2f} s  {build / rows * 1e6:6.0f} µs an entry")
    print(f"reading into columns        {read:8.3f} s  {read / fetched:6.1f} x a plain SELECT *")
    print(f"reading again              {again:9.4f} s {read / again:7.0f} x quicker than anew")
    print(f"one figure, large, plain    {plain:8.3f} s  {plain / one:6.0f} x the columns")
    print(f"all, {len(months)} months x district {cube:8.3f} s  {cube / one:6.0f} x one figure")


def plain_count(known: Any, on: date) -> int:
    """Count the people on a participation job as a loop would, over columns made into lists."""
    day = (on - date(1970, 1, 1)).days
    wanted = (
        code_of(EntryKind.PLACEMENT),
        code_of(PlacementState.ACTIVE),
        code_of(PlaceKind.PARTICIPATION_JOB),
    )
    names = ("person", "kind", "state", "place_kind", "starts", "ends")
    rows = zip(*(getattr(known, name).tolist() for name in names), strict=True)
    return len(
        {
            person
            for person, *words, starts, ends in rows
            if tuple(words) == wanted and starts <= day < ends
        }
    )


def timed(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Return the median seconds of processor time that the work takes."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def repeated(kind: Any, table: Any, times: int) -> Any:
    """Return the same history for so many times the people, each with numbers of their own."""
    people, entries = int(table.person.max()) + 1, int(table.entry.max()) + 1
    parts: dict[str, list[Any]] = {field.name: [] for field in fields(table)}
    for number in range(times):
        for name, column in parts.items():
            shift = {"person": people * number, "entry": entries * number}.get(name, 0)
            column.append(getattr(table, name) + shift if shift else getattr(table, name))
    return kind(**{name: np.concatenate(column) for name, column in parts.items()})


if __name__ == "__main__":
    main()
