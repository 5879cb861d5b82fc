"""What somebody got as a volunteer: the payments, and what of them counts for the benefit."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.allowances.actions import correct_payment, enter_payment, withdraw_payment
from meedoen.records.allowances.queries import PaymentCard, allowance_of, payment
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.web.coach.allowance_shown import money, shown_years, sources_on
from meedoen.web.coach.forms.allowance import PaymentCorrectForm, PaymentForm, payment_from
from meedoen.web.coach.forms.sheltered import ReasonForm
from meedoen.web.coach.one_form import FormPage, one_form
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def allowances(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show what somebody got, year by year, and every payment."""
    person = open_file(request, key, page="allowance")
    card = allowance_of(request.viewer, pseudonym_id=person.pseudonym_id)
    context = {
        "person": person,
        "years": shown_years(card.years),
        "payments": [(one, money(one.cents)) for one in card.payments],
        "sources": sources_on(clock.today()),
    }
    return render(request, "coach/allowances.html", context)


@page(Permission.PLACE_RESIDENT)
def allowance_new(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write a payment down."""
    person = open_file(request, key, page="allowance")
    words = FormPage(
        title=_("Vergoeding toevoegen"),
        explanation=_("De inwoner meldt elke vergoeding. U schrijft hier op wat er is betaald."),
        button=_("Opslaan"),
        done=_("De vergoeding staat in het dossier."),
        **_back(person),
    )
    return one_form(
        request,
        words,
        person,
        PaymentForm,
        lambda given: enter_payment(
            request.viewer, pseudonym_id=person.pseudonym_id, facts=payment_from(given)
        ),
    )


@page(Permission.PLACE_RESIDENT)
def allowance_correct(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say better what was paid."""
    card, person = _open(request, key)
    words = FormPage(
        title=_("Vergoeding verbeteren"),
        button=_("Verbeteren"),
        done=_("De vergoeding is verbeterd."),
        corrects=True,
        **_back(person),
    )
    return one_form(
        request,
        words,
        person,
        lambda sent: PaymentCorrectForm(sent, known=card),
        lambda given: correct_payment(
            request.viewer, key=key, facts=payment_from(given), reason=given["reason"]
        ),
    )


@page(Permission.PLACE_RESIDENT)
def allowance_withdraw(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say that it was not paid."""
    card, person = _open(request, key)
    words = FormPage(
        title=_("Vergoeding weghalen"),
        lead=money(card.cents),
        explanation=_("Deze vergoeding is niet betaald."),
        button=_("Weghalen"),
        done=_("De vergoeding is weggehaald."),
        corrects=True,
        **_back(person),
    )
    return one_form(
        request,
        words,
        person,
        ReasonForm,
        lambda given: withdraw_payment(request.viewer, key=key, **given),
    )


def _open(request: ViewerRequest, key: uuid.UUID) -> tuple[PaymentCard, ResidentCard]:
    card = payment(request.viewer, key=key)
    if card is None:
        raise Http404
    return card, open_file(request, card.resident_key, page="allowance")


def _back(person: ResidentCard) -> dict[str, Any]:
    url = reverse("coach:allowances", args=[person.key])
    return {"back_url": url, "back_label": _("Terug naar de vergoedingen")}
