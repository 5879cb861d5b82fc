"""Every answer is what HSDS describes, for a set of places with everything and for an empty one."""

import json

import pytest

from tests.conftest import HSDS_SCHEMAS
from tests.web.api.scenes import LISTS, every_kind_of_place, everything, get
from tests.web.api.schemas import faults, faults_of

pytestmark = pytest.mark.skipif(
    not HSDS_SCHEMAS.is_dir(), reason="the schemas of Open Referral are not beside this repository"
)


@pytest.fixture
def testveld_in_a_province(settings):
    settings.PROVINCES = {"GM9990": "Drenthe"}


def test_all_that_can_be_said_of_places_is_valid(town, client, testveld_in_a_province):
    every_kind_of_place(town)
    found = everything(client)
    assert faults_of(found) == []
    assert found["services {'full': 'true'}"]["total_items"] == 11
    assert '"addresses"' in json.dumps(found)


def test_without_any_public_place_the_lists_are_there_and_empty(town, client):
    found = everything(client)
    assert faults_of(found) == []
    for kind in ("services", "organizations", "service_at_locations"):
        page = get(client, kind)
        assert page == {
            "total_items": 0,
            "total_pages": 0,
            "page_number": 1,
            "size": 0,
            "first_page": True,
            "last_page": True,
            "empty": True,
            "contents": [],
        }


def test_without_any_municipality_there_is_still_an_answer(db, client):
    assert faults_of(everything(client)) == []


def test_a_field_with_a_slip_in_its_name_would_be_seen(town, client):
    every_kind_of_place(town)
    [one, *_rest] = get(client, "services", full="true")["contents"]
    assert faults(one, "service") == []
    assert faults(one | {"statuss": "active"}, "service")
    assert faults({**one, "id": "7"}, "service")
    assert faults({**one, "capacities": [{"available": 3}]}, "service")


def test_nothing_is_null_or_empty(town, client):
    every_kind_of_place(town)
    for asked, answer in everything(client).items():
        contents = answer.get("contents", [answer])
        assert not list(empty_in(contents)), asked


def empty_in(value):
    if isinstance(value, dict):
        for name, one in value.items():
            if one is None or one in ("", [], {}):
                yield name
            yield from empty_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from empty_in(one)


def test_the_description_lists_every_address_and_no_other(client):
    document = get(client, "openapi.json")
    assert document["openapi"] == "3.1.0"
    paths = {f"/{kind}" for kind in LISTS} | {f"/{kind}/{{id}}" for kind in LISTS}
    assert set(document["paths"]) == paths | {"/"}
    assert document["servers"] == [{"url": "http://127.0.0.1:8000/hsds"}]
    operations = [one["get"] for one in document["paths"].values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    for operation in operations:
        assert set(operation["responses"]) >= {"200", "400"}
        assert "application/problem+json" in operation["responses"]["400"]["content"]


def test_the_parameters_of_open_referral_are_all_there(client):
    theirs = json.loads((HSDS_SCHEMAS / "openapi.json").read_text(encoding="utf-8"))["paths"]
    ours = get(client, "openapi.json")["paths"]
    for path, methods in theirs.items():
        wanted = {
            one.get("name") or one["$ref"].rsplit("/", 1)[1]
            for one in methods["get"].get("parameters", [])
        }
        given = {one["name"] for one in ours[path]["get"]["parameters"]}
        assert wanted <= given, path
