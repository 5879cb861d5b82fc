"""Someone's rungs through time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meedoen.records.ladder.models import Measurement
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.ladder.assess import Reason, assess
from meedoen.rules.ladder.questions import Answers
from meedoen.rules.ladder.rungs import Rung


@dataclass(frozen=True, slots=True)
class MeasurementCard:
    """A measurement in someone's file, with the reasons why the answers lead to this rung.

    `written_on` is the day it was recorded.
    """

    measured_on: date
    derived_rung: Rung
    set_rung: Rung
    deviation_reason: str
    reasons: tuple[Reason, ...]
    ladder_version: str
    assessor: str
    written_on: date


def measurements_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[MeasurementCard]:
    """Return someone's measurements, newest first."""
    rows = Measurement.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    rows = rows.select_related("assessor__account", "entry").order_by("-measured_on", "-pk")
    return [
        MeasurementCard(
            measured_on=row.measured_on,
            derived_rung=Rung(row.derived_rung),
            set_rung=Rung(row.set_rung),
            deviation_reason=row.deviation_reason,
            reasons=assess(Answers.from_mapping(row.answers)).reasons,
            ladder_version=row.ladder_version,
            assessor=row.assessor.account.name if row.assessor else "",
            written_on=timezone.localdate(row.entry.recorded_at),
        )
        for row in rows
    ]


def latest_rungs(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, Rung]:
    """Return the last set rung of each of these people that was measured, by pseudonym."""
    rows = Measurement.objects.visible_to(viewer).filter(pseudonym_id__in=pseudonym_ids)
    found = rows.order_by("measured_on", "pk").values_list("pseudonym_id", "set_rung")
    return {pseudonym_id: Rung(rung) for pseudonym_id, rung in found}
