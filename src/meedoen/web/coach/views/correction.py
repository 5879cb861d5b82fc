"""Correcting a conversation so that the correction shows, and nothing that was there is lost."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.conversations.correction_actions import (
    ConversationChangedError,
    correct_conversation,
)
from meedoen.records.conversations.queries import ConversationToCorrect, conversation_to_correct
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.web.coach.forms.correction import CorrectionForm
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.note_lines import corrected_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import CHANNELS


@page(Permission.RECORD_CONVERSATION)
def correct(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a conversation; who comes after somebody else is told, and keeps what was typed."""
    found = _open(request, key)
    person = open_file(request, found.resident_key, page="correction")
    if request.method != "POST" and not found.is_newest:
        return redirect("coach:conversation_correct", key=found.card.key)
    form = CorrectionForm(request.POST if request.method == "POST" else None, talk=found)
    if form.is_valid() and not form.hint:
        try:
            correct_conversation(
                request.viewer,
                key=key,
                correction=form.correction(),
                reason=form.cleaned_data["reason"],
            )
        except ConversationChangedError as error:
            form.add_error(None, str(error))
            found = _open(request, key)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Het gesprek is verbeterd. Wat er eerst stond, blijft te lezen.")
            )
            return redirect("coach:resident", key=person.key)
    context = {
        "form": form,
        "person": person,
        "card": found.card,
        "channel": CHANNELS[found.card.channel],
        "corrected": corrected_text(found.card.corrected_on, found.card.corrected_by),
    }
    status = 422 if form.errors else 200
    return render(request, "coach/correction.html", context, status=status)


def _open(request: ViewerRequest, key: uuid.UUID) -> ConversationToCorrect:
    found = conversation_to_correct(request.viewer, key=key)
    if found is None:
        raise Http404
    return found
