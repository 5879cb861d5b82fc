"""Putting a measurement on the ladder right."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.ladder.actions import correct_measurement
from meedoen.records.ladder.queries import MeasurementCard, newest_measurement
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.web.coach.forms.measurement import CorrectMeasurementForm
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import RUNGS


@page(Permission.RECORD_CONVERSATION)
def correct(request: ViewerRequest, key: uuid.UUID, measurement: int) -> HttpResponse:
    """Put a measurement right; who comes after somebody else is told, and keeps what was typed."""
    person = open_file(request, key, page="measurement")
    card = _newest(request, person, measurement)
    if request.method != "POST" and card.measurement_id != measurement:
        return redirect(
            "coach:measurement_correct", key=person.key, measurement=card.measurement_id
        )
    onto = measurement
    form = CorrectMeasurementForm(request.POST or None, card=card)
    if request.method == "POST" and form.is_valid():
        if _keep(request, form, person, measurement):
            messages.success(request, _("De meting is verbeterd."))
            return redirect("coach:path", key=person.key)
        # Who was told that somebody was first, goes on with what stands there now.
        onto = card.measurement_id
    context = {
        "form": form,
        "person": person,
        "card": card,
        "onto": onto,
        "rung": card.set_rung.value,
        "rung_name": RUNGS[card.set_rung],
    }
    status = 422 if form.errors else 200
    return render(request, "coach/measurement_correct.html", context, status=status)


def _newest(request: ViewerRequest, person: ResidentCard, measurement: int) -> MeasurementCard:
    """Return what stands in the place of this measurement now. Raises Http404."""
    card = newest_measurement(
        request.viewer, pseudonym_id=person.pseudonym_id, measurement_id=measurement
    )
    if card is None:
        raise Http404
    return card


def _keep(
    request: ViewerRequest,
    form: CorrectMeasurementForm,
    person: ResidentCard,
    measurement: int,
) -> bool:
    """Keep the correction; say why not in the form."""
    try:
        correct_measurement(
            request.viewer,
            measurement_id=measurement,
            corrected=form.corrected(person.pseudonym_id),
            reason=form.cleaned_data["reason"],
        )
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return False
    return True
