"""What the codes and names in a file stand for: districts and coaches of the municipality."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meedoen.rules.caseload.columns import plain
from meedoen.rules.caseload.values import Parsed
from meedoen.rules.caseload.words import Field, RowFault, RowProblem

Numbers = Mapping[str, frozenset[int]]
"""Numbers in the database, by the plain text with which a file can mean them."""


@dataclass(frozen=True, slots=True)
class Found:
    """Which district and coach a row means; None when it is not known, or not said."""

    district_id: int | None
    coach_id: int | None
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """The districts, the coaches of the importing team, and those of other teams."""

    districts: Numbers
    coaches: Numbers
    other_coaches: frozenset[str]

    def find(self, parsed: Parsed) -> Found:
        """Return what a row means, with a fault for what means nothing or two things."""
        district_id, faults = self._district(plain(parsed.district))
        coach_id, more = self._coach(plain(parsed.coach))
        return Found(district_id, coach_id, (*faults, *more))

    def _district(self, text: str) -> tuple[int | None, list[RowFault]]:
        found = self.districts.get(text, frozenset())
        if not text or len(found) == 1:
            return next(iter(found), None), []
        problem = RowProblem.DISTRICT_AMBIGUOUS if found else RowProblem.DISTRICT_UNKNOWN
        return None, [RowFault(problem, Field.DISTRICT)]

    def _coach(self, text: str) -> tuple[int | None, list[RowFault]]:
        found = self.coaches.get(text, frozenset())
        if not text or len(found) == 1:
            return next(iter(found), None), []
        if found:
            return None, [RowFault(RowProblem.COACH_AMBIGUOUS, Field.COACH)]
        elsewhere = text in self.other_coaches
        problem = RowProblem.COACH_OF_OTHER_TEAM if elsewhere else RowProblem.COACH_UNKNOWN
        return None, [RowFault(problem, Field.COACH)]


def district_texts(code: str, name: str) -> Iterable[str]:
    """Give the texts with which a file can mean a district: WK001404, 001404, 1404, its name."""
    yield from (code, name)
    digits = code.removeprefix("WK")
    if digits.isdigit() and len(digits) < len(code):
        yield from {digits, digits.lstrip("0")}


def by_text(meanings: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    """Return the numbers by plain text; a text that can mean two things has both."""
    found: dict[str, frozenset[int]] = {}
    for text, number in meanings:
        key = plain(text)
        found[key] = found.get(key, frozenset()) | {number}
    found.pop("", None)
    return found
