"""The Dutch publication standard for algorithms 1.0: which fields there are and their limits.

Source: MinBZK, Algoritmeregister, backend/app/schemas/config/v1_0.json. `lars` is given out by
the register itself and is not sent in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

VERSION = "1.0"
LANGUAGE = "nld"
"""Dutch, by ISO 639-3: the only language of the register."""

MOST_CATEGORIES = 3
LONGEST_LINK = 500
LONGEST_TITLE = {
    "lawful_basis_grouping": 100,
    "impacttoetsen_grouping": 500,
    "source_data_grouping": 500,
}
LINK_NEEDED = {"lawful_basis_grouping", "source_data_grouping"}

LONGEST: Mapping[str, int] = {
    "name": 100,
    "description_short": 350,
    "organization": 100,
    "begin_date": 7,
    "end_date": 7,
    "contact_email": 500,
    "website": 500,
    "url": 500,
    "goal": 2500,
    "proportionality": 2500,
    "human_intervention": 2500,
    "risks": 2500,
    "lawful_basis": 2500,
    "process_index_url": 500,
    "impacttoetsen": 2500,
    "source_data": 2500,
    "methods_and_models": 5000,
    "provider": 200,
    "publiccode": 500,
    "source_id": 100,
    "tags": 2500,
}
"""The most signs of a text."""

ONE_OF: Mapping[str, tuple[str, ...]] = {
    "status": ("In ontwikkeling", "In gebruik", "Buiten gebruik"),
    "publication_category": (
        "Hoog-risico AI-systeem",
        "Impactvolle algoritmes",
        "Overige algoritmes",
    ),
    "lang": (LANGUAGE,),
    "standard_version": (VERSION,),
}
CATEGORIES = (
    "Organisatie en bedrijfsvoering",
    "Cultuur en recreatie",
    "Economie",
    "Overheidsfinanciën",
    "Wonen",
    "Internationaal",
    "Migratie en integratie",
    "Natuur en milieu",
    "Onderwijs en wetenschap",
    "Openbare orde en veiligheid",
    "Recht",
    "Ruimte en infrastructuur",
    "Sociale zekerheid",
    "Verkeer",
    "Werk",
    "Zorg en gezondheid",
)
REQUIRED = (
    "name",
    "description_short",
    "organization",
    "status",
    "contact_email",
    "publication_category",
    "lang",
)
GROUPINGS = tuple(LONGEST_TITLE)
FIELDS = frozenset({*LONGEST, *ONE_OF, *GROUPINGS, "category"})

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
ADDRESS = re.compile(r"https://\S+")
CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|https://\S+")
SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "begin_date": (MONTH, "write a year and a month, such as 2026-01"),
    "end_date": (MONTH, "write a year and a month, such as 2026-01"),
    "contact_email": (CONTACT, "give an e-mail address, or a page that begins with https://"),
    "website": (ADDRESS, "begin with https://"),
    "url": (ADDRESS, "begin with https://"),
    "process_index_url": (ADDRESS, "begin with https://"),
    "publiccode": (ADDRESS, "begin with https://"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field of an entry, in a sentence."""

    field: str
    sentence: str


def problems_of(entry: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return all that is wrong with an entry, field by field; nothing when it may be sent in."""
    return tuple(Problem(field, f"{field}: {what}.") for field, what in _problems(entry))


def _problems(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in REQUIRED:
        if field not in entry:
            yield field, "this is missing"
    for field, value in entry.items():
        if field not in FIELDS:
            yield field, "the standard does not know this field"
        elif field == "category":
            yield from ((field, what) for what in _about_categories(value))
        elif field in GROUPINGS:
            yield from ((field, what) for what in _about_grouping(field, value))
        else:
            yield from ((field, what) for what in _about_text(field, value))


def _about_text(field: str, value: object) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield "this is empty; write a text or leave the field out"
        return
    longest = LONGEST.get(field)
    if longest is not None and len(value) > longest:
        yield f"this has {len(value)} signs; the standard allows {longest}"
    permitted = ONE_OF.get(field)
    if permitted is not None and value not in permitted:
        yield f"this is {value!r}; use {', '.join(permitted)}"
    shape = SHAPES.get(field)
    if shape is not None and not shape[0].fullmatch(value):
        yield f"this is {value!r}; {shape[1]}"


def _about_categories(value: object) -> Iterator[str]:
    if not isinstance(value, list) or len(value) > MOST_CATEGORIES:
        yield f"give a list of at most {MOST_CATEGORIES}"
        return
    for one in value:
        if one not in CATEGORIES:
            yield f"there is no category {one!r}; use {', '.join(CATEGORIES)}"


def _about_grouping(field: str, value: object) -> Iterator[str]:
    if not isinstance(value, list):
        yield "give a list of a title and a link each"
        return
    for at, one in enumerate(value, start=1):
        given = one if isinstance(one, dict) else {}
        title, link = given.get("title", ""), given.get("link", "")
        if not isinstance(title, str) or not 0 < len(title) <= LONGEST_TITLE[field]:
            yield f"{at}: give a title of at most {LONGEST_TITLE[field]} signs"
        if not link and field not in LINK_NEEDED:
            continue
        if not isinstance(link, str) or len(link) > LONGEST_LINK or not ADDRESS.fullmatch(link):
            yield f"{at}: give a link that begins with https://, of at most {LONGEST_LINK} signs"
