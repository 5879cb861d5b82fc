"""A zero is a number; what nobody wrote down is none."""

from datetime import date

from meedoen.records.budget.actions import import_page, link_indicator, publish
from meedoen.records.budget.queries import goals, published_page
from meedoen.records.figures.actions import measure
from meedoen.records.figures.queries import counted_now, newest_measurings, shown_series
from meedoen.rules.budget.reader import read_page
from tests.records.placements.test_placing import proposed
from tests.town import ON_RUNG_2, Town, talk

PAGE = "Doel 9.9.9 We oefenen\n\nBeschrijving doel\n\nEen zin.\n"
BEFORE, AFTER = date(2026, 3, 1), date(2026, 3, 2)


def measured(town: Town, on: date) -> dict[str, bool]:
    return {one.code: one.measured for one in counted_now(town.connie, on=on, known_at=None)}


def test_a_figure_is_measured_from_the_first_of_its_kind_on(town: Town):
    proposed(town)
    talk(town.anna, town.roos_file, date(2025, 6, 1), ON_RUNG_2)
    assert not measured(town, BEFORE)["sheltered_new"]
    assert measured(town, AFTER)["sheltered_new"]
    assert not measured(town, date(2024, 12, 31))["participation_growth"]
    assert measured(town, date(2025, 12, 31))["participation_growth"]
    assert not measured(town, AFTER)["participation_growth"]
    assert measured(town, AFTER)["spoken_past_year"]


def test_what_was_not_measured_is_not_kept_as_a_zero(town: Town):
    proposed(town)
    measure(town.connie, on=BEFORE)
    measure(town.connie, on=AFTER)
    kept = newest_measurings(town.connie)
    assert "participation_jobs" not in kept[BEFORE].figures
    assert kept[AFTER].figures["participation_jobs"].value == 0
    shown = shown_series(town.connie, code="participation_jobs", days=[BEFORE, AFTER])
    assert [day for day, _one in shown] == [AFTER]


def test_a_published_page_shows_a_dash_and_no_way_to_how_it_was_counted(town: Town, client):
    import_page(town.system, page=read_page(PAGE), source="oefening")
    [goal] = goals(town.connie)
    link_indicator(town.connie, goal_id=goal.goal_id, indicator="participation_growth")
    link_indicator(town.connie, goal_id=goal.goal_id, indicator="participation_jobs")
    measure(town.connie, on=AFTER)
    page = published_page(publish(town.connie, goal_id=goal.goal_id, on=AFTER))
    assert [(cell.text, cell.cell_id) for row in page.rows for cell in row.cells] == [
        ("-", None),
        ("-", None),
    ]
    answer = client.get(f"/begroting/pagina/{page.publication_id}/")
    assert answer.status_code == 200
    assert "Hoe is dit geteld?" not in answer.content.decode()
