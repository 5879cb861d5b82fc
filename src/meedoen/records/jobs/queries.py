"""What was done in the background."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from meedoen.records.organisations.viewer import Viewer


def last_done(viewer: Viewer, *, work: "Task[..., Any]") -> datetime | None:
    """Return when this work was last done for the viewer's municipality; None when it never was.

    For work whose first argument is the id of a municipality.
    """
    done = DBTaskResult.objects.successful().filter(
        task_path=work.module_path, args_kwargs__args__0=viewer.municipality_id
    )
    last: datetime | None = done.aggregate(last=Max("finished_at"))["last"]
    return last
