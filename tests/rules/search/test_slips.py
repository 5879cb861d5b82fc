import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.search.slips import fewest_shared_pieces, slips_allowed, slips_between
from meedoen.rules.search.words import pieces_of

WORD = st.text(alphabet="abcde", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("moestuin", "moestuin", 0),
        ("moestuin", "moestuim", 1),
        ("moestuin", "moestun", 1),
        ("moestuin", "moesttuin", 1),
        ("moestuin", "meostuin", 1),
        ("moestuin", "meostuim", 2),
        ("moestuin", "fietsen", None),
        ("ab", "ba", 1),
    ],
)
def test_slips_are_counted(one, other, slips):
    assert slips_between(one, other, most=2) == slips


@pytest.mark.parametrize(
    ("word", "allowed"),
    [("bus", 0), ("taal", 1), ("wandele", 1), ("moestuin", 2), ("schuldhulpverlening", 2)],
)
def test_longer_words_may_hold_more_slips(word, allowed):
    assert slips_allowed(word) == allowed


@given(WORD, WORD)
def test_slips_are_the_same_both_ways(one, other):
    assert slips_between(one, other, most=2) == slips_between(other, one, most=2)


@given(WORD, WORD)
def test_a_lower_bound_never_finds_more_or_another_number(one, other):
    two, single = (slips_between(one, other, most=most) for most in (2, 1))
    assert single == (two if two is not None and two <= 1 else None)


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=20), st.data())
def test_a_word_with_one_slip_keeps_enough_pieces_to_be_compared(word, data):
    at = data.draw(st.integers(1, len(word) - 1))
    kinds = {
        "less": word[:at] + word[at + 1 :],
        "more": word[:at] + "z" + word[at:],
        "other": word[:at] + "z" + word[at + 1 :],
        "swapped": word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    }
    typed = data.draw(st.sampled_from(sorted(kinds.values())))
    shared = len(pieces_of(typed) & pieces_of(word))
    if len(typed) >= 8:
        assert shared >= fewest_shared_pieces(typed)
    assert slips_between(typed, word, most=1) is not None
