"""How fast the history is read and the indicators are counted, in one run (`make bench`).

    python benchmarks/indicators.py [PEOPLE]

A made-up history of forty thousand people over twelve years (see `history.py`) is kept in the
database and read again; then the whole catalogue is counted on every month end of ten years, per
district and per kind of place. DuckDB counts the same figures on the same columns where a little
SQL can say them, and every cell must be equal. Compare the ratios, not the seconds: they are
processor time, and of what another process does (PostgreSQL) time on the clock.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
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


def main() -> None:
    """Measure on SQLite, then only the reading on PostgreSQL in a process of its own."""
    people = next((int(word) for word in sys.argv[1:] if word.isdigit()), PEOPLE)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEEDOEN_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
        django.setup()
        town = Bench(people)
        town.reading()
        if "--reading" not in sys.argv:
            town.counting()
    if "--reading" not in sys.argv:
        again = [sys.executable, __file__, str(people), "--reading"]
        subprocess.run([sys.executable, ROOT / "tests" / "postgres.py", *again], check=True)  # noqa: S603 - our own words


class Bench:
    """A town in a database; what is imported in it needs Django to be ready."""

    def __init__(self, people: int) -> None:
        """Make the history and keep it."""
        from django.core.management import call_command
        from django.db import connection
        from history import history
        from kept_history import keep

        call_command("migrate", verbosity=0)
        districts = DISTRICTS if people <= PEOPLE else MANY_DISTRICTS
        table = history(people, districts)
        self.people, self.size = people, len(table["entry"])
        kept = clocked(lambda: keep(table, people, districts))
        print(f"\n{people} people, {self.size} entries, {districts} districts, {connection.vendor}")
        print(f"writing into the database      {kept:9.3f} s  on the clock")

    def reading(self) -> None:
        """Read all of it, read it from the file, and read what was added."""
        from django.db import connection, transaction
        from kept_history import add, system

        from meedoen.records.history.columns_file import file_of
        from meedoen.records.history.queries import columns, forget

        viewer = system()

        def select_all() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM history_entry ORDER BY id")
                while cursor.fetchmany(20_000):
                    pass

        def read_anew() -> None:
            with transaction.atomic():
                columns(viewer)

        def cold() -> None:
            forget(viewer)
            columns(viewer)

        plain, anew = clocked(select_all), clocked(read_anew)
        cold()
        from_file = clocked(cold)
        again = clocked(lambda: columns(viewer))
        add(viewer, ADDED)
        added = clocked(lambda: columns(viewer))
        file = file_of(viewer.municipality_id)
        megabytes = file.stat().st_size / 1e6 if file.exists() else 0
        print(f"a plain SELECT of all columns  {plain:9.3f} s  on the clock, as all below")
        print(f"reading all into columns       {anew:9.3f} s  {anew / plain:8.2f} x the SELECT")
        print(f"a new process, with the file   {from_file:9.3f} s  {from_file / anew:8.2f} x all")
        print(f"    of {megabytes:.0f} MB")
        print(f"reading when nothing was added {again:9.4f} s  1/{anew / again:.0f} of all")
        print(f"reading {ADDED} that were added   {added:9.4f} s  1/{anew / added:.0f} of all")

    def counting(self) -> None:
        """Count the cube, one figure, and what DuckDB can count too."""
        from kept_history import system

        from meedoen.records.figures.catalogue import catalogue
        from meedoen.records.figures.sources import sources
        from meedoen.rules.indicators.cube import cube
        from meedoen.rules.indicators.evaluate import evaluate
        from meedoen.rules.periods import month_ends

        months = list(month_ends(FIRST, LAST))
        read = sources(system())
        known = read.known_at(None)
        whole = timed(lambda: cube(catalogue(), known, months))
        version = catalogue()[ONE].versions[-1]
        one = timed(lambda: evaluate(version, read.known_at(None), months[-1:], "district"))
        size = cube(catalogue(), known, months).bytes() / 1e6
        every = f"{len(catalogue())} indicators, {len(months)} months"
        print(f"{every:<30} {whole:9.3f} s  {size:.0f} MB")
        print(f"one figure, all districts      {one:9.3f} s  1/{whole / one:.0f} of all")
        self.against_duckdb(known, months)

    def against_duckdb(self, known: Any, months: list[date]) -> None:
        """Count with both, compare every cell, and print the ratio."""
        import duck

        from meedoen.records.figures.catalogue import catalogue
        from meedoen.rules.indicators.cube import cube, groups_of

        shared = [each for each in catalogue() if duck.speaks(each.versions[-1].count)]
        ours = cube(shared, known, months)
        connection = duck.loaded(known.history)
        scan = timed(lambda: duck.scan(connection))

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
        quick, slow = timed(lambda: cube(shared, known, months)), timed(theirs)
        print(f"DuckDB reads every column once {scan:9.3f} s")
        print(
            f"{len(shared)} that both can say, ours    {quick:9.3f} s  {quick / scan:8.1f} x that"
        )
        print(f"the same in DuckDB             {slow:9.3f} s  {slow / quick:8.2f} x ours")
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


def timed(work: Callable[[], Any], runs: int = 3) -> float:
    """Return the median seconds of processor time that the work takes."""
    return _median(work, time.process_time, runs)


def clocked(work: Callable[[], Any]) -> float:
    """Return the seconds on the clock that the work takes: what others do for it counts too."""
    return _median(work, time.perf_counter, 1)


def _median(work: Callable[[], Any], clock: Callable[[], float], runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = clock()
        work()
        taken.append(clock() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
