"""What the rules for signals need to know of a person: days and states, nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from meedoen.rules.vocabulary import PlacementState, PlanState


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with a day; `subject` tells it apart from others of its sort."""

    subject: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """A plan that has not ended; its evaluations and actions are those still to be done."""

    subject: str
    state: PlanState
    drafted_on: date
    evaluations: tuple[Dated, ...] = ()
    actions: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementFacts:
    """A placement that waits or runs; `since` is the first day of the state it is in.

    `worried_at` is when the organisation told last of a worry that it did not take back, and
    `stopped_on` the last day that it mentions when it says last that somebody stopped. Up to
    but not on `told_until` it said how the months went; None when it never did.
    """

    subject: str
    state: PlacementState
    since: date
    planned_end_on: date | None = None
    worried_at: datetime | None = None
    stopped_on: date | None = None
    told_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is known of one person on the day that is asked about.

    `benefit_since` is None without a running benefit. `talk_noted_at` is when a talk was written
    down last, which may be days after `spoken_on`. `ask_again_on` is the day to ask again of
    the time without contact that has not been ended, None when there is none. `next_steps` are
    the planned ones that were not done. `found_places` are those that nobody decided about,
    with the day on which they were handed in. `places_asking` are places that would suit and
    that ask whether somebody is known, with the day since which they do.
    """

    benefit_since: date | None
    first_spoken_on: date | None = None
    spoken_on: date | None = None
    talk_noted_at: datetime | None = None
    ask_again_on: date | None = None
    next_steps: tuple[Dated, ...] = ()
    measured_on: date | None = None
    domains_measured_on: date | None = None
    plan: PlanFacts | None = None
    placements: tuple[PlacementFacts, ...] = ()
    found_places: tuple[Dated, ...] = ()
    places_asking: tuple[Dated, ...] = ()
