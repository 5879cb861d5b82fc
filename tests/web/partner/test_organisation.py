"""The own organisation: a partner keeps its contacts, its locations and what it says of itself."""

from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from meedoen.records.directory.actions import enter_contacts
from meedoen.records.directory.models import Contact, DirectoryChange, Location
from meedoen.records.organisations.models import Organisation
from meedoen.records.places.actions import PlaceChange, apply_due_periods, change_places
from meedoen.records.places.details import details_of
from meedoen.records.places.models import Place
from meedoen.records.places.own_actions import enter_own_place
from meedoen.records.places.own_organisation import kept_organisation
from meedoen.rules.vocabulary import Accessibility
from tests.records.directory.scenes import (
    MONDAY,
    NEXT_MONDAY,
    a_contact,
    entered_contact,
    entered_location,
    moestuin_key,
)
from tests.records.places.finds import handed_in
from tests.records.places.proposals import a_proposal
from tests.web.coach.scenes import NOBODY, address, hidden, on, readable
from tests.web.public.reading import links_of

CONTACT = {
    "role": "coordinator",
    "name": "Kees Testema",
    "email": "kees@example.org",
    "phone": "",
    "starts_on": "2026-01-01",
}
SHOWN = reverse("partner:organisation")
SUNDAY = "2026-03-08"
"""The last day before NEXT_MONDAY, as it is typed."""
WITHOUT_KEY = ("organisation_change", "contact_new", "location_new")


@pytest.fixture(autouse=True)
def monday():
    with on(MONDAY):
        yield


def own(name, key=None):
    return reverse(f"partner:{name}", args=[key] if key else [])


def both(town):
    """Return a browser of Petra and one of Pia, her colleague."""
    browsers = Client(), Client()
    for browser, member in zip(browsers, (town.petra, town.pia), strict=True):
        browser.force_login(get_user_model().objects.get(pk=member.account_id))
    return browsers


def location_form(town, **changes):
    return {"name": "De Kas", "district": str(town.north), "postal_code": "1234ab"} | changes


def with_keys(contact, location):
    """Return the addresses about one contact and one location."""
    return [
        own("contact_change", contact.key),
        own("contact_end", contact.key),
        own("location_change", location.key),
        own("location_close", location.key),
    ]


def garden_with(town, **changes):
    """Let the garden hold something else from today on."""
    details = replace(details_of(Place.objects.get(pk=town.garden)), **changes)
    change = PlaceChange(place_id=town.garden, starts_on=MONDAY, details=details)
    change_places(town.anna, changes=[change])


def contact_of(town, name):
    return Contact.objects.visible_to(town.system).get(name=name)


# --- looking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["petra", "pia"])
def test_who_works_there_sees_everything_with_a_way_to_change_it(town, sign_in, name):
    contact = entered_contact(town)
    location = entered_location(town, accessibility=frozenset({Accessibility.LIFT}))
    shown = sign_in(town.members[name]).get(SHOWN)
    page = readable(shown)
    for part in ("De Moestuin", contact.name, location.name, "Kerkstraat 12a", "ift"):
        assert part in page
    assert "De naam, de soort en het KVK-nummer kunt u niet zelf wijzigen." in page
    assert ("Collega's uitnodigen" in page) == (name == "pia")
    links = set(links_of(shown).values())
    assert links >= {*with_keys(contact, location), *(own(one) for one in WITHOUT_KEY)}


def test_another_organisation_sees_its_own_page_and_nothing_of_this_one(town, sign_in):
    contact, location = entered_contact(town), entered_location(town)
    client = sign_in(town.otto)
    page = readable(client.get(SHOWN))
    assert "De Werkplaats" in page
    for part in ("Moestuin", contact.name, location.name):
        assert part not in page
    sent = CONTACT | location_form(town) | {"last_on": SUNDAY}
    for one in with_keys(contact, location):
        assert client.get(one).status_code == 404
        assert client.post(one, sent).status_code == 404
    contact.refresh_from_db()
    location.refresh_from_db()
    assert (contact.name, location.name) == ("Petra Testema", "De Kas")
    assert location.closed_on is None


def test_what_is_not_there_is_not_found(town, sign_in):
    client = sign_in(town.petra)
    for name in ("contact_change", "contact_end", "location_change", "location_close"):
        assert client.get(own(name, NOBODY)).status_code == 404


def test_what_only_a_finder_typed_is_not_there(town, sign_in):
    handed_in(
        town,
        day=MONDAY,
        starts_on=MONDAY,
        organisation="De Moestuin",
        street="Elders 1",
        contact_name="Ro Testema",
        contact_email="ro@example.org",
    )
    contact, location = contact_of(town, "Ro Testema"), Location.objects.get(name="Elders 1")
    client = sign_in(town.petra)
    page = readable(client.get(SHOWN))
    assert "Ro Testema" not in page
    assert "Elders 1" not in page
    for one in with_keys(contact, location):
        assert client.get(one).status_code == 404


@pytest.mark.parametrize(
    "name", ["anna", "lea", "carla", "vera", "roos", "connie", "suus", "priya", "ab"]
)
def test_who_is_no_partner_does_not_find_these_pages(town, sign_in, name):
    client = sign_in(town.members[name])
    every = with_keys(entered_contact(town), entered_location(town))
    for one in [SHOWN, *(own(one) for one in WITHOUT_KEY), *every]:
        assert client.get(one).status_code == 404
        assert client.post(one, CONTACT).status_code == 404
    assert Contact.objects.visible_to(town.system).count() == 1


def test_a_wrong_method_is_refused(town, sign_in):
    client = sign_in(town.petra)
    assert client.post(SHOWN).status_code == 405
    every = with_keys(entered_contact(town), entered_location(town))
    for one in [*(own(one) for one in WITHOUT_KEY), *every]:
        assert client.put(one).status_code == 405
        assert client.delete(one).status_code == 405


def test_who_works_at_no_organisation_has_no_own_one(town):
    for viewer in (town.anna, town.system, town.connie, town.roos):
        assert kept_organisation(viewer) is None


# --- what it does --------------------------------------------------------------------------------


def test_a_partner_says_what_it_does_and_nothing_else_changes(town, sign_in):
    client = sign_in(town.petra)
    url = own("organisation_change")
    sent = {
        "description": "  We telen groente. ",
        "website": "https://www.example.org/moestuin",
        "seen": hidden(client.get(url), "seen"),
        # Not in the form: these are the municipality's.
        "name": "De Kaper",
        "kind": "employer",
        "kvk_number": "12345678",
    }
    page = readable(client.post(url, sent, follow=True))
    assert "Het is opgeslagen." in page
    assert "We telen groente." in page
    row = Organisation.objects.get(pk=town.petra.organisation_id)
    assert (row.name, row.kind, row.kvk_number) == ("De Moestuin", "association", "")
    assert (row.description, row.website) == (
        "We telen groente.",
        "https://www.example.org/moestuin",
    )
    told = readable(sign_in(town.anna).get(address("organisation", moestuin_key(town))))
    assert "Petra Testema" in told
    assert "Website: https://www.example.org/moestuin" in told


def test_a_wrong_website_is_told_and_what_was_typed_stays(town, sign_in):
    sent = {"description": "Wij <b>telen</b>", "website": "javascript:alert(1)"}
    answer = sign_in(town.petra).post(own("organisation_change"), sent)
    assert answer.status_code == 422
    assert "Een website begint met https://" in readable(answer)
    assert "Wij &lt;b&gt;telen&lt;/b&gt;" in answer.content.decode()
    assert not DirectoryChange.objects.exists()


def test_the_later_of_two_colleagues_who_describe_is_told(town):
    petra, pia = both(town)
    url = own("organisation_change")
    seen = [hidden(one.get(url), "seen") for one in (petra, pia)]
    assert pia.post(url, {"description": "Eerst", "seen": seen[1]}).status_code == 302
    late = petra.post(url, {"description": "Daarna", "seen": seen[0]})
    assert late.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd" in readable(late)
    assert "Daarna" in late.content.decode()
    assert Organisation.objects.get(pk=town.petra.organisation_id).description == "Eerst"


# --- contacts ------------------------------------------------------------------------------------


def test_a_partner_adds_a_contact_and_a_colleague_changes_it(town):
    petra, pia = both(town)
    assert "Kees Testema" in readable(petra.post(own("contact_new"), CONTACT, follow=True))
    row = contact_of(town, "Kees Testema")
    assert row.organisation_id == town.petra.organisation_id
    url = own("contact_change", row.key)
    sent = CONTACT | {"phone": "06 12345678", "seen": hidden(pia.get(url), "seen")}
    assert "06 12345678" in readable(pia.post(url, sent, follow=True))
    late = petra.post(url, sent | {"name": "Te Laat"})
    assert late.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd" in readable(late)
    assert "Te Laat" in late.content.decode()


def test_a_contact_with_mistakes_is_shown_again(town, sign_in):
    client = sign_in(town.petra)
    wrong = client.post(own("contact_new"), CONTACT | {"email": "kees"})
    assert wrong.status_code == 422
    assert "Dit is geen e-mailadres." in readable(wrong)
    assert "Kees Testema" in wrong.content.decode()
    row = entered_contact(town)
    wrong = client.post(own("contact_change", row.key), CONTACT | {"role": "baas"})
    assert wrong.status_code == 422
    assert contact_of(town, "Petra Testema") == row
    assert Contact.objects.visible_to(town.system).count() == 1


def test_a_contact_ends_and_stays_to_be_read(town, sign_in):
    row = entered_contact(town)
    client, url = sign_in(town.petra), own("contact_end", row.key)
    wrong = client.post(url, {"last_on": "2026-02-27"})
    assert wrong.status_code == 422
    assert "Kies een dag vanaf vandaag" in readable(wrong)
    sent = {"last_on": SUNDAY, "seen": hidden(client.get(url), "seen")}
    assert client.post(url, sent).status_code == 302
    assert contact_of(town, row.name).ends_on == NEXT_MONDAY
    with on(NEXT_MONDAY):
        page = readable(sign_in(town.petra).get(SHOWN))
    assert "Er is nog geen contactpersoon." in page
    assert "Eerdere contactpersonen" in page


def test_who_still_keeps_places_does_not_end_without_somebody_else(town, sign_in):
    old = entered_contact(town)
    new = entered_contact(town, name="Nel Testema")
    strange = entered_contact(town, name="Vreemd", organisation_id=town.otto.organisation_id)
    garden_with(town, owner_id=old.pk)
    client, url = sign_in(town.petra), own("contact_end", old.key)
    asked = client.get(url)
    assert "Moestuin" in readable(asked)
    assert "Nel Testema" in readable(asked)
    assert "Vreemd" not in readable(asked)
    sent = {"last_on": SUNDAY, "seen": hidden(asked, "seen")}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "Deze contactpersoon houdt nog 1 plek bij. Kies wie" in readable(refused)
    assert client.post(url, sent | {"new_owner": str(strange.pk)}).status_code == 422
    assert client.post(url, sent | {"new_owner": str(new.pk)}).status_code == 302
    assert contact_of(town, old.name).ends_on == NEXT_MONDAY
    with on(NEXT_MONDAY):
        apply_due_periods(town.system)
    assert Place.objects.get(pk=town.garden).owner_id == new.pk


def test_who_keeps_a_place_that_still_waits_for_the_municipality_is_asked_too(town, sign_in):
    old, new = entered_contact(town), entered_contact(town, name="Nel Testema")
    client = sign_in(town.petra)
    enter_own_place(town.petra, place=a_proposal(town, owner_id=old.pk))
    asked = client.get(own("contact_end", old.key))
    assert "Wie houdt daarna de plekken bij?" in readable(asked)
    sent = {"last_on": SUNDAY, "new_owner": str(new.pk)}
    assert client.post(own("contact_end", old.key), sent).status_code == 302


# --- locations -----------------------------------------------------------------------------------


def test_a_partner_adds_a_location_and_a_colleague_changes_it(town):
    petra, pia = both(town)
    made = petra.post(own("location_new"), location_form(town), follow=True)
    assert "1234 AB" in readable(made)
    row = Location.objects.get(name="De Kas")
    assert row.organisation_id == town.petra.organisation_id
    garden_with(town, location_id=row.pk)
    url = own("location_change", row.key)
    sent = location_form(town, district=str(town.south), seen=hidden(pia.get(url), "seen"))
    assert pia.post(url, sent).status_code == 302
    # The place moves along to the other district.
    assert Place.objects.get(pk=town.garden).district_id == town.south
    late = petra.post(url, sent | {"name": "Te Laat"})
    assert late.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd" in readable(late)
    assert "Te Laat" in late.content.decode()


def test_a_location_with_mistakes_is_shown_again(town, sign_in):
    client = sign_in(town.petra)
    wrong = client.post(own("location_new"), location_form(town, postal_code="12"))
    assert wrong.status_code == 422
    assert "Een postcode heeft vier cijfers en twee letters" in readable(wrong)
    assert "De Kas" in wrong.content.decode()
    assert client.post(own("location_new"), location_form(town, district="0")).status_code == 422
    assert not Location.objects.exists()


def test_a_location_with_places_in_it_does_not_close(town, sign_in):
    row = entered_location(town)
    garden_with(town, location_id=row.pk)
    client, url = sign_in(town.petra), own("location_close", row.key)
    sent = {"last_on": SUNDAY, "seen": hidden(client.get(url), "seen")}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "Hier zijn op die dag nog plekken: Moestuin." in readable(refused)
    garden_with(town, location_id=None)
    assert client.post(url, sent).status_code == 302
    assert "Gesloten vanaf" in readable(client.get(SHOWN))


def test_a_location_that_was_to_close_may_stay_open_after_all(town, sign_in):
    row = entered_location(town)
    client, url = sign_in(town.petra), own("location_close", row.key)
    assert client.post(url, {"last_on": ""}).status_code == 422
    client.post(url, {"last_on": SUNDAY})
    row.refresh_from_db()
    assert row.closed_on == NEXT_MONDAY
    asked = client.get(url)
    assert "Leeg: de locatie blijft toch open." in readable(asked)
    client.post(url, {"last_on": "", "seen": hidden(asked, "seen")})
    row.refresh_from_db()
    assert row.closed_on is None


def test_the_later_of_two_who_close_a_location_is_told(town):
    row = entered_location(town)
    petra, pia = both(town)
    url = own("location_close", row.key)
    seen = hidden(petra.get(url), "seen")
    first = {"last_on": SUNDAY, "seen": seen}
    assert pia.post(url, first).status_code == 302
    late = petra.post(url, first | {"last_on": "2026-03-20"})
    assert late.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd" in readable(late)


# --- questions -----------------------------------------------------------------------------------


def test_the_page_asks_as_many_questions_for_many_as_for_few(town, django_assert_num_queries):
    with django_assert_num_queries(6):
        kept_organisation(town.petra)
    enter_contacts(town.petra, contacts=[a_contact(town)] * 200)
    with django_assert_num_queries(6):
        assert len(kept_organisation(town.petra).contacts) == 200
