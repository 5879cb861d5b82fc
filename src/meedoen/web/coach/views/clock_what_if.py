"""What would move in the dates of the law when one date moves; nothing is kept."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission
from meedoen.records.participation_jobs.queries import ClockCard
from meedoen.records.participation_jobs.sentences import sentences
from meedoen.rules.participation_job.clock import extendable_from
from meedoen.rules.participation_job.facts import (
    Assessment,
    AssessmentKind,
    ClockFacts,
    Extension,
    Stretch,
    StretchReason,
)
from meedoen.rules.participation_job.milestones import Milestone, MilestoneState
from meedoen.rules.participation_job.problems import ClockError
from meedoen.rules.participation_job.what_if import (
    Change,
    what_if,
    with_extension,
    with_start,
    with_stretch,
)
from meedoen.web.coach.forms.clock import WhatIfForm
from meedoen.web.coach.views.clock_opening import led_back, open_clock
from meedoen.web.shared.clock_words import STATES, milestone_name
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def look(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show which dates differ when a date moves."""
    opened = open_clock(request, key)
    if opened.dates is None:
        return led_back(request, key)
    asked = bool(request.GET)
    form = WhatIfForm(request.GET if asked else None)
    changes: Sequence[Change] = ()
    if asked and form.is_valid():
        try:
            changes = _changes(opened.dates, form.cleaned_data)
        except ClockError as error:
            for sentence in sentences(error.problems):
                form.add_error(None, sentence)
    context = {
        "form": form,
        "person": opened.person,
        "card": opened.card,
        "asked": asked and not form.errors,
        "rows": [_row(one) for one in changes],
    }
    return render(request, "coach/clock_what_if.html", context, status=422 if form.errors else 200)


def _changes(card: ClockCard, given: dict[str, Any]) -> Sequence[Change]:
    found = what_if(card.facts, _moved(card, given), on=card.today)
    return [one for one in found if _applies(one.before) or _applies(one.after)]


def _moved(card: ClockCard, given: dict[str, Any]) -> ClockFacts:
    facts = card.facts
    if given["start"]:
        facts = with_start(facts, given["start"], at=_first_of_last_job(facts.stretches))
    if given["out_from"]:
        last = given["out_until"]
        end = last + timedelta(days=1) if last else None
        other = StretchReason.OTHER_PROVISION
        facts = with_stretch(facts, Stretch(given["out_from"], end, left_out=True, reason=other))
    if given["third_year"]:
        facts = _going_on(facts, card, 1, AssessmentKind.FIRST_EXTENSION)
    if given["fourth_year"]:
        facts = _going_on(facts, card, 2, AssessmentKind.SECOND_EXTENSION)
    return facts


def _first_of_last_job(stretches: Sequence[Stretch]) -> int:
    """Return where the newest job begins: pauses and what is left out are part of it."""
    at = len(stretches) - 1
    while at > 0 and stretches[at - 1].ends_on == stretches[at].starts_on:
        at -= 1
    return at


def _going_on(facts: ClockFacts, card: ClockCard, number: int, kind: AssessmentKind) -> ClockFacts:
    """Return the facts as if it was decided to go on, today or as soon as that may be."""
    if facts.extended(number):
        return facts
    day = max(card.today, extendable_from(facts, number, on=card.today))
    new = Assessment(kind, day, grew=True)
    assessed = (*(one for one in facts.assessments if one.kind is not kind), new)
    going_on = Extension(number, other_work=True, other_environment=True, decided_on=day)
    return with_extension(replace(facts, assessments=assessed), going_on)


def _applies(one: Milestone | None) -> bool:
    return one is not None and one.state is not MilestoneState.DOES_NOT_APPLY


def _row(change: Change) -> dict[str, str]:
    one = change.after or change.before
    return {
        "name": milestone_name(one) if one else "",
        "before": _told(change.before),
        "after": _told(change.after),
    }


def _told(one: Milestone | None) -> str:
    if one is None:
        return _("is er niet")
    return f"{day_text(one.last_day)} ({STATES[one.state]})"
