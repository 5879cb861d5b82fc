"""Colleagues: who may come in for the own organisation, as its lead decides."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.colleague_queries import colleagues as who_may_come_in
from meedoen.records.organisations.viewer import Permission
from meedoen.web.shared.colleague_page import colleague_page
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.INVITE_COLLEAGUES)
def colleagues(request: ViewerRequest) -> HttpResponse:
    """Let colleagues in, and end their access."""
    shown = who_may_come_in(request.viewer)
    if shown is None:
        raise Http404
    crumbs = [(_("Wat op u wacht"), reverse("partner:waiting"))]
    return colleague_page(request, shown, "partner/colleagues.html", {"crumbs": crumbs})
