"""Reading many entries at once, straight from the database into arrays.

They are read in blocks, several at the same time, and go into arrays that are as large as all of
them together from the beginning. Each block finds its own names of ladders and domains; these get
their numbers in the order of the blocks, whichever is ready first.

Who may read what is said in one place, `Entry.objects.visible_to`: its question is taken, and
only how the answer comes is different here.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

import numpy as np
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from numpy.typing import NDArray

from meedoen.records.history.apart import AT_ONCE, as_of_one_moment, connections_apart
from meedoen.records.history.models import STILL_OPEN, Entry, EntryQuerySet
from meedoen.records.history.packed import PackedError
from meedoen.records.history.whole_columns import WholeColumns, whole_columns
from meedoen.records.history.words import Words
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.columns import TYPES, HistoryError, code_of, name_codes
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState

Arrays = Mapping[str, NDArray[Any]]
"""An array for every column of the history but `replaced`, and `replaces`."""
Names = Mapping[str, Mapping[str, int]]
"""The numbers of ladder versions and of domains; they only say same or different."""

ENTRIES_AT_ONCE = 50_000
"""A block of entries takes some 60 MB while it is read."""
MOST_FILLED = 0.9
"""Arrays of which less is filled are copied, so that room is not kept for other municipalities."""
WORDS = {
    "kind": EntryKind,
    "state": PlacementState,
    "place_kind": PlaceKind,
    "outcome": Outcome,
    "legal_task": LegalTask,
}
NAMES = ("ladder_version", "domain")
"""Words that are not in a list of ours: they get numbers as they come."""
MOST_NAMES = 1 << 15
"""So many numbers, that of no name included, fit in the column of an entry."""


@dataclass(frozen=True, slots=True)
class Read:
    """Entries in order of id as arrays, with the numbers that were given to names."""

    arrays: Arrays
    names: Names

    def __len__(self) -> int:
        return len(self.arrays["entry"])

    @property
    def last(self) -> int:
        """The id of the last entry; 0 when there is none."""
        return int(self.arrays["entry"][-1]) if len(self) else 0

    def up_to(self, entry: int) -> "Read":
        """Return the entries up to and including an id."""
        size = int(np.searchsorted(self.arrays["entry"], entry, side="right"))
        if size == len(self):
            return self
        return Read({name: column[:size] for name, column in self.arrays.items()}, self.names)


NO_ENTRIES = Read(
    {
        name: np.zeros(0, dtype=TYPES.get(name, np.int64))
        for name in [*(TYPES.keys() - {"replaced"}), "replaces"]
    },
    {name: name_codes([]) for name in NAMES},
)


def read_entries(viewer: Viewer, *, after: Read = NO_ENTRIES) -> Read:
    """Return what was read before with the entries that come after it, in order of id.

    Nothing is read for who may not read the history. Raises HistoryError for a word that is not in
    its list.
    """
    with as_of_one_moment() as may_be_apart:
        rows = Entry.objects.visible_to(viewer)
        last = rows.order_by("-pk").values_list("pk", flat=True).first() or 0
        firsts = range(after.last + 1, last + 1, ENTRIES_AT_ONCE)
        blocks = [
            rows.filter(pk__gte=first, pk__lt=min(first + ENTRIES_AT_ONCE, last + 1))
            for first in firsts
        ]
        if not blocks:
            return after
        growing = _Growing(after, room=last - after.last)
        apart = may_be_apart and len(blocks) > 1
        for block in _at_the_same_time(blocks) if apart else map(_columns, blocks):
            growing.add(block)
        return growing.whole()


def _at_the_same_time(blocks: Sequence[EntryQuerySet]) -> Iterator[WholeColumns]:
    """Read blocks on several connections, when there are any; they come in their own order."""
    with connections_apart() as databases:
        if not databases:
            yield from map(_columns, blocks)
            return
        free: SimpleQueue[BaseDatabaseWrapper] = SimpleQueue()
        for database in databases:
            free.put(database)

        def read(block: EntryQuerySet) -> WholeColumns:
            database = free.get()
            try:
                return _columns(block, database)
            finally:
                free.put(database)

        with ThreadPoolExecutor(len(databases)) as pool:
            yield from pool.map(read, blocks)


def read_some(viewer: Viewer, *, ids: list[int], names: Names) -> Read:
    """Return a few entries, names by the numbers given before; ids that are not there are not."""
    growing = _Growing(Read(NO_ENTRIES.arrays, names), room=len(ids))
    growing.add(_columns(Entry.objects.visible_to(viewer).filter(pk__in=ids)))
    return growing.whole()


def _columns(rows: EntryQuerySet, database: BaseDatabaseWrapper = connection) -> WholeColumns:
    rows.demand_scope()
    try:
        return whole_columns(rows, database)
    except PackedError as error:
        raise HistoryError(f"the history cannot be read from the database: {error}") from error


class _Growing:
    """Arrays with room for entries that are still to be read."""

    def __init__(self, before: Read, *, room: int) -> None:
        self._names, self._size = before.names, len(before)
        self._arrays = {
            name: np.empty(self._size + room, dtype=array.dtype)
            for name, array in before.arrays.items()
        }
        # NumPy lets go of Python while it copies; of a large history that is 770 MB.
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._begin_with, *zip(*before.arrays.items(), strict=True)))

    def _begin_with(self, name: str, array: NDArray[Any]) -> None:
        self._arrays[name][: self._size] = array

    def add(self, block: WholeColumns) -> None:
        """Put entries behind the others, in order of id."""
        entry = block.numbers["entry"]
        rising = bool((entry[1:] > entry[:-1]).all())
        order = slice(None) if rising else np.argsort(entry)
        places = slice(self._size, self._size + len(entry))
        for name, column in self._columns(block).items():
            self._arrays[name][places] = column[order]
        self._size += len(entry)

    def _columns(self, block: WholeColumns) -> Arrays:
        """Return what the columns of a block become in the history."""
        entry = block.numbers["entry"]
        words = {name: _codes(name, block.words[name], entry) for name in WORDS}
        self._names = {
            name: name_codes(block.words[name].words, self._names[name]) for name in NAMES
        }
        for name in NAMES:
            if len(self._names[name]) > MOST_NAMES:
                raise HistoryError(
                    f"there are more than {MOST_NAMES - 1} different values of {name}"
                )
        names = {
            name: _numbered(block.words[name], self._names[name], TYPES[name]) for name in NAMES
        }
        open_ended = block.numbers["ends"] >= day_number(STILL_OPEN)
        ends = np.where(open_ended, FAR_FUTURE_DAY, block.numbers["ends"])
        return {**block.numbers, **words, **names, "ends": ends}

    def whole(self) -> Read:
        """Return everything that was put in."""
        return Read(
            {name: _without_room(array, self._size) for name, array in self._arrays.items()},
            self._names,
        )


def _without_room(array: NDArray[Any], size: int) -> NDArray[Any]:
    """Return what is filled of an array; much room that is left over is given back."""
    return array[:size] if size > MOST_FILLED * len(array) else array[:size].copy()


def _codes(name: str, column: Words, entry: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return the code of the word of each entry. Raises HistoryError for one not in the list."""
    codes = {"": 0} | {word.value: code_of(word) for word in WORDS[name]}
    for place, word in enumerate(column.words):
        if word not in codes:
            wrong = entry[column.places == place][0]
            raise HistoryError(
                f"{name} of entry {wrong} is not in {WORDS[name].__name__}: {word!r}"
            )
    return _numbered(column, codes, np.int8)


def _numbered(column: Words, numbers: Mapping[str, int], kept_as: Any) -> NDArray[Any]:
    """Return the number of the word of each entry, as it is kept."""
    return np.array([numbers[word] for word in column.words], dtype=kept_as)[column.places]
