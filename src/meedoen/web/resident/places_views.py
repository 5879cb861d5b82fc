"""Looking for places oneself: the public ones with the same filters, picked as own wishes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard, own_file
from meedoen.records.places.public_queries import own_municipality_code, public_area
from meedoen.records.proposals.wish_actions import MOST_WISHES, drop, pick, put_forward
from meedoen.records.proposals.wish_queries import place_wishes_of
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number, row_number
from meedoen.web.shared.place_results import find_for, results_of
from meedoen.web.shared.place_search import PlaceSearchForm
from meedoen.web.shared.words import PLACE_KINDS

CHANGES = {"pick": pick, "forward": put_forward, "drop": drop}
"""What can be done with a wish, by the name of the button."""


@page(Permission.SEE_OWN_PATH, methods=("GET", "HEAD"))
def places(request: ViewerRequest) -> HttpResponse:
    """Show the own wishes, and the public places to pick from, filtered as the address says."""
    own = _own(request)
    area = public_area(own_municipality_code(request.viewer))
    if area is None:
        raise Http404
    form = PlaceSearchForm(request.GET.dict(), area=area)
    found = find_for(form, number=page_number(request))
    card = place_wishes_of(request.viewer, pseudonym_id=own.pseudonym_id)
    context = {
        "form": form,
        "page": found,
        "results": results_of(found.cards),
        "query": before_page(request),
        "filtered": bool(request.GET.keys() - {"page"}),
        "wishes": [(one, PLACE_KINDS[one.kind]) for one in card.wishes],
        "wished": {one.place_id for one in card.wishes},
        "most": MOST_WISHES,
        "here": request.get_full_path(),
        "crumbs": [(_("Mijn pad"), reverse("resident:path"))],
    }
    return render(request, "resident/places.html", context, status=422 if form.errors else 200)


@page(Permission.SEE_OWN_PATH, methods=("POST",))
def wish(request: ViewerRequest) -> HttpResponse:
    """Pick a place, move it forward, or drop it; then go back to where one was."""
    own = _own(request)
    change = CHANGES.get(request.POST.get("what", ""))
    number = row_number(request.POST.get("place", ""))
    if change is None or number is None:
        raise Http404
    try:
        change(request.viewer, pseudonym_id=own.pseudonym_id, place_id=number)
    except ActionRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Uw wensen zijn bewaard."))
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("resident:places")
    return redirect(back)


def _own(request: ViewerRequest) -> ResidentCard:
    own = own_file(request.viewer)
    if own is None:
        raise Http404
    return own
