"""How a list of places for the viewer came about: the lists, the page for printing, the PDF."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.matching_queries import matching_setting
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard, own_file
from meedoen.records.proposals.explanation_queries import ExplanationCard, explanation
from meedoen.records.proposals.queries import lists_of
from meedoen.web.shared.explanation_paper import explanation_page, explanation_pdf
from meedoen.web.shared.pages import ViewerRequest, page

READ_ONLY = ("GET", "HEAD")
MOST_LISTS = 50


@page(Permission.SEE_OWN_PATH, methods=READ_ONLY)
def explanations(request: ViewerRequest) -> HttpResponse:
    """Show the lists that were made for the viewer, newest first."""
    own = own_file(request.viewer)
    if own is None:
        raise Http404
    context = {
        "lists": lists_of(request.viewer, pseudonym_id=own.pseudonym_id, most=MOST_LISTS),
        "municipality_code": matching_setting(request.viewer).code,
        "crumbs": [(_("Mijn pad"), reverse("resident:path"))],
    }
    return render(request, "resident/explanations.html", context)


@page(Permission.SEE_OWN_PATH, methods=READ_ONLY)
def explained(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the explanation as it comes out of a printer."""
    card, own = _open(request, key)
    return explanation_page(
        request,
        card,
        matching_setting(request.viewer),
        name=own.name,
        pdf_url=reverse("resident:explanation_pdf", args=[key]),
        back=reverse("resident:explanations"),
    )


@page(Permission.SEE_OWN_PATH, methods=READ_ONLY)
def explained_pdf(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Give the explanation as PDF."""
    card, own = _open(request, key)
    return explanation_pdf(
        request,
        card,
        matching_setting(request.viewer),
        name=own.name,
        instead=reverse("resident:explanation", args=[key]),
    )


def _open(request: ViewerRequest, key: uuid.UUID) -> tuple[ExplanationCard, ResidentCard]:
    """Return the viewer's own list and file. Raises Http404 for any other."""
    own, card = own_file(request.viewer), explanation(request.viewer, key=key)
    if own is None or card is None or card.shown.pseudonym_id != own.pseudonym_id:
        raise Http404
    return card, own
