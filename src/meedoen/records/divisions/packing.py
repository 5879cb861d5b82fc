"""What went into a division, packed so that it can be kept whole and looked at again."""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from datetime import date
from enum import Enum
from typing import Any

import numpy as np

from meedoen.rules.matching.facts import (
    FunctionalDemand,
    LanguageLevel,
    PersonFacts,
    PlaceFacts,
    Spot,
)
from meedoen.rules.matching.pairs import Pairs
from meedoen.rules.vocabulary import Guidance, LegalTask, PlaceKind

COLUMNS: Mapping[str, str] = {"person": "<i4", "place": "<i4", "points": "<i4", "wish": "<i2"}
"""The columns of pairs, one behind the other, each with how its numbers are written."""


def facts_to_keep(facts: PersonFacts | PlaceFacts) -> dict[str, Any]:
    """Return facts as JSON can hold them; what is as it is without being said is left out."""
    return {
        field.name: _plain(getattr(facts, field.name))
        for field in fields(facts)
        if getattr(facts, field.name) != _unsaid(field)
    }


def _unsaid(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def person_as_kept(kept: Mapping[str, Any]) -> PersonFacts:
    """Return the facts of a person that were kept. Raises an error of any kind for other words."""
    return PersonFacts(**{name: _READ.get(name, _same)(value) for name, value in kept.items()})


def place_as_kept(kept: Mapping[str, Any]) -> PlaceFacts:
    """Return the facts of a place that were kept. Raises an error of any kind for other words."""
    return PlaceFacts(**{name: _READ.get(name, _same)(value) for name, value in kept.items()})


def _same(value: Any) -> Any:
    return value


def _set_of(kind: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what reads a set; None stands for not known."""
    return lambda value: None if value is None else frozenset(map(kind, value))


def _known(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("wished_kinds", "allowed_kinds", "step_kinds"), _set_of(PlaceKind)),
    "earlier_kinds": _set_of(PlaceKind),
    "wished_places": tuple,
    **dict.fromkeys(("interests", "reachable_districts"), _set_of(str)),
    **dict.fromkeys(("functional_limits", "functional_demands"), _set_of(FunctionalDemand)),
    **dict.fromkeys(("language_level", "language_level_asked"), _known(LanguageLevel)),
    "legal_tasks": _set_of(LegalTask),
    "legal_task": LegalTask,
    **dict.fromkeys(("guidance", "guidance_needed"), _known(Guidance)),
    **dict.fromkeys(("start", "spot"), _known(lambda value: Spot(*value))),
    **dict.fromkeys(("open_from", "open_until"), _known(date.fromisoformat)),
    "paused_until": lambda value: {int(at): date.fromisoformat(day) for at, day in value.items()},
    "kind": PlaceKind,
}
"""How to read what JSON has no words for, by the name of the fact."""


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset | tuple):
        found = [_plain(one) for one in value]
        return sorted(found) if isinstance(value, frozenset) else found
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in sorted(value.items())}
    if isinstance(value, Spot):
        return [value.east, value.north]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def pack_places(places: Sequence[PlaceFacts], free: Sequence[int]) -> bytes:
    """Pack the places with how many seats each had to divide, in order."""
    rows = [
        {**facts_to_keep(place), "free": seats} for place, seats in zip(places, free, strict=True)
    ]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode())


def unpack_places(packed: bytes) -> list[dict[str, Any]]:
    """Return the places as they were packed: facts by name, and `free`."""
    rows: list[dict[str, Any]] = json.loads(zlib.decompress(packed))
    return rows


def pack_pairs(pairs: Pairs) -> bytes:
    """Pack the allowed pairs."""
    columns = (getattr(pairs, name).astype(form).tobytes() for name, form in COLUMNS.items())
    return zlib.compress(b"".join(columns))


def unpack_pairs(packed: bytes) -> Pairs:
    """Return the allowed pairs as they were packed."""
    content = zlib.decompress(packed)
    each = sum(np.dtype(form).itemsize for form in COLUMNS.values())
    count, at = len(content) // each, 0
    columns = {}
    for name, form in COLUMNS.items():
        columns[name] = np.frombuffer(content, form, count, at).astype(np.dtype(form[1:]))
        at += count * np.dtype(form).itemsize
    return Pairs(**columns)
