import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.search.fit import MOST_WORDS, Fit, asked_words, fit, pieces_to_seek
from meedoen.rules.search.words import pieces_of, stem_of

WORD = st.text(alphabet="aeiounrstlkmdvgzwb", min_size=1, max_size=14)


def fits(asked, word):
    [one] = asked_words(asked)
    return fit(one, word, stem_of(word))


@pytest.mark.parametrize(
    ("asked", "word", "how"),
    [
        ("fiets", "fiets", Fit.EXACT),
        ("Café", "cafe", Fit.EXACT),
        ("wandelen", "wandeling", Fit.STEM),
        ("talen", "taal", Fit.STEM),
        ("fiets", "fietsgroep", Fit.BEGINNING),
        ("ta", "taalles", Fit.BEGINNING),
        ("hulpverlening", "schuldhulpverlening", Fit.END),
        ("koken", "kookgroep", Fit.START),
        ("schulden", "schuldhulpverlening", Fit.START),
        ("hulp", "schuldhulpverlening", Fit.INSIDE),
        ("open", "kopen", None),
        ("zee", "overzee", None),
        ("t", "taal", None),
        ("fiets", "tuin", None),
    ],
)
def test_how_a_word_fits(asked, word, how):
    assert fits(asked, word) is how


def test_a_surer_way_counts_for_more():
    assert sorted(Fit, reverse=True) == list(Fit)


def test_only_the_first_words_of_a_long_question_are_asked():
    question = " ".join(f"woord{number}" for number in range(50))
    assert [one.text for one in asked_words(question)] == [f"woord{n}" for n in range(MOST_WORDS)]


@given(WORD, WORD)
def test_what_fits_as_a_part_has_the_pieces_that_are_sought(asked, word):
    for one in asked_words(asked):
        how = fit(one, word, stem_of(word))
        if how not in {None, Fit.EXACT, Fit.STEM}:
            assert any(pieces <= pieces_of(word) for pieces in pieces_to_seek(one))


@given(WORD, WORD)
def test_a_word_with_letters_behind_it_is_always_found_by_its_beginning(word, more):
    for one in asked_words(word):
        if len(word) > 1:
            assert fit(one, word + more, stem_of(word + more))
