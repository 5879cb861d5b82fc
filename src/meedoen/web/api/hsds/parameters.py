"""The parameters that can be asked with, read and checked; all that is wrong is said at once."""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from meedoen.web.api.answers import InvalidInputError, InvalidParameter

USUAL_SIZE, MOST_ON_A_PAGE = 50, 500
MOST_MINIMAL = 20_000
"""Of a list with only numbers and moments: all of them at once, as HSDS asks."""
LAST_PAGE = 1_000_000
USUAL_DISTANCE, FURTHEST = 5_000, 100_000
"""In metres."""
LONGEST_SEARCH = 200
FIRST_YEAR, LAST_YEAR = 1900, 2200
POSTCODE = re.compile(r"[1-9][0-9]{3}(?: ?[A-Za-z]{2})?", re.ASCII)
MUNICIPALITY = re.compile(r"GM[0-9]{4}", re.ASCII)
WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)


class RefusedError(ValueError):
    """A value that is no answer to a parameter; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: how it is read (raises RefusedError), and how OpenAPI describes it."""

    name: str
    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    description: str

    def as_openapi(self) -> dict[str, Any]:
        """Return the parameter as OpenAPI describes it."""
        return {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.description,
            "schema": dict(self.schema),
        }


def asked(request: HttpRequest, parameters: Sequence[Parameter]) -> dict[str, Any]:
    """Return what is asked, by name, only what was given. Raises InvalidInputError."""
    known = {one.name: one for one in parameters}
    values: dict[str, Any] = {}
    problems = []
    for name, given in request.GET.lists():
        try:
            values[name] = _value(known.get(name), given, sorted(known))
        except RefusedError as error:
            code = "invalid" if name in known else "unknown"
            problems.append(InvalidParameter(name[:LONGEST_SEARCH], code, str(error)))
    problems.extend(_together(values))
    if problems:
        raise InvalidInputError(problems)
    return values


def _value(parameter: Parameter | None, given: Sequence[str], known: Sequence[str]) -> Any:
    if parameter is None:
        raise RefusedError(
            _("Deze parameter is er niet. Er zijn: %(names)s.") % {"names": ", ".join(known)}
        )
    if len(given) > 1:
        raise RefusedError(_("Deze parameter staat er twee keer. Geef die één keer."))
    return parameter.read(given[0])


def _together(values: Mapping[str, Any]) -> Iterator[InvalidParameter]:
    if "proximity" in values and "postcode" not in values:
        reason = _("Geef ook een postcode, om vanaf te meten.")
        yield InvalidParameter("proximity", "incomplete", reason)
    if values.get("minimal") and values.get("full"):
        reason = _("Kies minimal of full, niet allebei.")
        yield InvalidParameter("minimal", "conflict", reason)
    if not values.get("minimal") and values.get("per_page", 1) > MOST_ON_A_PAGE:
        yield InvalidParameter("per_page", "invalid", _between(1, MOST_ON_A_PAGE))


def _between(least: int, most: int) -> str:
    return _("Geef een heel getal van %(least)s tot en met %(most)s.") % {
        "least": least,
        "most": most,
    }


# --- reading one value ---------------------------------------------------------------------------


def whole(least: int, most: int) -> Callable[[str], int]:
    """Return how a whole number between these two, both included, is read."""

    def read(text: str) -> int:
        if not WHOLE.fullmatch(text) or not least <= int(text) <= most:
            raise RefusedError(_between(least, most))
        return int(text)

    return read


def _yes_or_no(text: str) -> bool:
    if text not in {"true", "false"}:
        raise RefusedError(_("Geef true of false."))
    return text == "true"


def _number(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise RefusedError(
            _("Geef een UUID, zoals 3fa85f64-5717-4562-b3fc-2c963f66afa6.")
        ) from error


def _words(text: str) -> str:
    if not text.isprintable() or len(text) > LONGEST_SEARCH:
        raise RefusedError(
            _("Geef woorden, samen hoogstens %(most)s tekens.") % {"most": LONGEST_SEARCH}
        )
    return text.strip()


def _moment(text: str) -> datetime:
    """Return the moment; without a zone it is in UTC. A plus in an address arrives as a space."""
    refusal = _("Geef een moment volgens RFC 3339, zoals 2026-03-02T09:00:00Z.")
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError as error:
        raise RefusedError(refusal) from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise RefusedError(refusal)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _postcode(text: str) -> str:
    if not POSTCODE.fullmatch(text):
        raise RefusedError(_("Geef een postcode, zoals 9711 of 9711 AB."))
    return text[:4]


def _municipality(text: str) -> str:
    if not MUNICIPALITY.fullmatch(text):
        raise RefusedError(_("Geef de code van het CBS, zoals GM0014."))
    return text


def _json(text: str) -> str:
    if text != "json":
        raise RefusedError(_("Er is alleen json."))
    return text


# --- the parameters ------------------------------------------------------------------------------

_UUID = {"type": "string", "format": "uuid"}
_BOOLEAN = {"type": "boolean", "default": False}

FORMAT = Parameter("format", _json, {"type": "string", "enum": ["json"]}, "Alleen json.")
PAGE = Parameter(
    "page",
    whole(1, LAST_PAGE),
    {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
    "Het nummer van de bladzijde, vanaf 1. Na de laatste is een bladzijde leeg.",
)
PER_PAGE = Parameter(
    "per_page",
    whole(1, MOST_ON_A_PAGE),
    {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE, "default": USUAL_SIZE},
    "Hoeveel er op een bladzijde staan.",
)
PER_PAGE_OF_SERVICES = Parameter(
    "per_page",
    whole(1, MOST_MINIMAL),
    {"type": "integer", "minimum": 1, "maximum": MOST_MINIMAL, "default": USUAL_SIZE},
    f"Hoeveel er op een bladzijde staan; zonder minimal hoogstens {MOST_ON_A_PAGE}.",
)
SEARCH = Parameter(
    "search",
    _words,
    {"type": "string", "maxLength": LONGEST_SEARCH},
    "Woorden om op te zoeken; ook delen van woorden en woorden met een typefout vinden iets.",
)
NAMES = Parameter(
    "search",
    _words,
    {"type": "string", "maxLength": LONGEST_SEARCH},
    "Woorden die in de naam of de omschrijving staan.",
)
TERM = Parameter("taxonomy_term_id", _number, _UUID, "Wat deze term heeft.")
TAXONOMY = Parameter("taxonomy_id", _number, _UUID, "Wat een term uit deze lijst heeft.")
ORGANISATION = Parameter("organization_id", _number, _UUID, "Wat bij deze organisatie is.")
MODIFIED = Parameter(
    "modified_after",
    _moment,
    {"type": "string", "format": "date-time"},
    "Wat op of na dit moment veranderde. Wat niet meer openbaar is staat nergens meer in.",
)
MINIMAL = Parameter("minimal", _yes_or_no, _BOOLEAN, "Alleen id en modified_date, allemaal ineens.")
FULL = Parameter("full", _yes_or_no, _BOOLEAN, "Met alles wat erbij hoort.")
FULL_SERVICE = Parameter(
    "full_service", _yes_or_no, _BOOLEAN, "Met de hele services van de organisatie."
)
POSTCODE_AREA = Parameter(
    "postcode",
    _postcode,
    {"type": "string", "pattern": "^[1-9][0-9]{3}( ?[A-Za-z]{2})?$"},
    "Wat dicht bij het midden van dit postcodegebied is; alleen de cijfers tellen.",
)
PROXIMITY = Parameter(
    "proximity",
    whole(1, FURTHEST),
    {"type": "integer", "minimum": 1, "maximum": FURTHEST, "default": USUAL_DISTANCE},
    "Hoe ver van de postcode, in meters.",
)
IN_MUNICIPALITY = Parameter(
    "municipality",
    _municipality,
    {"type": "string", "pattern": "^GM[0-9]{4}$"},
    "Alleen deze gemeente, met de code van het CBS. Eigen aanvulling op HSDS.",
)
TOP_ONLY = Parameter("top_only", _yes_or_no, _BOOLEAN, "Alleen termen waar geen term boven staat.")
PARENT = Parameter("parent_id", _number, _UUID, "Alleen termen die onder deze term staan.")

ONE = (FORMAT,)
LIST = (PAGE, PER_PAGE, FORMAT)
NEAR = (POSTCODE_AREA, PROXIMITY)
WHICH = (SEARCH, TERM, TAXONOMY, IN_MUNICIPALITY)
SERVICES = (
    *WHICH,
    ORGANISATION,
    MODIFIED,
    MINIMAL,
    FULL,
    *NEAR,
    PAGE,
    PER_PAGE_OF_SERVICES,
    FORMAT,
)
AT_LOCATIONS = (*WHICH, ORGANISATION, MODIFIED, FULL, *NEAR, *LIST)
ORGANISATIONS = (*WHICH, FULL, FULL_SERVICE, *LIST)
ORGANISATION_PARAMETERS = (FULL_SERVICE, FORMAT)
TAXONOMY_PARAMETERS = (NAMES, *LIST)
TERMS = (NAMES, TAXONOMY, TOP_ONLY, PARENT, *LIST)
