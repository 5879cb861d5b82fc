"""What went into a division, packed so that it can be kept whole and looked at again."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

import numpy as np

from meedoen.rules.matching.facts import PersonFacts, PlaceFacts, Spot
from meedoen.rules.matching.pairs import Pairs

COLUMNS: Mapping[str, str] = {"person": "<i4", "place": "<i4", "points": "<i4", "wish": "<i2"}
"""The columns of pairs, one behind the other, each with how its numbers are written."""


def facts_to_keep(facts: PersonFacts | PlaceFacts) -> dict[str, Any]:
    """Return facts as JSON can hold them; what is not known or empty is left out."""
    kept = {field.name: _plain(getattr(facts, field.name)) for field in fields(facts)}
    return {name: value for name, value in kept.items() if value not in (None, [], {}, "")}


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
