"""From a draft to what was adopted: by two people, all of it or nothing."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.budget.actions import import_page
from meedoen.records.budget.models import Publication
from meedoen.records.budget.queries import published_page, published_pages
from meedoen.records.budget.quoted_cells import keep_quoted
from meedoen.records.documents import publishing
from meedoen.records.documents.actions import adopt, drop, make_document, offer, send_back
from meedoen.records.documents.comment_actions import comment, settle
from meedoen.records.documents.models import AdoptedFigure, Document, DocumentStep
from meedoen.records.documents.queries import DocumentFilter, document, documents
from meedoen.records.documents.writing_actions import write_text
from meedoen.records.figures.actions import measure
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.actions import invite
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Role
from meedoen.records.placements.correcting import take_back_start
from meedoen.records.placements.models import Placement
from meedoen.rules.budget.reader import read_page
from meedoen.rules.documents.steps import possible
from meedoen.rules.documents.words import DocumentKind, DocumentMove, DocumentState, Question
from tests.at_once import at_once
from tests.records.documents.scenes import (
    adopted,
    begun,
    card_of,
    offered,
    only_chapter,
    second_controller,
    write,
    written,
)
from tests.records.figures.scenes import (
    NEXT_YEAR_END,
    YEAR_END,
    crowd,
    demo_text,
    stranger,
    take_in,
    take_part,
)
from tests.town import build_town


def test_a_budget_begins_with_the_goals_of_its_year_and_what_their_pages_say(town):
    take_in(town, "1_1_3", "goal_2_2_2")
    later = demo_text("1_1_3").replace("Begroting 2025", "Begroting 2027")
    import_page(town.system, page=read_page(later), source="later.txt")
    make = partial(make_document, town.connie, kind=DocumentKind.BUDGET, title="Begroting")
    card = card_of(town.connie, make(year=2026, reference_date=YEAR_END))
    assert [(one.number, one.code) for one in card.chapters] == [(1, "1.1.3"), (2, "2.2.2")]
    standing, want, do, cost = card.chapters[0].texts
    assert standing.text.startswith("Halverwege 2024")
    assert "elke wijk iets te doen" in want.text
    assert do.text.startswith("- We nodigen inwoners")
    assert (cost.text, cost.text_id) == ("", None)
    assert [one.move for one in card.steps] == [DocumentMove.MADE]
    newer = card_of(town.connie, make(year=2027, reference_date=YEAR_END))
    assert newer.chapters[0].goal_id != card.chapters[0].goal_id


def test_an_account_begins_with_the_order_and_the_texts_of_the_budget(town):
    key = written(town, year=2025)
    account = begun(town, kind=DocumentKind.ACCOUNT, year=2025, start_from=key)
    before, after = only_chapter(town.connie, key), only_chapter(town.connie, account)
    # An account does not tell where we stand: it tells what became of it.
    assert [one.text for one in after.texts] == [one.text for one in before.texts[1:]]
    write(town.connie, account, Question.WANT, "Dat is anders gegaan.")
    assert only_chapter(town.connie, key).texts[1].text == before.texts[1].text


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"year": 1800}, "Het jaar ligt tussen"),
        ({"reference_date": date.max}, "Kies een dag van 1-1-2023 tot en met 31-12-2026"),
        ({"reference_date": date(2022, 12, 31)}, "De peildatum past niet bij dit jaar"),
        (
            {"kind": DocumentKind.ACCOUNT, "reference_date": date(2025, 12, 30)},
            "Kies een dag van 31-12-2025 tot en met 31-12-2026",
        ),
        ({"title": " "}, "Geef het document een titel"),
        ({"title": "t" * 201}, "hoogstens 200 tekens"),
        ({"title": "Over 111222333"}, "een BSN kan zijn"),
        ({"kind": DocumentKind.INTERIM}, "nummer van 1 tot en met"),
        ({"number": 2}, "Alleen een tussenrapportage heeft een nummer"),
        ({"codes": ["9.9"]}, "Er is geen doel gekozen"),
        ({"start_from": "00000000-0000-0000-0000-000000000000"}, "is er niet of is vervallen"),
    ],
)
def test_a_document_that_cannot_be_made_says_why(town, given, problem):
    take_in(town, "1_1_3")
    usual = {
        "kind": DocumentKind.BUDGET,
        "year": 2026,
        "title": "Begroting",
        "reference_date": YEAR_END,
    }
    with pytest.raises(ActionRefusedError, match=problem):
        make_document(town.connie, **(usual | given))
    assert not Document.objects.exists()


def test_there_is_one_document_of_a_kind_and_year_until_it_is_dropped(town):
    take_in(town, "1_1_3")
    first = begun(town)
    with pytest.raises(ActionRefusedError, match="is er al voor dit jaar"):
        begun(town)
    with pytest.raises(ActionRefusedError, match="waarom het document vervalt"):
        drop(town.connie, key=first, seen=0, note=" ")
    drop(town.connie, key=first, seen=0, note="Verkeerd jaar.")
    assert begun(town) != first
    begun(town, kind=DocumentKind.INTERIM, number=1)
    begun(town, kind=DocumentKind.INTERIM, number=2)


def test_all_that_is_missing_is_said_at_once_and_stands_in_the_document(town):
    take_in(town, "1_1_3")
    key = begun(town, kind=DocumentKind.INTERIM, number=1)
    write(town.connie, key, Question.WANT, "Wij telden {volunteers target 2031}.")
    comment(town.connie, key=key, text="Klopt dit?", chapter=1, question=Question.WANT)
    with pytest.raises(ActionRefusedError) as refused:
        offer(town.connie, key=key, seen=0)
    lines = str(refused.value).splitlines()
    assert lines == [one.text for one in card_of(town.connie, key).missing]
    assert lines == [
        "Op de peildatum is nog niet gemeten. Meet eerst.",
        "1 opmerking staat nog open. Handel die af.",
        "Doel 1.1.3, “Wat willen we bereiken?”: bij {volunteers target 2031} hoort geen cijfer.",
        "Doel 1.1.3: er staat nog niets bij “Wat gaan we daarvoor doen?”.",
        "Doel 1.1.3: er staat nog niets bij “Wat mag het kosten?”.",
        "Doel 1.1.3: er is nog geen stoplicht voor het doel.",
        "Doel 1.1.3: er is nog geen stoplicht voor wat we doen.",
        "Doel 1.1.3: er is nog geen stoplicht voor het geld.",
    ]
    assert card_of(town.connie, key).state is DocumentState.DRAFT


def test_nobody_writes_in_what_was_offered_until_it_comes_back_with_a_reason(town):
    key, cas = offered(town), second_controller(town)
    with pytest.raises(ActionRefusedError, match="wordt niet meer geschreven"):
        write(town.connie, key, Question.WANT, "Nog iets.")
    with pytest.raises(ActionRefusedError, match="wat er nog moet gebeuren"):
        send_back(cas, key=key, seen=1, note="")
    with pytest.raises(ActionRefusedError, match="een BSN kan zijn"):
        send_back(cas, key=key, seen=1, note="Noem 111222333 niet.")
    send_back(cas, key=key, seen=1, note="Noem ook de wijk.")
    write(town.connie, key, Question.WANT, "Nog iets.")
    card = card_of(town.connie, key)
    assert (card.state, card.revision) == (DocumentState.DRAFT, 2)
    assert (card.steps[-1].note, card.steps[-1].by) == ("Noem ook de wijk.", "Cas Testema")


def test_who_offered_a_document_cannot_adopt_it_in_any_role(town):
    key = offered(town)
    with pytest.raises(ActionRefusedError, match="bood dit document zelf aan"):
        adopted(town.connie, key)
    # The same person with another membership is still the same person.
    again = invite(
        town.system,
        email="connie@example.org",
        name="",
        role=Role.SUBSIDY_OFFICER,
    )
    with pytest.raises(ActionRefusedError, match="bood dit document zelf aan"):
        adopted(replace(town.connie, membership_id=again), key)
    assert card_of(town.connie, key).offered_by_viewer
    assert not Publication.objects.exists()


def test_adopting_freezes_figures_and_publishes_pages_with_the_texts(town):
    key, cas = offered(town), second_controller(town)
    [page_id] = adopted(cas, key)
    figure = AdoptedFigure.objects.get(document__key=key)
    assert (figure.indicator, figure.text, figure.hidden) == ("participation_jobs", "12", False)
    page = published_page(page_id)
    headings = {one["heading"]: one["paragraphs"] for one in page.sections}
    assert headings["Wat willen we bereiken?"] == ["Het waren er 12, en dat is genoeg."]
    assert "Wat willen we bereiken in 2025?" not in headings
    assert Publication.objects.get().document_key == key
    step = DocumentStep.objects.get(move=DocumentMove.ADOPTED.value)
    assert step.known_at == page.known_at
    first = Placement.objects.visible_to(town.system).order_by("pk").first()
    take_back_start(town.anna, key=first.key)
    measure(town.connie, on=YEAR_END)
    [quote] = [one for one in only_chapter(cas, key).texts[1].pieces if not isinstance(one, str)]
    assert (quote.text, quote.is_there) == ("12", True)
    assert published_page(page_id) == page


def test_an_adopted_text_reads_the_same_when_a_district_gets_another_name(town):
    key, cas = written(town), second_controller(town)
    write(town.connie, key, Question.DO, "In Noord {participation_jobs district Noord} mensen.")
    offer(town.connie, key=key, seen=0)
    adopted(cas, key)
    before = only_chapter(cas, key).texts
    District.objects.filter(pk=town.north).update(name="Noordwest")
    after = only_chapter(cas, key).texts
    assert [one.pieces[0] for one in after] == [one.pieces[0] for one in before]
    figures = [piece.text for one in after for piece in one.pieces if not isinstance(piece, str)]
    assert len(figures) == 2
    assert figures[0] == "12"


def test_a_small_number_is_protected_in_the_text_that_is_public(town):
    key, cas = offered(town, people=7), second_controller(town)
    [page_id] = adopted(cas, key)
    sections = published_page(page_id).sections
    assert "Het waren er <10, en dat is genoeg." in str(sections)
    figure = AdoptedFigure.objects.get(document__key=key)
    assert (figure.text, figure.hidden) == ("<10", True)


def test_figures_that_moved_since_they_were_read_are_read_again_first(town):
    key, cas = offered(town), second_controller(town)
    shown = card_of(cas, key)
    take_part(town, [town.sam.pseudonym_id])
    measure(town.connie, on=YEAR_END)
    with pytest.raises(ActionRefusedError, match="opnieuw gemeten"):
        adopt(cas, key=key, seen=shown.revision, figures_seen=shown.figures_print)
    adopted(cas, key)
    assert AdoptedFigure.objects.get().text == "13"


def test_an_open_comment_keeps_an_offered_document_from_being_adopted(town):
    key, cas = offered(town), second_controller(town)
    asked = comment(cas, key=key, text="Is dit zeker?")
    with pytest.raises(ActionRefusedError, match="1 opmerking staat nog open"):
        adopted(cas, key)
    settle(cas, key=key, comment_id=asked)
    adopted(cas, key)


@pytest.mark.parametrize("move", [adopt, send_back])
def test_of_two_who_decide_at_once_the_second_is_told(town, move):
    key, cas = offered(town), second_controller(town)
    seen = card_of(cas, key)
    adopted(cas, key)
    more = {"note": "Te laat."} | ({"figures_seen": seen.figures_print} if move is adopt else {})
    with pytest.raises(ActionRefusedError, match="intussen verder gebracht"):
        move(cas, key=key, seen=seen.revision, **more)
    assert DocumentStep.objects.filter(move=DocumentMove.ADOPTED.value).count() == 1
    assert Publication.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_adopt_at_the_same_moment_one_is_told_and_the_pages_are_public_once():
    town = build_town()
    key = offered(town)
    cas = second_controller(town)
    dora = second_controller(town, name="Dora Testema", email="dora@example.org")
    told = []

    def decide(viewer):
        try:
            adopted(viewer, key)
        except ActionRefusedError as refusal:
            told.append(str(refusal))

    at_once(partial(decide, cas), partial(decide, dora))
    assert len(told) == 1
    assert DocumentStep.objects.filter(move=DocumentMove.ADOPTED.value).count() == 1
    assert Publication.objects.count() == AdoptedFigure.objects.count() == 1


def test_a_step_on_an_older_revision_is_refused(town):
    key, cas = offered(town), second_controller(town)
    send_back(cas, key=key, seen=1, note="Nog eens.")
    with pytest.raises(ActionRefusedError, match="intussen verder gebracht"):
        offer(town.connie, key=key, seen=1)
    offer(town.connie, key=key, seen=2)


def test_a_fault_while_publishing_leaves_the_document_offered(town, monkeypatch):
    take_in(town, "1_1_3", "goal_2_2_2")
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    key = make_document(
        town.connie,
        kind=DocumentKind.BUDGET,
        year=2025,
        title="Begroting",
        reference_date=YEAR_END,
    )
    for chapter in (1, 2):
        for text in card_of(town.connie, key).chapters[chapter - 1].texts:
            write_text(
                town.connie,
                key=key,
                chapter=chapter,
                question=text.question,
                text="Er waren er {participation_jobs}.",
                seen=text.text_id,
            )
    offer(town.connie, key=key, seen=0)
    cas = second_controller(town)
    published = []

    def fails_at_the_second(viewer, **page):
        if published:
            raise RuntimeError("the disk is full")
        published.append(page["publication_id"])
        keep_quoted(viewer, **page)

    monkeypatch.setattr(publishing, "keep_quoted", fails_at_the_second)
    with pytest.raises(RuntimeError, match="disk is full"):
        adopted(cas, key)
    assert len(published) == 1
    assert not Publication.objects.exists()
    assert not AdoptedFigure.objects.exists()
    card = card_of(cas, key)
    assert (card.state, card.revision) == (DocumentState.OFFERED, 1)
    monkeypatch.undo()
    assert len(adopted(cas, key)) == 2


def test_nobody_else_sees_or_does_anything(town):
    key = written(town)
    acts = [
        partial(offer, key=key, seen=0),
        partial(drop, key=key, seen=0, note="Weg."),
        partial(send_back, key=key, seen=0, note="Terug."),
        partial(adopt, key=key, seen=0, figures_seen=""),
        partial(comment, key=key, text="Hoi"),
    ]
    others = [viewer for name, viewer in town.members.items() if name != "connie"]
    for viewer in (*others, town.system):
        assert document(viewer, key=key) is None
        assert documents(viewer, wanted=DocumentFilter()).cards == []
        for act in acts:
            with pytest.raises(PermissionDenied):
                act(viewer)
    elsewhere = stranger(town)
    assert document(elsewhere, key=key) is None
    assert documents(elsewhere, wanted=DocumentFilter()).total == 0
    for act in acts:
        with pytest.raises(ActionRefusedError, match="bestaat niet"):
            act(elsewhere)
    assert card_of(town.connie, key).revision == 0


def test_on_a_random_walk_only_what_the_table_says_happens(town):
    chance = random.Random(8)  # noqa: S311
    cas = second_controller(town)
    take_in(town, "1_1_3")
    take_part(town, crowd(town, 12))
    for day in (YEAR_END, NEXT_YEAR_END):
        measure(town.connie, on=day)
    for year in range(2025, 2029):
        key = begun(town, year=year, on=NEXT_YEAR_END)
        for question in Question:
            write(town.connie, key, question, "Tekst met {participation_jobs}.")
        for _step in range(9):
            before = card_of(cas, key)
            moves = {
                DocumentMove.OFFERED: partial(offer, town.connie),
                DocumentMove.SENT_BACK: partial(send_back, cas, note="Nog eens."),
                DocumentMove.DROPPED: partial(drop, town.connie, note="Weg."),
                DocumentMove.ADOPTED: partial(adopt, cas, figures_seen=before.figures_print),
            }
            move = chance.choice(list(moves))
            with suppress(ActionRefusedError):
                moves[move](key=key, seen=before.revision)
            after = card_of(cas, key)
            moved = move in possible(before.state)
            assert after.revision - before.revision == moved
            assert len(after.steps) - len(before.steps) == moved
    states = set(Document.objects.values_list("state", flat=True))
    assert {DocumentState.ADOPTED, DocumentState.DROPPED} <= states
    published = Document.objects.filter(state=DocumentState.ADOPTED).count()
    assert Publication.objects.count() == published
    assert len(published_pages()) == 1
