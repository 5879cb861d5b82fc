"""What is read from one budget page."""

import re
from dataclasses import dataclass
from enum import StrEnum

from meedoen.rules.budget.values import Value


class SectionKind(StrEnum):
    """What a section of a goal is about."""

    INTRODUCTION = "introduction"
    """Text under the title of the goal that has no heading of its own."""
    DESCRIPTION = "description"
    CRITERIA = "criteria"
    INDICATORS = "indicators"
    POLICY_NOTES = "policy_notes"
    PORTFOLIO_HOLDERS = "portfolio_holders"
    STATE_OF_AFFAIRS = "state_of_affairs"
    AMBITION = "ambition"
    ACTIVITIES = "activities"
    OTHER = "other"


class CellKind(StrEnum):
    """What a column of a table holds; the words are those of Dutch budgets."""

    REALISATIE = "realisatie"
    """What was achieved."""
    BEGROTING = "begroting"
    """What was budgeted or is expected."""
    STREEF = "streef"
    """What is aimed for."""


class ReferenceKind(StrEnum):
    """What a text points to."""

    GOAL = "goal"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Section:
    """One headed part of a goal. A heading with nothing below it is a section without text.

    A paragraph keeps the line breaks that stand inside it on the page.
    """

    heading: str
    kind: SectionKind
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the text that points to another goal or programme: ``doel 1.1.1``."""

    kind: ReferenceKind
    code: str
    text: str
    """The words as they stand on the page."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the budget with its texts, in the order of the page."""

    code: str
    title: str
    sections: tuple[Section, ...] = ()
    criteria: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    portfolio_holders: tuple[str, ...] = ()
    policy_notes: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    """Each goal or programme once, in order of appearance; never the goal itself."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of an indicator, with the column it stands in.

    In an ambiguous row ``label`` and ``year`` are None, and so is ``kind`` unless all columns
    of the table are of one kind.
    """

    label: str | None
    year: int | None
    kind: CellKind | None
    value: Value
    entity: str | None = None
    """Whose value it is, when a table compares areas."""
    period: str | None = None
    """The period, when the page gives another than a calendar year."""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One row of a table of indicators.

    An ``ambiguous`` row lost cells: its values are shown, their columns are unknown, and a
    refusal says so. ``partial`` means that the text of the page ends inside the row.
    ``goal_code`` is the goal under which the table stands, None when there is none. ``unit`` is
    empty when the page gives none for a row; a refusal says so.
    """

    indicator: str
    unit: str
    columns: tuple[Cell, ...]
    ambiguous: bool = False
    partial: bool = False
    goal_code: str | None = None
    note: str = ""
    """What people should look at in this row; no part of the page."""
    where: str = ""
    """The place on the page where the row stands, for people: ``regel 12``."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something on the page that cannot be read with certainty. All texts are for people."""

    where: str
    what: str
    why: str
    what_to_do: str

    @property
    def line(self) -> str:
        """Everything about it on one line."""
        return f"{self.where}: {self.what} {self.why} {self.what_to_do}"


@dataclass(frozen=True, slots=True)
class Page:
    """All that was read from a page. ``above`` is text that stands above the first goal."""

    title: str
    goals: tuple[Goal, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    refused: tuple[Refusal, ...] = ()
    above: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of the budget or account as it stands in the title, else None."""
        found = re.search(r"\b(?:19|20)[0-9]{2}(?![^\W¹²³⁰-⁹])", self.title)
        return int(found[0]) if found else None
