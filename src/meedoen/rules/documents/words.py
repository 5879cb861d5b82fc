"""The words of a document of the budget cycle; spellings are stored and never change."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """Which moment of the budget cycle a document belongs to.

    Budget and account share one layout (Besluit begroting en verantwoording, article 4).
    """

    BUDGET = "budget"
    INTERIM = "interim"
    """Between the two: how the year goes, with traffic lights."""
    ACCOUNT = "account"


class DocumentState(StrEnum):
    """Where a document stands."""

    DRAFT = "draft"
    OFFERED = "offered"
    """Nobody writes any more: a second person reads and decides."""
    ADOPTED = "adopted"
    """Its figures stay as they are; what is known later stands beside them."""
    DROPPED = "dropped"
    """Came to nothing before it was adopted."""


class DocumentMove(StrEnum):
    """A step from one state to another."""

    MADE = "made"
    OFFERED = "offered"
    SENT_BACK = "sent_back"
    ADOPTED = "adopted"
    DROPPED = "dropped"


class Question(StrEnum):
    """The three questions of every goal (the "3 W"), article 8(3) of the same decree.

    Before them may come where we stand, as budget pages often tell it; it may stay empty.
    """

    STANDING = "standing"
    """Where do we stand now, with the figures of today."""
    WANT = "want"
    """What do we want to reach; in an account: what did we want."""
    DO = "do"
    """What shall we do for it; in an account: what did we do."""
    COST = "cost"
    """What may it cost; in an account: what did it cost."""


class LightSubject(StrEnum):
    """What a traffic light is about: reaching the goal, the work, and the money apart."""

    GOAL = "goal"
    ACTION = "action"
    MONEY = "money"


class Colour(StrEnum):
    """Green is as promised; orange asks for steering; red is not reached this year."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


class QuotedKind(StrEnum):
    """What a quoted figure is: what was counted, printed, aimed for or expected."""

    ACHIEVED = "achieved"
    BUDGETED = "budgeted"
    AIMED = "aimed"
    FORECAST = "forecast"
