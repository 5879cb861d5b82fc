"""Who keeps a place without an account answers from the mail; a lead lets a colleague in."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from playwright.sync_api import Page, expect

from meedoen.records.organisations import clock
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import LinkPurpose
from meedoen.web.partner.mails import freshness
from meedoen.web.shared.mails import address_of
from tests.asked import NELL, links_of_each_kind, owned_by_nell
from tests.journeys.conftest import Visits, barriers
from tests.town import Town, build_town
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST_OF_MONTH = datetime(2026, 9, 1, 6, tzinfo=UTC)


@pytest.fixture
def town(transactional_db, settings, live_server) -> Town:
    """Testveld, which its people know by the address of this server."""
    settings.SITE_URL = live_server.url
    with clock.at(FIRST_OF_MONTH - timedelta(days=40)):
        return build_town()


def sound(page: Page) -> None:
    assert barriers(page) == []
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, f"{page.url} is {width} px wider than the window"


def link_in_mail(path: str) -> str:
    """Return the link of the newest mail that leads to this kind of page."""
    [found] = re.findall(rf"(http\S+/{path}/)", mail.outbox[-1].body)
    return found


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_nell_says_from_the_mail_that_her_place_is_still_right(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(FIRST_OF_MONTH):
        owned_by_nell(town, town.repair)
        freshness.put_the_month_in_queue()
        work_off()
        assert mail.outbox[-1].to == [NELL]
        link = link_in_mail("plek")
        page = visitor.open(size)
        page.goto(link)
        expect(page.get_by_role("heading", name="Fietsen maken")).to_be_visible()
        sound(page)
        in_english_and_back(page)
        page.get_by_role("button", name="Klopt nog", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Uw antwoord is bewaard")
        expect(page.get_by_text("De plek klopt nog.")).to_be_visible()
        sound(page)
        assert Place.objects.get(pk=town.repair).confirmed_on == date(2026, 9, 1)
        the_link_used_again(visitor, link, size)
        no_answer_in_a_second_window(visitor, town, size)


def in_english_and_back(page: Page) -> None:
    """Reading the page in another language is no answer, and sends nobody elsewhere."""
    address = page.url
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url == address
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def the_link_used_again(visitor: Visits, link: str, size: str) -> None:
    page = visitor.open(size)
    page.goto(link)
    expect(page.get_by_text("De plek klopt nog.")).to_be_visible()
    expect(page.get_by_text("Beantwoord op 1 september 2026")).to_be_visible()
    expect(page.get_by_text("Fietsen maken")).to_have_count(0)
    page.get_by_role("button", name="Stuur mij een nieuwe link").click()
    expect(page.get_by_text("Een nieuwe link is onderweg")).to_be_visible()
    sound(page)
    work_off()


def no_answer_in_a_second_window(visitor: Visits, town: Town, size: str) -> None:
    """With the fresh link: one window says that it is full, the other is told so."""
    link = link_in_mail("plek")
    first, second = visitor.open(size), visitor.open(size)
    first.goto(link)
    second.goto(link)
    first.get_by_role("button", name="Vol: er kan nu niemand bij").click()
    expect(first.get_by_text("De plek is vol.")).to_be_visible()
    second.get_by_role("button", name="Gestopt: deze plek is er niet meer").click()
    expect(second.get_by_text("Deze vraag was al beantwoord")).to_be_visible()
    sound(second)
    place = Place.objects.get(pk=town.repair)
    assert place.is_full
    assert place.closes_on.year == 9999


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_every_page_behind_a_link_has_no_barriers(town: Town, visitor: Visits, size: str) -> None:
    with time_machine.travel(FIRST_OF_MONTH):
        links = {
            purpose: address_of(purpose, token)
            for purpose, token in links_of_each_kind(town).items()
        }
        page = visitor.open(size)
        for link in links.values():
            assert page.goto(link).status == 200, link
            sound(page)
        assert page.goto(links.popitem()[1].replace("/antwoord/", "/antwoord/x")).status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet")
        sound(page)
    with time_machine.travel(FIRST_OF_MONTH + timedelta(days=31)):
        for link in links.values():
            assert page.goto(link).status == 410
            expect(page.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")
        sound(page)


def test_nell_tells_that_they_met_and_later_that_he_began(town: Town, visitor: Visits) -> None:
    """With one link, on a phone: it stays until there is a first day, and then it is used up."""
    with time_machine.travel(FIRST_OF_MONTH):
        token = links_of_each_kind(town)[LinkPurpose.CONFIRM_START]
        page = visitor.open("phone")
        page.goto(address_of(LinkPurpose.CONFIRM_START, token))
        page.get_by_label("We hebben kennisgemaakt").check()
        page.get_by_role("button", name="Bevestigen").click()
        expect(
            page.get_by_text("u heeft op 1 september 2026 kennisgemaakt met Sam")
        ).to_be_visible()
        sound(page)
    with time_machine.travel(FIRST_OF_MONTH + timedelta(days=6)):
        page.reload()
        expect(page.get_by_text("Kennisgemaakt sinds 1 september 2026.")).to_be_visible()
        page.get_by_label("Begonnen", exact=True).check()
        page.get_by_role("button", name="Bevestigen").click()
        expect(page.get_by_text("De eerste dag was 7 september 2026.")).to_be_visible()
        expect(page.get_by_text("Sam")).to_have_count(0)
        sound(page)


def test_pia_lets_mia_in_who_chooses_a_password_and_works(town: Town, visitor: Visits) -> None:
    with time_machine.travel(FIRST_OF_MONTH):
        page = visitor.sign_in("pia@example.org")
        page.get_by_role("link", name="Uw organisatie").click()
        page.get_by_role("link", name="Collega's uitnodigen").click()
        sound(page)
        page.get_by_role("button", name="Uitnodigen").click()
        expect(page.get_by_role("alert")).to_contain_text("2 plaatsen")
        page.get_by_label("Naam").fill("Mia Verzonnen")
        page.get_by_label("E-mailadres").fill("mia@example.org")
        page.get_by_role("button", name="Uitnodigen").click()
        expect(page.get_by_text("Mia Verzonnen kan meedoen.")).to_be_visible()
        sound(page)
        work_off()
        mia = visitor.open("phone")
        mia.goto(link_in_mail("uitnodiging"))
        sound(mia)
        mia.get_by_label("Wachtwoord", exact=True).fill("vier-paarden-in-de-wei")
        mia.get_by_label("Nog een keer hetzelfde wachtwoord").fill("vier-paarden-in-de-wei")
        mia.get_by_role("button", name="Wachtwoord bewaren").click()
        expect(mia.get_by_text("U kunt nu inloggen.")).to_be_visible()
        mia.get_by_label("E-mail").fill("mia@example.org")
        mia.get_by_label("Wachtwoord").fill("vier-paarden-in-de-wei")
        mia.get_by_role("main").get_by_role("button", name="Inloggen").click()
        expect(mia.get_by_role("heading", level=1)).to_have_text("Wat op u wacht")
        page.get_by_text("Toegang stoppen van Mia Verzonnen").click()
        page.get_by_role("button", name="Stop de toegang van Mia Verzonnen").click()
        expect(page.get_by_text("Mia Verzonnen kan niet meer inloggen")).to_be_visible()
        mia.reload()
        expect(mia.get_by_role("heading", level=1)).to_have_text("Dit account heeft geen rol")
