"""A place that a resident found, in the browser: handed in, used at once, checked, and listed."""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits, barriers
from tests.town import Town, build_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEGUN = datetime(2026, 11, 2, 10, tzinfo=UTC)
WORK = "Koffie schenken bij de soos"


@pytest.fixture
def town(transactional_db) -> Town:
    return build_town()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_place_that_a_resident_found_comes_into_the_directory(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(BEGUN):
        resident_hands_it_in(visitor, size)
        coach_places_the_person(town, visitor, size)
        team_lead_verifies(visitor, size)
        resident_reads_what_became_of_it(visitor, size)


def whole(page: Page) -> None:
    """See that nothing stands in the way, and that nothing sticks out at the side."""
    assert not barriers(page)
    width = page.viewport_size
    assert width is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= width["width"]


def resident_hands_it_in(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("roos@example.org", size)
    page.goto("/mijn/")
    whole(page)
    page.get_by_role("link", name="Ik heb zelf een plek gevonden").click()
    whole(page)
    page.get_by_label("Wat gaat u daar doen?").fill(WORK)
    page.get_by_label("Bij welke organisatie of welk initiatief?").fill("Stichting Werkplaats")
    page.get_by_label("Participatiebaan").check()
    page.get_by_label("maandagochtend").check()
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("We kennen al: “De Werkplaats”")
    whole(page)
    page.get_by_label("Nee, dit is een andere organisatie").check()
    page.get_by_role("button", name="Versturen").click()
    card = page.get_by_role("listitem").filter(has_text=WORK)
    expect(card.locator(".meedoen-status")).to_have_text("In behandeling")
    whole(page)


def coach_places_the_person(town: Town, visitor: Visits, size: str) -> None:
    page = visitor.sign_in("anna@example.org", size)
    page.goto(f"/coach/resident/{town.roos_file.key}/")
    signal = page.get_by_role("link", name="Gevonden plek bekijken")
    expect(signal.first).to_be_visible()
    signal.first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(WORK)
    whole(page)
    page.get_by_role("button", name="Deze inwoner hier plaatsen").click()
    expect(page.get_by_text("De inwoner is geplaatst.")).to_be_visible()
    page.get_by_role("link", name="Overeenkomst afdrukken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overeenkomst")
    whole(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Overeenkomst als PDF").click()
    assert waiting.value.suggested_filename == "overeenkomst.pdf"


def team_lead_verifies(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("lea@example.org", size)
    page.goto("/coach/plekken/gevonden/")
    whole(page)
    page.get_by_role("link", name=WORK).click()
    page.get_by_label("Ja, de organisatie bevestigt de plek").check()
    page.get_by_role("button", name="Besluit opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Doe eerst de toets.")
    whole(page)
    page.get_by_role("link", name="Toets invullen").click()
    answer(page, "Is dit extra werk", "Ja")
    answer(page, "jaar betaald?", "Nee")
    answer(page, "Staat er een vacature open", "Nee")
    answer(page, "Kan de organisatie ook verder", "Ja")
    page.get_by_label("De werkgever of het bestuur").check()
    page.get_by_role("button", name="Toets bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Vul de naam in van wie tekent.")
    whole(page)
    page.get_by_label("Naam van wie tekent").fill("Piet Verzonnen")
    page.get_by_label("Functie van wie tekent").fill("bestuurder")
    page.get_by_role("button", name="Toets bewaren").click()
    expect(page.get_by_text("De toets is bewaard: Het werk is extra.")).to_be_visible()
    page.get_by_label("Ja, de organisatie bevestigt de plek").check()
    page.get_by_role("button", name="Besluit opslaan").click()
    expect(page.get_by_text("De plek staat nu in de lijst.")).to_be_visible()
    whole(page)
    page.goto("/coach/plekken/")
    expect(page.get_by_role("link", name=WORK)).to_be_visible()


def answer(page: Page, question: str, reply: str) -> None:
    page.get_by_role("radiogroup", name=question).get_by_label(reply, exact=True).check()


def resident_reads_what_became_of_it(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("roos@example.org", size)
    page.goto("/mijn/#gevonden")
    found = page.get_by_role("region", name="Plekken die u zelf vond")
    expect(found.locator(".meedoen-status")).to_have_text("Opgenomen")
    whole(page)


def test_a_place_is_handed_in_without_javascript(town: Town, visitor: Visits) -> None:
    page = visitor.sign_in("roos@example.org", "phone", java_script_enabled=False)
    page.goto("/mijn/gevonden-plek/")
    page.get_by_label("Wat gaat u daar doen?").fill(WORK)
    page.get_by_label("Bij welke organisatie of welk initiatief?").fill("De soos")
    page.get_by_label("Vrijwilligerswerk").check()
    page.get_by_label("maandagochtend").check()
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", name=WORK).first).to_be_visible()
