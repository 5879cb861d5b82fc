"""Steps in life domains: somebody's first step against the last one, domain by domain.

The steps of the ladder are too large for people far from work, so steps inside a rung are
followed by life domain (GR IJsselgemeenten, 2023,
https://vng.nl/praktijkvoorbeelden/uitgebreide-participatieladder-van-de-gr-ijsselgemeenten).
No formula is published; a change of score per domain is the natural reading. Growth on the
ladder (growth.py) is another outcome: the two are shown side by side and never added up, and
nothing here takes a rung.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meedoen.rules.ladder.life_domains import LifeDomain


class StepChange(StrEnum):
    """How the last step in one domain compares with the first."""

    UP = "up"
    DOWN = "down"
    EQUAL = "equal"
    MEASURED_ONCE = "measured_once"


class StepGrowthClass(StrEnum):
    """How somebody's steps changed, all domains together."""

    GROWTH = "growth"
    """At least one domain up, none down."""
    DECLINE = "decline"
    """At least one domain down, none up."""
    MIXED = "mixed"
    """At least one domain up and one down; one does not make up for the other."""
    EQUAL = "equal"
    """At least one domain was measured twice, and none changed."""
    MEASURED_ONCE = "measured_once"
    """No domain was measured twice: there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class MeasuredSteps:
    """The steps, 1 to 5, that were set on a day by one version of the instrument."""

    day: date
    instrument: str
    scores: Mapping[LifeDomain, int]


@dataclass(frozen=True, slots=True)
class DomainSteps:
    """The first and the last step of one person in one domain; equal when measured once."""

    domain: LifeDomain
    change: StepChange
    first: int
    first_day: date
    last: int
    last_day: date


@dataclass(frozen=True, slots=True)
class StepGrowth:
    """How one person's steps changed, for each domain that was measured."""

    kind: StepGrowthClass
    domains: tuple[DomainSteps, ...]

    @property
    def up(self) -> int:
        """Return in how many domains the last step is higher."""
        return sum(one.change is StepChange.UP for one in self.domains)

    @property
    def down(self) -> int:
        """Return in how many domains the last step is lower."""
        return sum(one.change is StepChange.DOWN for one in self.domains)


@dataclass(frozen=True, slots=True)
class StepMove:
    """A domain stood on another step than the time before it was measured."""

    domain: LifeDomain
    day: date
    before: int
    now: int

    @property
    def change(self) -> StepChange:
        """Say whether it went up or down."""
        return step_change(self.before, self.now)


def step_moves(measurements: Iterable[MeasuredSteps]) -> tuple[StepMove, ...]:
    """Return every time a domain went up or down, first to last.

    A domain is compared with the last time it was measured by the same version.
    """
    moves: list[StepMove] = []
    last: dict[tuple[str, LifeDomain], int] = {}
    for measured in sorted(measurements, key=lambda one: one.day):
        for domain in LifeDomain:
            now = measured.scores.get(domain)
            if now is None:
                continue
            before = last.get((measured.instrument, domain), now)
            if before != now:
                moves.append(StepMove(domain, measured.day, before, now))
            last[measured.instrument, domain] = now
    return tuple(moves)


def step_growth(measurements: Iterable[MeasuredSteps]) -> StepGrowth | None:
    """Compare the first with the last measurement of one person in each domain.

    Only measurements by the version of the last one count; the caller has already left out what
    falls outside the period. Of two on one day the one given later is the later one. A domain
    that one of them left out was not measured then. Domains come in the order of the
    instrument. Returns None for somebody of whom no domain was measured.
    """
    in_order = [one for one in sorted(measurements, key=lambda one: one.day) if one.scores]
    if not in_order:
        return None
    version = in_order[-1].instrument
    comparable = [one for one in in_order if one.instrument == version]
    domains = tuple(
        _compare(domain, [one for one in comparable if domain in one.scores])
        for domain in LifeDomain
        if any(domain in one.scores for one in comparable)
    )
    return StepGrowth(_kind({one.change for one in domains}), domains)


def step_change(before: int | None, now: int) -> StepChange:
    """Compare a step with the one before it in the same domain; None when there is none before."""
    if before is None:
        return StepChange.MEASURED_ONCE
    if now == before:
        return StepChange.EQUAL
    return StepChange.UP if now > before else StepChange.DOWN


def _compare(domain: LifeDomain, measured: list[MeasuredSteps]) -> DomainSteps:
    first, last = measured[0], measured[-1]
    before = first.scores[domain] if len(measured) > 1 else None
    return DomainSteps(
        domain=domain,
        change=step_change(before, last.scores[domain]),
        first=first.scores[domain],
        first_day=first.day,
        last=last.scores[domain],
        last_day=last.day,
    )


def _kind(changes: set[StepChange]) -> StepGrowthClass:
    if {StepChange.UP, StepChange.DOWN} <= changes:
        return StepGrowthClass.MIXED
    if StepChange.UP in changes:
        return StepGrowthClass.GROWTH
    if StepChange.DOWN in changes:
        return StepGrowthClass.DECLINE
    if StepChange.EQUAL in changes:
        return StepGrowthClass.EQUAL
    return StepGrowthClass.MEASURED_ONCE
