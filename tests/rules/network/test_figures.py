"""The figures of the network per quarter and against the baseline year."""

from datetime import date

import pytest

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.network.baseline import BaselineError, read_baselines, shipped_baselines
from meedoen.rules.network.figures import (
    compare,
    first_whole_year,
    network_figures,
    quarter_ends,
    quarters,
)
from tests.rules.network.steps import Story


@pytest.mark.parametrize(
    ("until", "ends"),
    [
        (date(2025, 12, 31), [date(2025, 9, 30), date(2025, 12, 31)]),
        (date(2025, 12, 30), [date(2025, 6, 30), date(2025, 9, 30)]),
        (date(2026, 1, 1), [date(2025, 9, 30), date(2025, 12, 31)]),
        (date(2024, 3, 31), [date(2023, 12, 31), date(2024, 3, 31)]),
    ],
)
def test_only_quarters_that_are_over_have_figures(until, ends):
    assert quarter_ends(until, 2) == ends


def test_every_quarter_counts_its_own_three_months():
    story = Story()
    story.then(story.ask(1, 2, times=20, on=date(2025, 1, 1)), "accepted", days=3, due=30)
    story.then(story.ask(2, 1, times=20, on=date(2025, 4, 1)), "declined", days=9)
    first, second = quarters(story.known, [date(2025, 3, 31), date(2025, 6, 30)])
    assert (first.pairs.text, first.both_ways.text, first.days_to_answer.text) == ("1", "0", "3")
    assert (second.pairs.text, second.both_ways.text, second.days_to_answer.text) == ("1", "0", "9")
    (both,) = network_figures(story.known, [date(2025, 6, 30)], 12)
    assert (both.pairs.text, both.both_ways.text, both.answered_in_time.text) == ("2", "100", "100")
    assert both.with_feedback.text == "0"


def test_what_follows_from_a_few_asks_is_hidden_and_what_follows_from_none_is_a_dash():
    story = Story()
    story.then(story.ask(1, 2, times=9, on=date(2025, 1, 1)), "accepted", days=3)
    (found,) = quarters(story.known, [date(2025, 3, 31)])
    assert (found.days_to_answer.text, found.days_to_answer.hidden) == ("x", True)
    assert found.answered_in_time.text == "x"
    assert found.with_feedback == Shown("-", hidden=False)
    assert (found.pairs.text, found.both_ways.text) == ("1", "0")


def test_a_few_that_were_late_hide_the_share_too():
    story = Story()
    story.then(story.ask(1, 2, times=30, on=date(2025, 1, 1)), "accepted", days=3)
    story.ask(1, 2, times=4, on=date(2025, 1, 1))
    (found,) = quarters(story.known, [date(2025, 3, 31)])
    assert found.answered_in_time.text == "x"


@pytest.mark.parametrize(
    ("first", "year"),
    [(date(2025, 1, 1), 2025), (date(2025, 1, 2), 2026), (date(2024, 12, 31), 2025)],
)
def test_the_first_whole_year_begins_with_or_after_the_first_referral(first, year):
    story = Story()
    story.ask(1, 2, on=first)
    story.ask(1, 2, on=date(2026, 6, 1))
    assert first_whole_year(story.known) == year


def test_without_referrals_there_is_no_baseline():
    assert first_whole_year(Story().known) is None
    found = compare(Story().known, date(2026, 12, 31))
    assert (found.baseline, found.baseline_year, found.now.pairs.text) == (None, None, "-")


def test_the_newest_twelve_months_stand_beside_the_baseline_year_once_it_is_over():
    story = Story()
    story.ask(1, 2, on=date(2025, 1, 1))
    story.ask(1, 3, on=date(2026, 6, 1))
    story.ask(2, 3, on=date(2026, 6, 1))
    found = compare(story.known, date(2026, 12, 31))
    assert (found.baseline_year, found.baseline.on) == (2025, date(2025, 12, 31))
    assert (found.baseline.pairs.text, found.now.pairs.text) == ("1", "2")
    early = compare(story.known, date(2025, 12, 30))
    assert (early.baseline, early.baseline_year) == (None, 2025)
    chosen = compare(story.known, date(2026, 12, 31), chosen_year=2026)
    assert chosen.baseline.pairs.text == "2"


def test_a_municipality_may_choose_its_year():
    assert read_baselines("[years]\nGM0193 = 2027\n") == {"GM0193": 2027}
    assert shipped_baselines() == {}


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("years = 3\n", ["een blok dat begint met"]),
        ("[years]\nZwolle = 2027\n", ["CBS-code"]),
        ('[years]\nGM0193 = "2027"\nGM0014 = 1999\n', ["years.GM0193", "years.GM0014"]),
        ("year = 1\n[years]\n", ["year: dit woord"]),
        ("[years\n", ["geen geldig TOML"]),
    ],
)
def test_a_file_of_chosen_years_with_mistakes_is_refused_with_all_of_them(text, mistakes):
    with pytest.raises(BaselineError) as caught:
        read_baselines(text)
    assert all(one in str(caught.value) for one in mistakes)
