"""What may be shown of a reconciliation: numbers that add up along lines, groups and outcomes.

Every line says *as published + corrections = as known now*, and *start + new - ended = end*. So a
small number of people who are new can be worked out from three others, and one group from the
others and the whole. All of that is protected at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from meedoen.rules.flows.named import Named, name_rows
from meedoen.rules.flows.protected import Line, protect_lines
from meedoen.rules.flows.reconciliation import CORRECTIONS, Balance, Correction, Group
from meedoen.rules.indicators.disclosure import (
    HIDDEN,
    USUAL_THRESHOLD,
    Shown,
)
from meedoen.rules.vocabulary import Outcome

WHOLE = Group()


class Column(StrEnum):
    """A number of a line, the weightiest first; the last ones are hidden before the others."""

    START = "start"
    END = "end"
    NEW = "new"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ShownBalance:
    """A line of a reconciliation as people see it.

    `published` is the start as it was known then, `start` as it is known now; the `difference`
    is signed and says what was corrected. It is hidden unless both can be seen anyway.
    """

    published: Shown
    difference: Shown
    start: Shown
    new: Shown
    ended: Shown
    end: Shown


@dataclass(frozen=True, slots=True)
class ShownBalances:
    """All lines, and of the whole the outcomes of what ended and why the start was corrected.

    Small outcomes are told together; there are none when it is not shown how many ended.
    `corrections` are signed. They are shown together or not at all.
    """

    lines: Mapping[Group, ShownBalance]
    outcomes: Named[Outcome | None]
    corrections: Mapping[Correction, Shown]


Key = tuple[object, ...]


def protect_balances(
    balances: Mapping[Group, Balance], threshold: int = USUAL_THRESHOLD
) -> ShownBalances:
    """Show what can be shown of the whole (`WHOLE`) and of groups by kind and by district.

    A group has a kind or a district, not both. When people are counted somebody can be in two
    groups; then the groups are more than the whole, and how much more is published nowhere.
    Raises ValueError for a threshold under 5, and KeyError without the whole.
    """
    whole = balances[WHOLE]
    ways = [
        [group for group in balances if group.kind is not None],
        [group for group in balances if group.district is not None],
    ]
    figures: dict[Key, int] = {}
    lines: list[Line[Key]] = []
    sums: set[Key] = set()
    for group, balance in balances.items():
        figures |= {(group, column): count for column, count in _columns(balance).items()}
        _tie(figures, lines, sums, group)
    for way in ways:
        for column in Column:
            parts: tuple[Key, ...] = tuple((group, column) for group in way)
            _add_up(figures, lines, sums, parts, (WHOLE, column))
    shown = protect_lines(figures, lines, threshold, sums=sums)
    published = _published(balances, ways, shown, threshold)
    ended = {} if shown[(WHOLE, Column.ENDED)].hidden else whole.ended
    return ShownBalances(
        lines={
            group: _shown_balance(group, balance, shown, published[(group,)])
            for group, balance in balances.items()
        },
        outcomes=name_rows({outcome: (count,) for outcome, count in ended.items()}, threshold),
        corrections=_corrections(whole, shown, published[(WHOLE,)], threshold),
    )


def _columns(balance: Balance) -> dict[Column, int]:
    return {
        Column.START: balance.start + balance.difference,
        Column.END: balance.end,
        Column.NEW: balance.new,
        Column.ENDED: sum(balance.ended.values()),
    }


def _tie(figures: dict[Key, int], lines: list[Line[Key]], sums: set[Key], group: Group) -> None:
    """Say of a group that the start with what is new equals the end with what ended."""
    both: Key = (group, "both")
    start, end, new, ended = ((group, column) for column in Column)
    figures[both] = figures[start] + figures[new]
    sums.add(both)
    lines += [Line(both, (start, new)), Line(both, (end, ended))]


def _add_up(
    figures: dict[Key, int],
    lines: list[Line[Key]],
    sums: set[Key],
    parts: tuple[Key, ...],
    whole: Key,
) -> None:
    """Say how groups add up to the whole, with who is in two of them beside it."""
    twice = sum(figures[part] for part in parts) - figures[whole]
    if not parts:
        return
    if not twice:
        lines.append(Line(whole, parts))
        return
    together, more = ("together", *parts), ("twice", *parts)
    figures |= {together: figures[whole] + twice, more: twice}
    sums |= {together, more}
    lines += [Line(together, parts), Line(together, (whole, more))]


def _published(
    balances: Mapping[Group, Balance],
    ways: list[list[Group]],
    shown: Mapping[Key, Shown],
    threshold: int,
) -> dict[Key, Shown]:
    """Show the start as it was known then, never where the start as known now is hidden."""
    figures: dict[Key, int] = {(group,): balance.start for group, balance in balances.items()}
    lines: list[Line[Key]] = []
    sums: set[Key] = set()
    for way in ways:
        _add_up(figures, lines, sums, tuple((group,) for group in way), (WHOLE,))
    hidden: set[Key] = {(group,) for group in balances if shown[(group, Column.START)].hidden}
    return protect_lines(figures, lines, threshold, hidden=hidden, sums=sums)


def _shown_balance(
    group: Group, balance: Balance, shown: Mapping[Key, Shown], published: Shown
) -> ShownBalance:
    start = shown[(group, Column.START)]
    seen = not (start.hidden or published.hidden)
    return ShownBalance(
        published=published,
        difference=_signed(balance.difference) if seen else HIDDEN,
        start=start,
        new=shown[(group, Column.NEW)],
        ended=shown[(group, Column.ENDED)],
        end=shown[(group, Column.END)],
    )


def _corrections(
    whole: Balance, shown: Mapping[Key, Shown], published: Shown, threshold: int
) -> dict[Correction, Shown]:
    """Show why the start changed; one reason alone is the difference, which is there already."""
    found = whole.corrections
    seen = not (shown[(WHOLE, Column.START)].hidden or published.hidden)
    if len(found) > 1:
        seen = seen and all(abs(count) >= threshold for count in found.values())
    return {
        correction: _signed(found[correction]) if seen else HIDDEN
        for correction in CORRECTIONS
        if correction in found
    }


def _signed(count: int) -> Shown:
    return Shown(f"{count:+}" if count else "0", hidden=False)
