"""Nell answers a referral from her mail, without an account, and Anna reads what came of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from playwright.sync_api import Page, expect

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership
from meedoen.rules.vocabulary import ContactRole
from meedoen.web.partner.mails import referrals
from tests.asked import NELL, new_contact
from tests.journeys.conftest import Visits, barriers
from tests.records.referrals.scenes import ASKED, new_referral, sent, werkplaats
from tests.town import Town, build_town
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def town(transactional_db, settings, live_server) -> Town:
    """Testveld, where nobody can sign in for De Werkplaats and Nell is asked about it."""
    settings.SITE_URL = live_server.url
    with clock.at(NOW):
        made = build_town()
        Membership.objects.filter(pk=made.otto.membership_id).update(ended_at=clock.now())
        new_contact(made, made.repair, role=ContactRole.COORDINATOR)
    return made


def sound(page: Page) -> None:
    assert barriers(page) == []
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, f"{page.url} is {width} px wider than the window"


def mailed_link(path: str) -> str:
    """Return the link in the newest mail, which is sent first."""
    referrals.put_new_mails_in_queue()
    work_off()
    assert mail.outbox[-1].to == [NELL]
    [found] = re.findall(rf"(http\S+/{path}/)", mail.outbox[-1].body)
    return found


def look(page: Page) -> None:
    """Read what stands there before anybody pressed, and press."""
    expect(page.get_by_text("Sam Nepstra")).to_have_count(0)
    sound(page)
    page.get_by_role("button", name="Bekijk de vraag").click()
    expect(page.get_by_text("Sam Nepstra")).to_be_visible()
    expect(page.get_by_text(ASKED)).to_be_visible()
    sound(page)


def answer(page: Page, link: str) -> None:
    """Say no without a reason first, then yes."""
    page.goto(link)
    look(page)
    page.get_by_text("Nee, dit kan niet").click()
    page.get_by_role("button", name="Nee zeggen").click()
    expect(page.get_by_text("Kies waarom het niet kan.").first).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Ja zeggen").click()
    expect(page.get_by_text("U zei ja. Dank u wel!")).to_be_visible()
    expect(page.get_by_text("Sam")).to_have_count(0)
    sound(page)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_nell_answers_from_the_mail_and_anna_reads_what_came_of_it(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        key = sent(town.anna, new_referral(town.sam.pseudonym_id, [werkplaats(town)]))
        coach = visitor.sign_in("anna@example.org", size)
        coach.goto(f"/coach/verwijzingen/{key}/")
        expect(coach.get_by_text("de mail is nog niet weg")).to_be_visible()
        link = mailed_link("verwijzing")
        coach.reload()
        expect(coach.get_by_text("de mail is nog niet weg")).to_have_count(0)
        page = visitor.open(size)
        answer(page, link)
        page.goto(mailed_link("hoe-het-gaat"))
        look(page)
        page.get_by_role("button", name="Noteren dat het begon").click()
        expect(page.get_by_text("U vertelde dat het begon.")).to_be_visible()
        link = mailed_link("hoe-het-gaat")
    with time_machine.travel(NOW + timedelta(days=20)):
        page = visitor.open(size)
        page.goto(link)
        look(page)
        page.get_by_label("Doet mee").check()
        page.get_by_label("Wilt u er iets bij zeggen?").first.fill("Komt elke dinsdag.")
        page.get_by_role("button", name="Afsluiten").click()
        expect(page.get_by_text("U vertelde wat ervan kwam.")).to_be_visible()
        sound(page)
        coach = visitor.sign_in("anna@example.org", size)
        coach.goto(f"/coach/verwijzingen/{key}/")
        expect(coach.get_by_text("Doet mee").first).to_be_visible()
        expect(coach.get_by_text("Komt elke dinsdag.")).to_be_visible()
        sound(coach)
