"""What is public of a day is one table: districts beside it, other pages, and earlier ones."""

from datetime import UTC, date, datetime

import pytest

from meedoen.records.budget import day_tables
from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.models import PublishedCell
from meedoen.records.budget.queries import draft_rows, published_page
from meedoen.records.figures.actions import measure
from meedoen.records.figures.protecting import set_protection
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import District, Organisation
from meedoen.records.placements.actions import end_all
from meedoen.records.placements.correcting import take_back_start
from meedoen.records.placements.moving import Change
from meedoen.rules.indicators.published_table import Cell, Protection
from meedoen.rules.indicators.shown_again import show_again
from meedoen.rules.vocabulary import Outcome
from tests.records.figures.scenes import (
    NEXT_YEAR_END,
    YEAR_END,
    crowd,
    key_of,
    take_in,
    take_part,
)

JOBS, FOUND = "participation_jobs", "participation_jobs_self_found"


def last_texts(publication_id):
    """Return what was counted on the last day, by indicator."""
    rows = published_page(publication_id).rows
    return {row.indicator: row.cells[-1].text for row in rows if row.indicator}


def parts_of(publication_id, row=0):
    return {
        cell.district or cell.place_kind: cell.text
        for cell in published_page(publication_id).rows[row].parts
    }


@pytest.fixture
def goal_id(town):
    return take_in(town, "1_1_3")["1.1.3"]


def measured(town, on=YEAR_END):
    measure(town.connie, on=on)


def republished(town, goal_id, on=YEAR_END):
    measured(town, on)
    return publish(town.connie, goal_id=goal_id, on=on)


def take_back(town, placed):
    for one in placed:
        take_back_start(town.anna, key=key_of(town, one))


def test_what_was_counted_on_the_last_day_is_broken_down_by_district(town, goal_id):
    take_part(town, crowd(town, 12))
    measured(town)
    publication = republished(town, goal_id, NEXT_YEAR_END)
    assert parts_of(publication)[District.objects.get(pk=town.north).name] == "12"
    cells = PublishedCell.objects.filter(publication_id=publication, district__isnull=False)
    assert {cell.counted_on for cell in cells} == {NEXT_YEAR_END}
    assert all(cell.figure_id for cell in cells if cell.text not in ("0", "x"))


def test_the_name_of_a_district_stays_as_it_was_published(town, goal_id):
    take_part(town, crowd(town, 12))
    publication = republished(town, goal_id)
    before = parts_of(publication)
    District.objects.filter(pk=town.north).update(name="Anders")
    assert parts_of(publication) == before
    assert "Anders" not in before


def test_a_figure_is_published_by_organisation_with_the_names_of_then(town, goal_id):
    people = crowd(town, 27)
    take_part(town, people[:12])
    take_part(town, people[12:], at="De Werkplaats")
    link_indicator(town.connie, goal_id=goal_id, indicator="taking_part")
    publication = republished(town, goal_id)
    Organisation.objects.filter(name="De Moestuin").update(name="De Grote Moestuin")
    [row] = [one for one in published_page(publication).rows if one.indicator == "taking_part"]
    assert row.cells[-1].text == "27"
    at = {cell.organisation: cell.text for cell in row.parts if cell.organisation}
    assert at == {"De Moestuin": "12", "De Werkplaats": "15"}
    assert not any(cell.district for cell in row.parts if cell.organisation)
    assert all(cell.cell_id is None for cell in row.parts)


def test_a_hidden_organisation_stays_hidden_on_a_later_page(town, goal_id):
    people = crowd(town, 30)
    take_part(town, people[:20])
    take_part(town, people[20:23], at="De Werkplaats")
    link_indicator(town.connie, goal_id=goal_id, indicator="taking_part")
    hidden = at_organisations(republished(town, goal_id))
    assert not any(text.isdecimal() for text in hidden.values())
    set_protection(town.connie, protection=Protection(5))
    assert not any(
        text.isdecimal() for text in at_organisations(republished(town, goal_id)).values()
    )


def at_organisations(publication):
    cells = PublishedCell.objects.filter(publication_id=publication, organisation__isnull=False)
    return {cell.place: cell.text for cell in cells}


def test_a_part_that_is_nobody_is_hidden_in_the_copy(town, goal_id):
    take_part(town, crowd(town, 12))
    link_indicator(town.connie, goal_id=goal_id, indicator=FOUND)
    assert last_texts(republished(town, goal_id))[FOUND] == "x"


@pytest.mark.parametrize(("fewer", "text"), [(1, "30"), (9, "30"), (10, "20"), (25, "<10")])
def test_a_later_page_of_a_day_differs_by_nobody_or_by_many(town, goal_id, fewer, text):
    placed = take_part(town, crowd(town, 30))
    assert last_texts(republished(town, goal_id))[JOBS] == "30"
    take_back(town, placed[:fewer])
    publication = republished(town, goal_id)
    assert last_texts(publication)[JOBS] == text
    cell = PublishedCell.objects.get(
        publication_id=publication, indicator=JOBS, figure__isnull=False, district=None,
        place_kind="",
    )  # fmt: skip
    assert (str(cell.figure.value) == text) is (text != "<10")


def test_a_page_is_compared_with_all_earlier_ones_and_not_only_with_the_last(town, goal_id):
    """30, then 20, then 31: the third is far from the second, and close to the first."""
    people = crowd(town, 50)
    placed = take_part(town, people[:30])
    pages = [republished(town, goal_id)]
    take_back(town, placed[:10])
    pages.append(republished(town, goal_id))
    take_part(town, people[30:41])
    pages.append(republished(town, goal_id))
    take_part(town, people[41:])
    pages.append(republished(town, goal_id))
    assert [last_texts(page)[JOBS] for page in pages] == ["30", "20", "20", "40"]


def test_what_was_hidden_on_a_page_stays_hidden_on_a_later_one(town, goal_id):
    take_part(town, crowd(town, 7))
    first = republished(town, goal_id)
    assert last_texts(first)[JOBS] == "<10"
    set_protection(town.connie, protection=Protection(5))
    assert last_texts(republished(town, goal_id))[JOBS] == "x"
    assert last_texts(first)[JOBS] == "<10"


def test_what_a_page_shows_of_a_day_every_later_page_of_it_shows_too(town, goal_id, monkeypatch):
    take_part(town, crowd(town, 30))
    asked = []

    def seen(*given, shown=(), **more):
        asked.append(shown)
        return show_again(*given, shown=shown, **more)

    monkeypatch.setattr(day_tables, "show_again", seen)
    republished(town, goal_id)
    assert not any(asked)
    asked.clear()
    republished(town, goal_id)
    assert Cell(JOBS) in asked[0]
    assert Cell(JOBS, district=town.north) in asked[0]


def test_another_page_shows_of_the_same_day_what_is_public_already(town):
    there = take_in(town, "1_1_3", "goal_2_2_2")
    placed = take_part(town, crowd(town, 30))
    republished(town, there["1.1.3"])
    take_back(town, placed[:3])
    link_indicator(town.connie, goal_id=there["2.2.2"], indicator=JOBS)
    assert last_texts(republished(town, there["2.2.2"]))[JOBS] == "30"


def test_a_part_that_is_published_for_the_first_time_comes_from_the_table_of_its_whole(
    town, goal_id
):
    placed = take_part(town, crowd(town, 30), self_found=15)
    republished(town, goal_id)
    take_back(town, placed[:1])
    link_indicator(town.connie, goal_id=goal_id, indicator=FOUND)
    texts = last_texts(republished(town, goal_id))
    assert (texts[JOBS], texts[FOUND]) == ("30", "15")


def test_rounded_numbers_are_rounded_in_the_copy_and_the_page_knows(town, goal_id):
    take_part(town, crowd(town, 12))
    set_protection(town.connie, protection=Protection(10, 5))
    publication = republished(town, goal_id)
    assert last_texts(publication)[JOBS] == "10"
    assert published_page(publication).rounding == 5
    set_protection(town.connie, protection=Protection(10, 0))
    assert published_page(publication).rounding == 5


def test_the_draft_shows_what_is_public_already(town, goal_id):
    placed = take_part(town, crowd(town, 30))
    republished(town, goal_id)
    take_back(town, placed[:3])
    measured(town)
    assert draft_rows(town.connie, goal_id=goal_id)[0].cells[-1].text == "30"


def test_publishing_asks_as_often_for_many_earlier_pages_as_for_one(
    town, goal_id, django_assert_max_num_queries
):
    take_part(town, crowd(town, 12))
    republished(town, goal_id)
    with django_assert_max_num_queries(40) as once:
        publish(town.connie, goal_id=goal_id, on=YEAR_END)
    for _time in range(3):
        publish(town.connie, goal_id=goal_id, on=YEAR_END)
    with django_assert_max_num_queries(len(once.captured_queries)):
        publish(town.connie, goal_id=goal_id, on=YEAR_END)


@pytest.mark.parametrize(("ended", "text"), [(0, "15"), (4, "x"), (10, "15")])
def test_who_started_in_a_year_does_not_give_away_how_few_ended(town, goal_id, ended, text):
    """Thirty people, fifteen more, and so many at the end: the rest is how many ended."""
    people = crowd(town, 45)
    placed = take_part(town, people[:30])
    day = date(2025, 5, 1)
    take_part(town, people[30:], on=day)
    end_all(
        town.system,
        changes=[
            Change(placement_id=one, on=day, outcome=Outcome.GOAL_REACHED) for one in placed[:ended]
        ],
    )
    measured(town)
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_jobs_started")
    publication = republished(town, goal_id, NEXT_YEAR_END)
    texts = last_texts(publication)
    assert (texts[JOBS], texts["participation_jobs_started"]) == (str(45 - ended), text)


MIDDLE, NEXT_MIDDLE = date(2024, 6, 30), date(2025, 6, 30)


def half_way(town, ended=4):
    """Let thirty people be there in the middle of 2024, fifteen come in a year, and some go."""
    people = crowd(town, 45)
    placed = take_part(town, people[:30])
    take_part(town, people[30:], on=date(2025, 2, 3))
    end_all(
        town.system,
        changes=[
            Change(placement_id=one, on=date(2025, 2, 3), outcome=Outcome.GOAL_REACHED)
            for one in placed[:ended]
        ],
    )
    for day in (MIDDLE, NEXT_MIDDLE):
        measured(town, day)


def middle_texts(publication_id, on):
    rows = PublishedCell.objects.filter(
        publication_id=publication_id, counted_on=on, district=None, place_kind="",
        organisation=None,
    )  # fmt: skip
    return {row.indicator: row.text for row in rows}


def test_twelve_months_that_are_no_calendar_year_make_a_sum_as_well(town, goal_id):
    half_way(town)
    publish(town.connie, goal_id=goal_id, on=MIDDLE)
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_jobs_started")
    texts = middle_texts(publish(town.connie, goal_id=goal_id, on=NEXT_MIDDLE), NEXT_MIDDLE)
    assert (texts[JOBS], texts["participation_jobs_started"]) == ("41", "x")


def test_the_stock_of_before_is_not_published_after_the_flow_that_completes_the_sum(town, goal_id):
    half_way(town)
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_jobs_started")
    texts = middle_texts(publish(town.connie, goal_id=goal_id, on=NEXT_MIDDLE), NEXT_MIDDLE)
    assert (texts[JOBS], texts["participation_jobs_started"]) == ("41", "15")
    assert middle_texts(publish(town.connie, goal_id=goal_id, on=MIDDLE), MIDDLE)[JOBS] == "x"


def expected_of(publication_id):
    cells = PublishedCell.objects.filter(publication_id=publication_id, indicator=JOBS)
    return [cell.text for cell in cells.filter(kind__startswith="prognose")]


def test_a_forecast_goes_on_from_what_is_public_and_tells_of_nobody_beside_it(town, goal_id):
    """Thirty are public; one is taken back, and the forecast of the same day would begin at 29."""
    on = date(2026, 6, 30)
    with clock.at(datetime(2022, 1, 10, 12, tzinfo=UTC)):
        placed = take_part(town, crowd(town, 30), on=date(2022, 1, 10))
    with clock.at(datetime(2026, 7, 1, 12, tzinfo=UTC)):
        first = republished(town, goal_id, on)
        assert last_texts_on(first, on) == "30"
        assert expected_of(first)
    with clock.at(datetime(2026, 7, 2, 12, tzinfo=UTC)):
        take_back(town, placed[:1])
        second = republished(town, goal_id, on)
    assert last_texts_on(second, on) == "30"
    assert expected_of(second) == []


def last_texts_on(publication_id, on):
    [cell] = PublishedCell.objects.filter(
        publication_id=publication_id,
        indicator=JOBS,
        counted_on=on,
        district=None,
        place_kind="",
        organisation=None,
    )
    return cell.text
