"""How a list of places is kept: what was shown in full, and the rest in few bytes."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.matching.facts import PersonFacts, Spot
from meedoen.rules.matching.rank import FallenOff, Suggestion
from meedoen.rules.matching.score import Contribution
from meedoen.rules.matching.suits import FallsOff, HardRule

FORMAT = 2
RULES = tuple(HardRule)
"""The bit of a rule is its place in this list; new ones come last."""


_NUMBER, _BITS = np.dtype("<i8"), np.dtype("<u2")


class Way(StrEnum):
    """How the places of a list were found, and in which order they stand."""

    FIT = "fit"
    """By what speaks for each."""
    NEUTRAL = "neutral"
    """Own wishes, then how far, then the title."""
    FILTER = "filter"
    """As somebody filtered the directory, without any rule of matching."""
    DIVISION = "division"
    """One place, as scarce places were divided over everyone of a team who waited."""


IN_ORDER = frozenset({Way.FIT, Way.NEUTRAL})
"""The ways in which all places are compared for one person; only there a rule can be set aside."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The places that are not kept in full: those that fit, in order, and all that fell off.

    `rules` says for each that fell off for which rules, as bits.
    """

    fitting: NDArray[np.int64]
    fallen: NDArray[np.int64]
    rules: NDArray[np.uint16]

    @classmethod
    def of(cls, *, fitting: Sequence[int], fallen: Sequence[int], rules: Sequence[int]) -> "Rest":
        """Return the rest from plain numbers."""
        return cls(np.array(fitting, _NUMBER), np.array(fallen, _NUMBER), np.array(rules, _BITS))

    def count(self, rule: HardRule) -> int:
        """Return how many places fell off for this rule, alone or with others."""
        return int(np.count_nonzero(self.rules & bit(rule)))


NOTHING = Rest.of(fitting=(), fallen=(), rules=())


def bit(rule: HardRule) -> int:
    """Return the bit that stands for a rule."""
    return 1 << RULES.index(rule)


def packed(rest: Rest) -> bytes:
    """Return the rest in few bytes: two lengths, the numbers as steps, and the rules."""
    head = np.array([len(rest.fitting), len(rest.fallen)], _NUMBER).tobytes()
    # Numbers that follow each other make steps of one, which take no room.
    steps = np.diff(rest.fallen, prepend=0).astype(_NUMBER)
    parts = (rest.fitting.astype(_NUMBER), steps, rest.rules.astype(_BITS))
    return zlib.compress(head + b"".join(part.tobytes() for part in parts), level=1)


def unpacked(content: bytes) -> Rest:
    """Return what was packed."""
    if not content:
        return NOTHING
    whole = zlib.decompress(content)
    fitting, fallen = (int(one) for one in np.frombuffer(whole, _NUMBER, 2))
    at = 2 * _NUMBER.itemsize
    numbers = np.frombuffer(whole, _NUMBER, fitting + fallen, at)
    rules = np.frombuffer(whole, _BITS, fallen, at + numbers.nbytes)
    return Rest(numbers[:fitting], np.cumsum(numbers[fitting:]), rules)


def facts_to_keep(facts: PersonFacts) -> dict[str, Any]:
    """Return the facts that went in, as JSON can hold them."""
    kept = {name: plain(value) for name, value in asdict(facts).items() if name != "paused_until"}
    paused = {str(place): until.isoformat() for place, until in facts.paused_until.items()}
    return kept | {"paused_until": paused}


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Spot):
        return {"east": value.east, "north": value.north}
    return list(value) if isinstance(value, tuple) else value


# What goes in a sentence is codes, numbers and rows of codes: JSON takes those as they are.
def offer_to_keep(suggestion: Suggestion, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that is shown of a place that fits."""
    return {
        "place": suggestion.place.place,
        "order": suggestion.order,
        "shown": shown,
        "in_spite_of": reasons_to_keep(suggestion.in_spite_of),
        "contributions": contributions_to_keep(suggestion.contributions),
    }


def contributions_to_keep(lines: Sequence[Contribution]) -> list[dict[str, Any]]:
    """Return what speaks for a place, as JSON can hold it."""
    return [
        {
            "criterion": line.criterion,
            "value": line.value,
            "weight": line.weight,
            "contribution": line.contribution,
            "text": line.text_code,
            "facts": line.facts,
        }
        for line in lines
    ]


def fall_to_keep(fallen: FallenOff, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that is shown of a place that falls off."""
    return {
        "place": fallen.place.place,
        "shown": shown,
        "reasons": reasons_to_keep(fallen.reasons),
    }


def reasons_to_keep(reasons: Sequence[FallsOff]) -> list[dict[str, Any]]:
    """Return why a place falls off, as JSON can hold it."""
    return [
        {
            "rule": reason.rule,
            "facts": reason.facts,
        }
        for reason in reasons
    ]
