"""What happens to places when their organisation, location or contact changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.directory.leaving import end_access_of_left
from meedoen.records.directory.models import Contact, Location
from meedoen.records.directory.new import LocationChange, OrganisationChange
from meedoen.records.links.models import Link
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.organisations.queries import person_for
from meedoen.records.places.actions import (
    NewPlace,
    PlaceChange,
    change_places,
    enter_places,
    hold_seats,
)
from meedoen.records.places.detail_queries import facts_on, place_page
from meedoen.records.places.details import PlaceDetails, details_of
from meedoen.records.places.models import Place
from meedoen.records.places.organisation_actions import (
    change_locations,
    change_organisations,
    close_location,
    end_contact,
    leave,
    take_part_again,
)
from meedoen.records.search.queries import search
from meedoen.rules.vocabulary import LinkPurpose, OrganisationKind, PlaceKind, SearchKind
from tests.records.directory.scenes import (
    MONDAY,
    NEXT_MONDAY,
    a_location,
    bakery,
    entered_contact,
    entered_location,
    moestuin_key,
    newest,
)
from tests.town import MORNINGS
from tests.web.coach.scenes import on

TODAY = MONDAY
FRIDAY = date(2026, 3, 6)
LATER = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def monday():
    with on(MONDAY):
        yield


def garden(town) -> Place:
    return Place.objects.get(pk=town.garden)


def tell(town, starts_on: date = TODAY, **changes: Any) -> None:
    """Write down what the garden is from a day on: as it is, but for the changes."""
    details = replace(details_of(garden(town)), **changes)
    change_places(
        town.anna,
        changes=[PlaceChange(place_id=town.garden, starts_on=starts_on, details=details)],
    )


def held(town, day: date) -> PlaceDetails:
    """Return what holds of the garden on a day."""
    details = facts_on(
        town.anna, place_key=garden(town).key, on=day, known_at=datetime.max.replace(tzinfo=UTC)
    )
    assert details is not None
    return details


def finds(town, text: str) -> bool:
    found = search(town.anna, text=text, kind=SearchKind.PLACE)
    return town.garden in {one.subject_id for one in found}


# --- a new name, another address -----------------------------------------------------------------


def test_places_are_found_by_the_new_name_of_their_organisation(town):
    organisation = Organisation.objects.get(pk=town.petra.organisation_id)
    details = bakery(name="Het Kruidenhof", kvk_number="", kind=OrganisationKind.ASSOCIATION)
    change = OrganisationChange(organisation_id=organisation.pk, details=details)
    change_organisations(town.anna, changes=[change])
    assert finds(town, "kruidenhof")
    assert Organisation.objects.get(pk=organisation.pk).name == "Het Kruidenhof"


def test_places_are_found_by_the_new_name_of_their_location_and_move_along(town):
    where = entered_location(town)
    tell(town, location_id=where.pk)
    tell(town, LATER, location_id=where.pk, capacity=8)
    assert finds(town, "kerkstraat")
    moved = a_location(town, name="De Schuur", street="Molenweg", district_id=town.south)
    change_locations(town.anna, changes=[LocationChange(location_id=where.pk, details=moved)])
    assert finds(town, "schuur")
    assert finds(town, "molenweg")
    assert not finds(town, "kerkstraat")
    assert garden(town).district_id == town.south
    assert (held(town, LATER).district_id, held(town, LATER).capacity) == (town.south, 8)


def test_a_place_that_will_be_elsewhere_does_not_move_along(town):
    where = entered_location(town)
    tell(town, location_id=where.pk)
    tell(town, LATER, location_id=None)
    moved = a_location(town, district_id=town.south)
    change_locations(town.anna, changes=[LocationChange(location_id=where.pk, details=moved)])
    assert held(town, TODAY).district_id == town.south
    assert held(town, LATER).district_id == town.north


def test_a_location_with_places_in_it_does_not_close(town):
    where = entered_location(town)
    tell(town, location_id=where.pk)
    with pytest.raises(ActionRefusedError, match=r"nog plekken: Moestuin\. Geef die eerst"):
        close_location(town.anna, key=where.key, closed_on=FRIDAY)
    tell(town, location_id=None)
    seen = newest().pk
    close_location(town.anna, key=where.key, closed_on=FRIDAY, seen=seen)
    assert Location.objects.get(pk=where.pk).closed_on == FRIDAY
    assert newest().after == {"closed_on": "2026-03-06"}
    with pytest.raises(ActionRefusedError, match="net gewijzigd"):
        close_location(town.bram, key=where.key, closed_on=None, seen=seen)
    close_location(town.bram, key=where.key, closed_on=None)
    assert Location.objects.get(pk=where.pk).closed_on is None


# --- somebody else keeps the places --------------------------------------------------------------


def test_who_keeps_places_does_not_end_without_somebody_else_to_do_it(town):
    old, new = entered_contact(town), entered_contact(town, name="Nieuw Testema")
    tell(town, owner_id=old.pk)
    tell(town, LATER, owner_id=old.pk, capacity=9)
    with pytest.raises(ActionRefusedError, match="houdt nog 1 plek bij"):
        end_contact(town.anna, key=old.key, ends_on=NEXT_MONDAY)
    end_contact(town.anna, key=old.key, ends_on=NEXT_MONDAY, new_owner_id=new.pk)
    assert contact_row(town, old).ends_on == NEXT_MONDAY
    assert held(town, TODAY).owner_id == old.pk
    assert held(town, NEXT_MONDAY).owner_id == new.pk
    assert (held(town, LATER).owner_id, held(town, LATER).capacity) == (new.pk, 9)
    assert newest().after == {"ends_on": "2026-03-09"}


def test_somebody_of_another_organisation_or_who_is_gone_cannot_take_over(town):
    old = entered_contact(town)
    strange = entered_contact(town, organisation_id=town.otto.organisation_id)
    late = entered_contact(town, starts_on=LATER)
    tell(town, owner_id=old.pk)
    for other in (old, strange, late):
        with pytest.raises(ActionRefusedError, match="dezelfde organisatie"):
            end_contact(town.anna, key=old.key, ends_on=NEXT_MONDAY, new_owner_id=other.pk)


@pytest.mark.parametrize("ends_on", [date(2026, 3, 1), date(2030, 1, 1)])
def test_a_contact_ends_on_a_day_that_can_be_meant(town, ends_on):
    row = entered_contact(town)
    with pytest.raises(ActionRefusedError, match="Kies een dag"):
        end_contact(town.anna, key=row.key, ends_on=ends_on)


def test_a_contact_elsewhere_cannot_be_ended(town):
    row = entered_contact(town)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        end_contact(town.vera, key=row.key, ends_on=NEXT_MONDAY)


def contact_row(town, row: Contact) -> Contact:
    return Contact.objects.visible_to(town.system).get(pk=row.pk)


# --- leaving -------------------------------------------------------------------------------------


def running(town) -> set[int]:
    """Return who has access to De Moestuin."""
    rows = Membership.objects.filter(
        organisation_id=town.petra.organisation_id, ended_at__isnull=True
    )
    return set(rows.values_list("pk", flat=True))


def a_link(town) -> Link:
    return Link.objects.create(
        municipality_id=town.anna.municipality_id,
        purpose=LinkPurpose.CONFIRM_PLACE,
        subject_id=town.garden,
        organisation_id=town.petra.organisation_id,
        recipient="petra@example.org",
        made_at=datetime.now(UTC),
        expires_at=datetime.now(UTC) + timedelta(days=14),
    )


def test_who_leaves_today_is_out_at_once(town):
    link = a_link(town)
    leave(town.anna, key=moestuin_key(town))
    assert running(town) == set()
    assert person_for(town.petra.account_id) is None
    assert person_for(town.otto.account_id) is not None
    assert Link.objects.visible_to(town.system).get(pk=link.pk).revoked_at is not None
    assert garden(town).closes_on == TODAY
    assert newest().after == {"left_on": "2026-03-02"}


def test_who_leaves_later_has_access_until_then(town):
    leave(town.anna, key=moestuin_key(town), left_on=NEXT_MONDAY, reason="Verhuisd")
    assert running(town) == {town.petra.membership_id, town.pia.membership_id}
    assert end_access_of_left(town.system) == 0
    assert held(town, TODAY).closes_on == NEXT_MONDAY
    with on(NEXT_MONDAY):
        assert end_access_of_left(town.system) == 2
        assert end_access_of_left(town.system) == 0
    assert running(town) == set()


def test_what_was_planned_does_not_open_a_place_again(town):
    tell(town, LATER, title="Moestuin, in de zomer")
    leave(town.anna, key=moestuin_key(town), left_on=NEXT_MONDAY)
    assert held(town, LATER).closes_on == NEXT_MONDAY


def test_no_place_outlasts_an_organisation_that_will_leave(town):
    leave(town.anna, key=moestuin_key(town), left_on=NEXT_MONDAY)
    soup = NewPlace(
        organisation_id=town.petra.organisation_id,
        district_id=town.north,
        kind=PlaceKind.VOLUNTEER_WORK,
        title="Soep koken",
        capacity=4,
        half_days=MORNINGS,
        opens_on=TODAY,
    )
    with pytest.raises(ActionRefusedError, match="op zijn laatst 08-03-2026"):
        enter_places(town.anna, places=[soup])
    with pytest.raises(ActionRefusedError, match="op zijn laatst 08-03-2026"):
        tell(town, closes_on=None)
    enter_places(town.anna, places=[replace(soup, closes_on=NEXT_MONDAY)])


def test_a_place_that_was_to_open_later_never_does(town):
    tell(town, opens_on=LATER)
    leave(town.anna, key=moestuin_key(town))
    assert (garden(town).closes_on, garden(town).is_full) == (TODAY, True)


def test_who_has_people_says_when_and_why_and_the_people_stay(town):
    hold_seats(town.system, changes={town.garden: 2})
    key = moestuin_key(town)
    for given in ({}, {"left_on": NEXT_MONDAY}, {"reason": "Geen geld meer"}):
        with pytest.raises(ActionRefusedError, match="doen hier nog 2 mensen mee"):
            leave(town.anna, key=key, **given)
    leave(town.anna, key=key, left_on=NEXT_MONDAY, reason="Geen geld meer")
    assert garden(town).taken == 2
    page = place_page(town.anna, key=garden(town).key)
    assert page is not None
    assert page.periods[0].reason == "Geen geld meer"
    assert newest().after == {"left_on": "2026-03-09", "reason": "Geen geld meer"}


def test_who_left_does_not_leave_again_and_may_take_part_again(town):
    key = moestuin_key(town)
    leave(town.anna, key=key)
    with pytest.raises(ActionRefusedError, match="al niet meer mee"):
        leave(town.anna, key=key)
    take_part_again(town.lea, key=key)
    assert Organisation.objects.get(key=key).left_on is None
    assert garden(town).closes_on == TODAY
    assert running(town) == set()
    with pytest.raises(ActionRefusedError, match="gewoon mee"):
        take_part_again(town.lea, key=key)


def test_the_later_of_two_is_told_that_it_left(town):
    key, seen = moestuin_key(town), 0
    leave(town.anna, key=key, left_on=NEXT_MONDAY, seen=seen)
    with pytest.raises(ActionRefusedError, match="net gewijzigd"):
        leave(town.bram, key=key, left_on=FRIDAY, seen=seen)


def test_only_who_manages_organisations_lets_them_leave(town):
    for viewer in (town.petra, town.pia, town.suus, town.connie):
        with pytest.raises(PermissionDenied):
            leave(viewer, key=moestuin_key(town))
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        leave(town.vera, key=moestuin_key(town))
