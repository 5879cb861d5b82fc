"""The figures of the same year in two documents side by side, and why they differ.

A budget says what is aimed for and an account what was reached; an interim report counts on
another day than the account; and what was recorded between two documents changes what is known of
a day long past. Each of those is a reason of its own, and more than one can hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from meedoen.rules.documents.words import QuotedKind
from meedoen.rules.indicators.disclosure import Shown

PROMISES = (QuotedKind.AIMED, QuotedKind.BUDGETED, QuotedKind.FORECAST)
"""What stands beside what was reached, the first that is there."""


class Reason(StrEnum):
    """Why a figure differs from the one of the same year in the other document."""

    ONLY_ONE = "only_one"
    """It stands in one of the two only."""
    OTHER_KIND = "other_kind"
    """What was aimed for, printed or expected is set against what was counted."""
    OTHER_REFERENCE_DATE = "other_reference_date"
    OTHER_DEFINITION = "other_definition"
    """It was counted by another version of the definition."""
    LATER_KNOWLEDGE = "later_knowledge"
    """The same day, counted again with what was recorded since."""
    OTHER_PROMISE = "other_promise"
    """Something else is aimed for, printed or expected for the same year."""
    RECTIFIED = "rectified"
    """One of the two was rectified after its document was adopted."""
    SHOWN_OTHERWISE = "shown_otherwise"
    """Nothing else says why it reads otherwise: it is hidden in one of the two, or rounded."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about; `district` is its number, 0 for all, and `part` "" for the whole."""

    indicator: str
    year: int | None
    part: str = ""
    district: int = 0
    place_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A figure as it stands in a document; the days and versions are None where none was counted.

    `rectified` is what it was rectified to, None when it never was.
    """

    adopted_id: int
    subject: Subject
    kind: QuotedKind
    shown: Shown
    rectified: Shown | None = None
    reference_date: date | None = None
    definition_version: date | None = None
    known_at: datetime | None = None
    figure_id: int | None = None

    @property
    def now(self) -> Shown:
        """Return what holds for this document now."""
        return self.rectified or self.shown


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures about the same, of which one may be missing, and why they differ.

    `reasons` is empty when both say the same.
    """

    first: Standing | None
    second: Standing | None
    reasons: tuple[Reason, ...]

    @property
    def subject(self) -> Subject:
        """Return what the figures are about. Raises ValueError for a pair of nothing."""
        for one in (self.first, self.second):
            if one is not None:
                return one.subject
        raise ValueError("a pair has at least one of the two figures")

    @property
    def difference(self) -> int | None:
        """Return how much the second is more; None where one of them is no number that is shown."""
        if self.first is None or self.second is None:
            return None
        first, second = self.first.now.text, self.second.now.text
        both = first.isdecimal() and second.isdecimal()
        return int(second) - int(first) if both else None


def pairs(first: Sequence[Standing], second: Sequence[Standing]) -> list[Pair]:
    """Put the figures of two documents side by side, in the order of the first, then the second.

    Figures of one kind stand beside each other, and what one of the two promised beside what the
    other reached. Of a figure that a document quotes more than once the first is taken.
    """
    theirs, ours = _by_subject(first), _by_subject(second)
    found: list[Pair] = []
    for subject in dict.fromkeys([*theirs, *ours]):
        found += _of_subject(theirs.get(subject, {}), ours.get(subject, {}))
    return found


Kinds = dict[QuotedKind, Standing]


def _by_subject(figures: Sequence[Standing]) -> dict[Subject, Kinds]:
    found: dict[Subject, Kinds] = {}
    for one in figures:
        found.setdefault(one.subject, {}).setdefault(one.kind, one)
    return found


def _of_subject(first: Kinds, second: Kinds) -> Iterator[Pair]:
    paired: set[int] = set()
    for left, right in [*_same_kind(first, second), *_promises(first, second)]:
        paired |= {left.adopted_id, right.adopted_id}
        yield Pair(left, right, tuple(_reasons(left, right)))
    for alone in first.values():
        if alone.adopted_id not in paired:
            yield Pair(alone, None, (Reason.ONLY_ONE,))
    for alone in second.values():
        if alone.adopted_id not in paired:
            yield Pair(None, alone, (Reason.ONLY_ONE,))


def _same_kind(first: Kinds, second: Kinds) -> Iterator[tuple[Standing, Standing]]:
    yield from ((one, second[kind]) for kind, one in first.items() if kind in second)


def _promises(first: Kinds, second: Kinds) -> Iterator[tuple[Standing, Standing]]:
    """Set what one document promised against what the other one reached."""
    reached = QuotedKind.ACHIEVED
    if reached in second and reached not in first:
        yield from ((first[kind], second[reached]) for kind in PROMISES if kind in first)
    elif reached in first and reached not in second:
        yield from ((first[reached], second[kind]) for kind in PROMISES if kind in second)


def _reasons(first: Standing, second: Standing) -> Iterator[Reason]:
    """Say why two figures differ; nothing when both say the same, and neither was rectified."""
    rectified = first.rectified is not None or second.rectified is not None
    if first.now == second.now and not rectified:
        return
    found = [*_of_adoption(first, second), *([Reason.RECTIFIED] if rectified else [])]
    yield from found or [Reason.SHOWN_OTHERWISE]


def _of_adoption(first: Standing, second: Standing) -> Iterator[Reason]:
    """Say why two figures differed when their documents were adopted."""
    if first.kind is not second.kind:
        yield Reason.OTHER_KIND
    elif first.reference_date != second.reference_date:
        yield Reason.OTHER_REFERENCE_DATE
    elif first.kind is not QuotedKind.ACHIEVED and first.shown != second.shown:
        yield Reason.OTHER_PROMISE
    if _both_counted(first, second):
        if first.definition_version != second.definition_version:
            yield Reason.OTHER_DEFINITION
        same_day = first.reference_date == second.reference_date
        if same_day and first.known_at != second.known_at and first.shown != second.shown:
            yield Reason.LATER_KNOWLEDGE


def _both_counted(first: Standing, second: Standing) -> bool:
    return first.figure_id is not None and second.figure_id is not None
