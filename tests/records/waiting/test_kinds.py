"""Waiting for a kind of place: who, where, since when, and what comes of it."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import confirm_start, move_one
from meedoen.records.placements.models import Placement
from meedoen.records.places.actions import PlaceFullError
from meedoen.records.waiting.actions import promote_one
from meedoen.records.waiting.explaining import kept_promotion, replayed
from meedoen.records.waiting.kind_actions import (
    NewLine,
    place_from_kind,
    stop_waiting,
    wait_for_kinds,
)
from meedoen.records.waiting.leaving_actions import close_placed_lines
from meedoen.records.waiting.models import KindWaiting, Promotion
from meedoen.records.waiting.queries import kind_line, kind_list, standings
from meedoen.rules.vocabulary import (
    LeftWaiting,
    MoveReason,
    PlaceKind,
    PlacementState,
    PromotionWay,
)
from tests.records.figures.scenes import crowd
from tests.records.waiting.scenes import FIRST, TODAY, day, propose, some_place
from tests.town import Town
from tests.web.coach.scenes import on

VOLUNTEER, JOB = PlaceKind.VOLUNTEER_WORK, PlaceKind.PARTICIPATION_JOB


def wait(town, viewer, person, since, **more):
    with on(TODAY):
        [key] = wait_for_kinds(
            viewer,
            lines=[
                NewLine(
                    pseudonym_id=person.pseudonym_id,
                    since=since,
                    **{"kind": VOLUNTEER, **more},
                )
            ],
        )
    return key


@pytest.fixture
def queue(town: Town) -> list[uuid.UUID]:
    """Sam waits for volunteer work, then Tim, in Zuid only, and then Roos, who lost a place."""
    return [
        wait(town, town.anna, town.sam, day(0)),
        wait(town, town.carla, town.tim, day(1), district_id=town.south),
        wait(town, town.anna, town.roos_file, day(2), lost_place=True),
    ]


def line(town: Town, key: uuid.UUID) -> KindWaiting:
    return KindWaiting.objects.visible_to(town.system).get(key=key)


def shown(viewer, **wanted):
    with on(TODAY):
        found = kind_list(viewer, kind=VOLUNTEER, **wanted)
    return [(one.position, one.age, one.own and one.own.person.name) for one in found.lines.cards]


def test_the_list_of_a_kind_stands_in_order_and_of_others_shows_nothing_more(town, queue):
    assert shown(town.anna) == [
        (1, 60, "Roos Nepstra"),
        (2, 62, "Sam Nepstra"),
        (3, 61, None),
    ]
    assert shown(town.carla) == [(1, 60, None), (2, 62, None), (3, 61, "Tim Nepstra")]
    assert shown(town.anna, district_id=town.north) == [
        (1, 60, "Roos Nepstra"),
        (2, 62, "Sam Nepstra"),
    ]
    assert shown(town.vera) == []


def test_how_many_wait_for_each_kind_is_told(town, queue):
    wait(town, town.anna, town.sam, day(0), kind=JOB)
    with on(TODAY):
        found = kind_list(town.carla, kind=None)
    counts = {one.kind: one.waiting for one in found.counts if one.waiting}
    assert counts == {VOLUNTEER: 3, JOB: 1}
    assert found.lines.total == 0


def test_one_line_shows_where_there_is_room(town, queue):
    with on(TODAY):
        found = kind_line(town.carla, key=queue[1])
        assert found is not None
        assert [(one.place_id, one.free) for one in found.rooms] == [(town.repair, 1)]
        assert kind_line(town.anna, key=queue[1]) is None
        assert kind_line(town.vera, key=queue[1]) is None
        [standing] = standings(town.carla, pseudonym_id=town.tim.pseudonym_id)
    assert (standing.position, standing.waiting, standing.district) == (3, 3, "Zuid")


def test_everything_that_is_wrong_with_new_lines_is_said_at_once(town):
    with on(FIRST), pytest.raises(ActionRefusedError) as error:
        wait_for_kinds(
            town.anna,
            lines=[
                NewLine(pseudonym_id=town.sam.pseudonym_id, kind=VOLUNTEER, since=day(1)),
                NewLine(pseudonym_id=town.tim.pseudonym_id, kind=VOLUNTEER, since=FIRST),
                NewLine(pseudonym_id=town.sam.pseudonym_id, kind=JOB, since=FIRST, district_id=0),
            ],
        )
    for sentence in ("in de toekomst", "niet voor u", "wijk bestaat niet"):
        assert sentence in str(error.value)
    assert not KindWaiting.objects.visible_to(town.system).exists()


def test_nobody_waits_twice_for_one_kind(town, queue):
    with pytest.raises(ActionRefusedError, match="wacht al"):
        wait(town, town.bram, town.sam, day(5), district_id=town.north)
    with on(TODAY):
        stop_waiting(town.anna, keys=[queue[0]], on=TODAY, how=LeftWaiting.NO_WISH_ANY_MORE)
    # Whoever stopped, may begin anew, at the end.
    wait(town, town.bram, town.sam, day(5), district_id=town.north)
    assert shown(town.anna)[-1] == (3, 57, "Sam Nepstra")


def test_only_who_may_open_the_file_takes_somebody_off_the_list(town, queue):
    with on(TODAY):
        for viewer in (town.carla, town.vera):
            with pytest.raises(ActionRefusedError, match="niet meer op deze wachtlijst"):
                stop_waiting(viewer, keys=[queue[0]], on=TODAY, how=LeftWaiting.NO_WISH_ANY_MORE)
        with pytest.raises(PermissionDenied):
            stop_waiting(town.otto, keys=[queue[0]], on=TODAY, how=LeftWaiting.NO_WISH_ANY_MORE)
    assert line(town, queue[0]).left_on is None


@pytest.mark.parametrize(
    ("left_on", "how", "said"),
    [
        (day(90), LeftWaiting.NO_WISH_ANY_MORE, "in de toekomst"),
        (day(-1), LeftWaiting.NO_WISH_ANY_MORE, "voor de dag waarop het wachten begon"),
        (day(9), LeftWaiting.PLACED, "Plaats iemand vanaf de wachtlijst"),
    ],
)
def test_a_stop_that_cannot_be_is_refused(town, queue, left_on, how, said):
    with on(TODAY), pytest.raises(ActionRefusedError, match=said):
        stop_waiting(town.anna, keys=[queue[0], queue[2]], on=left_on, how=how)
    assert [line(town, key).left_on for key in queue] == [None] * 3


def test_who_is_first_gets_a_seat_and_the_line_says_what_came_of_it(town, queue):
    north = some_place(town)
    with on(TODAY):
        key = place_from_kind(town.anna, key=queue[2], place_id=north)
    placement = Placement.objects.visible_to(town.anna).get(key=key)
    kept = line(town, queue[2])
    assert (kept.left_on, kept.how, kept.placement_id) == (TODAY, "placed", placement.pk)
    [promotion] = Promotion.objects.visible_to(town.anna)
    # Tim waits in Zuid only: nobody passed him over.
    assert kept_promotion(promotion.explanation).waiting == 2
    again = replayed(promotion.explanation, PromotionWay.BY_HAND)
    assert again == kept_promotion(promotion.explanation)


def test_who_is_not_first_asks_for_a_reason(town, queue):
    north = some_place(town)
    with on(TODAY):
        with pytest.raises(ActionRefusedError, match="niet bovenaan"):
            place_from_kind(town.anna, key=queue[0], place_id=north)
        place_from_kind(
            town.anna, key=queue[0], place_id=north, reason="Roos wil eerst haar diploma halen."
        )
    [promotion] = Promotion.objects.visible_to(town.anna)
    assert promotion.reason == "Roos wil eerst haar diploma halen."


def test_a_place_of_another_kind_or_without_room_is_refused_and_the_line_stays(town, queue):
    full = some_place(town, capacity=0)
    with on(TODAY):
        with pytest.raises(ActionRefusedError, match="van de soort"):
            place_from_kind(town.anna, key=queue[2], place_id=town.garden)
        with pytest.raises(PlaceFullError):
            place_from_kind(town.anna, key=queue[2], place_id=full)
    assert line(town, queue[2]).left_on is None
    assert not Promotion.objects.visible_to(town.anna).exists()


def test_somebody_may_take_a_place_in_another_district_after_all(town, queue):
    north = some_place(town)
    with on(TODAY):
        place_from_kind(town.carla, key=queue[1], place_id=north)
    [promotion] = Promotion.objects.visible_to(town.carla)
    assert kept_promotion(promotion.explanation).waiting == 1


def test_who_got_such_a_place_in_another_way_leaves_the_list_in_the_night(town, queue):
    with on(TODAY):
        placement = propose(town, town.sam.pseudonym_id, some_place(town), TODAY)
        assert close_placed_lines(town.system) == 1
        assert close_placed_lines(town.system) == 0
    kept = line(town, queue[0])
    assert (kept.how, kept.placement_id, kept.left_on) == ("placed", placement.pk, TODAY)


def test_who_has_such_a_place_and_waits_for_a_second_one_stays_on_the_list_until_it_is_there(town):
    with on(day(0)):
        first = propose(town, town.sam.pseudonym_id, some_place(town), day(0))
    # Also for who waits since the day on which the first seat was given.
    key = wait(town, town.anna, town.sam, day(0))
    with on(TODAY):
        confirm_start(town.otto, key=first.key, started_on=day(3))
        assert close_placed_lines(town.system) == 0
        assert line(town, key).left_on is None
        second = propose(town, town.sam.pseudonym_id, some_place(town, title="Tweede"), TODAY)
        assert close_placed_lines(town.system) == 1
    assert line(town, key).placement_id == second.pk


def test_a_seat_that_is_got_again_from_the_list_of_a_place_is_a_new_one(town):
    with on(day(0)):
        seated = propose(town, town.sam.pseudonym_id, some_place(town), day(0))
    key = wait(town, town.anna, town.sam, day(1))
    with on(TODAY):
        move_one(
            town.anna,
            key=seated.key,
            to=PlacementState.WAITING,
            on=TODAY,
            reason=MoveReason.CANNOT_COME_NOW,
        )
        assert close_placed_lines(town.system) == 0
        promote_one(town.anna, key=seated.key)
        assert close_placed_lines(town.system) == 1
    assert line(town, key).placement_id == seated.pk


def test_the_night_asks_as_many_questions_for_forty_who_got_a_place_as_for_five(
    town, django_assert_num_queries
):
    def got_one(some):
        with on(TODAY):
            wait_for_kinds(
                town.anna,
                lines=[
                    NewLine(pseudonym_id=person, kind=VOLUNTEER, since=day(1)) for person in some
                ],
            )
            place = some_place(town, capacity=50)
            for person in some:
                propose(town, person, place, TODAY)

    people = crowd(town, 45)
    got_one(people[:5])
    with on(TODAY), CaptureQueriesContext(connection) as few:
        assert close_placed_lines(town.system) == 5
    got_one(people[5:])
    with on(TODAY), django_assert_num_queries(len(few)):
        assert close_placed_lines(town.system) == 40


def test_the_list_asks_as_many_questions_for_two_hundred_as_for_ten(
    town, django_assert_num_queries
):
    people = crowd(town, 200)

    def begin(some):
        with on(TODAY):
            wait_for_kinds(
                town.anna,
                lines=[
                    NewLine(pseudonym_id=person, kind=VOLUNTEER, since=day(1)) for person in some
                ],
            )

    begin(people[:10])
    with CaptureQueriesContext(connection) as few:
        assert len(shown(town.anna)) == 10
    begin(people[10:])
    with django_assert_num_queries(len(few)):
        assert len(shown(town.anna)) == 50
