"""Somebody moves away or dies, and a seat that is held for longer: small forms with one button."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.following.leaving_actions import Left, leave_all
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.departures import departures, take_back_departures
from meedoen.records.people.queries import ResidentCard
from meedoen.records.referrals.ending import open_referrals_of
from meedoen.records.waiting.hold_actions import keep_hold
from meedoen.rules.placement_states import BEFORE_START
from meedoen.web.coach.forms.waiting import HoldForm, LeaveForm
from meedoen.web.coach.views.opening import open_file, open_placement
from meedoen.web.coach.views.placement_correct import Change
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import OUTCOMES

HOLD = Change(
    title=gettext_lazy("Plaats langer vrijhouden"),
    explanation=gettext_lazy(
        "Na deze dag gaat de plaats naar wie wacht, en wacht deze inwoner weer. U krijgt dan een "
        "signaal."
    ),
    button=gettext_lazy("Opslaan"),
    done=gettext_lazy("De plaats blijft vrij tot en met de dag die u koos."),
)


@page(Permission.PLACE_RESIDENT)
def leave(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """End everything of somebody who moves away or died, in one go."""
    person = open_file(request, key, page="leaving")
    if "taken_back" in request.POST:
        return _take_back(request, person)
    sent = request.POST if request.method == "POST" else None
    form = LeaveForm(sent)
    if sent is not None and form.is_valid():
        given = form.cleaned_data
        try:
            left = leave_all(
                request.viewer,
                pseudonym_ids=[person.pseudonym_id],
                on=given["last_day"],
                outcome=given["outcome"],
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _left_text(left))
            return redirect("coach:resident", key=key)
    known = departures(request.viewer, pseudonym_ids=[person.pseudonym_id])
    gone = [(OUTCOMES[one.outcome], one.last_day) for one in known.get(person.pseudonym_id, ())]
    context = {
        "person": person,
        "form": form,
        "gone": gone,
        "referrals": open_referrals_of(request.viewer, pseudonym_ids=[person.pseudonym_id]),
    }
    return render(request, "coach/leave.html", context, status=422 if form.errors else 200)


def _take_back(request: ViewerRequest, person: ResidentCard) -> HttpResponse:
    try:
        take_back_departures(request.viewer, pseudonym_id=person.pseudonym_id)
    except ActionRefusedError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Hersteld. Wat was gestopt, zet u zelf weer aan."))
    return redirect("coach:resident", key=person.key)


def _left_text(left: Left) -> str:
    text = _(
        "Gestopt: %(ended)s lopende plaatsingen, %(withdrawn)s die nog niet waren begonnen, en "
        "%(lines)s keer wachten op een soort plek. Niets is weg."
    ) % {"ended": left.ended, "withdrawn": left.withdrawn, "lines": left.lines}
    if left.sheltered:
        text += " " + _("Ook beschut werk of de Wsw is gestopt.")
    if left.referrals:
        text += " " + ngettext(
            "Ook %(number)s verwijzing is gestopt.",
            "Ook %(number)s verwijzingen zijn gestopt.",
            left.referrals,
        ) % {"number": left.referrals}
    return text


@page(Permission.PLACE_RESIDENT)
def hold(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Hold the seat of somebody who did not begin yet for longer."""
    card, person = open_placement(request, key)
    if card.state not in BEFORE_START:
        messages.warning(request, _("Voor deze plaatsing wordt geen plaats vrijgehouden."))
        return redirect("coach:placement", key=key)
    sent = request.POST if request.method == "POST" else None
    form = HoldForm(sent, held_until=card.held_until)
    if sent is not None and form.is_valid():
        given = form.cleaned_data
        try:
            keep_hold(request.viewer, key=key, until=given["until"], seen=given["seen"])
        except ActionRefusedError as error:
            form.add_error("until", str(error))
            # The sentence tells what a colleague chose in the meantime, so now it is seen.
            card, person = open_placement(request, key)
            form.show(card.held_until)
        else:
            messages.success(request, str(HOLD.done))
            return redirect("coach:placement", key=key)
    context = {"form": form, "person": person, "card": card, "change": HOLD}
    status = 422 if form.errors else 200
    return render(request, "coach/placement_change.html", context, status=status)
