"""Small corrections of one placement: its first day, and a start that never was."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements import correcting
from meedoen.records.placements.queries import PlacementCard
from meedoen.rules.placement_states import TAKES_PART
from meedoen.web.coach.forms.placement import ConfirmForm, StartDayForm
from meedoen.web.coach.steps import running_since
from meedoen.web.coach.unchecked import tell_refusal
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.pages import ViewerRequest, page


@dataclass(frozen=True, slots=True)
class Change:
    """The words of a change of a placement; `corrects` when it says that something was not so."""

    title: Promise
    explanation: Promise
    button: Promise
    done: Promise
    corrects: bool = False


START_DAY = Change(
    title=gettext_lazy("Eerste dag verbeteren"),
    explanation=gettext_lazy("Is de inwoner op een andere dag begonnen? Vul de goede dag in."),
    button=gettext_lazy("Verbeteren"),
    done=gettext_lazy("De eerste dag is verbeterd."),
    corrects=True,
)
TAKE_BACK = Change(
    title=gettext_lazy("Start terugnemen"),
    explanation=gettext_lazy(
        "De inwoner is nooit begonnen. De plaatsing wordt weer een voorstel, dat wacht op de "
        "organisatie."
    ),
    button=gettext_lazy("Start terugnemen"),
    done=gettext_lazy("De start is teruggenomen. De plaatsing is weer een voorstel."),
    corrects=True,
)


@page(Permission.CORRECT_PLACEMENT)
def start_day(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Correct the first day of a running placement."""
    return _change(
        request,
        key,
        START_DAY,
        lambda sent, card: StartDayForm(sent, started_on=running_since(card)),
        lambda given: correcting.correct_start_day(
            request.viewer, key=key, started_on=given["started_on"]
        ),
    )


@page(Permission.CORRECT_PLACEMENT)
def take_back(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say that a running placement never started."""
    return _change(
        request,
        key,
        TAKE_BACK,
        lambda sent, _card: ConfirmForm(sent),
        lambda _given: correcting.take_back_start(request.viewer, key=key),
    )


def _change(
    request: ViewerRequest,
    key: uuid.UUID,
    change: Change,
    form_for: Callable[[Any, PlacementCard], forms.Form],
    act: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """Show the form of a correction, and make it when it is right."""
    card, person = open_placement(request, key)
    if card.state not in TAKES_PART:
        messages.warning(
            request, _("Dat kan nu niet: de plaatsing is intussen verder. Kijk hoe het nu staat.")
        )
        return redirect("coach:placement", key=key)
    sent = request.POST if request.method == "POST" else None
    form = form_for(sent, card)
    if sent is not None and form.is_valid():
        try:
            act(form.cleaned_data)
        except ActionRefusedError as error:
            tell_refusal(form, error, request)
        else:
            messages.success(request, str(change.done))
            return redirect("coach:placement", key=key)
    context = {"form": form, "person": person, "card": card, "change": change}
    status = 422 if form.errors else 200
    return render(request, "coach/placement_change.html", context, status=status)
