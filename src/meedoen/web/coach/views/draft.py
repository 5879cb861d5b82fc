"""Saving a draft while somebody types, and throwing one away."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.conversations.draft_actions import (
    DraftChangedError,
    DraftTooLongError,
    discard_draft,
    save_draft,
)
from meedoen.records.conversations.draft_queries import draft_about
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import resident
from meedoen.web.coach.drafting import conversation_address, moment_text, told
from meedoen.web.coach.forms.talk import Talk
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page

SAVED = "coach/parts/draft_saved.html"


@page(Permission.RECORD_CONVERSATION, methods=("POST",))
def draft(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Save what was typed so far; answer with a line that says so, or who was first (409).

    Nothing about the person is shown, so that this is no reading of the file.
    """
    person = resident(request.viewer, key=key)
    if person is None:
        raise Http404
    talk = Talk(request.POST)
    typed = talk.draft.typed(person.pseudonym_id, talk.content(request.POST))
    try:
        saved = save_draft(request.viewer, typed=typed)
    except DraftChangedError as error:
        other = "" if error.finished else conversation_address(person.key, typed.key)
        context = {
            "draft_key": error.split_key,
            "version": error.split_version,
            "text": told(error),
            "other": other,
        }
        return render(request, SAVED, context, status=409)
    except ActionRefusedError as error:
        status = 413 if isinstance(error, DraftTooLongError) else 422
        return render(request, SAVED, {"text": str(error)}, status=status)
    context = {
        "draft_key": saved.key,
        "version": saved.version,
        "text": _("Bewaard %(when)s") % {"when": moment_text(saved.saved_at)},
    }
    return render(request, SAVED, context)


@page(Permission.RECORD_CONVERSATION)
def discard(request: ViewerRequest, key: uuid.UUID, draft_key: uuid.UUID) -> HttpResponse:
    """Ask whether a draft may be thrown away, and do it."""
    person = open_file(request, key, page="conversation")
    card = draft_about(request.viewer, pseudonym_id=person.pseudonym_id, key=draft_key)
    if card is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            discard_draft(request.viewer, key=draft_key)
        except ActionRefusedError as error:
            refusal = str(error)
        else:
            messages.success(request, _("Het concept is weg."))
            return redirect("coach:resident", key=person.key)
    context = {
        "person": person,
        "draft": card,
        "saved": moment_text(card.saved_at),
        "refusal": refusal,
    }
    return render(request, "coach/draft_discard.html", context, status=422 if refusal else 200)
