"""Telling the coach at any moment that one worries, or proposes to stop."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.actions import note_opened
from meedoen.records.placements.people_queries import own_person
from meedoen.records.placements.report_actions import report as keep_report
from meedoen.rules.placement_states import TAKES_PART
from meedoen.web.partner.report_form import ReportForm
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.CONFIRM_PLACEMENT)
def report(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Tell the coach of a worry, or propose to end; it ends nothing."""
    found = own_person(request.viewer, key=key)
    if found is None:
        raise Http404
    note_opened(request.viewer, key=key, page="report")
    person = found.person
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        began=person.state in TAKES_PART,
        kind=request.GET.get("kind", ""),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            keep_report(
                request.viewer,
                key=key,
                kind=given["kind"],
                text=given["text"],
                last_day=given.get("last_day"),
                reason=given["reason"],
            )
        except ActionRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            told = {"name": person.given_name}
            messages.success(
                request, _("Bedankt. De coach van %(name)s krijgt dit te zien.") % told
            )
            return redirect("partner:person", key=key)
    context = {
        "form": form,
        "person": person,
        "crumbs": [
            (_("Wat op u wacht"), reverse("partner:waiting")),
            (_("Mensen"), reverse("partner:people")),
            (person.given_name, reverse("partner:person", args=[key])),
        ],
    }
    return render(request, "partner/report.html", context, status=422 if form.errors else 200)
