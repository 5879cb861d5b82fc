"""Anyone finds something to do in the neighbourhood, reads about it, and says they want to come."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import Page, expect

from meedoen.records.places.models import SignUp
from meedoen.rules.vocabulary import ContactRole
from tests.journeys.conftest import Visits, barriers
from tests.journeys.test_no_barriers import too_wide
from tests.records.places.public_scenes import contact_of, kitchen_of, public_place_at
from tests.town import SUNDAY, Town, build_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, with a kitchen where people cook, a choir on Sunday, and a place of others."""
    cache.clear()
    town = build_town()
    kitchen = kitchen_of(town)
    contact_of(town, ContactRole.RECEPTION)
    public_place_at(town, location_id=kitchen)
    public_place_at(
        town,
        title="Zingen",
        description="Samen zingen.",
        interests=frozenset(),
        half_days=SUNDAY,
    )
    public_place_at(town, title="Koken op zondag", half_days=SUNDAY, confirmed_on=None)
    return town


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without_scripts"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_anyone_finds_something_to_do(
    town: Town, visitor: Visits, size: str, *, scripts: bool
) -> None:
    with time_machine.travel(MONDAY):
        page = visitor.open(size, java_script_enabled=scripts)
        look = looks_good if scripts else looks_nowhere
        chooses_a_municipality(page, look)
        searches_with_a_slip_of_the_pen(page, look)
        reads_about_it(page, look)
        wants_to_come(page, look)
    [row] = SignUp.objects.visible_to(town.system)
    assert (row.name, row.contact) == ("Fatima", "fatima@example.org")


def chooses_a_municipality(page: Page, look) -> None:
    page.goto("/")
    page.get_by_role("link", name="Zoek iets in uw buurt").click()
    look(page)
    page.get_by_role("link", name="Testveld").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meedoen in Testveld")
    expect(page.get_by_role("heading", name="3 plekken")).to_be_visible()
    look(page)


def searches_with_a_slip_of_the_pen(page: Page, look) -> None:
    page.get_by_label("Wat wilt u doen?").fill("kooken")
    page.get_by_role("button", name="Zoeken", exact=True).click()
    expect(page.get_by_role("heading", name="2 plekken")).to_be_visible()
    page.get_by_text("Meer keuzes: dag, taal en afstand").click()
    page.get_by_label("Dag", exact=True).select_option(label="woensdag")
    page.get_by_role("button", name="Zoeken met deze keuzes").click()
    expect(page.get_by_role("heading", name="1 plek", exact=True)).to_be_visible()
    expect(page.get_by_label("Dag", exact=True)).to_be_visible()
    look(page)


def reads_about_it(page: Page, look) -> None:
    page.get_by_role("link", name="Samen koken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samen koken")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Elke maandag en woensdag van 9.00 tot 12.00 uur")
    expect(main).to_contain_text("Maandag 2 maart, 9.00 tot 12.00 uur")
    expect(main).to_contain_text("Tuinpad 1")
    expect(main).not_to_contain_text("Greetje")
    look(page)


def wants_to_come(page: Page, look) -> None:
    page.get_by_role("link", name="Ik wil komen").click()
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Vul uw naam in.")
    look(page)
    page.get_by_label("Uw naam").fill("Fatima")
    page.get_by_label("Uw telefoonnummer of e-mailadres").fill("fatima@example.org")
    page.get_by_label("Wat wilt u vertellen of vragen?").fill("Mag mijn zus mee?")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("status")).to_contain_text("De Moestuin weet nu dat u wilt komen")
    look(page)


def looks_good(page: Page) -> None:
    assert not barriers(page)
    assert not too_wide(page)


def looks_nowhere(_page: Page) -> None:
    """Without scripts a browser cannot be asked how a page looks."""
