"""Goals and actions: adding, changing, closing; two people at the same time."""

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.plans.actions import end_plan
from meedoen.records.plans.duty_actions import fix_duties
from meedoen.records.plans.keeping import PlanChangedError
from meedoen.records.plans.new import NewDuty
from meedoen.records.plans.part_actions import (
    add_action,
    add_goal,
    change_action,
    change_goal,
    close_goal,
    mark_own_action,
    set_action_state,
)
from meedoen.rules.vocabulary import ActionOwner, ActionState, DutyKind, GoalState
from tests.records.plans.scenes import AGREED, agreed, card, drafted
from tests.town import Town, build_town
from tests.web.coach.scenes import on

WORDS = "Ik wil leren koken."
DONE_ON = date(2026, 4, 1)


def new_action(**changes: Any) -> dict[str, Any]:
    return {
        "what": "Een kookboek lenen",
        "owner": ActionOwner.RESIDENT,
        "organisation_id": None,
        "due_on": date(2026, 5, 1),
        **changes,
    }


def test_goals_and_actions_are_added_one_at_a_time_in_order(town: Town) -> None:
    key = drafted(town)
    first = add_goal(town.anna, key=key, version=1, words=f" {WORDS} ")
    add_goal(town.bram, key=key, version=2, words="Ik wil tuinieren.")
    add_action(town.anna, goal_id=first, version=3, **new_action())
    add_action(
        town.anna,
        goal_id=first,
        version=4,
        **new_action(owner=ActionOwner.PARTNER, organisation_id=town.petra.organisation_id),
    )
    now = card(town, key)
    assert [goal.words for goal in now.goals] == [WORDS, "Ik wil tuinieren."]
    assert [one.organisation for one in now.goals[0].actions] == ["", "De Moestuin"]
    assert now.version == 5


def test_a_goal_and_an_action_get_other_words(town: Town) -> None:
    key = agreed(town)
    goal = card(town, key).goals[0]
    change_goal(town.anna, goal_id=goal.goal_id, version=1, words=WORDS)
    change_action(
        town.anna,
        action_id=goal.actions[0].action_id,
        version=2,
        **new_action(owner=ActionOwner.COACH, due_on=None),
    )
    changed = card(town, key).goals[0]
    assert changed.words == WORDS
    assert (changed.actions[0].owner, changed.actions[0].due_on) == (ActionOwner.COACH, None)


def test_the_second_of_two_is_told_and_nothing_of_the_first_is_lost(town: Town) -> None:
    key = agreed(town)
    goal = card(town, key).goals[0]
    change_goal(town.anna, goal_id=goal.goal_id, version=1, words=WORDS)
    with pytest.raises(PlanChangedError, match="intussen gewijzigd"):
        change_goal(town.bram, goal_id=goal.goal_id, version=1, words="Ik wil slapen.")
    with pytest.raises(PlanChangedError):
        add_goal(town.bram, key=key, version=1, words="Ik wil slapen.")
    with pytest.raises(PlanChangedError):
        add_action(town.bram, goal_id=goal.goal_id, version=1, **new_action())
    assert card(town, key).goals[0].words == WORDS
    assert len(card(town, key).goals) == 2


def test_how_far_an_action_is_changes_freely_beside_who_writes(town: Town) -> None:
    key = agreed(town)
    goal = card(town, key).goals[0]
    own = goal.actions[0].action_id
    with on(DONE_ON):
        mark_own_action(town.roos, action_id=own, state=ActionState.DONE)
    add_goal(town.anna, key=key, version=1, words=WORDS)
    done = card(town, key).goals[0].actions[0]
    assert (done.state, done.done_on, done.overdue) == (ActionState.DONE, DONE_ON, False)
    with on(date(2026, 4, 9)):
        set_action_state(town.anna, action_id=own, state=ActionState.DONE)
    assert card(town, key).goals[0].actions[0].done_on == DONE_ON
    set_action_state(town.anna, action_id=own, state=ActionState.BUSY)
    assert card(town, key).goals[0].actions[0].done_on is None


def test_a_resident_answers_for_the_own_actions_only(town: Town) -> None:
    key = agreed(town)
    own, of_coach, *_rest = card(town, key).goals[0].actions
    with pytest.raises(ActionRefusedError, match="iemand anders"):
        mark_own_action(town.roos, action_id=of_coach.action_id, state=ActionState.DONE)
    with pytest.raises(ActionRefusedError, match="Praat erover"):
        mark_own_action(town.roos, action_id=own.action_id, state=ActionState.DROPPED)
    set_action_state(town.anna, action_id=own.action_id, state=ActionState.DROPPED)
    with pytest.raises(ActionRefusedError, match="Praat erover"):
        mark_own_action(town.roos, action_id=own.action_id, state=ActionState.DONE)
    with pytest.raises(PermissionDenied):
        set_action_state(town.roos, action_id=own.action_id, state=ActionState.DONE)
    with pytest.raises(PermissionDenied):
        mark_own_action(town.petra, action_id=own.action_id, state=ActionState.DONE)


def test_a_resident_does_not_reach_someone_elses_actions(town: Town) -> None:
    key = drafted(town, person=town.sam, template="first_steps")
    own = card(town, key).goals[0].actions[0]
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        mark_own_action(town.roos, action_id=own.action_id, state=ActionState.DONE)
    assert card(town, key).goals[0].actions[0].state is ActionState.TO_DO


@pytest.mark.parametrize("name", ["carla", "vera"])
def test_a_stranger_changes_nothing(town: Town, name: str) -> None:
    stranger, key = getattr(town, name), agreed(town)
    goal = card(town, key).goals[0]
    attempts = [
        lambda: add_goal(stranger, key=key, version=1, words=WORDS),
        lambda: change_goal(stranger, goal_id=goal.goal_id, version=1, words=WORDS),
        lambda: close_goal(stranger, goal_id=goal.goal_id, state=GoalState.DROPPED),
        lambda: add_action(stranger, goal_id=goal.goal_id, version=1, **new_action()),
        lambda: set_action_state(
            stranger, action_id=goal.actions[0].action_id, state=ActionState.DONE
        ),
    ]
    before = card(town, key)
    for attempt in attempts:
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            attempt()
    assert card(town, key) == before


def test_a_goal_is_closed_and_opened_again(town: Town) -> None:
    key = agreed(town)
    goal = card(town, key).goals[0]
    set_action_state(town.anna, action_id=goal.actions[0].action_id, state=ActionState.DONE)
    with on(DONE_ON):
        close_goal(town.anna, goal_id=goal.goal_id, state=GoalState.REACHED)
    closed = card(town, key).goals[0]
    assert closed.closed_on == DONE_ON
    assert [one.state for one in closed.actions] == [
        ActionState.DONE,
        ActionState.DROPPED,
        ActionState.DROPPED,
    ]
    assert not card(town, key).to_agree
    with pytest.raises(ActionRefusedError, match="al klaar"):
        add_action(town.anna, goal_id=goal.goal_id, version=1, **new_action())
    assert card(town, key).version == 1
    close_goal(town.anna, goal_id=goal.goal_id, state=GoalState.OPEN)
    assert card(town, key).goals[0].closed_on is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": " "},
        {"what": "x" * 301},
        {"owner": ActionOwner.PARTNER},
        {"organisation_id": 1},
        {"owner": ActionOwner.PARTNER, "organisation_id": 999_999},
    ],
)
def test_an_action_that_does_not_fit_is_refused(town: Town, wrong: dict[str, Any]) -> None:
    key = agreed(town)
    goal = card(town, key).goals[0]
    with pytest.raises(ActionRefusedError):
        add_action(town.anna, goal_id=goal.goal_id, version=1, **new_action(**wrong))
    assert len(card(town, key).goals[0].actions) == 3
    assert card(town, key).version == 1


@pytest.mark.parametrize("words", ["", "   ", "x" * 501])
def test_a_goal_says_something_and_not_too_much(town: Town, words: str) -> None:
    key = drafted(town)
    with pytest.raises(ActionRefusedError):
        add_goal(town.anna, key=key, version=1, words=words)
    assert not card(town, key).goals


def test_an_ended_plan_does_not_change(town: Town) -> None:
    key = agreed(town)
    goal = card(town, key).goals[0]
    end_plan(town.anna, key=key, ended_on=AGREED, reason="Klaar.")
    for attempt in (
        lambda: add_goal(town.anna, key=key, version=1, words=WORDS),
        lambda: close_goal(town.anna, goal_id=goal.goal_id, state=GoalState.REACHED),
        lambda: mark_own_action(
            town.roos, action_id=goal.actions[0].action_id, state=ActionState.DONE
        ),
    ):
        with pytest.raises(ActionRefusedError, match="gestopt"):
            attempt()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told() -> None:
    """On PostgreSQL in two connections at once; SQLite lets one writer in at a time."""
    town = build_town()
    key = agreed(town)
    ready = threading.Barrier(2, timeout=10)
    told: list[str] = []

    def save(viewer: Any, words: str, *, alone: bool = False) -> None:
        try:
            if not alone:
                ready.wait()
            add_goal(viewer, key=key, version=1, words=words)
        except PlanChangedError:
            told.append(words)
        finally:
            if not alone:
                connection.close()

    if connection.vendor == "postgresql":
        people = [(town.anna, "Ik wil dit."), (town.bram, "Ik wil dat.")]
        threads = [threading.Thread(target=save, args=one) for one in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        save(town.anna, "Ik wil dit.", alone=True)
        save(town.bram, "Ik wil dat.", alone=True)
    assert len(told) == 1
    assert len(card(town, key).goals) == 3
    assert card(town, key).version == 2


def someone_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        [(waiting,)] = cursor.fetchall()
    return bool(waiting)


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """Do the second while the first is not finished yet, and return how it was refused.

    On PostgreSQL in two connections at once; SQLite lets one writer in at a time.
    """
    refused: list[str] = []

    def late() -> None:
        try:
            second()
        except ActionRefusedError as error:
            refused.append(str(error))

    def in_another_connection() -> None:
        try:
            late()
        finally:
            connection.close()

    if connection.vendor != "postgresql":
        first()
        late()
        return refused
    other = threading.Thread(target=in_another_connection)
    with transaction.atomic():
        first()
        other.start()
        give_up = time.monotonic() + 10
        while not someone_waits():
            assert time.monotonic() < give_up, "the second did not wait for the first"
            time.sleep(0.01)
    other.join()
    return refused


@pytest.mark.django_db(transaction=True)
def test_an_action_that_is_dropped_at_the_same_moment_stays_dropped() -> None:
    town = build_town()
    key = agreed(town)
    goal = card(town, key).goals[0]
    own = goal.actions[0].action_id
    refused = meanwhile(
        lambda: close_goal(town.anna, goal_id=goal.goal_id, state=GoalState.DROPPED),
        lambda: mark_own_action(town.roos, action_id=own, state=ActionState.BUSY),
    )
    assert [one.state for one in card(town, key).goals[0].actions] == [ActionState.DROPPED] * 3
    assert ["Praat erover" in told for told in refused] == [True]


@pytest.mark.django_db(transaction=True)
def test_an_action_given_to_someone_else_at_the_same_moment_is_not_marked() -> None:
    town = build_town()
    key = agreed(town)
    own = card(town, key).goals[0].actions[0].action_id
    refused = meanwhile(
        lambda: change_action(
            town.anna, action_id=own, version=1, **new_action(owner=ActionOwner.COACH)
        ),
        lambda: mark_own_action(town.roos, action_id=own, state=ActionState.DONE),
    )
    assert card(town, key).goals[0].actions[0].state is ActionState.TO_DO
    assert ["iemand anders" in told for told in refused] == [True]


@pytest.mark.django_db(transaction=True)
def test_a_goal_that_is_dropped_at_the_same_moment_gets_no_action() -> None:
    town = build_town()
    key = agreed(town)
    goal = card(town, key).goals[0]
    refused = meanwhile(
        lambda: close_goal(town.anna, goal_id=goal.goal_id, state=GoalState.DROPPED),
        lambda: add_action(town.bram, goal_id=goal.goal_id, version=1, **new_action()),
    )
    assert len(card(town, key).goals[0].actions) == 3
    assert card(town, key).version == 1
    assert ["al klaar" in told for told in refused] == [True]


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_ends_at_the_same_moment_gets_no_duties() -> None:
    town = build_town()
    key = agreed(town)
    duty = NewDuty(kind=DutyKind.SUPPORT, text="Hulp.", article="7(1)a", fixed_on=AGREED)
    refused = meanwhile(
        lambda: end_plan(town.anna, key=key, ended_on=AGREED, reason="Klaar."),
        lambda: fix_duties(town.bram, duties=[(key, duty)]),
    )
    assert card(town, key).duties == []
    assert ["gestopt" in told for told in refused] == [True]
