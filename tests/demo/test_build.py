"""Building the demo: once, whole, and the same for the same seed."""

import os
import signal
import sqlite3
import subprocess
import sys
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

UNTIL = date(2026, 11, 2)
RESIDENTS = 30
ROOT = Path(__file__).parents[2]
IN_A_PROCESS = """
import django
from django.core.management import call_command

django.setup()
from tests.from_models import make_tables
make_tables()
call_command("build_demo", residents=100, skip_checks=True)
"""


@pytest.fixture(autouse=True)
def on_the_last_morning():
    with clock.at(midnight(UNTIL) + timedelta(hours=9)):
        yield


@pytest.fixture
def demo(db):
    build_demo(seed=1, residents=RESIDENTS, until=UNTIL)


def digest_of(seed):
    def build_and_look():
        build_demo(seed=seed, residents=RESIDENTS, until=UNTIL)
        system = system_viewer(MEERDAM.code)
        return history(system), records(system)

    return looked_at_and_undone(build_and_look)


def test_the_same_seed_gives_the_same_town_and_another_seed_another(db):
    first = digest_of(3)
    assert digest_of(3) == first
    assert digest_of(4) != first


def test_the_command_builds_once_and_then_says_that_the_town_is_there(db):
    said = StringIO()
    call_command("build_demo", residents=RESIDENTS, until=UNTIL, stdout=said)
    assert "is ready" in said.getvalue()
    assert DEMO_PASSWORD in said.getvalue()
    before = history(system_viewer(MEERDAM.code))
    said = StringIO()
    call_command("build_demo", residents=RESIDENTS, until=UNTIL, stdout=said)
    assert "is there already" in said.getvalue()
    assert history(system_viewer(MEERDAM.code)) == before


def test_the_town_is_not_built_over_itself(demo):
    with pytest.raises(CannotBuildError, match="there already"):
        build_demo(seed=2, residents=RESIDENTS, until=UNTIL)


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


def test_aftercare_stands_there_once_the_moments_of_the_table_have_come(db):
    later = date(2027, 6, 7)
    with clock.at(midnight(later) + timedelta(hours=9)):
        build_demo(seed=1, residents=RESIDENTS, until=later)
    assert AftercareContact.objects.visible_to(system_viewer(MEERDAM.code)).exists()
