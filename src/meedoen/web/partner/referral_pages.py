"""Pages about referrals for organisations: other roles that may refer have pages of their own."""

import uuid
from collections.abc import Callable
from typing import Any, ParamSpec

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_reading
from meedoen.records.organisations.viewer import PARTNERS, Permission
from meedoen.records.referrals.queries import ReferralCard, referral
from meedoen.rules.vocabulary import ReferralAbout
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.role_pages import View, role_page

P = ParamSpec("P")
PAGE = "referral"
"""How these pages are called where it is kept who read what."""


def partner_page(
    permission: Permission, *, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[[View[P]], View[P]]:
    """Make a page for people of an organisation with this permission."""
    return role_page(PARTNERS, permission, methods=methods)


def open_own(request: ViewerRequest, key: uuid.UUID) -> ReferralCard:
    """Return a referral of the own organisation; note that it was read. Raises Http404."""
    card = referral(request.viewer, key=key)
    if card is None:
        raise Http404
    if card.pseudonym_id is not None:
        note_reading(request.viewer, pseudonym_id=card.pseudonym_id, page=PAGE)
    return card


def crumbs_of(card: ReferralCard | None) -> list[tuple[str, str]]:
    """Return the way back: what waits, the lists, and the referral that is being written."""
    crumbs = [
        (_("Wat op u wacht"), reverse("partner:waiting")),
        (_("Verwijzingen"), reverse("partner:referrals")),
    ]
    if card is not None:
        crumbs.append((_("Verwijzing"), reverse("partner:referral", args=[card.key])))
    return crumbs


def show_step(
    request: ViewerRequest, template: str, form: Any, card: ReferralCard | None, **more: Any
) -> HttpResponse:
    """Show a step of writing a referral; `card` is None for one that begins."""
    wrong = form.errors and more.get("errors_shown", True)
    about = card.about if card else None
    context = {
        "form": form,
        "card": card,
        "about_somebody": about is not ReferralAbout.QUESTION,
        "crumbs": crumbs_of(card),
        **more,
    }
    return render(request, template, context, status=422 if wrong else 200)
