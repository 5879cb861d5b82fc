"""Organisations: the list, one of them, entering and changing it, and that it leaves."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.directory.actions import enter_organisations
from meedoen.records.directory.cards import OrganisationCard
from meedoen.records.directory.new import OrganisationChange
from meedoen.records.directory.queries import organisations_by_id
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.organisation_leaving import let_leave
from meedoen.records.places.cards import PlaceCard
from meedoen.records.places.organisation_actions import change_organisations, take_part_again
from meedoen.records.places.organisation_queries import (
    OrganisationLine,
    directory_totals,
    find_organisations,
    people_at,
    places_of,
)
from meedoen.web.coach.directory_pages import directory_page, open_organisation
from meedoen.web.coach.directory_words import organisation_story
from meedoen.web.coach.forms.directory import OrganisationsForm
from meedoen.web.coach.forms.organisation import (
    LeaveForm,
    OrganisationForm,
    SeenForm,
    organisation_initial,
)
from meedoen.web.coach.views.directory_place import Crumbs, directory_crumbs
from meedoen.web.shared.organisation_parts import contact_lines, location_lines
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.place_shown import Badge, fresh_badge, room_text, stale_since
from meedoen.web.shared.words import ORGANISATION_KINDS, PLACE_KINDS, Words


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation in the list, in words."""

    line: OrganisationLine
    kind: Words
    has_left: bool


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of the organisation, in words."""

    card: PlaceCard
    kind: Words
    room: str
    fresh: Badge
    since: str


@directory_page(Permission.SEE_DIRECTORY, methods=("GET", "HEAD"))
def organisations(request: ViewerRequest) -> HttpResponse:
    """Show a page of the organisations, as the address says."""
    form = OrganisationsForm(request.GET)
    found = find_organisations(request.viewer, wanted=form.wanted(), number=page_number(request))
    context = {
        "form": form,
        "page": found,
        "rows": [
            Row(line, ORGANISATION_KINDS[line.card.kind], _has_left(line.card))
            for line in found.cards
        ],
        "totals": directory_totals(request.viewer),
        "query": before_page(request),
        "filtered": bool(request.GET.keys() - {"page"}),
        "may_change": request.viewer.may(Permission.MANAGE_ORGANISATIONS),
        "crumbs": directory_crumbs(),
    }
    return render(request, "coach/organisations.html", context, status=422 if form.errors else 200)


@directory_page(Permission.SEE_DIRECTORY, methods=("GET", "HEAD"))
def organisation(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show everything about an organisation."""
    shown = open_organisation(request, key)
    may_change = request.viewer.may(Permission.MANAGE_ORGANISATIONS)
    number = shown.card.organisation_id
    contacts = contact_lines(shown.contacts, audience="coach")
    context = {
        "shown": shown,
        "kind": ORGANISATION_KINDS[shown.card.kind],
        "contacts": [one for one in contacts if one.runs],
        "earlier": [one for one in contacts if not one.runs],
        "locations": location_lines(shown.locations, audience="coach"),
        "places": [
            PlaceLine(
                card, PLACE_KINDS[card.kind], room_text(card), fresh_badge(card), stale_since(card)
            )
            for card in places_of(request.viewer, organisation_id=number)
        ],
        "people": people_at(request.viewer, organisation_id=number),
        "items": organisation_story(shown),
        "has_left": _has_left(shown.card),
        "may_change": may_change,
        "again": SeenForm(initial={"seen": shown.seen}) if shown.card.left_on else None,
        "crumbs": organisation_crumbs(),
    }
    return render(request, "coach/organisation.html", context)


@directory_page(Permission.MANAGE_ORGANISATIONS)
def organisation_new(request: ViewerRequest) -> HttpResponse:
    """Enter an organisation."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            [made] = enter_organisations(request.viewer, organisations=[form.details()])
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            card = organisations_by_id(request.viewer, ids=[made])[made]
            messages.success(request, _("De organisatie staat in de lijst."))
            return redirect("coach:organisation", key=card.key)
    context = {
        "form": form,
        "title": _("Nieuwe organisatie"),
        "back": reverse("coach:organisations"),
        "crumbs": organisation_crumbs(),
    }
    return render(
        request, "shared/organisation_form.html", context, status=422 if form.errors else 200
    )


@directory_page(Permission.MANAGE_ORGANISATIONS)
def organisation_change(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what an organisation becomes."""
    shown = open_organisation(request, key)
    form = OrganisationForm(
        request.POST if request.method == "POST" else None,
        initial=organisation_initial(shown.card, seen=shown.seen),
    )
    if request.method == "POST" and form.is_valid():
        change = OrganisationChange(
            organisation_id=shown.card.organisation_id,
            details=form.details(),
            seen=form.cleaned_data["seen"],
        )
        try:
            change_organisations(request.viewer, changes=[change])
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("De wijziging is opgeslagen."))
            return redirect("coach:organisation", key=key)
    context = {
        "form": form,
        "title": _("%(name)s wijzigen") % {"name": shown.card.name},
        "back": reverse("coach:organisation", args=[key]),
        "crumbs": crumbs_of(shown.card),
    }
    return render(
        request, "shared/organisation_form.html", context, status=422 if form.errors else 200
    )


@directory_page(Permission.MANAGE_ORGANISATIONS)
def organisation_leave(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Ask from which day on an organisation takes part no more, and let it leave."""
    shown = open_organisation(request, key)
    number = shown.card.organisation_id
    people = people_at(request.viewer, organisation_id=number)
    form = LeaveForm(
        request.POST if request.method == "POST" else None, people=people, seen=shown.seen
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            let_leave(
                request.viewer,
                key=key,
                left_on=given["left_on"],
                reason=given["reason"],
                seen=given["seen"],
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het is opgeschreven."))
            return redirect("coach:organisation", key=key)
    context = {
        "form": form,
        "shown": shown,
        "people": people,
        "places": places_of(request.viewer, organisation_id=number),
        "crumbs": crumbs_of(shown.card),
    }
    return render(
        request, "coach/organisation_leave.html", context, status=422 if form.errors else 200
    )


@directory_page(Permission.MANAGE_ORGANISATIONS, methods=("POST",))
def organisation_return(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let an organisation that left take part again."""
    open_organisation(request, key)
    form = SeenForm(request.POST)
    try:
        take_part_again(
            request.viewer, key=key, seen=form.cleaned_data["seen"] if form.is_valid() else 0
        )
    except ActionRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("De organisatie doet weer mee. Open haar plekken weer, en nodig mensen uit.")
        )
    return redirect("coach:organisation", key=key)


def organisation_crumbs() -> Crumbs:
    """Return the way back to the list of organisations."""
    return [*directory_crumbs(), (_("Organisaties"), reverse("coach:organisations"))]


def crumbs_of(card: OrganisationCard) -> Crumbs:
    """Return the way back from a page under an organisation."""
    return [*organisation_crumbs(), (card.name, reverse("coach:organisation", args=[card.key]))]


def _has_left(card: OrganisationCard) -> bool:
    return card.left_on is not None and card.left_on <= clock.today()
