"""The schemas of HSDS, which lie beside the repository where it is built; nothing is fetched."""

import copy
import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.conftest import HSDS_SCHEMAS

HERE = "https://hsds.example/"
# What HSDS describes for its API, beside the objects themselves.
ADDED = {"organization": {"services"}, "service_at_location": {"service"}}
SCHEMAS = {
    "services": ("compiled/service_list", "service"),
    "organizations": ("compiled/organization_list", "organization"),
    "service_at_locations": ("compiled/service_at_location_list", "service_at_location"),
    "taxonomies": ("taxonomy", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term"),
}
PAGE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"}
CHECKER = FormatChecker(formats=["uuid"])


@CHECKER.checks("date-time", raises=ValueError)
def is_moment(text: Any) -> bool:
    return datetime.fromisoformat(text).tzinfo is not None


@CHECKER.checks("uri")
def is_address(text: Any) -> bool:
    return re.fullmatch(r"https?://[^\s]+", text) is not None


@CHECKER.checks("email")
def is_email(text: Any) -> bool:
    return re.fullmatch(r"[^@\s]+@[^@\s]+", text) is not None


def strict(schema: Any, added: set[str] = frozenset()) -> Any:
    """Return a schema that also refuses what it does not know: a field with a slip in its name."""
    closed = copy.deepcopy(schema)
    for part in _objects(closed):
        part["properties"] |= {name: {} for name in added}
        part["additionalProperties"] = False
    return closed


def _objects(schema: Any) -> list[Any]:
    if isinstance(schema, list):
        return [found for part in schema for found in _objects(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if isinstance(schema.get("properties"), dict) else []
    return own + [found for part in schema.values() for found in _objects(part)]


@cache
def registry() -> Registry[Any]:
    resources = []
    for file in [*HSDS_SCHEMAS.glob("*.json"), *HSDS_SCHEMAS.glob("compiled/*.json")]:
        schema = json.loads(file.read_text(encoding="utf-8"))
        closed = schema if file.stem == "openapi" else strict(schema, ADDED.get(file.stem, set()))
        name = str(Path(file).relative_to(HSDS_SCHEMAS))
        resources.append((HERE + name, DRAFT202012.create_resource(closed)))
    return Registry().with_resources(resources)


def faults(value: Any, name: str) -> list[str]:
    """Return everything that is wrong with a value, by the schema in the file with this name."""
    schema = {"$ref": f"{HERE}{name}.json"}
    validator = Draft202012Validator(schema, registry=registry(), format_checker=CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


def faults_of(found):
    """Return what is wrong in any of these answers, each by its own schema."""
    wrong = []
    for asked, answer in found.items():
        kind = asked.split("/")[0].split(" ")[0]
        in_list, whole = SCHEMAS[kind]
        if "/" in asked:
            wrong += [f"{asked} {fault}" for fault in faults(answer, whole)]
            continue
        assert set(answer) == PAGE | {"contents"}
        if "minimal" in asked:
            assert all(set(one) <= {"id", "modified_date"} for one in answer["contents"])
            continue
        schema = whole if "full" in asked else in_list
        for one in answer["contents"]:
            wrong += [f"{asked} {fault}" for fault in faults(one, schema)]
    return wrong
