"""Where printed figures contradict each other. They are shown side by side, never smoothed over.

The kinds are those that occur in published pages (domain.md 4.4): the same year or half-year in
two documents, a stock that does not close, one rate per 1.000 and per 10.000, and what was
achieved in another unit than what was aimed for.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from meedoen.rules.budget.page import CellKind
from meedoen.rules.budget.periods import same_period
from meedoen.rules.budget.units import unit_in
from meedoen.rules.budget.values import read_value


class ContradictionKind(StrEnum):
    """In what way figures contradict each other."""

    OTHER_DOCUMENT = "other_document"
    """The same year's figure differs between two documents."""
    OTHER_DOCUMENT_PERIOD = "other_document_period"
    """The same half-year's figure differs between two documents."""
    DOES_NOT_CLOSE = "does_not_close"
    """What there was, what came and what went do not make what there is."""
    TWO_RATES = "two_rates"
    """One indicator is per 1.000 in one place and per 10.000 in another."""
    TWO_UNITS = "two_units"
    """What was achieved has another unit than what is aimed for."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure as a page prints it, and where it stands.

    `indicator` is the code of the catalogue, empty when the row is none of ours. `period` is the
    time it is about where that is no calendar year; `entity` whose value it is. `row` tells rows
    apart, also those with the same name.
    """

    name: str
    unit: str
    year: int | None
    kind: str
    shown: str
    source: str
    row: int
    indicator: str = ""
    period: str = ""
    entity: str = ""

    @property
    def subject(self) -> str:
        """Return by what the same indicator is known again."""
        return self.indicator or " ".join(self.name.casefold().split())

    @property
    def number(self) -> Decimal | None:
        """Return the number that is shown, None when there is not exactly one."""
        return read_value(self.shown).number


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Figures that contradict each other, in the order in which a sentence names them.

    Of a stock that does not close: before, in, out, after; `expected` is what they would make.
    """

    kind: ContradictionKind
    figures: tuple[Stated, ...]
    expected: Decimal | None = None


_RATE = re.compile(r"\bper\s(1[.\s]?000|10[.\s]?000|100[.\s]?000)\b", re.IGNORECASE)
_IN = re.compile(r"\b(?:instroom|erbij|nieuwe? instroom)\b", re.IGNORECASE)
_OUT = re.compile(r"\b(?:uitstroom|eraf)\b", re.IGNORECASE)
_FIRST_DAY = r"0?1 jan(?:uari)?\.?|0?1[-/]0?1(?:[-/](?:19|20)[0-9]{2})?"
_LAST_DAY = r"31 dec(?:ember)?\.?|31[-/]12(?:[-/](?:19|20)[0-9]{2})?"
_FIRST = rf"{_FIRST_DAY}|aanvang|start|begin(?:stand|saldo)?"
_LAST = rf"{_LAST_DAY}|einde?|eind(?:stand|saldo)|ultimo|jaareinde|jaarultimo"
_BEFORE = re.compile(rf"\b(?:{_FIRST})(?!\w)", re.IGNORECASE)
_AFTER = re.compile(rf"\b(?:{_LAST})(?!\w)", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"\b(?:het|de|een|aantal|instroom|uitstroom|erbij|eraf|nieuwe?|stand|per|op|aan|van|in|uit|bij"
    rf"|{_FIRST}|{_LAST}|totaal|jaar|boekjaar|verslagjaar)(?!\w)",
    re.IGNORECASE,
)


def contradictions(figures: Iterable[Stated]) -> tuple[Contradiction, ...]:
    """Give every contradiction among these figures, each once, in a fixed order."""
    known = tuple(figures)
    return (
        *_two_documents(known),
        *_not_closing(known),
        *_two_rates(known),
        *_two_units(known),
    )


def _two_documents(figures: Sequence[Stated]) -> Iterator[Contradiction]:
    """Compare what was achieved in the same time by the same indicator in other documents."""
    groups: dict[tuple[object, ...], list[Stated]] = defaultdict(list)
    for one in figures:
        if one.kind == CellKind.REALISATIE and one.year is not None and one.number is not None:
            time = same_period(one.period) if one.period else str(one.year)
            groups[one.subject, time, one.entity.casefold(), _rate(one)].append(one)
    for group in groups.values():
        for first, second in combinations(group, 2):
            if first.source != second.source and first.number != second.number:
                whole_year = same_period(first.period or str(first.year)) == str(first.year)
                kind = (
                    ContradictionKind.OTHER_DOCUMENT
                    if whole_year
                    else ContradictionKind.OTHER_DOCUMENT_PERIOD
                )
                yield Contradiction(kind, (first, second))


def _rate(one: Stated) -> str:
    found = _RATE.search(one.unit) or _RATE.search(one.name)
    return re.sub(r"\D", "", found[1]) if found else ""


def _not_closing(figures: Sequence[Stated]) -> Iterator[Contradiction]:
    """Check stock + in - out in each document and year, for rows about the same thing."""
    groups: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for one in figures:
        if one.kind == CellKind.REALISATIE and one.number is not None and not one.entity:
            groups[one.source, _about(one.name)].append(one)
    for group in groups.values():
        came = {one.year: one for one in group if _IN.search(one.name)}
        for out in (one for one in group if _OUT.search(one.name) and one.year in came):
            ends = _ends(group, out.year)
            if ends:
                yield from _closing(ends[0], came[out.year], out, ends[1])


def _ends(group: Sequence[Stated], year: int | None) -> tuple[Stated, Stated] | None:
    """Find what there was before and after a year: named so, or in the columns of two years."""
    stock = [one for one in group if not _IN.search(one.name) and not _OUT.search(one.name)]
    before = [one for one in stock if one.year == year and _BEFORE.search(one.name)]
    after = [one for one in stock if one.year == year and _AFTER.search(one.name)]
    if not before and year is not None:
        stock = [one for one in stock if not _BEFORE.search(one.name)]
        before = [one for one in stock if one.year == year - 1]
        after = [one for one in stock if one.year == year]
    return (before[0], after[0]) if len(before) == 1 and len(after) == 1 else None


def _closing(before: Stated, came: Stated, out: Stated, after: Stated) -> Iterator[Contradiction]:
    numbers = [one.number or Decimal(0) for one in (before, came, out, after)]
    expected = numbers[0] + numbers[1] - numbers[2]
    if expected != numbers[3]:
        figures = (before, came, out, after)
        yield Contradiction(ContradictionKind.DOES_NOT_CLOSE, figures, expected)


def _about(name: str) -> str:
    return " ".join(_NO_SUBJECT.sub(" ", name.casefold()).split())


def _two_rates(figures: Sequence[Stated]) -> Iterator[Contradiction]:
    """Find one indicator that is per 1.000 in one row and per 10.000 in another."""
    seen: dict[str, dict[str, Stated]] = defaultdict(dict)
    for one in figures:
        if rate := _rate(one):
            bare = _RATE.split(one.name)[0].casefold().strip(" (,")
            seen[one.indicator or bare].setdefault(rate, one)
    for rates in seen.values():
        for first, second in combinations(rates.values(), 2):
            yield Contradiction(ContradictionKind.TWO_RATES, (first, second))


def _two_units(figures: Sequence[Stated]) -> Iterator[Contradiction]:
    """Compare the unit of what was achieved with that of what is aimed for, in the same row."""
    rows: dict[int, list[Stated]] = defaultdict(list)
    for one in figures:
        rows[one.row].append(one)
    for row in rows.values():
        achieved = [one for one in row if one.kind == CellKind.REALISATIE and unit_in(one.shown)]
        aimed = [one for one in row if one.kind == CellKind.STREEF and unit_in(one.shown)]
        if achieved and aimed and unit_in(achieved[-1].shown) != unit_in(aimed[0].shown):
            yield Contradiction(ContradictionKind.TWO_UNITS, (achieved[-1], aimed[0]))
