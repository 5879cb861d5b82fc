"""How months went, as the organisation says."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from meedoen.records.history.models import Change as NotedChange
from meedoen.records.links.actions import make_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements import actions, month_actions
from meedoen.records.placements.models import MonthConfirmation
from meedoen.records.placements.month_actions import (
    MonthAnsweredError,
    NewMonth,
    confirm_months,
)
from meedoen.records.placements.month_queries import (
    count_to_confirm,
    month_lines,
    months_of,
    months_to_confirm,
)
from meedoen.records.placements.months import first_of_month, last_of, month_before
from meedoen.records.placements.people_queries import results_to_report
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import LinkPurpose, MonthAnswer, Outcome, PlacementState
from tests.asked import NELL, held
from tests.at_once import at_once
from tests.records.figures.scenes import crowd
from tests.records.placements.desk import (
    IN_NOVEMBER,
    IN_OCTOBER,
    NOVEMBER,
    OCTOBER,
    all_taking_part,
    goes_on,
    taking_part,
    trying,
)
from tests.town import Town, build_town
from tests.web.coach.scenes import NOBODY, on, proposed


def confirm(viewer, key, day=IN_NOVEMBER, **what):
    with on(day):
        return confirm_months(viewer, answers=[NewMonth(**{"key": key, "month": OCTOBER, **what})])


def waiting(viewer, day=IN_NOVEMBER):
    with on(day):
        return [(line.given_name, line.month) for line in months_to_confirm(viewer)]


def words_about(town, key):
    return [(one.month, one.answer, one.answered_by) for one in months_of(town.anna, key=key)]


# --- what waits ----------------------------------------------------------------------------------


def test_who_took_part_until_the_end_of_last_month_waits_for_the_own_organisation(town: Town):
    taking_part(town)
    taking_part(town, town.tim, place=town.repair)
    assert waiting(town.petra) == waiting(town.pia) == [("Roos", OCTOBER)]
    assert waiting(town.otto) == [("Tim", OCTOBER)]
    for nobody in (town.anna, town.connie, town.roos, town.vera):
        assert waiting(nobody) == []
    with on(IN_NOVEMBER):
        assert (count_to_confirm(town.petra), count_to_confirm(town.anna)) == (1, 0)


def test_the_line_tells_what_was_agreed_and_the_number_drawn_by_lot(town: Town):
    key = taking_part(town)
    with on(IN_NOVEMBER):
        [line] = months_to_confirm(town.petra)
    assert (line.key, line.title, line.started_on) == (key, "Moestuin", date(2026, 9, 7))
    assert len(line.client_number) == 6
    assert (line.said, line.seen, line.hours_noted) == (None, 0, None)


def test_who_holds_a_link_of_the_organisation_gets_the_same_list(town: Town):
    taking_part(town)
    with on(IN_NOVEMBER):
        token = make_link(
            town.system,
            purpose=LinkPurpose.CONFIRM_MONTH,
            subject_id=town.petra.organisation_id,
            organisation_id=town.petra.organisation_id,
            recipient=NELL,
            expires_at=clock.now() + timedelta(days=30),
        )
        holder = held(token, LinkPurpose.CONFIRM_MONTH).viewer
    assert waiting(holder) == [("Roos", OCTOBER)]
    confirm(holder, taking_part(town, town.sam))
    assert waiting(holder) == [("Roos", OCTOBER)]


@pytest.mark.parametrize("since", [date(2026, 11, 2), date(2026, 11, 1)])
def test_a_month_in_which_somebody_did_not_take_part_is_not_asked(town: Town, since):
    taking_part(town, since=since)
    assert waiting(town.petra) == []


def test_who_ended_within_the_month_is_not_asked_and_who_ended_after_it_is(town: Town):
    ended, later = taking_part(town), taking_part(town, town.sam)
    for key, last_day in ((ended, date(2026, 10, 15)), (later, date(2026, 11, 2))):
        with on(IN_NOVEMBER):
            actions.end(town.anna, key=key, last_day=last_day, outcome=Outcome.GOAL_REACHED)
    assert waiting(town.petra) == [("Sam", OCTOBER)]


def test_one_click_for_all_as_planned_empties_the_list_until_the_next_month(town: Town):
    keys = [taking_part(town), taking_part(town, town.sam)]
    with on(IN_NOVEMBER):
        answers = [NewMonth(key=key, month=OCTOBER, seen=0) for key in keys]
        assert confirm_months(town.petra, answers=answers) == 2
    assert waiting(town.petra) == []
    assert waiting(town.petra, date(2026, 12, 1)) == [("Roos", NOVEMBER), ("Sam", NOVEMBER)]
    assert words_about(town, keys[0]) == [(OCTOBER, MonthAnswer.AS_PLANNED, "Petra Testema")]


def test_a_worry_while_the_month_runs_is_shown_and_the_month_still_asked(town: Town):
    key = taking_part(town)
    confirm(town.petra, key, IN_OCTOBER, answer=MonthAnswer.WORRIES, note="Komt steeds later.")
    with on(IN_NOVEMBER):
        [line] = months_to_confirm(town.petra)
        assert (line.said.answer, line.said.note) == (MonthAnswer.WORRIES, "Komt steeds later.")
        # The same said again after the month is over is about the whole of it.
        again = NewMonth(
            key=key,
            month=OCTOBER,
            answer=MonthAnswer.WORRIES,
            note="Komt steeds later.",
            seen=line.seen,
        )
        assert confirm_months(town.petra, answers=[again]) == 1
    assert waiting(town.petra) == []


def test_who_was_reported_to_have_stopped_is_not_asked_about_again(town: Town):
    key = taking_part(town)
    confirm(town.petra, key, IN_OCTOBER, answer=MonthAnswer.STOPPED, last_day=date(2026, 10, 19))
    assert waiting(town.petra) == []
    # Put right: it goes on, so the month is asked after all.
    with on(IN_NOVEMBER):
        [said] = months_of(town.petra, key=key)
        right = NewMonth(key=key, month=OCTOBER, seen=said.confirmation_id)
        confirm_months(town.petra, answers=[right])
    assert waiting(town.petra, date(2026, 12, 1)) == [("Roos", NOVEMBER)]


# --- a trial, a pause: several stretches of one placement ----------------------------------------


@pytest.mark.parametrize("on_day", [date(2026, 9, 21), date(2026, 10, 1), date(2026, 10, 12)])
def test_a_trial_that_became_more_is_asked_about_once_since_its_first_day(town: Town, on_day):
    key = trying(town)
    goes_on(town, key, PlacementState.ACTIVE, on_day)
    with on(IN_NOVEMBER):
        [line] = months_to_confirm(town.petra)
    assert (line.key, line.month, line.started_on) == (key, OCTOBER, date(2026, 9, 7))


def test_who_only_tries_is_asked_about_as_well(town: Town):
    trying(town)
    assert waiting(town.petra) == [("Roos", OCTOBER)]
    assert waiting(town.petra, date(2026, 10, 1)) == [("Roos", date(2026, 9, 1))]


@pytest.mark.parametrize(
    ("away_on", "back_on", "asked"),
    [
        # All of October: nobody came.
        (date(2026, 10, 1), None, []),
        (date(2026, 9, 20), date(2026, 11, 1), []),
        # At its end, at its beginning, in the middle.
        (date(2026, 10, 21), None, [("Roos", OCTOBER)]),
        (date(2026, 9, 20), date(2026, 10, 31), [("Roos", OCTOBER)]),
        (date(2026, 10, 5), date(2026, 10, 19), [("Roos", OCTOBER)]),
    ],
)
def test_a_month_is_asked_once_unless_somebody_was_away_all_of_it(
    town: Town, away_on, back_on, asked
):
    key = taking_part(town)
    goes_on(town, key, PlacementState.PAUSED, away_on)
    if back_on:
        goes_on(town, key, PlacementState.ACTIVE, back_on)
    assert waiting(town.petra) == asked
    with on(IN_NOVEMBER):
        assert count_to_confirm(town.petra) == len(asked)


def test_of_a_month_in_which_somebody_was_away_nothing_can_be_said(town: Town):
    key = taking_part(town)
    goes_on(town, key, PlacementState.PAUSED, date(2026, 10, 1))
    with pytest.raises(ActionRefusedError, match="Roos deed in oktober 2026 niet mee"):
        confirm(town.petra, key)


def test_who_stopped_in_the_month_after_a_pause_is_not_asked(town: Town):
    key = taking_part(town)
    goes_on(town, key, PlacementState.PAUSED, date(2026, 10, 12))
    with on(date(2026, 10, 20)):
        actions.end(town.anna, key=key, last_day=date(2026, 10, 19), outcome=Outcome.GOAL_REACHED)
    assert waiting(town.petra) == []


def test_a_stop_that_was_told_is_over_when_somebody_went_on_after_it(town: Town):
    key = taking_part(town)
    last_day = date(2026, 10, 16)
    confirm(town.petra, key, IN_OCTOBER, answer=MonthAnswer.STOPPED, last_day=last_day)
    assert waiting(town.petra) == []
    # The coach had been told that it was a pause.
    goes_on(town, key, PlacementState.PAUSED, date(2026, 10, 21))
    goes_on(town, key, PlacementState.ACTIVE, date(2026, 11, 2))
    assert waiting(town.petra) == [("Roos", OCTOBER)]
    with on(IN_NOVEMBER):
        assert results_to_report(town.petra) == []


def test_a_stop_during_the_trial_holds_though_the_trial_was_said_to_have_become_more(town: Town):
    key = trying(town)
    goes_on(town, key, PlacementState.ACTIVE, date(2026, 10, 1))
    last_day = date(2026, 9, 25)
    confirm(town.petra, key, IN_OCTOBER, answer=MonthAnswer.STOPPED, last_day=last_day)
    assert waiting(town.petra) == []
    with on(IN_NOVEMBER):
        assert [one.key for one in results_to_report(town.petra)] == [key]


# --- keeping -------------------------------------------------------------------------------------


def test_exceptions_are_kept_with_what_belongs_to_them_and_nothing_else(town: Town):
    key = taking_part(town)
    confirm(
        town.petra,
        key,
        answer=MonthAnswer.OTHER_HOURS,
        hours=Decimal("7.5"),
        last_day=date(2026, 10, 3),
        note=" Was een week weg. ",
    )
    [said] = months_of(town.petra, key=key)
    assert (said.hours, said.last_day, said.note) == (Decimal("7.5"), None, "Was een week weg.")
    confirm(town.petra, key, note="valt weg")
    [said] = months_of(town.petra, key=key)
    assert (said.answer, said.hours, said.note) == (MonthAnswer.AS_PLANNED, None, "")


def test_a_correction_is_a_new_row_and_the_newest_holds(town: Town):
    key = taking_part(town)
    confirm(town.petra, key)
    confirm(town.pia, key, date(2026, 11, 20), answer=MonthAnswer.WORRIES, note="Ziet er moe uit.")
    assert words_about(town, key) == [(OCTOBER, MonthAnswer.WORRIES, "Pia Testema")]
    assert MonthConfirmation.objects.visible_to(town.system).count() == 2


def test_what_was_said_cannot_be_changed_or_removed(town: Town):
    confirm(town.petra, taking_part(town))
    rows = MonthConfirmation.objects.visible_to(town.system)
    for change in (lambda: rows.update(note="anders"), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_same_sent_twice_is_kept_once(town: Town):
    key = taking_part(town)
    assert confirm(town.petra, key, seen=0) == 1
    assert confirm(town.petra, key, seen=0) == 0
    assert confirm(town.pia, key, seen=0) == 0


def test_who_comes_second_is_told_what_the_first_answered_and_nothing_is_kept(town: Town):
    first, other = taking_part(town), taking_part(town, town.sam)
    confirm(town.pia, first, answer=MonthAnswer.OTHER_HOURS, hours=Decimal(3))
    with pytest.raises(MonthAnsweredError) as refused, on(IN_NOVEMBER):
        confirm_months(
            town.petra,
            answers=[NewMonth(key=key, month=OCTOBER, seen=0) for key in (first, other)],
        )
    assert "Pia Testema gaf intussen antwoord over Roos in oktober 2026: andere uren." in str(
        refused.value
    )
    assert waiting(town.petra) == [("Sam", OCTOBER)]


def test_what_a_colleague_said_is_still_on_the_page_that_was_sent(town: Town):
    key = taking_part(town)
    confirm(town.pia, key)
    with on(IN_NOVEMBER):
        [line] = month_lines(town.petra, month=OCTOBER, keys=[key])
        assert line.said.answered_by == "Pia Testema"
        assert month_lines(town.otto, month=OCTOBER, keys=[key]) == []
        assert month_lines(town.anna, month=OCTOBER, keys=[key]) == []


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"answer": MonthAnswer.OTHER_HOURS}, "Roos: vul het aantal uren in oktober 2026 in"),
        ({"answer": MonthAnswer.OTHER_HOURS, "hours": Decimal(251)}, "van 0 tot en met 250"),
        ({"answer": MonthAnswer.OTHER_HOURS, "hours": Decimal(-1)}, "van 0 tot en met 250"),
        ({"answer": MonthAnswer.OTHER_HOURS, "hours": Decimal("1.25")}, "van 0 tot en met 250"),
        ({"answer": MonthAnswer.OTHER_HOURS, "hours": Decimal("NaN")}, "van 0 tot en met 250"),
        ({"answer": MonthAnswer.STOPPED}, "Roos: vul de laatste dag in."),
        ({"answer": MonthAnswer.STOPPED, "last_day": date(2026, 11, 4)}, "in de toekomst"),
        ({"answer": MonthAnswer.STOPPED, "last_day": date(2026, 11, 1)}, "na oktober 2026"),
        ({"answer": MonthAnswer.STOPPED, "last_day": date(2026, 9, 6)}, "eerste dag, 07-09-2026"),
        ({"answer": MonthAnswer.WORRIES, "note": "  "}, "waarover u zich zorgen maakt"),
        ({"answer": MonthAnswer.WORRIES, "note": "Nummer 111222333."}, "burgerservicenummer"),
        ({"answer": MonthAnswer.WORRIES, "note": "x" * 301}, "hoogstens 300 tekens"),
        ({"answer": MonthAnswer.WORRIES, "note": "Heeft een depressie."}, "“depressie”"),
        ({"month": NOVEMBER}, "november 2026 is nog niet voorbij"),
        ({"month": date(2026, 12, 1)}, "kunt u nog niets zeggen"),
        ({"month": date(2026, 10, 2)}, "kunt u nog niets zeggen"),
        ({"month": date(2026, 7, 1)}, "is te lang geleden"),
        ({"month": date(2026, 8, 1)}, "deed in augustus 2026 niet mee"),
    ],
)
def test_what_cannot_be_is_refused_in_words(town: Town, what, words):
    key = taking_part(town)
    with pytest.raises(ActionRefusedError) as refused:
        confirm(town.petra, key, **what)
    assert words in str(refused.value)
    assert not MonthConfirmation.objects.visible_to(town.system).exists()


def test_everything_that_is_wrong_is_said_at_once(town: Town):
    keys = [taking_part(town), taking_part(town, town.sam)]
    with pytest.raises(ActionRefusedError) as refused, on(IN_NOVEMBER):
        confirm_months(
            town.petra,
            answers=[NewMonth(key=key, month=OCTOBER, answer=MonthAnswer.STOPPED) for key in keys],
        )
    assert "Roos: vul de laatste dag in." in str(refused.value)
    assert "Sam: vul de laatste dag in." in str(refused.value)


def test_a_placement_elsewhere_that_only_waits_or_that_does_not_exist_is_refused(town: Town):
    elsewhere = taking_part(town, town.tim, place=town.repair)
    for key in (elsewhere, NOBODY):
        with pytest.raises(ActionRefusedError, match="bestaat niet of is niet voor u"):
            confirm(town.petra, key)
    with pytest.raises(ActionRefusedError, match="deed in oktober 2026 niet mee"):
        confirm(town.petra, proposed(town))
    twice = taking_part(town, town.sam)
    with pytest.raises(ActionRefusedError, match="twee keer"), on(IN_NOVEMBER):
        confirm_months(town.petra, answers=[NewMonth(key=twice, month=OCTOBER)] * 2)


@pytest.mark.parametrize("name", ["anna", "lea", "roos", "connie", "suus", "priya", "ab", "vera"])
def test_only_who_works_at_the_organisation_says_how_a_month_went(town: Town, name):
    key = taking_part(town)
    with pytest.raises(PermissionDenied):
        confirm(town.members[name], key)


def test_a_fault_half_way_leaves_nothing(town: Town, monkeypatch):
    key = taking_part(town)
    before = NotedChange.objects.visible_to(town.system).count()

    def broken(*_anything):
        raise RuntimeError("the power went off")

    monkeypatch.setattr(month_actions, "note_changes", broken)
    with pytest.raises(RuntimeError):
        confirm(town.petra, key)
    assert not MonthConfirmation.objects.visible_to(town.system).exists()
    assert NotedChange.objects.visible_to(town.system).count() == before


def test_what_is_said_is_seen_by_the_coach_and_not_by_others(town: Town):
    key = taking_part(town)
    confirm(town.petra, key)
    assert len(months_of(town.anna, key=key)) == len(months_of(town.petra, key=key)) == 1
    for nobody in (town.otto, town.carla, town.connie, town.suus, town.vera):
        assert months_of(nobody, key=key) == []


def test_many_placements_take_as_many_questions_as_few(town: Town):
    Place.objects.filter(pk=town.garden).update(capacity=500)
    keys = all_taking_part(town, crowd(town, 200))

    def questions(ask):
        with on(IN_NOVEMBER), CaptureQueriesContext(connection) as asked:
            ask()
        return len(asked)

    def showing(some):
        lines = month_lines(town.petra, month=OCTOBER, keys=some)
        assert len(lines) == len(some)

    def keeping(some):
        new = [NewMonth(key=key, month=OCTOBER) for key in some]
        assert confirm_months(town.petra, answers=new) == len(some)

    assert questions(lambda: showing(keys[:10])) == questions(lambda: showing(keys))
    # So many rows still go into SQLite at once.
    assert questions(lambda: keeping(keys[:10])) == questions(lambda: keeping(keys[10:80]))


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_the_same_moment_leave_one_word_and_one_who_was_told(
    transactional_db,
):
    town = build_town()
    key = taking_part(town)
    told = []

    def say(viewer, hours):
        try:
            confirm(viewer, key, answer=MonthAnswer.OTHER_HOURS, hours=Decimal(hours), seen=0)
        except MonthAnsweredError as error:
            told.append(str(error))

    at_once(lambda: say(town.petra, 3), lambda: say(town.pia, 4))
    assert len(told) == 1
    assert "gaf intussen antwoord over Roos" in told[0]
    assert MonthConfirmation.objects.visible_to(town.system).count() == 1


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_month_before_is_over_and_the_next_begins_when_it_ends(day):
    month = month_before(day)
    assert month == first_of_month(month)
    assert last_of(month) < first_of_month(day) <= day
    assert (first_of_month(day) - last_of(month)).days == 1


def test_a_month_ends_at_midnight_here_not_somewhere_else(town: Town):
    # Half past eleven in the evening on 31 October here is before the end of the month.
    key = taking_part(town)
    with clock.at(datetime(2026, 10, 31, 22, 30, tzinfo=UTC)):
        worry = NewMonth(key=key, month=OCTOBER, answer=MonthAnswer.WORRIES, note="Mager.")
        confirm_months(town.petra, answers=[worry])
    assert waiting(town.petra) == [("Roos", OCTOBER)]
    with clock.at(datetime(2026, 10, 31, 23, 30, tzinfo=UTC)):
        assert [line.month for line in months_to_confirm(town.petra)] == [OCTOBER]
