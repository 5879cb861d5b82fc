"""How one date of a participation job stands on a day, and why: one small rule for each kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from meedoen.rules.law.premium_exemption import shipped_exemption
from meedoen.rules.participation_job.facts import AssessmentKind, ClockFacts, SchoolingChoice
from meedoen.rules.participation_job.milestones import Because, MilestoneKind, MilestoneState
from meedoen.rules.periods import has_age

Standing = tuple[MilestoneState, Because]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One date of one person, on a day. `after_the_end`: later than the end without chance."""

    facts: ClockFacts
    kind: MilestoneKind
    number: int
    due_on: date
    shows_from: date
    after_the_end: bool
    on: date

    @property
    def ends_before(self) -> bool:
        """Return whether the work ends before this date."""
        return self.facts.ends_on is not None and self.facts.ends_on < self.due_on

    @property
    def is_over(self) -> bool:
        """Return whether the work has ended."""
        return self.facts.ends_on is not None and self.facts.ends_on <= self.on

    def by_date(self, *, before: bool = False) -> MilestoneState:
        """Return how a date stands by itself; `before`: on its own day it is too late."""
        if self.on < self.shows_from:
            return MilestoneState.AHEAD
        late = self.on >= self.due_on if before else self.on > self.due_on
        return MilestoneState.OVERDUE if late else MilestoneState.NOW


def judge(case: Case) -> Standing:
    """Return how a date stands on a day, and why."""
    chance = case.facts.assessed(AssessmentKind.CHANCE)
    over = case.kind is MilestoneKind.PREMIUM and case.due_on <= case.on
    if chance and not chance.grew and case.after_the_end and not over:
        return MilestoneState.DOES_NOT_APPLY, Because.CHANCE_DID_NOT_GROW
    return JUDGES[case.kind](case)


def _schooling(case: Case) -> Standing:
    decided, qualified = case.facts.schooling, case.facts.has_start_qualification
    if decided:
        return MilestoneState.DONE, _SCHOOLING[decided.choice]
    if qualified:
        return MilestoneState.DOES_NOT_APPLY, Because.HAS_START_QUALIFICATION
    unknown = qualified is None
    return _asked(case, Because.START_QUALIFICATION_UNKNOWN if unknown else Because.BY_LAW)


def _premium(case: Case) -> Standing:
    decided = case.facts.premium(case.number)
    if decided:
        granted = decided.granted
        return (
            MilestoneState.DONE,
            Because.PREMIUM_GRANTED if granted else Because.PREMIUM_REFUSED,
        )
    if case.ends_before:
        return MilestoneState.DOES_NOT_APPLY, Because.ENDS_BEFORE
    # What was earned is still to be decided on when the work is over.
    return case.by_date(), _about_age(case)


def _about_age(case: Case) -> Because:
    facts = case.facts
    if facts.birth_date is None:
        return Because.AGE_UNKNOWN
    from_age = shipped_exemption().from_age.at(case.due_on).value
    if has_age(facts.birth_date, from_age, case.due_on) or facts.in_wage_subsidy_group:
        return Because.BY_LAW
    unknown = facts.in_wage_subsidy_group is None
    return Because.WAGE_SUBSIDY_GROUP_UNKNOWN if unknown else Because.UNDER_AGE


def _chance(case: Case) -> Standing:
    return _assessed(case, AssessmentKind.CHANCE, before=False)


def _first_extension(case: Case) -> Standing:
    return _assessed(case, AssessmentKind.FIRST_EXTENSION, before=True)


def _second_extension(case: Case) -> Standing:
    if case.facts.extended(1) is None:
        return MilestoneState.DOES_NOT_APPLY, Because.NOT_EXTENDED
    return _assessed(case, AssessmentKind.SECOND_EXTENSION, before=True)


def _assessed(case: Case, kind: AssessmentKind, *, before: bool) -> Standing:
    found = case.facts.assessed(kind)
    if found:
        return (
            MilestoneState.DONE,
            Because.CHANCE_GREW if found.grew else Because.CHANCE_DID_NOT_GROW,
        )
    return _asked(case, Because.BY_LAW, before=before)


def _asked(case: Case, because: Because, *, before: bool = False) -> Standing:
    if case.ends_before:
        return MilestoneState.DOES_NOT_APPLY, Because.ENDS_BEFORE
    state = case.by_date(before=before)
    if state is MilestoneState.OVERDUE and case.is_over:
        return MilestoneState.LAPSED, Because.ENDED_WITHOUT
    return state, because


def _without_chance(case: Case) -> Standing:
    found = case.facts.assessed(AssessmentKind.CHANCE)
    if found is None:
        return _if_assessed(case)
    if found.grew:
        return MilestoneState.DOES_NOT_APPLY, Because.CHANCE_GREW
    return _ends(case, Because.CHANCE_DID_NOT_GROW)


def _if_assessed(case: Case) -> Standing:
    if case.ends_before:
        return MilestoneState.DOES_NOT_APPLY, Because.ENDS_BEFORE
    state = case.by_date(before=True)
    passed = state is MilestoneState.OVERDUE
    return MilestoneState.LAPSED if passed else state, Because.NOT_ASSESSED


def _end_of_term(case: Case) -> Standing:
    return _ends(case, Because.EXTENDED if case.facts.extensions else Because.BY_LAW)


def _absolute_end(case: Case) -> Standing:
    if case.facts.extended(2) is None:
        return MilestoneState.DOES_NOT_APPLY, Because.NOT_EXTENDED
    return _ends(case, Because.BY_LAW)


def _ends(case: Case, because: Because) -> Standing:
    if case.ends_before:
        return MilestoneState.DOES_NOT_APPLY, Because.ENDS_BEFORE
    state = case.by_date(before=True)
    if state is not MilestoneState.OVERDUE or not case.is_over:
        return state, because
    if case.facts.ends_on == case.due_on:
        return MilestoneState.DONE, Because.ENDED_IN_TIME
    return MilestoneState.LAPSED, Because.ENDED_TOO_LATE


def _warning(case: Case) -> Standing:
    if case.ends_before:
        return MilestoneState.DOES_NOT_APPLY, Because.ENDS_BEFORE
    state = case.by_date()
    if state is MilestoneState.OVERDUE:
        return MilestoneState.LAPSED, Because.PASSED
    return state, Because.BY_LAW


_SCHOOLING = {
    SchoolingChoice.OFFERED: Because.SCHOOLING_OFFERED,
    SchoolingChoice.BEYOND_POWERS: Because.BEYOND_POWERS,
    SchoolingChoice.NOT_HELPFUL: Because.NOT_HELPFUL,
}

JUDGES: Mapping[MilestoneKind, Callable[[Case], Standing]] = {
    MilestoneKind.SCHOOLING_OFFER: _schooling,
    MilestoneKind.PREMIUM: _premium,
    MilestoneKind.ASSESS_CHANCE: _chance,
    MilestoneKind.ENDS_WITHOUT_CHANCE: _without_chance,
    MilestoneKind.WARNING: _warning,
    MilestoneKind.ASSESS_FIRST_EXTENSION: _first_extension,
    MilestoneKind.END_OF_TERM: _end_of_term,
    MilestoneKind.ASSESS_SECOND_EXTENSION: _second_extension,
    MilestoneKind.ABSOLUTE_END: _absolute_end,
}
