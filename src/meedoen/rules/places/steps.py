"""Which kinds of places go with the next step in a plan.

The lines stand in catalogue/places/steps.toml, dated; they are choices of Meedoen's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files

from meedoen.rules.dated_tables import (
    DatedTableError,
    Row,
    holding,
    in_order,
    rows_of,
    wrong_together,
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
    path = files("meedoen").joinpath("catalogue", "places", "steps.toml")
    return read_steps(path.read_text(encoding="utf-8"), "steps.toml")


def read_steps(text: str, file_name: str) -> StepTable:
    """Read the lines from TOML. Raises DatedTableError with every mistake at once."""
    problems: list[str] = []
    lines = [_line(row) for row in rows_of(text, file_name, "steps", problems)]
    if problems:
        raise DatedTableError(problems)
    found = {
        template: in_order(line for line in lines if line.template == template)
        for template in dict.fromkeys(line.template for line in lines)
    }
    problems += [
        f"{file_name}, {template}: {what}."
        for template, of_template in found.items()
        for what in wrong_together(of_template)
    ]
    if problems:
        raise DatedTableError(problems)
    return found


def _line(row: Row) -> StepKinds:
    row.refuse_unknown(field.name for field in fields(StepKinds))
    valid_from, valid_to = row.dates()
    return StepKinds(
        template=row.text("template", LONGEST_CODE),
        valid_from=valid_from,
        valid_to=valid_to,
        kinds=tuple(map(PlaceKind, row.words("kinds", PlaceKind))),
    )
