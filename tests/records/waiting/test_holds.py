"""A seat is held for as long as the terms say; after that it goes to who waits."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.config.schedule import PERIODIC, ROUNDS
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import confirm_start, move_one
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.placements.place_closing import answer_about_place
from meedoen.records.places.actions import PlaceFullError
from meedoen.records.signals.actions import catch_up, refresh_all
from meedoen.records.signals.models import Signal
from meedoen.records.waiting.actions import promote_one, set_promotion_way
from meedoen.records.waiting.hold_actions import keep_hold, lapse_holds
from meedoen.records.waiting.models import Promotion
from meedoen.records.waiting.queries import standing_of
from meedoen.records.waiting.tasks import give_free_seats_everywhere, put_the_lists_in_queue
from meedoen.rules.placement_states import BEFORE_START
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import FreshnessAnswer, PlacementState, PromotionWay
from tests.records.waiting.scenes import FIRST, again, change, day, place_of, propose, states
from tests.town import Town, talk
from tests.web.coach.scenes import on
from tests.work import work_off

LAST = FIRST + timedelta(days=28)
"""The last day on which the seat of somebody who was proposed on the first day is held."""
AFTER = LAST + timedelta(days=1)
WAITS, HAS = PlacementState.WAITING.value, PlacementState.PROPOSED.value


@pytest.fixture
def held(town: Town) -> Placement:
    """For Roos the one seat of fixing bicycles is held."""
    with on(FIRST):
        return propose(town, town.roos_file.pseudonym_id, town.repair, FIRST)


def night(number: date) -> None:
    with on(number):
        put_the_lists_in_queue()
        work_off()


def test_a_seat_is_held_up_to_and_including_the_last_day(town, held):
    assert held.held_until == LAST
    with on(LAST):
        assert lapse_holds(town.system) == 0
    with on(AFTER):
        assert lapse_holds(town.system) == 1
        assert lapse_holds(town.system) == 0
    now = again(town, held.pk)
    assert (now.state, now.held_until, now.reason) == (WAITS, None, "hold_lapsed")
    assert place_of(town.repair).taken == 0
    story = StatePeriod.objects.visible_to(town.anna).filter(placement=held).order_by("starts_on")
    assert [(one.state, one.reason, one.starts_on) for one in story] == [
        (HAS, "hold_lapsed", FIRST),
        (WAITS, "", AFTER),
    ]


def test_in_the_night_the_seat_goes_to_who_waits_and_not_back(town, held):
    with on(day(3)):
        waits = propose(town, town.tim.pseudonym_id, town.repair, day(3), waits=True)
        set_promotion_way(
            town.anna, place_key=held.place.key, way=PromotionWay.AUTOMATIC, starts_on=day(3)
        )
    night(LAST)
    assert states(town, [held, waits]) == [HAS, WAITS]
    night(AFTER)
    assert states(town, [held, waits]) == [WAITS, HAS]


def test_who_let_a_hold_lapse_is_not_given_a_seat_again_by_itself_but_may_be_by_hand(town, held):
    with on(day(3)):
        set_promotion_way(
            town.anna, place_key=held.place.key, way=PromotionWay.AUTOMATIC, starts_on=day(3)
        )
    night(AFTER)
    night(AFTER + timedelta(days=1))
    assert states(town, [held]) == [WAITS]
    assert not Promotion.objects.visible_to(town.system).exists()
    with on(AFTER + timedelta(days=2)):
        standing = standing_of(town.anna, placement_key=held.key)
        assert standing is not None
        assert standing.lapsed
        promote_one(town.anna, key=held.key)
    assert states(town, [held]) == [HAS]


def signals(town: Town, kind: SignalKind) -> list[str]:
    catch_up(town.system)
    rows = Signal.objects.visible_to(town.anna).filter(kind=kind, ended_at__isnull=True)
    return [row.subject for row in rows]


def test_the_coach_hears_of_it_until_they_spoke_with_the_person(town, held):
    night(AFTER)
    with on(AFTER):
        assert signals(town, SignalKind.HOLD_LAPSED) == [str(held.key)]
    with on(AFTER + timedelta(days=2)):
        talk(town.anna, town.roos_file, AFTER + timedelta(days=2))
        assert signals(town, SignalKind.HOLD_LAPSED) == []


def test_the_coach_hears_that_somebody_waits_for_a_place_that_is_no_more(town, held):
    with on(day(3)):
        waits = propose(town, town.sam.pseudonym_id, town.repair, day(3), waits=True)
        assert signals(town, SignalKind.WAITS_IN_VAIN) == []
        change(town, town.repair, day(3), closes_on=day(3))
        # Somebody writes something down about the person; every night does the same for all.
        talk(town.anna, town.sam, day(3))
        assert signals(town, SignalKind.WAITS_IN_VAIN) == [str(waits.key)]


def test_when_an_organisation_stops_a_place_the_coach_of_who_waits_hears_of_it(town, held):
    with on(day(3)):
        waits = propose(town, town.sam.pseudonym_id, town.repair, day(3), waits=True)
        assert signals(town, SignalKind.WAITS_IN_VAIN) == []
        answer_about_place(town.otto, place_key=held.place.key, answer=FreshnessAnswer.STOPPED)
        closes_on = place_of(town.repair).closes_on
    with on(max(closes_on, day(3))):
        refresh_all(town.system)
        assert signals(town, SignalKind.WAITS_IN_VAIN) == [str(waits.key)]


def test_the_lists_are_tidied_every_night_and_free_seats_are_given_all_day(town, held):
    assert "tidy_waiting_lists" in {one.name for one in PERIODIC}
    with on(day(3)):
        waits = propose(town, town.tim.pseudonym_id, town.repair, day(3), waits=True)
        set_promotion_way(
            town.anna, place_key=held.place.key, way=PromotionWay.AUTOMATIC, starts_on=day(3)
        )
        change(town, town.repair, day(3), capacity=2)
        [round_of_lists] = [one for one in ROUNDS if one.do is give_free_seats_everywhere]
        round_of_lists.do()
    assert states(town, [held, waits]) == [HAS, HAS]


def test_a_meeting_makes_the_seat_held_anew(town, held):
    with on(day(20)):
        move_one(town.anna, key=held.key, to=PlacementState.INTRODUCED, on=day(20))
    assert again(town, held.pk).held_until == day(48)
    with on(AFTER):
        assert lapse_holds(town.system) == 0


def test_who_began_holds_a_seat_without_a_term(town, held):
    with on(day(20)):
        confirm_start(town.otto, key=held.key, started_on=day(20))
    with on(day(400)):
        assert lapse_holds(town.system) == 0


# --- for longer ----------------------------------------------------------------------------------


def test_a_coach_holds_a_seat_for_longer_and_it_does_not_lapse(town, held):
    with on(day(20)):
        keep_hold(town.anna, key=held.key, until=day(60), seen=LAST)
    with on(AFTER):
        assert lapse_holds(town.system) == 0
    with on(day(61)):
        assert lapse_holds(town.system) == 1


@pytest.mark.parametrize(
    ("today", "until", "said"),
    [
        (20, 19, "Kies een dag vanaf vandaag, en op zijn laatst 24-11-2026"),
        (20, 85, "op zijn laatst 24-11-2026"),
        (85, 90, "al zo lang vrijgehouden als mag"),
    ],
)
def test_a_seat_is_not_held_for_longer_than_the_terms_allow(town, held, today, until, said):
    with on(day(today)), pytest.raises(ActionRefusedError, match=said):
        keep_hold(town.anna, key=held.key, until=day(until), seen=LAST)
    assert again(town, held.pk).held_until == LAST


def test_of_two_who_choose_another_day_the_second_is_told(town, held):
    with on(day(20)):
        keep_hold(town.anna, key=held.key, until=day(40), seen=LAST)
        with pytest.raises(ActionRefusedError, match="net een andere dag"):
            keep_hold(town.bram, key=held.key, until=day(50), seen=LAST)
        # Sent twice, it is the same.
        keep_hold(town.anna, key=held.key, until=day(40), seen=LAST)
    assert again(town, held.pk).held_until == day(40)


def test_for_who_waits_or_takes_part_no_seat_is_held(town, held):
    with on(day(3)):
        waits = propose(town, town.sam.pseudonym_id, town.repair, day(3), waits=True)
        confirm_start(town.otto, key=held.key, started_on=day(3))
        for placement in (waits, held):
            with pytest.raises(ActionRefusedError, match="geen plaats vrijgehouden"):
                keep_hold(town.anna, key=placement.key, until=day(9))


def test_strangers_and_partners_hold_no_seat_for_longer(town, held):
    with on(day(20)):
        for viewer in (town.vera, town.carla):
            with pytest.raises(ActionRefusedError, match="niet voor u"):
                keep_hold(viewer, key=held.key, until=day(40), seen=LAST)
        with pytest.raises(PermissionDenied):
            keep_hold(town.otto, key=held.key, until=day(40), seen=LAST)


def test_the_partner_is_told_nothing_of_who_waits(town, held):
    with on(day(3)):
        waits = propose(town, town.sam.pseudonym_id, town.repair, day(3), waits=True)
    assert not Placement.objects.visible_to(town.otto).filter(pk=waits.pk).exists()
    assert held.state in BEFORE_START


def test_two_do_not_get_the_seat_of_one_hold(town, held):
    with on(day(3)):
        waits = propose(town, town.sam.pseudonym_id, town.repair, day(3), waits=True)
        with pytest.raises(PlaceFullError):
            promote_one(town.anna, key=waits.key)
