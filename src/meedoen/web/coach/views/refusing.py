"""A place of a list that does not come to be: why, what the resident says, and what follows."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.refusing import refuse_place
from meedoen.records.proposals.refusals import NewRefusal
from meedoen.web.coach.forms.proposal import RefusalForm
from meedoen.web.coach.views.opening import open_proposal
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.PLACE_RESIDENT)
def refuse(request: ViewerRequest, key: uuid.UUID, place_id: int) -> HttpResponse:
    """Take why a place does not come to be, and go back to the list."""
    card, person = open_proposal(request, key, most=None)
    offer = next((one for one in card.offers if one.place_id == place_id), None)
    if offer is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    is_late = card.chosen_place_id == place_id
    form = RefusalForm(sent, is_late=is_late)
    if sent is not None and form.is_valid():
        given = form.cleaned_data
        refusal = NewRefusal(
            key=key,
            place_id=place_id,
            reason=given["reason"],
            preference=given["preference"],
            resident_said=given["resident_said"],
            paused_until=given["paused_until"],
            no_pause=given["no_pause"],
            ask_again=given["again"],
            tell_place=given.get("tell_place", False),
        )
        try:
            was_chosen = refuse_place(request.viewer, refusal=refusal)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _done(was_chosen=was_chosen))
            return redirect("coach:proposal", key=key)
    context = {
        "person": person,
        "card": card,
        "offer": offer,
        "form": form,
        "is_late": is_late,
    }
    status = 422 if form.errors else 200
    return render(request, "coach/proposal_refuse.html", context, status=status)


def _done(*, was_chosen: bool) -> str:
    if was_chosen:
        return _("De gekozen plek gaat niet door. Zoek opnieuw als er een andere plek nodig is.")
    return _("Opgeschreven: deze plek gaat niet door.")
