"""A suggestion that is refused: why, what the person says, and what follows."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.conversations.outreach_queries import next_steps_with
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import confirm_start
from meedoen.records.placements.queries import placements_of
from meedoen.records.placements.refusing import refuse_place
from meedoen.records.places.models import Place
from meedoen.records.proposals.actions import propose
from meedoen.records.proposals.models import PlaceMessage, Refusal
from meedoen.records.proposals.queries import proposal
from meedoen.records.proposals.refusal_queries import messages_to_see, refusals_of
from meedoen.records.proposals.refusals import NewRefusal, note_seen
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.places.refusals import refusal_rules
from meedoen.rules.vocabulary import (
    Outcome,
    PlacementState,
    Preference,
    RefusalReason,
    RefusalSide,
)
from tests.matching import chosen, list_for
from tests.town import Town
from tests.web.coach.scenes import on

NOW = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def from_december_on():
    """Live under the rule set of December 2026."""
    with on(NOW):
        yield


def a_refusal(town: Town, on_list: uuid.UUID, **changes) -> NewRefusal:
    given = {
        "key": on_list,
        "place_id": town.garden,
        "reason": RefusalReason.TIMES_DO_NOT_SUIT,
        "preference": Preference.RATHER_ANOTHER,
        "resident_said": "Ik breng dan mijn kind weg.",
        "tell_place": True,
    }
    return NewRefusal(**given | changes)


def fallen(town: Town, key: uuid.UUID) -> set[HardRule]:
    card = proposal(town.anna, key=key)
    assert card is not None
    return {group.rule for group in card.fallen}


def seats(town: Town) -> int:
    return Place.objects.get(pk=town.garden).taken


def test_a_refused_place_rests_for_that_person_until_the_day_of_its_reason(town: Town) -> None:
    key = list_for(town)
    assert refuse_place(town.anna, refusal=a_refusal(town, key)) is False
    [card] = refusals_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (card.title, card.side, card.preference, card.resident_said) == (
        "Moestuin",
        RefusalSide.RESIDENT,
        Preference.RATHER_ANOTHER,
        "Ik breng dan mijn kind weg.",
    )
    assert (card.who, card.on, card.paused_until) == (
        "Anna Testema",
        NOW,
        NOW + timedelta(days=91),
    )
    roos = town.roos_file.pseudonym_id
    assert HardRule.REFUSED_BEFORE in fallen(town, propose(town.anna, pseudonym_id=roos))
    sam = list_for(town, town.sam)
    assert HardRule.REFUSED_BEFORE not in fallen(town, sam)
    with on(NOW + timedelta(days=91)):
        later = propose(town.anna, pseudonym_id=roos)
    assert HardRule.REFUSED_BEFORE not in fallen(town, later)


def test_asking_again_is_planned_on_that_day(town: Town) -> None:
    key = list_for(town)
    refuse_place(town.anna, refusal=a_refusal(town, key))
    [step] = next_steps_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert step.planned_on == NOW + timedelta(days=91)
    assert step.what == "Opnieuw vragen naar de plek Moestuin"


def test_the_coach_may_choose_another_day_or_no_pause_and_not_to_ask(town: Town) -> None:
    key = list_for(town)
    day = NOW + timedelta(days=10)
    refuse_place(town.anna, refusal=a_refusal(town, key, paused_until=day, ask_again=False))
    refuse_place(town.anna, refusal=a_refusal(town, key, place_id=town.repair, no_pause=True))
    found = refusals_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert [(one.paused_until, one.ask_again) for one in found] == [(None, False), (day, False)]
    assert not next_steps_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def test_what_was_said_last_of_a_place_holds(town: Town) -> None:
    first = list_for(town)
    refuse_place(town.anna, refusal=a_refusal(town, first))
    with on(NOW + timedelta(days=91)):
        second = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        refuse_place(town.anna, refusal=a_refusal(town, second, no_pause=True))
        third = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert HardRule.REFUSED_BEFORE not in fallen(town, third)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"resident_said": "  "}, "zelf van zegt"),
        ({"resident_said": "x" * 501}, "te lang"),
        ({"resident_said": "Bel 999990019 maar."}, "burgerservicenummer"),
        ({"paused_until": NOW}, "die nog komt"),
        ({"paused_until": date(2040, 1, 1)}, "hoogstens vijf jaar"),
        ({"place_id": 987_654}, "staat niet in het voorstel"),
        ({"key": uuid.UUID(int=0)}, "niet voor u"),
        ({"paused_until": date(2029, 6, 1), "ask_again": True}, "twee jaar"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_kept(town: Town, changes, why: str) -> None:
    key = list_for(town)
    with pytest.raises(ActionRefusedError, match=why):
        refuse_place(town.anna, refusal=a_refusal(town, key, **changes))
    assert not Refusal.objects.visible_to(town.anna).exists()
    assert not PlaceMessage.objects.visible_to(town.system).exists()


def test_pressing_twice_keeps_it_once(town: Town) -> None:
    key = list_for(town)
    refuse_place(town.anna, refusal=a_refusal(town, key))
    with pytest.raises(ActionRefusedError, match="al opgeschreven"):
        refuse_place(town.bram, refusal=a_refusal(town, key))
    assert Refusal.objects.visible_to(town.anna).count() == 1
    assert PlaceMessage.objects.visible_to(town.system).count() == 1


def test_a_stranger_refuses_nothing_and_sees_nothing(town: Town) -> None:
    key = list_for(town)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        refuse_place(town.carla, refusal=a_refusal(town, key))
    with pytest.raises(PermissionDenied):
        refuse_place(town.petra, refusal=a_refusal(town, key))
    refuse_place(town.anna, refusal=a_refusal(town, key))
    roos = town.roos_file.pseudonym_id
    assert len(refusals_of(town.roos, pseudonym_id=roos)) == 1
    for stranger in (town.carla, town.vera, town.petra, town.connie):
        assert refusals_of(stranger, pseudonym_id=roos) == []


def test_a_refused_place_cannot_be_chosen_from_that_list(town: Town) -> None:
    key = list_for(town)
    refuse_place(town.anna, refusal=a_refusal(town, key))
    with pytest.raises(ActionRefusedError, match="gaat niet door"):
        chosen(town, key)
    assert seats(town) == 0


# --- late refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        (RefusalReason.NOT_READY_YET, Outcome.STOPPED_BY_RESIDENT),
        (RefusalReason.NO_ROOM_AFTER_ALL, Outcome.STOPPED_BY_PARTNER),
        (RefusalReason.OTHER_STEP_FIRST, Outcome.STOPPED_BY_MUNICIPALITY),
    ],
)
def test_a_chosen_place_that_comes_to_nothing_gives_the_seat_back(
    town: Town, reason: RefusalReason, outcome: Outcome
) -> None:
    key = list_for(town)
    chosen(town, key)
    assert seats(town) == 1
    assert refuse_place(town.anna, refusal=a_refusal(town, key, reason=reason)) is True
    assert seats(town) == 0
    [placement] = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (placement.state, placement.outcome) == (PlacementState.WITHDRAWN, outcome)
    card = proposal(town.anna, key=key)
    assert card is not None
    assert card.is_chosen_refused
    [refusal] = refusals_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert refusal.was_chosen
    again = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert chosen(town, again, town.repair)


def test_who_began_already_stops_a_placement_instead(town: Town) -> None:
    key = list_for(town)
    placement = chosen(town, key)
    confirm_start(town.petra, key=placement, started_on=NOW)
    with pytest.raises(ActionRefusedError, match="al begonnen"):
        refuse_place(town.anna, refusal=a_refusal(town, key))
    assert seats(town) == 1
    assert not Refusal.objects.visible_to(town.anna).exists()


def test_a_fault_half_way_keeps_nothing(town: Town) -> None:
    key = list_for(town)
    chosen(town, key)
    with pytest.raises(ActionRefusedError, match="te lang"):
        refuse_place(town.anna, refusal=a_refusal(town, key, resident_said="x" * 501))
    assert seats(town) == 1
    [placement] = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert placement.state is PlacementState.PROPOSED


# --- what the organisation gets to know -----------------------------------------------------------


def test_an_organisation_reads_the_reason_about_its_place_and_never_who(town: Town) -> None:
    key = list_for(town)
    refuse_place(town.anna, refusal=a_refusal(town, key))
    [message] = messages_to_see(town.petra)
    assert (message.title, message.reason) == ("Moestuin", RefusalReason.TIMES_DO_NOT_SUIT)
    assert message.month == date(2026, 12, 1)
    row = PlaceMessage.objects.visible_to(town.petra).get()
    assert {field.name for field in row._meta.fields} == {
        *("id", "municipality", "place", "reason", "month", "seen_at", "seen_by"),
    }
    assert messages_to_see(town.otto) == []
    note_seen(town.otto, message_id=message.message_id)
    assert len(messages_to_see(town.petra)) == 1
    note_seen(town.petra, message_id=message.message_id)
    note_seen(town.pia, message_id=message.message_id)
    assert messages_to_see(town.petra) == []
    assert PlaceMessage.objects.visible_to(town.petra).get().seen_by_id == town.petra.membership_id


@pytest.mark.parametrize(
    "changes",
    [{"tell_place": False}, {"reason": RefusalReason.DOES_NOT_APPEAL}],
    ids=["the coach said no", "not about the place"],
)
def test_other_reasons_stay_with_the_municipality(town: Town, changes) -> None:
    key = list_for(town)
    refuse_place(town.anna, refusal=replace(a_refusal(town, key), **changes))
    assert messages_to_see(town.petra) == []
    [card] = refusals_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert not card.told_place


@pytest.mark.parametrize("reason", RefusalReason)
def test_every_reason_can_be_written_down(town: Town, reason: RefusalReason) -> None:
    key = list_for(town)
    refuse_place(town.anna, refusal=a_refusal(town, key, reason=reason))
    [card] = refusals_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (card.reason, card.side) == (reason, refusal_rules(reason, NOW).side)
