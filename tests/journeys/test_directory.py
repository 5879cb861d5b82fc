"""A coach enters an organisation, where it is and what one can do there, and finds it back."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from meedoen.records.places.tasks import put_the_day_in_queue
from tests.journeys.conftest import Visits, barriers
from tests.town import Town, build_town
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 3, 9, 10, tzinfo=UTC)


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld as it is."""
    return build_town()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_place_is_entered_found_and_changed(town: Town, visitor: Visits, size: str) -> None:
    with time_machine.travel(MONDAY):
        page = visitor.sign_in("anna@example.org", size)
        enter_the_organisation(page)
        enter_somebody_to_ask(page)
        enter_where_it_is(page)
        enter_the_place(page)
        find_it_with_a_typing_error(page)
        change_the_times_from_next_week_on(page)
        call_about_another_place(page)
    with time_machine.travel(NEXT_MONDAY):
        put_the_day_in_queue()
        work_off()
        page = visitor.sign_in("suus@example.org", size)
        look_without_changing(page)


def enter_the_organisation(page: Page) -> None:
    page.goto("/coach/plekken/")
    looks_good(page)
    page.get_by_role("link", name="Alle organisaties").click()
    looks_good(page)
    page.get_by_role("link", name="Nieuwe organisatie").click()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Vul de naam van de organisatie in")
    looks_good(page)
    page.get_by_label("Naam", exact=True).fill("Buurthuis De Lantaarn")
    page.get_by_label("Soort organisatie").select_option(label="Vereniging")
    page.get_by_label("KVK-nummer").fill("1234 5678")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Buurthuis De Lantaarn")
    looks_good(page)


def enter_somebody_to_ask(page: Page) -> None:
    page.get_by_role("link", name="Contactpersoon toevoegen").click()
    looks_good(page)
    page.get_by_label("Naam").fill("Nel Verzonnen")
    page.get_by_label("Telefoon").fill("06 12345678")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Nel Verzonnen", exact=True)).to_be_visible()


def enter_where_it_is(page: Page) -> None:
    page.get_by_role("link", name="Locatie toevoegen").click()
    looks_good(page)
    page.get_by_label("Hoe heet de locatie?").fill("Zaal aan de gracht")
    page.get_by_label("Wijk").select_option(label="Noord")
    page.get_by_label("Postcode").fill("12 AB")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("vier cijfers en twee letters")
    page.get_by_label("Postcode").fill("1234 ab")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("1234 AB")).to_be_visible()


def enter_the_place(page: Page) -> None:
    page.get_by_role("link", name="Nieuwe plek").click()
    looks_good(page)
    page.get_by_label("Hoe heet de plek?").fill("Samen eten")
    page.get_by_label("Wat doet iemand daar?").fill("U kookt pompoensoep en dekt de tafel.")
    page.get_by_label("Wat voor plek is het?").select_option(label="Vrijwilligerswerk")
    first = page.get_by_role("group", name="Tijd 1", exact=True)
    first.get_by_label("dinsdag").check()
    first.get_by_label("donderdag").check()
    first.get_by_label("Van", exact=True).fill("16:30")
    first.get_by_label("Tot", exact=True).fill("19:30")
    page.get_by_role("button", name="Meer tijden toevoegen").click()
    expect(page.get_by_role("group", name="Tijd 4", exact=True)).to_be_visible()
    expect(page.get_by_label("Hoe heet de plek?")).to_have_value("Samen eten")
    looks_good(page)
    page.get_by_label("Voor hoeveel mensen is er plaats?").fill("3")
    page.get_by_label("De organisatie zegt zelf dat dit klopt").check()
    page.get_by_role("button", name="Plek opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samen eten")
    expect(page.get_by_text("elke dinsdag en donderdag van 16.30 tot 19.30 uur")).to_be_visible()
    expect(page.get_by_text("3 plaatsen vrij")).to_be_visible()
    looks_good(page)


def find_it_with_a_typing_error(page: Page) -> None:
    page.goto("/coach/plekken/")
    page.get_by_label("Plek of organisatie").fill("pompoensoup")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("row")).to_have_count(2)
    looks_good(page)
    page.get_by_text("Meer keuzes").click()
    page.get_by_label("Vrijwilligerswerk").check()
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name="Samen eten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samen eten")


def change_the_times_from_next_week_on(page: Page) -> None:
    page.get_by_role("link", name="Wijzigen", exact=True).click()
    first = page.get_by_role("group", name="Tijd 1", exact=True)
    expect(first.get_by_label("donderdag")).to_be_checked()
    first.get_by_label("donderdag").uncheck()
    first.get_by_label("vrijdag").check()
    page.get_by_label("Vanaf welke dag geldt dit?").fill("2026-03-09")
    page.get_by_label("Waarom verandert het?").fill("Donderdag is de zaal bezet")
    page.get_by_role("button", name="Wijziging opslaan").click()
    expect(page.get_by_text("Vanaf 9 maart 2026 verandert deze plek")).to_be_visible()
    expect(page.get_by_text(re.compile("Tijden: elke dinsdag en vrijdag"))).to_be_visible()
    expect(page.get_by_text("elke dinsdag en donderdag van 16.30").first).to_be_visible()
    looks_good(page)


def call_about_another_place(page: Page) -> None:
    page.goto("/coach/plekken/te-verwerken/")
    looks_good(page)
    page.get_by_role("link", name=re.compile("Ik heb gebeld.*Moestuin")).click()
    looks_good(page)
    page.get_by_label("Klopt nog").check()
    page.get_by_role("button", name="Antwoord opslaan").click()
    expect(page.get_by_text("Nagevraagd: klopt nog")).to_be_visible()


def look_without_changing(page: Page) -> None:
    page.get_by_role("link", name="Plekken", exact=True).click()
    page.get_by_role("link", name="Samen eten").click()
    expect(page.get_by_text("elke dinsdag en vrijdag van 16.30").first).to_be_visible()
    expect(page.get_by_role("link", name="Wijzigen", exact=True)).to_have_count(0)
    looks_good(page)


def looks_good(page: Page) -> None:
    assert barriers(page) == []
