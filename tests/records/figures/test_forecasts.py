"""Looking forward to the end of the year: for whom, with which band, and never a few people."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.forecasts import forecast, forecasts
from meedoen.records.figures.queries import counted_shown
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Municipality
from meedoen.rules.forecast.forecast import Refusal
from tests.records.figures.scenes import crowd, stranger, take_part
from tests.records.referrals.network_scenes import answered
from tests.standing_town import kept

JOBS = "participation_jobs"


def at(year: int, month: int, day: int):
    return clock.at(datetime(year, month, day, 12, tzinfo=ZoneInfo("Europe/Amsterdam")))


@pytest.fixture
@kept
def grown(town):
    """Let thirty people begin in 2022, and ten more in each spring after that, as it happens."""
    with at(2022, 1, 10):
        people = crowd(town, 70)
        take_part(town, people[:30], on=date(2022, 1, 10))
    for place, year in enumerate((2023, 2024, 2025, 2026), start=2):
        with at(year, 4, 3):
            take_part(town, people[place * 10 + 10 : place * 10 + 20], on=date(year, 4, 3))
    return people


def test_the_forecast_lies_in_its_band_and_is_tried_on_earlier_years(town, grown):
    with at(2026, 9, 30):
        made = forecast(town.connie, indicator=JOBS)
    assert made.numbers.now == 70
    assert int(made.low.text) <= int(made.expected.text) <= int(made.high.text)
    assert [(one.year, one.came.text) for one in made.tried] == [(2025, "60"), (2024, "50")]
    assert made.mean_error is not None
    assert (made.year, made.inside) == (2026, 80)


def test_the_same_history_gives_the_same_forecast(town, grown):
    with at(2026, 9, 30):
        assert forecast(town.connie, indicator=JOBS) == forecast(town.connie, indicator=JOBS)


def test_what_was_recorded_later_plays_no_part_in_a_forecast_of_then(town, grown):
    with at(2025, 9, 30):
        then = forecast(town.connie, indicator=JOBS)
    now = forecast(town.connie, indicator=JOBS, on=date(2025, 9, 30))
    assert (now.expected, now.low, now.high) == (then.expected, then.low, then.high)


def test_who_knows_less_than_two_years_gets_no_guess(town):
    with at(2025, 2, 1):
        take_part(town, crowd(town, 20), on=date(2025, 2, 1))
    with at(2026, 9, 30):
        made = forecast(town.connie, indicator=JOBS)
    assert made.refusal is Refusal.TOO_LITTLE_HISTORY
    assert (made.expected.text, made.numbers, made.tried) == ("-", None, ())


def test_a_few_people_are_not_found_in_their_forecast(town):
    take_part(town, crowd(town, 6), on=date(2022, 1, 10))
    made = forecast(town.connie, indicator=JOBS)
    assert made.is_hidden
    assert {made.expected.text, made.low.text, made.high.text} == {"x"}
    assert made.numbers is None


def test_the_forecast_of_a_part_that_leaves_a_few_of_its_whole_is_hidden_with_it(town):
    take_part(town, crowd(town, 24), on=date(2022, 1, 10), self_found=20)
    found = forecasts(town.connie, indicators=[JOBS, "participation_jobs_self_found"])
    assert found[JOBS].expected.text == "24"
    assert found["participation_jobs_self_found"].is_hidden


def test_the_lowest_of_a_band_is_protected_too(town, grown):
    with at(2022, 6, 1):
        take_part(town, [town.roos_file.pseudonym_id], on=date(2022, 6, 1))
    Municipality.objects.update(disclosure_threshold=71)
    with at(2026, 9, 30):
        made = forecast(town.connie, indicator=JOBS)
    assert int(made.expected.text) >= 71
    assert made.low.text == "<71"


def test_a_band_is_rounded_outwards_where_figures_are_rounded(town, grown):
    Municipality.objects.update(rounding=5)
    with at(2026, 9, 30):
        made = forecast(town.connie, indicator=JOBS)
    band = made.numbers.band
    low, expected, high = (int(one.text) for one in (made.low, made.expected, made.high))
    assert all(one % 5 == 0 for one in (low, expected, high))
    assert low <= band.low <= band.high <= high


def test_where_figures_are_rounded_nothing_is_reckoned_with_that_is_not(town, grown):
    with at(2022, 6, 1):
        two = [town.roos_file.pseudonym_id, town.sam.pseudonym_id]
        take_part(town, two, on=date(2022, 6, 1))
    with at(2026, 9, 30):
        exact = forecast(town.connie, indicator=JOBS).numbers
        Municipality.objects.update(rounding=10)
        made = forecast(town.connie, indicator=JOBS)
    assert (exact.now, exact.at_start) == (72, 62)
    assert (made.numbers.now, made.numbers.at_start) == (70, 60)
    for one in made.tried:
        assert one.error == abs(int(one.came.text) - int(one.expected.text))


def test_of_organisations_nothing_is_hidden(town):
    with at(2023, 5, 1):
        answered(town, in_time=1, late=0)
    made = forecast(town.connie, indicator="referral_pairs")
    assert not made.is_hidden


def test_every_indicator_can_be_looked_forward_to_or_says_why_not(town, grown):
    codes = [one.code for one in catalogue()]
    with at(2026, 9, 30):
        found = forecasts(town.connie, indicators=[*codes, "happiness", JOBS])
    assert list(found) == codes
    assert all((one.refusal is None) != (one.expected.text == "-") for one in found.values())


def test_it_is_for_who_may_see_figures_of_this_municipality_only(town, grown):
    assert forecast(town.anna, indicator=JOBS) is None
    elsewhere = forecast(stranger(town), indicator=JOBS)
    assert elsewhere.refusal is Refusal.NOT_MEASURED


def test_many_indicators_take_as_many_questions_as_one(town, grown):
    def asked(codes):
        with CaptureQueriesContext(connection) as queries:
            forecasts(town.connie, indicators=codes)
        return len(queries)

    assert asked([one.code for one in catalogue()]) == asked([JOBS])


def test_a_figure_that_was_hidden_on_its_day_gives_no_forecast_of_then(town):
    """Six were known on the day; what was recorded later makes it enough to show."""
    people = crowd(town, 20)
    with at(2022, 1, 10):
        take_part(town, people[:6], on=date(2022, 1, 10))
    take_part(town, people[6:], on=date(2022, 1, 10))
    made = forecast(town.connie, indicator=JOBS, on=date(2025, 9, 30))
    assert made.is_hidden
    assert made.numbers is None
    assert not forecast(town.connie, indicator=JOBS).is_hidden


def test_what_was_known_at_a_moment_is_where_a_forecast_begins(town, grown):
    two = [town.roos_file.pseudonym_id, town.sam.pseudonym_id]
    take_part(town, two, on=date(2025, 2, 1))
    on = date(2025, 9, 30)
    found = [
        forecasts(town.connie, indicators=[JOBS], on=on, known_at=moment)[JOBS].numbers.now
        for moment in (clock.end_of(on), clock.now())
    ]
    assert found[1] - found[0] == 2


PER_HUNDRED = "taking_part_per_hundred_on_benefit"


def test_where_figures_are_rounded_a_ratio_goes_on_from_the_rounded_one(town):
    """A target is set against what is shown: the exact one would tell the numbers behind it."""
    with at(2022, 1, 10):
        take_part(town, crowd(town, 70)[:57], on=date(2022, 1, 10))
    with at(2026, 9, 30):
        exact = forecast(town.connie, indicator=PER_HUNDRED)
        Municipality.objects.update(rounding=10)
        made = forecast(town.connie, indicator=PER_HUNDRED)
        [shown] = counted_shown(town.connie, on=clock.today(), moments=[None])
    now = int(shown[PER_HUNDRED].shown.text)
    assert (exact.numbers.now, made.numbers.now, now) == (81, 86, 86)
    assert int(made.expected.text) == int(exact.expected.text) + 5
    assert made.tried == ()
