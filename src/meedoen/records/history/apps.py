from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
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
        register(every_lock_is_on, Tags.database)


def take_locks_off(*, using: str, plan: list[Any] | None = None, **_rest: Any) -> None:
    """Make way for the migrations of the plan; without any there is nothing to make way for."""
    if plan:
        append_only.unlock(connections[using])


def put_locks_on(*, using: str, **_rest: Any) -> None:
    append_only.lock(connections[using])
    second_lock.lock(connections[using])


def every_lock_is_on(
    app_configs: Any = None,
    databases: Sequence[str] | None = None,
    **_rest: Any,
) -> list[CheckMessage]:
    """Report tables that can be changed and should not; `meedoen prepare` puts the locks on."""
    wrong: list[CheckMessage] = []
    for name in databases or []:
        wrong += _open_to_change(name) + _open_to_others(name)
    return wrong


def _open_to_change(name: str) -> list[CheckMessage]:
    return [
        checks.Error(
            f"The rows of {table} can be changed or removed.",
            hint="Run `meedoen prepare`, and find out what took the lock off.",
            id="history.E001",
        )
        for table in append_only.unlocked_tables(connections[name])
    ]


def _open_to_others(name: str) -> list[CheckMessage]:
    connection = connections[name]
    wrong: list[CheckMessage] = [
        checks.Error(
            f"PostgreSQL does not hide the rows of other municipalities in {table}.",
            hint="Run `meedoen prepare`, and find out what took the lock off.",
            id="history.E002",
        )
        for table in second_lock.unlocked_tables(connection)
    ]
    if second_lock.is_passed_by(connection):
        wrong.append(
            checks.Warning(
                "Meedoen connects as a role that row level security does not hold for.",
                hint="Connect as an ordinary role that owns the tables: NOSUPERUSER, NOBYPASSRLS.",
                id="history.W003",
            )
        )
    return wrong
