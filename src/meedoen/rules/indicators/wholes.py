"""Who of one indicator is certainly counted by another too, because the words of both say so.

A definition need not say this itself: that somebody counts in district 3 is enough to count in
districts 3 and 4. What is left of the wider one is a number of people, and protected as such.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import (
    DaysToAnswer,
    PlainWord,
    ReferralsAnswered,
    ReferralsWithFeedback,
    Word,
    headline_part,
)
from meedoen.rules.indicators.people_words import (
    DaysInState,
    Events,
    Filters,
    GrowthAfterStart,
    GrowthClass,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleEnded,
    PeopleInState,
    PeopleOnRung,
    PeopleStarted,
    PeopleWithEvent,
    PeopleWithoutEvent,
    ShareFallenBack,
    ShareStillThere,
    SinceStart,
)
from meedoen.rules.vocabulary import EntryKind

WHERE = "where"
Compare = Callable[[Any, Any], bool]


def _fewer(less: Collection[object], more: Collection[object]) -> bool:
    """Tell whether a list chooses no more than another; an empty list chooses everything."""
    return not more or (bool(less) and set(less) <= set(more))


def _more(less: Collection[object], more: Collection[object]) -> bool:
    return _fewer(more, less)


def _none_but(less: Collection[object], more: Collection[object]) -> bool:
    """Tell whether a list adds nothing that another one does not; an empty list adds nothing."""
    return set(less) <= set(more)


def _shorter(less: int, more: int) -> bool:
    return less <= more


def _longer(less: int, more: int) -> bool:
    return less >= more


def _asked(less: object, more: object) -> bool:
    """Tell whether the other one asks nothing of somebody, or the same."""
    return not more or less == more


def _asked_or_none(less: object, more: object) -> bool:
    """Tell the same of what can be asked in two ways: yes and no."""
    return more is None or less == more


FILTERS: Mapping[str, Compare] = {
    "place_kinds": _fewer,
    "self_found": _asked_or_none,
    "districts": _fewer,
    "organisations": _fewer,
    "legal_tasks": _fewer,
}
DISTRICTS: Mapping[str, Compare] = {"districts": _fewer}
"""Who began at one kind of place need not have begun to take part, and so of what looks at a course
it is only the district that chooses among the same people."""
NARROWER: Mapping[type, tuple[Mapping[str, Compare], Mapping[str, Compare]]] = {
    PeopleInState: ({"states": _fewer, "also": _none_but}, FILTERS),
    PeopleWithEvent: ({"outcomes": _fewer, "months": _shorter}, FILTERS),
    Events: ({"outcomes": _fewer, "months": _shorter}, FILTERS),
    PeopleWithoutEvent: ({"kinds": _more, "outcomes": _more, "months": _longer}, FILTERS),
    PeopleStarted: ({"months": _shorter}, DISTRICTS),
    PeopleEnded: ({"outcomes": _fewer, "months": _shorter}, DISTRICTS),
    PeopleByGrowth: ({"on_benefit": _asked, "minimum_step": _longer}, FILTERS),
    PeopleBySteps: ({"same_rung": _asked}, FILTERS),
    PeopleOnRung: ({"rungs": _fewer, "on_benefit": _asked}, FILTERS),
    GrowthAfterStart: ({}, DISTRICTS),
    DaysInState: ({}, DISTRICTS),
    ShareStillThere: ({}, DISTRICTS),
    ShareFallenBack: ({}, DISTRICTS),
    ReferralsAnswered: ({"themes": _fewer, "months": _shorter}, FILTERS),
    ReferralsWithFeedback: ({"themes": _fewer, "months": _shorter}, FILTERS),
    DaysToAnswer: ({"themes": _fewer, "months": _shorter}, FILTERS),
}
"""For each word what may be narrower in a part: of itself, and of its filters. The rest is equal.
"""
STEPPED = ("growth", "decline")
"""With a larger step fewer people grew or declined, and more stayed equal."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A number that stands under an indicator: itself, or one of its parts, and what it counts.

    Without `all_of_it` some of those whom the word counts are in it: the part of a share is who of
    the whole is counted by that word.
    """

    code: str
    part: str
    word: Word
    inner: str = ""
    """The part of the word that is counted; empty for the figure of the word itself."""
    all_of_it: bool = True


def is_part(word: Word, whole: Word) -> bool:
    """Tell whether everybody whom a word counts is counted by the other one, and it says less.

    Of words with parts it is told of each part by `is_part_in`.
    """
    if isinstance(word, PeopleWithoutEvent) and isinstance(whole, PeopleInState):
        if EntryKind.BENEFIT in whole.also:
            return not whole.where.districts
        return whole.kind is EntryKind.BENEFIT and whole.where == Filters()
    if type(word) is not type(whole) or word == whole or type(word) not in NARROWER:
        return False
    if isinstance(whole, PeopleInState) and _is_beside(word, whole):
        return True
    may, filters = NARROWER[type(word)]
    return _all_narrower(word, whole, may) and _all_narrower(
        getattr(word, WHERE), getattr(whole, WHERE), filters
    )


def _is_beside(word: Word, whole: PeopleInState) -> bool:
    """Tell whether a word counts stretches of a kind that all count in the other one as they are.

    There the filters on placements ask nothing of them.
    """
    if not isinstance(word, PeopleInState) or word.kind not in whole.also:
        return False
    return _fewer(word.where.districts, whole.where.districts)


def is_part_in(word: Word, whole: Word, part: str) -> bool:
    """Tell whether who is in a part of a word is in the same part of the other one."""
    if not is_part(word, whole) or part not in word.parts:
        return False
    same_step = getattr(word, "minimum_step", 0) == getattr(whole, "minimum_step", 0)
    return same_step or part in STEPPED


def differences(one: Word, other: Word) -> str:
    """Return in what two words of a kind differ, of themselves and in their filters."""
    if type(one) is not type(other):
        return ""
    pairs = [(one, other), (getattr(one, WHERE, None), getattr(other, WHERE, None))]
    return " ".join(
        field.name
        for less, more in pairs
        if less is not None and more is not None
        for field in fields(less)
        if field.name != WHERE and getattr(less, field.name) != getattr(more, field.name)
    )


def _all_narrower(one: object, other: object, may: Mapping[str, Compare]) -> bool:
    """Tell whether what may be narrower is so, or equal, and all else is equal."""
    for field in fields(one):  # type: ignore[arg-type]
        less, more = getattr(one, field.name), getattr(other, field.name)
        if field.name == WHERE or less == more:
            continue
        if field.name not in may or not may[field.name](less, more):
            return False
    return True


def countings(words: Mapping[str, Word]) -> Iterator[Counting]:
    """Give every number of people that stands under these indicators, with what it counts."""
    for code, word in words.items():
        if isinstance(word, PlainWord):
            continue
        classes = _whatever_headline(word)
        if word.form is Form.COUNT:
            yield Counting(code, "", classes, headline_part(word) or "")
        for part in word.parts:
            inner = getattr(word, part, None)
            if inner is None:
                yield Counting(code, part, classes, part)
            else:
                of_a_share = word.form is Form.SHARE and part == word.parts[0]
                yield Counting(code, part, inner, all_of_it=not of_a_share)


def _whatever_headline(word: Word) -> Word:
    """Return a word of which every part is counted alike, whichever of them is the figure."""
    match word:
        case PeopleByGrowth() | PeopleBySteps():
            return replace(word, headline=GrowthClass.GROWTH)
        case GrowthAfterStart():
            return replace(word, headline=SinceStart.GROWTH)
        case _:
            return word


Number = tuple[str, str]
"""An indicator and its part."""


def wholes_by_words(words: Mapping[str, Word]) -> Mapping[Number, tuple[Number, ...]]:
    """Return of which other numbers each is a part by what the words say, the nearest only."""
    return _wholes(tuple(words.items()))


@lru_cache(maxsize=256)
def _wholes(words: tuple[tuple[str, Word], ...]) -> Mapping[Number, tuple[Number, ...]]:
    found = list(countings(dict(words)))
    every = [one for one in found if one.all_of_it]
    wholes = {}
    for one in found:
        over = [other for other in every if _contains(other, one)]
        nearest = [each for each in over if not any(_contains(each, two) for two in over)]
        # A number with two names is one whole: the figure, and the part of it that is the figure.
        named = {(each.code, each.word, each.inner): each for each in reversed(nearest)}
        if nearest:
            wholes[one.code, one.part] = tuple(
                (each.code, each.part) for each in nearest if each in named.values()
            )
    return wholes


def _contains(whole: Counting, one: Counting) -> bool:
    if whole.inner != one.inner:
        return False
    if not one.all_of_it and whole.word == one.word:
        return True
    if one.inner:
        return is_part_in(one.word, whole.word, one.inner)
    return is_part(one.word, whole.word)
