"""Somebody moves away or dies: everything of theirs ends in one go, and nothing is lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.following.leaving_actions import leave_all
from meedoen.records.history.models import Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.placements.actions import confirm_all, confirm_start, move_one
from meedoen.records.placements.models import StatePeriod
from meedoen.records.placements.moving import Change
from meedoen.records.waiting.kind_actions import NewLine, wait_for_kinds
from meedoen.records.waiting.leaving_actions import leave_lists
from meedoen.records.waiting.models import KindWaiting
from meedoen.rules.vocabulary import (
    EntryKind,
    MoveReason,
    Outcome,
    PlaceKind,
    PlacementState,
)
from tests.records.waiting.scenes import FIRST, TODAY, again, day, place_of, propose, some_place
from tests.town import Town
from tests.web.coach.scenes import on


@pytest.fixture
def busy(town: Town) -> dict:
    """Sam runs somewhere, is paused, tries, is proposed, waits for a place and for a kind."""
    found = {}
    person = town.sam.pseudonym_id
    with on(FIRST):
        for name in ("runs", "paused", "tries", "proposed", "waits"):
            place = some_place(town, title=name)
            found[name] = propose(town, person, place, FIRST, waits=name == "waits")
        [found["line"]] = wait_for_kinds(
            town.anna,
            lines=[NewLine(pseudonym_id=person, kind=PlaceKind.TRAINING, since=FIRST)],
        )
    with on(day(5)):
        for name in ("runs", "paused"):
            confirm_start(town.otto, key=found[name].key, started_on=day(5))
        confirm_all(
            town.otto,
            changes=[Change(placement_id=found["tries"].pk, on=day(5))],
            to=PlacementState.TRIAL,
        )
    with on(day(9)):
        move_one(
            town.anna,
            key=found["paused"].key,
            to=PlacementState.PAUSED,
            on=day(9),
            reason=MoveReason.AGREED_BREAK,
        )
    return found


def story(town, placement):
    rows = StatePeriod.objects.visible_to(town.system).filter(placement=placement, withdrawn=False)
    return [(one.state, one.starts_on, one.ends_on) for one in rows.order_by("starts_on", "pk")]


def leave(town, viewer=None, *, last=TODAY, outcome=Outcome.MOVED_AWAY, person=None):
    with on(TODAY):
        return leave_all(
            viewer or town.anna,
            pseudonym_ids=[person or town.sam.pseudonym_id],
            on=last,
            outcome=outcome,
        )


@pytest.mark.parametrize("outcome", [Outcome.MOVED_AWAY, Outcome.DIED])
def test_everything_ends_in_one_go_with_the_same_reason(town, busy, outcome):
    left = leave(town, last=day(20), outcome=outcome)
    assert (left.ended, left.withdrawn, left.lines) == (3, 2, 1)
    now = {name: again(town, one.pk) for name, one in busy.items() if name != "line"}
    assert {name: (one.state, one.outcome) for name, one in now.items()} == {
        "runs": ("ended", outcome),
        "paused": ("ended", outcome),
        "tries": ("ended", outcome),
        "proposed": ("withdrawn", outcome),
        "waits": ("withdrawn", outcome),
    }
    assert {place_of(one.place_id).taken for one in now.values()} == {0}
    assert story(town, busy["runs"])[-1] == ("active", day(5), day(21))
    line = KindWaiting.objects.visible_to(town.system).get(key=busy["line"])
    assert (line.left_on, line.how) == (day(20), outcome.value)
    # Once more: there is nothing left to end.
    again_left = leave(town, last=day(20), outcome=outcome)
    assert (again_left.ended, again_left.withdrawn, again_left.lines) == (0, 0, 0)


def test_what_was_written_down_of_the_days_after_is_corrected_and_stays_to_be_seen(town, busy):
    left = leave(town, last=day(7))
    assert (left.ended, left.withdrawn, left.lines) == (3, 2, 1)
    # The pause began two days after Sam had left.
    assert story(town, busy["paused"]) == [
        ("proposed", FIRST, day(5)),
        ("active", day(5), day(8)),
    ]
    entries = Entry.objects.visible_to(town.system).filter(
        kind=EntryKind.PLACEMENT, state=PlacementState.PAUSED
    )
    assert entries.count() == 2
    assert entries.filter(withdrawn=True).count() == 1


def test_who_had_left_before_anything_began_never_took_part(town, busy):
    left = leave(town, last=day(-3))
    assert (left.ended, left.withdrawn) == (0, 5)
    for name in ("runs", "paused", "tries", "proposed", "waits"):
        assert again(town, busy[name].pk).state == "withdrawn"
        assert story(town, busy[name]) == []
        assert place_of(busy[name].place_id).taken == 0


def test_others_keep_what_they_have(town, busy):
    with on(day(6)):
        other = propose(town, town.roos_file.pseudonym_id, some_place(town), day(6))
    leave(town)
    assert again(town, other.pk).state == "proposed"


@pytest.mark.parametrize(
    ("last", "outcome", "said"),
    [
        (TODAY + timedelta(days=1), Outcome.MOVED_AWAY, "in de toekomst"),
        (TODAY, Outcome.STOPPED_BY_RESIDENT, "zoals een verhuizing"),
        (TODAY, Outcome.GOAL_REACHED, "zoals een verhuizing"),
    ],
)
def test_a_leaving_that_cannot_be_is_refused_and_nothing_ends(town, busy, last, outcome, said):
    with pytest.raises(ActionRefusedError, match=said):
        leave(town, last=last, outcome=outcome)
    assert again(town, busy["runs"].pk).state == "active"


def test_only_who_may_open_the_file_lets_somebody_leave(town, busy):
    for viewer in (town.carla, town.vera):
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            leave(town, viewer)
    for viewer in (town.otto, town.roos, town.connie):
        with pytest.raises(PermissionDenied):
            leave(town, viewer)
    with pytest.raises(ActionRefusedError, match="niet voor u"), on(TODAY):
        leave_all(
            town.anna,
            pseudonym_ids=[town.sam.pseudonym_id, town.tim.pseudonym_id],
            on=TODAY,
            outcome=Outcome.MOVED_AWAY,
        )
    assert again(town, busy["runs"].pk).state == "active"


def test_who_lost_the_benefit_and_has_no_coach_any_more_leaves_the_lists_in_the_night(town):
    with on(FIRST):
        waits = propose(town, town.sam.pseudonym_id, some_place(town), FIRST, waits=True)
        [line] = wait_for_kinds(
            town.anna,
            lines=[NewLine(pseudonym_id=town.sam.pseudonym_id, kind=PlaceKind.OTHER, since=FIRST)],
        )
        assert leave_lists(town.system) == 0
    with on(day(10)):
        end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, day(10))])
        assert leave_lists(town.system) == 1
        assert leave_lists(town.system) == 0
    now = again(town, waits.pk)
    assert (now.state, now.reason) == ("withdrawn", "benefit_ended")
    assert KindWaiting.objects.visible_to(town.system).get(key=line).how == "benefit_ended"
