"""Someone's steps in life domains through time."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meedoen.records.ladder.models import DomainMeasurement, DomainScore
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.ladder.life_domains import LifeDomain
from meedoen.rules.ladder.step_growth import MeasuredSteps


@dataclass(frozen=True, slots=True)
class DomainMeasurementCard:
    """Steps in life domains on a day, and those the resident chose beside them.

    `written_on` is the day it was recorded. `correction_reason` says why it came in the place of
    another one, and is empty for the first; `corrected` is true when another one came in its
    place.
    """

    key: uuid.UUID
    measured_on: date
    instrument: str
    scores: Mapping[LifeDomain, int]
    own_scores: Mapping[LifeDomain, int]
    assessor: str
    written_on: date
    correction_reason: str
    corrected: bool

    @property
    def steps(self) -> MeasuredSteps:
        """Return the steps as the rules compare them."""
        return MeasuredSteps(self.measured_on, self.instrument, self.scores)


def domain_measurements_of(
    viewer: Viewer, *, pseudonym_id: int, with_corrected: bool = False
) -> Sequence[DomainMeasurementCard]:
    """Return someone's measurements, newest first; without those that were corrected later."""
    rows = DomainMeasurement.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    if not with_corrected:
        rows = rows.filter(replaced_by__isnull=True)
    found = list(
        rows.select_related("assessor__account", "replaced_by").order_by("-measured_on", "-pk")
    )
    scores: dict[int, list[DomainScore]] = {row.pk: [] for row in found}
    of_found = DomainScore.objects.visible_to(viewer).filter(measurement__in=scores)
    for score in of_found.select_related("entry").order_by("pk"):
        scores[score.measurement_id].append(score)
    return [_card(row, scores[row.pk]) for row in found]


def newest_domains(viewer: Viewer, *, pseudonym_id: int, key: uuid.UUID) -> uuid.UUID | None:
    """Return the key of what stands in the place of a measurement now, its own when it still does.

    None when the measurement is not there or not for this viewer.
    """
    rows = DomainMeasurement.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    replaced_by = {row.replaces_id: row for row in rows if row.replaces_id}
    newest = next((row for row in rows if row.key == key), None)
    while newest is not None and newest.pk in replaced_by:
        newest = replaced_by[newest.pk]
    return None if newest is None else newest.key


def _card(row: DomainMeasurement, scores: Sequence[DomainScore]) -> DomainMeasurementCard:
    given = {LifeDomain(score.domain): score for score in scores}
    # In the order of the instrument, whatever the order of writing was.
    in_order = {domain: given[domain] for domain in LifeDomain if domain in given}
    return DomainMeasurementCard(
        key=row.key,
        measured_on=row.measured_on,
        instrument=row.instrument,
        scores={domain: score.score for domain, score in in_order.items()},
        own_scores={
            domain: score.own_score
            for domain, score in in_order.items()
            if score.own_score is not None
        },
        assessor=row.assessor.account.name if row.assessor else "",
        # A measurement has at least one score: the action refuses one without.
        written_on=timezone.localdate(scores[0].entry.recorded_at),
        correction_reason=row.correction_reason,
        corrected=hasattr(row, "replaced_by"),
    )
