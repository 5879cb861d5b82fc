"""The lives of a town, planned from a seed: plain dated events, without any database.

Each life has dice of its own, so that a change in one does not shake all others; only the seats
at the places are shared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import exp
from random import Random

from meedoen.demo.chance import dice, happens, pick
from meedoen.demo.climbing import Climb, first_rung
from meedoen.demo.courses import Farewell, Going, held, known_by, plan_course
from meedoen.demo.days import at_the_desk, later, midnight, written_down
from meedoen.demo.events import Attempt, Course, Leaving, Life, Step, StepKind, Talk
from meedoen.demo.names import made_up_numbers
from meedoen.demo.people import Nature, Track, describe, tracks
from meedoen.demo.seats import FOR_EVER, SeatBook
from meedoen.demo.talks import attempts, talk_days, tell
from meedoen.demo.town import Town
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import Outcome, PlaceKind

RUN_UP_MONTHS = 15
"""Placements begin this long before the history, so that it does not start in an empty town."""
PROPOSALS_A_YEAR = 0.75
SELF_FOUND_SHARE = 0.12
LEAVES_AFTER_WORK = 0.7
YOUNGEST_ON_PARTICIPATION_JOB = 27
"""Participatiewet, article 7(8) and 10a: in practice from this age."""

KINDS: Mapping[PlaceKind, float] = {
    PlaceKind.PARTICIPATION_JOB: 0.115,
    PlaceKind.VOLUNTEER_WORK: 0.25,
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: 0.42,
    PlaceKind.DAY_ACTIVITY: 0.08,
    PlaceKind.LANGUAGE_POINT: 0.12,
    PlaceKind.TRAINING: 0.08,
    PlaceKind.TRIAL: 0.03,
    PlaceKind.OTHER: 0.02,
}
"""How often each kind is proposed."""
HIGHER_UP = {
    PlaceKind.PARTICIPATION_JOB: 1.6,
    PlaceKind.VOLUNTEER_WORK: 1.3,
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: 0.7,
}
"""For who already takes part in something, these are proposed more often, or less."""


@dataclass(slots=True)
class _Path:
    """Someone on the way: what has been planned so far."""

    random: Random
    town: Town
    nature: Nature
    seats: SeatBook
    climb: Climb
    farewell: Farewell | None
    courses: list[Course] = field(default_factory=list)
    free_from: date = date.min
    moves_on: bool = False

    @property
    def cutoff(self) -> datetime:
        return midnight(self.town.until)


def plan_lives(town: Town, *, seed: int) -> Iterator[Life]:
    """Walk through the lives of the town's residents, in order."""
    seats = SeatBook(town.places)
    numbers = made_up_numbers(town.sketch.first_number)
    ways = tracks(dice(seed, town.sketch.code, "tracks"), town.residents)
    for number, track in enumerate(ways):
        random = dice(seed, town.sketch.code, number)
        nature = describe(random, town, track, numbers)
        yield _life(random, town, nature, seats)


def _life(random: Random, town: Town, nature: Nature, seats: SeatBook) -> Life:
    since = add_months(town.first_day, -RUN_UP_MONTHS)
    climb = Climb([(date.min, first_rung(random))])
    path = _Path(random, town, nature, seats, climb, nature.farewell)
    if nature.sheltered is not None:
        _go_sheltered(path, nature.sheltered)
    days = talk_days(random, nature, since, town.until)
    if nature.track == Track.USUAL:
        _look_for_places(path, days)
    kept = [day for day in days if _in_history(path, day)]
    talks = tell(random, nature, kept, path.climb, path.cutoff)
    tries = attempts(random, nature, kept, town.first_day, path.cutoff)
    return Life(
        person=nature.person,
        attempts=tries,
        talks=talks,
        courses=tuple(path.courses),
        leaving=_leaving(path, tries, talks),
    )


def _in_history(path: _Path, day: date) -> bool:
    gone = path.farewell is not None and day >= path.farewell.on
    return day >= path.town.first_day and not gone


def _go_sheltered(path: _Path, stretch: tuple[date, date]) -> None:
    kind = PlaceKind.SHELTERED_NEW
    if path.nature.track == Track.WSW:
        kind = PlaceKind.SHELTERED_WSW
    proposed_on = later(path.random, stretch[0], -40, -20)
    _go_through(path, kind, plan_course(path.random, kind, proposed_on, None, stretch))


def _look_for_places(path: _Path, days: list[date]) -> None:
    """At each talk, perhaps propose a place; who moves on gets the next one at once."""
    for before, day in pairwise([path.nature.known_from, *days]):
        years = min((day - before).days, 365) / 365
        path.climb.drift(path.random, day, years)
        if day < path.free_from or (path.farewell is not None and day >= path.farewell.on):
            continue
        chance = 1 - exp(-PROPOSALS_A_YEAR * path.nature.appetite * years)
        if path.moves_on or happens(path.random, chance):
            kind = _kind(path, day)
            proposed_on = later(path.random, day, 0, 12)
            going = plan_course(path.random, kind, proposed_on, path.farewell)
            _go_through(path, kind, going)


def _kind(path: _Path, day: date) -> PlaceKind:
    weights = dict(KINDS)
    if path.climb.rung_on(day) >= Rung.ORGANISED_ACTIVITIES:
        for kind, times in HIGHER_UP.items():
            weights[kind] *= times
    if path.nature.wishes.language > LanguageLevel.A2:
        del weights[PlaceKind.LANGUAGE_POINT]
    if add_months(path.nature.person.birth_date, 12 * YOUNGEST_ON_PARTICIPATION_JOB) > day:
        del weights[PlaceKind.PARTICIPATION_JOB]
    for kind in path.nature.wishes.kinds & weights.keys():
        weights[kind] *= 1.5
    return pick(path.random, weights)


def _go_through(path: _Path, kind: PlaceKind, going: Going) -> None:
    """Find a seat and go; without a free seat nothing is proposed."""
    steps = known_by(going.steps, path.cutoff)
    if not steps or _would_be_two_jobs(path, kind, steps):
        return
    been_at = frozenset(course.place for course in path.courses)
    district = path.nature.person.district
    place = path.seats.take(path.random, kind, district, held(steps, FOR_EVER), been_at)
    if place is None:
        return
    path.courses.append(Course(kind, place, happens(path.random, SELF_FOUND_SHARE), steps))
    path.free_from = (going.last_day or path.town.until) + timedelta(days=1)
    path.moves_on = going.outcome == Outcome.MOVED_ON_TO_OTHER_PLACE
    if going.starts_on is None or going.last_day is None:
        return
    path.climb.through(path.random, kind, (going.starts_on, going.last_day), going.outcome)
    if going.outcome == Outcome.MOVED_ON_TO_PAID_WORK and path.farewell is None:
        _find_work(path, going.last_day)


def _would_be_two_jobs(path: _Path, kind: PlaceKind, steps: tuple[Step, ...]) -> bool:
    """Tell whether on record one participation job would begin before another one ended.

    An end is sometimes written down months late; until then somebody can begin in no other.
    """
    begun = [step.recorded_at for step in steps if step.kind is StepKind.CONFIRM]
    if kind is not PlaceKind.PARTICIPATION_JOB or not begun:
        return False
    last = [course.steps[-1] for course in path.courses if course.kind is kind]
    over = {StepKind.END, StepKind.WITHDRAW}
    return any(one.kind not in over or one.recorded_at > begun[0] for one in last)


def _find_work(path: _Path, last_day: date) -> None:
    first = last_day + timedelta(days=1)
    if happens(path.random, LEAVES_AFTER_WORK):
        path.climb.works_from(first, Rung.PAID_WORK)
        on = first + timedelta(days=path.random.randint(7, 70))
        path.farewell = Farewell(on, Outcome.MOVED_ON_TO_PAID_WORK)
    else:
        path.climb.works_from(first, Rung.PAID_WORK_WITH_SUPPORT)
    path.free_from = date.max


def _leaving(path: _Path, tries: tuple[Attempt, ...], talks: tuple[Talk, ...]) -> Leaving | None:
    """Return the end of the benefit, if it is known before the town's last day.

    It is written down after all else about this person, and not while a placement still runs.
    """
    if path.farewell is None or any(
        course.is_waiting or course.is_running for course in path.courses
    ):
        return None
    moments = [
        *(attempt.recorded_at for attempt in tries),
        *(talk.recorded_at for talk in talks),
        *(course.steps[-1].recorded_at for course in path.courses),
    ]
    moment = written_down(path.random, path.farewell.on)
    if moments and moment <= max(moments):
        moment = at_the_desk(path.random, max(moments).date() + timedelta(days=1))
    return Leaving(path.farewell.on, moment) if moment < path.cutoff else None
