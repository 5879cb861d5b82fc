"""How many people are at a place on each half-day of the week, and where that is too many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meedoen.rules import half_days


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who has a seat; from `since` on they come on the half-days of a mask.

    `since` is None from the first day on. Of what was said, on a day the last holds of those that
    begin on or before that day.
    """

    person: str
    since: date | None
    half_days: int


def crowded(masks: Iterable[int], most: int) -> int:
    """Return the mask of half-days on which more than `most` people come.

    Raises HalfDaysError for a mask that is none.
    """
    come = [half_days.check_mask(mask) for mask in masks]
    full = 0
    for bit in range(len(half_days.CODES)):
        if sum(mask >> bit & 1 for mask in come) > most:
            full |= 1 << bit
    return full


def crowded_from(presences: Iterable[Presence], most: int, on: date) -> int:
    """Return the mask of half-days on which there are ever too many people, from a day on.

    `presences` come in the order in which they were said.
    """
    given = list(presences)
    days = {on} | {one.since for one in given if one.since is not None and one.since > on}
    found = 0
    for day in days:
        found |= crowded(_on(given, day).values(), most)
    return found


def _on(presences: Iterable[Presence], day: date) -> dict[str, int]:
    """Return on which half-days everybody comes on a day."""
    begun = (one for one in presences if one.since is None or one.since <= day)
    return {one.person: one.half_days for one in begun}
