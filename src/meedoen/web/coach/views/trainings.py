"""What somebody learns beside a placement: written down, ended, put right."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.trainings.actions import (
    correct_training,
    end_training,
    enter_training,
    withdraw_training,
)
from meedoen.records.trainings.queries import TrainingCard, placements_beside, training
from meedoen.web.coach.forms.sheltered import ReasonForm
from meedoen.web.coach.forms.training import (
    TrainingCorrectForm,
    TrainingEndForm,
    TrainingForm,
    facts_from,
)
from meedoen.web.coach.one_form import FormPage, one_form
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.PLACE_RESIDENT)
def training_new(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what somebody is going to learn; the address may name a placement."""
    person = open_file(request, key, page="training")
    placements = placements_beside(request.viewer, pseudonym_id=person.pseudonym_id)
    beside = next((one for one in placements if str(one) == request.GET.get("plaatsing")), None)
    words = FormPage(
        title=_("Scholing of taalles toevoegen"),
        button=_("Opslaan"),
        done=_("De scholing staat in het dossier."),
        **_back(person, beside),
    )
    return one_form(
        request,
        words,
        person,
        lambda sent: TrainingForm(sent, placements=placements, beside=beside),
        lambda given: enter_training(
            request.viewer, pseudonym_id=person.pseudonym_id, facts=facts_from(given)
        ),
    )


@page(Permission.PLACE_RESIDENT)
def training_end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down how a training came out."""
    card, person = _open(request, key)
    words = FormPage(
        title=_("Resultaat van de scholing"),
        lead=card.what,
        button=_("Opslaan"),
        done=_("Het resultaat staat in het dossier."),
        **_back(person, card.placement_key),
    )
    return one_form(
        request,
        words,
        person,
        lambda sent: TrainingEndForm(sent, known=card),
        lambda given: end_training(request.viewer, key=key, **given),
    )


@page(Permission.PLACE_RESIDENT)
def training_correct(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say better what a training is."""
    card, person = _open(request, key)
    placements = placements_beside(request.viewer, pseudonym_id=person.pseudonym_id)
    words = FormPage(
        title=_("Scholing verbeteren"),
        lead=card.what,
        button=_("Verbeteren"),
        done=_("De scholing is verbeterd."),
        corrects=True,
        **_back(person, card.placement_key),
    )
    return one_form(
        request,
        words,
        person,
        lambda sent: TrainingCorrectForm(sent, placements=placements, known=card),
        lambda given: correct_training(
            request.viewer, key=key, facts=facts_from(given), reason=given["reason"]
        ),
    )


@page(Permission.PLACE_RESIDENT)
def training_withdraw(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say that there was no such training."""
    card, person = _open(request, key)
    words = FormPage(
        title=_("Scholing weghalen"),
        lead=card.what,
        explanation=_("Deze scholing was er niet. Stopte de inwoner? Kies dan voor het resultaat."),
        button=_("Weghalen"),
        done=_("De scholing is weggehaald."),
        corrects=True,
        **_back(person, card.placement_key),
    )
    return one_form(
        request,
        words,
        person,
        ReasonForm,
        lambda given: withdraw_training(request.viewer, key=key, **given),
    )


def _open(request: ViewerRequest, key: uuid.UUID) -> tuple[TrainingCard, ResidentCard]:
    card = training(request.viewer, key=key)
    if card is None:
        raise Http404
    return card, open_file(request, card.resident_key, page="training")


def _back(person: ResidentCard, placement_key: uuid.UUID | None) -> dict[str, Any]:
    """Lead back to the placement that it goes with, else to the file."""
    if placement_key is None:
        url = reverse("coach:resident", args=[person.key])
        return {"back_url": url, "back_label": _("Terug naar het dossier")}
    url = reverse("coach:placement", args=[placement_key])
    return {"back_url": url, "back_label": _("Terug naar de plaatsing")}
