from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.conversations.outreach_actions import (
    NewNextStep,
    end_pause,
    plan_next_steps,
    start_pause,
)
from meedoen.records.history.models import Change
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.people.benefit_actions import Resumption, resume_benefits
from meedoen.records.people.detail_actions import Move, move_all
from meedoen.records.people.models import Resident
from meedoen.records.signals.actions import catch_up, refresh, refresh_all
from meedoen.records.signals.facts import facts_of
from meedoen.records.signals.models import Signal
from tests.records.signals.people import TODAY, caught_up, night, open_kinds
from tests.town import LONG_AGO, ON_RUNG_2, Town, talk
from tests.web.coach.scenes import on, proposed, register_crowd, started


def test_the_night_finds_who_was_never_spoken_to_once_each(town: Town):
    night(town)
    never = [("never_spoken", name) for name in ("Roos", "Sam", "Tim")]
    assert open_kinds(town) == never
    before = list(Signal.objects.visible_to(town.system).values())
    night(town)
    assert list(Signal.objects.visible_to(town.system).values()) == before


def test_a_talk_with_a_measurement_ends_the_signal_at_once_and_its_row_stays(town: Town):
    night(town)
    with on(TODAY):
        talk(town.anna, town.roos_file, TODAY, ON_RUNG_2)
    assert caught_up(town) == 1
    assert open_kinds(town, town.roos_file) == []
    [row] = Signal.objects.visible_to(town.system).filter(pseudonym_id=town.roos_file.pseudonym_id)
    assert row.ended_at is not None


def test_a_signal_that_is_asked_for_again_is_a_new_row(town: Town):
    with on(TODAY):
        talk(town.anna, town.roos_file, TODAY, ON_RUNG_2)
    night(town)
    assert open_kinds(town, town.roos_file) == []
    later = date(2027, 3, 1)
    night(town, later)
    assert open_kinds(town, town.roos_file) == [("ladder_due", "Roos"), ("no_contact", "Roos")]
    with on(later):
        talk(town.anna, town.roos_file, later, ON_RUNG_2)
    caught_up(town, later)
    night(town, date(2027, 9, 1))
    rows = Signal.objects.visible_to(town.system).filter(kind="no_contact")
    assert rows.filter(pseudonym_id=town.roos_file.pseudonym_id).count() == 2


def test_what_changes_changes_the_open_signal(town: Town):
    with on(TODAY):
        talk(town.anna, town.roos_file, date(2026, 1, 5), ON_RUNG_2)
    night(town)
    [row] = Signal.objects.visible_to(town.system).filter(kind="no_contact")
    with on(TODAY):
        talk(town.anna, town.roos_file, date(2026, 2, 5))
    caught_up(town)
    [changed] = Signal.objects.visible_to(town.system).filter(kind="no_contact")
    assert (changed.pk, changed.since) == (row.pk, row.since)
    assert (row.due_on, changed.due_on) == (date(2026, 7, 5), date(2026, 8, 5))
    assert changed.facts == {"since": "2026-02-05"}


def test_a_step_that_was_planned_and_not_taken_and_a_pause(town: Town):
    with on(TODAY):
        plan_next_steps(
            town.anna,
            steps=[NewNextStep(pseudonym_id=town.roos_file.pseudonym_id, planned_on=TODAY)],
        )
        start_pause(
            town.anna,
            pseudonym_id=town.sam.pseudonym_id,
            reason="Ik wil even rust.",
            ask_again_on=date(2026, 10, 1),
        )
    night(town)
    assert open_kinds(town) == [("never_spoken", "Tim")]
    night(town, TODAY + timedelta(days=1))
    assert open_kinds(town, town.roos_file) == [
        ("never_spoken", "Roos"),
        ("next_step_overdue", "Roos"),
    ]
    night(town, date(2026, 10, 1))
    assert open_kinds(town, town.sam) == [("ask_again", "Sam")]
    with on(date(2026, 10, 1)):
        end_pause(town.anna, pseudonym_id=town.sam.pseudonym_id)
    caught_up(town, date(2026, 10, 1))
    assert open_kinds(town, town.sam) == [("never_spoken", "Sam")]


def test_a_placement_that_waits_and_one_that_started(town: Town):
    proposed(town, day=TODAY)
    night(town, TODAY + timedelta(days=6))
    assert ("placement_waits", "Roos") not in open_kinds(town)
    night(town, TODAY + timedelta(days=7))
    assert ("placement_waits", "Roos") in open_kinds(town)


def test_who_left_the_benefit_or_is_forgotten_asks_for_nothing_more(town: Town):
    night(town)
    with on(TODAY):
        end_benefits(town.system, ends=[BenefitEnd(town.roos_file.pseudonym_id, TODAY)])
    caught_up(town)
    assert open_kinds(town, town.roos_file) == []
    assert open_kinds(town, town.sam) == [("never_spoken", "Sam")]
    Resident.objects.visible_to(town.system).filter(pseudonym_id=town.sam.pseudonym_id).delete()
    night(town)
    assert open_kinds(town, town.sam) == []


def test_who_moves_was_still_never_spoken_to_since_the_benefit_began(town: Town):
    night(town)
    [before] = Signal.objects.visible_to(town.anna).filter(pseudonym_id=town.roos_file.pseudonym_id)
    with on(TODAY):
        moved_on = TODAY - timedelta(days=1)
        move_all(town.system, moves=[Move(town.roos_file.pseudonym_id, town.south, moved_on)])
    caught_up(town)
    [after] = Signal.objects.visible_to(town.anna).filter(pseudonym_id=town.roos_file.pseudonym_id)
    assert (after.pk, after.ended_at, after.due_on) == (before.pk, None, before.due_on)
    assert after.facts == {"since": LONG_AGO.isoformat()}


def test_who_is_back_after_a_time_without_benefit_is_counted_from_the_new_benefit(town: Town):
    with on(TODAY):
        end_benefits(town.system, ends=[BenefitEnd(town.roos_file.pseudonym_id, date(2026, 6, 1))])
        resume_benefits(
            town.system,
            resumptions=[
                Resumption(
                    pseudonym_id=town.roos_file.pseudonym_id,
                    starts_on=date(2026, 8, 1),
                    district_id=town.north,
                    coach_id=town.anna.membership_id or 0,
                )
            ],
        )
        person = town.roos_file.pseudonym_id
        [facts] = facts_of(town.system, pseudonym_ids=[person], on=TODAY).values()
    assert facts.benefit_since == date(2026, 8, 1)


def test_only_meedoen_itself_keeps_signals(town: Town):
    for viewer in (town.anna, town.lea, town.connie, town.petra):
        with pytest.raises(PermissionDenied):
            refresh(viewer, pseudonym_ids=[town.sam.pseudonym_id])
        with pytest.raises(PermissionDenied):
            refresh_all(viewer)
    for viewer in (town.roos, town.petra, town.connie):
        with pytest.raises(PermissionDenied):
            catch_up(viewer)


def test_catching_up_is_for_the_own_municipality_and_leaves_the_rest(town: Town):
    assert caught_up(town) == 3
    assert open_kinds(town) == [("never_spoken", name) for name in ("Roos", "Sam", "Tim")]
    elsewhere = Viewer(municipality_id=town.vera.municipality_id, role=Role.SYSTEM)
    assert Change.objects.visible_to(elsewhere).exists()


def test_catching_up_takes_the_newest_first_and_a_few_at_a_time(town: Town):
    with on(TODAY):
        talk(town.anna, town.roos_file, TODAY)
        assert catch_up(town.anna, most=1) == 1
        left = set(Change.objects.visible_to(town.system).values_list("pseudonym_id", flat=True))
        assert left == {town.sam.pseudonym_id, town.tim.pseudonym_id}
        assert [catch_up(town.anna, most=1) for _ in range(3)] == [1, 1, 0]


def test_catching_up_asks_one_question_when_nothing_changed(town: Town):
    caught_up(town)
    with (
        on(TODAY),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        assert catch_up(town.anna) == 0
    assert len(asked) == 1


def test_a_change_that_comes_while_signals_are_worked_out_is_not_lost(town: Town, monkeypatch):
    caught_up(town)
    with on(TODAY):
        talk(town.anna, town.sam, date(2026, 1, 5))

    def a_talk_comes_in_between(*arguments, **named):
        found = facts_of(*arguments, **named)
        talk(town.anna, town.sam, TODAY, ON_RUNG_2)
        return found

    with monkeypatch.context() as patch:
        patch.setattr("meedoen.records.signals.actions.facts_of", a_talk_comes_in_between)
        assert caught_up(town) == 1
    assert ("no_contact", "Sam") in open_kinds(town, town.sam)
    assert caught_up(town) == 1
    assert open_kinds(town, town.sam) == []


def test_a_fault_half_way_keeps_the_groups_that_were_done_and_the_next_night_does_the_rest(
    town: Town, monkeypatch
):
    register_crowd(town, 20)
    monkeypatch.setattr("meedoen.records.signals.actions.PEOPLE_AT_ONCE", 5)
    groups = []

    def breaks_at_the_third(*arguments, **named):
        groups.append(1)
        if len(groups) == 3:
            raise RuntimeError("the power fails")
        return facts_of(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr("meedoen.records.signals.actions.facts_of", breaks_at_the_third)
        with pytest.raises(RuntimeError, match="power"):
            night(town)
    assert len(open_kinds(town)) == 10
    night(town)
    assert len(open_kinds(town)) == 23


def test_the_facts_of_many_take_as_many_questions_as_those_of_few(town: Town):
    crowd = register_crowd(town, 200)
    key = started(town)

    def questions(people):
        with CaptureQueriesContext(connection) as asked:
            found = facts_of(town.system, pseudonym_ids=people, on=TODAY)
        assert len(found) == len(people)
        return len(asked)

    assert key
    assert questions(crowd[:10]) == questions(crowd) == 25


def test_working_out_a_group_takes_as_many_questions_however_many_they_are(town: Town):
    crowd = register_crowd(town, 190)

    def questions(people):
        with on(TODAY), CaptureQueriesContext(connection) as asked:
            refresh(town.system, pseudonym_ids=people)
        return len(asked)

    assert questions(crowd[:10]) == questions(crowd[10:90])
