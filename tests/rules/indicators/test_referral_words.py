"""The words about referrals against the slow reference, and on their own edges."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.behind import people_behind
from meedoen.rules.indicators.columns import Columns, HistoryError
from meedoen.rules.indicators.evaluate import are_measured, evaluate, figure
from meedoen.rules.indicators.language import (
    DaysToAnswer,
    PartnersNotConnected,
    ReferralPairs,
    ReferralReciprocity,
    ReferralsAnswered,
    ReferralsWithFeedback,
    Version,
)
from meedoen.rules.indicators.referral_columns import Referrals, StepColumns
from meedoen.rules.indicators.referral_statements import DirectoryStatement, ReferralStatement
from meedoen.rules.indicators.sources import Known, Sources
from meedoen.rules.vocabulary import ReferralEvent, Theme
from tests.rules.indicators.histories import definition_of, thorough, unhurried
from tests.rules.indicators.referral_histories import days, directories, situations, steps, words
from tests.rules.indicators.referral_reference import reference_of_referrals

LONG_AGO = date(2015, 1, 1)
NO_HISTORY = Columns.from_statements([])
NOBODY = NO_HISTORY.known_at(None)
END = date(2025, 12, 31)
EVERY_WORD = [
    ReferralPairs(),
    ReferralReciprocity(),
    ReferralsAnswered(),
    ReferralsWithFeedback(),
    DaysToAnswer(),
    PartnersNotConnected(),
]


def noon(*day: int) -> datetime:
    return datetime(*day, 12, tzinfo=UTC)


def counted(word, found, on=END, directory=(), known_at=None):
    referrals = Referrals.from_statements(found, directory)
    definition = definition_of((LONG_AGO, word))
    result = figure(definition, Sources(NO_HISTORY, referrals), on, known_at)
    return result.value, dict(result.parts)


def step(number: int, event: str, on: date, *, ask: int = 1, **more) -> ReferralStatement:
    """Return a step of an ask from 1 to 2, recorded at noon of its day."""
    given_values = {
        "referral": ask or 1,
        "sender": 1,
        "receiver": 2,
        "recorded_at": datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
    }
    return ReferralStatement(
        id=number, ask=ask, event=ReferralEvent(event), on=on, **(given_values | more)
    )


@thorough
@given(words, situations())
def test_every_word_agrees_with_the_reference(word, situation):
    found, directory, on, known_at = situation
    expected = reference_of_referrals(word, found, directory, on, known_at)
    assert counted(word, found, on, directory, known_at) == expected


@unhurried
@given(words, situations(), st.lists(days, max_size=5))
def test_every_district_on_many_dates_agrees_with_the_reference(word, situation, dates):
    found, directory, _, known_at = situation
    known = Referrals.from_statements(found, directory).known_at(known_at)
    counts = evaluate(Version(LONG_AGO, word), Known(NOBODY, known), dates, "district")
    for row, on in enumerate(dates):
        for column, district in enumerate(counts.groups):
            expected = reference_of_referrals(
                word, found, directory, on, known_at, district=district
            )
            assert counts.values[row, column] == expected.value
            parts = {name: values[row, column] for name, values in counts.parts.items()}
            assert parts == expected.parts


@unhurried
@given(words, situations(), st.randoms())
def test_the_order_in_which_steps_are_given_makes_no_difference(word, situation, random):
    found, directory, on, known_at = situation
    shuffled = list(found)
    random.shuffle(shuffled)
    assert counted(word, found, on, directory, known_at) == counted(
        word, shuffled, on, directory, known_at
    )


@unhurried
@given(words, steps(), directories(), st.integers(0, 500))
def test_what_was_known_earlier_is_what_only_the_earlier_steps_give(word, found, directory, later):
    moment = datetime.fromordinal(noon(2024, 1, 1).toordinal() + later).replace(tzinfo=UTC)
    early = [one for one in found if one.recorded_at <= moment]
    before = [one for one in directory if one.recorded_at <= moment]
    assert counted(word, found, END, directory, moment) == counted(word, early, END, before)


@pytest.mark.parametrize("word", EVERY_WORD, ids=lambda one: one.word)
def test_without_any_step_there_is_nothing_and_it_is_not_measured(word):
    value, parts = counted(word, [])
    assert (value, set(parts.values())) in ((0, set()), (0, {0}))
    known = Referrals.from_statements([]).known_at(None)
    assert are_measured(Version(LONG_AGO, word), Known(NOBODY, known), [END]) == [False]


@pytest.mark.parametrize("word", EVERY_WORD, ids=lambda one: one.word)
def test_a_word_about_referrals_needs_them_and_counts_no_people(word):
    version = Version(LONG_AGO, word)
    with pytest.raises(ValueError, match="counts in the steps of referrals"):
        evaluate(version, Known(NOBODY), [END])
    with pytest.raises(ValueError, match="counts no people"):
        people_behind(version, Known(NOBODY), END)


@pytest.mark.parametrize(
    ("answer", "due", "expected"),
    [
        (date(2025, 3, 15), date(2025, 3, 15), (100, 1, 1)),
        (date(2025, 3, 16), date(2025, 3, 15), (0, 0, 1)),
        (date(2025, 3, 1), date(2024, 12, 31), (0, 0, 0)),
        (date(2025, 1, 1), date(2025, 1, 1), (100, 1, 1)),
        (date(2025, 12, 31), date(2025, 12, 31), (100, 1, 1)),
        (date(2025, 12, 31), date(2026, 1, 1), (0, 0, 0)),
    ],
)
def test_an_answer_is_in_time_up_to_and_including_the_day_it_is_due(answer, due, expected):
    found = [step(1, "sent", date(2024, 12, 1), due_on=due), step(2, "declined", answer)]
    value, in_time, total = expected
    assert counted(ReferralsAnswered(), found) == (value, {"in_time": in_time, "due": total})


@pytest.mark.parametrize("event", ["overtaken", "revoked", "stopped"])
@pytest.mark.parametrize(("on", "due"), [(date(2025, 3, 15), 0), (date(2025, 3, 16), 1)])
def test_what_needs_no_answer_any_more_by_its_last_day_does_not_count(event, on, due):
    found = [step(1, "sent", date(2025, 3, 1), due_on=date(2025, 3, 15)), step(2, event, on)]
    assert counted(ReferralsAnswered(), found)[1] == {"in_time": 0, "due": due}


def test_a_referral_that_its_sender_ends_spares_all_who_had_not_answered():
    found = [
        step(1, "sent", date(2025, 3, 1), due_on=date(2025, 3, 15), referral=9),
        step(2, "sent", date(2025, 3, 1), ask=2, due_on=date(2025, 3, 15), referral=9),
        step(3, "declined", date(2025, 3, 2), referral=9),
        step(4, "stopped", date(2025, 3, 3), ask=0, referral=9),
    ]
    assert counted(ReferralsAnswered(), found)[1] == {"in_time": 1, "due": 1}


def test_feedback_that_the_sender_made_needless_does_not_count_and_silence_does():
    asked = [
        (step(1, "sent", date(2025, 3, 1)), "handed_back", date(2025, 4, 1)),
        (step(2, "sent", date(2025, 3, 1), ask=2), "handed_back", date(2025, 4, 2)),
        (step(3, "sent", date(2025, 3, 1), ask=3), "forwarded", date(2025, 4, 1)),
        (step(4, "sent", date(2025, 3, 1), ask=4), "done", date(2025, 4, 1)),
    ]
    found = [sent for sent, _, _ in asked]
    for number, (sent, event, on) in enumerate(asked, start=1):
        yes = step(10 + number, "accepted", date(2025, 3, 2), ask=sent.ask, due_on=date(2025, 4, 1))
        found += [yes, step(20 + number, event, on, ask=sent.ask)]
    assert counted(ReferralsWithFeedback(), found) == (
        50,
        {"with_feedback": 1, "feedback_due": 2},
    )


@pytest.mark.parametrize(
    ("taken", "expected"),
    [([3], 3), ([3, 4], 3), ([9, 1, 5], 5), ([0, 0, 7, 8], 0), ([2, 2, 2, 30], 2)],
)
def test_the_days_to_answer_are_the_lower_median(taken, expected):
    found = []
    for ask, waited in enumerate(taken, start=1):
        sent = date(2025, 3, 1)
        found.append(step(ask, "sent", sent, ask=ask))
        answer = date.fromordinal(sent.toordinal() + waited)
        found.append(step(100 + ask, "accepted", answer, ask=ask))
    assert counted(DaysToAnswer(), found) == (expected, {"answered": len(taken)})


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 3, 33), (2, 3, 67), (1, 8, 13)])
def test_a_share_is_a_whole_per_cent_with_halves_up(part, whole, percent):
    found = []
    for ask in range(1, whole + 1):
        found.append(step(ask, "sent", date(2025, 3, 1), ask=ask, due_on=date(2025, 3, 15)))
        if ask <= part:
            found.append(step(100 + ask, "declined", date(2025, 3, 2), ask=ask))
    assert counted(ReferralsAnswered(), found)[0] == percent


def test_an_organisation_counts_only_while_it_takes_part():
    def partner(number, joins=date.min, leaves=None, recorded=(2024, 1, 1)):
        return DirectoryStatement(
            organisation=number, joins_on=joins, leaves_on=leaves, recorded_at=noon(*recorded)
        )

    directory = [
        partner(1),
        partner(2),
        partner(3, joins=date(2026, 1, 1)),
        partner(4, leaves=END),
        partner(5),
        partner(5, leaves=date(2025, 1, 1), recorded=(2026, 2, 1)),
    ]
    found = [step(1, "sent", date(2025, 3, 1)), step(2, "sent", END, ask=2, sender=-1, receiver=5)]
    word = PartnersNotConnected()
    before = counted(word, found, END, directory, noon(2026, 1, 1))
    assert before == (1, {"not_connected": 1, "with_referrals": 2})
    assert counted(word, found, END, directory) == (0, {"not_connected": 0, "with_referrals": 2})


def test_a_theme_keeps_the_referrals_about_it_and_nothing_else():
    found = [
        step(1, "sent", date(2025, 3, 1), theme=Theme.LANGUAGE),
        step(2, "sent", date(2025, 3, 1), ask=2, receiver=3, theme=Theme.DEBT),
    ]
    assert counted(ReferralPairs(), found)[0] == 2
    assert counted(ReferralPairs(themes=(Theme.DEBT,)), found)[0] == 1
    assert counted(ReferralPairs(themes=(Theme.WORK,)), found)[0] == 0


def test_what_goes_to_oneself_or_comes_from_a_resident_makes_no_pair():
    found = [
        step(1, "sent", date(2025, 3, 1), sender=0, receiver=0),
        step(2, "sent", date(2025, 3, 1), ask=2, sender=-1, receiver=3),
        step(3, "sent", date(2025, 3, 1), ask=3, sender=0, receiver=3),
    ]
    assert counted(ReferralPairs(), found)[0] == 1
    assert counted(ReferralPairs(between_partners=True), found)[0] == 0


def test_steps_with_one_number_are_refused_by_it():
    one = step(3, "sent", date(2025, 3, 1))
    with pytest.raises(HistoryError, match="ids must increase, but these do not: 3"):
        Referrals.from_statements([one, replace(one, ask=2)])


def test_a_column_of_steps_that_is_missing_is_refused_by_name():
    columns = Referrals.from_statements([step(1, "sent", date(2025, 3, 1))]).steps
    arrays = {name: getattr(columns, name) for name in ("step", "recorded", "day")}
    with pytest.raises(HistoryError, match="columns missing: ask, district, due, event"):
        StepColumns.from_arrays(**arrays)
    whole = {name: getattr(columns, name) for name in StepColumns.__dataclass_fields__}
    with pytest.raises(HistoryError, match=r"due \(2\)"):
        StepColumns.from_arrays(**(whole | {"due": np.array([1, 2])}))


@pytest.mark.parametrize("statement", [ReferralStatement, DirectoryStatement])
def test_a_moment_without_a_zone_is_refused(statement):
    naive = datetime(2025, 1, 1, 12)  # noqa: DTZ001 - this is what is refused
    given_values = {
        ReferralStatement: {"id": 1, "referral": 1, "event": ReferralEvent.SENT, "on": END},
        DirectoryStatement: {"organisation": 1, "joins_on": END},
    }[statement]
    with pytest.raises(ValueError, match="no time zone"):
        statement(recorded_at=naive, **given_values)
