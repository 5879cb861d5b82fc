"""The work on divisions that is done in the background."""

from meedoen.records.divisions.running import run
from meedoen.records.jobs.work import job


@job()
def work_out_division(*, municipality_id: int, division_id: int) -> None:
    """Work a division out."""
    run(municipality_id, division_id)
