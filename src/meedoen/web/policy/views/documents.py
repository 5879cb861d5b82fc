"""Documents of the budget cycle: the list, a new one, and one with all that stands in it."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meedoen.records.documents.actions import add_chapter, make_document, remove_chapter
from meedoen.records.documents.cards import DocumentCard
from meedoen.records.documents.comment_actions import settle
from meedoen.records.documents.queries import (
    DocumentFilter,
    document,
    documents,
    goals_to_add,
    goals_to_write_about,
    years_of_documents,
)
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.documents.reference_days import is_account_of_part
from meedoen.rules.documents.steps import possible
from meedoen.rules.documents.words import DocumentState
from meedoen.web.policy.document_forms import (
    AddChapterForm,
    CompareForm,
    ListForm,
    NewDocumentForm,
    tell_refusal,
)
from meedoen.web.policy.document_shown import chapters_shown
from meedoen.web.policy.document_words import KINDS, MOVES, STATE_KINDS, STATES, moment_name
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number, row_number

SETTLE, REMOVE = "settle", "remove-chapter"
"""What the small forms on the page of a document send."""


@page(Permission.WRITE_DOCUMENTS, methods=("GET", "HEAD"))
def documents_page(request: ViewerRequest) -> HttpResponse:
    """Show the documents."""
    form = ListForm(request.GET, years=years_of_documents(request.viewer))
    if not form.is_valid():
        return render(request, "policy/documents.html", {"form": form}, status=422)
    found = documents(request.viewer, wanted=form.wanted, page=page_number(request))
    context = {
        "form": form,
        "page": found,
        "rows": [
            {
                "line": one,
                "kind": KINDS[one.kind],
                "state": STATES[one.state],
                "state_kind": STATE_KINDS[one.state],
            }
            for one in found.cards
        ],
        "query": before_page(request),
        "comparing": CompareForm(None, offered=to_choose(request.viewer)),
        "is_narrowed": bool(request.GET),
    }
    return render(request, "policy/documents.html", context)


def to_choose(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the newest documents to choose from, as key and title."""
    cards = documents(viewer, wanted=DocumentFilter()).cards
    standing = [one for one in cards if one.state is not DocumentState.DROPPED]
    return [(str(one.key), f"{one.title} ({STATES[one.state]})") for one in standing]


@page(Permission.WRITE_DOCUMENTS)
def document_new(request: ViewerRequest) -> HttpResponse:
    """Begin a document."""
    sent = request.POST if request.method == "POST" else None
    form = NewDocumentForm(
        sent, goals=goals_to_write_about(request.viewer), earlier=to_choose(request.viewer)
    )
    if sent is not None and form.is_valid():
        given = form.cleaned_data
        try:
            key = make_document(
                request.viewer,
                kind=given["kind"],
                year=given["year"],
                number=given["number"] or 0,
                title=given["title"],
                reference_date=given["reference_date"],
                codes=given["codes"] or None,
                start_from=uuid.UUID(given["start_from"]) if given["start_from"] else None,
            )
        except ActionRefusedError as refused:
            tell_refusal(form, refused)
        else:
            messages.success(request, _("Het document is begonnen. Schrijf nu de teksten."))
            if is_account_of_part(given["kind"], given["year"], given["reference_date"]):
                messages.warning(request, _account_of_part(given["reference_date"]))
            return redirect("policy:document", key)
    context = {
        "form": form,
        "title": _("Nieuw document"),
        "label": pgettext("on a button", "Beginnen"),
        "crumbs": [(_("Documenten"), reverse("policy:documents"))],
    }
    return render(request, "policy/one_form.html", context, status=422 if form.errors else 200)


def _account_of_part(on: date) -> str:
    words = {"day": day_text(on)}
    return (
        _(
            "De peildatum is niet 31 december. De tabel van deze jaarrekening noemt daarom de "
            "stand op %(day)s, en niet wat in het hele jaar is behaald. Klopt dat niet? Laat dit "
            "document dan vervallen en begin opnieuw."
        )
        % words
    )


@page(Permission.WRITE_DOCUMENTS)
def document_page(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a document; settle a comment, add a chapter or take one out."""
    card = opened(request, key)
    adding = _adding(request, key)
    if request.method == "POST" and (done := _change(request, card, adding)):
        return done
    is_draft = card.state is DocumentState.DRAFT
    context = {
        **about_document(card),
        "chapters": chapters_shown(card),
        "comments": [one for one in card.comments if one.chapter == 0],
        "moves": [one.value for one in possible(card.state)],
        "steps": [{"card": one, "name": MOVES[one.move]} for one in card.steps],
        "is_draft": is_draft,
        "may_comment": card.state in {DocumentState.DRAFT, DocumentState.OFFERED},
        "adding": adding if is_draft and adding.fields["code"].choices else None,  # type: ignore[attr-defined]
        "form": adding,
        "crumbs": [(_("Documenten"), reverse("policy:documents"))],
    }
    return render(request, "policy/document.html", context, status=422 if adding.errors else 200)


def opened(request: ViewerRequest, key: uuid.UUID) -> DocumentCard:
    """Return a document. Raises Http404 when it is not there or not for this viewer."""
    card = document(request.viewer, key=key)
    if card is None:
        raise Http404
    return card


def about_document(card: DocumentCard) -> dict[str, Any]:
    """Return what every page of a document says about it."""
    return {
        "document": card,
        "moment": moment_name(card.kind, card.year, card.number),
        "state": STATES[card.state],
        "state_kind": STATE_KINDS[card.state],
    }


def crumbs_of(card: DocumentCard) -> list[tuple[str, str]]:
    """Return the way to a page of a document."""
    return [
        (_("Documenten"), reverse("policy:documents")),
        (card.title, reverse("policy:document", args=[card.key])),
    ]


def _adding(request: ViewerRequest, key: uuid.UUID) -> AddChapterForm:
    form = AddChapterForm(request.POST if "code" in request.POST else None)
    form.fields["code"].choices = [  # type: ignore[attr-defined]
        (code, f"{code} {title}") for code, title in goals_to_add(request.viewer, key=key)
    ]
    return form


def _change(
    request: ViewerRequest, card: DocumentCard, adding: AddChapterForm
) -> HttpResponse | None:
    """Do what was asked and go back to the document; None when a form was filled in wrongly."""
    if adding.is_bound and not adding.is_valid():
        return None
    settled = row_number(request.POST.get(SETTLE, ""))
    removed = row_number(request.POST.get(REMOVE, ""))
    try:
        if adding.is_bound:
            add_chapter(request.viewer, key=card.key, code=adding.cleaned_data["code"])
        elif removed is not None:
            remove_chapter(request.viewer, key=card.key, chapter=removed)
        elif settled is not None:
            settle(request.viewer, key=card.key, comment_id=settled)
    except ActionRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("policy:document", card.key)
