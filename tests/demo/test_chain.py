"""The goals of the demo, and the numbers that their texts promise."""

from meedoen.demo.chain import load_goals, without_place
from meedoen.demo.own_indicators import write_own_indicators
from meedoen.records.budget.queries import targets
from meedoen.records.people.queries import PEOPLE_ON_A_PAGE
from meedoen.records.places.models import Place
from tests.records.placements.desk import all_taking_part
from tests.web.coach.scenes import register_crowd


def test_the_promise_of_200_people_who_grow_is_a_target_of_goal_2_2_2(town):
    write_own_indicators(town.connie)
    assert "2.2.2" in load_goals(town.system)
    aim = targets(town.connie)["participation_growth"]
    assert (aim.number, aim.year, aim.goal_code) == (200, None, "2.2.2")


def test_who_goes_through_the_chain_is_found_behind_a_page_of_people_with_a_place(town):
    Place.objects.filter(pk=town.garden).update(capacity=PEOPLE_ON_A_PAGE + 5)
    busy = register_crowd(town, PEOPLE_ON_A_PAGE + 1)
    all_taking_part(town, busy)
    found = without_place(town.anna)
    assert found.pseudonym_id in {town.roos_file.pseudonym_id, town.sam.pseudonym_id}
