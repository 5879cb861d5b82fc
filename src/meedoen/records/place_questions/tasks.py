"""The work on questions of places that is done in the background."""

from meedoen.records.jobs.work import job
from meedoen.records.place_questions.telling import tell


@job()
def tell_coaches(*, municipality_id: int, question_id: int) -> None:
    """Find whom the place of a question would suit, so that their coaches hear of it."""
    tell(municipality_id, question_id)
