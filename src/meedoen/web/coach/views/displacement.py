"""The check that a participation job takes no paid work away."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.places.detail_queries import place_page
from meedoen.records.places.displacement_actions import (
    CheckedMeanwhileError,
    check_displacement,
)
from meedoen.records.places.displacement_queries import CheckCard, displacement_of
from meedoen.records.places.found_queries import found_place
from meedoen.rules.places.displacement import version_on
from meedoen.rules.vocabulary import DisplacementVerdict, PlaceStatus
from meedoen.web.coach.forms.found import DisplacementForm
from meedoen.web.coach.unchecked import asked_back
from meedoen.web.coach.views.found_place import check_shown, open_found
from meedoen.web.shared.displacement_words import (
    VERDICT_KINDS,
    VERDICTS,
    WHY_VERDICT,
    answered,
)
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.VERIFY_PLACES)
def displacement(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the checks of a place, and keep a new one when it is right."""
    card, place = (
        displacement_of(request.viewer, place_key=key),
        place_page(request.viewer, key=key),
    )
    if card is None or place is None or not card.is_asked:
        raise Http404
    waits = place.card.status is not PlaceStatus.LISTED
    is_found = waits and found_place(request.viewer, place_key=key) is not None
    if is_found:
        # It is about the person who found the place, too.
        open_found(request, key)
    back = asked_back(request)
    years = version_on(clock.today()).years_back
    sent = request.POST if request.method == "POST" else None
    form = DisplacementForm(sent, years_back=years, newest=card.newest)
    if sent is not None and form.is_valid():
        given = form.cleaned_data
        try:
            verdict = check_displacement(
                request.viewer,
                place_key=key,
                answers=form.answers(),
                reason=given["reason"],
                seen=given["seen"],
            )
        except CheckedMeanwhileError as error:
            form.show(card.newest)
            form.add_error(None, str(error))
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("De toets is bewaard: %(verdict)s.") % {"verdict": VERDICTS[verdict]}
            )
            if back and verdict is not DisplacementVerdict.DISPLACES:
                return redirect(back)
            return redirect("coach:found_place" if is_found else "coach:displacement", key=key)
    context: dict[str, Any] = {
        "form": form,
        "place": place.card,
        "back": back or reverse("coach:found_place" if is_found else "coach:place", args=[key]),
        "returns": bool(back),
        "check": check_shown(card),
        "checks": [_shown(one) for one in card.checks],
    }
    status = 422 if form.errors else 200
    return render(request, "coach/displacement.html", context, status=status)


def _shown(card: CheckCard) -> dict[str, object]:
    return {
        "card": card,
        "verdict": VERDICTS[card.verdict],
        "verdict_kind": VERDICT_KINDS[card.verdict],
        "why": [WHY_VERDICT[reason] for reason in card.reasons],
        "answers": answered(card.answers, card.years_back),
    }
