"""Sheltered work of one person: how it stands, and every step of the track."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.sheltered import actions
from meedoen.records.sheltered.correcting import correct_day, take_back
from meedoen.records.sheltered.queries import (
    TrackCard,
    sheltered_placements,
    track,
    tracks_of,
    wsw_of,
)
from meedoen.rules.sheltered.states import DECISIONS, goes_against_advice, is_closed
from meedoen.rules.sheltered.words import ShelteredState
from meedoen.web.coach.forms.sheltered import ReasonForm, RequestForm, StepDayForm, StepForm
from meedoen.web.coach.one_form import FormPage, one_form
from meedoen.web.coach.sheltered_shown import shown_track, shown_wsw
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, demand, page
from meedoen.web.shared.sheltered_words import SHELTERED_STATES, SHELTERED_STEPS

BACK = gettext_lazy("Terug naar beschut werk")


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def sheltered(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the tracks to sheltered work of somebody, and the Wsw."""
    person = open_file(request, key, page="sheltered")
    viewer, pseudonym_id = request.viewer, person.pseudonym_id
    tracks = tracks_of(viewer, pseudonym_id=pseudonym_id)
    context = {
        "person": person,
        "tracks": [shown_track(viewer, card) for card in tracks],
        "wsw": [shown_wsw(card) for card in wsw_of(viewer, pseudonym_id=pseudonym_id)],
        "is_objected_to": any(card.is_objected_to for card in tracks),
        "may_ask": all(is_closed(card.state) for card in tracks)
        and viewer.may(Permission.PLACE_RESIDENT),
    }
    return render(request, "coach/sheltered.html", context)


def open_track(request: ViewerRequest, key: uuid.UUID) -> tuple[TrackCard, ResidentCard]:
    """Return a track and whose it is, and note that it was read. Raises Http404."""
    card = track(request.viewer, key=key)
    if card is None:
        raise Http404
    return card, open_file(request, card.resident_key, page="sheltered")


def back_to(person: ResidentCard) -> dict[str, Any]:
    """Return the way back to the page of sheltered work of somebody."""
    return {"back_url": reverse("coach:sheltered", args=[person.key]), "back_label": BACK}


@page(Permission.PLACE_RESIDENT)
def sheltered_request(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down that sheltered work is asked for."""
    person = open_file(request, key, page="sheltered")
    words = FormPage(
        title=SHELTERED_STEPS[ShelteredState.REQUESTED],
        explanation=_(
            "De gemeente beslist, na advies van UWV (Participatiewet, artikel 10b). De inwoner mag "
            "het advies ook zelf aan UWV vragen."
        ),
        button=_("Aanvraag opslaan"),
        done=_("De aanvraag staat in het dossier."),
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        RequestForm,
        lambda given: actions.request(request.viewer, pseudonym_id=person.pseudonym_id, **given),
    )


@page(Permission.PLACE_RESIDENT)
def sheltered_step(request: ViewerRequest, key: uuid.UUID, state: str) -> HttpResponse:
    """Write down a step of a track, of those that may be made now."""
    card, person = open_track(request, key)
    if state not in set(ShelteredState):
        raise Http404
    to = ShelteredState(state)
    if to in DECISIONS:
        demand(request, Permission.FIX_DUTIES)
    if to not in card.next_states:
        messages.warning(
            request, _("Deze stap kan nu niet: het traject is intussen verder. Kijk hoe het staat.")
        )
        return redirect("coach:sheltered", key=person.key)
    placements = sheltered_placements(request.viewer, track_key=key)
    act = actions.decide if to in DECISIONS else actions.take_step
    words = FormPage(
        title=SHELTERED_STEPS[to],
        lead=SHELTERED_STATES[card.state],
        explanation=_explanation(card.state, to),
        button=_("Vastleggen") if to in DECISIONS else _("Opslaan"),
        done=_("De stap staat in het dossier."),
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        lambda sent: StepForm(sent, state=card.state, to=to, placements=placements),
        lambda given: act(request.viewer, key=key, to=to, **given),
    )


def _explanation(state: ShelteredState, to: ShelteredState) -> str:
    if goes_against_advice(state, to):
        return _(
            "Dit besluit wijkt af van het advies van UWV. Dat kan alleen bij uitzondering, met een "
            "reden en een uitleg."
        )
    if to in DECISIONS:
        return _(
            "Alleen de gemeente legt dit vast (Participatiewet, artikel 7, vierde lid). De inwoner "
            "krijgt een beschikking en kan bij de gemeente bezwaar maken."
        )
    return ""


@page(Permission.CORRECT_PLACEMENT)
def sheltered_step_day(request: ViewerRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """Correct the day of a step."""
    card, person = open_track(request, key)
    step = next((step for step in card.steps if step.number == number), None)
    if step is None:
        raise Http404
    words = FormPage(
        title=_("Dag verbeteren"),
        lead=SHELTERED_STATES[step.state],
        button=_("Verbeteren"),
        done=_("De dag is verbeterd."),
        corrects=True,
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        lambda sent: StepDayForm(sent, on=step.on),
        lambda given: correct_day(request.viewer, key=key, number=number, **given),
    )


@page(Permission.CORRECT_PLACEMENT)
def sheltered_take_back(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Take the last step of a track back: it was not made."""
    card, person = open_track(request, key)
    if card.is_taken_back:
        raise Http404
    words = FormPage(
        title=_("Laatste stap terugnemen"),
        lead=SHELTERED_STATES[card.state],
        explanation=_(
            "Deze stap was er niet. Het traject staat daarna weer waar het ervoor stond."
        ),
        button=_("Terugnemen"),
        done=_("De stap is teruggenomen."),
        corrects=True,
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        ReasonForm,
        lambda given: take_back(request.viewer, key=key, **given),
    )
