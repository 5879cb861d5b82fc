"""Who may come in for an organisation, as a team lead decides for any of the municipality."""

import uuid

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.colleague_queries import colleagues as who_may_come_in
from meedoen.records.organisations.viewer import PARTNERS, Permission
from meedoen.web.shared.colleague_page import colleague_page
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.INVITE_COLLEAGUES)
def colleagues(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let people in at an organisation, and end their access."""
    shown = who_may_come_in(request.viewer, organisation_key=key)
    # A lead of a partner has a page of their own for this.
    if shown is None or request.viewer.role in PARTNERS:
        raise Http404
    crumbs = [
        (_("Organisaties"), reverse("coach:organisations")),
        (shown.name, reverse("coach:organisation", args=[key])),
    ]
    return colleague_page(request, shown, "coach/colleagues.html", {"crumbs": crumbs})
