"""People: the list of everyone to reach, that can be filtered, sorted, bookmarked and shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from meedoen.records.conversations.outreach_queries import (
    NextStepCard,
    attempts_since_talk,
    first_steps,
)
from meedoen.records.ladder.queries import latest_rungs
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.hand_over_queries import busy_coaches
from meedoen.records.people.queries import CaseloadCard, caseload, caseload_size
from meedoen.records.people.reach import Reach
from meedoen.records.placements.queries import CurrentPlacement, current_placements
from meedoen.web.coach.forms.caseload import CaseloadForm
from meedoen.web.coach.outreach_words import alone_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.words import PLACEMENT_STATES, RUNGS, Words


@dataclass(frozen=True, slots=True)
class Part:
    """What someone takes part in, with the state in words."""

    title: str
    state: Words


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; `alone` says until when somebody wants no contact."""

    person: CaseloadCard
    step: NextStepCard | None
    overdue: bool
    alone: str
    attempts: int
    rung: int | None
    rung_name: Words
    parts: Sequence[Part]


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def people(request: ViewerRequest) -> HttpResponse:
    """Show a page of the caseload, filtered and sorted as the address says."""
    viewer = request.viewer
    form = CaseloadForm(
        request.GET.dict(),
        viewer=viewer,
        districts=districts(viewer),
        coaches=busy_coaches(viewer),
    )
    wanted = form.wanted()
    found = caseload(viewer, wanted=wanted, number=page_number(request))
    context = {
        "form": form,
        "page": found,
        "everyone": caseload_size(viewer, wanted=wanted),
        "rows": list_rows(viewer, found.cards),
        "query": before_page(request),
        "filtered": bool(request.GET.keys() - {"page"}),
        "nobody": _nobody(wanted.reach, not_spoken_months=wanted.not_spoken_months),
    }
    return render(request, "coach/caseload.html", context, status=422 if form.errors else 200)


def list_rows(viewer: Viewer, cards: Sequence[CaseloadCard]) -> list[Row]:
    """Return these people as lines of the list; the export shows the same."""
    pseudonym_ids = [card.pseudonym_id for card in cards]
    rungs = latest_rungs(viewer, pseudonym_ids=pseudonym_ids)
    placements = current_placements(viewer, pseudonym_ids=pseudonym_ids)
    steps = first_steps(viewer, pseudonym_ids=pseudonym_ids)
    attempts = attempts_since_talk(viewer, pseudonym_ids=pseudonym_ids)
    today = clock.today()
    rows = []
    for card in cards:
        rung = rungs.get(card.pseudonym_id)
        step = steps.get(card.pseudonym_id)
        rows.append(
            Row(
                person=card,
                step=step,
                overdue=_is_overdue(step, today),
                alone=alone_text(card.no_contact_until) if card.no_contact_until else "",
                attempts=attempts.get(card.pseudonym_id, 0),
                rung=rung.value if rung else None,
                rung_name=RUNGS[rung] if rung else "",
                parts=[_part(one) for one in placements.get(card.pseudonym_id, [])],
            )
        )
    return rows


def _is_overdue(step: NextStepCard | None, today: date) -> bool:
    return step is not None and step.planned_on < today


def _part(placement: CurrentPlacement) -> Part:
    return Part(placement.title, PLACEMENT_STATES[placement.state])


def _nobody(reach: Reach, *, not_spoken_months: int | None) -> str:
    """Say what it means that nobody was found, and what to do."""
    if not_spoken_months is not None:
        return _("Met iedereen in deze keuze is kort geleden gesproken. Kies een kortere tijd.")
    match reach:
        case Reach.NEVER_SPOKEN:
            return _("Met iedereen in deze keuze is al eens gesproken. Kijk wie u lang niet sprak.")
        case Reach.NO_NEXT_STEP:
            return _("Met iedereen in deze keuze is een volgende stap gepland.")
        case Reach.STEP_OVERDUE:
            return _("Geen enkele volgende stap is te laat. Kijk wie u lang niet sprak.")
        case Reach.NO_CONTACT:
            return _("Niemand in deze keuze heeft gezegd geen contact te willen.")
        case Reach.EVERYONE:
            return _("Niemand past bij deze keuze.")
