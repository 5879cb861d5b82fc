"""The evaluator against the slow reference, on generated histories and on its own edges."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.behind import people_behind
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.evaluate import evaluate, figure, figures
from meedoen.rules.indicators.grouping import AT_PLACES
from meedoen.rules.indicators.language import EVENT_KINDS, STRETCH_KINDS, NoVersionError, Version
from meedoen.rules.indicators.people_words import (
    DaysInState,
    Events,
    Filters,
    PeopleByGrowth,
    PeopleInState,
    PeopleWithEvent,
    Ratio,
    Share,
    ShareFallenBack,
    knows_kinds,
)
from meedoen.rules.indicators.sources import Sources
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState
from tests.rules.indicators.histories import (
    after_a_while,
    days,
    definition_of,
    flowing,
    growing,
    histories,
    in_state,
    made_of_two,
    moments,
    situations,
    thorough,
    unhurried,
    with_event,
    without_event,
    words,
)
from tests.rules.indicators.reference import (
    reference_by,
    reference_by_district,
    reference_figure,
    reference_people,
)

LONG_AGO = date(2015, 1, 1)
EVERY_WORD = [
    PeopleInState(EntryKind.BENEFIT),
    PeopleWithEvent(EntryKind.CONVERSATION),
    PeopleByGrowth(),
]
MEASURED = (
    EntryKind.MEASUREMENT,
    EntryKind.LIFE_DOMAIN,
    EntryKind.BENEFIT,
    EntryKind.PLACEMENT,
)
OF_TIMES = (Events, DaysInState, ShareFallenBack)
"""Words that count events and placements, so that there may be fewer people behind them."""
GROWTH = Version(LONG_AGO, PeopleByGrowth())


def sources_of(statements) -> Sources:
    return Sources(Columns.from_statements(statements))


def has_filters(word) -> bool:
    return not isinstance(word, Share | Ratio)


def noon(*day: int) -> datetime:
    return datetime(*day, 12, tzinfo=UTC)


def benefit(number: int, person: int, starts: date, ends: date | None, **more) -> Statement:
    given_values = {"recorded_at": noon(2024, 1, 1)} | more
    return Statement(
        id=number,
        person=person,
        kind=EntryKind.BENEFIT,
        starts_on=starts,
        ends_on=ends,
        **given_values,
    )


def assert_agrees_with_the_reference(word, history, on, known_at):
    definition = definition_of((LONG_AGO, word))
    result = figure(definition, sources_of(history), on, known_at)
    assert (result.value, dict(result.parts)) == reference_figure(definition, history, on, known_at)


@thorough
@given(in_state, situations(STRETCH_KINDS))
def test_people_in_a_state_agree_with_the_reference(word, situation):
    assert_agrees_with_the_reference(word, *situation)


@thorough
@given(with_event, situations(EVENT_KINDS))
def test_people_with_an_event_agree_with_the_reference(word, situation):
    assert_agrees_with_the_reference(word, *situation)


@thorough
@given(without_event, situations((EntryKind.BENEFIT, *EVENT_KINDS[:2])))
def test_people_without_an_event_agree_with_the_reference(word, situation):
    assert_agrees_with_the_reference(word, *situation)


@thorough
@given(flowing, situations((EntryKind.PLACEMENT,), most=20))
def test_people_who_started_and_ended_agree_with_the_reference(word, situation):
    assert_agrees_with_the_reference(word, *situation)


@thorough
@given(growing, situations(MEASURED, most=24))
def test_people_who_grew_agree_with_the_reference(word, situation):
    assert_agrees_with_the_reference(word, *situation)


@thorough
@given(after_a_while, situations((EntryKind.PLACEMENT, EntryKind.MEASUREMENT), most=24))
def test_what_became_of_people_agrees_with_the_reference(word, situation):
    assert_agrees_with_the_reference(word, *situation)


@thorough
@given(made_of_two, situations())
def test_shares_and_ratios_agree_with_the_reference(word, situation):
    assert_agrees_with_the_reference(word, *situation)


@unhurried
@given(words, situations())
def test_every_word_agrees_with_the_reference_among_entries_of_every_kind(word, situation):
    assert_agrees_with_the_reference(word, *situation)


@unhurried
@given(words, histories(), st.lists(days, max_size=6), st.one_of(st.none(), moments))
def test_every_district_on_many_dates_agrees_with_the_reference(word, history, dates, known_at):
    definition = definition_of((LONG_AGO, word))
    known = sources_of(history).known_at(known_at)
    counts = evaluate(definition.versions[0], known, dates, "district")
    for row, on in enumerate(dates):
        expected = reference_by_district(definition, history, on, known_at)
        assert counts.groups == tuple(sorted(expected))
        for column, district in enumerate(counts.groups):
            assert counts.values[row, column] == expected[district].value
            parts = {name: values[row, column] for name, values in counts.parts.items()}
            assert parts == expected[district].parts


@thorough
@given(words, situations(), st.sampled_from(AT_PLACES))
def test_every_kind_of_place_and_organisation_agrees_with_the_reference_where_the_word_knows_it(
    word, situation, group
):
    history, on, known_at = situation
    definition = definition_of((LONG_AGO, word))
    known = sources_of(history).known_at(known_at)
    if not knows_kinds(word):
        with pytest.raises(ValueError, match="knows no kinds of places"):
            evaluate(definition.versions[0], known, [on], group)
        return
    counts = evaluate(definition.versions[0], known, [on], group)
    expected = reference_by(definition, history, on, known_at, group)
    assert counts.groups == tuple(sorted(expected))
    for column, name in enumerate(counts.groups):
        parts = {part: int(values[0, column]) for part, values in counts.parts.items()}
        assert (counts.values[0, column], parts) == expected[name]


@thorough
@given(words, situations())
def test_the_people_behind_a_figure_are_those_whom_it_counts(word, situation):
    history, on, known_at = situation
    definition = definition_of((LONG_AGO, word))
    (version,), known = definition.versions, sources_of(history).known_at(known_at)
    for part in word.parts or ("",):
        people = people_behind(version, known, on, part=part or None)
        assert people.tolist() == reference_people(definition, history, on, known_at, part)
    if not isinstance(word, OF_TIMES):
        counts = evaluate(version, known, [on], "district")
        numbers = next(iter(counts.parts.values()), counts.values)
        for column, district in enumerate(counts.groups):
            people = people_behind(version, known, on, district=district)
            assert len(people) == numbers[0, column]


@unhurried
@given(words.filter(has_filters), situations(), st.integers(1, 3))
def test_a_filter_on_one_district_is_what_the_breakdown_says_of_it(word, situation, district):
    history, on, known_at = situation
    known = sources_of(history).known_at(known_at)
    whole = replace(word, where=replace(word.where, districts=()))
    counts = evaluate(Version(LONG_AGO, whole), known, [on], "district")
    filtered = replace(word, where=replace(word.where, districts=(district,)))
    value = evaluate(Version(LONG_AGO, filtered), known, [on]).values[0, 0]
    places = {each: column for column, each in enumerate(counts.groups)}
    assert value == (counts.values[0, places[district]] if district in places else 0)


@unhurried
@given(words, histories(), st.lists(days, min_size=1, max_size=8), st.randoms())
def test_the_order_of_the_dates_and_dates_asked_twice_make_no_difference(
    word, history, dates, random
):
    known = sources_of(history).known_at(None)
    version = Version(LONG_AGO, word)
    shuffled = [*dates, dates[0]]
    random.shuffle(shuffled)
    alone = {day: evaluate(version, known, [day]).values[0, 0] for day in dates}
    together = evaluate(version, known, shuffled)
    assert together.dates == tuple(shuffled)
    assert together.values[:, 0].tolist() == [alone[day] for day in shuffled]


@unhurried
@given(histories(), st.randoms())
def test_the_order_in_which_statements_are_given_makes_no_difference(history, random):
    shuffled = list(history)
    random.shuffle(shuffled)
    for word in EVERY_WORD:
        definition = definition_of((LONG_AGO, word))
        on = date(2024, 12, 31)
        first = figure(definition, sources_of(history), on, None)
        assert first == figure(definition, sources_of(shuffled), on, None)


@pytest.mark.parametrize("word", EVERY_WORD)
def test_an_empty_history_gives_zero_everywhere(word):
    known = sources_of([]).known_at(None)
    counts = evaluate(Version(LONG_AGO, word), known, [date(2024, 1, 1), date(2025, 1, 1)])
    assert counts.values.tolist() == [[0], [0]]
    by_district = evaluate(Version(LONG_AGO, word), known, [date(2024, 1, 1)], "district")
    assert by_district.values.shape == (1, 0)
    assert by_district.groups == ()
    assert people_behind(Version(LONG_AGO, word), known, date(2024, 1, 1)).tolist() == []


@pytest.mark.parametrize("word", EVERY_WORD)
def test_no_dates_give_no_rows(word):
    known = sources_of([benefit(1, 1, LONG_AGO, None)]).known_at(None)
    assert evaluate(Version(LONG_AGO, word), known, []).values.shape == (0, 1)
    assert evaluate(Version(LONG_AGO, word), known, [], "district").values.shape == (0, 1)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2024, 2, 28), 0),
        (date(2024, 2, 29), 1),
        (date(2024, 3, 30), 1),
        (date(2024, 3, 31), 0),
    ],
)
def test_a_stretch_counts_from_its_first_day_until_the_day_before_its_end(on, expected):
    history = [benefit(1, 7, date(2024, 2, 29), date(2024, 3, 31))]
    assert count_benefits(history, on) == expected


def test_a_stretch_that_ends_where_it_starts_holds_no_day():
    history = [benefit(1, 7, date(2024, 2, 29), date(2024, 2, 29))]
    assert count_benefits(history, date(2024, 2, 29)) == 0


def test_a_stretch_that_ends_before_it_starts_holds_no_day_either():
    history = [benefit(1, 7, date(2024, 2, 29), date(2024, 2, 1))]
    dates = [date(2024, 1, 31), date(2024, 2, 1), date(2024, 2, 28), date(2024, 2, 29)]
    assert [count_benefits(history, on) for on in dates] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("on", "people"), [(date(2024, 2, 29), [7]), (date(2024, 3, 30), [7]), (date(2024, 3, 31), [])]
)
def test_the_people_behind_a_figure_are_those_of_that_day(on, people):
    known = sources_of([benefit(1, 7, date(2024, 2, 29), date(2024, 3, 31))]).known_at(None)
    version = Version(LONG_AGO, PeopleInState(EntryKind.BENEFIT))
    assert people_behind(version, known, on).tolist() == people


@pytest.mark.parametrize(
    ("on", "parts"),
    [
        (date(2024, 3, 1), [0, 0, 0, 1]),
        (date(2024, 12, 31), [0, 0, 0, 1]),
        (date(2025, 1, 1), [0, 0, 0, 0]),
        (date(2025, 5, 31), [0, 0, 0, 0]),
        (date(2025, 6, 1), [0, 0, 0, 1]),
        (date(2025, 7, 1), [1, 0, 0, 0]),
        (date(2025, 8, 1), [0, 0, 1, 0]),
        (date(2025, 9, 1), [0, 1, 0, 0]),
    ],
)
def test_growth_starts_afresh_with_every_year_and_follows_the_last_measurement(on, parts):
    measured = [
        (date(2024, 3, 1), 2),
        (date(2025, 6, 1), 3),
        (date(2025, 7, 1), 4),
        (date(2025, 8, 1), 3),
        (date(2025, 9, 1), 1),
    ]
    history = [
        Statement(
            id=number,
            person=7,
            kind=EntryKind.MEASUREMENT,
            starts_on=day,
            ends_on=day + timedelta(days=1),
            recorded_at=noon(2024, 1, 1),
            rung=rung,
            ladder_version="2008",
        )
        for number, (day, rung) in enumerate(measured, start=1)
    ]
    known = sources_of(history).known_at(None)
    counted = evaluate(GROWTH, known, [on])
    assert [values[0, 0] for values in counted.parts.values()] == parts
    assert counted.values[0, 0] == parts[0]


TRIAL = Statement(
    id=1,
    person=7,
    kind=EntryKind.PLACEMENT,
    starts_on=date(2024, 1, 1),
    ends_on=None,
    recorded_at=noon(2024, 1, 1),
    state=PlacementState.ACTIVE,
    place_kind=PlaceKind.TRIAL,
    self_found=True,
)
NO_SHOW = replace(
    TRIAL,
    kind=EntryKind.ATTEMPT,
    ends_on=date(2024, 1, 2),
    state="",
    place_kind="",
    self_found=False,
    outcome=Outcome.NO_SHOW,
)
ACTIVE, ENDED = (PlacementState.ACTIVE,), (PlacementState.ENDED,)


@pytest.mark.parametrize(
    ("statement", "word", "expected"),
    [
        (TRIAL, PeopleInState(EntryKind.PLACEMENT), 1),
        (TRIAL, PeopleInState(EntryKind.BENEFIT), 0),
        (TRIAL, PeopleInState(EntryKind.PLACEMENT, ACTIVE), 1),
        (TRIAL, PeopleInState(EntryKind.PLACEMENT, ENDED), 0),
        (TRIAL, PeopleInState(EntryKind.PLACEMENT, ACTIVE + ENDED), 1),
        (TRIAL, PeopleInState(EntryKind.PLACEMENT, ACTIVE, Filters((PlaceKind.TRIAL,))), 1),
        (TRIAL, PeopleInState(EntryKind.PLACEMENT, ACTIVE, Filters((PlaceKind.TRAINING,))), 0),
        (TRIAL, PeopleInState(EntryKind.PLACEMENT, ACTIVE, Filters(self_found=True)), 1),
        (TRIAL, PeopleInState(EntryKind.PLACEMENT, ACTIVE, Filters(self_found=False)), 0),
        (NO_SHOW, PeopleWithEvent(EntryKind.ATTEMPT), 1),
        (NO_SHOW, PeopleWithEvent(EntryKind.CONVERSATION), 0),
        (NO_SHOW, PeopleWithEvent(EntryKind.ATTEMPT, (Outcome.NO_SHOW,)), 1),
        (NO_SHOW, PeopleWithEvent(EntryKind.ATTEMPT, (Outcome.REACHED,)), 0),
        (NO_SHOW, PeopleWithEvent(EntryKind.ATTEMPT, months=2), 1),
        (NO_SHOW, PeopleWithEvent(EntryKind.ATTEMPT, months=1), 0),
    ],
)
def test_a_filter_keeps_what_it_names_and_nothing_else(statement, word, expected):
    definition = definition_of((LONG_AGO, word))
    columns = sources_of([statement])
    assert figure(definition, columns, date(2024, 2, 1), None).value == expected
    assert reference_figure(definition, [statement], date(2024, 2, 1), None).value == expected


def test_an_open_stretch_still_counts_on_the_last_day_there_is():
    assert count_benefits([benefit(1, 7, date(2024, 1, 1), None)], date.max) == 1


def test_a_short_stretch_inside_a_long_one_does_not_end_the_long_one():
    history = [
        benefit(1, 7, date(2024, 1, 1), date(2024, 12, 1)),
        benefit(2, 7, date(2024, 2, 1), date(2024, 3, 1)),
        benefit(3, 7, date(2024, 5, 1), date(2024, 6, 1)),
    ]
    dates = [date(2024, 2, 15), date(2024, 4, 1), date(2024, 11, 30), date(2024, 12, 1)]
    assert [count_benefits(history, on) for on in dates] == [1, 1, 1, 0]


def test_stretches_in_two_districts_count_in_both_and_once_together():
    history = [
        benefit(1, 7, date(2024, 1, 1), None, district=1),
        benefit(2, 7, date(2024, 2, 1), None, district=2),
    ]
    known = sources_of(history).known_at(None)
    version = Version(LONG_AGO, PeopleInState(EntryKind.BENEFIT))
    counts = evaluate(version, known, [date(2024, 3, 1)], "district")
    assert (counts.groups, counts.values.tolist()) == ((1, 2), [[1, 1]])
    assert evaluate(version, known, [date(2024, 3, 1)]).values.tolist() == [[1]]


def test_a_statement_is_known_from_the_moment_it_is_recorded():
    history = [benefit(1, 7, LONG_AGO, None, recorded_at=noon(2024, 5, 1))]
    moment = noon(2024, 5, 1)
    just_before = moment - timedelta(microseconds=1)
    assert count_benefits(history, date(2024, 1, 1), moment) == 1
    assert count_benefits(history, date(2024, 1, 1), just_before) == 0


def test_a_correction_counts_from_the_moment_it_is_recorded_and_the_old_figure_stays():
    history = [
        benefit(1, 7, LONG_AGO, None),
        benefit(2, 7, LONG_AGO, date(2024, 1, 1), replaces=1, recorded_at=noon(2024, 5, 1)),
    ]
    just_before = noon(2024, 5, 1) - timedelta(microseconds=1)
    assert count_benefits(history, date(2024, 3, 1), just_before) == 1
    assert count_benefits(history, date(2024, 3, 1), noon(2024, 5, 1)) == 0
    assert count_benefits(history, date(2024, 3, 1)) == 0


def test_what_turned_out_not_to_be_true_counts_no_longer():
    history = [
        benefit(1, 7, LONG_AGO, None),
        benefit(2, 7, LONG_AGO, None, replaces=1, withdrawn=True, recorded_at=noon(2024, 5, 1)),
    ]
    assert count_benefits(history, date(2024, 3, 1), noon(2024, 4, 1)) == 1
    assert count_benefits(history, date(2024, 3, 1)) == 0


def test_the_version_that_is_valid_on_the_day_counts():
    proposed = PeopleInState(EntryKind.PLACEMENT, (PlacementState.PROPOSED,))
    definition = definition_of(
        (date(2020, 1, 1), proposed), (date(2024, 1, 1), PeopleInState(EntryKind.BENEFIT))
    )
    columns = sources_of([benefit(1, 7, LONG_AGO, None)])
    before = figure(definition, columns, date(2023, 12, 31), None)
    after = figure(definition, columns, date(2024, 1, 1), None)
    assert (before.version, before.value) == (date(2020, 1, 1), 0)
    assert (after.version, after.value) == (date(2024, 1, 1), 1)
    with pytest.raises(NoVersionError, match=r"made_up has no version .* valid from 2020-01-01"):
        figure(definition, columns, date(2019, 12, 31), None)


def test_many_figures_at_once_equal_the_figures_one_by_one():
    definitions = [definition_of((LONG_AGO, word)) for word in EVERY_WORD]
    columns = sources_of([benefit(1, 7, LONG_AGO, None)])
    together = figures(definitions, columns, date(2024, 1, 1), noon(2024, 2, 1))
    assert together == [
        figure(each, columns, date(2024, 1, 1), noon(2024, 2, 1)) for each in definitions
    ]


def test_a_part_that_does_not_exist_is_refused_by_name():
    known = sources_of([]).known_at(None)
    with pytest.raises(ValueError, match=r"'shrink' is no part .* growth, decline, equal"):
        people_behind(GROWTH, known, date(2024, 1, 1), part="shrink")


def test_people_who_are_very_far_apart_in_number_are_still_told_apart():
    history = [
        benefit(1, 2**62, date(2024, 1, 1), date(2024, 3, 1)),
        benefit(2, 1, date(2024, 1, 1), date(2024, 3, 1)),
        benefit(3, -5, date(2024, 1, 1), date(2024, 3, 1)),
    ]
    assert count_benefits(history, date(2024, 2, 1)) == 3
    known = sources_of(history).known_at(None)
    version = Version(LONG_AGO, PeopleInState(EntryKind.BENEFIT))
    assert np.array_equal(people_behind(version, known, date(2024, 2, 1)), [-5, 1, 2**62])


def count_benefits(history, on, known_at=None):
    definition = definition_of((LONG_AGO, PeopleInState(EntryKind.BENEFIT)))
    return figure(definition, sources_of(history), on, known_at).value
