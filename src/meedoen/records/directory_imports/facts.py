"""What a lot of rows is compared with: looked up for all of them at once."""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from meedoen.records.directory.models import Contact, Location
from meedoen.records.directory_imports.models import DirectoryFile, SourceId
from meedoen.records.directory_imports.registry import Registry
from meedoen.records.directory_imports.rows import Texts
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import District, Organisation
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.details import details_of
from meedoen.records.places.models import Place
from meedoen.rules.directory_file.compare import (
    KnownContact,
    KnownLocation,
    KnownOrganisation,
    KnownPlace,
    location_of,
    same_place,
)
from meedoen.rules.directory_file.districts import Districts
from meedoen.rules.directory_file.groups import NUMBER, Group, Groups
from meedoen.rules.directory_file.judge import Beside, Defaults, Judgement, judge
from meedoen.rules.directory_file.matching import Match, find
from meedoen.rules.directory_file.values import Parsed, parse
from meedoen.rules.directory_file.words import Field, RowDecision, RowFault, RowProblem
from meedoen.rules.distance import Position
from meedoen.rules.files.cells import plain
from meedoen.rules.files.meanings import by_text, district_texts
from meedoen.rules.matching.interests import shipped_interests
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind, PlaceStatus


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all rows of a file: who sent it, whose list it is, what was asked."""

    sender: Viewer
    source: str
    defaults: Defaults
    districts: Districts
    interests: Mapping[str, str]
    today: date

    def parse(self, texts: Texts) -> Parsed:
        """Return what a row says."""
        return parse(texts, today=self.today, interests=self.interests)


@dataclass(frozen=True, slots=True)
class Asked:
    """A row to judge; `decision` and `like_id` are what somebody said, and of which organisation.

    `faults` are those that only show beside the other rows.
    """

    line: int
    parsed: Parsed
    decision: RowDecision | None = None
    like_id: int | None = None
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row with what it means, and of what: None is new, or not said."""

    line: int
    parsed: Parsed
    group: Group | None
    match: Match
    beside: Beside
    judgement: Judgement

    @property
    def place(self) -> KnownPlace | None:
        """Return the place here that the row is about."""
        return self.beside.places[0] if len(self.beside.places) == 1 else None

    @property
    def location(self) -> KnownLocation | None:
        """Return the address here that the row means."""
        return location_of(self.parsed.address, self.beside.locations)

    @property
    def place_text(self) -> str:
        """Return how the source is remembered to call the place; empty without one."""
        return place_text(self.group, self.parsed) if self.group else ""


@dataclass(slots=True)
class _Known:
    """What is known of the organisations and places that a lot may mean."""

    organisations: dict[int, KnownOrganisation] = field(default_factory=dict)
    contacts: dict[int, list[KnownContact]] = field(default_factory=dict)
    locations: dict[int, list[KnownLocation]] = field(default_factory=dict)
    places: dict[int, KnownPlace] = field(default_factory=dict)
    organisation_of: dict[str, int] = field(default_factory=dict)
    """Seen before, by the text of the source."""
    place_of: dict[str, int] = field(default_factory=dict)
    ours: set[int] = field(default_factory=set)
    """The organisations that the source knows by the key that we gave them."""


def setting_of(file: DirectoryFile, sender: Viewer) -> Setting:
    """Return what holds for all rows of a file."""
    districts = list(District.objects.filter(municipality_id=sender.municipality_id))
    return Setting(
        sender=sender,
        source=file.source,
        defaults=read_defaults(file.defaults),
        districts=Districts(
            numbers=by_text(
                (text, row.pk) for row in districts for text in district_texts(row.code, row.name)
            ),
            middles=[
                (row.pk, Position(row.latitude, row.longitude))
                for row in districts
                if row.latitude is not None and row.longitude is not None
            ],
        ),
        interests={
            plain(text): one.code
            for one in shipped_interests()
            for text in (one.code, one.nl, one.en)
        },
        today=clock.today(),
    )


def read_defaults(stored: Mapping[str, Any]) -> Defaults:
    """Return defaults as they were kept; those of a file nobody said anything of, are none."""
    organisation_kind, kind = stored.get("organisation_kind"), stored.get("kind")
    return Defaults(
        organisation_kind=OrganisationKind(organisation_kind) if organisation_kind else None,
        kind=PlaceKind(kind) if kind else None,
        capacity=stored.get("capacity"),
        half_days=stored.get("half_days", 0),
    )


def place_text(group: Group, parsed: Parsed) -> str:
    """Return how a source is remembered to call a place: by its number, else by all it says."""
    place = parsed.place
    if place is None:
        return ""
    if place.number:
        return f"{NUMBER}{place.number}"
    told = "\x1f".join((group.key, plain(place.title), parsed.address.key))
    return f"row:{hashlib.sha256(told.encode()).hexdigest()}"


def judge_all(
    setting: Setting, registry: Registry, groups: Groups, asked: Sequence[Asked]
) -> list[Judged]:
    """Return what these rows mean, in the same order; one set of questions for all of them."""
    grouped = [(one, groups.of(one.parsed.organisation)) for one in asked]
    known = _Known()
    _find_seen(setting, known, grouped)
    matches = [_match(registry, groups, known, one, group) for one, group in grouped]
    _look_up(setting, registry, known, grouped, matches)
    return [
        _judged(setting, registry, groups, known, one, group, match)
        for (one, group), match in zip(grouped, matches, strict=True)
    ]


Grouped = Sequence[tuple[Asked, Group | None]]


def _find_seen(setting: Setting, known: _Known, grouped: Grouped) -> None:
    """Find which texts of this source were seen before; our own keys are known from anywhere."""
    keys = sorted({group.key for _one, group in grouped if group})
    texts = sorted({place_text(group, one.parsed) for one, group in grouped if group} - {""})
    own = {"municipality_id": setting.sender.municipality_id}
    seen = SourceId.objects.filter(**own, source=setting.source)
    organisations, places = Organisation.objects.filter(**own), Place.objects.filter(**own)
    for some in in_groups(keys):
        by_key = organisations.filter(key__in=_uuids(some)).values_list("key", "pk")
        known.organisation_of |= {f"{NUMBER}{key}": number for key, number in by_key}
        known.ours |= {number for _key, number in by_key}
        rows = seen.filter(external_id__in=some, organisation__isnull=False)
        known.organisation_of |= dict(rows.values_list("external_id", "organisation_id"))
    for some in in_groups(texts):
        listed = places.filter(key__in=_uuids(some), status=PlaceStatus.LISTED)
        found = listed.values_list("key", "pk")
        known.place_of |= {f"{NUMBER}{key}": number for key, number in found}
        rows = seen.filter(external_id__in=some, place__isnull=False)
        known.place_of |= dict(rows.values_list("external_id", "place_id"))


def _uuids(texts: Iterable[str]) -> list[uuid.UUID]:
    """Return the texts that may be keys of ours; written as we write them."""
    found = []
    for text in texts:
        told = text.removeprefix(NUMBER)
        try:
            key = uuid.UUID(told)
        except ValueError:
            continue
        if str(key) == told:
            found.append(key)
    return found


def _match(
    registry: Registry, groups: Groups, known: _Known, one: Asked, group: Group | None
) -> Match:
    if group is None:
        return Match()
    seen = known.organisation_of.get(group.key)
    if seen is None and one.decision is RowDecision.SAME and one.like_id is not None:
        return Match(one.like_id)
    match = find(group, registry.register, seen, groups.first_by_name)
    if one.decision is RowDecision.OTHER and match.why is not None:
        return Match()
    return match


def _look_up(
    setting: Setting,
    registry: Registry,
    known: _Known,
    grouped: Grouped,
    matches: Sequence[Match],
) -> None:
    own = {"municipality_id": setting.sender.municipality_id}
    numbers = sorted({one.organisation_id for one in matches if one.organisation_id})
    places = set(known.place_of.values())
    for (one, _group), match in zip(grouped, matches, strict=True):
        if one.parsed.place and match.organisation_id:
            title = plain(one.parsed.place.title)
            places |= registry.places.get((match.organisation_id, title), set())
    for some in in_groups(numbers):
        for row in Organisation.objects.filter(**own, pk__in=some):
            registry.register.add_organisation(row.pk, row.name, row.kvk_number)
            known.organisations[row.pk] = _organisation(row, known, setting.today)
        _look_up_contacts(setting, known, some)
        locations = Location.objects.filter(**own, organisation_id__in=some, closed_on=None)
        for location in locations.order_by("pk"):
            known.locations.setdefault(location.organisation_id, []).append(_location(location))
    rows = Place.objects.filter(**own, status=PlaceStatus.LISTED).select_related("location")
    for some in in_groups(sorted(places)):
        known.places |= {row.pk: _place(row, setting.today) for row in rows.filter(pk__in=some)}


def _look_up_contacts(setting: Setting, known: _Known, numbers: Collection[int]) -> None:
    contacts = Contact.objects.visible_to(setting.sender).filter(
        organisation_id__in=numbers,
        starts_on__lte=setting.today,
        ends_on__gt=setting.today,
    )
    for row in contacts.order_by("pk"):
        known.contacts.setdefault(row.organisation_id, []).append(
            KnownContact(contact_id=row.pk, name=row.name, email=row.email, phone=row.phone)
        )


def _organisation(row: Organisation, known: _Known, today: date) -> KnownOrganisation:
    return KnownOrganisation(
        organisation_id=row.pk,
        name=row.name,
        kind=OrganisationKind(row.kind),
        kvk=row.kvk_number,
        about=row.description,
        website=row.website,
        has_left=row.left_on is not None and row.left_on <= today,
        is_ours=row.pk in known.ours,
    )


def _location(row: Location) -> KnownLocation:
    return KnownLocation(
        location_id=row.pk,
        number=str(row.key),
        district_id=row.district_id,
        name=row.name,
        street=row.street,
        house_number=row.house_number,
        postcode=row.postal_code,
        town=row.town,
    )


def _place(row: Place, today: date) -> KnownPlace:
    details = details_of(row)
    return KnownPlace(
        place_id=row.pk,
        organisation_id=row.organisation_id,
        location_id=row.location_id,
        location_key=_location(row.location).key if row.location else "",
        district_id=row.district_id,
        title=row.title,
        kind=details.kind,
        description=row.description,
        half_days=row.half_days,
        sessions=details.sessions,
        capacity=row.capacity,
        taken=row.taken,
        language_level=row.language_level_asked,
        interests=details.interests,
        cost=(row.cost_cents, row.cost_note),
        is_public=row.is_public,
        has_owner=row.owner_id is not None,
        is_closed=row.closes_on <= today,
    )


def _judged(
    setting: Setting,
    registry: Registry,
    groups: Groups,
    known: _Known,
    one: Asked,
    group: Group | None,
    match: Match,
) -> Judged:
    number = match.organisation_id or 0
    organisation = known.organisations.get(number)
    locations = known.locations.get(number, [])
    address = one.parsed.address
    here = location_of(address, locations)
    district = setting.districts.find(
        address,
        here=here.district_id if here else None,
        by_postcode=registry.register.districts,
    )
    faults = [*one.parsed.faults, *one.faults, *district.faults]
    if group is None and one.parsed.organisation.name:
        faults.append(RowFault(RowProblem.NAME_OF_TWO, Field.ORGANISATION))
    parsed = replace(one.parsed, faults=tuple(faults))
    beside = Beside(
        organisation=organisation,
        contacts=known.contacts.get(number, []),
        locations=locations,
        places=_places(registry, known, parsed, group, organisation),
        district_id=district.district_id,
        district_is_said=district.is_said,
        is_first=group is not None and group.first_line == one.line,
        why=match.why,
        namesake_line=_namesake(groups, one, group, match),
    )
    return Judged(
        line=one.line,
        parsed=parsed,
        group=group,
        match=match,
        beside=beside,
        judgement=judge(parsed, beside, setting.defaults),
    )


def _namesake(groups: Groups, one: Asked, group: Group | None, match: Match) -> int | None:
    """Return the line of another organisation with this name, when this one would be new."""
    is_new = match.organisation_id is None and match.why is None
    if group is None or not is_new or one.decision is RowDecision.OTHER:
        return None
    namesake = groups.earlier_namesake(group)
    return namesake.first_line if namesake else None


def _places(
    registry: Registry,
    known: _Known,
    parsed: Parsed,
    group: Group | None,
    organisation: KnownOrganisation | None,
) -> list[KnownPlace]:
    """Return the places that a row may mean: the one seen before, else those that are called so."""
    if parsed.place is None or group is None:
        return []
    seen = known.place_of.get(place_text(group, parsed))
    if seen is not None and seen in known.places:
        return [known.places[seen]]
    if organisation is None:
        return []
    titled = registry.places.get((organisation.organisation_id, plain(parsed.place.title)), set())
    candidates = [known.places[number] for number in sorted(titled) if number in known.places]
    return same_place(parsed.place, parsed.address, candidates)
