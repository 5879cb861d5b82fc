"""What changes in the dates of a participation job when one date moves."""

from dataclasses import dataclass, replace
from datetime import date

from meedoen.rules.law.participation_job import ParticipationJobTable
from meedoen.rules.participation_job.clock import milestones
from meedoen.rules.participation_job.facts import ClockFacts, Extension, Stretch
from meedoen.rules.participation_job.milestones import Milestone


@dataclass(frozen=True, slots=True)
class Change:
    """One date before and after; None where it is not there, as a premium beyond the end."""

    before: Milestone | None
    after: Milestone | None


def what_if(
    before: ClockFacts,
    after: ClockFacts,
    *,
    on: date,
    table: ParticipationJobTable | None = None,
) -> tuple[Change, ...]:
    """Return the dates that differ, in order of date as they would become.

    Raises ClockError when the law does not allow one of the two.
    """
    was = {(one.kind, one.number): one for one in milestones(before, on=on, table=table)}
    becomes = {(one.kind, one.number): one for one in milestones(after, on=on, table=table)}
    gone = [key for key in was if key not in becomes]
    changes = (Change(was.get(key), becomes.get(key)) for key in [*becomes, *gone])
    return tuple(change for change in changes if change.before != change.after)


def with_start(facts: ClockFacts, starts_on: date, *, at: int = -1) -> ClockFacts:
    """Return the facts with another first day of a stretch; the last one when not said."""
    stretches = list(facts.stretches)
    stretches[at] = replace(stretches[at], starts_on=starts_on)
    return replace(facts, stretches=tuple(stretches))


def with_end(facts: ClockFacts, ends_on: date | None) -> ClockFacts:
    """Return the facts with another first day after the last stretch."""
    stretches = (*facts.stretches[:-1], replace(facts.stretches[-1], ends_on=ends_on))
    return replace(facts, stretches=stretches)


def with_stretch(facts: ClockFacts, stretch: Stretch) -> ClockFacts:
    """Return the facts with a stretch cut into them, such as a trial that is left out.

    What it falls in is split around it; what lies wholly inside it is taken away.
    """
    kept = [part for one in facts.stretches for part in _around(one, stretch)]
    ordered = sorted([*kept, stretch], key=lambda one: one.starts_on)
    return replace(facts, stretches=tuple(ordered))


def with_extension(facts: ClockFacts, extension: Extension) -> ClockFacts:
    """Return the facts with an extension, in the place of another one with that number."""
    others = [one for one in facts.extensions if one.number != extension.number]
    ordered = sorted([*others, extension], key=lambda one: one.number)
    return replace(facts, extensions=tuple(ordered))


def _around(one: Stretch, cut: Stretch) -> list[Stretch]:
    parts = []
    if one.starts_on < cut.starts_on:
        end = cut.starts_on if one.ends_on is None else min(one.ends_on, cut.starts_on)
        parts.append(replace(one, ends_on=end))
    if cut.ends_on is not None and (one.ends_on is None or cut.ends_on < one.ends_on):
        parts.append(replace(one, starts_on=max(one.starts_on, cut.ends_on)))
    return parts
