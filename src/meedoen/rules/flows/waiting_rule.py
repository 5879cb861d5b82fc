"""The published rule of waiting lists: what comes first. A choice of our own, dated.

The rules stand in catalogue/places/waiting.toml, where a municipality may choose another. There
are no words in it for health, rung or benefit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache

from meedoen.rules.dated_tables import (
    Row,
    holding,
    read_series,
    shipped_text,
)
from meedoen.rules.vocabulary import MoveReason

LONGEST_TEXT = 300


class Criterion(StrEnum):
    """What a rule may look at; stored with each promotion. `KEY` is the last resort of every rule.

    A key is made by the software and says nothing about a person: it only keeps the order firm.
    """

    LOST_PLACE = "lost_place"
    OWN_WISH_FIRST = "own_wish_first"
    SINCE = "since"
    KEY = "key"


CRITERIA_OF_A_RULE = (Criterion.LOST_PLACE, Criterion.OWN_WISH_FIRST, Criterion.SINCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRule:
    """The order of a waiting list during a stretch; `sentence` is how it is published, in Dutch.

    `lost_by` are the reasons for which a placement stopped that count as a place that was lost.
    """

    valid_from: date
    valid_to: date | None
    criteria: tuple[Criterion, ...]
    lost_by: tuple[MoveReason, ...]
    promoted_after_lapse: bool
    sentence: str
    source: str


def waiting_rule_on(on: date, rules: Sequence[WaitingRule] | None = None) -> WaitingRule:
    """Return the rule that holds on a day; before the first, the first."""
    return holding(rules or shipped_waiting_rules(), on)


@cache
def shipped_waiting_rules() -> tuple[WaitingRule, ...]:
    """Return the rules that come with Meedoen, oldest first. Raises DatedTableError."""
    return read_waiting_rules(shipped_text("places", "waiting.toml"), "waiting.toml")


def read_waiting_rules(text: str, file_name: str) -> tuple[WaitingRule, ...]:
    """Read the rules from TOML, oldest first.

    Raises DatedTableError with every mistake at once; when the rules themselves are right, with
    every gap and overlap in their dates.
    """
    return read_series(text, file_name, "rules", _rule)


def _rule(row: Row) -> WaitingRule:
    row.refuse_unknown(field.name for field in fields(WaitingRule))
    valid_from, valid_to = row.dates()
    criteria = tuple(map(Criterion, row.words("criteria", CRITERIA_OF_A_RULE)))
    if len(set(criteria)) < len(criteria):
        row.wrong("criteria names one of them twice; name each once, the weightiest first")
    return WaitingRule(
        valid_from=valid_from,
        valid_to=valid_to,
        criteria=criteria,
        lost_by=tuple(map(MoveReason, row.words("lost_by", MoveReason))),
        promoted_after_lapse=row.flag("promoted_after_lapse"),
        sentence=row.text("sentence", LONGEST_TEXT),
        source=row.text("source", LONGEST_TEXT),
    )
