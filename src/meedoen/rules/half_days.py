"""The twenty-one half-days of a week, as bits of a whole number.

Bit 0 is Monday morning, bit 1 Monday afternoon, bit 2 Monday evening, bit 3 Tuesday morning,
and so on to bit 20, Sunday evening. As a number they fit in a database column and an array,
and comparing two weeks is a single operation.
"""

from collections.abc import Iterable

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "afternoon", "evening")
CODES = tuple(f"{day}_{part}" for day in DAYS for part in PARTS)
"""The code of each half-day, such as `mon_morning`, in the order of the bits."""

NONE = 0
ALL = (1 << len(CODES)) - 1

_BITS = {code: 1 << position for position, code in enumerate(CODES)}


class HalfDaysError(ValueError):
    """A code names no half-day, or a number holds bits beyond the week."""


def from_codes(chosen: Iterable[str]) -> int:
    """Return the mask of the half-days with these codes; the order plays no part.

    Raises HalfDaysError that names every unknown code.
    """
    given = tuple(chosen)
    unknown = [code for code in given if code not in _BITS]
    if unknown:
        names = ", ".join(repr(code) for code in unknown)
        raise HalfDaysError(
            f"No half-day is called {names}; write a day and a part of the day, "
            f"such as {CODES[0]!r} or {CODES[-1]!r}."
        )
    mask = NONE
    for code in given:
        mask |= _BITS[code]
    return mask


def codes(mask: int) -> tuple[str, ...]:
    """Return the codes in a mask, from Monday morning on. Raises HalfDaysError."""
    checked = check_mask(mask)
    return tuple(code for code in CODES if checked & _BITS[code])


def common(one: int, other: int) -> int:
    """Return the mask of the half-days that are in both. Raises HalfDaysError."""
    return check_mask(one) & check_mask(other)


def count(mask: int) -> int:
    """Return how many half-days a mask holds, 0 to 21. Raises HalfDaysError."""
    return check_mask(mask).bit_count()


def check_mask(mask: int) -> int:
    """Return the mask itself. Raises HalfDaysError when it is negative or beyond the week."""
    if not NONE <= mask <= ALL:
        raise HalfDaysError(f"{mask} is no set of half-days; use a number from {NONE} to {ALL}.")
    return mask
