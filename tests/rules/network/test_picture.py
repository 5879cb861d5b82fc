"""Who refers to whom: the square, what stands in it, and what it never gives away."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.referral_columns import Referrals
from meedoen.rules.network.picture import MOST_NAMED, REST, many_of, network_picture
from meedoen.rules.vocabulary import Theme
from tests.rules.indicators.histories import unhurried
from tests.rules.indicators.referral_histories import steps
from tests.rules.network.steps import END, SENT, START, Story

THRESHOLD = 10


def test_the_picture_says_who_referred_to_whom_with_totals_on_both_sides():
    story = Story()
    story.ask(0, 1, times=30)
    story.ask(0, 2, times=40)
    story.ask(1, 2, times=20)
    story.ask(-1, 1, times=15)
    picture = network_picture(story.known, START, END, THRESHOLD)
    assert [(one.code, one.party) for one in picture.nodes] == [
        ("0", 0),
        ("-1", -1),
        ("1", 1),
        ("2", 2),
        (REST, None),
    ]
    assert {(one.source, one.target): one.shown.text for one in picture.cells} == {
        ("0", "1"): "30",
        ("0", "2"): "40",
        ("-1", "1"): "15",
        ("1", "2"): "20",
    }
    assert [(one.sent.text, one.received.text) for one in picture.nodes] == [
        ("70", "0"),
        ("15", "0"),
        ("20", "45"),
        ("0", "60"),
        ("0", "0"),
    ]
    assert (picture.total.text, picture.hidden) == ("105", 0)
    assert picture.cell("1", "2").shown.text == "20"
    assert picture.cell("2", "1") is None


def test_a_small_number_is_hidden_and_cannot_be_found_by_subtraction():
    story = Story()
    story.ask(0, -1, times=3)
    story.ask(0, 1, times=30)
    story.ask(1, 0, times=25)
    story.ask(-1, 1, times=25)
    picture = network_picture(story.known, START, END, THRESHOLD)
    assert picture.cell("0", "-1").shown.hidden
    others = [one for one in picture.cells if one.source == "0" and one.target != "-1"]
    municipality = picture.nodes[0]
    assert municipality.sent.hidden or all(one.shown.hidden for one in others)
    assert picture.hidden >= 1


@unhurried
@given(steps(most=40))
def test_the_cells_that_are_shown_are_those_of_a_plain_count(found):
    picture = network_picture(Referrals.from_statements(found).known_at(None), START, END, 5)
    sent = {}
    for one in sorted(found, key=lambda each: each.id):
        if one.event == "sent" and one.ask:
            sent.setdefault(one.ask, one)
    counted = Counter(
        (str(one.sender), str(one.receiver))
        for one in sent.values()
        if START <= one.on <= END and one.sender != one.receiver
    )
    named = {one.code for one in picture.nodes}
    told = Counter()
    for (sender, receiver), number in counted.items():
        ends = tuple(one if one in named else REST for one in (sender, receiver))
        told[ends] += number
    assert {(one.source, one.target) for one in picture.cells} == set(told)
    for one in picture.cells:
        number = told[one.source, one.target]
        assert one.shown.hidden or one.shown.text == str(number)
        assert one.shown.hidden or number >= 5


def test_when_all_pairs_are_small_fewer_have_a_name_so_that_something_can_be_seen():
    story = Story()
    for sender in range(1, 10):
        for receiver in range(1, 10):
            story.ask(sender, receiver, times=3)
    picture = network_picture(story.known, START, END, THRESHOLD)
    assert len(picture.nodes) < 10
    assert any(not one.shown.hidden for one in picture.cells)
    assert picture.cell(REST, REST).shown.text.isdecimal()


def test_the_busiest_have_a_name_and_the_others_are_one_together():
    story = Story()
    for number in range(1, MOST_NAMED + 4):
        story.ask(0, number, times=20 - number)
    picture = network_picture(story.known, START, END, 5)
    assert [one.party for one in picture.nodes] == [0, *range(1, MOST_NAMED + 1), None]
    rest = sum(20 - number for number in range(MOST_NAMED + 1, MOST_NAMED + 4))
    assert picture.cell("0", REST).shown.text == str(rest)


def test_only_what_was_sent_in_the_period_and_to_another_counts():
    story = Story()
    story.ask(0, 1, times=12, on=START)
    story.ask(0, 1, times=12, on=END)
    story.ask(0, 1, times=12, on=date(2024, 12, 31))
    story.ask(0, 1, times=12, on=date(2026, 1, 1))
    story.ask(0, 0, times=12)
    picture = network_picture(story.known, START, END, THRESHOLD)
    assert [(one.source, one.target, one.shown.text) for one in picture.cells] == [("0", "1", "24")]


def test_a_pair_says_of_what_and_where_it_sent_many():
    story = Story()
    story.ask(0, 1, times=40, theme=Theme.DEBT, district=3)
    story.ask(0, 1, times=12, theme=Theme.LANGUAGE, district=4)
    story.ask(0, 1, times=4, theme=Theme.WORK, district=4)
    cell = network_picture(story.known, START, END, THRESHOLD).cell("0", "1")
    assert cell.themes == (Theme.DEBT, Theme.LANGUAGE)
    assert cell.districts == (3, 4)


def test_a_pair_that_is_hidden_says_nothing_of_what_or_where():
    story = Story()
    story.ask(0, 1, times=9)
    cell = network_picture(story.known, START, END, THRESHOLD).cell("0", "1")
    assert (cell.shown.hidden, cell.themes, cell.districts) == (True, (), ())


@given(st.dictionaries(st.integers(0, 7), st.integers(1, 60), max_size=8), st.integers(5, 20))
def test_naming_what_there_is_much_of_leaves_room_for_every_small_number(counts, threshold):
    named = many_of(counts, threshold)
    assert all(counts[key] >= threshold for key in named)
    assert [counts[key] for key in named] == sorted((counts[key] for key in named), reverse=True)
    # Whoever knows the whole knows no more of the others than that they fit in what is left.
    assert not named or sum(counts.values()) - len(named) * threshold >= threshold - 1


def test_a_period_that_ends_before_it_starts_and_a_low_threshold_are_refused():
    with pytest.raises(ValueError, match="the period ends on 2025-01-01"):
        network_picture(Story().known, END, START)
    story = Story()
    story.ask(0, 1, on=SENT)
    with pytest.raises(ValueError, match="threshold of 4"):
        network_picture(story.known, START, END, 4)


def test_without_referrals_there_is_an_empty_picture():
    picture = network_picture(Story().known, START, END)
    assert (picture.cells, picture.total.text, picture.hidden) == ((), "0", 0)
    assert [one.code for one in picture.nodes] == [REST]
