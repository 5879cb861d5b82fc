"""When a coach and a resident speak each other, what is said, and the attempts before it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from meedoen.demo import texts
from meedoen.demo.chance import dice, happens, pick
from meedoen.demo.climbing import Climb, answers_for
from meedoen.demo.days import later, working_day, written_down
from meedoen.demo.events import Attempt, Measured, Talk, Wishes
from meedoen.demo.people import DAYS_BETWEEN, Nature, Rhythm
from meedoen.rules import half_days
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.vocabulary import Channel, Outcome

DAYS_BETWEEN_MEASUREMENTS = 110
MEASURED_SHARE = 0.9
SET_OTHERWISE_SHARE = 0.03
CHANNELS = {
    Channel.IN_PERSON: 0.55,
    Channel.HOME_VISIT: 0.2,
    Channel.PHONE: 0.22,
    Channel.MESSAGE: 0.03,
}
FAILURES = {Outcome.NO_ANSWER: 0.65, Outcome.NO_SHOW: 0.35}
OUT_OF_SIGHT = {Outcome.NO_ANSWER: 0.7, Outcome.NO_SHOW: 0.2, Outcome.NO_CONTACT_WANTED: 0.1}
CALLS = {Channel.PHONE: 0.7, Channel.HOME_VISIT: 0.3}
TRY_CHANNELS = {
    Outcome.REACHED: {Channel.PHONE: 0.6, Channel.HOME_VISIT: 0.2, Channel.IN_PERSON: 0.2},
    Outcome.NO_ANSWER: CALLS,
    Outcome.NO_SHOW: {Channel.IN_PERSON: 1.0},
    Outcome.NO_CONTACT_WANTED: CALLS,
}
"""How often an attempt with an outcome was made in which way: who does not open the door was
visited or called, and who stays away had an appointment in person."""


def talk_days(random: Random, nature: Nature, since: date, until: date) -> list[date]:
    """Return the working days on which they speak each other, from `since` to before `until`."""
    if nature.rhythm == Rhythm.NEVER:
        return []
    least, most = DAYS_BETWEEN[nature.rhythm]
    day = later(random, max(since, nature.known_from), 7, most)
    if nature.farewell is not None:
        until = min(until, nature.farewell.on)
    days = []
    while day < until:
        days.append(day)
        day = later(random, day, least, most)
    return days


def tell(
    random: Random, nature: Nature, days: Iterable[date], climb: Climb, cutoff: datetime
) -> tuple[Talk, ...]:
    """Return the talks on these days that were written down before the cutoff, with measurements.

    Measured at the first talk, and later when the last time is long enough ago.
    """
    talks: list[Talk] = []
    measured_on: date | None = None
    wishes = nature.wishes
    for day in days:
        measured = None
        if measured_on is None or (
            (day - measured_on).days >= DAYS_BETWEEN_MEASUREMENTS
            and happens(random, MEASURED_SHARE)
        ):
            measured, measured_on = _measured(random, climb.rung_on(day)), day
        wishes = _on_second_thoughts(random, wishes)
        at_a_place = any(first <= day <= last for first, last, _rung in climb.lifts)
        talk = Talk(
            on=day,
            channel=pick(random, CHANNELS),
            story=_story(random, at_a_place=at_a_place),
            wishes=wishes,
            measured=measured,
            recorded_at=written_down(random, day),
        )
        if talk.recorded_at < cutoff:
            talks.append(talk)
    return tuple(talks)


def attempts(
    random: Random, nature: Nature, days: Iterable[date], since: date, cutoff: datetime
) -> tuple[Attempt, ...]:
    """Return the attempts: before some talks, and now and then to reach who is out of sight."""
    if nature.rhythm == Rhythm.NEVER:
        made = _in_vain(random, nature, since, cutoff.date())
    else:
        made = _before_talks(random, days, max(since, nature.known_from))
    return tuple(attempt for attempt in made if attempt.recorded_at < cutoff)


def _before_talks(random: Random, days: Iterable[date], earliest: date) -> Iterator[Attempt]:
    for day in days:
        for back in sorted(random.sample(range(2, 21), random.choice((0, 0, 0, 1, 1, 2)))):
            on = working_day(day - timedelta(days=back + 2))
            if on >= earliest:
                yield _attempt(random, on, pick(random, FAILURES))
        asked_on = working_day(day - timedelta(days=4))
        if asked_on >= earliest and happens(random, 0.25):
            yield _attempt(random, asked_on, Outcome.REACHED)


def _in_vain(random: Random, nature: Nature, since: date, until: date) -> Iterator[Attempt]:
    if nature.farewell is not None:
        until = min(until, nature.farewell.on)
    day = later(random, max(since, nature.known_from), 7, 400)
    while day < until:
        yield _attempt(random, day, pick(random, OUT_OF_SIGHT))
        day = later(random, day, 60, 500)


def _attempt(random: Random, on: date, outcome: Outcome) -> Attempt:
    return Attempt(on, pick(random, TRY_CHANNELS[outcome]), outcome, written_down(random, on))


def _measured(random: Random, rung: Rung) -> Measured:
    potential, own = _beside(dice("beside the rung", rung, random.random()), rung)
    if not happens(random, SET_OTHERWISE_SHARE):
        return Measured(answers_for(rung), None, "", potential, own)
    other = rung - 1 if rung > Rung.ISOLATED and happens(random, 0.5) else rung + 1
    set_rung = Rung(min(other, Rung.PAID_WORK))
    if set_rung == rung:
        return Measured(answers_for(rung), None, "", potential, own)
    reason = random.choice(texts.RUNG_REASONS)
    return Measured(answers_for(rung), set_rung, reason, potential, own)


def _beside(random: Random, rung: Rung) -> tuple[Rung | None, Rung | None]:
    """Return what can be reached within a year and where the person sees themselves, if asked."""
    up = min(Rung.PAID_WORK, rung + random.choice((0, 0, 1, 1, 2)))
    own = max(Rung.ISOLATED, min(Rung.PAID_WORK, rung + random.choice((-1, 0, 0, 0, 1))))
    asked = happens(random, 0.7), happens(random, 0.5)
    return Rung(up) if asked[0] else None, Rung(own) if asked[1] else None


def _on_second_thoughts(random: Random, wishes: Wishes) -> Wishes:
    if not happens(random, 0.15):
        return wishes
    return replace(
        wishes, half_days=wishes.half_days | 1 << random.randrange(len(half_days.CODES) - 6)
    )


def _story(random: Random, *, at_a_place: bool) -> str:
    middle = texts.AT_A_PLACE if at_a_place else texts.MIDDLES
    sentences = (texts.OPENINGS, middle, texts.ENDINGS)
    return " ".join(random.choice(choices) for choices in sentences)
