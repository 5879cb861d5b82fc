"""Today: what is planned, who needs a look and why, and what came back."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.signals.actions import catch_up
from meedoen.records.signals.agenda_queries import came_back, planned_today
from meedoen.records.signals.queries import coach_counts, open_signals, totals
from meedoen.records.signals.tasks import last_night
from meedoen.web.coach.drafting import drafts_to_finish
from meedoen.web.coach.forms.snooze import SignalFilterForm
from meedoen.web.coach.referrals_part import answered_referrals, waiting_referrals
from meedoen.web.coach.signal_lines import person_lines
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number

LONG_AGO = timedelta(hours=36)
"""A night was missed: signals that come from time passing are not all there."""


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def today(request: ViewerRequest) -> HttpResponse:
    """Show who to talk to today, what is late, and what came back."""
    viewer = request.viewer
    # What was just done must not stand here any more, also when no worker runs.
    catch_up(viewer)
    coaches = coach_counts(viewer)
    form = SignalFilterForm(request.GET.dict(), viewer=viewer, coaches=coaches)
    coach_id, kind = form.wanted()
    counted = totals(viewer, coach_id=coach_id)
    form.count(counted)
    found = open_signals(viewer, coach_id=coach_id, kind=kind, number=page_number(request))
    day = clock.today()
    context = {
        "form": form,
        "own": coach_id is not None and coach_id == viewer.membership_id,
        "page": found,
        "people": [person_lines(person, day, first=kind) for person in found.cards],
        "totals": counted,
        "query": before_page(request),
        "filtered": kind is not None,
        "of_kind": next((one for one in counted.kinds if one.kind is kind), None),
        "coaches": coaches if viewer.role == Role.TEAM_LEAD else [],
        "planned": planned_today(viewer, coach_id=coach_id),
        "news": came_back(viewer, coach_id=coach_id),
        "answered": answered_referrals(viewer, coach_id=coach_id),
        **drafts_to_finish(viewer),
        **waiting_referrals(viewer, coach_id=coach_id),
        **_freshness(viewer),
    }
    return render(request, "coach/today.html", context, status=422 if form.errors else 200)


def _freshness(viewer: Viewer) -> dict[str, Any]:
    """Say when everyone's signals were last worked out, and whether that is too long ago."""
    last: datetime | None = last_night(viewer)
    return {"updated_at": last, "stale": last is None or clock.now() - last > LONG_AGO}
