"""The work on files that is done in the background."""

from meedoen.records.caseloads.apply import apply
from meedoen.records.caseloads.preview import preview
from meedoen.records.jobs.work import job


@job()
def preview_file(*, municipality_id: int, file_id: int) -> None:
    """Work out the report on a file."""
    preview(municipality_id, file_id)


@job()
def apply_file(*, municipality_id: int, file_id: int) -> None:
    """Take a file over."""
    apply(municipality_id, file_id)
