"""What an organisation tells becomes a signal for the coach, until the coach deals with it."""

from datetime import date

import pytest

from meedoen.records.placements import actions, correcting
from meedoen.records.placements.month_actions import NewMonth, confirm_months
from meedoen.records.placements.month_queries import months_to_confirm
from meedoen.records.placements.people_queries import results_to_report
from meedoen.records.signals.queries import signals_about
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import MonthAnswer, Outcome
from tests.records.placements.desk import taking_part
from tests.records.signals.people import caught_up, night
from tests.town import ON_RUNG_2, Town, talk
from tests.web.coach.scenes import on

TOLD_ON = date(2026, 12, 10)
DECEMBER, NOVEMBER = date(2026, 12, 1), date(2026, 11, 1)


def tell(viewer, key, day=TOLD_ON, **what):
    with on(day):
        new = NewMonth(**{"key": key, "month": day.replace(day=1), **what})
        confirm_months(viewer, answers=[new])


def of_partner(town, day=TOLD_ON):
    caught_up(town, day)
    with on(day):
        cards = signals_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    wanted = {
        SignalKind.PARTNER_WORRY,
        SignalKind.PARTNER_SAYS_STOPPED,
        SignalKind.MONTH_NOT_CONFIRMED,
    }
    return [card for card in cards if card.kind in wanted]


@pytest.fixture
def key(town: Town):
    found = taking_part(town)
    with on(date(2026, 12, 1)):
        talk(town.anna, town.roos_file, date(2026, 12, 1), ON_RUNG_2)
    return found


def test_a_worry_shows_at_once_with_the_words_and_who_told(town: Town, key):
    tell(town.petra, key, answer=MonthAnswer.WORRIES, note="Komt vaak te laat.")
    [card] = of_partner(town)
    assert (card.kind, card.said) == (SignalKind.PARTNER_WORRY, "Komt vaak te laat.")
    assert (card.about, card.organisation, card.subject) == ("Moestuin", "De Moestuin", str(key))
    assert (card.due_on, card.late) == (TOLD_ON, True)


def test_a_worry_is_over_when_somebody_spoke_with_the_person_after_it(town: Town, key):
    # A talk this morning is not yet about what is told at noon.
    with on(TOLD_ON):
        talk(town.anna, town.roos_file, TOLD_ON)
        tell(town.petra, key, answer=MonthAnswer.WORRIES, note="Komt vaak te laat.")
        talk(town.anna, town.roos_file, date(2026, 12, 9))
    assert [card.kind for card in of_partner(town)] == [SignalKind.PARTNER_WORRY]
    with on(date(2026, 12, 11)):
        talk(town.anna, town.roos_file, date(2026, 12, 11))
    assert of_partner(town, date(2026, 12, 11)) == []


def test_a_worry_stays_when_the_next_month_goes_well_and_goes_when_it_is_taken_back(
    town: Town, key
):
    tell(town.petra, key, answer=MonthAnswer.WORRIES, note="Komt vaak te laat.")
    later = date(2027, 2, 2)
    with on(later):
        confirm_months(town.petra, answers=[NewMonth(key=key, month=date(2027, 1, 1))])
    assert SignalKind.PARTNER_WORRY in [card.kind for card in of_partner(town, later)]
    with on(later):
        confirm_months(town.petra, answers=[NewMonth(key=key, month=DECEMBER)])
    assert SignalKind.PARTNER_WORRY not in [card.kind for card in of_partner(town, later)]


def test_a_stop_shows_until_the_coach_ends_the_placement(town: Town, key):
    last_day = date(2026, 12, 8)
    tell(town.petra, key, answer=MonthAnswer.STOPPED, last_day=last_day, note="Verhuisd.")
    [card] = of_partner(town)
    assert (card.kind, card.counts_from, card.said) == (
        SignalKind.PARTNER_SAYS_STOPPED,
        last_day,
        "Verhuisd.",
    )
    with on(date(2026, 12, 11)):
        talk(town.anna, town.roos_file, date(2026, 12, 11))
    assert len(of_partner(town, date(2026, 12, 11))) == 1
    with on(date(2026, 12, 11)):
        actions.end(town.anna, key=key, last_day=last_day, outcome=Outcome.MOVED_AWAY)
    assert of_partner(town, date(2026, 12, 11)) == []


def test_a_stop_that_was_a_mistake_is_put_right_by_the_organisation(town: Town, key):
    tell(town.petra, key, answer=MonthAnswer.STOPPED, last_day=TOLD_ON)
    tell(town.petra, key, answer=MonthAnswer.WORRIES, note="Was een misverstand, komt minder.")
    assert [card.kind for card in of_partner(town)] == [SignalKind.PARTNER_WORRY]


def test_a_stop_stays_when_a_colleague_says_something_of_an_earlier_month(town: Town, key):
    tell(town.petra, key, answer=MonthAnswer.STOPPED, last_day=TOLD_ON)
    # Pia had the page of November open since this morning.
    tell(town.pia, key, month=NOVEMBER)
    assert [card.kind for card in of_partner(town)] == [SignalKind.PARTNER_SAYS_STOPPED]
    with on(date(2027, 1, 5)):
        assert months_to_confirm(town.petra) == []
        assert [one.key for one in results_to_report(town.petra)] == [key]


def test_a_stop_from_before_a_start_that_was_taken_back_is_over(town: Town, key):
    tell(town.petra, key, answer=MonthAnswer.STOPPED, last_day=date(2026, 12, 8))
    with on(date(2026, 12, 12)):
        correcting.take_back_start(town.lea, key=key)
        actions.confirm_start(town.petra, key=key, started_on=date(2026, 12, 11))
    assert of_partner(town, date(2026, 12, 12)) == []
    with on(date(2027, 1, 5)):
        assert [one.key for one in months_to_confirm(town.petra)] == [key]
        assert results_to_report(town.petra) == []


def test_a_month_without_a_word_shows_two_weeks_later_and_not_before_it_was_asked(town: Town, key):
    # Who takes part since September: months before December were not asked yet.
    for day in (date(2026, 12, 20), date(2027, 1, 14)):
        night(town, day)
        assert of_partner(town, day) == []
    day = date(2027, 1, 15)
    night(town, day)
    [card] = of_partner(town, day)
    assert (card.kind, card.counts_from) == (SignalKind.MONTH_NOT_CONFIRMED, date(2027, 1, 1))


def test_a_word_about_the_month_ends_that_signal_and_a_worry_halfway_does_not(town: Town, key):
    day = date(2027, 1, 20)
    tell(town.petra, key, answer=MonthAnswer.WORRIES, note="Komt vaak te laat.")
    night(town, day)
    assert [card.kind for card in of_partner(town, day)] == [
        SignalKind.PARTNER_WORRY,
        SignalKind.MONTH_NOT_CONFIRMED,
    ]
    with on(day):
        confirm_months(town.petra, answers=[NewMonth(key=key, month=DECEMBER)])
    assert of_partner(town, day) == []
    night(town, date(2027, 2, 20))
    [card] = of_partner(town, date(2027, 2, 20))
    assert card.counts_from == date(2027, 2, 1)


def test_who_stopped_is_not_asked_about_months_any_more(town: Town, key):
    tell(town.petra, key, answer=MonthAnswer.STOPPED, last_day=TOLD_ON)
    day = date(2027, 3, 20)
    night(town, day)
    assert [card.kind for card in of_partner(town, day)] == [SignalKind.PARTNER_SAYS_STOPPED]


def test_a_colleague_of_another_team_sees_nothing_of_it(town: Town, key):
    tell(town.petra, key, answer=MonthAnswer.WORRIES, note="Komt vaak te laat.")
    caught_up(town, TOLD_ON)
    with on(TOLD_ON):
        for viewer in (town.carla, town.vera, town.roos, town.petra):
            assert signals_about(viewer, pseudonym_id=town.roos_file.pseudonym_id) == []
