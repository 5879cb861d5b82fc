"""Every value of article 10a stands there with its article, its address and how sure it is."""

from dataclasses import fields
from datetime import date

import pytest

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.law.participation_job import (
    ASSESSMENTS,
    DURATION,
    FILES,
    PREMIUM,
    SCHOOLING,
    WARNINGS,
    ParticipationJobLaw,
    law_on,
    read_table,
    shipped_table,
)
from meedoen.rules.law.values import Confidence
from tests.rules.participation_job.people import changed_on, shipped_texts

TODAY = date(2026, 9, 1)
VALUES = [field.name for field in fields(ParticipationJobLaw)]


def problems_in(file_name, old, new):
    texts = shipped_texts()
    assert old in texts[file_name]
    texts[file_name] = texts[file_name].replace(old, new)
    with pytest.raises(DatedTableError) as caught:
        read_table(texts)
    return caught.value.problems


@pytest.mark.parametrize("name", VALUES)
def test_every_value_says_where_it_comes_from(name):
    value = getattr(law_on(TODAY), name)
    assert value.name == name
    assert value.article.startswith("Participatiewet, artikel ")
    article = value.article.split()[2].rstrip(",")
    assert value.address == f"https://wetten.overheid.nl/BWBR0015703/2026-07-01#Artikel{article}"
    assert value.says.endswith(".")


@pytest.mark.parametrize(
    ("name", "value", "article"),
    [
        ("from_age", 27, "10a, eerste lid"),
        ("term_months", 24, "10a, eerste lid"),
        ("left_out_months", 6, "10a, derde lid"),
        ("left_out_before", date(2007, 1, 1), "10a, vierde lid"),
        ("schooling_months", 6, "10a, vijfde lid"),
        ("premium_every_months", 6, "10a, zesde lid"),
        ("chance_months", 9, "10a, achtste lid"),
        ("ends_without_chance_months", 12, "10a, achtste lid"),
        ("first_extension_before_months", 24, "10a, negende lid"),
        ("first_extension_months", 12, "10a, negende lid"),
        ("second_extension_before_months", 36, "10a, tiende lid"),
        ("second_extension_months", 12, "10a, tiende lid"),
        ("longest_months", 48, "10a, eerste, negende en tiende lid"),
    ],
)
def test_what_the_law_says_is_sure(name, value, article):
    found = getattr(law_on(TODAY), name)
    assert (found.value, found.confidence) == (value, Confidence.HIGH)
    assert found.article == f"Participatiewet, artikel {article}"


@pytest.mark.parametrize(
    "name",
    [
        "gaps_count",
        "pauses_count",
        "premium_cents",
        "premium_hours_per_week",
        "premium_prorated",
        "premium_unbroken_months",
        "premium_pauses_count",
        "chance_ahead_months",
        "extension_ahead_months",
        "warning_months",
        "warning_ahead_days",
    ],
)
def test_what_the_law_leaves_open_is_marked_as_a_choice(name):
    assert getattr(law_on(TODAY), name).confidence is Confidence.OWN


def test_the_longest_time_is_the_sum_of_its_parts():
    law = law_on(TODAY)
    parts = (law.term_months, law.first_extension_months, law.second_extension_months)
    assert law.longest_months.value == sum(part.value for part in parts)


def test_before_the_first_line_the_first_holds_and_nothing_changes_yet():
    assert law_on(date(2009, 1, 1)) == law_on(date(2015, 1, 1)) == law_on(date(2090, 1, 1))
    assert shipped_table().changes == ()
    assert shipped_table() is shipped_table()


def test_a_change_on_1_january_holds_from_that_day_on():
    table = changed_on("2028-01-01", "term_months", 36)
    days = (date(2027, 12, 31), date(2028, 1, 1))
    assert [table.on(day).term_months.value for day in days] == [24, 36]
    assert table.changes == (date(2028, 1, 1),)


@pytest.mark.parametrize(
    ("file_name", "old", "new", "said"),
    [
        (DURATION, 'name = "term_months"', 'name = "term"', "term_months: there is no line"),
        (DURATION, 'name = "term_months"', 'name = "term"', "values 1: name is 'term'; use term_m"),
        (DURATION, "value = 24", "value = 0", "values 1: value is 0; write a whole number from 1"),
        (DURATION, "value = 24", "", "values 1: value is missing; write a whole number"),
        (DURATION, "value = 2007-01-01", 'value = "2007"', "write a date without quotes"),
        (DURATION, "value = 2007-01-01", "", "values 3: value is missing; write a date such as"),
        (DURATION, "value = false", "value = 0", "value is 0; write true or false"),
        (
            DURATION,
            'article = "Participatiewet, artikel 10a, derde lid"',
            "",
            "values 2: article is missing; write it between quotes",
        ),
        (SCHOOLING, "https://", "http://", "address must begin with https://"),
        (SCHOOLING, 'confidence = "H"', 'confidence = "S"', "use H or M or L or OWN"),
        (SCHOOLING, "says", "zegt", "'zegt' is not known here; use address, article, confidence"),
        (PREMIUM, "value = 15000", "value = 150.00", "value is 150.0; write whole cents"),
        (PREMIUM, "value = 20", "value = 60", "write a whole number from 0 to 40"),
        (WARNINGS, "[6, 9,", "[9, 6,", "list whole numbers from 1 to 120, smallest first"),
        (WARNINGS, "value = 42", "value = 400", "write a whole number from 0 to 366"),
        (ASSESSMENTS, "valid_from = 2015-01-01", "", "valid_from is missing"),
        (
            SCHOOLING,
            "valid_from = 2015-01-01",
            "valid_from = 2015-01-01\nvalid_to = 2027-01-01",
            "schooling_months: no line holds on 2027-01-01; add one that begins that day.",
        ),
    ],
)
def test_a_mistake_is_named_with_its_file_and_what_to_do(file_name, old, new, said):
    told = problems_in(file_name, old, new)
    assert any(said in sentence for sentence in told), told
    assert all(sentence.startswith(file_name) for sentence in told)


def second_line(text, *, first_until, second_from):
    line = text.split("[[values]]")[1]
    closed = line.replace(
        "valid_from = 2015-01-01", f"valid_from = 2015-01-01\nvalid_to = {first_until}"
    )
    later = line.replace("2015-01-01", second_from)
    return text.replace(line, f"{closed}[[values]]{later}")


@pytest.mark.parametrize(
    ("first_until", "second_from", "said"),
    [
        (
            "2026-12-31",
            "2027-01-01",
            "schooling_months: no line holds on 2026-12-31; begin the later one that day.",
        ),
        (
            "2027-01-02",
            "2027-01-01",
            "schooling_months: two lines hold on 2027-01-01; close the earlier one that day.",
        ),
    ],
)
def test_a_gap_and_an_overlap_are_told(first_until, second_from, said):
    text = shipped_texts()[SCHOOLING]
    new = second_line(text, first_until=first_until, second_from=second_from)
    assert problems_in(SCHOOLING, text, new) == (f"participation_job_schooling.toml, {said}",)


def test_mistakes_in_every_file_are_told_at_once():
    texts = {
        name: text.replace('confidence = "', 'confidence = "X')
        for name, text in shipped_texts().items()
    }
    with pytest.raises(DatedTableError) as caught:
        read_table(texts)
    told = caught.value.problems
    assert {sentence.split(",")[0] for sentence in told} == set(FILES)
    assert len(told) == len(VALUES)


def test_a_file_of_something_else_is_told():
    assert problems_in(WARNINGS, "[[values]]", "[[terms]]") == (
        "participation_job_warnings.toml: write only values, each begun by [[values]].",
    )
