"""The history as columns: one NumPy array per field, one place per statement."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from meedoen.rules.indicators.days import (
    FAR_FUTURE,
    FAR_FUTURE_DAY,
    day_number,
    moment_number,
)
from meedoen.rules.indicators.sorting import in_order
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState

TYPES: Mapping[str, type[np.generic]] = {
    "entry": np.int64,
    "person": np.int64,
    "kind": np.int8,
    "starts": np.int32,
    "ends": np.int32,
    "recorded": np.int64,
    "replaced": np.int64,
    "withdrawn": np.bool_,
    "state": np.int8,
    "place_kind": np.int8,
    "self_found": np.bool_,
    "rung": np.int8,
    "ladder_version": np.int16,
    "outcome": np.int8,
    "district": np.int32,
    "organisation": np.int32,
    "legal_task": np.int8,
    "domain": np.int16,
    "score": np.int8,
}
"""Every column with the type in which it is kept."""

AT_ONCE = 2
"""Columns that are put in order, and indicators that are counted, at the same time: two cores."""

MANY = 100_000
"""From so many statements on it pays to take columns at the same time."""

NOT_A_REPLACEMENT = 0
"""In the array `replaces`: this statement takes the place of no other."""


class HistoryError(ValueError):
    """The history cannot be right; the message names the statements."""


def code_of(word: StrEnum | str) -> int:
    """Give a word its number in the columns: its place in its own list plus one; 0 for no word.

    Raises ValueError for a text that is not a word of one of the lists.
    """
    if isinstance(word, StrEnum):
        return list(type(word)).index(word) + 1
    if word == "":
        return 0
    raise ValueError(f"{word!r} is a plain text: give the word of its list, or an empty text")


def is_one_of(column: NDArray[np.int8], words: Iterable[StrEnum]) -> NDArray[np.bool_]:
    """Tell where a column of codes holds one of the words."""
    found = np.zeros(len(column), dtype=np.bool_)
    for word in words:
        # A few comparisons are quicker than looking each code up.
        found |= column == code_of(word)
    return found


def words_to_codes(words: type[StrEnum], values: Iterable[str]) -> NDArray[np.int8]:
    """Give many words of one list their numbers; an empty text becomes 0.

    Raises HistoryError naming the values that are not in the list.
    """
    codes = {"": 0} | {word.value: code_of(word) for word in words}
    found = list(values)
    unknown = sorted({value for value in found if value not in codes})
    if unknown:
        raise HistoryError(
            f"not in {words.__name__}: {', '.join(map(repr, unknown))}; "
            f"possible is {', '.join(words)}"
        )
    return np.array([codes[value] for value in found], dtype=np.int8)


def name_codes(names: Iterable[str], earlier: Mapping[str, int] | None = None) -> dict[str, int]:
    """Give every name, such as a ladder version or a life domain, a number; "" is 0.

    Those given `earlier` keep theirs. The numbers mean only same or different, so any numbering
    that stays the same will do.
    """
    codes = {"": 0} | dict(earlier or {})
    for name in names:
        codes.setdefault(name, len(codes))
    return codes


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Columns:
    """The statements of a history in order of id, everything that was ever recorded.

    Count nothing on these: ask `known_at` first, which leaves out what was replaced.
    """

    entry: NDArray[np.int64]
    person: NDArray[np.int64]
    kind: NDArray[np.int8]
    """`code_of` an EntryKind."""
    starts: NDArray[np.int32]
    """Days since 1970-01-01."""
    ends: NDArray[np.int32]
    """First day after the stretch; FAR_FUTURE_DAY when open."""
    recorded: NDArray[np.int64]
    """Microseconds since 1970 in UTC."""
    replaced: NDArray[np.int64]
    """When the successor was recorded; FAR_FUTURE without one."""
    withdrawn: NDArray[np.bool_]
    state: NDArray[np.int8]
    place_kind: NDArray[np.int8]
    self_found: NDArray[np.bool_]
    rung: NDArray[np.int8]
    ladder_version: NDArray[np.int16]
    """Numbers that mean only same or different; 0 is no version."""
    outcome: NDArray[np.int8]
    district: NDArray[np.int32]
    organisation: NDArray[np.int32]
    legal_task: NDArray[np.int8]
    """`code_of` a LegalTask; 0 where the statement does not say under which law."""
    domain: NDArray[np.int16]
    """Numbers that mean only same or different; 0 is no life domain."""
    score: NDArray[np.int8]

    @classmethod
    def from_arrays(cls, *, entry: ArrayLike, replaces: ArrayLike, **others: ArrayLike) -> Self:
        """Columns from arrays of equal length in order of id.

        `replaces` holds the id that a statement takes the place of, 0 for none; `others` are
        all columns but `entry` and `replaced`. Raises HistoryError naming the ids that are
        not increasing, replaced twice, or not there; and for a column that is missing,
        unknown, too short, or holds a value that does not fit.
        """
        check_names(others, TYPES.keys() - {"entry", "replaced"})
        arrays = {name: fitting(name, values, TYPES[name]) for name, values in others.items()}
        arrays["entry"] = fitting("entry", entry, TYPES["entry"])
        earlier = np.asarray(replaces, dtype=np.int64)
        check_lengths("entry", arrays | {"replaces": earlier})
        check_increasing(arrays["entry"])
        arrays["replaced"] = _replaced(arrays["entry"], earlier, arrays["recorded"])
        return cls(**arrays)

    @classmethod
    def from_statements(cls, statements: Iterable[Statement]) -> Self:
        """Columns from statements in any order. Raises HistoryError as `from_arrays` does."""
        rows = sorted(statements, key=lambda statement: statement.id)
        versions = name_codes(row.ladder_version for row in rows)
        domains = name_codes(row.domain for row in rows)
        return cls.from_arrays(
            entry=[row.id for row in rows],
            replaces=[row.replaces or NOT_A_REPLACEMENT for row in rows],
            person=[row.person for row in rows],
            kind=words_to_codes(EntryKind, (row.kind for row in rows)),
            starts=[day_number(row.starts_on) for row in rows],
            ends=[
                FAR_FUTURE_DAY if row.ends_on is None else day_number(row.ends_on) for row in rows
            ],
            recorded=[moment_number(row.recorded_at) for row in rows],
            withdrawn=[row.withdrawn for row in rows],
            state=words_to_codes(PlacementState, (row.state for row in rows)),
            place_kind=words_to_codes(PlaceKind, (row.place_kind for row in rows)),
            self_found=[row.self_found for row in rows],
            rung=[row.rung for row in rows],
            ladder_version=[versions[row.ladder_version] for row in rows],
            outcome=words_to_codes(Outcome, (row.outcome for row in rows)),
            district=[row.district for row in rows],
            organisation=[row.organisation for row in rows],
            legal_task=words_to_codes(LegalTask, (row.legal_task for row in rows)),
            domain=[domains[row.domain] for row in rows],
            score=[row.score for row in rows],
        )

    def __len__(self) -> int:
        return len(self.entry)

    def known_at(self, moment: datetime | None) -> "KnownColumns":
        """Keep the statements as known at a moment; None is with everything recorded.

        Known is what was recorded by then, not yet replaced by then and not withdrawn.
        Raises ValueError for a moment without a time zone.
        """
        standing = ~self.withdrawn
        if moment is None:
            standing &= self.replaced == FAR_FUTURE
        else:
            number = moment_number(moment)
            standing &= (self.recorded <= number) & (self.replaced > number)
        return KnownColumns(**self._taken(np.flatnonzero(standing)))

    def by_kind_and_person(self, kinds: Iterable[EntryKind] = EntryKind) -> Self:
        """Return the statements of some kinds in order of kind, person, first day and id.

        Every word gives the same on these, and most find what they put in order there already.
        """
        rows = np.flatnonzero(is_one_of(self.kind, kinds))
        rows = rows[in_order(self.kind[rows], self.person[rows], self.starts[rows])]
        return type(self)(**self._taken(rows))

    def kept(self, wanted: NDArray[np.bool_]) -> Self:
        """Return some of the statements, in the same order."""
        return type(self)(**self._taken(np.flatnonzero(wanted)))

    def _taken(self, rows: NDArray[np.intp]) -> dict[str, NDArray[Any]]:
        names = [field.name for field in fields(self)]
        if len(rows) < MANY:
            return {name: getattr(self, name).take(rows) for name in names}
        # NumPy lets go of Python while it takes what is in these rows.
        with ThreadPoolExecutor(AT_ONCE) as pool:
            arrays = pool.map(lambda name: getattr(self, name).take(rows), names)
            return dict(zip(names, arrays, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class KnownColumns(Columns):
    """The part of a history that was known at one moment: what may be counted.

    A class of its own, so that the type checker refuses to count the whole history.
    """


def check_names(others: Mapping[str, ArrayLike], expected: AbstractSet[str]) -> None:
    """Raise HistoryError when not exactly the expected columns are there."""
    missing, unknown = sorted(expected - others.keys()), sorted(others.keys() - expected)
    if missing or unknown:
        raise HistoryError(
            f"columns missing: {', '.join(missing) or 'none'}; "
            f"columns unknown: {', '.join(unknown) or 'none'}"
        )


def fitting(name: str, values: ArrayLike, kept_as: type[np.generic]) -> NDArray[Any]:
    """Give the values the type of their column; raise HistoryError where that would change one."""
    given = np.asarray(values)
    if given.dtype == kept_as:
        return given
    kept = given.astype(kept_as)
    if given.size and not np.array_equal(kept, given):
        wrong = given[kept != given][:1]
        raise HistoryError(f"column {name}: {wrong[0]!r} does not fit in {kept.dtype}")
    return kept


def check_lengths(first: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Raise HistoryError naming the columns that are not as long as the first."""
    length = len(arrays[first])
    odd = [f"{name} ({len(array)})" for name, array in arrays.items() if len(array) != length]
    if odd:
        raise HistoryError(f"{first} has {length} values, but not these columns: {', '.join(odd)}")


def check_increasing(ids: NDArray[np.int64]) -> None:
    """Raise HistoryError naming the ids that do not increase, or do not start at 1 or higher."""
    if len(ids) and ids[0] <= NOT_A_REPLACEMENT:
        raise HistoryError(f"ids start at 1, but the first is {ids[0]}")
    late = ids[1:][np.diff(ids) <= 0]
    if len(late):
        raise HistoryError(f"ids must increase, but these do not: {_named(late)}")


def _replaced(
    entry: NDArray[np.int64], replaces: NDArray[np.int64], recorded: NDArray[np.int64]
) -> NDArray[np.int64]:
    """When every statement was replaced, in microseconds; FAR_FUTURE for never."""
    successors = np.flatnonzero(replaces != NOT_A_REPLACEMENT)
    earlier = replaces[successors]
    places = np.searchsorted(entry, earlier)
    found = np.zeros(len(earlier), dtype=np.bool_)
    inside = places < len(entry)
    found[inside] = entry[places[inside]] == earlier[inside]
    if not found.all():
        raise HistoryError(f"replaced, but not in the history: {_named(earlier[~found])}")
    forward = places >= successors
    if forward.any():
        raise HistoryError(
            f"replace themselves or a later statement: {_named(entry[successors[forward]])}"
        )
    distinct, times = np.unique(earlier, return_counts=True)
    if (times > 1).any():
        raise HistoryError(f"replaced more than once: {_named(distinct[times > 1])}")
    moments = np.full(len(entry), FAR_FUTURE, dtype=np.int64)
    moments[places] = recorded[successors]
    return moments


def _named(ids: Sequence[int] | NDArray[np.int64], most: int = 10) -> str:
    named = ", ".join(str(number) for number in ids[:most])
    return named if len(ids) <= most else f"{named} and {len(ids) - most} more"
