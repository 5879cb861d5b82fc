from datetime import date

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command, sql
from django.db import DatabaseError, connection, transaction
from django.db.migrations import Migration
from django.db.migrations.operations import AlterField
from django.db.migrations.state import ProjectState
from django.db.models import CharField, Q, UniqueConstraint

from meedoen.config.management.commands import prepare
from meedoen.records.figures.actions import measure
from meedoen.records.figures.models import Figure
from meedoen.records.history import append_only
from meedoen.records.history.models import Entry
from tests.records.figures.scenes import crowd, take_part

GUARDED = ["allowances_allowancepayment"]
GUARDED += ["budget_publication", "budget_publishedcell", "budget_target"]
GUARDED += ["directory_directorychange"]
GUARDED += ["documents_adoptedfigure", "documents_chaptertext", "documents_comment"]
GUARDED += ["documents_councilanswer", "documents_councilquestion", "documents_documentstep"]
GUARDED += ["documents_light", "documents_rectification"]
GUARDED += ["figures_figure", "figures_measuring", "figures_measuringdone"]
GUARDED += ["following_aftercarecontact"]
GUARDED += ["following_evaluation", "following_nextstepchoice", "history_entry", "history_reading"]
GUARDED += ["links_linkevent", "organisations_matchingsetting"]
GUARDED += ["own_indicators_indicatortext", "participation_jobs_decision"]
GUARDED += ["people_departure", "place_questions_askedperson", "place_questions_placequestion"]
GUARDED += ["placements_attendance", "placements_monthconfirmation"]
GUARDED += ["placements_partnerreport", "placements_reportanswer", "placements_terms"]
GUARDED += ["places_displacementcheck", "places_placeconfirmation", "places_placeperiod"]
GUARDED += ["plans_planagreement", "proposals_refusal", "proposals_wishlist"]
GUARDED += ["referrals_referralplacement", "referrals_referralstep"]
GUARDED += ["sheltered_hours", "sheltered_objection", "sheltered_step"]
GUARDED += ["sheltered_wagesubsidy", "sheltered_wswstretch", "trainings_training"]
GUARDED += ["waiting_listsetting", "waiting_promotion"]

PLAN = [(Migration("0002_wider", "history"), False)]


def test_every_guarded_table_is_locked(db):
    assert append_only.guarded_tables() == GUARDED
    assert append_only.unlocked_tables(connection) == []


@pytest.mark.parametrize("statement", ["UPDATE {} SET municipality_id = 0", "DELETE FROM {}"])
def test_the_database_refuses_to_change_history(town, statement):
    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("history_entry"))


def test_the_orm_cannot_change_history_either(town):
    entries = Entry.objects.visible_to(town.connie)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entries.update(starts_on=date(2000, 1, 1))
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entries._raw_delete("default")


def test_locks_survive_a_migration_that_remakes_the_table(transactional_db):
    """Do what Django does around a migration; SQLite drops triggers when it remakes a table."""
    sql.emit_pre_migrate_signal(0, interactive=False, db="default", plan=PLAN)
    remake_entries()
    assert "history_entry" in append_only.unlocked_tables(connection)
    sql.emit_post_migrate_signal(0, interactive=False, db="default")
    assert append_only.unlocked_tables(connection) == []
    remake_entries(back=True)
    # The tables are there already, made from the models: only what goes on around it counts here.
    call_command("migrate", verbosity=0, fake=True)
    assert append_only.unlocked_tables(connection) == []


def test_without_migrations_to_do_the_locks_stay_on(transactional_db):
    sql.emit_pre_migrate_signal(0, interactive=False, db="default", plan=[])
    assert append_only.unlocked_tables(connection) == []


def test_after_a_migration_that_fails_the_locks_are_on_again(transactional_db, monkeypatch):
    def fail(*_args, **_options):
        append_only.unlock(connection)
        raise RuntimeError("a migration that fails")

    monkeypatch.setattr("meedoen.config.management.commands.prepare.call_command", fail)
    with pytest.raises(RuntimeError, match="a migration that fails"):
        prepare.Command().handle(verbosity=1)
    assert append_only.unlocked_tables(connection) == []


def test_a_table_without_its_lock_is_an_error_of_the_installation(transactional_db):
    append_only.unlock(connection)
    assert {error.id for error in run_checks(databases=["default"])} == {"history.E001"}
    append_only.lock(connection)
    assert run_checks(databases=["default"]) == []


def test_a_row_cannot_take_the_place_of_another(town):
    """SQLite's REPLACE removes the old row without asking a delete trigger."""
    if connection.vendor != "sqlite":
        return
    fields = Entry._meta.local_concrete_fields
    columns = [field.column for field in fields if not field.generated]
    values = ["starts_on" if column == "ends_on" else column for column in columns]
    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"REPLACE INTO history_entry ({', '.join(columns)})"  # noqa: S608 - names of columns
            f" SELECT {', '.join(values)} FROM history_entry"
        )


def remake_entries(*, back: bool = False) -> None:
    """Alter a column of the history, or alter it back."""
    before = ProjectState.from_apps(apps)
    wider = AlterField("entry", "reason", CharField(max_length=40, blank=True))
    after = before.clone()
    wider.state_forwards("history", after)
    with connection.schema_editor() as editor:
        if back:
            wider.database_backwards("history", editor, after, before)
        else:
            wider.database_forwards("history", editor, before, after)


def test_a_figure_cannot_take_the_place_of_another_either_of_the_whole_or_of_a_district(town):
    if connection.vendor != "sqlite":
        return
    take_part(town, crowd(town, 1))
    measure(town.connie, on=date(2024, 12, 31))
    kept = Figure.objects.filter(indicator="participation_jobs", part="", place_kind="")
    columns = "municipality_id, measuring_id, indicator, definition_version, part, place_kind"
    for district_id in (None, town.north):
        figure = kept.get(district_id=district_id)
        with (
            pytest.raises(DatabaseError, match="only added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                f"REPLACE INTO figures_figure ({columns}, value, district_id)"  # noqa: S608
                f" SELECT {columns}, 99, district_id FROM figures_figure WHERE id = %s",
                [figure.pk],
            )


def test_a_row_that_is_unique_only_sometimes_is_refused_where_that_cannot_be_guarded():
    sometimes = UniqueConstraint(fields=["part"], condition=Q(part="x"), name="once_where_x")
    with pytest.raises(ValueError, match="once_where_x can guard only"):
        append_only._same_key(Figure, sometimes)
