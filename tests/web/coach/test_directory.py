"""The directory of coaches: organisations and places found, shown and changed."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.directory.models import Contact, Location
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Organisation
from meedoen.records.placements.actions import NewPlacement, confirm_start, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.places.actions import NewPlace, enter_places, hold_seats
from meedoen.records.places.detail_queries import place_page
from meedoen.records.places.models import Place, PlaceConfirmation
from meedoen.rules.vocabulary import PlaceKind
from tests.records.directory.scenes import (
    MONDAY,
    NEXT_MONDAY,
    entered,
    entered_contact,
    entered_location,
    moestuin_key,
)
from tests.records.places.finds import handed_in
from tests.town import MORNINGS, SUNDAY
from tests.web.coach.scenes import NOBODY, address, hidden, on, proposed, readable

PLACES, EXPORT = reverse("coach:directory"), reverse("coach:directory_export")
ORGANISATIONS, WORK = reverse("coach:organisations"), reverse("coach:directory_work")


@pytest.fixture(autouse=True)
def monday():
    with on(MONDAY):
        yield


def garden(town) -> Place:
    return Place.objects.get(pk=town.garden)


def new(town, title: str, **changes: Any) -> NewPlace:
    values = {
        "organisation_id": town.petra.organisation_id,
        "district_id": town.north,
        "kind": PlaceKind.VOLUNTEER_WORK,
        "title": title,
        "description": "Iets om te doen.",
        "capacity": 4,
        "half_days": MORNINGS,
        "opens_on": MONDAY,
    }
    return NewPlace(**(values | changes))


def titles(response) -> list[str]:
    return [row.hit.card.title for row in response.context["rows"]]


# --- finding -------------------------------------------------------------------------------------


def test_the_list_shows_every_place_with_how_many_are_not_up_to_date(town, sign_in):
    enter_places(town.anna, places=[new(town, "Soep koken", confirmed_on=MONDAY)])
    shown = sign_in(town.anna).get(PLACES)
    assert set(titles(shown)) == {"Moestuin", "Fietsen maken", "Zondagsoos", "Soep koken"}
    assert "3 van de 4 plekken zijn niet bijgewerkt" in readable(shown)
    stale = sign_in(town.anna).get(f"{PLACES}?freshness=stale")
    assert len(titles(stale)) == 3
    assert "3 van 4 plekken" in readable(stale)


def test_one_box_finds_organisations_and_places(town, sign_in):
    entered(town)
    enter_places(town.anna, places=[new(town, "Brood", description="U bakt brood in de bakkerij.")])
    shown = sign_in(town.anna).get(f"{PLACES}?words=bakkerij")
    assert titles(shown) == ["Brood"]
    assert [line.card.name for line in shown.context["organisations"].cards] == [
        "Bakkerij De Korst"
    ]


def test_a_word_with_a_typing_error_is_found(town, sign_in):
    enter_places(town.anna, places=[new(town, "Soep", description="Groente snijden.")])
    assert titles(sign_in(town.anna).get(f"{PLACES}?words=groetne")) == ["Soep"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=volunteer_work", {"Fietsen maken"}),
        ("kind=volunteer_work&kind=participation_job", {"Fietsen maken", "Moestuin", "Zondagsoos"}),
        ("half_days=sun_evening", {"Zondagsoos"}),
        ("free=on", {"Moestuin", "Zondagsoos"}),
        ("freshness=fresh", set()),
        ("language=0", {"Fietsen maken", "Moestuin", "Zondagsoos"}),
        ("interests=cooking", set()),
        ("order=title", {"Fietsen maken", "Moestuin", "Zondagsoos"}),
    ],
)
def test_filters_stand_in_the_address(town, sign_in, query, expected):
    hold_seats(town.system, changes={town.repair: 1})
    shown = sign_in(town.anna).get(f"{PLACES}?{query}")
    assert shown.status_code == 200
    assert set(titles(shown)) == expected


def test_the_district_stands_in_the_address_too(town, sign_in):
    assert titles(sign_in(town.anna).get(f"{PLACES}?district={town.north}")) == ["Moestuin"]


@pytest.mark.parametrize(
    "query",
    ["kind=geen", "district=elders", "half_days=ooit", "order=mooiste", "near=overal", "within=x"],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_shown(town, sign_in, query):
    shown = sign_in(town.anna).get(f"{PLACES}?{query}")
    assert shown.status_code == 422
    assert len(titles(shown)) == 3


def test_a_number_of_a_page_that_is_none_gives_the_nearest(town, sign_in):
    for number in ("0", "99", "-1", "een"):
        assert sign_in(town.anna).get(f"{PLACES}?page={number}").status_code == 200


def test_nothing_found_says_what_to_do(town, sign_in):
    assert "Kies minder" in readable(sign_in(town.anna).get(f"{PLACES}?words=raketten"))


def test_the_number_of_questions_does_not_grow_with_the_list(town, sign_in):
    client = sign_in(town.anna)

    def questions(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    enter_places(town.anna, places=[new(town, f"Plek {number}") for number in range(7)])
    few = [questions(one) for one in (PLACES, ORGANISATIONS, WORK, organisation_url(town))]
    enter_places(town.anna, places=[new(town, f"Meer {number}") for number in range(190)])
    many = [questions(one) for one in (PLACES, ORGANISATIONS, WORK, organisation_url(town))]
    assert few == many


def organisation_url(town) -> str:
    return address("organisation", moestuin_key(town))


# --- as a file -----------------------------------------------------------------------------------


def test_the_file_holds_the_list_as_seen(town, sign_in, caplog):
    enter_places(town.anna, places=[new(town, "=1+1", half_days=SUNDAY)])
    client = sign_in(town.anna)
    answer = client.get(f"{EXPORT}?half_days=sun_evening&order=title&soort=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Plek", " =1+1", "Zondagsoos"]
    assert "exported 2 rows of the directory" in caplog.text
    assert client.get(f"{EXPORT}?soort=xlsx").status_code == 200
    assert client.get(f"{EXPORT}?soort=exe").status_code == 404
    assert client.get(f"{EXPORT}?near=overal&soort=csv").status_code == 302


def test_a_list_that_is_too_long_is_not_cut_off_unsaid(town, sign_in, monkeypatch):
    monkeypatch.setattr("meedoen.web.coach.views.directory.MOST_ROWS", 2)
    answer = sign_in(town.anna).get(f"{EXPORT}?soort=csv", follow=True)
    assert "Er passen er hooguit 2" in readable(answer)


# --- who looks -----------------------------------------------------------------------------------


def every_page(town) -> dict[str, str]:
    contact, location = entered_contact(town), entered_location(town)
    key = moestuin_key(town)
    return {
        "see": [PLACES, ORGANISATIONS, organisation_url(town), address("place", garden(town).key)],
        "change": [
            WORK,
            reverse("coach:organisation_new"),
            *(
                address(name, key)
                for name in (
                    "organisation_change",
                    "organisation_leave",
                    "place_new",
                    "contact_new",
                    "location_new",
                )
            ),
            address("place_change", garden(town).key),
            address("place_asked", garden(town).key),
            address("contact_change", contact.key),
            address("contact_end", contact.key),
            address("location_change", location.key),
            address("location_close", location.key),
        ],
    }


def test_a_coach_sees_and_changes_a_subsidy_officer_only_sees(town, sign_in):
    every = every_page(town)
    for viewer in (town.anna, town.carla, town.lea):
        client = sign_in(viewer)
        assert {client.get(one).status_code for one in every["see"] + every["change"]} == {200}
    client = sign_in(town.suus)
    assert {client.get(one).status_code for one in every["see"]} == {200}
    for one in every["change"]:
        assert (client.get(one).status_code, client.post(one).status_code) == (404, 404)


def test_an_organisation_and_others_find_nothing_here(town, sign_in):
    every = every_page(town)
    for viewer in (town.petra, town.pia, town.otto, town.connie, town.roos, town.priya, town.ab):
        client = sign_in(viewer)
        for one in every["see"] + every["change"]:
            assert (client.get(one).status_code, client.post(one).status_code) == (404, 404), one


def test_another_municipality_finds_nothing_of_this_one(town, sign_in):
    client = sign_in(town.vera)
    for one in [*every_page(town)["see"][2:], *every_page(town)["change"][2:]]:
        assert client.get(one).status_code == 404
    assert titles(client.get(PLACES)) == []


@pytest.mark.parametrize(
    "name",
    ["place", "place_change", "place_asked", "organisation", "contact_end", "location_close"],
)
def test_what_is_not_there_is_not_found(town, sign_in, name):
    assert sign_in(town.anna).get(address(name, NOBODY)).status_code == 404


def test_pages_that_show_are_not_posted_to(town, sign_in):
    client = sign_in(town.anna)
    for one in every_page(town)["see"]:
        assert client.post(one).status_code == 405
    assert client.get(address("organisation_return", moestuin_key(town))).status_code == 405


def test_a_subsidy_officer_gets_no_buttons_to_change(town, sign_in):
    text = readable(sign_in(town.suus).get(organisation_url(town)))
    for word in ("Nieuwe plek", "Wijzigen", "toevoegen", "doet niet meer mee"):
        assert word not in text
    text = readable(sign_in(town.suus).get(address("place", garden(town).key)))
    assert "Wijzigen" not in text
    assert "Ik heb gebeld" not in text


# --- organisations -------------------------------------------------------------------------------


def test_an_organisation_is_entered_found_changed_and_told_about(town, sign_in):
    client = sign_in(town.anna)
    sent = {"name": "De Korst", "kind": "employer", "kvk_number": "1234 5678", "website": ""}
    answer = client.post(reverse("coach:organisation_new"), sent)
    row = Organisation.objects.get(name="De Korst")
    assert answer["Location"] == address("organisation", row.key)
    change = address("organisation_change", row.key)
    seen = hidden(client.get(change), "seen")
    client.post(change, {**sent, "name": "De Kruimel", "seen": seen})
    text = readable(client.get(address("organisation", row.key)))
    assert "De Kruimel" in text
    assert "Naam: De Kruimel, was De Korst." in text
    assert "Anna Testema" in text
    again = client.post(change, {**sent, "name": "Te laat", "seen": seen})
    assert again.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd" in readable(again)
    assert "Te laat" in again.content.decode()


def test_a_mistake_answers_422_and_keeps_what_was_typed(town, sign_in):
    entered(town)
    sent = {"name": "Nieuw & <b>vet</b>", "kind": "employer", "kvk_number": "12345678"}
    answer = sign_in(town.anna).post(reverse("coach:organisation_new"), sent)
    assert answer.status_code == 422
    assert "is al van Bakkerij De Korst" in readable(answer)
    assert "Nieuw &amp; &lt;b&gt;vet&lt;/b&gt;" in answer.content.decode()


def test_organisations_are_listed_filtered_and_those_that_left_only_when_asked(town, sign_in):
    client = sign_in(town.anna)
    client.post(
        address("organisation_leave", moestuin_key(town)),
        {"left_on": MONDAY.isoformat(), "reason": "", "seen": "0"},
    )

    def names(query: str = "") -> list[str]:
        rows = client.get(f"{ORGANISATIONS}?{query}").context["rows"]
        return [row.line.card.name for row in rows]

    assert names() == ["De Werkplaats"]
    assert names("left=on") == ["De Moestuin", "De Werkplaats"]
    assert names("kind=employer") == []
    assert client.get(f"{ORGANISATIONS}?kind=bank").status_code == 422
    assert "doet sinds 2 maart 2026 niet meer mee" in readable(client.get(organisation_url(town)))


def test_who_has_people_says_why_it_leaves_and_may_come_back(town, sign_in):
    key = proposed(town)
    client = sign_in(town.anna)
    leave = address("organisation_leave", moestuin_key(town))
    assert "Er doet hier nog 1 mens mee" in readable(client.get(leave))
    seen = hidden(client.get(leave), "seen")
    refused = client.post(leave, {"left_on": NEXT_MONDAY.isoformat(), "seen": seen})
    assert refused.status_code == 422
    assert "waarom de organisatie stopt" in readable(refused)
    sent = {"left_on": NEXT_MONDAY.isoformat(), "reason": "Geen geld", "seen": seen}
    assert client.post(leave, sent).status_code == 302
    assert "Er is nog 1 mens geplaatst" in readable(client.get(organisation_url(town)))
    text = readable(client.get(WORK))
    assert "Moestuin" in text.partition("Plekken die stoppen")[2]
    assert Placement.objects.visible_to(town.anna).get(key=key).state == "proposed"
    again = address("organisation_return", moestuin_key(town))
    shown = client.get(organisation_url(town))
    client.post(again, {"seen": hidden(shown, "seen")})
    assert Organisation.objects.get(key=moestuin_key(town)).left_on is None
    assert "doet gewoon mee" in readable(client.post(again, {"seen": ""}, follow=True))


# --- contacts and locations ----------------------------------------------------------------------


def test_a_contact_is_entered_changed_and_ended_with_somebody_to_take_over(town, sign_in):
    client, key = sign_in(town.anna), moestuin_key(town)
    sent = {"role": "coordinator", "name": "Kees", "email": "kees@example.org", "phone": ""}
    day = {"starts_on": "2026-01-01"}
    wrong = client.post(address("contact_new", key), {**sent, **day, "email": "kees"})
    assert wrong.status_code == 422
    assert "geen e-mailadres" in readable(wrong)
    client.post(address("contact_new", key), {**sent, **day})
    old = Contact.objects.visible_to(town.system).get(name="Kees")
    new_one = entered_contact(town, name="Nel")
    enter_places(town.anna, places=[new(town, "Soep", owner_id=old.pk)])
    change, end = address("contact_change", old.key), address("contact_end", old.key)
    seen = hidden(client.get(change), "seen")
    client.post(change, {**sent, **day, "phone": "06 12345678", "seen": seen})
    asked = client.get(end)
    assert "Soep" in readable(asked)
    seen = hidden(asked, "seen")
    refused = client.post(end, {"last_on": "2026-03-08", "seen": seen})
    assert refused.status_code == 422
    assert "houdt nog 1 plek bij" in readable(refused)
    done = {"last_on": "2026-03-08", "new_owner": str(new_one.pk), "seen": seen}
    assert client.post(end, done).status_code == 302
    assert Contact.objects.visible_to(town.system).get(pk=old.pk).ends_on == NEXT_MONDAY
    text = readable(client.get(organisation_url(town)))
    assert "tot 9 maart 2026" in text
    assert "Gewijzigd: telefoon." in text


def test_a_location_is_entered_changed_and_closed(town, sign_in):
    client, key = sign_in(town.anna), moestuin_key(town)
    sent = {
        "name": "De Kas",
        "district": str(town.north),
        "postal_code": "1234ab",
        "latitude": "53,2194",
        "longitude": "6,5665",
        "accessibility": ["lift"],
    }
    wrong = client.post(address("location_new", key), {**sent, "postal_code": "12"})
    assert (wrong.status_code, "vier cijfers" in readable(wrong)) == (422, True)
    client.post(address("location_new", key), sent)
    row = Location.objects.get(name="De Kas")
    assert (row.latitude, row.postal_code) == (53.2194, "1234AB")
    shown = client.get(address("location_change", row.key))
    again = {**sent, "name": "De Schuur", "seen": hidden(shown, "seen")}
    client.post(address("location_change", row.key), again)
    row.refresh_from_db()
    assert (row.name, row.latitude) == ("De Schuur", 53.2194)
    close = address("location_close", row.key)
    done = {"last_on": "2026-03-08", "seen": hidden(client.get(close), "seen")}
    assert client.post(close, done).status_code == 302
    assert "Gesloten vanaf 9 maart 2026" in readable(client.get(organisation_url(town)))


# --- places --------------------------------------------------------------------------------------


def typed(town, **changes: Any) -> dict[str, Any]:
    """Return what somebody sends for a place."""
    values = {
        "title": "Soep koken",
        "description": "U snijdt groente.",
        "kind": "volunteer_work",
        "district": str(town.north),
        "times": "2",
        "time_0_days": ["mon"],
        "time_0_opens_at": "9:00",
        "time_0_closes_at": "12:00",
        "time_0_rhythm": "weekly",
        "time_1_rhythm": "weekly",
        "half_days_needed": "1",
        "opens_on": "2026-03-02",
        "capacity": "4",
        "language_level_asked": "0",
        "guidance": "now_and_then",
        "start_window": "by_appointment",
        "legal_task": "participation",
        "photo_free": "on",
    }
    return values | changes


def test_a_place_is_entered_and_shown_with_its_times_and_next_days(town, sign_in):
    client = sign_in(town.anna)
    answer = client.post(
        address("place_new", moestuin_key(town)), typed(town, confirmed="on"), follow=True
    )
    text = readable(answer)
    for part in (
        "De plek staat in de lijst.",
        "elke maandag van 9.00 tot 12.00 uur",
        "2 maart 2026, 9 maart 2026",
        "4 plaatsen vrij",
        "Bijgewerkt",
        "Plek ingevoerd",
    ):
        assert part in text, part
    assert Place.objects.get(title="Soep koken").confirmed_on == MONDAY


def test_more_rows_come_without_a_word_about_mistakes(town, sign_in):
    sent = typed(town, title="", step="more_times")
    answer = sign_in(town.anna).post(address("place_new", moestuin_key(town)), sent)
    assert answer.status_code == 200
    assert "Tijd 4" in readable(answer)
    assert "gaat nog niet goed" not in readable(answer)
    assert not Place.objects.filter(title="Soep koken").exists()


def test_a_place_with_mistakes_is_shown_again_with_all_of_them(town, sign_in):
    sent = typed(town, title="", time_0_closes_at="8:00")
    answer = sign_in(town.anna).post(address("place_new", moestuin_key(town)), sent)
    assert answer.status_code == 422
    assert "Geef de plek een naam" in readable(answer)
    assert "niet na de begintijd" in readable(answer)
    assert "U snijdt groente." in answer.content.decode()


def changed(town, client, **changes: Any) -> dict[str, Any]:
    """Return what somebody sends to change the garden, as it is shown to them now."""
    shown = client.get(address("place_change", garden(town).key))
    usual = typed(town, title="Moestuin", starts_on="2026-03-02", capacity="2", reason="")
    return {**usual, "seen": hidden(shown, "seen"), **changes}


def test_a_place_changes_from_a_later_day_on_and_the_time_line_tells(town, sign_in):
    client, key = sign_in(town.anna), garden(town).key
    sent = changed(town, client, starts_on="2026-03-09", title="Kas", reason="Er is een kas")
    assert client.post(address("place_change", key), sent).status_code == 302
    text = readable(client.get(address("place", key)))
    for part in (
        "Vanaf 9 maart 2026 verandert deze plek",
        "Naam: Kas, was Moestuin.",
        "Reden: Er is een kas",
        "Opgeschreven op 2 maart 2026.",
    ):
        assert part in text, part
    assert garden(town).title == "Moestuin"
    planned = client.get(f"{address('place_change', key)}?vanaf=2026-03-09")
    assert 'value="Kas"' in planned.content.decode()
    assert "Er is al een wijziging opgeschreven vanaf 9 maart 2026" in readable(planned)
    assert client.get(f"{address('place_change', key)}?vanaf=ooit").status_code == 200


def test_the_later_of_two_who_change_a_place_is_told_and_keeps_what_was_typed(town, sign_in):
    client, key = sign_in(town.anna), garden(town).key
    sent = changed(town, client)
    client.post(address("place_change", key), {**sent, "title": "Eerst"})
    late = client.post(address("place_change", key), {**sent, "title": "Daarna"})
    assert late.status_code == 422
    assert "net gewijzigd" in readable(late)
    assert "Daarna" in late.content.decode()
    assert garden(town).title == "Eerst"


def test_less_room_than_people_is_refused(town, sign_in):
    hold_seats(town.system, changes={town.garden: 2})
    client = sign_in(town.anna)
    refused = client.post(
        address("place_change", garden(town).key), changed(town, client, capacity="1")
    )
    assert refused.status_code == 422
    assert "nu 2 mensen" in readable(refused)


def test_a_limit_for_each_half_day_below_who_come_is_refused(town, sign_in):
    place_all(
        town.system,
        placements=[
            NewPlacement(
                pseudonym_id=one.pseudonym_id, place_id=town.garden, proposed_on=clock.today()
            )
            for one in (town.sam, town.tim)
        ],
    )
    client = sign_in(town.anna)
    refused = client.post(
        address("place_change", garden(town).key), changed(town, client, most_per_half_day="1")
    )
    assert refused.status_code == 422
    assert "2 mensen op maandagochtend" in readable(refused)


def test_a_coach_who_lets_a_place_stop_hears_for_how_many_people(town, sign_in):
    key = proposed(town)
    confirm_start(town.petra, key=key, started_on=date(2026, 3, 2))
    client = sign_in(town.anna)
    sent = changed(town, client, kind="participation_job", last_on="2026-03-20")
    page = client.post(address("place_change", garden(town).key), sent, follow=True)
    assert "Er doet hier nog 1 mens mee. De plek stopt ook voor deze mens" in readable(page)
    sent = changed(town, client, kind="participation_job", last_on="2026-03-20", title="Kas")
    page = client.post(address("place_change", garden(town).key), sent, follow=True)
    assert "Er doet hier nog" not in readable(page)


def test_html_in_a_place_is_shown_as_text(town, sign_in):
    [number] = enter_places(
        town.anna,
        places=[new(town, "<i>Soep</i>", description="<script>alert(1)</script>")],
    )
    client = sign_in(town.anna)
    key = Place.objects.get(pk=number).key
    for one in (PLACES, address("place", key), address("place_change", key)):
        content = client.get(one).content.decode()
        assert "<script>alert" not in content
        assert "<i>Soep" not in content


# --- calling -------------------------------------------------------------------------------------


def test_who_called_makes_a_place_fresh(town, sign_in):
    client, key = sign_in(town.anna), garden(town).key
    assert client.post(address("place_asked", key), {}).status_code == 422
    answer = client.post(address("place_asked", key), {"answer": "still_right"}, follow=True)
    assert "Nagevraagd: klopt nog" in readable(answer)
    assert garden(town).confirmed_on == MONDAY


def test_what_changed_is_to_be_written_down_and_then_gone_from_the_list(town, sign_in):
    client, key = sign_in(town.anna), garden(town).key
    refused = client.post(address("place_asked", key), {"answer": "changed"})
    assert (refused.status_code, PlaceConfirmation.objects.count()) == (422, 0)
    said = {"answer": "changed", "note": "Voortaan op dinsdag"}
    answer = client.post(address("place_asked", key), said)
    assert answer["Location"] == address("place_change", key)
    assert "Voortaan op dinsdag" in readable(client.get(WORK))
    with on(date(2026, 3, 3)):
        sent = changed(town, client, starts_on="2026-03-03", time_0_days=["tue"])
        client.post(address("place_change", key), sent)
        assert "Voortaan op dinsdag" not in readable(client.get(WORK))


def test_a_full_place_gets_room_again(town, sign_in):
    client, key = sign_in(town.anna), garden(town).key
    client.post(address("place_asked", key), {"answer": "full"})
    assert garden(town).is_full
    shown = client.get(address("place_asked", key))
    assert "Er is weer ruimte" in readable(shown)
    client.post(address("place_asked", key), {"answer": "still_right", "has_room": "on"})
    assert not garden(town).is_full
    page = place_page(town.anna, key=key)
    assert page is not None
    assert len(page.confirmations) == 2


def test_how_many_found_places_wait(town, sign_in):
    assert "Er wacht geen zelf gevonden plek" in readable(sign_in(town.anna).get(WORK))
    handed_in(town, day=MONDAY)
    assert "1 plek wacht tot iemand kijkt" in readable(sign_in(town.anna).get(WORK))
