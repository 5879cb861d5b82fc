"""A page with a goal, its criteria and its references, and no figures."""

import pytest

from meedoen.rules.budget.page import Reference, ReferenceKind, SectionKind
from meedoen.rules.budget.reader import read_html, read_page
from tests.rules.budget.pages_of_our_own import demo_text, html_page

NOTE = "Nota Iedereen aan zet in Meerdam\n\n"
"""The page that Meedoen began with names no note: its heading stands above nothing."""
GOAL, PROGRAMME = ReferenceKind.GOAL, ReferenceKind.PROGRAMME


@pytest.fixture(params=["text", "html"])
def page(request):
    if request.param == "text":
        return read_page(demo_text("budget_goal_2_2_2.txt").replace(NOTE, ""))
    return read_html(html_page("goal_2_2_2.html"))


def test_nothing_is_refused_and_there_are_no_indicators(page):
    assert (page.refused, page.indicators) == ((), ())


def test_code_and_title_of_the_goal_are_apart(page):
    (goal,) = page.goals
    assert goal.code == "2.2.2"
    assert goal.title.startswith("We zorgen dat inwoners met een uitkering")
    assert goal.title.endswith("die bij hen past")


def test_every_heading_is_a_section_also_when_nothing_stands_below_it(page):
    assert [
        (part.kind, len(part.paragraphs), len(part.items)) for part in page.goals[0].sections
    ] == [
        (SectionKind.DESCRIPTION, 3, 0),
        (SectionKind.CRITERIA, 1, 2),
        (SectionKind.INDICATORS, 0, 0),
        (SectionKind.POLICY_NOTES, 0, 0),
        (SectionKind.PORTFOLIO_HOLDERS, 1, 0),
    ]


def test_the_criteria_are_the_two_items_below_the_lead_in(page):
    first, second = page.goals[0].criteria
    assert first.startswith("Minstens 200 inwoners")
    assert second.endswith("delen wat zij weten.")
    assert page.goals[0].sections[1].paragraphs[0].endswith("het volgende:")


def test_the_portfolio_holder_is_named_and_the_way_back_is_no_content(page):
    assert page.goals[0].portfolio_holders == ("Wethouder Voorbeeld",)
    assert page.goals[0].policy_notes == ()
    assert "ga terug" not in str(page)


def test_a_note_below_its_heading_is_read():
    [goal] = read_page(demo_text("budget_goal_2_2_2.txt")).goals
    assert goal.policy_notes == (NOTE.strip(),)


def test_the_five_references_stand_in_order_of_appearance(page):
    assert page.goals[0].references == (
        Reference(GOAL, "1.1.1", "doel 1.1.1"),
        Reference(PROGRAMME, "4", "Programma 4"),
        Reference(GOAL, "1.3.4", "doel 1.3.4"),
        Reference(GOAL, "1.3.2", "doel 1.3.2"),
        Reference(GOAL, "2.1.2", "doel 2.1.2"),
    )


def test_every_goal_referred_to_has_a_page_in_the_demo(page):
    codes = [found.code for found in page.goals[0].references if found.kind is GOAL]
    for code in codes:
        linked = read_page(demo_text(f"budget_goal_{code.replace('.', '_')}.txt"))
        assert [goal.code for goal in linked.goals] == [code]
        assert linked.refused == ()


def test_menus_scripts_and_hidden_parts_of_html_are_no_content():
    shown = str(read_html(html_page("goal_2_2_2.html")))
    for word in ("9.9.9", "8.8.8", "12345", "999", "verzonnen", "Nergenshuizen"):
        assert word not in shown


def test_several_goals_on_a_page_keep_their_own_sections():
    page = read_page(
        "Doel 1.1 Eerste doel\n\nCriteria\n\n- Eén ding.\n- Nog een ding\n  op twee regels.\n\n"
        "Doel 1.2 Tweede doel\n\nCriteria\n\n1. Een ander ding.\n2. Het laatste."
    )
    assert [(goal.code, goal.criteria) for goal in page.goals] == [
        ("1.1", ("Eén ding.", "Nog een ding op twee regels.")),
        ("1.2", ("Een ander ding.", "Het laatste.")),
    ]


def test_a_sentence_about_a_goal_does_not_begin_a_new_goal():
    page = read_page("Doel 1.1 Eerste doel\n\nDoel 1.2 hangt hiermee samen.\n\n1.2.3 is af.")
    assert [goal.code for goal in page.goals] == ["1.1"]
    assert [found.code for found in page.goals[0].references] == ["1.2"]


def test_several_codes_in_one_phrase_are_several_references():
    page = read_page("Doel 1.1 Titel\n\nZie de doelen 1.2.1, 1.2.2 en 2.1 en programma's 3 en 4.")
    assert [found.code for found in page.goals[0].references] == ["1.2.1", "1.2.2", "2.1", "3", "4"]


def test_the_same_code_above_two_goals_is_refused_with_its_place():
    page = read_page("Doel 1.1 Eerste doel\n\nTekst.\n\nDoel 1.1 Ander doel\n\nTekst.")
    (refusal,) = page.refused
    assert refusal.where == "regel 5"
    assert "1.1" in refusal.what


def test_a_page_without_a_goal_says_so():
    page = read_page("Zomaar een tekst.")
    (refusal,) = page.refused
    assert "geen doel" in refusal.why
    assert page.above == ("Zomaar een tekst.",)
