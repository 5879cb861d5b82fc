"""The figures of the catalogue as they are published together."""

import pytest

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.published_table import Cell, Protection
from meedoen.rules.indicators.shipped import shipped_catalogue
from meedoen.rules.indicators.shown import family_of, show_published, show_together

CATALOGUE = shipped_catalogue()
JOBS, FOUND = "participation_jobs", "participation_jobs_self_found"


def texts(numbers, protection=None, **rest):
    shown = show_published(CATALOGUE, numbers, protection or Protection(), **rest)
    return {cell: one.text for cell, one in shown.items()}


def together(values, parts=None, **rest):
    shown = show_together(CATALOGUE, values, parts or {}, 10, **rest)
    return {code: one.text for code, one in shown.items()}


def test_a_part_is_protected_beside_its_whole_and_the_whole_stays():
    assert together({FOUND: 26, JOBS: 30}) == {JOBS: "30", FOUND: "x"}


@pytest.mark.parametrize("found", [0, 30])
def test_that_nobody_or_everybody_found_their_own_place_is_not_shown(found):
    assert together({JOBS: 30, FOUND: found}) == {JOBS: "30", FOUND: "x"}


def test_a_real_zero_of_which_nothing_is_a_part_is_shown():
    assert together({"sheltered_new": 0}) == {"sheltered_new": "0"}


def test_that_all_who_take_part_are_at_one_kind_of_place_is_said_as_a_breakdown_says_it():
    values = {"taking_part": 30, JOBS: 30, "sheltered_new": 0}
    assert together(values) == {JOBS: "30", "sheltered_new": "0", "taking_part": "30"}


def test_what_gathers_several_kinds_is_hidden_before_a_kind_that_a_council_asks_for():
    kinds = {Cell("taking_part", place_kind="participation_job"): 26}
    kinds[Cell("taking_part", place_kind="volunteer_work")] = 3
    shown = texts({Cell("taking_part"): 29, Cell(JOBS): 26, **kinds})
    assert shown[Cell(JOBS)] == "26"
    assert shown[Cell("taking_part", place_kind="volunteer_work")] == "x"


def test_one_number_under_two_names_is_not_hidden_under_one_and_shown_under_the_other():
    """A kind of place of everybody who takes part is the same number as the figure of that kind."""
    kind = Cell("taking_part", place_kind="participation_job")
    numbers = {Cell("taking_part"): 60, Cell(JOBS): 4, kind: 4}
    numbers[Cell("taking_part", place_kind="volunteer_work")] = 56
    shown = texts(numbers)
    assert not shown[kind].isdecimal()
    assert not shown[Cell(JOBS)].isdecimal()
    assert JOBS in family_of(CATALOGUE, "taking_part")


def test_the_zeros_of_a_breakdown_are_in_the_answer():
    numbers = {Cell(JOBS): 30, Cell(JOBS, district=1): 30, Cell(FOUND): 15}
    numbers |= {Cell(FOUND, district=2): 15, Cell(JOBS, district=2): 0}
    shown = texts({cell: count for cell, count in numbers.items() if count or cell.is_whole})
    assert shown[Cell(JOBS, district=2)] == "0"
    assert shown[Cell(FOUND, district=1)] == "x"


def test_a_family_is_what_figures_could_be_worked_out_from():
    assert {JOBS, FOUND} <= set(family_of(CATALOGUE, FOUND))
    assert "referral_pairs" not in family_of(CATALOGUE, FOUND)


@pytest.mark.parametrize(
    ("part", "whole", "share", "expected"),
    [
        (12, 40, 30, ("30", "12", "40")),
        (4, 40, 10, ("x", "<10", "40")),
        (36, 40, 90, ("x", "x", "40")),
        (0, 40, 0, ("x", "x", "40")),
        (40, 40, 100, ("x", "x", "40")),
        (3990, 4000, 100, ("x", "3990", "4000")),
    ],
)
def test_a_share_is_hidden_with_what_it_follows_from_and_when_it_is_all_or_nothing(
    part, whole, share, expected
):
    code = "share_with_plan"
    shown = together({code: share}, {code: {"part": part, "whole": whole}})
    assert (shown[code], shown[f"{code}:part"], shown[f"{code}:whole"]) == expected


def test_a_rounded_share_follows_from_the_rounded_numbers_beside_it():
    code = "share_with_plan"
    shown = together({code: 33}, {code: {"part": 14, "whole": 43}}, rounding=10)
    assert shown == {code: "25", f"{code}:part": "10", f"{code}:whole": "40"}


def test_a_ratio_is_worked_out_again_and_hidden_in_the_same_way():
    code = "taking_part_per_hundred_on_benefit"
    parts = {"part": 33, "whole": 104}
    assert together({code: 32}, {code: parts})[code] == "32"
    assert together({code: 32}, {code: parts}, rounding=10)[code] == "30"
    assert together({code: 4}, {code: {"part": 4, "whole": 104}})[code] == "x"


def test_the_headline_is_its_first_part_and_both_are_shown_or_neither():
    code = "participation_growth"
    parts = {"growth": 212, "decline": 4, "equal": 50, "measured_once": 30}
    shown = together({code: 212}, {code: parts})
    assert (shown[code], shown[f"{code}:growth"], shown[f"{code}:decline"]) == ("212", "212", "<10")


def test_numbers_of_organisations_and_places_are_shown_as_they_are():
    values = {"referral_pairs": 3, "free_seats": 2, "places_confirmed": 100}
    parts = {"places_confirmed": {"confirmed": 3, "listed": 3}}
    shown = show_together(CATALOGUE, values, parts, 10, 10)
    assert shown["referral_pairs"] == Shown("3", hidden=False)
    assert shown["free_seats"] == Shown("2", hidden=False)
    assert shown["places_confirmed"] == Shown("100", hidden=False)
