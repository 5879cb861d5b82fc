"""How many random examples are tried: a few in every run, many more, drawn anew, at leisure.

A run of every day draws the same examples each time, so drawing more of them finds nothing that
yesterday's run did not. `MEEDOEN_TIMES_AS_MANY_EXAMPLES=10 make test` draws others, and ten times
as many.
"""

import os

TIMES = int(os.environ.get("MEEDOEN_TIMES_AS_MANY_EXAMPLES", "1"))


def examples(count: int) -> int:
    """Return how many examples to try in this run where every run tries so many."""
    return count * TIMES
