"""The figures of the catalogue as they are published together."""

import pytest

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.published_table import Cell, Protection
from meedoen.rules.indicators.shipped import shipped_catalogue
from meedoen.rules.indicators.shown import family_of, show_published, show_together
from tests.rules.indicators.adversary import Adversary
from tests.rules.indicators.filtered_towns import own, with_own

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


def test_nobody_at_a_kind_of_place_in_a_district_is_hidden_before_all_of_the_district():
    kinds = ("participation_job", "volunteer_work", "training")
    rows = {1: (15, 0, 3), 2: (15, 15, 3)}
    numbers = {Cell("taking_part"): 51}
    for district, row in rows.items():
        numbers[Cell("taking_part", district=district)] = sum(row)
        for kind, count in zip(kinds, row, strict=True):
            numbers[Cell("taking_part", district=district, place_kind=kind)] = count
    for kind, *counts in zip(kinds, *rows.values(), strict=True):
        numbers[Cell("taking_part", place_kind=kind)] = sum(counts)
    shown = texts(numbers)
    assert shown[Cell("taking_part", district=1)] == "18"
    assert shown[Cell("taking_part", district=2)] == "33"
    assert shown[Cell("taking_part", district=1, place_kind="volunteer_work")] == "x"


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
    spoken = "spoken_past_year"
    numbers |= {Cell(FOUND, district=1): 15, Cell(spoken): 40, Cell(spoken, district=2): 40}
    shown = texts(numbers)
    assert [shown[Cell(code, district=2)] for code in (JOBS, FOUND)] == ["0", "0"]
    assert shown[Cell(spoken, district=1)] == "0"


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


# --- indicators of a municipality's own, beside those of the package ------------------------------


def own_texts(catalogue, numbers):
    shown = show_published(catalogue, numbers, Protection())
    return {cell: one.text for cell, one in shown.items()}


DISTRICTS = {1: 30, 2: 40, 3: 4, 4: 26}
BY_DISTRICT = {Cell(JOBS, district=one): count for one, count in DISTRICTS.items()}


def test_one_district_under_another_name_is_hidden_as_the_breakdown_hides_it():
    catalogue = with_own(own("third", districts=(3,)), own("fourth", districts=(4,)))
    numbers = {Cell(JOBS): 100, Cell("third"): 4, Cell("fourth"): 26} | BY_DISTRICT
    shown = own_texts(catalogue, numbers)
    assert shown[Cell(JOBS)] == "100"
    for code, district in (("third", 3), ("fourth", 4)):
        assert shown[Cell(code)] == shown[Cell(JOBS, district=district)]
        assert not shown[Cell(code)].isdecimal()
    assert {"third", "fourth"} <= set(family_of(catalogue, JOBS))


def test_two_districts_together_are_the_sum_of_those_and_give_neither_away():
    """With 34 in districts 1 and 3 and 30 in 1 one would know of the four in 3."""
    catalogue = with_own(own("some", districts=(1, 3)))
    shown = own_texts(catalogue, {Cell(JOBS): 100, Cell("some"): 34} | BY_DISTRICT)
    told = [shown[Cell("some")], shown[Cell(JOBS, district=1)]]
    assert not all(text.isdecimal() for text in told)
    alone = own_texts(with_own(own("pair", districts=(1, 2))), {Cell("pair"): 70} | BY_DISTRICT)
    assert alone[Cell("pair")] == "70"


def test_lists_of_districts_that_overlap_do_not_add_up_to_a_small_one():
    """{1, 2} + {1, 3, 4} - {2, 4} is twice district 1 and once district 3: all of it is known."""
    lists = {"a": (1, 2), "b": (1, 3, 4), "c": (2, 4)}
    catalogue = with_own(*(own(code, districts=districts) for code, districts in lists.items()))
    numbers = {Cell(JOBS): 100} | {
        Cell(code): sum(DISTRICTS[one] for one in districts) for code, districts in lists.items()
    }
    shown = own_texts(catalogue, numbers | BY_DISTRICT)
    reader = Adversary(10)
    for cell, text in shown.items():
        reader.reads(cell, text)
    for code, districts in lists.items():
        parts = [Cell(JOBS, district=one) for one in districts]
        reader.add_up(parts, Cell(code), rest=False)
    reader.add_up([Cell(JOBS, district=one) for one in DISTRICTS], Cell(JOBS))
    assert not reader.learns(4, Cell(JOBS, district=3))


def test_what_an_indicator_contains_by_its_words_needs_no_part_of():
    catalogue = with_own(own("found_too", self_found=True), own("by_others", self_found=False))
    shown = own_texts(catalogue, {Cell(JOBS): 60, Cell("found_too"): 30, Cell("by_others"): 27})
    assert shown[Cell(JOBS)] == "60"
    assert [shown[Cell("found_too")], shown[Cell("by_others")]].count("x") == 1


def test_a_part_that_was_counted_of_others_than_its_whole_hides_nothing_and_breaks_nothing():
    """Known at another moment a part can be more than its whole: then no sum ties them."""
    assert together({JOBS: 20, FOUND: 26}) == {JOBS: "20", FOUND: "26"}


def test_classes_of_growth_are_parts_of_the_same_classes_of_everybody():
    """Of 155 who fell back 154 are on a benefit: the one who is not must not be found."""
    everybody = {"growth": 213, "decline": 155, "equal": 1047, "measured_once": 525}
    on_benefit = {"growth": 190, "decline": 154, "equal": 1000, "measured_once": 428}
    codes = ("participation_growth", "participation_growth_on_benefit")
    parts = dict(zip(codes, (everybody, on_benefit), strict=True))
    shown = together({codes[0]: 213, codes[1]: 190}, parts)
    assert [shown[f"{codes[0]}:{part}"] for part in everybody] == ["213", "155", "1047", "525"]
    assert shown[f"{codes[1]}:decline"] == "x"
    assert shown[f"{codes[1]}:measured_once"] == "428"


def test_in_a_town_of_two_and_a_half_thousand_who_grew_stayed_and_fell_back_are_shown():
    parts = {"growth": 159, "decline": 93, "equal": 987, "measured_once": 646}
    inside = {"growth": 159, "decline": 93, "equal": 986, "measured_once": 564}
    codes = ("participation_growth", "participation_growth_on_benefit")
    shown = together(dict.fromkeys(codes, 159), {codes[0]: parts, codes[1]: inside})
    assert shown[codes[0]] == "159"
    assert {part: shown[f"{codes[0]}:{part}"] for part in parts} == {
        part: str(count) for part, count in parts.items()
    }
