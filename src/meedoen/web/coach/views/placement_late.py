"""Registering late: somebody takes part already, and nobody wrote it down."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.course_actions import register_late
from meedoen.records.places.find_queries import find_places
from meedoen.records.places.wanted import PlaceFilter
from meedoen.web.coach.forms.placement_late import LateForm, LookForm
from meedoen.web.coach.unchecked import tell_refusal
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page

FEW_PLACES = 15
"""So many places can be read through; with more, somebody looks for one by words."""


@page(Permission.PLACE_RESIDENT)
def late(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Choose the place and give the days on which it began, in one form."""
    person = open_file(request, key, page="placement")
    look = LookForm(request.GET)
    look.is_valid()
    words = look.cleaned_data.get("words", "")
    found = find_places(request.viewer, wanted=PlaceFilter(words=words), size=FEW_PLACES)
    places = [hit.card for hit in found.cards]
    form = LateForm(request.POST if request.method == "POST" else None, places=places)
    if form.is_bound and form.is_valid():
        try:
            new = form.new(pseudonym_id=person.pseudonym_id)
            placement_key = register_late(request.viewer, new=new)
        except ActionRefusedError as error:
            tell_refusal(form, error, request)
        else:
            messages.success(request, _("De plaatsing staat er, met de dagen van toen."))
            return redirect("coach:placement", key=placement_key)
    context = {
        "form": form,
        "look": look,
        "person": person,
        "found": found,
        "more": found.total - len(places),
    }
    status = 422 if form.errors else 200
    return render(request, "coach/placement_late.html", context, status=status)
