"""People: the list that can be filtered, sorted, bookmarked and shared."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from meedoen.records.ladder.queries import latest_rungs
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import CaseloadCard, caseload
from meedoen.records.placements.queries import CurrentPlacement, current_placements
from meedoen.web.coach.forms.caseload import CaseloadForm
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import PLACEMENT_STATES, RUNGS, Words


@dataclass(frozen=True, slots=True)
class Part:
    """What someone takes part in, with the state in words."""

    title: str
    state: Words


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    person: CaseloadCard
    rung: int | None
    rung_name: Words
    parts: Sequence[Part]


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def people(request: ViewerRequest) -> HttpResponse:
    """Show a page of the caseload, filtered and sorted as the address says."""
    form = CaseloadForm(
        request.GET.dict(), viewer=request.viewer, districts=districts(request.viewer)
    )
    found = caseload(request.viewer, wanted=form.wanted(), number=_number(request))
    rest = request.GET.copy()
    rest.pop("page", None)
    context = {
        "form": form,
        "page": found,
        "rows": _rows(request.viewer, found.cards),
        "query": f"?{rest.urlencode()}&page=" if rest else "?page=",
        "filtered": bool(rest),
    }
    return render(request, "coach/caseload.html", context, status=422 if form.errors else 200)


def _number(request: ViewerRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _rows(viewer: Viewer, cards: Sequence[CaseloadCard]) -> list[Row]:
    pseudonym_ids = [card.pseudonym_id for card in cards]
    rungs = latest_rungs(viewer, pseudonym_ids=pseudonym_ids)
    placements = current_placements(viewer, pseudonym_ids=pseudonym_ids)
    rows = []
    for card in cards:
        rung = rungs.get(card.pseudonym_id)
        rows.append(
            Row(
                person=card,
                rung=rung.value if rung else None,
                rung_name=RUNGS[rung] if rung else "",
                parts=[_part(one) for one in placements.get(card.pseudonym_id, [])],
            )
        )
    return rows


def _part(placement: CurrentPlacement) -> Part:
    return Part(placement.title, PLACEMENT_STATES[placement.state])
