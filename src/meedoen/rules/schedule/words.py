"""What can be wrong with a time that comes back."""

from enum import StrEnum


class SessionProblem(StrEnum):
    """Why a session cannot be kept as it is."""

    NOT_A_RULE = "not_a_rule"
    OTHER_FREQUENCY = "other_frequency"
    PART_NOT_SUPPORTED = "part_not_supported"
    TOO_MANY_TIMES = "too_many_times"
    NEVER = "never"
    CLOSES_BEFORE_OPENING = "closes_before_opening"
    ENDS_BEFORE_START = "ends_before_start"
