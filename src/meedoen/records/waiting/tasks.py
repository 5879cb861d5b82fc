"""Waiting lists in the background: what lapsed in the night, and seats that came free."""

from meedoen.records.jobs.apart import each_apart
from meedoen.records.jobs.work import job
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.waiting.actions import promote_at, ways_on
from meedoen.records.waiting.hold_actions import lapse_holds
from meedoen.records.waiting.leaving_actions import close_placed_lines, leave_lists
from meedoen.records.waiting.lists import places_with_room
from meedoen.rules.vocabulary import PromotionWay


@job(queue="nightly")
def tidy_lists(municipality_id: int) -> None:
    """Bring the lists of one municipality in order; doing it again changes nothing.

    Who is gone or got a place leaves, holds that are over lapse, and free seats go to who waits.
    """
    viewer = Viewer.system(municipality_id)
    leave_lists(viewer)
    close_placed_lines(viewer)
    lapse_holds(viewer)
    give_free_seats(viewer)


def put_the_lists_in_queue() -> None:
    """Put the tidying of the lists in the queue, for each municipality apart."""
    for code in municipality_codes():
        tidy_lists.enqueue(system_viewer(code).municipality_id)


def give_free_seats(viewer: Viewer) -> None:
    """Give free seats to who waits, at places that do so by the rule alone.

    Each place apart: what goes wrong at one, does not hold up another.
    """
    today = clock.today()
    automatic = [
        place_id
        for place_id, way in ways_on(viewer, on=today).items()
        if way is PromotionWay.AUTOMATIC
    ]
    rooms = places_with_room(viewer, place_ids=automatic, on=today)
    each_apart(
        rooms,
        lambda place_id: promote_at(viewer, place_id=place_id),
        failed="Place %s gave its free seats to nobody",
    )


def give_free_seats_everywhere() -> None:
    """Give seats that came free to who waits, whatever made them free, everywhere."""
    for code in municipality_codes():
        give_free_seats(system_viewer(code))
