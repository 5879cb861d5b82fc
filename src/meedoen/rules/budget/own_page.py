"""A page of our own as plain text, in the shape of the budget pages that Meedoen began with.

A budget shows the year before last and the last year as achieved, this year as budgeted, the next
as aimed for (budget of Groningen for 2017, 1.1.3; Regeling beleidsindicatoren gemeenten for the
source). A report and an account set what was budgeted beside what became of it. Our own reader
reads such a text back: what is published here can be taken in elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meedoen.rules.budget.months import MONTHS
from meedoen.rules.budget.page import CellKind, Section, SectionKind

ABSENT = "-"
TABLE_HEADING = "Prestatie indicatoren"
ABOUT_ABSENT = (
    "Een streepje betekent dat er in dat jaar niet is gemeten, of dat er niets is afgesproken."
)
YEARS_ACHIEVED = 2


class Moment(StrEnum):
    """At which moment of the budget cycle a page is written."""

    BUDGET = "budget"
    INTERIM = "interim"
    ACCOUNT = "account"


TITLES: Mapping[Moment, str] = {
    Moment.BUDGET: "Begroting",
    Moment.INTERIM: "Tussenrapportage",
    Moment.ACCOUNT: "Jaarrekening",
}
LABELS: Mapping[CellKind, str] = {
    CellKind.REALISATIE: "Behaald",
    CellKind.BEGROTING: "Begroting",
    CellKind.STREEF: "Beoogd",
}


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """What a column of the table holds; `on` is the day of which it is, None for a whole year."""

    kind: CellKind
    year: int
    on: date | None = None

    @property
    def label(self) -> str:
        """Return the heading of the column."""
        if self.on is not None:
            return f"Stand {self.on.day} {MONTHS[self.on.month - 1]} {self.on.year}"
        return f"{LABELS[self.kind]} {self.year}"


@dataclass(frozen=True, slots=True)
class OwnRow:
    """An indicator with its values as they are shown, by column; what is not there is absent."""

    name: str
    values: Mapping[OwnColumn, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Of which moment and year a page is; `on` is the day of the figures of a report."""

    moment: Moment
    year: int
    on: date | None = None

    @property
    def columns(self) -> tuple[OwnColumn, ...]:
        """Return the columns of the table, from left to right.

        A report shows how it stands on its day in the place of what was achieved in its year. So
        does an account of another day than the last of its year: that day is not the whole year.
        """
        is_budget = self.moment is Moment.BUDGET
        last = self.year - 2 if is_budget else self.year - 1
        achieved = [
            OwnColumn(CellKind.REALISATIE, one)
            for one in range(last - YEARS_ACHIEVED + 1, last + 1)
        ]
        budgeted = OwnColumn(CellKind.BEGROTING, last + 1)
        if is_budget:
            return (*achieved, budgeted, OwnColumn(CellKind.STREEF, self.year))
        is_whole = self.moment is Moment.ACCOUNT and self.on == date(self.year, 12, 31)
        on = None if is_whole else self.on
        return (*achieved, budgeted, OwnColumn(CellKind.REALISATIE, self.year, on))


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of a document; `notes` stand under the heading of the table."""

    layout: Layout
    code: str
    title: str
    sections: Sequence[Section]
    rows: Sequence[OwnRow]
    notes: Sequence[str] = ()


def page_text(page: OwnPage) -> str:
    """Return the page as text: blank lines separate paragraphs, and the cells of the table."""
    return "\n\n".join(_blocks(page)) + "\n"


def _blocks(page: OwnPage) -> Iterator[str]:
    yield f"{TITLES[page.layout.moment]} {page.layout.year}"
    yield _heading(page)
    tables = [one for one in page.sections if one.kind is SectionKind.INDICATORS]
    if not tables and page.rows:
        yield from _table(page, Section(TABLE_HEADING, SectionKind.INDICATORS))
    for section in page.sections:
        yield from _table(page, section) if section in tables[:1] else _texts(section)


def _heading(page: OwnPage) -> str:
    """Say that it is a goal where the page describes one, and where its code alone does not."""
    described = any(one.kind is SectionKind.DESCRIPTION for one in page.sections)
    word = "Doel " if described or page.code.count(".") < 2 else ""
    return f"{word}{page.code} {page.title}"


def _texts(section: Section) -> Iterator[str]:
    if section.heading:
        yield section.heading
    yield from section.paragraphs
    if section.items:
        yield "\n".join(f"• {item}" for item in section.items)


def _table(page: OwnPage, section: Section) -> Iterator[str]:
    if not page.rows:
        if section.paragraphs or section.items:
            yield from _texts(section)
        return
    yield section.heading
    yield from section.paragraphs
    # One paragraph: short lines above a table could be taken for headings of it.
    yield " ".join((ABOUT_ABSENT, *page.notes))
    columns = page.layout.columns
    yield from (column.label for column in columns)
    for row in page.rows:
        yield row.name
        yield from (row.values.get(column, ABSENT) for column in columns)
