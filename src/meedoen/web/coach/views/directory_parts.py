"""Contacts and locations of an organisation: entering, changing and ending them."""

import uuid
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.directory.actions import change_contacts, enter_contacts, enter_locations
from meedoen.records.directory.cards import ContactCard, LocationCard, OrganisationCard
from meedoen.records.directory.new import ContactChange, LocationChange
from meedoen.records.directory.queries import (
    contact,
    location,
    newest_change,
    organisations_by_id,
    place_choices,
)
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission
from meedoen.records.places.organisation_actions import (
    change_locations,
    close_location,
    end_contact,
)
from meedoen.records.places.organisation_queries import owned_places
from meedoen.rules.vocabulary import SubjectKind
from meedoen.web.coach.directory_pages import directory_page, open_organisation
from meedoen.web.coach.forms.organisation import (
    CloseForm,
    ContactForm,
    EndContactForm,
    LocationForm,
    contact_initial,
    location_initial,
)
from meedoen.web.coach.views.directory_organisation import crumbs_of
from meedoen.web.shared.pages import ViewerRequest


@directory_page(Permission.MANAGE_ORGANISATIONS)
def contact_new(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Enter a contact of an organisation."""
    card = open_organisation(request, key).card
    form = ContactForm(_sent(request), initial=contact_initial(None))

    def enter() -> None:
        enter_contacts(request.viewer, contacts=[form.details(card.organisation_id)])

    return _keep(request, card, form, enter, title=_("Nieuwe contactpersoon"))


@directory_page(Permission.MANAGE_ORGANISATIONS)
def contact_change(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what a contact becomes."""
    shown, card = _open_contact(request, key)
    seen = newest_change(request.viewer, subject=SubjectKind.CONTACT, subject_id=shown.contact_id)
    form = ContactForm(_sent(request), initial=contact_initial(shown, seen=seen))

    def change() -> None:
        change_contacts(
            request.viewer,
            changes=[
                ContactChange(
                    contact_id=shown.contact_id,
                    details=form.details(card.organisation_id),
                    seen=form.cleaned_data["seen"],
                )
            ],
        )

    return _keep(request, card, form, change, title=_("Contactpersoon wijzigen"))


@directory_page(Permission.MANAGE_ORGANISATIONS)
def contact_end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let a contact end, and give its places to somebody else."""
    shown, card = _open_contact(request, key)
    owned = owned_places(request.viewer, contact_id=shown.contact_id)
    choices = place_choices(request.viewer, organisation_id=card.organisation_id)
    form = EndContactForm(
        _sent(request),
        others=[one for one in choices.owners if one.contact_id != shown.contact_id],
        owns=bool(owned),
        seen=newest_change(
            request.viewer, subject=SubjectKind.CONTACT, subject_id=shown.contact_id
        ),
    )

    def end() -> None:
        end_contact(
            request.viewer,
            key=key,
            ends_on=form.ends_on,
            new_owner_id=form.cleaned_data.get("new_owner"),
            seen=form.cleaned_data["seen"],
        )

    title = _("Contactpersoon stopt: %(name)s") % {"name": shown.name or shown.email or shown.phone}
    return _keep(request, card, form, end, title=title, owned=owned)


@directory_page(Permission.MANAGE_ORGANISATIONS)
def location_new(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Enter a location of an organisation."""
    card = open_organisation(request, key).card
    form = LocationForm(_sent(request), districts=districts(request.viewer))

    def enter() -> None:
        enter_locations(request.viewer, locations=[form.details(card.organisation_id)])

    return _keep(request, card, form, enter, title=_("Nieuwe locatie"))


@directory_page(Permission.MANAGE_ORGANISATIONS)
def location_change(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what a location becomes."""
    shown, card = _open_location(request, key)
    seen = newest_change(request.viewer, subject=SubjectKind.LOCATION, subject_id=shown.location_id)
    form = LocationForm(
        _sent(request),
        districts=districts(request.viewer),
        initial=location_initial(shown, seen=seen),
    )

    def change() -> None:
        change_locations(
            request.viewer,
            changes=[
                LocationChange(
                    location_id=shown.location_id,
                    details=form.details(card.organisation_id),
                    seen=form.cleaned_data["seen"],
                )
            ],
        )

    title = _("%(name)s wijzigen") % {"name": shown.name}
    return _keep(request, card, form, change, title=title)


@directory_page(Permission.MANAGE_ORGANISATIONS)
def location_close(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let a location close; places in it go elsewhere first."""
    shown, card = _open_location(request, key)
    seen = newest_change(request.viewer, subject=SubjectKind.LOCATION, subject_id=shown.location_id)
    form = CloseForm(_sent(request), initial={"seen": seen, "last_on": clock.today()})

    def close() -> None:
        close_location(
            request.viewer,
            key=key,
            closed_on=form.closed_on,
            seen=form.cleaned_data["seen"],
        )

    title = _("Locatie sluit: %(name)s") % {"name": shown.name}
    return _keep(request, card, form, close, title=title)


def _keep(
    request: ViewerRequest,
    card: OrganisationCard,
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
            return redirect("coach:organisation", key=card.key)
    context = {
        "form": form,
        "title": title,
        "back": reverse("coach:organisation", args=[card.key]),
        "crumbs": crumbs_of(card),
        **more,
    }
    return render(request, "coach/directory_form.html", context, status=422 if form.errors else 200)


def _sent(request: ViewerRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _open_contact(request: ViewerRequest, key: uuid.UUID) -> tuple[ContactCard, OrganisationCard]:
    found = contact(request.viewer, key=key)
    if found is None:
        raise Http404
    return found, _organisation(request, found.organisation_id)


def _open_location(request: ViewerRequest, key: uuid.UUID) -> tuple[LocationCard, OrganisationCard]:
    found = location(request.viewer, key=key)
    if found is None:
        raise Http404
    return found, _organisation(request, found.organisation_id)


def _organisation(request: ViewerRequest, organisation_id: int) -> OrganisationCard:
    return organisations_by_id(request.viewer, ids=[organisation_id])[organisation_id]
