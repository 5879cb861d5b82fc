"""Reading many entries at once, straight from the database into arrays.

A million rows as objects would take longer than all the counting after it. So the database turns
days, moments and words into numbers and puts the small ones side by side; SQLite hands those
over row by row, and PostgreSQL as one long row of bytes for every block of entries.

Who may read what is said in one place, `Entry.objects.visible_to`: its question is taken, and
only how the answer comes is different here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, IntegerField, Value
from django.db.models.functions import Cast, Coalesce
from numpy.typing import NDArray

from meedoen.records.history.models import STILL_OPEN, Entry, EntryQuerySet
from meedoen.records.history.numbers import CodeOf, DayNumber, MomentNumber, SideBySide, unpacked
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
"""1 January of the year 1, from which days are counted while they are side by side."""
WHOLE = ("entry", "person", "replaces", "recorded")
SIDE_BY_SIDE = {
    "days": dict.fromkeys(DAYS, DAY_BITS),
    "keys": dict.fromkeys(KEYS, KEY_BITS),
    "small": dict.fromkeys(NAMES, NAME_BITS) | SMALL | dict.fromkeys(WORDS, WORD_BITS),
}
"""Which columns come in one number, and how many bits each takes."""


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
    rows = Entry.objects.visible_to(viewer)
    last = until or rows.order_by("-pk").values_list("pk", flat=True).first() or 0
    names = after.names
    blocks = [after.arrays]
    for first in range(after.last + 1, last + 1, ENTRIES_AT_ONCE):
        block = rows.filter(pk__gte=first, pk__lt=min(first + ENTRIES_AT_ONCE, last + 1))
        names, arrays = _block(block, names)
        blocks.append(arrays)
    if len(blocks) == 1:
        return after
    return Read(
        {name: np.concatenate([block[name] for block in blocks]) for name in after.arrays}, names
    )


def read_some(viewer: Viewer, *, ids: list[int], names: Mapping[str, Mapping[str, int]]) -> Read:
    """Return a few entries, names by the numbers given before; ids that are not there are not."""
    names, arrays = _block(Entry.objects.visible_to(viewer).filter(pk__in=ids), names)
    return Read(arrays, names)


def _block(
    rows: EntryQuerySet, names: Mapping[str, Mapping[str, int]]
) -> tuple[Mapping[str, Mapping[str, int]], Arrays]:
    """Read the entries of one question, giving numbers to names that were not met before."""
    arrays = _arrays(_numbers(rows, names))
    if any(np.any(arrays[name] == NO_NAME) for name in NAMES):
        names = {
            name: name_codes(rows.order_by().values_list(name, flat=True).distinct(), names[name])
            for name in NAMES
        }
        arrays = _arrays(_numbers(rows, names))
    _check(arrays)
    return names, arrays


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
            moment=MomentNumber("recorded_at"),
            **side_by_side,
        )
        .values_list("pk", "pseudonym_id", "replaced_entry", "moment", *side_by_side)
    )
    width = len(WHOLE) + len(SIDE_BY_SIDE)
    rows.demand_scope()
    try:
        sql, params = asked.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return np.zeros((0, width), dtype=np.int64)
    fetch = _from_postgresql if connection.vendor == "postgresql" else _from_sqlite
    return fetch(sql, params, width).reshape(-1, width)


def _from_sqlite(sql: str, params: tuple[Any, ...], _width: int) -> NDArray[np.int64]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return np.fromiter(chain.from_iterable(cursor), dtype=np.int64)


def _from_postgresql(sql: str, params: tuple[Any, ...], width: int) -> NDArray[np.int64]:
    """Let the server put all numbers in one value: a message for every row costs more."""
    columns = [f"c{number}" for number in range(width)]
    bytes_of = " || ".join(f"int8send({column})" for column in columns)
    whole = f"SELECT string_agg({bytes_of}, '') FROM ({sql}) AS entries ({', '.join(columns)})"  # noqa: S608
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY ({whole}) TO STDOUT (FORMAT binary)", params) as copy,
    ):
        written = b"".join(copy)
    return np.frombuffer(_only_value(written), dtype=">i8").astype(np.int64)


COPY_START, COPY_END = 19, 2
"""Bytes of a binary COPY before its first row and after the last: manual of PostgreSQL, COPY."""
COPY_ROW = 6
"""Bytes of a row with one value before the value: how many values, and how long it is."""


def _only_value(written: bytes) -> bytes:
    return written[COPY_START + COPY_ROW : -COPY_END]


def _arrays(numbers: NDArray[np.int64]) -> Arrays:
    """Take the numbers apart into columns of their own types."""
    found = {name: numbers[:, place] for place, name in enumerate(WHOLE)}
    for place, bits in enumerate(SIDE_BY_SIDE.values(), start=len(WHOLE)):
        found |= dict(zip(bits, unpacked(numbers[:, place], list(bits.values())), strict=True))
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
