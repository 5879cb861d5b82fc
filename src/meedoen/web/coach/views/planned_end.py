"""The last day of a placement as it was agreed on beforehand."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.actions import set_planned_end
from meedoen.rules.placement_states import NOT_OVER
from meedoen.web.coach.forms.placement import PlannedEndForm
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.coach.views.placement_correct import Change
from meedoen.web.shared.pages import ViewerRequest, page

PLANNED_END = Change(
    title=gettext_lazy("Laatste dag afspreken"),
    explanation=gettext_lazy(
        "Acht weken voor deze dag krijgt u een signaal, zodat u samen kunt bespreken wat daarna "
        "komt. Is de inwoner al gestopt? Kies dan bij de plaatsing voor stoppen."
    ),
    button=gettext_lazy("Opslaan"),
    done=gettext_lazy("De afgesproken laatste dag is opgeslagen."),
)


@page(Permission.PLACE_RESIDENT)
def planned_end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Keep the last day that was agreed on, for a placement that waits or runs."""
    card, person = open_placement(request, key)
    if card.state not in NOT_OVER:
        messages.warning(request, _("Dat kan nu niet: de plaatsing is al klaar."))
        return redirect("coach:placement", key=key)
    sent = request.POST if request.method == "POST" else None
    form = PlannedEndForm(sent, planned_end_on=card.planned_end_on)
    if sent is not None and form.is_valid():
        try:
            given = form.cleaned_data
            set_planned_end(request.viewer, key=key, on=given["planned_end_on"], seen=given["seen"])
        except ActionRefusedError as error:
            form.add_error("planned_end_on", str(error))
            # The sentence tells what a colleague agreed on in the meantime, so now it is seen.
            card, person = open_placement(request, key)
            form.show(card.planned_end_on)
        else:
            messages.success(request, str(PLANNED_END.done))
            return redirect("coach:placement", key=key)
    context = {"form": form, "person": person, "card": card, "change": PLANNED_END}
    status = 422 if form.errors else 200
    return render(request, "coach/placement_change.html", context, status=status)
