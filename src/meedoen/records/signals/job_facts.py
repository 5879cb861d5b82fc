"""The dates of people's participation jobs that ask for attention, as facts for the signals."""

from collections.abc import Mapping, Sequence
from datetime import date

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.participation_jobs.jobs import jobs_of
from meedoen.rules.signals.facts import JobDate
from meedoen.rules.signals.job_dates import job_dates


def job_dates_of(
    viewer: Viewer, *, pseudonym_ids: Sequence[int], on: date
) -> Mapping[int, tuple[JobDate, ...]]:
    """Return what asks for attention on a day, by pseudonym; in three questions."""
    found = jobs_of(viewer, pseudonym_ids=pseudonym_ids)
    return {
        pseudonym_id: job_dates(jobs.facts, str(jobs.placement_key), on=on)
        for pseudonym_id, jobs in found.items()
    }
