"""Waiting lists on the pages of coaches: in order, by name only for who may know, with reasons."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.placements.actions import confirm_start, end
from meedoen.records.placements.models import Placement
from meedoen.records.waiting.actions import ways_on
from meedoen.records.waiting.kind_actions import NewLine, wait_for_kinds
from meedoen.records.waiting.models import KindWaiting, Promotion
from meedoen.rules.vocabulary import Outcome, PlaceKind, PlacementState, PromotionWay
from tests.records.figures.scenes import crowd
from tests.records.waiting.scenes import (
    FIRST,
    TODAY,
    again,
    all_wait,
    change,
    day,
    place_of,
    propose,
    some_place,
    states,
)
from tests.town import Town
from tests.web.coach.scenes import address, on, readable

WAITS, HAS = PlacementState.WAITING.value, PlacementState.PROPOSED.value
VOLUNTEER = PlaceKind.VOLUNTEER_WORK


@pytest.fixture
def queue(town: Town) -> list[Placement]:
    """Roos has the one seat of fixing bicycles; Sam and Tim wait for it, in that order."""
    with on(FIRST):
        seated = propose(town, town.roos_file.pseudonym_id, town.repair, FIRST)
    waiting = []
    for number, person in enumerate((town.sam, town.tim), start=1):
        with on(day(number)):
            waiting.append(propose(town, person.pseudonym_id, town.repair, day(number), waits=True))
    return [seated, *waiting]


def make_room(town: Town, seated: Placement) -> None:
    with on(day(20)):
        confirm_start(town.otto, key=seated.key, started_on=day(5))
        end(town.anna, key=seated.key, last_day=day(20), outcome=Outcome.GOAL_REACHED)


def get(sign_in, viewer, name: str, key: object, now: date = TODAY, **query: str):
    with on(now):
        return sign_in(viewer).get(address(name, key), query)


def post(sign_in, viewer, name: str, key: object, now: date = TODAY, **sent: object):
    with on(now):
        return sign_in(viewer).post(address(name, key), sent)


def list_page(sign_in, town, viewer=None, now=TODAY, **query):
    key = place_of(town.repair).key
    return get(sign_in, viewer or town.anna, "waiting_place", key, now, **query)


def test_the_list_tells_the_rule_the_order_and_how_long_and_names_the_own_people(
    sign_in, town, queue
):
    text = readable(list_page(sign_in, town))
    assert "2 inwoners wachten. De enige plaats is bezet." in text
    assert "Daarna gaat wie het langst wacht voor." in text
    assert "1 Sam Nepstra 61" in text
    assert "2 Inwoner van een ander team 60" in text
    assert "Tim" not in text
    # Nothing is free: there is nothing to give.
    assert "Plaats geven" not in text
    # Nor does a column stand empty.
    assert "Wat u kunt doen" not in text
    assert "Let op" not in text


def test_a_stranger_and_a_wrong_method_get_no_list(sign_in, town, queue):
    assert list_page(sign_in, town, town.vera).status_code == 404
    assert list_page(sign_in, town, town.otto).status_code == 404
    with on(TODAY):
        page = sign_in(town.anna).put(address("waiting_place", place_of(town.repair).key))
    assert page.status_code == 405


def test_an_empty_list_says_what_to_do(sign_in, town):
    text = readable(list_page(sign_in, town))
    assert "Niemand wacht op deze plek." in text
    assert "nog niemand een plaats" in text


def test_the_first_gets_a_seat_and_the_log_says_why(sign_in, town, queue):
    make_room(town, queue[0])
    text = readable(list_page(sign_in, town))
    assert "Plaats geven Sam Nepstra" in text
    assert "Wat u kunt doen" in text
    page = get(sign_in, town.anna, "waiting_promote", queue[1].key)
    assert "1 van 2, wacht 61 dagen" in readable(page)
    page = post(sign_in, town.anna, "waiting_promote", queue[1].key, reason="")
    assert page.status_code == 302
    assert states(town, queue[1:]) == [HAS, WAITS]
    text = readable(list_page(sign_in, town))
    assert "Sam Nepstra : 1 van 2, wacht 61 dagen ; wacht langer dan wie erna komt ." in text
    assert "Anna Testema" in text


def test_who_is_not_first_asks_for_a_reason_and_what_was_typed_stays(sign_in, town, queue):
    make_room(town, queue[0])
    page = post(sign_in, town.carla, "waiting_promote", queue[2].key, reason="")
    assert page.status_code == 422
    assert "Schrijf op waarom u toch deze inwoner kiest." in readable(page)
    page = post(sign_in, town.carla, "waiting_promote", queue[2].key, reason="Heeft autisme.")
    assert page.status_code == 422
    assert "Heeft autisme." in page.content.decode()
    assert states(town, queue[1:]) == [WAITS, WAITS]
    page = post(sign_in, town.carla, "waiting_promote", queue[2].key, reason="Sam kan pas later.")
    assert page.status_code == 302
    assert "Sam kan pas later" in readable(list_page(sign_in, town, town.carla))
    # For whom the person is a stranger, the reason is too.
    text = readable(list_page(sign_in, town))
    assert "Sam kan pas later" not in text
    assert "Inwoner van een ander team: 2 van 2, wacht 60 dagen ." in text


def test_a_seat_that_is_gone_is_told(sign_in, town, queue):
    page = post(sign_in, town.anna, "waiting_promote", queue[1].key, reason="")
    assert page.status_code == 422
    assert "geen ruimte meer" in readable(page)


def test_who_does_not_wait_is_led_back_and_a_stranger_finds_nothing(sign_in, town, queue):
    page = get(sign_in, town.anna, "waiting_promote", queue[0].key)
    assert page.url == address("placement", queue[0].key)
    for viewer, key in [
        (town.carla, queue[1].key),
        (town.vera, queue[1].key),
        (town.anna, uuid.uuid4()),
    ]:
        assert get(sign_in, viewer, "waiting_promote", key).status_code == 404


def test_the_placement_says_where_somebody_stands_and_leads_to_the_list(sign_in, town, queue):
    page = get(sign_in, town.anna, "placement", queue[1].key)
    assert "Plaats in de rij: 1 van 2, wacht 61 dagen" in readable(page)
    assert address("waiting_place", place_of(town.repair).key) in page.content.decode()
    assert address("waiting_promote", queue[1].key) in page.content.decode()
    with on(TODAY):
        moved = sign_in(town.anna).get(
            address("placement", queue[1].key) + f"naar/{PlacementState.PROPOSED}/"
        )
    assert moved.url == address("waiting_promote", queue[1].key)


def test_somebody_is_found_by_name_and_put_on_the_list_of_a_full_place(sign_in, town):
    with on(FIRST):
        propose(town, town.roos_file.pseudonym_id, town.repair, FIRST)
    key = place_of(town.repair).key
    text = readable(list_page(sign_in, town, naam="sam"))
    assert "Op de wachtlijst zetten Sam Nepstra" in text
    assert "heet zo" in readable(list_page(sign_in, town, naam="tim"))
    page = post(sign_in, town.anna, "waiting_place", key, step="add", person=town.sam.key)
    assert page.status_code == 302
    assert "1 Sam Nepstra 0" in readable(list_page(sign_in, town))
    page = post(sign_in, town.anna, "waiting_place", key, step="add", person=town.sam.key)
    assert page.status_code == 422
    assert "heeft deze plek al" in readable(page)


@pytest.mark.parametrize("person", ["", "sam", "0"])
def test_who_chose_nobody_is_told_so(sign_in, town, person):
    key = place_of(town.repair).key
    page = post(sign_in, town.anna, "waiting_place", key, step="add", person=person)
    assert page.status_code == 422
    assert "Kies eerst een inwoner." in readable(page)


def test_somebody_of_another_team_is_not_put_on_a_list(sign_in, town):
    key = place_of(town.repair).key
    page = post(sign_in, town.anna, "waiting_place", key, step="add", person=town.tim.key)
    assert page.status_code == 404
    assert not Placement.objects.visible_to(town.system).exists()


def test_how_seats_are_given_is_chosen_for_a_day(sign_in, town):
    key = place_of(town.repair).key
    sent = {"step": "way", "way": "automatic"}
    page = post(sign_in, town.anna, "waiting_place", key, **sent, starts_on="2026-11-01")
    assert page.status_code == 422
    assert "vanaf vandaag" in readable(page)
    page = post(sign_in, town.anna, "waiting_place", key, **sent, starts_on="geen dag")
    assert page.status_code == 422
    page = post(sign_in, town.anna, "waiting_place", key, **sent, starts_on="2026-11-05")
    assert page.status_code == 302
    assert ways_on(town.anna, on=date(2026, 11, 4)) == {}
    assert ways_on(town.anna, on=date(2026, 11, 5)) == {town.repair: PromotionWay.AUTOMATIC}


def test_the_list_asks_as_many_questions_for_two_hundred_as_for_ten(sign_in, town):
    people = crowd(town, 200)
    with on(FIRST):
        all_wait(town, people[:10], town.repair, FIRST)
    list_page(sign_in, town)
    with CaptureQueriesContext(connection) as few:
        list_page(sign_in, town)
    with on(FIRST):
        all_wait(town, people[10:], town.repair, FIRST)
    with CaptureQueriesContext(connection) as many:
        page = list_page(sign_in, town)
    assert "200 inwoners wachten." in readable(page)
    assert len(many) == len(few)


# --- kinds ---------------------------------------------------------------------------------------


@pytest.fixture
def line(town: Town) -> uuid.UUID:
    """Tim waits for volunteer work, and after him Sam; return the line of Sam."""
    with on(TODAY):
        for number, (viewer, person) in enumerate([(town.carla, town.tim), (town.anna, town.sam)]):
            [key] = wait_for_kinds(
                viewer,
                lines=[
                    NewLine(pseudonym_id=person.pseudonym_id, kind=VOLUNTEER, since=day(number))
                ],
            )
    return key


def kinds_page(sign_in, viewer, **query):
    with on(TODAY):
        return sign_in(viewer).get("/coach/wachtlijsten/", query)


def test_the_lists_of_kinds_count_all_and_name_the_own_people(sign_in, town, line):
    text = readable(kinds_page(sign_in, town.anna))
    assert "Vrijwilligerswerk 2" in text
    text = readable(kinds_page(sign_in, town.anna, kind="volunteer_work"))
    assert "1 Inwoner van een ander team 62" in text
    assert "2 Sam Nepstra 61 De hele gemeente" in text
    assert "Tim" not in text


def test_the_lists_lead_to_those_of_the_places_where_somebody_waits(sign_in, town, queue):
    page = kinds_page(sign_in, town.anna)
    assert "Fietsen maken De Werkplaats 2" in readable(page)
    assert address("waiting_place", place_of(town.repair).key) in page.content.decode()
    with CaptureQueriesContext(connection) as few:
        kinds_page(sign_in, town.anna)
    with on(FIRST):
        propose(town, town.sam.pseudonym_id, town.garden, FIRST, waits=True)
    with CaptureQueriesContext(connection) as more:
        page = kinds_page(sign_in, town.anna)
    assert [one.waiting for one in page.context["places"]] == [2, 1]
    assert len(more) == len(few)


@pytest.mark.parametrize("query", [{"kind": "x"}, {"kind": "volunteer_work", "district": "99999"}])
def test_an_address_that_says_nothing_known_is_taken_as_far_as_it_can(sign_in, town, line, query):
    assert kinds_page(sign_in, town.anna, **query).status_code == 200


def test_nobody_waits_for_a_kind_and_the_page_says_what_to_do(sign_in, town):
    assert "vanuit het dossier" in readable(kinds_page(sign_in, town.anna))


def test_somebody_begins_to_wait_from_the_file(sign_in, town):
    sent = {"kind": "volunteer_work", "district": str(town.north), "since": "2026-10-01"}
    page = post(sign_in, town.anna, "waiting_person", town.sam.key, **sent, lost_place="on")
    assert page.status_code == 302
    [row] = KindWaiting.objects.visible_to(town.anna)
    assert (row.since, row.district_id, row.lost_place) == (date(2026, 10, 1), town.north, True)
    text = readable(get(sign_in, town.anna, "waiting_person", town.sam.key))
    assert "Vrijwilligerswerk Noord 1 van 1, wacht 32 dagen" in text
    page = post(sign_in, town.anna, "waiting_person", town.sam.key, **sent)
    assert page.status_code == 422
    assert "wacht al" in readable(page)
    page = post(sign_in, town.anna, "waiting_person", town.sam.key, since="2027-01-01")
    assert page.status_code == 422
    assert "Kies de soort plek." in readable(page)
    assert "in de toekomst" in readable(page)
    for viewer in (town.carla, town.vera):
        assert get(sign_in, viewer, "waiting_person", town.sam.key).status_code == 404


def test_a_seat_from_the_list_of_a_kind_asks_for_a_reason(sign_in, town, line):
    assert "Fietsen maken" in readable(get(sign_in, town.anna, "waiting_line", line))
    page = post(sign_in, town.anna, "waiting_line", line, place=str(town.repair))
    assert page.status_code == 422
    assert "niet bovenaan" in readable(page)
    page = post(sign_in, town.anna, "waiting_line", line, place="99999")
    assert page.status_code == 422
    page = post(
        sign_in, town.anna, "waiting_line", line, place=str(town.repair), reason="Tim wil later."
    )
    [placement] = Placement.objects.visible_to(town.anna)
    assert page.url == address("placement", placement.key)
    assert Promotion.objects.visible_to(town.anna).get().reason == "Tim wil later."
    assert get(sign_in, town.anna, "waiting_line", line).status_code == 404


def test_somebody_is_taken_off_the_list_of_a_kind(sign_in, town, line):
    page = post(sign_in, town.anna, "waiting_line", line, step="stop", left_on="2026-08-01")
    assert page.status_code == 422
    assert "Kies waarom." in readable(page)
    page = post(
        sign_in,
        town.anna,
        "waiting_line",
        line,
        step="stop",
        how="no_wish_any_more",
        left_on="2026-08-01",
    )
    assert page.status_code == 422
    assert "voor de dag waarop het wachten begon" in readable(page)
    page = post(
        sign_in,
        town.anna,
        "waiting_line",
        line,
        step="stop",
        how="no_wish_any_more",
        left_on="2026-11-01",
    )
    assert page.status_code == 302
    row = KindWaiting.objects.visible_to(town.anna).get(key=line)
    assert (row.how, row.left_on) == ("no_wish_any_more", date(2026, 11, 1))
    assert post(sign_in, town.carla, "waiting_line", line).status_code == 404


# --- leaving and holding -------------------------------------------------------------------------


def test_everything_of_somebody_stops_with_one_button_and_one_sentence(sign_in, town, queue, line):
    page = post(sign_in, town.anna, "leave", town.sam.key, last_day="2026-10-30")
    assert page.status_code == 422
    assert "Kies waarom alles stopt." in readable(page)
    assert again(town, queue[1].pk).state == WAITS
    with on(TODAY):
        page = sign_in(town.anna).post(
            address("leave", town.sam.key),
            {"outcome": "moved_away", "last_day": "2026-10-30"},
            follow=True,
        )
    assert "Gestopt: 0 lopende plaatsingen, 1 die nog niet waren begonnen, en 1 keer" in readable(
        page
    )
    assert again(town, queue[1].pk).state == "withdrawn"
    for viewer in (town.carla, town.vera):
        assert get(sign_in, viewer, "leave", town.sam.key).status_code == 404


def test_a_seat_is_held_for_longer_from_the_placement(sign_in, town, queue):
    key, now = queue[0].key, day(20)
    assert (
        address("placement_hold", key)
        in get(sign_in, town.anna, "placement", key, now).content.decode()
    )
    page = post(
        sign_in, town.anna, "placement_hold", key, now, until="2027-03-01", seen="2026-09-29"
    )
    assert page.status_code == 422
    assert "op zijn laatst 24-11-2026" in readable(page)
    page = post(
        sign_in, town.anna, "placement_hold", key, now, until="2026-11-01", seen="2026-09-28"
    )
    assert page.status_code == 422
    page = post(
        sign_in, town.anna, "placement_hold", key, now, until="2026-11-01", seen="2026-09-29"
    )
    assert page.status_code == 302
    assert again(town, queue[0].pk).held_until == date(2026, 11, 1)
    assert get(sign_in, town.anna, "placement_hold", queue[1].key, now).status_code == 302
    assert get(sign_in, town.vera, "placement_hold", key, now).status_code == 404


def test_the_place_says_how_many_wait(sign_in, town, queue):
    text = readable(get(sign_in, town.anna, "place", place_of(town.repair).key))
    assert "Wachtlijst (2 inwoners)" in text
    assert "Wachtlijst" not in readable(get(sign_in, town.suus, "place", place_of(town.repair).key))


def test_a_place_that_is_closed_gives_no_seats_on_its_page(sign_in, town, queue):
    other = some_place(town)
    with on(day(3)):
        propose(town, town.sam.pseudonym_id, other, day(3), waits=True)
        change(town, other, day(3), closes_on=day(4))
    page = get(sign_in, town.anna, "waiting_place", place_of(other).key)
    assert "nu niet open" in readable(page)
    assert "Plaats geven" not in readable(page)
