import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from meedoen.records.jobs.processes import is_gone, name_of, own_name
from meedoen.records.jobs.recovery import MOST_LIVES, recover
from meedoen.records.jobs.tasks import KEEP_DONE, tidy_up

ELSEWHERE = "elsewhere/1/1"
ME = "me/1/1"


def running(*workers, since=timedelta(0)):
    """Return a piece of work that these workers took, the last one so long ago."""
    tidy_up.enqueue()
    row = DBTaskResult.objects.latest("enqueued_at")
    DBTaskResult.objects.filter(pk=row.pk).update(
        status=TaskResultStatus.RUNNING,
        worker_ids=list(workers),
        started_at=timezone.now() - since,
    )
    return row


def state(row):
    row.refresh_from_db()
    return row.status


@pytest.fixture
def child():
    """Return a process that lives until the test ends."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


def test_a_process_that_lives_is_not_gone_and_one_that_was_killed_is(child):
    name = name_of(child.pid)
    assert is_gone(name) is False
    assert is_gone(own_name()) is False
    child.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    # Nobody waited for it yet: it is still in the table of processes, as one that ended.
    assert is_gone(name) is True
    child.wait()
    assert is_gone(name) is True


def test_a_number_that_was_given_out_again_is_another_process(child):
    host, number, start = name_of(child.pid).split("/")
    assert is_gone(f"{host}/{number}/{int(start) + 1}") is True


@pytest.mark.parametrize("name", [ELSEWHERE, "", "x", f"{socket.gethostname()}/x/1", "a/b"])
def test_of_a_process_elsewhere_nobody_can_tell(name):
    assert is_gone(name) is None


def test_the_work_of_a_worker_that_is_gone_is_put_back_at_once(db, child):
    name = name_of(child.pid)
    row = running(name)
    assert recover(own_name=ME) == 0
    child.kill()
    child.wait()
    assert recover(own_name=ME) == 1
    assert state(row) == TaskResultStatus.READY
    assert recover(own_name=ME) == 0


def test_the_work_of_a_worker_elsewhere_is_put_back_after_half_an_hour(db):
    young = running(ELSEWHERE, since=timedelta(minutes=29))
    old = running(ELSEWHERE, since=timedelta(minutes=31))
    assert recover(own_name=ME) == 1
    assert (state(young), state(old)) == (TaskResultStatus.RUNNING, TaskResultStatus.READY)


def test_what_stands_to_the_name_of_who_asks_is_nobodys(db):
    row = running(ME)
    assert recover(own_name=ME) == 1
    assert state(row) == TaskResultStatus.READY


def test_work_that_takes_worker_after_worker_with_it_is_given_up(db, caplog):
    row = running(*[ME] * MOST_LIVES)
    assert recover(own_name=ME) == 0
    assert state(row) == TaskResultStatus.FAILED
    assert "3 workers ended while they did this" in row.traceback
    assert row.finished_at is not None
    assert "given up after 3 workers" in caplog.text


def test_who_comes_second_puts_nothing_back(db, monkeypatch):
    row = running(ME)

    def somebody_else_was_first(*_arguments):
        DBTaskResult.objects.filter(pk=row.pk).update(started_at=timezone.now(), worker_ids=["x"])
        return True

    monkeypatch.setattr("meedoen.records.jobs.recovery._is_left_behind", somebody_else_was_first)
    assert recover(own_name=ME) == 0
    assert state(row) == TaskResultStatus.RUNNING


def test_tidying_up_keeps_what_is_young_or_failed_not_long_ago(db):
    now = timezone.now()

    def finished(status, ago):
        row = running(ME)
        DBTaskResult.objects.filter(pk=row.pk).update(status=status, finished_at=now - ago)
        return row.pk

    day = timedelta(days=1)
    kept = {
        finished(TaskResultStatus.SUCCESSFUL, KEEP_DONE - day),
        finished(TaskResultStatus.FAILED, KEEP_DONE + day),
        running(ME, since=timedelta(days=400)).pk,
    }
    finished(TaskResultStatus.SUCCESSFUL, KEEP_DONE + day)
    finished(TaskResultStatus.FAILED, timedelta(days=91))
    tidy_up.func()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept
