"""Beginning with a few pairs comes to the same as taking them all."""

from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.matching.growing import best_division
from meedoen.rules.matching.prices import best_surplus
from meedoen.rules.matching.problem import NOWHERE, problem_of
from tests.rules.matching.divisions import problems


@given(problems(most_people=12, most_places=8), st.integers(1, 3))
def test_a_few_pairs_at_a_time_come_to_the_same_total_and_the_same_prices(problem, few):
    waiting, seats, pairs = problem
    whole = problem_of(waiting.people, waiting.days, seats.places, seats.free, pairs)
    chosen, prices = best_division(whole, few=few, many=0)
    all_at_once, same_prices = best_division(whole)
    assert prices.tolist() == same_prices.tolist()
    total = whole.weight[chosen[chosen != NOWHERE]].sum()
    assert total == whole.weight[all_at_once[all_at_once != NOWHERE]].sum()
    assert total == best_surplus(whole, prices).sum() + (whole.free * prices).sum()
