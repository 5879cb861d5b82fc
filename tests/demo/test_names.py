"""The made-up people: no real name, no real number."""

from itertools import islice

from meedoen.demo.chance import dice
from meedoen.demo.names import (
    FAMILY_NAMES,
    GIVEN_NAMES,
    MEERDAM_NUMBERS,
    OVERWATER_NUMBERS,
    full_name,
    is_made_up,
    made_up_numbers,
)
from meedoen.rules.bsn import check_bsn


def test_every_number_passes_the_eleven_test_and_lies_in_the_range_of_the_demo():
    numbers = list(islice(made_up_numbers(MEERDAM_NUMBERS), 5_000))
    assert [check_bsn(number) for number in numbers] == numbers
    assert all(number.startswith("99") for number in numbers)


def test_no_number_comes_twice():
    numbers = list(islice(made_up_numbers(MEERDAM_NUMBERS), 50_000))
    assert len(set(numbers)) == len(numbers)


def test_a_town_of_two_hundred_thousand_stays_clear_of_its_neighbours_numbers():
    numbers = islice(made_up_numbers(MEERDAM_NUMBERS), 200_000, 200_001)
    assert int(next(numbers)) // 10 < OVERWATER_NUMBERS


def test_names_come_from_the_lists_and_the_lists_hold_no_name_twice():
    random = dice("names")
    assert all(is_made_up(*full_name(random)) for _ in range(500))
    assert len(set(GIVEN_NAMES)) == len(GIVEN_NAMES)
    assert len(set(FAMILY_NAMES)) == len(FAMILY_NAMES)


def test_a_name_that_is_not_in_the_lists_is_not_made_up():
    assert not is_made_up("Peer", "Jansen")
    assert not is_made_up("Jan", "Nepstra")
