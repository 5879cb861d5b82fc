"""What was recorded since a figure was kept, told only when that says nothing of a few people."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from meedoen.rules.indicators.causes import Causes, Corrected
from meedoen.rules.indicators.causes_elsewhere import (
    ABOUT_PEOPLE,
    Elsewhere,
    Later,
    Noted,
    Subject,
)
from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.days import date_of, moment_of
from meedoen.rules.indicators.disclosure import (
    HIDDEN,
    Shown,
    protect,
)
from meedoen.rules.vocabulary import EntryKind, ReferralEvent

MOST_TOLD = 200
"""So many causes are told one by one, the newest; how many there are is told of all."""
Sort = EntryKind | ReferralEvent | Noted
"""An entry about somebody, a step of a referral, or something about an organisation or a place."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that was recorded later: what it is, since when it is true, since when known.

    `entry` is the number of an entry or of a step of a referral, 0 for what has none. `replaces` is
    the number of the entry that it corrects, 0 for what is new; `withdrawn` says that what it
    corrects was not true at all.
    """

    entry: int
    kind: Sort
    starts_on: date
    recorded_at: datetime
    replaces: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class CauseCount:
    """How many of a kind there are; new ones and corrections stand apart."""

    kind: Sort
    is_correction: bool
    count: Shown


@dataclass(frozen=True, slots=True)
class Told:
    """What changed a figure: of how many, by what, and whether a part of that is not told."""

    subject: Subject
    count: Shown
    by_kind: tuple[CauseCount, ...] = ()
    causes: tuple[Cause, ...] = ()
    withheld: bool = False


NOTHING = Told(Subject.PEOPLE, Shown("0", hidden=False))


def told_of_people(causes: Causes, history: Corrected, threshold: int) -> Told:
    """Tell what was recorded of people: one by one only when it is of enough of them.

    Nor is it told how many entries there are of few people: most acts write as many each time.
    """
    count = len(causes.people)
    enough = count >= threshold
    by_kind = _by_kind(causes, history, threshold)
    return Told(
        subject=Subject.PEOPLE,
        count=protect(count, threshold),
        by_kind=tuple(by_kind if enough else map(_without_number, by_kind)),
        causes=tuple(_entries(causes, history)) if enough else (),
        withheld=bool(count) and not enough,
    )


def told_elsewhere(found: Elsewhere, threshold: int) -> Told:
    """Tell what was recorded of referrals, organisations and places.

    What says of people what they did is told one by one when there is enough of it, as are asks.
    """
    about_people = found.subject in ABOUT_PEOPLE
    personal = [one for one in found.later if one.says_of_people]
    enough = len(personal) >= threshold and not (about_people and found.count < threshold)
    told = [one for one in found.later if enough or not one.says_of_people]
    counts = {one.sort: 0 for one in found.later}
    for one in found.later:
        counts[one.sort] += 1
    says_of_people = {one.sort for one in personal}
    return Told(
        subject=found.subject,
        count=protect(found.count, threshold) if about_people else _plain(found.count),
        by_kind=tuple(
            CauseCount(
                sort,
                is_correction=False,
                count=_count_of_people(count, threshold, enough=enough)
                if sort in says_of_people
                else _plain(count),
            )
            for sort, count in counts.items()
        ),
        causes=tuple(_cause(one) for one in told[::-1][:MOST_TOLD]),
        withheld=len(told) < len(found.later),
    )


def _count_of_people(count: int, threshold: int, *, enough: bool) -> Shown:
    return protect(count, threshold) if enough else HIDDEN


def _without_number(one: CauseCount) -> CauseCount:
    return replace(one, count=HIDDEN)


def _plain(count: int) -> Shown:
    return Shown(str(count), hidden=False)


def _cause(later: Later) -> Cause:
    return Cause(
        entry=later.number,
        kind=later.sort,
        starts_on=date_of(later.day),
        recorded_at=moment_of(later.recorded),
        replaces=0,
        withdrawn=False,
    )


def _by_kind(causes: Causes, history: Corrected, threshold: int) -> Iterator[CauseCount]:
    """Count the entries of each kind, small numbers protected; no line for none."""
    kinds = history.columns.kind[causes.rows]
    corrections = history.replaces[causes.rows] != 0
    for kind in EntryKind:
        for is_correction in (False, True):
            count = np.count_nonzero((kinds == code_of(kind)) & (corrections == is_correction))
            if count:
                yield CauseCount(kind, is_correction, protect(int(count), threshold))


def _entries(causes: Causes, history: Corrected) -> Iterator[Cause]:
    """Tell the entries one by one, the newest first."""
    columns, kinds = history.columns, tuple(EntryKind)
    for row in causes.rows[::-1][:MOST_TOLD].tolist():
        yield Cause(
            entry=int(columns.entry[row]),
            kind=kinds[int(columns.kind[row]) - 1],
            starts_on=date_of(int(columns.starts[row])),
            recorded_at=moment_of(int(columns.recorded[row])),
            replaces=int(history.replaces[row]),
            withdrawn=bool(columns.withdrawn[row]),
        )
