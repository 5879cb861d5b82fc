"""A document on paper: the page for printing and the PDF, from one template, always in Dutch."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from meedoen.records.documents.cards import DocumentCard
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission
from meedoen.web.policy.document_shown import chapters_shown
from meedoen.web.policy.views.documents import about_document, opened
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.pdf import PdfUnavailableError, as_pdf, pdf_answer, pdf_unavailable

READ_ONLY = ("GET", "HEAD")


@page(Permission.WRITE_DOCUMENTS, methods=READ_ONLY)
def document_print(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the document as it comes out of a printer."""
    card = opened(request, key)
    with translation.override("nl"):
        context = _context(request, card) | {
            "pdf_url": reverse("policy:document_pdf", args=[key]),
            "back": reverse("policy:document", args=[key]),
        }
        return render(request, "print/document.html", context)


@page(Permission.WRITE_DOCUMENTS, methods=READ_ONLY)
def document_pdf(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Give the document as PDF."""
    card = opened(request, key)
    with translation.override("nl"):
        html = render_to_string("print/document.html", _context(request, card))
        try:
            pdf = as_pdf(html, title=card.title)
        except PdfUnavailableError:
            return pdf_unavailable(request, instead=reverse("policy:document_print", args=[key]))
    number = f"-{card.number}" if card.number else ""
    return pdf_answer(pdf, name=f"{card.kind}-{card.year}{number}")


def _context(request: ViewerRequest, card: DocumentCard) -> dict[str, object]:
    return {
        **about_document(card),
        "chapters": chapters_shown(card),
        "municipality": request.person.municipality,
        "printed_on": clock.today(),
    }
