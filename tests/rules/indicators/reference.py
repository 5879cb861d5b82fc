"""The figures once more, slowly: plain loops over statements, straight from the definitions.

Nothing here comes from the evaluator. Other tests may use it to check figures that were
computed along another way.
"""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from math import floor
from typing import NamedTuple

from meedoen.rules.indicators.language import Definition, Word
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import PlaceKind
from tests.rules.indicators.reference_words import Item, items_of

KIND_NUMBERS = {"": 0} | {kind.value: number for number, kind in enumerate(PlaceKind, start=1)}


class ReferenceFigure(NamedTuple):
    value: int
    parts: dict[str, int]


def reference_figure(
    definition: Definition, statements: list[Statement], on: date, known_at: datetime | None
) -> ReferenceFigure:
    """Count everybody together."""
    word = word_on(definition, on)
    return counted(word, items_of(word, known(statements, known_at), on))


def reference_by_district(
    definition: Definition, statements: list[Statement], on: date, known_at: datetime | None
) -> dict[int, ReferenceFigure]:
    """Count per district that occurs in what is known, 0 for people without one."""
    return reference_by(definition, statements, on, known_at, "district")


def reference_by(
    definition: Definition,
    statements: list[Statement],
    on: date,
    known_at: datetime | None,
    group: str,
) -> dict[object, ReferenceFigure]:
    """Count per district, kind of place (by number), pair of these, or organisation, that occur."""
    word = word_on(definition, on)
    rows = known(statements, known_at)
    districts = {row.district for row in rows}
    kinds = {KIND_NUMBERS[row.place_kind] for row in rows}
    partners = {row.organisation for row in rows}
    groups: dict[object, tuple[set[int], set[int], set[int]]] = {
        "district": {one: ({one}, kinds, partners) for one in districts},
        "place_kind": {kind: (districts, {kind}, partners) for kind in kinds},
        "district_and_kind": {
            (one, kind): ({one}, {kind}, partners) for one in districts for kind in kinds
        },
        "organisation": {one: (districts, kinds, {one}) for one in partners},
    }[group]
    items = items_of(word, rows, on)
    return {
        name: counted(
            word,
            [
                item
                for item in items
                if item.district in wanted
                and KIND_NUMBERS[item.kind] in of_kinds
                and item.organisation in at
            ],
        )
        for name, (wanted, of_kinds, at) in groups.items()
    }


def reference_people(
    definition: Definition,
    statements: list[Statement],
    on: date,
    known_at: datetime | None,
    part: str,
) -> list[int]:
    """List the people behind a part, or behind the whole with an empty name."""
    items = items_of(word_on(definition, on), known(statements, known_at), on)
    return sorted({item.person for item in items if item.part == part})


def word_on(definition: Definition, on: date) -> Word:
    latest = None
    for version in definition.versions:
        if version.valid_from <= on and (latest is None or version.valid_from > latest.valid_from):
            latest = version
    assert latest is not None
    return latest.count


def known(statements: list[Statement], known_at: datetime | None) -> list[Statement]:
    kept = []
    for statement in statements:
        successors = [other for other in statements if other.replaces == statement.id]
        if known_at is None:
            there, gone = True, bool(successors)
        else:
            there = statement.recorded_at <= known_at
            gone = any(other.recorded_at <= known_at for other in successors)
        if there and not gone and not statement.withdrawn:
            kept.append(statement)
    return kept


def counted(word: Word, items: Iterable[Item]) -> ReferenceFigure:
    """Count what is distinct, and work out what the word makes of that."""
    found = list(items)
    parts = {
        name: len({item.who for item in found if item.part == name}) for name in word.parts or ("",)
    }
    numbers = list(parts.values())
    match word.word:
        case "days_in_state":
            taken = sorted({item.who: item.days for item in found}.values())
            value = taken[(len(taken) - 1) // 2] if taken else 0
        case "share" | "share_still_there" | "share_fallen_back":
            value = halves_up(numbers[0], numbers[1], 100)
        case "ratio":
            value = halves_up(numbers[0], numbers[1], word.per)
        case _:
            value = parts[word.headline] if hasattr(word, "headline") else numbers[0]
    return ReferenceFigure(value, parts if word.parts else {})


def classes_of_people(word: Word, rows: list[Statement], on: date) -> dict[tuple[int, int], str]:
    """Find in which class somebody is, by person and district, of a word in which that is one."""
    return {(item.person, item.district): item.part for item in items_of(word, rows, on)}


def halves_up(part: int, whole: int, per: int) -> int:
    return floor(Fraction(per * part, whole) + Fraction(1, 2)) if whole else 0
