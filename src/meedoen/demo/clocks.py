"""Participation jobs on the clock of the law: how long they last, and what was decided on them.

The jobs of the lives stay as they are. Beside them stand a few that were written down late, at
the months on which the law asks something; see Participatiewet, article 10a.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from meedoen.demo import moving_texts
from meedoen.demo.chance import dice, happens
from meedoen.demo.checks import check_rest
from meedoen.demo.days import midnight, working_day
from meedoen.demo.load import Written
from meedoen.demo.whereabouts import PART_OF_THE_FREE, Someone, guests_now, seats, without_place
from meedoen.records.organisations import clock
from meedoen.records.participation_jobs.actions import decide_all
from meedoen.records.participation_jobs.jobs import Jobs, jobs_of
from meedoen.records.participation_jobs.keeping import NewDecision
from meedoen.records.placements.actions import NewPlacement, end_all, move_all, place_all
from meedoen.records.placements.moving import Change
from meedoen.rules.law.participation_job import law_on
from meedoen.rules.participation_job.clock import milestones
from meedoen.rules.participation_job.decided import Answer, Decided, Matter
from meedoen.rules.participation_job.facts import SchoolingChoice, StretchReason
from meedoen.rules.participation_job.joined import unbroken_months
from meedoen.rules.participation_job.milestones import MilestoneKind
from meedoen.rules.participation_job.premium import (
    PremiumFacts,
    as_json,
    premium_for,
    premium_periods,
)
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import Outcome, PlaceKind, PlacementState

LATE_JOBS = (
    (23, 4),
    (25, 0),
    (5, 20),
    (9, 2),
    (22, 6),
    (12, 3),
    (18, 5),
    (11, 8),
    (6, 1),
)
"""Months and days that people of the first team are in a job that was written down late."""
WRITTEN_DAYS_AGO = 20
IN_THIRD_YEAR = 24
YOUNGEST = 27
QUALIFICATION_KNOWN, QUALIFIED = 0.85, 0.2
SCHOOLING_DECIDED, OFFERED = 0.9, 0.75
PREMIUM_DECIDED, COOPERATED = 0.93, 0.9
ASSESSED, GREW = 0.85, 0.85
LEFT_OUT_SHARE = 0.1
HALF_YEAR = 6


@dataclass(frozen=True, slots=True)
class _Late:
    """A job that was written down late: from when it lasts, and where somebody goes on after."""

    who: Someone
    place_id: int
    starts_on: date
    moved_on: date | None = None
    next_place_id: int | None = None


def write_jobs(written: Written, people: Sequence[Someone]) -> None:
    """Write down jobs at the months that matter, then what was decided on every job."""
    late = list(_late_jobs(written, people))
    _write_late(written, late)
    _write_decisions(written, people, {one.who.pseudonym_id for one in late})


# --- jobs that were written down late ------------------------------------------------------------


def _late_jobs(written: Written, people: Sequence[Someone]) -> Iterator[_Late]:
    """Yield who does a participation job already; one moved on to another place after two years."""
    until = written.town.until
    places = seats(written, kinds=[PlaceKind.PARTICIPATION_JOB])
    free = without_place(people, guests_now(written, people))
    most = len(free) // PART_OF_THE_FREE
    new = iter(
        one
        for one in free
        if not any(course.kind is PlaceKind.PARTICIPATION_JOB for course in one.life.courses)
    )
    for months, days in LATE_JOBS[:most]:
        starts_on = working_day(add_months(until, -months) - timedelta(days=days))
        who = next((one for one in new if _may_begin(one, starts_on)), None)
        place_id = next(places, None)
        if who is None or place_id is None:
            return
        if months < IN_THIRD_YEAR:
            yield _Late(who, place_id, starts_on)
        elif (other := next(places, None)) is not None:
            moved_on = add_months(starts_on, IN_THIRD_YEAR)
            yield _Late(who, place_id, starts_on, moved_on, other)


def _may_begin(one: Someone, on: date) -> bool:
    return one.is_of_age(YOUNGEST, on) and one.life.person.benefit_starts_on < on


def _write_late(written: Written, late: Sequence[_Late]) -> None:
    moment = midnight(written.town.until - timedelta(days=WRITTEN_DAYS_AGO))
    check_rest(written, [one.place_id for one in late], moment)
    check_rest(written, [one.next_place_id for one in late if one.next_place_id], moment)
    with clock.at(moment):
        _write_stays(written, [(one.who, one.place_id, one.starts_on) for one in late], moment)
    over = [one for one in late if one.moved_on is not None]
    with clock.at(moment + timedelta(hours=3)):
        jobs = {
            one.who.pseudonym_id: one
            for one in guests_now(written, [one.who for one in over])
            if one.kind is PlaceKind.PARTICIPATION_JOB
        }
        if over:
            end_all(
                written.system,
                changes=[
                    Change(
                        placement_id=jobs[one.who.pseudonym_id].placement_id,
                        on=one.moved_on - timedelta(days=1),
                        outcome=Outcome.MOVED_ON_TO_OTHER_PLACE,
                    )
                    for one in over
                    if one.moved_on is not None
                ],
            )
    with clock.at(moment + timedelta(hours=4)):
        stays = [
            (one.who, one.next_place_id, one.moved_on)
            for one in over
            if one.next_place_id is not None and one.moved_on is not None
        ]
        _write_stays(written, stays, moment + timedelta(hours=4))


def _write_stays(
    written: Written, stays: Sequence[tuple[Someone, int, date]], moment: datetime
) -> None:
    ids = place_all(
        written.system,
        placements=[
            NewPlacement(
                pseudonym_id=who.pseudonym_id,
                place_id=place_id,
                proposed_on=starts_on - timedelta(days=14),
            )
            for who, place_id, starts_on in stays
        ],
    )
    with clock.at(moment + timedelta(hours=1)):
        if ids:
            move_all(
                written.system,
                changes=[
                    Change(placement_id=number, on=starts_on)
                    for number, (_who, _place_id, starts_on) in zip(ids, stays, strict=True)
                ],
                to=PlacementState.ACTIVE,
            )


# --- what was decided ----------------------------------------------------------------------------


def _write_decisions(written: Written, people: Sequence[Someone], late: set[int]) -> None:
    """Write down decisions half a year at a time, each coach's own at once.

    Nothing could be decided here on a job before it was written down.
    """
    by_id = {one.pseudonym_id: one for one in people}
    jobs = jobs_of(written.system, pseudonym_ids=list(by_id))
    # In the order of the people: of the first one everything is there to be seen.
    running = [one for one in by_id if one in jobs and jobs[one].facts.ends_on is None]
    over = [one for one in by_id if one in jobs and jobs[one].facts.ends_on is not None]
    groups: dict[tuple[date, int], list[NewDecision]] = defaultdict(list)
    coaches = {one.coach.membership_id: one.coach for one in people}
    for pseudonym_id in (*running, *over):
        who = by_id[pseudonym_id]
        random = dice("jobs", written.town.sketch.code, who.life.person.bsn)
        is_first = pseudonym_id == running[0] if running else False
        told = list(_decisions(random, jobs[pseudonym_id], written.town.until, is_first=is_first))
        for one in told:
            moment = written.town.until if pseudonym_id in late else _half_year_end(written, one)
            groups[moment, who.coach.membership_id or 0].append(one)
    for (moment, membership_id), some in sorted(groups.items(), key=lambda item: item[0]):
        with clock.at(midnight(moment)):
            decide_all(coaches[membership_id], decisions=some)


def _half_year_end(written: Written, one: NewDecision) -> date:
    on = one.decided.on
    first = on.replace(month=1 + (on.month - 1) // HALF_YEAR * HALF_YEAR, day=1)
    return min(add_months(first, HALF_YEAR), written.town.until)


def _decisions(random: Random, jobs: Jobs, until: date, *, is_first: bool) -> Iterator[NewDecision]:
    """Yield what was decided on somebody's jobs before a day, in order; a few things were not.

    Of the first everything is there to be seen, also a refusal and a stretch that is left out.
    """
    begin = next(
        one.starts_on
        for one in jobs.facts.stretches
        if one.reason is StretchReason.PARTICIPATION_JOB
    )

    ends_on = jobs.facts.ends_on or until

    def has(share: float) -> bool:
        return happens(random, share) or is_first

    def said(decided: Decided, words: str = "") -> NewDecision:
        return NewDecision(pseudonym_id=jobs.pseudonym_id, decided=decided, words=words)

    found: list[NewDecision] = []
    if happens(random, LEFT_OUT_SHARE) or is_first:
        tried = Decided(matter=Matter.LEFT_OUT, on=add_months(begin, -3), number=0, ends_on=begin)
        found.append(said(tried, moving_texts.LEFT_OUT))
    found += [
        said(one, words)
        for one, words in _facts(random, begin, has(QUALIFICATION_KNOWN))
        if one.on < ends_on
    ]
    found += [said(one, words) for one, words in _judged(random, jobs, until, is_first=is_first)]
    found += _premiums(random, jobs, until, is_first=is_first)
    in_time = [one for one in found if one.decided.on < until]
    yield from sorted(in_time, key=lambda one: one.decided.on)


def _facts(random: Random, begin: date, is_known: bool) -> Iterator[tuple[Decided, str]]:  # noqa: FBT001 - one caller
    """Yield what is known of a start qualification, and what was decided about schooling."""
    if not is_known:
        return
    qualified = happens(random, QUALIFIED)
    choice = Answer.YES if qualified else Answer.NO
    asked_on = working_day(begin + timedelta(days=random.randint(10, 40)))
    yield Decided(matter=Matter.START_QUALIFICATION, on=asked_on, choice=choice.value), ""
    if qualified or not happens(random, SCHOOLING_DECIDED):
        return
    offered = happens(random, OFFERED)
    yield (
        Decided(
            matter=Matter.SCHOOLING,
            on=working_day(add_months(begin, 6) - timedelta(days=random.randint(3, 20))),
            choice=(SchoolingChoice.OFFERED if offered else SchoolingChoice.NOT_HELPFUL).value,
        ),
        "" if offered else moving_texts.NOT_HELPFUL,
    )


def _judged(
    random: Random, jobs: Jobs, until: date, *, is_first: bool
) -> Iterator[tuple[Decided, str]]:
    """Yield the assessment after nine months, and a year more for who is in the third year.

    After the last job and after `until` nothing is judged any more.
    """
    ends_on = jobs.facts.ends_on or until
    due = {one.kind: one.due_on for one in milestones(jobs.facts, on=until)}
    third = due[MilestoneKind.END_OF_TERM] < ends_on
    on = working_day(due[MilestoneKind.ASSESS_CHANCE] + timedelta(days=random.randint(1, 12)))
    if on < ends_on and (third or is_first or happens(random, ASSESSED)):
        grew = third or is_first or happens(random, GREW)
        answer = Answer.YES if grew else Answer.NO
        yield (
            Decided(matter=Matter.CHANCE, on=on, choice=answer.value),
            moving_texts.GREW if grew else moving_texts.DID_NOT_GROW,
        )
    if third:
        on = working_day(add_months(due[MilestoneKind.END_OF_TERM], -1) - timedelta(days=10))
        yes = Answer.YES.value
        yield Decided(matter=Matter.GO_ON_THIRD_YEAR, on=on, choice=yes), moving_texts.GO_ON
        yield (
            Decided(
                matter=Matter.EXTENSION,
                on=on + timedelta(days=3),
                other_work=True,
                other_environment=True,
            ),
            moving_texts.EXTENDED,
        )


def _premiums(random: Random, jobs: Jobs, until: date, *, is_first: bool) -> Iterator[NewDecision]:
    """Yield decisions on premiums with their basis, and what was paid; one was refused."""
    facts = jobs.facts
    for number, period in enumerate(premium_periods(facts, on=until)):
        on = working_day(period.ends_on + timedelta(days=random.randint(2, 12)))
        if on >= until or not (is_first or happens(random, PREMIUM_DECIDED)):
            continue
        cooperated = not (is_first and number == 1) and (is_first or happens(random, COOPERATED))
        given = PremiumFacts(
            cooperated,
            Decimal(random.choice((12, 16, 20, 20, 24))),
            unbroken_months(facts.stretches, law_on(period.ends_on), period.ends_on),
        )
        result = premium_for(period, given, on=on)
        yield NewDecision(
            pseudonym_id=jobs.pseudonym_id,
            decided=Decided(matter=Matter.PREMIUM, on=on, number=period.number, cents=result.cents),
            words="" if cooperated else moving_texts.DID_NOT_COOPERATE,
            basis=as_json(result),
        )
        paid_on = working_day(on + timedelta(days=10))
        if result.cents and paid_on < until:
            yield NewDecision(
                pseudonym_id=jobs.pseudonym_id,
                decided=Decided(matter=Matter.PAYMENT, on=paid_on, number=0, cents=result.cents),
            )
