"""What a definition would count, before it is in force: nothing of it is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from meedoen.records.figures.protecting import protection_of
from meedoen.records.figures.sources import sources
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.cells import counted_cells
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.evaluate import FigureResult
from meedoen.rules.indicators.language import (
    Breakdown,
    Catalogue,
    Definition,
    ReferralWord,
    breakdowns_of,
)
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.shown import family_of, show_published
from meedoen.rules.indicators.sources import Known, Sources


@dataclass(frozen=True, slots=True)
class Preview:
    """A figure as people would get to see it: now, over some days, and by district."""

    on: date
    shown: Shown | None
    """None where nothing of the kind is known, so that there is no figure."""
    parts: Mapping[str, Shown]
    course: Sequence[tuple[date, Shown]]
    """Only the days on which there is a figure."""
    districts: Sequence[tuple[str, Shown]]
    """Empty for what cannot be counted by district."""
    result: FigureResult
    """What was counted, to explain it by; the numbers in it are none."""


def previewed(
    viewer: Viewer, *, definition: Definition, on: date, days: Sequence[date]
) -> Preview | None:
    """Count a definition that is not in force on a day and over days, as known now.

    It is protected together with all indicators from which it could be worked out. None for who
    may not make indicators, and for a day before its first version.
    """
    if not viewer.may(Permission.SET_INDICATORS) or not definition.counts_on(on):
        return None
    broken_down = replace(definition, breakdowns=_by_district(definition))
    known = catalogue_of(viewer.municipality_id).definitions
    family = _family(Catalogue({**known, definition.code: broken_down}), definition.code)
    counted = _sources(viewer, family).known_at(None)
    protection = protection_of(viewer)
    shown = show_published(family, _cells(family, counted, on), protection)
    # The whole never depends on its breakdowns, so over time those need not be counted.
    plain = Catalogue({each.code: replace(each, breakdowns=()) for each in family})
    course = [(day, show_published(plain, _cells(plain, counted, day), protection)) for day in days]
    own = Cell(definition.code)
    return Preview(
        on=on,
        shown=shown.get(own),
        parts={
            part: shown[cell]
            for part in definition.version_on(on).count.parts
            if (cell := replace(own, part=part)) in shown
        },
        course=[(day, cells[own]) for day, cells in course if own in cells],
        districts=list(_districts(viewer, own, shown)),
        result=FigureResult(definition.code, definition.version_on(on).valid_from, on, None, 0, {}),
    )


def _by_district(definition: Definition) -> tuple[Breakdown, ...]:
    """Return the breakdown by district, for what is counted by district at all."""
    words = [version.count for version in definition.versions]
    can = all(Breakdown.DISTRICT in breakdowns_of(word) for word in words)
    return (Breakdown.DISTRICT,) if can else ()


def _family(known: Catalogue, code: str) -> Catalogue:
    return Catalogue({one: known[one] for one in family_of(known, code)})


def _sources(viewer: Viewer, family: Catalogue) -> Sources:
    """Read what these figures are counted in, and no more."""
    words = [version.count for each in family for version in each.versions]
    return sources(
        viewer,
        referrals=any(isinstance(word, ReferralWord) for word in words),
        places=any(isinstance(word, PlaceWord) for word in words),
    )


def _cells(family: Catalogue, known: Known, on: date) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for each in family:
        if each.counts_on(on):
            found |= counted_cells(each, each.version_on(on), known, on)
    return found


def _districts(
    viewer: Viewer, own: Cell, shown: Mapping[Cell, Shown]
) -> Iterator[tuple[str, Shown]]:
    rows = District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    for number, name in rows.values_list("pk", "name"):
        cell = replace(own, district=number)
        if cell in shown:
            yield name, shown[cell]
