"""How OpenAPI describes the open data; the objects themselves are described by HSDS."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from ninja import NinjaAPI

from meedoen.web.api.hsds.parameters import Parameter

HSDS_VERSION = "3.1"
PROFILE = "https://docs.openreferral.org/"
SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.1-dev/schema"
"""Where Open Referral keeps the schemas of HSDS; nothing is fetched from there."""
API_VERSION = "1.0.0"
ABOUT = (
    "De openbare plekken van Meedoen in de vorm van Open Referral (HSDS 3.1): organisaties, wat "
    "u er kunt doen, waar en wanneer. Alleen om te lezen, zonder aanmelden. Alle teksten zijn "
    "gewone tekst, geen HTML."
)

_PROBLEM = {
    "type": "object",
    "required": ["status", "title", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "invalidParams": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "code", "reason"],
                "properties": {name: {"type": "string"} for name in ("name", "code", "reason")},
            },
        },
    },
}
_COUNT = {"type": "integer", "minimum": 0}
_PAGE = {
    "type": "object",
    "properties": {
        "total_items": _COUNT,
        "total_pages": _COUNT,
        "page_number": {"type": "integer", "minimum": 1},
        "size": _COUNT,
        "first_page": {"type": "boolean"},
        "last_page": {"type": "boolean"},
        "empty": {"type": "boolean"},
        "contents": {"type": "array", "items": {"type": "object"}},
    },
}
_ROOT = {
    "type": "object",
    "properties": {
        "version": {"type": "string"},
        "profile": {"type": "string", "format": "uri"},
        "openapi_url": {"type": "string", "format": "uri"},
    },
}
COMPONENTS = {"schemas": {"Problem": _PROBLEM, "Page": _PAGE, "Root": _ROOT}}
ROOT: dict[str, Any] = {"$ref": "#/components/schemas/Root"}


def one(schema: str) -> dict[str, Any]:
    """Return the schema of one object of HSDS, by its file."""
    return {"$ref": f"{SCHEMAS}/{schema}.json"}


def page_of(schema: str) -> dict[str, Any]:
    """Return the schema of a page of such objects."""
    return {
        "allOf": [{"$ref": "#/components/schemas/Page"}],
        "properties": {"contents": {"type": "array", "items": one(schema)}},
    }


def described(
    schema: dict[str, Any], parameters: Sequence[Parameter] = (), *, may_be_missing: bool = False
) -> dict[str, Any]:
    """Return what OpenAPI says of an address: what can be asked, and which answers there are."""
    responses: dict[Any, Any] = {
        200: {"description": "OK", "content": {"application/json": {"schema": schema}}},
        400: _problem("Een parameter klopt niet."),
    }
    if may_be_missing:
        responses[404] = _problem("Dit is er niet, of het is niet openbaar.")
    return {"parameters": [one.as_openapi() for one in parameters], "responses": responses}


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": schema}},
    }


def openapi(api: NinjaAPI) -> dict[str, Any]:
    """Return the whole description, with the address of this installation."""
    found = dict(api.get_openapi_schema(path_prefix=""))
    for operations in found["paths"].values():
        for operation in operations.values():
            # Taken from the docstring, which is for who reads the code; the summary is Dutch.
            operation.pop("description", None)
    contact = {"name": "Meedoen", "url": settings.SITE_URL}
    if settings.ADMINISTRATOR_EMAIL:
        contact["email"] = settings.ADMINISTRATOR_EMAIL
    return found | {
        "info": {**found["info"], "contact": contact},
        "servers": [{"url": f"{settings.SITE_URL}/hsds"}],
        "components": COMPONENTS,
    }
