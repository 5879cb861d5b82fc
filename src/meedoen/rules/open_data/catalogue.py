"""A catalogue of published pages by DCAT-AP-NL 3, as JSON-LD (Geonovum, version 3.0.1).

https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/. The context stands in the file itself, so that
nobody has to fetch one. Exactly one contact point and at most one language are given: that is
right by 3.0.0 and by 3.0.1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meedoen.rules.open_data.dataset import Dataset

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
"""No rights reserved: the usual licence of open data of Dutch authorities."""
AUTHORITY = "http://publications.europa.eu/resource/authority"
DUTCH = f"{AUTHORITY}/language/NLD"
PUBLIC = f"{AUTHORITY}/access-right/PUBLIC"
SOCIETY = f"{AUTHORITY}/data-theme/SOCI"
GOVERNMENT = f"{AUTHORITY}/data-theme/GOVE"
BUDGET_DECREE = "https://wetten.overheid.nl/BWBR0014606/"
"""Besluit begroting en verantwoording, by which budgets have goals with indicators (article 8)."""
PROFILE = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/"
"""Addresses of the register of Dutch public bodies; a municipality is known by its CBS code."""
XSD = "http://www.w3.org/2001/XMLSchema#"

CONTEXT: Mapping[str, Any] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": XSD,
}


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which a page can be had: the end of its address, and what that is.

    `conforms_to` is the address of the standard; empty for a form that has none.
    """

    name: str
    title: str
    media_type: str
    file_type: str
    conforms_to: str = ""


FORMS = (
    Form("csv", "CSV", "text/csv", "CSV", "https://www.w3.org/TR/tabular-data-model/"),
    Form("json", "JSON-stat", "application/json", "JSON", "https://json-stat.org/format/"),
    Form(
        "xlsx",
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
        "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset in the catalogue with its addresses; `downloads` by name of the form.

    `documentation` says how the numbers were counted and protected.
    """

    dataset: Dataset
    page: str
    documentation: str
    downloads: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is said of the catalogue itself; `contact` is an address to write to or to open."""

    url: str
    title: str
    description: str
    homepage: str
    contact: str
    licence: str = CC0


def catalogue(about: Catalogue, entries: Sequence[Entry]) -> Mapping[str, Any]:
    """Return the catalogue: one for each municipality, with its newest pages as datasets."""
    graph: list[Mapping[str, Any]] = []
    codes = dict.fromkeys(entry.dataset.municipality_code for entry in entries)
    for code in codes:
        theirs = [entry for entry in entries if entry.dataset.municipality_code == code]
        name = theirs[0].dataset.municipality
        graph.append(_publisher(code, name))
        graph.append(_catalogue(about, code, name, theirs))
        for entry in theirs:
            graph += [_record(about, entry), _dataset(about, entry)]
            graph += [_distribution(about, entry, form) for form in FORMS]
    return {"@context": CONTEXT, "@graph": graph}


def publisher_address(code: str) -> str:
    """Return the address by which the register of public bodies knows a municipality."""
    return f"{TOOI}{code.lower()}"


def _catalogue(
    about: Catalogue, code: str, name: str, entries: Sequence[Entry]
) -> Mapping[str, Any]:
    newest = max(entry.dataset.published_at for entry in entries)
    return {
        "@id": f"{about.url}#{code.lower()}",
        "@type": "dcat:Catalog",
        "dct:title": _dutch(f"{about.title}: {name}"),
        "dct:description": _dutch(about.description),
        "dct:publisher": {"@id": publisher_address(code)},
        "dct:creator": {"@id": publisher_address(code)},
        "dct:language": {"@id": DUTCH},
        "dct:license": {"@id": about.licence},
        "dct:modified": _day(newest.date().isoformat()),
        "foaf:homepage": {"@id": about.homepage},
        "dcat:contactPoint": _contact(about, name),
        "dcat:themeTaxonomy": {"@id": f"{AUTHORITY}/data-theme"},
        "dcat:dataset": [{"@id": _id(entry)} for entry in entries],
        "dcat:record": [{"@id": f"{_id(entry)}-record"} for entry in entries],
    }


def _publisher(code: str, name: str) -> Mapping[str, Any]:
    return {
        "@id": publisher_address(code),
        "@type": "foaf:Agent",
        "foaf:name": _dutch(f"Gemeente {name}"),
        "dct:identifier": publisher_address(code),
    }


def _contact(about: Catalogue, name: str) -> Mapping[str, Any]:
    found: dict[str, Any] = {"@type": "vcard:Organization", "vcard:fn": f"Gemeente {name}"}
    is_mail = about.contact.startswith("mailto:")
    found["vcard:hasEmail" if is_mail else "vcard:hasURL"] = {"@id": about.contact}
    return found


def _record(about: Catalogue, entry: Entry) -> Mapping[str, Any]:
    return {
        "@id": f"{_id(entry)}-record",
        "@type": "dcat:CatalogRecord",
        "dct:language": {"@id": DUTCH},
        "dct:modified": _day(entry.dataset.published_at.date().isoformat()),
        "dct:conformsTo": {"@id": PROFILE},
        "foaf:primaryTopic": {"@id": _id(entry)},
    }


def _dataset(about: Catalogue, entry: Entry) -> Mapping[str, Any]:
    dataset = entry.dataset
    code = dataset.municipality_code
    return {
        "@id": _id(entry),
        "@type": "dcat:Dataset",
        "dct:identifier": _id(entry),
        "dct:title": _dutch(dataset.title),
        "dct:description": _dutch(dataset.description),
        "dct:publisher": {"@id": publisher_address(code)},
        "dct:creator": {"@id": publisher_address(code)},
        "dct:accessRights": {"@id": PUBLIC},
        "dct:language": {"@id": DUTCH},
        "dct:issued": _day(dataset.published_at.date().isoformat()),
        "dct:modified": _day(dataset.published_at.date().isoformat()),
        "dct:conformsTo": {"@id": BUDGET_DECREE},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:endDate": _day(dataset.reference_date.isoformat()),
        },
        "dct:spatial": {"@id": publisher_address(code)},
        "adms:status": {"@id": f"{AUTHORITY}/dataset-status/COMPLETED"},
        "dcat:theme": [{"@id": SOCIETY}, {"@id": GOVERNMENT}],
        "dcat:keyword": [_dutch("begroting"), _dutch("participatie"), _dutch("indicatoren")],
        "dcat:contactPoint": _contact(about, dataset.municipality),
        "dcat:landingPage": {"@id": entry.page},
        "foaf:page": {"@id": entry.documentation},
        "dcat:distribution": [{"@id": entry.downloads[form.name]} for form in FORMS],
    }


def _distribution(about: Catalogue, entry: Entry, form: Form) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "@id": entry.downloads[form.name],
        "@type": "dcat:Distribution",
        "dct:title": _dutch(f"{entry.dataset.title} ({form.title})"),
        "dct:license": {"@id": about.licence},
        "dct:language": {"@id": DUTCH},
        "dct:issued": _day(entry.dataset.published_at.date().isoformat()),
        "dct:format": {"@id": f"{AUTHORITY}/file-type/{form.file_type}"},
        "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{form.media_type}"},
        "dcat:accessURL": {"@id": entry.page},
        "dcat:downloadURL": {"@id": entry.downloads[form.name]},
    }
    if form.conforms_to:
        found["dct:conformsTo"] = {"@id": form.conforms_to}
    return found


def _id(entry: Entry) -> str:
    return f"{entry.page}#gegevens"


def _dutch(text: str) -> Mapping[str, str]:
    return {"@value": text, "@language": "nl"}


def _day(text: str) -> Mapping[str, str]:
    return {"@value": text, "@type": "xsd:date"}
