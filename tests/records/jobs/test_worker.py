"""The worker in this process; tests/config/test_working.py runs real ones."""

import os
import signal
from datetime import timedelta
from time import sleep

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from meedoen.records.jobs.models import Slot
from meedoen.records.jobs.tasks import tidy_up
from meedoen.records.jobs.worker import Round, Worker
from meedoen.records.signals.models import Signal
from tests.work import CLOSING


@pytest.fixture
def handlers(monkeypatch):
    """Put back what this process does at signals, and keep the connection of the test."""
    monkeypatch.setattr(CLOSING, lambda: None)
    monkeypatch.setattr("meedoen.records.jobs.worker.close_old_connections", lambda: None)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_once_does_all_that_is_due_and_stops(town, handlers):
    call_command("work", "--once")
    assert Signal.objects.visible_to(town.system).count() == 3
    names = set(Slot.objects.values_list("name", flat=True))
    assert {"nightly_signals", "tidy_up"} <= names
    assert not DBTaskResult.objects.ready().exists()
    assert not DBTaskResult.objects.failed().exists()
    slots = Slot.objects.count()
    call_command("work", "--once")
    assert Slot.objects.count() == slots


def test_work_for_later_is_left_for_later(db, handlers):
    tidy_up.using(run_after=timezone.now() + timedelta(hours=1)).enqueue()
    Worker(periodic=[], rounds=[]).run_once()
    assert DBTaskResult.objects.get().status == "READY"


def test_a_signal_to_stop_stops_it_between_two_pieces_of_work(db, handlers):
    rounds = []

    def stop_at_the_third():
        rounds.append(1)
        if len(rounds) == 3:
            os.kill(os.getpid(), signal.SIGTERM)

    worker = Worker(periodic=[], rounds=[Round(every=0, do=stop_at_the_third)])
    worker.stop_at_signals()
    worker.run(pause=0.01)
    assert len(rounds) == 3


def test_a_second_signal_breaks_off_at_once(db, handlers):
    def two_signals():
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
        sleep(5)

    worker = Worker(periodic=[], rounds=[Round(every=0, do=two_signals)])
    worker.stop_at_signals()
    with pytest.raises(SystemExit) as ended:
        worker.run(pause=0.01)
    assert ended.value.code == 128 + signal.SIGTERM


def test_a_database_that_does_not_answer_is_asked_again(db, handlers, monkeypatch, caplog):
    monkeypatch.setattr("meedoen.records.jobs.worker.PAUSE_WITHOUT_DATABASE", 0.01)
    asked = []

    def answer():
        asked.append(1)
        if len(asked) == 1:
            raise OperationalError("the database is gone")
        os.kill(os.getpid(), signal.SIGTERM)

    worker = Worker(periodic=[], rounds=[Round(every=0, do=answer)])
    worker.stop_at_signals()
    worker.run(pause=0.01)
    assert len(asked) == 2
    assert "The database does not answer" in caplog.text
