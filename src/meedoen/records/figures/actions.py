"""Measuring: from the history to figures that stay.

A measuring is begun first, in a transaction of its own: from then on the moment stands up to
which what was recorded counts. Counting comes after that, and its figures are written all at
once, with the word that it is done. So whatever is killed half-way leaves a measuring that is
still being computed, of which nothing is shown, and that anyone can take up with the same outcome.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from meedoen.records.figures.counting import counted_rows, defined_on
from meedoen.records.figures.models import Figure, Measuring, MeasuringDone
from meedoen.records.figures.names import kept_names
from meedoen.records.history import order
from meedoen.records.history.queries import last_entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of

LEFT_AFTER = timedelta(minutes=10)
"""So long after its beginning a measuring that is not done is taken for one that was left.

A choice: a measuring of 40,000 people takes seconds. Whoever is still at it loses nothing.
"""
ROWS_AT_ONCE = 2_000


def measure(viewer: Viewer, *, on: date, known_at: datetime | None = None) -> int:
    """Compute every indicator on a day and keep the figures; return the id of the measuring.

    `known_at` None means as known now. Earlier figures stay beside the new ones. What was not
    measured has no figure: it is no zero. Raises NoVersionError for a day before any indicator
    existed.
    """
    [measuring_id] = measure_all(viewer, days=[on], known_at=known_at)
    return measuring_id


def measure_all(
    viewer: Viewer, *, days: Sequence[date], known_at: datetime | None = None
) -> list[int]:
    """Measure on many days, as `measure` does on one; one that was done is there for everyone."""
    begun = begin_measurings(viewer, days=days, known_at=known_at)
    finish_measurings(viewer, measuring_ids=begun)
    return begun


@action(Permission.MEASURE_FIGURES)
def begin_measurings(
    viewer: Viewer, *, days: Sequence[date], known_at: datetime | None = None
) -> list[int]:
    """Begin to measure on these days, and return the ids: nothing of it counts as yet.

    `known_at` None means as known now. Raises NoVersionError for a day before any indicator
    existed; then none is begun.
    """
    catalogue = catalogue_of(viewer.municipality_id)
    for on in days:
        defined_on(catalogue, on)
    order.wait_for_writers(viewer.municipality_id)
    moment = known_at or clock.now()
    last = last_entry(viewer)
    begun = [
        Measuring(
            municipality_id=viewer.municipality_id,
            reference_date=on,
            known_at=moment,
            last_entry=last,
            measured_at=clock.now(),
            measured_by_id=viewer.membership_id,
        )
        for on in days
    ]
    return [row.pk for row in Measuring.objects.bulk_create(begun)]


def finish_measurings(
    viewer: Viewer,
    *,
    measuring_ids: Sequence[int],
    tell: Callable[[date], object] = lambda _day: None,
) -> int:
    """Count what was begun, keep each in a transaction of its own, and return how many.

    `tell` hears the day of each that is done. Doing it again or at the same time changes nothing:
    each is kept once, and whoever comes second with the same outcome keeps nothing.
    """
    rows = Measuring.objects.computing().filter(municipality_id=viewer.municipality_id)
    begun = list(rows.filter(pk__in=measuring_ids).order_by("pk"))
    kept = 0
    for measuring, figures in counted_rows(viewer, begun):
        kept += _keep(viewer, measuring=measuring, figures=figures)
        tell(measuring.reference_date)
    return kept


@action(Permission.MEASURE_FIGURES)
def _keep(viewer: Viewer, *, measuring: Measuring, figures: Sequence[Figure]) -> bool:
    """Write the figures and that they are all there; False when somebody else did so already."""
    # Of two at once the second waits here, and then finds that it is done.
    Measuring.objects.select_for_update().get(pk=measuring.pk)
    if MeasuringDone.objects.filter(measuring=measuring).exists():
        return False
    Figure.objects.bulk_create(figures, batch_size=ROWS_AT_ONCE)
    organisations = {row.organisation_id for row in figures if row.organisation_id is not None}
    MeasuringDone.objects.create(
        municipality_id=viewer.municipality_id,
        measuring=measuring,
        at=clock.now(),
        names=kept_names(viewer, organisations),
    )
    return True


def finish_left(viewer: Viewer) -> int:
    """Take up what was begun a while ago and never done; return how many were done now."""
    since = clock.now() - LEFT_AFTER
    rows = Measuring.objects.computing().filter(municipality_id=viewer.municipality_id)
    left = list(rows.filter(measured_at__lt=since).values_list("pk", flat=True))
    return finish_measurings(viewer, measuring_ids=left) if left else 0
