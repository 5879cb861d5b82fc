"""The division reaches the bound of linear programming, found by another solver."""

from hypothesis import given
from ortools.linear_solver import pywraplp

from meedoen.rules.matching.allocate import allocate
from tests.rules.matching.divisions import problems, rows_of


def bound(waiting, seats, pairs, weight):
    """Return the most that pairs can weigh together, parts of people allowed, by GLOP."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    rows = rows_of(pairs)
    parts = [solver.NumVar(0, 1, "") for _ in rows]
    for at in range(len(waiting.people)):
        solver.Add(sum(part for part, row in zip(parts, rows, strict=True) if row[0] == at) <= 1)
    for at, room in enumerate(seats.free):
        solver.Add(sum(part for part, row in zip(parts, rows, strict=True) if row[1] == at) <= room)
    solver.Maximize(sum(weight(row) * part for part, row in zip(parts, rows, strict=True)))
    assert solver.Solve() == pywraplp.Solver.OPTIMAL
    return solver.Objective().Value()


@given(problems(most_people=12, most_places=6, points=(0, 1, 2, 3, 5, 8, 13)))
def test_no_parts_of_people_can_do_better_than_whole_people(problem):
    waiting, _seats, pairs = problem
    if not len(pairs):
        return
    division = allocate(*problem)
    # More than all points together, so that a first wish goes before them.
    first = 13 * len(waiting.people) + 1
    most = bound(*problem, lambda row: row[2] + first * (row[3] == 1))
    assert abs(most - division.points - first * division.first_wishes) < 1e-6
