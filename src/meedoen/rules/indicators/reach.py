"""How far a reader comes who knows everything that is shown, and who can reckon.

Every sum is an equation in which the hidden numbers are unknown. The lowest and the highest that
a hidden number could be follow by linear programming: no subtraction, of whatever tables, gives
more. The solver is that of OR-Tools (decision 0021).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from ortools.linear_solver import pywraplp

from meedoen.rules.indicators.pieces import Piece, Sum, joined

NEAR = 1e-6
"""So much a solver may be off."""
FAR = 1_000
"""Far above every threshold."""


class ReckoningError(RuntimeError):
    """The solver found no answer, although the true numbers are one."""


class Bounds(NamedTuple):
    """Between which whole numbers a hidden one lies by itself; `high` None is without end."""

    low: int
    high: int | None = None


@dataclass(slots=True)
class Reader:
    """A reader of one piece, who is asked again while more of it is hidden.

    What a reader does not find out, they do not find out either when less is shown or when a mark
    says less. So an answer that was safe once is not worked out again; nor is any answer where
    nothing has changed since it was given.
    """

    piece: Piece
    safe: set[int] = field(default_factory=set)
    _answered: dict[Hashable, frozenset[int]] = field(default_factory=dict)

    def narrowed(self, unseen: Mapping[int, Bounds], asked: Iterable[int]) -> list[int]:
        """Return which of the hidden numbers a reader brings too close, in the order asked.

        A number is far enough when it could be 1 or less, and as far up as its own mark says:
        then at least as many values are possible as `<10` says by itself.
        """
        open_ones = [place for place in asked if place not in self.safe]
        found = set[int]()
        for sums, places in _groups(self.piece, unseen):
            theirs = frozenset(places).intersection(open_ones)
            if theirs:
                state = (theirs, tuple((place, unseen[place]) for place in places))
                if state not in self._answered:
                    self._answered[state] = self._narrowed_in(sums, places, unseen, theirs)
                found |= self._answered[state]
                self.safe |= theirs - found
        return [place for place in open_ones if place in found]

    def _narrowed_in(
        self,
        sums: Iterable[Sum],
        places: Sequence[int],
        unseen: Mapping[int, Bounds],
        asked: AbstractSet[int],
    ) -> frozenset[int]:
        reckoning = Reckoning(self.piece.counts, sums, places, unseen)
        need = {place: min(unseen[place].low, 1) + self.piece.threshold - 2 for place in asked}
        found = _never(reckoning, asked, lambda place, value: value >= need[place] - NEAR, up=True)
        rest = asked - found
        return found | _never(reckoning, rest, lambda _place, value: value <= 1 + NEAR, up=False)


def _never(
    reckoning: "Reckoning",
    asked: AbstractSet[int],
    reaches: Callable[[int, float], bool],
    *,
    up: bool,
) -> frozenset[int]:
    """Return which numbers can in no way be as high, or as low, as they should be able to.

    One way in which all numbers fit often shows it of many at once, so they are first pushed
    together, and only what that does not settle is pushed by itself.
    """
    left, never = sorted(asked), set[int]()
    together = True
    while left:
        pushed = left if together else left[:1]
        values = reckoning.farthest(pushed, left, up=up)
        after = [place for place in left if not reaches(place, values[place])]
        if not together and after[:1] == left[:1]:
            never.add(after.pop(0))
        together = together and len(after) < len(left)
        left = after
    return frozenset(never)


class Reckoning:
    """The equations of numbers that hang together, ready to be asked."""

    def __init__(
        self,
        counts: Sequence[int],
        sums: Iterable[Sum],
        places: Collection[int],
        unseen: Mapping[int, Bounds],
    ) -> None:
        """Write down the equations; what is not among the places is known."""
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        # More than this need not be possible: it keeps every answer finite.
        most = sum(counts[place] for place in places) + FAR * len(places)
        self._unknown = {
            place: self._solver.NumVar(
                unseen[place].low, most if (high := unseen[place].high) is None else high, ""
            )
            for place in places
        }
        for one in sums:
            known = sum(counts[part] for part in one.parts if part not in self._unknown)
            left = (counts[one.whole] if one.whole not in self._unknown else 0) - known
            equation = self._solver.Constraint(left, left)
            for part in one.parts:
                if part in self._unknown:
                    equation.SetCoefficient(self._unknown[part], 1)
            if one.whole in self._unknown:
                equation.SetCoefficient(self._unknown[one.whole], -1)

    def farthest(
        self, pushed: Iterable[int], read: Iterable[int], *, up: bool
    ) -> Mapping[int, float]:
        """Return numbers of a way in which all fit, with the pushed as high or as low as can be."""
        objective = self._solver.Objective()
        objective.Clear()
        for place in pushed:
            objective.SetCoefficient(self._unknown[place], 1)
        objective.SetOptimizationDirection(up)
        status = self._solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            raise ReckoningError(f"no numbers fit the sums: status {status}")
        return {place: self._unknown[place].solution_value() for place in read}


def _groups(piece: Piece, unseen: Collection[int]) -> Iterator[tuple[list[Sum], list[int]]]:
    """Put the sums together that share a hidden number; what is in no sum follows from nothing."""
    hidden_in = [
        (one, hidden)
        for one in piece.sums
        if (hidden := [place for place in one.places if place in unseen])
    ]
    leaders = joined(len(piece.counts), (hidden for _one, hidden in hidden_in))
    gathered: dict[int, tuple[list[Sum], dict[int, None]]] = defaultdict(lambda: ([], {}))
    for one, hidden in hidden_in:
        sums, places = gathered[leaders[hidden[0]]]
        sums.append(one)
        places.update(dict.fromkeys(hidden))
    for sums, places in gathered.values():
        yield sums, list(places)
