"""What is planned for today, and what came back from others since a few days."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from meedoen.records.conversations.models import NextStep
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import PARTNERS, Viewer
from meedoen.records.people.models import Responsibility
from meedoen.records.placements.models import StatePeriod
from meedoen.records.plans.models import PlanAgreement, PlanEvaluation
from meedoen.rules.placement_states import COMES
from meedoen.rules.vocabulary import ObtainedHow, PlanState

MOST_LINES = 20
NEWS_DAYS = 7

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class PlannedCard:
    """Something planned for today with a person; `evaluation` when the plan is looked at."""

    resident_key: uuid.UUID
    name: str
    what: str
    evaluation: bool


@dataclass(frozen=True, slots=True)
class NewsCard:
    """What somebody else answered: a placement that was confirmed, or a plan that was agreed to.

    `placement_key` is None for a plan; `title` and `organisation` are then empty.
    """

    resident_key: uuid.UUID
    name: str
    on: date
    placement_key: uuid.UUID | None
    title: str
    organisation: str


def planned_today(viewer: Viewer, *, coach_id: int | None) -> Sequence[PlannedCard]:
    """Return what is planned for today: contact first, then evaluations; at most so many."""
    today = clock.today()
    steps = NextStep.objects.visible_to(viewer).filter(planned_on=today, done_on__isnull=True)
    steps = _of_coach(viewer, steps, coach_id, "pseudonym_id")
    evaluations = PlanEvaluation.objects.visible_to(viewer).filter(
        planned_on=today, held_on__isnull=True
    )
    evaluations = _of_coach(viewer, evaluations, coach_id, "plan__pseudonym_id")
    planned = [
        PlannedCard(row.pseudonym.key, str(row.pseudonym.resident), row.what, evaluation=False)
        for row in steps.select_related("pseudonym__resident").order_by("pk")[:MOST_LINES]
    ]
    open_evaluations = evaluations.exclude(plan__state=PlanState.ENDED).order_by("pk")
    planned += [
        PlannedCard(key, f"{given_name} {family_name}", "", evaluation=True)
        for key, given_name, family_name in open_evaluations.values_list(
            "plan__pseudonym__key",
            "plan__pseudonym__resident__given_name",
            "plan__pseudonym__resident__family_name",
        )[:MOST_LINES]
    ]
    return planned[:MOST_LINES]


def came_back(viewer: Viewer, *, coach_id: int | None) -> Sequence[NewsCard]:
    """Return what partners and residents answered in the last days, newest first."""
    since = clock.today() - timedelta(days=NEWS_DAYS)
    starts = StatePeriod.objects.visible_to(viewer).filter(
        state__in=COMES,
        ends_on=STILL_OPEN,
        withdrawn=False,
        entry__recorded_at__gte=_beginning_of(since),
        entry__recorded_by__role__in=PARTNERS,
    )
    starts = _of_coach(viewer, starts, coach_id, "placement__pseudonym_id")
    agreements = PlanAgreement.objects.visible_to(viewer).filter(
        recorded_at__gte=_beginning_of(since), how=ObtainedHow.SIGNED_IN
    )
    agreements = _of_coach(viewer, agreements, coach_id, "plan__pseudonym_id")
    news = [
        NewsCard(
            resident_key=row.placement.pseudonym.key,
            name=str(row.placement.pseudonym.resident),
            on=timezone.localdate(row.entry.recorded_at),
            placement_key=row.placement.key,
            title=row.placement.place.title,
            organisation=row.placement.place.organisation.name,
        )
        for row in starts.select_related(
            "entry", "placement__pseudonym__resident", "placement__place__organisation"
        ).order_by("-entry__recorded_at", "-pk")[:MOST_LINES]
    ]
    news += [
        NewsCard(key, f"{given_name} {family_name}", timezone.localdate(at), None, "", "")
        for key, given_name, family_name, at in agreements.order_by("-pk").values_list(
            "plan__pseudonym__key",
            "plan__pseudonym__resident__given_name",
            "plan__pseudonym__resident__family_name",
            "recorded_at",
        )[:MOST_LINES]
    ]
    return sorted(news, key=lambda card: card.on, reverse=True)[:MOST_LINES]


def _beginning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _of_coach(viewer: Viewer, rows: Rows, coach_id: int | None, pseudonym: str) -> Rows:
    """Keep those about people for whom this coach is responsible today."""
    if coach_id is None:
        return rows
    current = Responsibility.objects.visible_to(viewer).current().filter(coach_id=coach_id)
    return rows.filter(**{f"{pseudonym}__in": current.values("pseudonym_id")})
