"""Anna refers Sam in four steps, hears of a yes on Today, and makes the placement of it."""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from meedoen.records.organisations import clock
from meedoen.records.placements.models import Placement
from meedoen.records.referrals.answers import accept
from meedoen.records.referrals.models import Referral
from tests.journeys.conftest import Visits, barriers
from tests.records.referrals.scenes import asks_of
from tests.town import Town, build_town, talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, where Anna spoke with Sam."""
    with clock.at(NOW):
        made = build_town()
        talk(made.anna, made.sam, NOW.date())
    return made


def sound(page: Page) -> None:
    assert barriers(page) == []
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, f"{page.url} is {width} px wider than the window"


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_anna_refers_sam_and_makes_the_placement_of_a_yes(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        page = visitor.sign_in("anna@example.org", size)
        page.goto(f"/coach/resident/{town.sam.key}/")
        page.get_by_role("link", name="Verwijzen", exact=True).click()
        written(page)
        key = Referral.objects.visible_to(town.system).get().key
        [ask] = asks_of(town, key)
        accept(town.otto, key=ask.key, words="Kom dinsdag langs.")
        page.goto("/coach/vandaag/")
        expect(page.get_by_text("De Werkplaats zei ja. Maak de plaatsing.")).to_be_visible()
        sound(page)
        page.get_by_role("link", name=town.sam.name).first.click()
        expect(page.get_by_text("Kom dinsdag langs.")).to_be_visible()
        sound(page)
        page.get_by_role("button", name="Plaatsing maken").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Fietsen maken")
        made = Placement.objects.visible_to(town.system).get()
        assert (made.pseudonym_id, made.place_id) == (town.sam.pseudonym_id, town.repair)


def written(page: Page) -> None:
    """Go through the four steps, each without a barrier."""
    page.get_by_label("Waarvoor?").select_option("participation")
    page.get_by_label("Wat vraagt u?").fill("Wil graag met de handen werken.")
    sound(page)
    page.get_by_role("button", name="Bewaren en verder").click()
    page.get_by_label("Fietsen maken").check()
    sound(page)
    page.get_by_role("button", name="Bewaren en verder").click()
    expect(page.get_by_label("Wanneer de inwoner kan")).to_be_checked()
    page.get_by_label("Waarom is dit nodig?").fill("Om te kijken of het past.")
    for question in ("Hoe heeft u de inwoner", "Hoe zei de inwoner"):
        page.get_by_role("radiogroup", name=question).get_by_label("In een gesprek").check()
    sound(page)
    page.get_by_role("button", name="Bewaren en nakijken").click()
    reads = page.get_by_role("region", name="Dit leest de ontvanger")
    expect(reads.get_by_text("Wil graag met de handen werken.")).to_be_visible()
    expect(reads.get_by_text("Sam Nepstra")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_text("De Werkplaats antwoordt uiterlijk")).to_be_visible()
    sound(page)
