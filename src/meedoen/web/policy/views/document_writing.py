"""Writing in a document: texts with figures, traffic lights, and what colleagues say of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meedoen.records.documents.cards import ChapterCard, CommentCard, DocumentCard, QuotableLine
from meedoen.records.documents.comment_actions import answer, comment, settle
from meedoen.records.documents.helping_queries import figures_to_quote
from meedoen.records.documents.queries import preview_of, problems_of
from meedoen.records.documents.writing_actions import set_light, write_text
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.documents.headings import WITH_LIGHTS
from meedoen.rules.documents.steps import COMMENTED_IN, WRITTEN_IN
from meedoen.rules.documents.words import LightSubject, Question
from meedoen.rules.indicators.disclosure import Shown
from meedoen.web.policy.document_forms import (
    CommentForm,
    LightForm,
    ReplyForm,
    TextForm,
    tell_refusal,
)
from meedoen.web.policy.document_shown import (
    about,
    in_paragraphs,
    name_of,
    newest_text,
    not_newest,
)
from meedoen.web.policy.document_words import HEADINGS, SUBJECTS
from meedoen.web.policy.views.document_not_now import not_now
from meedoen.web.policy.views.documents import about_document, crumbs_of, opened
from meedoen.web.shared.counting import shown_text
from meedoen.web.shared.pages import ViewerRequest, page

PREVIEW = "preview"


@page(Permission.WRITE_DOCUMENTS)
def document_text(
    request: ViewerRequest, key: uuid.UUID, chapter: int, question: str
) -> HttpResponse:
    """Write the text of a question of a chapter, and look at it before it is kept."""
    card = opened(request, key)
    theirs = chapter_at(card, chapter)
    asked = question_of(question)
    standing = next((one for one in theirs.texts if one.question is asked), None)
    if standing is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    if sent is None and card.state not in WRITTEN_IN:
        return not_now(request, card, title=str(HEADINGS[card.kind][asked]))
    form = TextForm(sent, initial={"text": standing.text, "seen": standing.text_id})
    looks = sent is not None and sent.get("step") == PREVIEW
    if sent is not None and form.is_valid() and not looks:
        try:
            write_text(
                request.viewer,
                key=key,
                chapter=chapter,
                question=asked,
                text=form.cleaned_data["text"],
                seen=form.cleaned_data["seen"],
            )
        except ActionRefusedError as refused:
            tell_refusal(form, refused)
        else:
            messages.success(request, _("Bewaard. De tekst ervoor blijft te lezen."))
            return _to_chapter(key, chapter)
    text = form.cleaned_data.get("text", "") if form.is_bound else ""
    if looks:
        for line in problems_of(request.viewer, key=key, text=text):
            form.add_error("text", line)
    looked_at = in_paragraphs(preview_of(request.viewer, key=key, text=text)) if text else []
    context = {
        **about_document(card),
        "form": form,
        "chapter": theirs,
        "heading": HEADINGS[card.kind][asked],
        "preview": looked_at,
        "not_newest": not_newest(looked_at),
        "lines": [_line(one) for one in figures_to_quote(request.viewer, key=key, chapter=chapter)],
        "standing": standing,
        "crumbs": crumbs_of(card),
    }
    status = 422 if form.errors else 200
    return render(request, "policy/document_text.html", context, status=status)


@page(Permission.WRITE_DOCUMENTS)
def document_light(
    request: ViewerRequest, key: uuid.UUID, chapter: int, subject: str
) -> HttpResponse:
    """Set a traffic light of a chapter."""
    card = opened(request, key)
    theirs = chapter_at(card, chapter)
    asked = light_of(card, subject)
    words = {"code": theirs.code, "subject": SUBJECTS[asked]}
    title = _("Stoplicht van doel %(code)s: %(subject)s") % words
    if request.method != "POST" and card.state not in WRITTEN_IN:
        return not_now(request, card, title=title)
    standing = theirs.lights.get(asked)
    initial = (
        {
            "colour": standing.colour.value,
            "cause": standing.cause,
            "consequence": standing.consequence,
            "steering": standing.steering,
        }
        if standing
        else {}
    )
    sent = request.POST if request.method == "POST" else None
    form = LightForm(sent, initial=initial)
    if sent is not None and form.is_valid():
        try:
            set_light(request.viewer, key=key, chapter=chapter, subject=asked, **form.cleaned_data)
        except ActionRefusedError as refused:
            tell_refusal(form, refused)
        else:
            messages.success(request, _("Het stoplicht is gezet."))
            return _to_chapter(key, chapter)
    return _form_page(request, card, form, title=title, label=_("Bewaren"), lead=theirs.title)


@page(Permission.WRITE_DOCUMENTS)
def document_comment(
    request: ViewerRequest, key: uuid.UUID, chapter: int, question: str = ""
) -> HttpResponse:
    """Say something about a document (chapter 0), a chapter, or one of its texts."""
    card = opened(request, key)
    theirs = chapter_at(card, chapter) if chapter else None
    asked = question_of(question) if question else None
    sent = request.POST if request.method == "POST" else None
    if sent is None and card.state not in COMMENTED_IN:
        return not_now(request, card, title=_("Opmerking plaatsen"))
    form = CommentForm(sent)
    if sent is not None and form.is_valid():
        try:
            comment(
                request.viewer,
                key=key,
                chapter=chapter,
                question=asked,
                text=form.cleaned_data["text"],
            )
        except ActionRefusedError as refused:
            tell_refusal(form, refused)
        else:
            messages.success(request, _("Uw opmerking staat erbij."))
            return _to_chapter(key, chapter)
    place = f"{theirs.code} {theirs.title}" if theirs else card.title
    lead = f"{place}: {HEADINGS[card.kind][asked]}" if asked else place
    title = _("Opmerking plaatsen")
    return _form_page(
        request, card, form, title=title, label=pgettext("on a button", "Plaatsen"), lead=lead
    )


@page(Permission.WRITE_DOCUMENTS)
def document_reply(request: ViewerRequest, key: uuid.UUID, comment_id: int) -> HttpResponse:
    """Answer a comment, or settle it."""
    card = opened(request, key)
    asked = next((one for one in card.comments if one.comment_id == comment_id), None)
    if asked is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    if sent is None and card.state not in COMMENTED_IN:
        return not_now(request, card, title=_("Antwoord op een opmerking"))
    form = ReplyForm(sent)
    if sent is not None and form.is_valid() and _reply(request, card, asked, form):
        messages.success(request, _("Bewaard."))
        return _to_chapter(key, asked.chapter)
    title = _("Antwoord op een opmerking")
    return _form_page(request, card, form, title=title, label=_("Bewaren"), lead=asked.text)


def _reply(request: ViewerRequest, card: DocumentCard, asked: CommentCard, form: ReplyForm) -> bool:
    text, settles = form.cleaned_data["text"], form.cleaned_data["settles"]
    about_comment: dict[str, Any] = {"key": card.key, "comment_id": asked.comment_id}
    try:
        if settles and not text.strip():
            settle(request.viewer, **about_comment)
        else:
            answer(request.viewer, text=text, settles=settles, **about_comment)
    except ActionRefusedError as refused:
        tell_refusal(form, refused)
        return False
    return True


def _form_page(
    request: ViewerRequest, card: DocumentCard, form: Any, *, title: str, label: str, lead: str
) -> HttpResponse:
    context = {
        **about_document(card),
        "form": form,
        "title": title,
        "label": label,
        "lead": lead,
        "crumbs": crumbs_of(card),
    }
    return render(request, "policy/one_form.html", context, status=422 if form.errors else 200)


def chapter_at(card: DocumentCard, number: int) -> ChapterCard:
    """Return a chapter by its number. Raises Http404 when it is not there."""
    found = next((one for one in card.chapters if one.number == number), None)
    if found is None:
        raise Http404
    return found


def light_of(card: DocumentCard, word: str) -> LightSubject:
    """Return the light that an address names. Raises Http404 when the document has none such."""
    if word not in set(LightSubject) or card.kind not in WITH_LIGHTS:
        raise Http404
    return LightSubject(word)


def question_of(word: str) -> Question:
    """Return the question that an address names. Raises Http404 when there is none."""
    if word not in set(Question):
        raise Http404
    return Question(word)


def _to_chapter(key: uuid.UUID, chapter: int) -> HttpResponse:
    answer_to = redirect("policy:document", key)
    answer_to["Location"] += f"#hoofdstuk-{chapter}" if chapter else "#opmerkingen"
    return answer_to


def _line(one: QuotableLine) -> dict[str, str]:
    hidden = not one.text.isdecimal()
    return {
        "quote": one.quote,
        "name": name_of(one),
        "about": about(one.kind, one.year, one.reference_date),
        "text": shown_text(Shown(one.text, hidden=hidden)),
        "newest": newest_text(one),
    }
