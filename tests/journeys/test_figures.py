"""Figures in the browser: a controller writes them in a document, and everyone reads them."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from meedoen.records.budget.actions import publish
from meedoen.records.budget.queries import goals
from meedoen.records.documents.actions import offer
from meedoen.records.documents.adopted import adopted_document
from meedoen.records.documents.council_actions import (
    answer_council_question,
    note_council_question,
)
from meedoen.records.documents.rectifying import rectify
from meedoen.records.figures.actions import measure
from meedoen.records.own_indicators.queries import own_indicators
from meedoen.rules.documents.words import DocumentKind, LightSubject, Question, QuotedKind
from tests.journeys.conftest import Visits, barriers
from tests.records.documents.scenes import adopted, begun, card_of, second_controller, write
from tests.records.figures.scenes import NEXT_YEAR_END, YEAR_END, crowd, take_in, take_part
from tests.rules.budget.pages_of_our_own import as_text
from tests.town import Town, build_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
PEOPLE = 24
WRITTEN = "In Testveld hebben {participation_jobs} mensen een participatiebaan."
READ = f"In Testveld hebben {PEOPLE} mensen een participatiebaan."
HEADS = ["Behaald 2022", "Behaald 2023", "Beoogd 2025"]
BROKEN = as_text(
    "Begroting 2025", "Indicatoren", HEADS, ["Aantal A", "1", "-", "3"], ["Aantal B", "5", "6"]
)
SIZES = pytest.mark.parametrize("size", ["phone", "desktop"])


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld with two goals, people on a participation job, and two year ends measured."""
    with time_machine.travel(NOW):
        town = build_town()
        take_in(town, "1_1_3", "goal_2_2_2")
        take_part(town, crowd(town, PEOPLE))
        for day in (YEAR_END, NEXT_YEAR_END):
            measure(town.connie, on=day)
    return town


def looks_right(page: Page) -> None:
    """Refuse barriers, and a page that is wider than the screen."""
    assert not barriers(page)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room, page.url


def click(
    page: Page, name: str | re.Pattern[str], *, role: str = "link", exact: bool = False
) -> None:
    page.get_by_role("main").get_by_role(role, name=name, exact=exact).first.click()


@SIZES
def test_a_controller_looks_writes_and_offers_and_a_second_one_makes_it_public(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        second_controller(town)
        key = begun(town, kind=DocumentKind.INTERIM, year=2026, number=1, on=NEXT_YEAR_END)
        write(town.connie, key, Question.DO, "Wij gaan door.")
        write(town.connie, key, Question.COST, "Dat kost geld.")
        page = visitor.sign_in("connie@example.org", size)
        from_the_start_to_a_figure(page)
        write_with_a_figure(page, f"/beleid/documenten/{key}/")
        set_lights(page)
        click(page, "Aanbieden", exact=True)
        click(page, "Aanbieden", role="button")
        expect(page.get_by_role("status").first).to_contain_text("Het document is aangeboden")
        adopt_and_read(visitor, f"/beleid/documenten/{key}/", size)


def from_the_start_to_a_figure(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar staan we")
    looks_right(page)
    click(page, "Mensen op een participatiebaan")
    looks_right(page)
    click(page, "Open dit cijfer")
    expect(page.get_by_role("main")).to_contain_text("Net opnieuw geteld met wat toen bekend was")
    looks_right(page)


def write_with_a_figure(page: Page, document: str) -> None:
    page.goto(document)
    looks_right(page)
    click(page, re.compile("Schrijven.*Wat willen we bereiken"))
    page.get_by_label("Tekst").fill(WRITTEN)
    click(page, "Voorbeeld bekijken", role="button")
    expect(page.get_by_role("main")).to_contain_text(f"hebben {PEOPLE}")
    looks_right(page)
    click(page, "Bewaren", role="button", exact=True)
    expect(page.get_by_role("main")).to_contain_text(f"hebben {PEOPLE}")


def set_lights(page: Page) -> None:
    """Set all three; orange is refused until it says why, what it means and what is done."""
    for place, subject in enumerate(LightSubject):
        page.get_by_role("main").get_by_role("link", name="Zetten").nth(place).click()
        if subject is LightSubject.ACTION:
            page.get_by_label("Oranje: bijsturen is nodig").check()
            click(page, "Bewaren", role="button", exact=True)
            expect(page.get_by_role("alert").first).to_contain_text("hoe het komt")
            looks_right(page)
            page.get_by_label("Hoe komt het?").fill("Er zijn minder begeleiders.")
            page.get_by_label("Wat betekent dit voor het doel?").fill("Plekken gaan later open.")
            page.get_by_label("Wat doen we eraan?").fill("We werven begeleiders.")
        else:
            page.get_by_label("Groen: zoals beloofd").check()
        click(page, "Bewaren", role="button", exact=True)
        expect(page.get_by_role("link", name="Zetten").first).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Er zijn minder begeleiders.")


def adopt_and_read(visitor: Visits, document: str, size: str) -> None:
    page = visitor.sign_in("cas@example.org", size)
    expect(page.get_by_role("main")).to_contain_text("Document 2026")
    page.goto(document)
    click(page, "Lezen en vaststellen")
    expect(page.get_by_role("main")).to_contain_text(READ)
    looks_right(page)
    click(page, "Vaststellen en openbaar maken", role="button")
    expect(page.get_by_role("status").first).to_contain_text("zijn openbaar")
    anyone = visitor.open(size)
    anyone.goto("/begroting/")
    click(anyone, "1.1.3 Maatschappelijke participatie")
    expect(anyone.get_by_role("main")).to_contain_text(READ)
    looks_right(anyone)


@SIZES
def test_anyone_reads_pages_on_and_back_and_takes_the_figures_along(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        for line in goals(town.connie):
            publish(town.connie, goal_id=line.goal_id, on=NEXT_YEAR_END)
        page = visitor.open(size)
        page.goto("/begroting/")
        looks_right(page)
        click(page, "1.1.3 Maatschappelijke participatie")
        looks_right(page)
        click(page, "Volgende pagina: doel 2.2.2")
        expect(page.get_by_role("heading", level=1)).to_contain_text("2.2.2")
        click(page, "Vorige pagina: doel 1.1.3")
        with page.expect_download() as download:
            click(page, "Cijfers als CSV")
        assert f";{PEOPLE};{PEOPLE}" in download.value.path().read_text(encoding="utf-8-sig")
        text = page.request.get(
            page.get_by_role("link", name="Pagina als tekst").get_attribute("href") or ""
        )
        assert "Prestatie indicatoren" in text.text()
        click(page, "Hoe is dit geteld?")
        expect(page.get_by_role("main")).to_contain_text("Iedereen telt hoogstens één keer mee.")
        looks_right(page)


@SIZES
def test_anyone_reads_what_was_put_right_and_what_the_council_asked(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        adopted_and_asked_about(town)
        page = visitor.open(size)
        page.goto("/begroting/")
        click(page, "1.1.3 Maatschappelijke participatie")
        main = page.get_by_role("main")
        expect(main).to_contain_text("Begroting 2026.")
        expect(main).to_contain_text("was 130, is rechtgezet op 2 maart 2026: 140.")
        expect(main).to_contain_text("De raad besloot anders.")
        expect(main).to_contain_text("Fractie Verzonnen, 2 maart 2026")
        expect(main).to_contain_text("Omdat de plekken er zijn.")
        looks_right(page)
        click(page, "Pagina om af te drukken")
        expect(page.get_by_role("main")).to_contain_text("Omdat de plekken er zijn.")
        looks_right(page)
        page.get_by_role("link", name="Terug naar de pagina").click()
        click(page, "Alle doelen van Testveld")
        expect(page.get_by_role("heading", level=1)).to_have_text("Wat bereikt de gemeente")


def adopted_and_asked_about(town: Town) -> None:
    """Adopt a budget with a promise in it, put that right, and let the council ask about it."""
    cas = second_controller(town)
    key = begun(town, year=2026, on=NEXT_YEAR_END)
    write(town.connie, key, Question.WANT, "Wij willen {participation_jobs target 2025} mensen.")
    write(town.connie, key, Question.COST, "Dat kost geld.")
    offer(town.connie, key=key, seen=card_of(town.connie, key).revision)
    adopted(cas, key)
    [promised] = [
        one
        for one in adopted_document(cas, key=key).figures  # type: ignore[union-attr]
        if one.kind is QuotedKind.AIMED
    ]
    rectify(cas, adopted_id=promised.adopted_id, text="140", reason="De raad besloot anders.")
    asked = note_council_question(
        cas,
        key=key,
        chapter=1,
        question=Question.WANT,
        paragraph=1,
        asked_by="Fractie Verzonnen",
        asked_on=NOW.date(),
        text="Waarom zo veel?",
    )
    answer_council_question(cas, question_key=asked, text="Omdat de plekken er zijn.")


@SIZES
def test_a_coach_sees_who_of_the_own_people_counts_in_a_figure(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        page = visitor.sign_in("anna@example.org", size, "/coach/cijfers/")
        looks_right(page)
        click(page, "Mensen op een participatiebaan")
        expect(page.get_by_role("main")).to_contain_text(f"{PEOPLE} inwoners")
        looks_right(page)


@SIZES
def test_a_controller_copies_an_indicator_and_looks_before_it_counts(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        page = visitor.sign_in("connie@example.org", size, "/beleid/indicatoren/nieuw/")
        looks_right(page)
        page.get_by_label("Welke?").select_option("participation_jobs")
        click(page, "Kopiëren", role="button")
        page.get_by_label("Code").fill("jobs_in_town")
        click(page, "Voorbeeld", role="button", exact=True)
        expect(page.get_by_role("main")).to_contain_text(str(PEOPLE))
        looks_right(page)
        click(page, "Bewaren als concept", role="button")
        expect(page.get_by_role("main")).to_contain_text("concept")


COPY = "/beleid/indicatoren/nieuw/?van=participation_jobs"


@SIZES
def test_the_preview_renews_by_itself_while_a_controller_goes_on_writing(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        page = visitor.sign_in("connie@example.org", size, COPY)
        asked: list[str] = []
        page.on("request", lambda one: asked.append("asked") if one.method == "POST" else None)
        page.on(
            "requestfinished",
            lambda one: asked.append("answered") if one.method == "POST" else None,
        )
        panel, said = page.locator("[data-preview]"), page.locator("[data-said]")
        name = page.get_by_label("Naam", exact=True)
        name.fill("")
        expect(panel).to_contain_text(f"{PEOPLE} mensen op")
        expect(panel).to_contain_text("Naam \N{EN DASH} Vul dit in.")
        expect(said).to_have_text(f"Voorbeeld vernieuwd: {PEOPLE} mensen.")
        expect(name).to_be_focused()
        looks_right(page)
        states = page.locator("[name='states']:checked")
        scrolled = page.evaluate("scrollY")
        for _ in range(states.count()):
            states.first.uncheck()
        expect(panel).to_contain_text("Er is nog geen voorbeeld. Dit moet eerst anders:")
        expect(panel).to_contain_text("In welke stand is de plaatsing?")
        expect(said).to_have_text("Er is geen voorbeeld: er moet eerst iets anders.")
        assert page.evaluate("document.activeElement.name") == "states"
        assert page.evaluate("scrollY") >= scrolled
        looks_right(page)
        panel.get_by_role("link", name="In welke stand is de plaatsing?").click()
        expect(page.locator("#id_states_0")).to_be_focused()
        assert asked == ["asked", "answered"] * (len(asked) // 2)
        assert own_indicators(town.connie) == []


def test_without_a_script_the_button_leads_to_the_preview(town: Town, visitor: Visits) -> None:
    with time_machine.travel(NOW):
        page = visitor.sign_in("connie@example.org", "phone", COPY, java_script_enabled=False)
        page.get_by_label("Naam", exact=True).fill("")
        click(page, "Voorbeeld", role="button", exact=True)
        expect(page.locator("[data-preview]")).to_contain_text(f"{PEOPLE} mensen op")
        expect(page.get_by_role("heading", name="Voorbeeld van het cijfer")).to_be_in_viewport()
        assert page.url.endswith("#voorbeeld")


@SIZES
def test_a_controller_reads_a_page_in_and_fills_in_a_row_that_lost_cells(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        page = visitor.sign_in("connie@example.org", size, "/beleid/inlezen/")
        looks_right(page)
        page.get_by_label("Of plak hier de tekst van de pagina").fill(BROKEN)
        page.get_by_label("Waar komt deze pagina vandaan?").fill("Begroting 2025")
        click(page, "Lezen", role="button", exact=True)
        expect(page.get_by_role("main")).to_contain_text("Deze rij mist cellen.")
        looks_right(page)
        for place, (kind, year) in enumerate((("realisatie", "2023"), ("streef", "2025"))):
            page.locator(f"[name='kind_1_{place}']").select_option(kind)
            page.locator(f"[name='year_1_{place}']").fill(year)
        page.get_by_label("Bewaren: Aantal B").check()
        page.get_by_label("Bij welk doel horen deze rijen?").select_option("new")
        page.get_by_label("Nummer van het nieuwe doel").fill("3.1.1")
        page.get_by_label("Titel van het nieuwe doel").fill("Lezen")
        click(page, "Bewaren", role="button", exact=True)
        expect(page.get_by_role("main")).to_contain_text("Aantal B")
        expect(page.get_by_role("main")).to_contain_text("3.1.1")


EDGES = """
() => [...document.querySelectorAll("main input[type=radio], main textarea")].map(
  (field) => getComputedStyle(field).borderColor)
"""


def test_an_empty_form_is_not_red_before_anybody_answered(town: Town, visitor: Visits) -> None:
    with time_machine.travel(NOW):
        key = begun(town, kind=DocumentKind.BUDGET, year=2026, on=NEXT_YEAR_END)
        page = visitor.sign_in("connie@example.org", "phone")
        for form in ("/beleid/documenten/nieuw/", f"/beleid/documenten/{key}/vervallen/"):
            page.goto(form)
            empty = set(page.evaluate(EDGES))
            page.locator("main form").last.evaluate("form => { form.noValidate = true }")
            page.get_by_role("main").get_by_role("button").last.click()
            expect(page.get_by_role("alert").first).to_be_visible()
            assert empty.isdisjoint(page.evaluate(EDGES))
