"""Somebody who wants to know small numbers, and who can reckon.

They have read what was published and decision 0029, nothing more. Every sum they know of is an
equation, every mark a bound, and the lowest and highest that a number can be follow by linear
programming. This is written apart from the protection and shares nothing with it.
"""

from dataclasses import dataclass

from ortools.linear_solver import pywraplp


@dataclass
class Adversary:
    """Gathers what is known, and tells between which numbers one that is hidden must lie."""

    threshold: int
    """Under this a number of people is small."""
    rounding: int = 0
    shown_from: int = 0
    """From how many people on the publication that is read shows a number; else the threshold."""

    def __post_init__(self):
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.unknown = {}

    def number(self, name, low=0):
        """Know of a number of people; nothing is known of it yet."""
        if name not in self.unknown:
            self.unknown[name] = self.solver.NumVar(low, 1_000_000, "")
        return self.unknown[name]

    def reads(self, name, text, *, may_be_zero=True):
        """Read a number or its mark."""
        one = self.number(name)
        if text.startswith("<"):
            self.between(one, 1, int(text[1:]) - 1)
        elif not text.isdecimal():
            self.between(one, 0 if may_be_zero else 1, None)
        elif self.rounding and text != "0":
            value, half = int(text), self.rounding // 2
            low = value - half
            self.between(one, max(low, self.shown_from or self.threshold), low + self.rounding - 1)
        else:
            self.between(one, int(text), int(text))

    def between(self, one, low, high):
        self.solver.Add(one >= low)
        if high is not None:
            self.solver.Add(one <= high)

    def at_most(self, part, whole):
        """Know that everybody in the part is in the whole."""
        self.solver.Add(self.number(part) <= self.number(whole))

    def add_up(self, parts, whole, *, rest=True):
        """Know that nobody is in two parts; with a rest there may be people in none of them."""
        parts = sum(self.number(part) for part in parts)
        if rest:
            self.solver.Add(parts <= self.number(whole))
        else:
            self.solver.Add(parts == self.number(whole))

    def cover(self, parts, whole):
        """Know that everybody of the whole is in a part, and perhaps in two."""
        self.solver.Add(sum(self.number(part) for part in parts) >= self.number(whole))

    def same(self, one, other, *, within=0):
        """Know that two numbers are equal, or differ by at most so many."""
        difference = self.number(one) - self.number(other)
        self.solver.Add(difference <= within)
        self.solver.Add(difference >= -within)

    def bounds(self, positive, negative=None):
        """Return the lowest and highest that a number can be, or one number less another."""
        asked = self.number(positive) - (0 if negative is None else self.number(negative))
        found = []
        for direction in (self.solver.Minimize, self.solver.Maximize):
            direction(asked)
            status = self.solver.Solve()
            assert status == pywraplp.Solver.OPTIMAL, f"what was read contradicts itself: {status}"
            found.append(self.solver.Objective().Value())
        return round(found[0], 6), round(found[1], 6)

    def learns(self, count, positive, negative=None):
        """Tell whether a number of people that is small is brought within fewer than it should.

        A mark such as `<10` leaves 1 to 9: nine numbers. So many must be possible at least, and
        one of them is 1 or 0, so that nobody can say that there are several.
        """
        if not 0 < count < self.threshold:
            return False
        low, high = self.bounds(positive, negative)
        return low > 1 or high - max(low, 0) < self.threshold - 2
