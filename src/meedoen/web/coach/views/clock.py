"""The dates of the law of one participation job, and what was decided about them."""

import uuid
from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.participation_jobs.actions import take_back
from meedoen.records.participation_jobs.payment_queries import payments_of
from meedoen.records.participation_jobs.queries import ClockCard, DecisionCard, premiums_of
from meedoen.records.placements.actions import end, set_planned_end
from meedoen.rules.participation_job.decided import Matter
from meedoen.rules.participation_job.ending import EndByLaw
from meedoen.rules.participation_job.milestones import MilestoneKind, MilestoneState
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import MoveReason, Outcome
from meedoen.web.coach.forms.clock import EndByLawForm, TakeBackForm
from meedoen.web.coach.views.clock_opening import Opened, open_clock, strip
from meedoen.web.shared.clock_paper import premium_line
from meedoen.web.shared.clock_words import MATTERS, NOT_EXEMPT, answer_text, money_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import MOVE_REASONS, mid_sentence

NEAR = frozenset({MilestoneState.NOW, MilestoneState.OVERDUE})


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def dates(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show every date of the law, what was decided, and the end that the law sets."""
    opened = open_clock(request, key)
    card = opened.dates
    context = {
        "person": opened.person,
        "card": opened.card,
        "begun": card is not None,
        "may_decide": request.viewer.may(Permission.FIX_DUTIES),
    }
    if card is not None:
        context |= {
            "clock": strip(request.viewer, card, key),
            "ending": _ending(opened),
            "decisions": _decisions(card),
            "premiums": [premium_line(one) for one in premiums_of(request.viewer, key)],
            "payments": list(_payments(request, key)),
            "is_extended": card.holding(Matter.EXTENSION) is not None,
        }
    return render(request, "coach/clock.html", context)


@page(Permission.FIX_DUTIES)
def take_back_decision(request: ViewerRequest, key: uuid.UUID, decision: uuid.UUID) -> HttpResponse:
    """Say that something that was decided does not hold."""
    opened = open_clock(request, key)
    found = _holding(opened.dates, decision)
    sent = request.POST if request.method == "POST" else None
    form = TakeBackForm(sent)
    if sent is not None and form.is_valid():
        try:
            take_back(request.viewer, decision_key=decision, words=form.cleaned_data["words"])
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Dit geldt niet meer. Het blijft leesbaar."))
            return redirect("coach:clock", key=key)
    context = {
        "form": form,
        "person": opened.person,
        "card": opened.card,
        "title": _("Terugnemen: %(what)s") % {"what": mid_sentence(MATTERS[found.decided.matter])},
        "explanation": answer_text(found.decided),
        "button": _("Terugnemen"),
    }
    status = 422 if form.errors else 200
    return render(request, "coach/clock_form.html", context, status=status)


@page(Permission.PLACE_RESIDENT)
def end_by_law(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Propose the end that the law sets; the coach decides, nothing ends by itself."""
    opened = open_clock(request, key)
    ends = _proposed_end(opened)
    if ends is None:
        messages.warning(request, _("De wet vraagt nu niet dat deze plaatsing stopt."))
        return redirect("coach:clock", key=key)
    if ends.last_day >= clock.today():
        return _agree_on_last_day(request, opened, ends)
    sent = request.POST if request.method == "POST" else None
    form = EndByLawForm(sent, last_day=ends.last_day)
    if sent is not None and form.is_valid():
        try:
            end(
                request.viewer,
                key=key,
                last_day=form.cleaned_data["last_day"],
                outcome=Outcome.STOPPED_BY_MUNICIPALITY,
                reason=ends.reason,
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De plaatsing is gestopt. De plaats is weer vrij."))
            return redirect("coach:placement", key=key)
    context = _end_context(opened, ends) | {"form": form, "button": _("Stoppen")}
    status = 422 if form.errors else 200
    return render(request, "coach/clock_form.html", context, status=status)


def _agree_on_last_day(request: ViewerRequest, opened: Opened, ends: EndByLaw) -> HttpResponse:
    """Let the last day by law become the day that was agreed on, as long as it is to come."""
    refusal = ""
    if request.method == "POST":
        try:
            set_planned_end(
                request.viewer,
                key=opened.card.key,
                on=ends.last_day,
                seen=opened.card.planned_end_on,
            )
        except ActionRefusedError as error:
            refusal = str(error)
        else:
            messages.success(request, _("De afgesproken laatste dag is opgeslagen."))
            return redirect("coach:clock", key=opened.card.key)
    context = _end_context(opened, ends) | {
        "button": _("Deze laatste dag afspreken"),
        "refusal": refusal,
    }
    return render(request, "coach/clock_form.html", context, status=422 if refusal else 200)


def _end_context(opened: Opened, ends: EndByLaw) -> dict[str, object]:
    return {
        "person": opened.person,
        "card": opened.card,
        "title": _("Stoppen volgens de wet"),
        "ends": ends,
        "reason": mid_sentence(MOVE_REASONS[ends.reason]),
    }


def _proposed_end(opened: Opened) -> EndByLaw | None:
    """Return the end by law when it is near or over, and this placement goes on."""
    ends = opened.dates.ends if opened.dates else None
    if ends is None or opened.card.state not in TAKES_PART or ends.milestone.state not in NEAR:
        return None
    return ends


def _ending(opened: Opened) -> dict[str, object] | None:
    ends = _proposed_end(opened)
    if ends is None:
        return None
    return {
        "last_day": ends.last_day,
        "reason": mid_sentence(MOVE_REASONS[ends.reason]),
        "is_over": ends.last_day < clock.today(),
        "is_ahead": ends.last_day > clock.today(),
        "is_term": ends.reason is MoveReason.TERM_OF_THE_LAW,
        "may_be_later": _may_be_later(opened, ends),
        "agreed": opened.card.planned_end_on == ends.last_day,
    }


def _may_be_later(opened: Opened, ends: EndByLaw) -> bool:
    """Say whether an extension can still move the end: the longest term lies behind it."""
    return (
        ends.reason is MoveReason.TERM_OF_THE_LAW
        and opened.dates is not None
        and any(
            one.kind is MilestoneKind.ABSOLUTE_END and one.last_day > ends.last_day
            for one in opened.dates.milestones
        )
    )


def _decisions(card: ClockCard) -> list[dict[str, object]]:
    """Return what was decided; with its number where the same matter has more than one."""
    several = {one.decided.matter for one in card.decisions if one.decided.number > 1}
    return [_decision(one, numbered=one.decided.matter in several) for one in card.decisions]


def _decision(one: DecisionCard, *, numbered: bool) -> dict[str, object]:
    return {
        "card": one,
        "matter": MATTERS[one.decided.matter],
        "answer": answer_text(one.decided),
        "number": one.decided.number if numbered else None,
    }


def _payments(request: ViewerRequest, key: uuid.UUID) -> Iterator[dict[str, object]]:
    for one in payments_of(request.viewer, key):
        exempt = one.exempt
        yield {
            "paid_on": one.paid_on,
            "amount": money_text(one.cents),
            "exempt": money_text(exempt.exempt_cents) if exempt else "",
            "rest": money_text(exempt.rest_cents) if exempt else "",
            "why": NOT_EXEMPT[exempt.because] if exempt and exempt.because else "",
            "article": exempt.article if exempt else "",
            "address": exempt.address if exempt else "",
            "unknown": one.unknown,
            "key": one.key,
        }


def _holding(card: ClockCard | None, decision: uuid.UUID) -> DecisionCard:
    """Return a decision that holds. Raises Http404 for one of somebody else, or none at all."""
    found = (one for one in (card.decisions if card else ()) if one.key == decision)
    one = next(found, None)
    if one is None:
        raise Http404
    return one
