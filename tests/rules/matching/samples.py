"""A place and a person that suit each other, and random ones, for the tests of matching."""

from datetime import date, timedelta

from hypothesis import strategies as st

from meedoen.rules import half_days
from meedoen.rules.matching.facts import (
    FunctionalDemand,
    LanguageLevel,
    PersonFacts,
    PlaceFacts,
    Spot,
)
from meedoen.rules.matching.rule_set import rule_set_on, shipped_rule_sets
from meedoen.rules.vocabulary import Guidance, LegalTask, PlaceKind

DAY = date(2026, 11, 29)
"""The first day on which every criterion counts."""
RULE_SET = rule_set_on(shipped_rule_sets(), DAY)
EARLIER = rule_set_on(shipped_rule_sets(), date(2026, 11, 2))

MORNINGS = half_days.from_codes(["mon_morning", "tue_morning", "wed_morning", "thu_morning"])
DISTRICTS = ("north", "south", "east")
INTERESTS = ("cooking", "gardening", "walking", "reading")


def place(number=1, **changes):
    """Return an open place in the district of the person, with room."""
    facts = {
        "place": number,
        "kind": PlaceKind.VOLUNTEER_WORK,
        "title": f"Proefplek {number}",
        "district": "north",
        "half_days": MORNINGS,
        "half_days_needed": 2,
        "language_level_asked": LanguageLevel.A2,
        "interests": frozenset({"cooking"}),
        "capacity": 4,
    }
    return PlaceFacts(**{**facts, **changes})


def person(**changes):
    """Return somebody for whom the place above suits."""
    facts = {
        "wished_kinds": frozenset({PlaceKind.VOLUNTEER_WORK}),
        "allowed_kinds": frozenset({PlaceKind.VOLUNTEER_WORK, PlaceKind.PARTICIPATION_JOB}),
        "interests": frozenset({"cooking", "walking"}),
        "half_days": MORNINGS,
        "most_half_days": 3,
        "district": "north",
        "reachable_districts": frozenset({"south"}),
        "language_level": LanguageLevel.B1,
        "functional_limits": frozenset({FunctionalDemand.LIFTING}),
    }
    return PersonFacts(**{**facts, **changes})


def _some(values):
    return st.frozensets(st.sampled_from(values))


_kinds = tuple(PlaceKind)[:4]
_demands = tuple(FunctionalDemand)[:3]
_masks = st.integers(half_days.NONE, half_days.ALL)
_days = st.integers(-3, 3).map(lambda away: DAY + timedelta(days=away))
_districts = st.none() | st.sampled_from(DISTRICTS)
_metres = st.integers(-12_000, 12_000)
_spots = st.none() | st.builds(Spot, _metres, _metres)
_tasks = tuple(LegalTask)[:2]

people = st.builds(
    PersonFacts,
    wished_kinds=_some(_kinds),
    wished_places=st.lists(st.integers(1, 12), unique=True, max_size=4).map(tuple),
    allowed_kinds=st.none() | _some(_kinds),
    interests=_some(INTERESTS),
    half_days=st.none() | _masks,
    most_half_days=st.none() | st.integers(1, 21),
    district=_districts,
    reachable_districts=st.none() | _some(DISTRICTS),
    language_level=st.none() | st.sampled_from(LanguageLevel),
    functional_limits=_some(_demands),
    start=_spots,
    reach_metres=st.none() | st.integers(0, 20_000),
    legal_tasks=st.none() | _some(_tasks),
    guidance_needed=st.none() | st.sampled_from(Guidance),
    step_kinds=_some(_kinds),
    earlier_kinds=_some(_kinds),
    paused_until=st.dictionaries(st.integers(1, 12), _days, max_size=3),
)

_any_place = st.builds(
    PlaceFacts,
    place=st.integers(1, 12),
    kind=st.sampled_from(_kinds),
    title=st.just("Proefplek"),
    district=_districts,
    half_days=_masks,
    half_days_needed=st.integers(0, 6),
    language_level_asked=st.sampled_from(LanguageLevel),
    functional_demands=_some(_demands),
    interests=_some(INTERESTS),
    capacity=st.none() | st.integers(0, 3),
    taken=st.integers(0, 3),
    is_stale=st.booleans(),
    days_unconfirmed=st.none() | st.integers(0, 200),
    spot=_spots,
    legal_task=st.sampled_from(_tasks),
    guidance=st.sampled_from(Guidance),
    is_unchecked=st.booleans(),
    open_from=st.none() | _days,
    open_until=st.none() | _days,
)
_easy_place = st.builds(
    PlaceFacts,
    place=st.integers(1, 12),
    kind=st.sampled_from(_kinds),
    title=st.just("Proefplek"),
    interests=_some(INTERESTS),
    capacity=st.none() | st.integers(1, 3),
    is_stale=st.booleans(),
    district=_districts,
    spot=_spots,
    guidance=st.sampled_from(Guidance),
)
places = st.lists(_easy_place | _any_place, unique_by=lambda one: one.place, max_size=12)
"""Places of which many suit many people, so that there is something to put in order."""
