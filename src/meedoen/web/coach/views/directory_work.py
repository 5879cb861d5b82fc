"""What is to be worked down in the directory."""

from django.http import HttpResponse
from django.shortcuts import render

from meedoen.records.organisations.viewer import Permission
from meedoen.records.places.found_queries import found_totals
from meedoen.records.places.freshness_queries import changes_to_process, nobody_to_ask
from meedoen.records.places.organisation_queries import directory_totals, stranded_places
from meedoen.web.coach.directory_pages import directory_page
from meedoen.web.coach.views.directory_place import directory_crumbs
from meedoen.web.shared.pages import ViewerRequest


@directory_page(Permission.MANAGE_ORGANISATIONS, methods=("GET", "HEAD"))
def directory_work(request: ViewerRequest) -> HttpResponse:
    """Show what organisations said and nobody wrote down yet, and what else waits."""
    viewer = request.viewer
    context = {
        "changes": changes_to_process(viewer),
        "stranded": stranded_places(viewer),
        "nobody": nobody_to_ask(viewer),
        "found": found_totals(viewer).proposed,
        "totals": directory_totals(viewer),
        "crumbs": directory_crumbs(),
    }
    return render(request, "coach/directory_work.html", context)
