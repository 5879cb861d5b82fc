"""Start + new - ended = end of a stock of people, since the end of the year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from meedoen.records.figures.protecting import protection_of
from meedoen.records.figures.sources import sources
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.balances import has_balance, stock_balance
from meedoen.rules.indicators.cells import counted_cells
from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.people_words import PeopleWord
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.shown import family_of, show_published, wholes_of
from meedoen.rules.indicators.shown_stock import Counted, ShownStock, protect_stocks
from meedoen.rules.indicators.sources import Known


@dataclass(frozen=True, slots=True)
class BalanceOfFigure:
    """What explains the difference between two days; both are counted with the same knowledge."""

    start: date
    end: date
    known_at: datetime | None
    numbers: ShownStock


def balance_of(
    viewer: Viewer, *, indicator: str, on: date, known_at: datetime | None = None
) -> BalanceOfFigure | None:
    """Count start, new, ended and end from the last day of the year before up to a day.

    Where the way of counting changed in between, both ends are counted by that of the day itself.
    `known_at` None is with everything known now. It is shown as safely as the figure itself, with
    what it could be worked out from. None when the figure is no stock of people on both days, and
    for who may not see figures. Raises KeyError for an unknown code.
    """
    start = date(on.year - 1, 12, 31)
    if not viewer.may(Permission.SEE_FIGURES):
        return None
    catalogue = catalogue_of(viewer.municipality_id)
    if not _is_stock(catalogue[indicator], start, on):
        return None
    known = sources(viewer, referrals=False).known_at(known_at)
    family = [catalogue[code] for code in family_of(catalogue, indicator)]
    protection = protection_of(viewer)
    numbers = [_numbers(family, known, day, by=on) for day in (start, on)]
    first, last = (show_published(catalogue, each, protection) for each in numbers)
    counted = {
        each.code: Counted(
            stock_balance(each.version_on(on), known.history, start, on),
            start=first[Cell(each.code)],
            end=last[Cell(each.code)],
        )
        for each in family
        if _is_stock(each, start, on) and Cell(each.code) in first.keys() & last.keys()
    }
    if indicator not in counted:
        return None
    shown = protect_stocks(counted, wholes_of(catalogue), protection)
    return BalanceOfFigure(start, on, known_at, shown[indicator])


def _is_stock(definition: Definition, start: date, on: date) -> bool:
    return definition.versions[0].valid_from <= start and has_balance(definition, on)


def _numbers(
    family: Sequence[Definition], known: Known, on: date, *, by: date
) -> Mapping[Cell, int]:
    """Count the figures of a family on a day, those of people, without breakdowns.

    They are counted in the way that is valid on the day `by`.
    """
    numbers: dict[Cell, int] = {}
    for definition in family:
        if definition.counts_on(on):
            version = definition.version_on(by)
            if isinstance(version.count, PeopleWord):
                alone = replace(definition, breakdowns=())
                numbers |= counted_cells(alone, version, known, on)
    return numbers
