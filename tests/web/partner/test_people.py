"""The own people: the list, and one of them with what may be known."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.history.models import Reading
from meedoen.records.participation_jobs.queries import last_days_here
from meedoen.records.people.client_numbers import client_numbers
from meedoen.records.placements import actions
from meedoen.records.placements.month_actions import NewMonth, confirm_months
from meedoen.records.placements.queries import guest
from meedoen.records.placements.terms_actions import NewTerms, change_terms
from meedoen.records.placements.told_queries import told_about
from meedoen.records.places.models import Place
from meedoen.records.sharing.actions import allow_sharing_all
from meedoen.rules import half_days
from meedoen.rules.vocabulary import Guidance, Outcome, PlaceKind, PlacementState, Shared
from tests.records.directory.scenes import entered_location
from tests.records.figures.scenes import crowd
from tests.records.placements.desk import (
    IN_NOVEMBER,
    NOVEMBER,
    OCTOBER,
    all_taking_part,
    goes_on,
    taking_part,
    trying,
)
from tests.sharing import new_sharing
from tests.town import ON_RUNG_2, talk
from tests.web.coach.scenes import NOBODY, on, proposed
from tests.web.public.reading import tables_of, words_of

PEOPLE = "partner:people"


def person(key):
    return reverse("partner:person", args=[key])


def get(client, url, day=IN_NOVEMBER, **query):
    with on(day):
        return client.get(url, query)


def rows_of(response):
    return tables_of(response).get("Mensen bij uw organisatie", [])[1:]


def test_the_list_shows_name_number_place_days_and_what_was_confirmed(town, sign_in):
    key = taking_part(town)
    with on(IN_NOVEMBER):
        actions.set_planned_end(town.anna, key=key, on=date(2027, 3, 1))
        confirm_months(town.petra, answers=[NewMonth(key=key, month=OCTOBER)])
    response = get(sign_in(town.petra), reverse(PEOPLE))
    number = guest(town.petra, key=key).client_number
    assert rows_of(response) == [
        [
            "Roos",
            number,
            "MoestuinParticipatiebaan",
            "Loopt",
            "7 sep 2026",
            "1 mrt 2027",
            "oktober 2026",
            "Anna Testema",
        ]
    ]
    assert "1 persoon doet mee, 0 wachten op een start." in words_of(response)


def test_the_list_can_be_searched_filtered_and_sorted_by_its_address(town, sign_in):
    roos, sam = taking_part(town), proposed(town, town.sam)
    client, url = sign_in(town.petra), reverse(PEOPLE)

    def names(**query):
        return [row[0] for row in rows_of(get(client, url, **query))]

    assert names() == names(order="since") == ["Sam", "Roos"]
    assert names(order="name") == ["Roos", "Sam"]
    assert names(state="active") == names(words="roo") == ["Roos"]
    assert names(state="proposed") == ["Sam"]
    number = guest(town.petra, key=sam).client_number
    assert names(words=number.lower()) == ["Sam"]
    place = str(Place.objects.get(pk=town.garden).key)
    assert names(place=place, order="place") == ["Roos", "Sam"]
    empty = get(client, url, words="niemand")
    assert "Niemand past bij deze keuze." in words_of(empty)
    for wrong in ({"state": "weg"}, {"order": "toeval"}, {"place": str(NOBODY)}):
        assert get(client, url, **wrong).status_code == 422
    assert roos != sam


def test_everyone_can_be_chosen_by_where_they_stand(town, sign_in):
    Place.objects.filter(pk=town.garden).update(capacity=3)
    roos, tim = taking_part(town), taking_part(town, town.tim)
    sam = proposed(town, town.sam)
    with on(IN_NOVEMBER):
        actions.confirm_one(town.petra, key=sam, to=PlacementState.INTRODUCED, on=IN_NOVEMBER)
    goes_on(town, roos, PlacementState.PAUSED, IN_NOVEMBER)
    client, url = sign_in(town.petra), reverse(PEOPLE)

    def names(state):
        return sorted(row[0] for row in rows_of(get(client, url, state=state)))

    assert names("to_begin") == names("introduced") == ["Sam"]
    assert names("taking_part") == ["Roos", "Tim"]
    assert names("paused") == ["Roos"]
    assert names("active") == ["Tim"]
    assert names("trial") == names("proposed") == []
    page = get(client, url)
    assert "2 mensen doen mee ( 1 even niet), 1 wacht op een start." in words_of(page)
    assert {row[3] for row in rows_of(page)} == {"Even niet", "Loopt", "Kennisgemaakt"}
    assert get(client, url, state="ended").status_code == 422
    assert tim


@pytest.mark.parametrize(
    ("agreed", "listed", "told"),
    [
        (None, "6 sep 2028volgens de wet", "6 september 2028, langer mag niet van de wet"),
        (date(2028, 9, 5), "5 sep 2028", "5 september 2028, afgesproken"),
        (date(2028, 9, 6), "6 sep 2028", "6 september 2028, afgesproken"),
        (date(2028, 9, 7), "6 sep 2028volgens de wet", "6 september 2028, langer mag niet"),
    ],
)
def test_the_last_day_is_the_agreed_one_or_that_of_the_law_when_it_is_earlier(
    town, sign_in, agreed, listed, told
):
    key = taking_part(town)
    if agreed:
        with on(IN_NOVEMBER):
            actions.set_planned_end(town.anna, key=key, on=agreed)
    client = sign_in(town.petra)
    [row] = rows_of(get(client, reverse(PEOPLE)))
    assert row[5] == listed
    assert f"Laatste dag {told}" in words_of(get(client, person(key)))


def test_the_law_counts_what_somebody_did_elsewhere_and_says_nothing_of_it(town, sign_in):
    Place.objects.filter(pk=town.repair).update(kind=PlaceKind.PARTICIPATION_JOB)
    before = taking_part(town, place=town.repair, since=date(2025, 9, 8))
    with on(date(2026, 9, 4)):
        actions.end(town.anna, key=before, last_day=date(2026, 9, 4), outcome=Outcome.GOAL_REACHED)
    key = taking_part(town)
    with on(IN_NOVEMBER):
        # Two years of work, of which the two days between the jobs are no part.
        own = {key: date(2027, 9, 9)}
        assert last_days_here(town.petra, keys=[before, key]) == own
        assert last_days_here(town.otto, keys=[before, key]) == {}
        assert last_days_here(town.anna, keys=[key]) == own
        assert last_days_here(town.roos, keys=[key]) == own
        assert last_days_here(town.connie, keys=[key]) == {}
    page = words_of(get(sign_in(town.petra), person(key)))
    assert "langer mag niet van de wet" in page
    assert "Werkplaats" not in page


def test_other_work_has_no_last_day_by_law(town, sign_in):
    key = taking_part(town, place=town.repair)
    assert "Laatste dag niet afgesproken" in words_of(get(sign_in(town.otto), person(key)))


def test_a_person_is_shown_with_the_hours_guidance_and_location_that_hold(town, sign_in):
    key = taking_part(town)
    client = sign_in(town.petra)
    page = words_of(get(client, person(key)))
    assert "Wanneer maandagochtend, dinsdagochtend en woensdagochtend" in page
    assert "Uren per week niet afgesproken Begeleiding Af en toe" in page
    assert "Locatie" not in page
    where = entered_location(town)
    terms = NewTerms(
        starts_on=NOVEMBER,
        hours_a_week=Decimal("7.5"),
        half_days=half_days.from_codes(["mon_morning"]),
        guidance=Guidance.ALWAYS_NEAR,
        location_id=where.pk,
        why="Rustig opbouwen.",
    )
    with on(NOVEMBER):
        change_terms(town.anna, key=key, terms=terms)
    page = words_of(get(client, person(key)))
    assert "Wanneer maandagochtend Uren per week 7,5 Begeleiding Altijd" in page
    assert f"Locatie {where.name}" in page
    # Why it changed is between the coach and the resident.
    assert "Rustig opbouwen" not in page


def test_a_person_on_trial_and_after_it_keeps_the_first_day(town, sign_in):
    key = trying(town)
    client = sign_in(town.petra)
    page = words_of(get(client, person(key)))
    assert "Eerste dag 7 september 2026" in page
    assert "Op proef" in page
    assert "Door na de proef" in page
    assert "1 persoon doet mee ( 1 op proef), 0 wachten" in words_of(get(client, reverse(PEOPLE)))
    goes_on(town, key, PlacementState.ACTIVE, date(2026, 10, 12))
    page = words_of(get(client, person(key)))
    assert "Eerste dag 7 september 2026 Zo sinds 12 oktober 2026" in page
    assert "Door na de proef" not in page


def test_who_was_introduced_has_a_page_with_what_can_be_told(town, sign_in):
    key = proposed(town)
    with on(IN_NOVEMBER):
        actions.confirm_one(town.petra, key=key, to=PlacementState.INTRODUCED, on=IN_NOVEMBER)
    page = words_of(get(sign_in(town.petra), person(key)))
    assert "Kennisgemaakt op 3 november 2026" in page
    assert "Start bevestigen" in page
    assert "Zorgen melden, of: komt niet" in page
    assert "Maanden" not in page


def test_an_empty_list_says_what_to_do(town, sign_in):
    page = words_of(get(sign_in(town.petra), reverse(PEOPLE)))
    assert "Houd uw plekken actueel: dan vinden coaches u." in page


def test_a_number_of_another_organisation_finds_nobody(town, sign_in):
    taking_part(town)
    werkplaats = town.otto.organisation_id
    pair = (town.roos_file.pseudonym_id, werkplaats)
    strange = client_numbers(town.system, pairs=[pair])[pair]
    page = words_of(get(sign_in(town.petra), reverse(PEOPLE), words=strange))
    assert "Niemand past bij deze keuze." in page


def test_the_list_takes_as_many_questions_for_many_as_for_few(town, sign_in):
    Place.objects.filter(pk=town.garden).update(capacity=500)
    client, people = sign_in(town.petra), crowd(town, 200)

    def questions(some):
        all_taking_part(town, some)
        with CaptureQueriesContext(connection) as asked:
            response = get(client, reverse(PEOPLE))
        assert response.status_code == 200
        return len(asked)

    assert questions(people[:10]) == questions(people[10:])


def test_a_person_is_shown_with_place_months_and_coach_and_that_is_noted(town, sign_in):
    key = taking_part(town)
    with on(IN_NOVEMBER):
        confirm_months(town.pia, answers=[NewMonth(key=key, month=OCTOBER)])
    page = words_of(get(sign_in(town.petra), person(key)))
    assert "Eerste dag 7 september 2026" in page
    assert "Coach Anna Testema" in page
    assert "oktober 2026 Zoals gepland (Pia Testema, 3 nov 2026)" in page
    [reading] = Reading.objects.visible_to(town.priya)
    assert (reading.page, reading.read_by_id) == ("guest", town.petra.membership_id)


def test_without_a_sharing_note_nothing_more_is_shown(town, sign_in):
    key = taking_part(town)
    with on(NOVEMBER):
        talk(town.anna, town.roos_file, NOVEMBER, ON_RUNG_2)
    response = get(sign_in(town.petra), person(key))
    assert "Wat u mag weten" not in words_of(response)
    for secret in ("Nepstra", "111222333", "1980", "Wil graag naar buiten", "rede"):
        assert secret not in response.content.decode(), secret
    with on(IN_NOVEMBER):
        told = told_about(town.petra, key=key)
    assert (told.what, told.name, told.wishes, told.rung) == (frozenset(), "", None, None)


@pytest.mark.parametrize(
    ("what", "shown", "hidden"),
    [
        (Shared.NAME_AND_PHONE, "Naam Roos Nepstra", "Trede"),
        (Shared.TIMES, "Kan op maandagochtend", "Nepstra"),
        (Shared.RUNG, "Trede 2.", "Nepstra"),
    ],
)
def test_only_what_the_sharing_note_names_is_shown_and_only_while_it_holds(
    town, sign_in, what, shown, hidden
):
    key = taking_part(town)
    with on(NOVEMBER):
        talk(town.anna, town.roos_file, NOVEMBER, ON_RUNG_2)
        sharing = new_sharing(
            town,
            town.roos_file.pseudonym_id,
            what=frozenset({what}),
            starts_on=NOVEMBER,
            ends_on=date(2026, 12, 1),
        )
        allow_sharing_all(town.anna, sharings=[sharing])
    client = sign_in(town.petra)
    page = words_of(get(client, person(key)))
    assert "Wat u mag weten" in page
    assert shown in page
    assert hidden not in page
    assert "Wat u mag weten" not in words_of(get(client, person(key), date(2026, 12, 2)))


def test_what_may_be_told_to_one_organisation_is_not_told_to_another(town, sign_in):
    key = taking_part(town, place=town.repair)
    with on(NOVEMBER):
        sharing = new_sharing(town, town.roos_file.pseudonym_id, starts_on=NOVEMBER)
        allow_sharing_all(town.anna, sharings=[sharing])
    assert "Nepstra" not in words_of(get(sign_in(town.otto), person(key)))
    # De Moestuin may be told, but nobody of theirs is there.
    assert get(sign_in(town.petra), person(key)).status_code == 404
    with on(IN_NOVEMBER):
        assert told_about(town.petra, key=key) is None
        assert told_about(town.anna, key=key) is None


def test_the_page_is_gone_when_the_placement_is_over(town, sign_in):
    key = taking_part(town)
    with on(IN_NOVEMBER):
        actions.end(town.anna, key=key, last_day=NOVEMBER, outcome=Outcome.GOAL_REACHED)
    client = sign_in(town.petra)
    assert get(client, person(key)).status_code == 404
    assert rows_of(get(client, reverse(PEOPLE))) == []


@pytest.mark.parametrize("name", ["anna", "lea", "roos", "connie", "suus", "priya", "ab", "vera"])
def test_who_is_no_partner_does_not_find_these_pages(town, sign_in, name):
    key = taking_part(town)
    client = sign_in(town.members[name])
    assert get(client, reverse(PEOPLE)).status_code == 404
    assert get(client, person(key)).status_code == 404
    assert client.post(person(key)).status_code == 404
    assert sign_in(town.petra).post(person(key)).status_code == 405
    assert get(sign_in(town.petra), person(NOBODY)).status_code == 404
