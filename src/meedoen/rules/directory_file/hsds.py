"""Services of an Open Referral source (HSDS 3.x) as rows; what `/services?full=true` answers.

Nothing in such a file is trusted to be what the standard says: what is not a text where a text
should be, says nothing.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from meedoen.rules.directory_file.meanings import organisation_kind, place_kind
from meedoen.rules.directory_file.values import tidy
from meedoen.rules.directory_file.words import Field
from meedoen.rules.files.headings import cell_text
from meedoen.rules.files.reading import LARGEST_FILE, MEGABYTE, MOST_ROWS
from meedoen.rules.files.refusal import refusal
from meedoen.rules.files.words import FileProblem
from meedoen.rules.schedule.rule import WEEKDAYS
from meedoen.rules.schedule.sessions import Session, sessions_as_json

Json = Mapping[str, Any]
Texts = dict[Field, str]

KVK_SCHEME = "KVK"
_BEGINNINGS = (b"{", b"[", b"\xef\xbb\xbf{", b"\xef\xbb\xbf[")
_DISTRICT = re.compile(r"WK\d{6}")
_CLOCK = re.compile(r"(\d{2}:\d{2})")
_RULE = re.compile(r"FREQ=[A-Z0-9=;,+\-]+")
_LEVEL = re.compile(r"\b[ABC][12]\b")
_OF_LANGUAGE = re.compile(r"niveau|taal|nederlands|level|language|dutch", re.IGNORECASE)
LEVEL_LENGTH = 2
_ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Services:
    """The services in a file; `is_part` says that the source has more pages than this one."""

    services: Sequence[Json]
    is_part: bool

    def rows(self) -> Iterator[tuple[int, Texts]]:
        """Go through the rows, numbered from 1: one for each place where a service is."""
        line = 0
        for service in self.services:
            for texts in _rows(service):
                line += 1
                yield line, texts


def is_one(content: bytes) -> bool:
    """Return whether these bytes begin as JSON does."""
    return content.lstrip()[:4].startswith(_BEGINNINGS)


def open_services(content: bytes) -> Services:
    """Return the services in a file: a page of them, a list, or one.

    Raises UnreadableFileError when it is too large, no JSON, or holds no services.
    """
    if len(content) > LARGEST_FILE:
        raise refusal(FileProblem.TOO_LARGE, most=LARGEST_FILE // MEGABYTE)
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise refusal(FileProblem.BROKEN_JSON) from error
    page = found if isinstance(found, dict) else {}
    one = [found] if "name" in page else []
    services = _dicts(found if isinstance(found, list) else page.get("contents") or one)
    if not services or not any(_text(one.get("name")) for one in services):
        raise refusal(FileProblem.NO_SERVICES)
    pages = page.get("total_pages")
    opened = Services(services, is_part=isinstance(pages, int) and pages > 1)
    # Counted with what stops at one too many: a service may be at any number of locations.
    if sum(1 for _row, _at in zip(opened.rows(), range(MOST_ROWS + 1), strict=False)) > MOST_ROWS:
        raise refusal(FileProblem.TOO_MANY_ROWS, most=MOST_ROWS)
    return opened


def _rows(service: Json) -> Iterator[Texts]:
    shared = _shared(service)
    places = _dicts(service.get("service_at_locations"))
    locations = [one["location"] for one in places if isinstance(one.get("location"), dict)]
    if not locations:
        yield _tidied(shared)
    for location in locations:
        texts = {**shared, **_location(location)}
        if len(locations) > 1:
            texts[Field.PLACE_ID] = f"{shared[Field.PLACE_ID]} {texts[Field.LOCATION_ID]}"
        yield _tidied(texts)


def _tidied(texts: Texts) -> Texts:
    keep_lines = {Field.TERMS, Field.SESSIONS}
    tidied = {
        field: text if field in keep_lines else tidy(field, text) for field, text in texts.items()
    }
    return {field: text for field, text in tidied.items() if text}


def _shared(service: Json) -> Texts:
    """Return what is the same wherever a service is."""
    terms = list(_terms(service))
    return {
        **_organisation(service),
        Field.PLACE_ID: _text(service.get("id")),
        Field.TITLE: _text(service.get("name")),
        Field.DESCRIPTION: _text(service.get("description")),
        Field.KIND: next((one for one in terms if place_kind(one)), ""),
        Field.LANGUAGE_LEVEL: next(filter(None, map(_level, terms)), ""),
        Field.TERMS: "\n".join(terms),
        **_sessions(service),
        Field.STOPPED: "" if service.get("status") in {None, _ACTIVE} else "ja",
        **_cost(service),
        **_area(service),
    }


def _organisation(service: Json) -> Texts:
    given = service.get("organization")
    organisation = given if isinstance(given, dict) else {}
    contact = next(iter(_dicts(service.get("contacts"))), {})
    phones = [
        _text(phone.get("number"))
        for owner in (service, contact, organisation)
        for phone in _dicts(owner.get("phones"))
    ]
    emails = [_text(owner.get("email")) for owner in (service, contact, organisation)]
    kinds = (one for one in _terms(organisation) if organisation_kind(one))
    return {
        Field.ORGANISATION_ID: _text(organisation.get("id") or service.get("organization_id")),
        Field.ORGANISATION: _text(organisation.get("name")),
        Field.ORGANISATION_KIND: next(kinds, ""),
        Field.KVK: _kvk(organisation),
        Field.ABOUT: _text(organisation.get("description")),
        Field.WEBSITE: _text(organisation.get("website") or organisation.get("url")),
        Field.CONTACT: _text(contact.get("name")),
        Field.EMAIL: next(filter(None, emails), ""),
        Field.PHONE: next(filter(None, phones), ""),
    }


def _kvk(organisation: Json) -> str:
    for one in _dicts(organisation.get("organization_identifiers")):
        if KVK_SCHEME in _text(one.get("identifier_scheme")).upper():
            return _text(one.get("identifier"))
    return ""


def _terms(owner: Json) -> Iterator[str]:
    """Give codes and names of the terms that something is described with."""
    for attribute in _dicts(owner.get("attributes")):
        term = attribute.get("taxonomy_term")
        if isinstance(term, dict):
            yield from filter(None, (_text(term.get("code")), _text(term.get("name"))))


def _level(term: str) -> str:
    """Return the level in a term about a language, such as “Nederlands op niveau A2”."""
    found = _LEVEL.search(term) if _OF_LANGUAGE.search(term) or len(term) == LEVEL_LENGTH else None
    return found[0] if found else ""


def _location(location: Json) -> Texts:
    address = next(iter(_dicts(location.get("addresses"))), {})
    degrees = [location.get("latitude"), location.get("longitude")]
    is_whole = all(isinstance(one, int | float) for one in degrees)
    return {
        Field.LOCATION_ID: _text(location.get("id")),
        Field.LOCATION: _text(location.get("name")),
        Field.STREET: _text(address.get("address_1")),
        Field.POSTCODE: _text(address.get("postal_code")),
        Field.TOWN: _text(address.get("city")),
        Field.POSITION: f"{degrees[0]} {degrees[1]}" if is_whole else "",
    }


def _area(service: Json) -> Texts:
    areas = _dicts(service.get("service_areas"))
    codes = [
        found[0]
        for area in areas
        for found in [_DISTRICT.search(f"{_text(area.get('uri'))} {_text(area.get('name'))}")]
        if found
    ]
    names = [_text(area.get("name")) for area in areas]
    # An area may be a whole town, so a name that is no district is no mistake.
    return {Field.AREA: next(iter([*codes, *names]), "")}


def _cost(service: Json) -> Texts:
    for one in _dicts(service.get("cost_options")):
        amount = one.get("amount")
        if isinstance(amount, int | float) and _text(one.get("currency")) in {"", "EUR"}:
            note = _text(one.get("amount_description"))
            return {Field.COST: f"{amount:.2f}", Field.COST_NOTE: note}
    return {}


# --- times ---------------------------------------------------------------------------------------


def _sessions(service: Json) -> Texts:
    found = [_session(one) for one in _dicts(service.get("schedules"))]
    sessions = [one for one in found if one is not None]
    left_out = len(found) - len(sessions)
    return {
        Field.SESSIONS: json.dumps(sessions_as_json(sessions)) if sessions else "",
        Field.TIMES_LEFT_OUT: str(left_out) if left_out else "",
    }


def _session(schedule: Json) -> Session | None:
    """Return a time that comes back; None for what has no hours or no rule."""
    opens = _CLOCK.match(_text(schedule.get("opens_at")))
    closes = _CLOCK.match(_text(schedule.get("closes_at")))
    rule = _rule(schedule)
    try:
        first_on = _day(schedule.get("valid_from") or schedule.get("dtstart"))
        last_on = _day(schedule.get("valid_to") or schedule.get("until"))
        if not (opens and closes and rule):
            return None
        return Session(
            rule=rule,
            # Without a first day it has always been so.
            first_on=first_on or date(2000, 1, 3),
            last_on=last_on,
            opens_at=time.fromisoformat(opens[1]),
            closes_at=time.fromisoformat(closes[1]),
        )
    except ValueError:
        return None


def _rule(schedule: Json) -> str:
    """Return the rule that the fields of a schedule say; else one that stands in its notes."""
    freq = _text(schedule.get("freq")).upper()
    if not freq:
        found = _RULE.search(_text(schedule.get("notes")))
        return found[0] if found else ""
    parts = {
        "FREQ": "WEEKLY" if freq == "DAILY" else freq,
        "INTERVAL": _text(schedule.get("interval")),
        "BYDAY": ",".join(WEEKDAYS) if freq == "DAILY" else _text(schedule.get("byday")),
        "BYMONTHDAY": _text(schedule.get("bymonthday")),
        "COUNT": _text(schedule.get("count")),
        "WKST": _text(schedule.get("wkst")),
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _day(value: Any) -> date | None:
    text = _text(value)[:10]
    return date.fromisoformat(text) if text else None


# --- what any JSON may hold ----------------------------------------------------------------------


def _text(value: Any) -> str:
    if isinstance(value, str):
        return cell_text(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else ""


def _dicts(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
