"""Measuring: from the history to figures that stay."""

from datetime import date, datetime

from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.history import order
from meedoen.records.history.queries import columns, last_entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.referrals.columns import referral_columns
from meedoen.rules.indicators.evaluate import FigureResult, figures


@action(Permission.MEASURE_FIGURES)
def measure(viewer: Viewer, *, on: date, known_at: datetime | None = None) -> int:
    """Compute every indicator on a day and keep the figures; return the id of the measuring.

    `known_at` None means as known now. Earlier figures stay beside the new ones. What was not
    measured has no figure: it is no zero.
    Raises NoVersionError for a day before an indicator existed.
    """
    order.wait_for_writers(viewer.municipality_id)
    moment = known_at or clock.now()
    referrals = referral_columns(viewer)
    results = figures(catalogue(), columns(viewer), on, moment, referrals=referrals)
    measuring = Measuring.objects.create(
        municipality_id=viewer.municipality_id,
        reference_date=on,
        known_at=moment,
        last_entry=last_entry(viewer),
        measured_at=clock.now(),
        measured_by_id=viewer.membership_id,
    )
    Figure.objects.bulk_create(
        [row for result in results if result.measured for row in _rows(viewer, measuring, result)]
    )
    return measuring.pk


def _rows(viewer: Viewer, measuring: Measuring, result: FigureResult) -> list[Figure]:
    values = {"": result.value, **result.parts}
    return [
        Figure(
            municipality_id=viewer.municipality_id,
            measuring=measuring,
            indicator=result.code,
            definition_version=result.version,
            part=part,
            value=value,
        )
        for part, value in values.items()
    ]
