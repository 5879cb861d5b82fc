"""What earlier answers say about a receiver, and the table of who is suggested."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.referrals.offers import (
    Answered,
    offers_on,
    read_offers,
    record_of,
    standing_no,
)
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import AskState, DeclineReason, PlaceKind, Theme

TODAY = date(2026, 6, 1)


def answer(state: AskState = AskState.DECLINED, **other) -> Answered:
    """Return an answer on the second day to what was asked in May."""
    asked_on = other.pop("asked_on", date(2026, 5, 1))
    answered = state not in {AskState.ASKED, AskState.SEEN, AskState.LAPSED, AskState.OVERTAKEN}
    given_ = {
        "asked_on": asked_on,
        "due_on": asked_on + timedelta(days=10),
        "answered_on": asked_on + timedelta(days=2) if answered else None,
        "reason": DeclineReason.NOT_OUR_WORK if state is AskState.DECLINED else None,
        "full_until": None,
        "same_district": True,
    }
    return Answered(state=state, **(given_ | other))


@pytest.mark.parametrize(
    ("answers", "asked", "answered", "in_time", "yes", "days"),
    [
        ([], 0, 0, 0, 0, None),
        ([answer(AskState.ACCEPTED)], 1, 1, 1, 1, 2),
        ([answer(AskState.HANDED_BACK), answer()], 2, 2, 2, 1, 2),
        ([answer(AskState.ACCEPTED, answered_on=date(2026, 5, 12))], 1, 1, 0, 1, 11),
        ([answer(AskState.LAPSED)], 1, 0, 0, 0, None),
        ([answer(AskState.SEEN)], 1, 0, 0, 0, None),
        ([answer(AskState.SEEN, due_on=TODAY)], 0, 0, 0, 0, None),
        (
            [answer(AskState.OVERTAKEN), answer(AskState.CALLED_BACK, answered_on=None)],
            0,
            0,
            0,
            0,
            None,
        ),
    ],
)
def test_a_record_counts_what_was_answered_and_what_was_left_lying(
    answers, asked, answered, in_time, yes, days
):
    record = record_of(answers, TODAY)
    assert (record.asked, record.answered, record.in_time, record.yes) == (
        asked,
        answered,
        in_time,
        yes,
    )
    assert record.days == days


def states():
    return st.lists(
        st.builds(
            answer,
            st.sampled_from(AskState),
            asked_on=st.dates(date(2025, 6, 1), TODAY),
            same_district=st.booleans(),
            reason=st.sampled_from([None, *DeclineReason]),
            full_until=st.sampled_from([None, TODAY, TODAY + timedelta(days=1)]),
        ),
        max_size=8,
    )


@given(states())
def test_nobody_answers_more_often_than_asked(answers):
    record = record_of(answers, TODAY)
    assert 0 <= record.in_time <= record.answered <= record.asked <= len(answers)
    assert record.yes <= record.answered
    assert (record.days is None) == (record.answered == 0)


@given(states())
def test_a_no_that_stands_was_said_and_no_yes_of_the_district_came_after_it(answers):
    found = standing_no(answers, TODAY)
    if found is None:
        return
    assert found in answers
    assert found.state is AskState.DECLINED
    later = [one for one in answers if (one.answered_on or one.asked_on) > found.answered_on]
    yes = {AskState.ACCEPTED, AskState.HANDED_BACK}
    assert not any(one.state in yes and one.same_district for one in later)


@pytest.mark.parametrize(
    ("one", "stands"),
    [
        (answer(), True),
        (answer(same_district=False), False),
        (answer(reason=DeclineReason.CANNOT_IN_TIME), False),
        (answer(reason=DeclineReason.RESIDENT_WITHDREW), False),
        (answer(reason=DeclineReason.FULL, full_until=TODAY), False),
        (answer(reason=DeclineReason.FULL, full_until=TODAY + timedelta(days=1)), True),
        (
            answer(
                reason=DeclineReason.FULL,
                full_until=TODAY + timedelta(days=1),
                same_district=False,
            ),
            True,
        ),
        (answer(AskState.LAPSED), False),
    ],
)
def test_which_no_still_holds(one, stands):
    assert (standing_no([one], TODAY) is not None) is stands


def test_every_theme_names_kinds_of_places_for_every_day():
    for theme in REFERRED_FOR:
        for day in (date(2000, 1, 1), TODAY):
            line = offers_on(theme, day)
            assert line.kinds
            assert line.remembered > 0
    assert offers_on(Theme.LANGUAGE, TODAY).kinds == (
        PlaceKind.LANGUAGE_POINT,
        PlaceKind.TRAINING,
    )


def test_a_table_with_mistakes_names_them_all():
    text = """
[[offers]]
theme = "verzonnen"
valid_from = 2000-01-01
kinds = []
remembered = 0
"""
    with pytest.raises(DatedTableError) as error:
        read_offers(text, "offers.toml")
    assert len(error.value.problems) == 3
