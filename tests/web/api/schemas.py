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
