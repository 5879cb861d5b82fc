"""What matching knows is published, and nothing else gets in."""

import collections.abc
import dataclasses
import re
import types
import typing
from datetime import date
from enum import Enum

import pytest

from meedoen.rules.matching import facts
from meedoen.rules.matching.published import PUBLISHED_FIELDS

# Dutch and English words for what may play no part, and for what stands in for it.
FORBIDDEN = re.compile(
    r"nation|birth|geboor|gender|geslacht|sex|age$|_age|age_|leeftijd|relig|geloof|health|gezond"
    r"|diagnos|illness|ziek|origin|herkomst|ethn|postcode|postal|name|naam|bsn|income|benefit",
    re.IGNORECASE,
)
PLAIN = {str, int, bool, date, type(None)}


def walked_dataclasses():
    return [
        thing
        for thing in vars(facts).values()
        if isinstance(thing, type) and dataclasses.is_dataclass(thing) and thing is not facts.Spot
    ]


def fields_of(dataclass):
    return {f"{dataclass.__name__}.{field.name}" for field in dataclasses.fields(dataclass)}


def unpublished(dataclasses_walked):
    found = set().union(*(fields_of(one) for one in dataclasses_walked))
    return found - PUBLISHED_FIELDS.keys()


def leaves(annotation):
    """Return the plain types that an annotation is made of."""
    inside = [part for part in typing.get_args(annotation) if part is not Ellipsis]
    if not inside:
        return {annotation}
    origin = typing.get_origin(annotation)
    assert origin in {tuple, frozenset, collections.abc.Mapping, types.UnionType}
    return set().union(*(leaves(part) for part in inside))


def test_every_field_of_the_facts_is_published_and_every_published_field_exists():
    walked = walked_dataclasses()
    assert {one.__name__ for one in walked} == {"PersonFacts", "PlaceFacts"}
    assert unpublished(walked) == set()
    assert set().union(*(fields_of(one) for one in walked)) == set(PUBLISHED_FIELDS)


def test_a_field_that_is_added_without_being_published_is_found():
    grown = dataclasses.make_dataclass("PersonFacts", [("shoe_size", int)])
    assert unpublished([grown]) == {"PersonFacts.shoe_size"}


@pytest.mark.parametrize("field", PUBLISHED_FIELDS)
def test_no_published_field_is_forbidden_or_without_a_reason(field):
    # "language" holds "age", which is why only whole words count for it.
    assert not FORBIDDEN.search(field.split(".")[1].replace("language", ""))
    assert PUBLISHED_FIELDS[field].endswith(".")


@pytest.mark.parametrize("word", ["nationality", "birth_country", "gender", "age", "age_band"])
def test_the_forbidden_words_are_recognised(word):
    assert FORBIDDEN.search(word)


@pytest.mark.parametrize("dataclass", walked_dataclasses())
def test_a_field_holds_plain_values_only_so_that_nothing_travels_along_inside(dataclass):
    for annotation in typing.get_type_hints(dataclass).values():
        for leaf in leaves(annotation):
            assert leaf in PLAIN or leaf is facts.Spot or issubclass(leaf, Enum)


def test_a_spot_is_two_whole_numbers_and_nothing_else():
    assert typing.get_type_hints(facts.Spot) == {"east": int, "north": int}


def test_functional_demands_name_doings_and_no_forbidden_words():
    assert not [one for one in facts.FunctionalDemand if FORBIDDEN.search(one.value)]
