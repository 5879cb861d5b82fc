"""Templates of a plan: goals to put in someone's own words, and actions to begin from.

The files stand in catalogue/plans/templates/, one per template. A file with a mistake is
refused as a whole, with a sentence for each mistake.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from meedoen.rules.plans.reading import PlanTableError, Reading, in_force, parsed, shipped_texts
from meedoen.rules.vocabulary import ActionOwner

LONGEST_CODE = 40
LONGEST_NAME = 80
LONGEST_DESCRIPTION = 300
LONGEST_GOAL = 500
LONGEST_ACTION = 300
MOST_DAYS = 730
"""An action that waits longer than two years belongs in a later plan. Own choice."""

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_OWNERS = (ActionOwner.RESIDENT, ActionOwner.COACH)


@dataclass(frozen=True, slots=True)
class TemplateAction:
    """Something to do, by whom, and how many days after the plan was begun; None has no day."""

    what: str
    owner: ActionOwner
    days: int | None

    def due_on(self, begun_on: date) -> date | None:
        """Return the day by which it should be done in a plan that begins on that day."""
        return None if self.days is None else begun_on + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class TemplateGoal:
    """A goal to be put in someone's own words, and what to do for it."""

    words: str
    actions: tuple[TemplateAction, ...]


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """A plan to begin from, offered from valid_from up to but not on valid_to. Texts are Dutch."""

    code: str
    name: str
    description: str
    valid_from: date
    valid_to: date | None
    goals: tuple[TemplateGoal, ...]

    def in_force(self, day: date) -> bool:
        """Say whether the template is offered on that day."""
        return in_force(self.valid_from, self.valid_to, day)


def read_template(text: str, file_name: str) -> PlanTemplate:
    """Read one template from TOML. Raises PlanTableError with every mistake in the file."""
    table = parsed(text, file_name)
    reading = Reading(file_name, [])
    template = _template(reading, table)
    if reading.problems:
        raise PlanTableError(reading.problems)
    return template


def read_templates(texts: Mapping[str, str]) -> tuple[PlanTemplate, ...]:
    """Read all templates, by file name, and return them in order of the file names.

    Raises PlanTableError with every mistake in every file, or every code that is used twice.
    """
    problems: list[str] = []
    read: dict[str, PlanTemplate] = {}
    for file_name in sorted(texts):
        try:
            template = read_template(texts[file_name], file_name)
        except PlanTableError as error:
            problems.extend(error.problems)
            continue
        twin = next((name for name, one in read.items() if one.code == template.code), None)
        if twin is not None:
            problems.append(
                f"{twin} and {file_name} have the same code {template.code!r}; "
                "give each template its own."
            )
        read[file_name] = template
    if problems:
        raise PlanTableError(problems)
    return tuple(read.values())


def shipped_templates() -> tuple[PlanTemplate, ...]:
    """Read the templates that come with the package. Raises PlanTableError."""
    return read_templates(shipped_texts("templates"))


def templates_on(templates: Iterable[PlanTemplate], day: date) -> tuple[PlanTemplate, ...]:
    """Return the templates that are offered on the day, in the order given."""
    return tuple(template for template in templates if template.in_force(day))


def _template(reading: Reading, table: Mapping[str, object]) -> PlanTemplate:
    known = {"code", "name", "description", "valid_from", "valid_to", "goals"}
    reading.refuse_unknown("", table, known)
    code = reading.text("", table, "code", LONGEST_CODE)
    if code and not _CODE.fullmatch(code):
        reading.wrong("", f"code {code!r} will not do; use small letters, digits and _")
    valid_from, valid_to = reading.dates("", table)
    return PlanTemplate(
        code=code,
        name=reading.text("", table, "name", LONGEST_NAME),
        description=reading.text("", table, "description", LONGEST_DESCRIPTION),
        valid_from=valid_from,
        valid_to=valid_to,
        goals=tuple(
            _goal(reading, f"goal {at}", row)
            for at, row in enumerate(reading.rows("", table, "goals"), start=1)
        ),
    )


def _goal(reading: Reading, where: str, row: Mapping[str, object]) -> TemplateGoal:
    reading.refuse_unknown(where, row, {"words", "actions"})
    return TemplateGoal(
        words=reading.text(where, row, "words", LONGEST_GOAL),
        actions=tuple(
            _action(reading, f"{where}, action {at}", one)
            for at, one in enumerate(reading.rows(where, row, "actions"), start=1)
        ),
    )


def _action(reading: Reading, where: str, row: Mapping[str, object]) -> TemplateAction:
    reading.refuse_unknown(where, row, {"what", "owner", "days"})
    owner = reading.text(where, row, "owner", LONGEST_CODE)
    if owner == ActionOwner.PARTNER:
        reading.wrong(
            where,
            "a template cannot know which organisation it is; give the action to the coach, "
            "who chooses an organisation in the plan itself",
        )
    elif owner and owner not in _OWNERS:
        reading.wrong(where, f"there is no owner {owner!r}; use {' or '.join(_OWNERS)}")
    return TemplateAction(
        what=reading.text(where, row, "what", LONGEST_ACTION),
        owner=ActionOwner(owner) if owner in _OWNERS else ActionOwner.RESIDENT,
        days=reading.number(where, row, "days", 0, MOST_DAYS) if "days" in row else None,
    )
