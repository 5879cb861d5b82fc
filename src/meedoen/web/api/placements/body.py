"""What was sent to make a move, read and checked; all that is wrong is said at once."""

import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from meedoen.records.placements.bulk_actions import MOST_AT_ONCE
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState
from meedoen.web.api.answers import InvalidInputError, InvalidParameter
from meedoen.web.api.hsds.parameters import RefusedError

W = TypeVar("W", bound=StrEnum)

TO, ON, OUTCOME, REASON, BECAUSE = "naar", "op", "uitkomst", "reden", "toelichting"
KEYS = "plaatsingen"
BODY = "body"
"""Under this name stands what is wrong with all that was sent together."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
LONGEST_SHOWN = 60
LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMove:
    """A move that is asked: of an end `on` is the last day.

    `because` is why somebody gets a seat who is not the first to wait; `keys` are the placements
    when there may be several.
    """

    to: PlacementState
    on: date
    outcome: Outcome | None = None
    reason: MoveReason | None = None
    because: str = ""
    keys: Sequence[uuid.UUID] = ()


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of what is sent: how it is called in code, and how it is read."""

    name: str
    read: Callable[[Any], Any]
    needed: bool = False


def asked_move(request: HttpRequest, *, of_many: bool = False) -> AskedMove:
    """Return the move that was sent. Raises InvalidInputError with everything that is wrong."""
    given = _object(request)
    fields = OF_MANY if of_many else OF_ONE
    problems = list(_unknown(given, fields))
    values: dict[str, Any] = {}
    for called, field in fields.items():
        # An empty field is one that was not given.
        if given.get(called) is None:
            if field.needed:
                problems.append(InvalidParameter(called, "missing", _("Vul dit in.")))
            continue
        try:
            values[field.name] = field.read(given[called])
        except RefusedError as error:
            problems.append(InvalidParameter(called, "invalid", str(error)))
        except InvalidInputError as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidInputError(problems)
    return AskedMove(**values)


def _unknown(given: Mapping[str, Any], fields: Mapping[str, _Field]) -> Iterator[InvalidParameter]:
    known = {"names": ", ".join(fields)}
    for name in given:
        if name not in fields:
            reason = _("Dit veld is er niet. Er zijn: %(names)s.") % known
            yield InvalidParameter(name[:LONGEST_SHOWN], "unknown", reason)


# --- the whole -----------------------------------------------------------------------------------


def _object(request: HttpRequest) -> Mapping[str, Any]:
    """Return what was sent as an object. Raises InvalidInputError."""
    if request.content_type != "application/json":
        raise _wrong_body("not_json", _("Stuur JSON, met Content-Type: application/json."))
    try:
        found = json.loads(request.body, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, RefusedError) else _("Dit is geen geldige JSON.")
        raise _wrong_body("not_json", reason) from error
    if not isinstance(found, dict):
        raise _wrong_body("not_an_object", _("Stuur één object, tussen accolades."))
    return found


def _wrong_body(code: str, reason: str) -> InvalidInputError:
    return InvalidInputError([InvalidParameter(BODY, code, reason)])


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of which no field is there twice. Raises RefusedError."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RefusedError(_("Een veld staat er twee keer. Geef elk veld één keer."))
    return found


def _no_number(text: str) -> NoReturn:
    raise RefusedError(_("Dit is geen geldige JSON."))


# --- one field -----------------------------------------------------------------------------------


def _word(words: type[W]) -> Callable[[Any], W]:
    def read(given: Any) -> W:
        if not isinstance(given, str) or given not in {word.value for word in words}:
            known = ", ".join(word.value for word in words)
            raise RefusedError(_("Geef een van deze woorden: %(words)s.") % {"words": known})
        return words(given)

    return read


def _day(given: Any) -> date:
    refusal = _("Geef een dag die bestaat, zoals 2026-03-02.")
    if not isinstance(given, str) or not DAY.fullmatch(given):
        raise RefusedError(refusal)
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise RefusedError(refusal) from error


def _text(given: Any) -> str:
    if not isinstance(given, str) or len(given) > LONGEST_TEXT or not given.isprintable():
        most = {"most": LONGEST_TEXT}
        raise RefusedError(_("Geef tekst op één regel, hoogstens %(most)s tekens.") % most)
    return given


def _keys(given: Any) -> tuple[uuid.UUID, ...]:
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_AT_ONCE:
        most = {"most": MOST_AT_ONCE}
        raise RefusedError(_("Geef een lijst met 1 tot en met %(most)s plaatsingen.") % most)
    found: list[uuid.UUID] = []
    problems = []
    for at, text in enumerate(given):
        try:
            found.append(_key(text, found))
        except RefusedError as error:
            problems.append(InvalidParameter(at_line(at), "invalid", str(error)))
    if problems:
        raise InvalidInputError(problems)
    return tuple(found)


def _key(given: Any, before: Sequence[uuid.UUID]) -> uuid.UUID:
    try:
        key = uuid.UUID(given) if isinstance(given, str) else None
    except ValueError:
        key = None
    if key is None:
        raise RefusedError(_("Geef een UUID, zoals 3fa85f64-5717-4562-b3fc-2c963f66afa6."))
    if key in before:
        raise RefusedError(_("Deze plaatsing staat er twee keer bij. Geef elke één keer."))
    return key


def at_line(number: int) -> str:
    """Return what a line of the placements that were sent is called; the first is number 0."""
    return f"{KEYS}[{number}]"


OF_ONE: Mapping[str, _Field] = {
    TO: _Field("to", _word(PlacementState), needed=True),
    ON: _Field("on", _day, needed=True),
    OUTCOME: _Field("outcome", _word(Outcome)),
    REASON: _Field("reason", _word(MoveReason)),
    BECAUSE: _Field("because", _text),
}
OF_MANY: Mapping[str, _Field] = {
    KEYS: _Field("keys", _keys, needed=True),
    **{name: field for name, field in OF_ONE.items() if name != BECAUSE},
}
