import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.search.compounds import LINKS, split, stems_of_part, stems_of_parts
from meedoen.rules.search.fit import PART
from meedoen.rules.search.words import stem_of

KNOWN = {"fiets", "fietsen", "maker", "boek", "kast", "stad", "park", "schuld", "hulp", "verlening"}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("fietsenmaker", ("fietsen", "maker")),
        ("boekenkast", ("boek", "kast")),
        ("stadspark", ("stad", "park")),
        ("schuldhulpverlening", ("schuld", "hulp", "verlening")),
        ("fiets", ()),
        ("fietsxyz", ()),
        ("", ()),
    ],
)
def test_a_compound_is_cut_into_known_words(word, parts):
    assert split(word, KNOWN) == parts


def test_the_fewest_parts_that_leave_out_the_fewest_letters_are_taken():
    assert split("fietsenmakerkast", KNOWN | {"fietsenmaker"}) == ("fietsenmaker", "kast")
    assert split("fietsenmaker", {"fiets", "fietsen", "maker"}) == ("fietsen", "maker")


def test_who_does_something_counts_as_doing_it():
    assert stem_of("maken") in stems_of_part("maker")
    assert stem_of("wandelen") in stems_of_part("wandelaars")


def test_the_parts_that_a_split_needs_are_among_those_that_are_sought():
    assert {"fietsen", "fiets", "maker"} <= stems_of_parts("fietsenmaker").keys()


@pytest.mark.parametrize("word", ["", "kort", "a" * 41, "a" * 5_000])
def test_a_word_too_short_or_too_long_is_not_cut(word):
    assert stems_of_parts(word) == {}


@given(st.lists(st.sampled_from(sorted(KNOWN)), min_size=2, max_size=3), st.sampled_from(LINKS))
def test_known_words_put_together_come_apart_again(parts, link):
    word = link.join(parts)
    found = split(word, KNOWN)
    assert found
    assert len(found) <= len(parts)
    assert all(part in KNOWN and len(part) >= PART for part in found)
    if len(word) <= 40:
        assert set(found) <= stems_of_parts(word).keys()
