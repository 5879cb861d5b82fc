"""The words about places against the slow reference, and on their own edges."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.columns import HistoryError, code_of
from meedoen.rules.indicators.days import FAR_FUTURE_DAY
from meedoen.rules.indicators.grouping import Group
from meedoen.rules.indicators.place_columns import PlaceColumns, Places
from meedoen.rules.indicators.place_spells import place_grouping, place_parts
from meedoen.rules.indicators.place_statements import (
    ConfirmationStatement,
    PlaceStatement,
    SeatStatement,
)
from meedoen.rules.indicators.place_words import (
    DistrictsWithPlaces,
    PlaceFilters,
    PlacesListed,
    Seats,
    SeatsOf,
    SharePlacesConfirmed,
)
from meedoen.rules.vocabulary import PlaceKind
from tests.rules.indicators.histories import days, thorough, unhurried
from tests.rules.indicators.place_histories import DISTRICTS, KINDS, place_situations, words
from tests.rules.indicators.place_reference import reference_of_places

END = date(2025, 12, 31)


def noon(*day: int) -> datetime:
    return datetime(*day, 12, tzinfo=UTC)


def place(number=1, starts=date(2025, 1, 1), **more) -> PlaceStatement:
    given_values = {
        "kind": PlaceKind.VOLUNTEER_WORK,
        "organisation": 1,
        "district": 1,
        "recorded_at": noon(2025, 1, 1),
    }
    return PlaceStatement(place=number, starts_on=starts, **(given_values | more))


def parts(word, places, on=END, *, seats=(), confirmations=(), known_at=None):
    known = Places.from_statements(places, seats, confirmations, DISTRICTS).known_at(known_at)
    return place_parts(word, known, [on], place_grouping(known, None))[0, :, 0].tolist()


def grouped(word, known, dates, group: Group):
    """Return the parts by date and group."""
    grouping = place_grouping(known, group)
    counted = place_parts(word, known, dates, grouping)
    return {
        (on, of): counted[row, :, column].tolist()
        for row, on in enumerate(dates)
        for column, of in enumerate(grouping.groups)
    }


def names(word, numbers) -> dict[str, int]:
    return dict(zip(word.parts, numbers, strict=True)) if word.parts else {}


@thorough
@given(words, place_situations())
def test_every_word_about_places_agrees_with_the_reference(word, situation):
    places, seats, confirmations, on, known_at = situation
    found = parts(word, places, on, seats=seats, confirmations=confirmations, known_at=known_at)
    expected = reference_of_places(word, places, seats, confirmations, DISTRICTS, on, known_at)
    assert names(word, found) == expected.parts
    if not word.parts:
        assert found == [expected.value]


@unhurried
@given(words, place_situations(), st.lists(days, max_size=5))
def test_every_district_kind_and_organisation_on_many_dates_agrees_with_the_reference(
    word, situation, dates
):
    places, seats, confirmations, _, known_at = situation
    known = Places.from_statements(places, seats, confirmations, DISTRICTS).known_at(known_at)
    told = (word, places, seats, confirmations, DISTRICTS)
    for (on, district), found in grouped(word, known, dates, "district").items():
        expected = reference_of_places(*told, on, known_at, district=district)
        assert found == list(expected.parts.values() or [expected.value])
    kinds = {code_of(kind): kind for kind in KINDS}
    for (on, kind), found in grouped(word, known, dates, "place_kind").items():
        expected = reference_of_places(*told, on, known_at, kind=kinds[kind])
        assert found == list(expected.parts.values() or [expected.value])
    for (on, organisation), found in grouped(word, known, dates, "organisation").items():
        expected = reference_of_places(*told, on, known_at, organisation=organisation)
        assert found == list(expected.parts.values() or [expected.value])
    for (on, (district, kind)), found in grouped(word, known, dates, "district_and_kind").items():
        where = {"district": district, "kind": kinds[kind]}
        expected = reference_of_places(*told, on, known_at, **where)
        assert found == list(expected.parts.values() or [expected.value])


@unhurried
@given(words, place_situations(), st.integers(0, 500))
def test_what_was_known_earlier_is_what_only_the_earlier_statements_give(word, situation, later):
    places, seats, confirmations, on, _ = situation
    moment = noon(2024, 1, 1) + timedelta(days=later)

    def early(rows):
        return [one for one in rows if one.recorded_at <= moment]

    seats = [
        SeatStatement(
            place=one.place,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            recorded_at=one.recorded_at,
            replaced_at=one.replaced_at if one.replaced_at and one.replaced_at <= moment else None,
        )
        for one in early(seats)
    ]
    before = {"seats": seats, "confirmations": early(confirmations)}
    assert parts(word, early(places), on, known_at=moment, **before) == parts(
        word, early(places), on, **before
    )


@pytest.mark.parametrize(
    "word", [PlacesListed(), Seats(), SharePlacesConfirmed(), DistrictsWithPlaces()]
)
def test_without_any_place_there_is_nothing(word):
    assert parts(word, [])[0] == 0


def test_a_place_counts_from_its_first_day_until_the_day_on_which_it_closes():
    there = [place(starts=date(2025, 3, 1), closes_on=date(2025, 6, 1))]
    counted = {
        day: parts(PlacesListed(), there, date.fromisoformat(day))[0]
        for day in ("2025-02-28", "2025-03-01", "2025-05-31", "2025-06-01")
    }
    assert list(counted.values()) == [0, 1, 1, 0]


def test_a_place_that_opens_later_is_not_there_yet():
    there = [place(opens_on=date(2025, 6, 1))]
    assert parts(PlacesListed(), there, date(2025, 5, 31)) == [0]
    assert parts(PlacesListed(), there, date(2025, 6, 1)) == [1]


def test_what_was_said_last_of_a_day_holds_and_what_was_planned_holds_from_its_own_day():
    told = [
        place(capacity=2),
        place(starts=date(2025, 7, 1), capacity=9),
        place(starts=date(2025, 3, 1), capacity=3, recorded_at=noon(2025, 2, 1)),
        place(starts=date(2025, 3, 1), capacity=4, recorded_at=noon(2025, 2, 2)),
    ]
    seats = [parts(Seats(), told, date(2025, month, 1))[0] for month in (2, 3, 6, 7)]
    assert seats == [2, 4, 4, 9]
    assert parts(Seats(), told, date(2025, 3, 1), known_at=noon(2025, 2, 1)) == [3]


def test_a_seat_is_free_until_somebody_holds_it_and_again_when_they_leave():
    taken = [
        SeatStatement(
            place=1,
            starts_on=date(2025, 2, 1),
            ends_on=date(2025, 5, 1),
            recorded_at=noon(2025, 2, 3),
        )
    ]
    free = Seats(SeatsOf.FREE)
    told = [place(capacity=2)]
    found = [
        parts(free, told, day, seats=taken)[0]
        for day in (date(2025, 1, 31), date(2025, 2, 1), date(2025, 4, 30), date(2025, 5, 1))
    ]
    assert found == [2, 1, 1, 2]
    assert parts(free, told, date(2025, 3, 1), seats=taken, known_at=noon(2025, 2, 2)) == [2]


def test_a_place_that_is_full_has_room_for_nobody_and_still_counts():
    told = [place(capacity=3, is_full=True)]
    assert parts(Seats(SeatsOf.FREE), told) == [0]
    assert parts(Seats(), told) == [3]
    assert parts(PlacesListed(PlaceFilters(free=True)), told) == [0]


def test_more_people_than_room_leaves_no_debt_at_another_place():
    held = [
        SeatStatement(place=1, starts_on=date(2025, 2, 1), recorded_at=noon(2025, 2, 1))
        for _ in range(3)
    ]
    assert parts(Seats(SeatsOf.FREE), [place(), place(2, capacity=2)], seats=held) == [2]


def test_a_confirmation_holds_up_to_and_including_its_last_day_and_not_after_the_next_one():
    def stood(on, until):
        recorded = noon(on.year, on.month, on.day)
        return ConfirmationStatement(place=1, on=on, until=until, recorded_at=recorded)

    first = stood(date(2025, 1, 1), date(2025, 6, 30))
    share = SharePlacesConfirmed()
    assert parts(share, [place()], date(2025, 6, 30), confirmations=[first]) == [1, 1]
    assert parts(share, [place()], date(2025, 7, 1), confirmations=[first]) == [0, 1]
    shorter = stood(date(2025, 3, 1), date(2025, 3, 31))
    both = [first, shorter]
    assert parts(share, [place()], date(2025, 5, 1), confirmations=both) == [0, 1]
    before = noon(2025, 2, 1)
    assert parts(share, [place()], date(2025, 5, 1), confirmations=both, known_at=before) == [1, 1]


def test_a_district_with_many_places_counts_once_and_one_without_is_among_all():
    told = [place(1), place(2), place(3, district=2), place(4, district=0), place(5, district=3)]
    assert parts(DistrictsWithPlaces(), told) == [2, 3]
    language = PlaceFilters(place_kinds=(PlaceKind.LANGUAGE_POINT,))
    assert parts(DistrictsWithPlaces(language), told) == [0, 3]


def test_a_column_that_is_missing_or_too_short_is_refused_by_name():
    columns = PlaceColumns.from_statements([place()])
    whole = {name: getattr(columns, name) for name in PlaceColumns.__dataclass_fields__}
    assert columns.closes.tolist() == [FAR_FUTURE_DAY]
    with pytest.raises(HistoryError, match=r"kind \(2\)"):
        PlaceColumns.from_arrays(**(whole | {"kind": np.array([1, 2])}))
    del whole["kind"]
    with pytest.raises(HistoryError, match="columns missing: kind"):
        PlaceColumns.from_arrays(**whole)


@pytest.mark.parametrize(
    ("statement", "more"),
    [
        (PlaceStatement, {"starts_on": END, "kind": PlaceKind.OTHER, "organisation": 1}),
        (SeatStatement, {"starts_on": END}),
        (ConfirmationStatement, {"on": END, "until": END}),
    ],
)
def test_a_moment_without_a_zone_is_refused(statement, more):
    naive = datetime(2025, 1, 1, 12)  # noqa: DTZ001 - this is what is refused
    with pytest.raises(ValueError, match="no time zone"):
        statement(place=1, recorded_at=naive, **more)
    if statement is SeatStatement:
        with pytest.raises(ValueError, match="no time zone"):
            statement(place=1, recorded_at=noon(2025, 1, 1), replaced_at=naive, **more)
