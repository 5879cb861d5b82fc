"""Pages about referrals for coaches: other roles that may refer have pages of their own."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import COACHES, Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.referrals.queries import ReferralCard, referral
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page

P = ParamSpec("P")
View = Callable[Concatenate[ViewerRequest, P], HttpResponse]


def coach_page(
    permission: Permission, *, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[[View[P]], View[P]]:
    """Make a page for coaches and team leads with this permission."""

    def decorate(view: View[P]) -> View[P]:
        guarded = page(permission, methods=methods)(view)

        # The guard comes along: `wraps` copies what stands on the function.
        @wraps(guarded)
        def of_coaches(
            request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            if request.viewer.role not in COACHES:
                raise Http404
            return guarded(request, *args, **kwargs)

        return of_coaches

    return decorate


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
