"""Reading many entries at once, straight from the database into arrays.

A million rows as objects would take longer than all the counting after it. So the database turns
days, moments and words into numbers, puts the small ones side by side, and hands them over as one
long value for every block of entries: a text on SQLite, bytes on PostgreSQL. While SQLite makes
that text Python is free, so two blocks are read at a time.

Who may read what is said in one place, `Entry.objects.visible_to`: its question is taken, and
only how the answer comes is different here.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import F, IntegerField, Value
from django.db.models.functions import Cast, Coalesce
from numpy.typing import NDArray

from meedoen.records.history.models import STILL_OPEN, Entry, EntryQuerySet
from meedoen.records.history.numbers import (
    CodeOf,
    DayNumber,
    MomentNumber,
    SideBySide,
    from_characters,
    in_characters,
    unpacked,
)
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.columns import TYPES, HistoryError, code_of, name_codes
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState

Arrays = Mapping[str, NDArray[Any]]
"""An array for every column of the history but `replaced`, and `replaces`."""

ENTRIES_AT_ONCE = 200_000
"""A block of entries takes 14 MB while it is read."""
WORDS = {
    "kind": EntryKind,
    "state": PlacementState,
    "place_kind": PlaceKind,
    "outcome": Outcome,
    "legal_task": LegalTask,
}
WORD_BITS = 6
NO_WORD = (1 << WORD_BITS) - 1
NAMES = ("ladder_version", "domain")
"""Words that are not in a list of ours: they get numbers as they come."""
NAME_BITS = 12
NO_NAME = (1 << NAME_BITS) - 1
SMALL = {"rung": 3, "score": 3, "withdrawn": 1, "self_found": 1}
KEYS = {"district": "district_id", "organisation": "organisation_id"}
KEY_BITS = 31
DAYS = {"starts": "starts_on", "ends": "ends_on"}
DAY_BITS = 22
FIRST_DAY = -719_162
"""1 January of the year 1, from which days and moments are counted on the way."""
FIRST_MOMENT = FIRST_DAY * 24 * 60 * 60 * 1_000_000
WHOLE = {"entry": 40, "person": 40, "replaces": 40, "recorded": 60}
"""Columns that come in a number of their own, and how many bits each takes."""
SIDE_BY_SIDE = {
    "days": dict.fromkeys(DAYS, DAY_BITS),
    "keys": dict.fromkeys(KEYS, KEY_BITS),
    "small": dict.fromkeys(NAMES, NAME_BITS) | SMALL | dict.fromkeys(WORDS, WORD_BITS),
}
"""Which columns come in one number, and how many bits each takes."""
WIDTHS = [*WHOLE.values(), *(sum(bits.values()) for bits in SIDE_BY_SIDE.values())]
"""How many bits each number takes on the way."""
AT_ONCE = 2
"""Blocks that are read at the same time: for two cores."""


@dataclass(frozen=True, slots=True)
class Read:
    """Entries in order of id as arrays, with the numbers that were given to names."""

    arrays: Arrays
    names: Mapping[str, Mapping[str, int]]
    """The numbers of ladder versions and of domains; they only say same or different."""

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


def read_entries(viewer: Viewer, *, after: Read = NO_ENTRIES, until: int | None = None) -> Read:
    """Return what was read before with the entries that come after it, in order of id.

    `until` is the last id to read; None reads on to the newest. Nothing is read for who may not
    read the history. Raises HistoryError for a word that is not in its list.
    """
    with _as_of_one_moment():
        return _read_blocks(viewer, after, until)


@contextmanager
def _as_of_one_moment() -> Iterator[None]:
    """See on PostgreSQL what was there at one moment, however many questions are put.

    There a lower number can come later than a higher one, and with it an entry that replaces one
    in a block that was read already. SQLite lets one writer in at a time: what was the newest at
    the beginning has everything below it.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _read_blocks(viewer: Viewer, after: Read, until: int | None) -> Read:
    rows = Entry.objects.visible_to(viewer)
    last = until or rows.order_by("-pk").values_list("pk", flat=True).first() or 0
    firsts = range(after.last + 1, last + 1, ENTRIES_AT_ONCE)
    if not firsts:
        return after
    blocks = [
        rows.filter(pk__gte=first, pk__lt=min(first + ENTRIES_AT_ONCE, last + 1))
        for first in firsts
    ]
    names, arrays = after.names, [after.arrays]
    if len(blocks) > 1:
        names = _learned(rows.filter(pk__gte=firsts[0], pk__lte=last), names)
    for block, numbers in zip(blocks, _numbers_of(blocks, names), strict=True):
        names, found = _named(block, names, numbers)
        arrays.append(found)
    return Read(
        {name: np.concatenate([block[name] for block in arrays]) for name in after.arrays}, names
    )


def _numbers_of(
    blocks: Sequence[EntryQuerySet], names: Mapping[str, Mapping[str, int]]
) -> Iterator[NDArray[np.int64]]:
    """Read the blocks, on SQLite several at the same time, each with a connection of its own.

    What a transaction wrote is seen by its own connection alone, and a database in memory has
    but one.
    """

    def read(block: EntryQuerySet) -> NDArray[np.int64]:
        try:
            return _numbers(block, names)
        finally:
            connection.close()

    if len(blocks) == 1 or not _may_be_read_apart():
        yield from (_numbers(block, names) for block in blocks)
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(read, blocks)


def _may_be_read_apart() -> bool:
    return (
        connection.vendor == "sqlite"
        and not connection.in_atomic_block
        and not connection.is_in_memory_db()  # type: ignore[attr-defined]  # of SQLite
    )


def read_some(viewer: Viewer, *, ids: list[int], names: Mapping[str, Mapping[str, int]]) -> Read:
    """Return a few entries, names by the numbers given before; ids that are not there are not."""
    rows = Entry.objects.visible_to(viewer).filter(pk__in=ids)
    names, arrays = _named(rows, names, _numbers(rows, names))
    return Read(arrays, names)


def _named(
    rows: EntryQuerySet, names: Mapping[str, Mapping[str, int]], numbers: NDArray[np.int64]
) -> tuple[Mapping[str, Mapping[str, int]], Arrays]:
    """Take entries apart; those with a name that was not met before are read again with it."""
    arrays = _arrays(numbers)
    if any(np.any(arrays[name] == NO_NAME) for name in NAMES):
        names = _learned(rows, names)
        arrays = _arrays(_numbers(rows, names))
    _check(arrays)
    return names, arrays


def _learned(
    rows: EntryQuerySet, names: Mapping[str, Mapping[str, int]]
) -> Mapping[str, Mapping[str, int]]:
    """Give numbers to the names in entries that were not met before."""
    met = list(rows.order_by().values_list(*NAMES).distinct())
    return {
        name: name_codes((one[place] for one in met), names[name])
        for place, name in enumerate(NAMES)
    }


def _numbers(rows: EntryQuerySet, names: Mapping[str, Mapping[str, int]]) -> NDArray[np.int64]:
    """Return what the database makes of the entries: a row of whole numbers for each."""
    numbers: dict[str, Any] = {
        name: DayNumber(field) - Value(FIRST_DAY) for name, field in DAYS.items()
    }
    numbers |= {name: Coalesce(field, 0) for name, field in KEYS.items()}
    numbers |= {name: CodeOf(name, names[name], NO_NAME) for name in NAMES}
    numbers |= {name: Cast(F(name), IntegerField()) for name in SMALL}
    numbers |= {
        # What is empty for most entries is compared first.
        name: CodeOf(name, {"": 0} | {word.value: code_of(word) for word in words}, NO_WORD)
        for name, words in WORDS.items()
    }
    side_by_side = {
        f"all_{place}": SideBySide(*(numbers[name] for name in bits), bits=list(bits.values()))
        for place, bits in SIDE_BY_SIDE.items()
    }
    asked = (
        rows.order_by("pk")
        .annotate(
            replaced_entry=Coalesce("replaces_id", 0),
            moment=MomentNumber("recorded_at") - Value(FIRST_MOMENT),
            **side_by_side,
        )
        .values_list("pk", "pseudonym_id", "replaced_entry", "moment", *side_by_side)
    )
    rows.demand_scope()
    try:
        sql, params = asked.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return np.zeros((0, len(WIDTHS)), dtype=np.int64)
    columns = [f"c{number}" for number in range(len(WIDTHS))]
    entries = f"WITH entries ({', '.join(columns)}) AS ({sql})"
    fetch = _from_postgresql if connection.vendor == "postgresql" else _from_sqlite
    return fetch(entries, columns, params)


def _from_sqlite(
    entries: str, columns: Sequence[str], params: tuple[Any, ...]
) -> NDArray[np.int64]:
    """Let the database write all numbers as characters: a Python number for each costs more."""
    characters = in_characters(dict(zip(columns, WIDTHS, strict=True)))
    with connection.cursor() as cursor:
        cursor.execute(f"{entries} SELECT group_concat({characters}, '') FROM entries", params)  # noqa: S608
        (text,) = cursor.fetchone()
    return from_characters(text or "", WIDTHS)


def _from_postgresql(
    entries: str, columns: Sequence[str], params: tuple[Any, ...]
) -> NDArray[np.int64]:
    """Let the server put all numbers in one value: a message for every row costs more."""
    bytes_of = " || ".join(f"int8send({column})" for column in columns)
    whole = f"{entries} SELECT string_agg({bytes_of}, '') FROM entries"  # noqa: S608
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY ({whole}) TO STDOUT (FORMAT binary)", params) as copy,
    ):
        written = b"".join(copy)
    return np.frombuffer(_only_value(written), dtype=">i8").reshape(-1, len(columns))


COPY_START, COPY_END = 19, 2
"""Bytes of a binary COPY before its first row and after the last: manual of PostgreSQL, COPY."""
COPY_ROW = 6
"""Bytes of a row with one value before the value: how many values, and how long it is."""


def _only_value(written: bytes) -> bytes:
    return written[COPY_START + COPY_ROW : -COPY_END]


def _arrays(numbers: NDArray[np.int64]) -> Arrays:
    """Take the numbers apart into columns of their own types."""
    found = {name: numbers[:, place].astype(np.int64) for place, name in enumerate(WHOLE)}
    for place, bits in enumerate(SIDE_BY_SIDE.values(), start=len(WHOLE)):
        whole = numbers[:, place].astype(np.int64)
        found |= dict(zip(bits, unpacked(whole, list(bits.values())), strict=True))
    found["recorded"] += FIRST_MOMENT
    for name in DAYS:
        found[name] = found[name] + FIRST_DAY
    open_ended = found["ends"] >= day_number(STILL_OPEN)
    found["ends"] = np.where(open_ended, FAR_FUTURE_DAY, found["ends"])
    return {name: column.astype(TYPES.get(name, np.int64)) for name, column in found.items()}


def _check(arrays: Arrays) -> None:
    """Raise HistoryError for a word that is not in its list, and for too many names."""
    for name, words in WORDS.items():
        wrong = arrays["entry"][arrays[name] == NO_WORD]
        if len(wrong):
            raise HistoryError(f"{name} of entry {wrong[0]} is not in {words.__name__}")
    for name in NAMES:
        if np.any(arrays[name] >= NO_NAME):
            raise HistoryError(f"there are more than {NO_NAME - 1} different values of {name}")
