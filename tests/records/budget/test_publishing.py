"""Publishing: copies that do not move, with small numbers protected."""

from dataclasses import fields, replace
from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.budget.actions import (
    import_page,
    link_indicator,
    publish,
    unlink_indicator,
)
from meedoen.records.budget.models import GoalIndicator, Publication
from meedoen.records.budget.queries import (
    CountedCell,
    LinkCard,
    counted_cell,
    draft_rows,
    goal,
    goals,
    published_page,
    published_pages,
)
from meedoen.records.budget.targets import set_target
from meedoen.records.figures.actions import measure
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Municipality
from meedoen.records.placements.correcting import take_back_start
from meedoen.rules.budget.reader import read_page
from tests.records.figures.scenes import (
    NEXT_YEAR_END,
    YEAR_END,
    crowd,
    demo_page,
    demo_text,
    key_of,
    stranger,
    take_in,
    take_part,
)
from tests.town import CODE


def texts(publication_id, row=0):
    return [cell.text for cell in published_page(publication_id).rows[row].cells]


def test_counted_values_stand_beside_the_printed_ones_never_over_them(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    measure(town.connie, on=NEXT_YEAR_END)
    publication = publish(town.connie, goal_id=goal_id, on=NEXT_YEAR_END)
    cells = published_page(publication).rows[0].cells
    assert [cell.text for cell in cells] == ["96", "104", "120", "130", "12", "12"]
    assert [cell.counted_on for cell in cells] == [*[None] * 4, YEAR_END, NEXT_YEAR_END]


def test_what_is_published_does_not_move_when_is_measured_again(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    placed = take_part(town, crowd(town, 22))
    measure(town.connie, on=YEAR_END)
    first = publish(town.connie, goal_id=goal_id, on=YEAR_END, explanation=" Eerste keer. ")
    before = published_page(first)
    for one in placed[:10]:
        take_back_start(town.anna, key=key_of(town, one))
    measure(town.connie, on=YEAR_END)
    assert published_page(first) == before
    second = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    assert (texts(first)[-1], texts(second)[-1]) == ("22", "12")
    assert published_page(first).explanation == "Eerste keer."


def test_the_newest_page_of_a_goal_is_listed_and_the_earlier_one_can_still_be_read(town):
    goal_id = take_in(town, "1_1_3", "goal_2_2_2")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    first = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    second = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    assert [line.publication_id for line in published_pages()] == [second]
    [line] = published_pages(municipality_code=CODE)
    assert (line.goal_id, line.publication_id) == (goal_id, second)
    assert published_pages(municipality_code="GM0000") == []
    assert published_page(first) is not None
    assert published_page(second + 1) is None
    lines = {line.code: line.publication_id for line in goals(town.connie)}
    assert lines == {"1.1.3": second, "2.2.2": None}
    assert goal(town.connie, goal_id=goal_id).publication_id == second


def test_a_small_number_is_protected_in_the_copy_itself(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, crowd(town, 9))
    measure(town.connie, on=YEAR_END)
    publication = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    cell = published_page(publication).rows[0].cells[-1]
    assert (cell.text, cell.hidden) == ("<10", True)
    found = counted_cell(cell.cell_id)
    assert (found.text, found.hidden, found.threshold) == ("<10", True, 10)
    Municipality.objects.update(disclosure_threshold=25)
    assert counted_cell(cell.cell_id).threshold == 10
    assert published_page(publication).threshold == 10
    assert "value" not in {field.name for field in fields(CountedCell)}


def test_mentions_and_title_stay_as_they_were_published_when_the_goal_changes(town):
    goal_id = take_in(town, "goal_2_2_2", "goal_1_1_1")["2.2.2"]
    measure(town.connie, on=YEAR_END)
    publication = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    before = published_page(publication)
    assert [one.code for one in before.references] == ["1.1.1", "4", "1.3.4", "1.3.2", "2.1.2"]
    text = demo_text("goal_2_2_2").replace("We zorgen dat", "Wij zorgen dat")
    text = text.replace("(zie doel 1.1.1)", "(zie doel 9.9.9)").replace("Programma 4", "later")
    import_page(town.system, page=read_page(text), source="later.txt")
    assert published_page(publication) == before
    [line] = published_pages()
    assert line.title.startswith("We zorgen dat")
    there = take_in(town, "goal_1_3_2")
    found = {one.code: one.goal_id for one in published_page(publication).references}
    assert found["1.3.2"] == there["1.3.2"]


def test_rows_of_the_same_name_stay_apart(town):
    row = demo_page("1_1_3").indicators[1]
    other = replace(row, columns=tuple(replace(one, label=f"{one.label}b") for one in row.columns))
    page = replace(demo_page("1_1_3"), indicators=(row, other))
    import_page(town.system, page=page, source="twice.txt")
    [line] = goals(town.connie)
    measure(town.connie, on=YEAR_END)
    publication = publish(town.connie, goal_id=line.goal_id, on=YEAR_END)
    for rows in (published_page(publication).rows, draft_rows(town.connie, goal_id=line.goal_id)):
        assert [one.name for one in rows] == [row.indicator] * 2
        assert [len(one.cells) for one in rows] == [5, 5]
        assert rows[1].cells[0].label == "Behaald 2022b"


def test_the_unit_of_a_printed_row_is_published_with_it(town):
    page = demo_page("1_1_3")
    page = replace(page, indicators=(replace(page.indicators[0], unit="%"), page.indicators[1]))
    import_page(town.system, page=page, source="units.txt")
    [line] = goals(town.connie)
    measure(town.connie, on=YEAR_END)
    publication = publish(town.connie, goal_id=line.goal_id, on=YEAR_END)
    assert [row.unit for row in published_page(publication).rows] == ["%", "aantal"]


def test_a_typed_target_is_copied_and_does_not_move(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link = partial(link_indicator, town.connie, goal_id=goal_id, indicator="participation_growth")
    link(target=200, target_year=2027)
    measure(town.connie, on=YEAR_END)
    publication = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    link(target=250)
    [row] = published_page(publication).rows
    first = row.cells[0]
    assert (first.text, first.label, first.year, first.kind) == ("200", "", 2027, "streef")
    assert (first.cell_id, first.counted_on) == (None, None)
    [draft] = draft_rows(town.connie, goal_id=goal_id)
    assert draft.cells[0].text == "250"


def test_what_was_promised_for_a_later_year_stands_beside_what_the_page_prints(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    aim = partial(set_target, town.connie, goal_id=goal_id, indicator="participation_jobs")
    aim(number=140, year=2026)
    aim(number=999, year=2025)
    aim(number=999, year=None)
    measure(town.connie, on=YEAR_END)
    row = published_page(publish(town.connie, goal_id=goal_id, on=YEAR_END)).rows[0]
    aimed = [(cell.year, cell.text) for cell in row.cells if cell.kind == "streef"]
    assert aimed == [(2025, "130"), (2026, "140")]


def test_lists_of_published_pages_do_not_load_their_texts(town, django_assert_num_queries):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    measure(town.connie, on=YEAR_END)
    for _time in range(3):
        publish(town.connie, goal_id=goal_id, on=YEAR_END)
    with django_assert_num_queries(1) as asked:
        [_line] = published_pages()
    [question] = [one["sql"] for one in asked.captured_queries]
    assert "sections" not in question
    assert "criteria" not in question
    with CaptureQueriesContext(connection) as asked:
        goals(town.connie)
    about = [one["sql"] for one in asked.captured_queries if "publication" in one["sql"]]
    assert not any("sections" in sql for sql in about)


def as_drafted(cell):
    """Return a cell without what is known of it only when it is published."""
    return replace(cell, cell_id=None, known_at=None, counted_by=None)


def test_the_draft_shows_what_would_be_published(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    assert [cell.text for cell in draft_rows(town.connie, goal_id=goal_id)[0].cells] == [
        "96",
        "104",
        "120",
        "130",
    ]
    take_part(town, crowd(town, 12), self_found=11)
    measure(town.connie, on=YEAR_END)
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_jobs_self_found")
    draft = draft_rows(town.connie, goal_id=goal_id)
    rows = published_page(publish(town.connie, goal_id=goal_id, on=YEAR_END)).rows
    published = tuple(
        replace(
            row,
            cells=tuple(map(as_drafted, row.cells)),
            parts=tuple(map(as_drafted, row.parts)),
        )
        for row in rows
    )
    assert draft == published
    assert [cell.text for cell in rows[-1].cells] == ["x"]
    for viewer in (town.anna, town.suus, stranger(town)):
        assert draft_rows(viewer, goal_id=goal_id) == ()


def test_nothing_is_published_for_a_day_on_which_was_not_measured(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    with pytest.raises(ActionRefusedError, match="nog niet gemeten"):
        publish(town.connie, goal_id=goal_id, on=date(2024, 6, 30))
    assert not Publication.objects.exists()


def test_a_goal_elsewhere_cannot_be_published_or_linked(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(stranger(town), on=YEAR_END)
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        publish(stranger(town), goal_id=goal_id, on=YEAR_END)
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        link_indicator(stranger(town), goal_id=goal_id, indicator="volunteers")


def test_linking_twice_links_once_and_an_unknown_indicator_is_refused(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_growth")
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_growth")
    assert GoalIndicator.objects.count() == 1
    with pytest.raises(ActionRefusedError, match="catalogus"):
        link_indicator(town.connie, goal_id=goal_id, indicator="happiness")


def test_a_goal_knows_its_links_in_order_with_what_was_typed(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link_indicator(town.connie, goal_id=goal_id, indicator="volunteers")
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_growth", target=200)
    link_indicator(
        town.connie, goal_id=goal_id, indicator="volunteers", target=50, target_year=2027
    )
    assert goal(town.connie, goal_id=goal_id).links == (
        LinkCard("volunteers", 50, 2027),
        LinkCard("participation_growth", 200, None),
    )


def test_an_indicator_that_is_taken_away_leaves_the_goal_but_not_what_was_published(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link_indicator(town.connie, goal_id=goal_id, indicator="volunteers")
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_growth", target=200)
    measure(town.connie, on=YEAR_END)
    publication = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    unlink_indicator(town.connie, goal_id=goal_id, indicator="participation_growth")
    [row] = draft_rows(town.connie, goal_id=goal_id)
    assert row.indicator == "volunteers"
    assert texts(publication, row=1)[0] == "200"


def test_what_is_not_linked_cannot_be_taken_away(town):
    there = take_in(town, "goal_2_2_2", "1_1_3")
    link_indicator(town.connie, goal_id=there["2.2.2"], indicator="volunteers")
    take_away = partial(unlink_indicator, town.connie)
    with pytest.raises(ActionRefusedError, match="hoort niet bij dit doel"):
        take_away(goal_id=there["2.2.2"], indicator="participation_growth")
    with pytest.raises(ActionRefusedError, match="hoort niet bij dit doel"):
        take_away(goal_id=there["1.1.3"], indicator="volunteers")
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        unlink_indicator(stranger(town), goal_id=there["2.2.2"], indicator="volunteers")
    assert GoalIndicator.objects.count() == 1


def test_only_a_controller_takes_an_indicator_away(town):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link_indicator(town.connie, goal_id=goal_id, indicator="volunteers")
    for name, viewer in town.members.items():
        if name != "connie":
            with pytest.raises(PermissionDenied):
                unlink_indicator(viewer, goal_id=goal_id, indicator="volunteers")
    assert GoalIndicator.objects.count() == 1


def test_only_a_controller_publishes(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    for name, viewer in town.members.items():
        if name != "connie":
            with pytest.raises(PermissionDenied):
                publish(viewer, goal_id=goal_id, on=YEAR_END)


def test_there_is_nothing_to_tell_about_how_a_printed_cell_was_counted(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    printed = published_page(publish(town.connie, goal_id=goal_id, on=YEAR_END)).rows[0].cells[0]
    assert counted_cell(printed.cell_id) is None
    assert counted_cell(10**9) is None
