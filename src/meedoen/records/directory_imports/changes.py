"""From rows of a file to the actions on organisations and places, many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from meedoen.records.directory.actions import (
    change_contacts,
    enter_contacts,
    enter_locations,
    enter_organisations,
)
from meedoen.records.directory.models import Contact
from meedoen.records.directory.new import (
    ContactChange,
    ContactDetails,
    LocationDetails,
    OrganisationChange,
    OrganisationDetails,
)
from meedoen.records.directory_imports.facts import Judged, Setting
from meedoen.records.directory_imports.models import SourceId
from meedoen.records.directory_imports.registry import Registry
from meedoen.records.organisations import clock
from meedoen.records.places.actions import NewPlace, PlaceChange, change_places, enter_places
from meedoen.records.places.details import PlaceDetails, details_of
from meedoen.records.places.models import Place
from meedoen.records.places.organisation_actions import change_organisations
from meedoen.rules import half_days
from meedoen.rules.directory_file.compare import KnownOrganisation, KnownPlace, contact_of
from meedoen.rules.directory_file.values import PlaceSaid
from meedoen.rules.directory_file.words import Field, RowVerdict
from meedoen.rules.files.cells import plain
from meedoen.rules.files.spelling import phone_digits
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.vocabulary import ContactRole

REASON = "Overgenomen uit een bestand met organisaties en plekken."
"""Kept with each change of a place, so in Dutch, like what people write there."""
LONGEST_NAME = 200

T = TypeVar("T")


@dataclass(slots=True)
class Made:
    """What a lot made, for the rows that need it: organisations, addresses, contacts, places."""

    organisations: dict[str, int] = field(default_factory=dict)
    """By the key of the group."""
    locations: dict[tuple[int, str], int] = field(default_factory=dict)
    contacts: dict[tuple[int, str], int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    """By the line of the row."""

    def organisation(self, one: Judged) -> int:
        """Return the organisation of a row, known or just made."""
        if one.match.organisation_id is not None:
            return one.match.organisation_id
        return self.organisations[_group(one)]

    def location(self, one: Judged) -> int | None:
        """Return the address of a row; None when it does not say one."""
        if one.location:
            return one.location.location_id
        return self.locations.get((self.organisation(one), one.parsed.address.key))

    def contact(self, one: Judged) -> int | None:
        """Return whom a row says to ask; None when it does not."""
        known = contact_of(one.parsed.organisation, one.beside.contacts)
        if known:
            return known.contact_id
        return self.contacts.get((self.organisation(one), _contact_key(one)))


def write(setting: Setting, registry: Registry, steps: Sequence[Judged]) -> Made:
    """Do what these rows ask. Raises ActionRefusedError, in a transaction of the caller."""
    made = Made()
    changing = [one for one in steps if one.judgement.verdict != RowVerdict.SAME]
    _enter_organisations(setting, registry, changing, made)
    _change_organisations(setting, changing)
    _enter_locations(setting, changing, made)
    _keep_contacts(setting, changing, made)
    _enter_places(setting, changing, made)
    _change_places(setting, changing, made)
    _remember(setting, steps, made)
    return made


def _there(value: T | None) -> T:
    """Return what a row that may be taken over has; the judgement made sure of that."""
    if value is None:
        raise ValueError("a row was taken over that lacks what it needs")
    return value


def _group(one: Judged) -> str:
    return _there(one.group).key


def _contact_key(one: Judged) -> str:
    said = one.parsed.organisation
    return said.email.casefold() or phone_digits(said.phone)


# --- organisations -------------------------------------------------------------------------------


def _enter_organisations(
    setting: Setting, registry: Registry, steps: Iterable[Judged], made: Made
) -> None:
    first: dict[str, Judged] = {}
    for one in steps:
        if one.match.organisation_id is None:
            first.setdefault(_group(one), one)
    taken: set[str] = set()
    details = []
    for one in first.values():
        name = _free_name(one, registry, taken)
        taken.add(plain(name))
        details.append(_new_organisation(setting, one, name))
    if details:
        numbers = enter_organisations(setting.sender, organisations=details)
        made.organisations |= dict(zip(first, numbers, strict=True))


def _new_organisation(setting: Setting, one: Judged, name: str) -> OrganisationDetails:
    said = one.parsed.organisation
    return OrganisationDetails(
        name=name,
        kind=_there(said.kind or setting.defaults.organisation_kind),
        kvk_number=said.kvk,
        description=said.about,
        website=said.website,
    )


def _free_name(one: Judged, registry: Registry, taken: set[str]) -> str:
    """Return the name, with something behind it when another organisation is called so.

    Only somebody who said that it is another one gets here with a name that is taken.
    """
    said, address = one.parsed.organisation, one.parsed.address
    behind = [address.town, address.postcode, said.kvk, *map(str, range(2, 100))]
    names = [said.name, *(f"{said.name[: LONGEST_NAME - 20]} ({text})" for text in behind if text)]
    is_taken = [plain(name) in registry.register.by_name or plain(name) in taken for name in names]
    return next((name for name, used in zip(names, is_taken, strict=True) if not used), names[-1])


def _change_organisations(setting: Setting, steps: Iterable[Judged]) -> None:
    changes = [
        OrganisationChange(
            organisation_id=organisation.organisation_id,
            details=_changed_organisation(one, organisation),
        )
        for one in steps
        for organisation in [one.beside.organisation]
        if organisation and OF_ORGANISATION & set(one.judgement.differences)
    ]
    if changes:
        change_organisations(setting.sender, changes=changes)


OF_ORGANISATION = {
    Field.ORGANISATION,
    Field.ORGANISATION_KIND,
    Field.KVK,
    Field.ABOUT,
    Field.WEBSITE,
}


def _changed_organisation(one: Judged, known: KnownOrganisation) -> OrganisationDetails:
    said, differs = one.parsed.organisation, set(one.judgement.differences)
    return OrganisationDetails(
        name=said.name if Field.ORGANISATION in differs else known.name,
        kind=_there(said.kind) if Field.ORGANISATION_KIND in differs else known.kind,
        kvk_number=said.kvk if Field.KVK in differs else known.kvk,
        description=said.about if Field.ABOUT in differs else known.about,
        website=said.website if Field.WEBSITE in differs else known.website,
    )


# --- addresses and contacts ----------------------------------------------------------------------


def _enter_locations(setting: Setting, steps: Iterable[Judged], made: Made) -> None:
    new: dict[tuple[int, str], LocationDetails] = {}
    for one in steps:
        if one.parsed.address.is_said and one.location is None:
            owner = made.organisation(one)
            new.setdefault((owner, one.parsed.address.key), _new_location(one, owner))
    if new:
        numbers = enter_locations(setting.sender, locations=list(new.values()))
        made.locations |= dict(zip(new, numbers, strict=True))


def _new_location(one: Judged, organisation_id: int) -> LocationDetails:
    said = one.parsed.address
    latitude, longitude = said.position or (None, None)
    line = f"{said.street} {said.house_number}".strip()
    return LocationDetails(
        organisation_id=organisation_id,
        district_id=_there(one.beside.district_id),
        name=(said.name or line or said.postcode or one.parsed.organisation.name)[:120],
        street=said.street,
        house_number=said.house_number,
        postal_code=said.postcode,
        town=said.town,
        latitude=latitude,
        longitude=longitude,
    )


def _keep_contacts(setting: Setting, steps: Iterable[Judged], made: Made) -> None:
    new: dict[tuple[int, str], ContactDetails] = {}
    changed: dict[int, Judged] = {}
    for one in steps:
        known = contact_of(one.parsed.organisation, one.beside.contacts)
        if known is None and _contact_key(one):
            owner = made.organisation(one)
            new.setdefault((owner, _contact_key(one)), _new_contact(setting, one, owner))
        elif known and {Field.CONTACT, Field.PHONE} & set(one.judgement.differences):
            changed[known.contact_id] = one
    if new:
        numbers = enter_contacts(setting.sender, contacts=list(new.values()))
        made.contacts |= dict(zip(new, numbers, strict=True))
    if changed:
        rows = Contact.objects.visible_to(setting.sender).filter(pk__in=list(changed))
        changes = [_contact_change(row, changed[row.pk]) for row in rows]
        change_contacts(setting.sender, changes=changes)


def _new_contact(setting: Setting, one: Judged, organisation_id: int) -> ContactDetails:
    said = one.parsed.organisation
    return ContactDetails(
        organisation_id=organisation_id,
        # Who keeps the places; an address for everyone only somebody here can say it is.
        role=ContactRole.COORDINATOR,
        starts_on=setting.today,
        name=said.contact,
        email=said.email,
        phone=said.phone,
    )


def _contact_change(row: Contact, one: Judged) -> ContactChange:
    said, differs = one.parsed.organisation, set(one.judgement.differences)
    details = ContactDetails(
        organisation_id=row.organisation_id,
        role=ContactRole(row.role),
        starts_on=row.starts_on,
        name=said.contact if Field.CONTACT in differs else row.name,
        email=row.email,
        phone=said.phone if Field.PHONE in differs else row.phone,
    )
    return ContactChange(contact_id=row.pk, details=details)


# --- places --------------------------------------------------------------------------------------


def _enter_places(setting: Setting, steps: Iterable[Judged], made: Made) -> None:
    new = {
        one.line: _new_place(setting, one, one.parsed.place, made)
        for one in steps
        if one.parsed.place and one.place is None
    }
    if new:
        numbers = enter_places(setting.sender, places=list(new.values()))
        made.places |= dict(zip(new, numbers, strict=True))


def _new_place(setting: Setting, one: Judged, said: PlaceSaid, made: Made) -> NewPlace:
    defaults = setting.defaults
    capacity = said.capacity if said.capacity is not None else defaults.capacity
    cents, note = said.cost or (0, "")
    return NewPlace(
        organisation_id=made.organisation(one),
        location_id=made.location(one),
        district_id=_there(one.beside.district_id),
        kind=_there(said.kind or defaults.kind),
        title=said.title,
        description=said.description,
        capacity=_there(capacity),
        half_days=said.half_days or defaults.half_days,
        sessions=said.sessions,
        opens_on=setting.today,
        language_level_asked=LanguageLevel(said.language_level or 0),
        interests=said.interests or frozenset(),
        cost_cents=cents,
        cost_note=note,
        is_public=bool(said.is_public),
        owner_id=made.contact(one),
    )


def _change_places(setting: Setting, steps: Iterable[Judged], made: Made) -> None:
    changing = {one.place.place_id: one for one in steps if one.place and _changes_place(one)}
    rows = Place.objects.filter(
        municipality_id=setting.sender.municipality_id, pk__in=list(changing)
    )
    changes = [
        PlaceChange(
            place_id=row.pk,
            starts_on=setting.today,
            details=_changed_place(changing[row.pk], details_of(row), made),
            reason=REASON,
        )
        for row in rows.order_by("pk")
    ]
    if changes:
        change_places(setting.sender, changes=changes)


OF_PLACE = {
    Field.TITLE,
    Field.KIND,
    Field.DESCRIPTION,
    Field.TIMES,
    Field.CAPACITY,
    Field.LANGUAGE_LEVEL,
    Field.INTERESTS,
    Field.COST,
    Field.PUBLIC,
    Field.LOCATION,
    Field.DISTRICT,
}


def _changes_place(one: Judged) -> bool:
    is_open = one.place is not None and not one.place.is_closed
    return is_open and bool(OF_PLACE & set(one.judgement.differences))


def _changed_place(one: Judged, now: PlaceDetails, made: Made) -> PlaceDetails:
    said, differs = _there(one.parsed.place), set(one.judgement.differences)
    values: dict[Field, dict[str, Any]] = {
        Field.TITLE: {"title": said.title},
        Field.KIND: {"kind": said.kind},
        Field.DESCRIPTION: {"description": said.description},
        Field.TIMES: {"half_days": said.half_days, "sessions": said.sessions},
        Field.CAPACITY: {"capacity": said.capacity},
        Field.LANGUAGE_LEVEL: {"language_level_asked": LanguageLevel(said.language_level or 0)},
        Field.INTERESTS: {"interests": said.interests},
        Field.COST: dict(zip(("cost_cents", "cost_note"), said.cost or (0, ""), strict=True)),
        Field.PUBLIC: {"is_public": said.is_public},
        Field.LOCATION: {"location_id": made.location(one)},
        Field.DISTRICT: {"district_id": one.beside.district_id},
    }
    changed = {
        name: value for key in differs & values.keys() for name, value in values[key].items()
    }
    details = replace(now, **changed)
    return replace(
        details,
        # Nobody is asked to come more often than it is open.
        half_days_needed=min(details.half_days_needed, half_days.count(details.half_days)),
        owner_id=details.owner_id or made.contact(one),
    )


# --- what a source calls it ----------------------------------------------------------------------


def _remember(setting: Setting, steps: Iterable[Judged], made: Made) -> None:
    now = clock.now()
    own = {
        "municipality_id": setting.sender.municipality_id,
        "source": setting.source,
        "first_seen_at": now,
    }
    organisations = {_group(one): made.organisation(one) for one in steps}
    places = {
        one.place_text: made.places.get(one.line) or _known(one.place)
        for one in steps
        if one.place_text
    }
    SourceId.objects.bulk_create(
        [
            *(
                SourceId(**own, external_id=text, organisation_id=number)
                for text, number in organisations.items()
            ),
            *(
                SourceId(**own, external_id=text, place_id=number)
                for text, number in places.items()
            ),
        ],
        # What was seen before keeps its first moment.
        ignore_conflicts=True,
        batch_size=500,
    )


def _known(place: KnownPlace | None) -> int:
    return _there(place).place_id
