"""The page of a goal: promised beside counted, linking and publishing."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.urls import reverse
from lxml import html

from meedoen.records.budget.actions import import_page, link_indicator
from meedoen.records.budget.models import Publication
from meedoen.records.budget.queries import goal, goals, published_page
from meedoen.records.budget.tree_actions import keep_programme
from meedoen.records.figures.actions import measure
from meedoen.rules.budget.page import CellKind
from meedoen.rules.budget.reader import read_page
from tests.records.figures.scenes import (
    YEAR_END,
    crowd,
    demo_page,
    stranger,
    take_in,
    take_part,
)
from tests.web.public.reading import links_of, tables_of, words_of

CAPTION = "Wat de begroting noemt en wat we telden"
GROWTH = "Mensen met participatiegroei in het jaar"
VOLUNTEERS = "Mensen die vrijwilligerswerk doen"


def url_of(goal_id: int) -> str:
    return reverse("policy:goal", args=[goal_id])


def tree_of(answer) -> Any:
    return html.fromstring(answer.content.decode())


def offered_by(answer) -> list[str]:
    return tree_of(answer).xpath("//select[@name='link-indicator']/option/@value")


def changed(code: str, target: int | str, year: int | str = "") -> dict[str, str]:
    return {
        "linked": code,
        "step": "change",
        f"change-{code}-target": str(target),
        f"change-{code}-target_year": str(year),
    }


def test_a_goal_shows_its_page_with_mentions_that_are_here_as_links(town, sign_in):
    there = take_in(town, "goal_2_2_2", "goal_1_1_1")
    answer = sign_in(town.connie).get(url_of(there["2.2.2"]))
    page = words_of(answer)
    assert "Minstens 200 inwoners met een bijstandsuitkering" in page
    assert "Doel 1.3.2 (dit doel is hier nog niet ingelezen)" in page
    assert "Programma 4 (hier staan alleen doelen)" in page
    assert "Dit doel heeft nog geen cijfers." in page
    assert "Meet eerst, dan kunt u deze pagina openbaar maken." in page
    assert links_of(answer)["Doel 1.1.1"] == url_of(there["1.1.1"])


def test_counted_columns_stand_in_a_group_of_their_own_beside_the_printed_ones(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    table = tables_of(sign_in(town.connie).get(url_of(goal_id)))[CAPTION]
    assert table[0] == ["Indicator", "Zoals de begroting het noemt", "Geteld met Meedoen"]
    assert table[1] == [
        "Behaald2022",
        "Behaald2023",
        "Begroting2024",
        "Beoogd2025",
        "Geteld op31 dec 2024",
    ]
    assert table[2] == [
        "Aantal mensen dat actief is op een P-baan",
        "96",
        "104",
        "120",
        "130",
        "12",
    ]


def test_connie_adds_an_indicator_that_is_not_there_yet(town, sign_in):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    answer = client.post(url_of(goal_id), {"link-indicator": "participation_growth"}, follow=True)
    assert answer.redirect_chain == [(url_of(goal_id), 302)]
    assert "Toegevoegd: Mensen met participatiegroei in het jaar." in words_of(answer)
    assert tables_of(answer)[CAPTION][-1] == ["Mensen met participatiegroei in het jaar", "-"]


def test_connie_adds_the_number_that_the_text_promises_and_corrects_it(town, sign_in):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    typed = {"link-indicator": "participation_growth", "link-target": "20"}
    answer = client.post(url_of(goal_id), typed, follow=True)
    assert tables_of(answer)[CAPTION][1:] == [["Doel", "Geteld op31 dec 2024"], [GROWTH, "20", "-"]]
    answer = client.post(url_of(goal_id), changed("participation_growth", 200, 2027), follow=True)
    assert f"Aangepast: {GROWTH}." in words_of(answer)
    assert tables_of(answer)[CAPTION][1:] == [
        ["Doel2027", "Geteld op31 dec 2024"],
        [GROWTH, "200", "-"],
    ]


def test_each_linked_indicator_has_a_form_that_opens_with_its_own_number(town, sign_in):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link = partial(link_indicator, town.connie, goal_id=goal_id)
    link(indicator="participation_growth", target=2500, target_year=2027)
    link(indicator="volunteers", target=0)
    link(indicator="spoken_past_year")
    tree = tree_of(sign_in(town.connie).get(url_of(goal_id)))
    filled = {
        field.get("id"): field.get("value")
        for field in tree.xpath("//form[.//button[@value='change']]//input[@type='number']")
    }
    assert filled == {
        "id_change-participation_growth-target": "2500",
        "id_change-participation_growth-target_year": "2027",
        "id_change-volunteers-target": "0",
        "id_change-volunteers-target_year": None,
        "id_change-spoken_past_year-target": None,
        "id_change-spoken_past_year-target_year": None,
    }
    ids = tree.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))
    labels = set(tree.xpath("//label/@for"))
    assert set(filled) <= labels
    forms = tree.xpath("//form[.//button[@value='change']]")
    named = [tree.xpath(f"string(id('{form.get('aria-labelledby')}'))") for form in forms]
    assert named == [GROWTH, VOLUNTEERS, "Mensen met wie we het afgelopen jaar hebben gesproken"]


def test_the_form_to_add_leaves_out_what_is_linked_and_does_not_erase_its_number(town, sign_in):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link_indicator(town.connie, goal_id=goal_id, indicator="volunteers", target=50)
    client = sign_in(town.connie)
    offered = offered_by(client.get(url_of(goal_id)))
    assert "volunteers" not in offered
    assert "participation_growth" in offered
    answer = client.post(url_of(goal_id), {"link-indicator": "volunteers"})
    assert answer.status_code == 422
    assert "Deze indicator staat er al" in words_of(answer)
    [card] = goal(town.connie, goal_id=goal_id).links
    assert card.target == 50


def test_a_printed_row_that_aims_for_nothing_can_get_a_number(town, sign_in):
    page = demo_page("1_1_3")
    first, second = page.indicators[:2]
    without = replace(
        first, columns=tuple(one for one in first.columns if one.kind != CellKind.STREEF)
    )
    import_page(town.system, page=replace(page, indicators=(without, second)), source="geen.txt")
    [line] = goals(town.connie)
    client = sign_in(town.connie)
    offered = offered_by(client.get(url_of(line.goal_id)))
    assert "participation_jobs" in offered
    assert "sheltered_wsw" not in offered
    typed = {"link-indicator": "participation_jobs", "link-target": "130"}
    answer = client.post(url_of(line.goal_id), typed, follow=True)
    headings, row, *_others = tables_of(answer)[CAPTION][-3:]
    assert row[1 + headings.index("Doel")] == "130"


def test_connie_takes_an_indicator_away(town, sign_in):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link_indicator(town.connie, goal_id=goal_id, indicator="volunteers", target=50)
    client = sign_in(town.connie)
    typed = {"linked": "volunteers", "step": "unlink", "change-volunteers-target": "-1"}
    answer = client.post(url_of(goal_id), typed, follow=True)
    assert answer.redirect_chain == [(url_of(goal_id), 302)]
    assert f"Weggehaald: {VOLUNTEERS}." in words_of(answer)
    assert goal(town.connie, goal_id=goal_id).links == ()
    assert "volunteers" in offered_by(answer)


@pytest.mark.parametrize("step", ["change", "unlink"])
@pytest.mark.parametrize("code", ["volunteers", "happiness", ""])
def test_what_is_no_longer_linked_is_neither_changed_nor_linked_again(town, sign_in, step, code):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    typed = changed(code, 5) | {"step": step}
    answer = sign_in(town.connie).post(url_of(goal_id), typed, follow=True)
    assert answer.redirect_chain == [(url_of(goal_id), 302)]
    assert "Deze indicator hoort niet bij dit doel" in words_of(answer)
    assert goal(town.connie, goal_id=goal_id).links == ()


@pytest.mark.parametrize(
    ("target", "year"), [("-1", ""), ("veel", ""), ("9999999999", ""), ("5", "27"), ("", "2027")]
)
def test_a_change_that_cannot_be_is_said_at_its_own_indicator(town, sign_in, target, year):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_growth", target=20)
    link_indicator(town.connie, goal_id=goal_id, indicator="volunteers", target=50)
    answer = sign_in(town.connie).post(url_of(goal_id), changed("volunteers", target, year))
    assert answer.status_code == 422
    tree = tree_of(answer)
    [alert] = tree.xpath("//*[@role='alert']")
    assert tree.xpath("string(//title)").strip().startswith("Fout:")
    assert alert.xpath("string(ancestor::form/@aria-labelledby)") == "linked-volunteers"
    assert tree.xpath("string(id('id_change-volunteers-target')/@value)") == target
    assert tree.xpath("string(id('id_change-participation_growth-target')/@value)") == "20"
    assert [card.target for card in goal(town.connie, goal_id=goal_id).links] == [20, 50]


def test_a_mention_of_a_programme_leads_to_its_goals_when_these_are_here(town, sign_in):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    text = "Begroting 2025\n\nDoel 4.1.2 Minder mensen hebben schulden\n\nCriteria\n\nTekst."
    import_page(town.system, page=read_page(text), source="4.txt")
    client = sign_in(town.connie)
    address = links_of(client.get(url_of(goal_id)))["Programma 4"]
    assert address == f"{reverse('policy:tree')}#programma-4"
    [found] = tree_of(client.get(reverse("policy:tree"))).xpath("//*[@id='programma-4']")
    assert found.xpath("string(summary)") == "4.1.2 Minder mensen hebben schulden (2025)"
    keep_programme(town.connie, code="4", name="Zorg")
    [found] = tree_of(client.get(reverse("policy:tree"))).xpath("//*[@id='programma-4']")
    assert found.xpath("string(h2)") == "4 Zorg"


def test_connie_publishes_and_comes_to_the_page_that_everyone_can_read(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).post(
        url_of(goal_id),
        {"publish-on": "2024-12-31", "publish-explanation": "Zo staat het ervoor."},
        follow=True,
    )
    [line] = goals(town.connie)
    assert answer.redirect_chain == [(reverse("public:page", args=[line.publication_id]), 302)]
    assert published_page(line.publication_id).explanation == "Zo staat het ervoor."
    assert "Deze pagina is nu openbaar." in words_of(answer)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"publish-on": ""},
        {"publish-on": "2023-12-31", "publish-explanation": "Blijft staan"},
        {"publish-on": "geen dag"},
        {"publish-on": "2024-12-31", "publish-explanation": "x" * 4001},
        {"link-indicator": ""},
        {"link-indicator": "happiness"},
        {"link-indicator": "participation_jobs"},
        {"link-indicator": "volunteers", "link-target": "-1"},
        {"link-indicator": "volunteers", "link-target": "veel"},
        {"link-indicator": "volunteers", "link-target": "9999999999"},
        {"link-indicator": "volunteers", "link-target": "5", "link-target_year": "27"},
        {"link-indicator": "volunteers", "link-target_year": "2027"},
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(town, sign_in, typed):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).post(url_of(goal_id), typed)
    assert answer.status_code == 422
    assert "Dit gaat nog niet goed" in words_of(answer)
    assert typed.get("publish-explanation", "") in answer.content.decode()
    assert not Publication.objects.exists()


def test_a_goal_of_another_municipality_is_not_found_as_if_it_did_not_exist(town, sign_in):
    elsewhere = stranger(town)
    import_page(
        type(town.system)(municipality_id=elsewhere.municipality_id, role=town.system.role),
        page=demo_page("1_1_3"),
        source="elders.txt",
    )
    [line] = goals(elsewhere)
    client = sign_in(town.connie)
    theirs, nobodys = client.get(url_of(line.goal_id)), client.get(url_of(10**6))
    assert theirs.status_code == nobodys.status_code == 404
    assert words_of(theirs) == words_of(nobodys)
    measure(town.connie, on=YEAR_END)
    assert client.post(url_of(line.goal_id), {"publish-on": "2024-12-31"}).status_code == 404
    assert not Publication.objects.exists()


def test_a_goal_takes_no_other_method(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    assert sign_in(town.connie).delete(url_of(goal_id)).status_code == 405
