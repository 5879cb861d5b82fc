"""Which places are up to date, which are to be asked about, and what was answered."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from meedoen.records.directory.models import Contact
from meedoen.records.directory.own import is_at_organisation
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.cards import listed
from meedoen.records.places.models import Place, PlaceConfirmation, PlacePeriod
from meedoen.records.places.owners import Asked, asked_about
from meedoen.rules.places.freshness import ask_from, is_stale
from meedoen.rules.vocabulary import FreshnessAnswer, PlaceKind


@dataclass(frozen=True, slots=True)
class FreshnessCount:
    """How up to date the places of one organisation are.

    `due` are fresh and to be asked about by now; `stale` are no longer fresh.
    """

    organisation_key: uuid.UUID
    organisation: str
    places: int
    stale: int
    due: int


@dataclass(frozen=True, slots=True)
class PlaceToAsk:
    """A place that is to be asked about, and who can be asked; `asked` is None for nobody."""

    place_id: int
    key: uuid.UUID
    title: str
    kind: PlaceKind
    organisation_id: int
    organisation: str
    confirm_by: date | None
    is_stale: bool
    asked: Asked | None


@dataclass(frozen=True, slots=True)
class SaidChange:
    """Somebody said that something changed at a place; for a coach to write down."""

    place_key: uuid.UUID
    title: str
    organisation: str
    note: str
    answered_at: datetime


def freshness_counts(viewer: Viewer) -> Sequence[FreshnessCount]:
    """Return how up to date the places of each organisation are, most stale ones first.

    A partner gets the own organisation only.
    """
    if not viewer.may(Permission.SEE_DIRECTORY):
        return []
    today = clock.today()
    stale = Q(confirm_by__isnull=True) | Q(confirm_by__lt=today)
    due = Q(confirm_by__gte=today, confirm_by__lte=ask_from(today))
    rows = (
        _open(viewer)
        .values("organisation__key", "organisation__name")
        .annotate(places=Count("pk"), stale=Count("pk", filter=stale), due=Count("pk", filter=due))
        .order_by("-stale", "-due", "organisation__name")
    )
    return [
        FreshnessCount(
            organisation_key=row["organisation__key"],
            organisation=row["organisation__name"],
            places=row["places"],
            stale=row["stale"],
            due=row["due"],
        )
        for row in rows
    ]


def stale_places(viewer: Viewer) -> int:
    """Count the places in the directory of which nobody stood for it in time, in one question.

    Who sees where places are sees this number, and none of the places.
    """
    if not viewer.may(Permission.SEE_COVERAGE):
        return 0
    stale = Q(confirm_by__isnull=True) | Q(confirm_by__lt=clock.today())
    return _open(Viewer.system(viewer.municipality_id)).filter(stale).count()


def places_to_ask(
    viewer: Viewer, *, contact_ids: Sequence[int] | None = None
) -> Sequence[PlaceToAsk]:
    """Return the places that are stale, or nearly so, longest first, with whom to ask.

    With `contact_ids` only those about which one of these contacts is asked.
    """
    if not viewer.may(Permission.ANSWER_FRESHNESS):
        return []
    places = _due(viewer)
    if contact_ids is not None:
        places = places.filter(organisation_id__in=_organisations_of(viewer, contact_ids))
    rows = list(places.select_related("organisation").order_by("confirm_by", "title", "pk"))
    asked = asked_about(viewer, rows)
    found = [_to_ask(row, asked.get(row.pk)) for row in rows]
    if contact_ids is None:
        return found
    return [one for one in found if one.asked and one.asked.contact_id in contact_ids]


def place_to_ask(viewer: Viewer, *, place_id: int) -> PlaceToAsk | None:
    """Return one place with whom to ask, also when it is fresh; None when it is not open."""
    if not viewer.may(Permission.ANSWER_FRESHNESS):
        return None
    row = _open(viewer).filter(pk=place_id).select_related("organisation").first()
    return None if row is None else _to_ask(row, asked_about(viewer, [row]).get(row.pk))


def nobody_to_ask(viewer: Viewer) -> Sequence[PlaceToAsk]:
    """Return the places that are to be asked about and that nobody gets a mail about."""
    return [one for one in places_to_ask(viewer) if one.asked is None or not one.asked.email]


def changes_to_process(viewer: Viewer) -> Sequence[SaidChange]:
    """Return what was said to have changed and nobody wrote down since, oldest first.

    Written down is: the place changed, or somebody said something else of it.
    """
    if not viewer.may(Permission.MANAGE_PLACES):
        return []
    later = PlaceConfirmation.objects.filter(place_id=OuterRef("place_id"), pk__gt=OuterRef("pk"))
    changed = PlacePeriod.objects.filter(
        place_id=OuterRef("place_id"), recorded_at__gt=OuterRef("answered_at")
    )
    rows = PlaceConfirmation.objects.filter(
        ~Exists(later),
        ~Exists(changed),
        municipality_id=viewer.municipality_id,
        answer=FreshnessAnswer.CHANGED,
        place__in=_open(viewer),
    )
    return [
        SaidChange(
            place_key=row.place.key,
            title=row.place.title,
            organisation=row.place.organisation.name,
            note=row.note,
            answered_at=row.answered_at,
        )
        for row in rows.select_related("place__organisation").order_by("answered_at", "pk")
    ]


def _open(viewer: Viewer) -> QuerySet[Place]:
    """Return the places that are in the directory now; a partner's own only."""
    rows = listed(viewer).filter(closes_on__gt=clock.today())
    if is_at_organisation(viewer):
        rows = rows.filter(organisation_id__in=[viewer.organisation_id])
    return rows


def _due(viewer: Viewer) -> QuerySet[Place]:
    today = clock.today()
    near = Q(confirm_by__isnull=True) | Q(confirm_by__lte=ask_from(today))
    taking_part = Q(organisation__left_on__isnull=True) | Q(organisation__left_on__gt=today)
    return _open(viewer).filter(near, taking_part)


def _organisations_of(viewer: Viewer, contact_ids: Sequence[int]) -> QuerySet[Contact, int]:
    contacts = Contact.objects.visible_to(viewer).filter(pk__in=contact_ids)
    return contacts.values_list("organisation_id", flat=True)


def _to_ask(row: Place, asked: Asked | None) -> PlaceToAsk:
    return PlaceToAsk(
        place_id=row.pk,
        key=row.key,
        title=row.title,
        kind=PlaceKind(row.kind),
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        confirm_by=row.confirm_by,
        is_stale=is_stale(row.confirm_by, clock.today()),
        asked=asked,
    )
