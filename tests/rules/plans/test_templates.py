"""Templates of plans are read whole or refused with a sentence for every mistake."""

from datetime import date

import pytest

from meedoen.rules.plans.reading import PlanTableError
from meedoen.rules.plans.templates import (
    read_template,
    read_templates,
    shipped_templates,
    templates_on,
)
from meedoen.rules.vocabulary import ActionOwner

HEAD = 'code = "proef"\nname = "Proef"\ndescription = "Om te oefenen."\nvalid_from = 2026-01-01\n'
ACTION = '[[goals.actions]]\nwhat = "Bellen"\nowner = "coach"\ndays = 14\n'
GOAL = f'[[goals]]\nwords = "Ik wil iets."\n{ACTION}'


def problems_in(text: str) -> tuple[str, ...]:
    with pytest.raises(PlanTableError) as caught:
        read_template(text, "test.toml")
    assert all(problem.startswith("test.toml") for problem in caught.value.problems)
    assert all(problem.endswith(".") for problem in caught.value.problems)
    return caught.value.problems


def test_a_template_is_read_with_its_goals_and_actions():
    read = read_template(HEAD + GOAL, "test.toml")
    (goal,) = read.goals
    (action,) = goal.actions
    assert (read.code, read.name, goal.words) == ("proef", "Proef", "Ik wil iets.")
    assert (action.what, action.owner, action.days) == ("Bellen", ActionOwner.COACH, 14)
    assert action.due_on(date(2026, 3, 2)) == date(2026, 3, 16)


def test_an_action_without_days_has_no_day():
    read = read_template(HEAD + GOAL.replace("days = 14\n", ""), "test.toml")
    assert read.goals[0].actions[0].due_on(date(2026, 3, 2)) is None


def test_a_template_is_offered_from_its_first_day_up_to_but_not_on_its_last():
    read = read_template(HEAD + "valid_to = 2027-01-01\n" + GOAL, "test.toml")
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [bool(templates_on([read], day)) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("code = ", "not TOML"),
        (GOAL, "code is missing"),
        (HEAD, "goals are missing"),
        (HEAD + '[[goals]]\nwords = "Iets"\n', "actions are missing"),
        (HEAD.replace('"proef"', '"Proef 1"') + GOAL, "small letters"),
        (HEAD.replace("2026-01-01", '"2026"') + GOAL, "without quotes"),
        (HEAD + "valid_to = 2025-01-01\n" + GOAL, "must come after"),
        (HEAD + GOAL.replace('"coach"', '"boss"'), "no owner 'boss'"),
        (HEAD + GOAL.replace('"coach"', '"partner"'), "cannot know which organisation"),
        (HEAD + GOAL.replace("14", "-1"), "whole number from 0"),
        (HEAD + GOAL.replace("14", "true"), "whole number from 0"),
        (HEAD + GOAL.replace("Ik wil iets.", "x" * 501), "longer than 500"),
        (HEAD + GOAL + 'when = "morgen"\n', "'when' is not known"),
        (HEAD + "goals = [1]\n", "not a table"),
    ],
)
def test_a_mistake_gets_a_sentence(text: str, wrong: str):
    assert any(wrong in problem for problem in problems_in(text))


def test_all_mistakes_come_at_once():
    assert len(problems_in('code = "?"\n' + GOAL.replace("coach", "boss"))) >= 5


def test_two_templates_with_one_code_are_refused():
    with pytest.raises(PlanTableError, match="same code 'proef'"):
        read_templates({"a.toml": HEAD + GOAL, "b.toml": HEAD + GOAL})


def test_the_shipped_templates_are_four_and_speak_as_the_resident():
    shipped = shipped_templates()
    assert len(shipped) == 4
    assert len({template.code for template in shipped}) == 4
    for template in shipped:
        assert all(goal.words.startswith("Ik wil ") for goal in template.goals)
        assert any(
            action.owner is ActionOwner.RESIDENT
            for goal in template.goals
            for action in goal.actions
        )
