"""The start of a coach's day, on a phone and on a desk: a signal is dealt with, another waits."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from meedoen.records.signals.actions import refresh_all
from meedoen.records.signals.tasks import put_the_night_in_queue
from tests.journeys.conftest import SIZES, Visits, barriers
from tests.town import Town, build_town
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MORNING = datetime(2026, 11, 2, 8, tzinfo=UTC)
A_WEEK_LATER = datetime(2026, 11, 9, 8, tzinfo=UTC)
REASON = "Is tot maandag bij haar zus in Elders."


@pytest.fixture
def town(transactional_db) -> Town:
    return build_town()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_signal_is_dealt_with_and_another_is_put_off(town: Town, visitor: Visits, size: str):
    with time_machine.travel(MORNING):
        put_the_night_in_queue()
        work_off()
        page = visitor.sign_in("anna@example.org", size)
        expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
        expect(page.get_by_role("main")).to_contain_text("2 inwoners")
        check(page)
        talk_with(page, "Roos Nepstra")
        # What was done is gone at once; the measurement was part of the talk.
        expect(page.get_by_role("link", name="Roos Nepstra")).to_have_count(0)
        put_off(page, "Sam Nepstra")
        expect(page.get_by_role("main")).to_contain_text("Goed gedaan: niets wacht op u.")
        check(page)
        page.get_by_role("link", name="1 uitgesteld").click()
        expect(page.get_by_role("main")).to_contain_text(REASON)
        expect(page.get_by_role("main")).to_contain_text("door Anna Testema")
        check(page)
    with time_machine.travel(A_WEEK_LATER):
        refresh_all(town.system)
        page = visitor.sign_in("anna@example.org", size)
        expect(page.get_by_role("link", name="Sam Nepstra", exact=True)).to_be_visible()


def talk_with(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(f"^Gesprek opschrijven.*{name}")).click()
    check(page)
    page.get_by_label("Wat vertelde de inwoner?").fill("Ik wil weer onder de mensen zijn.")
    for question, word in (
        ("Heeft u een arbeidscontract", "Nee"),
        ("Doet u elke week onbetaald werk", "Nee"),
        ("Gaat u elke week naar een cursus", "Nee"),
        ("Ontmoet u elke week mensen", "Ja"),
    ):
        page.get_by_role("radiogroup", name=question).get_by_label(word, exact=True).check()
    page.get_by_role("button", name="Bekijk trede").click()
    page.get_by_role("button", name="Trede en gesprek opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("link", name="Vandaag").click()


def put_off(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(f"^Later.*Nog nooit gesproken, {name}")).click()
    check(page)
    page.get_by_label("Toon dit weer op").fill("2026-11-09")
    page.get_by_role("button", name="Uitstellen").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op waarom dit later kan.")
    check(page)
    expect(page.get_by_label("Toon dit weer op")).to_have_value("2026-11-09")
    page.get_by_label("Waarom kan dit later?").fill(REASON)
    page.get_by_role("button", name="Uitstellen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_team_lead_sees_the_team_and_opens_the_day_of_a_coach(
    town: Town, visitor: Visits, size: str
):
    with time_machine.travel(MORNING):
        page = visitor.sign_in("lea@example.org", size)
        warning = "De signalen zijn nog nooit helemaal bijgewerkt."
        expect(page.get_by_role("main")).to_contain_text(warning)
        row = page.get_by_role("row").filter(has_text="Anna Testema")
        expect(row.get_by_role("cell").first).to_have_text("2")
        check(page)
        row.get_by_role("link", name="Anna Testema").click()
        expect(page.get_by_label("Van wie")).to_have_value(str(town.anna.membership_id))
        expect(page.get_by_role("link", name="Roos Nepstra", exact=True)).to_be_visible()
        page.get_by_label("Waarover").select_option("never_spoken")
        page.get_by_role("button", name="Tonen").click()
        assert "kind=never_spoken" in page.url
        check(page)


def check(page: Page) -> None:
    """Nothing stands in the way, and nothing has to be moved sideways."""
    assert not barriers(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= max(one for one, _height in SIZES.values())
    assert width <= page.evaluate("window.innerWidth")
