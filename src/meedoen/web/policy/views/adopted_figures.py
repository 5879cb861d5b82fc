"""Figures of an adopted document beside what is known now, and rectifying one of them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.documents.adopted import AdoptedDocument, adopted_document, adopted_figure
from meedoen.records.documents.rectifying import rectify
from meedoen.records.figures.revised import revised
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.web.policy.adopted_forms import RectifyForm
from meedoen.web.policy.adopted_shown import about_card, adopted_row, name_of
from meedoen.web.policy.document_forms import tell_refusal
from meedoen.web.policy.document_words import moment_name
from meedoen.web.shared.counting import marks_in, shown_text
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.WRITE_DOCUMENTS, methods=("GET", "HEAD"))
def document_figures(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show every figure of an adopted document as it was adopted, as rectified and as of now."""
    document = adopted_document(request.viewer, key=key)
    if document is None:
        raise Http404
    catalogue = catalogue_of(request.viewer.municipality_id)
    figure_ids = [one.figure_id for one in document.figures if one.figure_id is not None]
    revisions = revised(request.viewer, figure_ids)
    rows = [adopted_row(catalogue, one, revisions) for one in document.figures]
    texts = [text for row in rows for text in (row.text, row.now)]
    context = {
        "document": document,
        "moment": moment_name(document.kind, document.year, document.number),
        "rows": rows,
        "revised": sum(row.is_revised for row in rows),
        "rectified": sum(bool(row.rectified) for row in rows),
        "may_rectify": request.viewer.may(Permission.ADOPT_DOCUMENTS),
        "marks": marks_in(texts),
        "crumbs": _crumbs(document),
    }
    return render(request, "policy/document_figures.html", context)


@page(Permission.ADOPT_DOCUMENTS)
def rectify_figure(request: ViewerRequest, adopted_id: int) -> HttpResponse:
    """Rectify a figure of an adopted document, with the reason."""
    found = adopted_figure(request.viewer, adopted_id=adopted_id)
    if found is None:
        raise Http404
    document, card = found
    back = reverse("policy:document_figures", args=[document.key])
    form = RectifyForm(request.POST or None, is_counted=card.is_counted)
    if request.method == "POST" and form.is_valid():
        try:
            rectify(request.viewer, adopted_id=adopted_id, **form.cleaned_data)
        except ActionRefusedError as refused:
            tell_refusal(form, refused)
        else:
            messages.success(
                request, _("Het cijfer is gerectificeerd. Beide cijfers blijven staan.")
            )
            return redirect(back)
    catalogue = catalogue_of(request.viewer.municipality_id)
    standing = card.rectifications[-1].shown if card.rectifications else card.shown
    context = {
        "title": _("Cijfer rectificeren"),
        "name": name_of(catalogue, card.indicator, card.part, card.reference_date),
        "about": about_card(card),
        "text": shown_text(standing),
        "is_counted": card.is_counted,
        "is_hidden": card.shown.hidden,
        "form": form,
        "label": _("Rectificeren"),
        "back_url": back,
        "back_label": _("Terug"),
        "crumbs": [*_crumbs(document), (_("Cijfers"), back)],
    }
    status = 422 if form.errors else 409 if card.shown.hidden else 200
    return render(request, "policy/rectify.html", context, status=status)


def _crumbs(document: AdoptedDocument) -> list[tuple[str, str]]:
    return [
        (_("Documenten"), reverse("policy:documents")),
        (document.title, reverse("policy:document", args=[document.key])),
    ]
