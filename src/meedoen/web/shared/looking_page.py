"""Who looks for something like a place: whether there is anybody, and asking their coaches."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.place_questions.actions import ask_coaches
from meedoen.records.place_questions.queries import LookingCard, who_looks
from meedoen.rules.places.questions import Crowd
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.pages import ViewerRequest


def looking_page(
    request: ViewerRequest, key: uuid.UUID, *, back: str, crumbs: Sequence[tuple[str, str]]
) -> HttpResponse:
    """Show whether people look for something like this place, and ask their coaches.

    `back` is the page of the place. Raises Http404 for a place that is not for this viewer.
    """
    refusal = ""
    if request.method == "POST":
        try:
            until = ask_coaches(request.viewer, place_key=key)
        except ActionRefusedError as error:
            refusal = str(error)
        else:
            messages.success(request, _asked(day_text(until)))
            return redirect(request.path)
    card = who_looks(request.viewer, place_key=key)
    if card is None:
        raise Http404
    context = {
        "card": card,
        "sentence": _sentence(card),
        "may_ask": card.asked_until is None and card.is_on and card.is_open,
        "refusal": refusal,
        "back": back,
        "crumbs": crumbs,
    }
    return render(request, "shared/looking.html", context, status=422 if refusal else 200)


def _asked(until: str) -> str:
    return _(
        "Uw vraag is gesteld. Coaches van mensen bij wie deze plek kan passen, lezen dat vandaag. "
        "Vanaf %(day)s kunt u het opnieuw vragen."
    ) % {"day": until}


def _sentence(card: LookingCard) -> str:
    if not card.is_on:
        return _("Uw gemeente laat Meedoen geen plekken voorstellen. Daarom telt dit hier niet.")
    if card.is_open and card.quiet_until is not None:
        return _(
            "Deze plek is kort geleden gewijzigd. Vanaf %(day)s leest u hier weer of mensen een "
            "plek als deze zoeken. Zo blijft niemand herkenbaar."
        ) % {"day": day_text(card.quiet_until)}
    if not card.is_open or card.looking is None:
        return _(
            "Deze plek is nu niet open, of er is geen plaats vrij. Dan valt er niets te tellen."
        )
    if card.looking.crowd is Crowd.FEW:
        return _("Weinig mensen in de gemeente zoeken een plek als deze, of niemand.")
    return _("Er zijn minstens %(least)s mensen in de gemeente die een plek als deze zoeken.") % {
        "least": number_text(card.looking.least)
    }
