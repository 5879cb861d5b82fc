"""Plans as coaches and residents see them; a fixed number of questions, whatever their size."""

import uuid
from collections.abc import Sequence

from django.utils import timezone

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.plans.cards import (
    AgreementCard,
    DutyCard,
    EvaluationCard,
    GoalCard,
    OrganisationCard,
    PlanActionCard,
    PlanCard,
    PlanEventCard,
)
from meedoen.records.plans.models import (
    Duty,
    Plan,
    PlanAction,
    PlanAgreement,
    PlanEvaluation,
    PlanGoal,
    PlanQuerySet,
)
from meedoen.rules.vocabulary import (
    ActionOwner,
    ActionState,
    DutyKind,
    GoalState,
    ObtainedHow,
    PlanState,
)

STILL_TO_DO = frozenset({ActionState.TO_DO, ActionState.BUSY})


def plans_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[PlanCard]:
    """Return someone's plans, the running one first, then the newest."""
    rows = Plan.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    cards = _cards(viewer, rows)
    return sorted(cards, key=lambda card: card.state is PlanState.ENDED)


def plan(viewer: Viewer, *, key: uuid.UUID) -> PlanCard | None:
    """Return a plan; None when it does not exist or is not for this viewer."""
    cards = _cards(viewer, Plan.objects.visible_to(viewer).filter(key=key))
    return cards[0] if cards else None


def running_plan(viewer: Viewer, *, pseudonym_id: int) -> PlanCard | None:
    """Return someone's plan that has not ended; None when there is none."""
    rows = Plan.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    cards = _cards(viewer, rows.exclude(state=PlanState.ENDED))
    return cards[0] if cards else None


def partners(viewer: Viewer) -> Sequence[OrganisationCard]:
    """Return the organisations that can do something in a plan, by name, for who makes plans."""
    if not viewer.may(Permission.MAKE_PLAN):
        return []
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    return [OrganisationCard(row.pk, row.name) for row in rows]


def plan_events_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[PlanEventCard]:
    """Return what happened to someone's plans, newest first."""
    events: list[PlanEventCard] = []
    for card in plans_of(viewer, pseudonym_id=pseudonym_id):
        for at, agreement in enumerate(reversed(card.agreements)):
            events.append(
                PlanEventCard(
                    day=agreement.agreed_on,
                    kind="agreed_again" if at else "agreed",
                    text=agreement.resident_said,
                    who=agreement.noted_by,
                    written_on=timezone.localdate(agreement.written_at),
                )
            )
        events += [
            PlanEventCard(
                day=one.held_on,
                kind="evaluated",
                text=one.findings,
                who=one.held_by,
                written_on=timezone.localdate(one.written_at) if one.written_at else one.held_on,
            )
            for one in reversed(card.held)
            if one.held_on
        ]
        if card.ended_on is not None:
            written = timezone.localdate(card.ended_at) if card.ended_at else card.ended_on
            events.append(PlanEventCard(card.ended_on, "ended", card.end_reason, "", written))
    events.sort(key=lambda event: event.day)
    events.reverse()
    return events


def _cards(viewer: Viewer, rows: PlanQuerySet) -> list[PlanCard]:
    """Return the plans with their parts, newest first."""
    found = list(
        rows.select_related("pseudonym", "made_by__account", "entry").order_by("-drafted_on", "-pk")
    )
    numbers = [row.pk for row in found]
    goals = _goals(viewer, numbers)
    duties = _duties(viewer, numbers)
    evaluations = _evaluations(viewer, numbers)
    agreements = _agreements(viewer, numbers)
    return [
        PlanCard(
            key=row.key,
            resident_key=row.pseudonym.key,
            state=PlanState(row.state),
            drafted_on=row.drafted_on,
            made_by=row.made_by.account.name if row.made_by else "",
            agreed_on=row.agreed_on,
            version=row.version,
            evaluation_months=row.evaluation_months,
            ended_on=row.ended_on,
            end_reason=row.end_reason,
            ended_at=row.entry.recorded_at if row.entry and row.ended_on else None,
            goals=goals.get(row.pk, []),
            duties=duties.get(row.pk, []),
            evaluations=evaluations.get(row.pk, []),
            agreements=agreements.get(row.pk, []),
        )
        for row in found
    ]


def _goals(viewer: Viewer, plans: Sequence[int]) -> dict[int, list[GoalCard]]:
    actions = _actions(viewer, plans)
    found: dict[int, list[GoalCard]] = {}
    rows = PlanGoal.objects.visible_to(viewer).filter(plan__in=plans).order_by("order", "pk")
    for row in rows:
        found.setdefault(row.plan_id, []).append(
            GoalCard(
                goal_id=row.pk,
                words=row.words,
                state=GoalState(row.state),
                closed_on=row.closed_on,
                actions=actions.get(row.pk, []),
            )
        )
    return found


def _actions(viewer: Viewer, plans: Sequence[int]) -> dict[int, list[PlanActionCard]]:
    today = clock.today()
    found: dict[int, list[PlanActionCard]] = {}
    rows = PlanAction.objects.visible_to(viewer).filter(plan__in=plans).order_by("order", "pk")
    for row in rows.select_related("organisation"):
        to_do = row.state in STILL_TO_DO
        found.setdefault(row.goal_id, []).append(
            PlanActionCard(
                action_id=row.pk,
                what=row.what,
                owner=ActionOwner(row.owner),
                organisation_id=row.organisation_id,
                organisation=row.organisation.name if row.organisation else "",
                due_on=row.due_on,
                state=ActionState(row.state),
                done_on=row.done_on,
                overdue=to_do and row.due_on is not None and row.due_on < today,
            )
        )
    return found


def _duties(viewer: Viewer, plans: Sequence[int]) -> dict[int, list[DutyCard]]:
    found: dict[int, list[DutyCard]] = {}
    rows = Duty.objects.visible_to(viewer).filter(plan__in=plans).order_by("fixed_on", "pk")
    for row in rows.select_related("fixed_by__account"):
        found.setdefault(row.plan_id, []).append(
            DutyCard(
                duty_id=row.pk,
                kind=DutyKind(row.kind),
                text=row.text,
                consequence=row.consequence,
                article=row.article,
                fixed_on=row.fixed_on,
                fixed_by=row.fixed_by.account.name,
                ended_on=row.ended_on,
            )
        )
    return found


def _evaluations(viewer: Viewer, plans: Sequence[int]) -> dict[int, list[EvaluationCard]]:
    found: dict[int, list[EvaluationCard]] = {}
    rows = PlanEvaluation.objects.visible_to(viewer).filter(plan__in=plans)
    rows = rows.select_related("held_by__account").order_by("-held_on", "-planned_on")
    for row in rows:
        found.setdefault(row.plan_id, []).append(
            EvaluationCard(
                planned_on=row.planned_on,
                held_on=row.held_on,
                with_resident=row.with_resident,
                findings=row.findings,
                resident_said=row.resident_said,
                held_by=row.held_by.account.name if row.held_by else "",
                written_at=row.recorded_at,
            )
        )
    return found


def _agreements(viewer: Viewer, plans: Sequence[int]) -> dict[int, list[AgreementCard]]:
    found: dict[int, list[AgreementCard]] = {}
    rows = PlanAgreement.objects.visible_to(viewer).filter(plan__in=plans).order_by("-version")
    for row in rows.select_related("noted_by__account"):
        found.setdefault(row.plan_id, []).append(
            AgreementCard(
                version=row.version,
                agreed_on=row.agreed_on,
                how=ObtainedHow(row.how),
                resident_said=row.resident_said,
                noted_by=row.noted_by.account.name if row.noted_by else "",
                written_at=row.recorded_at,
                shown=row.shown,
            )
        )
    return found
