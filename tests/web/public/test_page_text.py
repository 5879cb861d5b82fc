"""A published page as text: the shape of a budget page, with what stands on the page itself."""

import pytest
from django.urls import reverse

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.queries import goals
from meedoen.records.budget.targets import set_target
from meedoen.records.documents.adopted import adopted_document
from meedoen.records.documents.council_actions import (
    answer_council_question,
    note_council_question,
)
from meedoen.records.documents.rectifying import rectify
from meedoen.records.figures.actions import measure
from meedoen.rules.budget.reader import read_page
from meedoen.rules.documents.words import DocumentKind
from tests.records.documents.scenes import adopted, offered, second_controller
from tests.records.documents.test_council import ASKED
from tests.records.documents.test_rectifying import take_back
from tests.records.figures.scenes import NEXT_YEAR_END, YEAR_END, crowd, take_in, take_part


def text_of(client, publication_id):
    answer = client.get(reverse("public:page_text", args=[publication_id]))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode()


def rows_of(text):
    return {
        row.indicator: [(cell.label, cell.value.shown) for cell in row.columns]
        for row in read_page(text).indicators
    }


@pytest.fixture
def counted(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    measure(town.connie, on=NEXT_YEAR_END)
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_jobs", target=40)
    for year, number in ((2025, 20), (2026, 30)):
        set_target(
            town.connie, goal_id=goal_id, indicator="participation_jobs", number=number, year=year
        )
    return publish(town.connie, goal_id=goal_id, on=NEXT_YEAR_END)


def test_what_was_counted_is_achieved_and_what_was_promised_is_budgeted_or_aimed_for(
    client, counted
):
    text = text_of(client, counted)
    assert rows_of(text) == {
        "Mensen op een participatiebaan": [
            ("Behaald 2023", "-"),
            ("Behaald 2024", "12"),
            ("Begroting 2025", "20"),
            ("Beoogd 2026", "30"),
        ]
    }
    [goal] = read_page(text).goals
    assert goal.portfolio_holders == ("Wethouder Voorbeeld",)
    assert "Peildatum: 31 december 2025" in text


def test_a_budget_has_its_own_year_and_the_figures_in_its_texts(client, town):
    cas, key = second_controller(town), offered(town)
    [publication] = adopted(cas, key)
    text = text_of(client, publication)
    assert text.startswith("Begroting 2025\n\n1.1.3 Maatschappelijke participatie")
    assert "Het waren er 12, en dat is genoeg." in text
    printed = rows_of(text)["Aantal mensen dat actief is op een P-baan"]
    assert printed == [
        ("Behaald 2022", "96"),
        ("Behaald 2023", "104"),
        ("Begroting 2024", "120"),
        ("Beoogd 2025", "130"),
    ]


def test_what_was_put_right_and_what_the_council_asked_stands_in_the_text_too(client, town):
    cas, key = second_controller(town), offered(town, kind=DocumentKind.ACCOUNT, people=40)
    [publication] = adopted(cas, key)
    before = text_of(client, publication)
    assert "rechtgezet" not in before
    assert "Vragen van de raad" not in before
    take_back(town, count=12)
    measure(town.connie, on=YEAR_END)
    figure = adopted_document(town.connie, key=key).figures[0]
    rectify(town.connie, adopted_id=figure.adopted_id, reason="Twaalf begonnen later.")
    asked = note_council_question(town.connie, key=key, **ASKED)
    answer_council_question(town.connie, question_key=asked, text="Omdat wij dat beloofden.")
    text = text_of(client, publication)
    assert "was 40, is rechtgezet op " in text
    assert "Twaalf begonnen later." in text
    asked_and_answered = text.partition("Vragen van de raad")[2]
    for words in ("Fractie Verzonnen, 3 juni 2025", ASKED["text"], "Omdat wij dat beloofden."):
        assert words in asked_and_answered
    assert rows_of(text) == rows_of(before)


def test_a_page_that_is_not_there_has_no_text_and_nothing_can_be_sent_to_it(client, town, counted):
    assert goals(town.connie)
    assert client.get(reverse("public:page_text", args=[counted + 1])).status_code == 404
    assert client.post(reverse("public:page_text", args=[counted])).status_code == 405
