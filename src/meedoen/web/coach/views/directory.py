"""The directory: organisations and places, found with one search box; and as a file."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.directory.areas import UnknownAreaError
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.find_queries import Hit, find_places
from meedoen.records.places.meaning_queries import FEW_FOUND, also_meant
from meedoen.records.places.organisation_queries import (
    OrganisationFilter,
    OrganisationLine,
    directory_totals,
    find_organisations,
)
from meedoen.web.coach.directory_pages import directory_page
from meedoen.web.coach.forms.directory import PlacesForm
from meedoen.web.shared.exporting import WAYS, Cell
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.place_shown import Badge, fresh_badge, room_text, stale_since
from meedoen.web.shared.session_words import half_days_text
from meedoen.web.shared.words import PLACE_KINDS, Words

MOST_ROWS = 5_000
FEW_ORGANISATIONS = 5
NOT_ASKED = ("soort", "page")
"""What in the address is not about which places to show."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the list, in words."""

    hit: Hit
    kind: Words
    times: str
    room: str
    fresh: Badge
    since: str
    far: str


@directory_page(Permission.SEE_DIRECTORY, methods=("GET", "HEAD"))
def directory(request: ViewerRequest) -> HttpResponse:
    """Show a page of the places that fit, and above it the organisations that do."""
    form = PlacesForm(request.GET, districts=districts(request.viewer))
    found = _find(request.viewer, form, number=page_number(request))
    words = form.wanted().words
    context = {
        "form": form,
        "page": found,
        "rows": place_rows(found.cards),
        "totals": directory_totals(request.viewer),
        "organisations": _organisations(request.viewer, words) if words else None,
        "also_meant": also_meant(request.viewer, words=words) if found.total < FEW_FOUND else [],
        "query": before_page(request),
        "filtered": bool(request.GET.keys() - {"page"}),
        "may_change": request.viewer.may(Permission.MANAGE_ORGANISATIONS),
    }
    return render(request, "coach/directory.html", context, status=422 if form.errors else 200)


@directory_page(Permission.SEE_DIRECTORY, methods=("GET", "HEAD"))
def directory_export(request: ViewerRequest) -> HttpResponse:
    """Return every place that the filter in the address finds, on all pages of the list."""
    kind = request.GET.get("soort", "")
    if kind not in WAYS:
        raise Http404
    asked = request.GET.copy()
    for name in NOT_ASKED:
        asked.pop(name, None)
    form = PlacesForm(asked, districts=districts(request.viewer))
    found = _find(request.viewer, form, number=1, size=MOST_ROWS)
    back = f"{reverse('coach:directory')}?{asked.urlencode()}"
    if form.errors:
        return redirect(back)
    if found.total > MOST_ROWS:
        words = {"total": number_text(found.total), "most": number_text(MOST_ROWS)}
        messages.error(
            request,
            _(
                "Deze lijst heeft %(total)s plekken. Er passen er hooguit %(most)s in een bestand. "
                "Kies bijvoorbeeld één wijk of één soort."
            )
            % words,
        )
        return redirect(back)
    log.warning("%s exported %s rows of the directory as %s", request.viewer, found.total, kind)
    name = f"{_('plekken')}-{clock.today().isoformat()}"
    return WAYS[kind](name, _headings(), [_cells(row) for row in place_rows(found.cards)])


def place_rows(hits: Sequence[Hit]) -> list[Row]:
    """Return places as lines of a list."""
    return [
        Row(
            hit=hit,
            kind=PLACE_KINDS[hit.card.kind],
            times=half_days_text(hit.card.half_days),
            room=room_text(hit.card),
            fresh=fresh_badge(hit.card),
            since=stale_since(hit.card),
            far="" if hit.km is None else _("%(km)s km") % {"km": number_text(hit.km, 1)},
        )
        for hit in hits
    ]


def _find(viewer: Viewer, form: PlacesForm, *, number: int, size: int = 25) -> Page[Hit]:
    """Return the places that fit; of an area that nobody knows the form says so."""
    try:
        return find_places(viewer, wanted=form.wanted(), number=number, size=size)
    except UnknownAreaError as error:
        form.add_error("near", str(error))
        return find_places(viewer, wanted=form.wanted(), number=number, size=size)


def _organisations(viewer: Viewer, words: str) -> Page[OrganisationLine]:
    wanted = OrganisationFilter(words=words, with_left=True)
    return find_organisations(viewer, wanted=wanted, size=FEW_ORGANISATIONS)


def _headings() -> list[Cell]:
    return [
        _("Plek"),
        _("Soort"),
        _("Organisatie"),
        _("Wijk"),
        _("Dagdelen"),
        _("Vrij"),
        _("Bijgewerkt tot en met"),
        _("Bijgewerkt"),
        _("Op de openbare site"),
        _("Afstand"),
    ]


def _cells(row: Row) -> list[Cell]:
    card = row.hit.card
    return [
        card.title,
        row.kind,
        card.organisation,
        card.district,
        row.times,
        card.free,
        card.confirm_by,
        row.fresh.text,
        _("ja") if card.is_public else _("nee"),
        row.far,
    ]
