"""Takes apart what a database wrote in a row: numbers, days, moments and words, with commas.

Making a Python value of each of millions would take longer than all the counting after it. Here
eight characters at a time are one number of 64 bits, in which digits are put together.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Eights = NDArray[np.uint64]
COMMA = ord(",")
EIGHT = 8
DIGITS = np.uint64(0x0F0F_0F0F_0F0F_0F0F)
"""What of eight characters that are digits is the digit."""
PAIRS = np.uint64(0x00FF_00FF_00FF_00FF)
FOURS = np.uint64(0x0000_FFFF_0000_FFFF)
TEN, HUNDRED, TEN_THOUSAND = np.uint64(10), np.uint64(100), np.uint64(10_000)
FIRST_OF = np.array([(1 << EIGHT * size) - 1 for size in range(EIGHT + 1)], dtype=np.uint64)
"""Keeps the first so many of eight characters; they come the lowest first."""
LAST_OF = np.bitwise_not(FIRST_OF[::-1])
DAY_WIDTH = len("2026-01-31")
MOMENT_WIDTHS = len("2026-01-31 12:00:00"), len("2026-01-31 12:00:00.000000")
TIME_AT, SECOND_AT, FRACTION_AT = 11, 17, 18
MIXER, BUCKET_BITS = np.uint64(0x9E37_79B9_7F4A_7C15), 12


class WrittenError(ValueError):
    """What the database wrote is not what it was asked for; the message says what is wrong."""


class Written:
    """Values that were written in a row, as bytes."""

    def __init__(self, written: bytes, size: int | None = None) -> None:
        """Find where each value begins; without a size, nothing at all is no values.

        Raises WrittenError when there are not as many as `size`.
        """
        # Room before and after, so that eight characters can be taken anywhere.
        room = bytes(2 * EIGHT)
        self._bytes = np.frombuffer(b"".join((room, written, room)), dtype=np.uint8)
        commas = np.flatnonzero(self._bytes == COMMA)
        count = len(commas) + 1 if written or size else 0
        if size is not None and count != size:
            raise WrittenError(f"{count} values were written where {size} were expected")
        self._starts = np.full(count, 2 * EIGHT, dtype=np.int64)
        self._starts[1:] = commas + 1
        self._lengths = np.full(count, len(self._bytes) - 2 * EIGHT, dtype=np.int64)
        self._lengths[:-1] = commas
        self._lengths -= self._starts
        self._eights = np.ndarray(
            len(self._bytes) - EIGHT + 1, dtype="<u8", buffer=self._bytes, strides=(1,)
        )

    def __len__(self) -> int:
        return len(self._starts)

    def _from(self, places: Numbers) -> Eights:
        """Return the eight characters from each place on."""
        # Not `take`: that would first copy eight bytes for every one.
        found: Eights = self._eights[places]
        return found

    def numbers(self) -> Numbers:
        """Return whole numbers from 0, of at most sixteen digits."""
        longest = int(self._lengths.max(initial=0))
        if longest > 2 * EIGHT:
            raise WrittenError(f"a number has {longest} digits, and at most {2 * EIGHT} are read")
        if longest == 1:
            return (self._bytes[self._starts] & 0x0F).astype(np.int64)
        ends = self._starts + self._lengths
        found = _number(self._from(ends - EIGHT), np.minimum(self._lengths, EIGHT))
        if longest > EIGHT:
            size = np.maximum(self._lengths - EIGHT, 0)
            found += _number(self._from(ends - 2 * EIGHT), size) * 10**EIGHT
        return found

    def days(self) -> Numbers:
        """Return the days that were written as year-month-day, counted from 1970-01-01."""
        self._demand_widths(DAY_WIDTH)
        return self._days()

    def moments(self) -> Numbers:
        """Return the moments, which may have six digits of a second, in microseconds from 1970."""
        self._demand_widths(*MOMENT_WIDTHS)
        time = _two_by_two(self._from(self._starts + TIME_AT))
        second = (_two(time, 0) * 60 + _two(time, 3)) * 60 + _two(time, 6)
        size = np.where(self._lengths == MOMENT_WIDTHS[1], EIGHT - 2, 0)
        fraction = _number(self._from(self._starts + FRACTION_AT), size)
        return (self._days() * (24 * 60 * 60) + second) * 1_000_000 + fraction

    def _demand_widths(self, *widths: int) -> None:
        wrong = np.flatnonzero(~np.isin(self._lengths, widths))
        if len(wrong):
            raise WrittenError(f"{self._text(int(wrong[0]))!r} is not written as a day or a moment")

    def _days(self) -> Numbers:
        first = _two_by_two(self._from(self._starts))
        last = _two_by_two(self._from(self._starts + 2))
        months = (_two(first, 0) * 100 + _two(first, 2)) * 12 + _two(first, 5)
        found: Numbers = _first_days_of_months()[months] + _two(last, 6) - 1
        return found

    def words(self) -> tuple[list[str], Numbers]:
        """Return each word once, in the order in which they first come, and the place of each.

        The first of them is the empty word, whether it was written or not.
        """
        there = np.flatnonzero(self._lengths)
        starts, lengths = self._starts[there], self._lengths[there]
        # Of a word that is shorter nothing is kept, so it may be looked for anywhere.
        last = len(self._eights) - 1
        parts = [
            self._from(np.minimum(starts + at, last)) & FIRST_OF[np.clip(lengths - at, 0, EIGHT)]
            for at in range(0, int(lengths.max(initial=0)), EIGHT)
        ]
        first = _first_alike(parts, len(there))
        firsts = np.flatnonzero(first == np.arange(len(first)))
        places = np.zeros(len(self), dtype=np.int64)
        places[there] = np.searchsorted(firsts, first) + 1
        return ["", *(self._text(int(there[one])) for one in firsts)], places

    def _text(self, place: int) -> str:
        start = self._starts[place]
        return self._bytes[start : start + self._lengths[place]].tobytes().decode()


def _number(eights: Eights, sizes: Numbers) -> Numbers:
    """Return what the last so many of eight digits say."""
    digits = eights & DIGITS & LAST_OF[sizes]
    digits = (digits * TEN + (digits >> np.uint64(8))) & PAIRS
    digits = (digits * HUNDRED + (digits >> np.uint64(16))) & FOURS
    digits = (digits * TEN_THOUSAND + (digits >> np.uint64(32))) & np.uint64(0xFFFF_FFFF)
    return digits.view(np.int64)


def _two_by_two(eights: Eights) -> Eights:
    """Put on the place of each character the number that it makes with the next one."""
    digits = eights & DIGITS
    return digits * TEN + (digits >> np.uint64(8))


def _two(pairs: Eights, place: int) -> Numbers:
    return ((pairs >> np.uint64(8 * place)) & np.uint64(0xFF)).view(np.int64)


@cache
def _first_days_of_months() -> Numbers:
    """Return the first day of every month, by twelve times the year and the month from 1."""
    months = np.arange("0000-01", "10000-01", dtype="datetime64[M]")
    return np.concatenate([[0], months.astype("datetime64[D]").astype(np.int64)])


def _first_alike(parts: list[Eights], size: int) -> Numbers:
    """Return for each row the first one that is the same in all parts.

    There are few different ones: each finds a bucket, and who is not like the first of its bucket
    is looked at again with those.
    """
    first, rows = np.arange(size), np.arange(size)
    while len(rows):
        buckets, places = _buckets(parts), np.arange(len(rows))
        heads = np.zeros(1 << BUCKET_BITS, dtype=np.int64)
        # Of those in one bucket the first is written last, and stays.
        heads[buckets[::-1]] = places[::-1]
        head = heads[buckets]
        same = np.ones(len(rows), dtype=np.bool_)
        for part in parts:
            same &= part == part[head]
        first[rows] = np.where(same, rows[head], first[rows])
        left = np.flatnonzero(~same)
        rows, parts = rows[left], [part[left] for part in parts]
    return first


def _buckets(parts: list[Eights]) -> Numbers:
    mixed = parts[0] * MIXER
    for part in parts[1:]:
        mixed = (mixed + part) * MIXER
    return (mixed >> np.uint64(64 - BUCKET_BITS)).view(np.int64)
