import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.caseload.names import (
    alike,
    distance,
    same_given_name,
    split_full_name,
    with_prefix,
)


@pytest.mark.parametrize(
    ("text", "given_name", "family_name"),
    [
        ("Jan Jansen", "Jan", "Jansen"),
        ("Jansen, Jan", "Jan", "Jansen"),
        ("Berg, J.P. van den", "J.P.", "van den Berg"),
        ("Jan Piet van  den Berg", "Jan Piet", "van den Berg"),
        ("van den Berg", "van", "den Berg"),
        ("Jansen", "", "Jansen"),
        ("Jan de", "Jan", "de"),
        ("", "", ""),
        ("Jansen-de Vries, Ans", "Ans", "Jansen-de Vries"),
    ],
)
def test_a_name_in_one_cell_is_taken_apart(text, given_name, family_name):
    assert split_full_name(text) == (given_name, family_name)


def test_a_prefix_is_put_once():
    assert with_prefix("van den", "Berg") == "van den Berg"
    assert with_prefix("van den", "Van den Berg") == "Van den Berg"
    assert with_prefix("", "Berg") == "Berg"


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Nepstra", "nepstra", 3),
        ("van den Berg", "Berg", 3),
        ("Coëlho", "Coelho", 3),
        ("Jansen-de Vries", "De Vries Jansen", 2),
        ("Jansen-de Vries", "Jansen", 2),
        ("El Amrani", "Elamrani", 3),
        ("Yilmaz", "Y\u0131lmaz", 1),
        ("Nepstra", "Nepstar", 1),
        ("Testemaker", "Tetsemakker", 1),
        ("Bos", "Vos", 0),
        ("Nepstra", "Testema", 0),
        ("", "Nepstra", 0),
    ],
)
def test_names_are_alike_or_not(one, other, score):
    assert alike(one, other) == score
    assert alike(other, one) == score


@pytest.mark.parametrize(
    ("known", "told", "same"),
    [
        ("Anna", "Anna", True),
        ("Anna", "A.", True),
        ("Anna", "A.M.", True),
        ("Anna", "B.", False),
        ("Anna", "Ans", False),
        ("", "A.", False),
        ("Anna", "ANNA", False),
    ],
)
def test_initials_say_nothing_new_about_a_given_name(known, told, same):
    assert same_given_name(known, told) is same


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 3))
def test_the_distance_is_the_same_both_ways_and_nought_for_the_same(one, other, most):
    assert distance(one, other, most=most) == distance(other, one, most=most)
    assert (distance(one, other, most=3) == 0) == (one == other)
    assert distance(one, other, most=most) <= most + 1
