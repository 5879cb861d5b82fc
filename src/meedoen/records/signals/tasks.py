"""Signals in the background: everyone's in the night, and those of whoever changed at once."""

from datetime import datetime

from meedoen.records.jobs.queries import last_done
from meedoen.records.jobs.work import job
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.signals.actions import catch_up, refresh_all


@job(queue="nightly")
def refresh_municipality(municipality_id: int) -> None:
    """Work out everyone's signals in one municipality; doing it again changes nothing."""
    refresh_all(Viewer.system(municipality_id))


def put_the_night_in_queue() -> None:
    """Put the work of the night in the queue, for each municipality apart."""
    for code in municipality_codes():
        refresh_municipality.enqueue(system_viewer(code).municipality_id)


def work_out_changes() -> None:
    """Work out the signals of everyone about whom something changed, everywhere."""
    for code in municipality_codes():
        while catch_up(system_viewer(code)):
            continue


def last_night(viewer: Viewer) -> datetime | None:
    """Return when everyone's signals were last worked out; None when they never were."""
    return last_done(viewer, work=refresh_municipality)
