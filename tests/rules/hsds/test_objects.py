"""Objects of HSDS: nothing empty, nothing guessed, numbers that stay."""

import uuid
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.hsds.ids import derived, paired
from meedoen.rules.hsds.objects import (
    at_location_line,
    moment,
    whole_location,
    whole_organisation,
    whole_service,
    without_empty,
)
from meedoen.rules.hsds.page import page_object
from tests.rules.hsds.facts import (
    KEY,
    a_location,
    a_service,
    an_organisation,
    organisation_words,
    words,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def whole(**changes):
    return whole_service(
        a_service(**changes),
        words(),
        organisation=organisation_words(),
        accessibility={"lift": "Er is een lift"},
        now=NOON,
        on=date(2026, 3, 2),
    )


@pytest.mark.parametrize("missing", ["street", "postal_code", "town", "province"])
def test_an_address_is_whole_or_not_there(missing):
    there = whole_location(a_location(), {"lift": "Er is een lift"})
    assert [one["address_1"] for one in there["addresses"]] == ["Kerkstraat 12a"]
    assert whole_location(a_location(**{missing: ""}), {"lift": "x"})["addresses"] == []


def test_a_location_without_a_position_has_none():
    found = without_empty(whole_location(a_location(latitude=None, longitude=None), {"lift": "x"}))
    assert "latitude" not in found
    assert found["accessibility"][0]["description"] == "x"


def test_no_free_place_is_a_number_and_not_nothing():
    [capacity] = without_empty(whole())["capacities"]
    assert capacity["available"] == 0
    assert capacity["updated"] == "2026-03-02T12:00:00.000Z"
    [cost] = without_empty(whole())["cost_options"]
    assert cost["amount"] == 0


def test_how_many_there_is_room_for_is_not_told():
    """Beside what is free it would tell how many people are there."""
    assert "maximum" not in str(whole(free=3))


def test_without_a_reception_there_is_nobody_to_call():
    organisation = an_organisation(reception=None)
    found = without_empty(whole(organisation=organisation))
    assert not {"phones", "email", "contacts"} & set(found)
    assert "phones" not in found["organization"]


def test_without_a_number_of_the_kvk_there_is_none():
    found = whole_organisation(an_organisation(kvk_number=""), organisation_words())
    assert found["organization_identifiers"] == []


def test_where_a_service_is_has_a_number_of_its_own_that_leads_back():
    found = at_location_line(a_service(), words(), organisation_words())
    assert found["id"] != found["service_id"] == str(KEY)
    assert paired(uuid.UUID(found["id"])) == KEY


@given(st.uuids(version=4))
def test_a_paired_number_is_a_number_of_the_same_sort(key):
    other = paired(key)
    assert other != key
    assert (other.version, other.variant) == (key.version, key.variant)
    assert paired(other) == key


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_derived_numbers_are_the_same_only_for_the_same(one, other):
    if "\x1f" not in "".join((*one, *other)) and one and other:
        assert (derived(*one) == derived(*other)) == (one == other)


def test_derived_numbers_never_change():
    assert derived("taxonomy", "kind") == "2d35f581-2a3d-5a3c-b97a-a4b0ebb9d2d7"


def test_moments_are_in_utc_to_the_millisecond():
    summer = timezone(timedelta(hours=2))
    assert moment(datetime(2026, 7, 1, 9, 0, 0, 999_999, tzinfo=summer)) == (
        "2026-07-01T07:00:00.999Z"
    )
    assert moment(None) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
)


@given(JSON)
def test_what_is_empty_is_left_out_at_every_depth_and_nothing_else(value):
    once = without_empty(value)
    assert without_empty(once) == once
    assert leaves(once) == [leaf for leaf in leaves(value) if leaf is not None and leaf != ""] or (
        not isinstance(value, (list, dict))
    )


def leaves(value):
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [value]


@given(total=st.integers(0, 1_000), size=st.integers(1, 500), number=st.integers(1, 10**6))
def test_pages_say_where_they_stand(total, size, number):
    contents = list(range(total))[(number - 1) * size : number * size]
    page = page_object(contents, total=total, number=number, size=size)
    assert page["total_pages"] * size >= total > (page["total_pages"] - 1) * size or total == 0
    assert page["empty"] == (page["size"] == 0)
    assert page["first_page"] == (number == 1)
    assert page["last_page"] == (number * size >= total)
