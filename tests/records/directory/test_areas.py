import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.directory.area_actions import AreasKept, keep_areas
from meedoen.records.directory.areas import UnknownAreaError, position_of
from meedoen.records.directory.models import PostcodeArea
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.areas import Area
from meedoen.rules.distance import Position

NORTH, SOUTH, ELSEWHERE = Position(53.25, 6.56), Position(53.19, 6.57), Position(52.5, 6.08)
AREAS = [
    Area("WK999001", NORTH),
    Area("WK999101", ELSEWHERE),
    Area("9711", SOUTH),
]


def test_the_middle_of_own_districts_and_of_postcodes_is_kept(town):
    kept = keep_areas(town.system, areas=AREAS)
    assert kept == AreasKept(
        districts=1, postcodes=1, same=0, elsewhere=1, without_middle=("Zuid",)
    )
    assert position_of(town.anna, near="WK999001") == NORTH
    assert position_of(town.anna, near="9711") == SOUTH


def test_keeping_areas_again_changes_nothing(town):
    keep_areas(town.system, areas=AREAS)
    again = keep_areas(town.system, areas=AREAS)
    assert (again.districts, again.postcodes, again.same) == (0, 0, 2)
    assert PostcodeArea.objects.count() == 1


def test_an_area_that_moved_is_put_right(town):
    keep_areas(town.system, areas=AREAS)
    moved = keep_areas(town.system, areas=[Area("9711", NORTH), Area("WK999001", SOUTH)])
    assert (moved.districts, moved.postcodes) == (1, 1)
    assert position_of(town.anna, near="9711") == NORTH
    assert position_of(town.anna, near="wk999001") == SOUTH


def test_a_file_of_somewhere_else_is_refused_and_changes_nothing(town):
    with pytest.raises(ActionRefusedError, match="geen wijken van deze gemeente"):
        keep_areas(town.system, areas=[Area("WK999101", ELSEWHERE)])
    with pytest.raises(UnknownAreaError):
        position_of(town.vera, near="WK999101")


@pytest.mark.parametrize("who", ["anna", "petra", "connie"])
def test_others_may_not_move_areas(town, who):
    with pytest.raises(PermissionDenied):
        keep_areas(town.members[who], areas=AREAS)


@pytest.mark.parametrize("near", ["9711", " 9711 ", "9711AB", "9711 ab"])
def test_the_four_digits_of_a_postcode_count(town, near):
    keep_areas(town.system, areas=AREAS)
    assert position_of(town.anna, near=near) == SOUTH


@pytest.mark.parametrize(
    ("near", "told"),
    [
        ("9799 AB", "niet waar 9799 AB is"),
        ("WK999002", "niet waar WK999002 is"),
        ("WK999101", "niet waar WK999101 is"),
        ("Grote Markt 1", "geen postcode"),
        ("0123", "geen postcode"),
        ("9711ABC", "geen postcode"),
        ("\x00%'; --", "geen postcode"),
        ("x" * 5_000, "geen postcode"),
    ],
)
def test_what_nobody_knows_is_said_and_not_guessed(town, near, told):
    keep_areas(town.system, areas=AREAS)
    with pytest.raises(UnknownAreaError, match=told) as refused:
        position_of(town.anna, near=near)
    assert len(str(refused.value)) < 200


def test_another_municipality_has_its_own_areas(town):
    keep_areas(town.system, areas=AREAS)
    with pytest.raises(UnknownAreaError):
        position_of(town.vera, near="9711")
