"""The list of people as a file: the same people in the same order, with the same columns."""

import logging

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.hand_over_queries import busy_coaches
from meedoen.records.people.queries import caseload
from meedoen.web.coach.forms.caseload import CaseloadForm
from meedoen.web.coach.views.caseload import Row, list_rows
from meedoen.web.shared.exporting import WAYS, Cell
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.pages import ViewerRequest, page

MOST_ROWS = 5_000
NOT_ASKED = ("soort", "page")
"""What in the address is not about whom to show."""

log = logging.getLogger(__name__)


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def caseload_export(request: ViewerRequest) -> HttpResponse:
    """Return everyone whom the filter in the address finds, on all pages of the list."""
    kind = request.GET.get("soort", "")
    if kind not in WAYS:
        raise Http404
    viewer = request.viewer
    asked = {name: word for name, word in request.GET.dict().items() if name not in NOT_ASKED}
    form = CaseloadForm(
        asked, viewer=viewer, districts=districts(viewer), coaches=busy_coaches(viewer)
    )
    found = caseload(viewer, wanted=form.wanted(), size=MOST_ROWS)
    if found.total > MOST_ROWS:
        words = {"total": number_text(found.total), "most": number_text(MOST_ROWS)}
        messages.error(
            request,
            _(
                "Deze lijst heeft %(total)s mensen. Er passen er hooguit %(most)s in een bestand. "
                "Kies bijvoorbeeld één wijk of één coach."
            )
            % words,
        )
        return redirect(f"{reverse('coach:caseload')}?{urlencode(asked)}")
    # What leaves the system is always worth a line, whatever the level that is kept; no names.
    log.warning("%s exported %s rows of the caseload as %s", viewer, found.total, kind)
    name = f"{_('mensen')}-{clock.today().isoformat()}"
    return WAYS[kind](name, _headings(), [_cells(row) for row in list_rows(viewer, found.cards)])


def _headings() -> list[Cell]:
    return [
        _("Naam"),
        _("Laatst gesproken"),
        _("Volgende stap"),
        _("Pogingen sindsdien"),
        _("Trede"),
        _("Doet mee bij"),
        _("Wijk"),
        _("Coach"),
    ]


def _cells(row: Row) -> list[Cell]:
    return [
        row.person.name,
        row.person.last_spoken_on or _("nog nooit"),
        _next_step(row),
        row.attempts,
        f"{row.rung}. {row.rung_name}" if row.rung else "-",
        ", ".join(f"{part.title} ({part.state})" for part in row.parts) or _("nergens"),
        row.person.district,
        row.person.coach,
    ]


def _next_step(row: Row) -> str:
    if row.alone:
        return row.alone
    if row.step is None:
        return _("geen")
    day = day_text(row.step.planned_on, "medium")
    late = " ({})".format(_("te laat")) if row.overdue else ""
    return f"{day}{late} {row.step.what}".strip()
