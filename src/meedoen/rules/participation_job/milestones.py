"""A date that the law sets in a participation job, and how it stands on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class MilestoneKind(StrEnum):
    """What falls on the date; the months are those of the law of 1 July 2026."""

    SCHOOLING_OFFER = "schooling_offer"
    """After 6 months: 10a(5)."""
    PREMIUM = "premium"
    """After every 6 months: 10a(6); `number` says after which."""
    ASSESS_CHANCE = "assess_chance"
    """After 9 months: 10a(8)."""
    ENDS_WITHOUT_CHANCE = "ends_without_chance"
    """After 12 months it ends, when the chance of work did not grow: 10a(8)."""
    WARNING = "warning"
    """At 18 and 22 months, where the law itself asks nothing; `number` is the month."""
    ASSESS_FIRST_EXTENSION = "assess_first_extension"
    """Before 24 months: 10a(9)."""
    END_OF_TERM = "end_of_term"
    """After 24 months, or as far as it was extended."""
    ASSESS_SECOND_EXTENSION = "assess_second_extension"
    """Before 36 months: 10a(10)."""
    ABSOLUTE_END = "absolute_end"
    """After 48 months."""


TOO_LATE_ON_THE_DAY = frozenset(
    {
        MilestoneKind.ENDS_WITHOUT_CHANCE,
        MilestoneKind.ASSESS_FIRST_EXTENSION,
        MilestoneKind.END_OF_TERM,
        MilestoneKind.ASSESS_SECOND_EXTENSION,
        MilestoneKind.ABSOLUTE_END,
    }
)
"""What the law wants done, or over, before so many months are full."""


class MilestoneState(StrEnum):
    """How a milestone stands on a day."""

    AHEAD = "ahead"
    """Its day is far away."""
    NOW = "now"
    """It is time: it shows, and its day is not over."""
    OVERDUE = "overdue"
    """Its day is over, and what the law asks was not done."""
    DONE = "done"
    LAPSED = "lapsed"
    """Its day is over, and it cannot be done any more, or nothing had to be done."""
    DOES_NOT_APPLY = "does_not_apply"
    """The law asks it of others, or the work ends before it."""


class Because(StrEnum):
    """Why a milestone stands as it does."""

    BY_LAW = "by_law"
    """Nothing but the date."""
    HAS_START_QUALIFICATION = "has_start_qualification"
    START_QUALIFICATION_UNKNOWN = "start_qualification_unknown"
    """Nobody wrote down whether the person has one: ask."""
    SCHOOLING_OFFERED = "schooling_offered"
    BEYOND_POWERS = "beyond_powers"
    NOT_HELPFUL = "not_helpful"
    PREMIUM_GRANTED = "premium_granted"
    PREMIUM_REFUSED = "premium_refused"
    AGE_UNKNOWN = "age_unknown"
    """A premium; whether it counts as means depends on the age, which is not known."""
    UNDER_AGE = "under_age"
    """A premium that counts as means, since the person is too young: 31(5)."""
    WAGE_SUBSIDY_GROUP_UNKNOWN = "wage_subsidy_group_unknown"
    """A premium for who is too young, unless in the group of the wage subsidy: 31(5)."""
    CHANCE_GREW = "chance_grew"
    CHANCE_DID_NOT_GROW = "chance_did_not_grow"
    NOT_ASSESSED = "not_assessed"
    """Holds only if it is assessed that the chance of work did not grow."""
    EXTENDED = "extended"
    NOT_EXTENDED = "not_extended"
    ENDS_BEFORE = "ends_before"
    """The work ends before this date."""
    ENDED_IN_TIME = "ended_in_time"
    ENDED_TOO_LATE = "ended_too_late"
    """The work ran on after the date, and has ended since."""
    ENDED_WITHOUT = "ended_without"
    """The work ended, and what the law asked was not done."""
    PASSED = "passed"
    """A warning whose day is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One date.

    `due_on` is the day on which so many months are full: the last day of what must happen *after*
    them, and the first day that is too late for what must happen *before* (the assessments for an
    extension) or must have ended. `shows_from` is the first day on which somebody is warned.
    `number` tells two of a kind apart. `article` and `address` say where the law sets it.
    """

    kind: MilestoneKind
    number: int
    months: int
    due_on: date
    shows_from: date
    article: str
    address: str
    state: MilestoneState
    because: Because

    @property
    def asks_attention(self) -> bool:
        """Return whether somebody has to do something about it."""
        return self.state in {MilestoneState.NOW, MilestoneState.OVERDUE}

    @property
    def last_day(self) -> date:
        """Return the last day on which it is in time; of an end, the last day of the work."""
        before = self.kind in TOO_LATE_ON_THE_DAY
        return self.due_on - timedelta(days=1) if before else self.due_on
