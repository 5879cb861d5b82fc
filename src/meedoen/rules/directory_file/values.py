"""One row of a file: its texts by field, and what they mean, or everything that is wrong."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from meedoen.rules.directory_file.meanings import (
    cost,
    language_level,
    organisation_kind,
    place_kind,
    postcode,
    split_street,
    yes_or_no,
)
from meedoen.rules.directory_file.times import MOST_SESSIONS, Times, TimesError, read_times
from meedoen.rules.directory_file.words import Field, RowFault, RowProblem
from meedoen.rules.files.cells import clean, is_error, plain
from meedoen.rules.files.reading import Row
from meedoen.rules.kvk import LENGTH as KVK_LENGTH
from meedoen.rules.kvk import KvkError, check_kvk
from meedoen.rules.schedule.check import session_problems
from meedoen.rules.schedule.occurrences import half_days_of
from meedoen.rules.schedule.sessions import Session, sessions_from_json
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind

MOST_PEOPLE = 2_000
LONGEST_ID = 100
_LONG = 4_000
_LONGEST: Mapping[Field, int] = {
    Field.ORGANISATION_ID: LONGEST_ID,
    Field.PLACE_ID: LONGEST_ID,
    Field.ORGANISATION: 200,
    Field.ABOUT: _LONG,
    Field.WEBSITE: 200,
    Field.CONTACT: 150,
    Field.EMAIL: 254,
    Field.LOCATION: 120,
    Field.STREET: 120,
    Field.HOUSE_NUMBER: 12,
    Field.TOWN: 80,
    Field.TITLE: 120,
    Field.DESCRIPTION: _LONG,
    Field.INTERESTS: 1_000,
    Field.COST: 200,
    Field.COST_NOTE: 200,
    Field.SESSIONS: 50_000,
    Field.TERMS: 50_000,
}
_LONGEST_OTHER = 300
LONGEST_PHONE = 20
_IN_LINES = frozenset({Field.ABOUT, Field.DESCRIPTION})
"""Texts that keep the ends of their lines."""
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.[a-zA-Z]{2,}")
_PHONE = re.compile(r"\+?[\d\s().\-/]{3,}", re.ASCII)
_WEBSITE = re.compile(r"https?://[^\s/?#.]+(?:\.[^\s/?#.]+)+(?:[/?#]\S*)?", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_PEOPLE = re.compile(r"(\d{1,4})(?:\s*(?:plaatsen|plekken|personen|mensen|deelnemers|places))?")
_LISTED = re.compile(r"[,;/|\n]")

Texts = Mapping[Field, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationSaid:
    """What a row says of the organisation, and of whom to ask; empty is “not said”."""

    number: str
    """The number at the source."""
    name: str
    kind: OrganisationKind | None
    kvk: str
    about: str
    website: str
    contact: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressSaid:
    """What a row says of where it is; `district` is as written, a position is in degrees."""

    number: str
    """The number at the source."""
    name: str
    street: str
    house_number: str
    postcode: str
    town: str
    district: str
    area: str
    """A name that may be that of a district, or of something else."""
    position: tuple[float, float] | None

    @property
    def is_said(self) -> bool:
        """Return whether there is enough to tell one address from another."""
        return bool(self.number or self.name or self.street or self.postcode)

    @property
    def key(self) -> str:
        """Return the text by which two addresses are the same one."""
        return address_key(self.name, self.street, self.house_number, self.postcode)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSaid:
    """What a row says of a place; None, or 0 for `half_days`, is “not said”."""

    number: str
    title: str
    kind: PlaceKind | None
    description: str
    half_days: int
    sessions: tuple[Session, ...]
    capacity: int | None
    language_level: int | None
    interests: frozenset[str] | None
    cost: tuple[int, str] | None
    is_public: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a row says. What is wrong is not said, and told in `faults`.

    `place` is None in a row about an organisation only. `is_stopped` is what the source says.
    """

    organisation: OrganisationSaid
    address: AddressSaid
    place: PlaceSaid | None
    is_stopped: bool
    faults: tuple[RowFault, ...]

    @property
    def is_wrong(self) -> bool:
        """Return whether the row cannot be taken over."""
        return any(not fault.is_note for fault in self.faults)


def address_key(name: str, street: str, house_number: str, code: str) -> str:
    """Return the text by which two addresses are the same: postcode and number, or else names."""
    if code and house_number:
        return f"{code}{plain(house_number)}"
    return f"{plain(street)}{plain(house_number)}{code}" if street else f"{plain(name)}{code}"


def texts_of(row: Row, headings: Sequence[str], mapping: Mapping[Field, str]) -> dict[Field, str]:
    """Return the texts of the mapped columns, trimmed and in one form of Unicode (NFC).

    A KVK number of seven digits in a cell with a number has lost its nought in front.
    """
    places = {heading: at for at, heading in enumerate(headings)}
    texts: dict[Field, str] = {}
    for field, heading in mapping.items():
        at = places[heading]
        text = tidy(field, row.cells[at])
        is_short = field is Field.KVK and at in row.numbers and len(text) == KVK_LENGTH - 1
        text = f"0{text}" if is_short and text.isdigit() else text
        if text:
            texts[field] = text
    return texts


def tidy(field: Field, text: str) -> str:
    """Return a text as it is kept: on one line, but for a description, which keeps its lines."""
    if field not in _IN_LINES:
        return clean(text)
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(line.strip() for line in lines).strip()


def parse(texts: Texts, *, today: date, interests: Mapping[str, str]) -> Parsed:
    """Return what a row says, with everything that is wrong with it at once.

    `interests` goes from the names of interests, written as `plain` does, to their codes.
    """
    faults = [fault for field, text in texts.items() for fault in _text_faults(field, text)]
    bad = {fault.field for fault in faults}
    reader = _Reader({field: text for field, text in texts.items() if field not in bad}, faults)
    organisation = _organisation(reader)
    if not organisation.name and Field.ORGANISATION not in bad:
        faults.append(RowFault(RowProblem.MISSING_VALUE, Field.ORGANISATION))
    is_about_place = any(texts.get(field) for field in (Field.TITLE, Field.PLACE_ID, Field.KIND))
    place = _place(reader, today, interests) if is_about_place else None
    if place is not None and not place.title and Field.TITLE not in bad:
        faults.append(RowFault(RowProblem.MISSING_VALUE, Field.TITLE))
    return Parsed(
        organisation=organisation,
        address=_address(reader),
        place=place,
        is_stopped=bool(texts.get(Field.STOPPED)),
        faults=tuple(faults),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one field after the other and keeps what is wrong."""

    told: Texts
    faults: list[RowFault]

    def text(self, field: Field) -> str:
        return self.told.get(field, "")

    def read(self, field: Field, how: Callable[[str], T | None], problem: RowProblem) -> T | None:
        """Return what a text means; a text that means nothing is this problem."""
        text = self.text(field)
        found = how(text) if text else None
        if text and found is None:
            self.faults.append(RowFault(problem, field))
        return found

    def fault(self, problem: RowProblem, field: Field, **facts: str | int) -> None:
        self.faults.append(RowFault(problem, field, facts))


def _organisation(reader: _Reader) -> OrganisationSaid:
    return OrganisationSaid(
        number=reader.text(Field.ORGANISATION_ID),
        name=reader.text(Field.ORGANISATION),
        kind=reader.read(
            Field.ORGANISATION_KIND, organisation_kind, RowProblem.ORGANISATION_KIND_UNKNOWN
        ),
        kvk=_kvk(reader),
        about=reader.text(Field.ABOUT),
        website=reader.read(Field.WEBSITE, _website, RowProblem.WEBSITE_LEFT_OUT) or "",
        contact=reader.text(Field.CONTACT),
        email=reader.read(Field.EMAIL, _email, RowProblem.EMAIL_LEFT_OUT) or "",
        phone=reader.read(Field.PHONE, _phone, RowProblem.PHONE_LEFT_OUT) or "",
    )


def _kvk(reader: _Reader) -> str:
    text = reader.text(Field.KVK)
    try:
        return check_kvk(text) if text else ""
    except KvkError as error:
        reader.fault(RowProblem(f"kvk_{error.problem}"), Field.KVK)
        return ""


def _website(text: str) -> str | None:
    address = text if _SCHEME.match(text) else f"https://{text}"
    return address if _WEBSITE.fullmatch(address) else None


def _email(text: str) -> str | None:
    return text if _EMAIL.fullmatch(text) else None


def _phone(text: str) -> str | None:
    return text if _PHONE.fullmatch(text) and len(text) <= LONGEST_PHONE else None


def _address(reader: _Reader) -> AddressSaid:
    street, number = reader.text(Field.STREET), reader.text(Field.HOUSE_NUMBER)
    if street and not number:
        street, number = split_street(street)
    return AddressSaid(
        number=reader.text(Field.LOCATION_ID),
        name=reader.text(Field.LOCATION),
        street=street,
        house_number=number,
        postcode=reader.read(Field.POSTCODE, postcode, RowProblem.POSTCODE_WRONG) or "",
        town=reader.text(Field.TOWN),
        district=reader.text(Field.DISTRICT),
        area=reader.text(Field.AREA),
        position=_position(reader.text(Field.POSITION)),
    )


def _position(text: str) -> tuple[float, float] | None:
    degrees = text.split()
    return (float(degrees[0]), float(degrees[1])) if degrees else None


def _place(reader: _Reader, today: date, interests: Mapping[str, str]) -> PlaceSaid:
    times = _times(reader, today)
    return PlaceSaid(
        number=reader.text(Field.PLACE_ID),
        title=reader.text(Field.TITLE),
        kind=reader.read(Field.KIND, place_kind, RowProblem.KIND_UNKNOWN),
        description=reader.text(Field.DESCRIPTION),
        half_days=times.half_days,
        sessions=times.sessions,
        capacity=_capacity(reader),
        language_level=reader.read(
            Field.LANGUAGE_LEVEL, language_level, RowProblem.LANGUAGE_LEVEL_UNKNOWN
        ),
        interests=_interests(reader, interests),
        cost=_cost(reader),
        is_public=reader.read(Field.PUBLIC, yes_or_no, RowProblem.NOT_YES_OR_NO),
    )


def _times(reader: _Reader, today: date) -> Times:
    if left_out := reader.text(Field.TIMES_LEFT_OUT):
        reader.fault(RowProblem.TIMES_LEFT_OUT, Field.TIMES, count=left_out)
    if stored := reader.text(Field.SESSIONS):
        sessions = sessions_from_json(json.loads(stored))
        if len(sessions) > MOST_SESSIONS or any(map(session_problems, sessions)):
            reader.fault(RowProblem.RULE_NOT_SUPPORTED, Field.TIMES)
            return Times(0, ())
        return Times(half_days_of(sessions), sessions)
    text = reader.text(Field.TIMES)
    try:
        return read_times(text, first_on=today) if text else Times(0, ())
    except TimesError as error:
        reader.fault(error.problem, Field.TIMES, part=error.part)
        return Times(0, ())


def _capacity(reader: _Reader) -> int | None:
    text = reader.text(Field.CAPACITY)
    found = _PEOPLE.fullmatch(text.casefold())
    if text and (not found or int(found[1]) > MOST_PEOPLE):
        reader.fault(RowProblem.NOT_A_NUMBER, Field.CAPACITY, most=MOST_PEOPLE)
        return None
    return int(found[1]) if found else None


def _interests(reader: _Reader, known: Mapping[str, str]) -> frozenset[str] | None:
    told = [one.strip() for one in _LISTED.split(reader.text(Field.INTERESTS)) if plain(one)]
    strange = [one for one in told if plain(one) not in known]
    if strange:
        reader.fault(RowProblem.INTEREST_LEFT_OUT, Field.INTERESTS, names=", ".join(strange))
    # Terms of other lists stand among those; what is no interest here says nothing.
    told += reader.text(Field.TERMS).splitlines()
    return frozenset(known[plain(one)] for one in told if plain(one) in known) or None


def _cost(reader: _Reader) -> tuple[int, str] | None:
    text, note = reader.text(Field.COST), reader.text(Field.COST_NOTE)
    if not text:
        return None
    cents, rest = cost(text)
    return cents, note or rest


def _text_faults(field: Field, text: str) -> list[RowFault]:
    if is_error(text):
        return [RowFault(RowProblem.CELL_ERROR, field)]
    # A line of a description may well begin with a dash, a name with an @.
    if text.startswith("="):
        return [RowFault(RowProblem.FORMULA, field)]
    most = _LONGEST.get(field, _LONGEST_OTHER)
    if len(text) > most:
        return [RowFault(RowProblem.TOO_LONG, field, {"most": most})]
    return []
