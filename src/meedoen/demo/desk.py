"""What lies on the coaches' desks: plans, steps in life domains, next steps, lists and agreements.

Everything follows from the lives that were planned, with dice of its own: the lives themselves
stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from meedoen.demo import desk_texts
from meedoen.demo.accounts import shown_resident
from meedoen.demo.chance import dice, happens
from meedoen.demo.days import midnight, working_day
from meedoen.demo.events import Life, Talk
from meedoen.demo.load import Written
from meedoen.records.conversations.campaign_actions import NewCampaign, start_campaign
from meedoen.records.conversations.note_actions import NewNote, write_notes
from meedoen.records.conversations.outreach_actions import (
    NewNextStep,
    NewPause,
    plan_next_steps,
    start_pauses,
)
from meedoen.records.ladder.domain_actions import NewDomainMeasurement, measure_domains_all
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.queries import to_invite
from meedoen.records.plans.actions import make_plans
from meedoen.records.plans.new import (
    NewAction,
    NewAgreement,
    NewEnd,
    NewEvaluation,
    NewGoal,
    NewPlan,
)
from meedoen.records.sharing import actions as sharing
from meedoen.rules.ladder.life_domains import MOST_DAYS_AGO, LifeDomain
from meedoen.rules.periods import add_months
from meedoen.rules.plans.templates import PlanTemplate, shipped_templates
from meedoen.rules.vocabulary import (
    ActionOwner,
    ActionState,
    LegalGround,
    LegalTask,
    ObtainedHow,
    Outcome,
    Shared,
)

LIFE_DOMAINS_SHARE = 0.3
DAYS_BETWEEN_LIFE_DOMAINS = 150
"""Steps in life domains are asked for some two times a year, not at every talk."""
PLAN_SHARE = 0.45
AGREED_SHARE = 0.88
HELD_SHARE = 0.92
DONE_SHARE = 0.97
NEXT_STEP_SHARE = 0.6
FORGOTTEN_SHARE = 0.12
NOTE_SHARE = 0.12
SHARING_SHARE = 0.8
ASKED_SHARE = 0.5
WANTED_SHARE = 0.95
RECENT_DAYS = 120
PLAN_MONTHS = 20
"""Plans were begun in the last so many months."""
EVALUATION_MONTHS = 6
ASK_AGAIN_MONTHS = 6
CAMPAIGN_DAYS = (45, 12)
TEXT_VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class Desk:
    """One person on the desk of a coach: the life so far, with dice of their own."""

    life: Life
    pseudonym_id: int
    random: Random
    until: date
    is_shown: bool
    """Whether this is the resident who can sign in: everything is there to be seen."""

    def has(self, share: float) -> bool:
        """Tell whether this person is among the share that has something."""
        return happens(self.random, share) or self.is_shown

    @property
    def talks(self) -> tuple[Talk, ...]:
        """The conversations, oldest first."""
        return self.life.talks

    @property
    def has_left(self) -> bool:
        """Whether the benefit ended."""
        return self.life.leaving is not None


def write_desks(written: Written, lives: Sequence[Life], pseudonyms: Sequence[int]) -> None:
    """Write down what lies on the desks, each coach's own people at once, then the lists."""
    desks: dict[int, list[Desk]] = defaultdict(list)
    town = written.town
    shown = shown_resident(lives)
    for number, (life, pseudonym_id) in enumerate(zip(lives, pseudonyms, strict=True)):
        random = dice("desk", town.sketch.code, number)
        desk = Desk(life, pseudonym_id, random, town.until, is_shown=number == shown)
        desks[life.person.coach].append(desk)
    with clock.at(midnight(town.until)):
        for coach, people in sorted(desks.items()):
            _write_desk(written, written.coaches[coach], people)
    _write_campaigns(written)


def _write_desk(written: Written, coach: Viewer, people: Sequence[Desk]) -> None:
    templates = shipped_templates()
    measure_domains_all(coach, measurements=[one for desk in people for one in _life_domains(desk)])
    make_plans(coach, plans=[one for desk in people for one in _plans(desk, templates)])
    plan_next_steps(coach, steps=[one for desk in people for one in _next_steps(desk)])
    start_pauses(coach, pauses=[one for desk in people for one in _pauses(desk)])
    write_notes(coach, notes=[one for desk in people for one in _notes(desk)])
    sharing.allow_sharing_all(
        coach, sharings=[one for desk in people for one in _sharings(written, desk)]
    )
    sharing.note_agreements(coach, agreements=[one for desk in people for one in _agreements(desk)])


def _life_domains(desk: Desk) -> Iterator[NewDomainMeasurement]:
    """Yield steps at some of the talks with a measurement, moving slowly, mostly up."""
    if not desk.has(LIFE_DOMAINS_SHARE):
        return
    domains = desk.random.sample(list(LifeDomain), desk.random.randint(5, len(LifeDomain)))
    scores = {domain: desk.random.choice((2, 3, 3, 4, 4, 5)) for domain in sorted(domains)}
    asked_on = date.min
    for talk in desk.talks:
        if talk.measured is None or _lag(talk) > MOST_DAYS_AGO:
            continue
        if (talk.on - asked_on).days < DAYS_BETWEEN_LIFE_DOMAINS:
            continue
        asked_on = talk.on
        yield NewDomainMeasurement(
            pseudonym_id=desk.pseudonym_id,
            measured_on=talk.on,
            scores=dict(scores),
            own_scores={
                domain: max(1, min(5, score + desk.random.choice((-1, 0, 0, 1))))
                for domain, score in scores.items()
                if happens(desk.random, 0.5)
            },
            recorded_at=talk.recorded_at,
        )
        scores = {domain: _moved(desk.random, score) for domain, score in scores.items()}


def _moved(random: Random, score: int) -> int:
    return max(1, min(5, score + random.choice((0, 0, 0, 0, 1, 1, -1))))


def _lag(talk: Talk) -> int:
    return (talk.recorded_at.date() - talk.on).days


def _plans(desk: Desk, templates: Sequence[PlanTemplate]) -> Iterator[NewPlan]:
    """Yield a plan that was begun at one of the talks of the last months, for some people."""
    since = add_months(desk.until, -PLAN_MONTHS)
    begun = [talk for talk in desk.talks if talk.on >= since]
    if not begun or not desk.has(PLAN_SHARE):
        return
    talk = desk.random.choice(begun)
    agreed = desk.has(AGREED_SHARE)
    left_on = desk.life.leaving.on if desk.life.leaving is not None else None
    if left_on is not None and (left_on <= talk.on or not agreed):
        return
    template = desk.random.choice(list(templates))
    yield NewPlan(
        pseudonym_id=desk.pseudonym_id,
        drafted_on=talk.on,
        template=template.code,
        goals=tuple(_goals(desk, template, talk.on)),
        agreement=NewAgreement(
            agreed_on=talk.on,
            how=ObtainedHow.SPOKEN,
            resident_said=desk.random.choice(desk_texts.AGREED),
            recorded_at=talk.recorded_at,
        )
        if agreed
        else None,
        evaluations=tuple(_evaluations(desk, talk.on, left_on)) if agreed else (),
        end=NewEnd(
            ended_on=left_on - timedelta(days=1),
            reason="De uitkering is gestopt.",
            recorded_at=desk.life.leaving.recorded_at,
        )
        if left_on is not None and desk.life.leaving is not None
        else None,
    )


def _goals(desk: Desk, template: PlanTemplate, begun_on: date) -> Iterator[NewGoal]:
    for goal in template.goals:
        actions = []
        for one in goal.actions:
            due_on = one.due_on(begun_on)
            over = due_on is not None and due_on < desk.until
            done = over and (desk.has_left or happens(desk.random, DONE_SHARE))
            actions.append(
                NewAction(
                    what=one.what,
                    owner=one.owner if one.owner is not ActionOwner.PARTNER else ActionOwner.COACH,
                    due_on=due_on,
                    state=ActionState.DONE if done else ActionState.TO_DO,
                    done_on=due_on if done else None,
                )
            )
        yield NewGoal(words=goal.words, actions=tuple(actions))


def _evaluations(desk: Desk, agreed_on: date, left_on: date | None) -> Iterator[NewEvaluation]:
    """Yield the times the plan was looked back on; now and then the last one was forgotten."""
    number = 1
    while (planned_on := add_months(agreed_on, EVALUATION_MONTHS * number)) < (
        left_on or desk.until
    ):
        held_on = working_day(planned_on)
        if held_on >= (left_on or desk.until) or not happens(desk.random, HELD_SHARE):
            if left_on is None:
                yield NewEvaluation(planned_on=planned_on)
            return
        yield NewEvaluation(
            planned_on=planned_on,
            held_on=held_on,
            findings=desk.random.choice(desk_texts.FINDINGS),
            resident_said=desk.random.choice(desk_texts.SAID),
        )
        number += 1


def _next_steps(desk: Desk) -> Iterator[NewNextStep]:
    """Yield what was agreed at a recent talk; a few were forgotten when their day came."""
    if not desk.talks or desk.has_left:
        return
    talk = desk.talks[-1]
    if (desk.until - talk.on).days > RECENT_DAYS or not desk.has(NEXT_STEP_SHARE):
        return
    written_on = talk.recorded_at.date()
    planned_on = working_day(written_on + timedelta(days=desk.random.choice((7, 28, 42, 91, 120))))
    if planned_on < desk.until and not happens(desk.random, FORGOTTEN_SHARE):
        return
    yield NewNextStep(
        pseudonym_id=desk.pseudonym_id,
        planned_on=planned_on,
        what=desk.random.choice(desk_texts.NEXT_STEPS),
        recorded_at=talk.recorded_at,
    )


def _pauses(desk: Desk) -> Iterator[NewPause]:
    """Yield that somebody said not to want contact, when that was the last that was heard."""
    if not desk.life.attempts or desk.has_left:
        return
    last = desk.life.attempts[-1]
    spoken_later = bool(desk.talks) and desk.talks[-1].on >= last.on
    if last.outcome is Outcome.NO_CONTACT_WANTED and not spoken_later:
        yield NewPause(
            pseudonym_id=desk.pseudonym_id,
            reason=desk.random.choice(desk_texts.NO_CONTACT),
            ask_again_on=add_months(last.recorded_at.date(), ASK_AGAIN_MONTHS),
            recorded_at=last.recorded_at,
        )


def _notes(desk: Desk) -> Iterator[NewNote]:
    if desk.talks and desk.has(NOTE_SHARE):
        talk = desk.random.choice(desk.talks)
        yield NewNote(
            pseudonym_id=desk.pseudonym_id,
            text=desk.random.choice(desk_texts.NOTES),
            about_on=talk.on,
            legal_task=LegalTask.PARTICIPATION,
            recorded_at=talk.recorded_at,
        )


def _sharings(written: Written, desk: Desk) -> Iterator[sharing.NewSharing]:
    """Yield what may be told to the organisations where someone takes part now."""
    hosts = {
        written.town.places[course.place].organisation: course
        for course in desk.life.courses
        if course.is_running
    }
    for host, course in sorted(hosts.items(), key=lambda one: one[0]):
        if not desk.has(SHARING_SHARE):
            continue
        yield sharing.NewSharing(
            pseudonym_id=desk.pseudonym_id,
            organisation_id=written.organisations[host],
            what=frozenset({Shared.NAME_AND_PHONE, Shared.TIMES, Shared.FUNCTIONAL_LIMITS}),
            legal_task=LegalTask.PARTICIPATION,
            ground=LegalGround.PUBLIC_TASK,
            explanation="Nodig om samen goed te kunnen beginnen op de plek.",
            text_version=TEXT_VERSION,
            told_how=ObtainedHow.SPOKEN,
            starts_on=course.steps[0].on,
            recorded_at=course.steps[0].recorded_at,
        )


def _agreements(desk: Desk) -> Iterator[sharing.NewAgreement]:
    if desk.talks and desk.has(ASKED_SHARE):
        talk = desk.talks[0]
        yield sharing.NewAgreement(
            pseudonym_id=desk.pseudonym_id,
            agreed=desk.has(WANTED_SHARE),
            about="Gesprekken met de coach en hulp bij het vinden van een plek.",
            text_version=TEXT_VERSION,
            given_how=ObtainedHow.SPOKEN,
            given_on=talk.on,
            recorded_at=talk.recorded_at,
        )


def _write_campaigns(written: Written) -> None:
    """Write down two lists of the first team: a whole district, and who was never spoken."""
    town = written.town
    coach = written.coaches[0]
    own = next(number for number in range(len(written.districts)) if 0 in town.coaches_of(number))
    name = list(town.district_codes().values())[own]
    campaigns = (
        NewCampaign(
            name=f"Kansen in Kaart {name}",
            purpose="Iedereen in deze wijk uitnodigen en samen kijken wat er kan.",
            district_ids=[written.districts[own]],
        ),
        NewCampaign(
            name=f"Nog nooit gesproken, {town.teams[town.coaches[0].team]}",
            purpose="Iedereen die wij nog nooit spraken thuis opzoeken.",
            never_spoken=True,
        ),
    )
    for campaign, days in zip(campaigns, CAMPAIGN_DAYS, strict=True):
        with clock.at(midnight(town.until - timedelta(days=days))):
            if to_invite(
                coach, district_ids=campaign.district_ids, never_spoken=campaign.never_spoken
            ):
                start_campaign(coach, campaign=campaign)
