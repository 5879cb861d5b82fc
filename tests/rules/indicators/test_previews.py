"""What may be seen of a definition before it is in force, and that it tells of nobody."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from meedoen.rules.indicators.previews import ASKED, Told, between, says_nothing_of_people
from meedoen.rules.indicators.published_table import Cell, Protection
from meedoen.rules.indicators.shipped import shipped_catalogue
from meedoen.rules.indicators.shown import show_published
from tests.rules.indicators.adversary import Adversary
from tests.rules.indicators.filtered_towns import (
    DISTRICTS,
    FILTERS,
    JOBS,
    SELF_FOUND,
    TOWNS,
    count,
    filter_of,
    filtered,
    found_out,
    in_force,
    knows_filters,
    own,
    with_own,
)

CATALOGUE = shipped_catalogue()
GROWTH = "participation_growth"
OWN = Cell(ASKED)
DAY = date(2025, 12, 31)


def told(definition, numbers, catalogue=CATALOGUE):
    shown = show_published(catalogue, numbers, Protection())
    return Told(catalogue, definition.versions[-1].count, shown, DAY).of


def text_of(one):
    return None if one is None else one.text


BY_DISTRICT = {
    Cell(JOBS): 100,
    **{Cell(JOBS, district=one): size for one, size in ((1, 30), (2, 40), (3, 4), (4, 26))},
}


def test_what_counts_as_an_indicator_in_force_is_told_as_that_one():
    asked = told(own(ASKED), BY_DISTRICT)
    assert text_of(asked(OWN)) == "100"
    assert [text_of(asked(Cell(ASKED, district=one))) for one in (1, 2, 3, 4)] == [
        "30",
        "40",
        "x",
        "x",
    ]


def test_one_district_is_told_as_the_breakdown_tells_it():
    assert text_of(told(own(ASKED, districts=(2,)), BY_DISTRICT)(OWN)) == "40"
    assert text_of(told(own(ASKED, districts=(3,)), BY_DISTRICT)(OWN)) == "x"


def test_some_districts_are_told_as_the_sum_of_what_is_told():
    assert text_of(told(own(ASKED, districts=(1, 2)), BY_DISTRICT)(OWN)) == "70"
    assert text_of(told(own(ASKED, districts=(1, 3)), BY_DISTRICT)(OWN)) == "x"
    assert told(own(ASKED, districts=(1, 9)), BY_DISTRICT)(OWN) is None


def test_over_a_time_somebody_may_be_in_two_districts_so_their_sum_tells_nothing():
    spoken = CATALOGUE["spoken_past_year"]
    version = spoken.versions[-1]
    numbers = {
        Cell(spoken.code): 60,
        **{Cell(spoken.code, district=one): size for one, size in ((1, 30), (2, 40))},
    }

    def asked(*districts):
        where = replace(version.count.where, districts=districts)
        count = replace(version.count, where=where)
        return told(replace(spoken, versions=(replace(version, count=count),)), numbers)(OWN)

    assert text_of(asked(2)) == "40"
    assert asked(1, 2) is None


def test_what_nothing_in_force_tells_is_not_told():
    assert told(own(ASKED, self_found=False), BY_DISTRICT)(OWN) is None
    assert told(own(ASKED, organisations=(7,)), BY_DISTRICT)(OWN) is None


def test_a_class_of_growth_a_share_and_a_median_are_told_under_their_own_word():
    parts = {"growth": 212, "decline": 40, "equal": 50, "measured_once": 30}
    numbers = {Cell(GROWTH): 212} | {Cell(GROWTH, part): size for part, size in parts.items()}
    asked = told(CATALOGUE[GROWTH], numbers)
    assert [text_of(asked(Cell(ASKED, part))) for part in parts] == ["212", "40", "50", "30"]
    share = "share_with_plan"
    numbers = {Cell(share): 33, Cell(share, "part"): 14, Cell(share, "whole"): 43}
    assert text_of(told(CATALOGUE[share], numbers)(OWN)) == "33"


def test_only_what_counts_places_and_organisations_says_nothing_of_people():
    about = {each.code for each in CATALOGUE if says_nothing_of_people(each.versions[-1].count)}
    assert {"places_listed", "referral_pairs"} <= about
    assert not about & {JOBS, GROWTH, "referrals_answered"}


# --- what comes near -----------------------------------------------------------------------------


def near(definition, numbers, catalogue=CATALOGUE):
    shown = show_published(catalogue, numbers, Protection())
    return list(Told(catalogue, definition.versions[-1].count, shown, DAY).near())


def test_what_is_not_told_stands_beside_the_figure_that_counts_everybody_of_it():
    [around] = near(own(ASKED, self_found=False), BY_DISTRICT)
    assert (around.cell, around.shown.text, around.is_around) == (Cell(JOBS), "100", True)
    assert between([around]) == (None, 100)


def test_of_one_district_the_figure_of_that_district_comes_near():
    [around] = near(own(ASKED, districts=(2,), self_found=False), BY_DISTRICT)
    assert (around.cell, around.shown.text) == (Cell(JOBS, district=2), "40")
    [around] = near(own(ASKED, districts=(3,), self_found=False), BY_DISTRICT)
    assert (around.cell, around.shown.text) == (Cell(JOBS, district=3), "x")
    assert between([around]) == (None, None)


def test_a_figure_of_which_everybody_is_counted_says_how_few_it_is_at_least():
    wide = own("own_wide", districts=(1, 2))
    catalogue = with_own(wide)
    asked = own(ASKED, districts=(1, 2, 9))
    found = near(asked, BY_DISTRICT | {Cell(wide.code): 70}, catalogue)
    assert [(one.cell.indicator, one.is_around) for one in found] == [
        (JOBS, True),
        (wide.code, False),
    ]
    assert between(found) == (70, 100)


def test_what_shares_nobody_for_certain_is_not_near():
    asked = own(ASKED, organisations=(7,), self_found=False)
    catalogue = with_own(own("own_found", self_found=True))
    codes = {
        one.cell.indicator
        for one in near(asked, {Cell(JOBS): 50, Cell("own_found"): 20}, catalogue)
    }
    assert codes == {JOBS}


# --- the attack ----------------------------------------------------------------------------------


def reader_of(town):
    """Return somebody who has read what is in force."""
    adversary = Adversary(10)
    knows_filters(adversary)
    shown = show_published(CATALOGUE, in_force(town), Protection())
    for cell, one in shown.items():
        if cell.indicator in (JOBS, SELF_FOUND):
            adversary.reads(filter_of(cell), one.text)
    return adversary


@given(TOWNS)
def test_nobody_finds_anybody_by_asking_for_every_preview_there_is(town):
    """One after another, each differing in a district, an organisation or who found the place."""
    adversary, numbers = reader_of(town), in_force(town)
    for place in FILTERS:
        asked = told(filtered(ASKED, *place), numbers)
        for district in (None, *DISTRICTS):
            one = asked(Cell(ASKED, district=district))
            if one is not None and place[0] in (None, district):
                adversary.reads((district or place[0], *place[1:]), one.text)
    assert found_out(adversary, town) == []


TOWN = {
    (1, 1, True): 20,
    (1, 2, True): 12,
    (1, 3, False): 3,
    (2, 1, True): 30,
    (2, 2, False): 40,
    (3, 1, False): 18,
    (3, 3, True): 25,
}


def test_two_previews_that_are_counted_do_find_three_people():
    """Otherwise the test above could not fail. Tens do as well, with more of them."""
    adversary = reader_of(TOWN)
    for place in ((1, None, None), (1, 1, None), (1, 2, None)):
        adversary.reads(place, str(count(TOWN, *place)))
    adversary.add_up([(1, one, None) for one in (1, 2, 3)], (1, None, None), rest=False)
    assert ((1, 3, None), 3) in found_out(adversary, TOWN)


# --- in force together ---------------------------------------------------------------------------


def shown_together(town, *, by_district):
    """Put an own indicator in force for every filter, and return what is shown of each."""
    names = {f"own_{number}": place for number, place in enumerate(FILTERS)}
    catalogue = with_own(*(filtered(code, *place) for code, place in names.items()))
    numbers = in_force(town) | {Cell(code): count(town, *place) for code, place in names.items()}
    if by_district:
        numbers |= {
            Cell(code, district=one): count(town, one, *place[1:])
            for code, place in names.items()
            for one in DISTRICTS
            if place[0] in (None, one)
        }
    for cell, one in show_published(catalogue, numbers, Protection()).items():
        place = names.get(cell.indicator) or filter_of(cell)
        if cell.district is None or place[0] in (None, cell.district):
            yield (cell.district or place[0], *place[1:]), one


@given(TOWNS)
def test_nobody_finds_anybody_in_indicators_of_a_municipality_itself_that_are_all_in_force(town):
    for by_district in (False, True):
        adversary = Adversary(10)
        knows_filters(adversary)
        for place, one in shown_together(town, by_district=by_district):
            adversary.reads(place, one.text)
        assert found_out(adversary, town) == []


def test_what_is_in_force_together_still_shows_the_figures_of_the_package():
    large = {place: 40 for place in FILTERS if None not in place}
    shown = dict(shown_together(large, by_district=True))
    assert not any(one.hidden for one in shown.values())
    shown = dict(shown_together(TOWN, by_district=False))
    assert shown[None, None, None].text == "148"
