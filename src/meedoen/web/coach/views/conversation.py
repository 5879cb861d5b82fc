"""Writing down a conversation, with a measurement on the ladder when questions were asked."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.conversations.actions import AlreadyWrittenError
from meedoen.records.conversations.queries import wishes_of
from meedoen.records.ladder.actions import complete_talk
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.rules.ladder.assess import Assessment
from meedoen.web.coach.forms.conversation import ConversationForm
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import LADDER_REASONS, RUNG_SENTENCES, RUNGS

LOOK = "look"
"""The button that shows the rung and keeps nothing yet."""


@page(Permission.RECORD_CONVERSATION)
def conversation(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the form; first show the rung that follows from the answers, then keep it all."""
    person = open_file(request, key, page="conversation")
    wishes = wishes_of(request.viewer, pseudonym_id=person.pseudonym_id)
    sent = request.POST if request.method == "POST" else None
    form = ConversationForm(sent, wishes=wishes)
    if sent is not None and form.is_valid():
        looking = sent.get("step") == LOOK
        if not looking and form.rung_was_shown() and _keep(request, form, person):
            messages.success(request, _("Het gesprek staat in het dossier."))
            return redirect("coach:resident", key=person.key)
        if looking and form.assessment is None:
            form.add_error(None, _("Beantwoord eerst de vragen over de trede."))
    context = {
        "form": form,
        "person": person,
        "before": wishes,
        "shown": _shown(form) if sent is not None else None,
    }
    return render(request, "coach/conversation.html", context, status=422 if form.errors else 200)


def _keep(request: ViewerRequest, form: ConversationForm, person: ResidentCard) -> bool:
    """Keep the conversation and the measurement; say why not in the form."""
    try:
        complete_talk(
            request.viewer,
            conversation=form.new_conversation(person.pseudonym_id),
            measurement=form.new_measurement(person.pseudonym_id),
        )
    except AlreadyWrittenError:
        # The button was pressed twice: it is there, which is what was asked for.
        return True
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return False
    return True


def _shown(form: ConversationForm) -> dict[str, object] | None:
    """Return the rung that follows from the answers in words; None when there is none yet."""
    found: Assessment | None = form.assessment
    if found is None:
        return None
    return {
        "rung": found.rung.value,
        "name": RUNGS[found.rung],
        "sentence": RUNG_SENTENCES[found.rung],
        "reasons": [LADDER_REASONS[reason.code] for reason in found.reasons],
    }
