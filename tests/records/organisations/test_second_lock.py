"""Row level security on PostgreSQL; on SQLite there is only the first lock."""

import threading

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, connection, transaction

from meedoen.records.budget.actions import import_page, publish
from meedoen.records.budget.queries import goals
from meedoen.records.figures.actions import measure
from meedoen.records.organisations import clock, second_lock
from meedoen.rules.budget.reader import read_page
from tests.town import Town, build_town

EVERYONE = ["Roos", "Sam", "Tim", "Wout"]
ON_POSTGRESQL = connection.vendor == "postgresql"
PAGE = "Doel 9.9.9 We oefenen\n\nBeschrijving doel\n\nEen zin.\n"


@pytest.fixture(autouse=True)
def for_everyone_again(db):
    yield
    second_lock.narrow_to(None)


def test_every_table_with_a_municipality_has_the_second_lock(db):
    assert {"history_entry", "people_resident"} <= set(second_lock.tables_to_lock())
    assert second_lock.unlocked_tables(connection) == []
    assert not second_lock.is_passed_by(connection)


def names_without_asking_who_is_looking() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT given_name FROM people_resident ORDER BY given_name")
        return [row[0] for row in cursor.fetchall()]


def test_a_query_that_forgets_the_municipality_still_gets_only_its_own(town: Town):
    assert names_without_asking_who_is_looking() == EVERYONE
    second_lock.narrow_to(town.anna.municipality_id)
    assert names_without_asking_who_is_looking() == (EVERYONE[:3] if ON_POSTGRESQL else EVERYONE)
    second_lock.narrow_to(None)
    assert names_without_asking_who_is_looking() == EVERYONE


def test_a_row_for_another_municipality_is_refused(town: Town):
    if not ON_POSTGRESQL:
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


def test_the_database_is_narrow_during_the_request_and_wide_after_it(town: Town, sign_in):
    seen: list[list[str]] = []

    def look(execute, statement, values, many, context):
        if "people_resident" in statement and not seen:
            seen.append([])
            seen[0] += names_without_asking_who_is_looking()
        return execute(statement, values, many, context)

    with connection.execute_wrapper(look):
        sign_in(town.anna).get("/coach/vandaag/")
    assert seen == [EVERYONE[:3] if ON_POSTGRESQL else EVERYONE]
    assert names_without_asking_who_is_looking() == EVERYONE


def test_a_public_page_is_there_for_who_is_signed_in_elsewhere_too(town: Town, sign_in):
    import_page(town.system, page=read_page(PAGE), source="oefening")
    [goal] = goals(town.connie)
    measure(town.connie, on=clock.today())
    page = publish(town.connie, goal_id=goal.goal_id, on=clock.today())
    assert sign_in(town.vera).get(f"/begroting/pagina/{page}/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_putting_the_lock_on_again_hides_nothing_from_others():
    build_town()
    counts: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        try:
            while not done.is_set():
                counts.add(len(names_without_asking_who_is_looking()))
        finally:
            connection.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(10):
        second_lock.lock(connection)
    done.set()
    watcher.join()
    assert counts <= {len(EVERYONE)}


def test_a_table_without_the_second_lock_is_an_error_of_the_installation(db):
    if not ON_POSTGRESQL:
        return
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_resident DISABLE ROW LEVEL SECURITY")
    assert [one.id for one in run_checks(databases=["default"])] == ["history.E002"]
    second_lock.lock(connection)
    assert run_checks(databases=["default"]) == []
