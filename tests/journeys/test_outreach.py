"""Inviting everyone in a district: a list is made, worked down, and its progress is right."""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits, barriers
from tests.town import Town, build_town
from tests.web.coach.scenes import register_crowd

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 3, 9, 10, tzinfo=UTC)
IN_SUMMER = datetime(2026, 7, 6, 10, tzinfo=UTC)
LIST = "Kansen in Kaart Noord"


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, with three more people in Noord."""
    town = build_town()
    register_crowd(town, 3)
    return town


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_list_for_a_district_is_worked_down(town: Town, visitor: Visits, size: str) -> None:
    with time_machine.travel(MONDAY):
        team_lead_makes_a_list(visitor, size)
        page = visitor.sign_in("anna@example.org", size)
        nobody_answers(page)
        nobody_comes(page)
        somebody_wants_no_contact(page)
        somebody_talks(page)
        progress_is(page, reached=1, tried=2, not_yet=1, no_contact=1)
    with time_machine.travel(NEXT_MONDAY):
        page = visitor.sign_in("anna@example.org", size)
        the_next_attempt_is_due(page)
    with time_machine.travel(IN_SUMMER):
        page = visitor.sign_in("anna@example.org", size)
        open_list(page)
        progress_is(page, reached=1, tried=3, not_yet=1, no_contact=0)
        the_team_closes_it(page)


def team_lead_makes_a_list(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("lea@example.org", size)
    page.goto("/coach/lijsten/")
    looks_good(page)
    page.goto("/coach/lijsten/nieuw/")
    page.get_by_role("button", name="Kijken hoeveel mensen").click()
    expect(page.get_by_role("alert")).to_contain_text("Geef de lijst een naam")
    looks_good(page)
    page.get_by_label("Naam van de lijst").fill(LIST)
    page.get_by_label("Waarvoor nodigt u mensen uit?").fill("Iedereen in Noord één keer spreken")
    page.get_by_label("Noord", exact=True).check()
    page.get_by_label("Alleen wie nog nooit is gesproken").check()
    page.get_by_role("button", name="Kijken hoeveel mensen").click()
    expect(page.get_by_role("heading", name="5 inwoners passen bij deze keuze")).to_be_visible()
    looks_good(page)
    page.get_by_role("button", name="Lijst maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LIST)


def nobody_answers(page: Page) -> None:
    open_list(page)
    looks_good(page)
    try_person(page, "Roos Nepstra", "Telefoon", "Geen gehoor")
    expect(page.get_by_label("Waarom wil de inwoner geen contact?")).to_be_hidden()
    looks_good(page)
    page.get_by_role("button", name="Poging opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies wanneer u het weer probeert")
    page.get_by_label("Over een week, maandag 9 maart").check()
    page.get_by_label("Wat gaat u dan doen?").fill("'s Avonds bellen")
    page.get_by_role("button", name="Poging opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LIST)
    expect(card(page, "Roos Nepstra")).to_contain_text("'s Avonds bellen")


def nobody_comes(page: Page) -> None:
    try_person(page, "Sam Nepstra", "Persoonlijk contact", "Niet op de afspraak gekomen")
    page.get_by_label("Op een andere dag").check()
    page.get_by_label("Welke dag?").fill("2026-03-20")
    page.get_by_role("button", name="Poging opslaan").click()
    expect(card(page, "Sam Nepstra")).to_contain_text("20 mrt 2026")


def somebody_wants_no_contact(page: Page) -> None:
    try_person(page, "Verzonnen000 Figurant", "Telefoon", "Wil geen contact")
    page.get_by_label("Waarom wil de inwoner geen contact?").fill("Ik heb nu rust nodig.")
    page.get_by_label("Wanneer mag u het weer vragen?").fill("2026-06-01")
    looks_good(page)
    page.get_by_role("button", name="Poging opslaan").click()
    alone = card(page, "Verzonnen000 Figurant")
    expect(alone).to_contain_text("Wil geen contact tot 1 jun 2026.")
    expect(alone.get_by_role("link", name="Poging")).to_have_count(0)
    address = alone.get_by_role("link", name="Verzonnen000 Figurant", exact=True)
    page.goto(f"{address.get_attribute('href')}poging/")
    expect(page.get_by_role("note")).to_contain_text("Ik heb nu rust nodig.")
    looks_good(page)
    page.get_by_role("link", name="Bekijk of verander dit").click()
    looks_good(page)


def somebody_talks(page: Page) -> None:
    open_list(page)
    card(page, "Verzonnen001 Figurant").get_by_role("link", name="Gesprek").click()
    page.get_by_label("Wat vertelde de inwoner?").fill("Ik wil graag iets met planten doen.")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verzonnen001 Figurant")
    open_list(page)


def the_next_attempt_is_due(page: Page) -> None:
    open_list(page)
    page.get_by_label("Hoe ver").select_option(label="Nu weer proberen")
    page.get_by_role("button", name="Laat zien").click()
    expect(page.get_by_text("1 van 5 inwoners", exact=True)).to_be_visible()
    expect(card(page, "Roos Nepstra")).to_contain_text("9 mrt 2026")
    looks_good(page)
    page.goto("/coach/mensen/?bereik=no_contact")
    expect(page.get_by_role("main")).to_contain_text("wil geen contact tot 1 jun 2026")
    looks_good(page)


def the_team_closes_it(page: Page) -> None:
    page.get_by_role("link", name="Lijst sluiten").click()
    looks_good(page)
    page.get_by_role("button", name="Lijst sluiten").click()
    page.get_by_text("1 gesloten lijst").click()
    looks_good(page)


def open_list(page: Page) -> None:
    page.goto("/coach/lijsten/")
    page.get_by_role("link", name=LIST).click()


def card(page: Page, name: str):
    heading = page.get_by_role("heading", name=name, exact=True)
    return page.get_by_role("listitem").filter(has=heading)


def try_person(page: Page, name: str, channel: str, outcome: str) -> None:
    card(page, name).get_by_role("link", name="Poging").click()
    page.get_by_label(channel, exact=True).check()
    page.get_by_label(outcome, exact=True).check()


def progress_is(page: Page, *, reached: int, tried: int, not_yet: int, no_contact: int) -> None:
    region = page.get_by_role("region", name="inwoners bereikt")
    for words in (
        f"{reached} bereikt",
        f"{tried} geprobeerd",
        f"{not_yet} nog niet geprobeerd",
        f"{no_contact} wil geen contact",
    ):
        expect(region.get_by_role("listitem").filter(has_text=words).first).to_be_visible()


def looks_good(page: Page) -> None:
    assert not barriers(page)
    excess = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert excess <= 0, f"{page.url}: {excess} px too wide"


def test_without_javascript_the_next_attempt_can_be_planned(town: Town, visitor: Visits) -> None:
    with time_machine.travel(MONDAY):
        page = visitor.sign_in("anna@example.org", "phone", java_script_enabled=False)
        page.goto(f"/coach/resident/{town.sam.key}/poging/")
        page.get_by_label("Telefoon", exact=True).check()
        page.get_by_label("Geen gehoor", exact=True).check()
        page.get_by_label("Morgen, dinsdag 3 maart").check()
        page.get_by_role("button", name="Poging opslaan").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sam Nepstra")
        page.goto("/coach/mensen/")
        expect(page.get_by_role("row").filter(has_text="Sam Nepstra")).to_contain_text("3 mrt 2026")
