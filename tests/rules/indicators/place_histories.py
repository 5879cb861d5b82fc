"""Places for Hypothesis: few places, near days, seats and confirmations in any order."""

from datetime import date, timedelta

from hypothesis import strategies as st

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
from meedoen.rules.vocabulary import LegalTask, PlaceKind
from tests.rules.indicators.histories import days, moments, some_of

numbers = st.integers(1, 3)
DISTRICTS = (1, 2, 5)
KINDS = list(PlaceKind)[:3]


@st.composite
def place_statements(draw):
    starts = draw(days)
    opens = draw(st.one_of(st.just(date.min), days))
    return PlaceStatement(
        place=draw(numbers),
        starts_on=starts,
        recorded_at=draw(moments),
        kind=draw(st.sampled_from(KINDS)),
        organisation=draw(numbers),
        # District 3 is not in the list of districts, and 0 is none.
        district=draw(st.sampled_from([0, 1, 2, 3])),
        legal_task=draw(st.sampled_from(["", *list(LegalTask)[:2]])),
        capacity=draw(st.integers(0, 3)),
        is_full=draw(st.integers(0, 3)) == 0,
        opens_on=opens,
        closes_on=draw(st.one_of(st.none(), days)),
    )


@st.composite
def seat_statements(draw):
    starts, recorded = draw(days), draw(moments)
    return SeatStatement(
        place=draw(st.integers(1, 4)),
        starts_on=starts,
        ends_on=draw(
            st.one_of(st.none(), st.integers(-3, 200).map(lambda n: starts + timedelta(n)))
        ),
        recorded_at=recorded,
        replaced_at=draw(
            st.one_of(st.none(), st.integers(0, 60).map(lambda n: recorded + timedelta(n)))
        ),
    )


@st.composite
def confirmation_statements(draw):
    on = draw(days)
    return ConfirmationStatement(
        place=draw(st.integers(1, 4)),
        on=on,
        until=on + timedelta(draw(st.integers(-2, 200))),
        recorded_at=draw(moments),
    )


@st.composite
def place_situations(draw):
    """Draw places, seats, confirmations, a date and a moment of knowing, often on an edge."""
    places = draw(st.lists(place_statements(), max_size=7))
    seats = draw(st.lists(seat_statements(), max_size=7))
    confirmations = draw(st.lists(confirmation_statements(), max_size=5))
    edges = [one.starts_on for one in (*places, *seats)]
    edges += [one.ends_on for one in seats if one.ends_on]
    edges += [one.until for one in confirmations]
    recorded = [one.recorded_at for one in (*places, *seats, *confirmations)]
    on = draw(st.one_of(days, st.sampled_from(edges)) if edges else days)
    known_at = draw(
        st.one_of(st.none(), moments, *([st.sampled_from(recorded)] if recorded else []))
    )
    return places, seats, confirmations, on, known_at


filters = st.builds(
    PlaceFilters,
    some_of(KINDS),
    some_of([0, 1, 2, 3]),
    some_of([1, 2]),
    some_of(list(LegalTask)[:2]),
    st.booleans(),
    st.sampled_from([None, None, True, False]),
)
words = st.one_of(
    st.builds(PlacesListed, filters),
    st.builds(Seats, st.sampled_from(SeatsOf), filters),
    st.builds(SharePlacesConfirmed, filters),
    st.builds(DistrictsWithPlaces, filters),
)
