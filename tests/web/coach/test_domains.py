from datetime import date

import pytest

from meedoen.records.ladder.domain_actions import correct_domains
from meedoen.records.ladder.domain_queries import domain_measurements_of
from meedoen.rules.ladder.life_domains import LifeDomain
from tests.records.ladder.scenes import HOUSE, MONEY, measure_steps, steps
from tests.town import Town
from tests.web.coach.scenes import NOBODY, address, on, readable

MARCH, JUNE = date(2026, 3, 2), date(2026, 6, 1)


def sent(**changes: str) -> dict[str, str]:
    """Return the form as a browser sends it, with what a test wants otherwise."""
    return {"measured_on": "2026-06-01", "score_finances": "3", "score_housing": "", **changes}


def cards(town: Town):
    return domain_measurements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def test_every_domain_has_a_row_with_the_step_of_last_time(town: Town, sign_in) -> None:
    measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2})
    page = sign_in(town.anna).get(address("domains", town.roos_file.key))
    assert len(page.context["form"].rows()) == len(LifeDomain)
    assert "Financiën Vorige keer: 2, niet zelf (2 mrt 2026)" in readable(page)
    assert "Huisvesting Nog niet eerder gemeten" in readable(page)


def test_saving_shows_what_went_up_and_what_went_down(town: Town, sign_in) -> None:
    measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2, HOUSE: 4})
    with on(JUNE):
        answer = sign_in(town.anna).post(
            address("domains", town.roos_file.key), sent(score_housing="3"), follow=True
        )
    text = readable(answer)
    assert "De leefgebieden staan in het dossier." in text
    assert "1 leefgebied omhoog, 1 leefgebied omlaag, 0 leefgebieden gelijk gebleven." in text
    assert "Financiën Omhoog 2, niet zelf 3, deels zelf" in text
    assert "Huisvesting Omlaag 4, meestal zelf 3, deels zelf" in text
    assert cards(town)[0].scores == {MONEY: 3, HOUSE: 3}


def test_the_residents_own_steps_are_kept_only_when_asked_for(town: Town, sign_in) -> None:
    client, where = sign_in(town.anna), address("domains", town.roos_file.key)
    with on(JUNE):
        client.post(where, sent(own_finances="5"))
        client.post(where, sent(own_finances="5", with_own="on"))
    assert [card.own_scores for card in cards(town)] == [{MONEY: 5}, {}]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"score_finances": ""}, "Kies bij ten minste één leefgebied een stap."),
        ({"score_finances": "9"}, "Kies een stap van 1 tot en met 5."),
        ({"measured_on": ""}, "Vul de dag in."),
        ({"measured_on": "2026-06-02"}, "De datum ligt in de toekomst."),
        ({"measured_on": "2026-05-01"}, "Deze dag is meer dan 30 dagen geleden."),
        ({"own_housing": "2", "with_own": "on"}, "Kies bij dit leefgebied ook zelf een stap."),
    ],
)
def test_a_mistake_is_said_and_what_was_chosen_stays(
    town: Town, sign_in, changes: dict[str, str], message: str
) -> None:
    with on(JUNE):
        answer = sign_in(town.anna).post(
            address("domains", town.roos_file.key),
            sent(own_finances="4", **changes),
        )
    assert answer.status_code == 422
    assert message in readable(answer)
    assert answer.context["form"]["measured_on"].value() == changes.get("measured_on", "2026-06-01")
    assert answer.context["form"]["own_finances"].value() == "4"
    assert not cards(town)


def test_the_button_pressed_twice_keeps_one_measurement(town: Town, sign_in) -> None:
    client, where = sign_in(town.anna), address("domains", town.roos_file.key)
    with on(JUNE):
        key = str(client.get(where).context["form"]["key"].value())
        answers = [client.post(where, sent(key=key)) for _ in range(2)]
    assert len({answer["Location"] for answer in answers}) == 1
    assert len(cards(town)) == 1


def test_other_steps_from_the_same_page_are_another_measurement(town: Town, sign_in) -> None:
    client, where = sign_in(town.anna), address("domains", town.roos_file.key)
    with on(JUNE):
        key = str(client.get(where).context["form"]["key"].value())
        first = client.post(where, sent(key=key))
        second = client.post(where, sent(key=key, score_finances="5"))
        about_sam = client.post(address("domains", town.sam.key), sent(key=key))
    assert [card.scores for card in cards(town)] == [{MONEY: 5}, {MONEY: 3}]
    for answer in (first, second, about_sam):
        assert client.get(answer["Location"]).status_code == 200
    assert second["Location"].endswith(f"/{cards(town)[0].key}/")
    assert len(domain_measurements_of(town.anna, pseudonym_id=town.sam.pseudonym_id)) == 1


def test_a_correction_starts_from_what_was_there_and_says_so_afterwards(
    town: Town, sign_in
) -> None:
    key = measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2}, own_scores={MONEY: 4})
    client = sign_in(town.bram)
    where = f"{address('domains', town.roos_file.key)}{key}/verbeteren/"
    form = client.get(where).context["form"]
    assert (form["score_finances"].value(), form["own_finances"].value()) == ("2", "4")
    without = client.post(where, sent(measured_on="2026-03-02"))
    assert "Schrijf op waarom u de meting verbetert." in readable(without)
    assert without.context["form"]["score_finances"].value() == "3"
    done = client.post(where, sent(measured_on="2026-03-02", reason="Verkeerd."), follow=True)
    assert "De meting is verbeterd." in readable(done)
    assert cards(town)[0].scores == {MONEY: 3}
    old = client.get(f"{address('domains', town.roos_file.key)}{key}/")
    assert "Deze meting is later verbeterd." in readable(old)
    newest = f"{address('domains', town.roos_file.key)}{cards(town)[0].key}/verbeteren/"
    assert client.get(where)["Location"] == newest


def test_who_corrects_too_late_is_told_and_nothing_is_lost(town: Town, sign_in) -> None:
    key = measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2})
    where = f"{address('domains', town.roos_file.key)}{key}/verbeteren/"
    client = sign_in(town.bram)
    typed = sent(measured_on="2026-03-02", reason="Ook verkeerd.")
    # Between opening and saving, a colleague was first.
    correct_domains(
        town.anna, key=key, corrected=steps(town.roos_file, MARCH, {MONEY: 4}), reason="Eerder."
    )
    answer = client.post(where, typed)
    assert answer.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd." in readable(answer)
    assert 'value="Ook verkeerd."' in answer.content.decode()
    assert answer.context["form"]["score_finances"].value() == "3"
    [card] = cards(town)
    newest = f"{address('domains', town.roos_file.key)}{card.key}/verbeteren/"
    assert card.scores == {MONEY: 4}
    assert f'action="{newest}"' in answer.content.decode()
    assert client.post(newest, typed).status_code == 302
    assert cards(town)[0].scores == {MONEY: 3}


def test_who_made_a_mistake_too_is_still_told_that_somebody_was_first(town: Town, sign_in) -> None:
    key = measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2})
    where = f"{address('domains', town.roos_file.key)}{key}/verbeteren/"
    correct_domains(
        town.anna, key=key, corrected=steps(town.roos_file, MARCH, {MONEY: 4}), reason="Eerder."
    )
    answer = sign_in(town.bram).post(where, sent(measured_on="2026-03-02", reason=""))
    assert answer.status_code == 422
    assert f'action="{where}"' in answer.content.decode()


def test_a_measurement_that_is_not_there_is_not_found(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    base = address("domains", town.roos_file.key)
    other = measure_steps(town.anna, town.sam, MARCH, {MONEY: 2})
    for key in (NOBODY, other):
        assert client.get(f"{base}{key}/").status_code == 404
        assert client.post(f"{base}{key}/verbeteren/", sent()).status_code == 404
    assert client.post(f"{base}{other}/").status_code == 405


def test_strangers_find_nothing(town: Town, sign_in) -> None:
    for stranger in (town.carla, town.vera, town.petra, town.roos, town.connie):
        client = sign_in(stranger)
        assert client.get(address("domains", town.roos_file.key)).status_code == 404
        assert client.post(address("domains", town.roos_file.key), sent()).status_code == 404
    assert not cards(town)
