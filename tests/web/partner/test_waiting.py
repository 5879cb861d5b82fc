"""The desk of a partner: what waits, and never more than a first name."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from meedoen.records.organisations import clock
from meedoen.records.placements.actions import (
    NewPlacement,
    move_one,
    place_all,
    set_planned_end,
)
from meedoen.records.placements.place_closing import answer_about_place
from meedoen.records.placements.queries import guest
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import FreshnessAnswer, MoveReason, PlacementState
from tests.records.figures.scenes import crowd, key_of
from tests.records.placements.desk import taking_part
from tests.standing_town import kept
from tests.web.coach.scenes import on
from tests.web.partner.scenes import headings_of, key_of_place, show_interest
from tests.web.public.reading import words_of

PROPOSED_ON = date(2026, 3, 2)
BEGAN = {"to": "active", "on": "2026-03-09"}


@pytest.fixture
@kept
def proposed(town):
    """Let Anna propose Roos for the garden, and Carla propose Tim for the repair shop."""
    keys = {}
    for coach, person, place in (
        (town.anna, town.roos_file, town.garden),
        (town.carla, town.tim, town.repair),
    ):
        new = NewPlacement(
            pseudonym_id=person.pseudonym_id, place_id=place, proposed_on=PROPOSED_ON
        )
        [placement_id] = place_all(coach, placements=[new])
        keys[person.name.split()[0]] = key_of(town, placement_id)
    return keys


def start_of(key) -> str:
    return reverse("partner:start", args=[key])


def test_petra_sees_who_waits_with_number_coach_and_day(town, sign_in, proposed):
    page = words_of(sign_in(town.petra).get(reverse("partner:waiting")))
    assert "Eén persoon is bij u voorgesteld" in page
    number = guest(town.petra, key=proposed["Roos"]).client_number
    assert (
        f"Roos {number} Moestuin Participatiebaan Voorgesteld op 2 maart 2026 "
        "Coach: Anna Testema" in page
    )


def test_the_one_who_waits_longest_comes_first(town, sign_in, proposed):
    earlier = NewPlacement(
        pseudonym_id=town.sam.pseudonym_id, place_id=town.garden, proposed_on=date(2026, 2, 1)
    )
    place_all(town.anna, placements=[earlier])
    page = words_of(sign_in(town.petra).get(reverse("partner:waiting")))
    assert "2 mensen zijn bij u voorgesteld" in page
    assert page.index("Sam") < page.index("Roos")


def test_nothing_else_about_a_resident_reaches_the_page(town, sign_in, proposed):
    client = sign_in(town.petra)
    for url in (reverse("partner:waiting"), start_of(proposed["Roos"])):
        page = client.get(url).content.decode()
        assert "Roos" in page
        for secret in (
            "Nepstra",
            "111222333",
            "222333",
            "1980",
            "uitkering",
            "bijstand",
            "Noord",
            "WK999001",
            str(town.roos_file.key),
            "Wil graag naar buiten",
            "Tim",
            "Fietsen",
            "Sam",
            "trede",
        ):
            assert secret not in page, secret


def test_without_anything_waiting_the_page_says_so_and_shows_no_empty_blocks(town, sign_in):
    answer_about_place(
        town.otto, place_key=key_of_place(town.repair), answer=FreshnessAnswer.STILL_RIGHT
    )
    answer_about_place(
        town.otto, place_key=key_of_place(town.far), answer=FreshnessAnswer.STILL_RIGHT
    )
    response = sign_in(town.otto).get(reverse("partner:waiting"))
    assert "Er wacht nu niets op u" in words_of(response)
    assert "Er doet nu nog niemand bij u mee" in words_of(response)
    assert headings_of(response) == ["Wie er nu meedoet"]


def test_what_waits_stands_in_blocks_the_most_urgent_first(town, sign_in, proposed):
    with on(date(2026, 9, 7)):
        late = taking_part(town, town.sam)
        set_planned_end(town.anna, key=late, on=date(2026, 10, 30))
    with on(date(2026, 11, 3)):
        response = sign_in(town.petra).get(reverse("partner:waiting"))
    assert headings_of(response) == [
        "Voorgesteld bij u",
        "Hoe ging het in oktober 2026?",
        "Hoe loopt het af?",
        "Kloppen uw plekken nog?",
        "Wie er nu meedoet",
    ]
    page = words_of(response)
    assert "Eén persoon deed mee tot het eind van oktober 2026." in page
    assert "De laatste dag zou 30 oktober 2026 zijn." in page
    assert "Moestuin Participatiebaan Nog nooit nagekeken" in page


def test_somebody_who_shows_interest_waits_for_the_organisation_alone(town, sign_in):
    show_interest(town)
    page = words_of(sign_in(town.otto).get(reverse("partner:waiting")))
    assert "Eén persoon wil graag komen en wacht op uw bericht." in page
    assert "Noor Probeer Fietsen maken" in page
    assert "Noor" not in words_of(sign_in(town.petra).get(reverse("partner:waiting")))


def test_many_who_wait_take_as_many_questions_as_few_and_the_rest_is_a_click_away(town, sign_in):
    Place.objects.filter(pk=town.garden).update(capacity=500)
    client, people = sign_in(town.petra), crowd(town, 60)

    def questions(some):
        place_all(
            town.anna,
            placements=[
                NewPlacement(pseudonym_id=one, place_id=town.garden, proposed_on=PROPOSED_ON)
                for one in some
            ],
        )
        with CaptureQueriesContext(connection) as asked:
            page = words_of(client.get(reverse("partner:waiting")))
        return len(asked), page

    few, _page = questions(people[:10])
    many, page = questions(people[10:])
    assert few == many
    assert "60 mensen zijn bij u voorgesteld" in page
    assert "Alle mensen die wachten" in page


def test_petra_confirms_the_start_and_roos_takes_part(town, sign_in, proposed):
    client, url = sign_in(town.petra), start_of(proposed["Roos"])
    assert f'value="{clock.today().isoformat()}"' in client.get(url).content.decode()
    response = client.post(url, BEGAN, follow=True)
    assert response.redirect_chain == [(reverse("partner:waiting"), 302)]
    page = words_of(response)
    assert "Roos is op 9 maart 2026 begonnen: Moestuin." in page
    assert "Eén persoon doet nu bij u mee." in page
    card = guest(town.petra, key=proposed["Roos"])
    assert (card.state, card.since) == (PlacementState.ACTIVE, date(2026, 3, 9))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Dit veld is verplicht."),
        ("gisteren", "Voer een geldige datum in."),
        ("2026-03-01", "De datum ligt voor 02-03-2026"),
        ("2999-01-01", "De datum ligt in de toekomst"),
    ],
)
def test_a_day_that_cannot_be_keeps_what_was_typed_and_says_why(
    town, sign_in, proposed, day, words
):
    sent = {"to": "active", "on": day}
    response = sign_in(town.petra).post(start_of(proposed["Roos"]), sent)
    assert response.status_code == 422
    assert words in words_of(response)
    assert not day or f'value="{day}"' in response.content.decode()
    assert guest(town.petra, key=proposed["Roos"]).state is PlacementState.PROPOSED


def test_a_start_that_is_confirmed_already_leads_back(town, sign_in, proposed):
    client, url = sign_in(town.petra), start_of(proposed["Roos"])
    client.post(url, BEGAN)
    for response in (client.get(url, follow=True), client.post(url, follow=True)):
        assert "De start van Roos is al bevestigd." in words_of(response)
    assert guest(town.petra, key=proposed["Roos"]).since == date(2026, 3, 9)


def test_petra_tells_that_they_met_then_that_roos_tries_and_then_that_she_goes_on(
    town, sign_in, proposed
):
    client, url = sign_in(town.petra), start_of(proposed["Roos"])
    steps = [
        ("introduced", "2026-03-05", "u heeft op 5 maart 2026 kennisgemaakt met Roos (Moestuin)"),
        ("trial", "2026-03-09", "Roos is op 9 maart 2026 op proef begonnen: Moestuin."),
        ("active", "2026-04-06", "Roos gaat sinds 6 april 2026 door na de proef: Moestuin."),
    ]
    for to, day, words in steps:
        assert words in words_of(client.post(url, {"to": to, "on": day}, follow=True))
        card = guest(town.petra, key=proposed["Roos"])
        assert (card.state.value, card.since.isoformat()) == (to, day)


@pytest.mark.parametrize(
    ("steps", "offered"),
    [
        ([], ["introduced", "trial", "active"]),
        ([PlacementState.INTRODUCED], ["trial", "active"]),
        ([PlacementState.TRIAL], ["active"]),
        ([PlacementState.ACTIVE, PlacementState.PAUSED], ["active"]),
        ([PlacementState.ACTIVE], None),
    ],
)
def test_only_what_may_be_confirmed_now_is_offered(town, sign_in, proposed, steps, offered):
    for to in steps:
        reason = MoveReason.AGREED_BREAK if to is PlacementState.PAUSED else None
        move_one(town.anna, key=proposed["Roos"], to=to, on=date(2026, 3, 9), reason=reason)
    page = sign_in(town.petra).get(start_of(proposed["Roos"]))
    if offered is None:
        assert page.status_code == 302
        return
    tree = html.fromstring(page.content.decode())
    assert tree.xpath('//main//input[@name="to"]/@value') == offered
    assert not tree.xpath('//main//input[@name="to"]/@checked')
    for decided in ("waiting", "paused", "ended", "withdrawn"):
        answer = sign_in(town.petra).post(
            start_of(proposed["Roos"]), {"to": decided, "on": "2026-03-10"}
        )
        assert answer.status_code == 422


def test_who_was_away_is_said_to_be_back(town, sign_in, proposed):
    client, key = sign_in(town.petra), proposed["Roos"]
    for to, day, reason in (
        (PlacementState.ACTIVE, date(2026, 3, 9), None),
        (PlacementState.PAUSED, date(2026, 4, 6), MoveReason.AGREED_BREAK),
    ):
        move_one(town.anna, key=key, to=to, on=day, reason=reason)
    response = client.get(reverse("partner:waiting"))
    assert "Even niet" in headings_of(response)
    page = words_of(response)
    assert "Eén persoon komt een tijd niet." in page
    assert "Even niet sinds 6 april 2026" in page
    assert "Eén persoon doet nu bij u mee. Eén persoon is er even niet." in page
    said = client.post(start_of(key), {"to": "active", "on": "2026-05-04"}, follow=True)
    assert "Roos doet sinds 4 mei 2026 weer mee: Moestuin." in words_of(said)
    assert "Even niet" not in headings_of(said)


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (PlacementState.INTRODUCED, "De kennismaking met Roos is al bevestigd."),
        (PlacementState.TRIAL, "Dat Roos op proef is begonnen, is al bevestigd."),
        (PlacementState.ACTIVE, "De start van Roos is al bevestigd."),
    ],
)
def test_what_is_confirmed_twice_is_kept_once_and_said_kindly(
    town, sign_in, proposed, first, words
):
    client, url = sign_in(town.petra), start_of(proposed["Roos"])
    sent = {"to": first.value, "on": "2026-03-09", "seen": "proposed"}
    assert client.post(url, sent).status_code == 302
    again = client.post(url, sent | {"on": "2026-03-10"}, follow=True)
    assert again.status_code == 200
    assert words in words_of(again)
    card = guest(town.petra, key=proposed["Roos"])
    assert (card.state, card.since) == (first, date(2026, 3, 9))


def test_who_was_introduced_still_waits_to_begin(town, sign_in, proposed):
    client = sign_in(town.petra)
    client.post(start_of(proposed["Roos"]), {"to": "introduced", "on": "2026-03-05"})
    page = words_of(client.get(reverse("partner:waiting")))
    assert "Eén persoon is bij u voorgesteld en nog niet begonnen." in page
    assert "Kennisgemaakt op 5 maart 2026" in page
    assert "Er doet nu nog niemand bij u mee." in page


def test_a_placement_elsewhere_looks_like_one_that_does_not_exist(town, sign_in, proposed):
    strange = sign_in(town.petra).get(start_of(proposed["Tim"]))
    nothing = sign_in(town.petra).get(start_of("00000000-0000-4000-8000-000000000000"))
    assert strange.status_code == nothing.status_code == 404
    assert words_of(strange) == words_of(nothing)
    answer = sign_in(town.petra).post(start_of(proposed["Tim"]), BEGAN)
    assert answer.status_code == 404
    assert guest(town.otto, key=proposed["Tim"]).state is PlacementState.PROPOSED


@pytest.mark.parametrize("name", ["anna", "lea", "roos", "connie", "suus", "priya", "ab", "vera"])
def test_who_is_no_partner_does_not_find_the_desk(town, sign_in, proposed, name):
    client = sign_in(town.members[name])
    assert client.get(reverse("partner:waiting")).status_code == 404
    assert client.get(start_of(proposed["Roos"])).status_code == 404
    assert client.post(start_of(proposed["Roos"]), BEGAN).status_code == 404


def test_who_is_not_signed_in_is_asked_to_sign_in(town, client, proposed):
    answer = client.get(start_of(proposed["Roos"]))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_the_desk_takes_no_other_method(town, sign_in, proposed):
    client = sign_in(town.petra)
    assert client.post(reverse("partner:waiting")).status_code == 405
    assert client.delete(start_of(proposed["Roos"])).status_code == 405
