"""Stored text is Dutch: on an English page its elements say so (WCAG 3.1.2)."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from lxml import html

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.figures.actions import measure
from meedoen.records.placements.queries import placements_of
from meedoen.records.places.models import Place
from tests.matching import list_for
from tests.records.figures.scenes import (
    NEXT_YEAR_END,
    YEAR_END,
    crowd,
    take_in,
    take_part,
)
from tests.standing_town import kept
from tests.town import talk
from tests.web.coach.scenes import TALKED, address, proposed, started

SAID = "Ik werk graag buiten."
WORDS = {"resident_said": SAID, "reason": "nearby", "preference": "wants_this"}


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
@kept
def published(town) -> int:
    """Publish goal 1.1.3 with an explanation, and return the publication."""
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    measure(town.connie, on=NEXT_YEAR_END)
    return publish(town.connie, goal_id=goal_id, on=NEXT_YEAR_END, explanation="Let op: P-banen.")


def tree_of(answer) -> Any:
    assert answer.status_code == 200
    tree: Any = html.fromstring(answer.content.decode())
    assert tree.get("lang") == "en"
    return tree


def component(name: str, context: dict[str, Any]) -> Any:
    with translation.override("en"):
        return html.fromstring(f"<main>{render_to_string(name, context)}</main>")


def languages(tree: Any, text: str) -> set[str | None]:
    """Return in which languages the text stands in the main part; None is that of the page."""
    found = [
        next((one.get("lang") for one in (node, *node.iterancestors("*")) if one.get("lang")), None)
        for node in tree.xpath("(.//main | self::main)//*")
        if text in (" ".join((node.text or "").split()), *_tails(node))
    ]
    assert found, text
    return {None if language == "en" else language for language in found}


def _tails(node: Any) -> list[str]:
    return [" ".join((child.tail or "").split()) for child in node]


def test_titles_in_the_lists_of_pages_are_dutch(client, published):
    for name, title in (
        ("home", "Maatschappelijke participatie"),
        ("public:pages", "1.1.3 Maatschappelijke participatie"),
    ):
        tree = tree_of(client.get(reverse(name)))
        (link,) = tree.xpath(f"//main//a[@href='{reverse('public:page', args=[published])}']")
        assert link.text.endswith(title.split(maxsplit=1)[-1])
        assert languages(tree, link.text) == {"nl"}


def test_what_was_printed_is_dutch_and_the_words_around_it_are_english(client, published):
    tree = tree_of(client.get(reverse("public:page", args=[published])))
    for text in (
        "1.1.3 Maatschappelijke participatie",
        "Let op: P-banen.",
        "Prestatie indicatoren",
        "Hoe staan we ervoor?",
        "Wat gaan we hiervoor doen?",
    ):
        assert languages(tree, text) == {"nl"}, text
    for text in ("Explanation", "Indicator", "How was this counted?"):
        assert languages(tree, text) == {None}, text
    for paragraph in tree.xpath("//main//*[@class='meedoen-stack'][h2]/p[@class]"):
        assert paragraph.get("lang") == "nl"


def test_names_and_cells_as_printed_are_dutch_on_a_published_page(client, published):
    tree = tree_of(client.get(reverse("public:page", args=[published])))
    names = [*tree.xpath("//main//tbody/tr[td//strong]/th"), *tree.xpath("//main//h3")]
    assert "Aantal mensen dat actief is op een P-baan" in {name.text for name in names}
    assert {name.get("lang") for name in names if "P-baan" in name.text} == {"nl"}
    for row in tree.xpath("//main//tbody/tr[td//strong]"):
        for printed in row.xpath("td[not(.//strong)][not(.//span)]"):
            assert printed.get("lang") == "nl"
        for counted in row.xpath("td[.//strong]"):
            assert counted.get("lang") is None


def test_the_name_of_a_linked_indicator_is_in_the_language_of_the_page(town, client):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_jobs_self_found")
    page = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    tree = tree_of(client.get(reverse("public:page", args=[page])))
    assert languages(tree, "People who found their participation job themselves") == {None}


def test_a_story_is_dutch_on_a_file_and_the_way_of_speaking_is_not(town, sign_in):
    talk(town.anna, town.roos_file, TALKED)
    tree = tree_of(sign_in(town.anna).get(address("resident", town.roos_file.key)))
    assert languages(tree, "Wil graag naar buiten.") == {"nl"}


def test_what_a_resident_said_is_dutch_on_a_placement(town, sign_in):
    made = list_for(town)
    client = sign_in(town.anna)
    client.post(address("proposal", made), {"place": town.garden, **WORDS})
    (card,) = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    tree = tree_of(client.get(address("placement", card.key)))
    assert languages(tree, SAID) == {"nl"}


def test_the_column_that_meedoen_names_itself_is_in_the_language_of_the_page():
    table = SimpleNamespace(
        printed=(("Realisatie", "2019"), ("Goal", "2027")), counted=(), rows=(), marks={}
    )
    tree = component("components/budget_table.html", {"table": table, "caption": "Table"})
    assert [one.get("lang") for one in tree.xpath(".//tr[2]/th")] == ["nl", None]


def test_names_and_cells_of_a_table_are_dutch_when_they_were_printed():
    cells = (SimpleNamespace(text="veel", stored=True), SimpleNamespace(text="1,234", stored=False))
    rows = (
        SimpleNamespace(name="Banen", stored=True, printed=cells, counted=()),
        SimpleNamespace(name="Jobs", stored=False, printed=(None, None), counted=()),
    )
    table = SimpleNamespace(printed=(("a",), ("b",)), counted=(), rows=rows, marks={})
    tree = component("components/budget_table.html", {"table": table, "caption": "Table"})
    assert languages(tree, "Banen") == {"nl"}
    assert languages(tree, "veel") == {"nl"}
    assert languages(tree, "1,234") == {None}
    assert languages(tree, "Jobs") == {None}


def test_the_caption_of_a_course_names_a_printed_row_in_dutch():
    course = SimpleNamespace(name="Banen", caption="Figures: Banen", stored=True, rows=())
    tree = component("components/course_table.html", {"course": course})
    (caption,) = tree.iter("caption")
    assert caption.text_content().endswith(": Banen")
    assert languages(tree, "Banen") == {"nl"}
    course.stored = False
    (caption,) = component("components/course_table.html", {"course": course}).iter("caption")
    assert caption.text == "Figures: Banen"
    assert not list(caption)


def test_a_section_without_text_says_so_in_the_language_of_the_page():
    section = {"heading": "Wat willen we?", "paragraphs": (), "items": ()}
    tree = component("components/goal_section.html", {"section": section})
    assert languages(tree, "Wat willen we?") == {"nl"}
    (nothing,) = tree.iter("p")
    assert nothing.get("lang") is None


def test_of_a_time_line_only_what_somebody_wrote_is_dutch():
    item = {"day": date(2026, 3, 2), "title": "Conversation: home visit", "text": "Wil iets."}
    tree = component("components/timeline_item.html", {"item": {**item, "stored": True}})
    assert languages(tree, "Wil iets.") == {"nl"}
    assert languages(tree, "Conversation: home visit") == {None}
    item["text"] = "Phone"
    tree = component("components/timeline_item.html", {"item": {**item, "stored": False}})
    assert languages(tree, "Phone") == {None}


def test_a_counted_number_says_in_dutch_what_the_budget_called_it(client, published):
    page = tree_of(client.get(reverse("public:page", args=[published])))
    (url, *_rest) = page.xpath("//main//a[contains(@href, '/cel/')]")
    answer = client.get(url.get("href"))
    assert languages(tree_of(answer), answer.context["name"]) == {"nl"}


def test_titles_and_descriptions_of_places_are_dutch_in_a_proposal(town, sign_in):
    Place.objects.filter(pk=town.garden).update(description="Samen onkruid wieden.")
    made = list_for(town)
    tree = tree_of(sign_in(town.anna).get(address("proposal", made)))
    assert languages(tree, "Moestuin") == {"nl"}
    assert languages(tree, "Samen onkruid wieden.") == {"nl"}
    for title in tree.xpath("//main//h3"):
        assert title.get("lang") == "nl"


def test_the_place_that_was_chosen_is_dutch_in_its_sentence(town, sign_in):
    made = list_for(town)
    client = sign_in(town.anna)
    client.post(address("proposal", made), {"place": town.garden, **WORDS})
    tree = tree_of(client.get(address("proposal", made)))
    (title,) = tree.xpath("//main//div[@role='status']//span[@lang='nl']")
    assert title.text == "Moestuin"


def test_titles_of_places_are_dutch_on_a_file_and_a_placement(town, sign_in):
    key = started(town)
    client = sign_in(town.anna)
    (link,) = tree_of(client.get(address("resident", town.roos_file.key))).xpath(
        f"//main//a[@href='{address('placement', key)}']"
    )
    assert (link.text, link.get("lang")) == ("Moestuin", "nl")
    tree = tree_of(client.get(address("placement", key)))
    assert languages(tree, "Moestuin") == {"nl"}


def test_what_a_resident_said_is_dutch_on_the_own_path(town, sign_in):
    made = list_for(town)
    form = {"place": town.garden, **WORDS}
    sign_in(town.anna).post(address("proposal", made), form)
    tree = tree_of(sign_in(town.roos).get(reverse("resident:path")))
    assert languages(tree, "Moestuin") == {"nl"}
    (said,) = tree.xpath("//main//li[contains(@class, 'meedoen-card')]//span[@lang='nl']")
    assert said.text == SAID


def test_titles_of_places_are_dutch_for_a_partner_too(town, sign_in):
    proposed(town)
    client = sign_in(town.petra)
    tree = tree_of(client.get(reverse("partner:waiting")))
    assert languages(tree, "Moestuin") == {"nl"}
    assert languages(tree, "Confirm introduction or start") == {None}
