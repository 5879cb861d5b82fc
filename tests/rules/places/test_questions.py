"""How many people a place would suit is never said exactly, and the terms carry dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.places.questions import (
    Crowd,
    Looking,
    QuestionTermsError,
    looking,
    question_terms_on,
    read_question_terms,
    shipped_question_terms,
)

TERMS = "[[terms]]\nvalid_from = 2026-01-01\ndays = 28\nmost_people = 25\nquiet_days = 7\n"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, Looking(Crowd.FEW)),
        (1, Looking(Crowd.FEW)),
        (9, Looking(Crowd.FEW)),
        (10, Looking(Crowd.AT_LEAST, 10)),
        (24, Looking(Crowd.AT_LEAST, 10)),
        (25, Looking(Crowd.AT_LEAST, 25)),
        (99, Looking(Crowd.AT_LEAST, 50)),
        (4_000, Looking(Crowd.AT_LEAST, 250)),
    ],
)
def test_a_number_of_people_becomes_a_band(count, said):
    assert looking(count, 10) == said


@given(st.integers(0, 5_000), st.integers(5, 60))
def test_no_band_says_more_than_there_are_and_none_is_under_the_threshold(count, threshold):
    said = looking(count, threshold)
    assert said.least <= count
    assert said.least == 0 or said.least >= threshold
    assert (said.crowd is Crowd.FEW) is (count < threshold)


def test_a_number_under_nothing_is_refused():
    with pytest.raises(ValueError, match="under 0"):
        looking(-1, 10)


def test_the_terms_hold_from_their_day():
    assert question_terms_on(date(2020, 1, 1)) == shipped_question_terms()[0]
    later = TERMS + TERMS.replace("2026", "2027").replace("28", "14")
    assert [one.days for one in read_question_terms(later)] == [28, 14]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[terms", "This is no TOML"),
        ("", "Give at least one set of terms"),
        (TERMS.replace("days = 28\n", ""), "Terms lack 'days'"),
        (TERMS.replace("28", "0"), "days is 0; give a whole number from 1 to 366"),
        (TERMS.replace("25", "'25'"), "most_people is '25'"),
        (TERMS + TERMS, "each from a later day on"),
    ],
)
def test_a_mistake_in_the_terms_is_said(text, says):
    with pytest.raises(QuestionTermsError, match=says):
        read_question_terms(text)
