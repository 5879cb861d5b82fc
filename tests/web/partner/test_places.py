"""Own places: kept true, entered, changed and stopped; and who shows interest in them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.organisations import clock
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.records.places.detail_queries import place_page
from meedoen.records.places.models import Place, PlaceConfirmation
from meedoen.records.places.own_queries import OwnPlaceFilter, OwnState, own_place_list
from meedoen.records.places.proposed_queries import proposed_places
from meedoen.records.places.sign_up_queries import sign_ups
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus
from tests.records.placements.desk import taking_part
from tests.town import LONG_AGO, MORNINGS
from tests.web.coach.scenes import NOBODY
from tests.web.partner.scenes import key_of_place, sent_form, show_interest
from tests.web.public.reading import tables_of, words_of

NEW = {
    "title": "Koffie schenken",
    "description": "Koffie en thee schenken voor bezoekers.",
    "kind": "volunteer_work",
    "half_days": ["mon_morning"],
    "half_days_needed": "1",
    "opens_on": "2026-01-05",
    "capacity": "3",
    "language_level_asked": "0",
    "guidance": "now_and_then",
    "start_window": "by_appointment",
    "legal_task": "participation",
    "times": "1",
}


def own(name, key=None):
    return reverse(f"partner:{name}", args=[key] if key else [])


@pytest.fixture
def garden(town):
    return key_of_place(town.garden)


def rows_of(response):
    return tables_of(response).get("Plekken van uw organisatie", [])[1:]


def district(town):
    return {"district": str(town.north)}


# --- looking -------------------------------------------------------------------------------------


def test_the_list_shows_own_places_with_room_and_how_fresh_they_are(town, sign_in):
    taking_part(town)
    response = sign_in(town.petra).get(own("places"))
    [row] = rows_of(response)
    assert row[0] == "MoestuinParticipatiebaan"
    assert row[2:] == ["1", "1", "Nog nooit nagekeken"]
    assert "1 plek in de lijst, waarvan 1 om na te kijken." in words_of(response)
    for other in ("Fietsen maken", "Zondagsoos"):
        assert other not in words_of(response)


def test_the_list_is_filtered_sorted_and_paged_by_its_address(town, sign_in):
    enter_places(
        town.petra,
        places=[
            NewPlace(
                organisation_id=town.petra.organisation_id,
                district_id=town.north,
                kind=PlaceKind.VOLUNTEER_WORK,
                title=f"Plek {number:02}",
                capacity=number,
                half_days=MORNINGS,
                opens_on=LONG_AGO,
                confirmed_on=clock.today(),
            )
            for number in range(1, 31)
        ],
    )
    client = sign_in(town.petra)

    def titles(**query):
        return [row[0].split("V")[0] for row in rows_of(client.get(own("places"), query))]

    assert len(titles()) == 25
    assert titles(page=2, kind="volunteer_work") == [f"Plek {one}" for one in range(26, 31)]
    assert titles(words="plek 07") == ["Plek 07"]
    assert titles(order="free", kind="volunteer_work")[:2] == ["Plek 01", "Plek 02"]
    assert titles(state="stale") == ["MoestuinParticipatiebaan"]
    assert titles(state="over") == []
    assert client.get(own("places"), {"state": "weg"}).status_code == 422
    page = client.get(own("places"), {"words": "bestaat niet"})
    assert "Geen plek past bij deze keuze." in words_of(page)


def test_the_list_takes_as_many_questions_for_many_as_for_few(town):
    def questions(count):
        enter_places(
            town.system,
            places=[
                NewPlace(
                    organisation_id=town.petra.organisation_id,
                    district_id=town.north,
                    kind=PlaceKind.VOLUNTEER_WORK,
                    title="Nog een",
                    capacity=1,
                    half_days=MORNINGS,
                    opens_on=LONG_AGO,
                )
            ]
            * count,
        )
        with CaptureQueriesContext(connection) as asked:
            own_place_list(town.petra, wanted=OwnPlaceFilter(), size=500)
        return len(asked)

    assert questions(10) == questions(190)


# --- still right? -------------------------------------------------------------------------------


def test_one_click_says_that_a_place_is_still_right(town, sign_in, garden):
    client = sign_in(town.petra)
    response = client.post(own("place_answer", garden), {"answer": "still_right"}, follow=True)
    assert "Bedankt. Moestuin is nagekeken." in words_of(response)
    assert "Klopt, geldt tot en met" in words_of(response)
    row = Place.objects.get(pk=town.garden)
    assert row.confirmed_on == clock.today()
    [said] = PlaceConfirmation.objects.all()
    assert said.answered_by_id == town.petra.membership_id


def test_full_and_room_again_are_one_click_each(town, sign_in, garden):
    client = sign_in(town.petra)
    page = client.post(own("place_answer", garden), {"answer": "full"}, follow=True)
    assert Place.objects.get(pk=town.garden).is_full
    assert "Klopt, en er is weer ruimte" in words_of(page)
    client.post(own("place_answer", garden), {"answer": "still_right"})
    assert Place.objects.get(pk=town.garden).is_full
    client.post(own("place_answer", garden), {"answer": "still_right", "has_room": "1"})
    assert not Place.objects.get(pk=town.garden).is_full


def test_stopping_asks_first_and_says_who_is_still_there(town, sign_in, garden):
    taking_part(town)
    client = sign_in(town.petra)
    assert "Er doet nog één persoon mee" in words_of(client.get(own("place_stop", garden)))
    assert Place.objects.get(pk=town.garden).closes_on > clock.today() + timedelta(days=400)
    response = client.post(own("place_stop", garden), follow=True)
    assert "Moestuin is vanaf morgen gestopt." in words_of(response)
    assert Place.objects.get(pk=town.garden).closes_on == clock.today() + timedelta(days=1)


def test_an_answer_that_is_none_is_not_found_and_an_answer_needs_a_click(town, sign_in, garden):
    client = sign_in(town.petra)
    for answer in ("", "stopped", "changed", "onzin"):
        assert client.post(own("place_answer", garden), {"answer": answer}).status_code == 404
    assert client.get(own("place_answer", garden)).status_code == 405
    assert not PlaceConfirmation.objects.exists()


# --- entering and changing -----------------------------------------------------------------------


def test_a_new_place_is_in_the_directory_at_once(town, sign_in):
    client = sign_in(town.petra)
    assert "Een participatiebaan niet" in words_of(client.get(own("place_new")))
    response = client.post(own("place_new"), NEW | district(town), follow=True)
    assert "De plek staat in de lijst van plekken." in words_of(response)
    row = Place.objects.get(title="Koffie schenken")
    assert (row.status, row.confirmed_on) == (PlaceStatus.LISTED, clock.today())
    assert row.organisation_id == town.petra.organisation_id
    assert not row.is_public


def test_a_new_participation_job_waits_for_the_municipality(town, sign_in):
    client = sign_in(town.petra)
    new = NEW | district(town) | {"kind": "participation_job"}
    response = client.post(own("place_new"), new, follow=True)
    page = words_of(response)
    assert "De gemeente kijkt er eerst naar." in page
    assert "Wacht op de gemeente" in page
    row = Place.objects.get(title="Koffie schenken")
    assert row.status == PlaceStatus.PROPOSED
    [waiting] = proposed_places(town.anna)
    assert (waiting.card.title, waiting.entered_by) == ("Koffie schenken", "Petra Testema")
    for nobody in (town.petra, town.otto, town.connie, town.vera):
        assert proposed_places(nobody) == []
    # Until then it is Petra's to see, and nobody's to find.
    assert own_place_list(town.petra, wanted=OwnPlaceFilter(state=OwnState.WAITING)).total == 1
    assert place_page(town.otto, key=row.key) is None
    assert "Koffie" not in words_of(sign_in(town.petra).get(own("waiting")))


def test_a_mistake_keeps_what_was_typed_and_more_times_can_be_asked(town, sign_in):
    client = sign_in(town.petra)
    wrong = client.post(own("place_new"), NEW | {"title": "", "capacity": "veel"})
    assert wrong.status_code == 422
    assert "Geef de plek een naam." in words_of(wrong)
    assert "Koffie en thee schenken" in words_of(wrong)
    more = client.post(own("place_new"), NEW | {"step": "more_times"})
    assert more.status_code == 200
    assert "Koffie en thee schenken" in words_of(more)
    assert not Place.objects.filter(title="Koffie schenken").exists()


def changed(page, **what):
    """Return the form of a page as it is sent, with what is changed."""
    return {**NEW, "title": "Moestuin", "kind": "participation_job", **sent_form(page), **what}


def test_a_change_is_a_new_period_and_makes_the_place_fresh(town, sign_in, garden):
    client = sign_in(town.petra)
    page = client.get(own("place_change", garden))
    data = changed(page, **district(town), starts_on=clock.today().isoformat(), reason="Meer hulp")
    response = client.post(own("place_change", garden), data | {"capacity": "4"}, follow=True)
    assert "Bewaard. De plek is weer nagekeken." in words_of(response)
    assert "Meer hulp" in words_of(response)
    row = Place.objects.get(pk=town.garden)
    assert (row.capacity, row.confirmed_on) == (4, clock.today())
    found = place_page(town.petra, key=garden)
    assert [one.details.capacity for one in found.periods] == [4, 2]
    # The page that was opened before is out of date now.
    stale = client.post(own("place_change", garden), data | {"capacity": "5"})
    assert stale.status_code == 422
    assert "Iemand anders heeft deze plek net gewijzigd." in words_of(stale)


def test_whoever_lets_a_place_stop_hears_for_how_many_people(town, sign_in, garden):
    taking_part(town)
    client = sign_in(town.petra)
    page = client.get(own("place_change", garden))
    soon = (clock.today() + timedelta(days=10)).isoformat()
    data = changed(page, **district(town), starts_on=clock.today().isoformat(), last_on=soon)
    response = client.post(own("place_change", garden), data, follow=True)
    assert "Er doet hier nog 1 mens mee. De plek stopt ook voor deze mens" in words_of(response)


def test_less_room_than_there_are_people_is_refused(town, sign_in, garden):
    taking_part(town)
    client = sign_in(town.petra)
    page = client.get(own("place_change", garden))
    data = changed(page, **district(town), starts_on=clock.today().isoformat(), capacity="0")
    response = client.post(own("place_change", garden), data)
    assert response.status_code == 422
    assert "Er doet nu 1 mens mee of die begint nog." in words_of(response)


def test_fewer_people_at_a_time_than_come_is_refused_and_what_was_typed_stays(
    town, sign_in, garden
):
    taking_part(town)
    place_all(
        town.system,
        placements=[
            NewPlacement(
                pseudonym_id=town.tim.pseudonym_id,
                place_id=town.garden,
                proposed_on=clock.today(),
            )
        ],
    )
    client = sign_in(town.petra)
    page = client.get(own("place_change", garden))
    starts_on = clock.today().isoformat()
    data = changed(page, **district(town), starts_on=starts_on, most_per_half_day="1")
    response = client.post(own("place_change", garden), data)
    assert response.status_code == 422
    assert "2 mensen op maandagochtend" in words_of(response)
    assert "Kies minstens 2 mensen tegelijk" in words_of(response)
    [field] = re.findall(r'<input[^>]*name="most_per_half_day"[^>]*>', response.content.decode())
    assert 'value="1"' in field


def test_a_listed_place_does_not_become_a_participation_job_unseen(town, sign_in):
    client = sign_in(town.petra)
    client.post(own("place_new"), NEW | district(town))
    key = Place.objects.get(title="Koffie schenken").key
    page = client.get(own("place_change", key))
    data = changed(page, **district(town), starts_on=clock.today().isoformat())
    response = client.post(own("place_change", key), data)
    assert response.status_code == 422
    assert "Een participatiebaan bekijkt de gemeente eerst." in words_of(response)


def test_places_of_others_look_like_places_that_do_not_exist(town, sign_in):
    client = sign_in(town.petra)
    for key in (key_of_place(town.repair), NOBODY):
        for name in ("place", "place_change", "place_stop"):
            assert client.get(own(name, key)).status_code == 404
            assert client.post(own(name, key)).status_code in {404, 405}
        answer = client.post(own("place_answer", key), {"answer": "still_right"})
        assert answer.status_code == 404
    assert not PlaceConfirmation.objects.exists()


@pytest.mark.parametrize("name", ["anna", "lea", "roos", "connie", "suus", "priya", "ab", "vera"])
def test_who_is_no_partner_does_not_find_these_pages(town, sign_in, garden, name):
    client = sign_in(town.members[name])
    for page in ("places", "place_new", "sign_ups"):
        assert client.get(own(page)).status_code == 404
    for page in ("place", "place_change", "place_stop"):
        assert client.get(own(page, garden)).status_code == 404


# --- interest ------------------------------------------------------------------------------------


def test_who_shows_interest_is_answered_and_goes_from_the_list(town, sign_in):
    show_interest(town)
    client = sign_in(town.otto)
    page = words_of(client.get(own("sign_ups")))
    assert "Noor Probeer" in page
    assert "06 12345678" in page
    [card] = sign_ups(town.otto)
    url = own("sign_up_answer", card.key)
    response = client.post(url, {"state": "contacted"}, follow=True)
    assert "U nam contact op" in words_of(response)
    assert client.post(url, {"state": "new"}).status_code == 404
    client.post(url, {"state": "closed"})
    assert "Er is nu geen belangstelling." in words_of(client.get(own("sign_ups")))
    assert client.get(url).status_code == 405


def test_who_shows_interest_elsewhere_is_not_there(town, sign_in):
    show_interest(town)
    [card] = sign_ups(town.otto)
    client = sign_in(town.petra)
    assert "Noor" not in words_of(client.get(own("sign_ups")))
    answer = client.post(own("sign_up_answer", card.key), {"state": "contacted"})
    assert answer.status_code == 404
    assert [one.state.value for one in sign_ups(town.otto)] == ["new"]
