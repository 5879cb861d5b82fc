"""What happens in a life, as plain facts with a day and the moment it was written down."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from meedoen.rules.ladder.questions import Answers
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import Channel, Outcome, PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A made-up resident; district and coach are counted from nought, as in the town."""

    given_name: str
    family_name: str
    birth_date: date
    bsn: str
    phone: str
    district: int
    coach: int
    benefit_starts_on: date
    benefit_ends_on: date | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What someone wishes and can; `half_days` is a mask."""

    kinds: frozenset[PlaceKind]
    interests: frozenset[str]
    half_days: int
    whole_town: bool
    language: LanguageLevel
    limits: frozenset[FunctionalDemand]


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody tried to reach the person."""

    on: date
    channel: Channel
    outcome: Outcome
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured at the end of a talk; `set_rung` None is the rung that follows.

    `potential` is what can be reached within a year, and `own` where the person sees themselves.
    """

    answers: Answers
    set_rung: Rung | None
    reason: str
    potential: Rung | None = None
    own: Rung | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, with a measurement or without."""

    on: date
    channel: Channel
    story: str
    wishes: Wishes
    measured: Measured | None
    recorded_at: datetime


class StepKind(StrEnum):
    """What is stated about a placement."""

    PLACE = "place"
    CONFIRM = "confirm"
    END = "end"
    WITHDRAW = "withdraw"
    CORRECT_START = "correct_start"
    TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True)
class Step:
    """One statement about a placement; `on` is the day that it is about."""

    kind: StepKind
    on: date
    recorded_at: datetime
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A placement from its proposal on; the steps are in the order in which they were stated."""

    kind: PlaceKind
    place: int
    self_found: bool
    steps: tuple[Step, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether it is proposed, and the partner has not confirmed a start."""
        return self.steps[-1].kind in {StepKind.PLACE, StepKind.TAKE_BACK}

    @property
    def is_running(self) -> bool:
        """Whether it has started and not ended, as far as is known."""
        return self.steps[-1].kind in {StepKind.CONFIRM, StepKind.CORRECT_START}


@dataclass(frozen=True, slots=True)
class Leaving:
    """The benefit ended; `on` is the first day without it."""

    on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Life:
    """A person and all that happened, as far as it was written down."""

    person: Person
    attempts: tuple[Attempt, ...]
    talks: tuple[Talk, ...]
    courses: tuple[Course, ...]
    leaving: Leaving | None
