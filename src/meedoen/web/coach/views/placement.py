"""One placement: its stretches, and what can be changed about it now."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements import actions, correcting
from meedoen.records.placements.month_queries import months_of
from meedoen.records.placements.queries import PlacementCard
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.coach.forms.placement import ConfirmForm, EndForm, OutcomeForm, StartDayForm
from meedoen.web.coach.steps import running_since, steps
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.figures import day_text, month_text
from meedoen.web.shared.month_words import said_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.story import Happened, story
from meedoen.web.shared.words import (
    PLACE_KINDS,
    PLACEMENT_STATE_KINDS,
    PLACEMENT_STATES,
    why_text,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a placement: when it may be made, its words, and how to make it."""

    state: PlacementState
    title: Promise
    explanation: Promise
    button: Promise
    done: Promise
    corrects: bool = False


END = Change(
    state=PlacementState.ACTIVE,
    title=gettext_lazy("Plaatsing stoppen"),
    explanation=gettext_lazy(
        "Vul de laatste dag in waarop de inwoner meedeed. Daarna is de plaats weer vrij."
    ),
    button=gettext_lazy("Stoppen"),
    done=gettext_lazy("De plaatsing is gestopt. De plaats is weer vrij."),
)
WITHDRAW = Change(
    state=PlacementState.PROPOSED,
    title=gettext_lazy("Plaatsing gaat niet door"),
    explanation=gettext_lazy(
        "De inwoner begint niet op deze plek. De plaats komt vrij voor iemand anders."
    ),
    button=gettext_lazy("Gaat niet door"),
    done=gettext_lazy("De plaatsing gaat niet door. De plaats is weer vrij."),
)
START_DAY = Change(
    state=PlacementState.ACTIVE,
    title=gettext_lazy("Eerste dag verbeteren"),
    explanation=gettext_lazy("Is de inwoner op een andere dag begonnen? Vul de goede dag in."),
    button=gettext_lazy("Verbeteren"),
    done=gettext_lazy("De eerste dag is verbeterd."),
    corrects=True,
)
TAKE_BACK = Change(
    state=PlacementState.ACTIVE,
    title=gettext_lazy("Start terugnemen"),
    explanation=gettext_lazy(
        "De inwoner is nooit begonnen. De plaatsing wordt weer een voorstel, dat wacht op de "
        "organisatie."
    ),
    button=gettext_lazy("Start terugnemen"),
    done=gettext_lazy("De start is teruggenomen. De plaatsing is weer een voorstel."),
    corrects=True,
)


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def placement(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a placement."""
    card, person = open_placement(request, key)
    why = why_text(card.outcome, card.reason)
    context = {
        "person": person,
        "card": card,
        "steps": steps(card),
        "state": PLACEMENT_STATES[card.state],
        "state_kind": PLACEMENT_STATE_KINDS[card.state],
        "facts": [
            (_("Organisatie"), card.organisation),
            (_("Soort plek"), PLACE_KINDS[card.kind]),
            (_("Zelf gevonden"), _("ja") if card.self_found else _("nee")),
            (_("Afgesproken laatste dag"), _last_day(card.planned_end_on)),
            (_("Wat de inwoner ervan vindt"), _said(card.resident_said)),
            *([(_("Waarom"), why)] if why else []),
        ],
        "months": [
            (month_text(said.month), said_text(said)) for said in months_of(request.viewer, key=key)
        ],
        "items": story(Happened(placements=[card])),
        "is_proposed": card.state == PlacementState.PROPOSED,
        "is_active": card.state == PlacementState.ACTIVE,
    }
    return render(request, "coach/placement.html", context)


def _last_day(day: date | None) -> str:
    return day_text(day) if day else _("niet afgesproken")


def _said(text: str) -> str:
    """Mark what a resident said as Dutch, whatever the language of the page."""
    return format_html('<span lang="nl">{}</span>', text) if text else ""


@page(Permission.PLACE_RESIDENT)
def end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """End a running placement."""
    return _change(
        request,
        key,
        END,
        lambda sent, card: EndForm(sent, outcomes=card.may_end_with),
        lambda given: actions.end(
            request.viewer, key=key, last_day=given["last_day"], outcome=given["outcome"]
        ),
    )


@page(Permission.PLACE_RESIDENT)
def withdraw(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say that a proposed placement will not start."""
    return _change(
        request,
        key,
        WITHDRAW,
        lambda sent, card: OutcomeForm(sent, outcomes=card.may_end_with),
        lambda given: actions.withdraw(request.viewer, key=key, outcome=given["outcome"]),
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
    """Show the form of a change, and make the change when it is right."""
    card, person = open_placement(request, key)
    if card.state != change.state:
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
            form.add_error(None, str(error))
        else:
            messages.success(request, str(change.done))
            return redirect("coach:placement", key=key)
    context = {"form": form, "person": person, "card": card, "change": change}
    status = 422 if form.errors else 200
    return render(request, "coach/placement_change.html", context, status=status)
