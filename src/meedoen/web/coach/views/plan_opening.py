"""Opening a plan: it is there and for this viewer, or it is not there at all."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from meedoen.records.people.queries import ResidentCard
from meedoen.records.plans.cards import PlanCard
from meedoen.records.plans.queries import plan
from meedoen.rules.vocabulary import PlanState
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest


def open_plan(
    request: ViewerRequest, key: uuid.UUID, *, page: str = "plan"
) -> tuple[PlanCard, ResidentCard]:
    """Return a plan and whose it is, and note that it was read. Raises Http404."""
    card = plan(request.viewer, key=key)
    if card is None:
        raise Http404
    return card, open_file(request, card.resident_key, page=page)


def led_back(request: ViewerRequest, card: PlanCard) -> HttpResponse | None:
    """Return the way back from a change of a plan that has ended; None while it runs.

    None as well for a form that was sent: the action refuses it, and what was typed stays.
    """
    if card.state is not PlanState.ENDED or request.method == "POST":
        return None
    messages.warning(request, _("Dat kan niet meer: dit plan is gestopt."))
    return redirect("coach:plan", key=card.resident_key)
