"""Petra asks De Werkplaats whether there is room, and reads Otto's yes and what came of it."""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from meedoen.records.organisations import clock
from tests.journeys.conftest import Visits, barriers
from tests.town import Town, build_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
ASKED = "Heeft u plaats voor iemand op dinsdagmiddag?"


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, with two organisations that have somebody who can sign in."""
    with clock.at(NOW):
        return build_town()


def sound(page: Page) -> None:
    assert barriers(page) == []
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, f"{page.url} is {width} px wider than the window"


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_one_organisation_asks_another_and_reads_what_came_of_it(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        petra = visitor.sign_in("petra@example.org", size)
        asked_by(petra)
        otto = visitor.sign_in("otto@example.org", size)
        answered_by(otto)
        petra.reload()
        expect(petra.get_by_text("Kom gerust langs.")).to_be_visible()
        expect(petra.get_by_text("Dinsdag is er plaats.")).to_be_visible()
        expect(petra.get_by_text("De vraag is beantwoord").first).to_be_visible()
        sound(petra)


def asked_by(page: Page) -> None:
    """Write the question, choose who to ask, look at what they will read, and send it."""
    page.goto("/partner/verwijzingen/nieuw/vraag/")
    page.get_by_label("Waarvoor?").select_option("participation")
    page.get_by_label("Wat vraagt u?").fill(ASKED)
    sound(page)
    page.get_by_role("button", name="Bewaren en verder").click()
    page.get_by_label("Fietsen maken").first.check()
    sound(page)
    page.get_by_role("button", name="Bewaren en verder").click()
    expect(page.get_by_text(ASKED).first).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_text("De Werkplaats antwoordt uiterlijk")).to_be_visible()
    sound(page)


def answered_by(page: Page) -> None:
    """Find the question on the desk, say yes, and tell what came of it."""
    page.goto("/partner/")
    page.get_by_role("link", name="Antwoorden").first.click()
    expect(page.get_by_text(ASKED)).to_be_visible()
    sound(page)
    page.get_by_label("Wilt u er iets bij zeggen?").first.fill("Kom gerust langs.")
    page.get_by_role("button", name="Ja zeggen").click()
    expect(page.get_by_role("heading", name="Hoe gaat het?")).to_be_visible()
    sound(page)
    part = page.locator("details", has_text="Vertellen wat ervan kwam")
    part.locator("summary").click()
    part.get_by_label("De vraag is beantwoord").check()
    part.get_by_label("Wilt u er iets bij zeggen?").fill("Dinsdag is er plaats.")
    part.get_by_role("button", name="Afsluiten").click()
    expect(page.get_by_text("Er hoeft hier niets meer te gebeuren.")).to_be_visible()
    sound(page)
