"""Contacts and locations of an organisation: entering, changing and ending them."""

import uuid

from django.http import Http404, HttpResponse
from django.urls import reverse

from meedoen.records.directory.cards import ContactCard, LocationCard, OrganisationCard
from meedoen.records.directory.queries import contact, location, organisations_by_id
from meedoen.records.organisations.viewer import Permission
from meedoen.web.coach.directory_pages import directory_page, open_organisation
from meedoen.web.coach.views.directory_organisation import crumbs_of
from meedoen.web.shared import organisation_parts as parts
from meedoen.web.shared.pages import ViewerRequest


@directory_page(Permission.MANAGE_PLACES)
def contact_new(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Enter a contact of an organisation."""
    return parts.contact_entering(request, _desk(open_organisation(request, key).card))


@directory_page(Permission.MANAGE_PLACES)
def contact_change(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what a contact becomes."""
    shown = _open_contact(request, key)
    return parts.contact_changing(request, _desk_of(request, shown.organisation_id), shown)


@directory_page(Permission.MANAGE_PLACES)
def contact_end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let a contact end, and give its places to somebody else."""
    shown = _open_contact(request, key)
    return parts.contact_ending(request, _desk_of(request, shown.organisation_id), shown)


@directory_page(Permission.MANAGE_PLACES)
def location_new(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Enter a location of an organisation."""
    return parts.location_entering(request, _desk(open_organisation(request, key).card))


@directory_page(Permission.MANAGE_PLACES)
def location_change(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what a location becomes."""
    shown = _open_location(request, key)
    return parts.location_changing(request, _desk_of(request, shown.organisation_id), shown)


@directory_page(Permission.MANAGE_PLACES)
def location_close(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let a location close; places in it go elsewhere first."""
    shown = _open_location(request, key)
    return parts.location_closing(request, _desk_of(request, shown.organisation_id), shown)


def _open_contact(request: ViewerRequest, key: uuid.UUID) -> ContactCard:
    found = contact(request.viewer, key=key)
    if found is None:
        raise Http404
    return found


def _open_location(request: ViewerRequest, key: uuid.UUID) -> LocationCard:
    found = location(request.viewer, key=key)
    if found is None:
        raise Http404
    return found


def _desk(card: OrganisationCard) -> parts.Desk:
    return parts.Desk(
        organisation_id=card.organisation_id,
        back=reverse("coach:organisation", args=[card.key]),
        crumbs=crumbs_of(card),
    )


def _desk_of(request: ViewerRequest, organisation_id: int) -> parts.Desk:
    return _desk(organisations_by_id(request.viewer, ids=[organisation_id])[organisation_id])
