"""Of which other indicator the people of an indicator are a part, because it filters narrower."""

from collections.abc import Iterator
from dataclasses import fields

from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import Catalogue, Definition, Word
from meedoen.rules.indicators.people_words import Filters, PeopleInState

WHERE, DISTRICTS = "where", "districts"


def demanded_whole(definition: Definition, others: Catalogue) -> str | None:
    """Return of which indicator this one must be a part; None where nothing is to be changed.

    It is the narrowest that counts the same with wider filters, and that what it is a part of by
    its own text does not lead to. What another one counts under its own name says who the whole is.
    """
    word = definition.versions[-1].count
    counted = {each.code: each.versions[-1].count for each in others if each.stopped_on is None}
    if word in counted.values():
        return None
    wholes = [code for code, other in counted.items() if is_part(word, other)]
    nearest = [
        code for code in wholes if not any(is_part(counted[one], counted[code]) for one in wholes)
    ]
    said = set(leading_to(definition.part_of, others))
    return None if not nearest or said & set(nearest) else nearest[0]


def leading_to(code: str | None, catalogue: Catalogue) -> Iterator[str]:
    """Give an indicator, that of which it is a part, and so on; each once."""
    seen: set[str] = set()
    while code is not None and code in catalogue.definitions and code not in seen:
        seen.add(code)
        yield code
        code = catalogue[code].part_of


def is_part(word: Word, whole: Word) -> bool:
    """Tell whether everybody whom a word counts is counted by the other one, which filters less.

    Only what somebody is in on the day can be narrower in every filter. Who began to take part at
    one kind of place need not have begun to take part, and so of all that looks at a course it is
    only the district that chooses among the same people.
    """
    where, wider = getattr(word, WHERE, None), getattr(whole, WHERE, None)
    if not isinstance(where, Filters) or not isinstance(wider, Filters):
        return False
    if word.form is not Form.COUNT or _besides(word) != _besides(whole):
        return False
    every = [field.name for field in fields(Filters)]
    other = [name for name in every if _chosen(where, name) != _chosen(wider, name)]
    may = every if isinstance(word, PeopleInState) else [DISTRICTS]
    return bool(other) and all(name in may and _is_narrower(where, wider, name) for name in other)


def _besides(word: Word) -> tuple[object, ...]:
    """Return all that a word says besides its filters."""
    said = [getattr(word, field.name) for field in fields(word) if field.name != WHERE]
    return (type(word), *said)


def _chosen(where: Filters, name: str) -> object:
    """Return what a filter chooses, in any order; None for everything."""
    value = getattr(where, name)
    return (frozenset(value) or None) if isinstance(value, tuple) else value


def _is_narrower(where: Filters, wider: Filters, name: str) -> bool:
    less, more = _chosen(where, name), _chosen(wider, name)
    if more is None:
        return True
    return isinstance(less, frozenset) and isinstance(more, frozenset) and less < more
