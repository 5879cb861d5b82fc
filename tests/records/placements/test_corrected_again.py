"""Corrections on top of corrections, and several placements in one change."""

from datetime import UTC, date, datetime

import pytest

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements import actions as placing
from meedoen.records.placements import correcting
from meedoen.records.placements.actions import NewPlacement
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.placements.moving import Change
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import MoveReason, Outcome

PROPOSED_ON, STARTED_ON = date(2026, 3, 2), date(2026, 3, 9)


@pytest.fixture(autouse=True)
def in_may():
    with clock.at(datetime(2026, 5, 1, 12, tzinfo=UTC)):
        yield


def placed(town, *people, place=None):
    new = [
        NewPlacement(
            pseudonym_id=person.pseudonym_id,
            place_id=place or town.garden,
            proposed_on=PROPOSED_ON,
        )
        for person in people
    ]
    return placing.place_all(town.system, placements=new)


def confirm(town, *numbers, on=STARTED_ON):
    placing.confirm_all(town.system, changes=[Change(placement_id=pk, on=on) for pk in numbers])


def stretches(town, number):
    rows = StatePeriod.objects.visible_to(town.system).filter(placement_id=number).order_by("pk")
    return [(row.state, row.starts_on, row.ends_on, row.withdrawn) for row in rows]


def test_a_start_taken_back_and_confirmed_again_can_still_get_another_first_day(town):
    [number] = placed(town, town.sam)
    confirm(town, number)
    correcting.take_back_starts(town.system, changes=[Change(placement_id=number, on=STARTED_ON)])
    confirm(town, number, on=date(2026, 4, 6))
    right = Change(placement_id=number, on=date(2026, 4, 8))
    correcting.correct_start_days(town.system, changes=[right])
    proposed, never, active = stretches(town, number)
    assert proposed[1:] == (PROPOSED_ON, date(2026, 4, 8), False)
    assert never[0] == "active"
    assert never[3]
    assert active[1] == date(2026, 4, 8)


def test_the_record_says_the_same_as_the_entry_it_points_to(town):
    [number] = placed(town, town.sam)
    confirm(town, number)
    correcting.correct_start_days(
        town.system, changes=[Change(placement_id=number, on=PROPOSED_ON)]
    )
    for row in StatePeriod.objects.visible_to(town.system).select_related("entry"):
        assert (row.starts_on, row.ends_on, row.withdrawn) == (
            row.entry.starts_on,
            row.entry.ends_on,
            row.entry.withdrawn,
        )


def test_many_end_at_once_each_with_the_own_outcome_and_the_seats_are_free_again(town):
    numbers = placed(town, town.sam, town.roos_file)
    confirm(town, *numbers)
    assert Place.objects.get(pk=town.garden).taken == 2
    outcomes = [Outcome.GOAL_REACHED, Outcome.STOPPED_BY_PARTNER]
    reasons = [None, MoveReason.DID_NOT_COME]
    placing.end_all(
        town.system,
        changes=[
            Change(placement_id=pk, on=date(2026, 4, 1), outcome=outcome, reason=reason)
            for pk, outcome, reason in zip(numbers, outcomes, reasons, strict=True)
        ],
    )
    rows = Placement.objects.visible_to(town.system).filter(pk__in=numbers).order_by("pk")
    assert [(row.state, row.outcome) for row in rows] == [
        ("ended", outcome) for outcome in outcomes
    ]
    assert Place.objects.get(pk=town.garden).taken == 0


def test_when_one_of_many_does_not_fit_none_is_placed(town):
    with pytest.raises(ActionRefusedError):
        placed(town, town.sam, town.roos_file, place=town.repair)
    assert Place.objects.get(pk=town.repair).taken == 0
    assert not Placement.objects.visible_to(town.system).exists()
