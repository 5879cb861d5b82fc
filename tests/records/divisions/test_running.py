"""Who waits and since when, what comes out, and that it is kept whole or not at all."""

from collections import Counter
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.conversations.outreach_actions import start_pause
from meedoen.records.divisions import dividing, running
from meedoen.records.divisions.actions import (
    ask_division,
    call_off_division,
    carry_on_division,
)
from meedoen.records.divisions.dividing import divide
from meedoen.records.divisions.models import Line
from meedoen.records.divisions.packing import unpack_pairs, unpack_places
from meedoen.records.divisions.queries import division
from meedoen.records.divisions.shortage import REACH, missing
from meedoen.records.divisions.words import RunFault, RunState
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Membership
from meedoen.records.placements.actions import (
    NewPlacement,
    confirm_all,
    end_all,
    place_all,
    withdraw_all,
)
from meedoen.records.placements.moving import Change
from meedoen.rules.matching.allocate import NotOptimalError
from meedoen.rules.matching.problem import UnusableInputError
from meedoen.rules.matching.rule_set import NoRuleSetError, RuleSetError
from meedoen.rules.matching.suits import suits
from meedoen.rules.vocabulary import MoveReason, Outcome, PlaceKind
from tests.records.divisions.scenes import (
    days_ago,
    divided,
    got,
    lines_of,
    new_place,
    row_of,
    spoken,
    waiting,
    wishing,
    work_out,
)
from tests.town import SUNDAY


def has_been(town, pseudonym_id, place_id, *, began, ended):
    """Let somebody have a place from one day to another, so many days ago."""
    [placement] = place_all(
        town.system,
        placements=[
            NewPlacement(pseudonym_id=pseudonym_id, place_id=place_id, proposed_on=days_ago(began))
        ],
    )
    confirm_all(town.system, changes=[Change(placement_id=placement, on=days_ago(began))])
    end_all(
        town.system,
        changes=[
            Change(
                placement_id=placement,
                on=days_ago(ended),
                outcome=Outcome.STOPPED_BY_RESIDENT,
                reason=MoveReason.GAVE_NO_REASON,
            )
        ],
    )


# --- who waits -----------------------------------------------------------------------------------


def test_who_was_spoken_with_and_has_no_place_waits_since_the_first_conversation(town):
    [person] = waiting(town, 1, days_ago=40)
    spoken(town, [person], days_ago=10)
    line = lines_of(town, divided(town))[person]
    assert line.since == days_ago(40)


def test_after_a_place_that_ended_somebody_waits_since_that_day(town):
    place = new_place(town, "Koffie schenken")
    [person] = waiting(town, 1, days_ago=90)
    has_been(town, person, place, began=60, ended=21)
    assert lines_of(town, divided(town))[person].since == days_ago(20)


def test_a_proposal_that_came_to_nothing_costs_nobody_their_turn(town):
    place = new_place(town, "Koffie schenken")
    [person] = waiting(town, 1, days_ago=90)
    [placement] = place_all(
        town.system,
        placements=[NewPlacement(pseudonym_id=person, place_id=place, proposed_on=days_ago(10))],
    )
    change = Change(
        placement_id=placement,
        on=days_ago(5),
        outcome=Outcome.STOPPED_BY_PARTNER,
        reason=MoveReason.GAVE_NO_REASON,
    )
    withdraw_all(town.system, changes=[change])
    assert lines_of(town, divided(town))[person].since == days_ago(90)


def test_who_has_a_place_or_is_proposed_does_not_wait(town):
    place = new_place(town, "Koffie schenken", seats=2)
    first, second = waiting(town, 2)
    place_all(
        town.system,
        placements=[NewPlacement(pseudonym_id=first, place_id=place, proposed_on=clock.today())],
    )
    assert set(got(town, divided(town))) == {second}


def test_who_wants_no_contact_is_left_alone(town):
    first, second = waiting(town, 2)
    start_pause(
        town.anna,
        pseudonym_id=first,
        reason="Even rust.",
        ask_again_on=clock.today() + timedelta(days=30),
        seen=None,
    )
    assert set(got(town, divided(town))) == {second}


def test_people_of_another_team_take_no_part(town):
    spoken(town, [town.tim.pseudonym_id, town.roos_file.pseudonym_id])
    assert set(got(town, divided(town))) == {town.roos_file.pseudonym_id}


def test_a_division_of_one_district_is_about_who_lives_there(town):
    waiting(town, 2)
    key = divided(town, district_id=town.south)
    card = division(town.lea, key=key)
    assert (card.state, card.fault) == (RunState.FAILED, RunFault.NO_PEOPLE)
    assert len(got(town, divided(town, district_id=town.north))) == 2


def test_a_division_of_some_kinds_leaves_other_places_and_wishes_out(town):
    training = new_place(town, "Cursus", kind=PlaceKind.TRAINING, seats=3)
    [wants] = waiting(town, 1, kinds=[PlaceKind.TRAINING])
    [open_to_all] = waiting(town, 1, after=1)
    waiting(town, 1, after=2, kinds=[PlaceKind.TRIAL])
    found = got(town, divided(town, kinds=[PlaceKind.TRAINING]))
    assert found == {wants: training, open_to_all: training}


# --- what comes out ------------------------------------------------------------------------------


def test_first_wishes_come_first_and_who_waits_longer_goes_before(town):
    wanted = new_place(town, "Moestuin van Noord")
    [late] = waiting(town, 1, days_ago=10)
    [early] = waiting(town, 1, after=1, days_ago=100)
    [other] = waiting(town, 1, after=2, days_ago=200)
    wishing(town, [late, early], wanted)
    key = divided(town)
    assert got(town, key)[early] == wanted
    assert {got(town, key)[late], got(town, key)[other]} <= {town.repair, None}
    assert division(town.lea, key=key).first_wishes == 1
    assert lines_of(town, key)[early].wish == 1


def test_no_place_gets_more_people_than_it_has_room_for(town):
    waiting(town, 6)
    place = new_place(town, "Koffie schenken", seats=2)
    found = list(got(town, divided(town)).values())
    assert (found.count(place), found.count(town.repair), found.count(None)) == (2, 1, 3)


def test_all_free_seats_are_told_also_those_that_nobody_waits_for(town):
    waiting(town, 1)
    new_place(town, "Koffie schenken", seats=40)
    card = division(town.lea, key=divided(town))
    assert (card.people, card.seats, card.placed) == (1, 41, 1)


def test_ties_everywhere_give_the_same_answer_every_time(town):
    waiting(town, 8)
    new_place(town, "Koffie schenken", seats=3)
    assert got(town, divided(town)) == got(town, divided(town))


def test_nobody_fits_is_an_outcome_in_which_all_stay_without(town):
    people = waiting(town, 2, half_days=SUNDAY, kinds=[PlaceKind.VOLUNTEER_WORK])
    key = divided(town)
    card = division(town.lea, key=key)
    assert (card.state, card.people, card.placed) == (RunState.DONE, 2, 0)
    assert got(town, key) == dict.fromkeys(people)


def test_what_went_in_is_kept_with_the_rules_and_the_moment(town):
    [person] = waiting(town, 1, kinds=[PlaceKind.VOLUNTEER_WORK])
    key = divided(town)
    row = row_of(town, key)
    assert row.rule_set.startswith("2026")
    assert row.day == clock.today()
    assert row.known_at is not None
    places = unpack_places(bytes(row.places))
    free = {one["place"]: one["free"] for one in places}
    assert free[town.repair] == 1
    # The work in the garden would take paid work away, so nobody can start.
    assert free[town.garden] == 0
    assert len(unpack_pairs(bytes(row.pairs))) == 1
    assert len(row.prices) == len(places)
    kept = lines_of(town, key)[person].facts
    assert kept["wished_kinds"] == ["volunteer_work"]
    assert not {"name", "birth_date", "bsn"} & set(kept)


def test_who_has_no_place_within_reach_is_what_the_rules_say_pair_by_pair(town):
    new_place(town, "Cursus", kind=PlaceKind.TRAINING, district=town.south, half_days=SUNDAY)
    both = [PlaceKind.TRAINING, PlaceKind.VOLUNTEER_WORK]
    waiting(town, 3, kinds=both)
    waiting(town, 2, after=3, kinds=both, half_days=SUNDAY)
    waiting(town, 2, after=5, kinds=both, whole_town=False)
    found = divide(asked_row(town), lambda _done, _total: None)
    slowly = Counter(
        (kind, one.district_id)
        for one in found.waits
        for kind in one.facts.wished_kinds
        if not any(
            place.kind is kind
            and not {reason.rule for reason in suits(one.facts, place, found.rule_set, found.on)}
            & set(REACH)
            for place in found.places
        )
    )
    assert {(one.kind, one.district_id): one.people for one in missing(found)} == slowly
    assert slowly == {
        (PlaceKind.TRAINING, town.north): 5,
        (PlaceKind.VOLUNTEER_WORK, town.north): 4,
    }


# --- faults --------------------------------------------------------------------------------------


def failed(town, key):
    card = division(town.lea, key=key)
    assert card.state is RunState.FAILED
    assert not Line.objects.visible_to(town.system).exists()
    return card.fault


def test_nobody_waits_is_said(town):
    assert failed(town, divided(town)) is RunFault.NO_PEOPLE


def test_no_place_has_room_is_said(town):
    waiting(town, 1)
    assert failed(town, divided(town, kinds=[PlaceKind.TRIAL])) is RunFault.NO_PLACES


@pytest.mark.parametrize(
    "error", [NoRuleSetError(days_ago(0), ()), RuleSetError(["weights do not add up"])]
)
def test_missing_or_wrong_rules_are_said(town, error):
    waiting(town, 1)
    with patch.object(dividing, "shipped_rule_sets", side_effect=error):
        assert failed(town, divided(town)) is RunFault.NO_RULE_SET


def test_an_outcome_that_does_not_pass_its_check_is_not_shown(town):
    waiting(town, 1)
    with patch.object(dividing, "check", side_effect=NotOptimalError(("A better one.",))):
        assert failed(town, divided(town)) is RunFault.NOT_OPTIMAL


def test_points_that_are_no_number_give_a_message_and_no_proposal(town):
    waiting(town, 1)
    with patch.object(dividing, "allocate", side_effect=UnusableInputError(("nan",))):
        assert failed(town, divided(town)) is RunFault.UNFIT_POINTS


def test_who_asked_and_left_gets_no_division(town):
    waiting(town, 1)
    key = ask_division(town.lea, in_background=False)
    Membership.objects.filter(pk=town.lea.membership_id).update(ended_at=clock.now())
    work_out(town, key)
    assert failed(town, key) is RunFault.NOT_ALLOWED


def test_a_worker_that_is_killed_half_way_leaves_nothing_and_another_goes_on(town):
    people = waiting(town, 3)
    key = ask_division(town.lea, in_background=False)
    with (
        patch.object(running, "_end", side_effect=SystemExit),
        pytest.raises(SystemExit),
    ):
        work_out(town, key)
    assert division(town.lea, key=key).state is RunState.RUNNING
    assert not Line.objects.visible_to(town.system).exists()
    with clock.at(clock.now() + running.QUIET_AFTER):
        work_out(town, key)
    assert division(town.lea, key=key).state is RunState.DONE
    assert set(got(town, key)) == set(people)


def test_what_runs_still_is_not_begun_again_and_never_given_up_for_it(town):
    people = waiting(town, 2)
    key = ask_division(town.lea, in_background=False)

    def pressed_often_meanwhile(row, told):
        found = divide(row, told)
        for _time in range(running.MOST_TRIES + 1):
            work_out(town, key)
            with pytest.raises(ActionRefusedError, match="wordt nog gewerkt"):
                carry_on_division(town.lea, key=key)
        return found

    with patch.object(running, "divide", side_effect=pressed_often_meanwhile):
        work_out(town, key)
    assert division(town.lea, key=key).state is RunState.DONE
    assert row_of(town, key).tries == 1
    assert set(got(town, key)) == set(people)


def test_a_database_that_does_not_answer_leaves_nothing_half_done(town):
    waiting(town, 1)
    key = ask_division(town.lea, in_background=False)
    with (
        patch.object(Line.objects, "bulk_create", side_effect=OperationalError),
        pytest.raises(OperationalError),
    ):
        work_out(town, key)
    assert division(town.lea, key=key).state is RunState.RUNNING
    work_out(town, key)
    assert division(town.lea, key=key).state is RunState.DONE


def test_what_is_called_off_while_it_runs_keeps_nothing(town):
    waiting(town, 2)
    key = ask_division(town.lea, in_background=False)

    def called_off_meanwhile(row, told):
        found = divide(row, told)
        call_off_division(town.lea, key=key)
        return found

    with patch.object(running, "divide", side_effect=called_off_meanwhile):
        work_out(town, key)
    assert division(town.lea, key=key).state is RunState.WITHDRAWN
    assert not Line.objects.visible_to(town.system).exists()


def test_how_far_it_is_can_be_seen_while_it_runs(town):
    waiting(town, 2)
    key = ask_division(town.lea, in_background=False)
    seen = []

    def look(row, told):
        found = divide(row, told)
        card = division(town.lea, key=key)
        seen.append((card.state, card.done, card.total))
        return found

    with patch.object(running, "divide", side_effect=look):
        work_out(town, key)
    assert seen == [(RunState.RUNNING, 2, 2)]


def test_people_and_places_are_read_in_as_many_questions_for_two_hundred_as_for_ten(town):
    def questions():
        row = asked_row(town)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            divide(row, lambda _done, _total: None)
        return len(asked)

    waiting(town, 10)
    few = questions()
    waiting(town, 190, after=10)
    assert questions() == few


def asked_row(town):
    """Return a division that was asked for and never worked out."""
    key = ask_division(town.lea, in_background=False)
    row = row_of(town, key)
    call_off_division(town.lea, key=key)
    return row
