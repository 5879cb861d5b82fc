"""The pages of a caseload import: from sending a file to taking it over."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.caseloads import queries
from meedoen.records.people.queries import resident
from meedoen.rules.caseload.words import RowDecision, RowProblem, RowVerdict
from meedoen.rules.files.words import FileState
from meedoen.web.coach import import_words
from tests.town import Town
from tests.web.coach.import_scenes import (
    HEADINGS,
    INLEZEN,
    MESSY,
    mapped,
    names,
    newest,
    previewed,
    send,
    sent,
)
from tests.web.coach.scenes import NOBODY, on, readable, register_crowd
from tests.work import work_off

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def on_a_day():
    with on(TODAY):
        yield


def test_what_happens_with_a_file_is_told_before_it_is_sent(town: Town, sign_in) -> None:
    text = readable(sign_in(town.lea).get(INLEZEN))
    assert "Er verandert niets voordat u “Overnemen” kiest." in text
    assert "Wij bewaren het bestand versleuteld" in text
    assert "U heeft nog geen bestand verstuurd." in text


def test_a_file_is_kept_and_asks_for_its_columns(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    page = client.get(sent(client))
    assert newest(town).state is FileState.UPLOADED
    form = page.context["form"]
    assert form["column_bsn"].value() == "BSN"
    assert form["column_birth_date"].value() == "Geb.datum"
    assert "Staat iedereen in dit bestand die bij uw team een uitkering heeft?" in readable(page)
    assert "caseload.csv" in readable(client.get(INLEZEN))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 niets", "Dit is een PDF."),
        (b"", "Dit bestand is leeg."),
        (b"BSN;Naam\r\n", "Onder de kolomnamen staat niemand."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(
    town: Town, sign_in, content: bytes, words: str
) -> None:
    page = send(sign_in(town.lea), content.decode("cp1252"))
    assert page.status_code == 422
    assert words in readable(page)
    assert not queries.files(town.lea)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    town: Town, sign_in, monkeypatch
) -> None:
    monkeypatch.setattr("meedoen.web.coach.forms.importing.LARGEST_FILE", 100)
    monkeypatch.setattr("meedoen.records.caseloads.actions.open_table", None)
    page = send(sign_in(town.lea))
    assert page.status_code == 422
    assert "Dit bestand is groter dan" in readable(page)


def test_no_file_at_all_is_a_mistake(town: Town, sign_in) -> None:
    page = sign_in(town.lea).post(INLEZEN, {})
    assert page.status_code == 422
    assert "Kies een bestand." in readable(page)


def test_all_that_is_missing_is_asked_at_once_and_what_was_chosen_stays(
    town: Town, sign_in
) -> None:
    client = sign_in(town.lea)
    page = client.post(
        sent(client),
        mapped(
            column_bsn="",
            column_family_name="",
            column_district="Geb.datum",
            column_coach="",
            is_complete="",
            reference_date="2999-01-01",
        ),
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {
        "column_bsn",
        "column_family_name",
        "column_district",
        "default_coach",
        "is_complete",
        "reference_date",
    }
    assert "Kolom “Geb.datum” koos u al bij geboortedatum." in readable(page)
    assert page.context["form"]["column_district"].value() == "Geb.datum"
    assert newest(town).state is FileState.UPLOADED


def test_a_column_that_is_not_in_the_file_is_refused(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    page = client.post(sent(client), mapped(column_bsn="Kenteken"))
    assert page.status_code == 422
    assert "column_bsn" in page.context["form"].errors


def test_a_day_too_long_ago_is_refused_on_the_page(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    page = client.post(sent(client), mapped(reference_date="2020-01-01"))
    assert page.status_code == 422
    assert "De peildatum is meer dan een jaar geleden." in readable(page)


def test_columns_that_were_chosen_before_are_there_again(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    text = MESSY.replace("Klantmanager", "Begeleid door")
    previewed(client, text, column_coach="Begeleid door")
    page = client.get(sent(client, text))
    assert page.context["form"]["column_coach"].value() == "Begeleid door"


def test_while_the_rows_are_looked_at_the_page_says_how_far_it_is(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    address = sent(client)
    client.post(address, mapped())
    text = readable(client.get(address))
    assert "0 van 5 regels bekeken" in text
    assert "U kunt deze pagina rustig verlaten." in text
    assert "Kijk hoe ver het is" in text
    fragment = client.get(f"{address}voortgang/")
    assert 'data-state="previewing"' in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    work_off()
    assert 'data-state="previewed"' in client.get(f"{address}voortgang/").content.decode()


def test_work_that_stopped_can_be_put_on_again(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    address = sent(client)
    client.post(address, mapped())
    assert "Opnieuw aanzetten" in readable(client.get(address))
    assert client.post(address, {"step": "carry_on"}).status_code == 302
    work_off()
    assert newest(town).state is FileState.PREVIEWED
    again = client.post(address, {"step": "carry_on"})
    assert again.status_code == 422
    assert "Dat kan nu niet met dit bestand." in readable(again)


def test_the_report_begins_with_what_is_wrong_and_says_where_and_what_to_do(
    town: Town, sign_in
) -> None:
    client = sign_in(town.lea)
    page = client.get(previewed(client))
    text = readable(page)
    assert [(tab.code, tab.total) for tab in page.context["tabs"]] == [
        ("wrong", 1),
        ("looks_like", 1),
        ("new", 1),
        ("changed", 1),
        ("unchanged", 1),
    ]
    assert "Regel 3" in text
    assert "De datum in kolom “Geb.datum” bestaat niet. Verbeter de datum." in text
    assert names(town) == {"Roos Nepstra", "Sam Nepstra"}


def test_each_kind_of_row_has_its_own_address(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    address = previewed(client)
    shown = {
        kind: readable(client.get(address, {"soort": kind}))
        for kind in ("new", "changed", "unchanged", "left", "niets")
    }
    assert "Nieuw Verzonnen" in shown["new"]
    assert "Wijk wordt Zuid" in shown["changed"]
    assert "Roos Nepstra" in shown["unchanged"]
    assert "Er zijn geen regels van deze soort." in shown["left"]
    assert "Fout Datumstra" in shown["niets"]


def test_somebody_who_looks_like_a_person_is_decided_about(town: Town, sign_in) -> None:
    register_crowd(town, 1)
    client = sign_in(town.lea)
    address = previewed(client, MESSY.replace("Roosje;Nepstra;04-05", "Verzon;Figurant;01-01"))
    page = client.get(address, {"soort": "looks_like"})
    assert "Verzon Figurant" in readable(page)
    assert "Lijkt op: Verzonnen000 Figurant" in readable(page)
    assert "Dezelfde persoon" in readable(page)
    answer = client.post(
        f"{address}?soort=looks_like&page=1", {"step": "decide", "line": "4", "decision": "other"}
    )
    assert answer["Location"] == f"{address}?soort=looks_like&page=1#regel-4"
    again = client.get(address, {"soort": "looks_like"})
    assert "Uw keuze: Iemand anders: maak een nieuw dossier" in readable(again)
    [row] = queries.rows(town.lea, key=newest(town).key, verdict=RowVerdict.LOOKS_LIKE).cards
    assert row.decision is RowDecision.OTHER


def test_who_looks_like_somebody_of_another_team_is_not_named(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    address = previewed(client)
    text = readable(client.get(address, {"soort": "looks_like"}))
    assert "Roosje Nepstra" in text
    assert "Lijkt op iemand van een ander team." in text
    assert "Tim" not in text
    choices = client.get(address, {"soort": "looks_like"}).context["lines"][0].choices
    assert [code for code, _ in choices] == ["other", "skip"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"line": "4", "decision": "merge"},
        {"line": "²", "decision": "other"},
        {"line": "", "decision": "other"},
        {"line": "2", "decision": "other"},
        {},
    ],
)
def test_a_decision_that_cannot_be_is_refused_with_a_sentence(town: Town, sign_in, wrong) -> None:
    client = sign_in(town.lea)
    address = previewed(client)
    page = client.post(address, {"step": "decide", **wrong})
    assert page.status_code == 422
    assert "Deze keuze bestaat niet" in readable(page) or "valt niets te beslissen" in readable(
        page
    )


def test_taking_over_makes_the_new_people_and_then_says_what_happened(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    address = previewed(client)
    client.post(address, {"step": "decide", "line": "4", "decision": "other"})
    assert client.post(address, {"step": "apply"}).status_code == 302
    assert "van 3 regels overgenomen" in readable(client.get(address))
    work_off()
    page = client.get(address)
    assert "Het bestand is overgenomen op 2 maart 2026." in readable(page)
    assert names(town) == {
        "Roos Nepstra",
        "Sam Nepstra",
        "Nieuw Verzonnen",
        "Roosje Nepstra",
    }
    assert resident(town.lea, key=town.sam.key).district == "Zuid"
    assert "Uw keuze" not in readable(page)
    assert client.post(address, {"step": "cancel"}).status_code == 422


def test_the_same_file_again_has_nothing_to_take_over(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    text = "\r\n".join(
        [HEADINGS, "111222333;Roos;Nepstra;04-05-1980;Noord;01-01-2015;Anna Testema"]
    )
    address = previewed(client, text)
    assert "Er is niets om over te nemen" in readable(client.get(address))


def test_the_page_says_how_long_a_file_is_kept(town: Town, sign_in) -> None:
    text = readable(sign_in(town.lea).get(INLEZEN))
    assert "overgenomen of niet doorgaat, en hooguit 14 dagen." in text


def test_a_row_that_is_only_like_another_row_is_decided_about(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    row = "{};Nieuw;Verzonnen;01-02-1990;Noord;01-03-2024;Bram Testema"
    address = previewed(client, "\r\n".join([HEADINGS, *map(row.format, (999990032, 999990044))]))
    page = client.get(address, {"soort": "looks_like"})
    assert "Op regel 2 staat iemand met bijna dezelfde naam" in readable(page)
    assert "van een ander team" not in readable(page)
    [line] = page.context["lines"]
    assert [code for code, _words in line.choices] == ["other", "skip"]
    refused = client.post(address, {"step": "decide", "line": "3", "decision": "same"})
    assert refused.status_code == 422
    client.post(address, {"step": "decide", "line": "3", "decision": "other"})
    client.post(address, {"step": "apply"})
    work_off()
    assert newest(town).done == 2


def test_many_who_would_leave_must_be_confirmed(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    text = "\r\n".join(
        [HEADINGS, "111222333;Roos;Nepstra;04-05-1980;Noord;01-01-2015;Anna Testema"]
    )
    address = previewed(client, text, is_complete="yes")
    page = client.get(address)
    assert "Van 1 inwoner van uw team eindigt de uitkering." in readable(page)
    assert "Sam Nepstra" in readable(client.get(address, {"soort": "left"}))
    refused = client.post(address, {"step": "apply"})
    assert refused.status_code == 422
    assert "leavers_confirmed" in refused.context["form"].errors
    assert newest(town).state is FileState.PREVIEWED
    client.post(address, {"step": "apply", "leavers_confirmed": "on"})
    work_off()
    assert newest(town).state is FileState.DONE
    assert names(town) == {"Roos Nepstra"}


def test_the_columns_can_be_changed_after_the_report(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    address = previewed(client)
    page = client.get(address, {"kolommen": ""})
    assert page.context["form"]["is_complete"].value() == "no"
    client.post(f"{address}?kolommen", mapped(is_complete="yes"))
    work_off()
    assert newest(town).is_complete


def test_a_file_can_be_left_as_it_is_until_it_is_taken_over(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    address = previewed(client)
    answer = client.post(address, {"step": "cancel"}, follow=True)
    assert "Het bestand gaat niet door. Er is niets veranderd." in readable(answer)
    assert "de inhoud is gewist" in readable(client.get(address))
    assert client.post(address, {"step": "apply"}).status_code == 422
    assert client.post(address, mapped()).status_code == 422
    assert names(town) == {"Roos Nepstra", "Sam Nepstra"}


def test_the_report_can_be_taken_along_as_a_file(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    address = previewed(client)
    answer = client.get(f"{address}verslag/", {"soort": "csv"})
    text = answer.content.decode("utf-8-sig")
    headings, *rows = csv.reader(StringIO(text, newline=""), delimiter=";")
    assert headings == ["Regel", "Naam", "Soort", "Wat er is"]
    assert [row[0] for row in rows] == ["3", "4"]
    assert [row[2] for row in rows] == ["Fout", "Lijkt op iemand"]
    assert "kolom “Geb.datum” bestaat niet" in rows[0][3]
    assert "Op regel 5 staat iemand met bijna dezelfde naam" in rows[1][3]
    book = client.get(f"{address}verslag/", {"soort": "xlsx"})
    assert book["Content-Disposition"] == 'attachment; filename="verslag-2026-03-02.xlsx"'
    assert client.get(f"{address}verslag/", {"soort": "pdf"}).status_code == 404


@pytest.mark.parametrize("who", ["anna", "carla", "vera", "petra", "roos", "connie", "ab"])
def test_a_file_of_somebody_else_does_not_exist(town: Town, who) -> None:
    client, stranger = Client(), Client()
    client.force_login(account(town.lea))
    address = previewed(client)
    stranger.force_login(account(getattr(town, who)))
    for page in (address, f"{address}voortgang/", f"{address}verslag/?soort=csv"):
        assert stranger.get(page).status_code == 404
    assert stranger.post(address, {"step": "cancel"}).status_code == 404
    assert newest(town).state is FileState.PREVIEWED


def account(viewer):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=viewer.account_id)


def test_a_file_that_is_not_there_is_not_found(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    for name in ("import", "import_progress", "import_report"):
        assert client.get(reverse(f"coach:{name}", args=[NOBODY])).status_code == 404


def test_ten_rows_and_two_hundred_cost_the_same_number_of_questions(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    few, many = previewed(client, wrong(10)), previewed(client, wrong(200))
    assert questions(client, few) == questions(client, many)
    assert questions(client, f"{few}verslag/?soort=csv") == questions(
        client, f"{many}verslag/?soort=csv"
    )
    second = client.get(many, {"soort": "wrong", "page": "4"})
    assert "?soort=wrong&amp;page=3" in second.content.decode()
    assert len(second.context["lines"]) == 50


def wrong(count: int) -> str:
    line = "123;Fout;Nummerstra;01-02-1990;Noord;01-03-2024;Bram Testema"
    return "\r\n".join([HEADINGS, *[line] * count])


def questions(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (import_words.FIELDS, queries.Field),
        (import_words.FIELD_HELP, queries.Field),
        (import_words.FILE_STATES, FileState),
        (import_words.FILE_STATE_KINDS, FileState),
        (import_words.VERDICTS, RowVerdict),
        (import_words.VERDICT_SENTENCES, RowVerdict),
        (import_words.DECISIONS, RowDecision),
        (import_words.DECISIONS_IN_SHORT, RowDecision),
        (import_words.ROW_PROBLEMS, RowProblem),
    ],
)
def test_every_code_has_words(words, codes) -> None:
    assert set(words) == set(codes)
