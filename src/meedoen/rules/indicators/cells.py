"""A figure with its parts and the breakdowns that its definition allows, as cells of one table."""

from collections.abc import Iterator, Sequence
from datetime import date

from meedoen.rules.indicators.evaluate import Counts, are_measured, evaluate
from meedoen.rules.indicators.grouping import Group
from meedoen.rules.indicators.language import Breakdown, Definition, Version
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.sources import Known
from meedoen.rules.vocabulary import PlaceKind

KINDS = tuple(PlaceKind)


def counted_cells(
    definition: Definition, version: Version, known: Known, on: date
) -> dict[Cell, int]:
    """Count a figure on a day, first the whole, then its parts, then its breakdowns.

    Of a breakdown only what is not zero is there, and what has no district or kind is in none of
    it. Empty for what was not measured: that is no zero.
    """
    [measured] = are_measured(version, known, [on])
    if not measured:
        return {}
    code = definition.code
    whole = evaluate(version, known, [on])
    found = {Cell(code): int(whole.values[0, 0])}
    found |= {Cell(code, part): int(counts[0, 0]) for part, counts in whole.parts.items()}
    for group in groups_of(definition.breakdowns):
        found.update(_broken_down(code, group, evaluate(version, known, [on], group)))
    return found


def groups_of(breakdowns: Sequence[Breakdown]) -> Iterator[Group]:
    """Give the groups in which a figure is kept: by district, by kind of place, and by both."""
    if Breakdown.DISTRICT in breakdowns:
        yield "district"
    if Breakdown.PLACE_KIND in breakdowns:
        yield "place_kind"
    if {Breakdown.DISTRICT, Breakdown.PLACE_KIND} <= set(breakdowns):
        yield "district_and_kind"


def _broken_down(code: str, group: Group, counts: Counts) -> Iterator[tuple[Cell, int]]:
    """Give the cells in which anybody is: a share of nobody out of ten people is one of those."""
    columns = {"": counts.values, **counts.parts}
    numbered: Sequence[int | tuple[int, int]] = counts.groups or ()
    for place, number in enumerate(numbered):
        district, kind = _place(group, number)
        numbers = {part: int(column[0, place]) for part, column in columns.items()}
        if any(numbers.values()) and (district or kind):
            for part, value in numbers.items():
                yield Cell(code, part, district, kind), value


def _place(group: Group, number: int | tuple[int, int]) -> tuple[int | None, str]:
    """Return the district and the kind of a group; None and "" for one that misses either."""
    if isinstance(number, tuple):
        district, kind = number
        return (district, KINDS[kind - 1]) if district and kind else (None, "")
    if group == "district":
        return number or None, ""
    return None, KINDS[number - 1] if number else ""
