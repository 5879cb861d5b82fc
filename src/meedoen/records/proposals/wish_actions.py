"""Picking places, putting them in order and dropping them: the own wishes of a person."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.places.cards import listed, public_places
from meedoen.records.proposals.models import WishList

MOST_WISHES = 10
"""More wishes than this say nothing about what comes first. Own choice."""


@action(Permission.WISH_PLACE)
def pick(viewer: Viewer, *, pseudonym_id: int, place_id: int) -> None:
    """Add a place behind the wishes of a person; picking it again changes nothing.

    A resident picks from what everyone may see, a coach from the whole directory. Raises
    ActionRefusedError: for a place that is not there (any more), and when there are enough.
    """
    rows = public_places() if viewer.role is Role.RESIDENT else listed(viewer)
    today = clock.today()
    there = rows.filter(
        municipality_id=viewer.municipality_id, pk=place_id, closes_on__gt=today
    ).exists()

    def added(places: list[int]) -> list[int]:
        if place_id in places:
            return places
        if not there:
            raise ActionRefusedError(_("Deze plek is er niet (meer). Kies een andere plek."))
        if len(places) >= MOST_WISHES:
            raise ActionRefusedError(
                _("U heeft al %(most)s wensen. Haal er eerst een weg.") % {"most": MOST_WISHES}
            )
        return [*places, place_id]

    _say(viewer, pseudonym_id, added)


@action(Permission.WISH_PLACE)
def drop(viewer: Viewer, *, pseudonym_id: int, place_id: int) -> None:
    """Take a place out of the wishes; one that is not among them changes nothing."""
    _say(viewer, pseudonym_id, lambda places: [one for one in places if one != place_id])


@action(Permission.WISH_PLACE)
def put_forward(viewer: Viewer, *, pseudonym_id: int, place_id: int) -> None:
    """Move a wish one place forward; the first stays where it is."""

    def moved(places: list[int]) -> list[int]:
        at = places.index(place_id) if place_id in places else 0
        if at == 0:
            return places
        return [*places[: at - 1], place_id, places[at - 1], *places[at + 1 :]]

    _say(viewer, pseudonym_id, moved)


def _say(viewer: Viewer, pseudonym_id: int, change: Callable[[list[int]], Sequence[int]]) -> None:
    """Write down the wishes as they are after a change, when it changes something."""
    if not districts_of_visible(viewer, pseudonym_ids=[pseudonym_id]):
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    # Two changes at the same moment follow each other, so that neither is lost.
    hold(viewer, pseudonym_ids=[pseudonym_id])
    rows = WishList.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    newest = rows.order_by("-pk").values_list("places", flat=True).first()
    before = list(newest or [])
    after = list(change(before))
    if after == before:
        return
    WishList.objects.create(
        municipality_id=viewer.municipality_id,
        pseudonym_id=pseudonym_id,
        places=after,
        said_at=clock.now(),
        noted_by_id=viewer.membership_id,
        by_resident=viewer.role is Role.RESIDENT,
    )
