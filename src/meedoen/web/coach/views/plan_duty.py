"""Rights and duties in a plan: fixed by municipal roles, ended, never changed."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.plans.duty_actions import end_duty, fix_duty
from meedoen.records.plans.keeping import PlanChangedError
from meedoen.records.plans.queries import plan
from meedoen.web.coach.forms.duty import DutyForm
from meedoen.web.coach.views.plan_opening import led_back, open_plan
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.plan_shown import shown


@page(Permission.FIX_DUTIES)
def duty(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show what is fixed, and fix something more."""
    card, person = open_plan(request, key)
    if (back := led_back(request, card)) is not None:
        return back
    sent = request.POST if request.method == "POST" else None
    form = DutyForm(sent, version=card.version)
    if sent is not None and form.is_valid():
        try:
            fix_duty(request.viewer, key=key, **form.cleaned_data)
        except PlanChangedError as error:
            card = plan(request.viewer, key=key) or card
            again = sent.copy()
            again["version"] = str(card.version)
            form = DutyForm(again, version=card.version)
            form.add_error(None, str(error))
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Dit is vastgelegd in het plan."))
            return redirect("coach:plan_duty", key=key)
    context = {"form": form, "person": person, "plan": shown(card)}
    return render(request, "coach/plan_duty.html", context, status=422 if form.errors else 200)


@page(Permission.FIX_DUTIES, methods=("POST",))
def duty_end(request: ViewerRequest, key: uuid.UUID, duty_id: int) -> HttpResponse:
    """End a right or duty from today."""
    card, _person = open_plan(request, key)
    if duty_id not in {one.duty_id for one in card.duties}:
        raise Http404
    try:
        end_duty(request.viewer, duty_id=duty_id)
    except ActionRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Dit geldt vanaf vandaag niet meer. Het blijft leesbaar."))
    return redirect("coach:plan_duty", key=key)
