"""Somebody wants no contact: written down with a reason, seen, and ended."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.conversations.outreach_actions import end_pause, start_pause
from meedoen.records.conversations.outreach_queries import pauses_of, running_pause
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.web.coach.forms.pause import PauseForm
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page

END = "end"
"""The button that ends what runs."""


@page(Permission.RECORD_CONVERSATION)
def pause(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show whether somebody wants no contact; start it, say it anew, or end it."""
    person = open_file(request, key, page="pause")
    ending = request.method == "POST" and request.POST.get("step") == END
    form = PauseForm(
        request.POST if request.method == "POST" and not ending else None,
        running=running_pause(request.viewer, pseudonym_id=person.pseudonym_id),
    )
    refusal = ""
    if request.method == "POST":
        refusal = _end(request, person) if ending else _start(request, form, person)
        if not refusal and not form.errors:
            return redirect("coach:resident", key=person.key)
    running = running_pause(request.viewer, pseudonym_id=person.pseudonym_id)
    if refusal and form.is_bound:
        # What a colleague wrote down in the meantime stands on the page, so now it is seen.
        form.show(running)
    context = {
        "form": form,
        "person": person,
        "refusal": refusal,
        "running": running,
        "earlier": [
            one
            for one in pauses_of(request.viewer, pseudonym_id=person.pseudonym_id)
            if one != running
        ],
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "coach/pause.html", context, status=status)


def _end(request: ViewerRequest, person: ResidentCard) -> str:
    """End what runs; return why that cannot be done, or nothing."""
    try:
        end_pause(request.viewer, pseudonym_id=person.pseudonym_id)
    except ActionRefusedError as error:
        return str(error)
    messages.success(request, _("Contact mag weer. Plan meteen een volgende stap."))
    return ""


def _start(request: ViewerRequest, form: PauseForm, person: ResidentCard) -> str:
    """Keep what somebody said; return why that cannot be done, or nothing."""
    if not form.is_valid():
        return ""
    try:
        start_pause(
            request.viewer,
            pseudonym_id=person.pseudonym_id,
            reason=form.cleaned_data["no_contact_reason"],
            ask_again_on=form.cleaned_data["ask_again_on"],
            seen=form.cleaned_data["seen"],
        )
    except ActionRefusedError as error:
        return str(error)
    messages.success(request, _("U laat deze inwoner met rust tot de gekozen dag."))
    return ""
