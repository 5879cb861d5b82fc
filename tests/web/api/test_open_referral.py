"""What the open data says of places, what it keeps to itself, and how it answers."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meedoen.records.directory.actions import enter_contacts, enter_locations
from meedoen.records.organisations.models import District, Organisation
from meedoen.records.places.actions import enter_places
from meedoen.records.places.models import Place
from meedoen.rules.hsds.ids import paired
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import Accessibility, ContactRole, PlaceStatus
from tests.records.directory.scenes import a_contact, a_location
from tests.records.places.public_scenes import (
    TODAY,
    change_place,
    new_public_place,
    public_place_at,
)
from tests.web.api.scenes import (
    every_kind_of_place,
    everything,
    get,
    names,
    postcode_area,
    session,
)
from tests.web.coach.scenes import on

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


# --- what is said --------------------------------------------------------------------------------


def whole_place(town):
    """Make a public place with all that can be said of one, and return its key."""
    with on(TODAY):
        [location] = enter_locations(
            town.system,
            locations=[a_location(town, accessibility=frozenset({Accessibility.WHEELCHAIR}))],
        )
        enter_contacts(
            town.system,
            contacts=[
                a_contact(town, role=ContactRole.RECEPTION, name="Rick", email="in@example.org")
            ],
        )
    return public_place_at(
        town,
        location_id=location,
        sessions=(session("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),),
        functional_demands=frozenset({FunctionalDemand.LIFTING}),
    )


def test_a_public_place_is_a_service_with_all_that_belongs_to_it(town, client):
    key = whole_place(town)
    found = get(client, f"services/{key}")
    assert (found["id"], found["name"], found["status"]) == (str(key), "Samen koken", "active")
    assert found["eligibility_description"] == (
        "U spreekt Nederlands op niveau A1 of hoger. Dit hoort bij de plek: tillen."
    )
    assert found["application_process"] == (
        "Meld u aan op de pagina van deze plek. U spreekt samen af wanneer u begint."
    )
    assert found["fees_description"] == "€\xa02,50 per keer. voor de boodschappen"
    [cost] = found["cost_options"]
    assert (cost["amount"], cost["currency"], cost["option"]) == (2.5, "EUR", "per keer")
    assert found["assured_date"] == "2026-03-02"
    assert found["last_modified"] == "2026-03-02T12:00:00.000Z"
    assert "alert" not in found
    assert found["email"] == "in@example.org"
    assert found["organization"]["name"] == "De Moestuin"
    assert found["url"] == f"http://127.0.0.1:8000/meedoen-in-de-buurt/plek/{key}/"


def test_where_and_when_a_place_is(town, client, settings):
    settings.PROVINCES = {"GM9990": "Drenthe"}
    found = get(client, f"services/{whole_place(town)}")
    [capacity] = found["capacities"]
    assert (capacity["available"], capacity["unit"]["name"]) == (8, "mensen")
    assert "maximum" not in capacity
    [schedule] = found["schedules"]
    assert schedule["freq"] == "WEEKLY"
    assert schedule["byday"] == "MO,TH"
    assert schedule["dtstart"] == "2026-01-01"
    assert (schedule["opens_at"], schedule["closes_at"]) == ("09:30+01:00", "12:00+01:00")
    [area] = found["service_areas"]
    assert area["name"] == "Noord"
    assert area["uri"].endswith("#WK999001")
    [where] = found["service_at_locations"]
    assert where["location"]["external_identifier"] == "0012345678901234"
    [address] = where["location"]["addresses"]
    assert address == {
        "id": address["id"],
        "location_id": where["location"]["id"],
        "address_1": "Kerkstraat 12a",
        "city": "Testveld",
        "state_province": "Drenthe",
        "postal_code": "1234AB",
        "country": "NL",
        "address_type": "physical",
    }
    [accessible] = where["location"]["accessibility"]
    assert accessible["description"] == "Goed bereikbaar met een rolstoel"
    codes = [one["taxonomy_term"]["code"] for one in found["attributes"]]
    assert codes == ["neighbourhood_activity", "cooking", "1", "GM9990", "WK999001"]


def test_an_address_of_which_a_part_is_not_known_is_left_out(town, client):
    every_kind_of_place(town)
    for one in get(client, "service_at_locations", full="true")["contents"]:
        assert "addresses" not in one["location"]
        assert one["location"]["name"] in {"De Kas", "De tuin"}


def test_nobody_is_named_and_only_the_address_for_everyone_is_told(town, client):
    every_kind_of_place(town)
    found = json.dumps(everything(client), ensure_ascii=False)
    assert "welkom@example.org" in found
    assert "050 1234567" in found
    for secret in ("Petra", "petra.geheim", "Rick", "06 12345678", "Testema"):
        assert secret not in found


def test_a_contact_that_is_over_is_told_no_more(town, client):
    key = public_place_at(town)
    with on(TODAY):
        enter_contacts(
            town.system,
            contacts=[a_contact(town, role=ContactRole.RECEPTION, starts_on=TOMORROW)],
        )
    assert "email" not in get(client, f"services/{key}")


def test_a_place_that_nobody_stands_for_carries_a_warning(town, client):
    key = public_place_at(town, confirmed_on=None)
    found = get(client, f"services/{key}")
    assert found["alert"].startswith("De organisatie heeft lang niet gezegd")
    assert "assured_date" not in found


def test_who_says_full_has_no_free_place_and_a_closed_location_is_left_out(town, client):
    with on(TODAY):
        [location] = enter_locations(town.system, locations=[a_location(town)])
    key = public_place_at(town, location_id=location, is_full=True)
    assert get(client, f"services/{key}")["capacities"][0]["available"] == 0
    Place.objects.get(key=key).location.__class__.objects.update(closed_on=TODAY)
    assert "service_at_locations" not in get(client, f"services/{key}")
    assert get(client, "service_at_locations")["total_items"] == 0
    with on(TODAY):
        assert client.get(f"/hsds/service_at_locations/{paired(key)}").status_code == 404


def test_an_organisation_has_its_number_its_locations_and_its_places(town, client):
    every_kind_of_place(town)
    [elders] = get(client, "organizations", municipality="GM9991")["contents"]
    found = get(client, f"organizations/{elders['id']}")
    [number] = found["organization_identifiers"]
    assert (number["identifier_scheme"], number["identifier"]) == ("NL-KVK", "12345678")
    assert [one["name"] for one in found["services"]] == ["Biljarten"]
    assert set(found["services"][0]) == {"id", "name", "status"}
    whole = get(client, f"organizations/{elders['id']}", full_service="true")
    assert whole["services"][0]["capacities"][0]["available"] == 4
    [moestuin] = get(client, "organizations", municipality="GM9990", full="true")["contents"]
    assert {one["name"] for one in moestuin["locations"]} == {"De Kas", "De tuin"}


def test_the_same_thing_has_the_same_number_at_every_answer(town, client):
    every_kind_of_place(town)
    assert everything(client) == everything(client)


def test_texts_are_told_as_they_are_and_never_as_a_page(town, client):
    public_place_at(town, title="<script>alert(1)</script>")
    with on(TODAY):
        answer = client.get("/hsds/services")
    assert answer.json()["contents"][0]["name"] == "<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


# --- what is kept --------------------------------------------------------------------------------


def hidden_by_the_switch(town):
    public_place_at(town, title="Plek geheim", is_public=False)


def hidden_as_it_is_only_proposed(town):
    public_place_at(town, title="Plek geheim", status=PlaceStatus.PROPOSED)


def hidden_as_it_was_refused(town):
    public_place_at(town, title="Plek geheim", status=PlaceStatus.REFUSED)


def hidden_as_it_is_over(town):
    public_place_at(town, title="Plek geheim", closes_on=TODAY)


def hidden_until_tomorrow(town):
    public_place_at(town, title="Plek geheim", opens_on=TOMORROW)


def hidden_at_an_organisation_that_left(town):
    werkplaats = town.otto.organisation_id
    public_place_at(town, title="Plek geheim", organisation_id=werkplaats)
    Organisation.objects.filter(pk=werkplaats).update(left_on=TODAY)


HIDING = [
    hidden_by_the_switch,
    hidden_as_it_is_only_proposed,
    hidden_as_it_was_refused,
    hidden_as_it_is_over,
    hidden_until_tomorrow,
    hidden_at_an_organisation_that_left,
]


@pytest.mark.parametrize("hide", HIDING)
def test_what_is_not_public_changes_no_answer_at_all(town, client, hide):
    """Not a list, a number, a search, a count, or what changed since."""
    every_kind_of_place(town)
    with on(TODAY):
        [location] = enter_locations(
            town.system,
            locations=[a_location(town, name="Geheime kelder")],
        )
    before = everything(client)
    hide(town)
    Place.objects.filter(title="Plek geheim").update(location_id=location)
    assert everything(client) == before
    secret = Place.objects.get(title="Plek geheim")
    for path in (
        f"services/{secret.key}",
        f"service_at_locations/{paired(secret.key)}",
        f"services/{uuid.uuid4()}",
        "services/geen-nummer",
    ):
        with on(TODAY):
            answer = client.get(f"/hsds/{path}")
        assert answer.status_code == 404
        assert answer.json() == {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": "Dit is er niet, of het is niet openbaar. Kijk of het adres klopt.",
        }
    assert get(client, "services", search="geheim")["total_items"] == 0


def test_an_organisation_without_a_public_place_is_not_there(town, client):
    every_kind_of_place(town)
    werkplaats = Organisation.objects.get(pk=town.otto.organisation_id)
    assert "De Werkplaats" not in names(client, "organizations")
    assert client.get(f"/hsds/organizations/{werkplaats.key}").status_code == 404
    assert get(client, "services", organization_id=werkplaats.key)["total_items"] == 0


def test_a_place_that_is_taken_back_is_gone_at_once(town, client):
    key = public_place_at(town)
    assert get(client, f"services/{key}")["id"] == str(key)
    change_place(town, key, is_public=False)
    assert client.get(f"/hsds/services/{key}").status_code == 404


# --- which ones ----------------------------------------------------------------------------------


def test_words_find_places_and_their_organisations(town, client):
    public_place_at(town, title="Fietsen maken", description="Wij knappen ze op.")
    public_place_at(town)
    assert names(client, search="fiets") == ["Fietsen maken"]
    assert names(client, search="soep") == ["Samen koken"]
    assert names(client, "organizations", search="soep") == ["De Moestuin"]
    assert names(client, search="olifant") == []
    assert names(client, "organizations", search="olifant") == []
    found = get(client, "services", search="soep", minimal="true")
    assert found["total_items"] == 1


def term(client, code):
    terms = get(client, "taxonomy_terms", per_page=500)["contents"]
    [found] = [one for one in terms if one["code"] == code]
    return found


def test_terms_choose_places(town, client):
    south = town.south
    public_place_at(town)
    public_place_at(
        town,
        title="Praten",
        interests=frozenset(),
        language_level_asked=LanguageLevel.BELOW_A1,
        district_id=south,
    )
    asked = {
        code: names(client, taxonomy_term_id=term(client, code)["id"])
        for code in ("neighbourhood_activity", "training", "cooking", "1", "WK999002", "GM9990")
    }
    both = ["Samen koken", "Praten"]
    assert asked == {
        "neighbourhood_activity": both,
        "training": [],
        "cooking": ["Samen koken"],
        "1": ["Samen koken"],
        "WK999002": ["Praten"],
        "GM9990": both,
    }
    of = {
        code: term(client, code)["taxonomy_id"] for code in ("training", "cooking", "1", "GM9990")
    }
    by_list = {code: names(client, taxonomy_id=number) for code, number in of.items()}
    assert by_list == {
        "training": both,
        "cooking": ["Samen koken"],
        "1": ["Samen koken"],
        "GM9990": both,
    }
    assert names(client, taxonomy_term_id=uuid.uuid4()) == []
    assert names(client, taxonomy_id=uuid.uuid4()) == []


def test_terms_can_be_walked_through(town, client):
    top = get(client, "taxonomy_terms", top_only="true", search="Testveld")["contents"]
    assert [one["code"] for one in top] == ["GM9990"]
    below = get(client, "taxonomy_terms", parent_id=top[0]["id"])["contents"]
    assert [(one["code"], one["parent_id"]) for one in below] == [
        ("WK999001", top[0]["id"]),
        ("WK999002", top[0]["id"]),
    ]
    assert get(client, f"taxonomy_terms/{below[0]['id']}") == below[0]
    kinds = get(client, "taxonomies", search="soort")["contents"]
    of_kinds = get(client, "taxonomy_terms", taxonomy_id=kinds[0]["id"])
    assert of_kinds["total_items"] == 10


def test_a_municipality_is_one_parameter_and_leaves_the_other_out(town, client):
    every_kind_of_place(town)
    assert names(client, municipality="GM9991") == ["Biljarten"]
    assert names(client, municipality="GM1111") == []
    assert get(client, "services", municipality="GM9990")["total_items"] == 10


def test_what_changed_since_a_moment(town, client):
    old = public_place_at(town, title="Oud")
    with on(date(2026, 3, 5)):
        enter_places(town.system, places=[new_public_place(town, title="Nieuw")])
    assert names_later(client, "2026-03-05T12:00:00Z") == ["Nieuw"]
    assert names_later(client, "2026-03-05T13:00:01+01:00") == []
    assert names_later(client, "2026-03-02") == ["Oud", "Nieuw"]
    change_place(town, old, day=date(2026, 3, 6), description="Anders.")
    assert names_later(client, "2026-03-06") == ["Oud"]


def names_later(client, moment):
    with on(date(2026, 3, 10)):
        page = client.get("/hsds/services", {"modified_after": moment}).json()
    return [one["name"] for one in page["contents"]]


def test_opening_and_a_change_of_the_organisation_count_as_changes(town, client):
    public_place_at(town, title="Straks open", opens_on=date(2026, 3, 9))
    public_place_at(
        town, title="Elders", organisation_id=town.otto.organisation_id, district_id=town.south
    )
    assert names_later(client, "2026-03-03") == ["Straks open"]
    with on(date(2026, 3, 8)):
        enter_locations(
            town.system,
            locations=[a_location(town, organisation_id=town.otto.organisation_id)],
        )
    assert names_later(client, "2026-03-08") == ["Straks open", "Elders"]
    with on(date(2026, 3, 10)):
        page = client.get("/hsds/services?minimal=true").json()
    assert [one["modified_date"] for one in page["contents"]] == [
        "2026-03-08T23:00:00.000Z",
        "2026-03-08T12:00:00.000Z",
    ]


def test_how_far_from_a_postcode(town, client):
    postcode_area(town, "9711", 53.2, 6.5)
    with on(TODAY):
        near, far = enter_locations(
            town.system,
            locations=[
                a_location(town, latitude=53.21, longitude=6.5),
                a_location(town, name="Ver", latitude=53.3, longitude=6.5),
            ],
        )
    public_place_at(town, title="Dichtbij", location_id=near)
    public_place_at(town, title="Ver", location_id=far)
    public_place_at(town, title="Overal")
    assert names(client, postcode="9711 AB") == ["Dichtbij"]
    assert names(client, postcode="9711", proximity=1000) == []
    assert names(client, postcode="9711", proximity=12000) == ["Dichtbij", "Ver"]
    found = get(client, "service_at_locations", postcode="9711")["contents"]
    assert [one["service"]["name"] for one in found] == ["Dichtbij"]
    District.objects.filter(pk=town.north).update(latitude=53.2, longitude=6.5)
    assert names(client, postcode="9711") == ["Dichtbij", "Overal"]
    answer = client.get("/hsds/services?postcode=1000")
    assert answer.status_code == 400
    [wrong] = answer.json()["invalidParams"]
    assert (wrong["name"], wrong["code"]) == ("postcode", "not_known")


def test_pages_are_numbered_from_one_and_empty_after_the_last(town, client):
    every_kind_of_place(town)
    pages = [get(client, "services", page=number, per_page=4) for number in (1, 2, 3, 4)]
    assert [page["size"] for page in pages] == [4, 4, 3, 0]
    assert [page["first_page"] for page in pages] == [True, False, False, False]
    assert [page["last_page"] for page in pages] == [False, False, True, True]
    assert [page["empty"] for page in pages] == [False, False, False, True]
    assert {page["total_items"] for page in pages} == {11}
    assert {page["total_pages"] for page in pages} == {3}
    found = [one["id"] for page in pages for one in page["contents"]]
    assert len(set(found)) == 11


@pytest.mark.parametrize(
    "path",
    [
        "services",
        "services?full=true",
        "services?search=koken",
        "services?minimal=true",
        "service_at_locations?full=true",
        "organizations",
        "organizations?full=true",
        "organizations?full_service=true",
    ],
)
def test_a_long_list_asks_the_database_no_more_than_a_short_one(town, client, path):
    def entered(many):
        with on(TODAY):
            [*organisations] = Organisation.objects.bulk_create(
                Organisation(
                    municipality_id=town.system.municipality_id,
                    name=f"Club {many} {number}",
                    kind="association",
                )
                for number in range(many)
            )
            numbers = [one.pk for one in organisations]
            locations = enter_locations(
                town.system,
                locations=[a_location(town, organisation_id=number) for number in numbers],
            )
            enter_places(
                town.system,
                places=[
                    new_public_place(town, organisation_id=number, location_id=location)
                    for number, location in zip(numbers, locations, strict=True)
                ],
            )

    def questions():
        sign = "&" if "?" in path else "?"
        with CaptureQueriesContext(connection) as asked, on(TODAY):
            answer = client.get(f"/hsds/{path}{sign}per_page=500")
        return len(asked), answer.json()["size"]

    entered(10)
    few, small = questions()
    entered(190)
    many, large = questions()
    assert (small, large) == (10, 200)
    assert few == many


# --- how it answers ------------------------------------------------------------------------------


def test_the_beginning_says_which_version_and_where_it_is_described(client):
    assert get(client, "") == {
        "version": "3.1",
        "profile": "https://docs.openreferral.org/",
        "openapi_url": "http://127.0.0.1:8000/hsds/openapi.json",
    }


@pytest.mark.parametrize("path", ["/hsds", "/hsds/services/", "/hsds//", "/hsds/iets", "/hsds/x/y"])
def test_an_address_with_another_slash_is_not_there_and_leads_nowhere(db, client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/hsds/services", "/hsds/", "/hsds/iets"])
def test_it_is_only_to_be_read(db, method, path):
    client = Client(enforce_csrf_checks=True)
    answer = getattr(client, method)(path)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 405


def test_a_head_is_the_answer_without_its_body(town, client):
    public_place_at(town)
    with on(TODAY):
        whole = client.get("/hsds/services")
        answer = client.head("/hsds/services")
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer["Content-Length"] == str(len(whole.content))
    assert client.head("/hsds/services?page=0").status_code == 400


def test_other_sites_may_read_it(db, client):
    answer = client.options("/hsds/services")
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for path in ("/hsds/services", "/hsds/openapi.json", "/hsds/iets", "/hsds/services?x=1"):
        assert client.get(path)["Access-Control-Allow-Origin"] == "*"


def test_every_answer_carries_the_headers_of_open_data_and_no_cookie(town, sign_in):
    client = sign_in(town.anna)
    client.cookies["taal"] = "en"
    for path in ("/hsds/", "/hsds/services", "/hsds/services?x=1", "/hsds/iets"):
        answer = client.get(path, headers={"accept-language": "en"})
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Content-Language"] == "nl"
        assert not answer.cookies
        assert "Vary" not in answer


def test_who_is_signed_in_gets_the_answer_of_everyone(town, sign_in):
    public_place_at(town, is_public=False)
    public_place_at(town, title="Openbaar")
    for member in (town.petra, town.anna, town.vera):
        client = sign_in(member)
        with CaptureQueriesContext(connection) as asked, on(TODAY):
            found = client.get("/hsds/services").json()
        assert [one["name"] for one in found["contents"]] == ["Openbaar"]
        assert not [query for query in asked if "django_session" in query["sql"]]


def test_everything_that_is_wrong_is_said_at_once(db, client):
    answer = client.get(
        "/hsds/services?page=0&per_page=501&full=ja&minimal=true&organization_id=7&iets=1"
        "&proximity=500&format=xml&modified_after=gisteren&search=a&search=b&municipality=Zwolle"
    )
    assert answer.status_code == 400
    body = answer.json()
    assert body["title"] == "Bad Request"
    assert {one["name"]: one["code"] for one in body["invalidParams"]} == {
        "page": "invalid",
        "full": "invalid",
        "organization_id": "invalid",
        "iets": "unknown",
        "format": "invalid",
        "modified_after": "invalid",
        "search": "invalid",
        "municipality": "invalid",
        "proximity": "incomplete",
    }
    assert all(one["reason"].endswith(".") for one in body["invalidParams"])


def test_a_page_of_more_than_a_few_hundred_is_only_for_numbers(db, client):
    assert client.get("/hsds/services?per_page=501").status_code == 400
    assert client.get("/hsds/services?per_page=501&minimal=true").status_code == 200
    assert client.get("/hsds/services?minimal=true&full=true").status_code == 400


def test_a_fault_of_ours_is_a_problem_too_and_stands_in_the_log(db, client, monkeypatch, caplog):
    def broken(*_args, **_names):
        raise RuntimeError("kapot")

    monkeypatch.setattr("meedoen.web.api.hsds.services.hsds_service", broken)
    answer = client.get(f"/hsds/services/{uuid.uuid4()}")
    assert answer.status_code == 500
    assert answer.json()["status"] == 500
    assert "kapot" not in answer.content.decode()
    assert "RuntimeError: kapot" in caplog.text
