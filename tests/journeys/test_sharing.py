"""A diagnosis refused, a talk corrected, three things noted about sharing, one taken back."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from meedoen.records.conversations.queries import conversations_with
from meedoen.records.organisations import clock
from tests.journeys.conftest import Visits, barriers
from tests.town import Town, build_town, talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TALKED = datetime(2026, 11, 2, 10, tzinfo=UTC)
TODAY = datetime(2026, 11, 9, 10, tzinfo=UTC)


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, where Anna spoke with Roos."""
    town = build_town()
    with clock.at(TALKED):
        talk(town.anna, town.roos_file, date(2026, 11, 2))
    return town


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_what_is_written_down_and_shared_about_somebody(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(TODAY):
        page = visitor.sign_in("anna@example.org", size)
        a_note_without_a_diagnosis(page, town)
        a_conversation_is_corrected(page, town)
        the_three_things(page, town)
        one_is_taken_back(page, town)


def a_note_without_a_diagnosis(page: Page, town: Town) -> None:
    page.goto(f"/coach/resident/{town.roos_file.key}/notitie/")
    sound(page)
    page.get_by_label("Wat wilt u onthouden?").fill("Roos heeft reuma en belt terug.")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("“reuma” is een woord voor een ziekte")
    sound(page)
    page.get_by_label("Wat wilt u onthouden?").fill("Roos kan niet lang staan en belt terug.")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Roos Nepstra")
    page.goto(f"/coach/resident/{town.roos_file.key}/notitie/")
    page.get_by_role("link", name="Verbeteren").click()
    page.get_by_label("Wat wilt u onthouden?").fill("Roos kan niet lang staan. Ik bel terug.")
    page.get_by_label("Waarom verbetert u dit?").fill("Ik bel zelf.")
    sound(page)
    page.get_by_role("button", name="Verbeteren").click()
    page.goto(f"/coach/resident/{town.roos_file.key}/notitie/")
    expect(page.get_by_text("Verbeterd op 9 november 2026 door Anna Testema.")).to_be_visible()
    before = page.get_by_text("Roos kan niet lang staan en belt terug.")
    expect(before).to_be_hidden()
    page.get_by_text("Wat er eerst stond").click()
    expect(before).to_be_visible()


def a_conversation_is_corrected(page: Page, town: Town) -> None:
    [card] = conversations_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    page.goto(f"/coach/gesprek/{card.key}/verbeteren/")
    expect(page.get_by_label("Wat vertelde de inwoner?")).to_have_value("Wil graag naar buiten.")
    sound(page)
    page.get_by_label("Dag van het gesprek").fill("2026-11-03")
    page.get_by_label("Wat vertelde de inwoner?").fill("Wil na een burn-out graag naar buiten.")
    page.get_by_label("Waarom verbetert u dit?").fill("Het was een dag later.")
    page.get_by_role("button", name="Verbeteren").click()
    expect(page.get_by_text("U schreef “burn-out”.")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Toch zo verbeteren").click()
    expect(page.get_by_text("Het gesprek is verbeterd.")).to_be_visible()
    [card] = conversations_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (card.held_on, card.correction_reason) == (date(2026, 11, 3), "Het was een dag later.")


def the_three_things(page: Page, town: Town) -> None:
    page.goto(f"/coach/resident/{town.roos_file.key}/delen/")
    sound(page)
    form = opened(page, "Nieuw: wat mag een organisatie weten?")
    form.get_by_label("Met welke organisatie?").select_option("De Moestuin")
    form.get_by_label("Naam en telefoonnummer").check()
    form.get_by_label("Wanneer de inwoner kan").check()
    form.get_by_label("Waarom is dit nodig?").fill("Om te beginnen in de tuin.")
    form.get_by_label("In een gesprek").check()
    form.get_by_role("button", name="Bekijk wat de organisatie ziet").click()
    seen = page.get_by_role("status").filter(has_text="Dit ziet de organisatie")
    expect(seen).to_contain_text("Roos Nepstra")
    expect(seen).not_to_contain_text("burn-out")
    sound(page)
    page.get_by_role("button", name="Opslaan").first.click()
    expect(page.get_by_role("heading", name="De Moestuin")).to_be_visible()
    form = opened(page, "Nieuw: wie mag iets vertellen wat geheim is?")
    form.get_by_label("Wie mag iets vertellen?").fill("De maatschappelijk werker")
    form.get_by_label("Wat mag die vertellen").fill("Hoeveel uur past.")
    form.get_by_label("Op papier").check()
    form.get_by_label("Tot en met welke dag").fill("2027-01-31")
    form.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", name="De maatschappelijk werker")).to_be_visible()
    form = opened(page, "Nieuw: wil de inwoner de begeleiding?")
    form.get_by_role("radio", name="Nee").check()
    form.get_by_label("Om welke begeleiding gaat het?").fill("Een cursus")
    form.get_by_label("In een gesprek").check()
    form.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Nee, wil dit niet")).to_be_visible()
    expect(page.get_by_text("Geldt nu")).to_have_count(2)
    sound(page)


def opened(page: Page, label: str) -> Locator:
    fold = page.locator("details").filter(has=page.locator("summary", has_text=label))
    fold.locator("summary", has_text=label).click()
    return fold.locator("form")


def one_is_taken_back(page: Page, town: Town) -> None:
    card = page.get_by_role("listitem").filter(has_text="De maatschappelijk werker")
    card.get_by_text("Stoppen of intrekken").click()
    card.get_by_role("button", name="Stoppen").click()
    expect(page.get_by_text("Het is gestopt.")).to_be_visible()
    expect(page.get_by_text("Geldt nu")).to_have_count(1)
    page.get_by_text("Voorbij of ingetrokken (1)").click()
    expect(page.get_by_text("Ingetrokken op", exact=True)).to_be_visible()
    sound(page)


def sound(page: Page) -> None:
    """Check that axe finds nothing and that nothing sticks out at the side."""
    assert not barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
