"""What an organisation reports of a placement at any moment, and what the coach does with it."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from meedoen.records.history.models import Change as NotedChange
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements import actions, report_actions
from meedoen.records.placements.models import PartnerReport, Placement, ReportAnswer
from meedoen.records.placements.people_queries import results_to_report
from meedoen.records.placements.report_actions import (
    LONGEST_TEXT,
    REASONS_TO_END,
    answer_report,
    end_as_reported,
    report,
)
from meedoen.records.placements.report_queries import own_reports, report_to_answer, reports_of
from meedoen.records.signals.queries import signals_about
from meedoen.rules.placement_states import REASONS_OF
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import (
    MoveReason,
    Outcome,
    PartnerReportKind,
    PlacementState,
    ReportFollowUp,
)
from tests.at_once import at_once
from tests.records.placements.desk import IN_NOVEMBER, taking_part
from tests.records.signals.people import caught_up
from tests.town import Town, build_town
from tests.web.coach.scenes import NOBODY, on, proposed

WORRY, ENDS = PartnerReportKind
LATER = IN_NOVEMBER + timedelta(days=1)
LAST_DAY = date(2026, 10, 30)
STOPS = {"kind": ENDS, "last_day": LAST_DAY, "reason": MoveReason.PLACE_CLOSES}


def tell(viewer, key, day=IN_NOVEMBER, **what):
    with on(day):
        return report(viewer, **{"key": key, "kind": WORRY, "text": "Komt steeds later.", **what})


def answer(viewer, key, day=LATER, **what):
    with on(day):
        answer_report(viewer, **{"key": key, "follow_up": ReportFollowUp.TALKED, **what})


def about(viewer, key):
    return [(one.kind, one.text, one.reported_by) for one in reports_of(viewer, key=key)]


def state_of(town, key):
    return Placement.objects.visible_to(town.system).get(key=key).state


def of_partner(town, day=LATER):
    caught_up(town, day)
    wanted = {SignalKind.PARTNER_WORRY, SignalKind.PARTNER_SAYS_STOPPED}
    with on(day):
        cards = signals_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    return [(one.kind, one.counts_from, one.report) for one in cards if one.kind in wanted]


# --- reporting -----------------------------------------------------------------------------------


def test_a_worry_is_there_for_the_organisation_and_for_who_may_open_the_file(town: Town):
    key = taking_part(town)
    tell(town.petra, key, text="  Komt steeds later. ")
    told = [(WORRY, "Komt steeds later.", "Petra Testema")]
    for viewer in (town.petra, town.pia, town.anna, town.lea):
        assert about(viewer, key) == told, viewer.role
    for stranger in (town.otto, town.carla, town.vera, town.connie):
        assert about(stranger, key) == [], stranger.role


def test_a_proposal_to_end_ends_nothing_and_keeps_the_day_and_the_reason(town: Town):
    key = taking_part(town)
    tell(town.petra, key, **STOPS, text="")
    [card] = reports_of(town.anna, key=key)
    assert (card.last_day, card.reason, card.answer) == (LAST_DAY, MoveReason.PLACE_CLOSES, None)
    assert state_of(town, key) == PlacementState.ACTIVE


def test_of_whom_an_end_was_proposed_it_is_not_asked_how_it_ends(town: Town):
    key = taking_part(town)
    with on(date(2026, 10, 1)):
        actions.set_planned_end(town.anna, key=key, on=LAST_DAY)

    def asked(day=LATER):
        with on(day):
            return [one.key for one in results_to_report(town.petra)]

    assert asked() == [key]
    told = tell(town.petra, key, **STOPS)
    assert asked() == []
    answer(town.anna, told, follow_up=ReportFollowUp.GOES_ON)
    assert asked() == [key]


def test_what_belongs_to_an_end_is_not_kept_with_a_worry(town: Town):
    key = taking_part(town)
    tell(town.petra, key, last_day=LAST_DAY, reason=MoveReason.PLACE_CLOSES)
    [card] = reports_of(town.anna, key=key)
    assert (card.last_day, card.reason) == (None, None)


def test_of_who_never_began_no_last_day_is_kept(town: Town):
    key = proposed(town)
    tell(town.petra, key, kind=ENDS, last_day=LAST_DAY, reason=MoveReason.DID_NOT_COME, text="")
    [card] = reports_of(town.anna, key=key)
    assert (card.last_day, card.reason) == (None, MoveReason.DID_NOT_COME)


def test_something_can_be_reported_from_the_meeting_to_the_pause(town: Town):
    key = proposed(town)
    moves = [
        (PlacementState.INTRODUCED, None),
        (PlacementState.TRIAL, None),
        (PlacementState.ACTIVE, None),
        (PlacementState.PAUSED, MoveReason.AGREED_BREAK),
    ]
    for at, (to, reason) in enumerate(moves):
        tell(town.petra, key, text=f"Zorg {at}.")
        with on(IN_NOVEMBER):
            actions.move_one(town.anna, key=key, to=to, on=IN_NOVEMBER, reason=reason)
    tell(town.petra, key, text="Zorg 4.")
    assert [text for _kind, text, _who in about(town.anna, key)] == [
        f"Zorg {at}." for at in (4, 3, 2, 1, 0)
    ]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"text": "  "}, "Schrijf kort op waarover u zich zorgen maakt"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "hoogstens 300 tekens"),
        ({"text": "Zijn nummer is 999990020."}, "burgerservicenummer"),
        ({"text": "Hij heeft een depressie."}, "AVG, artikel 9"),
        ({**STOPS, "reason": None}, "Kies waarom u wilt stoppen"),
        ({**STOPS, "reason": MoveReason.TERM_OF_THE_LAW}, "Deze reden past hier niet"),
        ({**STOPS, "last_day": None}, "Vul de laatste dag in"),
        ({**STOPS, "last_day": date(2026, 9, 6)}, "voor de eerste dag, 07-09-2026"),
        ({**STOPS, "last_day": date(2028, 1, 1)}, "te ver weg"),
        ({**STOPS, "text": "Zij heeft kanker."}, "AVG, artikel 9"),
    ],
)
def test_a_report_that_cannot_be_is_refused_with_what_to_do(town: Town, what, words):
    key = taking_part(town)
    with pytest.raises(ActionRefusedError, match=words):
        tell(town.petra, key, **what)
    assert about(town.petra, key) == []


def test_everything_that_is_wrong_is_said_at_once(town: Town):
    with pytest.raises(ActionRefusedError) as refused:
        tell(town.petra, taking_part(town), kind=ENDS, text="x" * 301)
    for words in ("te lang", "Kies waarom", "Vul de laatste dag in"):
        assert words in str(refused.value)


def test_a_last_day_may_be_today_the_first_day_or_a_day_to_come(town: Town):
    key = taking_part(town)
    for last_day in (IN_NOVEMBER, date(2026, 9, 7), IN_NOVEMBER + timedelta(days=90)):
        tell(town.petra, key, **{**STOPS, "last_day": last_day})
    assert len(about(town.anna, key)) == 3


def test_of_a_placement_that_is_over_or_back_on_the_list_the_coach_hears_it_otherwise(town: Town):
    ended, waits = taking_part(town), proposed(town, town.sam)
    with on(IN_NOVEMBER):
        actions.end(town.anna, key=ended, last_day=LAST_DAY, outcome=Outcome.GOAL_REACHED)
        actions.move_one(
            town.anna,
            key=waits,
            to=PlacementState.WAITING,
            on=IN_NOVEMBER,
            reason=MoveReason.HOLD_LAPSED,
        )
    for key, name in ((ended, "Roos"), (waits, "Sam")):
        with pytest.raises(ActionRefusedError, match=f"{name} komt niet meer bij u"):
            tell(town.petra, key)


def test_of_people_elsewhere_nothing_can_be_reported(town: Town):
    elsewhere = taking_part(town, town.tim, place=town.repair)
    for key in (elsewhere, NOBODY):
        with pytest.raises(ActionRefusedError, match="bestaat niet of is niet voor u"):
            tell(town.petra, key)
    for nobody in (town.roos, town.connie, town.vera):
        with pytest.raises(PermissionDenied):
            tell(nobody, elsewhere)


def test_the_same_sent_twice_is_kept_once_until_it_was_answered(town: Town):
    key = taking_part(town)
    first = tell(town.petra, key)
    assert tell(town.pia, key) == first
    other = tell(town.pia, key, text="Is de laatste tijd stil.")
    assert len({first, other}) == 2
    answer(town.anna, first)
    assert tell(town.petra, key, day=LATER) not in {first, other}
    assert len(about(town.anna, key)) == 3


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_press_at_the_same_moment_report_once():
    town = build_town()
    key = taking_part(town)
    at_once(
        lambda: tell(town.petra, key),
        lambda: tell(town.pia, key),
        lambda: tell(town.petra, key, text="Is de laatste tijd stil."),
    )
    assert len(about(town.anna, key)) == 2


def test_a_fault_half_way_keeps_nothing(town: Town, monkeypatch):
    key = taking_part(town)

    def fails(*_given, **_more):
        raise OSError("the history cannot be written")

    monkeypatch.setattr(report_actions, "note_changes", fails)
    with pytest.raises(OSError, match="cannot be written"):
        tell(town.petra, key)
    assert about(town.anna, key) == []


def test_what_was_reported_cannot_be_changed_or_removed(town: Town):
    answer(town.anna, tell(town.petra, taking_part(town)))
    for rows in (
        PartnerReport.objects.visible_to(town.system),
        ReportAnswer.objects.visible_to(town.system),
    ):
        for change in (lambda rows=rows: rows.update(text="anders"), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


@given(reason=st.sampled_from(MoveReason))
def test_an_organisation_proposes_an_end_in_the_words_in_which_it_would_stop(reason):
    assert (reason in REASONS_TO_END) is (reason in REASONS_OF[Outcome.STOPPED_BY_PARTNER])


# --- the answer ----------------------------------------------------------------------------------


def test_the_coach_answers_once_and_the_organisation_reads_it(town: Town):
    key = taking_part(town)
    told = tell(town.petra, key)
    answer(town.anna, told, text=" Roos begint voortaan om tien uur. ")
    for viewer in (town.petra, town.anna):
        [card] = reports_of(viewer, key=key)
        assert (card.answer.follow_up, card.answer.text, card.answer.answered_by) == (
            ReportFollowUp.TALKED,
            "Roos begint voortaan om tien uur.",
            "Anna Testema",
        )
    with pytest.raises(ActionRefusedError, match="Anna Testema heeft deze melding al beantwoord"):
        answer(town.lea, told, follow_up=ReportFollowUp.GOES_ON)
    assert ReportAnswer.objects.visible_to(town.system).count() == 1


def test_who_is_not_responsible_or_no_coach_cannot_answer(town: Town):
    told = tell(town.petra, taking_part(town))
    for key, viewer in ((told, town.carla), (uuid.uuid4(), town.anna)):
        with pytest.raises(ActionRefusedError, match="Deze melding bestaat niet"):
            answer(viewer, key)
    for nobody in (town.petra, town.roos, town.connie):
        with pytest.raises(PermissionDenied):
            answer(nobody, told)
    assert report_to_answer(town.carla, key=told) is None
    assert report_to_answer(town.petra, key=told) is None


@pytest.mark.parametrize("text", ["x" * 301, "BSN 999990020", "Vanwege kanker."])
def test_an_answer_holds_no_numbers_and_no_illness_either(town: Town, text):
    told = tell(town.petra, taking_part(town))
    with pytest.raises(ActionRefusedError):
        answer(town.anna, told, text=text)
    assert report_to_answer(town.anna, key=told).report.answer is None


def test_that_it_ended_can_be_answered_when_it_did_and_nothing_else_then(town: Town):
    key = taking_part(town)
    told = tell(town.petra, key, **STOPS)
    with pytest.raises(ActionRefusedError, match="De plaatsing loopt nog"):
        answer(town.anna, told, follow_up=ReportFollowUp.ENDED)
    with on(IN_NOVEMBER):
        actions.end(town.anna, key=key, last_day=LAST_DAY, outcome=Outcome.GOAL_REACHED)
    with pytest.raises(ActionRefusedError, match="De plaatsing is al gestopt"):
        answer(town.anna, told, follow_up=ReportFollowUp.GOES_ON)
    answer(town.anna, told, follow_up=ReportFollowUp.ENDED)


def test_of_whom_the_seat_was_held_no_longer_the_coach_answers_as_before(town: Town):
    key = proposed(town)
    told = tell(town.petra, key)
    with on(IN_NOVEMBER):
        actions.move_one(
            town.anna,
            key=key,
            to=PlacementState.WAITING,
            on=IN_NOVEMBER,
            reason=MoveReason.HOLD_LAPSED,
        )
    with pytest.raises(ActionRefusedError, match="De plaatsing loopt nog"):
        answer(town.anna, told, follow_up=ReportFollowUp.ENDED)
    answer(town.anna, told, follow_up=ReportFollowUp.TALKED)
    assert report_to_answer(town.anna, key=told).report.answer.follow_up is ReportFollowUp.TALKED


def test_ending_as_proposed_ends_and_answers_in_one(town: Town):
    key = taking_part(town)
    told = tell(town.petra, key, **STOPS)
    with on(LATER):
        end_as_reported(
            town.anna,
            key=told,
            on=LAST_DAY,
            outcome=Outcome.STOPPED_BY_PARTNER,
            reason=MoveReason.PLACE_CLOSES,
            text="Bedankt voor alles.",
        )
    assert state_of(town, key) == PlacementState.ENDED
    with on(LATER):
        [mine] = own_reports(town.petra)
    assert (mine.given_name, mine.is_there) == ("Roos", False)
    assert mine.report.answer.follow_up is ReportFollowUp.ENDED
    assert mine.report.answer.text == "Bedankt voor alles."


def test_who_was_proposed_and_will_not_come_is_withdrawn_in_the_same_way(town: Town):
    key = proposed(town)
    told = tell(town.petra, key, kind=ENDS, reason=MoveReason.DID_NOT_COME, text="")
    with on(LATER):
        end_as_reported(town.anna, key=told, on=LATER, outcome=None, reason=None)
    assert state_of(town, key) == PlacementState.WITHDRAWN


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"on": LATER + timedelta(days=1)}, "in de toekomst"),
        ({"outcome": None, "reason": None}, "Kies waarom de plaatsing stopt"),
        ({"reason": None}, "Kies ook de reden"),
        ({"text": "Vanwege kanker."}, "AVG, artikel 9"),
    ],
)
def test_an_end_that_is_refused_answers_nothing_and_ends_nothing(town: Town, what, words):
    key = taking_part(town)
    told = tell(town.petra, key, **STOPS)
    as_proposed = {
        "on": LAST_DAY,
        "outcome": Outcome.STOPPED_BY_PARTNER,
        "reason": MoveReason.PLACE_CLOSES,
    }
    with on(LATER), pytest.raises(ActionRefusedError, match=words):
        end_as_reported(town.anna, key=told, **{**as_proposed, **what})
    assert state_of(town, key) == PlacementState.ACTIVE
    assert report_to_answer(town.anna, key=told).report.answer is None


@pytest.mark.django_db(transaction=True)
def test_of_two_coaches_who_answer_at_the_same_moment_one_is_first():
    town = build_town()
    told = tell(town.petra, taking_part(town))
    refused = []

    def answers(viewer):
        try:
            answer(viewer, told)
        except ActionRefusedError as error:
            refused.append(str(error))

    at_once(lambda: answers(town.anna), lambda: answers(town.lea))
    assert ReportAnswer.objects.visible_to(town.system).count() == 1
    assert [one for one in refused if "al beantwoord" in one] == refused
    assert len(refused) == 1


# --- what the organisation sees of it ------------------------------------------------------------


def test_the_desk_shows_what_waits_and_what_was_answered_of_late(town: Town):
    key, other = taking_part(town), taking_part(town, town.sam)
    first, second = tell(town.petra, key), tell(town.petra, other, text="Is stil.")
    answer(town.anna, second)

    def shown(viewer, day):
        with on(day):
            return [(one.given_name, one.report.answer is not None) for one in own_reports(viewer)]

    assert shown(town.pia, LATER) == [("Sam", True), ("Roos", False)]
    assert shown(town.pia, LATER + timedelta(days=14)) == [("Roos", False)]
    for nobody in (town.otto, town.anna, town.roos):
        assert shown(nobody, LATER) == []
    with on(LATER):
        actions.end(town.anna, key=key, last_day=LAST_DAY, outcome=Outcome.GOAL_REACHED)
    assert shown(town.pia, LATER + timedelta(days=14)) == []
    assert first


# --- signals -------------------------------------------------------------------------------------


def test_a_report_is_a_signal_until_the_coach_answers_it(town: Town):
    key = taking_part(town)
    worry = tell(town.petra, key)
    stops = tell(town.petra, key, LATER, **{**STOPS, "last_day": date(2027, 1, 31)})
    assert set(of_partner(town)) == {
        (SignalKind.PARTNER_WORRY, IN_NOVEMBER, worry),
        (SignalKind.PARTNER_SAYS_STOPPED, LATER, stops),
    }
    answer(town.anna, worry)
    assert of_partner(town) == [(SignalKind.PARTNER_SAYS_STOPPED, LATER, stops)]
    answer(town.anna, stops, follow_up=ReportFollowUp.GOES_ON)
    assert of_partner(town) == []


def test_of_two_worries_the_oldest_that_waits_is_shown(town: Town):
    key = taking_part(town)
    first = tell(town.petra, key)
    second = tell(town.pia, key, LATER, text="Is stil.")
    assert of_partner(town) == [(SignalKind.PARTNER_WORRY, IN_NOVEMBER, first)]
    answer(town.anna, first)
    assert of_partner(town) == [(SignalKind.PARTNER_WORRY, LATER, second)]


def test_that_somebody_who_was_proposed_does_not_come_is_a_signal_too(town: Town):
    told = tell(town.petra, proposed(town), kind=ENDS, reason=MoveReason.DID_NOT_COME, text="")
    assert (SignalKind.PARTNER_SAYS_STOPPED, IN_NOVEMBER, told) in of_partner(town)


def test_a_placement_that_ended_asks_for_no_answer_any_more(town: Town):
    key = taking_part(town)
    tell(town.petra, key)
    with on(LATER):
        actions.end(town.anna, key=key, last_day=LAST_DAY, outcome=Outcome.GOAL_REACHED)
    assert of_partner(town) == []


def test_reporting_and_answering_are_noted_as_a_change_of_the_person(town: Town):
    key = taking_part(town)
    rows = NotedChange.objects.visible_to(town.system)
    before = rows.count()
    told = tell(town.petra, key)
    assert rows.count() > before
    between = rows.count()
    answer(town.anna, told)
    assert rows.count() > between
