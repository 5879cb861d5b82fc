"""How far a reader comes who knows everything that is shown, and who can reckon.

Every sum is an equation in which the hidden numbers are unknown. The lowest and the highest that
a hidden number could be follow by linear programming: no subtraction, of whatever tables, gives
more. The solver is that of OR-Tools (decision 0021).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from ortools.linear_solver import pywraplp

from meedoen.rules.indicators.sums import Key, Sum, System

NEAR = 1e-6
"""So much a solver may be off."""
FAR = 1_000
"""Far above every threshold."""


class ReckoningError(RuntimeError):
    """The solver found no answer, although the true numbers are one."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which whole numbers a hidden one lies by itself; `high` None is without end."""

    low: int
    high: int | None = None


@dataclass(slots=True)
class Reader:
    """A reader of one publication, who is asked again while more of it is hidden.

    What a reader does not find out, they do not find out either when less is shown or when a mark
    says less. So an answer that was safe once is not worked out again.
    """

    system: System
    threshold: int
    safe: set[Key] = field(default_factory=set)

    def narrowed(self, unseen: Mapping[Key, Bounds], asked: Iterable[Key]) -> list[Key]:
        """Return which of the hidden numbers a reader brings too close, in the order asked.

        A number is far enough when it could be 1 or less, and as far up as its own mark says:
        then at least as many values are possible as `<10` says by itself.
        """
        open_ones = dict.fromkeys(key for key in asked if key not in self.safe)
        found = set()
        for sums, keys in _groups(self.system.sums, unseen):
            theirs = {key for key in keys if key in open_ones}
            if theirs:
                found |= self._narrowed_in(sums, list(keys), unseen, theirs)
        return [key for key in open_ones if key in found]

    def _narrowed_in(
        self,
        sums: list[Sum],
        keys: list[Key],
        unseen: Mapping[Key, Bounds],
        asked: AbstractSet[Key],
    ) -> set[Key]:
        reckoning = Reckoning(self.system.numbers, sums, keys, unseen)
        need = {key: min(unseen[key].low, 1) + self.threshold - 2 for key in asked}
        found = set()
        high = set(asked)
        for key in [one for one in keys if one in asked]:
            if key in high:
                values = reckoning.farthest(key, up=True)
                high = {one for one in high if values[one] < need[one] - NEAR}
                found |= {key} & high
                high.discard(key)
        low = set(asked) - found
        for key in [one for one in keys if one in low]:
            if key in low:
                values = reckoning.farthest(key, up=False)
                low = {one for one in low if values[one] > 1 + NEAR}
                found |= {key} & low
                low.discard(key)
        self.safe |= asked - found
        return found


class Reckoning:
    """The equations of numbers that hang together, ready to be asked."""

    def __init__(
        self,
        numbers: Mapping[Key, int],
        sums: Iterable[Sum],
        keys: list[Key],
        unseen: Mapping[Key, Bounds],
    ) -> None:
        """Write down the equations; what is not among the keys is known."""
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        # More than this need not be possible: it keeps every answer finite.
        most = sum(numbers[key] for key in keys) + FAR * len(keys)
        self._unknown = {
            key: self._solver.NumVar(
                unseen[key].low, most if (high := unseen[key].high) is None else high, ""
            )
            for key in keys
        }
        for one in sums:
            known = sum(numbers[part] for part in one.parts if part not in self._unknown)
            left = (numbers[one.whole] if one.whole not in self._unknown else 0) - known
            equation = self._solver.Constraint(left, left)
            for part in one.parts:
                if part in self._unknown:
                    equation.SetCoefficient(self._unknown[part], 1)
            if one.whole in self._unknown:
                equation.SetCoefficient(self._unknown[one.whole], -1)

    def farthest(self, key: Key, *, up: bool) -> Mapping[Key, float]:
        """Return a way in which all numbers fit, with this one as high or as low as can be."""
        objective = self._solver.Objective()
        objective.Clear()
        objective.SetCoefficient(self._unknown[key], 1)
        objective.SetOptimizationDirection(up)
        status = self._solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            raise ReckoningError(f"no numbers fit the sums around {key!r}: status {status}")
        return {one: unknown.solution_value() for one, unknown in self._unknown.items()}


def _groups(
    sums: Iterable[Sum], unseen: Mapping[Key, Bounds]
) -> Iterator[tuple[list[Sum], dict[Key, None]]]:
    """Put the sums together that share a hidden number; what is in no sum follows from nothing."""
    leader: dict[Key, Key] = {}

    def first(key: Key) -> Key:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    hidden_in: list[tuple[Sum, list[Key]]] = []
    for one in sums:
        hidden = [key for key in (one.whole, *one.parts) if key in unseen]
        if hidden:
            hidden_in.append((one, hidden))
            for key in hidden:
                leader.setdefault(key, key)
                leader[first(key)] = first(hidden[0])
    gathered: dict[Key, tuple[list[Sum], dict[Key, None]]] = defaultdict(lambda: ([], {}))
    for one, hidden in hidden_in:
        theirs, keys = gathered[first(hidden[0])]
        theirs.append(one)
        keys.update(dict.fromkeys(hidden))
    yield from gathered.values()
