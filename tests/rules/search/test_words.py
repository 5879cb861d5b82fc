import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.search.words import (
    LONGEST_WORD,
    PIECE,
    covering_pieces,
    folded,
    forms_of,
    pieces_of,
    stem_of,
    stop_words,
    telling_words,
    words_of,
)

ANYTHING = st.text(max_size=300)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Taalcafé in de wijk", ["taalcafe", "in", "de", "wijk"]),
        ("ÉÉN-op-één", ["een", "op", "een"]),
        ("knip_en plak's", ["knip", "en", "plak", "s"]),
        ("ĳsclub ﬁets ℡", ["ijsclub", "fiets", "tel"]),
        ("I\u015f\u0131k İSTANBUL ISPARTA", ["isik", "istanbul", "isparta"]),
        ("Łódź Straße STRASSE Ǽ Bjørn", ["lodz", "strasse", "strasse", "ae", "bjorn"]),
        ("'; DROP TABLE \x00 %_ 😀", ["drop", "table"]),
        ("65+ 3D", ["65", "3d"]),
        ("", []),
    ],
)
def test_a_text_falls_apart_into_plain_small_words(text, words):
    assert list(words_of(text)) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wandelen", "wandeling"),
        ("taal", "talen"),
        ("brief", "brieven"),
        ("huis", "huizen"),
        ("koken", "kook"),
        ("vrijwilliger", "vrijwilligers"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(
    ("word", "form"), [("schulden", "schuld"), ("koken", "kook"), ("fietsen", "fiets")]
)
def test_a_word_stands_in_compounds_in_another_form(word, form):
    assert form in forms_of(word)


def test_words_that_say_nothing_are_left_out_and_each_other_word_stands_once():
    assert telling_words("Ik wil de fiets en de fiets maken") == ("fiets", "maken")


def test_the_stop_words_are_written_as_words_are_found():
    for word in stop_words():
        assert list(words_of(word)) == [word]


def test_pieces_mark_where_a_word_begins_and_ends():
    assert pieces_of("taal") == {" ta", "taa", "aal", "al "}
    assert pieces_of("a") == {" a "}


def test_a_few_pieces_hold_all_the_letters_of_a_part():
    assert covering_pieces("taa") == {"taa"}
    assert covering_pieces("taal") == {"taa", "aal"}
    assert covering_pieces("hulpverlening") == {"hul", "pve", "rle", "nin", "ing"}


@given(st.text(alphabet="abc", min_size=PIECE, max_size=20), st.text(alphabet="abc", max_size=9))
def test_what_holds_a_part_holds_the_few_pieces_of_it(part, more):
    few = covering_pieces(part)
    assert few <= pieces_of(more + part) & pieces_of(part + more)
    assert len(few) <= -(-len(part) // PIECE)


@given(ANYTHING)
def test_folding_twice_changes_nothing_more(text):
    assert folded(folded(text)) == folded(text)


@given(ANYTHING)
def test_capitals_play_no_part(text):
    assert list(words_of(text.lower().upper())) == list(words_of(text.lower().upper().lower()))


@given(ANYTHING)
def test_any_text_gives_words_that_fit_in_a_column(text):
    for word in words_of(text):
        assert 0 < len(word) <= LONGEST_WORD
        assert "\x00" not in word
        word.encode()
        assert pieces_of(word)
