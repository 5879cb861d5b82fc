"""Sheltered work of both kinds: the way to the new, with its jobs, and the jobs of the old."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from meedoen.demo import moving_texts
from meedoen.demo.chance import dice
from meedoen.demo.days import midnight
from meedoen.demo.events import Course, Step, StepKind
from meedoen.demo.load import Written
from meedoen.demo.whereabouts import Guest, Someone, guests_now
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.sheltered.actions import NewTrack, decide_all, request_all, take_steps
from meedoen.records.sheltered.advancing import NewStep
from meedoen.records.sheltered.job_actions import SubsidyTerms, fix_wage_subsidy
from meedoen.records.sheltered.objection_actions import note_objection
from meedoen.records.sheltered.wsw_actions import NewWswJob, enter_wsw_all
from meedoen.rules.sheltered.states import DECISIONS
from meedoen.rules.sheltered.words import (
    ShelteredParty,
    ShelteredReason,
    ShelteredState,
    WswCategory,
    WswKind,
)
from meedoen.rules.vocabulary import Outcome, PlaceKind

_S = ShelteredState
TO_ADVICE = (_S.IN_RESEARCH, _S.ADVICE_POSITIVE)
WAYS: Sequence[tuple[ShelteredState, ...]] = (
    (*TO_ADVICE, _S.GRANTED, _S.WAITING),
    (_S.IN_RESEARCH, _S.ADVICE_NEGATIVE, _S.REFUSED),
    (_S.IN_RESEARCH,),
    (*TO_ADVICE, _S.GRANTED, _S.WAITING, _S.BRIDGING),
    (),
    TO_ADVICE,
    (*TO_ADVICE, _S.GRANTED),
    (_S.IN_RESEARCH, _S.ADVICE_NEGATIVE),
    (_S.IN_RESEARCH, _S.ENDED),
)
"""How far people of the first team came who asked for sheltered work; the last one stopped."""
TO_A_DECISION = (*TO_ADVICE, _S.GRANTED)
DAYS_BETWEEN = 24
DAYS_BEFORE_JOB = DAYS_BETWEEN * (len(TO_A_DECISION) + 1)
LAST_STEP_DAYS_AGO = 12
REASONS: Mapping[ShelteredState, ShelteredReason] = {
    _S.WAITING: ShelteredReason.NO_PLACE_YET,
    _S.BRIDGING: ShelteredReason.NO_PLACE_YET,
    _S.ENDED: ShelteredReason.STOPPED_BY_RESIDENT,
}
WHY_OVER: Mapping[Outcome | None, ShelteredReason] = {
    Outcome.MOVED_ON_TO_PAID_WORK: ShelteredReason.MOVED_ON_TO_PAID_WORK,
    Outcome.STOPPED_BY_RESIDENT: ShelteredReason.STOPPED_BY_RESIDENT,
    Outcome.STOPPED_BY_PARTNER: ShelteredReason.STOPPED_BY_EMPLOYER,
    Outcome.MOVED_AWAY: ShelteredReason.MOVED_AWAY,
    Outcome.DIED: ShelteredReason.DIED,
}
"""Why a track ended with its placement; for all else the contract ended."""
MINIMUM_WAGE, FULL_WEEK = Decimal("2300.00"), Decimal(36)
"""Made up: what somebody types in, who looks it up."""
WSW_HOURS = (Decimal(24), Decimal(28), Decimal(32), Decimal(36))


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody comes to sheltered work: the first day, and the steps up to a job.

    `course` is the placement in which that job is done.
    """

    who: Someone
    asked_on: date
    states: Sequence[ShelteredState]
    course: Course | None = None

    def on(self, number: int) -> date:
        """Return the day of the n-th step, from nought."""
        return self.asked_on + timedelta(days=DAYS_BETWEEN * (number + 1))


Ways = Sequence[tuple[UUID, Way]]


# --- before the placements: what they rest on -------------------------------------------------


def write_decisions(written: Written, people: Sequence[Someone]) -> Ways:
    """Write down the jobs of the old law, and what was decided on the new; return those ways.

    Before anybody is placed: without it nobody takes part in sheltered work.
    """
    _write_wsw(written, people)
    return _write_ways(
        written,
        [
            Way(one, _first_day(course) - timedelta(days=DAYS_BEFORE_JOB), TO_A_DECISION, course)
            for one, course in _begun(people, PlaceKind.SHELTERED_NEW)
        ],
    )


def _write_wsw(written: Written, people: Sequence[Someone]) -> None:
    random = dice("wsw", written.town.sketch.code)
    jobs = []
    for one, course in _begun(people, PlaceKind.SHELTERED_WSW):
        end = _end_of(course)
        told_on = end.recorded_at if end else midnight(_first_day(course) + timedelta(days=4))
        jobs.append(
            NewWswJob(
                pseudonym_id=one.pseudonym_id,
                starts_on=_first_day(course),
                ends_on=end.on + timedelta(days=1) if end else None,
                week_hours=random.choice(WSW_HOURS),
                category=random.choices(list(WswCategory), weights=(4, 1))[0],
                kind=random.choice(list(WswKind)),
                recorded_at=told_on,
            )
        )
    with clock.at(midnight(written.town.until)):
        enter_wsw_all(written.system, jobs=jobs)


def _begun(people: Sequence[Someone], kind: PlaceKind) -> list[tuple[Someone, Course]]:
    """Return the placements of a kind that began, with whose they are."""
    return [
        (one, course)
        for one in people
        for course in one.life.courses
        if course.kind is kind and any(step.kind is StepKind.CONFIRM for step in course.steps)
    ]


def _first_day(course: Course) -> date:
    """Return the first day on which a placement was ever said to have begun."""
    begun = {StepKind.CONFIRM, StepKind.CORRECT_START}
    return min(step.on for step in course.steps if step.kind in begun)


def _end_of(course: Course) -> Step | None:
    return next((step for step in course.steps if step.kind is StepKind.END), None)


# --- after the placements -------------------------------------------------------------------------


def write_sheltered_jobs(written: Written, people: Sequence[Someone], ways: Ways) -> None:
    """Write down the jobs that came of these decisions, each from the first day at its place."""
    here = {
        one.who.pseudonym_id: one
        for one in guests_now(written, people)
        if one.kind is PlaceKind.SHELTERED_NEW
    }
    with clock.at(midnight(written.town.until)):
        for key, way in ways:
            _write_job(written, key, way, here.get(way.who.pseudonym_id))


def _write_job(written: Written, key: UUID, way: Way, guest: Guest | None) -> None:
    end = _end_of(way.course) if way.course else None
    if guest is not None and guest.started_on is not None:
        _take(way.who.coach, [_job(key, guest.started_on, guest.key)])
        _write_subsidies(written, key, way.who.coach, guest.started_on)
    elif way.course is not None and end is not None:
        over = end.on + timedelta(days=1)
        reason = WHY_OVER.get(end.outcome, ShelteredReason.CONTRACT_ENDED)
        step = NewStep(key=key, to=_S.ENDED, on=over, reason=reason, recorded_at=end.recorded_at)
        _take(way.who.coach, [_job(key, _last_said(way.course))])
        _take(way.who.coach, [step])


def _last_said(course: Course) -> date:
    """Return the first day of a placement as it was said last."""
    begun = {StepKind.CONFIRM, StepKind.CORRECT_START}
    return [step.on for step in course.steps if step.kind in begun][-1]


def _job(key: UUID, on: date, placement_key: UUID | None = None) -> NewStep:
    return NewStep(
        key=key,
        to=_S.EMPLOYED,
        on=on,
        week_hours=Decimal(28),
        placement_key=placement_key,
        recorded_at=midnight(on + timedelta(days=2)),
    )


def write_sheltered(written: Written, people: Sequence[Someone]) -> None:
    """Write down the ways of people who have no sheltered work yet, with what was decided."""
    ways = _write_ways(written, _underway(written, people, guests_now(written, people)))
    with clock.at(midnight(written.town.until)):
        _write_objection(ways)


def _write_ways(written: Written, ways: Sequence[Way]) -> Ways:
    with clock.at(midnight(written.town.until)):
        keys = request_all(
            written.system,
            tracks=[
                NewTrack(
                    pseudonym_id=one.who.pseudonym_id,
                    asked_on=one.asked_on,
                    asked_by=(ShelteredParty.RESIDENT, ShelteredParty.MUNICIPALITY)[number % 2],
                    recorded_at=midnight(one.asked_on + timedelta(days=1)),
                )
                for number, one in enumerate(ways)
            ],
        )
        found = list(zip(keys, ways, strict=True))
        _write_steps(found)
    return found


def _underway(written: Written, people: Sequence[Someone], here: Sequence[Guest]) -> list[Way]:
    """Return ways of the first team's people; who asked stands last in the order of the desk."""
    apart = {PlaceKind.SHELTERED_WSW, PlaceKind.SHELTERED_NEW, PlaceKind.PARTICIPATION_JOB}
    busy = {one.who.pseudonym_id for one in here if one.kind in apart}
    asking = [
        one
        for one in people
        if one.team == people[0].team
        and one.pseudonym_id not in busy
        and one.life.person.benefit_ends_on is None
    ]
    last = written.town.until - timedelta(days=LAST_STEP_DAYS_AGO)
    return [
        Way(who, last - timedelta(days=DAYS_BETWEEN * len(states) + 3 * number), states)
        for number, (states, who) in enumerate(zip(WAYS, reversed(asking), strict=False))
    ]


def _write_steps(ways: Ways) -> None:
    """Write the first step of everybody, then every second one, and so on."""
    for number in range(max((len(way.states) for _key, way in ways), default=0)):
        of_coach: dict[int, list[NewStep]] = defaultdict(list)
        coaches: dict[int, Viewer] = {}
        for key, way in ways:
            if number < len(way.states):
                membership_id = way.who.coach.membership_id or 0
                coaches[membership_id] = way.who.coach
                of_coach[membership_id].append(_step(key, way, number))
        for membership_id, steps in sorted(of_coach.items()):
            _take(coaches[membership_id], steps)


def _take(coach: Viewer, steps: Sequence[NewStep]) -> None:
    ways: Sequence[tuple[Callable[..., None], bool]] = ((take_steps, False), (decide_all, True))
    for act, is_decision in ways:
        some = [step for step in steps if (step.to in DECISIONS) is is_decision]
        if some:
            act(coach, steps=some)


def _step(key: UUID, way: Way, number: int) -> NewStep:
    to, on = way.states[number], way.on(number)
    recorded_at = midnight(on + timedelta(days=2))
    return NewStep(key=key, to=to, on=on, reason=REASONS.get(to), recorded_at=recorded_at)


def _write_subsidies(written: Written, key: UUID, coach: Viewer, started_on: date) -> None:
    """Work out a wage-cost subsidy for a job: by half at first, then by the real value."""
    later = started_on + timedelta(days=190)
    terms: list[tuple[date, Decimal | None]] = [(started_on, None)]
    if later < written.town.until:
        worth = Decimal("0.40") + Decimal("0.05") * (started_on.toordinal() % 4)
        terms.append((later, worth))
    for starts_on, loonwaarde in terms:
        fix_wage_subsidy(
            coach,
            key=key,
            terms=SubsidyTerms(
                starts_on=starts_on,
                minimum_wage=MINIMUM_WAGE,
                week_hours=Decimal(28),
                full_week_hours=FULL_WEEK,
                loonwaarde=loonwaarde,
            ),
        )


def _write_objection(ways: Ways) -> None:
    for key, way in ways:
        if way.states and way.states[-1] is ShelteredState.REFUSED:
            note_objection(
                way.who.coach,
                key=key,
                on=way.on(len(way.states) - 1) + timedelta(days=9),
                text=moving_texts.AGAINST_REFUSAL,
            )
