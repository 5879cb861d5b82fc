"""Whether a time that comes back can be kept: every week or month, on days that exist."""

from meedoen.rules.schedule.occurrences import falls_on_a_day
from meedoen.rules.schedule.rule import RuleError
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.schedule.words import SessionProblem


def session_problems(session: Session) -> tuple[SessionProblem, ...]:
    """Return everything that is wrong with a session; nothing when it can be kept."""
    found = []
    if session.closes_at <= session.opens_at:
        found.append(SessionProblem.CLOSES_BEFORE_OPENING)
    backwards = session.last_on is not None and session.last_on < session.first_on
    if backwards:
        found.append(SessionProblem.ENDS_BEFORE_START)
    try:
        # A rule that falls on no day in three years falls on none: months come back every year.
        never = not falls_on_a_day(session)
    except RuleError as error:
        return (*found, error.problem)
    return (*found, SessionProblem.NEVER) if never and not backwards else tuple(found)
