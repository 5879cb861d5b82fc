"""Two divisions are laid side by side, and any division can be checked again without a solver."""

import pytest

from meedoen.records.divisions.actions import ask_division
from meedoen.records.divisions.check_queries import checked_again
from meedoen.records.divisions.compare_queries import compared
from meedoen.records.divisions.models import Division, Line
from tests.records.divisions.scenes import divided, new_place, waiting


@pytest.fixture
def two(town):
    """Before and after a second place and a third person came."""
    [first, second] = waiting(town, 2, days_ago=60)
    before = divided(town)
    place = new_place(town, "Koffie schenken")
    [third] = waiting(town, 1, after=2, days_ago=1)
    return before, divided(town), place, (first, second, third)


def test_what_changed_in_all_and_for_whom_stands_side_by_side(town, two):
    before, after, place, _people = two
    found = compared(town.lea, first=before, second=after)
    assert (found.first.people, found.second.people) == (2, 3)
    assert (found.first.placed, found.second.placed) == (1, 2)
    assert found.changed_count + found.same_count == 3
    newcomer = next(line for line in found.changed if not line.first.waited)
    assert newcomer.second.waited
    gained = next(line for line in found.changed if line.first.waited and line.second.place)
    assert gained.first.place is None or gained.second.place.place_id in {place, town.repair}


def test_the_same_twice_differs_for_nobody(town, two):
    _before, after, _place, _people = two
    found = compared(town.lea, first=after, second=divided(town))
    assert (found.changed_count, found.same_count) == (0, 3)


def test_what_is_not_done_or_not_of_the_team_cannot_be_compared(town, two):
    before, after, _place, _people = two
    assert compared(town.carla, first=before, second=after) is None
    running = ask_division(town.lea, in_background=False)
    assert compared(town.lea, first=before, second=running) is None


def test_a_division_that_was_kept_proves_itself_again(town, two):
    _before, after, _place, _people = two
    found = checked_again(town.anna, key=after)
    assert found.holds
    assert found.people == 3
    assert found.pairs > 0
    assert checked_again(town.carla, key=after) is None


def test_a_line_that_was_tampered_with_is_found(town, two):
    _before, after, _place, _people = two
    lines = Line.objects.visible_to(town.system).filter(division__key=after)
    lines.filter(place__isnull=False).update(place_id=town.repair)
    found = checked_again(town.lea, key=after)
    assert not found.holds
    assert found.problems


def test_prices_that_were_tampered_with_prove_nothing(town, two):
    _before, after, _place, _people = two
    rows = Division.objects.visible_to(town.system).filter(key=after)
    prices = [[0, 0] for _one in rows.get().prices]
    rows.update(prices=prices)
    assert not checked_again(town.lea, key=after).holds
