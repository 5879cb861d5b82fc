"""Filling in who was there, a week at a time."""

import pytest
from django.urls import reverse

from meedoen.records.placements.attendance_actions import NewDay, note_attendance
from meedoen.records.placements.attendance_queries import attendance_week
from meedoen.rules.vocabulary import Presence
from tests.records.placements.desk import IN_OCTOBER, ask_attendance, taking_part
from tests.records.placements.test_attendance import MONDAY, TUESDAY
from tests.web.coach.scenes import on
from tests.web.partner.scenes import key_of_place, sent_form
from tests.web.public.reading import words_of


@pytest.fixture
def garden(town):
    return ask_attendance(town)


def address(garden):
    return f"{reverse('partner:attendance', args=[garden])}?week={MONDAY.isoformat()}"


def get(client, url):
    with on(IN_OCTOBER):
        return client.get(url)


def post(client, url, data, **more):
    with on(IN_OCTOBER):
        return client.post(url, data, **more)


def noted(town, garden):
    with on(IN_OCTOBER):
        week = attendance_week(town.petra, place_key=garden, monday=MONDAY)
    return [
        (one.given_name, cell.day, cell.said.presence.value, cell.said.hours)
        for one in week.people
        for cell in one.cells
        if cell.said
    ]


def test_a_week_is_filled_in_in_one_go_with_its_sum(town, sign_in, garden):
    roos, sam = taking_part(town), taking_part(town, town.sam)
    client, url = sign_in(town.petra), address(garden)
    page = get(client, url)
    assert "12 okt 2026 tot en met 18 okt 2026" in words_of(page)
    data = sent_form(page) | {
        f"{roos}-{MONDAY}-presence": "present",
        f"{roos}-{MONDAY}-hours": "3,5",
        f"{roos}-{TUESDAY}-presence": "excused",
        f"{sam}-{MONDAY}-presence": "absent",
    }
    response = post(client, url, data, follow=True)
    assert response.redirect_chain == [(url, 302)]
    page = words_of(response)
    assert "Bewaard: 3 dagen van mensen." in page
    assert "Deze week samen: 3,5 uur." in page
    assert "Iedereen samen: 3,5 uur." in page
    assert noted(town, garden) == [
        ("Roos", MONDAY, "present", 3.5),
        ("Roos", TUESDAY, "excused", None),
        ("Sam", MONDAY, "absent", None),
    ]


@pytest.mark.parametrize(
    ("presence", "hours", "words"),
    [
        ("present", "25", "Vul hoogstens 16 uur per dag in."),
        ("present", "lang", "Vul een getal in, zoals 3 of 3,5."),
        ("absent", "3", "U vulde uren in. Kies dan"),
        ("", "3", "U vulde uren in. Kies dan"),
        ("soms", "", "Selecteer een geldige keuze"),
        ("present", "0", "vul uren in van 0,5 tot en met 16"),
    ],
)
def test_a_mistake_keeps_what_was_typed(town, sign_in, garden, presence, hours, words):
    roos = taking_part(town)
    client, url = sign_in(town.petra), address(garden)
    data = {f"{roos}-{MONDAY}-presence": presence, f"{roos}-{MONDAY}-hours": hours}
    response = post(client, url, data)
    assert response.status_code == 422
    assert words in words_of(response)
    assert not hours or f'value="{hours}"' in response.content.decode()
    assert noted(town, garden) == []


def test_who_comes_second_is_told_and_nothing_of_theirs_is_lost(town, sign_in, garden):
    roos = taking_part(town)
    client, url = sign_in(town.petra), address(garden)
    data = sent_form(get(client, url)) | {
        f"{roos}-{MONDAY}-presence": "absent",
        f"{roos}-{TUESDAY}-presence": "present",
    }
    with on(IN_OCTOBER):
        new = NewDay(key=roos, day=MONDAY, presence=Presence.PRESENT)
        note_attendance(town.pia, days=[new])
    refused = post(client, url, data)
    assert refused.status_code == 422
    assert "Pia Testema vulde intussen 12-10-2026 in voor Roos." in words_of(refused)
    again = data | sent_form(refused)
    assert post(client, url, again).status_code == 302
    assert noted(town, garden) == [
        ("Roos", MONDAY, "absent", None),
        ("Roos", TUESDAY, "present", None),
    ]


def test_the_way_to_attendance_leads_to_the_only_place_or_lets_choose(town, sign_in, garden):
    client, places = sign_in(town.petra), reverse("partner:attendance_places")
    assert client.get(places)["Location"] == reverse("partner:attendance", args=[garden])
    assert "Geen van uw plekken vraagt wie er was." in words_of(sign_in(town.otto).get(places))


def test_a_week_that_is_no_week_is_this_week_and_one_to_come_is_not_shown(town, sign_in, garden):
    taking_part(town)
    client, url = sign_in(town.petra), reverse("partner:attendance", args=[garden])
    for week in ("", "onzin", "2999-01-01"):
        assert "19 okt 2026 tot en met 25 okt 2026" in words_of(get(client, f"{url}?week={week}"))
    page = get(client, f"{url}?week=0001-01-01")
    assert "In deze week deed hier niemand mee." in words_of(page)


def test_a_place_that_does_not_ask_or_is_of_others_does_not_exist(town, sign_in, garden):
    client = sign_in(town.petra)
    for place in (town.repair, town.far):
        url = reverse("partner:attendance", args=[key_of_place(place)])
        assert client.get(url).status_code == client.post(url).status_code == 404
    assert sign_in(town.otto).get(address(garden)).status_code == 404
    for name in ("anna", "roos", "connie", "vera"):
        assert sign_in(town.members[name]).get(address(garden)).status_code == 404
