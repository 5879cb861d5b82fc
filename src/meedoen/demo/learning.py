"""What people learn beside a placement, and what volunteers got."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from meedoen.demo import moving_texts
from meedoen.demo.chance import dice, happens
from meedoen.demo.days import midnight, working_day
from meedoen.demo.load import Written
from meedoen.demo.whereabouts import Guest, Someone, guests_now
from meedoen.records.allowances.actions import NewPayment, PaymentFacts, enter_payments
from meedoen.records.organisations import clock
from meedoen.records.trainings.actions import (
    NewTraining,
    TrainingEnd,
    TrainingFacts,
    end_trainings,
    enter_trainings,
)
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import PlaceKind, TrainingKind, TrainingResult, TrainingStop

LEARNING_SHARE, LESSONS_SHARE, SURE = 0.15, 0.4, 4
PAID_SHARE, MONTHS_PAID = 0.3, 4
PAID_HOURS = (6, 10, 14)
CENTS_PER_HOUR = 550
TOO_MUCH_CENTS = 26_000
"""More than a volunteer may get in a month without it counting; the coach sees that."""
OUTCOMES: Sequence[tuple[TrainingResult, TrainingStop | None] | None] = (
    (TrainingResult.CERTIFICATE, None),
    None,
    (TrainingResult.STOPPED, TrainingStop.TIMES_OR_TRAVEL),
    (TrainingResult.DONE, None),
)
"""How trainings come out, in turn; None: it goes on."""


def write_learning(written: Written, people: Sequence[Someone], shown: int) -> None:
    """Write down trainings and lessons with their results, and allowances of volunteers.

    `shown` is the pseudonym of the resident who can sign in.
    """
    here = [one for one in guests_now(written, people) if one.state in TAKES_PART]
    with clock.at(midnight(written.town.until)):
        _write_trainings(written, here, shown)
        enter_payments(written.system, payments=list(_payments(written, here, shown)))


def _write_trainings(written: Written, here: Sequence[Guest], shown: int) -> None:
    """Let some learn something since four months, the shown resident among them."""
    random = dice("learning", written.town.sketch.code)
    until = written.town.until
    learning = [
        one
        for number, one in enumerate(_since_months(written, here, 6))
        if number < SURE or happens(random, LEARNING_SHARE) or one.who.pseudonym_id == shown
    ]
    begun = [
        NewTraining(pseudonym_id=one.who.pseudonym_id, facts=_facts(written, one, number))
        for number, one in enumerate(learning)
    ]
    with clock.at(midnight(add_months(until, -4) + timedelta(days=7))):
        keys = enter_trainings(written.system, trainings=begun)
    ends = []
    for number, key in enumerate(keys):
        outcome = OUTCOMES[number % len(OUTCOMES)]
        if outcome is not None:
            result, stop = outcome
            last_day = working_day(until - timedelta(days=random.randint(12, 40)))
            ends.append(TrainingEnd(key=key, last_day=last_day, result=result, stop=stop))
    end_trainings(written.system, ends=ends)


def _since_months(written: Written, here: Sequence[Guest], months: int) -> list[Guest]:
    since = add_months(written.town.until, -months)
    sheltered = {PlaceKind.SHELTERED_WSW, PlaceKind.SHELTERED_NEW}
    return [
        one
        for one in here
        if one.started_on and one.started_on < since and one.kind not in sheltered
    ]


def _facts(written: Written, one: Guest, number: int) -> TrainingFacts:
    """Return a lesson in Dutch for who knows little of it, and else a training."""
    talks = one.who.life.talks
    lesson = bool(talks) and talks[-1].wishes.language <= LanguageLevel.A2
    texts = moving_texts.LANGUAGE_LESSONS if lesson else moving_texts.LESSONS
    what, given_by = texts[number % len(texts)]
    starts_on = working_day(add_months(written.town.until, -4) + timedelta(days=number % 5))
    return TrainingFacts(
        kind=TrainingKind.LANGUAGE_LESSON if lesson else TrainingKind.TRAINING,
        what=what,
        given_by=given_by,
        starts_on=starts_on,
        planned_end_on=add_months(starts_on, 6),
        hours_a_week=Decimal(3),
        placement_key=one.key,
    )


def _payments(written: Written, here: Sequence[Guest], shown: int) -> Iterator[NewPayment]:
    """Yield what volunteers got in the last months; the first got too much in one of them."""
    random = dice("allowances", written.town.sketch.code)
    until = written.town.until
    volunteers = [
        one
        for one in _since_months(written, here, MONTHS_PAID)
        if one.kind is PlaceKind.VOLUNTEER_WORK
    ]
    above = True
    for one in volunteers:
        if not (happens(random, PAID_SHARE) or above or one.who.pseudonym_id == shown):
            continue
        for month in range(1, MONTHS_PAID):
            hours = random.choice(PAID_HOURS)
            yield NewPayment(
                pseudonym_id=one.who.pseudonym_id,
                facts=PaymentFacts(
                    paid_on=working_day(add_months(until.replace(day=1), -month)),
                    cents=TOO_MUCH_CENTS if above and month == 1 else hours * CENTS_PER_HOUR,
                    paid_by=moving_texts.PAID_BY,
                    hours=None if above and month == 1 else Decimal(hours),
                ),
            )
        above = False
