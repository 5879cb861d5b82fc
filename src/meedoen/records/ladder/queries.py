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

    `written_on` is the day it was recorded. `potential_rung` is what can be reached within a
    year and `own_rung` where the resident places themselves; None: not asked. `correction_reason`
    says why it came in the place of another one, and is empty for the first; `corrected` is true
    when another one came in its place.
    """

    measurement_id: int
    measured_on: date
    answers: Answers
    derived_rung: Rung
    set_rung: Rung
    deviation_reason: str
    reasons: tuple[Reason, ...]
    ladder_version: str
    assessor: str
    written_on: date
    potential_rung: Rung | None
    own_rung: Rung | None
    own_words: str
    correction_reason: str
    corrected: bool


def measurements_of(
    viewer: Viewer, *, pseudonym_id: int, with_corrected: bool = False
) -> Sequence[MeasurementCard]:
    """Return someone's measurements, newest first; without those that were corrected later."""
    rows = Measurement.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    if not with_corrected:
        rows = rows.filter(replaced_by__isnull=True)
    rows = rows.select_related("assessor__account", "entry", "replaced_by")
    return [_card(row) for row in rows.order_by("-measured_on", "-pk")]


def newest_measurement(
    viewer: Viewer, *, pseudonym_id: int, measurement_id: int
) -> MeasurementCard | None:
    """Return what stands in the place of a measurement now, itself when it still does.

    None when the measurement is not there or not for this viewer.
    """
    rows = Measurement.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    by_id = {
        row.pk: row for row in rows.select_related("assessor__account", "entry", "replaced_by")
    }
    newest = by_id.get(measurement_id)
    while newest is not None and hasattr(newest, "replaced_by"):
        newest = by_id[newest.replaced_by.pk]
    return None if newest is None else _card(newest)


def _card(row: Measurement) -> MeasurementCard:
    answers = Answers.from_mapping(row.answers)
    return MeasurementCard(
        measurement_id=row.pk,
        measured_on=row.measured_on,
        answers=answers,
        derived_rung=Rung(row.derived_rung),
        set_rung=Rung(row.set_rung),
        deviation_reason=row.deviation_reason,
        reasons=assess(answers).reasons,
        ladder_version=row.ladder_version,
        assessor=row.assessor.account.name if row.assessor else "",
        written_on=timezone.localdate(row.entry.recorded_at),
        potential_rung=_rung(row.potential_rung),
        own_rung=_rung(row.own_rung),
        own_words=row.own_words,
        correction_reason=row.correction_reason,
        corrected=hasattr(row, "replaced_by"),
    )


def latest_rungs(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, Rung]:
    """Return the last set rung of each of these people that was measured, by pseudonym."""
    rows = Measurement.objects.visible_to(viewer).filter(
        pseudonym_id__in=pseudonym_ids, replaced_by__isnull=True
    )
    found = rows.order_by("measured_on", "pk").values_list("pseudonym_id", "set_rung")
    return {pseudonym_id: Rung(rung) for pseudonym_id, rung in found}


def _rung(number: int | None) -> Rung | None:
    return None if number is None else Rung(number)
