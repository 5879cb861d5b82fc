"""The work on signed links that is done in the background."""

from meedoen.records.jobs.work import job
from meedoen.records.links.actions import forget_old_links
from meedoen.records.organisations.queries import municipality_codes, system_viewer


@job(queue="nightly")
def tidy_links(code: str) -> None:
    """Forget to whom a municipality sent links long ago."""
    forget_old_links(system_viewer(code))


def put_link_tidying_in_queue() -> None:
    """Put that in the queue, for each municipality apart."""
    for code in municipality_codes():
        tidy_links.enqueue(code)
