"""Work that a killed worker left behind: put back in the queue, and given up after a few times."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from meedoen.records.jobs.processes import is_gone

MOST_LIVES = 3
"""Work that took so many workers with it is not begun again."""
ELSEWHERE = timedelta(minutes=30)
"""From another machine nobody can see whether a worker lives; no piece of work takes this long."""

if TYPE_CHECKING:
    Row = DBTaskResult[..., Any]
else:
    Row = DBTaskResult

log = logging.getLogger(__name__)


def recover(*, own_name: str) -> int:
    """Put the work of workers that are gone back in the queue; return how many pieces.

    `own_name` is that of the worker that asks, between two pieces of work: what stands to its
    own name is nobody's. Several workers may do this at once: each piece is put back once.
    """
    recovered = 0
    for row in DBTaskResult.objects.running():
        if _is_left_behind(row, own_name):
            recovered += _put_back(row)
    return recovered


def _is_left_behind(row: Row, own_name: str) -> bool:
    worker = row.worker_ids[-1] if row.worker_ids else ""
    if worker == own_name:
        return True
    gone = is_gone(worker)
    if gone is None:
        return row.started_at is None or row.started_at < timezone.now() - ELSEWHERE
    return gone


def _put_back(row: Row) -> int:
    """Put one piece back, unless somebody else just did; return 1 when it was us."""
    same: QuerySet[Row] = DBTaskResult.objects.filter(
        pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at
    )
    if len(row.worker_ids) < MOST_LIVES:
        put_back = same.update(status=TaskResultStatus.READY)
        if put_back:
            log.warning("%s %s: its worker is gone; it is done again", row.task_path, row.pk)
        return put_back
    given_up = same.update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path="builtins.SystemExit",
        traceback=f"Given up: {len(row.worker_ids)} workers ended while they did this.",
    )
    if given_up:
        log.error("%s %s: given up after %s workers", row.task_path, row.pk, len(row.worker_ids))
    return 0
