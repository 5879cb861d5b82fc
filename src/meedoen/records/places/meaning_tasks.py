"""Learning in the night what places mean, where the extra for that is installed."""

from meedoen.records.jobs.work import job
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.cards import listed
from meedoen.records.search.meaning import is_installed, learn
from meedoen.rules.vocabulary import SearchKind

MOST_A_NIGHT = 5_000
"""So many of the newest places; about as many as are compared, and done in two minutes."""


def learn_places(viewer: Viewer) -> int:
    """Keep what the places in the directory mean; return how many were new."""
    rows = listed(viewer).order_by("-pk").values_list("pk", "title", "description")
    texts = {pk: f"{title}. {description}" for pk, title, description in rows[:MOST_A_NIGHT]}
    return learn(viewer, kind=SearchKind.PLACE, texts=texts)


@job(queue="nightly")
def learn_meanings(code: str) -> None:
    """Learn what the places of a municipality mean; again it does only what changed."""
    learn_places(system_viewer(code))


def put_learning_in_queue() -> None:
    """Put that in the queue, for each municipality apart; nothing without the extra."""
    for code in municipality_codes() if is_installed() else ():
        learn_meanings.enqueue(code)
