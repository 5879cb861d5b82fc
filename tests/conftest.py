"""What every test may ask for."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings

from meedoen.records.history import append_only
from tests.examples import TIMES, examples
from tests.standing_town import standing_town
from tests.town import Town

# Real budget pages lie beside the repository where it is built; they are never part of it.
PUBLISHED_PAGES = Path(__file__).parents[2] / "shared" / "budget-pages"
# So do the schemas of Open Referral, which carry another licence.
HSDS_SCHEMAS = Path(__file__).parents[2] / "shared" / "data" / "hsds"
# And those of DCAT-AP-NL, by which the catalogue of open data is checked.
DCAT_SHAPES = Path(__file__).parents[2] / "shared" / "data"

# Django makes many rings of objects; looking for them as often as usual takes a tenth of all time.
gc.set_threshold(100_000, 20, 50)

settings.register_profile("house", deadline=None, derandomize=TIMES == 1, max_examples=examples(40))
settings.load_profile("house")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out; nothing is skipped silently."""
    if not PUBLISHED_PAGES.is_dir():
        terminalreporter.write_line(
            "left out: the tests on published budget pages, which are not beside this repository"
        )
    if not HSDS_SCHEMAS.is_dir():
        terminalreporter.write_line(
            "left out: the tests by the schemas of Open Referral, which are not beside this "
            "repository"
        )
    if not DCAT_SHAPES.is_dir():
        terminalreporter.write_line(
            "left out: the tests by the shapes of DCAT-AP-NL, which are not beside this repository"
        )


@pytest.fixture(autouse=True, scope="session")
def locks_off_while_emptying() -> Iterator[None]:
    """Take the locks off before Django empties the tables; emptying puts them back."""
    empty = TransactionTestCase._fixture_teardown

    def unlock_and_empty(case: TransactionTestCase) -> None:
        append_only.unlock(connection)
        empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unlock_and_empty)
        yield


@pytest.fixture(autouse=True)
def in_dutch() -> None:
    """Begin every test in Dutch; a page leaves the language of its visitor behind."""
    translation.activate("nl")


@pytest.fixture
def town(db: None) -> Town:
    """The test town with its fixed cast; see tests/town.py."""
    return standing_town()


@pytest.fixture
def sign_in(client):
    """Sign in as a member of the cast: `sign_in(town.anna)` returns the client."""

    def as_member(member):
        client.force_login(get_user_model().objects.get(pk=member.account_id))
        return client

    return as_member
