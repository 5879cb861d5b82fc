"""The history read by the database as columns is the history as it was written."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.queries import counted_now
from meedoen.records.history.actions import Statement, on_one_day, state_all
from meedoen.records.history.models import Entry
from meedoen.records.history.numbers import DayNumber, MomentNumber
from meedoen.records.history.queries import columns, last_entry
from meedoen.records.placements.actions import end_all
from meedoen.records.placements.correcting import correct_start_day, take_back_start
from meedoen.records.placements.moving import Change
from meedoen.rules.indicators.columns import TYPES, Columns
from meedoen.rules.indicators.days import day_number, moment_number
from meedoen.rules.indicators.people_words import PeopleWord
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind
from tests.records.figures.scenes import crowd, key_of, stranger, take_part
from tests.rules.indicators.reference import reference_figure
from tests.standing_town import kept
from tests.statements import statements_of
from tests.town import ON_RUNG_2, ON_RUNG_4, talk

MOMENTS = [
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2024, 2, 29, 12, 0, 0, 1, tzinfo=UTC),
    datetime(2024, 3, 31, 0, 59, 59, 999_999, tzinfo=UTC),
    datetime(2024, 3, 31, 1, 0, 0, tzinfo=UTC),
    datetime(2026, 7, 1, 7, 8, 9, 123_456, tzinfo=UTC),
    datetime(2026, 7, 1, 7, 8, 9, 120_000, tzinfo=UTC),
]
DAYS = [date(1900, 1, 1), date(1970, 1, 1), date(2024, 2, 29), date(2024, 12, 31)]


@pytest.fixture
@kept
def lived(town):
    """Let a year happen in the town: talks, measurements, placements, ends and corrections."""
    people = crowd(town, 14)
    talk(town.anna, town.roos_file, date(2024, 2, 1), ON_RUNG_2)
    talk(town.anna, town.roos_file, date(2024, 11, 1), ON_RUNG_4)
    talk(town.anna, town.sam, date(2024, 5, 1), ON_RUNG_4)
    jobs = take_part(town, people[:8], on=date(2024, 3, 1), self_found=3)
    take_part(town, people[8:], on=date(2024, 4, 1), kind=PlaceKind.VOLUNTEER_WORK)
    end_all(
        town.system,
        changes=[
            Change(placement_id=jobs[0], on=date(2024, 6, 1), outcome=Outcome.GOAL_REACHED),
            Change(placement_id=jobs[1], on=date(2024, 12, 31), outcome=Outcome.MOVED_AWAY),
        ],
    )
    correct_start_day(town.anna, key=key_of(town, jobs[2]), started_on=date(2024, 3, 15))
    take_back_start(town.anna, key=key_of(town, jobs[3]))
    return town


def test_columns_are_the_statements_of_the_same_entries(lived):
    read = columns(lived.connie)
    written = Columns.from_statements(statements_of(lived.connie))
    assert len(read.entry) > 40
    for name in TYPES:
        assert np.array_equal(getattr(read, name), getattr(written, name)), name


@pytest.mark.parametrize("on", [date(2024, 3, 1), date(2024, 6, 2), date(2024, 12, 31)])
def test_every_figure_is_that_of_the_slow_reference(lived, on):
    statements = statements_of(lived.connie)
    moments = [None, *sorted({one.recorded_at for one in statements})[-4:-1]]
    for moment in moments:
        for result in counted_now(lived.connie, on=on, known_at=moment):
            definition = catalogue()[result.code]
            if not isinstance(definition.version_on(on).count, PeopleWord):
                continue  # Referrals and places have such a test of their own.
            expected = reference_figure(definition, statements, on, moment)
            assert (result.value, dict(result.parts)) == expected, result.code


def test_a_figure_follows_the_correction_only_from_the_moment_it_was_recorded(lived):
    moments = sorted({one.recorded_at for one in statements_of(lived.connie)})
    # Taking back the start wrote last, twice: the start withdrawn, the proposal open again.
    assert jobs_on(lived, moments[-3]) == 8
    assert jobs_on(lived, moments[-2]) == 7
    assert jobs_on(lived, None) == 7


def jobs_on(lived, moment):
    results = counted_now(lived.connie, on=date(2024, 4, 1), known_at=moment)
    return next(one.value for one in results if one.code == "participation_jobs")


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_the_database_counts_microseconds_exactly(town, moment):
    entry = _entry(town, recorded_at=moment)
    found = Entry.objects.visible_to(town.connie).filter(pk=entry.pk)
    assert list(found.values_list(MomentNumber("recorded_at"), flat=True)) == [
        moment_number(moment)
    ]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_database_counts_days_exactly(town, day):
    entry = _entry(town, starts_on=day)
    found = Entry.objects.visible_to(town.connie).filter(pk=entry.pk)
    assert list(found.values_list(DayNumber("starts_on"), flat=True)) == [day_number(day)]


def _entry(town, *, starts_on=date(2024, 1, 1), recorded_at=None):
    [entry] = state_all(
        town.system,
        [
            Statement(
                pseudonym_id=town.roos_file.pseudonym_id,
                kind=EntryKind.ATTEMPT,
                starts_on=starts_on,
                ends_on=on_one_day(starts_on),
                recorded_at=recorded_at,
            )
        ],
    )
    return entry


def test_who_may_not_read_the_history_reads_nothing(town):
    for viewer in (town.anna, town.petra, town.suus, town.priya, town.ab):
        assert len(columns(viewer).entry) == 0
        assert last_entry(viewer) == 0
    assert len(columns(town.connie).entry) == 3
    assert len(columns(stranger(town)).entry) == 1
