"""Agreeing: when, how, with which words; and again after a change."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from meedoen.records.history.models import Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.plans.agreement_actions import AlreadyAgreedError, agree, agree_own_plan
from meedoen.records.plans.keeping import PlanChangedError
from meedoen.records.plans.models import PlanAgreement
from meedoen.records.plans.part_actions import add_goal, close_goal, set_action_state
from meedoen.records.plans.queries import plan_events_of
from meedoen.rules.vocabulary import ActionState, GoalState, ObtainedHow, PlanState
from tests.records.plans.scenes import AGREED, BEGUN, SAID, agreed, card, drafted
from tests.town import Town
from tests.web.coach.scenes import on

AGAIN = date(2026, 4, 6)


def agree_spoken(town: Town, key, version: int, day: date = AGAIN, said: str = SAID) -> None:
    agree(
        town.anna,
        key=key,
        version=version,
        agreed_on=day,
        how=ObtainedHow.SPOKEN,
        resident_said=said,
    )


def test_an_agreement_keeps_when_how_and_what_was_said(town: Town) -> None:
    now = card(town, agreed(town))
    (kept,) = now.agreements
    assert (now.state, now.agreed_on, now.to_agree) == (PlanState.AGREED, AGREED, False)
    assert (kept.agreed_on, kept.how, kept.resident_said, kept.version) == (
        AGREED,
        ObtainedHow.SPOKEN,
        SAID,
        1,
    )
    assert [goal["words"] for goal in kept.shown["goals"]] == [one.words for one in now.goals]
    (entry,) = Entry.objects.visible_to(town.connie).filter(kind="plan")
    assert (entry.starts_on, entry.district_id) == (AGREED, town.north)


def test_a_resident_agrees_when_signed_in_with_or_without_a_word(town: Town) -> None:
    key = drafted(town, template="language")
    with on(AGREED):
        agree_own_plan(town.roos, key=key, version=1, said="")
    (kept,) = card(town, key).agreements
    assert (kept.how, kept.agreed_on, kept.resident_said) == (ObtainedHow.SIGNED_IN, AGREED, "")
    assert kept.noted_by == "Roos Testema"


def test_a_new_goal_asks_for_agreement_anew_and_keeps_the_old_one(town: Town) -> None:
    key = agreed(town)
    add_goal(town.anna, key=key, version=1, words="Ik wil meer.")
    changed = card(town, key)
    assert (changed.state, changed.to_agree) == (PlanState.AGREED, True)
    agree_spoken(town, key, 2)
    again = card(town, key)
    assert not again.to_agree
    assert [one.agreed_on for one in again.agreements] == [AGAIN, AGREED]
    assert [len(one.shown["goals"]) for one in again.agreements] == [3, 2]
    assert again.agreed_on == AGREED
    assert Entry.objects.visible_to(town.connie).filter(kind="plan").count() == 1
    kinds = [
        one.kind for one in plan_events_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    ]
    assert kinds == ["agreed_again", "agreed"]


def test_how_far_things_are_asks_for_no_agreement(town: Town) -> None:
    key = agreed(town)
    goal = card(town, key).goals[0]
    set_action_state(town.anna, action_id=goal.actions[0].action_id, state=ActionState.DROPPED)
    close_goal(town.anna, goal_id=goal.goal_id, state=GoalState.REACHED)
    assert not card(town, key).to_agree


def test_nobody_agrees_with_what_was_not_shown(town: Town) -> None:
    key = drafted(town, template="first_steps")
    add_goal(town.anna, key=key, version=1, words="Ik wil meer.")
    with pytest.raises(PlanChangedError):
        agree_own_plan(town.roos, key=key, version=1, said="Goed")
    with pytest.raises(PlanChangedError):
        agree_spoken(town, key, 1)
    assert not card(town, key).agreements


def test_an_agreement_that_is_sent_twice_is_kept_once(town: Town) -> None:
    key = agreed(town)
    before = card(town, key)
    agree_spoken(town, key, 1, AGREED)
    assert card(town, key) == before


@pytest.mark.parametrize(
    "other",
    [
        {"resident_said": "Ik wil het toch anders."},
        {"agreed_on": AGAIN},
        {"agreed_on": BEGUN},
        {"how": ObtainedHow.WRITTEN},
    ],
    ids=str,
)
def test_the_same_plan_is_not_agreed_on_in_another_way(town: Town, other: dict[str, Any]) -> None:
    key = agreed(town)
    first = {"agreed_on": AGREED, "how": ObtainedHow.SPOKEN, "resident_said": SAID}
    with pytest.raises(AlreadyAgreedError, match="al afgesproken"):
        agree(town.anna, key=key, version=1, **(first | other))
    with pytest.raises(AlreadyAgreedError):
        agree_own_plan(town.roos, key=key, version=1, said=SAID)
    assert [one.resident_said for one in card(town, key).agreements] == [SAID]


@pytest.mark.parametrize(
    ("day", "said", "sentence"),
    [
        (date(2999, 1, 1), SAID, "in de toekomst"),
        (date(2026, 3, 1), SAID, "02-03-2026"),
        (AGAIN, " ", "wat de inwoner"),
        (AGAIN, "x" * 501, "te lang"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(
    town: Town, day: date, said: str, sentence: str
) -> None:
    key = drafted(town, template="first_steps")
    with pytest.raises(ActionRefusedError, match=sentence):
        agree_spoken(town, key, 1, day, said)
    assert card(town, key).state is PlanState.DRAFT


def test_a_later_agreement_is_not_before_an_earlier_one(town: Town) -> None:
    key = agreed(town)
    add_goal(town.anna, key=key, version=1, words="Ik wil meer.")
    with pytest.raises(ActionRefusedError, match="09-03-2026"):
        agree_spoken(town, key, 2, BEGUN)


def test_an_empty_plan_is_not_agreed_on(town: Town) -> None:
    with pytest.raises(ActionRefusedError, match="minstens één doel"):
        agree_spoken(town, drafted(town), 1)


def test_only_the_resident_agrees_signed_in(town: Town) -> None:
    key = drafted(town, template="first_steps")
    with pytest.raises(ActionRefusedError, match="inwoner zelf"):
        agree(
            town.anna,
            key=key,
            version=1,
            agreed_on=AGREED,
            how=ObtainedHow.SIGNED_IN,
            resident_said=SAID,
        )
    with pytest.raises(PermissionDenied):
        agree_own_plan(town.anna, key=key, version=1, said=SAID)
    of_sam = drafted(town, person=town.sam, template="first_steps")
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        agree_own_plan(town.roos, key=of_sam, version=1, said=SAID)


def test_an_agreement_never_changes(town: Town) -> None:
    agreed(town)
    rows = PlanAgreement.objects.visible_to(town.anna)
    for change in (lambda: rows.update(resident_said="Nee"), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_fault_half_way_leaves_no_agreement(town: Town, monkeypatch) -> None:
    key = drafted(town, template="first_steps")

    def broken(*_given: object, **_rest: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("meedoen.records.plans.agreement_actions.next_evaluation", broken)
    with pytest.raises(RuntimeError):
        agree_spoken(town, key, 1)
    assert not card(town, key).agreements
    assert card(town, key).state is PlanState.DRAFT
    assert not Entry.objects.visible_to(town.connie).filter(kind="plan").exists()
