"""Ten thousand acceptances at the same time over a hundred places: never one seat too many."""

import multiprocessing
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.places.actions import NewPlace, PlaceFullError, enter_places, hold_seats
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import PlaceKind
from tests.records.figures.scenes import crowd
from tests.records.waiting.scenes import FIRST
from tests.town import LONG_AGO, MORNINGS, Town, build_town
from tests.web.coach.scenes import on

PLACES, PEOPLE, PROCESSES = 100, 100, 4
SEATS = 3
"""At each place; so 300 of the 10,000 acceptances can succeed."""


def accept(viewer: Viewer, person: int, place_id: int, *, wholly: bool) -> None:
    """Accept a seat: with all that placing does, or only what keeps a place from being overbooked.

    Placing takes ten times as long and ends in the same question to the database; one in
    twenty-five goes all the way. Raises PlaceFullError.
    """
    if wholly:
        new = NewPlacement(pseudonym_id=person, place_id=place_id, proposed_on=FIRST)
        place_all(viewer, placements=[new])
    else:
        hold_seats(viewer, changes={place_id: 1})


def accept_all(
    viewer: Viewer, people: Sequence[int], places: Sequence[int], start: Any, results: Any
) -> None:
    """Let each of these people accept a seat at every place; with a connection of its own.

    What goes wrong is told as a result, so that nobody waits for a process that is not there.
    """
    connections.close_all()
    try:
        results.put(_accepted(viewer, people, places, start))
    except Exception:  # told to the test, which fails on it
        results.put(traceback.format_exc())
    connection.close()


def _accepted(
    viewer: Viewer, people: Sequence[int], places: Sequence[int], start: Any
) -> tuple[Counter[int], int, int]:
    accepted: Counter[int] = Counter()
    placed = full = 0
    start.wait(120)
    with on(FIRST):
        for at, place_id in enumerate(places):
            for number, person in enumerate(people):
                wholly = (number + at) % 25 == 0
                try:
                    accept(viewer, person, place_id, wholly=wholly)
                except PlaceFullError:
                    full += 1
                else:
                    accepted[place_id] += 1
                    placed += wholly
    return accepted, placed, full


@contextmanager
def database_for_many() -> Iterator[None]:
    """Let processes share the database: on SQLite one in memory is of one connection only."""
    if connection.vendor == "postgresql":
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "many.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM INTO '{file}'")
        with _at(file):
            yield


@contextmanager
def _at(file: Path) -> Iterator[None]:
    """Connect to this file, and after that, whatever happened, to what was there before."""
    memory, settings = connection.connection, dict(connection.settings_dict)
    connection.connection = None
    connection.settings_dict |= {
        "NAME": str(file),
        "OPTIONS": {**settings["OPTIONS"], "timeout": 300},
    }
    try:
        # The way of writing is set before the processes come; at the same time it would lock.
        connection.ensure_connection()
        connection.connection.close()
        connection.connection = None
        yield
    finally:
        if connection.connection is not None:
            connection.connection.close()
        connection.connection = memory
        connection.settings_dict |= settings


@pytest.mark.timeout(1200)
@pytest.mark.django_db(transaction=True)
def test_of_ten_thousand_acceptances_exactly_as_many_succeed_as_there_are_seats():
    town = build_town()
    people = crowd(town, PEOPLE)
    places = enter_places(
        town.system,
        places=[
            NewPlace(
                organisation_id=town.otto.organisation_id or 0,
                district_id=town.north,
                kind=PlaceKind.VOLUNTEER_WORK,
                title=f"Plek {number}",
                capacity=SEATS,
                half_days=MORNINGS,
                opens_on=LONG_AGO,
            )
            for number in range(PLACES)
        ],
    )
    with database_for_many():
        accepted, placed, full = _all_at_once(town, people, places)
        rows = Placement.objects.visible_to(town.system).filter(place_id__in=places)
        kept = rows.count()
        taken = dict(Place.objects.filter(pk__in=places).values_list("pk", "taken"))
    assert accepted == taken == dict.fromkeys(places, SEATS)
    assert full == PLACES * PEOPLE - PLACES * SEATS
    assert 0 < kept == placed < PLACES * SEATS


def _all_at_once(
    town: Town, people: Sequence[int], places: Sequence[int]
) -> tuple[Counter[int], int, int]:
    """Let processes accept for their own people, all at the same places in the same order."""
    fork = multiprocessing.get_context("fork")
    results, start = fork.Queue(), fork.Barrier(PROCESSES)
    if connection.vendor == "postgresql":
        # Each process opens one of its own; one that is shared would mix up what they say.
        connection.close()
    processes = [
        fork.Process(
            target=accept_all, args=(town.system, people[at::PROCESSES], places, start, results)
        )
        for at in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    accepted: Counter[int] = Counter()
    placed = full = 0
    for _process in processes:
        told = results.get(timeout=1000)
        assert not isinstance(told, str), told
        some, wholly, refused = told
        accepted += some
        placed += wholly
        full += refused
    for process in processes:
        process.join()
    return accepted, placed, full
