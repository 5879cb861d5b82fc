"""The pages of a directory import: from sending a file to taking it over."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.directory_imports import queries
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.organisations.viewer import Role
from meedoen.records.places.models import Place
from meedoen.rules.directory_file.words import ONLY_HSDS, Field, RowDecision, RowProblem, RowVerdict
from meedoen.rules.files.words import FileState
from meedoen.web.coach import directory_import_words
from meedoen.web.coach.directory_import_words import problem_text
from tests.records.directory_imports.files import (
    EETTAFEL,
    KOFFIE,
    csv_file,
    json_file,
    numbered,
    service,
)
from tests.town import _member
from tests.web.coach.scenes import readable
from tests.work import work_off

INLEZEN = reverse("coach:directory_imports")
MOESTUIN = EETTAFEL | {"Organisatie": "De Moestuin", "KVK": "", "ID": "M1"}


def send(client, content, name="lijst.csv"):
    return client.post(INLEZEN, {"content": SimpleUploadedFile(name, content)})


def sent(client, content, name="lijst.csv"):
    answer = send(client, content, name)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def told(page, **changes):
    """Give the form as a browser sends it back, with what was proposed in it."""
    form = page.context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    return {**given, "step": "map", "source": "Sociale kaart", "is_complete": "no", **changes}


def previewed(client, content, name="lijst.csv", **changes):
    address = sent(client, content, name)
    answer = client.post(address, told(client.get(address), **changes))
    assert answer.status_code == 302, readable(answer)
    work_off()
    return address


def newest(town):
    return queries.files(town.lea)[0]


def test_the_page_of_the_caseload_leads_here(town, sign_in):
    page = sign_in(town.lea).get(reverse("coach:imports"))
    assert INLEZEN in page.content.decode()


def test_what_happens_with_a_file_is_told_before_it_is_sent(town, sign_in):
    text = readable(sign_in(town.lea).get(INLEZEN))
    assert "Er verandert niets voordat u “Overnemen” kiest." in text
    assert "Wij sluiten geen plekken omdat ze niet in het bestand staan." in text
    assert "U heeft nog geen bestand verstuurd." in text


def test_from_file_to_places(town, sign_in):
    client = sign_in(town.lea)
    address = sent(client, csv_file(EETTAFEL, KOFFIE))
    page = client.get(address)
    assert page.context["form"]["column_organisation"].value() == "Organisatie"
    answer = client.post(address, told(page))
    assert answer.status_code == 302
    assert "De regels worden bekeken" in readable(client.get(address))
    work_off()
    text = readable(client.get(address))
    assert "Het bestand heeft 2 regels. Er is nog niets veranderd." in text
    assert "Eettafel bij Buurthuis De Linde" in text
    assert client.post(address, {"step": "apply"}).status_code == 302
    assert "De regels worden overgenomen" in readable(client.get(address))
    work_off()
    done = readable(client.get(address))
    assert "Het bestand is overgenomen op" in done
    assert "nel@delinde.example" not in done
    assert Place.objects.filter(title="Eettafel").exists()


def test_services_of_another_system_ask_for_no_columns(town, sign_in):
    client = sign_in(town.lea)
    address = sent(client, json_file(service()), "aanbod.json")
    page = client.get(address)
    assert not [name for name in page.context["form"].fields if name.startswith("column_")]
    answer = client.post(
        address,
        told(page, kind="neighbourhood_activity", organisation_kind="association", capacity="3"),
    )
    assert answer.status_code == 302
    work_off()
    assert "Eettafel bij Buurthuis De Linde" in readable(client.get(address))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 niets", "Dit is een PDF."),
        (b"", "Dit bestand is leeg."),
        (b"Organisatie;Wijk\r\n", "Onder de kolomnamen staat niets."),
        (b'{"contents": [', "begint als JSON, maar is niet heel"),
        (b'{"contents": []}', "staat geen aanbod"),
        ("Organisatie;Wijk\r\nBüro\x00;Noord".encode("utf-16"), "geen leesbare tekst"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(town, sign_in, content, words):
    page = send(sign_in(town.lea), content)
    assert page.status_code == 422
    assert words in readable(page)
    assert not queries.files(town.lea)


def test_no_file_at_all_is_a_mistake(town, sign_in):
    page = sign_in(town.lea).post(INLEZEN, {})
    assert page.status_code == 422
    assert "Kies een bestand." in readable(page)


def test_all_that_is_missing_is_asked_at_once_and_what_was_chosen_stays(town, sign_in):
    client = sign_in(town.lea)
    address = sent(client, csv_file(EETTAFEL))
    page = client.post(
        address,
        told(
            client.get(address),
            source=" ",
            is_complete="",
            capacity="veel",
            column_organisation="",
            column_town="Wijk",
        ),
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {
        "source",
        "is_complete",
        "capacity",
        "column_organisation",
        "column_district",
    }
    assert page.context["form"]["column_town"].value() == "Wijk"
    assert newest(town).state is FileState.UPLOADED


def test_what_was_chosen_before_is_there_again(town, sign_in):
    client = sign_in(town.lea)
    content = csv_file({"Wie": "Clubje"}, headings=("Wie", "Wat"))
    previewed(client, content, column_organisation="Wie", source="Bibliotheek", capacity="7")
    form = client.get(sent(client, content)).context["form"]
    assert form["column_organisation"].value() == "Wie"
    assert form["source"].value() == "Bibliotheek"
    assert form["capacity"].value() == 7
    assert "Bibliotheek" in str(form.fields["source"].help_text)


def test_each_kind_of_row_has_its_tab_with_a_total(town, sign_in):
    client = sign_in(town.lea)
    wrong = KOFFIE | {"Tijden": "in overleg", "Soort": "Rommelmarkt"}
    address = previewed(client, csv_file(EETTAFEL, wrong, MOESTUIN))
    text = readable(client.get(address))
    assert "Fout (1)" in text
    assert "Lijkt op (1)" in text
    assert "Nieuw (1)" in text
    assert "vanaf “in”" in text
    assert "Mogelijk zijn: Participatiebaan, Vrijwilligerswerk" in text
    assert "Eettafel bij De Moestuin" in readable(client.get(f"{address}?soort=uncertain"))


def test_a_kind_of_row_that_does_not_exist_shows_the_first_there_is(town, sign_in):
    client = sign_in(town.lea)
    address = previewed(client, csv_file(EETTAFEL))
    assert "Nieuw" in readable(client.get(f"{address}?soort=onzin&page=x"))


def test_who_is_alike_is_decided_on_the_page_and_can_be_taken_back(town, sign_in):
    client = sign_in(town.lea)
    address = previewed(client, csv_file(MOESTUIN))
    asked = {"step": "decide", "line": "2", "decision": "same"}
    answer = client.post(f"{address}?soort=uncertain&page=1", asked)
    assert answer["Location"] == f"{address}?soort=uncertain&page=1#regel-2"
    text = readable(client.get(address))
    assert "Uw keuze: Dezelfde organisatie" in text
    client.post(address, asked | {"decision": "none"})
    assert "Uw keuze" not in readable(client.get(address))
    assert newest(town).undecided == 1


@pytest.mark.parametrize(
    ("line", "decision"), [("2", "onzin"), ("x", "same"), ("", "same"), ("9" * 12, "same")]
)
def test_a_choice_that_does_not_exist_is_refused(town, sign_in, line, decision):
    client = sign_in(town.lea)
    address = previewed(client, csv_file(MOESTUIN))
    page = client.post(address, {"step": "decide", "line": line, "decision": decision})
    assert page.status_code == 422
    assert newest(town).undecided == 1


def test_scripts_in_a_file_are_shown_as_they_are_written(town, sign_in):
    client = sign_in(town.lea)
    script = "<script>alert(1)</script>"
    row = EETTAFEL | {"Activiteit": f"{script} eten", "Omschrijving": f"<b>{script}</b>"}
    address = previewed(client, csv_file(row))
    page = client.get(address).content.decode()
    assert script not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; eten" in page
    client.post(address, {"step": "apply"})
    work_off()
    place = Place.objects.get(title__startswith="<script>")
    assert place.description == f"<b>{script}</b>"
    assert script not in client.get(reverse("coach:place", args=[place.key])).content.decode()


def test_taking_over_twice_does_it_once(town, sign_in):
    client = sign_in(town.lea)
    address = previewed(client, csv_file(EETTAFEL))
    client.post(address, {"step": "apply"})
    again = client.post(address, {"step": "apply"})
    assert again.status_code == 422
    assert "Dat kan nu niet met dit bestand." in readable(again)
    work_off()
    assert Place.objects.filter(title="Eettafel").count() == 1


def test_a_file_that_does_not_go_on_is_erased(town, sign_in):
    client = sign_in(town.lea)
    address = previewed(client, csv_file(EETTAFEL))
    assert client.post(address, {"step": "cancel"}).status_code == 302
    assert "Niet doorgegaan" in readable(client.get(INLEZEN))
    assert "Dit bestand ging niet door." in readable(client.get(address))
    assert client.post(address, {"step": "cancel"}).status_code == 422


def test_work_that_stopped_can_be_put_on_again(town, sign_in):
    client = sign_in(town.lea)
    address = sent(client, csv_file(EETTAFEL))
    client.post(address, told(client.get(address)))
    assert client.post(address, {"step": "carry_on"}).status_code == 302
    work_off()
    assert newest(town).state is FileState.PREVIEWED


def test_how_far_it_is_can_be_asked_apart(town, sign_in):
    client = sign_in(town.lea)
    address = sent(client, csv_file(EETTAFEL))
    client.post(address, told(client.get(address)))
    part = client.get(f"{address}voortgang/").content.decode()
    assert 'data-state="previewing"' in part
    assert f'data-progress="{address}voortgang/"' in part
    assert "<html" not in part


def test_what_is_wrong_comes_as_a_file_without_formulas(town, sign_in):
    client = sign_in(town.lea)
    wrong = EETTAFEL | {"Organisatie": "@SUM(A1)", "KVK": "1"}
    address = previewed(client, csv_file(wrong))
    answer = client.get(f"{address}verslag/?soort=csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Regel", "Organisatie", "Plek", "Soort", "Wat er is"]
    assert rows[1][:4] == ["2", " @SUM(A1)", "Eettafel", "Fout"]
    assert "precies acht cijfers" in rows[1][4]
    assert client.get(f"{address}verslag/?soort=pdf").status_code == 404


def test_somebody_else_finds_nothing(town, sign_in):
    address = previewed(sign_in(town.lea), csv_file(EETTAFEL))
    colleague = _member(town.system, "Lies", Role.TEAM_LEAD, team_id=town.carla.team_id)
    for viewer in (colleague, lead_elsewhere(town)):
        client = sign_in(viewer)
        for part in ("", "voortgang/", "verslag/?soort=csv"):
            assert client.get(f"{address}{part}").status_code == 404
        assert client.post(address, {"step": "apply"}).status_code == 404
        assert "lijst.csv" not in readable(client.get(INLEZEN))


def lead_elsewhere(town):
    """Give a team lead of another municipality."""
    system = type(town.system)(municipality_id=town.vera.municipality_id, role=Role.SYSTEM)
    return _member(system, "Leo", Role.TEAM_LEAD, team_id=town.vera.team_id)


@pytest.mark.parametrize("who", ["anna", "petra", "connie", "suus", "ab"])
def test_who_may_not_read_in_places_has_no_such_page(town, sign_in, who):
    client = sign_in(getattr(town, who))
    assert client.get(INLEZEN).status_code in {403, 404}


def test_a_progress_page_changes_nothing(town, sign_in):
    client = sign_in(town.lea)
    address = sent(client, csv_file(EETTAFEL))
    assert client.post(f"{address}voortgang/").status_code == 405
    assert client.post(f"{address}verslag/?soort=csv").status_code == 405


def test_a_report_asks_as_many_questions_with_many_rows_as_with_few(town, sign_in):
    client = sign_in(town.lea)
    asked = []
    for rows in (numbered(10), numbered(200)):
        address = previewed(client, csv_file(*rows))
        client.get(address)
        with CaptureQueriesContext(connection) as asking:
            client.get(address)
        asked.append(len(asking))
    assert asked[0] == asked[1]


def test_every_problem_verdict_and_field_has_its_words():
    assert set(directory_import_words.ROW_PROBLEMS) == set(RowProblem)
    assert set(directory_import_words.VERDICTS) == set(RowVerdict)
    assert set(directory_import_words.VERDICT_SENTENCES) == set(RowVerdict)
    assert set(directory_import_words.DECISIONS) == set(RowDecision)
    assert set(directory_import_words.FIELDS) == set(Field)
    assert set(directory_import_words.FIELDS) > ONLY_HSDS


@pytest.mark.parametrize("problem", list(RowProblem))
def test_every_problem_is_a_sentence(problem):
    facts = dict.fromkeys(
        ["most", "cells", "headings", "line", "part", "names", "count", "taken", "why"], "7"
    )
    card = queries.ProblemCard(problem, "Kolom", Field.TITLE, facts, is_note=False)
    assert "%(" not in problem_text(card)


def test_the_organisation_of_a_place_is_one_click_away(town, sign_in):
    client = sign_in(town.lea)
    previewed(client, csv_file(EETTAFEL))
    address = newest(town).key
    client.post(reverse("coach:directory_import", args=[address]), {"step": "apply"})
    work_off()
    page = client.get(reverse("coach:directory_import", args=[address])).content.decode()
    linde = Organisation.objects.get(kvk_number="12345678")
    assert reverse("coach:organisation", args=[linde.key]) in page


def test_who_lost_the_role_sees_nothing_any_more(town, sign_in):
    client = sign_in(town.lea)
    address = previewed(client, csv_file(EETTAFEL))
    Membership.objects.filter(pk=town.lea.membership_id).update(ended_at=clock.now())
    assert client.get(address).status_code in {302, 403, 404}
