"""A team lead has the free places divided; a coach answers with the person, on phone and desk."""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from meedoen.records.divisions.actions import ask_division
from meedoen.rules.vocabulary import PlaceKind
from tests.journeys.conftest import Visits, barriers
from tests.journeys.test_no_barriers import too_wide
from tests.records.divisions.scenes import divided, new_place, waiting, wishing
from tests.town import SUNDAY, Town, build_town
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 12, 2, 10, tzinfo=UTC)


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, where fourteen people wait for seven seats, two of them longest."""
    with time_machine.travel(NOW, tick=True):
        town = build_town()
        kitchen = new_place(town, "Koken in de buurtkeuken", seats=2)
        new_place(town, "Koffie schenken", seats=4)
        longest = waiting(town, 2, days_ago=200)
        wishing(town, [*longest, *waiting(town, 2, after=2, days_ago=120)], kitchen)
        waiting(town, 8, after=4, days_ago=30, kinds=[PlaceKind.VOLUNTEER_WORK])
        waiting(town, 2, after=12, half_days=SUNDAY, kinds=[PlaceKind.TRAINING])
    return town


def check(page: Page, where: str) -> None:
    assert not barriers(page), where
    assert not too_wide(page), where


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_from_asking_to_an_answer_of_every_kind(town: Town, visitor: Visits, size: str):
    with time_machine.travel(NOW, tick=True):
        page = visitor.sign_in("lea@example.org", size)
        page.goto("/coach/verdelen/")
        check(page, "the list of divisions")
        page.get_by_role("button", name="Verdeling laten uitrekenen").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        check(page, "the progress")
        with page.expect_response(lambda answer: answer.url.endswith("/voortgang/")):
            pass
        work_off()
        expect(page.get_by_text("Er wachten 14 inwoners")).to_be_visible(timeout=10_000)
        expect(page.get_by_text("Niemand is geplaatst.")).to_be_visible()
        check(page, "the division")
        whole = page.url
        without_a_place(page)
        page.get_by_role("link", name="Reken deze verdeling na").click()
        expect(page.get_by_text("Het klopt: geen andere verdeling is beter.")).to_be_visible()
        check(page, "the check")
        coach = visitor.sign_in("anna@example.org", size)
        coach.goto(whole)
        accept(coach)
        coach.goto(whole)
        refuse(coach)


def without_a_place(page: Page) -> None:
    page.get_by_role("link", name="Geen plek (").click()
    expect(page.get_by_text("Er is nu geen enkele plek die past.").first).to_be_visible()
    page.get_by_role("link", name="Verzonnen012 Figurant").click()
    expect(page.get_by_role("heading", name="Nu geen plek")).to_be_visible()
    check(page, "somebody without a place")
    page.go_back()


def accept(page: Page) -> None:
    page.get_by_role("link", name="Verzonnen000 Figurant").click()
    expect(page.get_by_text("Dit is de eerste wens van de inwoner.")).to_be_visible()
    check(page, "a line")
    page.get_by_role("button", name="Voorstel aannemen").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op wat de inwoner er zelf van zegt.")
    check(page, "a line with mistakes")
    form = page.locator("form", has=page.get_by_role("button", name="Voorstel aannemen"))
    form.get_by_label("Waarom deze plek?").select_option("own_wish")
    form.get_by_label("Wat wil de inwoner het liefst?").select_option("wants_this")
    form.get_by_label("Wat zegt de inwoner er zelf van?").fill("Daar wilde ik heen.")
    form.get_by_role("button", name="Voorstel aannemen").click()
    expect(page.get_by_text("De plek is gekozen.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Koken in de buurtkeuken")


def refuse(page: Page) -> None:
    page.get_by_role("link", name="Verzonnen001 Figurant").click()
    page.get_by_text("Deze plek wordt het niet").click()
    form = page.locator("form", has=page.get_by_role("button", name="Voorstel afwijzen"))
    form.get_by_label("Waarom gaat het niet door?").select_option("times_do_not_suit")
    form.get_by_label("Wat wil de inwoner het liefst?").select_option("rather_later")
    form.get_by_label("Wat zegt de inwoner er zelf van?").fill("Nu komt het niet uit.")
    check(page, "refusing")
    form.get_by_role("button", name="Voorstel afwijzen").click()
    expect(page.get_by_text("Opgeschreven dat deze plek niet doorgaat.")).to_be_visible()
    page.get_by_role("link", name="Afgewezen (1)").click()
    page.get_by_role("link", name="Verzonnen001 Figurant").click()
    expect(page.get_by_text("De tijden komen niet uit")).to_be_visible()
    check(page, "a line that was refused")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_two_divisions_and_what_lacks_in_the_town(town: Town, visitor: Visits, size: str):
    with time_machine.travel(NOW, tick=True):
        divided(town)
        new_place(town, "Boodschappen doen", seats=3)
        divided(town)
        page = visitor.sign_in("lea@example.org", size)
        page.goto("/coach/verdelen/")
        page.get_by_role("row").nth(1).get_by_role("link").click()
        page.get_by_role("link", name="Leg naast de verdeling").click()
        expect(page.get_by_text("Krijgen een plek", exact=True)).to_be_visible()
        check(page, "two divisions")
        officer = visitor.sign_in("suus@example.org", size)
        officer.goto("/beleid/dekking/")
        officer.get_by_role("link", name="Waar is één plek meer nodig?").click()
        check(officer, "what lacks")
        officer.get_by_label("Soort plek", exact=True).select_option("volunteer_work")
        officer.get_by_role("button", name="Bekijken").click()
        expect(officer.get_by_role("heading", name="Vrijwilligerswerk")).to_be_visible()
        check(officer, "what lacks of a kind")


def test_a_division_can_be_called_off_without_javascript(town: Town, visitor: Visits):
    with time_machine.travel(NOW, tick=True):
        key = ask_division(town.lea)
        page = visitor.sign_in("lea@example.org", "phone", java_script_enabled=False)
        page.goto(f"/coach/verdelen/{key}/")
        page.get_by_role("button", name="Verdeling stoppen").click()
        expect(page.get_by_text("heeft deze verdeling gestopt")).to_be_visible()
        expect(page.get_by_text("ook geen half voorstel")).to_be_visible()
