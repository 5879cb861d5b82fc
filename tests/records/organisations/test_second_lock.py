"""Row level security on PostgreSQL; on SQLite there is only the first lock."""

import pytest
from django.db import DatabaseError, connection, transaction

from meedoen.records.organisations import second_lock
from tests.town import Town

ROLE = "meedoen_ordinary"


def test_every_table_with_a_municipality_has_the_second_lock(db):
    assert {"history_entry", "people_resident", "placements_placement"} <= set(
        second_lock.locked_tables()
    )
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
            " WHERE relrowsecurity AND relforcerowsecurity"
        )
        assert sorted(row[0] for row in cursor.fetchall()) == second_lock.locked_tables()


def names_without_asking_who_is_looking() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT given_name FROM people_resident ORDER BY given_name")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def ordinary_role(town: Town):
    """Work as a role without special rights: the tests' own user passes by every policy."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {ROLE}")
            cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}")
            cursor.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
            cursor.execute(f"SET ROLE {ROLE}")
    yield
    second_lock.narrow_to(None)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def test_a_query_that_forgets_the_municipality_still_gets_only_its_own(town, ordinary_role):
    everyone = ["Roos", "Sam", "Tim", "Wout"]
    assert names_without_asking_who_is_looking() == everyone
    second_lock.narrow_to(town.anna.municipality_id)
    narrowed = everyone[:3] if connection.vendor == "postgresql" else everyone
    assert names_without_asking_who_is_looking() == narrowed
    second_lock.narrow_to(None)
    assert names_without_asking_who_is_looking() == everyone


def test_a_row_for_another_municipality_is_refused(town, ordinary_role):
    if connection.vendor != "postgresql":
        return
    second_lock.narrow_to(town.anna.municipality_id)
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO organisations_team (municipality_id, name) VALUES (%s, 'x')",
            [town.vera.municipality_id],
        )


def test_a_request_narrows_the_connection_and_the_next_one_begins_anew(town, sign_in, client):
    sign_in(town.anna).get("/coach/vandaag/")
    assert told() in {str(town.anna.municipality_id), None}
    client.logout()
    client.get("/")
    assert told() in {"", None}


def told() -> str | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [second_lock.SETTING])
        return cursor.fetchone()[0]
