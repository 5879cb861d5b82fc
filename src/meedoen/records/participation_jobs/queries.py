"""The clock of the law on participation jobs, as coaches and residents see it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.participation_jobs.jobs import Jobs, decided, jobs_of
from meedoen.records.participation_jobs.models import Decision
from meedoen.records.placements.models import AT_AN_ORGANISATION, Placement
from meedoen.rules.law.participation_job import law_on
from meedoen.rules.participation_job.clock import milestones
from meedoen.rules.participation_job.counted import Counted, counted
from meedoen.rules.participation_job.decided import Decided, Matter
from meedoen.rules.participation_job.ending import EndByLaw, end_by_law
from meedoen.rules.participation_job.facts import ClockFacts
from meedoen.rules.participation_job.milestones import Milestone
from meedoen.rules.participation_job.premium import (
    PremiumPeriod,
    PremiumResult,
    from_json,
    premium_periods,
    worked_out,
)
from meedoen.rules.participation_job.problems import ClockError, ClockProblem
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCard:
    """One word on a matter; `holds` is false when a later one took its place, or took it back."""

    key: uuid.UUID
    decided: Decided
    words: str
    withdrawn: bool
    holds: bool
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCard:
    """The dates of the law for one person, over all participation jobs at any organisation.

    `placement_key` is the job that began last. With `problems` there are no milestones, no
    `counted` and no `ends`: what is known cannot be by law. `seen` goes along with what is
    decided next, so that nothing is decided unseen. `decisions` come newest first.
    """

    pseudonym_id: int
    placement_key: uuid.UUID
    today: date
    facts: ClockFacts
    milestones: tuple[Milestone, ...]
    counted: Counted | None
    ends: EndByLaw | None
    problems: tuple[ClockProblem, ...]
    decisions: tuple[DecisionCard, ...]
    seen: int

    def holding(self, matter: Matter, number: int | None = None) -> DecisionCard | None:
        """Return the word on a matter that holds, the newest when there are more."""
        return next(
            (
                one
                for one in self.decisions
                if one.holds
                and one.decided.matter is matter
                and number in {None, one.decided.number}
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class PremiumCard:
    """The n-th six months, and what was decided on them.

    `kept` is the decision as it was worked out then. `replays` says that its basis, worked out
    again, gives the same; None when nothing was decided.
    """

    period: PremiumPeriod
    decision: DecisionCard | None
    kept: PremiumResult | None

    @property
    def replays(self) -> bool | None:
        """Return whether the kept basis gives the same result again."""
        return None if self.kept is None else worked_out(self.kept.basis) == self.kept


def clocks_of(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> Mapping[int, ClockCard]:
    """Return the clocks of these people, by pseudonym; who never began has none.

    Three questions, however many people there are. A resident gets the own one.
    """
    found = jobs_of(viewer, pseudonym_ids=pseudonym_ids)
    return {pseudonym_id: _card(jobs) for pseudonym_id, jobs in found.items()}


def clock_of(viewer: Viewer, placement_key: uuid.UUID) -> ClockCard | None:
    """Return the clock of who has this participation job.

    None when it is not there or not for this viewer, and before the first day of work.
    """
    pseudonym_id = job_of(viewer, placement_key)
    if pseudonym_id is None:
        return None
    return clocks_of(viewer, pseudonym_ids=[pseudonym_id]).get(pseudonym_id)


def last_days_by_law(viewer: Viewer) -> dict[uuid.UUID, date]:
    """Return on which last day the law ends each participation job that the viewer sees run.

    By the key of the placement; four questions, however many there are.
    """
    running = Placement.objects.visible_to(viewer).filter(
        state__in=TAKES_PART, place__kind=PlaceKind.PARTICIPATION_JOB
    )
    people = sorted(set(running.values_list("pseudonym_id", flat=True)))
    clocks = clocks_of(viewer, pseudonym_ids=people)
    return {one.placement_key: one.ends.last_day for one in clocks.values() if one.ends is not None}


def last_days_here(viewer: Viewer, *, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, date]:
    """Return on which last day the law ends these jobs, also for the organisation they are at.

    Only the day, so that an organisation can plan; never what was decided, nor why it is that day.
    What is not for this viewer, is no participation job or is not going on is left out. Five
    questions, however many there are.
    """
    rows = Placement.objects.visible_to(viewer).filter(
        key__in=keys, state__in=TAKES_PART, place__kind=PlaceKind.PARTICIPATION_JOB
    )
    people = dict(rows.values_list("key", "pseudonym_id"))
    clocks = clocks_of(Viewer.system(viewer.municipality_id), pseudonym_ids=list(people.values()))
    ends = {key: clocks[one].ends for key, one in people.items() if one in clocks}
    return {key: end.last_day for key, end in ends.items() if end is not None}


def job_of(viewer: Viewer, placement_key: uuid.UUID) -> int | None:
    """Return the pseudonym of who has this participation job, begun or not.

    None when it is not there, is another kind of place, or is not for this viewer; the dates of
    the law are never the business of an organisation.
    """
    if viewer.role in AT_AN_ORGANISATION:
        return None
    rows = Placement.objects.visible_to(viewer).filter(
        key=placement_key, place__kind=PlaceKind.PARTICIPATION_JOB
    )
    return rows.values_list("pseudonym_id", flat=True).first()


def premiums_of(viewer: Viewer, placement_key: uuid.UUID) -> Sequence[PremiumCard]:
    """Return every six months of the term with what was decided on them, in order of date.

    A decision on six months that are no longer in the term, since the start was corrected, is
    shown with the months it was about. Empty when there is no clock to go by.
    """
    pseudonym_id = job_of(viewer, placement_key)
    found = jobs_of(viewer, pseudonym_ids=[] if pseudonym_id is None else [pseudonym_id])
    return [card for jobs in found.values() for card in _premiums(jobs)]


def _premiums(jobs: Jobs) -> list[PremiumCard]:
    try:
        periods = {one.number: one for one in premium_periods(jobs.facts, on=clock.today())}
    except ClockError:
        periods = {}
    made = {row.number: row for row in jobs.holding if row.matter == Matter.PREMIUM}
    kept = {number: from_json(row.basis) for number, row in made.items()}
    for number, result in kept.items():
        basis = result.basis
        periods.setdefault(
            number, PremiumPeriod(number, basis.starts_on, basis.ends_on, basis.months)
        )
    return [
        PremiumCard(
            period=period,
            decision=_decision(made[number], holds=True) if number in made else None,
            kept=kept.get(number),
        )
        for number, period in sorted(periods.items())
    ]


def _card(jobs: Jobs) -> ClockCard:
    today, facts = clock.today(), jobs.facts
    try:
        found = milestones(facts, on=today)
    except ClockError as error:
        found, problems = (), error.problems
    else:
        problems = ()
    holding = {row.pk for row in jobs.holding}
    return ClockCard(
        pseudonym_id=jobs.pseudonym_id,
        placement_key=jobs.placement_key,
        today=today,
        facts=facts,
        milestones=found,
        counted=None if problems else counted(facts.stretches, law_on(today), on=today),
        ends=end_by_law(found),
        problems=problems,
        decisions=tuple(_decision(row, holds=row.pk in holding) for row in reversed(jobs.rows)),
        seen=jobs.seen,
    )


def _decision(row: Decision, *, holds: bool) -> DecisionCard:
    return DecisionCard(
        key=row.key,
        decided=decided(row),
        words=row.words,
        withdrawn=row.withdrawn,
        holds=holds,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by.account.name if row.recorded_by else "",
    )
