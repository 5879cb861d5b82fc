"""The dates that article 10a of the Participatiewet sets for one person.

Which version of a dated value applies: a term that has begun keeps counting, but each milestone
follows the values that hold on its own day. When a value changes on 1 January, what falls before
that day keeps the old value, and what falls on it or later follows the new one. What by the new
value should have been before 1 January falls on 1 January: nobody is late by surprise. The months
of a premium have the length that held when they began, and the amount of the day they are full.

Facts that the law does not allow are refused with ClockError; nothing is left out silently.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from meedoen.rules.law.participation_job import (
    ParticipationJobLaw,
    ParticipationJobTable,
    shipped_table,
)
from meedoen.rules.law.values import Value
from meedoen.rules.participation_job.counted import (
    Counting,
    begins_on,
    full_on,
    stretch_problems,
)
from meedoen.rules.participation_job.facts import AssessmentKind, ClockFacts, Extension
from meedoen.rules.participation_job.judging import Case, judge
from meedoen.rules.participation_job.milestones import Milestone, MilestoneKind
from meedoen.rules.participation_job.problems import ClockError, ClockProblem

Months = Callable[[ParticipationJobLaw], int]


def milestones(
    facts: ClockFacts, *, on: date, table: ParticipationJobTable | None = None
) -> tuple[Milestone, ...]:
    """Return every date of a participation job and how it stands on a day, in order of date.

    Raises ClockError when the law does not allow what the facts say.
    """
    clock = Clock(facts, table or shipped_table(), on)
    clock.check()
    order = list(MilestoneKind)
    return tuple(
        sorted(
            clock.all_milestones(),
            key=lambda one: (one.due_on, order.index(one.kind), one.number),
        )
    )


def check(facts: ClockFacts, *, on: date, table: ParticipationJobTable | None = None) -> None:
    """Raise ClockError with every code, when the law does not allow what the facts say."""
    Clock(facts, table or shipped_table(), on).check()


def extendable_from(
    facts: ClockFacts, number: int, *, on: date, table: ParticipationJobTable | None = None
) -> date:
    """Return the first day on which the first or second extension may be decided on."""
    return Clock(facts, table or shipped_table(), on).extendable_from(number)


@dataclass(frozen=True, slots=True)
class Due:
    """A day, and the values that hold on it."""

    on: date
    months: int
    law: ParticipationJobLaw


@dataclass(frozen=True, slots=True)
class _Rule:
    """One date: how it is counted, and which value says after how many months."""

    kind: MilestoneKind
    counting: Counting
    value: Callable[[ParticipationJobLaw], Value[int]]

    def months(self, law: ParticipationJobLaw) -> int:
        """Return after how many months it falls."""
        return self.value(law).value


@dataclass(frozen=True, slots=True)
class Clock:
    """The facts of one person, the law through time, and today."""

    facts: ClockFacts
    table: ParticipationJobTable
    on: date

    def due(self, counting: Counting, months: Months) -> Due:
        """Return when so many months are full, by the values that hold on that very day."""
        starts = (date.min, *self.table.changes)
        for first, after in pairwise(starts):
            found = self._due_by(first, counting, months)
            if found.on < after:
                return found
        return self._due_by(starts[-1], counting, months)

    def term_months(self, law: ParticipationJobLaw, extensions: int | None = None) -> int:
        """Return how long the term is, with its extensions or with the first so many of them."""
        number = len(self.facts.extensions) if extensions is None else extensions
        added = (law.first_extension_months.value, law.second_extension_months.value)
        return min(law.term_months.value + sum(added[:number]), law.longest_months.value)

    def extendable_from(self, number: int) -> date:
        """Return the first day for an extension, and for the assessment that it rests on."""
        return self._ahead(
            Counting.TERM,
            lambda law: self.term_months(law, number - 1) - law.extension_ahead_months.value,
        )

    def check(self) -> None:
        """Raise ClockError with everything that the law does not allow."""
        # Only of stretches that can be counted is there more to say.
        wrong = list(stretch_problems(self.facts.stretches)) or [
            *self._assessment_problems(),
            *self._extension_problems(),
        ]
        if wrong:
            raise ClockError(wrong)

    def all_milestones(self) -> Iterator[Milestone]:
        """Give every date, in no order."""
        for rule in RULES:
            yield self._milestone(rule.kind, 1, self.due(rule.counting, rule.months), rule.value)
        end = self.due(Counting.TERM, self.term_months)
        yield self._milestone(
            MilestoneKind.END_OF_TERM, 1, end, _cited_end(len(self.facts.extensions))
        )
        for number, due in enumerate(self._premium_days(end.on), start=1):
            yield self._milestone(MilestoneKind.PREMIUM, number, due, _cited_premium)
        for due in self._warning_days():
            yield self._milestone(MilestoneKind.WARNING, due.months, due, _cited_warning)

    def _due_by(self, first: date, counting: Counting, months: Months) -> Due:
        law = self.table.on(first)
        number = months(law)
        day = full_on(self.facts.stretches, law, counting, number, on=self.on)
        return Due(max(day, first), number, law)

    def _ahead(self, counting: Counting, months: Months) -> date:
        return self.due(counting, lambda law: max(0, months(law))).on

    def _milestone(
        self,
        kind: MilestoneKind,
        number: int,
        due: Due,
        cited: Callable[[ParticipationJobLaw], Value[Any]],
    ) -> Milestone:
        law, value = due.law, cited(due.law)
        warned = due.months in law.warning_months.value
        ahead = timedelta(days=law.warning_ahead_days.value if warned else 0)
        case = Case(
            facts=self.facts,
            kind=kind,
            number=number,
            due_on=due.on,
            shows_from=due.on - ahead,
            after_the_end=due.months > law.ends_without_chance_months.value,
            on=self.on,
        )
        state, because = judge(case)
        return Milestone(
            kind=kind,
            number=number,
            months=due.months,
            due_on=due.on,
            shows_from=case.shows_from,
            article=value.article,
            address=value.address,
            state=state,
            because=because,
        )

    def _premium_days(self, end: date) -> Iterator[Due]:
        law = self.table.on(self.on)
        begin = begins_on(self.facts.stretches, law, Counting.WORKED, on=self.on)
        done = 0
        while True:
            done += self.table.on(begin).premium_every_months.value
            due = self.due(Counting.WORKED, _always(done))
            if due.on > end:
                return
            yield due
            begin = due.on

    def _warning_days(self) -> Iterator[Due]:
        listed = {month for line in self.table.warning_months.lines for month in line.value}
        for month in sorted(listed):
            due = self.due(Counting.TERM, _always(month))
            law = due.law
            asked = {rule.months(law) for rule in RULES} | {law.term_months.value}
            if month in set(law.warning_months.value) - asked:
                yield due

    def _assessment_problems(self) -> Iterator[ClockProblem]:
        found = [one.kind for one in self.facts.assessments]
        if len(found) != len(set(found)):
            yield ClockProblem.ASSESSED_TWICE
        law = self.table.on(self.on)
        start = begins_on(self.facts.stretches, law, Counting.SINCE_START, on=self.on)
        if any(one.on < start for one in self.facts.assessments):
            yield ClockProblem.ASSESSED_BEFORE_START
        elif any(one.on < self._assessable_from(one.kind) for one in self.facts.assessments):
            yield ClockProblem.ASSESSED_TOO_EARLY

    def _assessable_from(self, kind: AssessmentKind) -> date:
        if kind is not AssessmentKind.CHANCE:
            return self.extendable_from(1 if kind is AssessmentKind.FIRST_EXTENSION else 2)
        return self._ahead(
            Counting.SINCE_START,
            lambda law: law.chance_months.value - law.chance_ahead_months.value,
        )

    def _extension_problems(self) -> Iterator[ClockProblem]:
        numbers = [one.number for one in self.facts.extensions]
        if len(numbers) != len(set(numbers)) or not set(numbers) <= {1, 2}:
            yield ClockProblem.EXTENSION_NUMBER
            return
        if numbers == [2]:
            yield ClockProblem.EXTENSION_WITHOUT_FIRST
        for extension in self.facts.extensions:
            yield from self._wrong_with(extension)

    def _wrong_with(self, extension: Extension) -> Iterator[ClockProblem]:
        first = extension.number == 1
        kind = AssessmentKind.FIRST_EXTENSION if first else AssessmentKind.SECOND_EXTENSION
        assessed = self.facts.assessed(kind)
        chance = self.facts.assessed(AssessmentKind.CHANCE)
        if assessed is None or assessed.on > extension.decided_on:
            yield ClockProblem.EXTENSION_NOT_ASSESSED
        if (assessed and not assessed.grew) or (chance and not chance.grew):
            yield ClockProblem.EXTENSION_CHANCE_NOT_BETTER
        if first and not extension.other_work:
            yield ClockProblem.EXTENSION_SAME_WORK
        if first and not extension.other_environment:
            yield ClockProblem.EXTENSION_SAME_ENVIRONMENT
        if extension.decided_on < self.extendable_from(extension.number):
            yield ClockProblem.EXTENSION_TOO_EARLY
        before = self.due(Counting.TERM, lambda law: self.term_months(law, extension.number - 1))
        if extension.decided_on >= before.on:
            yield ClockProblem.EXTENSION_TOO_LATE


def _always(month: int) -> Months:
    return lambda _law: month


def _cited_end(extensions: int) -> Callable[[ParticipationJobLaw], Value[Any]]:
    def cited(law: ParticipationJobLaw) -> Value[Any]:
        ends = (law.term_months, law.first_extension_months, law.second_extension_months)
        return ends[extensions]

    return cited


def _cited_premium(law: ParticipationJobLaw) -> Value[Any]:
    return law.premium_every_months


def _cited_warning(law: ParticipationJobLaw) -> Value[Any]:
    return law.warning_months


RULES = (
    _Rule(MilestoneKind.SCHOOLING_OFFER, Counting.SINCE_START, lambda law: law.schooling_months),
    _Rule(MilestoneKind.ASSESS_CHANCE, Counting.SINCE_START, lambda law: law.chance_months),
    _Rule(
        MilestoneKind.ENDS_WITHOUT_CHANCE,
        Counting.SINCE_START,
        lambda law: law.ends_without_chance_months,
    ),
    _Rule(
        MilestoneKind.ASSESS_FIRST_EXTENSION,
        Counting.TERM,
        lambda law: law.first_extension_before_months,
    ),
    _Rule(
        MilestoneKind.ASSESS_SECOND_EXTENSION,
        Counting.TERM,
        lambda law: law.second_extension_before_months,
    ),
    _Rule(MilestoneKind.ABSOLUTE_END, Counting.TERM, lambda law: law.longest_months),
)
