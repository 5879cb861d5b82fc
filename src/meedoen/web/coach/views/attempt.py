"""Writing down an attempt to reach someone."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.conversations.actions import note_attempts
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.web.coach.forms.attempt import AttemptForm
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.RECORD_CONVERSATION)
def attempt(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the form, and keep the attempt when it is right."""
    person = open_file(request, key, page="attempt")
    sent = request.POST if request.method == "POST" else None
    form = AttemptForm(sent, initial={"made_on": clock.today()})
    if sent is not None and form.is_valid():
        try:
            note_attempts(request.viewer, attempts=[form.new_attempt(person.pseudonym_id)])
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De poging staat in het dossier."))
            return redirect("coach:resident", key=person.key)
    context = {"form": form, "person": person}
    return render(request, "coach/attempt.html", context, status=422 if form.errors else 200)
