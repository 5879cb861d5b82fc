"""How placements go, what comes next, and how people are after them, as people see it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from meedoen.records.following.days import (
    aftercare_due,
    asked_after,
    contacts_now,
    ended,
    evaluation_days,
    evaluations_now,
)
from meedoen.records.following.endings import Ending, ending_of, running
from meedoen.records.following.models import (
    AftercareContact,
    Evaluation,
    NextStepChoice,
    NextStepChoiceQuerySet,
)
from meedoen.records.following.places import VolunteerPlace, volunteer_places
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.plans.queries import running_plan
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.places.following import moments_after, next_moment, still_holds
from meedoen.rules.vocabulary import (
    AftercareFinding,
    GoalState,
    HowItGoes,
    PlacementState,
    Preference,
    WhatFollows,
)


@dataclass(frozen=True, slots=True)
class EvaluationCard:
    """How a placement went on a day; `corrects` when it took the place of one that was wrong."""

    key: uuid.UUID
    placement_key: uuid.UUID
    held_on: date
    with_resident: bool
    with_partner: bool
    resident_finds: HowItGoes
    resident_said: str
    partner_finds: HowItGoes
    partner_said: str
    agreed: str
    next_on: date | None
    recorded_on: date
    recorded_by: str
    corrects: bool


@dataclass(frozen=True, slots=True)
class Evaluations:
    """The evaluations of a placement that hold, newest first, and when the next one is.

    `next_on` is None when somebody does not come to the place now; `may_hold` says whether
    somebody took part, so that it can be talked over.
    """

    next_on: date | None
    may_hold: bool
    cards: tuple[EvaluationCard, ...]


@dataclass(frozen=True, slots=True)
class ChoiceCard:
    """What was chosen to come after a placement; `new_placement` is what was proposed with it."""

    choice_id: int
    follows: WhatFollows
    preference: Preference
    resident_said: str
    follow_up: str
    follow_up_on: date | None
    for_last_day: date
    new_placement: uuid.UUID | None
    chosen_on: date
    chosen_by: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """When a placement ends, and what was chosen to come next; `chosen` is None while nothing was.

    `earlier` are choices that another one, or a later end, took the place of, newest first.
    """

    ending: Ending
    may_choose: bool
    chosen: ChoiceCard | None
    earlier: tuple[ChoiceCard, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class Choosable:
    """What can be chosen from: volunteer places with room there, and the open goals of the plan."""

    places: tuple[VolunteerPlace, ...]
    goals: tuple[tuple[int, str], ...]
    plan_version: int


@dataclass(frozen=True, slots=True)
class AftercareCard:
    """How somebody was on a day after a placement; `corrects` as of an evaluation."""

    key: uuid.UUID
    placement_key: uuid.UUID
    number: int
    planned_on: date
    done_on: date
    finding: AftercareFinding
    words: str
    recorded_on: date
    recorded_by: str
    corrects: bool


@dataclass(frozen=True, slots=True)
class Aftercare:
    """The aftercare of a placement that ended; `moments` are all days on which it is planned.

    `next_on` is None when there is none any more. `is_last` is not set when a later end of the
    same person is followed instead.
    """

    last_day: date
    moments: tuple[date, ...]
    next_on: date | None
    is_last: bool
    cards: tuple[AftercareCard, ...]


@dataclass(frozen=True, slots=True)
class OwnFollowing:
    """What a resident sees of an own placement: when it is talked over, and what comes next."""

    title: str
    evaluation_on: date | None
    last_day: date | None
    chosen: ChoiceCard | None


def evaluations_of(viewer: Viewer, *, key: uuid.UUID) -> Evaluations:
    """Return how a placement goes, and when that is talked over next."""
    row = _placement(viewer, key)
    if row is None:
        return Evaluations(None, may_hold=False, cards=())
    days = evaluation_days(viewer, pseudonym_ids=[row.pseudonym_id])
    took_part = row.state in TAKES_PART or row.state == PlacementState.ENDED
    rows = evaluations_now(viewer).filter(placement=row)
    in_order = rows.select_related("placement", "recorded_by__account").order_by("-held_on", "-pk")
    return Evaluations(days.get(row.pk), took_part, tuple(_evaluation(one) for one in in_order))


def next_evaluation_here(viewer: Viewer, *, key: uuid.UUID) -> date | None:
    """Return when it is talked over next how a placement goes, also for its organisation.

    Only the day, so that somebody can be there; never what was said. None when the placement is
    not for this viewer.
    """
    row = _placement(viewer, key)
    if row is None:
        return None
    meedoen = Viewer.system(viewer.municipality_id)
    return evaluation_days(meedoen, pseudonym_ids=[row.pseudonym_id]).get(row.pk)


def evaluation(viewer: Viewer, *, key: uuid.UUID) -> EvaluationCard | None:
    """Return an evaluation that holds; None when it is not there or not for this viewer."""
    if not viewer.may(Permission.SEE_CASELOAD):
        return None
    rows = evaluations_now(viewer).filter(key=key)
    row = rows.select_related("placement", "recorded_by__account").first()
    return _evaluation(row) if row else None


def next_step_of(viewer: Viewer, *, key: uuid.UUID) -> NextStep | None:
    """Return when a placement ends and what was chosen to come next; None when not for them."""
    row = _placement(viewer, key)
    if row is None:
        return None
    ending = ending_of(viewer, row)
    cards = [_choice(one) for one in _choices(viewer, Q(placement=row))]
    chosen = _holding(cards, ending)
    return NextStep(
        ending=ending,
        may_choose=row.state in TAKES_PART and ending.last_day is not None,
        chosen=chosen,
        earlier=tuple(one for one in cards if one is not chosen),
        seen=cards[0].choice_id if cards else 0,
    )


def choosable(viewer: Viewer, *, key: uuid.UUID) -> Choosable:
    """Return what can be chosen from to come after a placement."""
    row = _placement(viewer, key)
    if row is None:
        return Choosable((), (), 0)
    plan = running_plan(viewer, pseudonym_id=row.pseudonym_id)
    goals = plan.goals if plan else ()
    return Choosable(
        places=tuple(volunteer_places(viewer, row)),
        goals=tuple((one.goal_id, one.words) for one in goals if one.state is GoalState.OPEN),
        plan_version=plan.version if plan else 0,
    )


def aftercare_of(viewer: Viewer, *, key: uuid.UUID) -> Aftercare | None:
    """Return the aftercare of a placement; None when none goes with it."""
    row = _placement(viewer, key)
    if row is None or row.state != PlacementState.ENDED:
        return None
    found = ended(viewer, Q(placement=row), since=date.min)
    moments = moments_after(found[0].outcome, last_day=found[0].last_day) if found else ()
    if not moments:
        return None
    [one] = found
    due = next_moment(
        one.outcome, last_day=one.last_day, asked=asked_after(viewer, one.placement.pk)
    )
    of_person = aftercare_due(viewer, pseudonym_ids=[row.pseudonym_id], on=clock.today())
    asked_here = of_person.get(row.pseudonym_id)
    rows = contacts_now(viewer).filter(placement=row)
    in_order = rows.select_related("placement", "recorded_by__account").order_by("-done_on", "-pk")
    return Aftercare(
        last_day=one.last_day,
        moments=moments,
        next_on=due.on if due else None,
        is_last=asked_here is None or asked_here.ended.placement.pk == row.pk,
        cards=tuple(_contact(contact) for contact in in_order),
    )


def aftercare_contact(viewer: Viewer, *, key: uuid.UUID) -> AftercareCard | None:
    """Return a contact that holds; None when it is not there or not for this viewer."""
    if not viewer.may(Permission.SEE_CASELOAD):
        return None
    rows = contacts_now(viewer).filter(key=key)
    row = rows.select_related("placement", "recorded_by__account").first()
    return _contact(row) if row else None


def own_following(viewer: Viewer, *, pseudonym_id: int) -> Sequence[OwnFollowing]:
    """Return what goes with someone's placements that go on, as the resident sees it."""
    found = running(viewer, pseudonym_ids=[pseudonym_id])
    days = evaluation_days(viewer, pseudonym_ids=[pseudonym_id])
    cards: dict[int, list[ChoiceCard]] = {pk: [] for pk in found}
    for row in _choices(viewer, Q(placement_id__in=list(found))):
        cards[row.placement_id].append(_choice(row))
    return [
        OwnFollowing(
            title=one.title,
            evaluation_on=days.get(pk),
            last_day=one.ending.last_day,
            chosen=_holding(cards[pk], one.ending),
        )
        for pk, one in found.items()
    ]


# --- rows to cards -------------------------------------------------------------------------------


def _placement(viewer: Viewer, key: uuid.UUID) -> Placement | None:
    rows = Placement.objects.visible_to(viewer).filter(key=key)
    return rows.select_related("place").first()


def _choices(viewer: Viewer, wanted: Q) -> NextStepChoiceQuerySet:
    rows = NextStepChoice.objects.visible_to(viewer).filter(wanted)
    return rows.select_related("new_placement", "chosen_by__account").order_by("-pk")


def _holding(cards: Sequence[ChoiceCard], ending: Ending) -> ChoiceCard | None:
    """Return the newest choice when it holds for the end as it is expected now."""
    if not cards or not still_holds(cards[0].for_last_day, ending.last_day):
        return None
    return cards[0]


def _evaluation(row: Evaluation) -> EvaluationCard:
    return EvaluationCard(
        key=row.key,
        placement_key=row.placement.key,
        held_on=row.held_on,
        with_resident=row.with_resident,
        with_partner=row.with_partner,
        resident_finds=HowItGoes(row.resident_finds),
        resident_said=row.resident_said,
        partner_finds=HowItGoes(row.partner_finds),
        partner_said=row.partner_said,
        agreed=row.agreed,
        next_on=row.next_on,
        recorded_on=timezone.localdate(row.recorded_at),
        recorded_by=_name(row.recorded_by),
        corrects=row.replaces_id is not None,
    )


def _choice(row: NextStepChoice) -> ChoiceCard:
    return ChoiceCard(
        choice_id=row.pk,
        follows=WhatFollows(row.follows),
        preference=Preference(row.preference),
        resident_said=row.resident_said,
        follow_up=row.follow_up,
        follow_up_on=row.follow_up_on,
        for_last_day=row.for_last_day,
        new_placement=row.new_placement.key if row.new_placement else None,
        chosen_on=timezone.localdate(row.chosen_at),
        chosen_by=_name(row.chosen_by),
    )


def _contact(row: AftercareContact) -> AftercareCard:
    return AftercareCard(
        key=row.key,
        placement_key=row.placement.key,
        number=row.number,
        planned_on=row.planned_on,
        done_on=row.done_on,
        finding=AftercareFinding(row.finding),
        words=row.words,
        recorded_on=timezone.localdate(row.recorded_at),
        recorded_by=_name(row.recorded_by),
        corrects=row.replaces_id is not None,
    )


def _name(membership: Membership | None) -> str:
    return membership.account.name if membership else ""
