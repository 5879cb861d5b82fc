"""The work on sign-ups that is done in the background."""

from meedoen.records.jobs.work import job
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.places.sign_up_actions import forget_old_sign_ups


@job(queue="nightly")
def tidy_sign_ups(code: str) -> None:
    """Remove the sign-ups of a municipality whose term is over."""
    forget_old_sign_ups(system_viewer(code))


def put_sign_up_tidying_in_queue() -> None:
    """Put that in the queue, for each municipality apart."""
    for code in municipality_codes():
        tidy_sign_ups.enqueue(code)
