"""Waiting for a kind of place: the lists, one line, and where one person waits."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.waiting.kind_actions import place_from_kind, stop_waiting, wait_for_kinds
from meedoen.records.waiting.queries import (
    KindLine,
    Standing,
    kind_line,
    kind_list,
    places_waited_for,
    standings,
)
from meedoen.web.coach.forms.waiting import (
    KindFilterForm,
    PlaceFromListForm,
    StopForm,
    WaitForm,
    asked_district,
    asked_kind,
)
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.waiting_words import standing_text
from meedoen.web.shared.words import PLACE_KINDS

STOP = "stop"


@page(Permission.PLACE_RESIDENT, methods=("GET", "HEAD"))
def waiting_kinds(request: ViewerRequest) -> HttpResponse:
    """Show how many wait for each kind of place, the list of one of them, and the places."""
    every = kind_list(request.viewer, kind=None)
    kind = asked_kind(request.GET.get("kind", ""))
    district_id = asked_district(request.GET.get("district", ""), every)
    found = every
    if kind is not None:
        found = kind_list(
            request.viewer, kind=kind, district_id=district_id, number=page_number(request)
        )
    context = {
        "form": KindFilterForm(request.GET.dict(), districts=every.districts),
        "list": found,
        "page": found.lines,
        "query": before_page(request),
        "kind": PLACE_KINDS[kind] if kind else None,
        "counts": [(one, PLACE_KINDS[one.kind]) for one in found.counts if one.waiting],
        "places": places_waited_for(request.viewer),
    }
    return render(request, "coach/waiting_kinds.html", context)


@page(Permission.PLACE_RESIDENT)
def waiting_line(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Give somebody who waits for a kind a seat at a place, or take them off the list."""
    line = kind_line(request.viewer, key=key)
    if line is None:
        raise Http404
    open_file(request, line.person.key, page="waiting")
    sent = request.POST if request.method == "POST" else None
    stops = sent is not None and sent.get("step") == STOP
    form = PlaceFromListForm(None if stops else sent, rooms=line.rooms)
    stop_form = StopForm(sent if stops else None)
    if sent is not None:
        done = _stop(request, line, stop_form) if stops else _place(request, line, form)
        if done is not None:
            return done
    context = {
        "line": line,
        "kind": PLACE_KINDS[line.kind],
        "stands": standing_text(line.position, line.waiting, line.age),
        "form": form,
        "stop_form": stop_form,
    }
    status = 422 if form.errors or stop_form.errors else 200
    return render(request, "coach/waiting_line.html", context, status=status)


def _place(request: ViewerRequest, line: KindLine, form: PlaceFromListForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        placed = place_from_kind(
            request.viewer, key=line.key, place_id=given["place"], reason=given["reason"]
        )
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("De inwoner is voorgesteld. De plaats wordt vrijgehouden."))
    return redirect("coach:placement", key=placed)


def _stop(request: ViewerRequest, line: KindLine, form: StopForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        stop_waiting(request.viewer, keys=[line.key], on=given["left_on"], how=given["how"])
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("De inwoner staat niet meer op deze wachtlijst."))
    return redirect("coach:waiting_person", key=line.person.key)


@page(Permission.PLACE_RESIDENT)
def waiting_person(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show where one person waits, and let them wait for a kind of place."""
    person = open_file(request, key, page="waiting")
    districts = kind_list(request.viewer, kind=None).districts
    sent = request.POST if request.method == "POST" else None
    form = WaitForm(sent, districts=districts)
    if sent is not None and form.is_valid():
        try:
            wait_for_kinds(request.viewer, lines=[form.line(person.pseudonym_id)])
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De inwoner staat op de wachtlijst."))
            return redirect("coach:waiting_person", key=key)
    rows = standings(request.viewer, pseudonym_id=person.pseudonym_id)
    context = {"person": person, "form": form, "rows": [_row(one) for one in rows]}
    status = 422 if form.errors else 200
    return render(request, "coach/waiting_person.html", context, status=status)


def _row(standing: Standing) -> dict[str, object]:
    return {
        "standing": standing,
        "kind": PLACE_KINDS[standing.kind],
        "stands": standing_text(standing.position, standing.waiting, standing.age),
    }
