"""The migrations make the same database as the models do; the other tests begin with the latter."""

import json
import os
import subprocess
import sys
import uuid

import psycopg
import pytest
from django.db import connection

# Without looking for rings of objects, of which migrating makes many: a sixth of the time.
MIGRATE_AND_TELL = """
import gc
gc.disable()
import json
import django
from django.core.management import call_command
from django.db import connection

django.setup()
from tests.records.test_migrations import look_at_new_models_alone, shape

look_at_new_models_alone()
call_command("migrate", verbosity=0, skip_checks=True)
print(json.dumps(shape(connection)))
"""

MAKE_TWICE = """
import gc
gc.disable()
import json
import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

django.setup()
from meedoen.config import first_tables
from tests.records.test_migrations import shape

noted = MigrationRecorder.record_applied


def is_killed(*_args):
    raise RuntimeError("killed")


MigrationRecorder.record_applied = is_killed
try:
    first_tables.make_tables()
except RuntimeError as error:
    told = [str(error), connection.introspection.table_names()]
MigrationRecorder.record_applied = noted
first_tables.make_tables()
call_command("migrate", check_unapplied=True, verbosity=0, skip_checks=True)
call_command("migrate", verbosity=0, skip_checks=True)
print(json.dumps([*told, first_tables.is_empty(), shape(connection)]))
"""


def look_at_new_models_alone() -> None:
    """Let Django make only the class of a new model, and not those of all that are around it.

    It does so for whoever would look at the others next, which takes a quarter of the time of
    migrating. The steps on the tables are the same, and so is what they lead to.
    """
    from django.db.migrations.state import ModelState, ProjectState

    def add_model(state: ProjectState, new: ModelState) -> None:
        key = new.app_label, new.name_lower
        state.models[key] = new
        if state._relations is not None:
            state.resolve_model_relations(key)
        if "apps" in state.__dict__:
            state.apps.render_multiple([new])

    ProjectState.add_model = add_model


def shape(connection) -> dict[str, object]:
    """Return the columns, constraints and locks of every table of ours, without made-up names."""
    from django.apps import apps

    from meedoen.records.history import append_only
    from meedoen.records.organisations import second_lock

    tables = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("meedoen.")
    }
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(tables):
            described = connection.introspection.get_table_description(cursor, table)
            constraints = connection.introspection.get_constraints(cursor, table).values()
            found[table] = {
                "columns": sorted([one.name, str(one.type_code), one.null_ok] for one in described),
                "constraints": sorted(
                    json.dumps(
                        [
                            sorted(one["columns"] or []),
                            one["primary_key"],
                            one["unique"],
                            one["foreign_key"],
                            one["check"],
                            one["index"],
                        ]
                    )
                    for one in constraints
                ),
            }
    unlocked = append_only.unlocked_tables(connection) + second_lock.unlocked_tables(connection)
    return {"tables": found, "unlocked": unlocked}


@pytest.fixture
def empty_database(tmp_path):
    """Return the environment of a process that works on a database with nothing in it."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "MEEDOEN_DATA": str(tmp_path),
    }
    if connection.vendor != "postgresql":
        yield environment
        return
    name = f"migrated_{uuid.uuid4().hex[:12]}"
    server = environment["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as around:
        around.execute(f"CREATE DATABASE {name}")
        yield environment | {"DATABASE_URL": f"{server}/{name}"}
        around.execute(f"DROP DATABASE {name} WITH (FORCE)")


# Half a minute of work alone, and minutes beside the other tests on a small machine.
@pytest.mark.timeout(900)
def test_migrating_from_nothing_gives_what_the_models_say(db, empty_database):
    told = subprocess.run(  # noqa: S603 - this very Python, with a fixed program
        [sys.executable, "-c", MIGRATE_AND_TELL],
        env=empty_database,
        capture_output=True,
        check=False,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    migrated = json.loads(told.stdout.splitlines()[-1])
    here = json.loads(json.dumps(shape(connection)))
    assert migrated["unlocked"] == here["unlocked"] == []
    assert migrated["tables"] == here["tables"]


@pytest.mark.timeout(300)
def test_the_tables_of_a_new_database_are_made_whole_or_not_at_all(db, empty_database):
    told = subprocess.run(  # noqa: S603 - this very Python, with a fixed program
        [sys.executable, "-c", MAKE_TWICE],
        env=empty_database,
        capture_output=True,
        check=False,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    why, left, is_empty, made = json.loads(told.stdout.splitlines()[-1])
    assert (why, left, is_empty) == ("killed", [], False)
    assert made == json.loads(json.dumps(shape(connection)))
