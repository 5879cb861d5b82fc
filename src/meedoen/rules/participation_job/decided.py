"""What the municipality decides about somebody's participation jobs, and the facts it makes.

Of each matter and number the newest word holds, unless it was taken back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meedoen.rules.participation_job.facts import (
    Assessment,
    AssessmentKind,
    ClockFacts,
    Extension,
    PremiumDecided,
    SchoolingChoice,
    SchoolingDecision,
    Stretch,
    StretchReason,
)
from meedoen.rules.participation_job.what_if import with_stretch


class Matter(StrEnum):
    """What is decided on, or written down."""

    SCHOOLING = "schooling"
    """10a(5); the choice is a SchoolingChoice."""
    CHANCE = "chance"
    """After nine months: did the chance of work grow? 10a(8)."""
    GO_ON_THIRD_YEAR = "go_on_third_year"
    """Does going on make the chance of work much better? 10a(9)."""
    GO_ON_FOURTH_YEAR = "go_on_fourth_year"
    """The same again: 10a(10)."""
    EXTENSION = "extension"
    """A year more: number 1 (10a(9)) or 2 (10a(10))."""
    LEFT_OUT = "left_out"
    """A stretch of other work that is left out of the two years: 10a(3)."""
    PREMIUM = "premium"
    """The premium for the n-th six months: 10a(6)."""
    PAYMENT = "payment"
    """A premium that was paid: 31(2)j."""
    START_QUALIFICATION = "start_qualification"
    """Whether the person has one: 10a(5)."""
    WAGE_SUBSIDY_GROUP = "wage_subsidy_group"
    """Whether the person belongs to the group of the wage subsidy: 31(5)."""


class Answer(StrEnum):
    """Yes, no, or that nobody knows."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


ASSESSMENTS: Mapping[Matter, AssessmentKind] = {
    Matter.CHANCE: AssessmentKind.CHANCE,
    Matter.GO_ON_THIRD_YEAR: AssessmentKind.FIRST_EXTENSION,
    Matter.GO_ON_FOURTH_YEAR: AssessmentKind.SECOND_EXTENSION,
}
KNOWN: Mapping[str, bool | None] = {
    Answer.YES.value: True,
    Answer.NO.value: False,
    Answer.UNKNOWN.value: None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One word on a matter.

    `on` is the day of the decision; of a stretch its first day, of a payment the day of paying.
    `ends_on` is the first day after a stretch. `cents` is what a premium or a payment comes to.
    """

    matter: Matter
    on: date
    number: int = 1
    choice: str = ""
    ends_on: date | None = None
    other_work: bool = False
    other_environment: bool = False
    cents: int = 0


def clock_facts(
    stretches: tuple[Stretch, ...], decided: Iterable[Decided], *, birth_date: date | None
) -> ClockFacts:
    """Return the facts for the clock from what holds; each matter and number stands once."""
    of: dict[Matter, list[Decided]] = {matter: [] for matter in Matter}
    for one in sorted(decided, key=lambda one: (one.on, one.number)):
        of[one.matter].append(one)
    facts = ClockFacts(
        stretches=stretches,
        birth_date=birth_date,
        has_start_qualification=_known(of[Matter.START_QUALIFICATION]),
        in_wage_subsidy_group=_known(of[Matter.WAGE_SUBSIDY_GROUP]),
        schooling=_schooling(of[Matter.SCHOOLING]),
        assessments=tuple(_assessment(one) for matter in ASSESSMENTS for one in of[matter]),
        extensions=tuple(_extension(one) for one in _by_number(of[Matter.EXTENSION])),
        premiums=tuple(_premium(one) for one in _by_number(of[Matter.PREMIUM])),
    )
    for one in of[Matter.LEFT_OUT]:
        facts = with_stretch(facts, _left_out(one, stretches))
    return facts


def falls_on_work(stretches: Iterable[Stretch], one: Decided) -> bool:
    """Return whether a stretch to leave out holds days of work in a participation job.

    Those are no work under another provision: 10a(3). `stretches` are those of the jobs alone.
    """
    return any(
        (one.ends_on is None or work.starts_on < one.ends_on)
        and (work.ends_on is None or one.on < work.ends_on)
        for work in stretches
        if work.reason is StretchReason.PARTICIPATION_JOB
    )


def next_number(decided: Iterable[Decided], matter: Matter) -> int:
    """Return the number for something more of a matter that may stand more than once."""
    return 1 + max((one.number for one in decided if one.matter is matter), default=0)


def _known(found: Sequence[Decided]) -> bool | None:
    return KNOWN[found[-1].choice] if found else None


def _by_number(found: Iterable[Decided]) -> list[Decided]:
    return sorted(found, key=lambda one: one.number)


def _schooling(found: Sequence[Decided]) -> SchoolingDecision | None:
    return SchoolingDecision(SchoolingChoice(found[-1].choice), found[-1].on) if found else None


def _assessment(one: Decided) -> Assessment:
    return Assessment(ASSESSMENTS[one.matter], one.on, grew=one.choice == Answer.YES)


def _extension(one: Decided) -> Extension:
    return Extension(
        number=one.number,
        other_work=one.other_work,
        other_environment=one.other_environment,
        decided_on=one.on,
    )


def _premium(one: Decided) -> PremiumDecided:
    return PremiumDecided(one.number, one.on, granted=one.cents > 0)


def _left_out(one: Decided, stretches: Iterable[Stretch]) -> Stretch:
    # Without an end it lasts until there is work in a participation job again.
    again = (
        work.starts_on
        for work in stretches
        if work.reason is StretchReason.PARTICIPATION_JOB and work.starts_on > one.on
    )
    ends_on = one.ends_on or min(again, default=None)
    return Stretch(one.on, ends_on, left_out=True, reason=StretchReason.OTHER_PROVISION)
