"""Looking for places for somebody: asking for a list, setting a rule aside, or choosing oneself."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.conversations.queries import wishes_of
from meedoen.records.directory.areas import UnknownAreaError
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.matching_queries import matching_is_on
from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.been import Been, been_at
from meedoen.records.places.find_queries import Hit, find_places
from meedoen.records.places.now import places_now
from meedoen.records.proposals.actions import Search, propose, propose_found, set_rule_aside
from meedoen.records.proposals.kept import IN_ORDER
from meedoen.records.proposals.queries import asked_before, lists_of
from meedoen.records.proposals.wish_actions import drop, pick, put_forward
from meedoen.records.proposals.wish_queries import place_wishes_of
from meedoen.rules.matching.suits import FIRM_RULES, HardRule
from meedoen.web.coach.forms.directory import PlacesForm
from meedoen.web.coach.forms.proposal import LookForm, SetAsideForm
from meedoen.web.coach.views.directory import place_rows
from meedoen.web.coach.views.file import show_file
from meedoen.web.coach.views.opening import open_file, open_proposal
from meedoen.web.shared.match_words import RULES
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number, row_number
from meedoen.web.shared.words import PLACE_KINDS

PLACES_ON_A_PAGE = 24
CHANGES = {"pick": pick, "forward": put_forward, "drop": drop}
"""What can be done with a wish, by the name of the button."""


@page(Permission.PROPOSE_PLACES)
def places(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Ask how somebody travels and how much help they want; then make a list and go to it."""
    person = open_file(request, key, page="proposal")
    viewer, pseudonym_id = request.viewer, person.pseudonym_id
    if not matching_is_on(viewer):
        return redirect("coach:places_all", key=key)
    if wishes_of(viewer, pseudonym_id=pseudonym_id) is None:
        refusal = _("Voer eerst een gesprek: zonder wensen en tijden valt er niets te zoeken.")
        return show_file(request, person, refusal=refusal)
    sent = request.POST if request.method == "POST" else None
    form = LookForm(sent, asked=asked_before(viewer, pseudonym_id=pseudonym_id))
    if sent is not None and form.is_valid():
        search = _search(viewer, pseudonym_id, form)
        try:
            made = propose(viewer, pseudonym_id=pseudonym_id, search=search)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            return redirect("coach:proposal", key=made)
    context = {
        "person": person,
        "form": form,
        "lists": lists_of(viewer, pseudonym_id=pseudonym_id),
        **wish_context(viewer, pseudonym_id),
    }
    return render(request, "coach/places_look.html", context, status=422 if form.errors else 200)


@page(Permission.PROPOSE_PLACES)
def places_all(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let a coach filter all places, and make a list of what was found to choose from."""
    person = open_file(request, key, page="proposal")
    viewer, pseudonym_id = request.viewer, person.pseudonym_id
    form = PlacesForm(request.GET, districts=districts(viewer))
    found = _find(viewer, form, number=page_number(request))
    if request.method == "POST":
        numbers = [hit.card.place_id for hit in found.cards]
        try:
            made = propose_found(viewer, pseudonym_id=pseudonym_id, place_ids=numbers)
        except ActionRefusedError as error:
            messages.error(request, str(error))
        else:
            return redirect("coach:proposal", key=made)
    context = {
        "person": person,
        "form": form,
        "page": found,
        "rows": place_rows(found.cards),
        "query": before_page(request),
        "filtered": bool(request.GET.keys() - {"page"}),
        "matching": matching_is_on(viewer),
        **wish_context(viewer, pseudonym_id),
    }
    return render(request, "coach/places_all.html", context, status=422 if form.errors else 200)


@page(Permission.PROPOSE_PLACES, methods=("POST",))
def wish(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down a wish of somebody, move it forward, or drop it; then go back."""
    person = open_file(request, key, page="proposal")
    change = CHANGES.get(request.POST.get("what", ""))
    number = row_number(request.POST.get("place", ""))
    if change is None or number is None:
        raise Http404
    try:
        change(request.viewer, pseudonym_id=person.pseudonym_id, place_id=number)
    except ActionRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("De wensen zijn bijgewerkt."))
    back = "coach:places_all" if request.POST["what"] == "pick" else "coach:places"
    return redirect(reverse(back, args=[key]) + "#wensen")


@page(Permission.PROPOSE_PLACES)
def set_aside(request: ViewerRequest, key: uuid.UUID, rule: str) -> HttpResponse:
    """Ask why a rule does not count now, and make the list anew without it."""
    card, person = open_proposal(request, key)
    if rule not in set(HardRule) - FIRM_RULES or card.way not in IN_ORDER:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = SetAsideForm(sent)
    if sent is not None and form.is_valid():
        been = _been(request.viewer, person.pseudonym_id)
        try:
            made = set_rule_aside(
                request.viewer,
                key=key,
                rule=HardRule(rule),
                reason=form.cleaned_data["reason"],
                search=Search(
                    leave_out=been.places,
                    earlier_kinds=been.kinds,
                    places=places_now(request.viewer),
                ),
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            return redirect("coach:proposal", key=made)
    context = {"person": person, "card": card, "form": form, "rule": RULES[HardRule(rule)]}
    status = 422 if form.errors else 200
    return render(request, "coach/proposal_set_aside.html", context, status=status)


def wish_context(viewer: Viewer, pseudonym_id: int) -> dict[str, object]:
    """Return the wishes of somebody for the part of a page that shows them."""
    card = place_wishes_of(viewer, pseudonym_id=pseudonym_id)
    return {
        "wishes": card,
        "wish_lines": [(one, PLACE_KINDS[one.kind]) for one in card.wishes],
        "wished": {one.place_id for one in card.wishes},
    }


def _search(viewer: Viewer, pseudonym_id: int, form: LookForm) -> Search:
    been = _been(viewer, pseudonym_id)
    return Search(
        asked=form.asked(),
        way=form.cleaned_data["way"],
        leave_out=been.places,
        earlier_kinds=been.kinds,
        places=places_now(viewer),
    )


def _been(viewer: Viewer, pseudonym_id: int) -> Been:
    return been_at(viewer, pseudonym_ids=[pseudonym_id]).get(pseudonym_id, Been())


def _find(viewer: Viewer, form: PlacesForm, *, number: int) -> Page[Hit]:
    """Return the places that fit; of an area that nobody knows the form says so."""
    try:
        return find_places(viewer, wanted=form.wanted(), number=number, size=PLACES_ON_A_PAGE)
    except UnknownAreaError as error:
        form.add_error("near", str(error))
        return find_places(viewer, wanted=form.wanted(), number=number, size=PLACES_ON_A_PAGE)
