"""A reconciliation of which every line can be read: kinds and districts with few are one line.

In a town of some hundreds of people most kinds have a few who are new. Hiding all of those would
hide the table; together they are enough to be told of. See `named` and `shown_balances`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.flows.named import any_small, smallest
from meedoen.rules.flows.reconciliation import (
    Balance,
    Group,
    Question,
    reconcile_between,
)
from meedoen.rules.flows.shown_balances import WHOLE, ShownBalances, protect_balances
from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.disclosure import USUAL_THRESHOLD
from meedoen.rules.indicators.participating import Participations
from meedoen.rules.vocabulary import PlaceKind

REST_OF_KINDS = Group(kind=PlaceKind.OTHER)
NO_DISTRICT = 0
REST_OF_DISTRICTS = Group(district=NO_DISTRICT)
NOTHING = Balance(0, 0, {}, 0, {})
Count = Callable[[frozenset[Group]], Mapping[Group, Balance]]


@dataclass(frozen=True, slots=True)
class ToldBalances:
    """What is shown, and whether the last line of a kind is that of several together.

    That line is `REST_OF_KINDS` or `REST_OF_DISTRICTS`, with what was there already.
    """

    shown: ShownBalances
    joins_kinds: bool
    joins_districts: bool


def tell_balances(
    before: Participations,
    now: Participations,
    question: Question,
    threshold: int = USUAL_THRESHOLD,
) -> ToldBalances:
    """Count the whole, each kind and each district, with the start from what was known before.

    What the question says of kinds and districts plays no role. Raises ValueError for a threshold
    under 5.
    """
    asked = replace(question, by_kind=False, by_district=False)
    by_kind, by_district = replace(asked, by_kind=True), replace(asked, by_district=True)

    def kinds(joined: frozenset[Group]) -> Mapping[Group, Balance]:
        codes = [code_of(group.kind) for group in joined if group.kind is not None]
        rest = code_of(PlaceKind.OTHER)
        then, since = (replace(one, kind=_joined(one.kind, codes, rest)) for one in (before, now))
        return reconcile_between(then, since, by_kind)

    def districts(joined: frozenset[Group]) -> Mapping[Group, Balance]:
        codes = [group.district for group in joined if group.district is not None]
        then, since = (
            replace(one, district=_joined(one.district, codes, NO_DISTRICT))
            for one in (before, now)
        )
        return reconcile_between(then, since, by_district)

    whole = reconcile_between(before, now, asked).get(WHOLE, NOTHING)
    of_kinds, joins_kinds = _readable(kinds, REST_OF_KINDS, threshold)
    of_districts, joins_districts = _readable(districts, REST_OF_DISTRICTS, threshold)
    lines = {WHOLE: whole, **of_kinds, **of_districts}
    return ToldBalances(protect_balances(lines, threshold), joins_kinds, joins_districts)


def _joined(codes: NDArray[np.int64], joined: Iterable[int], rest: int) -> NDArray[np.int64]:
    return np.where(np.isin(codes, list(joined)), rest, codes)


def _readable(count: Count, rest: Group, threshold: int) -> tuple[Mapping[Group, Balance], bool]:
    """Join what is small until the rest is not small either, or nothing else is left."""
    found = count(frozenset())
    rows = {group: _numbers(balance) for group, balance in found.items()}
    told = [group for group, row in rows.items() if not any_small(row, threshold)]
    if len(told) == len(rows):
        return found, False
    told = [group for group in told if group != rest]
    while True:
        counted = count(frozenset(rows.keys() - told))
        if not told or not any_small(_numbers(counted[rest]), threshold):
            return {group: counted[group] for group in (*told, rest)}, True
        told.remove(smallest(told, rows))


def _numbers(balance: Balance) -> tuple[int, ...]:
    start = balance.start + balance.difference
    return balance.start, start, balance.new, sum(balance.ended.values()), balance.end
