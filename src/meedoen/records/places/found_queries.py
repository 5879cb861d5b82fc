"""Places that people found themselves: those to look at, and what became of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from meedoen.records.directory.models import Contact
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.models import Resident
from meedoen.records.places.cards import PlaceCard, card_of
from meedoen.records.places.found_only import without_found_only
from meedoen.records.places.models import FoundPlace, FoundPlaceQuerySet
from meedoen.rules.places.alike import alike, same_name
from meedoen.rules.vocabulary import FoundBy, PlaceKind, PlaceStatus


class FoundOrder(StrEnum):
    """In which order found places are shown."""

    OLDEST = "oldest"
    NEWEST = "newest"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFilter:
    """What part of the found places to show; no status is all of them."""

    words: str = ""
    status: PlaceStatus | None = PlaceStatus.PROPOSED
    kind: PlaceKind | None = None
    order: FoundOrder = FoundOrder.OLDEST


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A found place in a list, with whom it is for, and what became of it.

    `entered_by` and `decided_by` are names, empty when it was Meedoen itself. `is_own` says that
    the viewer entered it, and so does not decide about it.
    """

    place: PlaceCard
    resident_key: uuid.UUID
    person: str
    found_by: FoundBy
    entered_on: date
    entered_by: str
    is_own: bool
    decided_on: date | None
    decided_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class FoundTotals:
    """How many found places there are: to look at, in the directory, and refused."""

    proposed: int
    listed: int
    refused: int


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A found place with all that was handed in; `address` and the contact may be empty."""

    card: FoundCard
    starts_on: date
    address: str
    contact_name: str
    contact_phone: str
    contact_email: str


@dataclass(frozen=True, slots=True)
class OwnFoundCard:
    """A place that somebody found, as the own file and the own path show it."""

    key: uuid.UUID
    place_id: int
    title: str
    organisation: str
    kind: PlaceKind
    status: PlaceStatus
    entered_on: date
    decided_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class OrganisationChoice:
    """An organisation that may be meant."""

    organisation_id: int
    name: str


def found_places(
    viewer: Viewer, *, wanted: FoundFilter, number: int = 1, size: int = 25
) -> Page[FoundCard]:
    """Return a page of the found places, for who looks at them."""
    rows = _to_look_at(viewer)
    if wanted.status is not None:
        rows = rows.filter(place__status=wanted.status)
    if wanted.kind is not None:
        rows = rows.filter(place__kind=wanted.kind)
    for word in wanted.words.split():
        rows = rows.filter(
            Q(place__title__icontains=word) | Q(place__organisation__name__icontains=word)
        )
    orders = {
        FoundOrder.OLDEST: ("entered_at", "pk"),
        FoundOrder.NEWEST: ("-entered_at", "-pk"),
        FoundOrder.TITLE: ("place__title", "pk"),
    }
    return page_of(
        rows.order_by(*orders[wanted.order]),
        lambda page: [_card(viewer, row) for row in page],
        number=number,
        size=size,
    )


def found_totals(viewer: Viewer) -> FoundTotals:
    """Return how many found places there are of each sort, for who looks at them."""
    lines = _to_look_at(viewer).values("place__status").annotate(total=Count("pk")).order_by()
    found = {line["place__status"]: line["total"] for line in lines}
    return FoundTotals(
        proposed=found.get(PlaceStatus.PROPOSED, 0),
        listed=found.get(PlaceStatus.LISTED, 0),
        refused=found.get(PlaceStatus.REFUSED, 0),
    )


def found_place(viewer: Viewer, *, place_key: uuid.UUID) -> FoundPage | None:
    """Return a found place; None when it is not there for this viewer."""
    row = _to_look_at(viewer).filter(place__key=place_key).first()
    if row is None:
        return None
    place, where = row.place, row.place.location
    contacts = Contact.objects.visible_to(viewer)
    contact = contacts.filter(pk=place.owner_id).first() if place.owner_id else None
    return FoundPage(
        card=_card(viewer, row),
        starts_on=place.next_start_on or place.opens_on,
        address=" ".join(filter(None, [where.street, where.postal_code])) if where else "",
        contact_name=contact.name if contact else "",
        contact_phone=contact.phone if contact else "",
        contact_email=contact.email if contact else "",
    )


def found_places_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[OwnFoundCard]:
    """Return the places that were found for or by one person, the newest first."""
    rows = FoundPlace.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    return [
        OwnFoundCard(
            key=row.place.key,
            place_id=row.place_id,
            title=row.place.title,
            organisation=row.place.organisation.name,
            kind=PlaceKind(row.place.kind),
            status=PlaceStatus(row.place.status),
            entered_on=timezone.localdate(row.entered_at),
            decided_on=timezone.localdate(row.decided_at) if row.decided_at else None,
            reason=row.reason,
        )
        for row in rows.select_related("place__organisation").order_by("-entered_at", "-pk")
    ]


def organisations_alike(viewer: Viewer, *, name: str) -> Sequence[OrganisationChoice]:
    """Return the organisations that may be meant by a name; exactly one when it is the same name.

    For who enters a found place; an organisation that takes part no more is among them.
    """
    if not viewer.may(Permission.ENTER_FOUND_PLACE):
        return []
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id).order_by("pk")
    every = {known_name: pk for pk, known_name in rows.values_list("pk", "name")}
    same = [one for one in every if same_name(one, name)]
    if same:
        # Whoever typed the same name knows it already.
        return [OrganisationChoice(every[same[0]], same[0])]
    known = dict(without_found_only(viewer, rows).values_list("name", "pk"))
    return [OrganisationChoice(known[one], one) for one in alike(name, known)]


def organisation_names(viewer: Viewer) -> Sequence[str]:
    """Return the names to complete while typing, for who enters a found place."""
    if not viewer.may(Permission.ENTER_FOUND_PLACE):
        return []
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id, left_on=None)
    rows = without_found_only(viewer, rows)
    return list(rows.order_by("name").values_list("name", flat=True))


def _to_look_at(viewer: Viewer) -> FoundPlaceQuerySet:
    """Return the found places of visible people, with all that a card tells."""
    if not viewer.may(Permission.VERIFY_PLACES):
        return FoundPlace.objects.none().visible_to(viewer)
    people = Resident.objects.visible_to(viewer).filter(pseudonym_id=OuterRef("pseudonym_id"))
    rows = FoundPlace.objects.visible_to(viewer).select_related(
        "place__organisation",
        "place__district",
        "place__location",
        "pseudonym",
        "entered_by__account",
        "decided_by__account",
    )
    return rows.annotate(
        given_name=Subquery(people.values("given_name")[:1]),
        family_name=Subquery(people.values("family_name")[:1]),
    )


def _card(viewer: Viewer, row: FoundPlace) -> FoundCard:
    names = [getattr(row, "given_name", None), getattr(row, "family_name", None)]
    return FoundCard(
        place=card_of(row.place),
        resident_key=row.pseudonym.key,
        person=" ".join(name for name in names if name),
        found_by=FoundBy(row.found_by),
        entered_on=timezone.localdate(row.entered_at),
        entered_by=_name(row.entered_by),
        is_own=row.entered_by_id is not None and row.entered_by_id == viewer.membership_id,
        decided_on=timezone.localdate(row.decided_at) if row.decided_at else None,
        decided_by=_name(row.decided_by),
        reason=row.reason,
    )


def _name(membership: Membership | None) -> str:
    return membership.account.name if membership else ""
