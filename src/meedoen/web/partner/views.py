"""The desk of a partner: what waits for the organisation, and confirming that someone began."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.actions import confirm_start, note_opened
from meedoen.records.placements.people_queries import count_own_people
from meedoen.records.placements.queries import GuestCard, guest
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.partner.waiting_blocks import blocks
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import PLACE_KINDS


class StartForm(forms.Form):
    """On which day someone began."""

    started_on = forms.DateField(
        label=gettext_lazy("Eerste dag"),
        help_text=gettext_lazy("De dag waarop deze persoon voor het eerst kwam."),
        widget=DayInput,
    )


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def waiting(request: ViewerRequest) -> HttpResponse:
    """Show what waits for this organisation, the most urgent first."""
    context = {"blocks": blocks(request.viewer), "people": count_own_people(request.viewer)}
    return render(request, "partner/waiting.html", context)


@page(Permission.CONFIRM_PLACEMENT)
def start(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Confirm that someone began, on the day that is filled in."""
    card = guest(request.viewer, key=key)
    if card is None:
        raise Http404
    note_opened(request.viewer, key=key, page="start")
    if card.state is not PlacementState.PROPOSED:
        messages.info(request, _("De start van %(name)s is al bevestigd.") % _names(card))
        return redirect("partner:waiting")
    form = StartForm(request.POST or None, initial={"started_on": clock.today()})
    form.fields["started_on"].widget.attrs["max"] = clock.today().isoformat()
    if request.method == "POST" and form.is_valid():
        started_on = form.cleaned_data["started_on"]
        try:
            confirm_start(request.viewer, key=key, started_on=started_on)
        except ActionRefusedError as refused:
            form.add_error("started_on", str(refused))
        else:
            words = {**_names(card), "day": day_text(started_on)}
            messages.success(request, _("%(name)s is op %(day)s begonnen: %(title)s.") % words)
            return redirect("partner:waiting")
    context = {
        "form": form,
        "guest": card,
        "kind": PLACE_KINDS[card.kind],
        "crumbs": [(_("Wat op u wacht"), reverse("partner:waiting"))],
    }
    return render(request, "partner/start.html", context, status=422 if form.errors else 200)


def _names(card: GuestCard) -> dict[str, str]:
    return {"name": card.given_name, "title": card.title}
