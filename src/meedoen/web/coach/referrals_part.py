"""Referrals on other pages of a coach: what waits today, and those of one person."""

from typing import Any

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.queries import ReferralCard, referrals_of
from meedoen.records.referrals.today import Some, referral_news, referrals_today
from meedoen.web.shared.referral_lines import (
    ReferralLine,
    received_line,
    referral_line,
    story_items,
)
from meedoen.web.shared.story import Item


def waiting_referrals(viewer: Viewer, *, coach_id: int | None) -> dict[str, Any]:
    """Return what waits of referrals for a coach, or for the team; nothing when nothing does."""
    found = referrals_today(viewer, coach_id=coach_id)
    if found is None or not found.total:
        return {}
    return {
        "referrals": {
            "back": _lines(found.back),
            "received": [received_line(card) for card in found.received.cards],
            "to_place": _lines(found.to_place),
            "late": _lines(found.late),
            "more": sum(
                part.more for part in (found.back, found.received, found.to_place, found.late)
            ),
        }
    }


def answered_referrals(viewer: Viewer, *, coach_id: int | None) -> list[tuple[ReferralCard, Item]]:
    """Return what others did with the referrals of a coach, or of the team, in the last days."""
    found = referral_news(viewer, coach_id=coach_id)
    return [(one.card, story_items([one.step])[0]) for one in found]


def lines_of_person(viewer: Viewer, *, pseudonym_id: int) -> list[ReferralLine]:
    """Return the referrals about somebody, newest first."""
    cards = referrals_of(viewer, pseudonym_id=pseudonym_id)
    return [referral_line(card) for card in cards]


def _lines(some: Some[ReferralCard]) -> list[ReferralLine]:
    return [referral_line(card) for card in some.cards]
