from datetime import date, timedelta

from django.urls import reverse

from meedoen.records.organisations import clock
from tests.town import Town, talk
from tests.web.coach.scenes import TALKED, address, on, proposed, readable, register_crowd

TODAY = reverse("coach:today")


def test_who_was_never_spoken_to_comes_up_with_why_and_what_to_do(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(TODAY)
    text = readable(page)
    assert "2 van uw mensen een jaar of langer niet gesproken" in text
    assert "Roos Nepstra Met deze inwoner is nog nooit gesproken." in text
    assert address("conversation", town.roos_file.key) in page.content.decode()
    assert "Tim" not in text


def test_who_was_spoken_to_last_month_is_not_out_of_sight(town: Town, sign_in) -> None:
    talk(town.anna, town.roos_file, clock.today() - timedelta(days=30))
    talk(town.anna, town.sam, clock.today() - timedelta(days=500))
    text = readable(sign_in(town.anna).get(TODAY))
    assert "Roos" not in text
    assert "Sam Nepstra Het laatste gesprek was op" in text


def test_the_page_shows_a_few_and_leads_to_all(town: Town, sign_in) -> None:
    register_crowd(town, 9)
    page = sign_in(town.anna).get(TODAY)
    assert "Bekijk alle 11 mensen" in readable(page)
    assert page.content.decode().count('class="meedoen-card"') == 6
    everyone = sign_in(town.anna).get(reverse("coach:caseload"), {"not_spoken": "12"})
    assert "11 inwoners" in readable(everyone)


def test_what_waits_for_a_partner_says_for_how_long(town: Town, sign_in) -> None:
    key = proposed(town)
    with on(TALKED + timedelta(days=12)):
        page = sign_in(town.anna).get(TODAY)
    assert "De Moestuin heeft de start al 12 dagen niet bevestigd." in readable(page)
    assert address("placement", key) in page.content.decode()


def test_a_coach_sees_the_own_people_and_a_team_lead_the_whole_team(town: Town, sign_in) -> None:
    proposed(town)
    with on(date(2026, 3, 3)):
        bram = readable(sign_in(town.bram).get(TODAY))
        lea = readable(sign_in(town.lea).get(TODAY))
    assert "0 van uw mensen" in bram
    assert "Roos" not in bram
    assert "2 mensen van het team" in lea
    assert "al 1 dag niet bevestigd" in lea


def test_empty_lists_say_what_to_do(town: Town, sign_in) -> None:
    text = readable(sign_in(town.bram).get(TODAY))
    assert "Iedereen is het afgelopen jaar gesproken. Kijk bij Mensen" in text
    assert "Zoek een plek vanuit het dossier" in text


def test_today_cannot_be_sent_to(town: Town, sign_in) -> None:
    assert sign_in(town.anna).post(TODAY).status_code == 405


def test_the_start_page_of_a_coach_is_today(town: Town, sign_in) -> None:
    assert sign_in(town.anna).get("/")["Location"] == TODAY
