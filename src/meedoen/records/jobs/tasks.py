"""Keeping the queue itself tidy."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from meedoen.records.jobs.schedule import forget_slots_before
from meedoen.records.jobs.work import job

KEEP_DONE = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)
"""What failed stays to be looked at for longer; its traceback holds no personal data."""


@job()
def tidy_up() -> None:
    """Remove work that was finished long ago, and the moments it was put in the queue for."""
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED).delete()
    forget_slots_before(now - KEEP_FAILED)
