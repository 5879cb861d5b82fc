"""How fast the history is read and the indicators are counted, in one run (`make bench`).

    python benchmarks/indicators.py [PEOPLE] [--sqlite | --postgresql]

A made-up history of forty thousand people over twelve years (see `history.py`) is kept in the
database and read again; then the whole catalogue is counted on every month end of ten years, per
district and per kind of place, with referrals and places that are made up without a database (see
`around_people.py`). DuckDB counts the same figures on the same columns where a little
SQL can say them, and every cell must be equal. Compare the ratios, not the seconds: on a machine
that does other things too the clock runs on. Seconds are those of all cores together, and after
them stand those on the clock, in which two cores work at the same time; what PostgreSQL does is
only in those. With 400000 people filling the two databases takes much longer than what is measured.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import django
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 40_000
DISTRICTS, MANY_DISTRICTS = 100, 1_000
ADDED = 1_000
FIRST, LAST = date(2016, 1, 31), date(2025, 12, 31)
ONE = "participation_jobs"
FORECAST_ON = date(2025, 6, 30)
RUNS = 3
ON_SQLITE, ON_POSTGRESQL = "--sqlite", "--postgresql"
PROMISED = 3.0
"""Seconds on the clock of two cores that do nothing else, for forty thousand people."""


def main() -> None:
    """Measure on SQLite, and then on PostgreSQL in a process of its own."""
    people = next((int(word) for word in sys.argv[1:] if word.isdigit()), PEOPLE)
    if ON_POSTGRESQL in sys.argv and not os.environ.get("DATABASE_URL"):
        subprocess.run([sys.executable, ROOT / "tests" / "postgres.py", *again(people)], check=True)  # noqa: S603 - our own words
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEEDOEN_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
        django.setup()
        town = Bench(people)
        town.reading()
        town.counting()
        if ON_POSTGRESQL not in sys.argv:
            town.looking_on()
    if not {ON_SQLITE, ON_POSTGRESQL} & set(sys.argv):
        subprocess.run(again(people), check=True)  # noqa: S603 - our own words


def again(people: int) -> list[str]:
    """Say how this is measured on PostgreSQL."""
    return [sys.executable, __file__, str(people), ON_POSTGRESQL]


class Bench:
    """A town in a database; what is imported in it needs Django to be ready."""

    def __init__(self, people: int) -> None:
        """Make the history and keep it."""
        from django.db import connection
        from history import history
        from kept_history import keep
        from tables import make_tables

        make_tables()
        districts = DISTRICTS if people <= PEOPLE else MANY_DISTRICTS
        table = history(people, districts)
        self.people, self.districts, self.size = people, districts, len(table["entry"])
        self.runs = RUNS if people <= PEOPLE else 1
        self.kept = taken(lambda: keep(table, people, districts))
        print(f"\n{people} people, {self.size} entries, {districts} districts, {connection.vendor}")

    def reading(self) -> None:
        """Read all of it, read it from the file, and read what was added."""
        from django.db import connection
        from kept_history import COLUMNS, add, system

        from meedoen.records.history.columns_file import file_of, wait_until_written
        from meedoen.records.history.queries import columns, forget

        viewer = system()

        def select_all() -> None:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM history_entry ORDER BY id")  # noqa: S608
                while cursor.fetchmany(20_000):
                    pass

        def new_process() -> None:
            forget(viewer)
            columns(viewer)

        file = file_of(viewer.municipality_id)
        plain = taken(select_all)
        anew = taken(new_process)
        say("a plain SELECT of all columns", plain)
        say("writing it", self.kept, f"{self.kept.clock / plain.clock:.2f} x the SELECT")
        say("reading all into columns", anew, f"{anew.clock / plain.clock:.2f} x the SELECT")
        self.read = anew
        wait_until_written(viewer.municipality_id)
        if file.exists():
            from_file = taken(new_process)
            megabytes = f"{file.stat().st_size / 1e6:.0f} MB"
            share = f"{from_file.clock / anew.clock:.2f} x all"
            say("a new process, with the file", from_file, f"{share}, {megabytes}")
        again = taken(lambda: columns(viewer))
        add(viewer, ADDED)
        added = taken(lambda: columns(viewer))
        say("reading when nothing was added", again, f"1/{anew.clock / again.clock:.0f} of all")
        say(f"reading {ADDED} that were added", added, f"1/{anew.clock / added.clock:.0f} of all")

    def counting(self) -> None:
        """Count the cube: by itself, and with the reading before it, first without the file."""
        from around_people import places, referrals
        from kept_history import system

        from meedoen.records.figures.catalogue import catalogue
        from meedoen.records.history.columns_file import file_of
        from meedoen.records.history.queries import columns, forget
        from meedoen.rules.indicators.cube import cube
        from meedoen.rules.indicators.sources import Sources
        from meedoen.rules.periods import month_ends

        viewer, self.months = system(), list(month_ends(FIRST, LAST))
        beside = referrals(self.people, self.districts), places(self.people, self.districts)

        def count() -> None:
            self.sources = Sources(columns(viewer), *beside)
            cube(catalogue(), self.sources.known_at(None), self.months)

        count()
        self.whole = taken(count, self.runs)
        ratio = f"{self.whole.clock / self.read.clock:.2f} x reading all"
        say(f"{len(catalogue())} indicators, {len(self.months)} months", self.whole, ratio)
        promised = PROMISED * max(self.people // PEOPLE, 1)
        forget(viewer)
        file_of(viewer.municipality_id).unlink(missing_ok=True)
        for name in ("reading all and counting", "reading the file and counting"):
            # The first time the file is written in the meantime, and that counts.
            both = taken(count)
            say(name, both, f"{both.clock / promised:.2f} x what is promised")
            forget(viewer)

    def looking_on(self) -> None:
        """Count one figure, forecasts, and what DuckDB can count too."""
        from meedoen.records.figures.catalogue import catalogue
        from meedoen.rules.indicators.evaluate import evaluate

        version, read, whole = catalogue()[ONE].versions[-1], self.sources, self.whole
        last = self.months[-1:]
        one = taken(lambda: evaluate(version, read.known_at(None), last, "district"), RUNS)
        say("one figure, all districts", one, f"1/{whole.clock / one.clock:.0f} of all")
        self.forecasting(read, whole)
        if self.people <= PEOPLE:
            self.against_duckdb(read.known_at(None), self.months)

    def forecasting(self, read: Any, whole: "Taken") -> None:
        """Look forward with every indicator about people, and say how long the slowest took."""
        from datetime import UTC, datetime, time

        from meedoen.records.figures.catalogue import catalogue
        from meedoen.rules.forecast.forecast import forecast

        def end_of(day: date) -> datetime:
            return datetime.combine(day, time.max, UTC)

        each = [
            taken(partial(forecast, definition, read, FORECAST_ON, end_of))
            for definition in catalogue()
        ]
        slowest = max(each, key=lambda one: one.clock)
        middle = sorted(each, key=lambda one: one.clock)[len(each) // 2]
        for name, one in (("the slowest forecast", slowest), ("a forecast in the middle", middle)):
            say(name, one, f"1/{whole.clock / one.clock:.0f} of all")

    def against_duckdb(self, known: Any, months: list[date]) -> None:
        """Count with both, compare every cell, and print the ratio."""
        import duck

        from meedoen.records.figures.catalogue import catalogue
        from meedoen.rules.indicators.cube import cube, groups_of

        shared = [each for each in catalogue() if duck.speaks(each.versions[-1].count)]
        ours = cube(shared, known, months)
        connection = duck.loaded(known.history)
        scan = taken(lambda: duck.scan(connection), RUNS)

        def theirs() -> list[Any]:
            return [
                duck.counted(connection, word, months, groups_of(word))
                for word in (each.versions[-1].count for each in shared)
            ]

        cells = 0
        for each, found in zip(shared, theirs(), strict=True):
            version = each.versions[-1]
            for group, numbers in found.items():
                mine = nonzero(ours.layers[each.code, version.valid_from, group])
                assert mine == numbers, f"{each.code} per {group} differs"
                cells += len(numbers)
        quick = taken(lambda: cube(shared, known, months), RUNS)
        slow = taken(theirs)
        say("DuckDB reads every column once", scan)
        say(
            f"{len(shared)} that both can say, ours",
            quick,
            f"{quick.cores / scan.cores:.1f} x that",
        )
        say("the same in DuckDB", slow, f"{slow.cores / quick.cores:.2f} x ours")
        print(f"{cells} cells that are not zero are equal")


def nonzero(layer: Any) -> dict[tuple[int, ...], int]:
    """Return the numbers of a layer that are not zero, by part, month and group."""
    found: dict[tuple[int, ...], int] = {}
    places = np.argwhere(layer.counted)
    values = layer.counted[tuple(places.T)]
    for (month, part, group), value in zip(places.tolist(), values.tolist(), strict=True):
        names = () if layer.groups is None else layer.groups[group]
        found[part, month, *(names if isinstance(names, tuple) else (names,))] = value
    return found


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds that something took: of all cores of this process together, and on the clock."""

    cores: float
    clock: float

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.cores + other.cores, self.clock + other.clock)


def taken(work: Callable[[], Any], runs: int = 1) -> Taken:
    """Return what the quickest of some runs takes."""
    found = []
    for _ in range(runs):
        cores, clock = time.process_time(), time.perf_counter()
        work()
        found.append(Taken(time.process_time() - cores, time.perf_counter() - clock))
    return min(found, key=lambda one: one.clock)


def say(what: str, seconds: Taken, more: str = "") -> None:
    """Print how long it took, and how that is to something else."""
    print(f"{what:<32} {seconds.cores:9.4f} s {seconds.clock:9.4f} s  {more}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
