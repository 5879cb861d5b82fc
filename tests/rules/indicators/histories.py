"""Histories, words and definitions for Hypothesis: few people, near days, much overlap."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from meedoen.rules.indicators.language import (
    EVENT_KINDS,
    Definition,
    Direction,
    Level,
    Measures,
    ReferenceDate,
    Source,
    Version,
    Word,
)
from meedoen.rules.indicators.people_words import (
    Filters,
    PeopleByGrowth,
    PeopleInState,
    PeopleWithEvent,
)
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.indicators.texts import Text
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState
from tests.examples import examples

FIRST, LAST = date(2023, 12, 1), date(2025, 3, 1)
LEAP_AND_YEAR_ENDS = [
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 2, 28),
]
days = st.one_of(st.dates(FIRST, LAST), st.sampled_from(LEAP_AND_YEAR_ENDS))
moments = st.integers(0, 520).map(
    lambda later: datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=later)
)
unhurried = settings(deadline=None)
"""A busy machine is no reason to fail."""
thorough = settings(deadline=None, max_examples=examples(80))


@st.composite
def histories(draw, kinds=tuple(EntryKind), most=14):
    statements: list[Statement] = []
    free: list[int] = []
    for number in range(1, draw(st.integers(0, most)) + 1):
        replaces = draw(st.sampled_from(free)) if free and draw(st.integers(0, 3)) == 0 else None
        if replaces is not None:
            free.remove(replaces)
        kind = draw(st.sampled_from(kinds))
        statements.append(draw(statement(number * 3, kind, replaces)))
        free.append(number * 3)
    return statements


@st.composite
def statement(draw, number, kind, replaces):
    starts = draw(days)
    ends = draw(st.one_of(st.none(), st.integers(-3, 400).map(lambda n: starts + timedelta(n))))
    placed, measured = kind is EntryKind.PLACEMENT, kind is EntryKind.MEASUREMENT
    return Statement(
        id=number,
        person=draw(st.integers(1, 4)),
        kind=kind,
        starts_on=starts,
        ends_on=starts + timedelta(days=1) if kind in EVENT_KINDS else ends,
        recorded_at=draw(moments),
        replaces=replaces,
        withdrawn=draw(st.integers(0, 5)) == 0,
        state=draw(st.sampled_from(PlacementState)) if placed else "",
        place_kind=draw(st.sampled_from(list(PlaceKind)[:3])) if placed else "",
        self_found=placed and draw(st.booleans()),
        rung=draw(st.integers(0, 6)) if measured else 0,
        ladder_version=draw(st.sampled_from(["", "2008", "2024"])) if measured else "",
        outcome=draw(st.sampled_from(list(Outcome)[:4])) if kind is EntryKind.ATTEMPT else "",
        district=draw(st.integers(0, 3)),
        organisation=draw(st.integers(0, 2)),
    )


@st.composite
def situations(draw, kinds=tuple(EntryKind), most=14):
    """Draw a history, a reference date and a moment of knowing, often exactly on an edge."""
    history = draw(histories(kinds, most))
    edges = [day for each in history for day in (each.starts_on, each.ends_on) if day]
    recorded = [each.recorded_at for each in history]
    on = draw(st.one_of(days, st.sampled_from(edges)) if edges else days)
    known_at = draw(
        st.one_of(st.none(), moments, *([st.sampled_from(recorded)] if recorded else []))
    )
    return history, on, known_at


def some_of(words):
    return st.lists(st.sampled_from(words), unique=True).map(tuple)


in_state = st.one_of(
    st.just(PeopleInState(EntryKind.BENEFIT)),
    st.builds(
        PeopleInState,
        st.just(EntryKind.PLACEMENT),
        some_of(list(PlacementState)),
        st.builds(Filters, some_of(list(PlaceKind)[:3]), st.sampled_from([None, True, False])),
    ),
)
with_event = st.one_of(
    st.builds(
        PeopleWithEvent, st.just(EntryKind.ATTEMPT), some_of(list(Outcome)[:4]), st.integers(1, 24)
    ),
    st.builds(
        PeopleWithEvent,
        st.sampled_from([EntryKind.CONVERSATION, EntryKind.MEASUREMENT]),
        st.just(()),
        st.integers(1, 24),
    ),
)
words = st.one_of(in_state, with_event, st.just(PeopleByGrowth()))


def definition_of(*versions: tuple[date, Word]) -> Definition:
    text = Text("tekst", "text")
    return Definition(
        code="made_up",
        name=text,
        question=text,
        definition=text,
        unit=text,
        measures=Measures.STOCK,
        level=Level.OUTPUT,
        reference_date=ReferenceDate.ANY,
        direction=Direction.NONE,
        source=Source("document", text),
        part_of=None,
        versions=tuple(Version(day, word) for day, word in versions),
        examples=(),
    )
