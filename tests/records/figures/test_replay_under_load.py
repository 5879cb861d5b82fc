"""A kept figure can be counted again, also when others were writing at that very moment."""

import threading

import pytest
from django.db import connection, transaction

from meedoen.records.figures.actions import measure
from meedoen.records.figures.queries import counted_now, newest_measurings
from meedoen.records.organisations import clock
from tests.town import build_town, talk

SPOKEN = "spoken_past_year"


@pytest.mark.django_db(transaction=True)
def test_a_measuring_waits_for_who_is_writing_and_gives_the_same_figure_later():
    town = build_town()
    today = clock.today()
    talk(town.anna, town.sam, today)
    written, measured = threading.Event(), threading.Event()

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                talk(town.anna, town.roos_file, today)
                written.set()
                # Time enough for the measuring to begin, and to be kept waiting.
                measured.wait(1)
        finally:
            connection.close()

    writer = threading.Thread(target=write_slowly)
    if connection.vendor == "postgresql":
        writer.start()
        written.wait(5)
        measure(town.connie, on=today)
        measured.set()
        writer.join()
    else:
        # Here a second writer would wait for the whole database: nothing can come between.
        measure(town.connie, on=today)
    kept = newest_measurings(town.connie)[today]
    again = counted_now(town.connie, on=today, known_at=kept.known_at)
    assert kept.figures[SPOKEN].value == {one.code: one.value for one in again}[SPOKEN]
