"""Start + new - ended = end as people get to see it: nobody who came or went can be found.

The two stocks are figures that are shown elsewhere, and are shown here in the same way. So with one
of the flows the other one can be worked out: the flows are shown both or neither.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from meedoen.rules.indicators.balances import StockBalance
from meedoen.rules.indicators.disclosure import (
    HIDDEN,
    Shown,
)
from meedoen.rules.indicators.published_table import Protection, rounded


@dataclass(frozen=True, slots=True)
class ShownStock:
    """The four numbers of a sum; rounded ones need not add up."""

    start: Shown
    new: Shown
    ended: Shown
    end: Shown

    @property
    def adds_up(self) -> bool:
        """Tell whether the sum can be checked by whoever reads it."""
        texts = [one.text for one in (self.start, self.new, self.ended, self.end)]
        if not all(text.isdecimal() for text in texts):
            return False
        start, new, ended, end = map(int, texts)
        return start + new - ended == end


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of a figure, and how its stocks are shown where the figure itself is."""

    balance: StockBalance
    start: Shown
    end: Shown


def protect_stocks(
    counted: Mapping[str, Counted],
    relations: Mapping[str, Sequence[str]],
    protection: Protection,
) -> dict[str, ShownStock]:
    """Show the sums of figures that are published together, in order of importance.

    `relations` maps each figure that is a part of others to those. Flows are hidden when one
    of the two is small, when one of the stocks is hidden, and when what the parts leave of the
    flows of their whole is small; of those parts the last loses its flows.
    """
    hidden = {code for code, one in counted.items() if not _may_show(one, protection.threshold)}
    while more := next(_left_small(counted, relations, hidden, protection.threshold), None):
        hidden.add(more)
    return {
        code: ShownStock(
            start=one.start,
            new=HIDDEN if code in hidden else _shown(one.balance.new, protection),
            ended=HIDDEN if code in hidden else _shown(one.balance.ended, protection),
            end=one.end,
        )
        for code, one in counted.items()
    }


def _may_show(one: Counted, threshold: int) -> bool:
    flows = (one.balance.new, one.balance.ended)
    small = any(0 < count < threshold for count in flows)
    return not (small or one.start.hidden or one.end.hidden)


def _left_small(
    counted: Mapping[str, Counted],
    relations: Mapping[str, Sequence[str]],
    hidden: set[str],
    threshold: int,
) -> Iterator[str]:
    """Give the parts to hide because a small number is left of the flows of their whole."""
    for whole in dict.fromkeys(one for wholes in relations.values() for one in wholes):
        parts = [code for code in counted if whole in relations.get(code, ())]
        seen = [code for code in parts if code not in hidden]
        if whole not in counted or whole in hidden:
            continue
        for some in (seen, *([part] for part in seen)):
            if some and any(0 < abs(left) < threshold for left in _left(counted, whole, some)):
                yield some[-1]


def _left(counted: Mapping[str, Counted], whole: str, parts: list[str]) -> Iterator[int]:
    of_parts = [counted[part].balance for part in parts]
    yield counted[whole].balance.new - sum(one.new for one in of_parts)
    yield counted[whole].balance.ended - sum(one.ended for one in of_parts)


def _shown(count: int, protection: Protection) -> Shown:
    return Shown(str(rounded(count, protection.rounding)), hidden=False)
