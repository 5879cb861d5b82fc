"""Placements for software: what the pages show and allow, and problems that say everything."""

import json
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meedoen.records.history.models import Reading
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.terms_actions import NewTerms, change_terms
from meedoen.records.places.models import Place
from meedoen.records.waiting.models import Promotion
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.vocabulary import PlacementState
from tests.records.placements.test_courses import placed
from tests.web.coach.scenes import NOBODY, on, proposed, register_crowd, started

DAY = date(2026, 3, 9)
API = "/api/v1"


def of(key, rest=""):
    return f"{API}/plaatsingen/{key}{rest}"


def send(client, address, body, **more):
    with on(DAY):
        return client.post(address, json.dumps(body), content_type="application/json", **more)


def get(client, address, **parameters):
    with on(DAY):
        return client.get(address, parameters)


def faults(answer):
    """Return what is wrong as pairs of a field and a code; the answer is a problem."""
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["title"]
    assert body["detail"]
    assert all(one["reason"] for one in body.get("invalidParams", []))
    return {(one["name"], one["code"]) for one in body.get("invalidParams", [])}


def state_of(town, key):
    return Placement.objects.visible_to(town.system).get(key=key).state


# --- reading -------------------------------------------------------------------------------------


def test_a_coach_reads_who_it_is_about_and_what_can_be_done(town, sign_in):
    key = proposed(town)
    client = sign_in(town.anna)
    [line] = get(client, f"{API}/plaatsingen").json()["plaatsingen"]
    assert line["id"] == str(key)
    assert line["naam"] == town.roos_file.name
    assert line["toestand"] == {"code": "proposed", "naam": "Voorgesteld"}
    assert "clientnummer" not in line
    one = get(client, of(key)).json()
    assert one["verloop"] == [
        {
            "toestand": {"code": "proposed", "naam": "Voorgesteld"},
            "van": "2026-03-02",
            "totEnMet": None,
            "reden": None,
        }
    ]
    assert one["afspraken"] == []
    assert [move["naar"]["code"] for move in one["overgangen"]] == [
        "waiting",
        "introduced",
        "trial",
        "active",
        "withdrawn",
    ]


def test_what_was_agreed_is_told_to_the_coach(town, sign_in):
    key = started(town)
    with on(DAY):
        change_terms(
            town.anna,
            key=key,
            terms=NewTerms(starts_on=DAY, hours_a_week=Decimal(4), half_days=1, why="Rustig aan."),
        )
    [agreed] = get(sign_in(town.anna), of(key)).json()["afspraken"]
    assert (agreed["van"], agreed["totEnMet"]) == ("2026-03-09", None)
    assert (agreed["urenPerWeek"], agreed["dagdelen"]) == (4, ["mon_morning"])


def test_a_partner_reads_a_first_name_and_a_number_and_nothing_else_of_the_person(town, sign_in):
    key = started(town)
    client = sign_in(town.petra)
    line = get(client, f"{API}/plaatsingen")
    one = get(client, of(key))
    for answer in (line, one):
        text = answer.content.decode()
        family_name = town.roos_file.name.split()[-1]
        assert family_name not in text
        assert "111222333" not in text
        for word in ("verloop", "afspraken", "vastgehouden", "zelfGevonden"):
            assert word not in text
    body = one.json()
    assert body["naam"] == "Roos"
    assert body["clientnummer"] == line.json()["plaatsingen"][0]["clientnummer"] != ""
    # To pause and to end is for the municipality.
    assert body["overgangen"] == []


def test_who_waits_is_there_for_the_coach_only(town, sign_in):
    with on(DAY):
        key = placed(town, town.sam.pseudonym_id, CourseStep(state=PlacementState.WAITING, on=DAY))
    assert get(sign_in(town.anna), of(key)).status_code == 200
    client = sign_in(town.petra)
    assert get(client, of(key)).status_code == 404
    assert get(client, f"{API}/plaatsingen").json()["plaatsingen"] == []
    body = {"naar": "proposed", "op": "2026-03-09"}
    assert send(client, of(key, "/overgangen"), body).status_code == 404


def test_a_list_is_filtered_and_cut_in_pages(town, sign_in):
    for person in (town.roos_file, town.sam):
        proposed(town, person)
    client = sign_in(town.anna)
    first, second = (
        get(client, f"{API}/plaatsingen", perPagina=1, pagina=number).json() for number in (1, 2)
    )
    assert (first["totaal"], first["paginas"], second["pagina"]) == (2, 2, 2)
    assert first["plaatsingen"][0]["id"] != second["plaatsingen"][0]["id"]
    assert get(client, f"{API}/plaatsingen", toestand="active").json()["totaal"] == 0
    assert get(client, f"{API}/plaatsingen", toestand="proposed").json()["totaal"] == 2


@pytest.mark.parametrize("who", ["anna", "petra"])
def test_a_long_list_asks_no_more_questions(town, sign_in, who):
    Place.objects.filter(pk=town.garden).update(capacity=300)
    client = sign_in(getattr(town, who))
    counts = []
    for after, more in ((0, 10), (10, 190)):
        with on(DAY):
            place_all(
                town.anna,
                placements=[
                    NewPlacement(pseudonym_id=one, place_id=town.garden, proposed_on=DAY)
                    for one in register_crowd(town, more, after=after)
                ],
            )
        get(client, f"{API}/plaatsingen", perPagina=200)
        with CaptureQueriesContext(connection) as asked:
            found = get(client, f"{API}/plaatsingen", perPagina=200).json()
        assert len(found["plaatsingen"]) == after + more
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_opening_one_is_noted_for_the_person_to_see(town, sign_in):
    key = started(town)
    readings = Reading.objects.visible_to(town.priya)
    before = readings.filter(pseudonym_id=town.roos_file.pseudonym_id).count()
    get(sign_in(town.petra), of(key))
    get(sign_in(town.carla), of(key))
    after = readings.filter(pseudonym_id=town.roos_file.pseudonym_id)
    assert after.count() == before + 1
    assert after.latest("pk").page == "guest"


# --- moving --------------------------------------------------------------------------------------


def test_one_and_many_move_and_say_where_they_stand(town, sign_in):
    keys = [proposed(town, person) for person in (town.roos_file, town.sam)]
    client = sign_in(town.petra)
    body = {"naar": "introduced", "op": "2026-03-09"}
    answer = send(client, of(keys[0], "/overgangen"), body)
    assert answer.json() == {
        "plaatsingen": [str(keys[0])],
        "totaal": 1,
        "toestand": {"code": "introduced", "naam": "Kennisgemaakt"},
    }
    many = {"naar": "active", "op": "2026-03-09", "plaatsingen": [str(key) for key in keys]}
    assert send(client, f"{API}/overgangen", many).json()["totaal"] == 2
    assert {state_of(town, key) for key in keys} == {"active"}


def test_a_coach_ends_with_an_outcome_and_a_reason(town, sign_in):
    key = started(town)
    body = {
        "naar": "ended",
        "op": "2026-03-09",
        "uitkomst": "stopped_by_resident",
        "reden": "not_safe",
    }
    assert send(sign_in(town.anna), of(key, "/overgangen"), body).status_code == 200
    row = Placement.objects.visible_to(town.system).get(key=key)
    assert (row.state, row.outcome, row.reason) == ("ended", "stopped_by_resident", "not_safe")


def test_who_waits_gets_a_seat_by_the_list_and_it_is_kept_why(town, sign_in):
    with on(DAY - timedelta(days=9)):
        first = placed(town, town.roos_file.pseudonym_id, waits_from(9))
    with on(DAY):
        second = placed(town, town.sam.pseudonym_id, waits_from(0))
    client, body = sign_in(town.anna), {"naar": "proposed", "op": "2026-03-09"}
    assert send(client, of(second, "/overgangen"), body).status_code == 409
    assert state_of(town, second) == "waiting"
    why = body | {"toelichting": "Kan alleen hier met de bus komen."}
    assert send(client, of(second, "/overgangen"), why).status_code == 200
    assert Promotion.objects.visible_to(town.anna).get().reason == why["toelichting"]
    many = body | {"plaatsingen": [str(first)]}
    assert ("naar", "one_by_one") in faults(send(client, f"{API}/overgangen", many))
    late = body | {"op": "2026-03-08"}
    assert ("op", "not_today") in faults(send(client, of(first, "/overgangen"), late))


def waits_from(days):
    return CourseStep(state=PlacementState.WAITING, on=DAY - timedelta(days=days))


def test_everything_wrong_with_a_move_is_said_at_once(town, sign_in):
    key = started(town)
    address, client = of(key, "/overgangen"), sign_in(town.anna)
    early = send(client, address, {"naar": "ended", "op": "2026-03-01"})
    assert early.status_code == 400
    assert faults(early) == {("uitkomst", "outcome_missing"), ("op", "before_its_start")}
    late = send(client, address, {"naar": "paused", "op": "2026-03-10"})
    assert faults(late) == {("reden", "reason_missing"), ("op", "in_the_future")}
    assert state_of(town, key) == "active"


def test_what_the_municipality_decides_is_refused_to_a_partner(town, sign_in):
    key = started(town)
    client = sign_in(town.petra)
    body = {"naar": "ended", "op": "2026-03-09", "uitkomst": "goal_reached"}
    one = send(client, of(key, "/overgangen"), body)
    many = send(client, f"{API}/overgangen", body | {"plaatsingen": [str(key)]})
    for answer in (one, many):
        assert answer.status_code == 403
        assert ("naar", "decided_by_municipality") in faults(answer)
    assert state_of(town, key) == "active"


def test_sent_twice_it_is_done_once_and_said_so(town, sign_in):
    key = proposed(town)
    client, body = sign_in(town.petra), {"naar": "active", "op": "2026-03-09"}
    assert send(client, of(key, "/overgangen"), body).status_code == 200
    again = send(client, of(key, "/overgangen"), body)
    assert again.status_code == 409
    assert faults(again) == {("naar", "no_such_move")}
    many = body | {"plaatsingen": [str(key)]}
    again = send(client, f"{API}/overgangen", many)
    assert again.status_code == 409
    assert faults(again) == {("plaatsingen[0].naar", "no_such_move")}


def test_what_is_over_says_so_to_the_coach_and_is_not_there_for_the_partner(town, sign_in):
    key = started(town)
    body = {"naar": "ended", "op": "2026-03-09", "uitkomst": "goal_reached"}
    client = sign_in(town.anna)
    send(client, of(key, "/overgangen"), body)
    assert send(client, of(key, "/overgangen"), body).status_code == 409
    assert get(client, of(key)).json()["overgangen"] == []
    assert get(sign_in(town.petra), of(key)).status_code == 404


def test_of_many_every_line_that_does_not_fit_is_named_and_nothing_is_done(town, sign_in):
    good, ended = proposed(town, town.sam), started(town)
    client = sign_in(town.anna)
    body = {
        "naar": "trial",
        "op": "2026-03-01",
        "plaatsingen": [str(good), str(ended), str(NOBODY)],
    }
    assert faults(send(client, f"{API}/overgangen", body)) == {
        ("plaatsingen[0].op", "before_its_start"),
        ("plaatsingen[1].naar", "no_such_move"),
        ("plaatsingen[1].op", "before_its_start"),
        ("plaatsingen[2]", "not_there"),
    }
    assert state_of(town, good) == "proposed"


@pytest.mark.parametrize("who", ["carla", "vera", "otto"])
def test_to_strangers_it_is_as_if_it_does_not_exist(town, sign_in, who):
    key = proposed(town)
    client = sign_in(getattr(town, who))
    body = {"naar": "active", "op": "2026-03-09"}
    for address in (of(key), of(NOBODY), of("geen-uuid")):
        assert get(client, address).status_code == 404
        assert send(client, f"{address}/overgangen", body).status_code == 404
    assert get(client, of(key)).content == get(client, of(NOBODY)).content
    theirs, nobody = (
        send(client, f"{API}/overgangen", body | {"plaatsingen": [str(one)]})
        for one in (key, NOBODY)
    )
    assert theirs.status_code == 400
    assert theirs.content == nobody.content
    assert state_of(town, key) == "proposed"


@pytest.mark.parametrize("who", ["connie", "roos", "priya", "ab", "suus"])
def test_who_moves_nobody_finds_nothing(town, sign_in, who):
    key, client = proposed(town), sign_in(getattr(town, who))
    for address in (f"{API}/plaatsingen", of(key), f"{API}/overgangen", f"{API}/niets", "/api"):
        answer = get(client, address)
        assert answer.status_code == 404
        assert faults(answer) == set()
        assert send(client, address, {}).status_code == 404


# --- what is wrong with what was sent ------------------------------------------------------------

ODD_BODIES = [
    "",
    "{",
    "[]",
    "null",
    "7",
    '"active"',
    "{'naar': 'active'}",
    '{"naar": "active", "naar": "trial", "op": "2026-03-09"}',
    '{"op": NaN}',
    "[" * 100_000,
    b"\xff\xfe",
    '{"naar": ["active"], "op": {}, "plaatsingen": 3}',
]


@pytest.mark.parametrize("body", ODD_BODIES, ids=range(len(ODD_BODIES)))
def test_odd_bodies_get_a_sentence(town, sign_in, body):
    key, client = proposed(town), sign_in(town.anna)
    for address in (of(key, "/overgangen"), f"{API}/overgangen"):
        with on(DAY):
            answer = client.post(address, body, content_type="application/json")
        assert answer.status_code == 400
        assert faults(answer)
    assert state_of(town, key) == "proposed"


def test_unknown_fields_and_words_are_all_named(town, sign_in):
    key, client = proposed(town), sign_in(town.anna)
    body = {"naar": "klaar", "op": "9 maart", "uitkomst": "weg", "reden": 3, "bsn": "1"}
    found = faults(send(client, of(key, "/overgangen"), body))
    assert found == {
        ("naar", "invalid"),
        ("op", "invalid"),
        ("uitkomst", "invalid"),
        ("reden", "invalid"),
        ("bsn", "unknown"),
    }
    assert faults(send(client, of(key, "/overgangen"), {})) == {
        ("naar", "missing"),
        ("op", "missing"),
    }
    twice = {"naar": "active", "op": "2026-02-30", "plaatsingen": ["x", str(key), str(key)]}
    assert faults(send(client, f"{API}/overgangen", twice)) == {
        ("op", "invalid"),
        ("plaatsingen[0]", "invalid"),
        ("plaatsingen[2]", "invalid"),
    }
    too_many = {"naar": "active", "op": "2026-03-09", "plaatsingen": [str(uuid.uuid4())] * 201}
    assert faults(send(client, f"{API}/overgangen", too_many)) == {("plaatsingen", "invalid")}


def test_unknown_parameters_are_all_named(town, sign_in):
    answer = get(
        sign_in(town.anna),
        f"{API}/plaatsingen",
        toestand="klaar",
        pagina=0,
        perPagina="²",
        naam="x",
    )
    assert answer.status_code == 400
    assert faults(answer) == {
        ("toestand", "invalid"),
        ("pagina", "invalid"),
        ("perPagina", "invalid"),
        ("naam", "unknown"),
    }


def test_a_form_is_no_json(town, sign_in):
    key, client = proposed(town), sign_in(town.anna)
    with on(DAY):
        answer = client.post(of(key, "/overgangen"), {"naar": "active", "op": "2026-03-09"})
    assert answer.status_code == 400
    assert faults(answer) == {("body", "not_json")}


def test_another_method_is_refused_and_says_which_there_are(town, sign_in):
    key, client = proposed(town), sign_in(town.anna)
    for address, method in (
        (of(key), "delete"),
        (of(key), "post"),
        (of(key, "/overgangen"), "get"),
        (f"{API}/overgangen", "put"),
    ):
        answer = getattr(client, method)(address)
        assert answer.status_code == 405, (address, method)
        assert answer["Allow"]
        assert faults(answer) == set()
    assert client.head(f"{API}/plaatsingen").status_code == 200


def test_a_slash_too_many_is_another_address(town, sign_in):
    client = sign_in(town.anna)
    for address in (f"{API}/plaatsingen/", f"{API}/", "/api/v2/plaatsingen"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert faults(answer) == set()


# --- signing in ----------------------------------------------------------------------------------


def test_who_is_not_signed_in_is_told_so(town, client):
    key = proposed(town)
    for address in (f"{API}/plaatsingen", of(key), f"{API}/niets"):
        assert client.get(address).status_code == 401
    answer = send(client, of(key, "/overgangen"), {"naar": "active", "op": "2026-03-09"})
    assert answer.status_code == 401
    assert faults(answer) == set()


def test_without_the_token_nothing_is_written_and_with_it_it_is(town):
    key = proposed(town)
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(pk=town.anna.account_id))
    body = {"naar": "active", "op": "2026-03-09"}
    refused = send(client, of(key, "/overgangen"), body)
    assert refused.status_code == 403
    assert "X-CSRFToken" in refused.json()["detail"]
    assert state_of(town, key) == "proposed"
    client.get("/coach/plaatsingen/")
    token = client.cookies["csrf"].value
    assert send(client, of(key, "/overgangen"), body, headers={"X-CSRFToken": token}).json()
    assert state_of(town, key) == "active"


def test_every_answer_has_the_version_and_is_kept_nowhere(town, sign_in):
    client = sign_in(town.anna)
    for address in (f"{API}/plaatsingen", f"{API}/niets", f"{API}/openapi.json", of(NOBODY)):
        answer = client.get(address)
        assert answer["API-Version"] == "1.0.0"
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer["X-Content-Type-Options"] == "nosniff"
        shared = answer.get("Access-Control-Allow-Origin")
        assert shared == ("*" if address.endswith("openapi.json") else None)


# --- the description -----------------------------------------------------------------------------


def test_the_description_is_for_everyone_and_lists_every_address(db, client):
    document = client.get(f"{API}/openapi.json").json()
    assert document["openapi"].startswith("3.")
    assert set(document["paths"]) == {
        "/plaatsingen",
        "/plaatsingen/{id}",
        "/plaatsingen/{id}/overgangen",
        "/overgangen",
    }
    assert document["servers"][0]["url"].endswith("/api/v1")
    assert {"name", "email", "url"} <= set(document["info"]["contact"])
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                assert "API-Version" in answer["headers"]
                wanted = "application/json" if status == "200" else "application/problem+json"
                assert list(answer["content"]) == [wanted]
    named = set(json.dumps(document).split('"#/components/schemas/')[1:])
    assert {name.split('"')[0] for name in named} <= set(document["components"]["schemas"])


@pytest.mark.parametrize("who", ["anna", "petra"])
def test_answers_have_the_fields_that_the_description_has(town, sign_in, who):
    key, client = started(town), sign_in(getattr(town, who))
    schemas = client.get(f"{API}/openapi.json").json()["components"]["schemas"]
    one = get(client, of(key)).json()
    assert set(one) <= set(schemas["Plaatsing"]["properties"])
    assert set(schemas["Plaatsing"]["required"]) <= set(one)
    page = get(client, f"{API}/plaatsingen").json()
    assert set(page) == set(schemas["Bladzijde"]["properties"])
    [line] = page["plaatsingen"]
    assert set(line) <= set(schemas["Regel"]["properties"])
    assert set(schemas["Regel"]["required"]) <= set(line)
