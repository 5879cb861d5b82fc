"""An objection goes to the municipality: noted, answered, and upheld by a new decision."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.sheltered.actions import decide
from meedoen.records.sheltered.correcting import take_back
from meedoen.records.sheltered.objection_actions import answer_objection, note_objection
from meedoen.rules.sheltered.words import ObjectionState, ShelteredReason, ShelteredState
from tests.records.sheltered.scenes import advised, card, granted, on, refused
from tests.town import Town

OBJECTED, ANSWERED = date(2026, 3, 1), date(2026, 4, 1)


def objected(town: Town):
    key = refused(town)
    with on():
        note_objection(town.anna, key=key, on=OBJECTED, text="Ik kan alleen beschut werken.")
    return key


def granted_after_all(town: Town, key) -> None:
    decide(
        town.anna,
        key=key,
        to=ShelteredState.GRANTED,
        on=ANSWERED,
        reason=ShelteredReason.OBJECTION_UPHELD,
        explanation="Het advies lette niet op het tempo.",
    )


def test_a_resident_who_is_right_gets_another_decision(town: Town) -> None:
    key = objected(town)
    assert card(town, key).is_objected_to
    with on():
        granted_after_all(town, key)
    one = card(town, key)
    assert one.state is ShelteredState.GRANTED
    assert [(said.state, said.on) for said in one.objections] == [
        (ObjectionState.RECEIVED, OBJECTED),
        (ObjectionState.UPHELD, ANSWERED),
    ]
    assert not one.is_objected_to


def test_nothing_is_upheld_without_an_objection(town: Town) -> None:
    key = refused(town)
    with on(), pytest.raises(ActionRefusedError, match="geen bezwaar genoteerd"):
        granted_after_all(town, key)


def test_taking_the_new_decision_back_lets_the_objection_wait_again(town: Town) -> None:
    key = objected(town)
    with on():
        granted_after_all(town, key)
        take_back(town.anna, key=key, reason="De verkeerde inwoner.")
    assert card(town, key).state is ShelteredState.REFUSED
    assert card(town, key).is_objected_to


@pytest.mark.parametrize("state", [ObjectionState.REJECTED, ObjectionState.WITHDRAWN])
def test_an_objection_that_came_to_nothing_is_answered_once(
    town: Town, state: ObjectionState
) -> None:
    key = objected(town)
    with on():
        answer_objection(town.lea, key=key, state=state, on=ANSWERED, text="")
        assert card(town, key).objections[-1].said_by == "Lea Testema"
        with pytest.raises(ActionRefusedError, match="loopt geen bezwaar"):
            answer_objection(town.lea, key=key, state=state, on=ANSWERED, text="")
        note_objection(town.anna, key=key, on=ANSWERED, text="")
    assert card(town, key).is_objected_to


def test_who_objects_to_what_was_granted_can_be_right_too(town: Town) -> None:
    key = granted(town)
    with on():
        note_objection(town.anna, key=key, on=OBJECTED, text="Ik kan meer.")
        answer_objection(
            town.anna, key=key, state=ObjectionState.UPHELD, on=ANSWERED, text="Dat klopt."
        )
    assert card(town, key).objections[-1].text == "Dat klopt."


def test_what_cannot_be_is_refused_with_everything_at_once(town: Town) -> None:
    key = advised(town)
    with on(), pytest.raises(ActionRefusedError, match="nog geen besluit"):
        note_objection(town.anna, key=key, on=OBJECTED, text="")
    with on():
        decide(town.anna, key=key, to=ShelteredState.GRANTED, on=OBJECTED)
        with pytest.raises(ActionRefusedError) as refusal:
            note_objection(town.anna, key=key, on=date(2026, 1, 1), text="x" * 501)
    assert "01-03-2026" in str(refusal.value)
    assert "500 tekens" in str(refusal.value)


def test_two_objections_do_not_run_at_once_and_answers_come_after(town: Town) -> None:
    key = objected(town)
    with on():
        with pytest.raises(ActionRefusedError, match="loopt al een bezwaar"):
            note_objection(town.anna, key=key, on=ANSWERED, text="")
        with pytest.raises(ActionRefusedError, match="ligt voor 01-03-2026"):
            answer_objection(
                town.anna,
                key=key,
                state=ObjectionState.REJECTED,
                on=date(2026, 2, 20),
                text="",
            )
        with pytest.raises(ActionRefusedError, match="nieuwe besluit"):
            answer_objection(town.anna, key=key, state=ObjectionState.UPHELD, on=ANSWERED, text="")
        with pytest.raises(ActionRefusedError, match="Kies hoe"):
            answer_objection(
                town.anna, key=key, state=ObjectionState.RECEIVED, on=ANSWERED, text=""
            )


@pytest.mark.parametrize("who", ["carla", "petra", "roos"])
def test_strangers_note_no_objection(town: Town, who: str) -> None:
    key = refused(town)
    with on(), pytest.raises((ActionRefusedError, PermissionDenied)):
        note_objection(getattr(town, who), key=key, on=OBJECTED, text="")
    assert card(town, key).objections == ()
