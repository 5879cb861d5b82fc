"""What its sender left lying does not lie for ever, nor does what it tells about somebody."""

from datetime import timedelta

import pytest

from meedoen.records.organisations import clock
from meedoen.records.referrals.answers import decline
from meedoen.records.referrals.clock_actions import end_forgotten
from meedoen.records.referrals.drafts import draft_referral
from meedoen.records.referrals.models import SharedFacts
from meedoen.records.referrals.tasks import keep_referrals_going
from meedoen.rules.vocabulary import (
    DeclineReason,
    ReferralAbout,
    ReferralOutcome,
    ReferralState,
)
from tests.records.referrals.scenes import (
    asks_of,
    new_referral,
    row_of,
    sent,
    told,
    werkplaats,
)

pytestmark = pytest.mark.django_db
DUE, KEPT = 7, 180


def after(days: int):
    return clock.at(clock.now() + timedelta(days=days))


def about_noor(town):
    somebody = {"about": ReferralAbout.NEW_PERSON, "told": told("Noor Verzonnen")}
    return new_referral(None, [werkplaats(town)], **somebody)


def facts(town) -> list[str]:
    return list(SharedFacts.objects.visible_to(town.system).values_list("facts", flat=True))


def test_a_draft_that_nobody_sends_is_thrown_away_with_what_it_tells(town):
    key = draft_referral(town.petra, new=about_noor(town))
    with after(DUE + KEPT - 1):
        assert end_forgotten(town.system) == 0
    assert "Noor" in facts(town)[0]
    with after(DUE + KEPT):
        assert end_forgotten(town.system) == 1
        assert end_forgotten(town.system) == 0
    assert row_of(town, key).state == ReferralState.REVOKED
    assert facts(town) == [""]


def test_what_came_back_and_was_left_stops_and_is_forgotten_in_the_end(town):
    key = sent(town.petra, about_noor(town))
    (ask,) = asks_of(town, key)
    decline(town.otto, key=ask.key, reason=DeclineReason.NOT_OUR_GROUP)
    with after(DUE + KEPT):
        keep_referrals_going.call(town.system.municipality_id)
    row = row_of(town, key)
    assert (row.state, row.outcome) == (ReferralState.STOPPED, ReferralOutcome.NOBODY_CAN)
    assert "Noor" in facts(town)[0]
    with after(DUE + 2 * KEPT):
        keep_referrals_going.call(town.system.municipality_id)
    assert facts(town) == [""]
