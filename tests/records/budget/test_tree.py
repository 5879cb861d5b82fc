"""The tree of the budget: made and moved by hand, beside what pages bring in."""

import uuid
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.line_actions import (
    keep_activity,
    keep_criterion,
    remove_activity,
    remove_criterion,
)
from meedoen.records.budget.models import Activity, Criterion, Goal, PolicyField, Programme
from meedoen.records.budget.queries import goal
from meedoen.records.budget.targets import set_target
from meedoen.records.budget.tree_actions import (
    GoalDetails,
    keep_field,
    keep_goal,
    keep_programme,
    link_goals,
    move_goal,
    remove_field,
    remove_programme,
)
from meedoen.records.budget.tree_queries import budget_tree, goal_node
from meedoen.records.organisations.acting import ActionRefusedError
from tests.records.figures.scenes import YEAR_END, stranger, take_in


def grown(town):
    """Make a programme with two policy fields and return their keys."""
    programme = keep_programme(town.connie, code="1", name="Werk", portfolio_holder="W. Voorbeeld")
    first = keep_field(town.connie, programme_key=programme, code="1.1", name="Meedoen")
    second = keep_field(town.connie, programme_key=programme, code="1.2", name="Beschut werk")
    return programme, first, second


def test_from_programme_to_activity_in_one_tree(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    _programme, first, _second = grown(town)
    move_goal(town.connie, goal_id=goal_id, field_key=first)
    link_indicator(town.connie, goal_id=goal_id, indicator="volunteers")
    set_target(town.connie, goal_id=goal_id, indicator="volunteers", number=80, year=2026)
    keep = partial(keep_criterion, town.connie, goal_id=goal_id)
    keep(text="Meer vrijwilligers.", indicators=["volunteers", "participation_jobs"])
    keep_activity(town.connie, goal_id=goal_id, text="Markt.", indicators=["volunteers"])
    [programme] = budget_tree(town.connie).programmes
    assert (programme.code, programme.name, programme.portfolio_holder) == (
        "1",
        "Werk",
        "W. Voorbeeld",
    )
    assert [field.code for field in programme.fields] == ["1.1", "1.2"]
    [node] = programme.fields[0].goals
    assert [one.indicators for one in node.criteria] == [("volunteers", "participation_jobs")]
    assert node.activities[-1].indicators == ("volunteers",)
    assert [one.is_printed for one in node.activities] == [True] * 5 + [False]
    assert node.indicators == ["participation_jobs", "sheltered_wsw", "sheltered_new", "volunteers"]
    assert [(one.year, one.number) for one in node.promises["volunteers"]] == [(2026, 80)]


def test_the_tree_of_a_year_leaves_other_years_out_and_says_what_has_no_place(town):
    take_in(town, "1_1_3", "goal_2_2_2")
    assert [one.code for one in budget_tree(town.connie).loose] == ["1.1.3", "2.2.2"]
    assert [one.code for one in budget_tree(town.connie, year=2024).loose] == ["2.2.2"]
    assert budget_tree(town.connie).years == [2025]
    for viewer in (town.anna, town.suus, stranger(town)):
        tree = budget_tree(viewer)
        assert (list(tree.programmes), list(tree.loose)) == ([], [])


def test_what_was_made_by_hand_stays_when_a_page_is_read_in_again(town):
    there = take_in(town, "1_1_3", "goal_2_2_2")
    _programme, first, _second = grown(town)
    move_goal(town.connie, goal_id=there["1.1.3"], field_key=first)
    link_goals(town.connie, goal_id=there["1.1.3"], codes=["2.2.2", "2.2.2", " "])
    keep_criterion(town.connie, goal_id=there["1.1.3"], text="Met de hand.", indicators=[])
    take_in(town, "1_1_3")
    node = goal_node(town.connie, goal_id=there["1.1.3"])
    assert (node.field_key, node.links) == (first, ["2.2.2"])
    assert [one.text for one in node.criteria] == ["Met de hand."]
    [mention] = goal(town.connie, goal_id=there["1.1.3"]).references
    assert mention.goal_id == there["2.2.2"]


def test_a_goal_is_made_changed_and_moved(town):
    _programme, first, second = grown(town)
    details = GoalDetails(
        code="1.1.9",
        title="Nieuw doel",
        year=2027,
        field_key=first,
        portfolio_holders=["W. Voorbeeld", " "],
        policy_notes=["Nota meedoen"],
        source="Raadsbesluit 7",
    )
    goal_id = keep_goal(town.connie, details=details)
    assert goal(town.connie, goal_id=goal_id).portfolio_holders == ["W. Voorbeeld"]
    changed = GoalDetails(code="1.1.9", title="Ander doel", year=2027, field_key=second)
    assert keep_goal(town.connie, details=changed, goal_id=goal_id) == goal_id
    node = goal_node(town.connie, goal_id=goal_id)
    assert (node.title, node.field_key, node.source) == ("Ander doel", second, "")
    with pytest.raises(ActionRefusedError, match="bestaat al in dit jaar"):
        keep_goal(town.connie, details=details)
    assert Goal.objects.count() == 1


def test_a_citizen_service_number_is_kept_nowhere_in_the_tree(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    number = "van 111.222.333"
    about = {"goal_id": goal_id, "text": f"Zoals {number}", "indicators": []}
    target = {"goal_id": goal_id, "indicator": "volunteers", "number": 1, "year": 2026}
    details = {"code": "1.1.9", "title": "Doel"}
    for act in (
        partial(keep_criterion, town.connie, **about),
        partial(keep_activity, town.connie, **about),
        partial(keep_programme, town.connie, code="1", name=number),
        partial(keep_programme, town.connie, code="1", name="Werk", portfolio_holder=number),
        partial(set_target, town.connie, source=number, **target),
        partial(publish, town.connie, on=YEAR_END, goal_id=goal_id, explanation=number),
        *(
            partial(keep_goal, town.connie, details=GoalDetails(**details | more))
            for more in (
                {"title": number},
                {"source": number},
                {"portfolio_holders": ["W. Voorbeeld", number]},
                {"policy_notes": [number]},
            )
        ),
    ):
        with pytest.raises(ActionRefusedError, match="een BSN kan zijn") as refused:
            act()
        assert "111" not in str(refused.value)


def test_all_that_is_wrong_is_said_at_once(town):
    with pytest.raises(ActionRefusedError) as refused:
        keep_programme(town.connie, code="", name=" ", portfolio_holder="w" * 201)
    assert len(str(refused.value).splitlines()) == 3
    wrong = GoalDetails(code="1" * 21, title="", year=1, source="s" * 301)
    with pytest.raises(ActionRefusedError) as refused:
        keep_goal(town.connie, details=wrong)
    assert len(str(refused.value).splitlines()) == 4
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    with pytest.raises(ActionRefusedError) as refused:
        keep_criterion(town.connie, goal_id=goal_id, text=" ", indicators=["volunteers"])
    assert len(str(refused.value).splitlines()) == 2
    with pytest.raises(ActionRefusedError, match=r"9\.9"):
        link_goals(town.connie, goal_id=goal_id, codes=["9.9", "1.1.3"])
    assert not Programme.objects.exists()


def test_a_code_is_given_once_and_what_holds_something_is_not_taken_away(town):
    programme, first, second = grown(town)
    with pytest.raises(ActionRefusedError, match="Dit nummer bestaat al"):
        keep_programme(town.connie, code="1", name="Ook werk")
    with pytest.raises(ActionRefusedError, match="Dit nummer bestaat al"):
        keep_field(town.connie, programme_key=programme, code="1.2", name="X", key=first)
    with pytest.raises(ActionRefusedError, match="staan nog beleidsvelden"):
        remove_programme(town.connie, key=programme)
    keep_goal(town.connie, details=GoalDetails(code="1.1.1", title="Doel", field_key=first))
    with pytest.raises(ActionRefusedError, match="staan nog doelen"):
        remove_field(town.connie, key=first)
    remove_field(town.connie, key=second)
    assert PolicyField.objects.count() == 1


def test_a_policy_field_moves_to_another_programme(town):
    programme, first, _second = grown(town)
    other = keep_programme(town.connie, code="10", name="Zorg")
    keep_field(town.connie, programme_key=other, code="1.1", name="Meedoen", key=first)
    codes = {
        one.code: [each.code for each in one.fields] for one in budget_tree(town.connie).programmes
    }
    assert codes == {"1": ["1.2"], "10": ["1.1"]}
    remove_field(town.connie, key=_second)
    remove_programme(town.connie, key=programme)


def test_lines_are_changed_and_taken_away(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    activity = Activity.objects.order_by("position").first()
    change = partial(keep_activity, town.connie, goal_id=goal_id)
    change(text="Anders.", indicators=["participation_jobs"], key=activity.key)
    assert goal_node(town.connie, goal_id=goal_id).activities[0].text == "Anders."
    remove_activity(town.connie, goal_id=goal_id, key=activity.key)
    made = keep_criterion(town.connie, goal_id=goal_id, text="Zo.", indicators=[])
    remove_criterion(town.connie, goal_id=goal_id, key=made)
    assert (Activity.objects.count(), Criterion.objects.count()) == (4, 0)
    with pytest.raises(ActionRefusedError, match="niet meer"):
        remove_criterion(town.connie, goal_id=goal_id, key=made)


def test_nobody_else_changes_the_tree(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    programme, first, _second = grown(town)
    acts = [
        partial(keep_programme, code="2", name="Zorg", key=programme),
        partial(keep_field, programme_key=programme, code="2", name="Zorg"),
        partial(remove_field, key=first),
        partial(move_goal, goal_id=goal_id, field_key=None),
        partial(link_goals, goal_id=goal_id, codes=[]),
        partial(keep_criterion, goal_id=goal_id, text="X", indicators=[]),
        partial(keep_activity, goal_id=goal_id, text="X", indicators=[], key=uuid.uuid4()),
        partial(keep_goal, details=GoalDetails(code="2", title="X", field_key=first)),
    ]
    for act in acts:
        for viewer in (town.anna, town.suus, town.ab, town.roos):
            with pytest.raises(PermissionDenied):
                act(viewer)
        with pytest.raises(ActionRefusedError, match="bestaat niet"):
            act(stranger(town))


def test_a_large_tree_asks_as_many_questions_as_a_small_one(town):
    _programme, first, _second = grown(town)

    def grow(numbers):
        for number in numbers:
            details = GoalDetails(code=f"1.1.{number}", title="Doel", field_key=first)
            goal_id = keep_goal(town.connie, details=details)
            keep_criterion(town.connie, goal_id=goal_id, text="Zo.", indicators=[])

    def asked():
        with CaptureQueriesContext(connection) as questions:
            budget_tree(town.connie)
        return len(questions)

    grow(range(10))
    few = asked()
    grow(range(10, 200))
    assert asked() == few
