"""What the pages about own referrals share: opening one, and the part on the own page."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.people.queries import ResidentCard, own_file
from meedoen.records.referrals.queries import ReferralCard, referral, referrals_of
from meedoen.records.referrals.reach import out_of_reach
from meedoen.records.referrals.receivers import named
from meedoen.rules.referrals.states import CLOSED
from meedoen.web.resident.referral_words import acts_text, sender_text
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.referral_lines import ReferralLine, referral_line
from meedoen.web.shared.referral_receivers import named_line
from meedoen.web.shared.role_pages import View, role_page
from meedoen.web.shared.words import listed

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A referral in the list of the person: the line of its sender, and who must act, to them."""

    line: ReferralLine
    sender: str
    acts: str


def resident_page() -> Callable[[View[P]], View[P]]:
    """Make a page about own referrals; others who refer have pages of their own."""
    return role_page({Role.RESIDENT}, Permission.REFER)


def open_own(request: ViewerRequest, key: uuid.UUID) -> tuple[ReferralCard, ResidentCard]:
    """Return a referral about the viewer, with the own file. Raises Http404."""
    own = demand_file(request.viewer)
    card = referral(request.viewer, key=key)
    if card is None:
        raise Http404
    return card, own


def demand_file(viewer: Viewer) -> ResidentCard:
    """Return the own file. Raises Http404 without one."""
    own = own_file(viewer)
    if own is None:
        raise Http404
    return own


def own_referrals(viewer: Viewer, *, pseudonym_id: int) -> dict[str, list[OwnLine]]:
    """Return the own referrals for the own page: those that are open, and those that are over.

    What was thrown away before it was sent is left out: nobody got it.
    """
    cards = [
        card
        for card in referrals_of(viewer, pseudonym_id=pseudonym_id)
        if card.sent_on is not None or card.state not in CLOSED
    ]
    return {
        "open": [_own_line(card) for card in cards if card.state not in CLOSED],
        "over": [_own_line(card) for card in cards if card.state in CLOSED],
    }


def places_asked(viewer: Viewer, card: ReferralCard) -> list[str]:
    """Return for which places it was or will be asked, one for each receiver; empty for none."""
    if card.wanted:
        return [one.place for one in named(viewer, card.wanted)]
    return [one.place for one in card.asks if one.round == card.round]


def receivers_wanted(viewer: Viewer, card: ReferralCard) -> list[tuple[str, str]]:
    """Return who would be asked next, each with the place that it is about."""
    return [named_line(one) for one in named(viewer, card.wanted)]


def unreached_text(viewer: Viewer, card: ReferralCard) -> str:
    """Return who of those that would be asked hears of nothing, and what to do; else empty."""
    receivers = named(viewer, card.wanted)
    unreached = out_of_reach(viewer, receivers=[one.receiver for one in receivers])
    names = [named_line(one)[0] for one in receivers if one.receiver in unreached]
    if not names:
        return ""
    return ngettext(
        "%(names)s leest dit niet vanzelf. Vraag uw coach om te bellen.",
        "%(names)s lezen dit niet vanzelf. Vraag uw coach om te bellen.",
        len(names),
    ) % {"names": listed(names)}


def crumbs_of(card: ReferralCard | None = None) -> list[tuple[str, str]]:
    """Return the way back to the own page, and to the referral that is being written."""
    crumbs = [(_("Mijn pad"), reverse("resident:path"))]
    if card is not None:
        crumbs.append((_("Verwijzing"), reverse("resident:referral", args=[card.key])))
    return crumbs


def _own_line(card: ReferralCard) -> OwnLine:
    return OwnLine(referral_line(card), sender_text(card), acts_text(card))
