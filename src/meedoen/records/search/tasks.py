"""The work on the search index that is done in the background."""

from meedoen.records.jobs.work import job
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.search.actions import forget_unused_words


@job(queue="nightly")
def tidy_words(code: str) -> None:
    """Forget the words that stand nowhere any more in one municipality."""
    forget_unused_words(system_viewer(code))


def put_word_tidying_in_queue() -> None:
    """Put that in the queue, for each municipality apart."""
    for code in municipality_codes():
        tidy_words.enqueue(code)
