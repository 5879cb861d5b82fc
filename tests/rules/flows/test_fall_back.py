"""After an end somebody is looked for, and what is not known yet is never counted as fine."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.flows.fall_back import Windows, fall_back, read_windows, windows_on
from meedoen.rules.flows.participations import participations
from meedoen.rules.indicators.after_ends import RungSince, Where
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind
from tests.examples import examples
from tests.rules.flows.histories import columns_of, day, moment, placement_histories, state
from tests.rules.flows.reference import on_day, took_part
from tests.rules.indicators.reference import known

JOB, VOLUNTEER = PlaceKind.PARTICIPATION_JOB, PlaceKind.VOLUNTEER_WORK
SHIPPED = files("meedoen").joinpath("catalogue", "flows", "fall_back.toml").read_text("utf-8")
thorough = settings(deadline=None, max_examples=examples(80))
NEAR = Windows(valid_from=date(2015, 1, 1), valid_to=None, last_days=(5, 12, 30), source="made up")
LED = {
    "moved_on_to_paid_work": Where.MOVED_ON,
    "moved_on_to_training": Where.MOVED_ON,
    "moved_away": Where.GONE,
    "died": Where.GONE,
}


def measured(number, person, on, rung, version="2024"):
    return Statement(
        id=number,
        person=person,
        kind=EntryKind.MEASUREMENT,
        starts_on=day(on),
        ends_on=day(on + 1),
        recorded_at=moment(on),
        rung=rung,
        ladder_version=version,
    )


measurements = st.lists(
    st.tuples(
        st.integers(1, 4), st.integers(0, 110), st.integers(1, 6), st.sampled_from(["2008", "2024"])
    ),
    max_size=12,
)


def looked(history, start, end, on, windows=NEAR):
    columns, placement = columns_of(history)
    return fall_back(
        participations(columns, placement, None),
        columns.known_at(None),
        start=day(start),
        end=day(end),
        on=day(on),
        windows=windows,
    )


def plain_window(history, period, on, first_day, last_day):
    rows = took_part(history, None)
    rungs = [
        row
        for row in known([each for _, each in history], None)
        if row.kind is EntryKind.MEASUREMENT and row.rung
    ]
    rungs.sort(key=lambda row: (row.starts_on, row.id))
    pairs = []
    for row in rows:
        if row.ends is None or not period[0] < row.ends <= period[1]:
            continue
        opens, closes = (row.ends + timedelta(days=one) for one in (first_day, last_day))
        if closes >= on:
            pairs.append((Where.NOT_YET_KNOWN, RungSince.NOT_YET_KNOWN))
            continue
        mine = [other for other in rows if other.person == row.person]
        if on_day(mine, closes):
            where = Where.TAKING_PART
        else:
            over = [other for other in mine if other.ends is not None and other.ends <= closes]
            last = max(over, key=lambda other: (other.ends, other.placement))
            where = LED.get(last.outcome, Where.NO_ACTIVITY)
        before = [one for one in rungs if one.person == row.person and one.starts_on < row.ends]
        since = [
            one
            for one in rungs
            if before
            and one.person == row.person
            and opens <= one.starts_on <= closes
            and one.ladder_version == before[-1].ladder_version
        ]
        if not since:
            rung = RungSince.NOT_MEASURED
        else:
            lower = since[-1].rung < before[-1].rung
            rung = RungSince.LOWER if lower else RungSince.NOT_LOWER
        pairs.append((where, rung))
    return pairs


@thorough
@given(
    placement_histories(),
    measurements,
    st.integers(0, 60),
    st.integers(1, 60),
    st.integers(0, 160),
)
def test_every_window_is_what_plain_loops_count(history, rungs, start, length, on):
    history = history + [
        (0, measured(len(history) + at, *each)) for at, each in enumerate(rungs, start=1)
    ]
    found = looked(history, start, start + length, on)
    period = day(start), day(start + length)
    for window in found:
        pairs = plain_window(history, period, day(on), window.first_day, window.last_day)
        assert {name: count for name, count in window.where.items() if count} == Counter(
            where for where, _ in pairs
        )
        assert {name: count for name, count in window.rung.items() if count} == Counter(
            rung for _, rung in pairs
        )
        followed = [pair for pair in pairs if pair[0] not in (Where.GONE, Where.NOT_YET_KNOWN)]
        assert window.followed == len(followed)
        assert window.fell_back == sum(
            where is Where.NO_ACTIVITY or rung is RungSince.LOWER for where, rung in followed
        )
        assert window.measured == sum(
            rung in (RungSince.LOWER, RungSince.NOT_LOWER) for _, rung in followed
        )
        assert window.ends == len(pairs) == sum(window.where.values()) == sum(window.rung.values())


@pytest.mark.parametrize(
    ("outcome", "more", "where"),
    [
        (Outcome.GOAL_REACHED, [], Where.NO_ACTIVITY),
        (Outcome.STOPPED_BY_PARTNER, [(2, state(2, 1, VOLUNTEER, 12, None))], Where.TAKING_PART),
        (Outcome.STOPPED_BY_PARTNER, [(2, state(2, 1, VOLUNTEER, 11, 13))], Where.NO_ACTIVITY),
        (Outcome.MOVED_ON_TO_PAID_WORK, [], Where.MOVED_ON),
        (Outcome.MOVED_ON_TO_OWN_VOLUNTEERING, [], Where.MOVED_ON),
        (Outcome.DIED, [], Where.GONE),
    ],
)
def test_an_end_leads_somewhere(outcome, more, where):
    history = [(1, state(1, 1, JOB, 0, 10, outcome=outcome)), *more]
    assert looked(history, 9, 10, 100)[0].where[where] == 1


def test_a_window_that_is_not_over_is_not_yet_known_and_in_no_denominator():
    history = [(1, state(1, 1, JOB, 0, 10, outcome=Outcome.GOAL_REACHED))]
    on_its_last_day, the_day_after = (looked(history, 0, 20, on)[0] for on in (15, 16))
    assert on_its_last_day.where[Where.NOT_YET_KNOWN] == 1
    assert (on_its_last_day.followed, on_its_last_day.fell_back) == (0, 0)
    assert (the_day_after.followed, the_day_after.fell_back) == (1, 1)


@pytest.mark.parametrize(
    ("rungs", "since"),
    [
        ([(5, 4), (11, 3)], RungSince.LOWER),
        ([(5, 4), (11, 3), (14, 4)], RungSince.NOT_LOWER),
        ([(5, 4), (16, 3)], RungSince.NOT_MEASURED),
        ([(11, 3)], RungSince.NOT_MEASURED),
        ([(5, 4, "2008"), (11, 3)], RungSince.NOT_MEASURED),
    ],
)
def test_a_rung_is_compared_within_the_window_and_the_version(rungs, since):
    history = [(1, state(1, 1, JOB, 0, 10)), (2, state(2, 1, JOB, 10, None))]
    history += [(0, measured(at, 1, *each)) for at, each in enumerate(rungs, start=3)]
    window = looked(history, 0, 20, 100)[0]
    assert window.rung[since] == 1
    assert window.fell_back == (since is RungSince.LOWER)


def test_the_windows_follow_each_other_and_hold_from_their_own_day():
    shipped = windows_on(date(2026, 1, 1))
    assert shipped.first_days == (0, 181, 366)
    assert shipped.last_days == (180, 365, 730)
    later = replace(shipped, valid_from=date(2027, 1, 1), last_days=(90,))
    both = [replace(shipped, valid_to=later.valid_from), later]
    assert windows_on(date(2026, 12, 31), both).last_days == (180, 365, 730)
    assert windows_on(date(2027, 1, 1), both).last_days == (90,)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[180, 365, 730]", "[365, 180]", "last_days is [365, 180]; list whole numbers"),
        ("[180, 365, 730]", "[]", "last_days is []"),
        ('source = "Eigen keuze van Meedoen."', "", "source is missing"),
        ("01-01\n", "01-01\nvalid_to = 2020-01-01\n", "no line holds on 2020-01-01"),
    ],
)
def test_a_mistake_in_the_windows_is_a_sentence(old, new, said):
    with pytest.raises(DatedTableError) as caught:
        read_windows(SHIPPED.replace(old, new), "test.toml")
    assert any(said in problem for problem in caught.value.problems)


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="give a day after"):
        looked([], 5, 5, 9)
