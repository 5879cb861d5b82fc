"""Everything about one place: what holds, what held, what will, and what was known when."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from meedoen.records.directory.cards import (
    ContactCard,
    LocationCard,
    OrganisationCard,
    contact_card,
    location_card,
    organisation_card,
)
from meedoen.records.directory.models import Contact
from meedoen.records.directory.own import is_at_organisation
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.cards import NOT_FOUND_BY_A_PERSON, PlaceCard, card_of
from meedoen.records.places.details import PlaceDetails, details_of, from_facts
from meedoen.records.places.models import FoundPlace, Place, PlaceConfirmation, PlacePeriod
from meedoen.rules.vocabulary import FreshnessAnswer, PlaceStatus

MOST_CONFIRMATIONS = 60
"""Five years of a question a month."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who said something: a name, or by a link, or the municipality when that is all one may know.

    All three empty is Meedoen itself.
    """

    name: str = ""
    by_link: bool = False
    by_municipality: bool = False


@dataclass(frozen=True, slots=True)
class PeriodCard:
    """What was said of a place from a day on; `before` is what held on that day until then."""

    period_id: int
    starts_on: date
    recorded_at: datetime
    said: Said
    reason: str
    before: PlaceDetails | None
    details: PlaceDetails

    @property
    def is_planned(self) -> bool:
        """Return whether it begins on a day that is still to come."""
        return self.starts_on > clock.today()


@dataclass(frozen=True, slots=True)
class ConfirmationCard:
    """What somebody answered when asked whether a place is still right."""

    answer: FreshnessAnswer
    note: str
    answered_at: datetime
    said: Said


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything about one place.

    `seen` is the number of its newest period, to say along with a change; `periods` has what
    was said last first, `planned` those that begin on a later day, first day first. `owner` is
    None when there is none, or the viewer may not see who it is.
    """

    card: PlaceCard
    details: PlaceDetails
    organisation: OrganisationCard
    location: LocationCard | None
    owner: ContactCard | None
    taken: int
    confirmed_on: date | None
    periods: Sequence[PeriodCard]
    planned: Sequence[PeriodCard]
    confirmations: Sequence[ConfirmationCard]
    seen: int


def place_page(viewer: Viewer, *, key: uuid.UUID) -> PlacePage | None:
    """Return everything about one place; None when it is not there for this viewer."""
    rows = _places_seen(viewer).select_related("organisation", "district", "location__district")
    row = rows.filter(key=key).first()
    if row is None:
        return None
    periods = _periods(viewer, row.pk)
    planned = {one.starts_on: one for one in reversed(periods) if one.is_planned}
    return PlacePage(
        card=card_of(row),
        details=details_of(row),
        organisation=organisation_card(row.organisation),
        location=location_card(row.location) if row.location else None,
        owner=_owner(viewer, row),
        taken=row.taken,
        confirmed_on=row.confirmed_on,
        periods=periods,
        planned=[planned[day] for day in sorted(planned)],
        confirmations=_confirmations(viewer, row.pk),
        seen=max((one.period_id for one in periods), default=0),
    )


def place_periods(viewer: Viewer, *, key: uuid.UUID) -> Sequence[PeriodCard]:
    """Return what was said of a place, last said first; nothing when it is not there."""
    place_id = _places_seen(viewer).filter(key=key).values_list("pk", flat=True).first()
    return [] if place_id is None else _periods(viewer, place_id)


def facts_on(
    viewer: Viewer, *, place_key: uuid.UUID, on: date, known_at: datetime
) -> PlaceDetails | None:
    """Return what held of a place on a day, as known at a moment.

    None when the place is not there for this viewer, or nothing was known of it then.
    """
    rows = PlacePeriod.objects.filter(
        municipality_id=viewer.municipality_id,
        place__in=_places_seen(viewer).filter(key=place_key),
        starts_on__lte=on,
        recorded_at__lte=known_at,
    )
    facts = rows.order_by("-starts_on", "-recorded_at", "-pk").values_list("facts", flat=True)
    held = facts.first()
    return None if held is None else from_facts(held)


def _places_seen(viewer: Viewer) -> QuerySet[Place]:
    """Return the places that the viewer may open.

    One that somebody found and that is not in the directory is for who may open that person's
    file; an organisation sees its own places, also those that it proposed.
    """
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    if not viewer.may(Permission.SEE_DIRECTORY):
        return rows.none()
    if is_at_organisation(viewer):
        rows = rows.filter(organisation_id__in=[viewer.organisation_id])
    seen = Q(status=PlaceStatus.LISTED)
    if is_at_organisation(viewer):
        seen |= NOT_FOUND_BY_A_PERSON
    if viewer.may(Permission.VERIFY_PLACES):
        seen |= NOT_FOUND_BY_A_PERSON
        seen |= Q(pk__in=FoundPlace.objects.visible_to(viewer).values("place_id"))
    return rows.filter(seen)


def _owner(viewer: Viewer, row: Place) -> ContactCard | None:
    if row.owner_id is None:
        return None
    owner = Contact.objects.visible_to(viewer).filter(pk=row.owner_id).first()
    return contact_card(owner) if owner else None


def _periods(viewer: Viewer, place_id: int) -> list[PeriodCard]:
    rows = PlacePeriod.objects.filter(municipality_id=viewer.municipality_id, place_id=place_id)
    in_order = list(
        rows.select_related("recorded_by__account", "recorded_by__organisation").order_by(
            "recorded_at", "pk"
        )
    )
    cards: list[PeriodCard] = []
    for row in in_order:
        cards.append(
            PeriodCard(
                period_id=row.pk,
                starts_on=row.starts_on,
                recorded_at=row.recorded_at,
                said=_said(viewer, row.recorded_by, by_link=row.link_id is not None),
                reason=row.reason,
                before=_held(cards, row.starts_on),
                details=from_facts(row.facts),
            )
        )
    return cards[::-1]


def _held(said: Sequence[PeriodCard], on: date) -> PlaceDetails | None:
    """Return what held on a day by what had been said so far."""
    known = [one for one in said if one.starts_on <= on]
    newest = max(
        known, key=lambda one: (one.starts_on, one.recorded_at, one.period_id), default=None
    )
    return newest.details if newest else None


def _confirmations(viewer: Viewer, place_id: int) -> list[ConfirmationCard]:
    rows = PlaceConfirmation.objects.filter(
        municipality_id=viewer.municipality_id, place_id=place_id
    ).select_related("answered_by__account", "answered_by__organisation")
    return [
        ConfirmationCard(
            answer=FreshnessAnswer(row.answer),
            note=row.note,
            answered_at=row.answered_at,
            said=_said(viewer, row.answered_by, by_link=row.link_id is not None),
        )
        for row in rows.order_by("-answered_at", "-pk")[:MOST_CONFIRMATIONS]
    ]


def _said(viewer: Viewer, membership: Membership | None, *, by_link: bool) -> Said:
    """Return who said something; an organisation does not get the names of others."""
    if membership is None:
        return Said(by_link=by_link)
    if is_at_organisation(viewer) and membership.organisation_id != viewer.organisation_id:
        return Said(by_municipality=True)
    return Said(name=membership.account.name)
