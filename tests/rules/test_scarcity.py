"""What one more place would bring is said where it fits enough people, and of nobody else."""

import pytest

from meedoen.rules.scarcity import Brings, Gain, Missing, TeamScarcity, scarcity
from meedoen.rules.vocabulary import PlaceKind

KIND = PlaceKind.VOLUNTEER_WORK
NORTH, SOUTH = 1, 2


def cell(*gains, threshold=10):
    teams = [TeamScarcity([gain], []) for gain in gains]
    return scarcity([NORTH, SOUTH], teams, threshold)[KIND].cells[NORTH]


def gain(first_wishes, points, fits, *, wished_by=0):
    return Gain(KIND, NORTH, first_wishes, points, fits, wished_by)


@pytest.mark.parametrize(
    ("given", "brings", "first_wishes"),
    [
        (gain(1, 0, 30, wished_by=12), Brings.FIRST_WISHES, 1),
        (gain(1, 0, 30, wished_by=3), Brings.A_BETTER_FIT, 0),
        (gain(0, 400, 30), Brings.A_BETTER_FIT, 0),
        (gain(0, 0, 30), Brings.NOTHING, 0),
        (gain(1, 9_000, 9), Brings.HIDDEN, 0),
        (gain(1, 9_000, 1), Brings.HIDDEN, 0),
        (gain(0, 0, 3), Brings.HIDDEN, 0),
        (gain(0, 0, 0), Brings.NOTHING, 0),
    ],
)
def test_what_it_brings_is_said_where_it_fits_enough_people(given, brings, first_wishes):
    found = cell(given)
    assert (found.brings, found.first_wishes) == (brings, first_wishes)


def test_of_several_teams_the_most_counts_and_people_add_up():
    found = cell(gain(1, 500, 6, wished_by=6), gain(0, 9_000, 6, wished_by=6))
    assert (found.brings, found.first_wishes) == (Brings.FIRST_WISHES, 1)
    assert cell(gain(1, 500, 6, wished_by=6)).brings is Brings.HIDDEN


def test_where_nothing_was_counted_nothing_would_help():
    assert cell().brings is Brings.NOTHING


def test_a_few_people_without_a_place_in_reach_cannot_be_found_by_subtraction():
    teams = [TeamScarcity([], [Missing(KIND, NORTH, 3), Missing(KIND, SOUTH, 12)])]
    found = scarcity([NORTH, SOUTH], teams, 10)[KIND]
    texts = [found.cells[NORTH].missing.text, found.cells[SOUTH].missing.text, found.missing.text]
    assert "3" not in texts
    assert not {"12", "15"} <= set(texts)


def test_people_of_several_teams_are_counted_together():
    teams = [TeamScarcity([], [Missing(KIND, NORTH, 6)]) for _team in range(2)]
    found = scarcity([NORTH], teams, 10)[KIND]
    assert (found.cells[NORTH].missing.text, found.missing.text) == ("12", "12")
