"""The work on files that is done in the background."""

from meedoen.records.directory_imports.apply import apply
from meedoen.records.directory_imports.leaving_off import leave_off_unfinished, stopped
from meedoen.records.directory_imports.preview import preview
from meedoen.records.jobs.work import job
from meedoen.records.organisations.queries import municipality_codes, system_viewer


@job()
def preview_file(*, municipality_id: int, file_id: int) -> None:
    """Work out the report on a file."""
    preview(municipality_id, file_id)


@job()
def apply_file(*, municipality_id: int, file_id: int) -> None:
    """Take a file over."""
    apply(municipality_id, file_id)


@job(queue="nightly")
def tidy_files(municipality_id: int) -> None:
    """Leave off the files that nobody finished, and go on with those that stopped half-way."""
    leave_off_unfinished(municipality_id)
    for file_id in stopped(municipality_id):
        apply_file.enqueue(municipality_id=municipality_id, file_id=file_id)


def put_the_directory_tidying_in_queue() -> None:
    """Put the tidying of files in the queue, for each municipality apart."""
    for code in municipality_codes():
        tidy_files.enqueue(system_viewer(code).municipality_id)
