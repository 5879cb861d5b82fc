"""A plan on paper: the page for printing, and the PDF."""

import uuid

from django.http import HttpResponse
from django.urls import reverse

from meedoen.records.organisations.viewer import Permission
from meedoen.web.coach.views.plan_opening import open_plan
from meedoen.web.shared import plan_paper
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.MAKE_PLAN, methods=("GET", "HEAD"))
def plan_print(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the plan as it comes out of a printer."""
    card, person = open_plan(request, key, page="plan_print")
    return plan_paper.plan_page(
        request,
        card,
        name=person.name,
        municipality=request.person.municipality,
        pdf_url=reverse("coach:plan_pdf", args=[key]),
        back=reverse("coach:plan_earlier", args=[key]),
    )


@page(Permission.MAKE_PLAN, methods=("GET", "HEAD"))
def plan_pdf(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Give the plan as PDF."""
    card, person = open_plan(request, key, page="plan_pdf")
    return plan_paper.plan_pdf(
        request,
        card,
        name=person.name,
        municipality=request.person.municipality,
        instead=reverse("coach:plan_print", args=[key]),
    )
