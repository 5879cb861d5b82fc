"""Changing goals and actions on one screen: one form is open at a time, so it fits a phone."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.plans import part_actions
from meedoen.records.plans.cards import GoalCard, PlanActionCard, PlanCard
from meedoen.records.plans.keeping import PlanChangedError
from meedoen.records.plans.queries import partners, plan
from meedoen.rules.vocabulary import ActionState, GoalState
from meedoen.web.coach.forms.plan import ActionForm, GoalForm
from meedoen.web.coach.views.plan_opening import led_back, open_plan
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.plan_shown import shown

PART = re.compile(r"(goal|action|add)-([0-9]{1,18})|new-goal")


@dataclass(frozen=True, slots=True)
class Part:
    """Which form is open: of a goal, of an action, of a new action, or of a new goal.

    `name` is what the address and the form say: goal-12, action-34, add-12 (to goal 12), new-goal.
    """

    name: str
    goal: GoalCard | None = None
    action: PlanActionCard | None = None


@page(Permission.MAKE_PLAN)
def edit(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show goals and actions with the ways to change them; keep what was changed."""
    card, person = open_plan(request, key)
    if (back := led_back(request, card)) is not None:
        return back
    sent = request.POST if request.method == "POST" else None
    part = _part(card, (sent if sent is not None else request.GET).get("part", ""))
    form = _form(request, part, card, sent) if part else None
    conflict = False
    if sent is not None and part is None:
        messages.warning(request, _("Dit doel of deze actie staat niet meer in het plan."))
    if sent is not None and part and form and form.is_valid():
        try:
            where = _keep(request, key, part, form.cleaned_data)
        except PlanChangedError as error:
            conflict = True
            card = plan(request.viewer, key=key) or card
            part = _part(card, part.name) or part
            form = _form(request, part, card, _at_version(sent, card.version))
            form.add_error(None, str(error))
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het plan is gewijzigd."))
            return redirect(reverse("coach:plan_edit", args=[key]) + where)
    context: dict[str, Any] = {
        "person": person,
        "plan": shown(card),
        "part": part.name if part else "",
        "form": form,
        "now": part if conflict else None,
    }
    failed = form is not None and bool(form.errors)
    return render(request, "coach/plan_edit.html", context, status=422 if failed else 200)


@page(Permission.MAKE_PLAN, methods=("POST",))
def action_state(request: ViewerRequest, key: uuid.UUID, action_id: int) -> HttpResponse:
    """Keep how far an action is."""
    _demand_part(request, key, f"action-{action_id}")
    try:
        state = ActionState(request.POST.get("state", ""))
        part_actions.set_action_state(request.viewer, action_id=action_id, state=state)
    except ActionRefusedError as error:
        messages.error(request, str(error))
    except ValueError:
        messages.error(request, _("Kies hoe ver de actie is."))
    return redirect(reverse("coach:plan_edit", args=[key]) + f"#actie-{action_id}")


@page(Permission.MAKE_PLAN, methods=("POST",))
def goal_state(request: ViewerRequest, key: uuid.UUID, goal_id: int) -> HttpResponse:
    """Keep how a goal came out."""
    _demand_part(request, key, f"goal-{goal_id}")
    try:
        state = GoalState(request.POST.get("state", ""))
        part_actions.close_goal(request.viewer, goal_id=goal_id, state=state)
    except ActionRefusedError as error:
        messages.error(request, str(error))
    except ValueError:
        messages.error(request, _("Kies hoe het met het doel afliep."))
    return redirect(reverse("coach:plan_edit", args=[key]) + f"#doel-{goal_id}")


def _demand_part(request: ViewerRequest, key: uuid.UUID, name: str) -> None:
    """Raise Http404 when the plan is not for the viewer, or has no such goal or action."""
    card, _person = open_plan(request, key)
    if _part(card, name) is None:
        raise Http404


def _part(card: PlanCard, name: str) -> Part | None:
    """Return which form this names; None when the plan has no such goal or action."""
    found = PART.fullmatch(name)
    if found is None:
        return None
    if found[1] is None:
        return Part(name)
    number = int(found[2])
    for goal in card.goals:
        if found[1] in {"goal", "add"} and goal.goal_id == number:
            return Part(name, goal=goal)
        for action in goal.actions:
            if found[1] == "action" and action.action_id == number:
                return Part(name, goal=goal, action=action)
    return None


def _form(request: ViewerRequest, part: Part, card: PlanCard, sent: Any) -> forms.Form:
    if part.name == "new-goal":
        return GoalForm(sent, version=card.version)
    if part.name.startswith("goal") and part.goal is not None:
        return GoalForm(sent, version=card.version, words=part.goal.words)
    begin: dict[str, Any] = {"version": card.version, "organisation": ""}
    if part.action is not None:
        begin |= {
            "what": part.action.what,
            "owner": part.action.owner.value,
            "organisation": part.action.organisation_id or "",
            "due_on": part.action.due_on,
        }
    return ActionForm(sent, organisations=partners(request.viewer), initial=begin)


def _keep(request: ViewerRequest, key: uuid.UUID, part: Part, given: dict[str, Any]) -> str:
    """Keep what was typed and return the place on the page where it stands."""
    viewer, version = request.viewer, given["version"]
    if part.name == "new-goal":
        goal_id = part_actions.add_goal(viewer, key=key, version=version, words=given["words"])
        return f"?part=add-{goal_id}#doel-{goal_id}"
    if part.goal is not None and part.name.startswith("goal"):
        goal_id = part.goal.goal_id
        part_actions.change_goal(viewer, goal_id=goal_id, version=version, words=given["words"])
        return f"#doel-{goal_id}"
    words = {
        "what": given["what"],
        "owner": given["owner"],
        "organisation_id": given["organisation"],
        "due_on": given["due_on"],
    }
    if part.action is not None:
        action_id = part.action.action_id
        part_actions.change_action(viewer, action_id=action_id, version=version, **words)
        return f"#actie-{action_id}"
    goal_id = part.goal.goal_id if part.goal else 0
    action_id = part_actions.add_action(viewer, goal_id=goal_id, version=version, **words)
    return f"#actie-{action_id}"


def _at_version(sent: QueryDict, version: int) -> QueryDict:
    """Return what was typed, to be kept on top of the plan as it is now."""
    again = sent.copy()
    again["version"] = str(version)
    return again
