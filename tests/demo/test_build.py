"""Building the demo: once, whole, and the same for the same seed."""

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meedoen.demo import build
from meedoen.demo.accounts import (
    DEMO_PASSWORD,
)
from meedoen.demo.build import CannotBuildError, build_demo, is_built
from meedoen.demo.days import midnight
from meedoen.demo.town import MEERDAM
from meedoen.records.following.models import AftercareContact
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Account
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from tests.demo.digest import history, looked_at_and_undone, records

UNTIL = date(2027, 6, 7)
"""Late enough for the first moments of the table of aftercare to have come."""
MORNING = midnight(UNTIL) + timedelta(hours=9)
RESIDENTS = 30
Digest = tuple[list[tuple], dict[str, list[tuple]]]
ROOT = Path(__file__).parents[2]
IN_A_PROCESS = """
import django
from django.core.management import call_command

django.setup()
from tests.from_models import make_tables
make_tables()
call_command("build_demo", residents=100)
"""


@pytest.fixture(autouse=True)
def on_the_last_morning():
    with clock.at(MORNING):
        yield


@dataclass(frozen=True)
class Once:
    """What was seen of a town that was built once: by the command, and then by trying it again."""

    said: str
    digest: Digest
    said_again: str
    digest_again: Digest
    refused: str
    has_aftercare: bool


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    """Build the town once for all tests that look at it, and take it away again."""
    with django_db_blocker.unblock(), clock.at(MORNING):
        return looked_at_and_undone(built_and_tried_again)


def built_and_tried_again():
    said = said_by_command()
    digest = digest_now()
    said_again = said_by_command()
    with pytest.raises(CannotBuildError) as refused:
        build_demo(seed=2, residents=RESIDENTS, until=UNTIL)
    return Once(
        said=said,
        digest=digest,
        said_again=said_again,
        digest_again=digest_now(),
        refused=str(refused.value),
        has_aftercare=AftercareContact.objects.visible_to(system_viewer(MEERDAM.code)).exists(),
    )


def said_by_command():
    said = StringIO()
    call_command("build_demo", residents=RESIDENTS, until=UNTIL, stdout=said)
    return said.getvalue()


def digest_now():
    system = system_viewer(MEERDAM.code)
    return history(system), records(system)


def digest_of(seed):
    def build_and_look():
        build_demo(seed=seed, residents=RESIDENTS, until=UNTIL)
        return digest_now()

    return looked_at_and_undone(build_and_look)


def test_the_same_seed_gives_the_same_town_and_another_seed_another(once, db):
    assert digest_of(1) == once.digest
    assert digest_of(4) != once.digest


def test_the_command_builds_once_and_then_says_that_the_town_is_there(once):
    assert "is ready" in once.said
    assert DEMO_PASSWORD in once.said
    assert "is there already" in once.said_again
    assert once.digest_again == once.digest


def test_the_town_is_not_built_over_itself(once):
    assert "there already" in once.refused
    assert once.digest_again == once.digest


def test_aftercare_stands_there_once_the_moments_of_the_table_have_come(once):
    assert once.has_aftercare


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"residents": 5}, "at least 30 residents"),
        ({"until": UNTIL + timedelta(days=1)}, "give a day"),
        ({"until": date(2014, 1, 1)}, "give a day"),
    ],
)
def test_a_town_that_cannot_be_is_refused_with_what_to_give_instead(db, wrong, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("build_demo", **({"residents": RESIDENTS, "until": UNTIL} | wrong))
    assert not municipality_codes()


def test_when_something_goes_wrong_half_way_nothing_is_left(db, monkeypatch):
    def fail(*_args):
        raise RuntimeError("half way")

    monkeypatch.setattr(build, "write_leavings", fail)
    with pytest.raises(RuntimeError, match="half way"):
        build_demo(seed=1, residents=RESIDENTS, until=UNTIL)
    assert not is_built()
    assert not municipality_codes()
    assert not Account.objects.exists()


def test_a_process_that_is_killed_half_way_leaves_nothing(tmp_path):
    settings = {
        "MEEDOEN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "meedoen.config.settings",
        "DATABASE_URL": "",
    }
    with subprocess.Popen(  # noqa: S603 - this very Python, with a fixed command
        [sys.executable, "-u", "-c", IN_A_PROCESS],
        env=os.environ | settings,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        heard = next(line for line in process.stdout if "conversations" in line)
        process.send_signal(signal.SIGKILL)
    assert heard
    with sqlite3.connect(tmp_path / "meedoen.sqlite3") as connection:
        [[municipalities]] = connection.execute("SELECT count(*) FROM organisations_municipality")
        [[entries]] = connection.execute("SELECT count(*) FROM history_entry")
    assert (municipalities, entries) == (0, 0)
