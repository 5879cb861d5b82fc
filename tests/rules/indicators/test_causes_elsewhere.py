"""What changed a figure about referrals or places: what was recorded since of what is in it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given

from meedoen.rules.indicators.causes import Where
from meedoen.rules.indicators.causes_elsewhere import Noted, Since, Subject
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.evaluate import evaluate
from meedoen.rules.indicators.language import (
    PartnersNotConnected,
    ReferralPairs,
    ReferralsAnswered,
    Version,
)
from meedoen.rules.indicators.place_causes import place_causes
from meedoen.rules.indicators.place_columns import Places
from meedoen.rules.indicators.place_statements import (
    ConfirmationStatement,
    PlaceStatement,
    SeatStatement,
)
from meedoen.rules.indicators.place_words import (
    PlaceFilters,
    PlacesListed,
    Seats,
    SeatsOf,
    SharePlacesConfirmed,
)
from meedoen.rules.indicators.referral_causes import referral_causes
from meedoen.rules.indicators.referral_columns import Referrals
from meedoen.rules.indicators.referral_statements import DirectoryStatement, ReferralStatement
from meedoen.rules.indicators.sources import Sources
from meedoen.rules.vocabulary import PlaceKind, ReferralEvent
from tests.rules.indicators import place_histories, referral_histories
from tests.rules.indicators.histories import moments, thorough

ON = date(2024, 12, 31)
THEN = datetime(2025, 1, 10, tzinfo=UTC)
BEFORE, AFTER = THEN - timedelta(days=5), THEN + timedelta(days=5)
SINCE = Since(THEN, None)
WHOLE = Where()
NOTHING = Columns.from_statements([])


def step(number, event, *, ask=1, recorded=BEFORE, on=date(2024, 6, 3), **more):
    return ReferralStatement(
        id=number, referral=ask, ask=ask, event=event, on=on, recorded_at=recorded, **more
    )


def sent(number, *, ask=1, sender=1, receiver=2, **more):
    more = {"due_on": date(2024, 7, 1), **more}
    return step(number, ReferralEvent.SENT, ask=ask, sender=sender, receiver=receiver, **more)


def of_referrals(word, *steps, directory=(), where=WHOLE, since=SINCE):
    return referral_causes(word, Referrals.from_statements(steps, directory), ON, where, since)


def place(number, *, recorded=BEFORE, starts=date(2024, 3, 1), **more):
    facts = {"kind": PlaceKind.DAY_ACTIVITY, "organisation": 7, "district": 1, **more}
    return PlaceStatement(place=number, starts_on=starts, recorded_at=recorded, **facts)


def of_places(word, places, seats=(), stood=(), where=WHOLE, since=SINCE):
    return place_causes(word, Places.from_statements(places, seats, stood, [1]), ON, where, since)


def told(found):
    return [(one.sort, one.number, one.day) for one in found.later]


# --- referrals -----------------------------------------------------------------------------------


def test_an_answer_that_was_noted_late_is_why_an_ask_was_in_time():
    answer = step(3, ReferralEvent.ACCEPTED, recorded=AFTER, on=date(2024, 6, 5))
    seen = step(4, ReferralEvent.SEEN, recorded=AFTER)
    other = [sent(5, ask=2), step(6, ReferralEvent.DECLINED, ask=2)]
    found = of_referrals(ReferralsAnswered(), sent(1), answer, seen, *other)
    assert (found.subject, found.count) == (Subject.ASKS, 1)
    assert told(found) == [(ReferralEvent.ACCEPTED, 3, day_number(date(2024, 6, 5)))]
    assert found.later[0].says_of_people


def test_what_was_known_all_along_changes_nothing():
    answer = step(3, ReferralEvent.ACCEPTED, on=date(2024, 6, 5))
    found = of_referrals(ReferralsAnswered(), sent(1), answer)
    assert (found.count, found.later) == (0, ())


def test_a_pair_that_referred_already_is_no_other_pair():
    again = sent(2, ask=2, recorded=AFTER)
    other = sent(3, ask=3, receiver=4, recorded=AFTER)
    found = of_referrals(ReferralPairs(), sent(1), again, other)
    assert (found.subject, found.count) == (Subject.PAIRS, 1)
    assert [one.number for one in found.later] == [3]


def test_of_another_district_nothing_changes():
    other = sent(3, ask=3, receiver=4, recorded=AFTER, district=2)
    assert of_referrals(ReferralPairs(), other, where=Where(district=1)).count == 0
    assert of_referrals(ReferralPairs(), other, where=Where(district=2)).count == 1


def test_an_organisation_that_proved_to_have_left_is_noted_without_a_number():
    stays = DirectoryStatement(organisation=5, joins_on=date(2020, 1, 1), recorded_at=BEFORE)
    left = DirectoryStatement(
        organisation=5,
        joins_on=date(2020, 1, 1),
        leaves_on=date(2024, 11, 1),
        recorded_at=AFTER,
    )
    found = of_referrals(PartnersNotConnected(), directory=[stays, left])
    assert (found.subject, found.count) == (Subject.ORGANISATIONS, 1)
    assert told(found) == [(Noted.ORGANISATION, 0, day_number(date(2024, 11, 1)))]
    assert not found.later[0].says_of_people


def test_what_came_after_the_later_moment_plays_no_part():
    answer = step(3, ReferralEvent.ACCEPTED, recorded=AFTER, on=date(2024, 6, 5))
    until = Since(THEN, AFTER - timedelta(days=1))
    assert of_referrals(ReferralsAnswered(), sent(1), answer, since=until).count == 0


@thorough
@given(referral_histories.situations(), referral_histories.words, moments)
def test_a_figure_about_referrals_that_changed_has_something_that_changed_it(situation, word, then):
    steps, directory, on, now = situation
    if now is not None and now < then:
        then, now = now, then
    sources = Sources(NOTHING, Referrals.from_statements(steps, directory))
    found = referral_causes(word, sources.referrals, on, WHOLE, Since(then, now))
    assert bool(found.count) == bool(found.later)
    if value_of(word, sources, on, then) != value_of(word, sources, on, now):
        assert found.count
    assert all(then < at(one) and (now is None or at(one) <= now) for one in found.later)


# --- places --------------------------------------------------------------------------------------


def test_a_place_that_was_entered_late_and_one_that_proved_to_be_closed():
    late = place(2, recorded=AFTER)
    closed = place(1, recorded=AFTER, closes_on=date(2024, 10, 1))
    found = of_places(PlacesListed(), [place(1), place(3), late, closed])
    assert (found.subject, found.count) == (Subject.PLACES, 2)
    assert {one.sort for one in found.later} == {Noted.PLACE}
    assert not any(one.says_of_people for one in found.later)


def test_a_seat_that_was_taken_says_of_somebody_what_they_did():
    seat = SeatStatement(place=1, starts_on=date(2024, 5, 1), recorded_at=AFTER)
    found = of_places(Seats(SeatsOf.FREE), [place(1, capacity=3), place(2)], [seat])
    assert (found.count, told(found)) == (1, [(Noted.SEAT, 0, day_number(date(2024, 5, 1)))])
    assert found.later[0].says_of_people
    assert of_places(Seats(SeatsOf.CAPACITY), [place(1, capacity=3)], [seat]).count == 0


def test_a_confirmation_that_was_noted_late_is_why_a_place_is_up_to_date():
    stood = ConfirmationStatement(
        place=1, on=date(2024, 12, 1), until=date(2025, 3, 1), recorded_at=AFTER
    )
    found = of_places(SharePlacesConfirmed(), [place(1), place(2)], stood=[stood])
    assert (found.count, told(found)) == (
        1,
        [(Noted.CONFIRMATION, 0, day_number(date(2024, 12, 1)))],
    )
    assert of_places(PlacesListed(), [place(1)], stood=[stood]).count == 0
    fresh = PlacesListed(PlaceFilters(confirmed=True))
    assert of_places(fresh, [place(1)], stood=[stood]).count == 1


def test_of_another_organisation_kind_or_district_nothing_changes():
    late = place(2, recorded=AFTER)
    for where in (Where(organisation=8), Where(district=2), Where(place_kind=PlaceKind.TRAINING)):
        assert of_places(PlacesListed(), [late], where=where).count == 0
    where = Where(district=1, place_kind=PlaceKind.DAY_ACTIVITY, organisation=7)
    assert of_places(PlacesListed(), [late], where=where).count == 1


@thorough
@given(place_histories.words, place_histories.place_situations(), moments)
def test_a_figure_about_places_that_changed_has_something_that_changed_it(word, situation, then):
    places, seats, stood, on, now = situation
    if now is not None and now < then:
        then, now = now, then
    known = Places.from_statements(places, seats, stood, place_histories.DISTRICTS)
    sources = Sources(NOTHING, None, known)
    found = place_causes(word, known, on, WHOLE, Since(then, now))
    assert bool(found.count) == bool(found.later)
    if value_of(word, sources, on, then) != value_of(word, sources, on, now):
        assert found.count


def value_of(word, sources, on, known_at):
    return evaluate(Version(date.min, word), sources.known_at(known_at), [on]).values[0, 0]


def at(later):
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=later.recorded)
