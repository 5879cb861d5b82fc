from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.allowances.queries import allowance_of
from meedoen.records.history.actions import note_reading
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Role
from meedoen.records.placements.actions import NewPlacement, confirm_start, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.terms_actions import NewTerms, change_terms
from tests.records.allowances.test_allowances import paid
from tests.town import ON_RUNG_2, ON_RUNG_4, Town, _member, talk
from tests.web.coach.scenes import on, started

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


def test_a_resident_reads_how_what_was_agreed_changed_and_why(town: Town, sign_in) -> None:
    key = started(town)
    with on(date(2026, 4, 7)):
        for hours, day, why in (
            (Decimal(12), date(2026, 4, 1), "Roos kan meer aan."),
            (Decimal(10), date(2026, 3, 30), "Twaalf was te veel."),
        ):
            change_terms(
                town.anna, key=key, terms=NewTerms(starts_on=day, hours_a_week=hours, why=why)
            )
    lines = [
        one for one in sign_in(town.roos).get(PATH).context["items"] if "Afspraken" in one.title
    ]
    assert [(one.day, one.text, one.why, one.corrected) for one in lines] == [
        (date(2026, 4, 1), "Uren per week: 12", "Roos kan meer aan.", True),
        (date(2026, 3, 30), "Uren per week: 10", "Twaalf was te veel.", False),
    ]
    assert lines[0].title == "Afspraken veranderd: Moestuin bij De Moestuin"
    assert lines[0].who == "Anna Testema"


def test_a_resident_reads_what_was_paid_and_what_it_means(town: Town, sign_in) -> None:
    roos = sign_in(town.roos)
    assert "Wat u kreeg als vrijwilliger" not in text_of(roos.get(PATH))
    paid(town, 15_000, date(2025, 12, 1))
    paid(town, 25_000, date(2026, 3, 31))
    text = text_of(roos.get(PATH)).replace("\xa0", " ").replace("&nbsp;", " ")
    assert "In 2026 kreeg u € 250,00. De grens voor een heel jaar is" in text
    assert "Hiervan telt € 40,00 mee voor uw uitkering. Praat erover met uw coach." in text
    assert "In 2025 kreeg u € 150,00." in text
    assert "Dit telt niet mee voor uw uitkering." in text
    assert "31 maart 2026: € 250,00" in text
    assert text.index("In 2026 kreeg u") < text.index("In 2025 kreeg u")
    talk(town.anna, town.sam, TALKED, ON_RUNG_4)
    assert allowance_of(town.roos, pseudonym_id=town.sam.pseudonym_id).payments == []
    assert allowance_of(town.petra, pseudonym_id=town.roos_file.pseudonym_id).payments == ()


def test_more_placements_with_changes_are_told_with_as_many_questions(town: Town, sign_in) -> None:
    roos = sign_in(town.roos)
    roos.get(PATH)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            roos.get(PATH)
        return len(asked)

    def placed_with_change(place_id: int) -> None:
        with on(TALKED):
            new = NewPlacement(
                pseudonym_id=town.roos_file.pseudonym_id, place_id=place_id, proposed_on=TALKED
            )
            [placement_id] = place_all(town.anna, placements=[new])
            key = Placement.objects.visible_to(town.anna).get(pk=placement_id).key
            terms = NewTerms(starts_on=TALKED, hours_a_week=Decimal(4), why="Zo gaat het.")
            change_terms(town.anna, key=key, terms=terms)

    placed_with_change(town.garden)
    one = questions()
    placed_with_change(town.repair)
    assert questions() == one


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
