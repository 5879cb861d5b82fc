"""Questions of the council about an adopted document, entered for the registrar."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.documents.cards import DocumentCard
from meedoen.records.documents.council_actions import (
    answer_council_question,
    note_council_question,
)
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.documents.words import DocumentState, Question
from meedoen.web.policy.document_forms import (
    CouncilAnswerForm,
    CouncilQuestionForm,
    tell_refusal,
)
from meedoen.web.policy.document_words import HEADINGS
from meedoen.web.policy.views.document_not_now import not_now
from meedoen.web.policy.views.documents import about_document, crumbs_of, opened
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.WRITE_DOCUMENTS)
def council_question(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Enter a question of the council about a text of the document."""
    card = opened(request, key)
    if request.method != "POST" and card.state is not DocumentState.ADOPTED:
        reason = _("De raad stelt vragen over een document dat is vastgesteld.")
        return not_now(request, card, title=_("Vraag van de raad"), reason=reason)
    sent = request.POST if request.method == "POST" else None
    form = CouncilQuestionForm(sent)
    form.fields["about"].choices = _texts(card)  # type: ignore[attr-defined]
    if sent is not None and form.is_valid() and _note(request, card, form):
        messages.success(request, _("De vraag staat erbij, ook op de openbare pagina."))
        return redirect("policy:document", key)
    return _page(request, card, form, _("Vraag van de raad"), card.title)


def _texts(card: DocumentCard) -> list[tuple[str, str]]:
    return [
        (f"{chapter.number}-{question.value}", f"{chapter.code}: {heading}")
        for chapter in card.chapters
        for question, heading in HEADINGS[card.kind].items()
    ]


def _note(request: ViewerRequest, card: DocumentCard, form: CouncilQuestionForm) -> bool:
    given = dict(form.cleaned_data)
    number, question = given.pop("about").split("-")
    try:
        note_council_question(
            request.viewer,
            key=card.key,
            chapter=int(number),
            question=Question(question),
            **given,
        )
    except ActionRefusedError as refused:
        tell_refusal(form, refused)
        return False
    return True


@page(Permission.WRITE_DOCUMENTS)
def council_answer(request: ViewerRequest, key: uuid.UUID, question_key: uuid.UUID) -> HttpResponse:
    """Answer a question of the council; a later answer takes the place of an earlier one."""
    card = opened(request, key)
    asked = next((one for one in card.council_questions if one.key == question_key), None)
    if asked is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = CouncilAnswerForm(sent, initial={"text": asked.answer or ""})
    if sent is not None and form.is_valid():
        try:
            answer_council_question(
                request.viewer, question_key=question_key, text=form.cleaned_data["text"]
            )
        except ActionRefusedError as refused:
            tell_refusal(form, refused)
        else:
            messages.success(request, _("Het antwoord staat erbij, ook op de openbare pagina."))
            return redirect("policy:document", key)
    return _page(request, card, form, _("Antwoord aan de raad"), f"{asked.asked_by}: {asked.text}")


def _page(
    request: ViewerRequest,
    card: DocumentCard,
    form: CouncilQuestionForm | CouncilAnswerForm,
    title: str,
    lead: str,
) -> HttpResponse:
    context = {
        **about_document(card),
        "form": form,
        "title": title,
        "lead": lead,
        "label": _("Bewaren"),
        "crumbs": crumbs_of(card),
    }
    return render(request, "policy/one_form.html", context, status=422 if form.errors else 200)
