"""Every move of a placement does all that belongs to it, for one and for many."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.history.models import Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.models import Responsibility
from meedoen.records.placements.actions import (
    NewPlacement,
    confirm_all,
    end,
    move_all,
    move_one,
    place_all,
)
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.placements.moving import Change
from meedoen.records.placements.queries import guest, guests, placements_of
from meedoen.records.places.actions import PlaceFullError
from meedoen.records.places.models import Place
from meedoen.records.waiting.actions import promote_one
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState

MONDAY = date(2026, 3, 2)
WAITING, PROPOSED, INTRODUCED, TRIAL, ACTIVE, PAUSED, ENDED, WITHDRAWN = PlacementState


def on(day: date):
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.fixture(autouse=True)
def in_may():
    with on(date(2026, 5, 1)):
        yield


def placed(town, person=None, place=None, *, waits=False, day=MONDAY):
    """Place somebody and return the row."""
    new = NewPlacement(
        pseudonym_id=(person or town.roos_file).pseudonym_id,
        place_id=place or town.garden,
        proposed_on=day,
        waits=waits,
    )
    [pk] = place_all(town.anna, placements=[new])
    return row(town, pk)


def row(town, pk):
    return Placement.objects.visible_to(town.system).get(pk=pk)


def taken(place):
    return Place.objects.get(pk=place).taken


def go(town, placement, to, day, outcome=None, reason=None):
    if to is PROPOSED:
        with on(day):
            promote_one(town.anna, key=placement.key)
        return
    move_one(town.anna, key=placement.key, to=to, on=day, outcome=outcome, reason=reason)


def stretches(town, placement):
    rows = StatePeriod.objects.visible_to(town.system).filter(placement=placement, withdrawn=False)
    return [(one.state, one.starts_on, one.reason) for one in rows.order_by("starts_on")]


def test_the_whole_life_of_a_placement_stands_in_its_stretches(town):
    placement = placed(town, waits=True)
    go(town, placement, PROPOSED, date(2026, 3, 9))
    go(town, placement, INTRODUCED, date(2026, 3, 11))
    go(town, placement, TRIAL, date(2026, 3, 16))
    go(town, placement, ACTIVE, date(2026, 3, 30))
    go(town, placement, PAUSED, date(2026, 4, 6), reason=MoveReason.AGREED_BREAK)
    go(town, placement, ACTIVE, date(2026, 4, 13))
    go(town, placement, ENDED, date(2026, 4, 30), Outcome.GOAL_REACHED)
    assert stretches(town, placement) == [
        ("waiting", MONDAY, ""),
        ("proposed", date(2026, 3, 9), ""),
        ("introduced", date(2026, 3, 11), ""),
        ("trial", date(2026, 3, 16), ""),
        ("active", date(2026, 3, 30), "agreed_break"),
        ("paused", date(2026, 4, 6), ""),
        ("active", date(2026, 4, 13), ""),
    ]
    now = row(town, placement.pk)
    assert (now.state, now.outcome, now.reason) == ("ended", "goal_reached", "")
    last = Entry.objects.visible_to(town.connie).filter(kind="placement").latest("pk")
    assert (last.state, last.ends_on, last.outcome) == ("active", date(2026, 5, 1), "goal_reached")


def test_who_waits_holds_no_seat_and_is_unknown_to_the_organisation_until_there_is_one(town):
    placement = placed(town, waits=True)
    assert taken(town.garden) == 0
    for state in PlacementState:
        assert guests(town.petra, state=state) == []
    assert guest(town.petra, key=placement.key) is None
    go(town, placement, PROPOSED, date(2026, 3, 9))
    assert taken(town.garden) == 1
    assert guest(town.petra, key=placement.key).state is PROPOSED


def test_who_waited_and_withdrew_stays_unknown_to_the_organisation(town):
    placement = placed(town, waits=True)
    reason = MoveReason.TIMES_OR_TRAVEL
    go(town, placement, WITHDRAWN, date(2026, 3, 9), Outcome.STOPPED_BY_RESIDENT, reason)
    assert taken(town.garden) == 0
    assert not Placement.objects.visible_to(town.petra).exists()
    assert not StatePeriod.objects.visible_to(town.petra).exists()


def test_who_waits_again_gives_the_seat_back_and_keeps_their_line(town):
    placement = placed(town)
    go(town, placement, WAITING, date(2026, 3, 16), reason=MoveReason.NO_ROOM_AFTER_ALL)
    assert taken(town.garden) == 0
    assert row(town, placement.pk).held_until is None
    [card] = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert card.stretches[-1].came_by is MoveReason.NO_ROOM_AFTER_ALL
    with pytest.raises(ActionRefusedError, match="heeft deze plek al"):
        placed(town, waits=True)


def test_a_seat_is_given_from_the_list_and_no_other_way(town):
    waiting = placed(town, waits=True)
    with pytest.raises(ActionRefusedError, match="Geef deze plaats vanaf de wachtlijst"):
        move_one(town.anna, key=waiting.key, to=PROPOSED, on=date(2026, 3, 9))
    with pytest.raises(ActionRefusedError, match="Voor “Moestuin” wachten al mensen"):
        placed(town, town.sam)
    assert taken(town.garden) == 0
    assert row(town, waiting.pk).state == "waiting"


def test_a_seat_is_held_for_a_while_and_again_from_the_first_meeting_on(town):
    with on(MONDAY):
        placement = placed(town)
    assert placement.held_until == date(2026, 3, 30)
    with on(date(2026, 3, 20)):
        go(town, placement, INTRODUCED, date(2026, 3, 20))
    assert row(town, placement.pk).held_until == date(2026, 4, 17)
    go(town, placement, ACTIVE, date(2026, 4, 1))
    assert row(town, placement.pk).held_until is None


def test_nobody_gets_from_the_list_into_a_place_that_is_full(town):
    first = placed(town, town.sam, town.repair)
    waiting = placed(town, place=town.repair, waits=True)
    with pytest.raises(PlaceFullError):
        go(town, waiting, PROPOSED, date(2026, 3, 9))
    assert row(town, waiting.pk).state == "waiting"
    assert stretches(town, waiting) == [("waiting", MONDAY, "")]
    go(town, first, WITHDRAWN, date(2026, 3, 16), Outcome.MOVED_AWAY)
    go(town, waiting, PROPOSED, date(2026, 3, 16))
    assert taken(town.repair) == 1


def test_of_many_none_moves_when_one_may_not(town):
    one, other = placed(town), placed(town, town.sam)
    go(town, other, ACTIVE, date(2026, 3, 9))
    changes = [Change(placement_id=pk.pk, on=date(2026, 3, 16)) for pk in (one, other)]
    with pytest.raises(ActionRefusedError, match="intussen verder"):
        move_all(town.anna, changes=changes, to=INTRODUCED)
    assert row(town, one.pk).state == "proposed"
    assert stretches(town, one) == [("proposed", MONDAY, "")]


def test_a_pause_and_an_end_by_somebody_ask_for_the_reason(town):
    placement = placed(town)
    go(town, placement, ACTIVE, date(2026, 3, 9))
    with pytest.raises(ActionRefusedError, match="Kies ook de reden"):
        go(town, placement, PAUSED, date(2026, 3, 16))
    with pytest.raises(ActionRefusedError, match="Kies ook de reden"):
        end(
            town.anna,
            key=placement.key,
            last_day=date(2026, 3, 16),
            outcome=Outcome.STOPPED_BY_RESIDENT,
        )
    with pytest.raises(ActionRefusedError, match="past niet bij wat u koos"):
        end(
            town.anna,
            key=placement.key,
            last_day=date(2026, 3, 16),
            outcome=Outcome.STOPPED_BY_RESIDENT,
            reason=MoveReason.WORK_IS_DONE,
        )
    assert row(town, placement.pk).state == "active"


def test_an_organisation_confirms_what_it_sees_and_decides_nothing_else(town):
    placement = placed(town)
    change = [Change(placement_id=placement.pk, on=date(2026, 3, 9))]
    for to in (PROPOSED, PAUSED, ENDED, WITHDRAWN, WAITING):
        with pytest.raises(ActionRefusedError, match="Dat beslist de gemeente"):
            confirm_all(town.petra, changes=change, to=to)
    with pytest.raises(PermissionDenied):
        move_all(town.petra, changes=change, to=ACTIVE)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        confirm_all(town.otto, changes=change, to=TRIAL)
    confirm_all(town.petra, changes=change, to=INTRODUCED)
    confirm_all(town.petra, changes=change, to=TRIAL)
    confirm_all(town.petra, changes=change)
    with pytest.raises(ActionRefusedError, match="intussen verder"):
        confirm_all(town.petra, changes=change)
    assert row(town, placement.pk).state == "active"


def test_a_paused_placement_keeps_its_seat_and_its_coach(town):
    placement = placed(town)
    go(town, placement, ACTIVE, date(2026, 3, 9))
    go(town, placement, PAUSED, date(2026, 3, 16), reason=MoveReason.CANNOT_COME_NOW)
    assert taken(town.garden) == 1
    of_roos = Responsibility.objects.visible_to(town.system).current()
    assert of_roos.filter(pseudonym_id=town.roos_file.pseudonym_id).exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 5, 2), "in de toekomst"), (date(2026, 3, 1), "ligt voor 02-03-2026")],
)
def test_a_day_that_cannot_be_is_refused(town, day, said):
    placement = placed(town)
    with pytest.raises(ActionRefusedError, match=said):
        go(town, placement, TRIAL, day)
    assert row(town, placement.pk).state == "proposed"


def test_a_stranger_and_a_colleague_of_another_team_move_nothing(town):
    placement = placed(town)
    for stranger in (town.carla, town.vera):
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            move_one(stranger, key=placement.key, to=ACTIVE, on=date(2026, 3, 9))
