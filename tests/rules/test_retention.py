"""Every kind of record has a term on every day, and each term says where it comes from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.periods import add_months
from meedoen.rules.retention import (
    RecordKind,
    RetentionError,
    keep_until,
    read_retention,
    shipped_retention,
    term_of,
)
from meedoen.rules.vocabulary import LegalTask

NOTE = (LegalTask.PARTICIPATION, RecordKind.NOTE)


def line(task="participation", kind="note", more="years = 5", since="2020-01-01"):
    return (
        f'[[terms]]\nlegal_task = "{task}"\nkind = "{kind}"\nvalid_from = {since}\n'
        f'source = "Selectielijst 2020, resultaat 5.1"\n{more}\n'
    )


EVERY = [(task, kind) for task in LegalTask for kind in RecordKind]
OTHERS = "".join(line(task, kind) for task, kind in EVERY if (task, kind) != NOTE)


def problems_in(text):
    with pytest.raises(RetentionError) as caught:
        read_retention(text, "test.toml")
    return caught.value.problems


@given(st.sampled_from(EVERY), st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 1, 1)))
def test_the_shipped_table_has_a_term_for_everything_on_every_day(what, day):
    task, kind = what
    term = term_of(task, kind, day, shipped_retention())
    assert keep_until(task, kind, day, shipped_retention()) == add_months(day, term.months)
    assert term.source.startswith("Selectielijst gemeenten 2020, resultaat ")


@pytest.mark.parametrize(
    ("task", "kind", "last"),
    [
        (LegalTask.PARTICIPATION, RecordKind.CONVERSATION, date(2036, 3, 2)),
        (LegalTask.PARTICIPATION, RecordKind.PLAN, date(2031, 3, 2)),
        (LegalTask.SOCIAL_SUPPORT, RecordKind.NOTE, date(2041, 3, 2)),
        (LegalTask.DEBT_HELP, RecordKind.NOTE, date(2031, 3, 2)),
        (LegalTask.INTEGRATION, RecordKind.SHARING, date(2036, 3, 2)),
    ],
)
def test_how_long_something_of_2_march_2026_is_kept(task, kind, last):
    assert keep_until(task, kind, date(2026, 3, 2), shipped_retention()) == last


def test_a_month_that_is_too_short_gives_its_last_day():
    table = read_retention(OTHERS + line(more="months = 1"), "test.toml")
    assert keep_until(*NOTE, date(2026, 1, 31), table) == date(2026, 2, 28)


def test_a_new_term_counts_from_its_day_and_leaves_what_was_before():
    table = read_retention(
        OTHERS
        + line(more="years = 2", since="2026-07-01")
        + line(more="years = 5\nvalid_to = 2026-07-01"),
        "test.toml",
    )
    assert keep_until(*NOTE, date(2026, 6, 30), table) == date(2031, 6, 30)
    assert keep_until(*NOTE, date(2026, 7, 1), table) == date(2028, 7, 1)


def test_what_is_older_than_the_table_counts_with_the_first_line():
    table = read_retention(OTHERS + line(), "test.toml")
    assert keep_until(*NOTE, date(2011, 1, 1), table) == date(2016, 1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[terms", "this is not TOML"),
        ("", "write only terms"),
        ("terms = [3]", "write legal_task, kind"),
        (line(more=""), "either years or months"),
        (line(more="years = 1\nmonths = 1"), "either years or months"),
        (line(more="years = 0"), "either years or months"),
        (line(more="years = true"), "either years or months"),
        (line(more="years = 1\ncolour = 1"), "write legal_task, kind"),
        (line(task="war"), "legal_task 'war' must be participation or"),
        (line(kind="song"), "kind 'song' must be conversation or"),
        (line(since="2020"), "valid_from must be a day"),
        (line(since="2020-01-01T00:00:00"), "valid_from must be a day"),
        (line(more="years = 1\nvalid_to = 2020-01-01"), "valid_to must be later"),
        (line().replace("Selectielijst 2020, resultaat 5.1", " "), "source is empty"),
    ],
)
def test_a_mistake_in_a_line_is_refused_with_its_sentence(text, said):
    (problem,) = problems_in(text)
    assert said in problem
    assert problem.startswith("test.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no term; add one"),
        (
            line(more="years = 5\nvalid_to = 2026-01-01") + line(since="2026-02-01"),
            "no term holds on 2026-01-01; begin the later one that day",
        ),
        (
            line(more="years = 5\nvalid_to = 2026-03-01") + line(since="2026-02-01"),
            "two terms hold on 2026-02-01; close the earlier one that day",
        ),
        (line() + line(since="2026-02-01"), "two terms hold on 2026-02-01"),
        (line(more="years = 5\nvalid_to = 2026-01-01"), "no term holds on 2026-01-01; add one"),
    ],
)
def test_gaps_and_overlaps_are_refused_with_a_sentence(text, said):
    (problem,) = problems_in(OTHERS + text)
    assert problem.startswith("test.toml, participation and note: ")
    assert said in problem


def test_all_mistakes_are_told_at_once():
    assert len(problems_in(line(task="x") + line(kind="y") + line(more=""))) == 3
    assert len(problems_in(line())) == len(EVERY) - 1
