"""Looking forward from a day: with what was known then, tried out on earlier years, or refused."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.forecast.counted import happened_by, values_so_far
from meedoen.rules.forecast.estimate import Band
from meedoen.rules.forecast.forecast import Forecast, Refusal, Tried, forecast, usual_error
from meedoen.rules.forecast.needed import Outlook, needed, outlook
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.language import Direction, Version
from meedoen.rules.indicators.people_words import (
    PeopleByGrowth,
    PeopleInState,
    PeopleStarted,
    PeopleWithEvent,
)
from meedoen.rules.indicators.sources import Sources
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState
from tests.rules.indicators.histories import definition_of, histories, thorough

ON = date(2026, 9, 30)
JOBS = PeopleInState(EntryKind.PLACEMENT, (PlacementState.ACTIVE,))
REACHED = PeopleWithEvent(EntryKind.ATTEMPT, (Outcome.REACHED,))


def end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def placed(number, person, starts, ends=None, recorded=None):
    return Statement(
        id=number,
        person=person,
        kind=EntryKind.PLACEMENT,
        starts_on=starts,
        ends_on=ends,
        recorded_at=at_noon(recorded or starts),
        state=PlacementState.ACTIVE,
        place_kind=PlaceKind.VOLUNTEER_WORK,
    )


def reached(number, person, on):
    return Statement(
        id=number,
        person=person,
        kind=EntryKind.ATTEMPT,
        starts_on=on,
        ends_on=on + timedelta(days=1),
        recorded_at=at_noon(on),
        outcome=Outcome.REACHED,
    )


def looked(word, statements, on=ON):
    return forecast(
        definition_of((date(2015, 1, 1), word)),
        Sources(Columns.from_statements(statements)),
        on,
        end_of,
    )


def steady(months=80):
    """Every month five begin, who stop after two years; the end is recorded when it comes."""
    numbers, statements = count(1), []
    for month in range(months):
        begins = date(2026, 9, 20) - timedelta(days=30 * month)
        for _ in range(5):
            number, ends = next(numbers), begins + timedelta(days=730)
            person = number
            if ends > ON:
                statements.append(placed(number, person, begins))
                continue
            statements.append(placed(number, person, begins))
            later = placed(next(numbers), person, begins, ends, recorded=ends)
            statements.append(Statement(**as_fields(later) | {"replaces": number}))
    return statements


def as_fields(statement):
    return {name: getattr(statement, name) for name in statement.__dataclass_fields__}


def yearly(counts):
    """Reach so many people a year: (before the day, after it), each once."""
    numbers = count(1)
    return [
        reached(number, number, date(year, month, 10))
        for year, (before, after) in counts.items()
        for month, people in ((3, before), (11, after))
        for number in [next(numbers) for _ in range(people)]
    ]


def test_a_standing_number_stays_where_it_is_when_as_many_come_as_stop():
    made = looked(JOBS, steady())
    assert isinstance(made, Forecast)
    assert made.now == 120
    assert 110 <= made.band.low <= made.band.expected <= made.band.high <= 140
    assert [one.year for one in made.tried] == [2025, 2024, 2023, 2022]
    assert all(one.held for one in made.tried)
    assert made.mean_error is not None
    assert made.mean_error < 8


def test_an_earlier_year_is_tried_with_what_was_known_then():
    # Ten who began in 2024 were entered a year late: the forecast of 2024 could not know of them.
    late = [
        placed(5_000 + number, 5_000 + number, date(2024, 5, 1), recorded=date(2025, 5, 1))
        for number in range(40)
    ]
    before = {one.year: one for one in looked(JOBS, steady()).tried}
    after = {one.year: one for one in looked(JOBS, [*steady(), *late]).tried}
    assert after[2024].band == before[2024].band
    assert after[2024].came == before[2024].came + 40
    assert not after[2024].held


def test_a_forecast_that_was_far_off_makes_the_band_as_wide():
    late = [
        placed(5_000 + number, 5_000 + number, date(2024, 5, 1), recorded=date(2025, 5, 1))
        for number in range(60)
    ]
    made = looked(JOBS, [*steady(), *late])
    error = max(one.error for one in made.tried)
    assert error >= 50
    assert made.band.high - made.band.expected >= error - 1


def test_a_figure_about_a_year_goes_on_as_earlier_years_did():
    counts = {2022: (1, 0), 2023: (10, 30), 2024: (12, 32), 2025: (14, 34), 2026: (20, 0)}
    made = looked(REACHED, yearly(counts))
    assert made.now == 20
    assert made.at_start == 0
    assert made.band == Band(expected=52, low=47, high=57)


def test_the_year_in_which_recording_began_says_nothing_of_other_years():
    later = {2024: (12, 32), 2025: (14, 34), 2026: (20, 0)}
    made = looked(REACHED, yearly({2023: (1, 400), **later}))
    assert made.band == looked(REACHED, yearly({2023: (1, 0), **later})).band
    assert made.band == Band(expected=53, low=47, high=59)
    assert looked(REACHED, yearly({2024: (1, 400), 2025: (14, 34), 2026: (20, 0)})) is (
        Refusal.TOO_LITTLE_HISTORY
    )


def test_who_was_reached_this_year_stays_reached():
    made = looked(REACHED, yearly({2023: (10, 0), 2024: (10, 60), 2025: (10, 0), 2026: (20, 0)}))
    assert made.band.low == 20


def test_a_constant_history_gives_a_band_of_one_number():
    stayers = [placed(number, number, date(2015, 1, 1)) for number in range(1, 31)]
    made = looked(JOBS, stayers)
    assert made.band == Band(30, 30, 30)
    assert {(one.came, one.error) for one in made.tried} == {(30, 0)}


@pytest.mark.parametrize(
    ("statements", "word", "why"),
    [
        ([], JOBS, Refusal.NOT_MEASURED),
        ([placed(1, 1, date(2024, 10, 1))], JOBS, Refusal.TOO_LITTLE_HISTORY),
        (yearly({2026: (5, 0)}), REACHED, Refusal.TOO_LITTLE_HISTORY),
        (
            yearly({2024: (3, 0), 2025: (4, 1), 2026: (5, 0)}),
            PeopleByGrowth(),
            Refusal.NOT_MEASURED,
        ),
    ],
)
def test_without_enough_history_there_is_no_guess(statements, word, why):
    assert looked(word, statements) is why


def test_two_years_to_the_day_are_enough():
    assert looked(JOBS, [placed(1, 1, date(2024, 10, 1))]) is Refusal.TOO_LITTLE_HISTORY
    assert isinstance(looked(JOBS, [placed(1, 1, date(2024, 9, 30))]), Forecast)


def test_before_an_indicator_existed_nothing_is_looked_forward_to():
    assert looked(JOBS, steady(), on=date(1999, 9, 30)) is Refusal.NOT_MEASURED


def test_on_the_last_day_of_the_year_the_forecast_is_the_figure():
    made = looked(JOBS, steady(), on=date(2025, 12, 31))
    assert made.band == Band(made.now, made.now, made.now)


def test_the_same_history_gives_the_same_forecast():
    assert looked(JOBS, steady()) == looked(JOBS, steady())


# --- what had happened by a day ------------------------------------------------------------------


@thorough
@given(
    histories(),
    st.sampled_from([REACHED, PeopleByGrowth(), PeopleStarted()]),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)),
)
def test_so_far_is_the_figure_of_a_history_that_stopped_on_the_day(statements, word, on):
    known = Sources(Columns.from_statements(statements)).known_at(None)
    version = Version(date(2015, 1, 1), word)
    [quick] = values_so_far(version, known, [on])
    cut = happened_by(known, on)
    assert np.all(cut.history.starts <= (on - date(1970, 1, 1)).days)
    [slow] = values_so_far(version, cut, [date(2024, 12, 31)])
    assert quick == slow


# --- targets ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "target", "found"),
    [
        (Direction.AT_LEAST, 174, Outlook.ON_COURSE),
        (Direction.AT_LEAST, 175, Outlook.IN_DOUBT),
        (Direction.AT_LEAST, 199, Outlook.IN_DOUBT),
        (Direction.AT_LEAST, 200, Outlook.IN_DANGER),
        (Direction.AT_MOST, 199, Outlook.ON_COURSE),
        (Direction.AT_MOST, 198, Outlook.IN_DOUBT),
        (Direction.AT_MOST, 174, Outlook.IN_DOUBT),
        (Direction.AT_MOST, 173, Outlook.IN_DANGER),
        (Direction.NONE, 200, None),
        (Direction.QUALITATIVE, 200, None),
    ],
)
def test_the_band_says_whether_a_target_is_in_danger(direction, target, found):
    assert outlook(direction, target, Band(187, 174, 199)) is found


def made_on(on, *, now, at_start):
    return Forecast(on, date(on.year, 12, 31), now, at_start, Band(187, 174, 199), ())


def test_what_is_needed_is_said_per_month_beside_what_this_year_brought():
    found = needed(made_on(ON, now=187, at_start=160), 200)
    assert found.difference == 13
    assert found.per_month == pytest.approx(4.3, abs=0.05)
    assert found.so_far_per_month == pytest.approx(3.0, abs=0.02)


def test_in_the_first_and_the_last_days_of_a_year_nothing_is_said_per_month():
    assert needed(made_on(date(2026, 1, 4), now=187, at_start=186), 200).so_far_per_month is None
    assert needed(made_on(date(2026, 12, 24), now=187, at_start=160), 200).per_month is None


def test_a_target_that_has_been_passed_is_below_nought():
    assert needed(made_on(ON, now=210, at_start=160), 200).difference == -10


@pytest.mark.parametrize(
    ("errors", "usual"), [([], 0), ([7], 7), ([1, 9, 4, 2], 9), ([1, 2, 3, 4, 5, 6, 7, 8, 99], 8)]
)
def test_the_usual_error_is_not_passed_in_most_years(errors, usual):
    assert usual_error(errors, 0.8) == usual


def test_an_error_is_how_far_what_was_expected_was_off():
    one = Tried(2025, Band(187, 174, 199), 170)
    assert (one.error, one.held) == (17, False)
