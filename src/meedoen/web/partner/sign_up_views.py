"""People who would like to come: what they wrote, and that somebody answered them."""

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.places.sign_up_actions import answer_sign_up
from meedoen.records.places.sign_up_queries import sign_up, sign_ups
from meedoen.rules.vocabulary import SignUpState
from meedoen.web.shared.pages import ViewerRequest, page

STEPS: Mapping[str, SignUpState] = {
    SignUpState.CONTACTED.value: SignUpState.CONTACTED,
    SignUpState.CLOSED.value: SignUpState.CLOSED,
}


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def interested(request: ViewerRequest) -> HttpResponse:
    """Show who would like to come to the own places, who waits longest first."""
    context = {
        "sign_ups": sign_ups(request.viewer),
        "crumbs": [(_("Wat op u wacht"), reverse("partner:waiting"))],
    }
    return render(request, "partner/sign_ups.html", context)


@page(Permission.CONFIRM_PLACEMENT, methods=("POST",))
def answer_interest(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Keep that somebody was contacted, or that all is done."""
    card, state = sign_up(request.viewer, key=key), STEPS.get(request.POST.get("state", ""))
    if card is None or state is None:
        raise Http404
    try:
        answer_sign_up(request.viewer, key=key, state=state)
    except ActionRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Bewaard: het bericht van %(name)s.") % {"name": card.name})
    return redirect("partner:sign_ups")
