"""The codes of dividing scarce places; what they are called on screen stands with the pages."""

from enum import StrEnum


class RunState(StrEnum):
    """How far a division is that somebody asked for."""

    WAITING = "waiting"
    """Waits for a worker."""
    RUNNING = "running"
    """A worker works it out. Nothing of it is kept yet."""
    DONE = "done"
    """Kept whole; its lines can be answered."""
    FAILED = "failed"
    """Came to nothing; `fault` says why."""
    WITHDRAWN = "withdrawn"
    """Somebody called it off before it was done."""


BUSY = (RunState.WAITING, RunState.RUNNING)


class RunFault(StrEnum):
    """Why a division came to nothing."""

    NO_PEOPLE = "no_people"
    """Nobody waits."""
    NO_PLACES = "no_places"
    """No place that is asked for has a free seat."""
    NO_RULE_SET = "no_rule_set"
    """No rule set is in force, or one holds a mistake."""
    UNFIT_POINTS = "unfit_points"
    """What went in cannot be divided: points that are no number, or that do not hang together."""
    NOT_OPTIMAL = "not_optimal"
    """The outcome does not pass its own check, so it is not shown."""
    NOT_ALLOWED = "not_allowed"
    """Who asked for it may not divide places any more."""
    SWITCHED_OFF = "switched_off"
    """The municipality does not let places be matched."""
    STOPPED = "stopped"
    """It was begun too often without coming to an end."""


class LineAnswer(StrEnum):
    """What the coach and the resident said to a line."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class LinePart(StrEnum):
    """Which lines of a division to show."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHOUT_PLACE = "without_place"
