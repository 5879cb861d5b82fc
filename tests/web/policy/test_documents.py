"""The pages of documents: writing, two people, and nobody else who knows of a draft."""

from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from meedoen.records.documents.actions import make_document, offer
from meedoen.records.documents.comment_actions import comment, settle
from meedoen.records.documents.models import ChapterText, Document, Light
from meedoen.records.figures.actions import measure
from meedoen.records.organisations.actions import invite
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.queries import person_for
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.rules.documents.words import DocumentKind, DocumentState, Question
from tests.records.documents.scenes import (
    adopted,
    begun,
    card_of,
    offered,
    only_chapter,
    second_controller,
    take_back,
    write,
    written,
)
from tests.records.figures.scenes import YEAR_END, take_in
from tests.records.own_indicators.scenes import in_force
from tests.town import PASSWORD
from tests.web.public.reading import links_of, tables_of, words_of

LIST = reverse("policy:documents")
INTERIM = {"kind": DocumentKind.INTERIM, "number": 1}


def at(name, key, *more):
    return reverse(f"policy:{name}", args=[key, *more])


def hidden(answer) -> dict[str, str]:
    fields = html.fromstring(answer.content.decode()).xpath("//form//input[@type='hidden']")
    kept = {field.get("name"): field.get("value") or "" for field in fields}
    kept.pop("csrfmiddlewaretoken", None)
    return kept


def test_connie_begins_a_budget_and_finds_all_that_is_still_missing(town, sign_in):
    take_in(town, "1_1_3", "goal_2_2_2")
    client = sign_in(town.connie)
    assert "Er is nog geen document" in words_of(client.get(LIST))
    new = {
        "kind": "budget",
        "year": "2026",
        "title": "Begroting 2026",
        "reference_date": "2024-12-31",
        "codes": ["2.2.2"],
    }
    answer = client.post(reverse("policy:document_new"), new, follow=True)
    page = words_of(answer)
    assert "Het document is begonnen" in page
    assert "Begroting 2026" in page
    assert "Voor het aanbieden ontbreken nog" in page
    assert "Op de peildatum is nog niet gemeten" in page
    key = Document.objects.get().key
    wanted = "Doel 2.2.2: er staat nog niets bij “Wat mag het kosten?”."
    assert links_of(answer)[wanted] == at("document_text", key, 1, "cost")


def test_an_account_of_another_day_than_the_last_of_its_year_is_begun_with_a_warning(town, sign_in):
    take_in(town, "1_1_3")
    client = sign_in(town.connie)
    new = {"kind": "account", "year": "2025", "title": "Jaarstukken"}
    for day, warned in (("2025-11-30", True), ("2025-12-31", False)):
        answer = client.post(
            reverse("policy:document_new"), new | {"reference_date": day}, follow=True
        )
        assert "Het document is begonnen" in words_of(answer)
        assert ("De peildatum is niet 31 december." in words_of(answer)) is warned
        Document.objects.all().update(state=DocumentState.DROPPED)


def test_a_new_document_with_mistakes_keeps_what_was_typed(town, sign_in):
    take_in(town, "1_1_3")
    client = sign_in(town.connie)
    typed = {"kind": "interim", "year": "2026", "title": "Juni", "reference_date": "2024-12-31"}
    answer = client.post(reverse("policy:document_new"), typed)
    assert answer.status_code == 422
    assert "Geef de tussenrapportage een nummer" in words_of(answer)
    assert 'value="Juni"' in answer.content.decode()
    assert client.post(reverse("policy:document_new"), {}).status_code == 422
    strange = typed | {"kind": "diary", "codes": ["9.9"], "start_from": "x"}
    page = words_of(client.post(reverse("policy:document_new"), strange))
    # Each stands above the form and at its question.
    assert page.count("Deze keuze bestaat niet. Kies er een uit de lijst.") == 2 * 3
    assert not Document.objects.exists()


def test_a_text_is_looked_at_before_it_is_kept(town, sign_in):
    key = written(town)
    client, url = sign_in(town.connie), at("document_text", key, 1, "want")
    first = client.get(url)
    [first_line] = [
        row
        for row in tables_of(first)["Cijfers die u kunt ophalen"]
        if row[-1] == "{participation_jobs}"
    ]
    assert first_line[1:] == ["geteld op 31 dec 2024", "12", "{participation_jobs}"]
    typed = {"text": "Nu {participation_jobs} mensen.\r\n\r\nEn meer.", **hidden(first)}
    looked = client.post(url, typed | {"step": "preview"})
    assert looked.status_code == 200
    assert "Dit is nog niet bewaard." in words_of(looked)
    assert "Nu 12 (geteld op 31 dec 2024) mensen." in words_of(looked)
    assert ChapterText.objects.filter(text__contains="Nu").count() == 0
    kept = client.post(url, typed | {"step": "keep"})
    assert kept.url == f"{at('document', key)}#hoofdstuk-1"
    assert only_chapter(town.connie, key).texts[1].text == typed["text"].replace("\r", "")


def test_quotes_that_cannot_be_read_are_told_with_their_lines_and_the_text_stays(town, sign_in):
    key = written(town)
    client, url = sign_in(town.connie), at("document_text", key, 1, "want")
    answer = client.post(url, {"text": "Een\n{jobs} en {", **hidden(client.get(url))})
    assert answer.status_code == 422
    page = words_of(answer)
    assert "Regel 2, {jobs}: deze indicator bestaat niet." in page
    assert "Regel 2, {: een accolade staat alleen." in page
    assert "{jobs} en {" in answer.content.decode()


def test_looking_at_a_text_with_a_quote_that_cannot_be_read_says_which_and_what_is_possible(
    town, sign_in
):
    key = written(town)
    client, url = sign_in(town.connie), at("document_text", key, 1, "want")
    typed = {**hidden(client.get(url)), "step": "preview"}
    answer = client.post(url, {**typed, "text": "Een\n{nix}, en {volunteers near}."})
    assert answer.status_code == 422
    page = words_of(answer)
    assert "Regel 2, {nix}: deze indicator bestaat niet. Kies een code uit de lijst" in page
    assert "Regel 2, {volunteers near}: dit woord kan hier niet. Wel mogelijk: een dag" in page
    assert "Zo komt het er te staan" in page
    assert "{nix}, en {volunteers near}.</textarea>" in answer.content.decode()
    assert client.post(url, {**typed, "text": "Van 111222333."}).status_code == 422


def test_who_writes_over_a_colleague_is_told_and_keeps_the_text(town, sign_in):
    key = written(town)
    client, url = sign_in(town.connie), at("document_text", key, 1, "want")
    seen = hidden(client.get(url))
    write(second_controller(town), key, Question.WANT, "Van Cas.")
    answer = client.post(url, {"text": "Van Connie.", **seen})
    assert answer.status_code == 422
    assert "Een collega bewaarde deze tekst intussen" in words_of(answer)
    assert "Van Connie." in answer.content.decode()


def test_an_orange_light_asks_for_everything_at_once(town, sign_in):
    key = written(town, **INTERIM)
    client, url = sign_in(town.connie), at("document_light", key, 1, "goal")
    answer = client.post(url, {"colour": "orange"})
    assert answer.status_code == 422
    tree = html.fromstring(answer.content.decode())
    for name, line in (
        ("cause", "hoe het komt"),
        ("consequence", "wat dit betekent voor het doel"),
        ("steering", "wat u eraan doet"),
    ):
        [field] = tree.xpath(f"//textarea[@name='{name}']")
        described = field.get("aria-describedby").split()
        assert line in "".join(tree.get_element_by_id(one).text_content() for one in described)
    assert words_of(answer).count("Schrijf op hoe het komt.") == 2
    reasons = {"cause": "Ziekte.", "consequence": "Minder.", "steering": "Werven."}
    assert client.post(url, {"colour": "orange", **reasons}).status_code == 302
    page = words_of(client.get(at("document", key)))
    assert "Oranje: bijsturen is nodig" in page
    assert "Ziekte." in page
    assert Light.objects.count() == 4
    budget = begun(town, year=2026)
    assert client.get(at("document_light", budget, 1, "goal")).status_code == 404
    assert client.get(at("document_light", key, 1, "weather")).status_code == 404


def test_a_comment_is_placed_answered_and_settled(town, sign_in):
    key = written(town)
    client = sign_in(town.connie)
    client.post(at("document_comment_text", key, 1, "want"), {"text": "Klopt dit?"})
    client.post(at("document_comment", key, 0), {"text": "Mooi."})
    assert client.post(at("document_comment", key, 1), {"text": " "}).status_code == 422
    asked, said = card_of(town.connie, key).comments
    page = client.get(at("document", key))
    wanted = f"{at('document', key)}#opmerking-{asked.comment_id}"
    assert links_of(page)["2 opmerkingen staan nog open. Handel ze af."] == wanted
    tree = html.fromstring(page.content.decode())
    assert "Klopt dit?" in tree.get_element_by_id(wanted.split("#")[1]).text_content()
    client.post(at("document_reply", key, asked.comment_id), {"text": "Ja.", "settles": "on"})
    client.post(at("document", key), {"settle": str(said.comment_id)})
    page = words_of(client.get(at("document", key)))
    assert "Klopt dit?" in page
    assert "afgehandeld" in page
    assert not any(one.is_open for one in card_of(town.connie, key).comments)
    again = client.post(at("document", key), {"settle": str(said.comment_id)}, follow=True)
    assert "al afgehandeld" in words_of(again)
    again = client.post(at("document_reply", key, asked.comment_id), {"text": "Nog iets."})
    assert again.status_code == 422


def test_chapters_come_and_go_while_nothing_was_written(town, sign_in):
    take_in(town, "1_1_3", "goal_2_2_2", "goal_4_1_1")
    key = begun(town, **INTERIM)
    client = sign_in(town.connie)
    client.post(at("document", key), {"code": "2.2.2"})
    assert [one.code for one in card_of(town.connie, key).chapters] == ["1.1.3", "2.2.2"]
    assert client.post(at("document", key), {"code": "2.2.2"}).status_code == 422
    client.post(at("document", key), {"remove-chapter": "1"})
    assert [one.number for one in card_of(town.connie, key).chapters] == [2]
    comment(town.connie, key=key, text="Hier.", chapter=2)
    answer = client.post(at("document", key), {"remove-chapter": "2"}, follow=True)
    assert "Bij dit hoofdstuk is al geschreven" in words_of(answer)


def test_two_people_bring_a_document_from_draft_to_public(town, sign_in):
    key, cas = written(town), second_controller(town)
    client = sign_in(town.connie)
    offer_url, adopt_url = at("document_offer", key), at("document_adopt", key)
    assert client.post(offer_url, hidden(client.get(offer_url))).status_code == 302
    assert "U bood dit document aan." in words_of(client.get(at("document", key)))
    asked = client.get(adopt_url)
    assert asked.status_code == 409
    assert "U bood dit document zelf aan" in words_of(asked)
    refused = client.post(adopt_url, {"seen": card_of(town.connie, key).revision})
    assert refused.status_code == 422
    assert "U bood dit document zelf aan" in words_of(refused)
    client = sign_in(cas)
    shown = client.get(adopt_url)
    assert "Het waren er 12 , en dat is genoeg." in words_of(shown)
    answer = client.post(adopt_url, {**hidden(shown), "note": "Akkoord."}, follow=True)
    page = words_of(answer)
    assert "Het document is vastgesteld" in page
    assert "cijfers zoals bekend op" in page
    assert "Akkoord." in page
    late = client.post(adopt_url, hidden(shown))
    assert late.status_code == 422
    assert "intussen verder gebracht" in words_of(late)


def test_who_is_about_to_offer_a_document_reads_what_is_still_missing(town, sign_in):
    take_in(town, "1_1_3")
    key = begun(town)
    answer = sign_in(town.connie).get(at("document_offer", key))
    missing = "Doel 1.1.3: er staat nog niets bij “Wat mag het kosten?”."
    assert links_of(answer)[missing] == at("document_text", key, 1, "cost")


@pytest.mark.parametrize(
    ("make", "names", "why"),
    [
        (written, ["document_adopt", "document_send_back"], "Dit document is nog een concept"),
        (offered, ["document_offer", "document_drop"], "Dit document is aangeboden"),
    ],
)
def test_the_page_of_a_step_that_cannot_be_made_says_why(town, sign_in, make, names, why):
    key = make(town)
    client = sign_in(second_controller(town))
    for name in names:
        answer = client.get(at(name, key))
        assert answer.status_code == 409
        assert why in words_of(answer)
        assert links_of(answer)["Naar het document"] == at("document", key)


def test_in_a_document_that_was_adopted_nobody_writes_and_the_pages_say_so(town, sign_in):
    key, cas = offered(town, **INTERIM), second_controller(town)
    asked = comment(cas, key=key, text="Klopt dit?")
    settle(cas, key=key, comment_id=asked)
    adopted(cas, key)
    client = sign_in(cas)
    for name, more in (
        ("document_text", (1, "want")),
        ("document_light", (1, "goal")),
        ("document_comment", (1,)),
        ("document_reply", (asked,)),
        ("document_adopt", ()),
    ):
        answer = client.get(at(name, key, *more))
        assert answer.status_code == 409
        assert "Dit document is vastgesteld. De teksten en cijfers" in words_of(answer)


def test_a_document_is_sent_back_or_dropped_with_a_reason(town, sign_in):
    key, cas = offered(town), second_controller(town)
    client = sign_in(cas)
    back = at("document_send_back", key)
    seen = hidden(client.get(back))
    assert client.post(back, seen).status_code == 422
    assert client.post(back, {**seen, "note": "Noem de wijk."}).status_code == 302
    assert "Noem de wijk." in words_of(client.get(at("document", key)))
    drop = at("document_drop", key)
    assert client.post(drop, {**hidden(client.get(drop)), "note": "Weg."}).status_code == 302
    assert Document.objects.get().state == DocumentState.DROPPED
    assert client.post(drop, {"seen": "no", "note": "Weg."}).status_code == 422


def test_a_question_of_the_council_is_entered_and_answered(town, sign_in):
    key = offered(town)
    client = sign_in(town.connie)
    early = client.get(at("council_question", key))
    assert early.status_code == 409
    assert "De raad stelt vragen over een document dat is vastgesteld." in words_of(early)
    adopted(second_controller(town), key)
    asked = {
        "about": "1-want",
        "paragraph": "1",
        "asked_by": "Fractie Verzonnen",
        "asked_on": "2025-06-03",
        "text": "Waarom?",
    }
    url = at("council_question", key)
    assert client.post(url, asked | {"paragraph": "9"}).status_code == 422
    assert client.post(url, asked).status_code == 302
    [question] = card_of(town.connie, key).council_questions
    url = at("council_answer", key, question.key)
    assert client.post(url, {"text": ""}).status_code == 422
    assert client.post(url, {"text": "Daarom."}).status_code == 302
    page = words_of(client.get(at("document", key)))
    assert "Fractie Verzonnen" in page
    assert "Het waren er 12, en dat is genoeg." in page
    assert "Daarom." in page


def test_two_documents_are_compared_word_by_word_with_their_figures(town, sign_in):
    first = written(town)
    second = begun(town, kind=DocumentKind.ACCOUNT, start_from=first)
    write(
        town.connie,
        second,
        Question.WANT,
        "Het waren er {participation_jobs target 2025}, en dat is veel.",
    )
    client, url = sign_in(town.connie), reverse("policy:documents_compare")
    answer = client.get(url, {"first": first, "second": second})
    tree = html.fromstring(answer.content.decode())
    standing, *gone = [one.text_content().strip() for one in tree.xpath("//del")]
    assert standing.startswith("weg: Halverwege 2024")
    assert gone == ["weg: 12,", "weg: genoeg."]
    assert [one.text_content().strip() for one in tree.xpath("//ins")] == [
        "nieuw: 130,",
        "nieuw: veel.",
    ]
    [_head, row] = tables_of(answer)["Cijfers bij doel 1.1.3"]
    assert row[1:] == ["12 (geteld op 31 dec 2024)", "130 (doel 2025)"]
    assert client.get(url, {"first": first, "second": first}).status_code == 422
    assert client.get(url, {"first": "x", "second": first}).status_code == 422
    # Nothing was chosen yet: that is no mistake.
    assert client.get(url).status_code == 200


def test_a_text_that_only_one_of_two_kinds_of_documents_has_is_compared_too(town, sign_in):
    first = written(town)
    write(town.connie, first, Question.STANDING, "Wij staan er goed voor.")
    second = begun(town, kind=DocumentKind.ACCOUNT, start_from=first)
    client, url = sign_in(town.connie), reverse("policy:documents_compare")
    for pair in ({"first": first, "second": second}, {"first": second, "second": first}):
        assert "Wij staan er goed voor." in words_of(client.get(url, pair))


def test_from_two_adopted_documents_a_link_leads_to_why_they_differ(town, sign_in):
    first, cas = offered(town), second_controller(town)
    adopted(cas, first)
    second = begun(town, kind=DocumentKind.ACCOUNT, start_from=first)
    offer(town.connie, key=second, seen=card_of(town.connie, second).revision)
    adopted(cas, second)
    client, url = sign_in(town.connie), reverse("policy:documents_compare")
    links = links_of(client.get(url, {"first": first, "second": second}))
    link = links["Waarom verschillen de cijfers?"].replace("&amp;", "&")
    assert "Cijfers naast elkaar" in tables_of(client.get(link))


def test_an_own_indicator_has_its_name_in_a_document(town, sign_in):
    in_force(town.connie)
    key = written(town)
    write(town.connie, key, Question.DO, "Er tuinieren er {gardeners}.")
    client = sign_in(town.connie)
    assert ["Tuinders", "geteld op 31 dec 2024", "12"] in tables_of(
        client.get(at("document", key))
    )["Cijfers bij doel 1.1.3"]
    lines = tables_of(client.get(at("document_text", key, 1, "do")))["Cijfers die u kunt ophalen"]
    assert ["Tuinders", "geteld op 31 dec 2024", "12", "{gardeners}"] in lines


def test_a_document_is_printed_and_made_into_a_pdf_with_its_figures(town, sign_in):
    key = written(town, **INTERIM)
    client = sign_in(town.connie)
    paper = words_of(client.get(at("document_print", key)))
    assert "Het waren er 12, en dat is genoeg." in paper
    assert "Groen: zoals beloofd" in paper
    assert "Document als PDF" in paper
    pdf = client.get(at("document_pdf", key))
    assert pdf["Content-Disposition"] == 'attachment; filename="interim-2025-1.pdf"'
    assert pdf.content.startswith(b"%PDF")


def test_the_list_is_narrowed_sorted_and_paged_by_its_address(town, sign_in):
    take_in(town, "1_1_3")
    for year in range(2025, 2055):
        begun(town, year=year, on=date(year - 1, 12, 31))
    begun(town, year=2026, kind=DocumentKind.ACCOUNT, on=date(2026, 12, 31))
    client = sign_in(town.connie)
    page = client.get(LIST)
    assert "31 documenten" in words_of(page)
    assert "Pagina 1 van 2" in words_of(page)
    narrowed = words_of(client.get(LIST, {"kind": "account"}))
    assert "1 document" in narrowed
    assert "Document 2026" in narrowed
    assert "1 document" in words_of(client.get(LIST, {"text": "2037"}))
    assert "Geen document past" in words_of(client.get(LIST, {"state": "adopted"}))
    oldest = client.get(LIST, {"order": "title"}).content.decode()
    assert oldest.index("Document 2025") < oldest.index("Document 2027")


def test_every_version_of_a_text_can_be_read_with_who_when_and_what_changed(town, sign_in):
    key, cas = written(town), second_controller(town)
    write(cas, key, Question.WANT, "Het waren er {participation_jobs}, en dat is veel.")
    client = sign_in(town.connie)
    links = links_of(client.get(at("document", key)))
    url = links["Alle versies: 1.1.3, Wat willen we bereiken?"]
    answer = client.get(url)
    page = words_of(answer)
    assert page.index("Cas Testema") < page.rindex("Connie Testema")
    assert "eerste versie" in page
    tree = html.fromstring(answer.content.decode())
    newest = tree.xpath("//section")[0]
    assert [one.text_content().strip() for one in newest.xpath(".//del")] == ["weg: genoeg."]
    assert [one.text_content().strip() for one in newest.xpath(".//ins")] == ["nieuw: veel."]
    assert "{participation_jobs}" in page
    assert links_of(client.get(at("document_text", key, 1, "want")))["Alle versies"] == url


def test_many_versions_come_in_pages_and_each_is_set_beside_the_one_before_it(town, sign_in):
    key = written(town)
    for number in range(1, 13):
        write(town.connie, key, Question.DO, f"Versie {number}.")
    client, url = sign_in(town.connie), at("document_text_history", key, 1, "do")
    first, last = words_of(client.get(url)), words_of(client.get(url, {"page": "2"}))
    assert "Pagina 1 van 2" in first
    assert "weg: 2. nieuw: 3." in " ".join(first.split())
    assert "eerste versie" in last
    assert "eerste versie" not in first


def test_the_colours_that_a_light_had_can_be_read(town, sign_in):
    key = written(town, **INTERIM)
    reasons = {"cause": "Ziekte.", "consequence": "Minder.", "steering": "Werven."}
    client = sign_in(town.connie)
    client.post(at("document_light", key, 1, "goal"), {"colour": "orange", **reasons})
    links = links_of(client.get(at("document", key)))
    page = words_of(client.get(links["Eerdere kleuren: 1.1.3, Het doel"]))
    assert page.index("Oranje: bijsturen is nodig") < page.index("Groen: zoals beloofd")
    assert "Werven." in page
    assert "Connie Testema" in page


def test_of_an_adopted_document_the_versions_stay_to_be_read(town, sign_in):
    key = offered(town)
    adopted(second_controller(town), key)
    page = words_of(sign_in(town.connie).get(at("document_text_history", key, 1, "want")))
    assert "Het waren er {participation_jobs}, en dat is genoeg." in page


@pytest.mark.parametrize("wrong", [{"kind": "nonsense"}, {"state": "x"}, {"year": "1850"}])
def test_a_list_that_is_asked_in_a_wrong_way_says_what_is_wrong(town, sign_in, wrong):
    take_in(town, "1_1_3")
    begun(town)
    answer = sign_in(town.connie).get(LIST, wrong)
    assert answer.status_code == 422
    assert "Dit gaat nog niet goed" in words_of(answer)
    assert "Document 2025" not in words_of(answer)
    assert links_of(answer)["Alle documenten"] == LIST


def test_what_is_missing_is_said_in_the_language_of_the_page(town, sign_in):
    take_in(town, "1_1_3")
    key = begun(town)
    client = sign_in(town.connie)
    client.cookies["django_language"] = "en"
    page = words_of(client.get(at("document", key)))
    assert "What may it cost?" in page
    assert "Wat mag het kosten?" not in page


def test_lists_and_documents_ask_as_many_questions_for_many_rows_as_for_few(town, sign_in):
    take_in(town, "1_1_3", "goal_2_2_2")
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)

    def asked(url):
        client.get(url)
        with CaptureQueriesContext(connection) as questions:
            assert client.get(url).status_code == 200
        return len(questions)

    make = partial(make_document, town.connie, kind=DocumentKind.BUDGET, reference_date=YEAR_END)
    small = make(year=2025, title="Klein", codes=["1.1.3"])
    make(year=2026, title="Nog een", codes=["1.1.3"])
    few_rows, few = asked(LIST), asked(at("document", small))
    for year in range(1900, 1960):
        make(year=year, title="Meer", codes=["2.2.2"], reference_date=date(year, 1, 1))
    large = make(year=2027, title="Groot")
    for number in range(40):
        comment(town.connie, key=large, text=f"Vraag {number}", chapter=1 + number % 2)
    assert asked(LIST) == few_rows
    assert asked(at("document", large)) == few


PAGES = (
    ("document", ()),
    ("document_text", (1, "want")),
    ("document_light", (1, "goal")),
    ("document_text_history", (1, "want")),
    ("document_light_history", (1, "goal")),
    ("document_comment", (1,)),
    ("document_comment_text", (1, "want")),
    ("document_offer", ()),
    ("document_adopt", ()),
    ("document_send_back", ()),
    ("document_drop", ()),
    ("document_print", ()),
    ("document_pdf", ()),
)


def test_nobody_else_finds_a_draft_or_changes_anything(town, sign_in):
    key = written(town, **INTERIM)
    for viewer in (town.anna, town.lea, town.petra, town.roos, town.suus, town.ab, town.priya):
        client = sign_in(viewer)
        for name, more in PAGES:
            assert client.get(at(name, key, *more)).status_code == 404
            assert client.post(at(name, key, *more), {"text": "Hoi"}).status_code == 404
    assert card_of(town.connie, key).revision == 0


def test_a_controller_of_another_municipality_finds_nothing_either(town, sign_in):
    key = written(town)
    elsewhere = Viewer.system(town.vera.municipality_id)
    membership = invite(
        elsewhere, email="xena@example.org", name="Xena", role=Role.CONTROLLER, password=PASSWORD
    )
    person = person_for(Membership.objects.get(pk=membership).account_id)
    client = sign_in(person.viewer)
    assert "Er is nog geen document" in words_of(client.get(LIST))
    assert client.get(at("document", key)).status_code == 404
    url = reverse("policy:documents_compare")
    assert client.get(url, {"first": key, "second": key}).status_code == 422


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("document_text", (9, "want")),
        ("document_text", (1, "why")),
        ("document_text_history", (9, "want")),
        ("document_text_history", (1, "why")),
        ("document_light_history", (1, "weather")),
        ("document_comment", (9,)),
        ("document_comment_text", (1, "why")),
        ("document_reply", (999_999,)),
        ("council_answer", ("00000000-0000-0000-0000-000000000000",)),
    ],
)
def test_an_address_of_what_is_not_there_is_not_found(town, sign_in, name, more):
    key = written(town, **INTERIM)
    assert sign_in(town.connie).get(at(name, key, *more)).status_code == 404


def test_a_draft_says_in_a_sentence_why_it_names_another_number_than_the_newest(town, sign_in):
    adopted(second_controller(town), offered(town, people=30))
    take_back(town, 1)
    key = begun(town, kind=DocumentKind.ACCOUNT)
    write(town.connie, key, Question.WANT, "Nu {participation_jobs} en {participation_jobs}.")
    client = sign_in(town.connie)
    why = (
        "In dit stuk komt 30 bij “Mensen op een participatiebaan” (geteld op 31 dec 2024): dat "
        "staat al openbaar bij deze dag. De nieuwste meting zegt 29."
    )
    page = words_of(client.get(at("document", key)))
    assert "Nu 30 (geteld op 31 dec 2024; nieuwste meting: 29)" in page
    assert page.count(why) == 1
    url = at("document_text", key, 1, "want")
    writing = client.get(url)
    [line] = [
        row
        for row in tables_of(writing)["Cijfers die u kunt ophalen"]
        if row[-1] == "{participation_jobs}"
    ]
    assert line[2] == "30 nieuwste meting: 29"
    typed = {"text": "Nog {participation_jobs}.", **hidden(writing), "step": "preview"}
    assert why in words_of(client.post(url, typed))


def test_a_forecast_that_is_not_there_is_of_the_year_of_the_document(town, sign_in):
    key = written(town)
    write(town.connie, key, Question.WANT, "Nu {participation_growth forecast}.")
    page = words_of(sign_in(town.connie).get(at("document", key)))
    assert "verwacht eind 2024" in page
    assert "None" not in page
