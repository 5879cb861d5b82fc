"""All indicators on many days at once: together, per district, per kind of place and per both.

It gives what `evaluate` gives for each of them, in one pass: the stretches of a word are found
once for all groups, and days that nobody asks for are left out before anything is put in order.
Per organisation is counted only what its definition allows, because of those there are many.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import AT_ONCE
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.evaluate import Counts, Stretches, evaluate, headline, merged
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.grouping import Group, Grouping, Groups, grouping_of
from meedoen.rules.indicators.language import (
    Breakdown,
    Definition,
    ReferralWord,
    Version,
    Word,
    breakdowns_of,
)
from meedoen.rules.indicators.medians import lower_medians
from meedoen.rules.indicators.people_words import Printed
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.sorting import changes, in_order, places_among
from meedoen.rules.indicators.sources import Known
from meedoen.rules.indicators.spell import Spells
from meedoen.rules.indicators.spells import spells_of
from meedoen.rules.indicators.stretches import openings


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One version of one indicator in one group of cells, on the days for which it is valid."""

    word: Word
    dates: tuple[date, ...]
    groups: Groups
    counted: NDArray[np.int32]
    """Dates x parts x groups; a word without parts has one."""
    medians: NDArray[np.int32] | None
    """Dates x groups; only for a word whose headline is a median."""

    def counts(self) -> Counts:
        """Return the numbers as `evaluate` gives them."""
        parts = self.counted.astype(np.int64)
        values = headline(self.word, parts) if self.medians is None else self.medians
        return Counts(
            dates=self.dates,
            groups=self.groups,
            values=values.astype(np.int64).reshape(len(self.dates), -1),
            parts={name: parts[:, place] for place, name in enumerate(self.word.parts)},
        )


LayerKey = tuple[str, date, Group | None]
"""The code of an indicator, the day from which the version is valid, and the groups."""


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """Figures by indicator, version, part, day, district and kind of place."""

    layers: Mapping[LayerKey, Layer]

    def __getitem__(self, key: LayerKey) -> Counts:
        """Return the numbers of one version in one group; KeyError for what was not counted."""
        return self.layers[key].counts()

    def groups_of(self, code: str, version: Version) -> dict[Group | None, Counts]:
        """Return the numbers of one version in every group in which it was counted."""
        return {
            group: layer.counts()
            for (its_code, valid_from, group), layer in self.layers.items()
            if (its_code, valid_from) == (code, version.valid_from)
        }

    def bytes(self) -> int:
        """Return how much room the numbers take."""
        return sum(layer.counted.nbytes for layer in self.layers.values())


def groups_of(word: Word, breakdowns: Collection[Breakdown] = ()) -> tuple[Group | None, ...]:
    """Return in which groups a word can be counted, everything together included.

    Per organisation it is counted only where that is among the breakdowns of the definition.
    """
    possible = breakdowns_of(word)
    groups: list[Group | None] = [None]
    if Breakdown.DISTRICT in possible:
        groups.append("district")
    if Breakdown.PLACE_KIND in possible:
        groups.append("place_kind")
    if len(groups) > 2:
        groups.append("district_and_kind")
    if Breakdown.ORGANISATION in possible and Breakdown.ORGANISATION in breakdowns:
        groups.append("organisation")
    return tuple(groups)


def cube(definitions: Iterable[Definition], known: Known, dates: Sequence[date]) -> Cube:
    """Count every indicator on every day, in every group in which it can be counted.

    Each day is counted by the version that is valid on it; days on which the indicator did not
    exist are left out. What is printed and not counted is not in it. Raises ValueError for a word
    about what was not read.
    """
    known = replace(known, history=known.history.by_kind_and_person())
    history = known.history
    grouping = grouping_of(
        "district_and_kind", history.district, history.place_kind, history.organisation
    )
    names: dict[_Asked, list[tuple[str, date]]] = defaultdict(list)
    for definition in definitions:
        for version, its_own in _dates_of_versions(definition, dates):
            if not isinstance(version.count, Printed):
                groups = groups_of(version.count, definition.breakdowns)
                names[version.count, its_own, groups].append((definition.code, version.valid_from))

    def counted(asked: _Asked) -> list[tuple[Group | None, Layer]]:
        return list(_layers(asked, known, grouping))

    # NumPy lets go of Python while it sorts and adds up, so two cores can count.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = zip(names, pool.map(counted, names), strict=True)
        return Cube(
            {
                (*name, group): layer
                for asked, layers in found
                for group, layer in layers
                for name in names[asked]
            }
        )


_Asked = tuple[Word, tuple[date, ...], tuple[Group | None, ...]]
"""A word with its days and groups: what two indicators both ask is counted once."""


def _dates_of_versions(
    definition: Definition, dates: Sequence[date]
) -> Iterator[tuple[Version, tuple[date, ...]]]:
    counted = [(day, definition.version_on(day)) for day in dates if definition.counts_on(day)]
    for version in definition.versions:
        its_own = tuple(day for day, valid in counted if valid is version)
        if its_own:
            yield version, its_own


def _layers(
    asked: _Asked, known: Known, everything: Grouping
) -> Iterator[tuple[Group | None, Layer]]:
    word, dates, groups = asked
    if isinstance(word, PlaceWord | ReferralWord | Printed):
        # Of places and asks there are few: one by one is quick.
        version = Version(dates[0], word)
        for group in groups:
            yield group, _as_layer(word, evaluate(version, known, dates, group))
        return
    spells = spells_of(word, known.history)
    days, back = np.unique([day_number(day) for day in dates], return_inverse=True)
    counting = _Counting.of(spells, days, max(len(word.parts), 1), everything)
    for group in groups:
        grouping = replace(everything, group=group)
        medians = None
        if word.form is Form.MEDIAN:
            medians = lower_medians(spells, dates, grouping).astype(np.int32)
        counted = counting.per(grouping)[back]
        yield group, Layer(word, dates, grouping.groups, counted, medians)


def _as_layer(word: Word, counts: Counts) -> Layer:
    parts = list(counts.parts.values()) or [counts.values]
    medians = counts.values.astype(np.int32) if word.form is Form.MEDIAN else None
    counted = np.stack(parts, axis=1).astype(np.int32)
    return Layer(word, counts.dates, counts.groups, counted, medians)


AXES: Mapping[Group | None, tuple[int, ...]] = {
    None: (2, 3),
    "district": (3,),
    "place_kind": (2,),
    "district_and_kind": (),
}
"""Over what numbers by day, part, district and kind of place are added up for a group."""


@dataclass(frozen=True, slots=True, eq=False)
class _Counting:
    """Stretches ready to be counted in any group; as first day and day after it stand places.

    `alone` are those of people who are in one cell at a time, however cells are chosen: of these
    the finest cells add up to all others. `others` may count in two cells at once, and twice in
    one of these.
    """

    size: int
    parts: int
    alone: Spells
    others: Spells
    finest: NDArray[np.int64]
    """What changes by those who are alone, by day, part, district and kind of place."""

    @classmethod
    def of(
        cls, spells: Spells, days: NDArray[np.int64], parts: int, everything: Grouping
    ) -> "_Counting":
        """Make the stretches ready that hold one of the days."""
        alone, others = _on_places(spells, days)
        shape = (len(days) + 1, parts, len(everything.districts), len(everything.kinds))
        stretches = (_cells(alone, everything), alone.starts, alone.ends)
        finest = _changes(stretches, len(days), parts * everything.width)
        return cls(len(days), parts, alone, others, finest.reshape(shape))

    def per(self, grouping: Grouping) -> NDArray[np.int32]:
        """Return how many count, places x parts x groups."""
        room = self.parts * grouping.width
        changed = _changes(merged(self.others, _cells(self.others, grouping)), self.size, room)
        if grouping.group in AXES:
            changed += self.finest.sum(axis=AXES[grouping.group]).reshape(-1)
        else:
            stretches = (_cells(self.alone, grouping), self.alone.starts, self.alone.ends)
            changed += _changes(stretches, self.size, room)
        running = np.cumsum(changed.reshape(self.size + 1, room), axis=0, dtype=np.int32)
        return running[:-1].reshape(self.size, self.parts, grouping.width)


def _on_places(spells: Spells, days: NDArray[np.int64]) -> tuple[Spells, Spells]:
    """Return the stretches that hold one of the days, with places among those for their days.

    Stretches of one person in one part that overlap are one, unless they are not in one district,
    at one kind of place and at one organisation: those come apart, as they are.
    """
    first, last = places_among(days, spells.starts), places_among(days, spells.ends)
    on_days = replace(spells, starts=first, ends=last, about=None, days=None)
    there = np.flatnonzero(first < last)
    found = on_days.kept(there[in_order(spells.part[there], spells.person[there], first[there])])
    other = changes(found.part, found.person)
    _opens, latest = openings(other, found.starts, found.ends)
    other[1:] |= found.starts[1:] >= latest[:-1]
    run = np.cumsum(other) - 1
    elsewhere = changes(found.district, found.kind, found.organisation) & ~other
    begin = np.flatnonzero(other)
    apart = np.zeros(len(begin), dtype=np.bool_)
    apart[run[elsewhere]] = True
    until = np.append(begin[1:], len(run)) - 1
    alone = replace(found.kept(begin[~apart]), ends=latest[until[~apart]])
    return alone, found.kept(apart[run])


def _cells(spells: Spells, grouping: Grouping) -> NDArray[np.int64]:
    return spells.part * grouping.width + grouping.cells_of(spells)


def _changes(stretches: Stretches, size: int, room: int) -> NDArray[np.int64]:
    """Return how many come and go at each place in each cell, the places one after the other."""
    cell, starts, ends = stretches
    changed = np.bincount(starts * room + cell, minlength=(size + 1) * room)
    changed -= np.bincount(ends * room + cell, minlength=(size + 1) * room)
    return changed
