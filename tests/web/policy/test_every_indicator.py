"""Every way of counting has an indicator with a page that opens, also what is only printed."""

import pytest
from django.urls import reverse

from meedoen.records.figures.actions import measure
from meedoen.rules.indicators.shipped import shipped_catalogue
from tests.records.figures.scenes import YEAR_END, crowd, take_part
from tests.web.public.reading import words_of

ONE_PER_WORD = tuple({each.versions[-1].count.word: each for each in shipped_catalogue()}.values())


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
