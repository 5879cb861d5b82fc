"""Writing down an attempt to reach someone, from the file or from a list that is worked down."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.conversations.actions import AttemptIsThereError, note_attempts
from meedoen.records.conversations.campaign_queries import is_own_campaign
from meedoen.records.conversations.outreach_queries import running_pause
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.web.coach.forms.attempt import AttemptForm
from meedoen.web.coach.just_kept import note_kept, was_just_kept
from meedoen.web.coach.sent_once import sent_once
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page

FROM_LIST = "lijst"
"""Names in the address the list to go back to."""


@page(Permission.RECORD_CONVERSATION)
def attempt(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the form, and keep the attempt when it is right."""
    person = open_file(request, key, page="attempt")
    back = _list_to_go_back_to(request)
    sent = request.POST if request.method == "POST" else None
    form = AttemptForm(sent, initial={"made_on": clock.today(), "key": uuid.uuid4()})
    if sent is not None and form.is_valid() and _keep(request, form, person):
        if back:
            return redirect("coach:campaign", key=back)
        return redirect("coach:resident", key=person.key)
    context = {
        "form": form,
        "person": person,
        "back": back,
        "pause": running_pause(request.viewer, pseudonym_id=person.pseudonym_id),
    }
    return render(request, "coach/attempt.html", context, status=422 if form.errors else 200)


def _keep(request: ViewerRequest, form: AttemptForm, person: ResidentCard) -> bool:
    """Keep the attempt and say so; say why not in the form."""
    if was_just_kept(request, "attempt", person.key):
        return True
    try:
        new = sent_once(request.viewer, form.new_attempt(person.pseudonym_id))
        note_attempts(request.viewer, attempts=[new])
    except AttemptIsThereError:
        # The button was pressed twice: exactly this is there, which is what was asked for.
        pass
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return False
    note_kept(request, "attempt", person.key)
    messages.success(
        request, _("De poging staat in het dossier van %(name)s.") % {"name": person.name}
    )
    return True


def _list_to_go_back_to(request: ViewerRequest) -> uuid.UUID | None:
    """Return the list that the address or the form names, if it is one of the own team."""
    named = request.POST.get(FROM_LIST) or request.GET.get(FROM_LIST, "")
    try:
        key = uuid.UUID(named)
    except ValueError:
        return None
    return key if is_own_campaign(request.viewer, key=key) else None
