"""The same done with many, each apart: one that fails does not hold up another."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

log = logging.getLogger(__name__)
One = TypeVar("One")


def each_apart(many: Iterable[One], act: Callable[[One], int], *, failed: str) -> int:
    """Do the same with each, wholly or not at all; return what it adds up to.

    What goes wrong with one is logged with its trace, as `failed` says with the one for its %s,
    and is tried again the next time. Only a database that does not answer is told to whoever
    called.
    """
    count = 0
    for one in many:
        try:
            with transaction.atomic():
                count += act(one)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception(failed, one)
    return count
