"""A page says from which day a figure is counted otherwise: in its table, picture and files."""

import pytest
from django.urls import reverse

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.figures.actions import measure
from meedoen.rules.vocabulary import PlaceKind
from tests.records.figures.scenes import NEXT_YEAR_END, YEAR_END, crowd, take_in, take_part
from tests.records.own_indicators.scenes import CODE, EXAMPLE, VERSION, a_text, in_force
from tests.web.public.reading import words_of

WIDER = VERSION.replace("2020-01-01", "2025-06-01").replace('_job"]', '_job", "volunteer_work"]')
BEFORE = EXAMPLE.replace("2025-", "2024-")
TABLE = "Tuinders: sinds 1 juni 2025 tellen we dit anders."
PICTURE = "Vanaf 1 juni 2025 tellen we anders dan daarvoor."
PLAIN = ("page_text", "page_table_csv")


def two_years(town, *, otherwise: bool) -> int:
    """Publish two year ends, the last perhaps by a rule of that year."""
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    people = crowd(town, 45)
    take_part(town, people[:30])
    take_part(town, people[30:], kind=PlaceKind.VOLUNTEER_WORK)
    in_force(town.connie, a_text(example=BEFORE))
    if otherwise:
        after = EXAMPLE.replace("value = 1", "value = 2")
        in_force(town.connie, a_text(versions=VERSION + WIDER, example=BEFORE + after))
    link_indicator(town.connie, goal_id=goal_id, indicator=CODE)
    for day in (YEAR_END, NEXT_YEAR_END):
        measure(town.connie, on=day)
    return publish(town.connie, goal_id=goal_id, on=NEXT_YEAR_END)


def said(client, publication: int, way: str) -> str:
    answer = client.get(reverse(f"public:{way}", args=[publication]))
    return answer.content.decode() if way in PLAIN else words_of(answer)


@pytest.mark.parametrize("way", ["page", "page_paper", *PLAIN])
def test_where_it_is_counted_otherwise_the_page_says_since_when(town, client, way):
    words = said(client, two_years(town, otherwise=True), way)
    assert words.count(TABLE) == 1
    assert (PICTURE in words) is (way not in PLAIN)


def test_where_it_is_counted_as_before_nothing_is_said_of_it(town, client):
    words = said(client, two_years(town, otherwise=False), "page")
    assert "anders" not in words
