"""Taking in pages: whole or not at all, and again when they change."""

from dataclasses import replace
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.budget.actions import (
    PageRefusedError,
    import_page,
    link_indicator,
    publish,
)
from meedoen.records.budget.models import Goal, ImportedRow
from meedoen.records.budget.queries import goal, goals, published_page, targets
from meedoen.records.figures.actions import measure
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.budget.page import Page, Reference, ReferenceKind
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


def test_only_the_server_and_a_controller_take_in_pages(town):
    assert import_page(town.connie, page=demo_page("1_1_3"), source="page.txt") == ["1.1.3"]
    others = {name: viewer for name, viewer in town.members.items() if name != "connie"}
    for viewer in others.values():
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


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("\n96\n", f"\n{'9' * 300}\n"), "Behaald 2022"),
        (("1.1.3 Maatschappelijke participatie", f"Doel 1.1.3 M{'m' * 300}"), "Doel 1.1.3"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place_and_nothing_is_kept(town, change, place):
    old, new = change
    page = read_page(demo_text("1_1_3").replace(old, new))
    assert page.refused == ()
    with pytest.raises(PageRefusedError, match=r"tekens; er passen er \d+") as refused:
        import_page(town.system, page=page, source="long.txt")
    assert place in str(refused.value)
    assert not Goal.objects.exists()


def test_all_that_does_not_fit_is_said_at_once(town):
    page = demo_page("1_1_3")
    row = page.indicators[0]
    cells = (replace(row.columns[0], label="L" * 101), *row.columns[1:])
    long_row = replace(row, unit="u" * 101, indicator="r" * 301, columns=cells)
    [goal_on_page] = page.goals
    mention = Reference(ReferenceKind.GOAL, "1" * 21, "doel")
    long_goal = replace(goal_on_page, title="t" * 301, references=(mention,))
    page = replace(page, goals=(long_goal,), indicators=(long_row, *page.indicators[1:]))
    with pytest.raises(PageRefusedError) as refused:
        import_page(town.system, page=page, source="s" * 301)
    lines = str(refused.value).split("\n")
    assert [line.split(" heeft ")[1].split(" tekens")[0] for line in lines] == [
        "301",
        "301",
        "21",
        "301",
        "101",
        "101",
    ]
    assert all(len(line) < 300 for line in lines)
    assert not Goal.objects.exists()


def test_the_code_of_a_goal_that_does_not_fit_is_refused(town):
    page = demo_page("1_1_3")
    [goal_on_page] = page.goals
    page = replace(page, goals=(replace(goal_on_page, code="1" * 21),), indicators=())
    with pytest.raises(PageRefusedError, match="21 tekens; er passen er 20"):
        import_page(town.system, page=page, source="long.txt")


def test_a_number_typed_with_a_goal_is_aimed_for_where_no_page_prints_one(town):
    there = take_in(town, "1_1_3", "goal_2_2_2")
    link = partial(link_indicator, town.connie, goal_id=there["2.2.2"])
    link(indicator="participation_growth", target=200)
    link(indicator="volunteers", target=50, target_year=2027)
    link(indicator="participation_jobs", target=999)
    link(indicator="spoken_past_year")
    aims = targets(town.connie)
    growth, volunteers = aims["participation_growth"], aims["volunteers"]
    assert (growth.number, growth.year, growth.label, growth.goal_code) == (200, None, "", "2.2.2")
    assert (volunteers.number, volunteers.year) == (50, 2027)
    assert (aims["participation_jobs"].text, aims["participation_jobs"].number) == ("130", None)
    assert "spoken_past_year" not in aims
    link(indicator="participation_growth", target=210, target_year=2026)
    growth = targets(town.connie)["participation_growth"]
    assert (growth.number, growth.year) == (210, 2026)


def test_a_typed_number_goes_before_a_printed_dash(town):
    text = demo_text("1_1_3").replace("\n130\n", "\n-\n")
    import_page(town.system, page=read_page(text), source="dash.txt")
    [line] = goals(town.connie)
    assert targets(town.connie)["participation_jobs"].text == "-"
    link_indicator(town.connie, goal_id=line.goal_id, indicator="participation_jobs", target=130)
    assert targets(town.connie)["participation_jobs"].number == 130


@pytest.mark.parametrize(
    ("target", "year"), [(-1, None), (2**31, None), (5, 1899), (5, 2101), (None, 2027)]
)
def test_a_target_that_cannot_be_is_refused(town, target, year):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    with pytest.raises(ActionRefusedError):
        link_indicator(
            town.connie, goal_id=goal_id, indicator="volunteers", target=target, target_year=year
        )
    assert targets(town.connie) == {}


def test_goals_are_there_for_the_own_controller_and_for_nobody_else(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    for viewer in (town.anna, town.petra, town.roos, town.suus, stranger(town)):
        assert goal(viewer, goal_id=goal_id) is None
        assert goals(viewer) == []
        assert targets(viewer) == {}
    assert goal(town.connie, goal_id=goal_id).code == "2.2.2"
