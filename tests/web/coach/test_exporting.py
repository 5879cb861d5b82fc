"""The list of people as a file: exactly what the list shows, on all its pages."""

import csv
import logging
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from meedoen.records.organisations import clock
from meedoen.records.people.models import Resident
from meedoen.web.coach.views import exporting
from tests.town import ON_RUNG_4, Town, talk
from tests.web.coach.scenes import proposed, readable, register_crowd

MENSEN, BESTAND = reverse("coach:caseload"), reverse("coach:caseload_export")


def csv_lines(answer) -> list[list[str]]:
    assert answer["Content-Type"].startswith("text/csv")
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def names(answer) -> list[str]:
    return [row[0] for row in csv_lines(answer)[1:]]


def test_the_file_has_the_columns_and_the_cells_of_the_list(town: Town, sign_in) -> None:
    yesterday = clock.today() - timedelta(days=1)
    talk(town.anna, town.roos_file, yesterday, ON_RUNG_4)
    proposed(town)
    client = sign_in(town.anna)
    headings, *rows = csv_lines(client.get(BESTAND, {"soort": "csv", "order": "name"}))
    page = readable(client.get(MENSEN, {"order": "name"}))
    assert " ".join(headings) in page
    roos = dict(zip(headings, rows[0], strict=True))
    assert roos["Naam"] == "Roos Nepstra"
    assert roos["Laatst gesproken"] == yesterday.strftime("%d-%m-%Y")
    assert roos["Trede"] == "4. Onbetaald werk"
    assert roos["Doet mee bij"] == "Moestuin (Voorgesteld)"
    sam = dict(zip(headings, rows[1], strict=True))
    assert (sam["Laatst gesproken"], sam["Doet mee bij"]) == ("nog nooit", "nergens")
    assert (sam["Wijk"], sam["Coach"]) == ("Noord", "Anna Testema")


def test_all_pages_of_the_filtered_list_are_in_it_and_nobody_else(town: Town, sign_in) -> None:
    register_crowd(town, 60)
    client = sign_in(town.anna)
    asked = {"words": "figurant", "order": "name"}
    seen = []
    for number in (1, 2, 3):
        page = client.get(MENSEN, {**asked, "page": number})
        seen += [row.person.name for row in page.context["rows"]]
    assert names(client.get(BESTAND, {**asked, "soort": "csv", "page": 2})) == seen
    assert len(seen) == 60


def test_a_workbook_holds_the_same(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    answer = client.get(BESTAND, {"soort": "xlsx", "order": "name"})
    day = clock.today().isoformat()
    assert answer["Content-Disposition"] == f'attachment; filename="mensen-{day}.xlsx"'
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    names = [row[0] for row in sheet.to_python()]
    assert names == ["Naam", "Roos Nepstra", "Sam Nepstra"]


@pytest.mark.parametrize("who", ["carla", "vera"])
def test_another_team_or_municipality_gets_its_own_people(town: Town, sign_in, who) -> None:
    found = names(sign_in(getattr(town, who)).get(BESTAND, {"soort": "csv", "whose": "team"}))
    assert found == {"carla": ["Tim Nepstra"], "vera": ["Wout Nepstra"]}[who]


@pytest.mark.parametrize("who", ["petra", "roos", "connie", "suus", "priya", "ab"])
def test_who_has_no_caseload_gets_no_file(town: Town, sign_in, who) -> None:
    assert sign_in(getattr(town, who)).get(BESTAND, {"soort": "csv"}).status_code == 404


@pytest.mark.parametrize("kind", ["", "pdf", "CSV"])
def test_another_kind_of_file_is_not_there(town: Town, sign_in, kind) -> None:
    assert sign_in(town.anna).get(BESTAND, {"soort": kind}).status_code == 404


def test_a_file_is_only_asked_for(town: Town, sign_in) -> None:
    assert sign_in(town.anna).post(f"{BESTAND}?soort=csv").status_code == 405


def test_a_name_that_a_spreadsheet_would_run_does_not_run(town: Town, sign_in) -> None:
    rows = Resident.objects.visible_to(town.system)
    rows.filter(pseudonym_id=town.sam.pseudonym_id).update(given_name="=2+5+cmd|' /C calc'!A0")
    found = names(sign_in(town.anna).get(BESTAND, {"soort": "csv", "order": "name"}))
    assert " =2+5+cmd|' /C calc'!A0 Nepstra" in found


def test_a_list_that_is_too_long_is_refused_and_the_filter_stays(
    town: Town, sign_in, monkeypatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    answer = sign_in(town.anna).get(
        BESTAND, {"soort": "csv", "order": "name", "page": "2"}, follow=True
    )
    assert answer.redirect_chain[0][0] == f"{MENSEN}?order=name"
    assert "Deze lijst heeft 2 mensen. Er passen er hooguit 1 in een bestand." in readable(answer)


def test_the_export_is_in_the_log_without_a_name(town: Town, sign_in, caplog) -> None:
    with caplog.at_level(logging.WARNING):
        sign_in(town.anna).get(BESTAND, {"soort": "csv"})
    [line] = [one.getMessage() for one in caplog.records if "exported" in one.getMessage()]
    assert f"membership_id={town.anna.membership_id}" in line
    assert "exported 2 rows of the caseload as csv" in line
    assert "Nepstra" not in line


def test_ten_people_and_two_hundred_cost_the_same_number_of_questions(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    register_crowd(town, 8)
    few = questions(client)
    register_crowd(town, 190, after=8)
    assert len(names(client.get(BESTAND, {"soort": "csv"}))) == 200
    assert questions(client) == few


def questions(client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(BESTAND, {"soort": "csv"}).status_code == 200
    return len(asked)
