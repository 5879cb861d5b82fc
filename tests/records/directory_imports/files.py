"""Files with organisations and places for the tests: all made up, in CSV and as services."""

import json
import uuid

from meedoen.records.directory_imports import queries
from meedoen.records.directory_imports.actions import start_applying, start_preview, upload
from meedoen.rules.directory_file.judge import Defaults
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind
from tests.work import work_off

HEADINGS = (
    *("Organisatie", "Soort organisatie", "KVK", "Website", "Contactpersoon", "E-mail"),
    *("Telefoon", "Locatie", "Straat", "Huisnummer", "Postcode", "Plaatsnaam", "Wijk"),
    *("Activiteit", "Soort", "Omschrijving", "Tijden", "Capaciteit", "Taalniveau"),
    *("Interesses", "Kosten", "Openbaar", "ID"),
)
BUURTHUIS = {
    "Organisatie": "Buurthuis De Linde",
    "Soort organisatie": "Vereniging",
    "KVK": "12345678",
    "Website": "www.delinde.example",
    "Contactpersoon": "Nel Nepstra",
    "E-mail": "nel@delinde.example",
    "Telefoon": "06 12345678",
    "Locatie": "De Linde",
    "Straat": "Lindelaan",
    "Huisnummer": "1",
    "Postcode": "9999 AB",
    "Plaatsnaam": "Testveld",
    "Wijk": "Noord",
}
EETTAFEL = BUURTHUIS | {
    "Activiteit": "Eettafel",
    "Soort": "Activiteit in de buurt",
    "Omschrijving": "Samen koken en eten.",
    "Tijden": "ma 16-19, do 16-19",
    "Capaciteit": "12",
    "Taalniveau": "A1",
    "Interesses": "Koken",
    "Kosten": "€ 4,50 per keer",
    "Openbaar": "ja",
    "ID": "A1",
}
KOFFIE = BUURTHUIS | {
    "Activiteit": "Koffie schenken",
    "Soort": "Vrijwilligerswerk",
    "Tijden": "wo ochtend",
    "Capaciteit": "2",
    "ID": "A2",
}
DEFAULTS = Defaults(
    organisation_kind=OrganisationKind.SUBSIDISED_INSTITUTION,
    kind=PlaceKind.NEIGHBOURHOOD_ACTIVITY,
    capacity=5,
    half_days=1,
)


def csv_file(*rows, headings=HEADINGS, encoding="utf-8-sig"):
    """Give a file with these rows, each from heading to cell."""
    lines = [";".join(headings)]
    lines += [";".join(_quoted(row.get(name, "")) for name in headings) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def _quoted(cell):
    return '"' + cell.replace('"', '""') + '"' if {";", '"', "\n"} & set(cell) else cell


def numbered(count, start=0, **more):
    """Give rows of as many organisations, each with a place of its own."""
    return [
        EETTAFEL
        | {
            "Organisatie": f"Vereniging {_word(at)}",
            "KVK": str(20_000_000 + at),
            "E-mail": f"een{at}@voorbeeld.example",
            "Huisnummer": str(at + 1),
            "ID": f"N{at}",
        }
        | more
        for at in range(start, start + count)
    ]


def _word(number):
    """Give a name that is not nearly that of another."""
    return "".join("aeiou"[int(digit) % 5] + "bdfgklmnpr"[int(digit)] for digit in f"{number:05}")


def service(**other):
    """Give a service as another source publishes it."""
    key = other.pop("key", str(uuid.UUID(int=7)))
    organisation = {
        "id": str(uuid.UUID(int=1)),
        "name": "Buurthuis De Linde",
        "description": "Een huis voor de buurt.",
        "website": "https://delinde.example",
        "organization_identifiers": [
            {"identifier_scheme": "NL-KVK", "identifier_type": "KVK", "identifier": "12345678"}
        ],
    }
    location = {
        "id": str(uuid.UUID(int=2)),
        "location_type": "physical",
        "name": "De Linde",
        "latitude": 53.2,
        "longitude": 6.5,
        "addresses": [
            {
                "address_1": "Lindelaan 1",
                "city": "Testveld",
                "state_province": "Groningen",
                "postal_code": "9999 AB",
                "country": "NL",
                "address_type": "physical",
            }
        ],
    }
    return {
        "id": key,
        "name": "Eettafel",
        "description": "Samen koken en eten.",
        "status": "active",
        "organization": organisation,
        "service_areas": [{"name": "Noord"}],
        "service_at_locations": [{"id": str(uuid.UUID(int=3)), "location": location}],
        "schedules": [
            {
                "freq": "WEEKLY",
                "byday": "MO,TH",
                "opens_at": "16:00+01:00",
                "closes_at": "19:00+01:00",
                "valid_from": "2026-01-05",
            }
        ],
        "cost_options": [{"amount": 4.5, "currency": "EUR", "amount_description": "per keer"}],
        **other,
    }


def json_file(*services, **page):
    return json.dumps({"contents": list(services), **page}).encode()


def sent(viewer, content, name="lijst.csv"):
    return upload(viewer, name=name, content=content)


def previewed(viewer, content, *, key=None, source="Sociale kaart", in_background=True, **asked):
    """Send a file and have its report made; give its key."""
    key = key or sent(viewer, content)
    card = queries.file(viewer, key=key)
    start_preview(
        viewer,
        key=key,
        source=source,
        mapping=asked.pop("mapping", {field.value: name for field, name in card.mapping.items()}),
        defaults=asked.pop("defaults", DEFAULTS),
        is_complete=asked.pop("is_complete", False),
        in_background=in_background,
    )
    assert not asked
    if in_background:
        work_off()
    return key


def taken_over(viewer, content, **asked):
    """Send a file, have its report made and take it over; give its key."""
    key = previewed(viewer, content, **asked)
    start_applying(viewer, key=key)
    work_off()
    return key


def cards(viewer, key):
    return {card.line: card for card in queries.rows(viewer, key=key).cards}


def verdicts(viewer, key):
    """Give the verdict of each line; a place that is missing stands as line 0."""
    return {line: card.verdict.value for line, card in cards(viewer, key).items()}


def problems(viewer, key, line):
    """Give what is wrong or left out on a line: code and field."""
    return [
        (one.problem.value, one.field.value if one.field else "")
        for one in cards(viewer, key)[line].problems
    ]


def differences(viewer, key, line):
    return {one.field.value: (one.old, one.new) for one in cards(viewer, key)[line].differences}
