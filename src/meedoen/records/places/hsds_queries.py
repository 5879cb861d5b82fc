"""Public places and their organisations as facts for Open Referral; anyone may ask.

Everything here begins at `public_places`: what is not public cannot be reached from it, not by a
list, a number, a search or a count.
"""

import operator
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import reduce
from typing import Any, Generic, TypeVar

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from meedoen.records.directory.areas import position_of_postcode
from meedoen.records.directory.models import Contact, DirectoryChange, Location
from meedoen.records.organisations import clock
from meedoen.records.organisations.known import province_of
from meedoen.records.organisations.models import District, Municipality, Organisation
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.cards import public_places
from meedoen.records.places.far import squared_km
from meedoen.records.places.models import Place, PlaceInterest
from meedoen.records.search.queries import asks_something, search
from meedoen.rules.hsds.facts import (
    AreaFacts,
    LocationFacts,
    OrganisationFacts,
    ReceptionFacts,
    ServiceFacts,
    Taxonomy,
)
from meedoen.rules.places.freshness import is_stale
from meedoen.rules.schedule.sessions import sessions_from_json
from meedoen.rules.vocabulary import ContactRole, SearchKind

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Part(Generic[C]):
    """A part of a list, and how many there are in all."""

    cards: Sequence[C]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """Which services are wanted; what is given must all hold, nothing given means all.

    `terms` are pairs of a taxonomy and a code in it, `within` is how many metres from the middle
    of the postcode area `near` (four digits).
    """

    words: str = ""
    municipality: str = ""
    organisation_key: uuid.UUID | None = None
    terms: tuple[tuple[Taxonomy, str], ...] = ()
    taxonomy: Taxonomy | None = None
    modified_after: datetime | None = None
    near: str = ""
    within: int = 0


# --- services ------------------------------------------------------------------------------------


def hsds_services(
    wanted: ServiceFilter, *, number: int, size: int, at_locations: bool = False
) -> Part[ServiceFacts]:
    """Return a page of public places; with `at_locations` only those that have a location.

    Those that fit the words best come first. Raises UnknownAreaError, with a sentence for people,
    when nobody knows where `wanted.near` is.
    """
    rows = _wanted(wanted)
    if at_locations:
        rows = rows.filter(_has_location())
    numbers = _numbers(rows, wanted)
    page = _slice(numbers, number, size)
    found = _services(_with_changes(public_places()).filter(pk__in=page))
    return Part([found[pk] for pk in page if pk in found], _count(numbers))


def hsds_modified(
    wanted: ServiceFilter, *, number: int, size: int
) -> Part[tuple[uuid.UUID, datetime | None]]:
    """Return a page of the keys of public places, each with the moment of its last change.

    Raises UnknownAreaError.
    """
    rows = _wanted(wanted).only("key", "changed_at", "opens_on")
    scores = _scores(wanted)
    start = (number - 1) * size
    if scores is None:
        total, page = rows.count(), list(rows[start : start + size])
    else:
        found = [row for row in rows if row.pk in scores]
        total, page = len(found), found[start : start + size]
    return Part([(row.key, _modified_at(row)) for row in page], total)


def hsds_service(key: uuid.UUID) -> ServiceFacts | None:
    """Return one public place; None when it is not there or not public."""
    found = _services(_with_changes(public_places()).filter(key=key))
    return next(iter(found.values()), None)


def _services(rows: QuerySet[Place]) -> dict[int, ServiceFacts]:
    places = list(rows.select_related("organisation__municipality", "location", "district"))
    receptions = _receptions({place.organisation for place in places})
    return {place.pk: _service(place, receptions) for place in places}


def _service(row: Place, receptions: Mapping[int, ReceptionFacts]) -> ServiceFacts:
    today = clock.today()
    municipality = row.organisation.municipality
    has_location = row.location and not (row.location.closed_on and row.location.closed_on <= today)
    return ServiceFacts(
        key=row.key,
        title=row.title,
        description=row.description,
        kind=row.kind,
        organisation=_organisation(row.organisation, receptions),
        district=AreaFacts(row.district.code, row.district.name, municipality.code),
        location=_location(row.location, row.organisation)
        if row.location and has_location
        else None,
        sessions=sessions_from_json(row.sessions),
        language_level=row.language_level_asked,
        functional_demands=tuple(row.functional_demands),
        interests=tuple(row.interests),
        cost_cents=row.cost_cents,
        cost_note=row.cost_note,
        start_window=row.start_window,
        next_start_on=row.next_start_on,
        open_to_sign_up=row.open_to_sign_up,
        free=0 if row.is_full else row.capacity - row.taken,
        confirmed_on=row.confirmed_on,
        is_stale=is_stale(row.confirm_by, today),
        modified_at=_modified_at(row),
    )


# --- organisations -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OrganisationPlaces:
    """An organisation with its public places, and the locations where they are."""

    organisation: OrganisationFacts
    services: tuple[ServiceFacts, ...]
    locations: tuple[LocationFacts, ...]


def hsds_organisations(wanted: ServiceFilter, *, number: int, size: int) -> Part[OrganisationFacts]:
    """Return a page of the organisations with a public place like this. Raises UnknownAreaError."""
    numbers = _organisation_numbers(wanted)
    return Part(_organisation_cards(_slice(numbers, number, size)), len(numbers))


def hsds_organisations_with_places(
    wanted: ServiceFilter, *, number: int, size: int
) -> Part[OrganisationPlaces]:
    """Return a page of the same organisations, each with all its public places."""
    numbers = _organisation_numbers(wanted)
    return Part(_with_places(_slice(numbers, number, size)), len(numbers))


def hsds_organisation(key: uuid.UUID) -> OrganisationPlaces | None:
    """Return an organisation with its public places; None when it has none or is not there."""
    found = _with_places(_organisation_numbers(ServiceFilter(organisation_key=key)))
    return found[0] if found else None


def _organisation_numbers(wanted: ServiceFilter) -> list[int]:
    """Return the numbers of the organisations of the places that are wanted, in order."""
    rows = _wanted(wanted)
    scores = _scores(wanted)
    if scores is None:
        return sorted(set(rows.order_by().values_list("organisation_id", flat=True)))
    lines = rows.order_by().values_list("pk", "organisation_id")
    return sorted({organisation for pk, organisation in lines if pk in scores})


def _organisation_cards(numbers: Sequence[int]) -> list[OrganisationFacts]:
    rows = Organisation.objects.filter(pk__in=numbers).select_related("municipality")
    found = list(rows.order_by("pk"))
    receptions = _receptions(found)
    return [_organisation(row, receptions) for row in found]


def _with_places(numbers: Sequence[int]) -> list[OrganisationPlaces]:
    rows = _with_changes(public_places()).filter(organisation_id__in=numbers).order_by("pk")
    of: dict[uuid.UUID, list[ServiceFacts]] = {}
    for service in _services(rows).values():
        of.setdefault(service.organisation.key, []).append(service)
    return [
        OrganisationPlaces(one, tuple(of[one.key]), _locations_of(of[one.key]))
        for one in _organisation_cards(numbers)
        if one.key in of
    ]


def _locations_of(services: Iterable[ServiceFacts]) -> tuple[LocationFacts, ...]:
    found = {one.location.key: one.location for one in services if one.location}
    return tuple(found.values())


def _organisation(row: Organisation, receptions: Mapping[int, ReceptionFacts]) -> OrganisationFacts:
    return OrganisationFacts(
        key=row.key,
        name=row.name,
        kind=row.kind,
        description=row.description,
        website=row.website,
        kvk_number=row.kvk_number,
        municipality=AreaFacts(row.municipality.code, row.municipality.name),
        reception=receptions.get(row.pk),
    )


def _receptions(organisations: Iterable[Organisation]) -> dict[int, ReceptionFacts]:
    """Return the address for everyone of these organisations, by number: the newest that holds.

    No other contact is read, and of this one no name.
    """
    by_municipality: dict[int, list[int]] = {}
    for one in organisations:
        by_municipality.setdefault(one.municipality_id, []).append(one.pk)
    if not by_municipality:
        return {}
    today = clock.today()
    rows = reduce(
        operator.or_,
        [
            Contact.objects.visible_to(Viewer.system(municipality_id)).filter(
                organisation_id__in=numbers,
                role=ContactRole.RECEPTION,
                starts_on__lte=today,
                ends_on__gt=today,
            )
            for municipality_id, numbers in sorted(by_municipality.items())
        ],
    )
    found = rows.order_by("starts_on", "pk").values_list("organisation_id", "key", "email", "phone")
    return {number: ReceptionFacts(key, email, phone) for number, key, email, phone in found}


def _location(row: Location, organisation: Organisation) -> LocationFacts:
    return LocationFacts(
        key=row.key,
        organisation_key=organisation.key,
        name=row.name,
        street=row.street,
        house_number=row.house_number,
        postal_code=row.postal_code,
        town=row.town,
        province=province_of(organisation.municipality.code),
        bag_id=row.bag_id,
        latitude=row.latitude,
        longitude=row.longitude,
        accessibility=tuple(row.accessibility),
        accessibility_note=row.accessibility_note,
    )


# --- areas ---------------------------------------------------------------------------------------


def hsds_areas() -> Sequence[AreaFacts]:
    """Return the municipalities here and their districts, each municipality before its own."""
    districts: dict[int, list[AreaFacts]] = {}
    for row in District.objects.select_related("municipality").order_by("code"):
        area = AreaFacts(row.code, row.name, row.municipality.code)
        districts.setdefault(row.municipality_id, []).append(area)
    return [
        area
        for row in Municipality.objects.order_by("code")
        for area in (AreaFacts(row.code, row.name), *districts.get(row.pk, ()))
    ]


# --- which ones ----------------------------------------------------------------------------------


def _wanted(wanted: ServiceFilter) -> QuerySet[Place]:
    rows = _with_changes(public_places())
    if wanted.municipality:
        rows = rows.filter(municipality__code=wanted.municipality)
    if wanted.organisation_key:
        rows = rows.filter(organisation__key=wanted.organisation_key)
    for taxonomy, code in wanted.terms:
        rows = rows.filter(_has_term(taxonomy, code))
    if wanted.taxonomy:
        rows = rows.filter(_has_any_term(wanted.taxonomy))
    if wanted.modified_after:
        rows = rows.filter(_modified_after(wanted.modified_after))
    if wanted.near:
        start = position_of_postcode(wanted.near)
        rows = rows.alias(far=squared_km(start)).filter(far__lte=(wanted.within / 1_000) ** 2)
    return rows.order_by("pk")


def _scores(wanted: ServiceFilter) -> dict[int, int] | None:
    """Return how well places fit the words, by number; None when no word asks for anything."""
    if not wanted.words:
        return None
    municipalities = Municipality.objects.order_by("pk")
    if wanted.municipality:
        municipalities = municipalities.filter(code=wanted.municipality)
    scores: dict[int, int] = {}
    for municipality_id in municipalities.values_list("pk", flat=True):
        viewer = Viewer.system(municipality_id)
        if not asks_something(viewer, text=wanted.words):
            return None
        found = search(viewer, text=wanted.words, kind=SearchKind.PLACE, public_only=True)
        scores |= {one.subject_id: one.score for one in found}
    return scores


def _numbers(rows: QuerySet[Place], wanted: ServiceFilter) -> QuerySet[Place, int] | list[int]:
    """Return the numbers of places: in order, or those that fit the words best first."""
    numbers = rows.values_list("pk", flat=True)
    scores = _scores(wanted)
    if scores is None:
        return numbers
    return sorted((pk for pk in numbers if pk in scores), key=lambda pk: (-scores[pk], pk))


def _slice(numbers: QuerySet[Place, int] | list[int], number: int, size: int) -> list[int]:
    start = (number - 1) * size
    return list(numbers[start : start + size])


def _count(numbers: QuerySet[Place, int] | list[int]) -> int:
    return len(numbers) if isinstance(numbers, list) else numbers.count()


def _has_term(taxonomy: Taxonomy, code: str) -> Q:
    match taxonomy:
        case Taxonomy.KIND:
            return Q(kind=code)
        case Taxonomy.INTEREST:
            return Q(pk__in=PlaceInterest.objects.filter(code=code).values("place_id"))
        case Taxonomy.LANGUAGE_LEVEL:
            return Q(language_level_asked=int(code))
        case Taxonomy.ORGANISATION_KIND:
            return Q(organisation__kind=code)
        case Taxonomy.AREA:
            return Q(district__code=code) | Q(municipality__code=code)


def _has_any_term(taxonomy: Taxonomy) -> Q:
    match taxonomy:
        case Taxonomy.INTEREST:
            return Q(pk__in=PlaceInterest.objects.values("place_id"))
        case Taxonomy.LANGUAGE_LEVEL:
            return Q(language_level_asked__gt=0)
        case Taxonomy.KIND | Taxonomy.ORGANISATION_KIND | Taxonomy.AREA:
            return Q()


def _has_location() -> Q:
    still_there = Q(location__closed_on=None) | Q(location__closed_on__gt=clock.today())
    return Q(location__isnull=False) & still_there


def _with_changes(rows: QuerySet[Place]) -> QuerySet[Place]:
    """Add to places when their organisation, or a location or contact of it, was last changed."""
    changes = DirectoryChange.objects.filter(
        municipality_id=OuterRef("municipality_id"), organisation_id=OuterRef("organisation_id")
    )
    newest = changes.order_by("-changed_at").values("changed_at")[:1]
    return rows.annotate(directory_changed_at=Subquery(newest))


def _modified_at(row: Any) -> datetime | None:
    """Return when a place, or what goes with it, changed; opening is a change too."""
    opened = timezone.make_aware(datetime.combine(row.opens_on, time()))
    changes = [at for at in (row.changed_at, row.directory_changed_at) if at]
    return max(*changes, opened) if changes else None


def _modified_after(moment: datetime) -> Q:
    midnight = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    first_day = midnight.date() + timedelta(days=midnight < moment)
    return (
        Q(changed_at__gte=moment) | Q(directory_changed_at__gte=moment) | Q(opens_on__gte=first_day)
    )
