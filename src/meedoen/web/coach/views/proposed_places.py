"""Places that organisations propose: looking at them, and deciding whether they are listed."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.places.displacement_queries import displacement_of
from meedoen.records.places.proposed_actions import decide_proposed_place
from meedoen.records.places.proposed_queries import (
    ProposedPlace,
    proposed_place,
    proposed_places,
)
from meedoen.rules import half_days
from meedoen.web.coach.forms.found import DecideForm
from meedoen.web.coach.views.found_place import check_shown
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.reasons import half_days_text
from meedoen.web.shared.words import PLACE_KINDS


@page(Permission.VERIFY_PLACES, methods=("GET", "HEAD"))
def proposed_list(request: ViewerRequest) -> HttpResponse:
    """Show the places that organisations propose, who waits longest first."""
    rows = [(one, PLACE_KINDS[one.card.kind]) for one in proposed_places(request.viewer)]
    context = {"rows": rows, "crumbs": [_found()]}
    return render(request, "coach/proposed_places.html", context)


@page(Permission.VERIFY_PLACES)
def proposed(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show one of them, and take the decision about it."""
    one = proposed_place(request.viewer, key=key)
    if one is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = DecideForm(sent)
    if sent is not None and form.is_valid():
        try:
            decide_proposed_place(request.viewer, place_key=key, **form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _done(accepted=form.cleaned_data["accept"]))
            return redirect("coach:proposed_places")
    check = displacement_of(request.viewer, place_key=key)
    context = {
        "form": form,
        "card": one.card,
        "facts": _facts(one),
        "check": check_shown(check) if check and check.is_asked else None,
        "crumbs": [_found(), (_("Voorgesteld door organisaties"), _list_address())],
    }
    return render(request, "coach/proposed_place.html", context, status=422 if form.errors else 200)


def _found() -> tuple[str, str]:
    return _("Gevonden plekken"), reverse("coach:found_places")


def _list_address() -> str:
    return reverse("coach:proposed_places")


def _done(*, accepted: bool) -> str:
    if accepted:
        return _("De plek staat nu in de lijst van plekken.")
    return _("De plek komt niet in de lijst. De organisatie leest waarom.")


def _facts(one: ProposedPlace) -> list[tuple[str, object]]:
    card = one.card
    return [
        (_("Organisatie"), card.organisation),
        (_("Soort plek"), PLACE_KINDS[card.kind]),
        (_("Wijk"), card.district),
        (_("Wanneer"), half_days_text(half_days.codes(card.half_days))),
        (_("Wat iemand daar doet"), format_html('<span lang="nl">{}</span>', card.description)),
        (_("Ingevoerd door"), one.entered_by),
        (_("Ingevoerd op"), day_text(one.entered_on)),
    ]
