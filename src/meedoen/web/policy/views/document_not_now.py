"""What is answered when something cannot be done with a document as it stands."""

from django.http import HttpResponse
from django.shortcuts import render

from meedoen.records.documents.cards import DocumentCard
from meedoen.web.policy.document_words import WHY_NOT_NOW
from meedoen.web.policy.views.documents import about_document, crumbs_of
from meedoen.web.shared.pages import ViewerRequest


def not_now(
    request: ViewerRequest, card: DocumentCard, *, title: str, reason: str = ""
) -> HttpResponse:
    """Say why it cannot be done, and lead back to the document (409).

    Without a `reason` it is how far the document is.
    """
    context = {
        **about_document(card),
        "title": title,
        "reason": reason or WHY_NOT_NOW[card.state],
        "crumbs": crumbs_of(card),
    }
    return render(request, "policy/document_not_now.html", context, status=409)
