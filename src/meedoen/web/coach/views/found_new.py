"""Handing in a place that somebody of the team found."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.found_form import FoundPlaceForm
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.PLACE_RESIDENT)
def found_new(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the form, and hand in the place when it is right."""
    person = open_file(request, key, page="found_place")
    sent = request.POST if request.method == "POST" else None
    form = FoundPlaceForm(sent, viewer=request.viewer, district_id=person.district_id)
    if sent is not None and form.is_valid():
        kept = form.keep(pseudonym_id=person.pseudonym_id)
        if kept is not None:
            messages.success(
                request, _("De plek is ingevoerd. Deze inwoner kan er meteen beginnen.")
            )
            return redirect("coach:found_place", key=kept)
    context = {"form": form, "person": person}
    return render(request, "coach/found_new.html", context, status=422 if form.errors else 200)
