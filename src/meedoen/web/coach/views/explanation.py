"""How a list of places came about, for the resident: the page for printing, and the PDF."""

import uuid

from django.http import Http404, HttpResponse
from django.urls import reverse

from meedoen.records.organisations.matching_queries import matching_setting
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.proposals.explanation_queries import ExplanationCard, explanation
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.explanation_paper import explanation_page, explanation_pdf
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.PROPOSE_PLACES, methods=("GET", "HEAD"))
def explained(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the explanation as it comes out of a printer."""
    card, person = _open(request, key)
    return explanation_page(
        request,
        card,
        matching_setting(request.viewer),
        name=person.name,
        pdf_url=reverse("coach:explanation_pdf", args=[key]),
        back=reverse("coach:proposal", args=[key]),
    )


@page(Permission.PROPOSE_PLACES, methods=("GET", "HEAD"))
def explained_pdf(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Give the explanation as PDF."""
    card, person = _open(request, key)
    return explanation_pdf(
        request,
        card,
        matching_setting(request.viewer),
        name=person.name,
        instead=reverse("coach:explanation", args=[key]),
    )


def _open(request: ViewerRequest, key: uuid.UUID) -> tuple[ExplanationCard, ResidentCard]:
    """Return the list and whom it is for, and note that it was read. Raises Http404."""
    card = explanation(request.viewer, key=key)
    if card is None:
        raise Http404
    return card, open_file(request, card.shown.resident_key, page="explanation")
