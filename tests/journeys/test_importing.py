"""A team lead reads in a small messy file and hands people over, on a phone and at a desk."""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visits, barriers
from tests.journeys.test_no_barriers import too_wide
from tests.town import Town, build_town
from tests.web.coach.import_scenes import MESSY
from tests.web.coach.scenes import register_crowd
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
FILE = MESSY.replace("Roosje;Nepstra;04-05-1980", "Verzon;Figurant;01-01-1980")


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, with one more person whom a row of the file looks like."""
    town = build_town()
    register_crowd(town, 1)
    return town


def check(page: Page, where: str) -> None:
    assert not barriers(page)
    assert not too_wide(page), where


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_messy_file_becomes_new_people_after_a_look_at_every_row(
    town: Town, visitor: Visits, size: str
):
    with time_machine.travel(NOW, tick=True):
        page = visitor.sign_in("lea@example.org", size)
        page.goto("/coach/inlezen/")
        check(page, "the list of files")
        send_something_else(page)
        send_the_file(page)
        say_what_the_columns_are(page)
        watch_the_work(page, "De regels worden bekeken")
        decide_about_who_looks_like_somebody(page)
        page.get_by_role("button", name="Overnemen", exact=True).click()
        watch_the_work(page, "De regels worden overgenomen")
        expect(page.get_by_text("Het bestand is overgenomen")).to_be_visible()
        check(page, "the file that is done")
        page.get_by_role("link", name="Mensen", exact=True).first.click()
        for name in ("Nieuw Verzonnen", "Verzon Figurant", "Roos Nepstra"):
            expect(page.get_by_role("link", name=name)).to_be_visible()


def send_something_else(page: Page) -> None:
    page.get_by_label("Bestand", exact=True).set_input_files(
        {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 niets"}
    )
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit is een PDF.")
    check(page, "a file that is refused")


def send_the_file(page: Page) -> None:
    page.get_by_label("Bestand", exact=True).set_input_files(
        {"name": "caseload.csv", "mimeType": "text/csv", "buffer": FILE.encode("cp1252")}
    )
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("caseload.csv")
    check(page, "the columns")


def say_what_the_columns_are(page: Page) -> None:
    expect(page.get_by_label("Geboortedatum")).to_have_value("Geb.datum")
    page.get_by_role("button", name="Bekijken wat er verandert").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies of iedereen in het bestand staat.")
    page.get_by_label("Nee, het is een deel of een aanvulling").check()
    page.get_by_role("button", name="Bekijken wat er verandert").click()


def watch_the_work(page: Page, heading: str) -> None:
    """See the bar, let the worker do its work, and see the page come by itself."""
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    check(page, heading)
    with page.expect_response(lambda answer: answer.url.endswith("/voortgang/")):
        pass
    work_off()
    expect(page.get_by_role("heading", name=heading)).to_have_count(0, timeout=10_000)


def decide_about_who_looks_like_somebody(page: Page) -> None:
    expect(page.get_by_text("Regel 3")).to_be_visible()
    expect(page.get_by_text("De datum in kolom “Geb.datum” bestaat niet.")).to_be_visible()
    check(page, "the report")
    page.get_by_role("link", name="Lijkt op iemand").click()
    expect(page.get_by_text("Verzonnen000 Figurant")).to_be_visible()
    check(page, "who looks like somebody")
    page.get_by_role("button", name="Iemand anders").click()
    expect(page.get_by_text("Uw keuze:")).to_be_visible()
    check(page, "a decision")


def test_a_file_can_be_followed_without_javascript(town: Town, visitor: Visits):
    page = visitor.sign_in("lea@example.org", "phone", java_script_enabled=False)
    page.goto("/coach/inlezen/")
    send_the_file_as_it_is(page)
    page.get_by_label("Nee, het is een deel of een aanvulling").check()
    page.get_by_role("button", name="Bekijken wat er verandert").click()
    page.get_by_role("link", name="Kijk hoe ver het is").click()
    expect(page.get_by_text("0 van 5 regels bekeken")).to_be_visible()
    work_off()
    page.get_by_role("link", name="Kijk hoe ver het is").click()
    expect(page.get_by_role("heading", name="Per regel")).to_be_visible()


def send_the_file_as_it_is(page: Page) -> None:
    page.get_by_label("Bestand", exact=True).set_input_files(
        {"name": "caseload.csv", "mimeType": "text/csv", "buffer": FILE.encode("cp1252")}
    )
    page.get_by_role("button", name="Versturen").click()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_caseload_goes_to_another_team_after_one_more_look(
    town: Town, visitor: Visits, size: str
):
    page = visitor.sign_in("lea@example.org", size)
    page.goto("/coach/overdragen/")
    check(page, "whose people")
    page.get_by_label("Van welke coach?").select_option(label="Anna Testema (3 inwoners)")
    page.get_by_role("button", name="Mensen laten zien").click()
    check(page, "the people of a coach")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies iedereen, of kruis aan wie overgaat.")
    check(page, "what is still missing")
    page.get_by_label("Roos Nepstra").check()
    page.get_by_label("Sam Nepstra").check()
    page.get_by_label("Naar welke coach?").select_option(label="Carla Testema")
    page.get_by_label("Waarom?").fill("Anna gaat met verlof.")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit?")
    check(page, "one more look")
    page.get_by_role("button", name="Overdragen").click()
    expect(page.get_by_text("2 inwoners zijn overgedragen aan Carla Testema.")).to_be_visible()
    other = visitor.sign_in("carla@example.org", size)
    other.get_by_role("link", name="Mensen", exact=True).first.click()
    expect(other.get_by_role("link", name="Roos Nepstra")).to_be_visible()
