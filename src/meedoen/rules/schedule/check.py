"""Whether a time that comes back can be kept: every week or month, on days that exist."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from meedoen.rules.schedule.sessions import Session
from meedoen.rules.schedule.words import SessionProblem

FREQUENCIES = frozenset({"WEEKLY", "MONTHLY"})
PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "WKST", "COUNT", "BYSETPOS"})
"""The parts of a rule that are understood; the last day stands beside the rule."""
MOST_TIMES = 1_000
LONGEST_INTERVAL = 12
LOOK_AHEAD = timedelta(days=3 * 366)
"""A rule that falls on no day in so long falls on none at all: months come back every year."""


def session_problems(session: Session) -> tuple[SessionProblem, ...]:
    """Return everything that is wrong with a session; nothing when it can be kept."""
    found = []
    if session.closes_at <= session.opens_at:
        found.append(SessionProblem.CLOSES_BEFORE_OPENING)
    if session.last_on and session.last_on < session.first_on:
        found.append(SessionProblem.ENDS_BEFORE_START)
    problem = _rule_problem(session.rule, session.first_on)
    return tuple([*found, problem] if problem else found)


def _rule_problem(rule: str, first_on: date) -> SessionProblem | None:
    parts = _parts(rule)
    if parts is None or "FREQ" not in parts:
        return SessionProblem.NOT_A_RULE
    if parts["FREQ"] not in FREQUENCIES:
        return SessionProblem.OTHER_FREQUENCY
    if parts.keys() - PARTS:
        return SessionProblem.PART_NOT_SUPPORTED
    try:
        return _problem_of_numbers(parts) or _never(rule, first_on)
    except (ValueError, TypeError, IndexError):
        return SessionProblem.NOT_A_RULE


def _problem_of_numbers(parts: Mapping[str, str]) -> SessionProblem | None:
    if int(parts.get("COUNT", "1")) > MOST_TIMES:
        return SessionProblem.TOO_MANY_TIMES
    if not 1 <= int(parts.get("INTERVAL", "1")) <= LONGEST_INTERVAL:
        return SessionProblem.OTHER_FREQUENCY
    return None


def _never(rule: str, first_on: date) -> SessionProblem | None:
    start = datetime.combine(first_on, time())
    first = rrulestr(rule, dtstart=start).after(start - timedelta(days=1))
    return SessionProblem.NEVER if first is None or first > start + LOOK_AHEAD else None


def _parts(rule: str) -> dict[str, str] | None:
    """Return the parts of a rule by name; None when it is not made of parts, each once."""
    pairs = [part.split("=") for part in rule.split(";")]
    if any(len(pair) != 2 or not pair[1] for pair in pairs):
        return None
    parts = dict(pairs)
    return parts if len(parts) == len(pairs) else None
