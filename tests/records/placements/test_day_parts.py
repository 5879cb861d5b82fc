"""No half-day at a place has more people than can be there at the same time."""

from typing import Any

import pytest

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements import periods, terms_actions
from meedoen.records.placements.actions import confirm_start, move_one
from meedoen.records.placements.correcting import correct_course
from meedoen.records.placements.day_parts import HalfDayFullError
from meedoen.records.placements.models import Placement, Terms
from meedoen.records.placements.terms_actions import NewTerms, change_terms
from meedoen.records.placements.terms_queries import terms_on
from meedoen.records.places.actions import apply_due_periods
from meedoen.records.waiting.actions import promote_one
from meedoen.rules.half_days import from_codes
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState
from tests.at_once import at_once
from tests.records.waiting.scenes import (
    FIRST,
    again,
    change,
    day,
    place_of,
    propose,
    some_place,
    states,
)
from tests.town import Town
from tests.web.coach.scenes import on

MONDAY, TUESDAY = from_codes(["mon_morning"]), from_codes(["tue_morning"])
WEDNESDAY, EVENING = from_codes(["wed_morning"]), from_codes(["mon_evening"])


def agree(town: Town, placement: Placement, half_days: int, starts_on=FIRST) -> None:
    change_terms(
        town.system,
        key=placement.key,
        terms=NewTerms(starts_on=starts_on, half_days=half_days),
    )


def test_who_agreed_on_nothing_comes_on_every_half_day(town: Town) -> None:
    place = some_place(town, capacity=5, most_per_half_day=1)
    with on(FIRST):
        propose(town, town.sam.pseudonym_id, place, FIRST)
        with pytest.raises(HalfDayFullError, match="hoogstens 1"):
            propose(town, town.tim.pseudonym_id, place, FIRST)
    assert place_of(place).taken == 1


def test_a_change_of_half_days_that_would_be_too_many_is_refused(town: Town) -> None:
    place = some_place(town, capacity=5, most_per_half_day=2)
    with on(FIRST):
        sam, tim = (propose(town, one.pseudonym_id, place, FIRST) for one in (town.sam, town.tim))
        with pytest.raises(HalfDayFullError):
            propose(town, town.roos_file.pseudonym_id, place, FIRST)
        agree(town, sam, MONDAY)
        agree(town, tim, TUESDAY)
        roos = propose(town, town.roos_file.pseudonym_id, place, FIRST)
        agree(town, roos, MONDAY)
        # On Monday there are two now.
        with pytest.raises(HalfDayFullError):
            agree(town, tim, MONDAY | TUESDAY)
        with pytest.raises(HalfDayFullError):
            agree(town, tim, MONDAY, day(30))
    assert Terms.objects.visible_to(town.system).filter(placement=tim).count() == 1


def test_who_is_proposed_for_some_half_days_counts_on_those_only(town: Town) -> None:
    place = some_place(town, capacity=5, most_per_half_day=1)
    with on(FIRST):
        sam = propose(town, town.sam.pseudonym_id, place, FIRST, half_days=MONDAY)
        propose(town, town.tim.pseudonym_id, place, FIRST, half_days=TUESDAY)
        for mask in (0, MONDAY, MONDAY | WEDNESDAY):
            with pytest.raises(HalfDayFullError):
                propose(town, town.roos_file.pseudonym_id, place, FIRST, half_days=mask)
        propose(town, town.roos_file.pseudonym_id, place, FIRST, half_days=WEDNESDAY)
        agreed = terms_on(town.anna, key=sam.key, on=FIRST)
    assert agreed is not None
    assert (agreed.half_days, agreed.starts_on, agreed.guidance) == (MONDAY, FIRST, None)
    assert place_of(place).taken == 3


def test_who_is_refused_leaves_nothing_agreed(town: Town) -> None:
    place = some_place(town, capacity=5, most_per_half_day=1)
    with on(FIRST):
        propose(town, town.sam.pseudonym_id, place, FIRST, half_days=MONDAY)
        with pytest.raises(HalfDayFullError):
            propose(town, town.tim.pseudonym_id, place, FIRST, half_days=MONDAY)
        with pytest.raises(ActionRefusedError, match="niet open op al deze dagdelen"):
            propose(town, town.tim.pseudonym_id, place, FIRST, half_days=EVENING)
    assert Terms.objects.visible_to(town.system).count() == 1


def test_who_waits_for_some_half_days_gets_a_seat_when_there_is_room_on_those(town: Town) -> None:
    place = some_place(town, capacity=5, most_per_half_day=1)
    with on(FIRST):
        propose(town, town.sam.pseudonym_id, place, FIRST, half_days=MONDAY)
        waits = propose(town, town.tim.pseudonym_id, place, FIRST, waits=True, half_days=TUESDAY)
        promote_one(town.carla, key=waits.key)
    assert states(town, [waits]) == ["proposed"]


def test_what_is_agreed_for_a_later_day_keeps_the_half_day_from_then_on(town: Town) -> None:
    place = some_place(town, capacity=5, most_per_half_day=1)
    with on(FIRST):
        sam = propose(town, town.sam.pseudonym_id, place, FIRST)
        agree(town, sam, TUESDAY)
        agree(town, sam, MONDAY, day(30))
        with pytest.raises(HalfDayFullError):
            propose(town, town.tim.pseudonym_id, place, FIRST)


def test_who_stops_makes_room_on_the_half_day(town: Town) -> None:
    place = some_place(town, capacity=5, most_per_half_day=1)
    with on(FIRST):
        sam = propose(town, town.sam.pseudonym_id, place, FIRST)
        waits = propose(town, town.tim.pseudonym_id, place, FIRST, waits=True)
        with pytest.raises(HalfDayFullError):
            promote_one(town.carla, key=waits.key)
        move_one(
            town.anna,
            key=sam.key,
            to=PlacementState.WITHDRAWN,
            on=FIRST,
            outcome=Outcome.MOVED_ON_TO_PAID_WORK,
        )
        promote_one(town.carla, key=waits.key)
    assert states(town, [sam, waits]) == ["withdrawn", "proposed"]


def test_a_correction_takes_no_half_day_that_is_full(town: Town) -> None:
    place = some_place(town, capacity=5, most_per_half_day=1)
    steps = [CourseStep(state=PlacementState.PROPOSED, on=FIRST)]
    with on(day(1)):
        propose(town, town.sam.pseudonym_id, place, day(1))
        waits = propose(town, town.tim.pseudonym_id, place, FIRST, waits=True)
        with pytest.raises(HalfDayFullError):
            correct_course(town.carla, key=waits.key, steps=steps)
    assert again(town, waits.pk).state == "waiting"


def test_a_lower_limit_that_was_planned_lets_who_came_since_stay_and_start(town: Town) -> None:
    place = some_place(town, capacity=5)
    with on(FIRST):
        change(town, place, day(2), most_per_half_day=1)
        sam, tim = (propose(town, one.pseudonym_id, place, FIRST) for one in (town.sam, town.tim))
    with on(day(2)):
        apply_due_periods(town.system)
        assert place_of(place).most_per_half_day == 1
        confirm_start(town.otto, key=sam.key, started_on=day(2))
        with pytest.raises(HalfDayFullError):
            propose(town, town.roos_file.pseudonym_id, place, day(2))
    assert states(town, [sam, tim]) == ["active", "proposed"]


def test_a_limit_below_who_is_there_is_refused_and_says_when_they_come(town: Town) -> None:
    place = some_place(town, capacity=5)
    with on(FIRST):
        sam, tim, roos = (
            propose(town, one.pseudonym_id, place, FIRST)
            for one in (town.sam, town.tim, town.roos_file)
        )
        agree(town, sam, MONDAY)
        agree(town, tim, MONDAY)
        agree(town, roos, MONDAY | TUESDAY)
        with pytest.raises(ActionRefusedError) as refused:
            change(town, place, FIRST, most_per_half_day=2)
        assert "3 mensen op maandagochtend. Kies minstens 3 mensen tegelijk" in str(refused.value)
        with pytest.raises(ActionRefusedError) as both:
            change(town, place, FIRST, most_per_half_day=1, capacity=2)
        assert "Minder plaatsen kan niet." in str(both.value)
        assert "3 mensen op maandagochtend. Kies" in str(both.value)
        assert place_of(place).most_per_half_day is None
        change(town, place, FIRST, most_per_half_day=3)
        # They come on other half-days first, and then fewer is enough.
        agree(town, tim, TUESDAY)
        with pytest.raises(ActionRefusedError, match="2 mensen op maandagochtend, dinsdagochtend"):
            change(town, place, FIRST, most_per_half_day=1)
        change(town, place, FIRST, most_per_half_day=2)
    assert place_of(place).most_per_half_day == 2


def test_a_limit_for_a_later_day_looks_at_what_was_agreed_for_then(town: Town) -> None:
    place = some_place(town, capacity=5)
    with on(FIRST):
        sam, tim = (propose(town, one.pseudonym_id, place, FIRST) for one in (town.sam, town.tim))
        agree(town, sam, MONDAY)
        agree(town, tim, MONDAY)
        agree(town, tim, TUESDAY, day(30))
        with pytest.raises(ActionRefusedError, match="2 mensen op maandagochtend"):
            change(town, place, day(29), most_per_half_day=1)
        change(town, place, day(30), most_per_half_day=1)


def test_who_changes_something_else_is_not_kept_by_a_limit_that_holds(town: Town) -> None:
    place = some_place(town, capacity=5)
    with on(FIRST):
        change(town, place, day(2), most_per_half_day=1)
        for one in (town.sam, town.tim):
            propose(town, one.pseudonym_id, place, FIRST)
    with on(day(2)):
        apply_due_periods(town.system)
        change(town, place, day(2), title="Buurttuin Zuid")
    assert place_of(place).title == "Buurttuin Zuid"


@pytest.mark.parametrize("most", [0, 2_001])
def test_how_many_can_be_there_is_a_number_that_can_be(town: Town, most: int) -> None:
    with pytest.raises(ActionRefusedError, match="mensen tegelijk ligt tussen 1"):
        some_place(town, most_per_half_day=most)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_room_on_a_half_day_at_one_moment_one_does(town: Town) -> None:
    place = some_place(town, capacity=5, most_per_half_day=2)
    people = (town.sam, town.tim, town.roos_file)
    with on(FIRST):
        # They come one after another, or they would count on every half-day.
        placed = []
        for one in people:
            placed.append(propose(town, one.pseudonym_id, place, FIRST))
            agree(town, placed[-1], TUESDAY if one is not town.sam else MONDAY)
    refused = []

    def ask(placement: Placement) -> None:
        with on(FIRST):
            try:
                agree(town, placement, MONDAY)
            except HalfDayFullError as error:
                refused.append(error.half_days)

    at_once(lambda: ask(placed[1]), lambda: ask(placed[2]))
    assert refused == [MONDAY]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["terms", "move"])
def test_what_is_agreed_and_a_move_at_one_moment_both_come_about(town: Town, first: str) -> None:
    place = some_place(town, capacity=5, most_per_half_day=2)
    with on(FIRST):
        placement = propose(town, town.sam.pseudonym_id, place, FIRST)
    done = []

    def agreed() -> None:
        with on(FIRST):
            agree(town, placement, MONDAY)
        done.append("terms")

    def withdrawn() -> None:
        with on(FIRST):
            move_one(
                town.anna,
                key=placement.key,
                to=PlacementState.WAITING,
                on=FIRST,
                reason=MoveReason.CANNOT_COME_NOW,
            )
        done.append("move")

    acts = [agreed, withdrawn] if first == "terms" else [withdrawn, agreed]
    at_once(*acts)
    assert sorted(done) == ["move", "terms"]
    assert states(town, [placement]) == ["waiting"]


def test_what_is_agreed_holds_the_stretches_before_the_placement(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of every move, or two of them can wait for each other without end."""
    place = some_place(town, capacity=5)
    with on(FIRST):
        placement = propose(town, town.sam.pseudonym_id, place, FIRST)
    held = []
    for module, name in ((periods, "all_of"), (terms_actions, "hold_placements")):
        true = getattr(module, name)

        def noted(*args: Any, true: Any = true, name: str = name) -> Any:
            held.append(name)
            return true(*args)

        monkeypatch.setattr(module, name, noted)
    with on(FIRST):
        agree(town, placement, MONDAY)
    assert held[:2] == ["all_of", "hold_placements"]
