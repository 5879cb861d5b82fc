"""What Otto tells of a referral is read by Anna and by Roos in the same words."""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from meedoen.records.organisations import clock
from meedoen.records.referrals.answers import accept
from meedoen.records.referrals.course import finish
from meedoen.rules.vocabulary import ReferralOutcome
from tests.journeys.conftest import Visits, barriers
from tests.records.referrals.scenes import asks_of, new_referral, sent, told, werkplaats
from tests.town import Town, build_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
WORDS = "Komt elke dinsdag."


@pytest.fixture
def town(transactional_db) -> Town:
    """Testveld, where Roos can sign in."""
    with clock.at(NOW):
        return build_town()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_coach_and_the_resident_read_the_same_line(
    town: Town, visitor: Visits, size: str
) -> None:
    with time_machine.travel(NOW):
        roos = town.roos_file
        new = new_referral(roos.pseudonym_id, [werkplaats(town)], told=told(name=roos.name))
        key = sent(town.anna, new)
        [ask] = asks_of(town, key)
        accept(town.otto, key=ask.key)
        outcome = ReferralOutcome.TAKES_PART
        finish(town.otto, key=ask.key, on=NOW.date(), outcome=outcome, words=WORDS)
        for who, address in (
            ("anna", f"/coach/verwijzingen/{key}/"),
            ("roos", f"/mijn/verwijzing/{key}/"),
        ):
            page = visitor.sign_in(f"{who}@example.org", size)
            page.goto(address)
            reads_the_line(page)


def reads_the_line(page: Page) -> None:
    expect(page.get_by_text("Doet mee").first).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert barriers(page) == []
