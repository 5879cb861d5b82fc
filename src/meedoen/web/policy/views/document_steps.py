"""Bringing a document further: offering, adopting, sending back, and letting it come to nothing."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.records.documents.actions import adopt, drop, offer, send_back
from meedoen.records.documents.cards import DocumentCard
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.documents.steps import possible
from meedoen.rules.documents.words import DocumentMove
from meedoen.web.policy.document_forms import NoteForm, ReasonForm, tell_refusal
from meedoen.web.policy.document_shown import chapters_shown
from meedoen.web.policy.views.document_not_now import not_now
from meedoen.web.policy.views.documents import about_document, crumbs_of, opened
from meedoen.web.shared.pages import ViewerRequest, page


@dataclass(frozen=True, slots=True)
class Step:
    """How a page of a step reads; `reads_all` shows the whole document above the form."""

    move: DocumentMove
    title: Promise
    explanation: Promise
    label: Promise
    done: Promise
    form: type[NoteForm] = NoteForm
    reads_all: bool = False


OFFER = Step(
    DocumentMove.OFFERED,
    _("Aanbieden"),
    _(
        "Daarna schrijft niemand meer in het document. Een collega leest het en stelt het vast, of "
        "stuurt het terug."
    ),
    _("Aanbieden"),
    _("Het document is aangeboden. Een collega kan het nu vaststellen."),
)
ADOPT = Step(
    DocumentMove.ADOPTED,
    _("Vaststellen"),
    _(
        "De cijfers in de tekst veranderen daarna niet meer. De pagina's van de doelen worden "
        "meteen openbaar, met deze teksten."
    ),
    _("Vaststellen en openbaar maken"),
    _("Het document is vastgesteld. De pagina's van de doelen zijn openbaar."),
    reads_all=True,
)
SEND_BACK = Step(
    DocumentMove.SENT_BACK,
    _("Terugsturen"),
    _("Het document wordt weer een concept. Schrijf op wat er nog moet gebeuren."),
    _("Terugsturen"),
    _("Het document is teruggestuurd."),
    ReasonForm,
)
DROP = Step(
    DocumentMove.DROPPED,
    _("Laten vervallen"),
    _("Het document komt er niet. U kunt het nog lezen, maar niet meer veranderen."),
    _("Laten vervallen"),
    _("Het document is vervallen."),
    ReasonForm,
)
OFFERED_BY_VIEWER = _(
    "U bood dit document zelf aan. Een collega leest het en stelt het vast, of stuurt het terug."
)


@page(Permission.WRITE_DOCUMENTS)
def document_offer(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Offer a document to who adopts it."""
    return _step_page(request, key, OFFER, offer)


@page(Permission.ADOPT_DOCUMENTS)
def document_adopt(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Read a document whole and adopt it."""
    return _step_page(request, key, ADOPT, adopt)


@page(Permission.ADOPT_DOCUMENTS)
def document_send_back(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Send a document back to who writes."""
    return _step_page(request, key, SEND_BACK, send_back)


@page(Permission.WRITE_DOCUMENTS)
def document_drop(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let a draft come to nothing."""
    return _step_page(request, key, DROP, drop)


def _step_page(
    request: ViewerRequest, key: uuid.UUID, step: Step, act: Callable[..., object]
) -> HttpResponse:
    card = opened(request, key)
    sent = request.POST if request.method == "POST" else None
    if sent is None and step.move not in possible(card.state):
        return not_now(request, card, title=str(step.title))
    if sent is None and step is ADOPT and card.offered_by_viewer:
        return not_now(request, card, title=str(step.title), reason=str(OFFERED_BY_VIEWER))
    seen = {"seen": card.revision, "figures_seen": card.figures_print}
    form = step.form(sent, initial=seen)
    if sent is not None and form.is_valid() and _make(request, card, step, act, form):
        messages.success(request, str(step.done))
        return redirect("policy:document", key)
    context = {
        **about_document(card),
        "form": form,
        "step": step,
        "chapters": chapters_shown(card) if step.reads_all else [],
        "crumbs": crumbs_of(card),
    }
    status = 422 if form.errors else 200
    return render(request, "policy/document_step.html", context, status=status)


def _make(
    request: ViewerRequest,
    card: DocumentCard,
    step: Step,
    act: Callable[..., object],
    form: NoteForm,
) -> bool:
    given: dict[str, Any] = {"seen": form.cleaned_data["seen"], "note": form.cleaned_data["note"]}
    if step.move is DocumentMove.ADOPTED:
        given["figures_seen"] = form.cleaned_data["figures_seen"]
    try:
        act(request.viewer, key=card.key, **given)
    except ActionRefusedError as refused:
        tell_refusal(form, refused)
        return False
    return True
