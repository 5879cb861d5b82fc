"""The figures once more, slowly: plain loops over statements, straight from the definitions.

Nothing here comes from the evaluator. Other tests may use it to check figures that were
computed along another way.
"""

from datetime import date, datetime
from typing import NamedTuple

from meedoen.rules.indicators.language import Definition, Word
from meedoen.rules.indicators.people_words import (
    PeopleByGrowth,
    PeopleInState,
    PeopleWithEvent,
    PeopleWord,
)
from meedoen.rules.indicators.statements import Statement


class ReferenceFigure(NamedTuple):
    value: int
    parts: dict[str, int]


def reference_figure(
    definition: Definition, statements: list[Statement], on: date, known_at: datetime | None
) -> ReferenceFigure:
    """Count everybody together."""
    word = word_on(definition, on)
    classes = classes_of_people(word, known(statements, known_at), on)
    return counted(word, [(person, found) for (person, _), found in classes.items()])


def reference_by_district(
    definition: Definition, statements: list[Statement], on: date, known_at: datetime | None
) -> dict[int, ReferenceFigure]:
    """Count per district that occurs in what is known, 0 for people without one."""
    word = word_on(definition, on)
    rows = known(statements, known_at)
    classes = classes_of_people(word, rows, on)
    return {
        wanted: counted(
            word,
            [
                (person, found)
                for (person, district), found in classes.items()
                if district == wanted
            ],
        )
        for wanted in {row.district for row in rows}
    }


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


def classes_of_people(
    word: PeopleWord, rows: list[Statement], on: date
) -> dict[tuple[int, int], str]:
    """Find who counts, by person and district, and in which class ("" without classes)."""
    found: dict[tuple[int, int], str] = {}
    if isinstance(word, PeopleByGrowth):
        for person in {row.person for row in rows}:
            growth_of(person, rows, on, found)
        return found
    for row in rows:
        counts = (
            in_state(word, row, on) if isinstance(word, PeopleInState) else happened(word, row, on)
        )
        if counts:
            found[row.person, row.district] = ""
    return found


def in_state(word: PeopleInState, row: Statement, on: date) -> bool:
    if row.kind != word.kind:
        return False
    if word.states and row.state not in word.states:
        return False
    if word.where.place_kinds and row.place_kind not in word.where.place_kinds:
        return False
    if word.where.self_found is not None and row.self_found is not word.where.self_found:
        return False
    return row.starts_on <= on and (row.ends_on is None or on < row.ends_on)


def happened(word: PeopleWithEvent, row: Statement, on: date) -> bool:
    if row.kind != word.kind or (word.outcomes and row.outcome not in word.outcomes):
        return False
    return row.starts_on <= on < months_later(row.starts_on, word.months)


def months_later(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)


def growth_of(
    person: int, rows: list[Statement], on: date, found: dict[tuple[int, int], str]
) -> None:
    measured = []
    for row in rows:
        in_year = date(on.year, 1, 1) <= row.starts_on <= on
        if row.person == person and row.kind == "measurement" and row.rung and in_year:
            measured.append(row)
    if not measured:
        return
    measured.sort(key=lambda row: (row.starts_on, row.id))
    last = measured[-1]
    same = [row for row in measured if row.ladder_version == last.ladder_version]
    if len(same) == 1:
        name = "measured_once"
    elif last.rung > same[0].rung:
        name = "growth"
    elif last.rung < same[0].rung:
        name = "decline"
    else:
        name = "equal"
    found[person, last.district] = name


def counted(word: PeopleWord, people: list[tuple[int, str]]) -> ReferenceFigure:
    if not isinstance(word, PeopleByGrowth):
        return ReferenceFigure(len({person for person, _ in people}), {})
    parts = {
        name: len({person for person, found in people if found == name})
        for name in ("growth", "decline", "equal", "measured_once")
    }
    return ReferenceFigure(parts["growth"], parts)
