"""A seat that comes free goes to who waits, by hand or by the rule, explained and kept."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError, transaction

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import confirm_start, end, move_one
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.places.actions import PlaceFullError
from meedoen.records.waiting import tasks
from meedoen.records.waiting.actions import promote_at, promote_one, set_promotion_way
from meedoen.records.waiting.explaining import kept_promotion, replayed
from meedoen.records.waiting.models import Promotion
from meedoen.records.waiting.queries import place_list, standing_of, standings, waiting_at
from meedoen.records.waiting.tasks import give_free_seats
from meedoen.rules.vocabulary import MoveReason, Outcome, PlaceKind, PlacementState, PromotionWay
from tests.at_once import at_once
from tests.records.figures.scenes import crowd
from tests.records.waiting.scenes import (
    FIRST,
    TODAY,
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

WAITS, HAS = PlacementState.WAITING.value, PlacementState.PROPOSED.value


@pytest.fixture
def queue(town: Town) -> list[Placement]:
    """Roos has the one seat of fixing bicycles; Sam, Tim and one more wait, in that order."""
    with on(FIRST):
        seated = propose(town, town.roos_file.pseudonym_id, town.repair, FIRST)
    people = [town.sam.pseudonym_id, town.tim.pseudonym_id, *crowd(town, 1)]
    waiting = []
    for number, person in enumerate(people, start=1):
        with on(day(number)):
            waiting.append(propose(town, person, town.repair, day(number), waits=True))
    return [seated, *waiting]


def promotions(town: Town) -> list[Promotion]:
    return list(Promotion.objects.visible_to(town.system).order_by("pk"))


def make_room(town: Town, seated: Placement, last_day: date) -> None:
    """Let who has the seat begin and stop again."""
    with on(last_day):
        confirm_start(town.otto, key=seated.key, started_on=day(5))
        end(town.anna, key=seated.key, last_day=last_day, outcome=Outcome.GOAL_REACHED)


def test_the_list_stands_in_the_order_of_the_rule_with_age_and_of_others_nothing_more(town, queue):
    with on(TODAY):
        found = place_list(town.anna, place_key=queue[0].place.key)
    assert found is not None
    lines = [(one.position, one.age, one.own and one.own.person.name) for one in found.lines.cards]
    assert lines == [(1, 61, "Sam Nepstra"), (2, 60, None), (3, 59, "Nep0 Menigte")]
    assert (found.free, found.way, found.lines.total) == (0, PromotionWay.BY_HAND, 3)
    assert "langst wacht" in found.rule.sentence


def test_somebody_of_another_municipality_finds_no_list(town, queue):
    assert place_list(town.vera, place_key=queue[0].place.key) is None
    assert standing_of(town.vera, placement_key=queue[1].key) is None
    assert standings(town.carla, pseudonym_id=town.sam.pseudonym_id) == []


def test_where_one_person_stands_is_told_without_the_others(town, queue):
    with on(TODAY):
        [standing] = standings(town.carla, pseudonym_id=town.tim.pseudonym_id)
        assert standing_of(town.carla, placement_key=queue[2].key) == standing
    assert (standing.position, standing.waiting, standing.age) == (2, 3, 60)
    assert (standing.title, standing.lapsed) == ("Fietsen maken", False)
    assert waiting_at(town.otto, place_ids=[town.repair, town.garden]) == {town.repair: 3}


def test_who_is_first_gets_the_seat_by_hand_without_a_reason(town, queue):
    make_room(town, queue[0], day(20))
    with on(day(21)):
        promote_one(town.anna, key=queue[1].key)
    now = again(town, queue[1].pk)
    assert (now.state, now.held_until) == (HAS, day(21) + timedelta(days=28))
    assert place_of(town.repair).taken == 1
    [kept] = promotions(town)
    assert (kept.way, kept.reason, kept.made_by_id) == ("by_hand", "", town.anna.membership_id)
    explained = kept_promotion(kept.explanation)
    assert (explained.position, explained.waiting, explained.age) == (1, 3, 20)
    assert explained.passed == ()


def test_who_is_not_first_gets_it_only_with_a_reason_that_is_kept(town, queue):
    make_room(town, queue[0], day(20))
    with on(day(21)):
        with pytest.raises(ActionRefusedError, match="niet bovenaan"):
            promote_one(town.carla, key=queue[2].key, reason="  ")
        promote_one(town.carla, key=queue[2].key, reason="Sam wil pas in januari.")
    assert states(town, queue[1:]) == [WAITS, HAS, WAITS]
    [kept] = promotions(town)
    assert kept.reason == "Sam wil pas in januari."
    [passed] = kept_promotion(kept.explanation).passed
    assert (passed.key, passed.because) == (str(queue[1].key), "Sam wil pas in januari.")


@pytest.mark.parametrize(
    ("reason", "said"),
    [("x" * 301, "te lang"), ("Het nummer is 111222333.", "BSN")],
)
def test_a_reason_that_cannot_be_kept_is_refused(town, queue, reason, said):
    make_room(town, queue[0], day(20))
    with on(day(21)), pytest.raises(ActionRefusedError, match=said):
        promote_one(town.carla, key=queue[2].key, reason=reason)
    assert not promotions(town)
    assert states(town, queue[1:]) == [WAITS, WAITS, WAITS]


def test_nobody_gets_a_seat_that_is_not_free(town, queue):
    with on(TODAY), pytest.raises(PlaceFullError):
        promote_one(town.anna, key=queue[1].key)
    assert not promotions(town)


def test_a_stranger_a_partner_and_a_wrong_key_promote_nobody(town, queue):
    make_room(town, queue[0], day(20))
    with on(day(21)):
        for viewer, key in [
            (town.vera, queue[1].key),
            (town.carla, queue[1].key),
            (town.anna, queue[0].key),
            (town.anna, uuid.uuid4()),
        ]:
            with pytest.raises(ActionRefusedError, match="niet meer op deze wachtlijst"):
                promote_one(viewer, key=key, reason="Omdat.")
        with pytest.raises(PermissionDenied):
            promote_one(town.otto, key=queue[1].key)
    assert not promotions(town)


def test_a_place_that_is_closed_gives_nobody_a_seat(town, queue):
    make_room(town, queue[0], day(20))
    with on(day(21)):
        change(town, town.repair, day(21), closes_on=day(21))
        with pytest.raises(ActionRefusedError, match="niet open"):
            promote_one(town.anna, key=queue[1].key)
        set_promotion_way(
            town.anna, place_key=queue[0].place.key, way=PromotionWay.AUTOMATIC, starts_on=day(21)
        )
        give_free_seats(town.system)
    assert states(town, queue[1:]) == [WAITS, WAITS, WAITS]


# --- by the rule alone ---------------------------------------------------------------------------


def automatic(town: Town, place_id: int, since: date) -> None:
    set_promotion_way(
        town.anna,
        place_key=place_of(place_id).key,
        way=PromotionWay.AUTOMATIC,
        starts_on=since,
    )


def test_by_hand_nothing_happens_by_itself(town, queue):
    make_room(town, queue[0], day(20))
    with on(day(21)):
        give_free_seats(town.system)
    assert not promotions(town)


def test_an_automatic_place_gives_its_seat_to_who_waits_longest(town, queue):
    with on(day(10)):
        automatic(town, town.repair, day(21))
    make_room(town, queue[0], day(20))
    with on(day(20)):
        # It does so from the day on that was said.
        give_free_seats(town.system)
        assert not promotions(town)
    with on(day(21)):
        for _time in range(2):
            give_free_seats(town.system)
    assert states(town, queue[1:]) == [HAS, WAITS, WAITS]
    [kept] = promotions(town)
    assert (kept.way, kept.made_by) == ("automatic", None)


def test_larger_room_and_a_withdrawal_give_seats_too(town, queue):
    with on(day(10)):
        automatic(town, town.repair, day(10))
        change(town, town.repair, day(10), capacity=2)
        give_free_seats(town.system)
        assert states(town, queue[1:]) == [HAS, WAITS, WAITS]
        move_one(
            town.anna,
            key=queue[0].key,
            to=PlacementState.WITHDRAWN,
            on=day(10),
            outcome=Outcome.MOVED_ON_TO_PAID_WORK,
        )
        give_free_seats(town.system)
    assert states(town, queue[1:]) == [HAS, HAS, WAITS]
    assert [kept_promotion(one.explanation).waiting for one in promotions(town)] == [3, 2]
    assert place_of(town.repair).taken == 2


def test_what_goes_wrong_at_one_place_holds_up_no_other_and_is_logged(town, monkeypatch, caplog):
    with on(FIRST):
        broken, sound = some_place(town, title="Eerst"), some_place(town, title="Dan")
        waiting = [
            propose(town, town.sam.pseudonym_id, place, FIRST, waits=True)
            for place in (broken, sound)
        ]
        for place in (broken, sound):
            automatic(town, place, FIRST)

    def give(viewer, *, place_id):
        if place_id == broken:
            raise RuntimeError("broken off")
        return promote_at(viewer, place_id=place_id)

    monkeypatch.setattr(tasks, "promote_at", give)
    with on(FIRST):
        tasks.give_free_seats_everywhere()
    assert f"Place {broken} gave its free seats to nobody" in caplog.text
    assert "broken off" in caplog.text
    assert states(town, waiting) == [WAITS, HAS]


def test_a_database_that_does_not_answer_is_told_to_who_called(town, monkeypatch):
    with on(FIRST):
        propose(town, town.sam.pseudonym_id, town.repair, FIRST, waits=True)
        automatic(town, town.repair, FIRST)

    def give(viewer, *, place_id):
        raise OperationalError("gone")

    monkeypatch.setattr(tasks, "promote_at", give)
    with on(FIRST), pytest.raises(OperationalError):
        tasks.give_free_seats_everywhere()


def test_who_lost_a_place_comes_first_until_they_take_part_again(town, queue):
    other = some_place(town)
    with on(day(6)):
        running = propose(town, town.tim.pseudonym_id, other, day(6))
        confirm_start(town.otto, key=running.key, started_on=day(6))
    with on(day(12)):
        end(
            town.carla,
            key=running.key,
            last_day=day(12),
            outcome=Outcome.STOPPED_BY_PARTNER,
            reason=MoveReason.PLACE_CLOSES,
        )
        [standing] = standings(town.carla, pseudonym_id=town.tim.pseudonym_id)
        assert standing.position == 1
        found = place_list(town.carla, place_key=queue[0].place.key)
        assert found is not None
        own = found.lines.cards[0].own
        assert own is not None
        assert own.lost_place
    with on(day(14)):
        new = propose(town, town.tim.pseudonym_id, other, day(14))
        confirm_start(town.otto, key=new.key, started_on=day(14))
        [standing] = standings(town.carla, pseudonym_id=town.tim.pseudonym_id)
    assert standing.position == 2


def test_who_takes_part_at_a_place_that_is_no_more_lost_it_already(town, queue):
    other = some_place(town)
    with on(day(6)):
        running = propose(town, town.tim.pseudonym_id, other, day(6))
        confirm_start(town.otto, key=running.key, started_on=day(6))
        change(town, other, day(9), closes_on=day(9))
        [before] = standings(town.carla, pseudonym_id=town.tim.pseudonym_id)
    with on(day(9)):
        change(town, other, day(9), closes_on=day(9))
        [after] = standings(town.carla, pseudonym_id=town.tim.pseudonym_id)
    assert (before.position, after.position) == (2, 1)


def test_for_whom_the_seat_will_not_do_is_passed_over_and_it_is_kept_why(town):
    job = some_place(town, kind=PlaceKind.SHELTERED_NEW)
    with on(FIRST):
        wsw = some_place(town, kind=PlaceKind.SHELTERED_WSW)
        propose(town, town.sam.pseudonym_id, wsw, FIRST)
        first = propose(town, town.sam.pseudonym_id, job, FIRST, waits=True)
    with on(day(1)):
        second = propose(town, town.roos_file.pseudonym_id, job, day(1), waits=True)
        automatic(town, job, day(1))
        give_free_seats(town.system)
    assert states(town, [first, second]) == [WAITS, HAS]
    [kept] = promotions(town)
    [passed] = kept_promotion(kept.explanation).passed
    assert (passed.key, passed.because) == (str(first.key), "overlap")


def test_every_promotion_can_be_worked_out_again_from_what_was_kept(town, queue):
    with on(day(10)):
        automatic(town, town.repair, day(10))
        change(town, town.repair, day(10), capacity=3)
        promote_one(town.anna, key=queue[3].key, reason="Alleen deze mens kan meteen.")
        give_free_seats(town.system)
    kept = promotions(town)
    assert [one.way for one in kept] == ["by_hand", "automatic"]
    for one in kept:
        stored = json.loads(json.dumps(one.explanation))
        assert replayed(stored, PromotionWay(one.way)) == kept_promotion(stored)


def test_a_promotion_is_never_changed_or_removed(town, queue):
    make_room(town, queue[0], day(20))
    with on(day(21)):
        promote_one(town.anna, key=queue[1].key)
    rows = Promotion.objects.visible_to(town.system)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        rows.update(reason="Toch anders.")
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        rows.delete()


def test_the_log_of_a_place_names_only_who_the_viewer_may_know(town, queue):
    make_room(town, queue[0], day(20))
    with on(day(21)):
        promote_one(town.carla, key=queue[2].key, reason="Sam wil pas in januari.")
        seen = {
            name: place_list(viewer, place_key=queue[0].place.key)
            for name, viewer in {"carla": town.carla, "anna": town.anna}.items()
        }
    assert seen["carla"] is not None
    assert seen["anna"] is not None
    [for_carla], [for_anna] = seen["carla"].promotions, seen["anna"].promotions
    assert for_carla.own is not None
    assert for_carla.own.person.name == "Tim Nepstra"
    assert for_carla.own.made_by == "Carla Testema"
    assert for_anna.own is None
    assert for_anna.explained.position == 2


def test_a_day_that_has_passed_is_no_day_to_change_how_seats_are_given(town, queue):
    with on(day(10)), pytest.raises(ActionRefusedError, match="vanaf vandaag"):
        automatic(town, town.repair, day(9))
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        set_promotion_way(
            town.vera,
            place_key=place_of(town.repair).key,
            way=PromotionWay.AUTOMATIC,
            starts_on=date(2099, 1, 1),
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_one_seat_away_at_the_same_moment_one_does(town):
    with on(FIRST):
        waiting = [
            propose(town, person, town.repair, FIRST, waits=True)
            for person in (town.sam.pseudonym_id, town.roos_file.pseudonym_id)
        ]
    refused = []

    def give(placement: Placement) -> None:
        with on(day(1)):
            try:
                promote_one(town.anna, key=placement.key, reason="Wie er het eerst is.")
            except ActionRefusedError as error:
                refused.append(str(error))

    def give_by_the_rule() -> None:
        with on(day(1)):
            promote_at(town.system, place_id=town.repair)

    at_once(lambda: give(waiting[0]), lambda: give(waiting[1]), give_by_the_rule)
    assert sorted(states(town, waiting)) == [HAS, WAITS]
    assert len(promotions(town)) == 1
    assert place_of(town.repair).taken == 1
    assert 1 <= len(refused) <= 2
    open_rows = StatePeriod.objects.visible_to(town.system).filter(
        state=HAS, withdrawn=False, placement__in=[one.pk for one in waiting]
    )
    assert open_rows.count() == 1
