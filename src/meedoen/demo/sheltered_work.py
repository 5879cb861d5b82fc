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
from meedoen.rules.vocabulary import PlaceKind

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
TO_A_JOB = (*TO_ADVICE, _S.GRANTED, _S.EMPLOYED)
DAYS_BETWEEN = 24
LAST_STEP_DAYS_AGO = 12
REASONS: Mapping[ShelteredState, ShelteredReason] = {
    _S.WAITING: ShelteredReason.NO_PLACE_YET,
    _S.BRIDGING: ShelteredReason.NO_PLACE_YET,
    _S.ENDED: ShelteredReason.STOPPED_BY_RESIDENT,
}
MINIMUM_WAGE, FULL_WEEK = Decimal("2300.00"), Decimal(36)
"""Made up: what somebody types in, who looks it up."""
WSW_HOURS = (Decimal(24), Decimal(28), Decimal(32), Decimal(36))


@dataclass(frozen=True, slots=True)
class _Way:
    """How somebody comes to sheltered work: the first day, the steps and the job at the end."""

    who: Someone
    asked_on: date
    states: Sequence[ShelteredState]
    job: Guest | None = None

    def on(self, number: int) -> date:
        """Return the day of the n-th step, from nought; a job begins on its own first day."""
        if self.job is not None and number == len(self.states) - 1 and self.job.started_on:
            return self.job.started_on
        return self.asked_on + timedelta(days=DAYS_BETWEEN * (number + 1))


def write_sheltered(written: Written, people: Sequence[Someone]) -> None:
    """Write down the jobs of the old law, and the ways to sheltered work with what was decided."""
    here = guests_now(written, people)
    _write_wsw(written, [one for one in here if one.kind is PlaceKind.SHELTERED_WSW])
    ways = [*_to_jobs(here), *_underway(written, people, here)]
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
        _write_steps(written, list(zip(keys, ways, strict=True)))
        _write_subsidies(written, list(zip(keys, ways, strict=True)))
        _write_objection(written, list(zip(keys, ways, strict=True)))


def _write_wsw(written: Written, guests: Sequence[Guest]) -> None:
    random = dice("wsw", written.town.sketch.code)
    jobs = [
        NewWswJob(
            pseudonym_id=one.who.pseudonym_id,
            starts_on=one.started_on,
            week_hours=random.choice(WSW_HOURS),
            category=random.choices(list(WswCategory), weights=(4, 1))[0],
            kind=random.choice(list(WswKind)),
            recorded_at=midnight(one.started_on + timedelta(days=4)),
        )
        for one in guests
        if one.started_on is not None
    ]
    with clock.at(midnight(written.town.until)):
        enter_wsw_all(written.system, jobs=jobs)


def _to_jobs(here: Sequence[Guest]) -> list[_Way]:
    return [
        _Way(
            one.who,
            one.started_on - timedelta(days=DAYS_BETWEEN * len(TO_A_JOB)),
            TO_A_JOB,
            one,
        )
        for one in here
        if one.kind is PlaceKind.SHELTERED_NEW and one.started_on is not None
    ]


def _underway(written: Written, people: Sequence[Someone], here: Sequence[Guest]) -> list[_Way]:
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
        _Way(who, last - timedelta(days=DAYS_BETWEEN * len(states) + 3 * number), states)
        for number, (states, who) in enumerate(zip(WAYS, reversed(asking), strict=False))
    ]


def _write_steps(written: Written, ways: Sequence[tuple[UUID, _Way]]) -> None:
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


def _step(key: UUID, way: _Way, number: int) -> NewStep:
    to, on = way.states[number], way.on(number)
    employed = to is ShelteredState.EMPLOYED
    return NewStep(
        key=key,
        to=to,
        on=on,
        reason=REASONS.get(to),
        week_hours=Decimal(28) if employed else None,
        placement_key=way.job.key if employed and way.job else None,
        recorded_at=midnight(on + timedelta(days=2)),
    )


def _write_subsidies(written: Written, ways: Sequence[tuple[UUID, _Way]]) -> None:
    """Work out a wage-cost subsidy for who has a job: by half at first, then by the real value."""
    until = written.town.until
    for number, (key, way) in enumerate(ways):
        if way.job is None or way.job.started_on is None:
            continue
        later = way.job.started_on + timedelta(days=190)
        terms: list[tuple[date, Decimal | None]] = [(way.job.started_on, None)]
        if later < until:
            terms.append((later, Decimal("0.40") + Decimal("0.05") * (number % 4)))
        for starts_on, loonwaarde in terms:
            fix_wage_subsidy(
                way.who.coach,
                key=key,
                terms=SubsidyTerms(
                    starts_on=starts_on,
                    minimum_wage=MINIMUM_WAGE,
                    week_hours=Decimal(28),
                    full_week_hours=FULL_WEEK,
                    loonwaarde=loonwaarde,
                ),
            )


def _write_objection(written: Written, ways: Sequence[tuple[UUID, _Way]]) -> None:
    for key, way in ways:
        if way.states and way.states[-1] is ShelteredState.REFUSED:
            note_objection(
                way.who.coach,
                key=key,
                on=way.on(len(way.states) - 1) + timedelta(days=9),
                text=moving_texts.AGAINST_REFUSAL,
            )
