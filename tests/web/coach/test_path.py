from datetime import date

from meedoen.records.history.models import Reading
from tests.records.ladder.scenes import HOUSE, MONEY, measure_steps
from tests.town import ON_RUNG_2, ON_RUNG_4, Town, talk
from tests.web.coach.scenes import address, on, readable, started

MARCH, JUNE = date(2026, 3, 2), date(2026, 6, 1)


def test_a_path_without_anything_says_so(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("path", town.sam.key))
    assert "Er is nog niets om te laten zien" in readable(page)
    assert "<svg" not in page.content.decode()


def test_a_path_shows_rungs_steps_places_and_talks_with_their_table(town: Town, sign_in) -> None:
    for day, answers, scores in (
        (MARCH, ON_RUNG_2, {MONEY: 2, HOUSE: 4}),
        (JUNE, ON_RUNG_4, {MONEY: 3, HOUSE: 4}),
    ):
        with on(day):
            talk(town.anna, town.roos_file, day, answers)
        measure_steps(town.anna, town.roos_file, day, scores)
    started(town)
    with on(JUNE):
        page = sign_in(town.anna).get(address("path", town.roos_file.key))
    text = readable(page)
    assert "Gegroeid van trede 2 naar trede 4 sinds 2 maart 2026." in text
    assert "Sinds de eerste meting: 1 leefgebied omhoog." in text
    assert "Te zien: 1 plek en 2 gesprekken." in text
    assert "9 mrt 2026 Begonnen bij een plek Moestuin (De Moestuin)" in text
    assert "1 jun 2026 2 leefgebieden gemeten Financiën omhoog: van 2 naar 3." in text
    assert [fact.day for fact in page.context["picture"].facts] == sorted(
        fact.day for fact in page.context["picture"].facts
    )
    assert page.content.decode().count("/verbeteren/") == 4


def test_looking_at_a_path_is_noted_and_strangers_find_nothing(town: Town, sign_in) -> None:
    sign_in(town.bram).get(address("path", town.roos_file.key))
    assert Reading.objects.visible_to(town.priya).filter(page="path").count() == 1
    for stranger in (town.carla, town.vera, town.petra, town.roos, town.connie):
        assert sign_in(stranger).get(address("path", town.roos_file.key)).status_code == 404
    assert sign_in(town.anna).post(address("path", town.roos_file.key)).status_code == 405
