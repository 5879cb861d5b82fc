"""The directory in the night: what was written down for today begins to hold."""

from meedoen.records.directory.finding import make_missing_findable
from meedoen.records.directory.leaving import end_access_of_left
from meedoen.records.jobs.work import job
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.actions import apply_due_periods
from meedoen.records.places.finding import make_missing_places_findable


@job(queue="nightly")
def begin_day(municipality_id: int) -> None:
    """Let what was planned for today hold in one municipality; again, it changes nothing.

    Places become what was said of them, and who worked at an organisation that leaves today is
    out.
    """
    viewer = Viewer.system(municipality_id)
    apply_due_periods(viewer)
    end_access_of_left(viewer)
    make_missing_findable(viewer)
    make_missing_places_findable(viewer)


def put_the_day_in_queue() -> None:
    """Put the beginning of the day in the queue, for each municipality apart."""
    for code in municipality_codes():
        begin_day.enqueue(system_viewer(code).municipality_id)
