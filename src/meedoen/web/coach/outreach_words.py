"""Reaching people, in words: what is planned, who wants no contact, how far a list is."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.conversations.campaign_queries import CampaignCard, MemberState
from meedoen.records.conversations.outreach_queries import LastAttempt
from meedoen.records.organisations.queries import DistrictCard
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import CHANNELS, OUTCOMES, Words, listed, mid_sentence

MEMBER_STATES: Mapping[MemberState, Words] = {
    MemberState.NOT_YET: _("Nog niet geprobeerd"),
    MemberState.TRY_AGAIN: _("Nu weer proberen"),
    MemberState.TRIED: _("Geprobeerd"),
    MemberState.NO_CONTACT: _("Wil geen contact"),
    MemberState.REACHED: _("Bereikt"),
}

MEMBER_STATE_KINDS: Mapping[MemberState, str] = {
    MemberState.NOT_YET: "neutral",
    MemberState.TRY_AGAIN: "warning",
    MemberState.TRIED: "neutral",
    MemberState.NO_CONTACT: "inactive",
    MemberState.REACHED: "success",
}
"""The kind of status badge that goes with a state; its words say the same."""


def alone_text(until: date) -> str:
    """Say until when somebody wants no contact, for in a table."""
    return gettext("wil geen contact tot %(day)s") % {"day": day_text(until, "medium")}


def attempt_text(attempt: LastAttempt) -> str:
    """Say when and how somebody was tried last, and how it came out."""
    return gettext("%(day)s, %(channel)s: %(outcome)s") % {
        "day": day_text(attempt.made_on, "medium"),
        "channel": mid_sentence(CHANNELS[attempt.channel]),
        "outcome": mid_sentence(OUTCOMES[attempt.outcome]),
    }


def criteria_text(card: CampaignCard, districts: Mapping[int, DistrictCard]) -> str:
    """Say of whom a list was made, such as "Noord en Zuid: iedereen"."""
    names = [districts[one].name for one in card.district_ids if one in districts]
    where = listed(names) if names else gettext("alle wijken")
    return gettext("%(who)s, uit %(where)s") % {"who": _who(card), "where": where}


def _who(card: CampaignCard) -> str:
    if card.never_spoken:
        return gettext("Met wie nog nooit is gesproken")
    if card.not_spoken_months is not None:
        return gettext("Met wie %(months)s maanden of langer niet is gesproken") % {
            "months": card.not_spoken_months
        }
    return gettext("Iedereen")
