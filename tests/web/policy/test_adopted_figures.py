"""Adopted figures beside what is known now, rectifying them, and two documents side by side."""

import csv
import re
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.documents.adopted import adopt_figures, adopted_document
from meedoen.records.documents.models import (
    AdoptedFigure,
    Chapter,
    Document,
    Rectification,
)
from meedoen.records.figures.actions import measure
from meedoen.records.figures.models import Figure
from meedoen.rules.documents.quotes import Quoted
from meedoen.rules.documents.words import DocumentKind, DocumentState, QuotedKind
from tests.records.documents.scenes import adopted, begun, offered, second_controller
from tests.records.documents.test_rectifying import take_back
from tests.records.figures.scenes import YEAR_END, crowd, stranger, take_in, take_part
from tests.standing_town import kept
from tests.web.public.reading import links_of, tables_of, words_of

TABLE = "Cijfers in dit document"
WHY = "Een start van december stond er niet in."


@pytest.fixture
@kept
def account(town):
    """Return the key of an account that Cas adopted, with forty people on a participation job."""
    key = offered(town, kind=DocumentKind.ACCOUNT, people=40)
    adopted(second_controller(town), key)
    return key


@pytest.fixture
@kept
def budget(town):
    """Return the key of an adopted budget that says what was aimed for in the same year."""
    take_in(town, "1_1_3")
    key = begun(town)
    document = Document.objects.get(key=key)
    chapter = Chapter.objects.get(document=document)
    aimed = Quoted(chapter.pk, "participation_jobs", QuotedKind.AIMED, "130", year=2024)
    adopt_figures(town.connie, document, [aimed])
    Document.objects.filter(key=key).update(state=DocumentState.ADOPTED)
    return key


def figures_url(key):
    return reverse("policy:document_figures", args=[key])


def rectify_url(town, key):
    figure = adopted_document(town.connie, key=key).figures[0]
    return reverse("policy:rectify", args=[figure.adopted_id])


def test_connie_sees_what_was_adopted_beside_what_is_known_now(town, sign_in, account):
    client = sign_in(town.connie)
    [row] = tables_of(client.get(figures_url(account)))[TABLE][1:]
    assert row[1:3] == ["40", "hetzelfde"]
    take_back(town, count=12)
    answer = client.get(figures_url(account))
    [row] = tables_of(answer)[TABLE][1:]
    assert row[1:3] == ["40", "herzien: 28"]
    assert "1 nu anders" in words_of(answer)


def test_a_hidden_figure_is_not_counted_among_those_that_are_other_now(town, sign_in):
    key = offered(town, kind=DocumentKind.ACCOUNT, people=4)
    adopted(second_controller(town), key)
    take_back(town, count=2)
    answer = sign_in(town.connie).get(figures_url(key))
    [row] = tables_of(answer)[TABLE][1:]
    assert row[1:3] == ["<10", "<10"]
    assert "0 nu anders" in words_of(answer)


def test_what_was_hidden_when_adopted_does_not_change_also_when_it_would_be_shown_today(
    town, sign_in
):
    take_in(town, "1_1_3")
    take_part(town, crowd(town, 40))
    measure(town.connie, on=YEAR_END)
    counted = Figure.objects.filter(indicator="participation_jobs", part="").earliest("pk")
    key = begun(town)
    document = Document.objects.get(key=key)
    hidden = Quoted(
        Chapter.objects.get(document=document).pk,
        "participation_jobs",
        QuotedKind.ACHIEVED,
        "x",
        hidden=True,
        reference_date=YEAR_END,
        figure_id=counted.pk,
    )
    adopt_figures(town.connie, document, [hidden])
    Document.objects.filter(key=key).update(state=DocumentState.ADOPTED)
    take_back(town, count=12)
    answer = sign_in(town.connie).get(figures_url(key))
    [row] = tables_of(answer)[TABLE][1:]
    assert row[1:3] == ["x", "x"]
    assert "0 nu anders" in words_of(answer)


def test_connie_rectifies_it_after_measuring_again_and_both_values_stay(town, sign_in, account):
    take_back(town, count=12)
    client = sign_in(town.connie)
    url = links_of(client.get(figures_url(account)))
    [rectify] = [link for name, link in url.items() if name.startswith("Rectificeren")]
    refused = client.post(rectify, {"reason": WHY})
    assert refused.status_code == 422
    assert "Meet eerst" in words_of(refused)
    assert WHY in words_of(refused)
    measure(town.connie, on=YEAR_END)
    answer = client.post(rectify, {"reason": WHY}, follow=True)
    assert answer.redirect_chain == [(figures_url(account), 302)]
    page = words_of(answer)
    assert "Beide cijfers blijven staan." in page
    assert "28 , op" in page
    assert WHY in page
    assert "Connie Testema" in page


def test_of_a_hidden_figure_nothing_is_asked_and_the_page_says_why(town, sign_in):
    key = offered(town, kind=DocumentKind.ACCOUNT, people=4)
    adopted(second_controller(town), key)
    client = sign_in(town.connie)
    url = rectify_url(town, key)
    for answer, status in ((client.get(url), 409), (client.post(url, {"reason": WHY}), 422)):
        assert answer.status_code == status
        assert "Dit cijfer is verborgen, en blijft dat." in words_of(answer)
        assert 'name="reason"' not in answer.content.decode()
        assert links_of(answer)["Terug naar de cijfers"] == figures_url(key)
    assert not Rectification.objects.exists()


def test_everything_that_is_missing_is_said_at_once(town, sign_in, account):
    answer = sign_in(town.connie).post(rectify_url(town, account), {"reason": ""})
    assert answer.status_code == 422
    page = words_of(answer)
    assert "Schrijf op waarom" in page
    assert "Meet eerst" in page
    assert not Rectification.objects.exists()


def test_what_was_never_counted_is_typed(town, sign_in, budget):
    client = sign_in(town.connie)
    url = rectify_url(town, budget)
    page = words_of(client.get(url))
    assert "Vul in wat het had moeten zijn." in page
    assert "niet verplicht" not in page
    client.post(url, {"reason": WHY, "text": "140"})
    assert Rectification.objects.get().text == "140"


def test_two_documents_stand_side_by_side_with_the_reason(town, sign_in, account, budget):
    client = sign_in(town.connie)
    url = reverse("policy:differences")
    # To begin with two different documents are chosen, the older one first.
    chosen = re.findall(r'<option value="([^"]+)" selected>', client.get(url).content.decode())
    assert len(chosen) == len({*chosen}) == 2
    assert {*chosen} == {str(budget), str(account)}
    answer = client.get(url, {"eerste": budget, "tweede": account})
    [row] = tables_of(answer)["Cijfers naast elkaar"][1:]
    assert row[0] == "Mensen op een participatiebaan"
    assert row[1:4] == ["130, doel 2024", "40, geteld op 31 dec 2024", "-90"]
    assert "beloofd, begroot of verwacht" in row[4]
    assert "- staat er niet in, of is geen verschil in aantal" in words_of(answer)
    same = client.get(url, {"eerste": account, "tweede": account})
    [row_of_same] = tables_of(same)["Cijfers naast elkaar"][1:]
    assert row_of_same[3] == "0"
    links = links_of(answer)
    content = client.get(links["tekst met kolommen (CSV)"].replace("&amp;", "&"))
    lines = list(csv.reader(StringIO(content.content.decode("utf-8-sig")), delimiter=";"))
    assert [cell.strip() for cell in lines[1]] == row
    assert client.get(links["spreadsheet (XLSX)"]).status_code == 200


@pytest.mark.parametrize("asked", [{"eerste": "x", "tweede": "x"}, {"eerste": ""}])
def test_a_choice_that_is_not_there_is_refused(town, sign_in, account, asked):
    client = sign_in(town.connie)
    assert client.get(reverse("policy:differences"), asked).status_code == 422
    export = reverse("policy:differences_export")
    assert client.get(export, {**asked, "soort": "csv"}).status_code == 404
    both = {"eerste": account, "tweede": account}
    assert client.get(export, {**both, "soort": "pdf"}).status_code == 404


NAMES = ["anna", "lea", "petra", "roos", "suus", "priya", "ab", "vera"]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_else_finds_these_pages(town, sign_in, account, name):
    url = rectify_url(town, account)
    client = sign_in(town.members[name])
    for page in (url, figures_url(account), reverse("policy:differences")):
        assert client.get(page).status_code == 404
    assert client.post(url, {"reason": WHY}).status_code == 404
    assert not Rectification.objects.exists()


def test_a_document_that_is_not_adopted_has_no_such_page(town, sign_in):
    key = offered(town, kind=DocumentKind.ACCOUNT)
    client = sign_in(town.connie)
    assert client.get(figures_url(key)).status_code == 404
    assert client.get(reverse("policy:rectify", args=[1])).status_code == 404
    assert "nog geen document vastgesteld" in words_of(client.get(reverse("policy:differences")))
    assert adopted_document(stranger(town), key=key) is None


def test_other_methods_are_refused(town, sign_in, account):
    client = sign_in(town.connie)
    assert client.post(figures_url(account)).status_code == 405
    assert client.post(reverse("policy:differences")).status_code == 405


def test_many_figures_take_as_many_questions_as_one(town, sign_in, account):
    client = sign_in(town.connie)
    one = questions(client, account)
    document = Document.objects.get(key=account)
    chapter_id = Chapter.objects.get(document=document).pk
    AdoptedFigure.objects.bulk_create(
        AdoptedFigure(
            municipality_id=town.connie.municipality_id,
            document=document,
            chapter_id=chapter_id,
            position=year,
            indicator="participation_jobs",
            kind=QuotedKind.AIMED,
            year=year,
            text="130",
        )
        for year in range(2000, 2060)
    )
    assert questions(client, account) == one


def questions(client, key):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(figures_url(key)).status_code == 200
    return len(asked)
