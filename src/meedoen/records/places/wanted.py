"""What somebody looks for among places; the same for a coach, a partner and the public."""

from dataclasses import dataclass
from enum import StrEnum

from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.vocabulary import PlaceKind


class PlaceOrder(StrEnum):
    """In which order places are shown; stale ones come last in each."""

    BEST = "best"
    """What fits the words best; without words by name."""
    NEAREST = "nearest"
    TITLE = "title"
    CONFIRM_BY = "confirm_by"
    """Longest not confirmed first, to work down; here stale ones come first."""


class Freshness(StrEnum):
    """Which places to show by how fresh they are."""

    ALL = "all"
    FRESH = "fresh"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFilter:
    """What part of the places to show.

    `half_days` is a mask: one of them in common is enough. `language_level` is what somebody
    speaks. `near` is a postcode (four digits count) or the code of a district, and `within_km`
    how far from there. Nothing given means all.
    """

    words: str = ""
    kinds: frozenset[PlaceKind] = frozenset()
    district_id: int | None = None
    half_days: int = 0
    interests: frozenset[str] = frozenset()
    language_level: LanguageLevel | None = None
    free_only: bool = False
    near: str = ""
    within_km: int | None = None
    organisation_id: int | None = None
    freshness: Freshness = Freshness.ALL
    order: PlaceOrder = PlaceOrder.BEST
