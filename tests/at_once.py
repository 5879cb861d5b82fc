"""Letting several people do something at the same moment."""

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*acts: Callable[[], object]) -> None:
    """Do these things at the same moment, each with a connection of its own.

    SQLite lets one writer in at a time, and in memory has one connection: there one after the
    other. The test needs `django_db(transaction=True)`, or the others see nothing of its rows.
    """
    if connection.vendor != "postgresql":
        for act in acts:
            act()
        return
    ready = threading.Barrier(len(acts), timeout=10)

    def do(act: Callable[[], object]) -> None:
        try:
            ready.wait()
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
