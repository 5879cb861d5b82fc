"""The cells that are kept of a figure are those that evaluation counts per group."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.cells import counted_cells, groups_of
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.evaluate import evaluate
from meedoen.rules.indicators.language import Breakdown, breakdowns_of
from meedoen.rules.indicators.people_words import PeopleInState, Share
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.sources import Known
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import EntryKind, PlaceKind, PlacementState
from tests.rules.indicators.histories import definition_of, situations, thorough, words

LONG_AGO, ON = date(2000, 1, 1), date(2024, 12, 31)
JOBS, WORK = PlaceKind.PARTICIPATION_JOB, PlaceKind.VOLUNTEER_WORK
TAKES_PART = PeopleInState(EntryKind.PLACEMENT, (PlacementState.ACTIVE,))
BENEFIT = PeopleInState(EntryKind.BENEFIT)


def known_of(*statements):
    return Known(Columns.from_statements(statements).known_at(None))


def stretch(number, person, kind, **more):
    return Statement(
        id=number,
        person=person,
        kind=kind,
        starts_on=date(2024, 3, 1),
        ends_on=None,
        recorded_at=datetime(2024, 3, 1, 12, tzinfo=UTC),
        **more,
    )


def placed(number, person, place_kind, district, organisation=0):
    return stretch(
        number,
        person,
        EntryKind.PLACEMENT,
        state=PlacementState.ACTIVE,
        place_kind=place_kind,
        district=district,
        organisation=organisation,
    )


def cells(word, known, *breakdowns):
    definition = replace(definition_of((LONG_AGO, word)), breakdowns=breakdowns)
    found = counted_cells(definition, definition.versions[0], known, ON)
    return {(one.part, one.district, one.place_kind): value for one, value in found.items()}


def test_a_figure_is_kept_whole_per_district_per_kind_and_per_both():
    known = known_of(placed(1, 7, JOBS, 1), placed(2, 8, WORK, 1), placed(3, 9, WORK, 0))
    assert cells(TAKES_PART, known, Breakdown.DISTRICT, Breakdown.PLACE_KIND) == {
        ("", None, ""): 3,
        ("", 1, ""): 2,
        ("", None, JOBS): 1,
        ("", None, WORK): 2,
        ("", 1, JOBS): 1,
        ("", 1, WORK): 1,
    }


def test_only_what_the_definition_allows_is_kept():
    known = known_of(placed(1, 7, JOBS, 1))
    assert cells(TAKES_PART, known) == {("", None, ""): 1}
    assert cells(TAKES_PART, known, Breakdown.DISTRICT) == {("", None, ""): 1, ("", 1, ""): 1}
    assert list(groups_of([])) == []


def test_a_figure_is_kept_per_organisation_where_somebody_at_two_counts_twice():
    known = known_of(
        placed(1, 7, JOBS, 1, 21), placed(2, 7, WORK, 1, 22), placed(3, 8, WORK, 1, 22)
    )
    allowed = [Breakdown.DISTRICT, Breakdown.ORGANISATION]
    definition = replace(definition_of((LONG_AGO, TAKES_PART)), breakdowns=tuple(allowed))
    assert counted_cells(definition, definition.versions[0], known, ON) == {
        Cell("made_up"): 2,
        Cell("made_up", district=1): 2,
        Cell("made_up", organisation=21): 1,
        Cell("made_up", organisation=22): 2,
    }


def test_what_is_at_no_organisation_is_in_no_cell_of_those():
    definition = replace(
        definition_of((LONG_AGO, TAKES_PART)), breakdowns=(Breakdown.ORGANISATION,)
    )
    known = known_of(placed(1, 7, JOBS, 1))
    assert counted_cells(definition, definition.versions[0], known, ON) == {Cell("made_up"): 1}


def test_a_share_of_nobody_in_a_district_is_kept_with_what_it_is_a_share_of():
    known = known_of(stretch(1, 7, EntryKind.BENEFIT, district=1), placed(2, 8, JOBS, 2))
    assert cells(Share(TAKES_PART, BENEFIT), known, Breakdown.DISTRICT) == {
        ("", None, ""): 0,
        ("part", None, ""): 0,
        ("whole", None, ""): 1,
        ("", 1, ""): 0,
        ("part", 1, ""): 0,
        ("whole", 1, ""): 1,
    }


def test_what_was_not_measured_has_no_cell():
    assert cells(TAKES_PART, known_of(), Breakdown.DISTRICT) == {}


@given(situations(), words, st.booleans())
@thorough
def test_each_cell_is_what_evaluation_says_of_its_group(situation, word, by_all):
    history, on, known_at = situation
    allowed = breakdowns_of(word) if by_all else ()
    definition = replace(definition_of((LONG_AGO, word)), breakdowns=allowed)
    known = Known(Columns.from_statements(history).known_at(known_at))
    version = definition.versions[0]
    found = counted_cells(definition, version, known, on)
    for group in groups_of(allowed if found else ()):
        counts = evaluate(version, known, [on], group)
        for place, number in enumerate(counts.groups):
            cell = cell_of(group, number)
            if cell is not None:
                assert found.get(cell, 0) == counts.values[0, place]


def cell_of(group, number):
    """Return the cell of a group of an evaluation; None for one without what it is grouped by."""
    if group == "organisation":
        return Cell("made_up", organisation=number) if number else None
    district, kind = number if isinstance(number, tuple) else (number, number)
    if 0 in (district, kind):
        return None
    return Cell(
        "made_up",
        district=None if group == "place_kind" else district,
        place_kind="" if group == "district" else list(PlaceKind)[kind - 1],
    )
