from datetime import UTC, date, datetime

from django.urls import reverse

from meedoen.records.history.actions import note_reading
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Role
from meedoen.records.placements.actions import NewPlacement, confirm_start, place_all
from meedoen.records.placements.models import Placement
from tests.town import ON_RUNG_2, ON_RUNG_4, Town, _member, talk

PATH = reverse("resident:path")
TALKED = date(2026, 3, 2)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_resident_finds_the_own_talks_rungs_and_placements(town: Town, sign_in) -> None:
    with clock.at(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        talk(town.anna, town.roos_file, TALKED, ON_RUNG_2)
        place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=town.roos_file.pseudonym_id,
                    place_id=town.garden,
                    proposed_on=TALKED,
                )
            ],
        )
    confirm_start(
        town.petra,
        key=Placement.objects.visible_to(town.system).get().key,
        started_on=date(2026, 3, 9),
    )
    answer = sign_in(town.roos).get(PATH)
    text = text_of(answer)
    assert "Dag Roos." in text
    assert "Wil graag naar buiten." in text
    assert "U ontmoet elke week mensen van buiten uw huis." in text
    assert "hier staat u" in text
    assert [item.title.split(":")[0] for item in answer.context["items"]] == [
        "Begonnen",
        "Voorgesteld",
        "Trede 2",
        "Gesprek",
    ]
    assert [one["title"] for one in answer.context["placements"]] == ["Moestuin"]


def test_a_resident_finds_nothing_of_somebody_else(town: Town, sign_in) -> None:
    talk(town.anna, town.sam, TALKED, ON_RUNG_4)
    note_reading(town.anna, pseudonym_id=town.sam.pseudonym_id, page="file")
    answer = sign_in(town.roos).get(PATH)
    assert answer.context["items"] == []
    assert answer.context["rung"] is None
    assert answer.context["readings"] == []
    assert "Sam" not in text_of(answer)


def test_what_is_kept_is_shown_with_the_number_masked(town: Town, sign_in) -> None:
    text = text_of(sign_in(town.roos).get(PATH))
    assert "Roos Nepstra" in text
    assert "333" in text
    assert "111222333" not in text


def test_who_looked_is_one_line_a_day_with_all_that_was_opened(town: Town, sign_in) -> None:
    for moment, page in (
        ((2026, 3, 2), "file"),
        ((2026, 3, 2), "proposal"),
        ((2026, 3, 3), "file"),
    ):
        with clock.at(datetime(*moment, 12, tzinfo=UTC)):
            note_reading(town.anna, pseudonym_id=town.roos_file.pseudonym_id, page=page)
            note_reading(town.anna, pseudonym_id=town.roos_file.pseudonym_id, page=page)
    readings = sign_in(town.roos).get(PATH).context["readings"]
    assert [(one["day"], one["reader"], str(one["role"]), one["pages"]) for one in readings] == [
        (date(2026, 3, 3), "Anna Testema", "Participatiecoach", "dossier"),
        (date(2026, 3, 2), "Anna Testema", "Participatiecoach", "dossier en voorstel van plekken"),
    ]


def test_looking_at_the_own_path_is_not_noted(town: Town, sign_in) -> None:
    sign_in(town.roos).get(PATH)
    assert sign_in(town.roos).get(PATH).context["readings"] == []


def test_empty_parts_say_what_to_do(town: Town, sign_in) -> None:
    text = text_of(sign_in(town.roos).get(PATH))
    assert "Praat met uw coach over wat u leuk lijkt" in text
    assert "Uw coach neemt contact met u op." in text
    assert "Nog niemand bekeek uw gegevens." in text


def test_an_account_without_a_file_is_told_so(town: Town, sign_in) -> None:
    stranger = _member(town.system, "Nieuw", Role.RESIDENT)
    answer = sign_in(stranger).get(PATH)
    assert answer.status_code == 200
    assert "hoort nog niet bij een dossier" in text_of(answer)


def test_the_path_is_for_residents_and_cannot_be_sent_to(town: Town, sign_in) -> None:
    assert sign_in(town.anna).get(PATH).status_code == 404
    assert sign_in(town.petra).get(PATH).status_code == 404
    assert sign_in(town.roos).post(PATH).status_code == 405


def test_the_start_page_of_a_resident_is_the_own_path(town: Town, sign_in) -> None:
    assert sign_in(town.roos).get("/")["Location"] == PATH
