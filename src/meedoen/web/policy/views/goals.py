"""One goal of the budget: what was imported, what was counted, and publishing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.queries import (
    GoalCard,
    ReferenceCard,
    draft_rows,
    goal as goal_card,
    published_goal_ids,
)
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.queries import newest_measurings
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.web.policy.forms import LinkForm, PublishForm
from meedoen.web.shared.budget_table import budget_table
from meedoen.web.shared.counting import in_language, indicator_name
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.SEE_FIGURES)
def goal(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Show a goal; link an indicator to it, or publish its page."""
    card = goal_card(request.viewer, goal_id=goal_id)
    if card is None:
        raise Http404
    linking = _link_form(request, card)
    publishing = _publish_form(request)
    if linking.is_bound and linking.is_valid():
        done = _link(request, linking, goal_id)
    elif publishing.is_bound and publishing.is_valid():
        done = _publish(request, publishing, goal_id)
    else:
        done = None
    return done or _goal_page(request, card, linking, publishing)
