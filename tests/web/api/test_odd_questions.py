"""Whatever is asked, the answer is a list, one thing, or a sentence about what is wrong."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.web.api.scenes import LISTS, every_kind_of_place

PARAMETERS = [
    "search",
    "page",
    "per_page",
    "format",
    "taxonomy_term_id",
    "taxonomy_id",
    "organization_id",
    "modified_after",
    "minimal",
    "full",
    "full_service",
    "postcode",
    "proximity",
    "municipality",
    "top_only",
    "parent_id",
]
ODD = [
    "",
    "0",
    "-1",
    "+1",
    "1.5",
    "1e9",
    "٣",
    "²",
    str(2**31),
    str(2**63),
    str(2**64),
    "9" * 400,
    "true",
    "NaN",
    "null",
    "\x00",
    "a\x00b",
    "\ud800",
    "'; drop table places; --",
    "%",
    "_",
    "\u202e",
    "é" * 300,
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "2026-02-30",
    "2026-W09-1",
    "2026-03-02T24:00:00",
    "2026-03-02T09:00:00 01:00",
    "00000000-0000-0000-0000-000000000000",
    "{3fa85f64-5717-4562-b3fc-2c963f66afa6}",
    "9711 AB",
    "9711",
    "GM0000",
    "json",
]
VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=30), st.integers().map(str))
NAMES = st.one_of(st.sampled_from(PARAMETERS), st.text(max_size=10))
AT_LEAST_ONCE = [(name, value) for name in PARAMETERS for value in ODD]


def written(text: str) -> str:
    """Write a text into an address, also what is no text."""
    return quote(text.encode("utf-8", errors="surrogatepass"), safe="")


def check(answer) -> None:
    assert answer.status_code in {200, 400, 404}, answer.content.decode()
    body = answer.json()
    if answer.status_code == 400:
        assert body["status"] == 400
        assert body["invalidParams"]
    if answer.status_code == 404:
        assert body["status"] == 404


@pytest.fixture
def busy(town):
    every_kind_of_place(town)
    return town


@pytest.mark.parametrize("kind", LISTS)
def test_every_parameter_takes_every_odd_value(busy, client, kind):
    for name, value in AT_LEAST_ONCE:
        check(client.get(f"/hsds/{kind}?{name}={written(value)}"))


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["", *LISTS, *(f"{kind}/x" for kind in LISTS)]),
    asked=st.lists(st.tuples(NAMES, VALUES), max_size=4),
)
def test_no_question_breaks_it(busy, client, path, asked):
    query = "&".join(f"{written(name)}={written(value)}" for name, value in asked)
    check(client.get(f"/hsds/{path}?{query}"))


@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(LISTS), key=VALUES)
def test_no_address_breaks_it(busy, client, kind, key):
    check(client.get(f"/hsds/{kind}/{written(key)}"))
