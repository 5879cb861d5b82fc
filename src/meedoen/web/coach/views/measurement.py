"""Putting a measurement on the ladder right."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.ladder.actions import correct_measurement
from meedoen.records.ladder.queries import MeasurementCard, measurements_of
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.web.coach.forms.measurement import CorrectMeasurementForm
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import RUNGS


@page(Permission.RECORD_CONVERSATION)
def correct(request: ViewerRequest, key: uuid.UUID, measurement: int) -> HttpResponse:
    """Show the measurement as it is, to be put right; one that was corrected is not there."""
    person = open_file(request, key, page="measurement")
    card = _card(request, person, measurement)
    form = CorrectMeasurementForm(request.POST or None, card=card)
    if request.method == "POST" and form.is_valid() and _keep(request, form, person, card):
        messages.success(request, _("De meting is verbeterd."))
        return redirect("coach:path", key=person.key)
    context = {
        "form": form,
        "person": person,
        "card": card,
        "rung": card.set_rung.value,
        "rung_name": RUNGS[card.set_rung],
    }
    status = 422 if form.errors else 200
    return render(request, "coach/measurement_correct.html", context, status=status)


def _card(request: ViewerRequest, person: ResidentCard, measurement: int) -> MeasurementCard:
    cards = measurements_of(request.viewer, pseudonym_id=person.pseudonym_id)
    for card in cards:
        if card.measurement_id == measurement:
            return card
    raise Http404


def _keep(
    request: ViewerRequest,
    form: CorrectMeasurementForm,
    person: ResidentCard,
    card: MeasurementCard,
) -> bool:
    """Keep the correction; say why not in the form."""
    try:
        correct_measurement(
            request.viewer,
            measurement_id=card.measurement_id,
            corrected=form.corrected(person.pseudonym_id),
            reason=form.cleaned_data["reason"],
        )
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return False
    return True
