"""What an organisation reported of a placement: reading and answering it, or stopping for it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.placements.queries import PlacementCard
from meedoen.records.placements.report_actions import answer_report, end_as_reported
from meedoen.records.placements.report_queries import (
    ReportCard,
    ReportToAnswer,
    report_to_answer,
)
from meedoen.rules.placement_states import NOT_OVER
from meedoen.rules.vocabulary import PartnerReportKind
from meedoen.web.coach.forms.report import ReportAnswerForm, ReportEndForm, has_passed
from meedoen.web.coach.move_words import move_words
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.report_words import REPORT_KINDS, answer_text
from meedoen.web.shared.words import MOVE_REASONS, Words

Opened = tuple[ReportToAnswer, PlacementCard, ResidentCard]


@page(Permission.PLACE_RESIDENT)
def report(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a report, and answer it once."""
    asked, card, person = _open(request, key)
    answer = asked.report.answer
    over = asked.state not in NOT_OVER
    sent = request.POST if request.method == "POST" and answer is None else None
    form = ReportAnswerForm(sent, over=over)
    if request.method == "POST" and answer is not None:
        messages.info(request, _("Deze melding is al beantwoord. Er is niets veranderd."))
        return redirect("coach:placement", key=asked.placement_key)
    if form.is_valid():
        given = form.cleaned_data
        try:
            answer_report(request.viewer, key=key, follow_up=given["follow_up"], text=given["text"])
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("Uw antwoord is bewaard. %(organisation)s kan het lezen.")
                % {"organisation": card.organisation},
            )
            return redirect("coach:placement", key=asked.placement_key)
    last_day = asked.report.last_day
    context = {
        "form": form,
        "person": person,
        "card": card,
        "report": asked.report,
        "kind": REPORT_KINDS[asked.report.kind],
        "facts": _facts(asked.report),
        "answer": answer_text(answer) if answer else "",
        "may_end": not over,
        "end_label": move_words(asked.state, asked.leaves_by).button if asked.leaves_by else "",
        "ends_later": last_day is not None and not has_passed(last_day),
    }
    return render(request, "coach/report.html", context, status=422 if form.errors else 200)


@page(Permission.PLACE_RESIDENT)
def report_end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let a placement stop because of a report: the coach confirms the day and the reason."""
    asked, card, person = _open(request, key)
    to = asked.leaves_by
    if to is None or asked.report.answer is not None:
        messages.info(request, _("Dat kan nu niet meer: de plaatsing of de melding is al klaar."))
        return redirect("coach:placement", key=asked.placement_key)
    sent = request.POST if request.method == "POST" else None
    form = ReportEndForm(sent, asked=asked, to=to)
    words = move_words(asked.state, to)
    if form.is_valid():
        why = form.chosen()
        try:
            end_as_reported(
                request.viewer,
                key=key,
                on=form.cleaned_data["on"],
                outcome=why.outcome,
                reason=why.reason,
                text=form.cleaned_data["text"],
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, str(words.done))
            return redirect("coach:placement", key=asked.placement_key)
    context = {
        "form": form,
        "person": person,
        "card": card,
        "report": asked.report,
        "change": words,
        "facts": _facts(asked.report),
    }
    return render(request, "coach/report_end.html", context, status=422 if form.errors else 200)


def _open(request: ViewerRequest, key: uuid.UUID) -> Opened:
    """Return a report with its placement and person, and note that it was read. Raises Http404."""
    asked = report_to_answer(request.viewer, key=key)
    if asked is None:
        raise Http404
    card, person = open_placement(request, asked.placement_key)
    return asked, card, person


def _facts(report: ReportCard) -> list[tuple[str, Words]]:
    """Return what was reported, as labels with values."""
    facts: list[tuple[str, Words]] = [
        (_("Gemeld op"), day_text(report.reported_at)),
        (_("Gemeld door"), report.reported_by or _("met een link")),
    ]
    if report.kind is PartnerReportKind.PROPOSES_END:
        facts.append((_("Waarom"), MOVE_REASONS[report.reason] if report.reason else ""))
    if report.last_day is not None:
        facts.append((_("Voorgestelde laatste dag"), day_text(report.last_day)))
    return facts
