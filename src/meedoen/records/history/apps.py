from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate  # noqa: TID251 - see below

from meedoen.records.history import append_only
from meedoen.records.organisations import second_lock


class HistoryConfig(AppConfig):
    name = "meedoen.records.history"
    label = "history"

    def ready(self) -> None:
        """Take the locks off before migrations and put them back after.

        The one use of signals in Meedoen: nothing else tells that a migration begins or ends,
        and a lock that a migration silently drops is worse than a signal.
        """
        pre_migrate.connect(take_locks_off, sender=self)
        post_migrate.connect(put_locks_on, sender=self)


def take_locks_off(*, using: str, **_rest: Any) -> None:
    append_only.unlock(connections[using])


def put_locks_on(*, using: str, **_rest: Any) -> None:
    append_only.lock(connections[using])
    second_lock.lock(connections[using])
