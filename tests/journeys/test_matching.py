"""From a wish to a choice and to a refusal: a resident and a coach, on a phone and on a desk."""

import re
from datetime import UTC, datetime
from itertools import count
from os import environ
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect

from meedoen.records.organisations.models import District
from meedoen.records.places.models import Place
from tests.journeys.conftest import Visits, barriers
from tests.matching import check_jobs
from tests.town import Town, build_town, talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld with checked jobs and public places; Roos was spoken with."""
    with time_machine.travel(NOW):
        town = build_town()
        check_jobs(town)
        talk(town.anna, town.roos_file, NOW.date())
        Place.objects.filter(municipality_id=town.anna.municipality_id).update(is_public=True)
        District.objects.filter(pk=town.north).update(latitude=53.25, longitude=6.5)
        District.objects.filter(pk=town.south).update(latitude=53.22, longitude=6.5)
    return town


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_from_a_wish_to_a_choice_and_to_a_refusal(town: Town, visitor: Visits, size: str) -> None:
    with time_machine.travel(NOW):
        resident_picks(visitor, size)
        coach_looks_and_sets_a_rule_aside(visitor, size)
        coach_refuses_one_and_chooses_another(visitor, size)
        the_choice_comes_to_nothing(visitor, size)
        organisation_reads_why(visitor, size)
        resident_reads_what_became_of_it(visitor, size)


def resident_picks(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("roos@example.org", size)
    page.goto("/mijn/")
    page.get_by_role("link", name="Zoek zelf een plek").click()
    look(page, "resident-places")
    page.get_by_role("button", name=about("Deze plek wil ik", "Moestuin")).click()
    expect(page.get_by_text("Uw wensen zijn bewaard.")).to_be_visible()
    page.get_by_role("button", name=about("Deze plek wil ik", "Fietsen maken")).click()
    page.get_by_role("button", name=about("Hoger zetten", "Fietsen maken")).click()
    expect(page.get_by_role("heading", level=3).first).to_contain_text("1. Fietsen maken")
    look(page, "resident-wishes")


def coach_looks_and_sets_a_rule_aside(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("anna@example.org", size)
    page.goto("/coach/mensen/")
    page.get_by_role("link", name="Roos Nepstra").click()
    expect(page.get_by_role("heading", name="Plekken die de inwoner graag wil")).to_be_visible()
    look(page, "coach-file")
    page.get_by_role("link", name="Plekken zoeken", exact=True).click()
    look(page, "coach-look")
    page.get_by_label("Met de fiets").check()
    page.get_by_label("Graag steeds iemand dichtbij").check()
    page.get_by_role("button", name="Plekken zoeken").click()
    first = page.get_by_role("listitem").filter(has_text="Dit is uw eerste wens.").first
    expect(first).to_contain_text("Fietsen maken")
    look(page, "coach-list")
    page.locator("summary", has_text="De tijden passen niet (1)").click()
    page.get_by_role("link", name=about("Laat deze regel nu niet meetellen", "De tijden")).click()
    look(page, "coach-aside")
    page.get_by_label("Waarom telt deze regel nu niet?").fill("Haar zus past dan op.")
    page.get_by_role("button", name="Maak de lijst zonder deze regel").click()
    expect(page.get_by_text("Staat hier toch, omdat een regel opzij is gezet")).to_be_visible()
    look(page, "coach-list-aside")


def coach_refuses_one_and_chooses_another(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("anna@example.org", size)
    page.goto("/coach/mensen/")
    page.get_by_role("link", name="Roos Nepstra").click()
    page.get_by_role("link", name="Plekken zoeken", exact=True).click()
    expect(page.get_by_label("Met de fiets")).to_be_checked()
    page.get_by_role("button", name="Plekken zoeken").click()
    page.get_by_role("link", name=about("Gaat niet door", "Moestuin")).click()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "coach-refuse")
    page.get_by_label("Waarom gaat deze plek niet door?").select_option("times_do_not_suit")
    page.get_by_label("Wil liever een andere plek").check()
    page.get_by_label("Wat zegt de inwoner er zelf van?").fill("Dan breng ik mijn kind weg.")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Opgeschreven: deze plek gaat niet door.")).to_be_visible()
    expect(page.get_by_role("radio", name="Kies Moestuin")).to_have_count(0)
    page.get_by_role("radio", name="Kies Fietsen maken").check()
    page.get_by_label("Waarom deze plek?").select_option("own_wish")
    page.get_by_label("Wil deze plek graag").check()
    page.get_by_label("Wat vindt de inwoner van deze plek?").fill("Sleutelen is leuk.")
    page.get_by_role("button", name="Deze plek voorstellen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fietsen maken")


def the_choice_comes_to_nothing(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("anna@example.org", size)
    page.goto("/coach/mensen/")
    page.get_by_role("link", name="Roos Nepstra").click()
    page.get_by_role("link", name="Plekken zoeken", exact=True).click()
    page.get_by_role("link", name="Lijst van").first.click()
    page.get_by_role("link", name=about("Gaat niet door", "Fietsen maken")).click()
    expect(page.get_by_text("Deze plek was al gekozen.")).to_be_visible()
    page.get_by_label("Waarom gaat deze plek niet door?").select_option("no_room_after_all")
    page.get_by_label("Wil deze plek graag").check()
    page.get_by_label("Wat zegt de inwoner er zelf van?").fill("Jammer.")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("maar dat gaat niet door").first).to_be_visible()
    look(page, "coach-list-late")


def organisation_reads_why(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("petra@example.org", size)
    expect(page.get_by_role("main")).to_contain_text("Voor iemand kwamen de tijden niet uit.")
    assert "Roos" not in page.get_by_role("main").inner_text()
    look(page, "partner-waiting")
    page.get_by_role("link", name="Bekijken").click()
    look(page, "partner-refusals")
    page.get_by_role("button", name=about("Gezien", "Moestuin")).click()
    expect(page.get_by_text("Er is niets nieuws.")).to_be_visible()


def resident_reads_what_became_of_it(visitor: Visits, size: str) -> None:
    page = visitor.sign_in("roos@example.org", size)
    page.goto("/mijn/")
    page.locator("summary", has_text="2 plekken die niet doorgingen").click()
    expect(page.get_by_text("Dan breng ik mijn kind weg.")).to_be_visible()
    look(page, "resident-path")


def test_all_places_can_be_filtered_and_chosen_from(town: Town, visitor: Visits) -> None:
    with time_machine.travel(NOW):
        page = visitor.sign_in("anna@example.org", "phone", java_script_enabled=False)
        page.goto(f"/coach/resident/{town.roos_file.key}/plekken/alle/")
        page.get_by_label("Plek of organisatie").fill("Fietsen")
        page.get_by_role("button", name="Zoeken", exact=True).click()
        page.get_by_role("button", name="Maak hier een lijst van").click()
        expect(page.get_by_role("heading", name="1 plek om uit te kiezen")).to_be_visible()


def about(label: str, what: str) -> re.Pattern[str]:
    """Return the name of a button that says, for who cannot see it, what it is about."""
    return re.compile(rf"^{label} ?: {what}")


_number = count()


def look(page: Page, name: str) -> None:
    """Find no barriers; keep a picture when somebody asks for them with a folder."""
    assert not barriers(page)
    if folder := environ.get("MEEDOEN_PICTURES"):
        width = page.viewport_size["width"]
        path = Path(folder) / f"{next(_number):02}-{name}-{width}.png"
        page.screenshot(path=path, full_page=True)
