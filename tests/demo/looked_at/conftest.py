"""One demo town, built once for all tests that look at it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction

from meedoen.demo.build import build_demo
from meedoen.demo.days import midnight
from meedoen.records.organisations import clock

UNTIL = date(2026, 11, 2)
MORNING = midnight(UNTIL) + timedelta(hours=9)
"""When everybody looks."""
RESIDENTS = 150


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Build the town for all tests in this folder, and take it away after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(MORNING):
            build_demo(seed=1, residents=RESIDENTS, until=UNTIL)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(built: None, db: None) -> Iterator[None]:
    """Look at the town on its last morning."""
    with clock.at(MORNING):
        yield
