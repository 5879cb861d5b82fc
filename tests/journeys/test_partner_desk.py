"""Minutes a month for a partner, on a phone and on a desk; and the coach hears of a worry."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from meedoen.records.signals.tasks import put_the_night_in_queue
from tests.journeys.conftest import SIZES, Visits, barriers
from tests.records.placements.desk import ask_attendance, taking_part
from tests.town import Town, build_town
from tests.web.coach.scenes import proposed
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MORNING = datetime(2026, 11, 3, 8, tzinfo=UTC)
WORRY = "Komt steeds later en zegt weinig."


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, where Sam takes part in the garden and Roos is introduced there."""
    town = build_town()
    ask_attendance(town)
    taking_part(town, town.sam)
    proposed(town, day=date(2026, 10, 26))
    return town


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_what_waits_is_done_in_a_few_clicks_and_the_coach_hears_of_a_worry(
    town: Town, visitor: Visits, size: str
):
    with time_machine.travel(MORNING):
        put_the_night_in_queue()
        work_off()
        page = visitor.sign_in("petra@example.org", size)
        expect(page.get_by_role("heading", level=1)).to_have_text("Wat op u wacht")
        check(page)
        confirm_start(page)
        confirm_month(page)
        refresh_place(page)
        expect(page.get_by_role("main")).to_contain_text("Er wacht nu niets op u.")
        look_around(page)
        coach = visitor.sign_in("anna@example.org", size)
        expect(coach.get_by_role("main")).to_contain_text("De Moestuin maakt zich sinds")
        expect(coach.get_by_role("main")).to_contain_text(WORRY)
        check(coach)


def confirm_start(page: Page) -> None:
    page.get_by_role("link", name="Start bevestigen").click()
    check(page)
    page.get_by_label("Begonnen", exact=True).check()
    page.get_by_role("button", name="Bevestigen").click()
    expect(page.get_by_role("status").first).to_contain_text("Roos is op 3 november 2026 begonnen")


def confirm_month(page: Page) -> None:
    page.get_by_role("link", name="Maand bevestigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hoe ging het in oktober 2026?")
    check(page)
    page.locator("summary", has_text="Het ging anders").click()
    page.get_by_label("Zorgen").check()
    check(page)
    page.get_by_role("button", name="Maand bevestigen").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf kort op waarover u zich zorgen")
    check(page)
    page.get_by_label("Toelichting voor de coach").fill(WORRY)
    page.get_by_role("button", name="Maand bevestigen").click()
    expect(page.get_by_role("status").first).to_contain_text("De maand is bevestigd")


def refresh_place(page: Page) -> None:
    page.get_by_role("link", name="Nakijken").click()
    check(page)
    page.get_by_role("button", name="Klopt nog").click()
    expect(page.get_by_role("status").first).to_contain_text("Moestuin is nagekeken.")
    page.get_by_role("link", name="Wat op u wacht").first.click()


def look_around(page: Page) -> None:
    """Open the other pages of the desk, and fill in who was there."""
    page.goto("/partner/mensen/")
    check(page)
    page.get_by_role("link", name="Sam").click()
    expect(page.get_by_role("main")).to_contain_text(WORRY)
    check(page)
    page.get_by_role("link", name="Zorgen of stoppen melden").click()
    check(page)
    page.goto("/partner/plekken/")
    check(page)
    page.get_by_role("link", name="Moestuin").click()
    page.get_by_role("link", name="Aanwezigheid invullen").click()
    check(page)
    page.get_by_label("maandag 2 nov 2026, Sam", exact=True).select_option("present")
    page.get_by_label("Uren, Sam, maandag 2 nov 2026").fill("3,5")
    page.get_by_role("button", name="Week bewaren").click()
    expect(page.get_by_role("main")).to_contain_text("Iedereen samen: 3,5 uur.")
    page.goto("/partner/plekken/nieuw/")
    check(page)
    page.goto("/partner/belangstelling/")
    check(page)


def check(page: Page) -> None:
    """Nothing stands in the way, and nothing has to be moved sideways."""
    assert not barriers(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= max(one for one, _height in SIZES.values())
    assert width <= page.evaluate("window.innerWidth")
