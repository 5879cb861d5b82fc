"""Taking in pages: whole or not at all, and again when they change."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.budget.actions import PageRefusedError, import_page, publish
from meedoen.records.budget.models import Goal, ImportedRow
from meedoen.records.budget.queries import goal, goals, published_page, targets
from meedoen.records.figures.actions import measure
from meedoen.rules.budget.page import Page
from meedoen.rules.budget.reader import read_page
from tests.records.figures.scenes import (
    YEAR_END,
    demo_page,
    demo_text,
    stranger,
    take_in,
)


def mentioned(town, goal_id):
    return {one.code: one.goal_id for one in goal(town.connie, goal_id=goal_id).references}


def test_mentions_of_other_goals_resolve_once_those_goals_are_there(town):
    first = take_in(town, "goal_2_2_2")["2.2.2"]
    assert mentioned(town, first) == dict.fromkeys(["1.1.1", "4", "1.3.4", "1.3.2", "2.1.2"])
    there = take_in(town, "goal_1_1_1", "goal_1_3_2", "goal_1_3_4", "goal_2_1_2")
    expected = {code: there[code] for code in ("1.1.1", "1.3.4", "1.3.2", "2.1.2")}
    assert mentioned(town, first) == {**expected, "4": None}
    assert mentioned(town, there["1.1.1"]) == {"2.2.2": first}


def test_printed_values_are_kept_as_printed_and_a_dash_is_not_a_zero(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    rows = goal(town.connie, goal_id=goal_id).rows
    assert [row.indicator for row in rows] == [
        "participation_jobs",
        "sheltered_wsw",
        "sheltered_new",
    ]
    last = [(cell.label, cell.year, cell.kind, cell.text) for cell in rows[2].cells]
    assert last == [
        ("Behaald 2022", 2022, "realisatie", "-"),
        ("Behaald 2023", 2023, "realisatie", "0"),
        ("Begroting 2024", 2024, "begroting", "14"),
        ("Beoogd 2025", 2025, "streef", "20"),
    ]


def test_taking_in_a_page_again_brings_the_goal_up_to_date_and_keeps_what_was_published(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    publication = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    before = published_page(publication)
    text = demo_text("1_1_3").replace("Maatschappelijke participatie", "Meedoen in de wijk")
    import_page(town.system, page=read_page(text.replace("\n130\n", "\n135\n")), source="new.txt")
    card = goal(town.connie, goal_id=goal_id)
    assert (card.title, card.source) == ("Meedoen in de wijk", "new.txt")
    assert card.rows[0].cells[-1].text == "135"
    assert [line.goal_id for line in goals(town.connie)] == [goal_id]
    assert published_page(publication) == before
    assert before.rows[0].cells[3].text == "130"


def test_a_page_of_which_something_was_refused_leaves_nothing_behind(town):
    page = read_page(demo_text("1_1_3").replace("\n104\n", "\n"))
    assert page.refused
    assert page.goals
    with pytest.raises(PageRefusedError, match=page.refused[0].where):
        import_page(town.system, page=page, source="broken.txt")
    assert not Goal.objects.exists()
    assert not ImportedRow.objects.exists()


def test_a_page_without_a_goal_is_refused(town):
    with pytest.raises(PageRefusedError, match="geen doel"):
        import_page(town.system, page=Page(title="Begroting"), source="empty.txt")


def test_figures_that_stand_under_no_goal_are_refused_by_name(town):
    page = demo_page("1_1_3")
    loose = replace(page, indicators=(replace(page.indicators[0], goal_code=None),))
    with pytest.raises(PageRefusedError, match="P-baan"):
        import_page(town.system, page=loose, source="loose.txt")
    assert not Goal.objects.exists()


def test_only_the_server_takes_in_pages(town):
    for viewer in town.members.values():
        with pytest.raises(PermissionDenied):
            import_page(viewer, page=demo_page("1_1_3"), source="page.txt")


def test_what_is_aimed_for_is_found_by_indicator(town):
    assert targets(town.connie) == {}
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    aims = targets(town.connie)
    assert {code: aim.text for code, aim in aims.items()} == {
        "participation_jobs": "130",
        "sheltered_wsw": "112",
        "sheltered_new": "20",
    }
    assert aims["participation_jobs"].label == "Beoogd 2025"
    assert aims["participation_jobs"].goal_id == goal_id


def test_the_aim_of_the_latest_year_goes_before_an_earlier_one(town):
    later = demo_text("1_1_3").replace("Begroting 2025", "Begroting 2026")
    later = later.replace("Beoogd\n 2025", "Beoogd\n 2026").replace("\n130\n", "\n140\n")
    import_page(town.system, page=read_page(later), source="later.txt")
    take_in(town, "1_1_3")
    aim = targets(town.connie)["participation_jobs"]
    assert (aim.text, aim.label) == ("140", "Beoogd 2026")


def test_goals_are_there_for_the_own_controller_and_for_nobody_else(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    for viewer in (town.anna, town.petra, town.roos, town.suus, stranger(town)):
        assert goal(viewer, goal_id=goal_id) is None
        assert goals(viewer) == []
        assert targets(viewer) == {}
    assert goal(town.connie, goal_id=goal_id).code == "2.2.2"
