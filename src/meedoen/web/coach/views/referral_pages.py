"""Pages about referrals for coaches: other roles that may refer have pages of their own."""

import uuid
from collections.abc import Callable
from typing import ParamSpec

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import COACHES, Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.referrals.queries import ReferralCard, referral
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.role_pages import View, role_page

P = ParamSpec("P")


def coach_page(
    permission: Permission, *, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[[View[P]], View[P]]:
    """Make a page for coaches and team leads with this permission."""
    return role_page(COACHES, permission, methods=methods)


def open_referral(
    request: ViewerRequest, key: uuid.UUID
) -> tuple[ReferralCard, ResidentCard | None]:
    """Return a referral, and whose file it belongs to; note that it was read. Raises Http404."""
    card = referral(request.viewer, key=key)
    if card is None:
        raise Http404
    if card.person_key is None:
        return card, None
    return card, open_file(request, card.person_key, page="referral")


def crumbs_of(card: ReferralCard | None) -> list[tuple[str, str]]:
    """Return the way back: the lists, and the referral that is being written or answered."""
    crumbs = [(_("Verwijzingen"), reverse("coach:referrals"))]
    if card is not None:
        crumbs.append((_("Verwijzing"), reverse("coach:referral", args=[card.key])))
    return crumbs
