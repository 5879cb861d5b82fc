"""The flows once more, slowly: plain loops over statements, straight from the definitions."""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from meedoen.rules.placement_states import TAKES_PART
from tests.rules.indicators.reference import known

NEVER = None


class Took(NamedTuple):
    """One placement in which somebody took part; `ends` is the first day after, or None."""

    placement: int
    person: int
    kind: str
    district: int
    starts: object
    ends: object
    outcome: str


def took_part(history, known_at):
    placement_of = {each.id: placement for placement, each in history}
    rows = [
        row
        for row in known([each for _, each in history], known_at)
        if row.state in TAKES_PART and (row.ends_on is None or row.starts_on < row.ends_on)
    ]
    found = []
    for placement in sorted({placement_of[row.id] for row in rows}):
        mine = [row for row in rows if placement_of[row.id] == placement]
        first = min(mine, key=lambda row: (row.starts_on, row.id))
        opened = [row for row in mine if row.ends_on is None]
        last = (
            max(opened, key=lambda row: row.id)
            if opened
            else max(mine, key=lambda row: (row.ends_on, row.id))
        )
        found.append(
            Took(
                placement,
                first.person,
                first.place_kind,
                first.district,
                first.starts_on,
                last.ends_on,
                last.outcome,
            )
        )
    return found


def on_day(rows, when):
    return [row for row in rows if row.starts <= when and (row.ends is None or when < row.ends)]


def balance(rows, start, end, *, people):
    """Count one group: start, new, ended by outcome, end; day by day."""
    if people:
        return _people(rows, start, end)
    return (
        len(on_day(rows, start)),
        sum(start < row.starts <= end for row in rows),
        Counter(
            row.outcome or None for row in rows if row.ends is not None and start < row.ends <= end
        ),
        len(on_day(rows, end)),
    )


def _people(rows, start, end):
    new, ended, when = 0, Counter(), start
    while when < end:
        before, when = when, when + timedelta(days=1)
        there, later = ({row.person for row in on_day(rows, each)} for each in (before, when))
        new += len(later - there)
        for person in there - later:
            last = max(
                (row for row in rows if row.person == person and row.ends == when),
                key=lambda row: row.placement,
            )
            ended[last.outcome or None] += 1
    sides = [len({row.person for row in on_day(rows, each)}) for each in (start, end)]
    return sides[0], new, ended, sides[1]
