"""When a placement is talked over, when a choice still holds, and when aftercare is due."""

from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.places.following import (
    AFTERCARE_OUTCOMES,
    NO_AFTERCARE,
    Asked,
    Talked,
    longest_after,
    moment_of,
    moments_after,
    next_evaluation,
    next_moment,
    read_moments,
    read_rhythms,
    shipped_moments,
    shipped_rhythms,
    still_holds,
)
from meedoen.rules.vocabulary import AftercareFinding, Outcome, PlaceKind

CATALOGUE = files("meedoen").joinpath("catalogue", "places")
RHYTHMS = CATALOGUE.joinpath("evaluations.toml").read_text("utf-8")
MOMENTS = CATALOGUE.joinpath("aftercare.toml").read_text("utf-8")
JOB, WORK = PlaceKind.PARTICIPATION_JOB, Outcome.MOVED_ON_TO_PAID_WORK
FROM = date(2026, 7, 1)
REACHED, IN_VAIN = AftercareFinding.IN_PAID_WORK, AftercareFinding.NOT_REACHED
DAYS = st.dates(date(2000, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize(
    ("started_on", "last", "due"),
    [
        (date(2027, 1, 4), None, date(2027, 2, 15)),
        (date(2027, 1, 4), Talked(date(2027, 2, 10)), date(2027, 5, 10)),
        (date(2027, 1, 4), Talked(date(2027, 2, 10), date(2027, 3, 1)), date(2027, 3, 1)),
        # Three months after the last day of November there is no 30th of February.
        (date(2027, 1, 4), Talked(date(2027, 11, 30)), date(2028, 2, 29)),
        # Began before anybody worked with this: the rhythm goes on, nothing was missed.
        (date(2024, 3, 4), None, date(2026, 7, 15)),
        (date(2026, 5, 20), None, date(2026, 7, 1)),
        (date(2026, 5, 19), None, date(2026, 9, 30)),
    ],
)
def test_a_placement_is_talked_over_some_weeks_after_the_start_and_then_in_a_rhythm(
    started_on, last, due
):
    assert next_evaluation(JOB, started_on=started_on, last=last) == due


def test_another_rhythm_holds_for_who_begins_on_its_day_or_later():
    job = RHYTHMS.split("[[rhythms]]")[1]
    closed = RHYTHMS.replace(job, job + "valid_to = 2027-06-01\n")
    later = "\n[[rhythms]]" + job.replace("2026-07-01", "2027-06-01").replace(
        "first_weeks = 6", "first_weeks = 2"
    )
    table = read_rhythms(closed + later, "test.toml")
    before, after = date(2027, 5, 31), date(2027, 6, 1)
    assert next_evaluation(JOB, started_on=before, last=None, table=table) == date(2027, 7, 12)
    assert next_evaluation(JOB, started_on=after, last=None, table=table) == date(2027, 6, 15)


@given(st.sampled_from(PlaceKind), DAYS)
def test_the_next_time_comes_after_the_start_and_never_before_anybody_works_with_it(kind, day):
    due = next_evaluation(kind, started_on=day, last=None)
    assert due > day
    assert due >= FROM


@given(st.sampled_from(PlaceKind), DAYS)
def test_the_next_time_comes_after_the_last_time(kind, day):
    assert next_evaluation(kind, started_on=day, last=Talked(day)) > day


@pytest.mark.parametrize(
    ("chosen_for", "last_day", "holds"),
    [
        (date(2027, 3, 1), date(2027, 3, 1), True),
        (date(2027, 3, 1), date(2027, 2, 1), True),
        (date(2027, 3, 1), date(2027, 3, 2), False),
        (date(2027, 3, 1), None, True),
    ],
)
def test_what_was_chosen_holds_unless_somebody_stays_longer(chosen_for, last_day, holds):
    assert still_holds(chosen_for, last_day) is holds


def test_aftercare_comes_after_two_weeks_and_three_six_and_twelve_months():
    assert moments_after(WORK, last_day=date(2027, 8, 31)) == (
        date(2027, 9, 14),
        date(2027, 11, 30),
        date(2028, 2, 29),
        date(2028, 8, 31),
    )


@pytest.mark.parametrize("outcome", sorted(NO_AFTERCARE))
def test_nobody_is_asked_after_a_death_or_a_move(outcome):
    assert moments_after(outcome, last_day=FROM) == ()
    assert next_moment(outcome, last_day=FROM, asked=()) is None
    assert moment_of(outcome, last_day=FROM, on=FROM) is None


def test_what_ended_before_anybody_worked_with_this_is_not_followed():
    assert moments_after(WORK, last_day=FROM - timedelta(days=1)) == ()
    assert moments_after(WORK, last_day=FROM) != ()


END = date(2027, 1, 31)
"""The moments: 14 February, 30 April, 31 July 2027 and 31 January 2028."""


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ((), (1, date(2027, 2, 14), 0)),
        ((Asked(1, date(2027, 2, 16), REACHED),), (2, date(2027, 4, 30), 0)),
        ((Asked(1, date(2027, 2, 16), IN_VAIN),), (1, date(2027, 3, 2), 1)),
        # Tried a day too early still waits for its day.
        ((Asked(1, date(2027, 2, 1), IN_VAIN),), (1, date(2027, 2, 15), 1)),
        (
            tuple(Asked(1, date(2027, 2, day), IN_VAIN) for day in (14, 20, 28)),
            (2, date(2027, 4, 30), 0),
        ),
        # Trying again would fall on the next moment: that one comes instead.
        ((Asked(1, date(2027, 4, 16), IN_VAIN),), (2, date(2027, 4, 30), 0)),
        # A moment that was skipped is over when a later one was used.
        ((Asked(2, date(2027, 5, 3), REACHED),), (3, date(2027, 7, 31), 0)),
        ((Asked(4, date(2028, 2, 1), IN_VAIN),), (4, date(2028, 2, 15), 1)),
    ],
)
def test_the_next_moment_follows_from_what_was_asked(asked, due):
    found = next_moment(WORK, last_day=END, asked=asked)
    assert found is not None
    assert (found.number, found.on, found.tries) == due


@pytest.mark.parametrize(
    "asked",
    [
        (Asked(4, date(2028, 2, 1), REACHED),),
        (Asked(1, date(2027, 2, 14), AftercareFinding.WANTS_NO_AFTERCARE),),
        tuple(Asked(4, date(2028, 2, day), IN_VAIN) for day in (1, 14, 28)),
    ],
)
def test_aftercare_comes_to_an_end(asked):
    assert next_moment(WORK, last_day=END, asked=asked) is None


@pytest.mark.parametrize(
    ("on", "number"),
    [
        (date(2027, 2, 1), 1),
        (date(2027, 4, 15), 1),
        (date(2027, 4, 16), 2),
        (date(2027, 7, 16), 2),
        (date(2029, 1, 1), 4),
    ],
)
def test_asking_counts_for_the_moment_that_came_last_or_is_near(on, number):
    assert moment_of(WORK, last_day=END, on=on) == number


@given(st.sampled_from(sorted(AFTERCARE_OUTCOMES)), st.dates(FROM, date(2100, 1, 1)), st.data())
def test_whoever_is_asked_at_every_moment_is_done_within_the_longest_time(outcome, last_day, data):
    asked = []
    while (due := next_moment(outcome, last_day=last_day, asked=asked)) is not None:
        assert due.on <= last_day + timedelta(days=longest_after())
        finding = data.draw(st.sampled_from([REACHED, IN_VAIN, AftercareFinding.FELL_BACK]))
        asked.append(Asked(due.number, due.on, finding))
        numbers = [one.number for one in asked]
        assert numbers == sorted(numbers)
    assert asked[-1].number == len(moments_after(outcome, last_day=last_day))


def problems_in(read, text):
    with pytest.raises(DatedTableError) as caught:
        read(text, "test.toml")
    return caught.value.problems


def test_a_kind_without_a_rhythm_and_an_outcome_without_moments_are_refused():
    without_job = RHYTHMS.replace('kind = "participation_job"', 'kind = "other"', 1)
    assert any(
        "participation_job: there is no line" in one
        for one in problems_in(read_rhythms, without_job)
    )
    without_goal = MOMENTS.replace('"goal_reached"', '"stopped_by_partner"', 1)
    assert any(
        "goal_reached: there is no line" in one for one in problems_in(read_moments, without_goal)
    )


@pytest.mark.parametrize(
    ("read", "text", "wrong"),
    [
        (read_rhythms, RHYTHMS.replace("first_weeks = 6", "first_weeks = 60", 1), "1 to 52"),
        (read_rhythms, RHYTHMS.replace("every_months = 3", "weekly = true", 1), "'weekly'"),
        (read_moments, MOMENTS.replace("[3, 6, 12]", "[6, 3]", 1), "smallest first"),
        (read_moments, MOMENTS.replace('"goal_reached"', '"died"', 1), "'died'"),
        (read_moments, MOMENTS.replace("most_tries = 3", "most_tries = 0", 1), "most_tries is 0"),
    ],
)
def test_a_mistake_is_told_with_what_to_do(read, text, wrong):
    assert any(wrong in one for one in problems_in(read, text))


def test_the_tables_of_the_package_can_be_read():
    assert set(shipped_rhythms()) == set(PlaceKind)
    assert set(shipped_moments()) == AFTERCARE_OUTCOMES
