"""Reads numbers, days and moments that are written in digits, of many rows at a time.

Eight characters are one number of 64 bits, in which digits are put together. Rows are values of
one width, and what is read begins in each at the same place; a row has at least eight characters
from there on.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Eights = NDArray[np.uint64]
Rows = NDArray[np.uint8]
"""The characters of each row."""
EIGHT = 8
DIGIT_OF_EACH = np.uint64(0x0F0F_0F0F_0F0F_0F0F)
"""What of eight characters that are digits is the digit; a space is nought."""
PAIRS = np.uint64(0x00FF_00FF_00FF_00FF)
FOURS = np.uint64(0x0000_FFFF_0000_FFFF)
TEN, HUNDRED, TEN_THOUSAND = np.uint64(10), np.uint64(100), np.uint64(10_000)
TIME_AT, FRACTION_AT, FRACTION_WIDTH = 11, 20, 6


def numbers(rows: Rows, at: int, width: int) -> Numbers:
    """Return whole numbers from 0, with noughts before them."""
    last = min(width, EIGHT)
    found = _number(rows, at + width - last, last)
    for place in range(width - last):
        digit = digits(rows, at + place)
        # There is seldom one, and then nothing is to be worked out.
        if digit.any():
            found += digit.astype(np.int64) * 10 ** (width - 1 - place)
    return found


def digits(rows: Rows, at: int) -> NDArray[np.uint8]:
    """Return numbers of one digit."""
    found: NDArray[np.uint8] = rows[:, at] & np.uint8(0x0F)
    return found


def day_numbers(rows: Rows, at: int) -> Numbers:
    """Return days that are written as year-month-day, counted from 1970-01-01."""
    first = _two_by_two(_eights(rows, at))
    last = _two_by_two(_eights(rows, at + 2))
    months = (_two(first, 0) * 100 + _two(first, 2)) * 12 + _two(first, 5)
    found: Numbers = _first_days_of_months()[months] + _two(last, 6) - 1
    return found


def moments(rows: Rows, at: int) -> Numbers:
    """Return moments, which may have six digits of a second, in microseconds from 1970."""
    time = _two_by_two(_eights(rows, at + TIME_AT))
    second = (_two(time, 0) * 60 + _two(time, 3)) * 60 + _two(time, 6)
    fraction = _number(rows, at + FRACTION_AT, FRACTION_WIDTH)
    return (day_numbers(rows, at) * (24 * 60 * 60) + second) * 1_000_000 + fraction


def _eights(rows: Rows, at: int) -> Eights:
    """Return eight characters of each row as one number, the first one the lowest."""
    found: Eights = rows[:, at : at + EIGHT].view("<u8")[:, 0]
    return found


def _number(rows: Rows, at: int, width: int) -> Numbers:
    """Return what up to eight digits say."""
    eights: Eights = _eights(rows, at) & DIGIT_OF_EACH
    # What stands behind the digits falls off, and noughts come before them.
    eights <<= np.uint64(8 * (EIGHT - width))
    eights = (eights * TEN + (eights >> np.uint64(8))) & PAIRS
    eights = (eights * HUNDRED + (eights >> np.uint64(16))) & FOURS
    eights = (eights * TEN_THOUSAND + (eights >> np.uint64(32))) & np.uint64(0xFFFF_FFFF)
    return eights.view(np.int64)


def _two_by_two(eights: Eights) -> Eights:
    """Put on the place of each character the number that it makes with the next one."""
    each = eights & DIGIT_OF_EACH
    return each * TEN + (each >> np.uint64(8))


def _two(pairs: Eights, place: int) -> Numbers:
    return ((pairs >> np.uint64(8 * place)) & np.uint64(0xFF)).view(np.int64)


@cache
def _first_days_of_months() -> Numbers:
    """Return the first day of every month, by twelve times the year and the month from 1."""
    months = np.arange("0000-01", "10000-01", dtype="datetime64[M]")
    return np.concatenate([[0], months.astype("datetime64[D]").astype(np.int64)])
