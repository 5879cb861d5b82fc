"""A worker: watches the clock, does what is in the queue, and looks for what was left behind."""

import logging
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from meedoen.records.jobs.processes import own_name
from meedoen.records.jobs.recovery import recover
from meedoen.records.jobs.schedule import Periodic, put_due_work_in_queue

TASKS_IN_A_ROW = 20
"""After so many pieces of work the worker looks at the clock again."""
PAUSE_WITHOUT_DATABASE = 5.0
"""Seconds to wait when the database does not answer."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """Something the worker does itself between pieces of work, and how many seconds lie between."""

    every: float
    do: Callable[[], object]


class Worker:
    """Works until it is told to stop; the piece of work that it is doing is finished first."""

    def __init__(self, *, periodic: Sequence[Periodic], rounds: Sequence[Round]) -> None:
        """Take the table of periodic work, and what else is to be looked at every few seconds."""
        self._name = own_name()
        self._periodic = periodic
        self._rounds = [
            Round(5, self._look_at_the_clock),
            Round(10, lambda: recover(own_name=self._name)),
            *rounds,
        ]
        self._next = [0.0] * len(self._rounds)
        self._stop = Event()
        self._queue: QueueWorker | None = None

    def stop_at_signals(self) -> None:
        """Stop in peace at the first SIGTERM or SIGINT, at once at the second."""
        signal.signal(signal.SIGTERM, self._told_to_stop)
        signal.signal(signal.SIGINT, self._told_to_stop)

    def _told_to_stop(self, number: int, _frame: FrameType | None) -> None:
        if self._stop.is_set():
            sys.exit(128 + number)
        self._stop.set()
        if self._queue is not None:
            self._queue.running = False

    def run(self, *, pause: float) -> None:
        """Work until told to stop; `pause` is how many seconds to wait when there is nothing."""
        while not self._stop.is_set():
            try:
                close_old_connections()
                self._go_round()
                self._work_some()
                wait = 0.0 if DBTaskResult.objects.ready().exists() else pause
            except (OperationalError, InterfaceError):
                log.exception("The database does not answer; trying again")
                close_old_connections()
                wait = PAUSE_WITHOUT_DATABASE
            self._stop.wait(wait)

    def run_once(self) -> None:
        """Do all that is due now, and stop."""
        self._go_round()
        while not self._stop.is_set() and DBTaskResult.objects.ready().exists():
            self._work_some()
        self._next = [0.0] * len(self._rounds)
        if not self._stop.is_set():
            self._go_round()

    def _go_round(self) -> None:
        for at, one in enumerate(self._rounds):
            now = time.monotonic()
            if now >= self._next[at] and not self._stop.is_set():
                self._next[at] = now + one.every
                one.do()

    def _look_at_the_clock(self) -> None:
        zone = timezone.get_default_timezone()
        for work in self._periodic:
            put_due_work_in_queue(work, now=timezone.now(), zone=zone)

    def _work_some(self) -> None:
        """Do some of the work that is ready, with the worker of the package with the queue."""
        self._queue = QueueWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=TASKS_IN_A_ROW,
            worker_id=self._name,
            excluded_queue_names=[],
        )
        self._queue.running = not self._stop.is_set()
        self._queue.run()
        self._queue = None
