"""Organisations with who to ask and where they are, as far as a viewer may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from meedoen.records.directory.cards import (
    ChangeCard,
    ContactCard,
    LocationCard,
    OrganisationCard,
    change_card,
    contact_card,
    location_card,
    organisation_card,
)
from meedoen.records.directory.models import Contact, DirectoryChange, Location
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.queries import DistrictCard, districts
from meedoen.records.organisations.viewer import PARTNERS, Permission, Viewer
from meedoen.rules.vocabulary import SubjectKind

MOST_CHANGES = 200
"""More changes of one organisation than anybody reads; the newest are shown."""


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """Everything about one organisation but its places.

    `seen` is the number of its newest change, to say along with a change of one's own.
    """

    card: OrganisationCard
    contacts: Sequence[ContactCard]
    locations: Sequence[LocationCard]
    changes: Sequence[ChangeCard]
    seen: int


@dataclass(frozen=True, slots=True)
class OwnOrganisation:
    """An organisation as those who work there keep it, with what was and what is to come.

    `seen` is the number of its newest change, to say along with a change of one's own.
    """

    card: OrganisationCard
    contacts: Sequence[ContactCard]
    locations: Sequence[LocationCard]
    seen: int


@dataclass(frozen=True, slots=True)
class PlaceChoices:
    """What a place of one organisation can be tied to today."""

    locations: Sequence[LocationCard]
    owners: Sequence[ContactCard]
    districts: Sequence[DistrictCard]


def organisations_seen(viewer: Viewer) -> QuerySet[Organisation]:
    """Return the organisations that the viewer may see: the own for a partner, else all."""
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    if not viewer.may(Permission.SEE_DIRECTORY):
        return rows.none()
    if viewer.role in PARTNERS:
        return rows.filter(pk__in=[viewer.organisation_id])
    return rows


def organisation_page(viewer: Viewer, *, key: uuid.UUID) -> OrganisationPage | None:
    """Return all about one organisation; None when it is not there for this viewer."""
    row = organisations_seen(viewer).filter(key=key).first()
    if row is None:
        return None
    changes = DirectoryChange.objects.filter(
        municipality_id=viewer.municipality_id, organisation_id=row.pk
    ).select_related("changed_by__account")
    return OrganisationPage(
        card=organisation_card(row),
        contacts=_contacts(viewer, row.pk),
        locations=_locations(viewer, row.pk),
        changes=[change_card(one) for one in changes.order_by("-pk")[:MOST_CHANGES]],
        seen=newest_change(viewer, subject=SubjectKind.ORGANISATION, subject_id=row.pk),
    )


def own_organisation(viewer: Viewer) -> OwnOrganisation | None:
    """Return the organisation that the viewer works at; None for who works at none."""
    if viewer.role not in PARTNERS:
        return None
    row = organisations_seen(viewer).first()
    if row is None:
        return None
    return OwnOrganisation(
        card=organisation_card(row),
        contacts=_contacts(viewer, row.pk),
        locations=_locations(viewer, row.pk),
        seen=newest_change(viewer, subject=SubjectKind.ORGANISATION, subject_id=row.pk),
    )


def organisations_by_id(viewer: Viewer, *, ids: Sequence[int]) -> dict[int, OrganisationCard]:
    """Return the cards of these organisations, as far as the viewer may see them, by id."""
    return {row.pk: organisation_card(row) for row in organisations_seen(viewer).filter(pk__in=ids)}


def contact(viewer: Viewer, *, key: uuid.UUID) -> ContactCard | None:
    """Return one contact; None when it is not there for this viewer."""
    row = Contact.objects.visible_to(viewer).filter(key=key).first()
    return contact_card(row) if row else None


def location(viewer: Viewer, *, key: uuid.UUID) -> LocationCard | None:
    """Return one location; None when it is not there for this viewer."""
    rows = Location.objects.filter(
        municipality_id=viewer.municipality_id, organisation__in=organisations_seen(viewer)
    )
    row = rows.filter(key=key).select_related("district").first()
    return location_card(row) if row else None


def place_choices(viewer: Viewer, *, organisation_id: int) -> PlaceChoices:
    """Return what a place of this organisation can be tied to: what is open today."""
    today = clock.today()
    return PlaceChoices(
        locations=[
            one
            for one in _locations(viewer, organisation_id)
            if one.closed_on is None or one.closed_on > today
        ],
        owners=[one for one in _contacts(viewer, organisation_id) if one.runs_on(today)],
        districts=districts(viewer),
    )


def newest_change(viewer: Viewer, *, subject: SubjectKind, subject_id: int) -> int:
    """Return the number of the newest change of a subject; 0 when it never changed."""
    rows = DirectoryChange.objects.filter(
        municipality_id=viewer.municipality_id, subject=subject, subject_id=subject_id
    )
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def _contacts(viewer: Viewer, organisation_id: int) -> list[ContactCard]:
    rows = Contact.objects.visible_to(viewer).filter(organisation_id=organisation_id)
    return [contact_card(row) for row in rows.order_by("ends_on", "role", "name", "pk")]


def _locations(viewer: Viewer, organisation_id: int) -> list[LocationCard]:
    rows = Location.objects.filter(
        municipality_id=viewer.municipality_id, organisation_id=organisation_id
    )
    return [location_card(row) for row in rows.select_related("district").order_by("name", "pk")]
