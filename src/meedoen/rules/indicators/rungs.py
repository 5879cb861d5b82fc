"""The rungs of people on one line: the last before a day, and the last of a window after it.

Rungs of different versions of the ladder are never compared.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import KnownColumns, code_of
from meedoen.rules.indicators.shared import shared
from meedoen.rules.indicators.sorting import in_order
from meedoen.rules.indicators.stretches import (
    NONE,
    Rows,
    find,
    last_of_group,
    numbered,
    on_one_line,
)
from meedoen.rules.vocabulary import EntryKind


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """All measurements in order of person and day, and again of person, version and day."""

    rows: Rows
    names: NDArray[np.int64]
    person: NDArray[np.int64]
    """Place among the names."""
    keys: NDArray[np.int64]
    versions: int
    own_keys: NDArray[np.int64]
    """With these the days and the rungs by version stand in order."""
    starts: NDArray[np.int64]
    rungs: NDArray[np.int64]


@shared
def _line(known: KnownColumns) -> _Line:
    rows = np.flatnonzero((known.kind == code_of(EntryKind.MEASUREMENT)) & (known.rung > 0))
    rows = rows[in_order(known.person[rows], known.starts[rows])]
    names, person = numbered(known.person[rows])
    versions = int(known.ladder_version.max(initial=0)) + 1
    own = person * versions + known.ladder_version[rows]
    # Of one version on one day by id, as in the whole history: the rows stand in that order.
    order = in_order(own, known.starts[rows])
    starts = known.starts[rows[order]].astype(np.int64)
    return _Line(
        rows=rows,
        names=names,
        person=person,
        keys=on_one_line(person, known.starts[rows]),
        versions=versions,
        own_keys=on_one_line(own[order], starts),
        starts=starts,
        rungs=known.rung[rows[order]].astype(np.int64),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Rungs:
    """For each question, a person with a day: their last rung up to it, and where to look on.

    Measurements of one day stand in order of id.
    """

    keys: NDArray[np.int64]
    starts: NDArray[np.int64]
    rungs: NDArray[np.int64]
    group: NDArray[np.int64]
    """Of each question: person with version, NONE where there was no measurement by then."""
    rung: NDArray[np.int64]
    """Of each question: the last rung by then, 0 for none."""
    day: NDArray[np.int64]
    """Of each question: on which day that was; without meaning where there is none."""

    @classmethod
    def of(cls, known: KnownColumns, people: NDArray[np.int64], days: NDArray[np.int64]) -> Self:
        """Look up the last measurement of each person up to and including a day."""
        line = _line(known)
        # Numbers of people without a measurement come after all others, and find nothing.
        places, is_there = find(line.names, people)
        asked = np.where(is_there, places, len(line.names))
        at = last_of_group(line.keys, line.person, asked, days)
        there = at != NONE
        group = np.full(len(days), NONE, dtype=np.int64)
        rung, day = np.zeros(len(days), dtype=np.int64), np.zeros(len(days), dtype=np.int64)
        found = line.rows[at[there]]
        group[there] = asked[there] * line.versions + known.ladder_version[found]
        rung[there], day[there] = known.rung[found], known.starts[found]
        return cls(line.own_keys, line.starts, line.rungs, group, rung, day)

    def last_between(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the last rung from one day to another, both included, in the same version.

        That is 0 where nothing was measured. No day of `last` may lie before that of the question.
        """
        found = np.zeros(len(first), dtype=np.int64)
        asked = self.group != NONE
        at = np.searchsorted(
            self.keys, on_one_line(np.where(asked, self.group, 0), last), side="right"
        )
        # The rung up to the day is on the line too, so with a group there is something before.
        asked[asked] = self.starts[at[asked] - 1] >= first[asked]
        found[asked] = self.rungs[at[asked] - 1]
        return found
