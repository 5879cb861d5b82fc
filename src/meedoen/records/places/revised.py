"""Places of which every change can be noticed, so that what was read before can be used again.

Every row carries a number that rises with every change. When the numbers of all rows add up to
what they added up to before, no row changed: none of them ever gets lower.
"""

import time
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Greatest

_FROM = 1_577_836_800_000
"""The first of January 2020: numbers from there on add up to little enough for any database."""


def next_revision() -> int:
    """Return the number of a row that is written now: milliseconds, so that new ones stand out."""
    return time.time_ns() // 1_000_000 - _FROM


class RevisedQuerySet(models.QuerySet[Any]):
    """Rows whose `revision` rises with every change, whoever makes it."""

    def bulk_create(self, objs: Iterable[Any], *how: Any, **also: Any) -> list[Any]:
        """Write new rows, each with a number of now."""
        rows = list(objs)
        for row in rows:
            row.revision = next_revision()
        return super().bulk_create(rows, *how, **also)

    def update(self, **values: Any) -> int:
        """Change rows, and let their number rise; a bulk update comes here too."""
        rising = Greatest(F("revision") + 1, Value(next_revision()))
        return super().update(**values, revision=rising)
