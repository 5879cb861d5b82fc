"""Why places did not come to be: what an organisation can do about it, never who it was."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission
from meedoen.records.proposals.refusal_queries import messages_to_see
from meedoen.records.proposals.refusals import note_seen
from meedoen.web.shared.figures import month_text
from meedoen.web.shared.match_words import told_to_place
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def refusals(request: ViewerRequest) -> HttpResponse:
    """Show what was not seen yet of why own places did not come to be."""
    context = {
        "told": [
            (card, told_to_place(card.reason), month_text(card.month))
            for card in messages_to_see(request.viewer)
        ],
        "crumbs": [(_("Wat op u wacht"), reverse("partner:waiting"))],
    }
    return render(request, "partner/refusals.html", context)


@page(Permission.CONFIRM_PLACEMENT, methods=("POST",))
def refusal_seen(request: ViewerRequest, message_id: int) -> HttpResponse:
    """Keep that somebody at the organisation saw it."""
    if not note_seen(request.viewer, message_id=message_id):
        raise Http404
    return redirect("partner:refusals")
