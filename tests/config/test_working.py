"""Real processes on a database of their own: killed, doubled, stopped and started again."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
SERVER = os.environ.get("DATABASE_URL", "")
PEOPLE = 450
"""Three groups of work in the night, so that a worker can be killed between two of them."""

EVERYONE = PEOPLE + 4
PATIENCE = 120
"""Seconds; on a busy machine it takes many before a process has begun."""

MEEDOEN = [sys.executable, "-c", "from meedoen.config.command_line import main; main()"]
# What changed is left to the night, which does everyone.
BUILD = """
import sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from tests.from_models import make_tables
make_tables()
call_command("createcachetable")
from tests.town import build_town
from tests.web.coach.scenes import register_crowd
register_crowd(build_town(), int(sys.argv[1]))
with connection.cursor() as cursor:
    cursor.execute("DELETE FROM history_change")
"""
NIGHT = "meedoen.records.signals.tasks.refresh_municipality"
OPEN = "SELECT count(*) FROM signals_signal WHERE ended_at IS NULL"
ROWS = "SELECT count(*) FROM signals_signal"
TWICE = (
    "SELECT pseudonym_id, kind FROM signals_signal GROUP BY pseudonym_id, kind HAVING count(*) > 1"
)
TASKS = "SELECT task_path, status FROM django_tasks_database_dbtaskresult"
SLOTS_TWICE = "SELECT name FROM jobs_slot GROUP BY name, moment HAVING count(*) > 1"


class Site:
    """A site with a database of its own, and the processes that were started on it."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        self.processes: list[subprocess.Popen[bytes]] = []

    @property
    def environment(self) -> dict[str, str]:
        told = {
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "meedoen.config.settings",
            "MEEDOEN_DATA": str(self.folder),
        }
        return {**os.environ, **told, **({"DATABASE_URL": self.database} if SERVER else {})}

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"said-{len(self.processes)}").open("wb") as said:
            process = subprocess.Popen(  # noqa: S603 - our own command
                command, env=self.environment, cwd=ROOT, stdout=said, stderr=said
            )
        self.processes.append(process)
        return process

    def said(self) -> str:
        files = sorted(self.folder.glob("said-*"))
        return "\n".join(file.read_text(encoding="utf-8") for file in files)

    def ask(self, question: str) -> list:
        if SERVER:
            with psycopg.connect(self.database, autocommit=True) as connection:
                cursor = connection.execute(question)
                return cursor.fetchall() if cursor.description else []
        file = self.folder / "meedoen.sqlite3"
        with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
            return connection.execute(question).fetchall()

    def wait_for(self, question: str, wanted) -> None:
        """Wait until the answer is as wanted."""
        until = time.monotonic() + PATIENCE
        while not wanted(self.ask(question)):
            if time.monotonic() > until:
                raise AssertionError(f"{question}: {self.ask(question)}\n{self.said()}")
            time.sleep(0.01)

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()


def named(name: str) -> str:
    """Return the address of another database on the server of the tests."""
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


def on_server(order: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(order)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Iterator[Site]:
    """Build a town of many people, once, to copy."""
    name = f"built_{os.getpid()}"
    if SERVER:
        on_server(f"CREATE DATABASE {name}")
    site = Site(tmp_path_factory.mktemp("built"), named(name))
    process = site.start(sys.executable, "-c", BUILD, str(PEOPLE))
    assert process.wait(PATIENCE) == 0, site.said()
    yield site
    if SERVER:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def site(built: Site, tmp_path: Path) -> Iterator[Site]:
    """Return a site with that town."""
    shutil.copytree(built.folder, tmp_path, dirs_exist_ok=True)
    name = f"site_{os.getpid()}_{time.time_ns()}"
    if SERVER:
        on_server(f"CREATE DATABASE {name} TEMPLATE {Path(built.database).name}")
    site = Site(tmp_path, named(name))
    try:
        yield site
    finally:
        site.stop()
        if SERVER:
            on_server(f"DROP DATABASE {name} WITH (FORCE)")


def all_done(tasks: list) -> bool:
    return {path for path, _state in tasks} >= {NIGHT} and {state for _path, state in tasks} == {
        "SUCCESSFUL"
    }


def test_a_worker_killed_in_the_night_leaves_the_signals_for_the_next_one_once_each(site: Site):
    first = site.start(*MEEDOEN, "work")
    # Held as soon as a part is there, so that it is killed in the middle of it.
    site.wait_for(OPEN, lambda found: found[0][0] > 0)
    first.send_signal(signal.SIGSTOP)
    [(part,)] = site.ask(OPEN)
    assert 0 < part < EVERYONE
    assert (NIGHT, "RUNNING") in site.ask(TASKS)
    first.kill()
    first.wait()
    site.start(*MEEDOEN, "work")
    site.wait_for(TASKS, all_done)
    assert site.ask(OPEN) == site.ask(ROWS) == [(EVERYONE,)]
    assert site.ask(TWICE) == site.ask(SLOTS_TWICE) == []
    # Testveld and Elders, each once: the one that was broken off went on as the same work.
    assert [path for path, _state in site.ask(TASKS)].count(NIGHT) == 2


def test_two_workers_do_everything_once_and_what_changes_within_seconds(site: Site):
    workers = [site.start(*MEEDOEN, "work", "--pause=0.1") for _ in range(2)]
    site.wait_for(OPEN, lambda found: found == [(EVERYONE,)])
    site.wait_for(TASKS, all_done)
    assert site.ask(ROWS) == [(EVERYONE,)]
    assert site.ask(SLOTS_TWICE) == []
    site.ask("UPDATE people_resident SET last_spoken_on = '2000-01-01'")
    site.ask(
        "INSERT INTO history_change (municipality_id, pseudonym_id)"
        " SELECT municipality_id, id FROM history_pseudonym"
    )
    site.wait_for("SELECT count(*) FROM history_change", lambda found: found == [(0,)])
    assert site.ask(OPEN) == [(EVERYONE,)]
    assert site.ask(f"{OPEN} AND kind = 'no_contact'") == [(EVERYONE,)]
    assert site.ask(TWICE) == []
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]


def test_serve_has_one_worker_that_does_the_work_and_ends_with_it(site: Site):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve = site.start(*MEEDOEN, "serve", f"--port={port}", "--workers=1")
    site.wait_for(OPEN, lambda found: found == [(EVERYONE,)])
    serve.terminate()
    assert serve.wait(PATIENCE) == 0, site.said()
    assert f"Meedoen is at http://127.0.0.1:{port}/" in site.said()


def test_a_worker_whose_parent_is_gone_already_does_not_begin(site: Site):
    worker = site.start(*MEEDOEN, "work", "--parent=1")
    assert worker.wait(PATIENCE) == 1
    assert "The process that started this worker is gone." in site.said()
    assert site.ask(OPEN) == [(0,)]


def test_serve_without_a_worker_becomes_the_web_server_itself(monkeypatch):
    become = []
    monkeypatch.setattr(
        "meedoen.config.management.commands.serve.call_command", lambda *_, **__: None
    )
    monkeypatch.setattr("os.execv", lambda _program, words: become.append(words) or sys.exit(0))
    with pytest.raises(SystemExit):
        call_command("serve", "--no-worker", "--port=8123", "--workers=3")
    [words] = become
    assert words[1:3] == ["-m", "gunicorn"]
    assert {"--bind=127.0.0.1:8123", "--workers=3"} <= set(words)
