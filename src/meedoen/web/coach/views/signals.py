"""Signals that were put off, and putting one off."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.signals.actions import catch_up
from meedoen.records.signals.actions import snooze as put_off
from meedoen.records.signals.queries import OneSignal, coach_counts, one_signal
from meedoen.records.signals.queries import snoozed as put_off_signals
from meedoen.web.coach.forms.snooze import SignalFilterForm, SnoozeForm
from meedoen.web.coach.signal_lines import person_lines, signal_line
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number


@page(Permission.SEE_CASELOAD)
def snooze(request: ViewerRequest, signal_id: int) -> HttpResponse:
    """Put a signal off until a day, with a reason."""
    found = _open(request, signal_id)
    person = open_file(request, found.resident_key, page="snooze")
    sent = request.POST if request.method == "POST" else None
    form = SnoozeForm(sent, last=found.card.snooze)
    if sent is not None and form.is_valid():
        try:
            put_off(request.viewer, signal_id=signal_id, **form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            # What a colleague did in the meantime stands on the page, so now it is seen.
            found = _open(request, signal_id)
            form.show(found.card.snooze)
        else:
            messages.success(request, _("Het signaal is uitgesteld. Het komt vanzelf terug."))
            return redirect("coach:today")
    context = {
        "form": form,
        "person": person,
        "line": signal_line(found.card, person.key, clock.today()),
    }
    return render(request, "coach/signal_snooze.html", context, status=422 if form.errors else 200)


def _open(request: ViewerRequest, signal_id: int) -> OneSignal:
    # One that ended while somebody typed is refused by the action, with what was typed.
    sent = request.method == "POST"
    found = one_signal(request.viewer, signal_id=signal_id, also_ended=sent)
    if found is None:
        raise Http404
    return found


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def snoozed(request: ViewerRequest) -> HttpResponse:
    """Show what was put off: until when, by whom and why."""
    viewer = request.viewer
    catch_up(viewer)
    form = SignalFilterForm(request.GET.dict(), viewer=viewer, coaches=coach_counts(viewer))
    del form.fields["kind"]
    coach_id, _kind = form.wanted()
    found = put_off_signals(viewer, coach_id=coach_id, number=page_number(request))
    today = clock.today()
    context = {
        "form": form,
        "page": found,
        "people": [person_lines(person, today) for person in found.cards],
        "query": before_page(request),
    }
    return render(
        request, "coach/signals_snoozed.html", context, status=422 if form.errors else 200
    )
