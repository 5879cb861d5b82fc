"""The tree of the budget: from programme to activity, to read, make, change and move."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.budget.line_actions import (
    keep_activity,
    keep_criterion,
    remove_activity,
    remove_criterion,
)
from meedoen.records.budget.targets import set_target, target_lines
from meedoen.records.budget.tree_actions import (
    GoalDetails,
    keep_field,
    keep_goal,
    keep_programme,
    remove_field,
    remove_programme,
)
from meedoen.records.budget.tree_queries import GoalNode, budget_tree, goal_node
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.web.policy.document_forms import tell_refusal
from meedoen.web.policy.tree_forms import (
    FieldForm,
    GoalForm,
    LineForm,
    ProgrammeForm,
    PromiseForm,
)
from meedoen.web.policy.tree_shown import shown_tree
from meedoen.web.shared.counting import DIRECTIONS, indicator_name
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import row_number

REMOVE = "remove"


@page(Permission.SEE_FIGURES, methods=("GET", "HEAD"))
def tree(request: ViewerRequest) -> HttpResponse:
    """Show the tree of a year, or of all years."""
    asked = request.GET.get("year", "")
    year = row_number(asked)
    found = budget_tree(request.viewer, year=year)
    is_wrong = bool(asked) and year not in found.years
    if is_wrong:
        found = replace(found, programmes=(), loose=())
    context = {
        "tree": shown_tree(found, catalogue_of(request.viewer.municipality_id)),
        "years": found.years,
        "year": year,
        "is_wrong": is_wrong,
        "may_change": request.viewer.may(Permission.PUBLISH_BUDGET),
    }
    return render(request, "policy/tree.html", context, status=422 if is_wrong else 200)


@page(Permission.PUBLISH_BUDGET)
def programme(request: ViewerRequest, key: uuid.UUID | None = None) -> HttpResponse:
    """Make a programme, or change one."""
    rows = {one.key: one for one in budget_tree(request.viewer).programmes}
    row = _found(rows.get(key) if key else None, key)
    form = ProgrammeForm(_sent(request), initial=_naming(row))
    return _edit(
        request,
        form,
        title=_("Programma"),
        keep=lambda given: keep_programme(request.viewer, key=key, **given),
        remove=(lambda: remove_programme(request.viewer, key=key)) if key else None,
    )


@page(Permission.PUBLISH_BUDGET)
def policy_field(request: ViewerRequest, key: uuid.UUID | None = None) -> HttpResponse:
    """Make a policy field, change one, or move it to another programme."""
    programmes = budget_tree(request.viewer).programmes
    rows = {one.key: one for programme in programmes for one in programme.fields}
    row = _found(rows.get(key) if key else None, key)
    initial = _naming(row) | ({"programme_key": str(row.programme_key)} if row else {})
    offered = [(str(one.key), f"{one.code} {one.name}") for one in programmes]
    form = FieldForm(_sent(request), programmes=offered, initial=initial)

    def keep(given: dict[str, Any]) -> object:
        programme_key = uuid.UUID(given.pop("programme_key"))
        return keep_field(request.viewer, key=key, programme_key=programme_key, **given)

    return _edit(
        request,
        form,
        title=_("Beleidsveld"),
        keep=keep,
        remove=(lambda: remove_field(request.viewer, key=key)) if key else None,
    )


@page(Permission.PUBLISH_BUDGET)
def tree_goal(request: ViewerRequest, goal_id: int | None = None) -> HttpResponse:
    """Make a goal, change one, or move it to another policy field."""
    row = _goal(request.viewer, goal_id) if goal_id is not None else None
    form = GoalForm(_sent(request), fields=_fields(request.viewer), initial=_goal_as_typed(row))

    def keep(given: dict[str, Any]) -> object:
        key = given.pop("field_key")
        details = GoalDetails(
            field_key=uuid.UUID(key) if key else None,
            portfolio_holders=given.pop("portfolio_holders").splitlines(),
            policy_notes=given.pop("policy_notes").splitlines(),
            links=given.pop("links").split(","),
            **given,
        )
        return keep_goal(request.viewer, details=details, goal_id=goal_id)

    return _edit(request, form, title=_("Doel"), keep=keep)


@page(Permission.PUBLISH_BUDGET)
def criterion(request: ViewerRequest, goal_id: int, key: uuid.UUID | None = None) -> HttpResponse:
    """Make a criterion of a goal, or change one."""
    row = _goal(request.viewer, goal_id)
    form = _line_form(request, row, {one.key: one for one in row.criteria}, key)
    return _edit(
        request,
        form,
        title=_("Criterium van doel %(code)s") % {"code": row.code},
        keep=lambda given: keep_criterion(request.viewer, goal_id=goal_id, key=key, **given),
        remove=(lambda: remove_criterion(request.viewer, goal_id=goal_id, key=key))
        if key
        else None,
    )


@page(Permission.PUBLISH_BUDGET)
def activity(request: ViewerRequest, goal_id: int, key: uuid.UUID | None = None) -> HttpResponse:
    """Make an activity of a goal, or change one."""
    row = _goal(request.viewer, goal_id)
    form = _line_form(request, row, {one.key: one for one in row.activities}, key)
    return _edit(
        request,
        form,
        title=_("Activiteit van doel %(code)s") % {"code": row.code},
        keep=lambda given: keep_activity(request.viewer, goal_id=goal_id, key=key, **given),
        remove=(lambda: remove_activity(request.viewer, goal_id=goal_id, key=key)) if key else None,
    )


@page(Permission.PUBLISH_BUDGET)
def promises(request: ViewerRequest, goal_id: int, code: str) -> HttpResponse:
    """Show what was promised for an indicator of a goal through the years, and promise again."""
    row = _goal(request.viewer, goal_id)
    if code not in row.indicators:
        raise Http404
    lines = target_lines(request.viewer, goal_id=goal_id, indicator=code)
    form = PromiseForm(_sent(request), promised={one.year for one in lines})
    if form.is_bound and form.is_valid():
        try:
            set_target(request.viewer, goal_id=goal_id, indicator=code, **form.cleaned_data)
        except ActionRefusedError as refused:
            tell_refusal(form, refused)
        else:
            messages.success(request, _("Bewaard. De belofte ervoor blijft te lezen."))
            return redirect("policy:promises", goal_id, code)
    context = {
        "form": form,
        "goal": row,
        "name": indicator_name(code, known=catalogue_of(request.viewer.municipality_id)),
        "lines": [{"line": one, "direction": DIRECTIONS.get(one.direction, "")} for one in lines],
        "crumbs": _crumbs(),
    }
    return render(request, "policy/promises.html", context, status=422 if form.errors else 200)


def _edit(
    request: ViewerRequest,
    form: forms.Form,
    *,
    title: str,
    keep: Callable[[dict[str, Any]], object],
    remove: Callable[[], object] | None = None,
) -> HttpResponse:
    """Show a form; keep what was typed, or take away what it is about."""
    try:
        if remove is not None and request.POST.get("step") == REMOVE:
            form.is_bound = False
            remove()
            messages.success(request, _("Weggehaald."))
            return redirect("policy:tree")
        if form.is_bound and form.is_valid():
            keep(dict(form.cleaned_data))
            messages.success(request, _("Bewaard."))
            return redirect("policy:tree")
    except ActionRefusedError as refused:
        if not form.is_bound:
            messages.error(request, str(refused))
            return redirect(request.path)
        tell_refusal(form, refused)
    context = {
        "form": form,
        "title": title,
        "label": _("Bewaren"),
        "removable": remove is not None,
        "crumbs": _crumbs(),
    }
    return render(request, "policy/one_form.html", context, status=422 if form.errors else 200)


def _sent(request: ViewerRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _found(row: Any, key: uuid.UUID | None) -> Any:
    """Return what the address names. Raises Http404 when it names something that is not there."""
    if key is not None and row is None:
        raise Http404
    return row


def _goal(viewer: Viewer, goal_id: int) -> GoalNode:
    row = goal_node(viewer, goal_id=goal_id)
    if row is None:
        raise Http404
    return row


def _naming(row: Any) -> dict[str, str]:
    if row is None:
        return {}
    return {"code": row.code, "name": row.name, "portfolio_holder": row.portfolio_holder}


def _fields(viewer: Viewer) -> list[tuple[str, str]]:
    programmes = budget_tree(viewer).programmes
    return [
        (str(one.key), f"{programme.name}: {one.code} {one.name}")
        for programme in programmes
        for one in programme.fields
    ]


def _goal_as_typed(row: GoalNode | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "code": row.code,
        "title": row.title,
        "year": row.year,
        "field_key": str(row.field_key) if row.field_key else "",
        "portfolio_holders": "\n".join(row.portfolio_holders),
        "policy_notes": "\n".join(row.policy_notes),
        "source": row.source,
        "links": ", ".join(row.links),
    }


def _line_form(
    request: ViewerRequest, row: GoalNode, lines: dict[uuid.UUID, Any], key: uuid.UUID | None
) -> LineForm:
    line = _found(lines.get(key) if key else None, key)
    initial = {"text": line.text, "indicators": list(line.indicators)} if line else {}
    known = catalogue_of(request.viewer.municipality_id)
    offered = [(code, indicator_name(code, known=known)) for code in row.indicators]
    return LineForm(_sent(request), indicators=offered, initial=initial)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Doelen"), reverse("policy:tree"))]
