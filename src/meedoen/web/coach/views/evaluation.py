"""How a placement goes: written down, and put right."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.following.evaluation_actions import (
    NewEvaluation,
    correct_evaluation,
    hold_evaluation,
)
from meedoen.records.following.queries import EvaluationCard, evaluation, evaluations_of
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.web.coach.forms.following import EvaluationForm
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.following_words import evaluation_lines
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.PLACE_RESIDENT)
def hold(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down how a placement goes, beside what was said before."""
    return _write(
        request,
        key,
        None,
        lambda new: hold_evaluation(request.viewer, new=new),
        done=_("De evaluatie is opgeschreven."),
    )


@page(Permission.PLACE_RESIDENT)
def correct(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Put an evaluation right; what stood there stays in the record."""
    card = evaluation(request.viewer, key=key)
    if card is None:
        raise Http404
    return _write(
        request,
        card.placement_key,
        card,
        lambda new: correct_evaluation(request.viewer, evaluation_key=key, new=new),
        done=_("De evaluatie is verbeterd."),
    )


def _write(
    request: ViewerRequest,
    key: uuid.UUID,
    wrong: EvaluationCard | None,
    act: Callable[[NewEvaluation], Any],
    *,
    done: str,
) -> HttpResponse:
    card, person = open_placement(request, key)
    found = evaluations_of(request.viewer, key=key)
    if not found.may_hold:
        messages.warning(request, _("Deze plaatsing is nog niet begonnen."))
        return redirect("coach:placement", key=key)
    sent = request.POST if request.method == "POST" else None
    form = EvaluationForm(sent, card=wrong)
    if sent is not None and form.is_valid():
        try:
            act(NewEvaluation(key=key, **form.given()))
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("coach:placement", key=key)
    context = {
        "form": form,
        "person": person,
        "card": card,
        "corrects": wrong is not None,
        "evaluations": found,
        "evaluation_lines": [] if wrong else evaluation_lines(found.cards),
    }
    status = 422 if form.errors else 200
    return render(request, "coach/evaluation.html", context, status=status)
