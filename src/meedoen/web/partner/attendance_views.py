"""Who was there, place by place and week by week, where the place asks for it."""

import uuid
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.attendance_actions import note_attendance
from meedoen.records.placements.attendance_queries import (
    AttendanceWeek,
    attendance_week,
    places_with_attendance,
)
from meedoen.web.partner.attendance_form import AttendanceForm
from meedoen.web.shared.pages import ViewerRequest, page

A_WEEK = timedelta(days=7)
EARLIEST = date(2000, 1, 3)
WEEKS_BACK = 13
"""So far back links lead; who needs an older week puts it in the address."""


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def attendance_places(request: ViewerRequest) -> HttpResponse:
    """Show the places that ask who was there; with one of them that one at once."""
    places = places_with_attendance(request.viewer)
    if len(places) == 1:
        return redirect("partner:attendance", place_key=places[0].key)
    context = {"places": places, "crumbs": [(_("Wat op u wacht"), reverse("partner:waiting"))]}
    return render(request, "partner/attendance_places.html", context)


@page(Permission.CONFIRM_PLACEMENT)
def attendance(request: ViewerRequest, place_key: uuid.UUID) -> HttpResponse:
    """Show a week of a place, and keep who was there in one go."""
    monday = _monday(request)
    week = attendance_week(request.viewer, place_key=place_key, monday=monday)
    if week is None:
        raise Http404
    form = AttendanceForm(request.POST if request.method == "POST" else None, week=week)
    if request.method == "POST" and form.is_valid():
        try:
            kept = note_attendance(request.viewer, days=form.new_days(request.POST.dict()))
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _kept_text(kept))
            url = reverse("partner:attendance", args=[place_key])
            return redirect(f"{url}?week={monday.isoformat()}")
    return render(
        request,
        "partner/attendance.html",
        _context(form, week),
        status=422 if form.errors else 200,
    )


def _context(form: AttendanceForm, week: AttendanceWeek) -> dict[str, object]:
    this_week = _monday_of(clock.today())
    return {
        "form": form,
        "week": week,
        "last_day": week.monday + A_WEEK - timedelta(days=1),
        "earlier": week.monday - A_WEEK if week.monday > this_week - WEEKS_BACK * A_WEEK else None,
        "later": week.monday + A_WEEK if week.monday < this_week else None,
        "crumbs": [
            (_("Wat op u wacht"), reverse("partner:waiting")),
            (_("Plekken"), reverse("partner:places")),
            (week.title, reverse("partner:place", args=[week.place_key])),
        ],
    }


def _monday(request: ViewerRequest) -> date:
    """Return the Monday of the week that the address names; this week when it names none."""
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = clock.today()
    return _monday_of(min(max(day, EARLIEST), clock.today()))


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _kept_text(kept: int) -> str:
    if not kept:
        return _("Er is niets veranderd: alles stond er al.")
    return ngettext("Bewaard: één dag.", "Bewaard: %(total)s dagen van mensen.", kept) % {
        "total": kept
    }
