"""The own organisation: what the municipality knows of it, and keeping the own part of that true.

Its name, its kind and its KVK number are the municipality's to change.
"""

import uuid

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from meedoen.records.directory.cards import ContactCard, LocationCard
from meedoen.records.directory.own_actions import describe_own_organisation
from meedoen.records.directory.queries import OwnOrganisation
from meedoen.records.organisations.viewer import Permission
from meedoen.records.places.own_organisation import kept_organisation
from meedoen.web.shared import organisation_parts as parts
from meedoen.web.shared.organisation_form import DescriptionField, SeenField, WebsiteField
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import ORGANISATION_KINDS


class DescribeForm(forms.Form):
    """What the organisation does, and where it is on the web."""

    use_required_attribute = False

    description = DescriptionField()
    website = WebsiteField()
    seen = SeenField()


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def organisation(request: ViewerRequest) -> HttpResponse:
    """Show the own organisation with its contacts and locations."""
    shown = _open(request)
    contacts = parts.contact_lines(shown.contacts, audience="partner")
    context = {
        "fixed": [
            (_("Naam"), _said(shown.card.name)),
            (_("Soort organisatie"), ORGANISATION_KINDS[shown.card.kind]),
            (_("KVK-nummer"), shown.card.kvk_number),
        ],
        "facts": [
            (_("Wat de organisatie doet"), _said(shown.card.description)),
            (_("Website"), shown.card.website),
        ],
        "contacts": [one for one in contacts if one.runs],
        "earlier": [one for one in contacts if not one.runs],
        "locations": parts.location_lines(shown.locations, audience="partner"),
        "may_change": request.viewer.may(Permission.MANAGE_PLACES),
        "may_invite": request.viewer.may(Permission.INVITE_COLLEAGUES),
    }
    return render(request, "partner/organisation.html", context)


@page(Permission.CONFIRM_PLACEMENT)
def organisation_change(request: ViewerRequest) -> HttpResponse:
    """Write down what the organisation does and where its website is."""
    shown = _open(request)
    initial = {
        "description": shown.card.description,
        "website": shown.card.website,
        "seen": shown.seen,
    }
    form = DescribeForm(parts.sent(request), initial=initial)

    def change() -> None:
        describe_own_organisation(request.viewer, **form.cleaned_data)

    title = _("Omschrijving en website wijzigen")
    return parts.keep(request, _desk(shown), form, change, title=title)


# --- contacts and locations ----------------------------------------------------------------------


@page(Permission.CONFIRM_PLACEMENT)
def contact_new(request: ViewerRequest) -> HttpResponse:
    """Enter somebody to ask."""
    return parts.contact_entering(request, _desk(_open(request)))


@page(Permission.CONFIRM_PLACEMENT)
def contact_change(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what a contact becomes."""
    desk, card = _open_contact(request, key)
    return parts.contact_changing(request, desk, card)


@page(Permission.CONFIRM_PLACEMENT)
def contact_end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let a contact end, and give its places to somebody else."""
    desk, card = _open_contact(request, key)
    return parts.contact_ending(request, desk, card)


@page(Permission.CONFIRM_PLACEMENT)
def location_new(request: ViewerRequest) -> HttpResponse:
    """Enter where the organisation has places."""
    return parts.location_entering(request, _desk(_open(request)))


@page(Permission.CONFIRM_PLACEMENT)
def location_change(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what a location becomes."""
    desk, card = _open_location(request, key)
    return parts.location_changing(request, desk, card)


@page(Permission.CONFIRM_PLACEMENT)
def location_close(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let a location close, or stay open after all."""
    desk, card = _open_location(request, key)
    return parts.location_closing(request, desk, card)


def _open(request: ViewerRequest) -> OwnOrganisation:
    found = kept_organisation(request.viewer)
    if found is None:
        raise Http404
    return found


def _open_contact(request: ViewerRequest, key: uuid.UUID) -> tuple[parts.Desk, ContactCard]:
    shown = _open(request)
    for card in shown.contacts:
        if card.key == key:
            return _desk(shown), card
    raise Http404


def _open_location(request: ViewerRequest, key: uuid.UUID) -> tuple[parts.Desk, LocationCard]:
    shown = _open(request)
    for card in shown.locations:
        if card.key == key:
            return _desk(shown), card
    raise Http404


def _desk(shown: OwnOrganisation) -> parts.Desk:
    back = reverse("partner:organisation")
    return parts.Desk(
        organisation_id=shown.card.organisation_id,
        back=back,
        crumbs=[(_("Uw organisatie"), back)],
    )


def _said(text: str) -> str:
    """Mark what somebody typed as Dutch, whatever the language of the page."""
    return format_html('<span lang="nl">{}</span>', text) if text else ""
