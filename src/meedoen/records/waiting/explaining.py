"""Keeping with a promotion all that explains it, and working it out again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from meedoen.records.waiting.lists import Line
from meedoen.rules.flows.waiting_order import (
    Promotion,
    WaitingEntry,
    promote,
    promote_by_hand,
    promotion_from_json,
)
from meedoen.rules.flows.waiting_rule import waiting_rule_on
from meedoen.rules.vocabulary import PromotionWay


def explanation_of(promotion: Promotion, lines: Sequence[Line]) -> dict[str, Any]:
    """Return the promotion and the whole list as it was, as plain values."""
    return {
        "promotion": promotion.as_json(),
        "list": [
            {
                "key": line.entry.key,
                "since": line.entry.since.isoformat(),
                "lost_place": line.entry.lost_place,
                "own_wish_first": line.entry.own_wish_first,
                "lapsed": line.entry.lapsed,
            }
            for line in lines
        ],
    }


def kept_promotion(explanation: Mapping[str, Any]) -> Promotion:
    """Return the promotion that was kept. Raises ValueError for anything else."""
    return promotion_from_json(explanation["promotion"])


def replayed(explanation: Mapping[str, Any], way: PromotionWay) -> Promotion | None:
    """Work a promotion out again from the list that was kept with it, by the rule of that day.

    None when the rule gives the seat to nobody any more. Equal to what was kept, as long as
    nobody changed a rule that held already.
    """
    kept = kept_promotion(explanation)
    entries = [
        WaitingEntry(**{**one, "since": date.fromisoformat(one["since"])})
        for one in explanation["list"]
    ]
    rule = waiting_rule_on(kept.on)
    if way is PromotionWay.BY_HAND:
        because = kept.passed[0].because if kept.passed else ""
        return promote_by_hand(entries, kept.on, key=kept.key, because=because, rule=rule)
    unsuitable = {one.key: one.because for one in kept.passed}
    again = promote(entries, kept.on, seats=1, unsuitable=unsuitable, rule=rule)
    return again[0] if again else None
