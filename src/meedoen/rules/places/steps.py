"""Which kinds of places go with the next step in a plan.

The lines stand in catalogue/places/steps.toml, dated; they are choices of Meedoen's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache

from meedoen.rules.dated_tables import (
    Row,
    holding,
    read_series_of_each,
    shipped_text,
)
from meedoen.rules.vocabulary import PlaceKind

LONGEST_CODE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKinds:
    """The kinds of places that go with plans begun from one template, during a stretch."""

    template: str
    valid_from: date
    valid_to: date | None
    kinds: tuple[PlaceKind, ...]


StepTable = Mapping[str, tuple[StepKinds, ...]]
"""The lines of each template, in order of date, without gaps."""


def step_kinds(template: str, on: date) -> frozenset[PlaceKind]:
    """Return the kinds that go with a plan on a day; none for a template that is not listed."""
    lines = shipped_steps().get(template)
    return frozenset(holding(lines, on).kinds) if lines else frozenset()


@cache
def shipped_steps() -> StepTable:
    """Read the lines that come with the package, once. Raises DatedTableError."""
    return read_steps(shipped_text("places", "steps.toml"), "steps.toml")


def read_steps(text: str, file_name: str) -> StepTable:
    """Read the lines from TOML. Raises DatedTableError with every mistake at once."""
    return read_series_of_each(text, file_name, "steps", _line, of=lambda line: line.template)


def _line(row: Row) -> StepKinds:
    row.refuse_unknown(field.name for field in fields(StepKinds))
    valid_from, valid_to = row.dates()
    return StepKinds(
        template=row.text("template", LONGEST_CODE),
        valid_from=valid_from,
        valid_to=valid_to,
        kinds=tuple(map(PlaceKind, row.words("kinds", PlaceKind))),
    )
