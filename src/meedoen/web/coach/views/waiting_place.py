"""The waiting list of one place: who waits, in which order, and who got a seat."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import CaseloadFilter, caseload, resident
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.waiting.actions import promote_one, set_promotion_way
from meedoen.records.waiting.queries import PlaceList, PromotionCard, place_list, standing_of
from meedoen.web.coach.forms.waiting import ReasonForm, WayForm
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.place_words import seats_text
from meedoen.web.shared.waiting_words import (
    PROMOTION_WAYS,
    promotion_lines,
    standing_text,
)
from meedoen.web.shared.words import PLACE_KINDS

SET_WAY, ADD = "way", "add"
MOST_FOUND = 10
"""Of people found by name so many are shown; who types more of a name finds fewer."""


@page(Permission.PLACE_RESIDENT)
def waiting_place(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the list of a place, put somebody on it, or change how it gives out seats."""
    found = _open_list(request, key)
    sent = request.POST if request.method == "POST" else None
    step = sent.get("step", "") if sent is not None else ""
    form = WayForm(sent if step == SET_WAY else None, way=found.way)
    refusal = ""
    if sent is not None:
        refusal = _set_way(request, form, key) if step == SET_WAY else _add(request, found)
        if not refusal and not form.errors:
            return redirect("coach:waiting_place", key=key)
    words = request.GET.get("naam", "").strip()
    own = [line.own for line in found.lines.cards if line.own]
    context = {
        "list": found,
        "page": found.lines,
        "query": before_page(request),
        "kind": PLACE_KINDS[found.kind],
        "way": PROMOTION_WAYS[found.way],
        "seats": seats_text(found.free, found.capacity),
        "has_notes": any(one.lost_place or one.lapsed for one in own),
        "may_give": bool(own) and bool(found.free) and found.is_open,
        "promotions": [_told(one) for one in found.promotions],
        "form": form,
        "refusal": refusal,
        "words": words,
        "people": _people(request, words),
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "coach/waiting_place.html", context, status=status)


def _open_list(request: ViewerRequest, key: uuid.UUID) -> PlaceList:
    found = place_list(request.viewer, place_key=key, number=page_number(request))
    if found is None:
        raise Http404
    return found


def _people(request: ViewerRequest, words: str) -> object:
    if not words:
        return None
    return caseload(
        request.viewer, wanted=CaseloadFilter(words=words, order="name"), size=MOST_FOUND
    )


def _told(card: PromotionCard) -> dict[str, object]:
    explained = card.explained
    own = card.own
    return {
        "card": card,
        "way": PROMOTION_WAYS[card.way],
        "lines": promotion_lines(explained, own.reason)
        if own
        else [standing_text(explained.position, explained.waiting, explained.age)],
    }


def _set_way(request: ViewerRequest, form: WayForm, key: uuid.UUID) -> str:
    """Keep how the place gives out seats; return why that cannot be done, or nothing."""
    if not form.is_valid():
        return ""
    given = form.cleaned_data
    try:
        set_promotion_way(
            request.viewer, place_key=key, way=given["way"], starts_on=given["starts_on"]
        )
    except ActionRefusedError as error:
        return str(error)
    messages.success(request, _("Opgeslagen. Dit geldt vanaf de dag die u koos."))
    return ""


def _add(request: ViewerRequest, found: PlaceList) -> str:
    """Put the chosen person on the list; return why that cannot be done, or nothing."""
    try:
        chosen = uuid.UUID(request.POST.get("person", ""))
    except ValueError:
        return _("Kies eerst een inwoner.")
    person = resident(request.viewer, key=chosen)
    if person is None:
        raise Http404
    new = NewPlacement(
        pseudonym_id=person.pseudonym_id,
        place_id=found.place_id,
        proposed_on=clock.today(),
        waits=True,
    )
    try:
        place_all(request.viewer, placements=[new])
    except ActionRefusedError as error:
        return str(error)
    messages.success(request, _("%(name)s staat op de wachtlijst.") % {"name": person.name})
    return ""


@page(Permission.PLACE_RESIDENT)
def waiting_promote(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Give somebody who waits a seat at the place, with a reason when they are not the first."""
    card, person = open_placement(request, key)
    standing = standing_of(request.viewer, placement_key=key)
    if standing is None:
        messages.warning(request, _("Dat kan nu niet: deze inwoner wacht niet op een plek."))
        return redirect("coach:placement", key=key)
    sent = request.POST if request.method == "POST" else None
    form = ReasonForm(sent)
    if standing.position > 1:
        form.demand_reason()
    if sent is not None and form.is_valid():
        try:
            promote_one(request.viewer, key=key, reason=form.cleaned_data["reason"])
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De inwoner is voorgesteld. De plaats wordt vrijgehouden."))
            return redirect("coach:placement", key=key)
    context = {
        "form": form,
        "person": person,
        "card": card,
        "standing": standing,
        "stands": standing_text(standing.position, standing.waiting, standing.age),
    }
    status = 422 if form.errors else 200
    return render(request, "coach/waiting_promote.html", context, status=status)
