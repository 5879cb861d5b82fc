"""Entering places and changing them: from a day on, with all that was said before kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.places.actions import (
    NewPlace,
    PlaceChange,
    PlaceFullError,
    apply_due_periods,
    change_places,
    enter_places,
    hold_seats,
)
from meedoen.records.places.detail_queries import facts_on, place_page, place_periods
from meedoen.records.places.details import details_of
from meedoen.records.places.models import Place, PlaceInterest, PlacePeriod
from meedoen.records.search.queries import search
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus, SearchKind, StartWindow
from tests.at_once import at_once
from tests.records.directory.scenes import entered_contact, entered_location
from tests.records.places.finds import handed_in
from tests.town import MORNINGS, SUNDAY, Town, build_town
from tests.web.coach.scenes import on

TODAY = date(2026, 3, 2)
TOMORROW = TODAY + timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)
LATER = date(2026, 6, 1)
SOUP = "U snijdt groente en kookt soep voor de buurt."


@pytest.fixture(autouse=True)
def today():
    with on(TODAY):
        yield


def new(town: Town, **changes: Any) -> NewPlace:
    """Return a place at De Moestuin to enter."""
    values: dict[str, Any] = {
        "organisation_id": town.petra.organisation_id,
        "district_id": town.north,
        "kind": PlaceKind.VOLUNTEER_WORK,
        "title": "Soep koken",
        "description": SOUP,
        "capacity": 4,
        "half_days": MORNINGS,
        "opens_on": TODAY,
    }
    return NewPlace(**(values | changes))


def entered(town: Town, viewer=None, **changes: Any) -> Place:
    [number] = enter_places(viewer or town.anna, places=[new(town, **changes)])
    return Place.objects.get(pk=number)


def change(place: Place, starts_on: date = TODAY, seen: int | None = None, **to: Any):
    details = replace(details_of(Place.objects.get(pk=place.pk)), **to)
    return PlaceChange(place_id=place.pk, starts_on=starts_on, details=details, seen=seen)


def now(place: Place) -> Place:
    return Place.objects.get(pk=place.pk)


def finds(viewer, text: str) -> set[int]:
    return {one.subject_id for one in search(viewer, text=text, kind=SearchKind.PLACE)}


# --- entering ------------------------------------------------------------------------------------


def test_a_coach_enters_a_place_with_its_first_period(town):
    place = entered(town, interests=frozenset({"cooking"}))
    assert (place.status, place.taken, place.capacity) == (PlaceStatus.LISTED, 0, 4)
    assert (place.confirmed_on, place.confirm_by) == (None, None)
    [period] = PlacePeriod.objects.filter(place=place)
    assert (period.starts_on, period.recorded_by_id) == (TODAY, town.anna.membership_id)
    assert [one.code for one in PlaceInterest.objects.filter(place=place)] == ["cooking"]
    assert place.pk in finds(town.anna, "groente")


def test_a_place_that_somebody_stood_for_is_fresh(town):
    place = entered(town, confirmed_on=TODAY)
    assert place.confirm_by is not None
    assert place.confirm_by > TODAY


def test_a_partner_enters_an_own_place_and_no_other(town):
    assert entered(town, town.petra).organisation_id == town.petra.organisation_id
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        enter_places(town.otto, places=[new(town)])


def test_html_in_a_description_stays_text(town):
    text = "<script>alert(1)</script> & <b>soep</b>"
    place = entered(town, description=text)
    assert place.description == text
    assert place.pk in finds(town.anna, "alert")


WEEKLY = "FREQ=WEEKLY;BYDAY=MO"


def session(rule: str = WEEKLY, **changes: Any) -> Session:
    values = {"first_on": TODAY, "opens_at": time(9), "closes_at": time(12)}
    return Session(rule=rule, **(values | changes))


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("FREQ=SECONDLY", "elke week of elke maand"),
        ("FREQ=DAILY", "elke week of elke maand"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "elke week of elke maand"),
        ("FREQ=WEEKLY;INTERVAL=0;BYDAY=MO", "elke week of elke maand"),
        ("FREQ=WEEKLY;INTERVAL=99999999999999999999;BYDAY=MO", "herhaling"),
        ("FREQ=WEEKLY;COUNT=1000000;BYDAY=MO", "herhaling"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=99991231", "niet kennen"),
        ("FREQ=WEEKLY;BYHOUR=0,1,2,3;BYDAY=MO", "niet kennen"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "niet te lezen"),
        ("elke maandag", "niet te lezen"),
        ("", "niet te lezen"),
    ],
)
def test_an_endless_or_absurd_recurrence_is_refused(town, rule, sentence):
    with pytest.raises(ActionRefusedError, match=sentence):
        entered(town, sessions=(session(rule),))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "naam van hoogstens 120"),
        ({"title": "x" * 121}, "naam van hoogstens 120"),
        ({"description": "x" * 4_001}, "te lang"),
        ({"capacity": -1}, "tussen 0 en"),
        ({"capacity": 2_001}, "tussen 0 en"),
        ({"half_days": 0}, "minstens één dagdeel"),
        ({"half_days": 1 << 21}, "minstens één dagdeel"),
        ({"half_days": SUNDAY, "half_days_needed": 2}, "niet meer dagdelen"),
        ({"closes_on": TODAY}, "stopt voordat"),
        ({"start_window": StartWindow.FIXED_DAY}, "op welke dag"),
        ({"district_id": 0}, "Deze wijk bestaat niet"),
        ({"organisation_id": 0}, "Deze organisatie bestaat niet"),
        ({"location_id": 999}, "locatie hoort niet"),
        ({"owner_id": 999}, "contactpersoon hoort niet"),
        ({"sessions": (session(closes_at=time(9)),)}, "niet na de begintijd"),
        ({"sessions": (session(last_on=date(2026, 1, 1)),)}, "voor de eerste dag"),
        ({"sessions": (session(),) * 31}, "te veel tijden"),
        ({"description": "Vraag naar 111.222.333"}, "een BSN kan zijn"),
        ({"guidance_note": "111222333 helpt"}, "een BSN kan zijn"),
    ],
)
def test_what_is_wrong_is_said(town, changes, sentence):
    with pytest.raises(ActionRefusedError, match=sentence):
        entered(town, **changes)


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_kept(town):
    before = Place.objects.count()
    with pytest.raises(ActionRefusedError) as refused:
        enter_places(town.anna, places=[new(town), new(town, title="", capacity=-1)])
    assert "naam" in str(refused.value)
    assert "tussen 0 en" in str(refused.value)
    assert Place.objects.count() == before


def test_a_location_and_an_owner_are_of_the_same_organisation(town):
    elsewhere = town.otto.organisation_id
    where, who = (
        entered_location(town, organisation_id=elsewhere),
        entered_contact(town, organisation_id=elsewhere),
    )
    with pytest.raises(ActionRefusedError, match="locatie hoort niet"):
        entered(town, location_id=where.pk)
    with pytest.raises(ActionRefusedError, match="contactpersoon hoort niet"):
        entered(town, owner_id=who.pk)


# --- changing ------------------------------------------------------------------------------------


def test_a_change_for_today_holds_at_once_and_the_place_is_found_by_it(town):
    place = entered(town)
    bread = change(place, title="Brood bakken", description="U kneedt deeg.")
    change_places(town.anna, changes=[bread])
    assert now(place).title == "Brood bakken"
    assert finds(town.anna, "deeg") == {place.pk}
    assert finds(town.anna, "groente") == set()
    assert PlacePeriod.objects.filter(place=place).count() == 2


def test_a_change_for_later_holds_from_that_night_on(town):
    place = entered(town)
    change_places(
        town.anna,
        changes=[change(place, NEXT_WEEK, title="Brood", interests=frozenset({"baking"}))],
    )
    assert now(place).title == "Soep koken"
    assert apply_due_periods(town.system) == 0
    with on(NEXT_WEEK):
        assert apply_due_periods(town.system) == 1
        assert now(place).title == "Brood"
        assert [one.code for one in PlaceInterest.objects.filter(place=place)] == ["baking"]
        assert place.pk in finds(town.anna, "brood")
        assert apply_due_periods(town.system) == 0


def test_a_night_that_was_missed_is_made_up_for(town):
    place = entered(town)
    change_places(town.anna, changes=[change(place, TOMORROW, title="Morgen")])
    change_places(town.anna, changes=[change(place, NEXT_WEEK, title="Volgende week")])
    with on(LATER):
        assert apply_due_periods(town.system) == 1
    assert now(place).title == "Volgende week"


def test_another_municipality_is_left_alone_in_the_night(town):
    place = entered(town)
    change_places(town.anna, changes=[change(place, TOMORROW, title="Morgen")])
    with on(TOMORROW):
        assert apply_due_periods(replace(town.system, municipality_id=2)) == 0
    assert now(place).title == "Soep koken"


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=367)])
def test_a_change_begins_today_or_within_a_year(town, day):
    place = entered(town)
    with pytest.raises(ActionRefusedError, match="vanaf vandaag, en hoogstens een jaar"):
        change_places(town.anna, changes=[change(place, day)])


def test_the_later_of_two_who_change_is_told(town):
    place = entered(town)
    page = place_page(town.anna, key=place.key)
    assert page is not None
    change_places(town.anna, changes=[change(place, seen=page.seen, title="Eerst")])
    with pytest.raises(ActionRefusedError, match="Iemand anders heeft deze plek net gewijzigd"):
        change_places(town.petra, changes=[change(place, seen=page.seen, title="Daarna")])
    assert now(place).title == "Eerst"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_at_one_moment_one_is_told():
    town = build_town()
    with on(TODAY):
        place = entered(town)
        seen = PlacePeriod.objects.get(place=place).pk
    refused = []

    def write(viewer, title):
        with on(TODAY):
            try:
                change_places(viewer, changes=[change(place, seen=seen, title=title)])
            except ActionRefusedError as error:
                refused.append(str(error))

    at_once(lambda: write(town.petra, "Van Petra"), lambda: write(town.pia, "Van Pia"))
    assert len(refused) == 1
    assert now(place).title in {"Van Petra", "Van Pia"}
    assert PlacePeriod.objects.filter(place=place).count() == 2


def test_the_room_does_not_go_below_who_takes_part(town):
    place = entered(town)
    hold_seats(town.system, changes={place.pk: 3})
    with pytest.raises(ActionRefusedError, match="nu 3 mensen"):
        change_places(town.anna, changes=[change(place, capacity=2)])
    change_places(town.anna, changes=[change(place, capacity=3)])
    with pytest.raises(PlaceFullError):
        hold_seats(town.system, changes={place.pk: 1})


def test_who_came_before_less_room_began_stays(town):
    place = entered(town)
    change_places(town.anna, changes=[change(place, NEXT_WEEK, capacity=1)])
    hold_seats(town.system, changes={place.pk: 3})
    with on(NEXT_WEEK):
        apply_due_periods(town.system)
        assert (now(place).capacity, now(place).taken) == (3, 3)
        # The night does nothing twice, and gives the room back when somebody leaves.
        assert apply_due_periods(town.system) == 0
        hold_seats(town.system, changes={place.pk: -2})
        assert apply_due_periods(town.system) == 1
        assert (now(place).capacity, now(place).taken) == (1, 1)


def test_the_kind_is_another_only_while_nobody_is_there(town):
    place = entered(town, kind=PlaceKind.PARTICIPATION_JOB)
    hold_seats(town.system, changes={place.pk: 1})
    with pytest.raises(ActionRefusedError, match="De soort van deze plek kan nu niet anders"):
        change_places(town.anna, changes=[change(place, kind=PlaceKind.VOLUNTEER_WORK)])
    with pytest.raises(ActionRefusedError, match="Voer een nieuwe plek in"):
        change_places(town.anna, changes=[change(place, NEXT_WEEK, kind=PlaceKind.TRAINING)])
    change_places(town.anna, changes=[change(place, title="Anders")])
    hold_seats(town.system, changes={place.pk: -1})
    change_places(town.anna, changes=[change(place, kind=PlaceKind.VOLUNTEER_WORK)])
    assert (now(place).title, now(place).kind) == ("Anders", PlaceKind.VOLUNTEER_WORK)


def test_a_kind_that_was_planned_waits_until_who_came_before_it_left(town):
    place = entered(town)
    change_places(town.anna, changes=[change(place, NEXT_WEEK, kind=PlaceKind.TRAINING)])
    hold_seats(town.system, changes={place.pk: 1})
    with on(NEXT_WEEK):
        apply_due_periods(town.system)
        assert now(place).kind == PlaceKind.VOLUNTEER_WORK
        # Something else about it may be said all the same.
        change_places(town.anna, changes=[change(place, NEXT_WEEK + timedelta(days=1), title="A")])
        hold_seats(town.system, changes={place.pk: -1})
        apply_due_periods(town.system)
        assert now(place).kind == PlaceKind.TRAINING


def test_a_partner_changes_own_places_and_gives_none_away(town):
    place = entered(town)
    change_places(town.petra, changes=[change(place, title="Van ons")])
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        change_places(town.otto, changes=[change(place, title="Van hen")])
    away = change(place, organisation_id=town.otto.organisation_id)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        change_places(town.petra, changes=[away])
    assert (now(place).title, now(place).organisation_id) == ("Van ons", place.organisation_id)


def test_one_place_twice_or_not_there_is_refused_and_nothing_is_kept(town):
    place = entered(town)
    twice = [change(place, title="Een"), change(place, title="Twee")]
    with pytest.raises(ActionRefusedError, match="twee keer"):
        change_places(town.anna, changes=twice)
    nowhere = replace(change(place, title="Een"), place_id=0)
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        change_places(town.anna, changes=[twice[0], nowhere])
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        change_places(town.vera, changes=[twice[0]])
    assert now(place).title == "Soep koken"


def test_who_may_not_is_refused(town):
    place = entered(town)
    for viewer in (town.suus, town.connie, town.roos, town.priya, town.ab):
        with pytest.raises(PermissionDenied):
            enter_places(viewer, places=[new(town)])
        with pytest.raises(PermissionDenied):
            change_places(viewer, changes=[change(place)])


# --- what held, and what was known ---------------------------------------------------------------


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_both_times_what_held_on_a_day_as_known_at_a_moment(town):
    """On 2 March: soup. On 3 March: bread from 9 March on. On 9 March: cake from that day on."""
    place = entered(town)
    with on(TOMORROW):
        change_places(town.anna, changes=[change(place, NEXT_WEEK, title="Brood")])
    with on(NEXT_WEEK):
        change_places(town.anna, changes=[change(place, NEXT_WEEK, title="Taart")])

    def title(day: date, known: date) -> str | None:
        facts = facts_on(town.anna, place_key=place.key, on=day, known_at=noon(known))
        return facts.title if facts else None

    table = [
        (TODAY - timedelta(days=1), LATER, None),
        (TODAY, TODAY - timedelta(days=1), None),
        (TODAY, TODAY, "Soep koken"),
        (LATER, TODAY, "Soep koken"),
        (TODAY, LATER, "Soep koken"),
        (LATER, TOMORROW, "Brood"),
        (NEXT_WEEK - timedelta(days=1), LATER, "Soep koken"),
        (NEXT_WEEK, TOMORROW, "Brood"),
        (NEXT_WEEK, NEXT_WEEK, "Taart"),
        (LATER, LATER, "Taart"),
    ]
    for day, known, expected in table:
        assert title(day, known) == expected, (day, known)


def test_a_change_for_today_does_not_undo_what_was_planned(town):
    place = entered(town)
    change_places(town.anna, changes=[change(place, NEXT_WEEK, title="Brood")])
    change_places(town.anna, changes=[change(place, title="Vandaag iets anders")])
    with on(NEXT_WEEK):
        apply_due_periods(town.system)
    assert now(place).title == "Brood"


def test_the_time_line_says_what_changed_when_and_by_whom(town):
    place = entered(town)
    with on(TOMORROW):
        planned = replace(change(place, NEXT_WEEK, title="Brood"), reason="De oven is er")
        change_places(town.petra, changes=[planned])
        page = place_page(town.anna, key=place.key)
    assert page is not None
    newest, first = page.periods
    assert (newest.starts_on, newest.reason, newest.said.name) == (
        NEXT_WEEK,
        "De oven is er",
        "Petra Testema",
    )
    assert newest.before is not None
    assert (newest.before.title, newest.details.title) == ("Soep koken", "Brood")
    assert first.before is None
    assert page.seen == newest.period_id
    with on(TOMORROW):
        assert [one.starts_on for one in page.planned] == [NEXT_WEEK]


def test_an_organisation_does_not_learn_who_of_the_municipality_said_something(town):
    place = entered(town)
    [period] = place_periods(town.petra, key=place.key)
    assert (period.said.name, period.said.by_municipality) == ("", True)
    change_places(town.petra, changes=[change(place, title="Van ons")])
    assert place_periods(town.pia, key=place.key)[0].said.name == "Petra Testema"


def test_who_opens_a_place(town):
    place = entered(town)
    for viewer in (town.anna, town.carla, town.lea, town.suus, town.petra, town.pia):
        assert place_page(viewer, key=place.key) is not None
    for viewer in (town.otto, town.vera, town.connie, town.roos, town.priya, town.ab):
        assert place_page(viewer, key=place.key) is None
        assert place_periods(viewer, key=place.key) == []
        assert facts_on(viewer, place_key=place.key, on=TODAY, known_at=noon(TODAY)) is None


def test_a_place_that_was_found_is_for_who_may_open_the_file_of_who_found_it(town):
    key = handed_in(town, day=TODAY)
    for viewer in (town.anna, town.lea):
        assert place_page(viewer, key=key) is not None
    for viewer in (town.carla, town.suus, town.petra, town.vera):
        assert place_page(viewer, key=key) is None
