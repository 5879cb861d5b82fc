"""Old sheltered work (Wsw) of one person."""

import uuid

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.sheltered.queries import WswCard, wsw
from meedoen.records.sheltered.wsw_actions import (
    NewWswJob,
    change_wsw,
    end_wsw,
    enter_wsw,
    withdraw_wsw,
)
from meedoen.web.coach.forms.sheltered import ReasonForm, WswEndForm, WswForm
from meedoen.web.coach.one_form import FormPage, one_form
from meedoen.web.coach.views.opening import open_file
from meedoen.web.coach.views.sheltered import back_to
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.PLACE_RESIDENT)
def wsw_new(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write old sheltered work down."""
    person = open_file(request, key, page="sheltered")
    words = FormPage(
        title=_("Baan in de Wsw toevoegen"),
        explanation=_(
            "Sinds 1 januari 2015 komt niemand nieuw in de Wsw. Alleen wie de dag ervoor zo'n baan "
            "had, kan die nog hebben."
        ),
        button=_("Opslaan"),
        done=_("De baan in de Wsw staat in het dossier."),
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        WswForm,
        lambda given: enter_wsw(
            request.viewer, job=NewWswJob(pseudonym_id=person.pseudonym_id, **given)
        ),
    )


@page(Permission.PLACE_RESIDENT)
def wsw_change(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Go on with other hours, another kind or category from a day."""
    card, person = _open(request, key)
    words = FormPage(
        title=_("Baan in de Wsw wijzigen"),
        explanation=_("De baan loopt door. Kies de dag vanaf wanneer het anders is."),
        button=_("Opslaan"),
        done=_("De wijziging staat in het dossier."),
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        lambda sent: WswForm(sent, known=card),
        lambda given: change_wsw(
            request.viewer,
            key=key,
            on=given["starts_on"],
            week_hours=given["week_hours"],
            category=given["category"],
            kind=given["kind"],
        ),
    )


@page(Permission.PLACE_RESIDENT)
def wsw_end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """End old sheltered work."""
    _card, person = _open(request, key)
    words = FormPage(
        title=_("Baan in de Wsw stoppen"),
        explanation=_("Wie uit de Wsw gaat, kan later alleen terug volgens de regels van de wet."),
        button=_("Stoppen"),
        done=_("De laatste dag staat in het dossier."),
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        WswEndForm,
        lambda given: end_wsw(request.viewer, key=key, **given),
    )


@page(Permission.CORRECT_PLACEMENT)
def wsw_withdraw(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say that somebody never had this old sheltered work."""
    _card, person = _open(request, key)
    words = FormPage(
        title=_("Baan in de Wsw weghalen"),
        explanation=_("Deze baan was er niet. Stopte de baan? Kies dan voor stoppen."),
        button=_("Weghalen"),
        done=_("De baan is weggehaald."),
        corrects=True,
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        ReasonForm,
        lambda given: withdraw_wsw(request.viewer, key=key, **given),
    )


def _open(request: ViewerRequest, key: uuid.UUID) -> tuple[WswCard, ResidentCard]:
    card = wsw(request.viewer, key=key)
    if card is None:
        raise Http404
    return card, open_file(request, card.resident_key, page="sheltered")
