"""What is known here beside what a row says: what the file says otherwise.

An empty cell says nothing: it never empties what is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from meedoen.rules.directory_file.values import (
    AddressSaid,
    OrganisationSaid,
    PlaceSaid,
    address_key,
)
from meedoen.rules.directory_file.words import Field
from meedoen.rules.files.cells import clean, plain
from meedoen.rules.files.spelling import phone_digits
from meedoen.rules.schedule.occurrences import days_by_rule, weekdays_of
from meedoen.rules.schedule.rule import Frequency, read_rule
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind

COMPARED = timedelta(days=2 * 366)
"""From the first day on; in so long every month and every other week came by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrganisation:
    """An organisation as it is here."""

    organisation_id: int
    name: str
    kind: OrganisationKind
    kvk: str
    about: str
    website: str
    has_left: bool
    is_ours: bool = False
    """Whether the source knows it by the key that we gave it: what it says comes from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownContact:
    """Somebody to ask at an organisation."""

    contact_id: int
    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLocation:
    """An address of an organisation."""

    location_id: int
    number: str
    """Its own key, as other systems know it."""
    district_id: int
    name: str
    street: str
    house_number: str
    postcode: str
    town: str

    @property
    def key(self) -> str:
        """Return the text by which two addresses are the same one."""
        return address_key(self.name, self.street, self.house_number, self.postcode)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlace:
    """A place as it is here; `location_key` is empty without an address."""

    place_id: int
    organisation_id: int
    location_id: int | None
    location_key: str
    district_id: int
    title: str
    kind: PlaceKind
    description: str
    half_days: int
    sessions: tuple[Session, ...]
    capacity: int
    taken: int
    language_level: int
    interests: frozenset[str]
    cost: tuple[int, str]
    is_public: bool
    has_owner: bool
    is_closed: bool


def organisation_differences(said: OrganisationSaid, known: KnownOrganisation) -> Iterator[Field]:
    """Go through the fields that a row says otherwise of the organisation itself."""
    if said.name and not _is_called(known.name, said.name):
        yield Field.ORGANISATION
    if said.kind and said.kind != known.kind:
        yield Field.ORGANISATION_KIND
    if said.kvk and said.kvk != known.kvk:
        yield Field.KVK
    # What we publish of an organisation without a description, is no description.
    is_made_up = known.is_ours and not known.about
    if said.about and clean(said.about) != clean(known.about) and not is_made_up:
        yield Field.ABOUT
    if said.website and _bare(said.website) != _bare(known.website):
        yield Field.WEBSITE


def _is_called(known: str, said: str) -> bool:
    """Return whether a name is the same, also with the addition that tells it from a namesake."""
    return clean(known) == clean(said) or (known.startswith(f"{said} (") and known.endswith(")"))


def _bare(address: str) -> str:
    bare = address.casefold().removeprefix("https://").removeprefix("http://")
    return bare.removeprefix("www.").rstrip("/")


def contact_of(said: OrganisationSaid, known: Sequence[KnownContact]) -> KnownContact | None:
    """Return the contact that a row means: with the same e-mail address, else the same number."""
    if said.email:
        return next((one for one in known if one.email.casefold() == said.email.casefold()), None)
    if said.phone:
        return next(
            (one for one in known if phone_digits(one.phone) == phone_digits(said.phone)), None
        )
    return None


def contact_differences(said: OrganisationSaid, known: Sequence[KnownContact]) -> Iterator[Field]:
    """Go through the fields that a row says otherwise of whom to ask."""
    if not (said.email or said.phone):
        return
    contact = contact_of(said, known)
    if contact is None:
        yield Field.EMAIL if said.email else Field.PHONE
        return
    if said.contact and clean(said.contact) != clean(contact.name):
        yield Field.CONTACT
    if said.phone and phone_digits(said.phone) != phone_digits(contact.phone):
        yield Field.PHONE


def location_of(said: AddressSaid, known: Sequence[KnownLocation]) -> KnownLocation | None:
    """Return the address here that a row means: by its number, else by what it says."""
    if not said.is_said:
        return None
    numbered = [one for one in known if said.number and one.number == said.number]
    return next(
        (one for one in [*numbered, *known] if one in numbered or one.key == said.key), None
    )


def place_differences(
    said: PlaceSaid, known: KnownPlace, *, location_id: int | None, district_id: int | None
) -> Iterator[Field]:
    """Go through the fields that a row says otherwise of a place.

    `location_id` and `district_id` are what the row means; None when it does not say.
    """
    if said.title and clean(said.title) != clean(known.title):
        yield Field.TITLE
    if said.kind and said.kind != known.kind:
        yield Field.KIND
    if said.description and clean(said.description) != clean(known.description):
        yield Field.DESCRIPTION
    if _other_times(said, known):
        yield Field.TIMES
    if said.capacity is not None and known.taken <= said.capacity != known.capacity:
        yield Field.CAPACITY
    yield from _other_terms(said, known)
    if location_id is not None and location_id != known.location_id:
        yield Field.LOCATION
    if district_id is not None and district_id != known.district_id:
        yield Field.DISTRICT


def _other_terms(said: PlaceSaid, known: KnownPlace) -> Iterator[Field]:
    if said.language_level is not None and said.language_level != known.language_level:
        yield Field.LANGUAGE_LEVEL
    if said.interests is not None and said.interests != known.interests:
        yield Field.INTERESTS
    if said.cost is not None and said.cost != known.cost:
        yield Field.COST
    if said.is_public is not None and said.is_public != known.is_public:
        yield Field.PUBLIC


def _other_times(said: PlaceSaid, known: KnownPlace) -> bool:
    if said.sessions:
        return set(_keys(said.sessions)) != set(_keys(known.sessions))
    return bool(said.half_days) and said.half_days != known.half_days


_Key = tuple[int | tuple[date, ...], time, time, date | None]


def _keys(sessions: Sequence[Session]) -> Iterator[_Key]:
    """Give what makes times the same: of every week by day, so that a day may stand apart.

    Since when a weekly time is so does not matter: a list does not say it. Other rules can be
    written in several ways, so those are the same when they fall on the same days.
    """
    for one in sessions:
        rule = read_rule(one.rule)
        hours = (one.opens_at, one.closes_at, one.last_on)
        weekly = rule.frequency is Frequency.WEEKLY and rule.interval == 1
        if weekly and not (rule.positions or rule.count):
            for weekday in weekdays_of(one):
                yield (weekday, *hours)
        else:
            until = one.first_on + COMPARED
            yield (tuple(days_by_rule(one, since=one.first_on, until=until)), *hours)


def same_place(
    said: PlaceSaid, address: AddressSaid, known: Sequence[KnownPlace]
) -> list[KnownPlace]:
    """Return the places here with this name at this address; without an address, anywhere."""
    titled = [one for one in known if plain(one.title) == plain(said.title)]
    if not address.is_said:
        return titled
    there = [one for one in titled if one.location_key == address.key]
    # A place of which nobody here said where it is, contradicts nothing.
    return there or [one for one in titled if not one.location_key]
