"""How it really went: the whole course of one placement, put right at once."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.course_actions import CourseChangedError, correct_told_course
from meedoen.records.placements.course_queries import told_course
from meedoen.web.coach.forms.fields import send_along
from meedoen.web.coach.forms.placement_course import (
    MOST_STEPS,
    SEEN,
    changes_rows,
    sent_course,
    shown_course,
)
from meedoen.web.coach.steps import steps
from meedoen.web.coach.unchecked import tell_refusal
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.CORRECT_PLACEMENT)
def course(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the course of a placement as rows, and keep what it really was."""
    card, person = open_placement(request, key)
    told = told_course(request.viewer, key=key)
    if told is None:
        raise Http404
    sent = request.method == "POST"
    form = sent_course(request.POST) if sent else shown_course(told.steps, seen=told.seen)
    if sent and not changes_rows(request.POST) and form.is_valid():
        try:
            seen = form.cleaned_data[SEEN]
            correct_told_course(request.viewer, key=key, steps=form.steps(), seen=seen)
        except ActionRefusedError as error:
            tell_refusal(form, error, request)
            if isinstance(error, CourseChangedError):
                # The steps above the form tell now how it stands.
                send_along(form, SEEN, str(told.seen))
        else:
            messages.success(request, _("Opgeschreven hoe het echt ging."))
            return redirect("coach:placement", key=key)
    context = {
        "form": form,
        "person": person,
        "card": card,
        "steps": steps(card),
        "may_add": form.total < MOST_STEPS,
        "may_drop": form.total > 1,
    }
    status = 422 if form.errors else 200
    return render(request, "coach/placement_course.html", context, status=status)
