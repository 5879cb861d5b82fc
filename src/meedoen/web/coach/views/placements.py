"""Placements: what runs, starts, ends, waits and is overdue, of a coach or of the team."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.participation_jobs.queries import last_days_by_law
from meedoen.records.people.hand_over_queries import busy_coaches
from meedoen.records.placements.list_queries import (
    PlacementFilter,
    count_lists,
    count_unfiltered,
    organisations_with_placements,
    placement_lines,
)
from meedoen.web.coach.forms.placements import LIST, PlacementsForm
from meedoen.web.coach.placement_rows import LISTS, NOTHING_THERE, Row, rows_of
from meedoen.web.shared.exporting import WAYS, Cell
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.words import Words

MOST_ROWS = 5_000
NOT_ASKED = ("soort", "page")
"""What in the address is not about which placements to show."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to one of the lists, with how many placements it has."""

    query: str
    label: Words
    total: int
    current: bool


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def placements(request: ViewerRequest) -> HttpResponse:
    """Show a page of one list of placements, filtered and sorted as the address says."""
    viewer = request.viewer
    asked = request.GET.dict()
    form = _form(viewer, asked)
    wanted = replace(form.wanted(), by_law=last_days_by_law(viewer))
    found = placement_lines(viewer, wanted=wanted, number=page_number(request))
    filtered = bool(asked.keys() - {"page", LIST})
    context = {
        "form": form,
        "page": found,
        "everyone": count_unfiltered(viewer, wanted=wanted),
        "rows": rows_of(found.cards),
        "own": wanted.own_only,
        "place_key": wanted.place_key,
        "tabs": _tabs(viewer, asked, wanted),
        "query": before_page(request),
        "filtered": filtered,
        "nothing": _("Geen enkele plaatsing past bij deze keuze.")
        if filtered
        else NOTHING_THERE[wanted.which],
        "address": request.get_full_path(),
    }
    return render(request, "coach/placements.html", context, status=422 if form.errors else 200)


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def placements_export(request: ViewerRequest) -> HttpResponse:
    """Return every placement that the address finds, on all pages of the list."""
    kind = request.GET.get("soort", "")
    if kind not in WAYS:
        raise Http404
    viewer = request.viewer
    asked = {name: word for name, word in request.GET.dict().items() if name not in NOT_ASKED}
    wanted = replace(_form(viewer, asked).wanted(), by_law=last_days_by_law(viewer))
    found = placement_lines(viewer, wanted=wanted, size=MOST_ROWS)
    if found.total > MOST_ROWS:
        words = {"total": number_text(found.total), "most": number_text(MOST_ROWS)}
        messages.error(
            request,
            _(
                "Deze lijst heeft %(total)s plaatsingen. Er passen er hooguit %(most)s in een "
                "bestand. Kies bijvoorbeeld één wijk of één coach."
            )
            % words,
        )
        return redirect(f"{reverse('coach:placements')}?{urlencode(asked)}")
    # What leaves the system is always worth a line, whatever the level that is kept; no names.
    log.warning("%s exported %s placements as %s", viewer, found.total, kind)
    name = f"{_('plaatsingen')}-{clock.today().isoformat()}"
    return WAYS[kind](name, _headings(), [_cells(row) for row in rows_of(found.cards)])


def _form(viewer: Viewer, asked: Mapping[str, str]) -> PlacementsForm:
    return PlacementsForm(
        asked,
        viewer=viewer,
        districts=districts(viewer),
        organisations=organisations_with_placements(viewer),
        coaches=busy_coaches(viewer),
    )


def _tabs(viewer: Viewer, asked: Mapping[str, str], wanted: PlacementFilter) -> Sequence[Tab]:
    # Each list has an order of its own.
    rest = {name: word for name, word in asked.items() if name not in {LIST, "page", "order"}}
    totals = count_lists(viewer, wanted=wanted)
    return [
        Tab(
            query=f"?{urlencode({LIST: which.value, **rest})}",
            label=label,
            total=totals[which],
            current=which is wanted.which,
        )
        for which, label in LISTS.items()
    ]


def _headings() -> list[Cell]:
    return [
        _("Naam"),
        _("Plek"),
        _("Organisatie"),
        _("Soort plek"),
        _("Hoe het staat"),
        _("Sinds"),
        _("Let op"),
        _("Wijk"),
        _("Coach"),
    ]


def _cells(row: Row) -> list[Cell]:
    line = row.line
    return [
        line.name,
        line.title,
        line.organisation,
        row.kind,
        row.state,
        line.since,
        ", ".join(row.notes),
        line.district,
        line.coach,
    ]
