"""The kinds of signals. A new kind is a line here, a rule in `signals_for`, and a sentence.

A stored word never changes; new words come at the end.
"""

from enum import StrEnum


class SignalKind(StrEnum):
    """Why somebody needs a look."""

    NEVER_SPOKEN = "never_spoken"
    """Nobody spoke with the person since the benefit began."""
    NO_CONTACT = "no_contact"
    """Nobody spoke with the person for months."""
    NEXT_STEP_OVERDUE = "next_step_overdue"
    """Contact was planned for a day that is over."""
    ASK_AGAIN = "ask_again"
    """The person wanted no contact until a day that has come."""
    LADDER_DUE = "ladder_due"
    """It is time to measure the rung."""
    DOMAINS_DUE = "domains_due"
    """It is time to measure the life domains, for who was measured on them before."""
    PLAN_EVALUATION = "plan_evaluation"
    """The plan is to be looked at again together (Participatiewet, article 44a)."""
    PLAN_ACTION_OVERDUE = "plan_action_overdue"
    """Something that the plan agrees on was not done in time."""
    PLAN_NOT_AGREED = "plan_not_agreed"
    """A plan was drafted, and nobody agreed to it yet."""
    PLACEMENT_WAITS = "placement_waits"
    """A placement waits for the partner to confirm the start."""
    PLACEMENT_PAST_END = "placement_past_end"
    """A placement runs on after the last day that was agreed on."""
    PLACEMENT_ENDS_SOON = "placement_ends_soon"
    """The last day that was agreed on comes near, and nothing follows yet."""
    FOUND_PLACE_TO_VERIFY = "found_place_to_verify"
    """The person found a place, and nobody decided whether it comes into the directory."""
    PARTNER_WORRY = "partner_worry"
    """An organisation worries about how it goes, and nobody spoke with the person since."""
    PARTNER_SAYS_STOPPED = "partner_says_stopped"
    """An organisation says that somebody stopped, while the placement runs."""
    MONTH_NOT_CONFIRMED = "month_not_confirmed"
    """An organisation did not say how a month that is over went."""
    PLACE_ASKS = "place_asks"
    """A place that would suit the person asks whether coaches know somebody."""
