"""What changed between two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.documents.word_differences import MOST_WORDS, Difference, word_differences

SAME, GONE, NEW = Difference


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("", "", []),
        ("Een twee drie", "Een twee drie", [(SAME, "Een twee drie")]),
        ("", "Nieuw", [(NEW, "Nieuw")]),
        ("Oud", "", [(GONE, "Oud")]),
        (
            "Wij spreken 200 mensen.",
            "Wij spreken 250 mensen.",
            [(SAME, "Wij spreken "), (GONE, "200 "), (NEW, "250 "), (SAME, "mensen.")],
        ),
    ],
)
def test_words_are_the_same_gone_or_new(before, after, kinds):
    assert [(one.kind, one.text) for one in word_differences(before, after)] == kinds


@given(st.lists(st.sampled_from(["een", "twee", "\n", "drie"])), st.lists(st.sampled_from("ab\n")))
def test_both_texts_can_be_read_back_from_the_differences(first, second):
    before, after = " ".join(first), " ".join([*first[:2], *second])
    found = word_differences(before, after)
    assert "".join(one.text for one in found if one.kind is not NEW) == before
    assert "".join(one.text for one in found if one.kind is not GONE) == after


def test_texts_that_are_too_long_to_compare_are_set_beside_each_other():
    before, after = "a " * MOST_WORDS, "a " * MOST_WORDS + "b"
    assert [one.kind for one in word_differences(before, after)] == [GONE, NEW]
