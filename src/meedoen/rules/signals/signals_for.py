"""Which signals somebody asks for on a day, and why: one small rule for each kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from meedoen.rules.ladder.due import Instrument, Interval, next_due
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import HOLDS_A_SEAT
from meedoen.rules.signals.facts import PersonFacts, PlacementFacts, PlanFacts
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.signals.rule_set import Rules
from meedoen.rules.vocabulary import PlacementState, PlanState


@dataclass(frozen=True, slots=True)
class SignalDue:
    """A signal that must be there: `subject` tells two of a kind apart.

    `facts` goes into the sentence that says why: `since` is the day it counts from, as
    YYYY-MM-DD.
    """

    kind: SignalKind
    subject: str
    due_on: date
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Matter:
    """Something that may become a signal, and the day its time counts from."""

    kind: SignalKind
    subject: str
    since: date


@dataclass(frozen=True, slots=True)
class _Question:
    """What every rule may look at."""

    facts: PersonFacts
    rules: Rules
    intervals: tuple[Interval, ...]
    on: date


def signals_for(
    facts: PersonFacts, *, rules: Rules, intervals: Iterable[Interval], on: date
) -> tuple[SignalDue, ...]:
    """Return the signals of one person on a day, the most urgent first.

    `intervals` are the appointments on measuring. Raises NoIntervalError when they do not cover
    the day.
    """
    question = _Question(facts, rules, tuple(intervals), on)
    found = [due for rule in RULES for matter in rule(question) for due in _due(matter, question)]
    order = rules.order
    return tuple(
        sorted(found, key=lambda due: (order.index(due.kind), due.due_on, due.subject)),
    )


def _due(matter: _Matter, question: _Question) -> Iterator[SignalDue]:
    timing = question.rules.timing(matter.kind)
    due_on = timing.due_on(matter.since)
    if question.on >= timing.shows_from(due_on):
        yield SignalDue(matter.kind, matter.subject, due_on, {"since": matter.since.isoformat()})


def _out_of_sight(question: _Question) -> Iterator[_Matter]:
    """Never spoken, or long ago; an appointment that is near counts as having somebody in sight."""
    facts = question.facts
    if not _may_be_asked(facts) or _has_an_appointment(question):
        return
    if facts.spoken_on is not None:
        yield _Matter(SignalKind.NO_CONTACT, "", facts.spoken_on)
    elif facts.benefit_since is not None:
        yield _Matter(SignalKind.NEVER_SPOKEN, "", facts.benefit_since)


def _has_an_appointment(question: _Question) -> bool:
    last = question.on + timedelta(days=question.rules.planned_contact_within_days)
    return any(question.on <= step.on <= last for step in question.facts.next_steps)


def _may_be_asked(facts: PersonFacts) -> bool:
    """Say whether contact may be sought: not while someone wants none, until that is ended."""
    return facts.benefit_since is not None and _ask_again_on(facts) is None


def _ask_again_on(facts: PersonFacts) -> date | None:
    """Return the day to ask again; None when a talk since that day was the answer."""
    day = facts.ask_again_on
    answered = day is not None and facts.spoken_on is not None and facts.spoken_on >= day
    return None if answered else day


def _next_steps(question: _Question) -> Iterator[_Matter]:
    if _may_be_asked(question.facts):
        for step in question.facts.next_steps:
            yield _Matter(SignalKind.NEXT_STEP_OVERDUE, step.subject, step.on)


def _asking_again(question: _Question) -> Iterator[_Matter]:
    day = _ask_again_on(question.facts)
    if question.facts.benefit_since is not None and day is not None:
        yield _Matter(SignalKind.ASK_AGAIN, "", day)


def _ladder(question: _Question) -> Iterator[_Matter]:
    # Who was never spoken to cannot be measured: that is a signal of its own.
    if _may_be_asked(question.facts) and question.facts.first_spoken_on is not None:
        day = _next_due(Instrument.LADDER, question.facts.measured_on, question)
        yield _Matter(SignalKind.LADDER_DUE, "", day)


def _domains(question: _Question) -> Iterator[_Matter]:
    # Not everyone is measured on life domains; who was once, is again.
    if _may_be_asked(question.facts) and question.facts.domains_measured_on is not None:
        day = _next_due(Instrument.LIFE_DOMAINS, question.facts.domains_measured_on, question)
        yield _Matter(SignalKind.DOMAINS_DUE, "", day)


def _next_due(instrument: Instrument, last: date | None, question: _Question) -> date:
    return next_due(
        instrument,
        last_measured_on=last,
        known_since=question.facts.first_spoken_on or question.on,
        on=question.on,
        intervals=question.intervals,
    )


def _plan(question: _Question) -> Iterator[_Matter]:
    plan = question.facts.plan
    if question.facts.benefit_since is None or plan is None:
        return
    for evaluation in plan.evaluations:
        yield _Matter(SignalKind.PLAN_EVALUATION, evaluation.subject, evaluation.on)
    yield from _agreement(plan)


def _agreement(plan: PlanFacts) -> Iterator[_Matter]:
    """Give what is late in what was agreed; a draft only asks for agreement."""
    match plan.state:
        case PlanState.DRAFT:
            yield _Matter(SignalKind.PLAN_NOT_AGREED, plan.subject, plan.drafted_on)
        case PlanState.AGREED:
            for action in plan.actions:
                yield _Matter(SignalKind.PLAN_ACTION_OVERDUE, action.subject, action.on)
        case PlanState.ENDED:
            return


def _placements(question: _Question) -> Iterator[_Matter]:
    """Also for who has no benefit any more: somebody waits, or goes on, all the same."""
    for placement in question.facts.placements:
        match placement.state:
            case PlacementState.PROPOSED | PlacementState.INTRODUCED:
                yield _Matter(SignalKind.PLACEMENT_WAITS, placement.subject, placement.since)
                yield from _told_by_organisation(placement, question)
            case PlacementState.TRIAL | PlacementState.ACTIVE | PlacementState.PAUSED:
                yield from _end(placement, question)
                yield from _told_by_organisation(placement, question)
            case PlacementState.WAITING | PlacementState.ENDED | PlacementState.WITHDRAWN:
                continue


def _found_places(question: _Question) -> Iterator[_Matter]:
    """Also for who has no benefit any more: whoever handed in a place waits for an answer."""
    for place in question.facts.found_places:
        yield _Matter(SignalKind.FOUND_PLACE_TO_VERIFY, place.subject, place.on)


def _places_asking(question: _Question) -> Iterator[_Matter]:
    """Not for who wants no contact now, nor for who has a place by now, waiting or running."""
    states = {placement.state for placement in question.facts.placements}
    if not _may_be_asked(question.facts) or states & HOLDS_A_SEAT:
        return
    for place in question.facts.places_asking:
        yield _Matter(SignalKind.PLACE_ASKS, place.subject, place.on)


def _job_dates(question: _Question) -> Iterator[_Matter]:
    """Also for who has no benefit any more: what was earned is still to be decided on."""
    for one in question.facts.job_dates:
        yield _Matter(one.kind, one.subject, one.on)


def _evaluations(question: _Question) -> Iterator[_Matter]:
    if _may_be_spoken_to(question.facts):
        for one in question.facts.evaluations:
            yield _Matter(SignalKind.EVALUATION_DUE, one.subject, one.on)


def _what_follows(question: _Question) -> Iterator[_Matter]:
    """Long before the end; when it is near, that it ends soon says the same."""
    soon = question.rules.timing(SignalKind.PLACEMENT_ENDS_SOON)
    said = {
        one.subject
        for one in question.facts.placements
        if one.planned_end_on and question.on >= soon.shows_from(one.planned_end_on)
    }
    for one in question.facts.to_choose:
        if question.on <= one.on and one.subject not in said:
            yield _Matter(SignalKind.NEXT_STEP_NOT_CHOSEN, one.subject, one.on)


def _aftercare(question: _Question) -> Iterator[_Matter]:
    """Also for who has no benefit any more, such as who found work."""
    if _may_be_spoken_to(question.facts):
        for one in question.facts.aftercare:
            yield _Matter(SignalKind.AFTERCARE_DUE, one.subject, one.on)


def _may_be_spoken_to(facts: PersonFacts) -> bool:
    """Say whether contact may be sought, with a benefit or without."""
    return _ask_again_on(facts) is None


def _end(placement: PlacementFacts, question: _Question) -> Iterator[_Matter]:
    last_day = placement.planned_end_on
    if last_day is None:
        return
    if question.on > last_day:
        yield _Matter(SignalKind.PLACEMENT_PAST_END, placement.subject, last_day)
    elif placement.subject not in question.facts.chosen:
        yield _Matter(SignalKind.PLACEMENT_ENDS_SOON, placement.subject, last_day)


def _told_by_organisation(placement: PlacementFacts, question: _Question) -> Iterator[_Matter]:
    """Give what the organisation told and the coach did not deal with, or that it told nothing.

    A stop is dealt with by ending the placement, a worry of a month by a talk with the person
    about it, and a report by answering it. What comes together is one signal, by the oldest.
    """
    worry = placement.worried_at
    worries = [placement.worry_reported_on]
    if worry is not None and not _spoken_after(worry, question.facts):
        worries.append(worry.date())
    yield from _first_of(SignalKind.PARTNER_WORRY, placement, worries)
    stops = [placement.stopped_on, placement.end_proposed_on]
    yield from _first_of(SignalKind.PARTNER_SAYS_STOPPED, placement, stops)
    month = _silent_month(placement, question)
    if placement.stopped_on is None and month is not None:
        # A month can be spoken about from the day on which it is over.
        yield _Matter(SignalKind.MONTH_NOT_CONFIRMED, placement.subject, add_months(month, 1))


def _first_of(
    kind: SignalKind, placement: PlacementFacts, days: Iterable[date | None]
) -> Iterator[_Matter]:
    there = [day for day in days if day is not None]
    if there:
        yield _Matter(kind, placement.subject, min(there))


def _silent_month(placement: PlacementFacts, question: _Question) -> date | None:
    """Return the first day of the first month in which somebody came and that nothing was said of.

    Not a month in which somebody was away all the time, nor one from before months were asked.
    """
    asked_from = question.rules.months_asked_from
    first = max(asked_from, placement.told_until or asked_from).replace(day=1)
    months = (max(first, since.replace(day=1)) for since, until in placement.came if until > first)
    return min(months, default=None)


def _spoken_after(moment: datetime, facts: PersonFacts) -> bool:
    """Return whether somebody spoke with the person since then; of a talk only the day is known.

    A talk of that same day counts when it was written down later than the moment.
    """
    if facts.spoken_on is None or facts.talk_noted_at is None:
        return False
    return facts.spoken_on >= moment.date() and facts.talk_noted_at > moment


def _waiting(question: _Question) -> Iterator[_Matter]:
    """Give what is to be done for who waits; a talk since then deals with a hold that lapsed."""
    spoken_on = question.facts.spoken_on
    for hold in question.facts.lapsed_holds:
        if spoken_on is None or spoken_on < hold.on:
            yield _Matter(SignalKind.HOLD_LAPSED, hold.subject, hold.on)
    for placement in question.facts.waits_in_vain:
        yield _Matter(SignalKind.WAITS_IN_VAIN, placement.subject, placement.on)


def _sheltered(question: _Question) -> Iterator[_Matter]:
    """Also for who has no benefit: a job in sheltered work comes in its place."""
    for placement in question.facts.jobs_left:
        yield _Matter(SignalKind.JOB_WITHOUT_PLACEMENT, placement.subject, placement.on)
    for placement in question.facts.without_job:
        yield _Matter(SignalKind.PLACEMENT_WITHOUT_JOB, placement.subject, placement.on)


def _subsidies(question: _Question) -> Iterator[_Matter]:
    """Also for who has no benefit: the subsidy belongs to a job."""
    for one in question.facts.subsidy_dates:
        yield _Matter(one.kind, one.subject, one.on)


def _referrals(question: _Question) -> Iterator[_Matter]:
    """Also for who has no benefit any more: somebody asked, and waits for an answer."""
    for one in question.facts.referrals:
        yield _Matter(one.kind, one.subject, one.on)


RULES: tuple[Callable[[_Question], Iterator[_Matter]], ...] = (
    _out_of_sight,
    _next_steps,
    _asking_again,
    _ladder,
    _domains,
    _plan,
    _placements,
    _found_places,
    _places_asking,
    _job_dates,
    _evaluations,
    _what_follows,
    _aftercare,
    _waiting,
    _sheltered,
    _subsidies,
    _referrals,
)
