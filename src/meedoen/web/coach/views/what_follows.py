"""What comes after a placement, chosen together before it ends."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.following.next_step_actions import NewChoice, choose_next_step
from meedoen.records.following.queries import NextStep, choosable, next_step_of
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import WhatFollows
from meedoen.web.coach.following_part import next_step_part
from meedoen.web.coach.forms.following import WhatFollowsForm
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.PLACE_RESIDENT)
def what_follows(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Choose what comes next, and do what follows from it."""
    card, person = open_placement(request, key)
    if card.state not in TAKES_PART:
        messages.warning(request, _("Dat kan nu niet: deze plaatsing loopt niet."))
        return redirect("coach:placement", key=key)
    step, options = _step(request, key), choosable(request.viewer, key=key)
    sent = request.POST if request.method == "POST" else None
    form = WhatFollowsForm(
        sent, options=options, organisation=card.organisation, seen=step.seen if step else 0
    )
    if sent is not None and form.is_valid():
        new = NewChoice(key=key, **form.given())
        try:
            choose_next_step(request.viewer, new=new)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            # What a colleague chose in the meantime stands on the page, so now it is seen.
            step, options = _step(request, key), choosable(request.viewer, key=key)
            form.show(seen=step.seen if step else 0, options=options)
        else:
            messages.success(request, _("Opgeschreven wat hierna komt."))
            if new.follows is WhatFollows.OTHER_PLACE:
                return redirect("coach:places", key=person.key)
            return redirect("coach:placement", key=key)
    context = {
        "form": form,
        "person": person,
        "card": card,
        **next_step_part(step),
    }
    status = 422 if form.errors else 200
    return render(request, "coach/what_follows.html", context, status=status)


def _step(request: ViewerRequest, key: uuid.UUID) -> NextStep | None:
    return next_step_of(request.viewer, key=key)
