"""Histories, words and definitions for Hypothesis: few people, near days, much overlap."""

from datetime import UTC, date, datetime, timedelta

from dateutil.relativedelta import relativedelta
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
    DaysInState,
    Events,
    Filters,
    GrowthAfterStart,
    GrowthClass,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleEnded,
    PeopleInState,
    PeopleOnRung,
    PeopleStarted,
    PeopleWithEvent,
    PeopleWithoutEvent,
    Ratio,
    Share,
    ShareFallenBack,
    ShareStillThere,
    SinceStart,
    Which,
)
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.indicators.texts import Text
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState
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
ENDS = [
    "",
    Outcome.GOAL_REACHED,
    Outcome.MOVED_ON_TO_PAID_WORK,
    Outcome.STOPPED_BY_RESIDENT,
    Outcome.MOVED_AWAY,
    Outcome.DIED,
]
"""How a placement came out, where that is said."""
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
        edges = [day for one in statements for day in (one.starts_on, one.ends_on) if day]
        statements.append(draw(statement(number * 3, kind, replaces, edges)))
        free.append(number * 3)
    return statements


@st.composite
def statement(draw, number, kind, replaces, edges=()):
    starts = draw(st.one_of(days, st.sampled_from(edges)) if edges else days)
    ends = draw(st.one_of(st.none(), st.integers(-3, 400).map(lambda n: starts + timedelta(n))))
    placed, measured = kind is EntryKind.PLACEMENT, kind is EntryKind.MEASUREMENT
    stepped = kind is EntryKind.LIFE_DOMAIN
    outcomes = {EntryKind.ATTEMPT: list(Outcome)[:4], EntryKind.PLACEMENT: ENDS}
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
        ladder_version=draw(st.sampled_from(["", "2008", "2024"])) if measured or stepped else "",
        outcome=draw(st.sampled_from(outcomes.get(kind, [""]))),
        district=draw(st.integers(0, 3)),
        organisation=draw(st.integers(0, 2)),
        legal_task=draw(st.sampled_from(["", *LegalTask][:3])) if placed else "",
        domain=draw(st.sampled_from(["money", "company"])) if stepped else "",
        score=draw(st.integers(1, 5)) if stepped else 0,
    )


@st.composite
def situations(draw, kinds=tuple(EntryKind), most=14):
    """Draw a history, a reference date and a moment of knowing, often exactly on an edge."""
    history = draw(histories(kinds, most))
    edges = [day for each in history for day in (each.starts_on, each.ends_on) if day]
    if edges and draw(st.booleans()):
        later = st.integers(0, 24).map(lambda months: relativedelta(months=months))
        edges = [day + draw(later) for day in edges]
    recorded = [each.recorded_at for each in history]
    on = draw(st.one_of(days, st.sampled_from(edges)) if edges else days)
    known_at = draw(
        st.one_of(st.none(), moments, *([st.sampled_from(recorded)] if recorded else []))
    )
    return history, on, known_at


def is_about_people(word):
    return not isinstance(word, Events)


def some_of(words):
    return st.lists(st.sampled_from(words), unique=True).map(tuple)


numbers = st.lists(st.integers(1, 3), unique=True, max_size=2).map(tuple)
only_districts = st.builds(Filters, districts=numbers)
filters = st.builds(
    Filters,
    place_kinds=some_of(list(PlaceKind)[:3]),
    self_found=st.sampled_from([None, None, True, False]),
    districts=numbers,
    organisations=st.sampled_from([(), (), (1,), (1, 2)]),
    legal_tasks=st.sampled_from([(), (), (LegalTask.PARTICIPATION,)]),
)
people_filters = st.one_of(only_districts, filters)
"""On what is at no place, the filters on placements choose who is at one; often there are none."""
months = st.integers(1, 24)
on_rung = st.builds(
    PeopleOnRung,
    st.sampled_from(Which),
    st.lists(st.integers(1, 6), unique=True, max_size=4).map(tuple),
    st.booleans(),
    people_filters,
)
placed = st.builds(
    PeopleInState,
    st.just(EntryKind.PLACEMENT),
    some_of(list(PlacementState)),
    filters,
    some_of([EntryKind.TRAINING, EntryKind.PLAN]),
)
in_state = st.one_of(
    st.builds(
        PeopleInState,
        st.sampled_from([EntryKind.BENEFIT, EntryKind.PLAN, EntryKind.TRAINING]),
        st.just(()),
        people_filters,
    ),
    placed,
)
attempts = (st.just(EntryKind.ATTEMPT), some_of(list(Outcome)[:4]))
others = (st.sampled_from(EVENT_KINDS[1:]), st.just(()))
with_event = st.one_of(
    *(
        st.builds(word, *event, months, people_filters)
        for word in (PeopleWithEvent, Events)
        for event in (attempts, others)
    )
)
without_event = st.one_of(
    st.builds(
        PeopleWithoutEvent,
        st.just((EntryKind.ATTEMPT,)),
        some_of(list(Outcome)[:4]),
        months,
        people_filters,
    ),
    st.builds(
        PeopleWithoutEvent,
        st.sampled_from([(EntryKind.CONVERSATION,), EVENT_KINDS[:2]]),
        st.just(()),
        months,
        people_filters,
    ),
)
flowing = st.one_of(
    st.builds(PeopleStarted, months, filters),
    st.builds(PeopleEnded, some_of(ENDS[1:4]), months, filters),
)
growing = st.one_of(
    st.builds(
        PeopleByGrowth,
        st.booleans(),
        st.integers(1, 3),
        people_filters,
        st.sampled_from(GrowthClass),
    ),
    st.builds(PeopleBySteps, st.booleans(), people_filters, st.sampled_from(GrowthClass)),
    st.builds(
        GrowthAfterStart,
        months,
        st.integers(1, 14),
        months,
        st.integers(1, 2),
        filters,
        st.sampled_from(SinceStart),
    ),
)
windows = st.tuples(st.integers(0, 200), st.integers(0, 200)).map(lambda two: (two[0], sum(two)))
after_a_while = st.one_of(
    st.builds(
        DaysInState,
        st.lists(st.sampled_from(PlacementState), min_size=1).map(tuple),
        months,
        filters,
    ),
    st.builds(ShareStillThere, st.integers(1, 14), months, filters),
    st.builds(
        lambda window, *rest: ShareFallenBack(*window, *rest),
        windows,
        months,
        some_of(ENDS[1:4]),
        filters,
    ),
)
simple = st.one_of(in_state, with_event.filter(is_about_people), without_event, flowing, on_rung)
made_of_two = st.one_of(
    st.builds(Share, simple, simple),
    st.builds(Ratio, simple, simple, st.sampled_from([1, 3, 1_000, 10_000])),
)
words = st.one_of(
    in_state,
    with_event,
    without_event,
    flowing,
    growing,
    after_a_while,
    on_rung,
    made_of_two,
)


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
        part_of=(),
        versions=tuple(Version(day, word) for day, word in versions),
        examples=(),
    )
