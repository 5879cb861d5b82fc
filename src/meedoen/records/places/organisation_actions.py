"""Changes of organisations, contacts and locations that also change their places."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.directory.actions import (
    keep_closing_of_location,
    keep_end_of_contact,
    keep_location_changes,
    keep_organisation_changes,
    locations_to_change,
)
from meedoen.records.directory.leaving import keep_leaving
from meedoen.records.directory.locking import locked
from meedoen.records.directory.models import Contact
from meedoen.records.directory.new import LocationChange, OrganisationChange
from meedoen.records.directory.noting import demand_unchanged
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.actions import FURTHEST_CHANGE_DAYS
from meedoen.records.places.cards import places_kept
from meedoen.records.places.details import PlaceDetails
from meedoen.records.places.finding import make_findable
from meedoen.records.places.models import Place
from meedoen.records.places.restating import restate
from meedoen.rules.vocabulary import SubjectKind

M = TypeVar("M", bound=Model)
LONGEST_REASON = 300


@action(Permission.MANAGE_ORGANISATIONS)
def change_organisations(viewer: Viewer, *, changes: Sequence[OrganisationChange]) -> None:
    """Write down what organisations become; their places are found by the new name.

    Raises ActionRefusedError, all or none.
    """
    renamed = keep_organisation_changes(viewer, changes=changes)
    for group in in_groups(renamed):
        _find_anew(viewer, organisation_id__in=group)


@action(Permission.MANAGE_PLACES)
def change_locations(viewer: Viewer, *, changes: Sequence[LocationChange]) -> None:
    """Write down what locations become; the places there move along to another district.

    Raises ActionRefusedError, all or none.
    """
    changed = keep_location_changes(viewer, changes=changes)
    districts = {one.location_id: one.details.district_id for one in changes}
    for location_id in changed:
        district_id = districts[location_id]
        moved = _places(viewer).filter(location_id=location_id).exclude(district_id=district_id)
        restate(
            viewer,
            place_ids=sorted(moved.values_list("pk", flat=True)),
            from_on=clock.today(),
            change=_in_district(location_id, district_id),
            reason=_("De locatie ligt in een andere wijk."),
        )
    for group in in_groups(changed):
        _find_anew(viewer, location_id__in=group)


@action(Permission.MANAGE_PLACES)
def close_location(
    viewer: Viewer, *, key: uuid.UUID, closed_on: date | None, seen: int | None = None
) -> None:
    """Let a location close on a day, the first one on which it is no more; None opens it again.

    Raises ActionRefusedError when it is not there, somebody else changed it, or there are
    places in it after that day.
    """
    row = _one_locked(locations_to_change(viewer).filter(key=key), _("Deze locatie bestaat niet."))
    _demand_seen(viewer, SubjectKind.LOCATION, row.pk, seen)
    if closed_on is not None:
        _demand_near(closed_on)
        inside = places_kept(viewer, after=closed_on).filter(location_id=row.pk)
        if titles := list(inside.order_by("title").values_list("title", flat=True)[:3]):
            raise ActionRefusedError(
                _(
                    "Hier zijn op die dag nog plekken: %(places)s. Geef die eerst een andere "
                    "locatie, of een laatste dag."
                )
                % {"places": ", ".join(titles)}
            )
    keep_closing_of_location(viewer, row=row, closed_on=closed_on)


@action(Permission.MANAGE_PLACES)
def end_contact(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    ends_on: date,
    new_owner_id: int | None = None,
    seen: int | None = None,
) -> None:
    """Let a contact end on a day, the first one on which nobody is to be asked there any more.

    From that day on the places that the contact keeps up to date are the new owner's. Raises
    ActionRefusedError when there are such places and there is no new owner.
    """
    row = _one_locked(
        Contact.objects.visible_to(viewer).filter(key=key),
        _("Deze contactpersoon bestaat niet of is niet voor u."),
    )
    _demand_seen(viewer, SubjectKind.CONTACT, row.pk, seen)
    _demand_near(ends_on)
    if ends_on <= row.starts_on:
        raise ActionRefusedError(_("De laatste dag ligt voor de eerste dag."))
    kept = places_kept(viewer, after=ends_on).filter(owner_id=row.pk)
    owned = sorted(kept.values_list("pk", flat=True))
    if owned and new_owner_id is None:
        raise ActionRefusedError(
            ngettext(
                "Deze contactpersoon houdt nog %(number)s plek bij. Kies wie dat daarna doet.",
                "Deze contactpersoon houdt nog %(number)s plekken bij. Kies wie dat daarna doet.",
                len(owned),
            )
            % {"number": len(owned)}
        )
    if owned and new_owner_id is not None:
        _demand_owner(viewer, new_owner_id, instead_of=row, on=ends_on)
        restate(
            viewer,
            place_ids=owned,
            from_on=ends_on,
            change=_with_owner(row.pk, new_owner_id),
            reason=_("Iemand anders houdt de plek bij."),
        )
    keep_end_of_contact(viewer, row=row, ends_on=ends_on)


@action(Permission.MANAGE_ORGANISATIONS)
def leave(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    left_on: date | None = None,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Let an organisation leave on a day, the first one on which it takes part no more.

    Its places close on that day and nobody acts for it from then on. Without a day it is today.
    Who is placed there stays so until a coach ends it; then a day and a reason must be given.
    Raises ActionRefusedError.
    """
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id, key=key)
    row = _one_locked(rows, _("Deze organisatie bestaat niet."))
    _demand_seen(viewer, SubjectKind.ORGANISATION, row.pk, seen)
    why = reason.strip()
    day = left_on or clock.today()
    _demand_near(day)
    if row.left_on is not None and row.left_on <= clock.today():
        raise ActionRefusedError(_("Deze organisatie doet al niet meer mee."))
    if len(why) > LONGEST_REASON:
        raise ActionRefusedError(
            _("De reden is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_REASON}
        )
    people = sum(_places(viewer).filter(organisation_id=row.pk).values_list("taken", flat=True))
    if people and (left_on is None or not why):
        raise ActionRefusedError(
            ngettext(
                "Er doet hier nog %(people)s mens mee. Vul de dag in waarop de organisatie "
                "stopt, en waarom. De plaatsing loopt door tot een coach die stopt.",
                "Er doen hier nog %(people)s mensen mee. Vul de dag in waarop de organisatie "
                "stopt, en waarom. De plaatsingen lopen door tot een coach ze stopt.",
                people,
            )
            % {"people": people}
        )
    staying = _places(viewer).filter(organisation_id=row.pk, closes_on__gt=day)
    restate(
        viewer,
        place_ids=sorted(staying.values_list("pk", flat=True)),
        from_on=clock.today(),
        change=_closed_on(day),
        reason=why or _("De organisatie doet niet meer mee."),
    )
    keep_leaving(viewer, row=row, left_on=day, reason=why)


@action(Permission.MANAGE_ORGANISATIONS)
def take_part_again(viewer: Viewer, *, key: uuid.UUID, seen: int | None = None) -> None:
    """Let an organisation that left, or would, take part again.

    Its places stay closed and its people stay without access: both are given anew, one by one.
    Raises ActionRefusedError.
    """
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id, key=key)
    row = _one_locked(rows, _("Deze organisatie bestaat niet."))
    _demand_seen(viewer, SubjectKind.ORGANISATION, row.pk, seen)
    if row.left_on is None:
        raise ActionRefusedError(_("Deze organisatie doet gewoon mee."))
    keep_leaving(viewer, row=row, left_on=None)


# --- how a place changes along -------------------------------------------------------------------


def _in_district(location_id: int, district_id: int) -> Callable[[PlaceDetails], PlaceDetails]:
    def move(details: PlaceDetails) -> PlaceDetails:
        # A place that is to be elsewhere later does not move along.
        here = details.location_id == location_id
        return replace(details, district_id=district_id) if here else details

    return move


def _with_owner(owner_id: int, new_owner_id: int) -> Callable[[PlaceDetails], PlaceDetails]:
    def give(details: PlaceDetails) -> PlaceDetails:
        own = details.owner_id == owner_id
        return replace(details, owner_id=new_owner_id) if own else details

    return give


def _closed_on(day: date) -> Callable[[PlaceDetails], PlaceDetails]:
    def close(details: PlaceDetails) -> PlaceDetails:
        closes_on = min(details.closes_on or STILL_OPEN, day)
        if details.opens_on < closes_on:
            return replace(details, closes_on=closes_on)
        # It would only have opened later; a place is there for a day at least, so a full one.
        return replace(
            details, opens_on=day - timedelta(days=1), closes_on=day, is_full=True, sessions=()
        )

    return close


# --- what all share ------------------------------------------------------------------------------


def _places(viewer: Viewer) -> QuerySet[Place]:
    return Place.objects.filter(municipality_id=viewer.municipality_id)


def _find_anew(viewer: Viewer, **which: Sequence[int]) -> None:
    numbers = _places(viewer).filter(**which).values_list("pk", flat=True)
    make_findable(viewer, place_ids=sorted(numbers))


def _one_locked(rows: QuerySet[M], missing: str) -> M:
    numbers = list(rows.values_list("pk", flat=True))
    if not numbers:
        raise ActionRefusedError(missing)
    return locked(rows, numbers, missing=missing)[numbers[0]]


def _demand_seen(viewer: Viewer, subject: SubjectKind, subject_id: int, seen: int | None) -> None:
    if seen is not None:
        demand_unchanged(viewer, subject=subject, seen={subject_id: seen})


def _demand_near(day: date) -> None:
    today = clock.today()
    if not today <= day <= today + timedelta(days=FURTHEST_CHANGE_DAYS):
        raise ActionRefusedError(_("Kies een dag vanaf vandaag, en hoogstens een jaar vooruit."))


def _demand_owner(viewer: Viewer, owner_id: int, *, instead_of: Contact, on: date) -> None:
    """Raise ActionRefusedError when somebody cannot take over from a contact on a day."""
    others = Contact.objects.visible_to(viewer).filter(
        organisation_id=instead_of.organisation_id, starts_on__lte=on, ends_on__gt=on
    )
    if not others.exclude(pk=instead_of.pk).filter(pk=owner_id).exists():
        raise ActionRefusedError(
            _("Kies iemand anders van dezelfde organisatie die er op die dag nog is.")
        )
