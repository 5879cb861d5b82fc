"""The goals of the demo, and the numbers that their texts promise."""

from meedoen.demo.chain import load_goals
from meedoen.records.budget.queries import targets


def test_the_promise_of_200_people_who_grow_is_a_target_of_goal_2_2_2(town):
    assert "2.2.2" in load_goals(town.system)
    aim = targets(town.connie)["participation_growth"]
    assert (aim.number, aim.year, aim.goal_code) == (200, None, "2.2.2")
