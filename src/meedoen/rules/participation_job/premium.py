"""The premium for six months in a participation job: Participatiewet, article 10a(6).

The amount, from how many hours and after how long unbroken are the council's (article 8a). Courts
look at how "cooperated sufficiently" and the hours were counted: each decision keeps its basis,
with every number and where it comes from, and can be worked out again from that basis alone.

Money is in whole cents; a half cent is rounded up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from meedoen.rules.law.participation_job import (
    ParticipationJobLaw,
    ParticipationJobTable,
    shipped_table,
)
from meedoen.rules.law.values import Confidence, Value
from meedoen.rules.participation_job.clock import milestones
from meedoen.rules.participation_job.counted import Counting, begins_on, full_on
from meedoen.rules.participation_job.facts import ClockFacts
from meedoen.rules.participation_job.milestones import MilestoneKind
from meedoen.rules.participation_job.problems import ClockError, ClockProblem


class WhyPremium(StrEnum):
    """Why a premium is what it is; none but WHOLE and PART goes with an amount."""

    WHOLE = "whole"
    PART = "part"
    """Fewer hours than asked for the whole amount."""
    DID_NOT_COOPERATE = "did_not_cooperate"
    PERIOD_TOO_SHORT = "period_too_short"
    """Less than six months."""
    TOO_FEW_HOURS = "too_few_hours"
    BROKEN = "broken"
    """Fewer months without a break than the council asks."""


@dataclass(frozen=True, slots=True)
class PremiumPeriod:
    """The n-th six months, from 1; `ends_on` is the first day after them.

    `months` is how many whole months of work are in it: fewer when the work ended before.
    """

    number: int
    starts_on: date
    ends_on: date
    months: int


@dataclass(frozen=True, slots=True)
class PremiumFacts:
    """What is known of somebody in that period.

    `hours_per_week` is what was agreed or done on average, `unbroken_months` the whole months
    without a break up to the end of the period. `cooperated`: sufficiently, as the municipality
    judges.
    """

    cooperated: bool
    hours_per_week: Decimal
    unbroken_months: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number of a basis comes from."""

    name: str
    value: str
    valid_from: date
    article: str
    address: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumBasis:
    """Every number that a decision rests on."""

    decided_on: date
    number: int
    starts_on: date
    ends_on: date
    months: int
    cooperated: bool
    hours_per_week: Decimal
    unbroken_months: int
    full_cents: int
    every_months: int
    hours_asked: int
    prorated: bool
    unbroken_asked: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PremiumResult:
    """A premium in whole cents, 0 when there is none, with why and on which basis."""

    cents: int
    because: tuple[WhyPremium, ...]
    basis: PremiumBasis


def premium_periods(
    facts: ClockFacts, *, on: date, table: ParticipationJobTable | None = None
) -> tuple[PremiumPeriod, ...]:
    """Return the six months of each premium in the term; see clock.py.

    Those that begin after the end of the work are there too, with no months of work. Raises
    ClockError when the law does not allow what the facts say.
    """
    known = table or shipped_table()
    begin = begins_on(facts.stretches, known.on(on), Counting.WORKED, on=on)
    periods, done = [], 0
    for one in milestones(facts, on=on, table=known):
        if one.kind is MilestoneKind.PREMIUM:
            worked = _months_worked(facts, known.on(one.due_on), done, one.months, on)
            periods.append(PremiumPeriod(one.number, begin, one.due_on, worked))
            begin, done = one.due_on, one.months
    return tuple(periods)


def premium_for(
    period: PremiumPeriod,
    facts: PremiumFacts,
    *,
    on: date,
    table: ParticipationJobTable | None = None,
) -> PremiumResult:
    """Return the premium for a period that is over, as decided on a day.

    The values are those of the day on which the period was full; how long it lasts is that of the
    day it began. Raises ClockError with PERIOD_NOT_OVER.
    """
    if on < period.ends_on:
        raise ClockError([ClockProblem.PERIOD_NOT_OVER])
    known = table or shipped_table()
    law, every = known.on(period.ends_on), known.on(period.starts_on).premium_every_months
    used: tuple[Value[Any], ...] = (
        every,
        law.premium_cents,
        law.premium_hours_per_week,
        law.premium_prorated,
        law.premium_unbroken_months,
    )
    return worked_out(
        PremiumBasis(
            decided_on=on,
            number=period.number,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            months=period.months,
            cooperated=facts.cooperated,
            hours_per_week=facts.hours_per_week,
            unbroken_months=facts.unbroken_months,
            full_cents=law.premium_cents.value,
            every_months=every.value,
            hours_asked=law.premium_hours_per_week.value,
            prorated=law.premium_prorated.value,
            unbroken_asked=law.premium_unbroken_months.value,
            sources=tuple(map(_source, used)),
        )
    )


def worked_out(basis: PremiumBasis) -> PremiumResult:
    """Return the premium that follows from a basis alone; a kept basis gives the same again."""
    against = {
        WhyPremium.DID_NOT_COOPERATE: not basis.cooperated,
        WhyPremium.PERIOD_TOO_SHORT: basis.months < basis.every_months,
        WhyPremium.BROKEN: basis.unbroken_months < basis.unbroken_asked,
        WhyPremium.TOO_FEW_HOURS: not _part(basis),
    }
    why = tuple(reason for reason, holds in against.items() if holds)
    if why:
        return PremiumResult(0, why, basis)
    cents = (basis.full_cents * _part(basis)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    whole = _part(basis) == 1
    return PremiumResult(int(cents), (WhyPremium.WHOLE if whole else WhyPremium.PART,), basis)


def as_json(result: PremiumResult) -> dict[str, Any]:
    """Return a result as plain data for JSON: days as YYYY-MM-DD, hours as a text."""
    basis = {field.name: getattr(result.basis, field.name) for field in fields(PremiumBasis)}
    sources = [
        {field.name: _plain(getattr(source, field.name)) for field in fields(Source)}
        for source in result.basis.sources
    ]
    return {
        "cents": result.cents,
        "because": [reason.value for reason in result.because],
        "basis": {name: _plain(value) for name, value in basis.items()} | {"sources": sources},
    }


def from_json(data: Mapping[str, Any]) -> PremiumResult:
    """Return the result that as_json wrote down. Raises KeyError, ValueError for anything else."""
    basis = dict(data["basis"])
    days = {name: date.fromisoformat(basis[name]) for name in _DAYS}
    hours = {"hours_per_week": Decimal(basis["hours_per_week"])}
    sources = tuple(
        Source(
            name=one["name"],
            value=one["value"],
            valid_from=date.fromisoformat(one["valid_from"]),
            article=one["article"],
            address=one["address"],
            confidence=Confidence(one["confidence"]),
        )
        for one in basis["sources"]
    )
    return PremiumResult(
        cents=data["cents"],
        because=tuple(map(WhyPremium, data["because"])),
        basis=PremiumBasis(**basis | days | hours | {"sources": sources}),
    )


_DAYS = ("decided_on", "starts_on", "ends_on")


def _months_worked(
    facts: ClockFacts, law: ParticipationJobLaw, done: int, full: int, on: date
) -> int:
    """Return how many whole months after `done` were full before the work ended, up to `full`."""
    ends_on = facts.ends_on
    if ends_on is None:
        return full - done
    months = 0
    while done + months < full and ends_on >= full_on(
        facts.stretches, law, Counting.WORKED, done + months + 1, on=on
    ):
        months += 1
    return months


def _part(basis: PremiumBasis) -> Decimal:
    if basis.hours_per_week >= basis.hours_asked:
        return Decimal(1)
    return basis.hours_per_week / basis.hours_asked if basis.prorated else Decimal(0)


def _source(value: Value[Any]) -> Source:
    return Source(
        name=value.name,
        value=str(value.value),
        valid_from=value.valid_from,
        article=value.article,
        address=value.address,
        confidence=value.confidence,
    )


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | StrEnum) else value
