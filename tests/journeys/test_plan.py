"""A plan in the browser: made together, answered by the resident, looked back on."""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits, barriers
from tests.town import Town, build_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEGUN = datetime(2026, 11, 2, 10, tzinfo=UTC)
LATER = datetime(2027, 5, 3, 10, tzinfo=UTC)
OWN_WORDS = "Ik wil elke week bij de soos koken."


@pytest.fixture
def town(transactional_db) -> Town:
    return build_town()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_coach_and_resident_make_a_plan_together(town: Town, visitor: Visits, size: str) -> None:
    with time_machine.travel(BEGUN):
        coach_makes_the_plan(town, visitor, size)
        resident_answers(visitor, size)
    with time_machine.travel(LATER):
        coach_looks_back(town, visitor, size)


def whole(page: Page) -> None:
    """See that nothing stands in the way, and that nothing sticks out at the side."""
    assert not barriers(page)
    width = page.viewport_size
    assert width is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= width["width"]


def coach_makes_the_plan(town: Town, visitor: Visits, size: str) -> None:
    page = visitor.sign_in("anna@example.org", size)
    page.goto(f"/coach/resident/{town.roos_file.key}/plan/")
    whole(page)
    page.get_by_label("Eerste stappen naar buiten").check()
    page.get_by_role("button", name="Plan beginnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan van Roos Nepstra wijzigen")
    page.get_by_role("link", name="Doel wijzigen").first.click()
    page.get_by_label("Wat wil de inwoner bereiken?").fill(OWN_WORDS)
    whole(page)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", name=OWN_WORDS)).to_be_visible()
    page.get_by_role("link", name="Actie toevoegen").first.click()
    page.get_by_label("Wat gaat er gebeuren?").fill("Proefdag in de keuken")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies wie dit doet.")
    page.get_by_label("Een organisatie").check()
    page.get_by_label("Welke organisatie?").select_option(label="De Moestuin")
    page.get_by_label("Voor welke dag?").fill("2026-12-01")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("De Moestuin · voor 1 december 2026")).to_be_visible()
    whole(page)
    page.get_by_role("link", name="Klaar met wijzigen").click()
    page.get_by_role("link", name="Samen afspreken").click()
    whole(page)
    page.get_by_label("In een gesprek").check()
    page.get_by_label("Wat zei de inwoner over het plan?").fill("Ik heb er zin in.")
    page.get_by_role("button", name="Afspreken", exact=True).click()
    expect(page.get_by_text("De volgende keer is op 2 mei 2027.")).to_be_visible()
    whole(page)


def resident_answers(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("roos@example.org", size)
    page.goto("/mijn/plan/")
    expect(page.get_by_role("heading", name=OWN_WORDS)).to_be_visible()
    expect(page.get_by_text("“Ik heb er zin in.”")).to_be_visible()
    whole(page)
    own = page.get_by_role("listitem").filter(has_text="Kiezen wat ik leuk vind")
    own.get_by_role("button", name="Klaar").click()
    done = page.get_by_role("listitem").filter(has_text="Kiezen wat ik leuk vind")
    expect(done.locator(".meedoen-status")).to_have_text("Klaar")
    expect(page).to_have_url(re.compile(r"/mijn/plan/#actie-\d+$"))


def coach_looks_back(town: Town, visitor: Visits, size: str) -> None:
    page = visitor.sign_in("anna@example.org", size)
    page.goto(f"/coach/resident/{town.roos_file.key}/plan/")
    page.get_by_role("link", name="Samen terugkijken").first.click()
    page.get_by_label("Hoe gaat het met het plan?").fill("De keuken bevalt goed.")
    page.get_by_label("Wat zei de inwoner?").fill("Ik wil er een dag bij.")
    whole(page)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("De keuken bevalt goed.")).to_be_visible()
    page.get_by_role("link", name="Rechten en plichten vastleggen").click()
    whole(page)
    page.get_by_role("link", name="Plan", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Plan als PDF").click()
    assert waiting.value.suggested_filename == "plan-van-aanpak.pdf"
    with pikepdf.open(BytesIO(Path(waiting.value.path()).read_bytes())) as pdf:
        assert str(pdf.Root.Lang) == "nl"
    page.get_by_role("link", name="Afdrukken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan van aanpak")
    whole(page)


def test_a_plan_is_made_without_javascript(town: Town, visitor: Visits) -> None:
    page = visitor.sign_in("anna@example.org", "phone", java_script_enabled=False)
    page.goto(f"/coach/resident/{town.roos_file.key}/plan/")
    page.get_by_label("Een leeg plan").check()
    page.get_by_role("button", name="Plan beginnen").click()
    page.get_by_role("link", name="Doel toevoegen").click()
    page.get_by_label("Wat wil de inwoner bereiken?").fill(OWN_WORDS)
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_label("Wat gaat er gebeuren?").fill("Bellen met de soos")
    page.get_by_label("De inwoner", exact=True).check()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Bellen met de soos").first).to_be_visible()
