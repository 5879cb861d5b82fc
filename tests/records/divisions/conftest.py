"""In these tests nobody can begin in the garden, so that seats are few and easy to count."""

import pytest

from tests.records.divisions.scenes import nobody_begins_in_the_garden


@pytest.fixture(autouse=True)
def few_seats(request: pytest.FixtureRequest) -> None:
    """Leave the garden without free seats, where a test lives in the town."""
    if "town" in request.fixturenames:
        nobody_begins_in_the_garden(request.getfixturevalue("town"))
