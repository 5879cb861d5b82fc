"""Places as columns: what each was on a day, who held a seat, who stood for it, and known when."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations import clock
from meedoen.records.placements.actions import NewPlacement, confirm_all, end_all, place_all
from meedoen.records.placements.correcting import take_back_starts
from meedoen.records.placements.moving import Change
from meedoen.records.places import columns
from meedoen.records.places.actions import enter_places
from meedoen.records.places.columns import place_columns
from meedoen.records.places.details import as_facts, details_of
from meedoen.records.places.displacement_actions import check_displacement
from meedoen.records.places.found_actions import verify_found_place
from meedoen.records.places.freshness_actions import answer_freshness
from meedoen.records.places.models import Place, PlacePeriod
from meedoen.records.places.own_actions import enter_own_place
from meedoen.records.places.proposed_actions import decide_proposed_place
from meedoen.rules.indicators.place_columns import (
    CONFIRMATION_TYPES,
    PLACE_TYPES,
    SEAT_TYPES,
    Places,
)
from meedoen.rules.indicators.place_spells import place_grouping, place_parts
from meedoen.rules.indicators.place_words import (
    DistrictsWithPlaces,
    PlaceFilters,
    PlacesListed,
    Seats,
    SeatsOf,
    SharePlacesConfirmed,
)
from meedoen.rules.vocabulary import FreshnessAnswer, Outcome, PlaceKind
from tests.asked import change_place
from tests.records.places.finds import HANDED_IN, handed_in
from tests.records.places.proposals import a_proposal
from tests.town import LONG_AGO, NO_PAID_WORK, Town

TODAY = date(2026, 11, 20)


def noon(*, days_ago: int = 0) -> datetime:
    day = TODAY - timedelta(days=days_ago)
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def counted(town: Town, word, on: date = TODAY, known_at: datetime | None = None) -> int:
    known = place_columns(town.connie).known_at(known_at)
    return int(place_parts(word, known, [on], place_grouping(known, None))[0, 0, 0])


pytestmark = pytest.mark.django_db


def test_a_place_counts_from_the_day_on_which_it_opened_and_with_all_its_seats(town: Town):
    assert counted(town, PlacesListed()) == 3
    assert counted(town, PlacesListed(), LONG_AGO - timedelta(days=1)) == 0
    assert counted(town, Seats()) == 8
    assert counted(town, DistrictsWithPlaces()) == 2
    only = PlaceFilters(districts=(town.south,), place_kinds=(PlaceKind.VOLUNTEER_WORK,))
    assert counted(town, PlacesListed(only)) == 1


def new_place(town: Town, **changes) -> int:
    """Enter volunteer work at De Moestuin, with room for two."""
    given = {"kind": PlaceKind.VOLUNTEER_WORK, "organisation_id": town.petra.organisation_id}
    [number] = enter_places(town.system, places=[a_proposal(town, **given | changes)])
    return number


@pytest.fixture
def soup(town: Town) -> int:
    """A language point that was entered a hundred days ago, the only one of its kind."""
    with clock.at(noon(days_ago=100)):
        return new_place(town, kind=PlaceKind.LANGUAGE_POINT)


ONLY = PlaceFilters(place_kinds=(PlaceKind.LANGUAGE_POINT,))
SEATS, FREE_SEATS = Seats(SeatsOf.CAPACITY, ONLY), Seats(SeatsOf.FREE, ONLY)


def test_a_change_holds_from_its_own_day_and_is_known_since_it_was_said(town: Town, soup: int):
    assert counted(town, SEATS, LONG_AGO, noon(days_ago=101)) == 0
    assert counted(town, SEATS, LONG_AGO) == 2
    with clock.at(noon(days_ago=20)):
        change_place(town, soup, from_on=ago(5), capacity=9)
    assert (counted(town, SEATS, ago(6)), counted(town, SEATS, ago(5))) == (2, 9)
    assert counted(town, SEATS, ago(5), noon(days_ago=21)) == 2
    with clock.at(noon(days_ago=3)):
        change_place(town, soup, closes_on=TODAY)
    assert (counted(town, SEATS, ago(1)), counted(town, SEATS, TODAY)) == (2, 0)


def test_seats_are_held_as_the_history_says_also_when_that_was_corrected(town: Town, soup: int):
    with clock.at(noon(days_ago=30)):
        placed = NewPlacement(
            pseudonym_id=town.sam.pseudonym_id, place_id=soup, proposed_on=ago(30)
        )
        [number] = place_all(town.anna, placements=[placed])
        confirm_all(town.petra, changes=[Change(placement_id=number, on=ago(30))])
    assert (counted(town, FREE_SEATS, ago(31)), counted(town, FREE_SEATS, ago(30))) == (2, 1)
    with clock.at(noon(days_ago=10)):
        end_all(
            town.anna, changes=[Change(placement_id=number, on=ago(11), outcome=Outcome.MOVED_AWAY)]
        )
    assert (counted(town, FREE_SEATS, ago(11)), counted(town, FREE_SEATS, ago(10))) == (1, 2)
    # As known the day before, the seat was held until further notice.
    assert counted(town, FREE_SEATS, TODAY, noon(days_ago=11)) == 1
    assert counted(town, FREE_SEATS, TODAY, noon(days_ago=9)) == 2
    assert Place.objects.get(pk=soup).taken == 0


def test_a_start_that_was_taken_back_leaves_the_seat_free_and_stays_known_as_it_was(
    town: Town, soup: int
):
    with clock.at(noon(days_ago=30)):
        placed = NewPlacement(
            pseudonym_id=town.sam.pseudonym_id, place_id=soup, proposed_on=ago(30)
        )
        [number] = place_all(town.anna, placements=[placed])
        confirm_all(town.petra, changes=[Change(placement_id=number, on=ago(30))])
    with clock.at(noon(days_ago=5)):
        take_back_starts(town.anna, changes=[Change(placement_id=number, on=ago(5))])
    held = Place.objects.get(pk=soup).taken
    assert counted(town, FREE_SEATS, TODAY) == 2 - held
    assert counted(town, FREE_SEATS, TODAY, noon(days_ago=6)) == 1


def test_the_columns_know_of_a_day_what_the_place_itself_says_today(town: Town, soup: int):
    with clock.at(noon()):
        placed = NewPlacement(
            pseudonym_id=town.tim.pseudonym_id, place_id=soup, proposed_on=TODAY, half_days=1
        )
        place_all(town.carla, placements=[placed])
        change_place(town, soup, capacity=7)
        row = Place.objects.get(pk=soup)
        assert counted(town, FREE_SEATS) == row.capacity - row.taken == 6
        change_place(town, soup, is_full=True)
        assert counted(town, FREE_SEATS) == 0


def test_an_answer_makes_a_place_fresh_for_as_long_as_the_terms_say(town: Town, soup: int):
    share = SharePlacesConfirmed(ONLY)
    with clock.at(noon(days_ago=50)):
        key = Place.objects.get(pk=soup).key
        answer_freshness(town.petra, place_key=key, answer=FreshnessAnswer.STILL_RIGHT)
    until = Place.objects.get(pk=soup).confirm_by
    assert until is not None
    found = [
        counted(town, share, day) for day in (ago(51), ago(50), until, until + timedelta(days=1))
    ]
    assert found == [0, 1, 1, 0]
    assert counted(town, share, ago(50), noon(days_ago=51)) == 0


def test_a_first_confirmation_is_still_known_after_the_next_one(town: Town):
    share = SharePlacesConfirmed(ONLY)
    with clock.at(noon(days_ago=300)):
        number = new_place(town, kind=PlaceKind.LANGUAGE_POINT, confirmed_on=ago(300))
    with clock.at(noon(days_ago=1)):
        key = Place.objects.get(pk=number).key
        answer_freshness(town.petra, place_key=key, answer=FreshnessAnswer.STILL_RIGHT)
    assert [counted(town, share, day) for day in (ago(301), ago(300), ago(2), TODAY)] == [
        0,
        1,
        0,
        1,
    ]


def test_a_place_from_before_counts_as_confirmed_when_it_says_so_itself(town: Town, soup: int):
    row = Place.objects.get(pk=soup)
    row.pk, row._state.adding, row.key = None, True, uuid.uuid4()
    row.confirmed_on, row.confirm_by = ago(90), ago(1)
    row.save()
    PlacePeriod.objects.create(
        municipality_id=row.municipality_id,
        place=row,
        starts_on=LONG_AGO,
        recorded_at=noon(days_ago=95),
        facts=as_facts(details_of(row)),
    )
    assert counted(town, PlacesListed(ONLY), LONG_AGO) == 2
    assert counted(town, SharePlacesConfirmed(ONLY), ago(90)) == 1


def test_what_an_organisation_proposes_counts_from_the_day_it_comes_into_the_directory(town: Town):
    jobs = PlacesListed(PlaceFilters(organisations=(town.petra.organisation_id or 0,)))
    before = counted(town, jobs)
    with clock.at(noon(days_ago=40)):
        key = enter_own_place(town.petra, place=a_proposal(town))
        check_displacement(town.lea, place_key=key, answers=NO_PAID_WORK)
    assert Place.objects.get(key=key).status == "proposed"
    assert counted(town, jobs) == before
    with clock.at(noon(days_ago=30)):
        decide_proposed_place(town.lea, place_key=key, accept=True)
    assert [counted(town, jobs, ago(day)) - before for day in (31, 30, 0)] == [0, 1, 1]


def test_a_found_place_counts_from_the_day_somebody_looked_at_it(town: Town):
    listed = PlacesListed(PlaceFilters(place_kinds=(PlaceKind.VOLUNTEER_WORK,)))
    before = counted(town, listed)
    key = handed_in(town)
    assert counted(town, listed) == before
    with clock.at(noon(days_ago=30)):
        verify_found_place(town.lea, place_key=key, accept=True)
    assert ago(30) > HANDED_IN
    assert [counted(town, listed, ago(day)) - before for day in (31, 30, 0)] == [0, 1, 1]
    fresh = SharePlacesConfirmed(PlaceFilters(place_kinds=(PlaceKind.VOLUNTEER_WORK,)))
    assert counted(town, fresh, ago(30)) - counted(town, fresh, ago(31)) == 1


def test_who_may_not_read_the_history_gets_no_places_and_another_municipality_its_own(town: Town):
    assert len(place_columns(town.petra).statements.place) == 0
    assert len(place_columns(town.anna).statements.place) == 0
    theirs = place_columns(replace(town.connie, municipality_id=town.vera.municipality_id))
    assert (len(theirs.statements.place), len(theirs.districts)) == (0, 1)


# --- kept in the process -------------------------------------------------------------------------


@pytest.fixture
def _nothing_kept():
    columns._kept.clear()
    yield
    columns._kept.clear()


def anew(town: Town) -> Places:
    with transaction.atomic():
        return place_columns(town.connie)


def assert_equal(one: Places, other: Places) -> None:
    for names, own in (
        (PLACE_TYPES, "statements"),
        (SEAT_TYPES, "seats"),
        (CONFIRMATION_TYPES, "confirmations"),
    ):
        for name in names:
            here, there = getattr(getattr(one, own), name), getattr(getattr(other, own), name)
            assert here.tolist() == there.tolist(), name


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_nothing_kept")
def test_what_was_read_is_used_again_until_anything_of_it_changes(town: Town):
    first = place_columns(town.connie)
    assert place_columns(town.connie) is first
    changes = [
        lambda: change_place(town, town.far, capacity=9),
        lambda: answer_freshness(
            town.otto,
            place_key=Place.objects.get(pk=town.far).key,
            answer=FreshnessAnswer.STILL_RIGHT,
        ),
        lambda: place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=town.sam.pseudonym_id,
                    place_id=town.repair,
                    proposed_on=clock.today(),
                )
            ],
        ),
    ]
    for change in changes:
        change()
        newer = place_columns(town.connie)
        assert newer is not first
        assert_equal(newer, anew(town))
        assert place_columns(town.connie) is newer
        first = newer


def test_ten_and_two_hundred_places_take_as_many_questions(town: Town):
    asked = []
    for more in (10, 190):
        for _ in range(more):
            new_place(town)
        with CaptureQueriesContext(connection) as questions:
            place_columns(town.connie)
        asked.append(len(questions))
    assert asked[0] == asked[1]
