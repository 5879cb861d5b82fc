"""What coach and resident do with a plan together: agreeing, and looking back."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.plans.agreement_actions import agree as agree_plan
from meedoen.records.plans.cards import PlanCard
from meedoen.records.plans.evaluation_actions import hold_evaluation, plan_evaluations
from meedoen.records.plans.keeping import PlanChangedError
from meedoen.records.plans.queries import plan
from meedoen.rules.plans.evaluations import next_evaluation
from meedoen.web.coach.forms.plan import AgreeForm, EvaluateForm, RhythmForm
from meedoen.web.coach.views.plan_opening import led_back, open_plan
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.plan_shown import shown


@page(Permission.MAKE_PLAN)
def agree(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the whole plan, and record that the resident agrees with it."""
    card, person = open_plan(request, key)
    if (back := led_back(request, card)) is not None:
        return back
    sent = request.POST if request.method == "POST" else None
    form = AgreeForm(sent, version=card.version)
    if sent is not None and form.is_valid():
        try:
            agree_plan(request.viewer, key=key, **form.cleaned_data)
        except PlanChangedError as error:
            card = plan(request.viewer, key=key) or card
            again = sent.copy()
            again["version"] = str(card.version)
            form = AgreeForm(again, version=card.version)
            form.add_error(None, str(error))
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het plan is afgesproken."))
            return redirect("coach:plan", key=person.key)
    context = {"form": form, "person": person, "plan": shown(card)}
    return render(request, "coach/plan_agree.html", context, status=422 if form.errors else 200)


@page(Permission.MAKE_PLAN)
def evaluate(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Look back on the plan, and plan the next time."""
    card, person = open_plan(request, key)
    next_on = next_evaluation(clock.today(), card.evaluation_months)
    return _together(
        request,
        (card, person),
        "coach/plan_evaluate.html",
        lambda sent: EvaluateForm(sent, next_on=next_on),
        lambda given: hold_evaluation(request.viewer, key=key, **given),
        done=_("De terugblik staat in het plan."),
    )


@page(Permission.MAKE_PLAN)
def rhythm(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Change how often the plan is looked at again, and when that is next."""
    card, person = open_plan(request, key)
    return _together(
        request,
        (card, person),
        "coach/plan_rhythm.html",
        lambda sent: RhythmForm(
            sent, every_months=card.evaluation_months, next_on=card.next_evaluation
        ),
        lambda given: plan_evaluations(request.viewer, key=key, **given),
        done=_("De volgende terugblik is gepland."),
    )


def _together(
    request: ViewerRequest,
    opened: tuple[PlanCard, ResidentCard],
    template: str,
    form_for: Callable[[Any], forms.Form],
    act: Callable[[dict[str, Any]], None],
    *,
    done: str,
) -> HttpResponse:
    """Show a form about an agreed plan, and do what it asks when it is right."""
    card, person = opened
    if (back := led_back(request, card)) is not None:
        return back
    if card.agreed_on is None and request.method != "POST":
        messages.warning(request, _("Spreek het plan eerst af met de inwoner."))
        return redirect("coach:plan", key=person.key)
    sent = request.POST if request.method == "POST" else None
    form = form_for(sent)
    if sent is not None and form.is_valid():
        try:
            act(form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("coach:plan", key=person.key)
    context = {"form": form, "person": person, "plan": shown(card)}
    return render(request, template, context, status=422 if form.errors else 200)
