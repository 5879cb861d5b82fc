"""All that the clock of a participation job gets to know of one person.

Days are half-open: `ends_on` is the first day that is not part of a stretch.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class StretchReason(StrEnum):
    """What somebody did in a stretch."""

    PARTICIPATION_JOB = "participation_job"
    OTHER_PROVISION = "other_provision"
    """Work under another provision of article 7(1)a, such as a trial."""
    PAUSE = "pause"
    """The participation job stood still, and goes on afterwards."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one person, at any organisation; None as end: it runs on.

    An end that is only planned is no end: give None, since dates after an end fall away.
    `left_out` says that the municipality leaves it out of the two years, since a contract with
    the same organisation is in sight: 10a(3). It goes with OTHER_PROVISION only.
    """

    starts_on: date
    ends_on: date | None
    left_out: bool = False
    reason: StretchReason = StretchReason.PARTICIPATION_JOB


class SchoolingChoice(StrEnum):
    """What the municipality decided about schooling: 10a(5)."""

    OFFERED = "offered"
    BEYOND_POWERS = "beyond_powers"
    NOT_HELPFUL = "not_helpful"


@dataclass(frozen=True, slots=True)
class SchoolingDecision:
    """What was decided about schooling, and when."""

    choice: SchoolingChoice
    decided_on: date


class AssessmentKind(StrEnum):
    """Which of the three moments an assessment belongs to."""

    CHANCE = "chance"
    """After nine months: 10a(8)."""
    FIRST_EXTENSION = "first_extension"
    """Before the end of the second year: 10a(9)."""
    SECOND_EXTENSION = "second_extension"
    """Before the end of the third year: 10a(10)."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was assessed.

    `grew`: at CHANCE, the chance of work grew; at the extensions, going on makes that chance much
    better.
    """

    kind: AssessmentKind
    on: date
    grew: bool


@dataclass(frozen=True, slots=True)
class Extension:
    """A decision to go on for a year: number 1 (10a(9)) or 2 (10a(10))."""

    number: int
    other_work: bool
    other_environment: bool
    decided_on: date


@dataclass(frozen=True, slots=True)
class PremiumDecided:
    """A decision on the premium for the n-th six months, from 1; granted or not."""

    number: int
    decided_on: date
    granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """What is known of one person; None means not known, which is never taken for an answer."""

    stretches: tuple[Stretch, ...]
    """All that counts, the earliest first: earlier participation jobs too, at any organisation."""
    birth_date: date | None = None
    has_start_qualification: bool | None = None
    schooling: SchoolingDecision | None = None
    assessments: tuple[Assessment, ...] = ()
    extensions: tuple[Extension, ...] = ()
    premiums: tuple[PremiumDecided, ...] = ()
    in_wage_subsidy_group: bool | None = None

    def assessed(self, kind: AssessmentKind) -> Assessment | None:
        """Return the assessment of a kind."""
        return next((one for one in self.assessments if one.kind is kind), None)

    def extended(self, number: int) -> Extension | None:
        """Return the first or the second extension."""
        return next((one for one in self.extensions if one.number == number), None)

    def premium(self, number: int) -> PremiumDecided | None:
        """Return the decision on the n-th premium."""
        return next((one for one in self.premiums if one.number == number), None)

    @property
    def ends_on(self) -> date | None:
        """Return the first day after the last stretch; None while it runs on."""
        return self.stretches[-1].ends_on if self.stretches else None
