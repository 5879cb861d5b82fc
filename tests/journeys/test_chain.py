"""The whole chain in the browser, on a phone and on a desk, with a correction afterwards."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from meedoen.records.budget.actions import import_page, link_indicator
from meedoen.records.budget.queries import goals
from meedoen.records.organisations import clock
from meedoen.records.people.actions import NewResident, register_all
from meedoen.records.placements.actions import NewPlacement, confirm_all, place_all
from meedoen.records.placements.moving import Change
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.records.places.models import Place
from meedoen.rules.budget.reader import read_page
from meedoen.rules.vocabulary import PlaceKind
from tests.journeys.conftest import Visits, barriers
from tests.matching import check_jobs
from tests.town import LONG_AGO, MORNINGS, PASSWORD, Town, build_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALREADY_THERE = 10
FIRST_DAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
LATER = datetime(2026, 11, 9, 10, tzinfo=UTC)
PAGE = """Doel 9.9.9 We oefenen met doelen

Beschrijving doel

Dit doel is om te oefenen.
"""
FREE_NUMBERS = [f"99999{number:04d}" for number in range(100, 400)]


def passes(number: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 11 == 0


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, with ten people on a participation job and a goal to publish."""
    town = build_town()
    with clock.at(FIRST_DAY):
        check_jobs(town)
    numbers = [number for number in FREE_NUMBERS if passes(number)][:ALREADY_THERE]
    people = register_all(
        town.system,
        residents=[
            NewResident(
                given_name=f"Proef{place}",
                family_name="Testema",
                birth_date=date(1975, 1, 1),
                bsn=number,
                district_id=town.south,
                coach_id=town.carla.membership_id,
                benefit_starts_on=LONG_AGO,
            )
            for place, number in enumerate(numbers)
        ],
    )
    [hall] = enter_places(
        town.system,
        places=[
            NewPlace(
                organisation_id=Place.objects.get(pk=town.repair).organisation_id,
                district_id=town.south,
                kind=PlaceKind.PARTICIPATION_JOB,
                title="De grote zaal",
                capacity=ALREADY_THERE,
                half_days=MORNINGS,
                opens_on=LONG_AGO,
            )
        ],
    )
    with clock.at(datetime(2026, 2, 2, 10, tzinfo=UTC)):
        placements = place_all(
            town.system,
            placements=[
                NewPlacement(pseudonym_id=person, place_id=hall, proposed_on=date(2026, 1, 5))
                for person in people
            ],
        )
        confirm_all(
            town.system,
            changes=[Change(placement_id=one, on=date(2026, 2, 2)) for one in placements],
        )
    import_page(town.system, page=read_page(PAGE), source="oefening")
    [goal] = goals(town.connie)
    link_indicator(town.connie, goal_id=goal.goal_id, indicator="participation_jobs")
    return town


def test_from_conversation_to_published_figure_and_back(town: Town, visitor: Visits):
    with time_machine.travel(FIRST_DAY):
        assert measure_and_publish(visitor, "2026-11-01") == "10"
        coach_talks_and_places(visitor)
        partner_confirms(visitor)
        assert measure_and_publish(visitor) == "11"
    with time_machine.travel(LATER):
        coach_takes_the_start_back(visitor)
        # What is public changes by nobody or by many; inside the change is seen at once.
        assert measure_and_publish(visitor) == "11"
        assert figures_then_and_now(visitor) == ("11", "10")


def coach_talks_and_places(visitor: Visits) -> None:
    page = visitor.type_in("anna@example.org", PASSWORD, "phone")
    page.get_by_role("link", name="Mensen", exact=True).click()
    page.get_by_role("link", name="Roos Nepstra").click()
    page.get_by_role("link", name="Gesprek opschrijven", exact=True).click()
    page.get_by_label("Wat vertelde de inwoner?").fill("Ik wil weer onder de mensen zijn.")
    page.locator("summary", has_text="Wanneer en waar kan de inwoner?").click()
    page.get_by_label("maandagochtend").check()
    page.get_by_label("dinsdagochtend").check()
    page.locator("summary", has_text="Hoe goed spreekt de inwoner").click()
    page.get_by_label("Hoe goed spreekt de inwoner Nederlands?").select_option(index=3)
    answer(page, "Heeft u een arbeidscontract", "Nee")
    answer(page, "Doet u elke week onbetaald werk", "Nee")
    answer(page, "Gaat u elke week naar een cursus", "Nee")
    answer(page, "Ontmoet u elke week mensen", "Ja")
    page.get_by_role("button", name="Bekijk trede").click()
    expect(page.get_by_text("Trede 2").first).to_be_visible()
    assert not barriers(page)
    page.get_by_role("button", name="Trede en gesprek opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Roos Nepstra")
    coach_places(page)


def coach_places(page: Page) -> None:
    page.get_by_role("link", name="Plekken zoeken", exact=True).click()
    page.get_by_role("button", name="Plekken zoeken").click()
    expect(page.get_by_role("heading", name="Moestuin")).to_be_visible()
    assert not barriers(page)
    page.get_by_role("radio", name="Moestuin").check()
    page.get_by_role("button", name="Deze plek voorstellen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Waarom deze plek?").select_option("own_wish")
    page.get_by_label("Wil deze plek graag").check()
    page.get_by_label("Wat vindt de inwoner van deze plek?").fill("Graag, ik houd van planten.")
    page.get_by_role("button", name="Deze plek voorstellen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Moestuin")


def answer(page: Page, question: str, word: str) -> None:
    page.get_by_role("radiogroup", name=question).get_by_label(word, exact=True).check()


def partner_confirms(visitor: Visits) -> None:
    page = visitor.sign_in("petra@example.org", "phone")
    expect(page.get_by_role("main")).to_contain_text("Roos")
    assert "Nepstra" not in page.content()
    page.get_by_role("link", name="Start bevestigen").click()
    page.get_by_label("Begonnen", exact=True).check()
    page.get_by_role("button", name="Bevestigen").click()
    expect(page.get_by_role("status").first).to_be_visible()


def coach_takes_the_start_back(visitor: Visits) -> None:
    page = visitor.sign_in("anna@example.org")
    page.get_by_role("link", name="Mensen", exact=True).click()
    page.get_by_role("link", name="Roos Nepstra").click()
    page.get_by_role("link", name="Moestuin").first.click()
    page.get_by_role("link", name="Start terugnemen").click()
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_text("Wacht op").or_(page.get_by_text("Voorgesteld")).first).to_be_visible()


def measure_and_publish(visitor: Visits, on: str = "2026-11-02") -> str:
    """Measure and publish as the controller, and read the figure as anyone can."""
    page = visitor.sign_in("connie@example.org")
    page.get_by_label("Peildatum").fill(on)
    page.get_by_role("button", name="Meten").click()
    page.get_by_role("link", name="We oefenen met doelen").click()
    page.get_by_label("Peildatum").select_option(on)
    page.get_by_role("button", name="Openbaar maken").click()
    page.wait_for_url("**/begroting/pagina/**")
    anyone = visitor.open()
    anyone.goto(page.url)
    assert not barriers(anyone)
    row = anyone.get_by_role("row").filter(has=anyone.get_by_role("link", name="Hoe is dit geteld"))
    text = row.first.get_by_role("cell").last.inner_text().split()[0]
    anyone.get_by_role("link", name="Hoe is dit geteld").first.click()
    expect(anyone.get_by_role("main")).to_contain_text("participatiebaan")
    return text


def figures_then_and_now(visitor: Visits) -> tuple[str, str]:
    page = visitor.sign_in("connie@example.org")
    page.goto("/beleid/indicator/participation_jobs/?on=2026-11-02&known_on=2026-11-02")
    cells = page.get_by_role("table", name="Peildatum 2 november 2026").get_by_role("cell")
    return cells.nth(0).inner_text(), cells.nth(1).inner_text()


def test_the_site_speaks_english_and_works_without_javascript(town: Town, visitor: Visits):
    page = visitor.sign_in("anna@example.org", "phone", java_script_enabled=False)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
