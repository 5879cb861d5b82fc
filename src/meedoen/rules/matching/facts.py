"""All that matching gets to know of a person and of a place.

A field here is a public statement: each one stands with its reason in published.py, and a test
fails on any other. None means not asked or not known, which never makes a place fall off.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from math import isqrt
from types import MappingProxyType

from meedoen.rules import half_days
from meedoen.rules.vocabulary import Guidance, LegalTask, PlaceKind


class LanguageLevel(IntEnum):
    """Level of spoken Dutch by the Common European Framework, lowest first."""

    BELOW_A1 = 0
    A1 = 1
    A2 = 2
    B1 = 3
    B2 = 4
    C1 = 5
    C2 = 6


class FunctionalDemand(StrEnum):
    """What a place asks of someone, and what someone may have said not to be able to do.

    These are doings, never the cause: a diagnosis has no place here.
    """

    STANDING_LONG = "standing_long"
    WALKING_FAR = "walking_far"
    CLIMBING_STAIRS = "climbing_stairs"
    LIFTING = "lifting"
    WORKING_OUTDOORS = "working_outdoors"
    BUSY_SURROUNDINGS = "busy_surroundings"
    WORKING_ALONE = "working_alone"
    KEEPING_PACE = "keeping_pace"
    READING_AND_WRITING = "reading_and_writing"
    WORKING_ON_A_SCREEN = "working_on_a_screen"


class TravelBy(StrEnum):
    """How someone gets to a place; how far that is stands with the rule set."""

    WALKING = "walking"
    CYCLING = "cycling"
    PUBLIC_TRANSPORT = "public_transport"
    CAR = "car"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is, in whole metres to the east and north of a fixed point.

    Whole numbers, so that every machine and every database finds the same distance.
    """

    east: int
    north: int

    def metres_to(self, other: "Spot") -> int:
        """Return how far it is as the crow flies, rounded down."""
        return isqrt((self.east - other.east) ** 2 + (self.north - other.north) ** 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What a person wants and can; see published.py for each field."""

    wished_kinds: frozenset[PlaceKind] = frozenset()
    """Kinds of place the person would like; empty when there is no wish for a kind."""
    wished_places: tuple[int, ...] = ()
    """Places the person picked, first wish first."""
    allowed_kinds: frozenset[PlaceKind] | None = None
    """Kinds open to the person by law on the day, as worked out elsewhere."""
    interests: frozenset[str] = frozenset()
    """Codes from catalogue/interests.toml."""
    half_days: int | None = None
    """When the person can, as a mask of meedoen.rules.half_days."""
    most_half_days: int | None = None
    """The most half-days a week that the person wants, 1 to 21."""
    district: str | None = None
    """District where the person starts from."""
    reachable_districts: frozenset[str] | None = None
    """Other districts the person can travel to."""
    start: Spot | None = None
    """The middle of that district, never an address."""
    reach_metres: int | None = None
    """How far the person gets by the way of travelling they chose; None when that is no limit."""
    language_level: LanguageLevel | None = None
    functional_limits: frozenset[FunctionalDemand] = frozenset()
    legal_tasks: frozenset[LegalTask] | None = None
    """Under which laws the municipality may look for this person."""
    guidance_needed: Guidance | None = None
    """How much help the person wants at a place."""
    step_kinds: frozenset[PlaceKind] = frozenset()
    """Kinds of place that go with the next step in the plan; empty without one."""
    earlier_kinds: frozenset[PlaceKind] = frozenset()
    """Kinds of place where the person was before, for those who would like something else."""
    paused_until: Mapping[int, date] = field(default_factory=lambda: MappingProxyType({}))
    """Places that were refused, with the first day on which they may be offered again."""

    def __post_init__(self) -> None:
        """Refuse a mask beyond the week. Raises meedoen.rules.half_days.HalfDaysError."""
        if self.half_days is not None:
            half_days.check_mask(self.half_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """What a place offers and asks; see published.py for each field."""

    place: int
    """The number that stands for the place; ties are settled by it."""
    kind: PlaceKind
    title: str
    """For the sentence only; it plays no part in any rule."""
    district: str | None = None
    """None for a place that is not bound to a district, such as at home or on a screen."""
    half_days: int = half_days.NONE
    """When one can be there, as a mask; nothing set means that times are agreed freely."""
    half_days_needed: int = 0
    """How many half-days a week the place needs someone, 0 to 21."""
    language_level_asked: LanguageLevel = LanguageLevel.BELOW_A1
    functional_demands: frozenset[FunctionalDemand] = frozenset()
    interests: frozenset[str] = frozenset()
    """Codes from catalogue/interests.toml that go with the place."""
    capacity: int | None = 1
    """How many people the place has room for at once; None when there is no limit."""
    taken: int = 0
    """How many of those are taken."""
    is_stale: bool = False
    """Whether nobody at the organisation stood for it lately; such a place comes last."""
    days_unconfirmed: int | None = 0
    """How many days ago somebody should have stood for it; None when nobody ever did."""
    spot: Spot | None = None
    """Where it is; of a place without an address the middle of its district."""
    legal_task: LegalTask = LegalTask.PARTICIPATION
    """Under which law the place helps people."""
    guidance: Guidance = Guidance.NOW_AND_THEN
    is_unchecked: bool = False
    """Whether it asks for a check on displacing paid work that nobody has made."""
    open_from: date | None = None
    """First day on which someone can start; None when it has always been open."""
    open_until: date | None = None
    """First day on which nobody can start any more; None when no end is known."""

    def __post_init__(self) -> None:
        """Refuse a mask beyond the week. Raises meedoen.rules.half_days.HalfDaysError."""
        half_days.check_mask(self.half_days)
