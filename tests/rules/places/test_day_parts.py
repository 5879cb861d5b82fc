"""On no half-day come more people than a place can have there at the same time."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules import half_days
from meedoen.rules.half_days import ALL, CODES, from_codes
from meedoen.rules.places.day_parts import Presence, counts_from, crowded_from

MONDAY, TUESDAY = from_codes(["mon_morning"]), from_codes(["tue_morning"])
TODAY = date(2026, 11, 29)
LATER = TODAY + timedelta(days=30)
masks = st.lists(st.integers(0, ALL), max_size=12)


def crowded(given_masks: list[int], most: int) -> int:
    """Return where it is too full when everybody comes as these masks say."""
    people = [Presence(str(number), None, mask) for number, mask in enumerate(given_masks)]
    return crowded_from(people, most, TODAY)


def test_only_the_half_days_with_too_many_people_are_crowded():
    assert crowded([MONDAY, MONDAY | TUESDAY, TUESDAY], 1) == MONDAY | TUESDAY
    assert crowded([MONDAY, MONDAY | TUESDAY], 1) == MONDAY
    assert crowded([MONDAY, MONDAY | TUESDAY], 2) == half_days.NONE
    assert crowded([], 1) == half_days.NONE


@given(masks, st.integers(1, 6))
def test_crowded_is_what_counting_by_hand_gives(given_masks, most):
    by_hand = [
        code for code in CODES if sum(code in half_days.codes(m) for m in given_masks) > most
    ]
    assert half_days.codes(crowded(given_masks, most)) == tuple(by_hand)


@given(masks, st.integers(0, ALL), st.integers(1, 6))
def test_one_more_person_never_makes_it_quieter(given_masks, one_more, most):
    before = crowded(given_masks, most)
    after = crowded([*given_masks, one_more], most)
    assert before & after == before
    # What is new can only be on the half-days on which that person comes.
    assert after & ~before & ~one_more == 0


def test_what_was_agreed_for_a_later_day_counts_from_that_day_on():
    everyone = [Presence("a", None, MONDAY), Presence("b", None, TUESDAY)]
    assert crowded_from(everyone, 1, TODAY) == half_days.NONE
    assert crowded_from([*everyone, Presence("b", LATER, MONDAY)], 1, TODAY) == MONDAY
    # Whoever changes on that same day makes room.
    both = [*everyone, Presence("b", LATER, MONDAY), Presence("a", LATER, TUESDAY)]
    assert crowded_from(both, 1, TODAY) == half_days.NONE


def test_what_was_agreed_before_is_over():
    earlier = TODAY - timedelta(days=9)
    moved = [
        Presence("a", None, MONDAY),
        Presence("b", None, MONDAY),
        Presence("b", earlier, TUESDAY),
    ]
    assert crowded_from(moved, 1, TODAY) == half_days.NONE


def test_of_two_words_about_one_day_the_last_holds():
    twice = [
        Presence("a", None, MONDAY),
        Presence("b", TODAY, MONDAY),
        Presence("b", TODAY, TUESDAY),
    ]
    assert crowded_from(twice, 1, TODAY) == half_days.NONE


def test_a_newer_word_that_begins_earlier_holds_on_the_later_day_too():
    said = [
        Presence("a", None, MONDAY),
        Presence("b", None, TUESDAY),
        Presence("b", LATER, MONDAY),
        Presence("b", TODAY, TUESDAY),
    ]
    assert crowded_from(said, 1, TODAY) == half_days.NONE


def test_the_most_people_at_the_same_time_are_counted_over_all_days_to_come():
    said = [
        Presence("a", None, MONDAY),
        Presence("b", None, MONDAY | TUESDAY),
        Presence("b", LATER, TUESDAY),
        Presence("c", LATER, TUESDAY),
    ]
    counts = counts_from(said, TODAY)
    assert (counts["mon_morning"], counts["tue_morning"]) == (2, 2)
    assert counts_from(said, LATER)["mon_morning"] == 1
    assert tuple(counts) == CODES
    assert sum(counts.values()) == 4
