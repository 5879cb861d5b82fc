"""What is agreed about one placement, and what was: hours, half-days, guidance and location."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.terms_actions import TermsChangedError, change_terms
from meedoen.records.placements.terms_queries import story_of_terms, terms_choices, terms_on
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.coach.forms.placement_terms import TermsForm
from meedoen.web.coach.unchecked import tell_refusal
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.terms_words import terms_facts, told_terms


@page(Permission.PLACE_RESIDENT)
def terms(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show what is agreed, with its story, and take what is agreed from a day on."""
    viewer = request.viewer
    card, person = open_placement(request, key)
    if card.state is PlacementState.WITHDRAWN:
        messages.warning(request, _("Dat kan nu niet: deze plaatsing gaat niet door."))
        return redirect("coach:placement", key=key)
    choices = terms_choices(viewer, key=key)
    if choices is None:
        raise Http404
    now = terms_on(viewer, key=key, on=clock.today())
    sent = request.POST if request.method == "POST" else None
    form = TermsForm(sent, choices=choices, now=now)
    if sent is not None and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            change_terms(viewer, key=key, terms=form.new_terms(), seen=seen)
        except ActionRefusedError as error:
            tell_refusal(form, error, request)
            if isinstance(error, TermsChangedError):
                # The page tells now what a colleague agreed on in the meantime.
                form.show(choices.seen)
        else:
            messages.success(request, _("De afspraken zijn opgeslagen. De plaatsing loopt door."))
            return redirect("coach:placement", key=key)
    context = {
        "form": form,
        "person": person,
        "card": card,
        "facts": terms_facts(now, choices),
        "told": [told_terms(one) for one in story_of_terms(viewer, key=key)],
    }
    status = 422 if form.errors else 200
    return render(request, "coach/placement_terms.html", context, status=status)
