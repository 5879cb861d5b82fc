"""What the council asks about an adopted document, and what it is answered."""

from datetime import date
from functools import partial

import pytest

from meedoen.records.budget.actions import publish
from meedoen.records.documents.council_actions import (
    answer_council_question,
    note_council_question,
)
from meedoen.records.documents.council_queries import council_questions_of
from meedoen.records.documents.models import CouncilAnswer, CouncilQuestion
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.documents.words import Question
from tests.records.documents.scenes import adopted, card_of, offered, second_controller, written
from tests.records.figures.scenes import YEAR_END, stranger

ASKED = {
    "chapter": 1,
    "question": Question.WANT,
    "paragraph": 1,
    "asked_by": "Fractie Verzonnen",
    "asked_on": date(2025, 6, 3),
    "text": "Waarom is dat genoeg?",
}


def test_a_question_about_a_paragraph_stands_with_the_public_page_with_its_newest_answer(town):
    key = offered(town)
    [page] = adopted(second_controller(town), key)
    asked = note_council_question(town.connie, key=key, **ASKED)
    [card] = council_questions_of(page)
    assert (card.asked_by, card.answer) == ("Fractie Verzonnen", None)
    assert card.passage == "Het waren er 12, en dat is genoeg."
    answer_council_question(town.connie, question_key=asked, text="Daarom.")
    answer_council_question(town.connie, question_key=asked, text="Omdat wij dat beloofden.")
    [card] = council_questions_of(page)
    assert card.answer == "Omdat wij dat beloofden."
    assert CouncilAnswer.objects.count() == 2
    assert card_of(town.connie, key).council_questions == [card]


def test_a_page_that_was_published_without_a_document_has_no_questions(town):
    key = offered(town)
    adopted(second_controller(town), key)
    note_council_question(town.connie, key=key, **ASKED)
    goal_id = card_of(town.connie, key).chapters[0].goal_id
    assert council_questions_of(publish(town.connie, goal_id=goal_id, on=YEAR_END)) == []
    assert council_questions_of(999_999) == []


def test_the_council_asks_about_what_is_adopted_only(town):
    key = written(town)
    with pytest.raises(ActionRefusedError, match="document dat is vastgesteld"):
        note_council_question(town.connie, key=key, **ASKED)
    assert not CouncilQuestion.objects.exists()


def test_all_that_is_wrong_with_a_question_is_said_at_once(town):
    key = offered(town)
    adopted(second_controller(town), key)
    ask = partial(note_council_question, town.connie, key=key)
    with pytest.raises(ActionRefusedError) as refused:
        ask(**(ASKED | {"paragraph": 2, "asked_by": " ", "asked_on": date(2999, 1, 1), "text": ""}))
    assert len(str(refused.value).splitlines()) == 4
    with pytest.raises(ActionRefusedError, match="hoogstens 120"):
        ask(**(ASKED | {"asked_by": "F" * 121}))
    for said in ({"text": "Hoe gaat het met 111222333?"}, {"asked_by": "111.222.333"}):
        with pytest.raises(ActionRefusedError, match="een BSN kan zijn"):
            ask(**(ASKED | said))
    assert not CouncilQuestion.objects.exists()


@pytest.mark.parametrize("years", [2, 2000])
def test_the_council_asks_from_the_year_before_that_of_the_document(town, years):
    key = offered(town)
    adopted(second_controller(town), key)
    year = card_of(town.connie, key).year
    ask = partial(note_council_question, town.connie, key=key)
    with pytest.raises(ActionRefusedError, match=f"Kies een dag vanaf 1-1-{year - 1}"):
        ask(**(ASKED | {"asked_on": date(max(year - years, 1), 12, 31)}))
    assert not CouncilQuestion.objects.exists()
    assert ask(**(ASKED | {"asked_on": date(year - 1, 1, 1)}))


def test_an_answer_holds_no_number_of_a_person(town):
    key = offered(town)
    adopted(second_controller(town), key)
    asked = note_council_question(town.connie, key=key, **ASKED)
    with pytest.raises(ActionRefusedError, match="een BSN kan zijn"):
        answer_council_question(town.connie, question_key=asked, text="Vraag het 111222333.")
    assert not CouncilAnswer.objects.exists()


def test_another_municipality_neither_asks_nor_answers(town):
    key = offered(town)
    adopted(second_controller(town), key)
    asked = note_council_question(town.connie, key=key, **ASKED)
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        note_council_question(stranger(town), key=key, **ASKED)
    with pytest.raises(ActionRefusedError, match="is er niet"):
        answer_council_question(stranger(town), question_key=asked, text="Nee.")
    with pytest.raises(ActionRefusedError, match="Schrijf eerst iets op"):
        answer_council_question(town.connie, question_key=asked, text=" ")
    assert not CouncilAnswer.objects.exists()
