"""Handing a caseload, or a part of it, over to another coach."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.hand_over_actions import call_off_hand_over, hand_over_all
from meedoen.records.people.hand_over_queries import (
    busy_coaches,
    coaches_of_municipality,
    handable,
)
from meedoen.web.coach.forms.handing_over import HandOverForm, WhoseForm
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page

CHECKED, BACK = "checked", "back"
"""What a button of the second step sends as `step`."""


@page(Permission.HAND_OVER)
def hand_over(request: ViewerRequest) -> HttpResponse:
    """Choose whose people, then who goes where; look once more; hand over."""
    coaches = busy_coaches(request.viewer)
    given = request.GET if "coach" in request.GET else None
    whose = WhoseForm(given, coaches=coaches)
    context: dict[str, Any] = {"whose": whose, "coaches": coaches}
    if not whose.is_valid():
        # The frame of the page looks at `form` for mistakes.
        context["form"] = whose
        status = 422 if whose.errors else 200
        return render(request, "coach/hand_over.html", context, status=status)
    coach_id = whose.cleaned_data["coach"]
    people = handable(request.viewer, coach_id=coach_id)
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        handable=people,
        coaches=coaches_of_municipality(request.viewer),
        coach_id=coach_id,
    )
    context |= {
        "form": form,
        "people": people,
        "planned": [card for card in people if card.planned_on],
        "coach": next(card for card in coaches if card.membership_id == coach_id),
    }
    if request.method == "POST" and request.POST.get("step") != BACK and form.is_valid():
        return _checked(request, form, context)
    status = 422 if form.errors and request.POST.get("step") != BACK else 200
    return render(request, "coach/hand_over.html", context, status=status)


@page(Permission.HAND_OVER, methods=("POST",))
def call_off(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Call off a hand-over that lies ahead, and say so or why not."""
    try:
        call_off_hand_over(request.viewer, key=key)
    except ActionRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("De overdracht gaat niet door. De coach van nu blijft."))
    return redirect("coach:hand_over")


def _checked(request: ViewerRequest, form: HandOverForm, context: dict[str, Any]) -> HttpResponse:
    """Hand over one person today, or what was looked at once more; else show what will happen."""
    chosen = form.chosen()
    ahead = form.cleaned_data["on"] > clock.today()
    if (ahead or len(chosen) > 1) and request.POST.get("step") != CHECKED:
        context |= {"chosen": chosen, "new_coach": form.new_coach(), "given": form.cleaned_data}
        return render(request, "coach/hand_over_check.html", context)
    try:
        hand_over_all(request.viewer, handovers=form.handovers())
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return render(request, "coach/hand_over.html", context, status=422)
    messages.success(request, _done(form, len(chosen)))
    return redirect("coach:hand_over")


def _done(form: HandOverForm, total: int) -> str:
    day = form.cleaned_data["on"]
    words = {"total": total, "coach": form.new_coach().name, "day": day_text(day)}
    if day > clock.today():
        return (
            ngettext(
                "%(total)s inwoner gaat op %(day)s over naar %(coach)s.",
                "%(total)s inwoners gaan op %(day)s over naar %(coach)s.",
                total,
            )
            % words
        )
    return (
        ngettext(
            "%(total)s inwoner is overgedragen aan %(coach)s.",
            "%(total)s inwoners zijn overgedragen aan %(coach)s.",
            total,
        )
        % words
    )
