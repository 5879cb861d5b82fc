"""The plan of one person: the running one, earlier ones, beginning and ending."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.plans.actions import draft_plan, end_plan
from meedoen.records.plans.queries import plan as plan_card
from meedoen.records.plans.queries import plans_of
from meedoen.rules.plans.templates import shipped_templates, templates_on
from meedoen.rules.vocabulary import PlanState
from meedoen.web.coach.forms.plan import BeginForm, EndPlanForm
from meedoen.web.coach.views.opening import open_file
from meedoen.web.coach.views.plan_opening import led_back, open_plan
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.plan_shown import shown


@page(Permission.MAKE_PLAN)
def plan(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show someone's plan; begin one when there is none."""
    person = open_file(request, key, page="plan")
    sent = request.POST if request.method == "POST" else None
    form = BeginForm(sent, templates=templates_on(shipped_templates(), clock.today()))
    if sent is not None and form.is_valid():
        try:
            made = draft_plan(
                request.viewer,
                pseudonym_id=person.pseudonym_id,
                template=form.cleaned_data["template"],
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het plan is begonnen. Maak er samen een eigen plan van."))
            return redirect("coach:plan_edit", key=made)
    cards = plans_of(request.viewer, pseudonym_id=person.pseudonym_id)
    running = [card for card in cards if card.state is not PlanState.ENDED]
    context: dict[str, Any] = {
        "person": person,
        "form": form,
        "plan": shown(running[0]) if running else None,
        "earlier": [card for card in cards if card.state is PlanState.ENDED],
    }
    return render(request, "coach/plan.html", context, status=422 if form.errors else 200)


@page(Permission.MAKE_PLAN, methods=("GET", "HEAD"))
def earlier(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a plan that has ended; a running one has its own page."""
    card, person = open_plan(request, key)
    if card.state is not PlanState.ENDED:
        return redirect("coach:plan", key=person.key)
    return render(request, "coach/plan_earlier.html", {"person": person, "plan": shown(card)})


@page(Permission.MAKE_PLAN)
def end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """End the plan."""
    card, person = open_plan(request, key)
    if (back := led_back(request, card)) is not None:
        return back
    sent = request.POST if request.method == "POST" else None
    form = EndPlanForm(sent)
    if sent is not None and form.is_valid():
        try:
            end_plan(request.viewer, key=key, **form.cleaned_data)
        except ActionRefusedError as error:
            if _is_ended_so(request, key, **form.cleaned_data):
                # The button was pressed twice: it is there, which is what was asked for.
                return redirect("coach:plan", key=person.key)
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het plan is gestopt. U kunt het nog lezen."))
            return redirect("coach:plan", key=person.key)
    context = {"form": form, "person": person}
    return render(request, "coach/plan_end.html", context, status=422 if form.errors else 200)


def _is_ended_so(request: ViewerRequest, key: uuid.UUID, *, ended_on: date, reason: str) -> bool:
    """Tell whether the plan has ended already, on this day and for this reason."""
    card = plan_card(request.viewer, key=key)
    return card is not None and (card.ended_on, card.end_reason) == (ended_on, reason)
