"""What every test may ask for."""

import gc
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management.commands import flush
from django.db import connection
from django.template import Context, Template
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings

from meedoen.records.history import append_only
from meedoen.records.history.apps import put_locks_on
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
# What asks for these puts a question to the database.
OF_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run on another database leave out what would go the same as on the first."""
    parser.addoption("--only-database", action="store_true", help="only what asks the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, when told to, what asks no database: pytest-django lets it ask none."""
    if config.getoption("only_database"):
        config.hook.pytest_deselected(items=[one for one in items if not _asks_the_database(one)])
        items[:] = filter(_asks_the_database, items)


def _asks_the_database(item: pytest.Item) -> bool:
    """Tell whether a test does, or starts processes, which may."""
    if item.get_closest_marker("django_db") or "subprocess" in vars(getattr(item, "module", item)):
        return True
    return not OF_THE_DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """Do not look through all modules again at every search for rings: a tenth of all time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def only_pages_are_told_of(django_test_environment: None) -> Iterator[None]:
    """Let Django keep what a page was given, for `answer.context`, but not for each part of it.

    It copies all of that for every field and button too, which tests look at on the page itself.
    """
    told = Template._render
    inside = ContextVar("inside", default=False)

    def render(template: Template, context: Context) -> str:
        if inside.get():
            return template.nodelist.render(context)
        token = inside.set(True)
        try:
            return told(template, context)
        finally:
            inside.reset(token)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(autouse=True, scope="session")
def locks_off_while_emptying() -> Iterator[None]:
    """Take the locks off before Django empties the tables, and put them back after.

    Django would also write anew which tables there are and a permission for each thing that can be
    done with them: nine tenths of the time of emptying, for rows that Meedoen never reads.
    """
    empty = TransactionTestCase._fixture_teardown

    def unlock_and_empty(case: TransactionTestCase) -> None:
        append_only.unlock(connection)
        empty(case)

    def only_lock(_verbosity: int, _interactive: object, db: str) -> None:
        put_locks_on(using=db)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unlock_and_empty)
        patch.setattr(flush, "emit_post_migrate_signal", only_lock)
        yield


@pytest.fixture(autouse=True)
def in_dutch() -> None:
    """Begin every test in Dutch; a page leaves the language of its visitor behind."""
    translation.activate("nl")


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    """The test town with its fixed cast; see tests/town.py."""
    with standing_town() as town:
        yield town


@pytest.fixture
def sign_in(client):
    """Sign in as a member of the cast: `sign_in(town.anna)` returns the client."""

    def as_member(member):
        client.force_login(get_user_model().objects.get(pk=member.account_id))
        return client

    return as_member
