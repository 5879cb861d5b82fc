"""The places that people of the team found: those to look at first."""

from django.http import HttpResponse
from django.shortcuts import render

from meedoen.records.organisations.viewer import Permission
from meedoen.records.places.found_queries import FoundCard, found_places, found_totals
from meedoen.web.coach.forms.found import FoundFilterForm
from meedoen.web.shared.found_words import FOUND_STATUS_KINDS, FOUND_STATUSES
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.words import PLACE_KINDS


@page(Permission.VERIFY_PLACES, methods=("GET", "HEAD"))
def found_list(request: ViewerRequest) -> HttpResponse:
    """Show a page of the found places, filtered and sorted as the address says."""
    form = FoundFilterForm(request.GET.dict())
    found = found_places(request.viewer, wanted=form.wanted(), number=page_number(request))
    context = {
        "form": form,
        "page": found,
        "rows": [_row(card) for card in found.cards],
        "totals": found_totals(request.viewer),
        "query": before_page(request),
        "filtered": bool(request.GET.keys() - {"page"}),
    }
    return render(request, "coach/found_list.html", context, status=422 if form.errors else 200)


def _row(card: FoundCard) -> dict[str, object]:
    return {
        "card": card,
        "kind": PLACE_KINDS[card.place.kind],
        "status": FOUND_STATUSES[card.place.status],
        "status_kind": FOUND_STATUS_KINDS[card.place.status],
    }
