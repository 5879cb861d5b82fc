from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.caseloads import queries
from meedoen.records.history.models import Entry
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.rules.caseload.words import Field, RowVerdict
from meedoen.rules.files.words import FileState
from tests.records.caseloads.files import (
    ROOS,
    SAM,
    TIM,
    UMA,
    bsns,
    changed,
    csv_file,
    previewed,
    problems,
    taken_over,
    verdicts,
    xlsx_file,
)

FEW = 6
BY_ANNA = changed(UMA, Klantmanager="anna@example.org")


def newcomers(numbers):
    """Give rows of people with these numbers who are not alike."""
    return [changed(BY_ANNA, BSN=number, Voornaam=f"Uma{number}") for number in numbers]


def test_every_row_says_what_it_means_and_nothing_is_changed(town):
    before = Entry.objects.visible_to(town.connie).count()
    key = previewed(
        town.lea,
        csv_file(
            ROOS, changed(SAM, Telefoon="06-1111111", Wijkcode="Zuid"), TIM, BY_ANNA,
            changed(BY_ANNA, BSN="123456789", Geboortedatum="31-02-1990"),
        ),
    )  # fmt: skip
    card = queries.file(town.lea, key=key)
    assert card.state == FileState.PREVIEWED
    assert (card.done, card.total) == (5, 5)
    assert verdicts(town.lea, key) == {
        2: "unchanged", 3: "changed", 4: "other_team", 5: "new", 6: "wrong",
    }  # fmt: skip
    assert problems(town.lea, key, 6) == [
        ("fails_eleven_test", "BSN"),
        ("impossible_date", "Geboortedatum"),
    ]
    assert {verdict: count for verdict, count in card.counts.items() if count} == {
        RowVerdict.UNCHANGED: 1, RowVerdict.CHANGED: 1, RowVerdict.OTHER_TEAM: 1,
        RowVerdict.NEW: 1, RowVerdict.WRONG: 1,
    }  # fmt: skip
    assert Entry.objects.visible_to(town.connie).count() == before


def test_a_row_shows_what_the_file_says_and_nothing_that_is_stored(town):
    key = previewed(
        town.lea,
        csv_file(changed(SAM, Telefoon="06-1111111", Einddatum="31-12-2099"), TIM, BY_ANNA),
    )
    first, second, third = queries.rows(town.lea, key=key).cards
    assert (first.name, first.masked_bsn) == ("Sam Nepstra", "••••••019")
    assert first.verdict == RowVerdict.WRONG
    assert (second.name, second.differences, second.problems) == ("Tim Nepstra", [], [])
    assert (third.name, third.birth_date) == ("Uma van Testema", date(1990, 2, 1))
    key = previewed(town.lea, csv_file(changed(SAM, Telefoon="06-1111111", Wijkcode="Zuid")))
    card = queries.rows(town.lea, key=key).cards[0]
    assert [(one.field, one.new) for one in card.differences] == [
        (Field.DISTRICT, "Zuid"),
        (Field.PHONE, "06-1111111"),
    ]


def test_a_workbook_is_compared_likewise_and_gets_its_noughts_back(town):
    number = int(next(one for one in bsns(1)))
    rows = [
        (
            111222333,
            "Roos",
            "",
            "Nepstra",
            date(1980, 5, 4),
            "",
            "WK999001",
            date(2015, 1, 1),
            "",
            "",
        ),
        (
            number,
            "Uma",
            "",
            "Testema",
            date(1990, 2, 1),
            612345678,
            "Zuid",
            date(2024, 3, 1),
            "",
            "Anna Testema",
        ),
    ]
    key = previewed(town.lea, xlsx_file(*rows))
    assert verdicts(town.lea, key) == {2: "unchanged", 3: "new"}


def test_the_same_number_twice_is_told_with_the_first_line(town):
    key = previewed(town.lea, csv_file(ROOS, SAM, changed(ROOS, Voornaam="Rosa")))
    assert verdicts(town.lea, key) == {2: "unchanged", 3: "unchanged", 4: "wrong"}
    card = queries.rows(town.lea, key=key, verdict=RowVerdict.WRONG).cards[0]
    assert [(one.problem.value, one.facts) for one in card.problems] == [("bsn_twice", {"line": 2})]


def test_a_line_with_too_many_cells_is_told(town):
    key = previewed(town.lea, csv_file(ROOS, (*SAM, "x")))
    card = queries.rows(town.lea, key=key, verdict=RowVerdict.WRONG).cards[0]
    assert card.problems[0].facts == {"cells": 11, "headings": 10}


def test_two_people_in_the_file_who_are_alike_are_noted(town):
    twin = changed(BY_ANNA, BSN=bsns(1)[0], Voornaam="Una", Achternaam="Testemaa")
    key = previewed(town.lea, csv_file(BY_ANNA, twin))
    assert verdicts(town.lea, key) == {2: "new", 3: "new"}
    assert problems(town.lea, key, 3) == [("like_earlier_line", "")]


@pytest.mark.parametrize("given_name", ["Uma", "uma", "U.", "Uma Maria", ""])
def test_who_is_new_on_two_lines_with_two_numbers_is_decided_about_the_second_time(
    town, given_name
):
    again = changed(BY_ANNA, BSN=bsns(1)[0], Voornaam=given_name, Achternaam="Testemaa")
    key = previewed(town.lea, csv_file(BY_ANNA, again))
    assert verdicts(town.lea, key) == {2: "new", 3: "looks_like"}
    assert problems(town.lea, key, 3) == [("like_earlier_line", "")]
    card = queries.rows(town.lea, key=key).cards[1]
    assert (card.looks_like, card.is_hidden) == (None, False)
    assert queries.file(town.lea, key=key).undecided == 1


@pytest.mark.parametrize("known_first", [True, False])
def test_who_is_known_and_on_another_line_with_another_number_is_decided_about(town, known_first):
    again = changed(ROOS, BSN=bsns(1)[0], Klantmanager="Anna Testema")
    rows = (ROOS, again) if known_first else (again, ROOS)
    # All who have that birth date are in the file themselves.
    key = previewed(town.lea, csv_file(SAM, TIM, *rows))
    line = 5 if known_first else 4
    assert verdicts(town.lea, key)[line] == "looks_like"
    assert problems(town.lea, key, line) == [("like_earlier_line", "")]
    assert not queries.rows(town.lea, key=key).cards[line - 2].is_hidden


def test_twins_who_are_known_are_not_told_of_every_time(town):
    key = previewed(town.lea, csv_file(ROOS, SAM, TIM))
    assert queries.flawed_rows(town.lea, key=key) == []


def test_who_looks_like_somebody_is_proposed_with_the_name_only_when_it_may_be_seen(town):
    sams = changed(SAM, BSN=bsns(1)[0], Achternaam="Nepstar", Klantmanager="Anna Testema")
    tims = changed(sams, BSN=bsns(2)[1], Geboortedatum="05-05-1980")
    key = previewed(town.lea, csv_file(ROOS, sams, tims))
    assert verdicts(town.lea, key) == {2: "unchanged", 3: "looks_like", 4: "new"}
    card = queries.rows(town.lea, key=key).cards[1]
    assert (card.looks_like.name, card.looks_like.birth_date) == ("Sam Nepstra", date(1980, 5, 4))
    assert queries.file(town.lea, key=key).undecided == 1
    key = previewed(town.lea, csv_file(ROOS, SAM, sams))
    card = queries.rows(town.lea, key=key).cards[2]
    # Only Tim, of another team, is alike and not in the file himself.
    assert card.verdict == RowVerdict.LOOKS_LIKE
    assert card.looks_like is None


def test_somebody_without_benefit_is_back_for_the_last_team_and_of_others_for_the_rest(town):
    for person in (town.sam, town.tim):
        end_benefits(town.system, ends=[BenefitEnd(person.pseudonym_id, date(2026, 6, 1))])
    rows = [changed(row, Klantmanager="Bram Testema") for row in (SAM, TIM)]
    assert verdicts(town.lea, previewed(town.lea, csv_file(*rows))) == {2: "back", 3: "other_team"}


def test_a_coach_of_another_team_leaves_somebody_new_to_that_team(town):
    key = previewed(town.lea, csv_file(changed(UMA, Klantmanager="Carla Testema")))
    assert verdicts(town.lea, key) == {2: "other_team"}
    key = previewed(town.system, csv_file(changed(UMA, Klantmanager="Carla Testema"), TIM))
    assert verdicts(town.system, key) == {2: "new", 3: "unchanged"}


def test_somebody_of_another_municipality_is_not_known(town):
    key = previewed(town.lea, csv_file(changed(UMA, Klantmanager="vera@example.org")))
    assert problems(town.lea, key, 2) == [("coach_unknown", "Klantmanager")]


def test_a_page_of_rows_takes_as_many_questions_whether_the_file_is_short_or_long(town):
    asked = []
    for count in (10, 200):
        rows = newcomers(bsns(count))
        likes = [
            changed(SAM, BSN=number, Klantmanager="Anna Testema") for number in bsns(5, 99_999)
        ]
        key = previewed(town.lea, csv_file(*likes, *rows), is_complete=True)
        with CaptureQueriesContext(connection) as captured:
            queries.rows(town.lea, key=key)
            queries.files(town.lea)
            queries.file(town.lea, key=key)
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_a_report_on_many_rows_does_not_ask_row_by_row(town):
    asked = []
    for count in (10, 10, 200):
        content = csv_file(*newcomers(bsns(count)))
        with CaptureQueriesContext(connection) as captured:
            previewed(town.lea, content)
        asked.append(len(captured))
    # The first time the mapping is new. SQLite writes long lists of rows in a few parts.
    assert asked[1] <= asked[2] <= asked[1] + FEW


def test_taking_over_many_rows_does_not_ask_row_by_row(town):
    asked = []
    for at, count in enumerate((10, 10, 200)):
        numbers = bsns(count, start=at * 10_000)
        content = csv_file(*newcomers(numbers))
        with CaptureQueriesContext(connection) as captured:
            taken_over(town.lea, content)
        asked.append(len(captured))
    assert asked[1] <= asked[2] <= asked[1] + FEW
