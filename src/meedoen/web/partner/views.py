"""The desk of a partner: what waits for the organisation, and confirming how it stands."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.actions import confirm_one, note_opened
from meedoen.records.placements.people_queries import count_own_people
from meedoen.records.placements.queries import GuestCard, guest
from meedoen.records.referrals.placing import follow_placements
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.partner.start_form import ALREADY, StartForm, confirm_words, confirmable
from meedoen.web.partner.waiting_blocks import blocks
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import PLACE_KINDS, PLACEMENT_STATES, mid_sentence


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def waiting(request: ViewerRequest) -> HttpResponse:
    """Show what waits for this organisation, the most urgent first."""
    context = {"blocks": blocks(request.viewer), "people": count_own_people(request.viewer)}
    return render(request, "partner/waiting.html", context)


@page(Permission.CONFIRM_PLACEMENT)
def start(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Confirm that people met, that somebody began, goes on after a trial, or is back."""
    card = guest(request.viewer, key=key)
    if card is None:
        raise Http404
    note_opened(request.viewer, key=key, page="start")
    sent = request.POST if request.method == "POST" else None
    if not confirmable(card.state) or (sent is not None and _is_late(sent, card)):
        messages.info(request, _how_it_stands(card))
        return redirect("partner:waiting")
    form = StartForm(sent, state=card.state)
    if form.is_valid():
        to, on = PlacementState(form.cleaned_data["to"]), form.cleaned_data["on"]
        try:
            confirm_one(request.viewer, key=key, to=to, on=on)
            # Who came by a referral has begun: whoever sent it reads that at once.
            follow_placements(request.viewer)
        except ActionRefusedError as refused:
            form.add_error("on", str(refused))
        else:
            words = {"name": card.given_name, "title": card.title, "day": day_text(on)}
            messages.success(request, confirm_words(card.state, to).done % words)
            return redirect("partner:waiting")
    context = {
        "form": form,
        "guest": card,
        "kind": PLACE_KINDS[card.kind],
        "state": PLACEMENT_STATES[card.state],
        "crumbs": [(_("Wat op u wacht"), reverse("partner:waiting"))],
    }
    return render(request, "partner/start.html", context, status=422 if form.errors else 200)


def _is_late(sent: QueryDict, card: GuestCard) -> bool:
    """Return whether the page that was sent showed another state than there is now."""
    return sent.get("seen", card.state.value) != card.state.value


def _how_it_stands(card: GuestCard) -> str:
    told = {"name": card.given_name, "state": mid_sentence(PLACEMENT_STATES[card.state])}
    if card.state in ALREADY:
        return ALREADY[card.state] % told
    return _("Bij %(name)s is het nu: %(state)s. Er is niets veranderd.") % told
