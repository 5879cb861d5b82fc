"""Criteria, activities and promises as rows of their own, that outlive the page they came from."""

from datetime import date
from functools import partial

import pytest

from meedoen.records.budget.actions import import_page, link_indicator, unlink_indicator
from meedoen.records.budget.models import Activity, Criterion, CriterionIndicator, Goal, Target
from meedoen.records.budget.queries import goal, targets
from meedoen.records.budget.targets import promised_elsewhere, set_target, target_lines
from meedoen.records.budget.tree_actions import GoalDetails, keep_goal
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.budget.reader import read_page
from meedoen.rules.indicators.language import Direction
from tests.records.figures.scenes import demo_text, stranger, take_in

FIRST = "Minstens 200 inwoners met een bijstandsuitkering en zonder uitzicht op werk"


def test_the_criteria_and_activities_of_a_page_become_rows_in_its_order(town):
    there = take_in(town, "goal_2_2_2", "1_1_3")
    criteria = Criterion.objects.filter(goal_id=there["2.2.2"]).order_by("position")
    assert [row.text.startswith(FIRST) for row in criteria] == [True, False]
    assert [row.text for row in criteria] == [row.printed for row in criteria]
    activities = list(Activity.objects.filter(goal_id=there["1.1.3"]).order_by("position"))
    assert [row.position for row in activities] == list(range(5))
    assert goal(town.connie, goal_id=there["1.1.3"]).activities == [row.text for row in activities]


def test_a_line_that_is_printed_again_stays_itself_and_what_was_made_by_hand_stays_too(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    first, second = Criterion.objects.filter(goal_id=goal_id).order_by("position")
    CriterionIndicator.objects.create(
        municipality_id=first.municipality_id, criterion=first, indicator="participation_growth"
    )
    Criterion.objects.filter(pk=second.pk).update(text="Zij kennen elkaar beter.")
    Criterion.objects.create(
        municipality_id=first.municipality_id, goal_id=goal_id, position=2, text="Met de hand."
    )
    take_in(town, "goal_2_2_2")
    assert [row.text for row in Criterion.objects.filter(goal_id=goal_id).order_by("position")] == [
        first.text,
        "Zij kennen elkaar beter.",
        "Met de hand.",
    ]
    assert CriterionIndicator.objects.get().criterion_id == first.pk


def test_a_line_that_is_printed_no_more_goes_unless_it_was_changed_by_hand(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    first, second = Criterion.objects.filter(goal_id=goal_id).order_by("position")
    Criterion.objects.filter(pk=second.pk).update(text="Zij kennen elkaar beter.")
    lines = demo_text("goal_2_2_2").splitlines(keepends=True)
    text = "".join(line for line in lines if "•" not in line)
    import_page(town.system, page=read_page(text), source="later.txt")
    [left] = Criterion.objects.filter(goal_id=goal_id)
    assert (left.pk, left.printed) == (second.pk, "")
    assert first.text not in goal(town.connie, goal_id=goal_id).criteria


def test_a_later_promise_of_the_same_year_leaves_the_earlier_one_to_be_read(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    say = partial(set_target, town.connie, goal_id=goal_id, indicator="participation_growth")
    say(number=200, year=2026, source="Begroting 2026", decided_on=date(2025, 11, 12))
    say(number=150, year=2025)
    say(number=180, year=2026, source="Raadsbesluit 7", direction=Direction.AT_MOST)
    aim = targets(town.connie)["participation_growth"]
    assert (aim.number, aim.year) == (180, 2026)
    lines = target_lines(town.connie, goal_id=goal_id, indicator="participation_growth")
    assert [(line.year, line.number, line.source, line.stands) for line in lines] == [
        (2026, 180, "Raadsbesluit 7", True),
        (2025, 150, "", True),
        (2026, 200, "Begroting 2026", False),
    ]
    assert [line.direction for line in lines][:2] == [Direction.AT_MOST, Direction.AT_LEAST]
    assert lines[0].by == "Connie Testema"
    for viewer in (town.anna, stranger(town)):
        assert not target_lines(viewer, goal_id=goal_id, indicator="participation_growth")


def test_the_same_promise_twice_is_one_and_a_promise_can_be_taken_back(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    say = partial(set_target, town.connie, goal_id=goal_id, indicator="volunteers", year=2026)
    say(number=None)
    assert not Target.objects.exists()
    say(number=50)
    say(number=50)
    assert Target.objects.count() == 1
    say(number=None)
    assert targets(town.connie) == {}
    assert Target.objects.count() == 2


def test_of_what_other_budgets_promise_for_a_year_the_newest_goes(town):
    own, earlier, later = (
        keep_goal(town.connie, details=GoalDetails(code="1.1", year=year, title="Meedoen"))
        for year in (2025, 2024, 2026)
    )
    say = partial(set_target, town.connie, indicator="volunteers", year=2025)
    for goal_id, number in ((earlier, 40), (later, 44), (earlier, 41)):
        say(goal_id=goal_id, number=number)
    found = promised_elsewhere(Goal.objects.get(pk=own), 2025)
    assert {code: one.number for code, one in found.items()} == {"volunteers": 41}
    say(goal_id=earlier, number=None)
    assert promised_elsewhere(Goal.objects.get(pk=own), 2025)["volunteers"].number == 44
    assert promised_elsewhere(Goal.objects.get(pk=own), 2024) == {}


def test_taking_an_indicator_away_takes_its_promises_back_and_keeps_them_to_be_read(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link_indicator(town.connie, goal_id=goal_id, indicator="volunteers", target=50)
    set_target(town.connie, goal_id=goal_id, indicator="volunteers", number=60, year=2027)
    unlink_indicator(town.connie, goal_id=goal_id, indicator="volunteers")
    assert targets(town.connie) == {}
    lines = target_lines(town.connie, goal_id=goal_id, indicator="volunteers")
    assert [(line.year, line.number) for line in lines if line.number] == [(2027, 60), (None, 50)]
    assert not any(line.stands for line in lines)


def test_all_that_is_wrong_with_a_promise_is_said_at_once(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    with pytest.raises(ActionRefusedError) as refused:
        set_target(
            town.connie,
            goal_id=goal_id,
            indicator="nothing",
            number=-1,
            year=1800,
            source="b" * 301,
            decided_on=clock.today().replace(year=2999),
        )
    assert len(str(refused.value).splitlines()) == 5
    with pytest.raises(ActionRefusedError, match="Dit doel bestaat niet"):
        set_target(stranger(town), goal_id=goal_id, indicator="volunteers", number=1, year=None)
    assert not Target.objects.exists()
    assert Goal.objects.count() == 1
