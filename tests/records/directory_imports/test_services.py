"""Services of an Open Referral source: read as rows, known by their numbers, and our own too."""

import json

import pytest

from meedoen.records.directory.models import Contact, Location
from meedoen.records.directory_imports import queries
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.places.models import Place
from meedoen.rules.files.words import FileState
from meedoen.rules.vocabulary import PlaceKind
from tests.records.directory_imports.files import (
    DEFAULTS,
    csv_file,
    differences,
    json_file,
    previewed,
    problems,
    sent,
    service,
    taken_over,
    verdicts,
)
from tests.records.places.public_scenes import TODAY
from tests.web.api.scenes import every_kind_of_place
from tests.web.coach.scenes import on


def taken(town, *services, **asked):
    return taken_over(town.lea, json_file(*services), source="Landelijk", **asked)


def looked_at(town, *services, **asked):
    return previewed(town.lea, json_file(*services), source="Landelijk", **asked)


def test_a_service_becomes_a_place(town):
    taken(
        town,
        service(
            contacts=[{"name": "Nel Nepstra", "email": "nel@delinde.example"}],
            phones=[{"number": "050 1234567"}],
            attributes=[
                {"taxonomy_term": {"code": "x1", "name": "Vrijwilligerswerk"}},
                {"taxonomy_term": {"code": "cooking", "name": "Koken"}},
                {"taxonomy_term": {"code": "x2", "name": "Taalniveau A2"}},
                {"taxonomy_term": {"code": "x3", "name": "Iets onbekends"}},
            ],
        ),
    )
    place = Place.objects.get(title="Eettafel")
    assert place.organisation.kvk_number == "12345678"
    assert place.organisation.description == "Een huis voor de buurt."
    assert (place.kind, place.language_level_asked) == (PlaceKind.VOLUNTEER_WORK, 2)
    assert (place.interests, place.cost_cents, place.cost_note) == (["cooking"], 450, "per keer")
    assert (place.location.street, place.location.house_number) == ("Lindelaan", "1")
    assert (place.location.latitude, place.district_id) == (53.2, town.north)
    [session] = place.sessions
    assert (session["rule"], session["opens_at"]) == ("FREQ=WEEKLY;BYDAY=MO,TH", "16:00")
    contact = Contact.objects.visible_to(town.lea).get(organisation=place.organisation)
    assert (contact.name, contact.email, contact.phone) == (
        "Nel Nepstra",
        "nel@delinde.example",
        "050 1234567",
    )
    assert place.owner == contact
    assert not place.is_public


def test_the_same_services_again_change_nothing(town):
    taken(town, service())
    assert verdicts(town.lea, looked_at(town, service())) == {1: "same"}


def test_a_service_is_known_by_its_number_whatever_it_is_called(town):
    taken(town, service())
    key = looked_at(town, service(name="Samen eten"))
    assert verdicts(town.lea, key) == {1: "changed"}
    assert differences(town.lea, key, 1) == {"title": ("Eettafel", "Samen eten")}


def test_a_service_at_two_locations_is_two_places(town):
    [here] = service()["service_at_locations"]
    there = json.loads(json.dumps(here))
    there["location"] |= {"id": "there", "name": "De Schuur"}
    there["location"]["addresses"][0] |= {"address_1": "Schuurweg 2", "postal_code": "9999 CD"}
    taken(town, service(service_at_locations=[here, there]))
    places = Place.objects.filter(title="Eettafel")
    assert sorted(places.values_list("location__name", flat=True)) == ["De Linde", "De Schuur"]
    assert set(
        verdicts(town.lea, looked_at(town, service(service_at_locations=[there, here]))).values()
    ) == {"same"}


def test_a_service_that_stopped_becomes_no_place_and_closes_none(town):
    key = looked_at(town, service(status="defunct"))
    assert problems(town.lea, key, 1) == [("stopped_at_source", "title")]
    taken(town, service())
    key = taken(town, service(status="inactive"))
    assert verdicts(town.lea, key) == {1: "same"}
    assert Place.objects.get(title="Eettafel").closes_on.year == 9999


def test_an_area_that_is_no_district_leaves_it_to_the_address(town):
    taken(town, service())
    other = service(key="o2", name="Soep", service_areas=[{"name": "Heel Testveld"}])
    key = looked_at(town, other)
    assert verdicts(town.lea, key) == {1: "new"}
    assert problems(town.lea, key, 1) == [("district_by_address", "district")]


def test_a_part_of_a_source_cannot_tell_what_is_missing(town):
    key = sent(town.lea, json_file(service(), total_pages=3, page_number=1), "deel.json")
    assert queries.file(town.lea, key=key).is_part
    with pytest.raises(ActionRefusedError, match="deel van wat de bron heeft"):
        previewed(town.lea, b"", key=key, is_complete=True)
    previewed(town.lea, b"", key=key)


@pytest.mark.parametrize(
    "odd",
    [
        {"schedules": [{"freq": "SECONDLY", "opens_at": "09:00", "closes_at": "10:00"}]},
        {"schedules": [{"freq": "WEEKLY", "byday": "XX", "opens_at": "9", "closes_at": None}]},
        {"schedules": "altijd"},
        {"organization": "De Linde"},
        {"service_at_locations": [{"location": {"latitude": "noord", "addresses": [None]}}]},
        {"cost_options": [{"amount": "veel"}, 7]},
        {"attributes": [{"taxonomy_term": None}, None]},
        {"name": {"nl": "Eettafel"}},
        {"description": "<script>alert(1)</script>" * 400},
        {"contacts": [{"email": ["a"]}], "phones": {}},
    ],
)
def test_what_no_standard_describes_is_told_or_left_out_and_breaks_nothing(town, odd):
    key = taken(town, service(), service(key="odd", **odd), defaults=DEFAULTS)
    assert queries.file(town.lea, key=key).state == FileState.DONE
    assert verdicts(town.lea, key)[1] == "new"
    assert Place.objects.filter(title="Eettafel").exists()


def test_our_own_open_data_reads_in_as_the_same(town, client):
    every_kind_of_place(town)
    with on(TODAY):
        answer = client.get("/hsds/services?full=true&per_page=100")
        own = [
            one
            for one in answer.json()["contents"]
            if Place.objects.get(key=one["id"]).municipality_id == town.lea.municipality_id
        ]
        assert len(own) >= 10
        key = previewed(town.lea, json_file(*own), source="Meedoen", is_complete=True)
        told = verdicts(town.lea, key)
        other = {
            line: (verdict, problems(town.lea, key, line), differences(town.lea, key, line))
            for line, verdict in told.items()
            if verdict != "same"
        }
        assert other == {}
        before = state()
        taken_over(town.lea, json_file(*own), source="Meedoen")
        assert state() == before


def state():
    return [
        list(model.objects.order_by("pk").values()) for model in (Organisation, Location, Place)
    ]


def test_services_and_a_table_of_one_source_go_together(town):
    taken_over(
        town.lea,
        csv_file({"Organisatie": "Buurthuis De Linde", "KVK": "12345678", "Wijk": "Noord"}),
    )
    key = looked_at(town, service())
    assert verdicts(town.lea, key) == {1: "new"}
    taken(town, service())
    assert Organisation.objects.filter(name="Buurthuis De Linde").count() == 1
