"""Nobody begins in a participation job whose check on displacement is missing, by any way.

The Sunday club is such a job: nobody checked it. The garden was checked.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.links.actions import make_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import (
    NewPlacement,
    confirm_start,
    move_one,
    place_all,
)
from meedoen.records.placements.additional import UncheckedError, unchecked_of
from meedoen.records.placements.asked import confirm_with_link
from meedoen.records.placements.bulk_actions import SameMove, confirm_many, move_many
from meedoen.records.placements.correcting import correct_course, correct_start_day
from meedoen.records.placements.course_actions import LatePlacement, register_late
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.placements.terms_actions import NewTerms, change_terms
from meedoen.records.places.models import Place
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.places.displacement import Reply
from meedoen.rules.places.displacement_at_start import Lack
from meedoen.rules.vocabulary import LinkPurpose, MoveReason, PlacementState
from tests.asked import NELL, held, new_contact
from tests.records.directory.scenes import entered_location
from tests.records.places.finds import checked
from tests.records.waiting.scenes import some_place
from tests.town import NO_PAID_WORK, SUNDAY, Person, Town
from tests.web.coach.scenes import on, register_crowd

PROPOSED, STARTED = date(2026, 9, 1), date(2026, 9, 7)
ACTIVE, TRIAL, PAUSED = PlacementState.ACTIVE, PlacementState.TRIAL, PlacementState.PAUSED
DISPLACES = replace(NO_PAID_WORK, vacancy=Reply.YES)


def proposed(
    town: Town,
    *,
    person: int | None = None,
    place: int | None = None,
    day: date = PROPOSED,
    waits: bool = False,
) -> uuid.UUID:
    """Propose somebody (Roos) at a place (the Sunday club) and return the placement's key."""
    with on(day):
        [placement_id] = place_all(
            town.system,
            placements=[
                NewPlacement(
                    pseudonym_id=person or town.roos_file.pseudonym_id,
                    place_id=place or town.far,
                    proposed_on=day,
                    waits=waits,
                )
            ],
        )
    return Placement.objects.visible_to(town.system).get(pk=placement_id).key


def club(town: Town) -> uuid.UUID:
    return Place.objects.get(pk=town.far).key


def state_of(town: Town, key: uuid.UUID) -> str:
    return Placement.objects.visible_to(town.system).get(key=key).state


def late(town: Town, person: Person, started_on: date = STARTED) -> LatePlacement:
    return LatePlacement(
        pseudonym_id=person.pseudonym_id,
        place_key=club(town),
        proposed_on=started_on - timedelta(days=7),
        started_on=started_on,
    )


def with_link(town: Town, key: uuid.UUID) -> None:
    """Let Nell, who has no account, tell of the start."""
    number = Placement.objects.visible_to(town.system).values_list("pk", flat=True).get(key=key)
    token = make_link(
        town.system,
        purpose=LinkPurpose.CONFIRM_START,
        subject_id=number,
        organisation_id=town.otto.organisation_id or 0,
        recipient=NELL,
        owner_id=new_contact(town, town.far),
        expires_at=clock.now() + timedelta(days=30),
    )
    viewer = held(token, LinkPurpose.CONFIRM_START).viewer
    confirm_with_link(viewer, placement_id=number, to=ACTIVE, on=STARTED)


COURSE = [
    CourseStep(state=PlacementState.PROPOSED, on=PROPOSED),
    CourseStep(state=ACTIVE, on=STARTED),
]
WAYS: dict[str, Callable[[Town, uuid.UUID], object]] = {
    "coach": lambda town, key: move_one(town.anna, key=key, to=ACTIVE, on=STARTED),
    "on trial": lambda town, key: move_one(town.anna, key=key, to=TRIAL, on=STARTED),
    "of many": lambda town, key: move_many(
        town.anna, keys=[key], same=SameMove(to=ACTIVE, on=STARTED)
    ),
    "partner": lambda town, key: confirm_start(town.otto, key=key, started_on=STARTED),
    "partner of many": lambda town, key: confirm_many(town.otto, keys=[key], to=TRIAL, on=STARTED),
    "link": with_link,
    "correction": lambda town, key: correct_course(town.anna, key=key, steps=COURSE),
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_begins_without_a_check_and_with_one_they_do(town: Town, way: str) -> None:
    key = proposed(town)
    with on(STARTED):
        with pytest.raises(UncheckedError, match="Zondagsoos") as caught:
            WAYS[way](town, key)
        assert [one.key for one in caught.value.places] == [club(town)]
        assert state_of(town, key) == PlacementState.PROPOSED
        checked(town, club(town), day=STARTED)
        WAYS[way](town, key)
    assert state_of(town, key) in {ACTIVE, TRIAL}


def test_late_registration_asks_for_a_check_that_may_be_made_late_too(town: Town) -> None:
    with on(date(2026, 11, 2)):
        with pytest.raises(UncheckedError, match="nog niet getoetst"):
            register_late(town.anna, new=late(town, town.roos_file))
        assert not Placement.objects.visible_to(town.system).exists()
        checked(town, club(town), day=date(2026, 11, 2))
        key = register_late(town.anna, new=late(town, town.roos_file))
    assert state_of(town, key) == ACTIVE


def test_who_began_before_the_check_was_asked_is_left_alone(town: Town) -> None:
    with on(date(2026, 11, 2)):
        key = register_late(town.anna, new=late(town, town.roos_file, date(2026, 6, 30)))
        assert state_of(town, key) == ACTIVE
        # A day on which it was asked is another start.
        with pytest.raises(UncheckedError):
            correct_start_day(town.anna, key=key, started_on=date(2026, 7, 1))
        correct_start_day(town.anna, key=key, started_on=date(2026, 6, 29))
        away = MoveReason.AGREED_BREAK
        move_one(town.anna, key=key, to=PAUSED, on=date(2026, 10, 5), reason=away)
        # Coming back is no start.
        move_one(town.anna, key=key, to=ACTIVE, on=date(2026, 11, 2))
    rows = StatePeriod.objects.visible_to(town.system).filter(placement__key=key, state=ACTIVE)
    days = rows.order_by("starts_on").values_list("starts_on", flat=True)
    assert list(days) == [date(2026, 6, 29), date(2026, 11, 2)]


def test_proposing_waiting_and_meeting_need_no_check(town: Town) -> None:
    key = proposed(town)
    proposed(town, person=town.tim.pseudonym_id, waits=True)
    with on(STARTED):
        move_one(town.anna, key=key, to=PlacementState.INTRODUCED, on=STARTED)
        [missing] = unchecked_of(town.anna, key=key)
    assert (missing.key, missing.lack, missing.newest) == (club(town), Lack.NEVER_CHECKED, None)
    assert unchecked_of(town.vera, key=key) == ()


def test_at_another_place_the_check_of_that_place_is_asked(town: Town) -> None:
    """Moving somebody on is an end here and a start there."""
    key = proposed(town, place=town.garden)
    with on(STARTED):
        move_one(town.anna, key=key, to=ACTIVE, on=STARTED)
        assert unchecked_of(town.anna, key=key) == ()
    other = proposed(town, person=town.sam.pseudonym_id)
    with on(STARTED), pytest.raises(UncheckedError):
        move_one(town.anna, key=other, to=ACTIVE, on=STARTED)


@pytest.mark.parametrize(
    ("checked_on", "answers", "said"),
    [
        (date(2025, 9, 6), NO_PAID_WORK, "start op 07-09-2026: hij telt van 06-09-2025"),
        (date(2026, 9, 2), DISPLACES, "verdringt het werk bij “Zondagsoos” betaald werk"),
    ],
)
def test_it_is_said_what_is_wrong_with_the_check_there_is(
    town: Town, checked_on: date, answers, said: str
) -> None:
    checked(town, club(town), answers, day=checked_on)
    key = proposed(town)
    with on(STARTED), pytest.raises(UncheckedError, match=said):
        move_one(town.anna, key=key, to=ACTIVE, on=STARTED)


def test_an_organisation_is_told_whom_to_ask(town: Town) -> None:
    key = proposed(town)
    with on(STARTED), pytest.raises(UncheckedError, match="Vraag de gemeente"):
        confirm_start(town.otto, key=key, started_on=STARTED)


# --- many at once --------------------------------------------------------------------------------


def test_of_many_all_places_and_faults_are_said_and_nobody_begins(town: Town) -> None:
    with on(PROPOSED):
        second = some_place(town, title="Tweede baan")
        Place.objects.filter(pk=second).update(kind="participation_job")
    people = register_crowd(town, 3)
    keys = [
        proposed(town, person=people[0]),
        proposed(town, person=people[1], place=second),
        proposed(town, person=people[2], place=town.garden, day=date(2026, 9, 8)),
    ]
    same = SameMove(to=ACTIVE, on=STARTED)
    with on(date(2026, 9, 8)), pytest.raises(UncheckedError) as caught:
        move_many(town.anna, keys=keys, same=same)
    said = str(caught.value)
    for part in ("Verzonnen002 Figurant (Moestuin)", "Er is niets", "Zondagsoos", "Tweede baan"):
        assert part in said
    assert [one.title for one in caught.value.places] == ["Tweede baan", "Zondagsoos"]
    assert {state_of(town, key) for key in keys} == {PlacementState.PROPOSED}


def test_two_hundred_cost_as_many_questions_as_ten(town: Town) -> None:
    Place.objects.filter(pk=town.far).update(capacity=300)
    checked(town, club(town), day=PROPOSED)
    people = register_crowd(town, 210)
    keys = [proposed(town, person=person) for person in people]

    def asked(some: list[uuid.UUID]) -> int:
        with on(STARTED), CaptureQueriesContext(connection) as found:
            move_many(town.anna, keys=some, same=SameMove(to=ACTIVE, on=STARTED))
        return sum("displacementcheck" in one["sql"] for one in found)

    assert asked(keys[:10]) == asked(keys[10:])


# --- inside a placement --------------------------------------------------------------------------


def test_another_location_asks_for_a_check_that_holds_then(town: Town) -> None:
    key = proposed(town)
    where = entered_location(town, organisation_id=town.otto.organisation_id)
    checked(town, club(town), day=PROPOSED)
    with on(STARTED):
        move_one(town.anna, key=key, to=ACTIVE, on=STARTED)
    lapsed = date(2027, 9, 20)
    there = NewTerms(starts_on=lapsed, half_days=SUNDAY, location_id=where.pk)
    with on(lapsed):
        # Only where somebody is matters; other hours go on.
        change_terms(town.anna, key=key, terms=replace(there, location_id=None))
        with pytest.raises(UncheckedError, match="geldt niet voor een start op 20-09-2027"):
            change_terms(town.anna, key=key, terms=there)
        with pytest.raises(ActionRefusedError, match=r"300 tekens.*geldt niet"):
            change_terms(town.anna, key=key, terms=replace(there, why="x" * 301))
        checked(town, club(town), day=lapsed)
        change_terms(town.anna, key=key, terms=there)


def test_a_location_may_be_agreed_before_somebody_begins(town: Town) -> None:
    key = proposed(town)
    where = entered_location(town, organisation_id=town.otto.organisation_id)
    with on(STARTED):
        there = NewTerms(starts_on=STARTED, location_id=where.pk)
        assert change_terms(town.anna, key=key, terms=there)


def test_a_fault_half_way_starts_nobody(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_given: object) -> None:
        raise RuntimeError("the power fails")

    key = proposed(town, place=town.garden)
    monkeypatch.setattr("meedoen.records.placements.moving.demand_no_overlap", breaks)
    with clock.at(datetime(2026, 9, 7, 10, tzinfo=UTC)), pytest.raises(RuntimeError, match="power"):
        move_one(town.anna, key=key, to=ACTIVE, on=STARTED)
    assert state_of(town, key) == PlacementState.PROPOSED
