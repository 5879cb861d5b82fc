"""A coach measures life domains twice, sees what changed, and looks at the path."""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits, barriers
from tests.town import ON_RUNG_2, ON_RUNG_4, Town, build_town, talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST_DAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
LATER = datetime(2026, 9, 7, 10, tzinfo=UTC)


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, with a measurement on the ladder beside each of the two visits."""
    town = build_town()
    for moment, answers in ((FIRST_DAY, ON_RUNG_2), (LATER, ON_RUNG_4)):
        with time_machine.travel(moment):
            talk(town.anna, town.roos_file, moment.date(), answers)
    return town


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_from_two_measurements_to_the_path_in_a_picture(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(FIRST_DAY):
        page = visitor.sign_in("anna@example.org", size)
        measure(page, town, {"Financiën": "2", "Huisvesting": "4"}, own="3")
        expect(page.get_by_role("main")).to_contain_text("nog niets om mee te vergelijken")
    with time_machine.travel(LATER):
        page = visitor.sign_in("anna@example.org", size)
        measure(page, town, {"Financiën": "3", "Huisvesting": "3"})
        expect(page.get_by_role("main")).to_contain_text(
            "1 leefgebied omhoog, 1 leefgebied omlaag, 0 leefgebieden gelijk gebleven."
        )
        looks_right(page)
        overview_and_people(page)
        path_in_a_picture(page)


def measure(page: Page, town: Town, steps: dict[str, str], own: str = "") -> None:
    page.goto(f"/coach/resident/{town.roos_file.key}/leefgebieden/")
    for domain, step in steps.items():
        row = page.get_by_role("radiogroup", name=domain, exact=True)
        row.locator(f"input[value='{step}']").check()
    choice = page.get_by_label("Eigen stap van de inwoner: financiën")
    expect(choice).to_be_hidden()
    if own:
        page.get_by_label("Ook de eigen stap van de inwoner opschrijven").check()
        choice.select_option(own)
    looks_right(page)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("status").first).to_contain_text("staan in het dossier")


def overview_and_people(page: Page) -> None:
    page.goto("/coach/metingen/")
    expect(page.get_by_role("img", name="Groei op de participatieladder")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="1 Deels omhoog, deels omlaag").click()
    expect(page.get_by_role("main")).to_contain_text("Omhoog: financiën van 2 naar 3.")
    looks_right(page)
    page.go_back()
    page.get_by_role("link", name="1 Gegroeid").click()
    expect(page.get_by_role("main")).to_contain_text("Van trede 2 (2 maart 2026) naar trede 4")
    page.get_by_role("link", name="Roos Nepstra").click()


def path_in_a_picture(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Pad van Roos Nepstra")
    expect(page.get_by_role("img", name="Pad in beeld")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Gegroeid van trede 2 naar trede 4")
    looks_right(page)
    table = page.get_by_role("region", name="Alles uit het beeld op een rij")
    expect(table).to_contain_text("Financiën omhoog: van 2 naar 3.")
    page.get_by_role("link", name="Verbeteren Trede 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meting van Roos Nepstra verbeteren")
    looks_right(page)


def looks_right(page: Page) -> None:
    """No barrier for anyone, and nothing that goes off the side of the screen."""
    assert not barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
