"""A page says with what was known its figures were counted, also where that is not the same."""

from datetime import timedelta

import pytest
from django.urls import reverse

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.figures.actions import measure
from meedoen.records.organisations import clock
from meedoen.records.placements.correcting import take_back_start
from meedoen.web.shared.figures import day_text
from tests.records.figures.scenes import (
    NEXT_YEAR_END,
    YEAR_END,
    crowd,
    key_of,
    take_in,
    take_part,
)
from tests.web.public.reading import words_of

WAYS = ("page", "page_paper", "page_text", "page_table_csv")


def said(client, publication: int, way: str) -> str:
    """Return what a page says in one of its forms."""
    answer = client.get(reverse(f"public:{way}", args=[publication]))
    plain = way in {"page_text", "page_table_csv"}
    return answer.content.decode() if plain else words_of(answer)


def corrected_page(town, *, after: timedelta, on=YEAR_END) -> int:
    """Publish a day anew after one of thirty starts was taken back: what was public stays."""
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    placed = take_part(town, crowd(town, 30))
    measure(town.connie, on=YEAR_END)
    publish(town.connie, goal_id=goal_id, on=YEAR_END)
    link_indicator(town.connie, goal_id=goal_id, indicator="places_listed")
    take_back_start(town.anna, key=key_of(town, placed[0]))
    with clock.at(clock.now() + after):
        measure(town.connie, on=on)
        return publish(town.connie, goal_id=goal_id, on=on)


@pytest.mark.parametrize("way", WAYS)
def test_a_figure_that_stayed_says_what_was_known_when_it_was_counted(town, client, way):
    first, later = day_text(clock.today()), day_text(clock.today() + timedelta(days=30))
    words = said(client, corrected_page(town, after=timedelta(days=30)), way)
    assert f"Geteld met wat op {first} bekend was, behalve wat hieronder staat." in words
    assert f"Plekken in de lijst, op 31 december 2024: met wat op {later} bekend was." in words


def test_on_the_same_day_the_time_tells_them_apart(town, client):
    words = said(client, corrected_page(town, after=timedelta(minutes=2)), "page")
    assert words.count(f"op {day_text(clock.today())} om ") == 2


@pytest.mark.parametrize("way", WAYS)
def test_a_day_that_was_measured_earlier_says_so_in_one_line(town, client, way):
    page = corrected_page(town, after=timedelta(days=30), on=NEXT_YEAR_END)
    first = day_text(clock.today())
    said_of_day = f"Alle cijfers van 31 december 2024: met wat op {first} bekend was."
    assert said_of_day in said(client, page, way)


def test_a_page_of_one_measuring_says_one_moment(town, client):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    words = said(client, publish(town.connie, goal_id=goal_id, on=YEAR_END), "page")
    assert f"Geteld met wat op {day_text(clock.today())} bekend was." in words
    assert "behalve wat hieronder staat" not in words
