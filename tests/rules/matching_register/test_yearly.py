"""The yearly report counts what a slow count by hand counts, and gives no small number away."""

from collections import Counter
from datetime import date
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.disclosure import PROTECTED, Shown
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.matching_register.followed import FollowedFacts
from meedoen.rules.matching_register.report_terms import (
    ReportTermsError,
    read_report_terms,
    report_terms_on,
    shipped_report_terms,
)
from meedoen.rules.matching_register.yearly import (
    ListFacts,
    RefusalFacts,
    year_report,
)
from meedoen.rules.vocabulary import Outcome, RefusalReason, RefusalSide

THRESHOLD = 10


def a_list(*, chosen=True, first=True, days=3, has_place=True, own=False, aside=()):
    return ListFacts(
        has_place=has_place,
        is_chosen=chosen,
        is_first=chosen and first,
        is_own_wish=chosen and own,
        days=days if chosen else None,
        set_aside=frozenset(aside),
    )


lists = st.lists(
    st.builds(
        a_list,
        chosen=st.booleans(),
        first=st.booleans(),
        days=st.integers(0, 90),
        own=st.booleans(),
        aside=st.sets(st.sampled_from([HardRule.TOO_FAR, HardRule.OUT_OF_REACH])),
    ),
    max_size=60,
)
refusals = st.lists(
    st.builds(
        RefusalFacts,
        side=st.sampled_from(list(RefusalSide)),
        reason=st.sampled_from([RefusalReason.TOO_FAR_AWAY, RefusalReason.NOT_SAFE]),
    ),
    max_size=80,
)


def a_choice(place, fate=None):
    """Make a choice at a place; every two places share a district. A fate of "" is still there."""
    return FollowedFacts(
        place_id=place,
        district_id=100 + place // 2,
        has_started=fate is not None,
        outcome=fate or None,
    )


choices = st.lists(
    st.builds(
        a_choice,
        place=st.integers(1, 5),
        fate=st.sampled_from([None, "", Outcome.GOAL_REACHED, Outcome.STOPPED_BY_RESIDENT]),
    ),
    max_size=80,
)
many_choices = st.lists(
    st.tuples(
        st.integers(1, 5),
        st.sampled_from([None, "", Outcome.GOAL_REACHED]),
        st.sampled_from([1, 3, 10, 14, 30]),
    ),
    max_size=8,
).map(lambda groups: [a_choice(place, fate) for place, fate, count in groups for _ in range(count)])


def counted_by_hand(made, refused, followed):
    """Count one by one, without protection: the slow reference. Keys are those of `all_shown`."""
    count = Counter()
    for one in made:
        count["lists"] += 1
        count["without"] += not one.has_place
        count["chosen"] += one.is_chosen
        count["first"] += one.is_first
        count["own"] += one.is_first and one.is_own_wish
        count["aside"] += bool(one.set_aside)
        for rule in one.set_aside:
            count[rule] += 1
    for one in refused:
        for key in ("refusals", one.side, (one.side, one.reason)):
            count[key] += 1
    for one in followed:
        for group in (one.place_id, one.district_id):
            count[group, "chosen"] += 1
            count[group, "started"] += one.has_started
            count[group, "ended"] += one.outcome is not None
            if one.outcome is not None:
                count[group, one.outcome] += 1
    return count


def all_shown(report):
    found = {
        "lists": report.lists,
        "without": report.without_place,
        "chosen": report.chosen,
        "first": report.first_chosen,
        "own": report.first_own_wish,
        "aside": report.with_set_aside,
        "refusals": report.refusals,
        **report.set_aside,
        **report.by_side,
        **report.by_reason,
    }
    for group, one in chain(report.districts.items(), report.places.items()):
        found |= {(group, "chosen"): one.chosen, (group, "started"): one.started}
        found |= {(group, "ended"): one.ended}
        found |= {(group, outcome): shown for outcome, shown in one.outcomes.items()}
    return found


@given(lists, refusals, st.one_of(choices, many_choices))
def test_every_number_that_is_shown_is_the_one_counted_by_hand(made, refused, followed):
    made = made + [a_list() for _one in followed if not made]
    report = year_report(made, refused, followed, THRESHOLD)
    by_hand = counted_by_hand(made, refused, followed)
    shown = all_shown(report)
    for key, one in shown.items():
        assert one.hidden or one.text == str(by_hand[key]), key
        assert not 0 < by_hand[key] < THRESHOLD or one.hidden, key


@given(lists, refusals, choices)
def test_no_small_number_follows_by_subtraction(made, refused, followed):
    report = year_report(made, refused, followed, THRESHOLD)
    pairs = [
        (report.chosen, report.lists),
        (report.without_place, report.lists),
        (report.first_chosen, report.chosen),
        (report.first_own_wish, report.first_chosen),
        (report.with_set_aside, report.lists),
        *((one, report.lists) for one in report.set_aside.values()),
        *((one, report.by_side[side]) for (side, _why), one in report.by_reason.items()),
        *((one.started, one.chosen) for one in report.districts.values()),
        *((one.ended, one.started) for one in report.districts.values()),
    ]
    for part, whole in pairs:
        if not part.hidden and not whole.hidden and part.text != "0":
            rest = int(whole.text) - int(part.text)
            assert rest == 0 or rest >= THRESHOLD


@given(many_choices)
def test_of_districts_that_add_up_to_all_choices_no_few_are_left_over(followed):
    report = year_report([a_list()] * len(followed), [], followed, THRESHOLD)
    if not report.chosen.hidden:
        seen = [one.chosen for one in report.districts.values() if not one.chosen.hidden]
        rest = len(followed) - sum(int(one.text) for one in seen)
        assert rest == 0 or rest >= THRESHOLD


@given(many_choices)
def test_of_places_that_add_up_to_their_district_no_few_are_left_over(followed):
    report = year_report([a_list()] * len(followed), [], followed, THRESHOLD)
    for number, district in report.districts.items():
        places = {place for place in report.places if 100 + place // 2 == number}
        assert not places or district.is_whole
        left = [one for one in followed if one.district_id == number and one.place_id not in places]
        cells = Counter((one.has_started, one.outcome) for one in left)
        assert not places or all(count >= THRESHOLD for count in cells.values())


def test_two_ways_to_divide_the_same_choices_give_no_small_number():
    # By kind 20 and "<5" had begun and by district 14 and 9, so of the one kind it was 3.
    followed = [a_choice(2, "")] * 12 + [a_choice(4, "")] * 8 + [a_choice(2)] * 15
    followed += [a_choice(4)] * 15 + [a_choice(3, "")] * 2 + [a_choice(5, "")] * 1
    followed += [a_choice(3)] * 18 + [a_choice(5)] * 19
    report = year_report([a_list(first=False)] * len(followed), [], followed, 5)
    assert [one.started.text for one in report.districts.values()] == ["14", "9"]
    assert report.places == {}


def test_what_came_of_divisions_is_in_no_number_of_lists():
    report = year_report([a_list()] * 20, [], [], THRESHOLD, divided=[a_choice(2, "")] * 15)
    assert (report.chosen.text, report.districts) == ("20", {})
    assert (report.divided.chosen.text, report.divided.started.text) == ("15", "15")


def test_a_place_with_enough_people_is_shown_beside_its_district():
    followed = [a_choice(2, "")] * 20 + [a_choice(3, Outcome.GOAL_REACHED)] * 12
    report = year_report([a_list()] * 32, [], followed, THRESHOLD)
    assert {number: one.started.text for number, one in report.places.items()} == {2: "20", 3: "12"}


def test_of_rules_set_aside_the_rest_of_the_lists_with_one_is_not_small():
    made = [a_list(aside=[HardRule.TOO_FAR])] * 11 + [a_list(aside=[HardRule.OUT_OF_REACH])]
    report = year_report(made + [a_list()] * 40, [], [], THRESHOLD)
    assert report.with_set_aside.text == "12"
    assert all(one.hidden for one in report.set_aside.values())


@given(lists)
def test_the_order_of_the_lists_plays_no_part(made):
    assert year_report(made, [], [], THRESHOLD) == year_report(made[::-1], [], [], THRESHOLD)


def test_the_share_of_first_places_is_rounded_and_the_middle_number_of_days_given():
    made = [a_list(days=2)] * 41 + [a_list(first=False, days=9)] * 20
    report = year_report(made, [], [], THRESHOLD)
    assert (report.first_percent, report.median_days) == (67, 2)
    assert report.first_chosen == Shown("41", hidden=False)


def test_of_few_choices_neither_a_share_nor_a_number_of_days_is_given():
    report = year_report([a_list()] * 9, [], [], THRESHOLD)
    assert (report.first_percent, report.median_days) == (None, None)
    assert report.chosen.hidden


def test_a_share_that_would_give_a_few_people_away_is_left_out():
    made = [a_list()] * 40 + [a_list(first=False)] * 3
    report = year_report(made, [], [], THRESHOLD)
    assert report.first_percent is None
    assert report.first_chosen == Shown(PROTECTED, hidden=True)


def test_a_year_without_lists_has_zeroes_and_no_shares():
    report = year_report([], [], [], THRESHOLD)
    assert report.lists == Shown("0", hidden=False)
    assert report.refusals == Shown("0", hidden=False)
    assert (report.first_percent, report.median_days, report.districts) == (None, None, {})


def test_how_often_a_rule_is_set_aside_is_a_share_of_all_lists():
    made = [a_list(aside=[HardRule.TOO_FAR])] * 20 + [a_list()] * 60
    report = year_report(made, [], [], THRESHOLD)
    assert report.set_aside == {HardRule.TOO_FAR: Shown("20", hidden=False)}
    assert report.aside_percent == {HardRule.TOO_FAR: 25}


# --- the terms -----------------------------------------------------------------------------------


def test_the_shipped_terms_hold_from_their_day_and_before_the_first_the_first():
    first = shipped_report_terms()[0]
    assert report_terms_on(date(2020, 1, 1)) == first
    assert report_terms_on(first.valid_from).least_choices == 30


def test_later_terms_follow_earlier_ones():
    text = "".join(
        f"[[terms]]\nvalid_from = {year}-01-01\nleast_choices = 30\n"
        f"often_first_percent = {percent}\noften_aside_percent = 25\n"
        for year, percent in ((2026, 85), (2027, 90))
    )
    assert [one.often_first_percent for one in read_report_terms(text)] == [85, 90]


TERMS = """[[terms]]
valid_from = 2026-01-01
least_choices = 30
often_first_percent = 85
often_aside_percent = 25
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[terms", "This is no TOML"),
        ("", "Give at least one set of terms"),
        ("[[terms]]\nvalid_from = 2026-01-01", "Terms lack 'least_choices'"),
        (
            TERMS.replace("30", "0"),
            "least_choices is 0; give a whole number from 1",
        ),
    ],
)
def test_a_mistake_in_the_terms_is_said(text, says):
    with pytest.raises(ReportTermsError, match=says):
        read_report_terms(text)
