"""How months went: one screen for everyone, and one person at a time to put right."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.actions import note_opened
from meedoen.records.placements.month_actions import NewMonth, confirm_months
from meedoen.records.placements.month_queries import (
    MonthLine,
    MonthSaid,
    month_lines,
    months_of,
    months_to_confirm,
)
from meedoen.records.placements.months import first_of_month, month_before
from meedoen.records.placements.people_queries import OwnPersonPage, own_person
from meedoen.rules import half_days
from meedoen.rules.vocabulary import MonthAnswer
from meedoen.web.partner.month_form import WHILE_IT_RUNS, MonthForm
from meedoen.web.shared.figures import month_text
from meedoen.web.shared.month_words import ANSWERS, said_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.reasons import half_days_text

EARLIEST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class ShownLine:
    """Somebody on the screen of a month: who, when they come, what was said, and the form."""

    line: MonthLine
    times: str
    said: str
    form: MonthForm


@page(Permission.CONFIRM_PLACEMENT)
def months(request: ViewerRequest) -> HttpResponse:
    """Show who took part last month, and keep how it went: as planned unless said otherwise."""
    sent = request.method == "POST"
    lines = _sent_lines(request) if sent else months_to_confirm(request.viewer)
    shown = [_shown(request, line) for line in lines]
    refused = ""
    # Every form is looked at, so that all mistakes are told at once.
    mistakes = [one.form for one in shown if sent and not one.form.is_valid()]
    if sent and not mistakes:
        try:
            kept = confirm_months(request.viewer, answers=_answers(request, shown))
        except ActionRefusedError as error:
            # The numbers of what was seen come with the page: whoever sends it again has seen it.
            refused = str(error)
        else:
            messages.success(request, _kept_text(kept))
            return redirect("partner:waiting")
    context = {
        "lines": shown,
        "month": month_text(lines[0].month if lines else month_before(clock.today())),
        "month_value": lines[0].month.isoformat() if lines else "",
        "forms": mistakes,
        "form": mistakes[0] if mistakes else None,
        "refused": refused,
        "crumbs": [(_("Wat op u wacht"), reverse("partner:waiting"))],
    }
    status = 422 if mistakes or refused else 200
    return render(request, "partner/months.html", context, status=status)


def _sent_lines(request: ViewerRequest) -> Sequence[MonthLine]:
    """Return the people whom the page that was sent was about, also who was confirmed meanwhile."""
    try:
        month = date.fromisoformat(request.POST.get("month", ""))
        keys = [uuid.UUID(key) for key in request.POST.getlist("key")]
    except ValueError:
        return months_to_confirm(request.viewer)
    return month_lines(request.viewer, month=month, keys=keys)


def _shown(request: ViewerRequest, line: MonthLine) -> ShownLine:
    form = MonthForm(
        request.POST if request.method == "POST" else None,
        name=line.given_name,
        key=line.key,
        month=line.month,
    )
    return ShownLine(
        line=line,
        times=half_days_text(half_days.codes(line.half_days)),
        said=said_text(line.said) if line.said else "",
        form=form,
    )


def _answers(request: ViewerRequest, shown: Sequence[ShownLine]) -> list[NewMonth]:
    return [one.form.new_month(_seen(request, one.line.key)) for one in shown]


def _seen(request: ViewerRequest, key: uuid.UUID) -> int:
    """Return the newest word that the page showed; 0 for none, or for what cannot be read."""
    text = request.POST.get(f"{key}-seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _kept_text(kept: int) -> str:
    if not kept:
        return _("Dit was al bevestigd. Er is niets veranderd.")
    return ngettext(
        "Bedankt. De maand is bevestigd voor één persoon.",
        "Bedankt. De maand is bevestigd voor %(total)s mensen.",
        kept,
    ) % {"total": kept}


# --- one person ------------------------------------------------------------------------------


@page(Permission.CONFIRM_PLACEMENT)
def month(request: ViewerRequest, key: uuid.UUID, year: int, number: int) -> HttpResponse:
    """Say how one month of somebody went, or put right what was said; what stood there stays.

    Of a month that is not over: a worry, or that somebody stopped.
    """
    if not (EARLIEST_YEAR <= year <= clock.today().year and 1 <= number <= 12):
        raise Http404
    return _one(request, key, date(year, number, 1))


def _one(request: ViewerRequest, key: uuid.UUID, about: date) -> HttpResponse:
    found = own_person(request.viewer, key=key)
    this_month = first_of_month(clock.today())
    if found is None or about > this_month:
        raise Http404
    note_opened(request.viewer, key=key, page="month")
    said = next((one for one in found.months if one.month == about), None)
    form = MonthForm(
        request.POST if request.method == "POST" else None,
        name=found.person.given_name,
        key=key,
        month=about,
        said=said,
        answers=WHILE_IT_RUNS if about == this_month else tuple(MonthAnswer),
    )
    if request.method == "POST" and form.is_valid():
        try:
            confirm_months(request.viewer, answers=[form.new_month(_seen(request, key))])
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            said = _newest(request, key, about)
        else:
            messages.success(request, _told_text(form, found))
            return redirect("partner:person", key=key)
    context = {
        "form": form,
        "person": found.person,
        "month": month_text(about),
        "runs": about == this_month,
        "said": said_text(said) if said else "",
        "seen": said.confirmation_id if said else 0,
        "crumbs": [
            (_("Wat op u wacht"), reverse("partner:waiting")),
            (_("Mensen"), reverse("partner:people")),
            (found.person.given_name, reverse("partner:person", args=[key])),
        ],
    }
    return render(request, "partner/month.html", context, status=422 if form.errors else 200)


def _newest(request: ViewerRequest, key: uuid.UUID, about: date) -> MonthSaid | None:
    months = months_of(request.viewer, key=key)
    return next((one for one in months if one.month == about), None)


def _told_text(form: MonthForm, found: OwnPersonPage) -> str:
    answer = form.cleaned_data["answer"]
    told = {"name": found.person.given_name, "answer": ANSWERS[answer]}
    if answer in WHILE_IT_RUNS:
        return _("Bedankt. De coach van %(name)s krijgt dit te zien en neemt contact op.") % told
    return _("Bewaard voor %(name)s: %(answer)s.") % told
