"""Every way of counting has an indicator with a page that opens, also what is only printed."""

import pytest
from django.urls import reverse
from lxml import html

from meedoen.records.budget.reviewing import Reviewed, import_reviewed
from meedoen.records.figures.actions import measure
from meedoen.rules.budget.reader import read_document
from meedoen.rules.indicators.shipped import shipped_catalogue
from tests.records.figures.scenes import YEAR_END, crowd, take_in, take_part
from tests.rules.budget.table_forms import as_xlsx
from tests.web.public.reading import words_of

ONE_PER_WORD = tuple({each.versions[-1].count.word: each for each in shipped_catalogue()}.values())


def main_of(answer) -> str:
    main = html.fromstring(answer.content).xpath("//main")[0]
    return html.tostring(main, encoding="unicode")


def read_in(town, code):
    """Read in a page on which an indicator stands with one value."""
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    page = read_document(
        as_xlsx("Begroting 2024", [["Indicator", "Realisatie 2022"], ["B", "431"]])
    )
    reviewed = Reviewed(year=None, rows={0: code}, goal_id=goal_id)
    import_reviewed(town.connie, page=page, reviewed=reviewed, source="a.xlsx")


@pytest.fixture
def measured(town, sign_in):
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    return sign_in(town.connie)


def test_every_word_has_a_page_with_name_question_and_definition(measured):
    for definition in ONE_PER_WORD:
        answer = measured.get(reverse("policy:indicator", args=[definition.code]))
        assert answer.status_code == 200, definition.code
        said = words_of(answer)
        for text in (definition.name, definition.question, definition.definition):
            assert text.nl in said, definition.code


def test_only_a_counted_indicator_has_a_figure_to_open(measured):
    counted, printed = (
        measured.get(reverse("policy:indicator", args=[code])).content.decode()
        for code in ("participation_jobs", "national_jobs")
    )
    assert 'href="/beleid/cijfer/' in counted
    assert 'href="/beleid/cijfer/' not in printed
    assert "overgenomen zoals het is gedrukt" in printed


def test_one_that_is_printed_says_where_it_comes_from_and_not_that_measuring_helps(town, measured):
    address = reverse("policy:indicator", args=["national_jobs"])
    answer = measured.get(address)
    said = words_of(answer)
    assert "Dit cijfer tellen we niet zelf: het komt uit stukken." in said
    assert "Er is nog geen stuk ingelezen waar het in staat." in said
    for never in ("nog niet gemeten", "Naar meten", "Hoe het verloopt", "Wat wisten we toen"):
        assert never not in said
    assert 'href="/beleid/inlezen/"' in main_of(answer)
    read_in(town, "national_jobs")
    answer = measured.get(address)
    assert "Er is nog geen stuk ingelezen" not in words_of(answer)
    assert 'href="#gedrukt"' in main_of(answer)
    assert 'id="gedrukt"' in main_of(answer)
