"""Every move of one placement, on one page: which day, and why as far as the table asks."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.actions import move_one
from meedoen.rules.placement_states import next_states
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.coach.forms.placement_move import MoveForm
from meedoen.web.coach.move_words import move_words
from meedoen.web.coach.unchecked import tell_refusal
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.pages import ViewerRequest, page

IN_ADDRESS = {"dag": "on", "waarom": "why"}
"""What an address may fill in already, by the field: such as an end that was proposed."""


@page(Permission.PLACE_RESIDENT)
def move(request: ViewerRequest, key: uuid.UUID, state: str) -> HttpResponse:
    """Let a placement come into a state."""
    card, person = open_placement(request, key)
    to = _state(state)
    if to not in next_states(card.state):
        messages.warning(
            request, _("Dat kan nu niet: de plaatsing is intussen verder. Kijk hoe het nu staat.")
        )
        return redirect("coach:placement", key=key)
    if to is PlacementState.PROPOSED:
        # Whoever waits gets a seat by the rule of the list, or with a reason that is kept.
        return redirect("coach:waiting_promote", key=key)
    words = move_words(card.state, to)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        states=[card.state],
        to=to,
        day=words.day,
        given=_given(request),
    )
    if form.is_bound and form.is_valid():
        why = form.chosen()
        try:
            move_one(
                request.viewer,
                key=key,
                to=to,
                on=form.cleaned_data["on"],
                outcome=why.outcome,
                reason=why.reason,
            )
        except ActionRefusedError as error:
            tell_refusal(form, error, request)
        else:
            messages.success(request, str(words.done))
            return redirect("coach:placement", key=key)
    context = {"form": form, "person": person, "card": card, "change": words}
    status = 422 if form.errors else 200
    return render(request, "coach/placement_change.html", context, status=status)


@page(Permission.PLACE_RESIDENT)
def end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Lead an address of before to the move to the end."""
    return _led(request, key, PlacementState.ENDED)


@page(Permission.PLACE_RESIDENT)
def withdraw(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Lead an address of before to the move by which a placement comes to nothing."""
    return _led(request, key, PlacementState.WITHDRAWN)


def _led(request: ViewerRequest, key: uuid.UUID, to: PlacementState) -> HttpResponse:
    # What is not for the viewer is not there, at this address too.
    open_placement(request, key)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("coach:placement_move", args=[key, to.value]) + query)


def _state(code: str) -> PlacementState:
    """Return the state that an address names. Raises Http404."""
    if code not in set(PlacementState):
        raise Http404
    return PlacementState(code)


def _given(request: ViewerRequest) -> dict[str, Any]:
    asked = request.GET
    return {field: asked[name] for name, field in IN_ADDRESS.items() if asked.get(name)}
