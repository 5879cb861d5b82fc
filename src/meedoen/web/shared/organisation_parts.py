"""The pages on which contacts and locations of an organisation are entered, changed and ended.

A coach does this for every organisation, a partner for the own; what differs is the way back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meedoen.records.directory.actions import change_contacts, enter_contacts, enter_locations
from meedoen.records.directory.cards import ContactCard, LocationCard
from meedoen.records.directory.new import ContactChange, LocationChange
from meedoen.records.directory.queries import newest_change, place_choices
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import districts
from meedoen.records.places.organisation_actions import (
    change_locations,
    close_location,
    end_contact,
)
from meedoen.records.places.organisation_queries import owned_places
from meedoen.rules.vocabulary import SubjectKind
from meedoen.web.shared.organisation_form import (
    CloseForm,
    ContactForm,
    EndContactForm,
    LocationForm,
    contact_initial,
    location_initial,
)
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.place_words import ACCESSIBILITIES, CONTACT_ROLE_NAMES
from meedoen.web.shared.words import Words, listed, mid_sentence


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an organisation is kept: its page, to go back to, and the way to it."""

    organisation_id: int
    back: str
    crumbs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact with what it is for, whether it is there still, and where to change and end it."""

    card: ContactCard
    role: Words
    runs: bool
    change: str
    end: str


@dataclass(frozen=True, slots=True)
class LocationLine:
    """A location with what makes it easy to enter, and where to change and close it."""

    card: LocationCard
    eased: str
    change: str
    close: str


# --- in a list -----------------------------------------------------------------------------------


def contact_lines(cards: Sequence[ContactCard], *, audience: str) -> list[ContactLine]:
    """Return contacts in words, with the addresses of their pages for this audience."""
    today = clock.today()
    return [
        ContactLine(
            card=card,
            role=CONTACT_ROLE_NAMES[card.role],
            runs=card.ends_on is None or today < card.ends_on,
            change=reverse(f"{audience}:contact_change", args=[card.key]),
            end=reverse(f"{audience}:contact_end", args=[card.key]),
        )
        for card in cards
    ]


def location_lines(cards: Sequence[LocationCard], *, audience: str) -> list[LocationLine]:
    """Return locations with the addresses of their pages for this audience."""
    return [
        LocationLine(
            card=card,
            eased=capfirst(
                listed(mid_sentence(ACCESSIBILITIES[code]) for code in card.accessibility)
            ),
            change=reverse(f"{audience}:location_change", args=[card.key]),
            close=reverse(f"{audience}:location_close", args=[card.key]),
        )
        for card in cards
    ]


# --- contacts ------------------------------------------------------------------------------------


def contact_entering(request: ViewerRequest, desk: Desk) -> HttpResponse:
    """Enter a contact of an organisation."""
    form = ContactForm(sent(request), initial=contact_initial(None))

    def enter() -> None:
        enter_contacts(request.viewer, contacts=[form.details(desk.organisation_id)])

    return keep(request, desk, form, enter, title=_("Nieuwe contactpersoon"))


def contact_changing(request: ViewerRequest, desk: Desk, shown: ContactCard) -> HttpResponse:
    """Write down what a contact becomes."""
    form = ContactForm(sent(request), initial=contact_initial(shown, seen=_seen(request, shown)))

    def change() -> None:
        change_contacts(
            request.viewer,
            changes=[
                ContactChange(
                    contact_id=shown.contact_id,
                    details=form.details(desk.organisation_id),
                    seen=form.cleaned_data["seen"],
                )
            ],
        )

    return keep(request, desk, form, change, title=_("Contactpersoon wijzigen"))


def contact_ending(request: ViewerRequest, desk: Desk, shown: ContactCard) -> HttpResponse:
    """Let a contact end, and give its places to somebody else."""
    owned = owned_places(request.viewer, contact_id=shown.contact_id)
    choices = place_choices(request.viewer, organisation_id=desk.organisation_id)
    form = EndContactForm(
        sent(request),
        others=[one for one in choices.owners if one.contact_id != shown.contact_id],
        owns=bool(owned),
        seen=_seen(request, shown),
    )

    def end() -> None:
        end_contact(
            request.viewer,
            key=shown.key,
            ends_on=form.ends_on,
            new_owner_id=form.cleaned_data.get("new_owner"),
            seen=form.cleaned_data["seen"],
        )

    title = _("Contactpersoon stopt: %(name)s") % {"name": shown.name or shown.email or shown.phone}
    return keep(request, desk, form, end, title=title, owned=owned)


# --- locations -----------------------------------------------------------------------------------


def location_entering(request: ViewerRequest, desk: Desk) -> HttpResponse:
    """Enter a location of an organisation."""
    form = LocationForm(sent(request), districts=districts(request.viewer))

    def enter() -> None:
        enter_locations(request.viewer, locations=[form.details(desk.organisation_id)])

    return keep(request, desk, form, enter, title=_("Nieuwe locatie"))


def location_changing(request: ViewerRequest, desk: Desk, shown: LocationCard) -> HttpResponse:
    """Write down what a location becomes."""
    form = LocationForm(
        sent(request),
        districts=districts(request.viewer),
        initial=location_initial(shown, seen=_seen(request, shown)),
    )

    def change() -> None:
        change_locations(
            request.viewer,
            changes=[
                LocationChange(
                    location_id=shown.location_id,
                    details=form.details(desk.organisation_id),
                    seen=form.cleaned_data["seen"],
                )
            ],
        )

    title = _("%(name)s wijzigen") % {"name": shown.name}
    return keep(request, desk, form, change, title=title)


def location_closing(request: ViewerRequest, desk: Desk, shown: LocationCard) -> HttpResponse:
    """Let a location close, or stay open after all; places in it go elsewhere first."""
    form = CloseForm(sent(request), closed_on=shown.closed_on, seen=_seen(request, shown))

    def close() -> None:
        close_location(
            request.viewer,
            key=shown.key,
            closed_on=form.closed_on,
            seen=form.cleaned_data["seen"],
        )

    title = _("Locatie sluit: %(name)s") % {"name": shown.name}
    return keep(request, desk, form, close, title=title)


# --- what all share ------------------------------------------------------------------------------


def keep(
    request: ViewerRequest,
    desk: Desk,
    form: forms.Form,
    act: Callable[[], None],
    *,
    title: str,
    **more: object,
) -> HttpResponse:
    """Show a form, and do what it is for once it is filled in well."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Het is opgeslagen."))
            return redirect(desk.back)
    context = {"form": form, "title": title, "back": desk.back, "crumbs": desk.crumbs, **more}
    status = 422 if form.errors else 200
    return render(request, "shared/organisation_form.html", context, status=status)


def sent(request: ViewerRequest) -> QueryDict | None:
    """Return what was sent; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def _seen(request: ViewerRequest, shown: ContactCard | LocationCard) -> int:
    """Return the number of the newest change, to send along with a change of one's own."""
    if isinstance(shown, ContactCard):
        subject, number = SubjectKind.CONTACT, shown.contact_id
    else:
        subject, number = SubjectKind.LOCATION, shown.location_id
    return newest_change(request.viewer, subject=subject, subject_id=number)
