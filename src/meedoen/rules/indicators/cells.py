"""A figure with its parts and the breakdowns that its definition allows, as cells of one table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.evaluate import Counts, are_measured, evaluate
from meedoen.rules.indicators.grouping import Group
from meedoen.rules.indicators.language import Breakdown, Definition, Version
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.sources import Known
from meedoen.rules.vocabulary import PlaceKind

KINDS = tuple(PlaceKind)
NOBODY = Shown("0", hidden=False)


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
    groups: list[Group | None] = [None, *groups_of(definition.breakdowns)]
    return cells_on(
        definition, {group: evaluate(version, known, [on], group) for group in groups}, 0
    )


def cells_on(
    definition: Definition, counted: Mapping[Group | None, Counts], place: int
) -> dict[Cell, int]:
    """Return the cells of a figure on one of the days on which it was counted, by its place.

    `counted` holds everything together and at least the groups that the definition allows.
    """
    code, whole = definition.code, counted[None]
    found = {Cell(code): int(whole.values[place, 0])}
    found |= {Cell(code, part): int(counts[place, 0]) for part, counts in whole.parts.items()}
    for group in groups_of(definition.breakdowns):
        found.update(_broken_down(code, group, counted[group], place))
    return found


def is_left_out(cell: Cell, shown: Shown) -> bool:
    """Tell whether a cell needs no line of its own: an organisation that has nobody.

    Of organisations there are many. One of which that is hidden does have a line.
    """
    return cell.organisation is not None and shown == NOBODY


def groups_of(breakdowns: Sequence[Breakdown]) -> Iterator[Group]:
    """Give the groups in which a figure is kept: by district, kind of place, both, organisation."""
    if Breakdown.DISTRICT in breakdowns:
        yield "district"
    if Breakdown.PLACE_KIND in breakdowns:
        yield "place_kind"
    if {Breakdown.DISTRICT, Breakdown.PLACE_KIND} <= set(breakdowns):
        yield "district_and_kind"
    if Breakdown.ORGANISATION in breakdowns:
        yield "organisation"


def _broken_down(code: str, group: Group, counts: Counts, on: int) -> Iterator[tuple[Cell, int]]:
    """Give the cells in which anybody is: a share of nobody out of ten people is one of those."""
    columns = {"": counts.values[on], **{part: each[on] for part, each in counts.parts.items()}}
    numbered: Sequence[int | tuple[int, int]] = counts.groups or ()
    anybody = np.any(np.stack(list(columns.values())), axis=0)
    for place in np.flatnonzero(anybody).tolist():
        where = _place(code, group, numbered[place])
        if not where.is_whole:
            for part, column in columns.items():
                yield replace(where, part=part), int(column[place])


def _place(code: str, group: Group, number: int | tuple[int, int]) -> Cell:
    """Return the cell of a group; that of the whole for one that misses what it is grouped by."""
    if isinstance(number, tuple):
        district, kind = number
        return Cell(code, "", district, KINDS[kind - 1]) if district and kind else Cell(code)
    match group:
        case "district":
            return Cell(code, district=number or None)
        case "organisation":
            return Cell(code, organisation=number or None)
        case _:
            return Cell(code, place_kind=KINDS[number - 1] if number else "")
