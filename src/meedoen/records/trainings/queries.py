"""What somebody learns beside a placement, as coaches and the resident see it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.trainings.models import Training
from meedoen.rules.vocabulary import PlacementState, TrainingKind, TrainingResult, TrainingStop


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCard:
    """A training as it is known now; `correction_reason` is why it was put right, if it was."""

    key: uuid.UUID
    resident_key: uuid.UUID
    kind: TrainingKind
    what: str
    given_by: str
    starts_on: date
    planned_end_on: date | None
    hours_a_week: Decimal | None
    ended_on: date | None
    result: TrainingResult | None
    stop: TrainingStop | None
    placement_key: uuid.UUID | None
    placement: str
    correction_reason: str
    said_by: str


def trainings_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[TrainingCard]:
    """Return what somebody learns or learned, what began last first."""
    return _cards(Training.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id))


def trainings_beside(viewer: Viewer, *, placement_key: uuid.UUID) -> Sequence[TrainingCard]:
    """Return what goes with a placement, what began last first."""
    return _cards(Training.objects.visible_to(viewer).filter(placement__key=placement_key))


def training(viewer: Viewer, *, key: uuid.UUID) -> TrainingCard | None:
    """Return one training; None when it is not there or not for this viewer."""
    if not viewer.may(Permission.SEE_CASELOAD):
        return None
    return next(iter(_cards(Training.objects.visible_to(viewer).filter(key=key))), None)


def placements_beside(viewer: Viewer, *, pseudonym_id: int) -> Mapping[uuid.UUID, str]:
    """Return the placements of somebody that a training can go with, the newest first."""
    rows = Placement.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    rows = rows.exclude(state=PlacementState.WITHDRAWN).order_by("-pk")
    found = rows.values_list("key", "place__title", "place__organisation__name")
    return {key: f"{title} ({organisation})" for key, title, organisation in found}


def _cards(rows: QuerySet[Training]) -> list[TrainingCard]:
    current = rows.filter(replaced_by__isnull=True, withdrawn=False)
    current = current.select_related(
        "pseudonym", "placement__place__organisation", "recorded_by__account"
    )
    return [_card(row) for row in current.order_by("-starts_on", "-pk")]


def _card(row: Training) -> TrainingCard:
    at = row.placement.place if row.placement else None
    return TrainingCard(
        key=row.key,
        resident_key=row.pseudonym.key,
        kind=TrainingKind(row.kind),
        what=row.what,
        given_by=row.given_by,
        starts_on=row.starts_on,
        planned_end_on=row.planned_end_on,
        hours_a_week=row.hours_a_week,
        ended_on=row.ended_on,
        result=TrainingResult(row.result) if row.result else None,
        stop=TrainingStop(row.stop) if row.stop else None,
        placement_key=row.placement.key if row.placement else None,
        placement=f"{at.title} ({at.organisation.name})" if at else "",
        correction_reason=row.correction_reason,
        said_by=row.recorded_by.account.name if row.recorded_by else "",
    )
