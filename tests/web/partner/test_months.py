"""Confirming a month on one screen, and telling of one person."""

from decimal import Decimal

import pytest
from django.urls import reverse

from meedoen.records.history.models import Reading
from meedoen.records.placements.month_actions import NewMonth, confirm_months
from meedoen.records.placements.month_queries import months_of
from meedoen.rules.vocabulary import MonthAnswer
from tests.records.placements.desk import IN_NOVEMBER, IN_OCTOBER, OCTOBER, taking_part
from tests.standing_town import kept
from tests.web.coach.scenes import NOBODY, on
from tests.web.partner.scenes import sent_form
from tests.web.public.reading import words_of

MONTHS = reverse("partner:months")


def said(viewer, key):
    return [(one.answer, one.hours, one.note) for one in months_of(viewer, key=key)]


@pytest.fixture
@kept
def keys(town):
    return {"Roos": taking_part(town), "Sam": taking_part(town, town.sam)}


def post(client, data, day=IN_NOVEMBER, **more):
    with on(day):
        return client.post(MONTHS, data, **more)


def get(client, url=MONTHS, day=IN_NOVEMBER):
    with on(day):
        return client.get(url)


def test_one_click_confirms_everyone_as_planned(town, sign_in, keys):
    client = sign_in(town.petra)
    page = get(client)
    assert "2 mensen deden mee. Ging alles zoals gepland? Druk dan op de knop." in words_of(page)
    response = post(client, sent_form(page), follow=True)
    assert "De maand is bevestigd voor 2 mensen." in words_of(response)
    for key in keys.values():
        assert said(town.petra, key) == [(MonthAnswer.AS_PLANNED, None, "")]
    assert "Alle maanden zijn bevestigd." in words_of(get(client))


def test_an_exception_is_told_and_the_rest_is_as_planned(town, sign_in, keys):
    client = sign_in(town.petra)
    data = sent_form(get(client)) | {
        f"{keys['Sam']}-answer": "other_hours",
        f"{keys['Sam']}-hours": "7,5",
    }
    assert post(client, data).status_code == 302
    assert said(town.petra, keys["Roos"]) == [(MonthAnswer.AS_PLANNED, None, "")]
    assert said(town.petra, keys["Sam"]) == [(MonthAnswer.OTHER_HOURS, Decimal("7.5"), "")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"answer": "other_hours"}, "Vul het aantal uren in."),
        ({"answer": "other_hours", "hours": "veel"}, "Vul een getal in, zoals 12 of 7,5."),
        ({"answer": "stopped"}, "Vul de laatste dag in."),
        ({"answer": "stopped", "last_day": "gisteren"}, "Vul een dag in die bestaat"),
        ({"answer": "worries"}, "Schrijf kort op waarover u zich zorgen maakt."),
        ({"answer": "as_planned", "note": "Toch iets."}, "Kies wat er anders ging"),
        ({"answer": "helemaal"}, "Selecteer een geldige keuze"),
        ({"answer": "worries", "note": "Heeft een depressie."}, "“depressie”"),
        ({"answer": "stopped", "last_day": "2999-01-01"}, "de laatste dag ligt in de toekomst"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_nothing_is_kept(town, sign_in, keys, typed, words):
    client = sign_in(town.petra)
    data = sent_form(get(client)) | {f"{keys['Sam']}-{name}": text for name, text in typed.items()}
    response = post(client, data)
    assert response.status_code == 422
    assert words in words_of(response)
    for text in (text for name, text in typed.items() if name != "answer"):
        assert text in response.content.decode()
    assert said(town.petra, keys["Roos"]) == said(town.petra, keys["Sam"]) == []


def test_who_comes_second_is_told_keeps_what_was_typed_and_may_send_it_again(town, sign_in, keys):
    client = sign_in(town.petra)
    note = "Komt steeds vaker te laat."
    data = sent_form(get(client)) | {
        f"{keys['Roos']}-answer": "worries",
        f"{keys['Roos']}-note": note,
    }
    with on(IN_NOVEMBER):
        confirm_months(town.pia, answers=[NewMonth(key=keys["Roos"], month=OCTOBER)])
    refused = post(client, data)
    assert refused.status_code == 422
    page = words_of(refused)
    assert "Pia Testema gaf intussen antwoord over Roos in oktober 2026: zoals gepland." in page
    assert "Al gemeld: Zoals gepland (Pia Testema, 3 nov 2026)" in page
    assert note in page
    assert said(town.petra, keys["Sam"]) == []
    again = sent_form(refused) | {f"{keys['Roos']}-note": note}
    assert post(client, again).status_code == 302
    assert said(town.petra, keys["Roos"]) == [(MonthAnswer.WORRIES, None, note)]
    assert said(town.petra, keys["Sam"]) == [(MonthAnswer.AS_PLANNED, None, "")]


def test_both_click_as_planned_and_the_second_hears_that_it_was_done(town, sign_in, keys):
    client = sign_in(town.petra)
    data = sent_form(get(client))
    with on(IN_NOVEMBER):
        confirm_months(
            town.pia, answers=[NewMonth(key=one, month=OCTOBER) for one in keys.values()]
        )
    response = post(client, data, follow=True)
    assert "Dit was al bevestigd. Er is niets veranderd." in words_of(response)


def test_a_form_with_keys_of_another_organisation_confirms_nothing_of_it(town, sign_in, keys):
    elsewhere = taking_part(town, town.tim, place=town.repair)
    client = sign_in(town.petra)
    assert post(client, {"month": "onzin", "key": ["geen sleutel"]}).status_code == 422
    data = sent_form(get(client))
    data["key"].append(str(elsewhere))
    data[f"{elsewhere}-answer"] = ["as_planned"]
    assert post(client, data).status_code == 302
    assert said(town.otto, elsewhere) == []


def month(key, number=10):
    return reverse("partner:month", args=[key, 2026, number])


def test_a_worry_in_the_middle_of_a_month_reaches_the_coach(town, sign_in, keys):
    client, url = sign_in(town.petra), month(keys["Roos"])
    page = get(client, url, IN_OCTOBER)
    assert "Iets melden over Roos" in words_of(page)
    assert "Zoals gepland" not in words_of(page)
    data = sent_form(page) | {
        f"{keys['Roos']}-answer": "worries",
        f"{keys['Roos']}-note": "Ze eet bijna niets.",
    }
    with on(IN_OCTOBER):
        response = client.post(url, data, follow=True)
    assert "De coach van Roos krijgt dit te zien" in words_of(response)
    assert "oktober 2026 Zorgen “ Ze eet bijna niets." in words_of(response)
    assert said(town.anna, keys["Roos"]) == [(MonthAnswer.WORRIES, None, "Ze eet bijna niets.")]
    readings = Reading.objects.visible_to(town.priya).values_list("page", flat=True)
    assert {"month", "guest"} <= set(readings)


def test_a_month_is_put_right_on_the_page_of_the_person(town, sign_in, keys):
    with on(IN_NOVEMBER):
        confirm_months(town.pia, answers=[NewMonth(key=keys["Roos"], month=OCTOBER)])
    client, url = sign_in(town.petra), month(keys["Roos"])
    page = get(client, url)
    assert "Al gemeld: Zoals gepland (Pia Testema" in words_of(page)
    data = sent_form(page) | {
        f"{keys['Roos']}-answer": "other_hours",
        f"{keys['Roos']}-hours": "12",
    }
    with on(IN_NOVEMBER):
        assert client.post(url, data).status_code == 302
        # Sent from a page that is out of date: told what was said since.
        stale = client.post(url, data | {f"{keys['Roos']}-hours": "13"})
    assert stale.status_code == 422
    assert "Petra Testema gaf intussen antwoord over Roos" in words_of(stale)
    assert said(town.petra, keys["Roos"]) == [(MonthAnswer.OTHER_HOURS, Decimal(12), "")]


def test_a_mistake_about_one_person_says_what_to_do(town, sign_in, keys):
    client = sign_in(town.petra)
    with on(IN_OCTOBER):
        response = client.post(month(keys["Roos"]), {})
    assert response.status_code == 422
    assert "Kies hoe het ging." in words_of(response)


def test_months_that_cannot_be_and_people_elsewhere_look_like_what_does_not_exist(
    town, sign_in, keys
):
    elsewhere = taking_part(town, town.tim, place=town.repair)
    client = sign_in(town.petra)
    for url in (
        month(elsewhere),
        month(NOBODY),
        month(keys["Roos"], 12),
        month(keys["Roos"], 13),
        reverse("partner:month", args=[keys["Roos"], 1800, 1]),
    ):
        assert get(client, url).status_code == 404
        with on(IN_NOVEMBER):
            assert client.post(url, {}).status_code == 404


@pytest.mark.parametrize("name", ["anna", "lea", "roos", "connie", "suus", "priya", "ab", "vera"])
def test_who_is_no_partner_does_not_find_these_pages(town, sign_in, keys, name):
    client = sign_in(town.members[name])
    for url in (MONTHS, month(keys["Roos"])):
        assert get(client, url).status_code == 404
        assert client.post(url).status_code == 404
    assert client.delete(MONTHS).status_code == 404
