"""What the codes and names in a file stand for: districts and coaches of the municipality."""

from dataclasses import dataclass

from meedoen.rules.caseload.values import Parsed
from meedoen.rules.caseload.words import Field, RowFault, RowProblem
from meedoen.rules.files.cells import plain
from meedoen.rules.files.meanings import Numbers


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
