"""History as columns: words to numbers, replacements, and what is refused."""

from datetime import UTC, date, datetime, timedelta, timezone
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators import columns
from meedoen.rules.indicators.columns import (
    TYPES,
    Columns,
    HistoryError,
    code_of,
    name_codes,
    words_to_codes,
)
from meedoen.rules.indicators.days import FAR_FUTURE, FAR_FUTURE_DAY
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState
from tests.rules.indicators.histories import histories, moments, unhurried
from tests.rules.indicators.reference import known

WORDS = (EntryKind, PlaceKind, PlacementState, Outcome)


def arrays(length=3, **other):
    values = {name: [0] * length for name in TYPES if name != "replaced"}
    values |= {"entry": list(range(1, length + 1)), "replaces": [0] * length}
    values |= {"recorded": [10 * number for number in range(length)]}
    return values | other


@pytest.mark.parametrize("words", WORDS)
def test_a_word_has_the_number_of_its_place_in_the_list_counted_from_one(words):
    expected = list(range(1, len(words) + 1))
    assert [code_of(word) for word in words] == expected
    assert words_to_codes(words, [word.value for word in words]).tolist() == expected


def test_no_word_is_zero():
    assert code_of("") == 0
    assert words_to_codes(EntryKind, ["", "placement", ""]).tolist() == [0, 5, 0]


def test_a_text_that_is_no_word_is_refused_with_what_is_possible():
    with pytest.raises(ValueError, match="'placement' is a plain text"):
        code_of("placement")
    with pytest.raises(
        HistoryError,
        match=r"not in PlacementState: 'begun'; .* proposed, introduced, trial, active",
    ):
        words_to_codes(PlacementState, ["active", "begun"])


def test_ladder_versions_keep_the_number_they_had():
    first = name_codes(["2008", "", "2024", "2008"])
    assert first == {"": 0, "2008": 1, "2024": 2}
    assert name_codes(["2030", "2008"], first) == first | {"2030": 3}


def test_every_column_has_its_type_and_place():
    statement = Statement(
        id=8,
        person=3,
        kind=EntryKind.PLACEMENT,
        starts_on=date(1970, 1, 3),
        ends_on=None,
        recorded_at=datetime(1970, 1, 1, 1, tzinfo=UTC),
        state=PlacementState.ACTIVE,
        place_kind=PlaceKind.TRIAL,
        self_found=True,
        rung=4,
        ladder_version="2008",
        outcome=Outcome.DIED,
        district=6,
        organisation=7,
        legal_task=LegalTask.SOCIAL_SUPPORT,
        domain="money",
        score=3,
    )
    columns = Columns.from_statements([statement])
    row = {name: getattr(columns, name)[0].item() for name in TYPES}
    assert row == {
        "entry": 8,
        "person": 3,
        "kind": 5,
        "starts": 2,
        "ends": FAR_FUTURE_DAY,
        "recorded": 3_600_000_000,
        "replaced": FAR_FUTURE,
        "withdrawn": False,
        "state": 5,
        "place_kind": 7,
        "self_found": True,
        "rung": 4,
        "ladder_version": 1,
        "outcome": 15,
        "district": 6,
        "organisation": 7,
        "legal_task": 2,
        "domain": 1,
        "score": 3,
    }
    assert {name: getattr(columns, name).dtype.type for name in TYPES} == TYPES


def test_a_statement_is_replaced_when_its_successor_was_recorded():
    columns = Columns.from_arrays(**arrays(4, replaces=[0, 1, 0, 2]))
    assert columns.replaced.tolist() == [10, 30, FAR_FUTURE, FAR_FUTURE]


def test_an_empty_history_is_a_history():
    columns = Columns.from_statements([])
    assert len(columns) == 0
    assert len(columns.known_at(None)) == 0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"entry": [1, 3, 3]}, "ids must increase, but these do not: 3"),
        ({"entry": [5, 4, 6]}, "ids must increase, but these do not: 4"),
        ({"entry": [0, 4, 6]}, "ids start at 1, but the first is 0"),
        ({"replaces": [0, 1, 1]}, "replaced more than once: 1"),
        ({"replaces": [0, 0, 9]}, "replaced, but not in the history: 9"),
        ({"entry": [2, 4, 6], "replaces": [0, 0, 3]}, "replaced, but not in the history: 3"),
        ({"replaces": [0, 2, 0]}, "replace themselves or a later statement: 2"),
        ({"replaces": [3, 0, 0]}, "replace themselves or a later statement: 1"),
        ({"person": [1, 2]}, r"not these columns: person \(2\)"),
        ({"replaces": [0]}, r"not these columns: replaces \(1\)"),
        ({"rung": [1, 2, 300]}, r"column rung: .*300.* does not fit in int8"),
        ({"district": [1, 2, 1.5]}, r"column district: .*1\.5.* does not fit in int32"),
        ({"colour": [1, 2, 3]}, "columns missing: none; columns unknown: colour"),
    ],
)
def test_a_history_that_cannot_be_right_is_refused_with_the_place(wrong, message):
    with pytest.raises(HistoryError, match=message):
        Columns.from_arrays(**arrays(**wrong))


def test_a_missing_column_is_named():
    values = arrays()
    del values["rung"]
    with pytest.raises(HistoryError, match="columns missing: rung; columns unknown: none"):
        Columns.from_arrays(**values)


def test_of_many_wrong_ids_the_first_ten_are_named():
    with pytest.raises(HistoryError, match=r"not in the history: 100, .* 109 and 2 more"):
        Columns.from_arrays(**arrays(12, replaces=list(range(100, 112))))


def test_a_moment_without_a_time_zone_is_refused():
    naive = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="has no time zone"):
        Columns.from_statements([]).known_at(naive)
    with pytest.raises(ValueError, match="statement 4: recorded_at has no time zone"):
        Statement(
            id=4,
            person=1,
            kind=EntryKind.BENEFIT,
            starts_on=date(2024, 1, 1),
            ends_on=None,
            recorded_at=naive,
        )


def test_a_rung_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="statement 4: rung 7 does not exist; use 0 to 6"):
        Statement(
            id=4,
            person=1,
            kind=EntryKind.MEASUREMENT,
            starts_on=date(2024, 1, 1),
            ends_on=None,
            recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
            rung=7,
        )


@unhurried
@given(histories(most=20), st.one_of(st.none(), moments))
def test_what_is_known_agrees_with_the_reference(history, known_at):
    columns = Columns.from_statements(history).known_at(known_at)
    assert columns.entry.tolist() == [each.id for each in known(history, known_at)]


@unhurried
@given(histories(), moments)
def test_the_same_moment_in_another_time_zone_knows_the_same(history, moment):
    columns = Columns.from_statements(history)
    elsewhere = moment.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert np.array_equal(columns.known_at(moment).entry, columns.known_at(elsewhere).entry)
    later = columns.known_at(moment + timedelta(days=10_000))
    assert np.array_equal(later.entry, columns.known_at(None).entry)


@unhurried
@given(histories(most=20), st.one_of(st.none(), moments))
def test_columns_that_are_taken_at_the_same_time_are_the_same(history, moment):
    one_by_one = Columns.from_statements(history)
    with patch.object(columns, "MANY", 1):
        at_once = one_by_one.known_at(moment).by_kind_and_person()
    slowly = one_by_one.known_at(moment).by_kind_and_person()
    for name in TYPES:
        assert getattr(at_once, name).tolist() == getattr(slowly, name).tolist(), name
