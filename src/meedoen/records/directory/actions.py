"""Entering and changing organisations, contacts and locations; every change is noted.

What must also change places, or put them into the search index anew, begins in
`records.places.organisation_actions`, which calls the `keep_…` functions here.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from meedoen.records.directory.checks import (
    checked_contacts,
    checked_locations,
    checked_organisations,
)
from meedoen.records.directory.finding import make_organisations_findable
from meedoen.records.directory.locking import locked
from meedoen.records.directory.models import Contact, Location
from meedoen.records.directory.new import (
    ContactChange,
    ContactDetails,
    LocationChange,
    LocationDetails,
    OrganisationChange,
    OrganisationDetails,
)
from meedoen.records.directory.noting import Noted, demand_unchanged, note_all
from meedoen.records.directory.own import demand_own, is_at_organisation
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.vocabulary import SubjectKind

OF_ORGANISATION = tuple(field.name for field in fields(OrganisationDetails))
OF_CONTACT = tuple(field.name for field in fields(ContactDetails))
OF_LOCATION = tuple(field.name for field in fields(LocationDetails))


# --- organisations -------------------------------------------------------------------------------


@action(Permission.MANAGE_ORGANISATIONS)
def enter_organisations(
    viewer: Viewer, *, organisations: Sequence[OrganisationDetails]
) -> list[int]:
    """Enter organisations and return their ids, in the same order.

    Raises ActionRefusedError with everything that is wrong, such as a KVK number or a name that
    is another organisation's already.
    """
    kept = checked_organisations(viewer, organisations)
    with _names_of_their_own():
        rows = Organisation.objects.bulk_create(
            [
                Organisation(
                    municipality_id=viewer.municipality_id, **_values(details, OF_ORGANISATION)
                )
                for details in kept
            ],
            batch_size=500,
        )
    note_all(
        viewer,
        [
            Noted(
                organisation_id=row.pk,
                subject=SubjectKind.ORGANISATION,
                subject_id=row.pk,
                before={},
                after=_values(details, OF_ORGANISATION),
            )
            for row, details in zip(rows, kept, strict=True)
        ],
    )
    numbers = [row.pk for row in rows]
    make_organisations_findable(viewer, organisation_ids=numbers)
    return numbers


def keep_organisation_changes(
    viewer: Viewer, *, changes: Sequence[OrganisationChange]
) -> list[int]:
    """Keep what organisations become, in the transaction of an action; return who got a new name.

    Raises ActionRefusedError, all or none: also when one is not there, or somebody else changed
    it in the meantime.
    """
    rows = locked(
        Organisation.objects.filter(municipality_id=viewer.municipality_id),
        [change.organisation_id for change in changes],
        missing=_("Deze organisatie bestaat niet."),
    )
    demand_unchanged(
        viewer,
        subject=SubjectKind.ORGANISATION,
        seen={one.organisation_id: one.seen for one in changes if one.seen is not None},
    )
    kept = checked_organisations(viewer, [one.details for one in changes], besides=list(rows))
    noted, renamed = [], []
    for change, details in zip(changes, kept, strict=True):
        row = rows[change.organisation_id]
        if row.name != details.name:
            renamed.append(row.pk)
        noted.append(
            Noted(
                organisation_id=row.pk,
                subject=SubjectKind.ORGANISATION,
                subject_id=row.pk,
                before=_values(row, OF_ORGANISATION),
                after=_values(details, OF_ORGANISATION),
            )
        )
        _set(row, _values(details, OF_ORGANISATION))
    with _names_of_their_own():
        Organisation.objects.bulk_update(rows.values(), OF_ORGANISATION, batch_size=200)
    note_all(viewer, noted)
    make_organisations_findable(viewer, organisation_ids=list(rows))
    return renamed


@contextmanager
def _names_of_their_own() -> Iterator[None]:
    """Refuse in words what the database refuses when two people take one name at one moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ActionRefusedError(
            _("Iemand anders heeft net een organisatie met deze naam opgeslagen. Zoek die op.")
        ) from error


# --- contacts ------------------------------------------------------------------------------------


@action(Permission.MANAGE_PLACES)
def enter_contacts(viewer: Viewer, *, contacts: Sequence[ContactDetails]) -> list[int]:
    """Enter contacts and return their ids, in the same order. Raises ActionRefusedError."""
    demand_own(viewer, {details.organisation_id for details in contacts})
    kept = checked_contacts(viewer, contacts)
    rows = Contact.objects.bulk_create(
        [
            Contact(municipality_id=viewer.municipality_id, **_values(details, OF_CONTACT))
            for details in kept
        ],
        batch_size=500,
    )
    note_all(viewer, [_noted_contact(row, before={}) for row in rows])
    return [row.pk for row in rows]


@action(Permission.MANAGE_PLACES)
def change_contacts(viewer: Viewer, *, changes: Sequence[ContactChange]) -> None:
    """Write down what contacts become; that they end is for `end_contact` of places.

    Raises ActionRefusedError, all or none.
    """
    rows = locked(
        Contact.objects.visible_to(viewer),
        [change.contact_id for change in changes],
        missing=_("Deze contactpersoon bestaat niet of is niet voor u."),
    )
    demand_own(viewer, {one.details.organisation_id for one in changes})
    demand_unchanged(
        viewer,
        subject=SubjectKind.CONTACT,
        seen={one.contact_id: one.seen for one in changes if one.seen is not None},
    )
    kept = checked_contacts(viewer, [one.details for one in changes])
    noted = []
    for change, details in zip(changes, kept, strict=True):
        row = rows[change.contact_id]
        _demand_same_organisation(row.organisation_id, details.organisation_id)
        if details.starts_on >= row.ends_on:
            raise ActionRefusedError(_("De eerste dag ligt niet voor de laatste dag."))
        before = _values(row, OF_CONTACT)
        _set(row, _values(details, OF_CONTACT))
        noted.append(_noted_contact(row, before=before))
    Contact.objects.visible_to(viewer).bulk_update(rows.values(), OF_CONTACT, batch_size=200)
    note_all(viewer, noted)


def keep_end_of_contact(viewer: Viewer, *, row: Contact, ends_on: date) -> None:
    """Let a contact end on a day, in the transaction of an action that gave away its places."""
    before = {"ends_on": row.ends_on}
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    note_all(
        viewer,
        [
            Noted(
                organisation_id=row.organisation_id,
                subject=SubjectKind.CONTACT,
                subject_id=row.pk,
                before=before,
                after={"ends_on": ends_on},
            )
        ],
    )


def _noted_contact(row: Contact, *, before: dict[str, Any]) -> Noted:
    return Noted(
        organisation_id=row.organisation_id,
        subject=SubjectKind.CONTACT,
        subject_id=row.pk,
        before=before,
        after=_values(row, OF_CONTACT),
    )


# --- locations -----------------------------------------------------------------------------------


@action(Permission.MANAGE_PLACES)
def enter_locations(viewer: Viewer, *, locations: Sequence[LocationDetails]) -> list[int]:
    """Enter locations and return their ids, in the same order. Raises ActionRefusedError."""
    demand_own(viewer, {details.organisation_id for details in locations})
    kept = checked_locations(viewer, locations)
    rows = Location.objects.bulk_create(
        [
            Location(municipality_id=viewer.municipality_id, **_location_values(details))
            for details in kept
        ],
        batch_size=500,
    )
    note_all(
        viewer,
        [
            _noted_location(row, before={}, after=_location_values(details))
            for row, details in zip(rows, kept, strict=True)
        ],
    )
    return [row.pk for row in rows]


def locations_to_change(viewer: Viewer) -> QuerySet[Location]:
    """Return the locations that a viewer may change: the own for a partner, else all."""
    rows = Location.objects.filter(municipality_id=viewer.municipality_id)
    if is_at_organisation(viewer):
        return rows.filter(organisation_id__in=[viewer.organisation_id])
    return rows


def keep_location_changes(viewer: Viewer, *, changes: Sequence[LocationChange]) -> list[int]:
    """Keep what locations become, in the transaction of an action; return those that changed.

    Raises ActionRefusedError, all or none.
    """
    rows = locked(
        locations_to_change(viewer),
        [change.location_id for change in changes],
        missing=_("Deze locatie bestaat niet."),
    )
    demand_own(viewer, {one.details.organisation_id for one in changes})
    demand_unchanged(
        viewer,
        subject=SubjectKind.LOCATION,
        seen={one.location_id: one.seen for one in changes if one.seen is not None},
    )
    kept = checked_locations(viewer, [one.details for one in changes])
    noted, changed = [], []
    for change, details in zip(changes, kept, strict=True):
        row = rows[change.location_id]
        _demand_same_organisation(row.organisation_id, details.organisation_id)
        before, after = _values(row, OF_LOCATION), _location_values(details)
        if before != after:
            changed.append(row.pk)
        noted.append(_noted_location(row, before=before, after=after))
        _set(row, after)
    Location.objects.bulk_update(rows.values(), OF_LOCATION, batch_size=200)
    note_all(viewer, noted)
    return changed


def keep_closing_of_location(viewer: Viewer, *, row: Location, closed_on: date | None) -> None:
    """Let a location close on a day, or open again, in the transaction of an action."""
    before = {"closed_on": row.closed_on}
    row.closed_on = closed_on
    row.save(update_fields=["closed_on"])
    note_all(viewer, [_noted_location(row, before=before, after={"closed_on": closed_on})])


def _location_values(details: LocationDetails) -> dict[str, Any]:
    values = _values(details, OF_LOCATION)
    return {**values, "accessibility": sorted(details.accessibility)}


def _noted_location(row: Location, *, before: dict[str, Any], after: dict[str, Any]) -> Noted:
    return Noted(
        organisation_id=row.organisation_id,
        subject=SubjectKind.LOCATION,
        subject_id=row.pk,
        before=before,
        after=after,
    )


# --- what all share ------------------------------------------------------------------------------


def _demand_same_organisation(now: int, wanted: int) -> None:
    if now != wanted:
        raise ActionRefusedError(_("Dit hoort bij een andere organisatie."))


def _values(source: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(source, name) for name in names}


def _set(row: Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
