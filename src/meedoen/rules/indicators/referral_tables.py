"""Worked tables about referrals: little tables of steps and of who takes part, statements out.

The steps:

    id | referral | ask | event    | on         | from | to | theme    | due        | reason
    1  | r1       | a1  | sent     | 2026-01-01 | A    | B  | language | 2026-01-11 |
    2  | r1       | a1  | declined | 2026-01-05 |      |    |          |            | full

Who takes part:

    organisation | joins      | leaves     | recorded
    A            | 2026-01-01 |            |

An empty cell or a column left out is: a step of the referral as a whole, recorded on its own day,
no district, nothing due, taking part from the first day that there is. Organisations, referrals
and asks are any names; `municipality` is the municipality itself and `resident` are residents who
refer themselves. Who asked whom for what stands only with `sent`. `note` is for the reader.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from meedoen.rules.indicators.referral_statements import (
    MUNICIPALITY,
    RESIDENT,
    DirectoryStatement,
    ReferralStatement,
)
from meedoen.rules.indicators.table_rows import (
    HIGHEST_ID,
    NOON,
    Row,
    demand_right,
    numbered,
    rows_of,
)
from meedoen.rules.vocabulary import DeclineReason, ReferralEvent, Theme

STEP_COLUMNS = (
    *("id", "referral", "ask", "event", "on", "recorded", "from", "to", "theme", "district"),
    *("due", "reason", "note"),
)
STEP_NEEDED = ("id", "referral", "event", "on")
ORGANISATION_COLUMNS = ("organisation", "joins", "leaves", "recorded", "note")
ORGANISATION_NEEDED = ("organisation",)
OWN_NAMES: Mapping[str, int] = {
    "": MUNICIPALITY,
    "municipality": MUNICIPALITY,
    "resident": RESIDENT,
}


def step_rows(table: str) -> list[Row]:
    """Split a table of steps into rows. Raises TableError as `rows_of` does."""
    return rows_of(table, STEP_COLUMNS, STEP_NEEDED)


def organisation_rows(table: str) -> list[Row]:
    """Split a table of who takes part into rows; no table is no rows. Raises TableError."""
    return rows_of(table, ORGANISATION_COLUMNS, ORGANISATION_NEEDED) if table.strip() else []


def organisations_in(steps: Sequence[Row], directory: Sequence[Row]) -> dict[str, int]:
    """Give every organisation in both tables the same number."""
    names = [row.name("organisation") for row in directory]
    names += [row.name(column) for row in steps for column in ("from", "to")]
    return {**numbered(name for name in names if name not in OWN_NAMES), **OWN_NAMES}


def steps_of(rows: Sequence[Row], parties: Mapping[str, int]) -> tuple[ReferralStatement, ...]:
    """Read the steps. Raises TableError with every mistake in them."""
    referrals = numbered(row.name("referral", needed=True) for row in rows)
    asks = {"": 0, **numbered(name for row in rows if (name := row.name("ask")))}
    steps = tuple(_step(row, referrals, asks, parties) for row in rows)
    demand_right(rows)
    return steps


def directory_of(rows: Sequence[Row], parties: Mapping[str, int]) -> tuple[DirectoryStatement, ...]:
    """Read who takes part. Raises TableError with every mistake in it."""
    statements = tuple(_organisation(row, parties) for row in rows)
    demand_right(rows)
    return statements


def _step(
    row: Row, referrals: Mapping[str, int], asks: Mapping[str, int], parties: Mapping[str, int]
) -> ReferralStatement:
    on = row.day("on", needed=True) or date.min
    return ReferralStatement(
        id=row.number("id", 1, HIGHEST_ID, needed=True),
        referral=referrals[row.name("referral")],
        ask=asks[row.name("ask")],
        event=row.word("event", ReferralEvent, needed=True) or ReferralEvent.DRAFTED,
        on=on,
        recorded_at=row.moment("recorded") or datetime.combine(on, NOON),
        sender=parties[row.name("from")],
        receiver=parties[row.name("to")],
        theme=row.word("theme", Theme) or "",
        district=row.number("district", 1, HIGHEST_ID),
        due_on=row.day("due"),
        reason=row.word("reason", DeclineReason) or "",
    )


def _organisation(row: Row, parties: Mapping[str, int]) -> DirectoryStatement:
    joins = row.day("joins") or date.min
    return DirectoryStatement(
        organisation=parties[row.name("organisation", needed=True)],
        joins_on=joins,
        leaves_on=row.day("leaves"),
        recorded_at=row.moment("recorded") or datetime.combine(joins, NOON),
    )
