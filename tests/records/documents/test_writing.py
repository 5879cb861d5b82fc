"""Texts with figures in them, traffic lights and comments: each change leaves the one before it."""

from functools import partial

import pytest

from meedoen.records.documents.comment_actions import answer, comment, settle
from meedoen.records.documents.models import ChapterText, Comment, Light
from meedoen.records.documents.queries import preview_of
from meedoen.records.documents.writing_actions import set_light, write_text
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.documents.words import Colour, DocumentKind, LightSubject, Question, QuotedKind
from tests.records.documents.scenes import (
    begun,
    card_of,
    offered,
    only_chapter,
    second_controller,
    write,
    written,
)
from tests.records.figures.scenes import stranger, take_in

INTERIM = {"kind": DocumentKind.INTERIM, "number": 1}


def figures_in(pieces):
    return [one for one in pieces if not isinstance(one, str)]


def test_a_figure_in_a_draft_is_read_live_with_its_reference_date(town):
    key = written(town)
    text = only_chapter(town.connie, key).texts[1]
    assert text.pieces[0] == "Het waren er "
    [figure] = figures_in(text.pieces)
    assert (figure.text, figure.kind, figure.is_there) == ("12", QuotedKind.ACHIEVED, True)
    assert figure.reference_date == card_of(town.connie, key).reference_date
    assert text.by == "Connie Testema"


@pytest.mark.parametrize(
    ("quote", "shown", "is_there"),
    [
        ("{participation_jobs target 2025}", "130", True),
        ("{participation_jobs budgeted 2024}", "120", True),
        ("{participation_jobs target 2031}", "-", False),
        ("{participation_jobs 2023-12-31}", "-", False),
        ("{sheltered_new}", "0", True),
        ("{participation_growth}", "-", False),
        ("{participation_jobs district noord}", "12", True),
        ("{participation_growth district Noord}", "-", False),
    ],
)
def test_what_is_aimed_for_and_budgeted_can_be_quoted_too(town, quote, shown, is_there):
    key = written(town)
    [figure] = figures_in(preview_of(town.connie, key=key, text=f"Zie {quote}."))
    assert (figure.text, figure.is_there) == (shown, is_there)
    assert preview_of(town.anna, key=key, text=quote) == []


def test_every_quote_that_cannot_be_read_is_told_with_its_line(town):
    take_in(town, "1_1_3")
    key = begun(town)
    with pytest.raises(ActionRefusedError) as refused:
        write(town.connie, key, Question.COST, "{jobs}\nen {volunteers target}\n{ }")
    lines = str(refused.value).splitlines()
    assert lines[0].startswith("Regel 1, {jobs}: deze indicator bestaat niet. Bedoelt u: ")
    assert lines[1] == "Regel 2, {volunteers target}: zet er het jaar achter, zoals target 2026."
    assert lines[2].startswith("Regel 3, { }: hier staat niets.")
    assert only_chapter(town.connie, key).texts[3].text == ""


def test_of_two_who_write_the_same_text_the_second_keeps_it_on_the_screen(town):
    take_in(town, "1_1_3")
    key, cas = begun(town), second_controller(town)
    seen = only_chapter(town.connie, key).texts[1].text_id
    rewrite = partial(write_text, key=key, chapter=1, question=Question.WANT, seen=seen)
    rewrite(town.connie, text="Van Connie.")
    with pytest.raises(ActionRefusedError, match="Een collega bewaarde deze tekst intussen"):
        rewrite(cas, text="Van Cas.")
    assert only_chapter(cas, key).texts[1].text == "Van Connie."
    assert ChapterText.objects.filter(question=Question.WANT).count() == 2


def test_the_same_text_again_changes_nothing_and_a_text_has_a_length(town):
    take_in(town, "1_1_3")
    key = begun(town)
    write(town.connie, key, Question.COST, "Geld.")
    write(town.connie, key, Question.COST, "Geld.")
    assert ChapterText.objects.filter(question=Question.COST).count() == 1
    with pytest.raises(ActionRefusedError, match="hoogstens 20000 tekens"):
        write(town.connie, key, Question.COST, "g" * 20_001)
    with pytest.raises(ActionRefusedError, match="Dit hoofdstuk staat niet"):
        write_text(town.connie, key=key, chapter=2, question=Question.COST, text="Geld.", seen=None)


def test_a_number_of_a_person_is_kept_in_no_text_and_no_light(town):
    take_in(town, "1_1_3")
    key = begun(town, **INTERIM)
    with pytest.raises(ActionRefusedError) as refused:
        write(town.connie, key, Question.WANT, "Zoals {nonsense} van 111222333.")
    unreadable, personal = str(refused.value).splitlines()
    assert "nonsense" in unreadable
    assert personal == "In uw tekst staat een nummer dat een BSN kan zijn. Haal het weg."
    about = {"subject": LightSubject.GOAL, "colour": Colour.RED, "cause": "Ziek", "steering": "Bel"}
    with pytest.raises(ActionRefusedError, match="een BSN kan zijn"):
        set_light(town.connie, key=key, chapter=1, consequence="111222333 viel uit.", **about)
    write(town.connie, key, Question.WANT, "Van € 111.222.333 in 1112 22.333 gezinnen.")
    assert not Light.objects.exists()


def test_orange_and_red_say_why_what_it_means_and_what_is_done_all_at_once(town):
    take_in(town, "1_1_3")
    key = begun(town, **INTERIM)
    light = partial(set_light, town.connie, key=key, chapter=1, subject=LightSubject.GOAL)
    for colour in (Colour.ORANGE, Colour.RED):
        with pytest.raises(ActionRefusedError) as refused:
            light(colour=colour, consequence=" ", steering="s" * 2001)
        assert len(str(refused.value).splitlines()) == 3
    assert not Light.objects.exists()
    light(colour=Colour.ORANGE, cause="Ziekte.", consequence="Minder.", steering="Werven.")
    light(colour=Colour.GREEN)
    shown = only_chapter(town.connie, key).lights[LightSubject.GOAL]
    assert (shown.colour, shown.cause, shown.by) == (Colour.GREEN, "", "Connie Testema")
    assert Light.objects.count() == 2


def test_a_budget_has_no_lights(town):
    take_in(town, "1_1_3")
    with pytest.raises(ActionRefusedError, match="In een begroting staan geen stoplichten"):
        set_light(
            town.connie,
            key=begun(town),
            chapter=1,
            subject=LightSubject.GOAL,
            colour=Colour.GREEN,
        )


def test_a_comment_is_answered_and_settled_once(town):
    take_in(town, "1_1_3")
    key, cas = begun(town), second_controller(town)
    first = comment(cas, key=key, text=" Klopt dit? ", chapter=1, question=Question.WANT)
    second = comment(cas, key=key, text="Mooi stuk.")
    answer(town.connie, key=key, comment_id=first, text="Ja, nageteld.")
    answer(cas, key=key, comment_id=first, text="Dank.", settles=True)
    settle(town.connie, key=key, comment_id=second)
    asked, said = card_of(cas, key).comments
    assert (asked.chapter, asked.question, asked.text) == (1, Question.WANT, "Klopt dit?")
    assert [(one.text, one.settles, one.by) for one in asked.replies] == [
        ("Ja, nageteld.", False, "Connie Testema"),
        ("Dank.", True, "Cas Testema"),
    ]
    assert (said.chapter, said.is_open, asked.is_open) == (0, False, False)
    with pytest.raises(ActionRefusedError, match="al afgehandeld"):
        settle(cas, key=key, comment_id=first)


@pytest.mark.parametrize(
    ("about", "problem"),
    [
        ({"text": " "}, "Schrijf eerst iets op"),
        ({"text": "x" * 2001}, "hoogstens 2000 tekens"),
        ({"text": "Hoi", "chapter": 7}, "Dit hoofdstuk staat niet"),
        ({"text": "Bedoelt u 111.222.333?"}, "een BSN kan zijn"),
    ],
)
def test_a_comment_that_cannot_be_says_why(town, about, problem):
    take_in(town, "1_1_3")
    key = begun(town)
    with pytest.raises(ActionRefusedError, match=problem):
        comment(town.connie, key=key, **about)
    assert not Comment.objects.exists()


def test_a_comment_of_another_document_or_municipality_is_not_there(town):
    key = offered(town)
    asked = comment(town.connie, key=key, text="Hier.")
    other = begun(town, year=2027)
    with pytest.raises(ActionRefusedError, match="staat niet in het document"):
        settle(town.connie, key=other, comment_id=asked)
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        settle(stranger(town), key=key, comment_id=asked)
