"""All indicators on many days at once: together, per district, per kind of place and per both.

It gives what `evaluate` gives for each of them, in one pass: the stretches of a word are found
once for all groups, and days that nobody asks for are left out before anything is put in order.
Per organisation is counted only what its definition allows, because of those there are many.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.evaluate import Counts, evaluate, headline, merged
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
from meedoen.rules.indicators.medians import lower_medians, places_among
from meedoen.rules.indicators.people_words import Printed
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.sorting import in_order
from meedoen.rules.indicators.sources import Known
from meedoen.rules.indicators.spell import Spells
from meedoen.rules.indicators.spells import spells_of
from meedoen.rules.indicators.stretches import openings

AT_ONCE = 2
"""Indicators that are counted at the same time: each takes room for its own stretches."""


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
    history = known.history
    grouping = grouping_of(None, history.district, history.place_kind, history.organisation)
    asked = [
        (definition, version, its_own)
        for definition in definitions
        for version, its_own in _dates_of_versions(definition, dates)
        if not isinstance(version.count, Printed)
    ]

    def counted(one: tuple[Definition, Version, list[date]]) -> dict[LayerKey, Layer]:
        definition, version, its_own = one
        groups = groups_of(version.count, definition.breakdowns)
        return {
            (definition.code, version.valid_from, group): layer
            for group, layer in _layers(version, known, its_own, groups, grouping)
        }

    # NumPy lets go of Python while it sorts and adds up, so two cores can count.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(counted, asked))
    return Cube({key: layer for layers in found for key, layer in layers.items()})


def _dates_of_versions(
    definition: Definition, dates: Sequence[date]
) -> Iterator[tuple[Version, list[date]]]:
    counted = [(day, definition.version_on(day)) for day in dates if definition.counts_on(day)]
    for version in definition.versions:
        its_own = [day for day, valid in counted if valid is version]
        if its_own:
            yield version, its_own


def _layers(
    version: Version,
    known: Known,
    dates: Sequence[date],
    groups: Sequence[Group | None],
    everything: Grouping,
) -> Iterator[tuple[Group | None, Layer]]:
    word = version.count
    if isinstance(word, PlaceWord | ReferralWord | Printed):
        # Of places and asks there are few: one by one is quick.
        for group in groups:
            yield group, _as_layer(word, evaluate(version, known, dates, group))
        return
    spells = spells_of(word, known.history)
    days, back = np.unique([day_number(day) for day in dates], return_inverse=True)
    on_dates = _on_places(spells, days)
    for group in groups:
        grouping = replace(everything, group=group)
        medians = None
        if word.form is Form.MEDIAN:
            medians = lower_medians(spells, dates, grouping).astype(np.int32)
        counted = _counted(word, on_dates, len(days), grouping)[back]
        yield group, Layer(word, tuple(dates), grouping.groups, counted, medians)


def _as_layer(word: Word, counts: Counts) -> Layer:
    parts = list(counts.parts.values()) or [counts.values]
    medians = counts.values.astype(np.int32) if word.form is Form.MEDIAN else None
    counted = np.stack(parts, axis=1).astype(np.int32)
    return Layer(word, counts.dates, counts.groups, counted, medians)


def _on_places(spells: Spells, days: NDArray[np.int64]) -> tuple[Spells, Spells]:
    """Return the stretches that hold one of the days, with places among those for their days.

    First those that overlap with no other of the same person in the same part, then the others:
    only of these somebody might count twice in a group of cells.
    """
    first, last = places_among(days, spells.starts), places_among(days, spells.ends)
    there = np.flatnonzero(first < last)
    there = there[in_order(spells.person[there], spells.part[there], first[there])]
    starts, ends = first[there], last[there]
    found = replace(spells.kept(there), starts=starts, ends=ends)
    other = np.ones(len(there), dtype=np.bool_)
    other[1:] = found.person[1:] != found.person[:-1]
    other[1:] |= found.part[1:] != found.part[:-1]
    _opens, latest = openings(other, starts, ends)
    other[1:] |= starts[1:] >= latest[:-1]
    alone = other.copy()
    alone[:-1] &= other[1:]
    return found.kept(alone), found.kept(~alone)


def _counted(
    word: Word, spells: tuple[Spells, Spells], size: int, grouping: Grouping
) -> NDArray[np.int32]:
    """Count the stretches that hold each place, places x parts x groups."""
    parts, width = max(len(word.parts), 1), grouping.width
    room = parts * width
    changes = np.zeros((size + 1) * room, dtype=np.int64)
    alone, others = spells
    cells = [each.part * width + grouping.cells_of(each) for each in spells]
    for cell, starts, ends in (
        (cells[0], alone.starts, alone.ends),
        merged(others, cells[1]),
    ):
        changes += np.bincount(starts * room + cell, minlength=len(changes))
        changes -= np.bincount(ends * room + cell, minlength=len(changes))
    running = np.cumsum(changes.reshape(size + 1, room), axis=0, dtype=np.int32)
    return running[:-1].reshape(size, parts, width)
