"""What a definition would count, before it is in force: nothing of it is kept.

A preview tells less than a figure; `rules.indicators.previews` says what, and why.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from meedoen.records.figures.protecting import protection_of
from meedoen.records.figures.remembered import remembered
from meedoen.records.figures.sources import sources
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.cells import counted_cells
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.evaluate import FigureResult, are_measured
from meedoen.rules.indicators.language import (
    Breakdown,
    Catalogue,
    Definition,
    ReferralWord,
    Version,
    Word,
    breakdowns_of,
)
from meedoen.rules.indicators.people_words import PeopleWord
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.previews import (
    ASKED,
    UNTOLD,
    Near,
    Told,
    between,
    says_nothing_of_people,
)
from meedoen.rules.indicators.published_table import Cell, Protection
from meedoen.rules.indicators.shown import family_of, show_published
from meedoen.rules.indicators.sources import Known, Sources


@dataclass(frozen=True, slots=True)
class NearFigure:
    """A figure in force that counts everybody of what is looked at, or of whom all are in that."""

    indicator: str
    part: str
    district: str
    """The name of the only district it is about; empty for all."""
    shown: Shown
    is_around: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A figure as far as it may be told before it is in force: now, over some days, by district.

    `withheld` says that nothing of it may be told yet: no figure tells it already.
    """

    on: date
    shown: Shown | None
    """None where nothing of the kind is known, so that there is no figure."""
    parts: Mapping[str, Shown]
    course: Sequence[tuple[date, Shown]]
    """Only the days on which there is a figure that is told."""
    districts: Sequence[tuple[str, Shown]]
    """Empty for what cannot be counted by district."""
    result: FigureResult
    """What was counted, to explain it by; the numbers in it are none."""
    withheld: bool = False
    near: Sequence[NearFigure] = ()
    """What is told and comes nearest, where this itself may not be told."""
    least: int | None = None
    most: int | None = None
    """Between which numbers it is by those; None where they do not say so, and where these are
    rounded."""


def previewed(
    viewer: Viewer, *, definition: Definition, on: date, days: Sequence[date]
) -> Preview | None:
    """Look at a definition that is not in force on a day and over days, as known now.

    Of people it tells what indicators in force tell already, protected as they are. None for who
    may not make indicators, and for a day before its first version.
    """
    if not viewer.may(Permission.SET_INDICATORS) or not definition.counts_on(on):
        return None
    version = definition.version_on(on)
    known = catalogue_of(viewer.municipality_id)
    asked = replace(definition, code=ASKED, breakdowns=_by_district(definition))
    in_force = _family(known, asked)
    read = _sources(viewer, [*in_force, asked])
    looking = _Looking(viewer, in_force, asked, read, read.known_at(None), protection_of(viewer))
    is_there = on in looking.measured([on])
    known_by, own = looking.told(on, breakdowns=True), Cell(ASKED)
    told = looking.counts(on, breakdowns=True) if known_by is None else known_by.of
    shown = told(own) if is_there else None
    near = list(known_by.near()) if known_by and is_there and shown is None else []
    least, most = (None, None) if looking.protection.rounding else between(near)
    there = looking.measured(days) if is_there else frozenset()
    by_day = [(day, looking.on(day, breakdowns=False)(own)) for day in days if day in there]
    return Preview(
        on=on,
        shown=(shown or UNTOLD) if is_there else None,
        parts={
            part: one
            for part in version.count.parts
            if is_there and (one := told(replace(own, part=part))) is not None
        },
        course=[(day, one) for day, one in by_day if one is not None],
        districts=list(_districts(viewer, told)) if is_there and asked.breakdowns else (),
        result=FigureResult(definition.code, version.valid_from, on, None, 0, {}),
        withheld=is_there and shown is None,
        near=list(_named(viewer, near)),
        least=least,
        most=most,
    )


Tell = Callable[[Cell], Shown | None]
"""How a number is told; None where it is not."""


@dataclass(frozen=True, slots=True)
class _Looking:
    """What is looked at, beside the indicators in force from which it could be worked out."""

    viewer: Viewer
    in_force: Catalogue
    asked: Definition
    read: Sources
    counted: Known
    """What is known now of what was read."""
    protection: Protection

    def word(self, day: date) -> Word:
        """Return how is counted on a day: of an older version that differs."""
        return self.asked.version_on(day).count

    def measured(self, days: Sequence[date]) -> frozenset[date]:
        """Return on which days there is a figure, each by the version of that day."""
        found: set[date] = set()
        for version in self.asked.versions:
            its_own = [
                day
                for day in days
                if self.asked.counts_on(day) and self.asked.version_on(day) == version
            ]
            there = are_measured(version, self.counted, its_own) if its_own else []
            found |= {day for day, is_there in zip(its_own, there, strict=True) if is_there}
        return frozenset(found)

    def on(self, day: date, *, breakdowns: bool) -> Tell:
        """Return how the numbers of a day are told; over time those of breakdowns are left out."""
        told = self.told(day, breakdowns=breakdowns)
        return self.counts(day, breakdowns=breakdowns) if told is None else told.of

    def counts(self, day: date, *, breakdowns: bool) -> Tell:
        """Return the numbers of a day as they are: those of places and organisations."""
        numbers = self._cells([self.asked], day, breakdowns=breakdowns)
        return lambda cell: (
            Shown(str(numbers.get(cell, 0)), hidden=False) if Cell(ASKED) in numbers else None
        )

    def told(self, day: date, *, breakdowns: bool) -> Told | None:
        """Return what is told of a day; of the same history it is worked out once.

        None for what says nothing of people.
        """
        if says_nothing_of_people(self.word(day)):
            return None

        def work_out() -> dict[Cell, Shown]:
            numbers = self._cells(self.in_force, day, breakdowns=breakdowns)
            return show_published(self.in_force, numbers, self.protection)

        # The places and referrals may have changed while the history of people has not.
        if not all(isinstance(one.count, PeopleWord) for one in _versions(self.in_force)):
            return Told(self.in_force, self.word(day), work_out(), day)
        told_by = tuple(
            (one.code, one.versions, one.part_of, one.breakdowns, one.stopped_on)
            for one in self.in_force
        )
        key = ("told", told_by, day, breakdowns, self.protection)
        shown = remembered(self.viewer, self.read.history, key, work_out)
        return Told(self.in_force, self.word(day), shown, day)

    def _cells(self, some: Iterable[Definition], day: date, *, breakdowns: bool) -> dict[Cell, int]:
        found: dict[Cell, int] = {}
        for each in some:
            if each.counts_on(day):
                one = each if breakdowns else replace(each, breakdowns=())
                found |= counted_cells(one, each.version_on(day), self.counted, day)
        return found


def _family(known: Catalogue, asked: Definition) -> Catalogue:
    """Return the indicators in force that have to do with any version of what is looked at."""
    codes: dict[str, None] = {}
    for version in asked.versions:
        one = replace(asked, versions=(version,))
        codes |= dict.fromkeys(family_of(Catalogue({**known.definitions, ASKED: one}), ASKED))
    return Catalogue({code: known[code] for code in codes if code != ASKED})


def _by_district(definition: Definition) -> tuple[Breakdown, ...]:
    """Return the breakdown by district, for what is counted by district at all."""
    words = [version.count for version in definition.versions]
    can = all(Breakdown.DISTRICT in breakdowns_of(word) for word in words)
    return (Breakdown.DISTRICT,) if can else ()


def _sources(viewer: Viewer, some: Iterable[Definition]) -> Sources:
    """Read what these figures are counted in, and no more."""
    words = [version.count for version in _versions(some)]
    return sources(
        viewer,
        referrals=any(isinstance(word, ReferralWord) for word in words),
        places=any(isinstance(word, PlaceWord) for word in words),
    )


def _versions(some: Iterable[Definition]) -> Iterator[Version]:
    for each in some:
        yield from each.versions


def _named(viewer: Viewer, near: Iterable[Near]) -> Iterator[NearFigure]:
    names = dict(_names_of_districts(viewer)) if near else {}
    for one in near:
        district = "" if one.cell.district is None else names[one.cell.district]
        yield NearFigure(one.cell.indicator, one.cell.part, district, one.shown, one.is_around)


def _districts(viewer: Viewer, told: Tell) -> Iterator[tuple[str, Shown]]:
    for number, name in _names_of_districts(viewer):
        if (one := told(Cell(ASKED, district=number))) is not None:
            yield name, one


def _names_of_districts(viewer: Viewer) -> list[tuple[int, str]]:
    rows = District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    return list(rows.values_list("pk", "name"))
