"""Of how many people a file may end the benefit without a second question."""

MOST_LEAVERS = 0.10
"""The part of a team's people on benefit that may leave by one file without a second question.

About a quarter of the people on social assistance leave in a year; more than a tenth at once is
rather a file that was cut off, or a column with another date, than a good month. An empty file
must not end everybody's benefit.
"""


def must_confirm(*, leavers: int, people: int) -> bool:
    """Return whether somebody has to say that this many of these people really left."""
    return leavers > people * MOST_LEAVERS
