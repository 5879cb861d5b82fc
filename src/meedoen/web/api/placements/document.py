"""How OpenAPI describes the API of placements."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from meedoen.records.placements.bulk_actions import MOST_AT_ONCE
from meedoen.rules.half_days import CODES
from meedoen.rules.vocabulary import Guidance, MoveReason, Outcome, PlaceKind, PlacementState
from meedoen.web.api.hsds.document import COMPONENTS as SHARED
from meedoen.web.api.hsds.parameters import Parameter

API_VERSION = "1.0.0"
ABOUT = (
    "Plaatsingen van inwoners op plekken, en de overgangen die ze kunnen maken. Voor wie in "
    "Meedoen is aangemeld, met dezelfde rechten als op de pagina's: een coach maakt elke overgang, "
    "een organisatie bevestigt wat bij haar gebeurt. Meld u aan in de browser. Stuur bij een "
    "overgang het CSRF-teken van Meedoen mee in de kop X-CSRFToken."
)

_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_DAY_OR_NOT = {"type": ["string", "null"], "format": "date"}
_KEY = {"type": "string", "format": "uuid"}
_COUNT = {"type": "integer", "minimum": 0}
_REASONS = {"type": "array", "items": {"$ref": "#/components/schemas/Reden"}}


def _words(words: type[StrEnum]) -> dict[str, Any]:
    return {"type": "string", "enum": [word.value for word in words]}


def _object(needed: Sequence[str] = (), **properties: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "properties": properties}
    return found | {"required": list(needed)} if needed else found


def _named(words: type[StrEnum]) -> dict[str, Any]:
    return _object(("code", "naam"), code=_words(words), naam=_TEXT)


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_not(name: str) -> dict[str, Any]:
    return {"anyOf": [_ref(name), {"type": "null"}]}


_HALF_DAYS = {"type": "array", "items": {"type": "string", "enum": list(CODES)}}
_MOVE = {
    "naar": _words(PlacementState),
    "op": _DAY | {"description": "De eerste dag van de nieuwe toestand; bij stoppen de laatste."},
    "uitkomst": _words(Outcome),
    "reden": _words(MoveReason),
}
_LINE = {
    "id": _KEY,
    "naam": _TEXT | {"description": "Voor een organisatie alleen de voornaam."},
    "clientnummer": _TEXT | {"description": "Alleen voor een organisatie: haar eigen nummer."},
    "plek": _TEXT,
    "organisatie": _TEXT,
    "soort": _ref("Soort"),
    "toestand": _ref("Toestand"),
    "sinds": _DAY,
    "afgesprokenLaatsteDag": _DAY_OR_NOT,
    "vastgehoudenTotEnMet": _DAY_OR_NOT | {"description": "Alleen voor een coach."},
    "coach": _TEXT,
}
_STRETCH = _object(
    toestand=_ref("Toestand"), van=_DAY, totEnMet=_DAY_OR_NOT, reden=_or_not("Reden")
)
_TERMS = _object(
    van=_DAY,
    totEnMet=_DAY_OR_NOT,
    urenPerWeek={"type": ["number", "null"]},
    dagdelen=_HALF_DAYS,
    begeleiding={"anyOf": [_words(Guidance), {"type": "null"}]},
    locatie={"type": ["string", "null"]},
    waarom={"type": ["string", "null"]},
)
_ALLOWED = _object(
    naar=_ref("Toestand"),
    uitkomstVerplicht={"type": "boolean"},
    uitkomsten={
        "type": "array",
        "items": {"allOf": [_ref("Uitkomst"), _object(redenen=_REASONS)]},
    },
    redenen=_REASONS,
)
SCHEMAS: dict[str, Any] = {
    "Problem": SHARED["schemas"]["Problem"],
    "Soort": _named(PlaceKind),
    "Toestand": _named(PlacementState),
    "Uitkomst": _named(Outcome),
    "Reden": _named(MoveReason),
    "Regel": _object(("id", "naam", "toestand", "sinds"), **_LINE),
    "Bladzijde": _object(
        ("plaatsingen", "totaal", "pagina", "paginas"),
        plaatsingen={"type": "array", "items": _ref("Regel")},
        totaal=_COUNT,
        pagina={"type": "integer", "minimum": 1},
        paginas={"type": "integer", "minimum": 1},
    ),
    "Plaatsing": _object(
        ("id", "naam", "toestand", "overgangen"),
        **_LINE,
        zelfGevonden={"type": "boolean"},
        uitkomst=_or_not("Uitkomst"),
        reden=_or_not("Reden"),
        eersteDag=_DAY_OR_NOT | {"description": "Alleen voor een organisatie."},
        dagdelen=_HALF_DAYS | {"description": "Alleen voor een organisatie."},
        verloop={"type": "array", "items": _STRETCH, "description": "Alleen voor een coach."},
        afspraken={"type": "array", "items": _TERMS, "description": "Alleen voor een coach."},
        overgangen={"type": "array", "items": _ALLOWED},
    ),
    "NieuweOvergang": _object(
        ("naar", "op"),
        **_MOVE,
        toelichting=_TEXT
        | {"description": "Waarom iemand een plaats krijgt die niet vooraan wacht."},
    ),
    "NieuweOvergangen": _object(
        ("plaatsingen", "naar", "op"),
        plaatsingen={"type": "array", "items": _KEY, "minItems": 1, "maxItems": MOST_AT_ONCE},
        **_MOVE,
    ),
    "GemaakteOvergangen": _object(
        ("plaatsingen", "totaal", "toestand"),
        plaatsingen={"type": "array", "items": _KEY},
        totaal=_COUNT,
        toestand=_ref("Toestand"),
    ),
}
_VERSION = {"API-Version": {"description": "De versie van deze API.", "schema": {"type": "string"}}}
_WRONG = {
    400: "Er klopt iets niet in wat u vraagt.",
    401: "U bent niet aangemeld.",
    403: "Dit mag u niet, of het CSRF-teken ontbreekt.",
    404: "Dit is er niet, of het is niet voor u.",
    409: "Dit kan niet, zoals het nu staat.",
}
_READING, _ONE, _WRITING = (400, 401, 404), (400, 401, 404), (400, 401, 403, 404, 409)


def list_of(parameters: Sequence[Parameter]) -> dict[str, Any]:
    """Return what OpenAPI says of a list that can be asked with these parameters."""
    return {
        "parameters": [one.as_openapi() for one in parameters],
        "responses": _responses("Bladzijde", _READING),
    }


def one() -> dict[str, Any]:
    """Return what OpenAPI says of one placement."""
    return {"responses": _responses("Plaatsing", _ONE)}


def move() -> dict[str, Any]:
    """Return what OpenAPI says of making a move of one placement."""
    return _sending("NieuweOvergang")


def moves() -> dict[str, Any]:
    """Return what OpenAPI says of making a move of several."""
    return _sending("NieuweOvergangen")


def _sending(schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": _ref(schema)}}
    return {
        "requestBody": {"required": True, "content": content},
        "responses": _responses("GemaakteOvergangen", _WRITING),
    }


def _responses(schema: str, wrong: Sequence[int]) -> dict[Any, Any]:
    found: dict[Any, Any] = {
        200: {
            "description": "OK",
            "headers": _VERSION,
            "content": {"application/json": {"schema": _ref(schema)}},
        }
    }
    for status in wrong:
        found[status] = {
            "description": _WRONG[status],
            "headers": _VERSION,
            "content": {"application/problem+json": {"schema": _ref("Problem")}},
        }
    return found


def openapi(api: NinjaAPI) -> dict[str, Any]:
    """Return the whole description, with the address of this installation."""
    found = dict(api.get_openapi_schema(path_prefix=""))
    for operations in found["paths"].values():
        for operation in operations.values():
            # Taken from the docstring, which is for who reads the code; the summary is Dutch.
            operation.pop("description", None)
    contact = {
        "name": "Meedoen",
        "url": settings.SITE_URL,
        "email": settings.ADMINISTRATOR_EMAIL or settings.DEFAULT_FROM_EMAIL,
    }
    return found | {
        "info": {**found["info"], "contact": contact},
        "servers": [{"url": f"{settings.SITE_URL}/api/v1"}],
        "security": [{"sessie": []}],
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "sessie": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
            },
        },
    }


def one_of(words: type[StrEnum]) -> str:
    """Say which words may be given."""
    known = ", ".join(word.value for word in words)
    return _("Geef een van deze woorden: %(words)s.") % {"words": known}


def not_there_text() -> str:
    """Say that a placement is not there, or not for who asks."""
    return _("Deze plaatsing bestaat niet, is al klaar of is niet voor u.")
