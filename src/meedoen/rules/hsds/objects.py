"""The objects of HSDS, as plain values for JSON.

Everything here may hold what is empty; `without_empty` takes it off at the end, as Open Referral
UK asks. A field that HSDS demands is never filled with a guess: the object is left out instead.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from meedoen.rules.hsds.facts import (
    LocationFacts,
    OrganisationFacts,
    OrganisationWords,
    ReceptionFacts,
    ServiceFacts,
    ServiceWords,
    TaxonomyFacts,
    TermFacts,
)
from meedoen.rules.hsds.ids import derived, paired
from meedoen.rules.hsds.schedules import schedules

Json = dict[str, Any]

COUNTRY, CURRENCY, LANGUAGE = "NL", "EUR", "nl"
ACTIVE = "active"
"""What is public today is there today; full or not is said by its capacity."""
KVK_SCHEME = "NL-KVK"
"""How org-id.guide calls the numbers of the KVK."""
BAG = "BAG nummeraanduiding"


def moment(at: datetime | None) -> str | None:
    """Return a moment in UTC, to the millisecond."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def without_empty(value: Any) -> Any:
    """Return JSON without what is empty: no null, no empty text, list or object; 0 stays."""
    if isinstance(value, Mapping):
        kept = {name: without_empty(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if not _is_empty(one)}
    if isinstance(value, (list, tuple)):
        return [one for one in map(without_empty, value) if not _is_empty(one)]
    return value


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, (str, dict, list)) and not value)


# --- organisations -------------------------------------------------------------------------------


def organisation_line(one: OrganisationFacts, said: OrganisationWords) -> Json:
    """Return an organisation as it stands in a list: what it has one of."""
    return {
        "id": str(one.key),
        "name": one.name,
        "description": said.description,
        "email": one.reception.email if one.reception else None,
        "website": one.website,
    }


def whole_organisation(
    one: OrganisationFacts,
    said: OrganisationWords,
    *,
    locations: Sequence[tuple[LocationFacts, Mapping[str, str]]] = (),
) -> Json:
    """Return an organisation with all that belongs to it; its services are added elsewhere."""
    return organisation_line(one, said) | {
        "phones": _phones(one.reception),
        "organization_identifiers": [_kvk(one, said)] if one.kvk_number else [],
        "locations": [whole_location(where, words) for where, words in locations],
        "attributes": _attributes(one.key, "organization", said.terms),
    }


def _kvk(one: OrganisationFacts, said: OrganisationWords) -> Json:
    return {
        "id": derived("organization_identifier", str(one.key), KVK_SCHEME),
        "organization_id": str(one.key),
        "identifier_scheme": KVK_SCHEME,
        "identifier_type": said.kvk,
        "identifier": one.kvk_number,
    }


def _phones(reception: ReceptionFacts | None) -> list[Json]:
    if reception is None or not reception.phone:
        return []
    return [
        {
            "id": derived("phone", str(reception.key), reception.phone),
            "number": reception.phone,
            "type": "voice",
        }
    ]


# --- locations -----------------------------------------------------------------------------------


def location_line(one: LocationFacts) -> Json:
    """Return a location as it stands in a list."""
    return {
        "id": str(one.key),
        "location_type": "physical",
        "organization_id": str(one.organisation_key),
        "name": one.name,
        "latitude": one.latitude,
        "longitude": one.longitude,
        "external_identifier": one.bag_id,
        "external_identifier_type": BAG if one.bag_id else None,
    }


def whole_location(one: LocationFacts, words: Mapping[str, str]) -> Json:
    """Return a location with its address and what makes it accessible, in these words by code."""
    return location_line(one) | {
        "addresses": _addresses(one),
        "accessibility": [_accessible(one, words[code]) for code in one.accessibility]
        + ([_accessible(one, one.accessibility_note)] if one.accessibility_note else []),
    }


def _addresses(one: LocationFacts) -> list[Json]:
    """Return the address; none when a part that HSDS demands is not known."""
    if not (one.street and one.postal_code and one.town and one.province):
        return []
    return [
        {
            "id": derived("address", str(one.key)),
            "location_id": str(one.key),
            "address_1": f"{one.street} {one.house_number}".strip(),
            "city": one.town,
            "state_province": one.province,
            "postal_code": one.postal_code,
            "country": COUNTRY,
            "address_type": "physical",
        }
    ]


def _accessible(one: LocationFacts, description: str) -> Json:
    return {
        "id": derived("accessibility", str(one.key), description),
        "location_id": str(one.key),
        "description": description,
    }


# --- services ------------------------------------------------------------------------------------


def service_line(one: ServiceFacts, said: ServiceWords) -> Json:
    """Return a service as it stands in a list: what it has one of, without its organisation."""
    reception = one.organisation.reception
    return {
        "id": str(one.key),
        "organization_id": str(one.organisation.key),
        "name": one.title,
        "description": one.description,
        "url": said.url,
        "email": reception.email if reception else None,
        "status": ACTIVE,
        "application_process": said.application,
        "fees_description": said.fees,
        "eligibility_description": said.eligibility,
        "assured_date": one.confirmed_on and one.confirmed_on.isoformat(),
        "alert": said.alert,
        "last_modified": moment(one.modified_at),
    }


def whole_service(
    one: ServiceFacts,
    said: ServiceWords,
    *,
    organisation: OrganisationWords,
    accessibility: Mapping[str, str],
    now: datetime,
    on: date,
) -> Json:
    """Return a service with all that belongs to it, as it is at this moment on this day."""
    return service_line(one, said) | {
        "organization": whole_organisation(one.organisation, organisation),
        "phones": _phones(one.organisation.reception),
        "schedules": schedules(one, said, on),
        "service_areas": [_area(one, said)],
        "service_at_locations": [_at_location(one, accessibility)] if one.location else [],
        "languages": [_language(one, said)],
        "cost_options": [_cost(one, said)],
        "capacities": [_capacity(one, said, now)],
        "attributes": _attributes(one.key, "service", said.terms),
    }


def service_name(one: ServiceFacts) -> Json:
    """Return no more of a service than to know it by."""
    return {"id": str(one.key), "name": one.title, "status": ACTIVE}


def minimal_service(key: uuid.UUID, modified_at: datetime | None) -> Json:
    """Return no more than that a service is there, and when it last changed."""
    return {"id": str(key), "modified_date": moment(modified_at)}


def _area(one: ServiceFacts, said: ServiceWords) -> Json:
    return {
        "id": derived("service_area", str(one.key)),
        "service_id": str(one.key),
        "name": one.district.name,
        "description": said.area,
        "uri": said.area_uri,
    }


def _language(one: ServiceFacts, said: ServiceWords) -> Json:
    return {
        "id": derived("language", str(one.key), LANGUAGE),
        "service_id": str(one.key),
        "name": said.language,
        "code": LANGUAGE,
    }


def _cost(one: ServiceFacts, said: ServiceWords) -> Json:
    return {
        "id": derived("cost_option", str(one.key)),
        "service_id": str(one.key),
        "option": said.cost_option,
        "currency": CURRENCY,
        "amount": one.cost_cents / 100,
        "amount_description": one.cost_note,
    }


def _capacity(one: ServiceFacts, said: ServiceWords, now: datetime) -> Json:
    """Return how many can still join, counted at this moment.

    Not how many there is room for: beside what is free, that would tell how many people are there.
    """
    return {
        "id": derived("service_capacity", str(one.key)),
        "service_id": str(one.key),
        "unit": {"id": derived("unit", "people"), "name": said.unit},
        "available": one.free,
        "updated": moment(now),
        "description": said.free,
    }


# --- services at locations -----------------------------------------------------------------------


def _at_location(one: ServiceFacts, accessibility: Mapping[str, str]) -> Json:
    return _at_location_line(one) | {
        "location": one.location and whole_location(one.location, accessibility)
    }


def _at_location_line(one: ServiceFacts) -> Json:
    return {
        "id": str(paired(one.key)),
        "service_id": str(one.key),
        "location_id": one.location and str(one.location.key),
    }


def at_location_line(
    one: ServiceFacts, said: ServiceWords, organisation: OrganisationWords
) -> Json:
    """Return where a service is, as it stands in a list."""
    return _at_location_line(one) | {
        "location": one.location and location_line(one.location),
        "service": service_line(one, said)
        | {"organization": organisation_line(one.organisation, organisation)},
    }


def whole_at_location(
    one: ServiceFacts,
    said: ServiceWords,
    *,
    organisation: OrganisationWords,
    accessibility: Mapping[str, str],
    on: date,
) -> Json:
    """Return where a service is and when, with all that belongs to it."""
    return at_location_line(one, said, organisation) | {
        "location": one.location and whole_location(one.location, accessibility),
        "service_areas": [_area(one, said)],
        "phones": _phones(one.organisation.reception),
        "schedules": schedules(one, said, on),
    }


# --- taxonomies ----------------------------------------------------------------------------------


def taxonomy_id(one: TaxonomyFacts) -> str:
    """Return the number of a list of terms."""
    return derived("taxonomy", one.taxonomy)


def term_id(one: TermFacts) -> str:
    """Return the number of a term."""
    return derived("term", one.of.taxonomy, one.code)


def taxonomy_object(one: TaxonomyFacts) -> Json:
    """Return a list of terms."""
    return {"id": taxonomy_id(one), "name": one.name, "description": one.description}


def term_object(one: TermFacts) -> Json:
    """Return a term with the list that it is from."""
    return {
        "id": term_id(one),
        "code": one.code,
        "name": one.name,
        "description": one.description,
        "parent_id": derived("term", one.of.taxonomy, one.parent) if one.parent else None,
        "taxonomy": one.of.name,
        "taxonomy_detail": taxonomy_object(one.of),
        "language": LANGUAGE,
        "taxonomy_id": taxonomy_id(one.of),
        "term_uri": one.uri,
    }


def _attributes(key: uuid.UUID, entity: str, terms: Sequence[TermFacts]) -> list[Json]:
    return [
        {
            "id": derived("attribute", str(key), term_id(term)),
            "link_id": str(key),
            "link_entity": entity,
            "taxonomy_term_id": term_id(term),
            "taxonomy_term": term_object(term),
        }
        for term in terms
    ]
