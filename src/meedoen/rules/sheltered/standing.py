"""On which days somebody may work in sheltered work, and on which they have a job in it.

New sheltered work comes after a decision that it is needed: Participatiewet, article 10b(1); help
that bridges the time until the job begins comes after it too: 10b(7). Old sheltered work is a job
by itself: Wsw, articles 2 and 7.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Protocol

from meedoen.rules.sheltered.words import ShelteredState
from meedoen.rules.vocabulary import PlaceKind

SHELTERED_KINDS = frozenset({PlaceKind.SHELTERED_NEW, PlaceKind.SHELTERED_WSW})
"""The kinds of places where nobody takes part without a decision or a job."""
GRANTED = frozenset(
    {
        ShelteredState.GRANTED,
        ShelteredState.WAITING,
        ShelteredState.BRIDGING,
        ShelteredState.EMPLOYED,
    }
)
"""The states in which the decision that sheltered work is needed holds."""

IN_PROCESS = frozenset(
    {
        ShelteredState.REQUESTED,
        ShelteredState.IN_RESEARCH,
        ShelteredState.ADVICE_POSITIVE,
        ShelteredState.ADVICE_NEGATIVE,
        ShelteredState.GRANTED,
        ShelteredState.WAITING,
        ShelteredState.BRIDGING,
    }
)
"""The states in which somebody is on the way: no job yet, and nothing that closes the track."""


class _Step(Protocol):
    """What of a step of a track decides."""

    @property
    def state(self) -> str: ...
    @property
    def on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody may work in a kind of sheltered work during a stretch, and may have a job in it.

    `ends_on` is the first day after it.
    """

    kind: PlaceKind
    starts_on: date
    ends_on: date
    is_employed: bool

    @property
    def stretch(self) -> tuple[date, date]:
        """Return the first day, and the first day after it."""
        return self.starts_on, self.ends_on


def standings(steps: Sequence[_Step], *, still_open: date) -> Iterator[Standing]:
    """Yield how somebody stands by a track, from its steps in order; an open end is `still_open`.

    What lasted no day is left out.
    """
    for step, after in zip_longest(steps, steps[1:]):
        ends_on = after.on if after else still_open
        if step.state in GRANTED and step.on < ends_on:
            employed = step.state == ShelteredState.EMPLOYED
            yield Standing(PlaceKind.SHELTERED_NEW, step.on, ends_on, is_employed=employed)


def processes(steps: Sequence[_Step], *, still_open: date) -> Iterator[tuple[date, date]]:
    """Yield from when to when somebody was on the way by a track, from its steps in order.

    The second day is the first one after it, `still_open` for an open end. Who lost a job and
    waits again is on the way again. What lasted no day is left out.
    """
    since: date | None = None
    for step in steps:
        if step.state in IN_PROCESS:
            since = since or step.on
        elif since is not None:
            if since < step.on:
                yield since, step.on
            since = None
    if since is not None:
        yield since, still_open


def job_since(kind: PlaceKind, on: date, known: Iterable[Standing]) -> date | None:
    """Return since when somebody has the job of a kind that goes on on a day; None without one.

    What follows on from one day to the next is one job.
    """
    jobs = [one for one in known if one.kind is kind and one.is_employed]
    since = next((one.starts_on for one in jobs if one.starts_on <= on < one.ends_on), None)
    for one in sorted(jobs, key=lambda one: one.starts_on, reverse=True):
        if one.ends_on == since:
            since = one.starts_on
    return since


def may_take_part(kind: PlaceKind, on: date, known: Iterable[Standing]) -> bool:
    """Say whether somebody may take part at a place of a kind on a day, as far as it is sheltered.

    Nothing is asked of other kinds.
    """
    if kind not in SHELTERED_KINDS:
        return True
    return any(one.kind is kind and one.starts_on <= on < one.ends_on for one in known)
