"""How many people are at a place on each half-day of the week, and where that is too many."""

from collections import Counter
from collections.abc import Iterable, Mapping
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


def crowded_from(presences: Iterable[Presence], most: int, on: date) -> int:
    """Return the mask of half-days on which there are ever too many people, from a day on.

    `presences` come in the order in which they were said.
    """
    counts = counts_from(presences, on)
    return half_days.from_codes(code for code, number in counts.items() if number > most)


def counts_from(presences: Iterable[Presence], on: date) -> Mapping[str, int]:
    """Return the most people that ever come at the same time, from a day on, by half-day.

    `presences` come in the order in which they were said. All half-days are in it, by their code
    in `rules.half_days`, from Monday morning on.
    """
    given = list(presences)
    days = {on} | {one.since for one in given if one.since is not None and one.since > on}
    found = dict.fromkeys(half_days.CODES, 0)
    for day in days:
        come = Counter(code for mask in _on(given, day).values() for code in half_days.codes(mask))
        found |= {code: max(found[code], number) for code, number in come.items()}
    return found


def _on(presences: Iterable[Presence], day: date) -> dict[str, int]:
    """Return on which half-days everybody comes on a day."""
    begun = (one for one in presences if one.since is None or one.since <= day)
    return {one.person: one.half_days for one in begun}
