from datetime import date

import pytest
from django.urls import reverse

from meedoen.records.ladder.queries import measurements_of
from meedoen.rules.ladder.rungs import Rung
from tests.town import ON_RUNG_2, Person, Town, talk
from tests.web.coach.scenes import on, readable

MARCH = date(2026, 3, 2)
RUNG_4 = {"has_contract": "no", "unpaid_tasks_with_responsibility": "yes"}


@pytest.fixture
def where(town: Town) -> str:
    """Return the address on which the measurement of Roos can be put right."""
    with on(MARCH):
        talk(town.anna, town.roos_file, MARCH, ON_RUNG_2)
    return address_of(town, town.roos_file)


def address_of(town: Town, person: Person) -> str:
    [card] = measurements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    return reverse("coach:measurement_correct", args=[person.key, card.measurement_id])


def sent(**changes: str) -> dict[str, str]:
    return {"measured_on": "2026-03-01", "reason": "Verkeerd antwoord.", **RUNG_4, **changes}


def test_the_form_begins_with_the_measurement_as_it_is(town: Town, sign_in, where: str) -> None:
    page = sign_in(town.anna).get(where)
    assert "Op 2 maart 2026 is trede 2 vastgelegd" in readable(page)
    form = page.context["form"]
    assert form["measured_on"].value() == MARCH
    assert form["contacts_outside_weekly"].value() == "yes"
    assert form["has_support"].value() == ""


def test_a_correction_is_kept_and_the_path_says_so(town: Town, sign_in, where: str) -> None:
    answer = sign_in(town.bram).post(
        where, sent(own_rung="3", own_words="Ik doe al van alles."), follow=True
    )
    assert "De meting is verbeterd." in readable(answer)
    assert "Verbeterd. Reden: Verkeerd antwoord." in readable(answer)
    [card] = measurements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (card.set_rung, card.measured_on) == (Rung.UNPAID_WORK, date(2026, 3, 1))
    assert (card.own_rung, card.own_words) == (Rung.ORGANISED_ACTIVITIES, "Ik doe al van alles.")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "Schrijf op waarom u de meting verbetert."),
        ({"measured_on": "2999-01-01"}, "De datum ligt in de toekomst."),
        ({"unpaid_tasks_with_responsibility": ""}, "Beantwoord ook deze vraag"),
        ({"has_contract": "", "unpaid_tasks_with_responsibility": ""}, "Beantwoord de vragen"),
        ({"has_support": "yes"}, "Dit past niet bij het antwoord"),
        ({"set_rung": "6"}, "De gekozen trede is anders"),
    ],
)
def test_a_mistake_is_said_and_nothing_changes(
    town: Town, sign_in, where: str, changes: dict[str, str], message: str
) -> None:
    answer = sign_in(town.anna).post(where, sent(**changes))
    assert answer.status_code == 422
    assert message in readable(answer)
    [card] = measurements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert card.set_rung is Rung.CONTACTS_OUTSIDE_HOME


def test_who_corrects_too_late_is_told_and_nothing_is_lost(town: Town, sign_in, where: str) -> None:
    sign_in(town.anna).post(where, sent())
    client = sign_in(town.bram)
    typed = sent(reason="Mijn lange uitleg.", own_words="Woorden van Roos.", own_rung="5")
    answer = client.post(where, typed)
    assert answer.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd." in readable(answer)
    assert "Op 1 maart 2026 is trede 4 vastgelegd" in readable(answer)
    for name in ("reason", "own_words", "own_rung"):
        assert answer.context["form"][name].value() == typed[name]
    newest = address_of(town, town.roos_file)
    assert f'action="{newest}"' in answer.content.decode()
    assert client.post(newest, typed).status_code == 302
    [card] = measurements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (card.own_words, card.correction_reason) == ("Woorden van Roos.", "Mijn lange uitleg.")


def test_who_made_a_mistake_too_is_still_told_that_somebody_was_first(
    town: Town, sign_in, where: str
) -> None:
    sign_in(town.anna).post(where, sent())
    answer = sign_in(town.bram).post(where, sent(reason=""))
    assert answer.status_code == 422
    assert f'action="{where}"' in answer.content.decode()


def test_the_address_of_what_was_corrected_leads_to_the_newest(
    town: Town, sign_in, where: str
) -> None:
    client = sign_in(town.anna)
    client.post(where, sent())
    assert client.get(where)["Location"] == address_of(town, town.roos_file)
    client.post(address_of(town, town.roos_file), sent(reason="Nog eens."))
    assert client.get(where)["Location"] == address_of(town, town.roos_file)


def test_a_measurement_is_found_under_its_own_person_only(town: Town, sign_in, where: str) -> None:
    assert sign_in(town.anna).get(address_of(town, town.sam)).status_code == 404
    for stranger in (town.carla, town.vera, town.roos, town.petra, town.connie):
        assert sign_in(stranger).get(where).status_code == 404
        assert sign_in(stranger).post(where, sent()).status_code == 404
