"""The people behind a figure, and those about whom it could not say anything."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.language import Version, headline_part
from meedoen.rules.indicators.people_words import (
    PeopleByGrowth,
    PeopleBySteps,
    PeopleInState,
    PeopleWord,
)
from meedoen.rules.indicators.sources import Known
from meedoen.rules.indicators.spell import Spells
from meedoen.rules.indicators.spells import spells_of
from meedoen.rules.vocabulary import EntryKind, PlaceKind


def people_behind(
    version: Version,
    known: Known,
    on: date,
    *,
    part: str | None = None,
    district: int | None = None,
    place_kind: PlaceKind | None = None,
) -> NDArray[np.int64]:
    """List the people that a figure counts on a day, each once, in order of their number.

    Without a part this is the headline, or the first part where that is apart. Behind events and
    ends of placements stand the people they are about: there may be fewer. Raises ValueError for
    a part that the word has not, and for a word that counts no people of the history.
    """
    word, parts = version.count, version.count.parts
    if not isinstance(word, PeopleWord):
        raise ValueError(f"{word.word} counts no people")
    if part is not None and part not in parts:
        raise ValueError(f"{part!r} is no part of this figure; possible is {', '.join(parts)}")
    spells = spells_of(word, known.history)
    asked = headline_part(word) if part is None else part
    counted = spells.part == (0 if asked is None else parts.index(asked))
    return _on_the_day(spells, counted, on, district, place_kind)


def people_without(
    version: Version, known: Known, on: date, *, district: int | None = None
) -> NDArray[np.int64]:
    """List who has a benefit on a day and is in no class of growth: nobody measured them.

    The district is that of the benefit. Raises ValueError for a word without classes of growth in
    a year: the others say themselves who was not measured.
    """
    word = version.count
    if not isinstance(word, PeopleByGrowth | PeopleBySteps):
        raise ValueError(f"{word.word} leaves nobody out who was not measured")
    benefit = spells_of(PeopleInState(EntryKind.BENEFIT, (), word.where), known.history)
    everybody = _on_the_day(benefit, np.ones(len(benefit.person), dtype=np.bool_), on, district)
    classed = spells_of(word, known.history)
    return np.setdiff1d(
        everybody, _on_the_day(classed, np.ones(len(classed.person), dtype=np.bool_), on)
    )


def _on_the_day(
    spells: Spells,
    counted: NDArray[np.bool_],
    on: date,
    district: int | None = None,
    place_kind: PlaceKind | None = None,
) -> NDArray[np.int64]:
    day = day_number(on)
    there = counted & (spells.starts <= day) & (day < spells.ends)
    if district is not None:
        there &= spells.district == district
    if place_kind is not None:
        there &= spells.kind == code_of(place_kind)
    people = spells.person if spells.about is None else spells.about
    return np.unique(people[there])
