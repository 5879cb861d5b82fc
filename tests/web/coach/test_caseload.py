from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.conversations.actions import NewAttempt, note_attempts
from meedoen.records.conversations.outreach_actions import start_pause
from meedoen.records.ladder.actions import NewMeasurement, measure_all
from meedoen.records.organisations import clock
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.rules.vocabulary import Channel, Outcome
from tests.town import ON_RUNG_4, Town, talk
from tests.web.coach.scenes import on, proposed, readable, register_crowd

MENSEN = reverse("coach:caseload")
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def test_a_row_shows_the_last_rung_and_where_someone_takes_part(town: Town, sign_in) -> None:
    yesterday = clock.today() - timedelta(days=1)
    talk(town.anna, town.roos_file, yesterday, ON_RUNG_4)
    proposed(town)
    text = readable(sign_in(town.anna).get(MENSEN))
    assert "2 inwoners" in text
    assert "4. Onbetaald werk Moestuin (Voorgesteld) Noord Anna Testema" in text
    assert "Sam Nepstra nog nooit geen 0 - nergens" in text


def test_a_coach_begins_with_the_own_people_and_may_see_the_team(town: Town, sign_in) -> None:
    client = sign_in(town.bram)
    assert "Er staan nog geen mensen op uw naam" in readable(client.get(MENSEN))
    text = readable(client.get(MENSEN, {"whose": "team"}))
    assert "Roos Nepstra" in text
    assert "Tim" not in text


def test_a_team_lead_begins_with_the_team(town: Town, sign_in) -> None:
    assert "2 inwoners" in readable(sign_in(town.lea).get(MENSEN))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "roo"}, ["Roos"]),
        ({"words": "nep sam"}, ["Sam"]),
        ({"bereik": "never_spoken"}, ["Sam"]),
        ({"bereik": "6"}, ["Sam"]),
        ({"bereik": "12", "not_spoken": "3"}, ["Sam"]),
        ({"not_spoken": "6"}, ["Sam"]),
        ({"bereik": "no_next_step", "order": "name"}, ["Roos", "Sam"]),
        ({"bereik": "step_overdue"}, []),
        ({"bereik": "no_contact"}, []),
        ({"order": "name"}, ["Roos", "Sam"]),
        ({"order": "last_spoken"}, ["Sam", "Roos"]),
    ],
)
def test_the_filter_in_the_address_says_who_is_shown(
    town: Town, sign_in, asked: dict[str, str], found: list[str]
) -> None:
    talk(town.anna, town.roos_file, clock.today())
    rows = sign_in(town.anna).get(MENSEN, asked).context["rows"]
    assert [row.person.name.split()[0] for row in rows] == found


def test_what_is_planned_and_how_often_somebody_was_tried_stands_in_the_row(
    town: Town, sign_in
) -> None:
    with on(MONDAY):
        _tried(town, [town.sam.pseudonym_id], next_on=TUESDAY, next_what="Langsgaan")
        due = readable(sign_in(town.anna).get(MENSEN))
    assert "Sam Nepstra nog nooit 3 mrt 2026 Langsgaan 1 - nergens" in due
    with on(date(2026, 3, 4)):
        client = sign_in(town.anna)
        assert "3 mrt 2026 (te laat) Langsgaan 1" in readable(client.get(MENSEN))
        late = client.get(MENSEN, {"bereik": "step_overdue"})
        assert [row.person.name for row in late.context["rows"]] == ["Sam Nepstra"]
        assert "1 van 2 inwoners" in readable(late)
        first = client.get(MENSEN, {"order": "next_contact"})
        assert [row.person.name for row in first.context["rows"]] == ["Sam Nepstra", "Roos Nepstra"]


def test_who_wants_no_contact_stands_apart(town: Town, sign_in) -> None:
    with on(MONDAY):
        start_pause(
            town.anna,
            pseudonym_id=town.sam.pseudonym_id,
            reason="Rust.",
            ask_again_on=date(2026, 9, 1),
        )
        client = sign_in(town.anna)
        assert "Sam Nepstra nog nooit wil geen contact tot 1 sep 2026" in readable(
            client.get(MENSEN)
        )
        never = client.get(MENSEN, {"bereik": "never_spoken"})
        apart = client.get(MENSEN, {"bereik": "no_contact"})
    assert [row.person.name for row in never.context["rows"]] == ["Roos Nepstra"]
    assert [row.person.name for row in apart.context["rows"]] == ["Sam Nepstra"]


def test_a_team_lead_may_look_at_one_colleague(town: Town, sign_in) -> None:
    anna, client = f"coach-{town.anna.membership_id}", sign_in(town.lea)
    page = client.get(MENSEN, {"whose": anna})
    assert len(page.context["rows"]) == 2
    assert "Anna Testema" in [
        str(words) for _, words in page.context["form"]["whose"].field.choices
    ]
    for stranger in (town.carla, town.bram):
        nobody = client.get(MENSEN, {"whose": f"coach-{stranger.membership_id}"})
        assert set(nobody.context["form"].errors) == {"whose"}


def test_a_coach_may_not_choose_a_colleague(town: Town, sign_in) -> None:
    page = sign_in(town.bram).get(MENSEN, {"whose": f"coach-{town.anna.membership_id}"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"whose"}


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        ("12", "Kies een kortere tijd"),
        ("never_spoken", "al eens gesproken"),
        ("step_overdue", "Geen enkele volgende stap is te laat"),
        ("no_contact", "geen contact te willen"),
    ],
)
def test_an_empty_list_says_what_that_means(town: Town, sign_in, reach: str, words: str) -> None:
    for person in (town.roos_file, town.sam):
        talk(town.anna, person, clock.today())
    assert words in readable(sign_in(town.anna).get(MENSEN, {"bereik": reach}))


def test_a_district_can_be_chosen(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    assert len(client.get(MENSEN, {"district": str(town.north)}).context["rows"]) == 2
    nobody = client.get(MENSEN, {"district": str(town.south)})
    assert "Niemand past bij deze keuze" in readable(nobody)


def test_values_that_do_not_exist_are_all_named_and_the_list_is_still_there(
    town: Town, sign_in
) -> None:
    page = sign_in(town.anna).get(
        MENSEN, {"district": "999999", "order": "shoe_size", "words": "roos"}
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"district", "order"}
    assert 'value="roos"' in page.content.decode()
    assert len(page.context["rows"]) == 1


@pytest.mark.parametrize("number", ["0", "-1", "abc", "999", "²", "9" * 40])
def test_a_page_that_does_not_exist_gives_the_nearest(town: Town, sign_in, number: str) -> None:
    page = sign_in(town.anna).get(MENSEN, {"page": number})
    assert page.status_code == 200
    assert len(page.context["rows"]) == 2


def test_going_to_the_next_page_keeps_the_filter(town: Town, sign_in) -> None:
    register_crowd(town, 30)
    client = sign_in(town.anna)
    first = client.get(MENSEN, {"words": "figurant", "order": "name"})
    assert "?words=figurant&amp;order=name&amp;page=2" in first.content.decode()
    second = client.get(MENSEN, {"words": "figurant", "order": "name", "page": "2"})
    assert "30 van 32 inwoners" in readable(second)
    assert len(second.context["rows"]) == 5


def test_ten_people_and_two_hundred_cost_the_same_number_of_questions(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    _measure_and_place(town, register_crowd(town, 10))
    few = _questions(client)
    _measure_and_place(town, register_crowd(town, 190, after=10))
    assert client.get(MENSEN).context["page"].total == 202
    assert _questions(client) == few


def _measure_and_place(town: Town, pseudonym_ids: list[int]) -> None:
    today = clock.today()
    measure_all(
        town.anna,
        measurements=[
            NewMeasurement(pseudonym_id=one, measured_on=today, answers=ON_RUNG_4)
            for one in pseudonym_ids
        ],
    )
    place_all(
        town.anna,
        placements=[
            NewPlacement(pseudonym_id=one, place_id=town.far, proposed_on=today)
            for one in pseudonym_ids[:2]
        ],
    )
    _tried(town, pseudonym_ids, next_on=today + timedelta(days=7))


def _tried(town: Town, pseudonym_ids: list[int], **more: Any) -> None:
    note_attempts(
        town.anna,
        attempts=[
            NewAttempt(
                pseudonym_id=one,
                made_on=clock.today(),
                channel=Channel.PHONE,
                outcome=Outcome.NO_ANSWER,
                **more,
            )
            for one in pseudonym_ids
        ],
    )


def _questions(client: Client) -> int:
    """Return how many questions to the database one page of the list takes."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(MENSEN, {"order": "name"}).status_code == 200
    return len(asked)
