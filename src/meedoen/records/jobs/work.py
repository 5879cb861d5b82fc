"""Work in the background: put in the queue with what it is about, tried again when it fails."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

MOST_ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=20)

Work = Callable[..., None]


def job(
    *, attempts: int = MOST_ATTEMPTS, queue: str = "default"
) -> Callable[[Work], "Task[..., None]"]:
    """Make a function work for the background: `enqueue(...)` puts it in the queue.

    The queue is in the database, so work that is put in during a transaction that fails was
    never put in. What fails is tried again after a pause that doubles, `attempts` times in all;
    each failure stays to be seen with its traceback. The arguments must fit in JSON. The work
    itself must be fit to be done twice: a worker can be killed at any moment.
    """

    def decorate(work: Work) -> "Task[..., None]":
        @wraps(work)
        def tried(*args: Any, attempt: int = 1, **named: Any) -> None:
            try:
                work(*args, **named)
            except Exception:
                if attempt < attempts:
                    pause = FIRST_PAUSE * 2 ** (attempt - 1)
                    later = queued.using(run_after=timezone.now() + pause)
                    later.enqueue(*args, attempt=attempt + 1, **named)
                raise

        queued: Task[..., None] = task(queue_name=queue)(tried)
        return queued

    return decorate
