"""Referrals among all that happened to somebody: the same lines for the coach and the resident."""

from dataclasses import replace

from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.queries import steps_about
from meedoen.rules.vocabulary import ReferralEvent
from meedoen.web.shared.referral_lines import story_items
from meedoen.web.shared.story import Item
from meedoen.web.shared.words import THEMES, mid_sentence

TOLD = (
    ReferralEvent.SENT,
    ReferralEvent.ACCEPTED,
    ReferralEvent.DECLINED,
    ReferralEvent.FORWARDED,
    ReferralEvent.LAPSED,
    ReferralEvent.HANDED_BACK,
    ReferralEvent.STARTED,
    ReferralEvent.DONE,
    ReferralEvent.STOPPED,
    ReferralEvent.REVOKED,
)
"""What is told among the rest: sent, answered and ended; the other steps stand on its own page."""


def referral_items(viewer: Viewer, *, pseudonym_id: int) -> list[Item]:
    """Return what happened to the referrals about somebody, newest first."""
    found = steps_about(viewer, pseudonym_id=pseudonym_id, events=TOLD)
    items = story_items([one.step for one in found])
    return [
        replace(item, title=_title(mid_sentence(THEMES[one.theme]), item.title))
        for one, item in zip(found, items, strict=True)
    ]


def _title(theme: str, what: str) -> str:
    return _("Verwijzing (%(theme)s): %(what)s") % {"theme": theme, "what": what}
