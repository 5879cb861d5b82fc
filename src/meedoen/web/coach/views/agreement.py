"""The agreement of a placement: the page for printing, and the PDF."""

import uuid

from django.http import Http404, HttpResponse
from django.urls import reverse

from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.placements.agreement_queries import AgreementCard, agreement_of
from meedoen.records.placements.queries import resident_of
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared import agreement_paper
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.PLACE_RESIDENT, methods=("GET", "HEAD"))
def agreement_print(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the agreement as it comes out of a printer."""
    card, person = _open(request, key, page="agreement")
    return agreement_paper.agreement_page(
        request,
        card,
        name=person.name,
        municipality=request.person.municipality,
        pdf_url=reverse("coach:agreement_pdf", args=[key]),
        back=reverse("coach:placement", args=[key]),
    )


@page(Permission.PLACE_RESIDENT, methods=("GET", "HEAD"))
def agreement_pdf(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Give the agreement as PDF."""
    card, person = _open(request, key, page="agreement_pdf")
    return agreement_paper.agreement_pdf(
        request,
        card,
        name=person.name,
        municipality=request.person.municipality,
        instead=reverse("coach:agreement_print", args=[key]),
    )


def _open(
    request: ViewerRequest, key: uuid.UUID, *, page: str
) -> tuple[AgreementCard, ResidentCard]:
    """Return the agreement and whom it is about, and note that it was read. Raises Http404."""
    card = agreement_of(request.viewer, key=key)
    resident_key = resident_of(request.viewer, key=key)
    if card is None or resident_key is None:
        raise Http404
    return card, open_file(request, resident_key, page=page)
