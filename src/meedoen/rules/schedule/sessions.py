"""A time of the week or month that comes back, and the same as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A time that comes back by a rule of RFC 5545, section 3.3.10, such as `FREQ=WEEKLY;BYDAY=MO`.

    The rule says on which days; the first and the last day are beside it, and the hours are on
    the clock of the wall in the Netherlands. `last_on` None means until further notice.
    """

    rule: str
    first_on: date
    opens_at: time
    closes_at: time
    last_on: date | None = None
    without_holidays: bool = True
    """Whether nobody is there on Dutch public holidays."""


def sessions_as_json(sessions: Iterable[Session]) -> list[dict[str, Any]]:
    """Return sessions as plain values for JSON, in the same order."""
    return [
        {
            "rule": one.rule,
            "first_on": one.first_on.isoformat(),
            "last_on": one.last_on.isoformat() if one.last_on else None,
            "opens_at": one.opens_at.isoformat("minutes"),
            "closes_at": one.closes_at.isoformat("minutes"),
            "without_holidays": one.without_holidays,
        }
        for one in sessions
    ]


def sessions_from_json(values: Sequence[Mapping[str, Any]]) -> tuple[Session, ...]:
    """Return the sessions that `sessions_as_json` wrote."""
    return tuple(
        Session(
            rule=one["rule"],
            first_on=date.fromisoformat(one["first_on"]),
            last_on=date.fromisoformat(one["last_on"]) if one["last_on"] else None,
            opens_at=time.fromisoformat(one["opens_at"]),
            closes_at=time.fromisoformat(one["closes_at"]),
            without_holidays=one["without_holidays"],
        )
        for one in values
    )
