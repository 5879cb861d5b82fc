"""The premium for six months in a participation job: deciding, its basis, on paper."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.participation_jobs.hours import hours_of
from meedoen.records.participation_jobs.premium_actions import decide_premium
from meedoen.records.participation_jobs.queries import PremiumCard, clock_of, premiums_of
from meedoen.rules.participation_job.decided import Answer
from meedoen.web.coach.forms.clock import PremiumForm
from meedoen.web.coach.views.clock_opening import Opened, led_back, open_clock
from meedoen.web.shared import clock_paper
from meedoen.web.shared.clock_words import money_text
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.FIX_DUTIES)
def premium(request: ViewerRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """Show what a decision rests on, and decide, or decide anew."""
    opened = open_clock(request, key)
    if opened.dates is None:
        return led_back(request, key)
    card = _premium(request, key, number)
    sent = request.POST if request.method == "POST" else None
    form = PremiumForm(sent, seen=opened.dates.seen, initial=_begin(request, key, card))
    if sent is not None and form.is_valid():
        try:
            result = decide_premium(request.viewer, key=key, number=number, **form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            seen = clock_of(request.viewer, key)
            form.show(seen.seen if seen else 0)
        else:
            amount = money_text(result.cents)
            messages.success(
                request,
                _("Het besluit is vastgelegd. De premie is %(amount)s.") % {"amount": amount},
            )
            return redirect("coach:clock_premium", key=key, number=number)
    context = _context(opened, card) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "coach/clock_premium.html", context, status=status)


@page(Permission.FIX_DUTIES, methods=("GET", "HEAD"))
def premium_print(request: ViewerRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """Show a decision as it comes out of a printer."""
    opened = open_clock(request, key)
    return clock_paper.premium_page(
        request,
        _decided(request, key, number),
        name=opened.person.name,
        municipality=request.person.municipality,
        pdf_url=reverse("coach:clock_premium_pdf", args=[key, number]),
        back=reverse("coach:clock_premium", args=[key, number]),
    )


@page(Permission.FIX_DUTIES, methods=("GET", "HEAD"))
def premium_pdf(request: ViewerRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """Give a decision as PDF."""
    opened = open_clock(request, key)
    return clock_paper.premium_pdf(
        request,
        _decided(request, key, number),
        name=opened.person.name,
        municipality=request.person.municipality,
        instead=reverse("coach:clock_premium_print", args=[key, number]),
    )


def _premium(request: ViewerRequest, key: uuid.UUID, number: int) -> PremiumCard:
    """Return the n-th six months. Raises Http404."""
    found = (one for one in premiums_of(request.viewer, key) if one.period.number == number)
    card = next(found, None)
    if card is None:
        raise Http404
    return card


def _decided(request: ViewerRequest, key: uuid.UUID, number: int) -> PremiumCard:
    """Return six months that were decided on. Raises Http404."""
    card = _premium(request, key, number)
    if card.kept is None:
        raise Http404
    return card


def _begin(request: ViewerRequest, key: uuid.UUID, card: PremiumCard) -> dict[str, object]:
    """Return what the form begins with: the decision that holds, else the hours agreed on."""
    if card.kept is None or card.decision is None:
        hours = hours_of(request.viewer, key=key, until=card.period.ends_on)
        return {"decided_on": clock.today(), "hours_per_week": hours}
    basis = card.kept.basis
    return {
        "cooperated": Answer.YES if basis.cooperated else Answer.NO,
        "hours_per_week": basis.hours_per_week,
        "decided_on": basis.decided_on,
        "words": card.decision.words,
    }


def _context(opened: Opened, card: PremiumCard) -> dict[str, object]:
    return {
        "person": opened.person,
        "card": opened.card,
        "line": clock_paper.premium_line(card),
        "basis": clock_paper.basis_lines(card.kept) if card.kept else [],
        "decision": card.decision,
        "replays": card.replays,
    }
