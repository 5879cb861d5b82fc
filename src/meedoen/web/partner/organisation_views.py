"""What the municipality knows of the own organisation: who can be asked, and where it is."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from meedoen.records.directory.cards import ContactCard, LocationCard
from meedoen.records.directory.queries import organisations_by_id, place_choices
from meedoen.records.organisations.viewer import Permission
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.place_words import ACCESSIBILITIES, CONTACT_ROLE_NAMES
from meedoen.web.shared.words import listed


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def organisation(request: ViewerRequest) -> HttpResponse:
    """Show the own organisation with its contacts and locations of today."""
    organisation_id = request.viewer.organisation_id
    if organisation_id is None:
        raise Http404
    card = organisations_by_id(request.viewer, ids=[organisation_id]).get(organisation_id)
    if card is None:
        raise Http404
    today = place_choices(request.viewer, organisation_id=organisation_id)
    context = {
        "card": card,
        "facts": [
            (_("Naam"), _said(card.name)),
            (_("KVK-nummer"), card.kvk_number),
            (_("Wat de organisatie doet"), _said(card.description)),
            (_("Website"), card.website),
        ],
        "contacts": [_contact(one) for one in today.owners],
        "locations": [_location(one) for one in today.locations],
        "may_invite": request.viewer.may(Permission.INVITE_COLLEAGUES),
    }
    return render(request, "partner/organisation.html", context)


def _said(text: str) -> str:
    """Mark what somebody typed as Dutch, whatever the language of the page."""
    return format_html('<span lang="nl">{}</span>', text) if text else ""


def _contact(one: ContactCard) -> tuple[object, ...]:
    return CONTACT_ROLE_NAMES[one.role], one.name, one.email, one.phone


def _location(one: LocationCard) -> tuple[object, ...]:
    eased = listed(ACCESSIBILITIES[code] for code in one.accessibility)
    return one.name, one.address, one.district, eased
