import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.places.alike import MOST, alike, same_name

KNOWN = ["De Moestuin", "De Werkplaats", "Buurthuis Oost", "Café Het Trefpunt"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("de moestuin", ["De Moestuin"]),
        ("Stichting De Moestuin", ["De Moestuin"]),
        ("Moestiun", ["De Moestuin"]),
        ("Cafe trefpunt", ["Café Het Trefpunt"]),
        ("Werkplaats!", ["De Werkplaats"]),
        ("Buurthuis West", []),
        ("De Speeltuin", []),
        ("De", []),
        ("", []),
        ("?!", []),
    ],
)
def test_which_organisation_may_be_meant(written, meant):
    assert alike(written, KNOWN) == meant


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("De Moestuin", " de  MOESTUIN ", True),
        ("De Moestuin", "Moestuin", False),
        ("De Moestuin", "De Moestuinen", False),
    ],
)
def test_the_same_name_differs_in_capitals_and_white_space_only(one, other, same):
    assert same_name(one, other) is same


def test_no_more_than_a_handful_is_asked_about():
    assert len(alike("Buurthuis", [f"Buurthuis {'I' * at}" for at in range(1, 20)])) <= MOST


@given(st.text(alphabet="abcdefghij klmnopq", min_size=4, max_size=30))
def test_a_name_with_words_in_it_may_always_be_itself(name):
    assert alike(name, [name]) == ([name] if name.split() else [])
