"""Locking what is about to be changed, so that two people change it one after the other."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.paging import in_groups

M = TypeVar("M", bound=Model)


def locked(rows: QuerySet[M], ids: Sequence[int], *, missing: str) -> dict[int, M]:
    """Return rows by id, locked for a change. Raises ActionRefusedError, saying what is missing."""
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    found: dict[int, M] = {}
    for group in in_groups(sorted(set(ids))):
        found |= {row.pk: row for row in rows.filter(pk__in=group).order_by("pk")}
    if len(found) < len(ids):
        raise ActionRefusedError(missing)
    return found
