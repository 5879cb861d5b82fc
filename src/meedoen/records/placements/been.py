"""Where people are and were, as far as looking for another place needs it."""

from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement
from meedoen.rules.placement_states import BEFORE_START, HOLDS_A_SEAT
from meedoen.rules.vocabulary import PlaceKind, PlacementState

NEVER_BEGAN = BEFORE_START | {PlacementState.WAITING}


@dataclass(frozen=True, slots=True)
class Been:
    """The places where somebody is or is proposed now, and the kinds where they ever began."""

    places: frozenset[int] = frozenset()
    kinds: frozenset[PlaceKind] = frozenset()


def been_at(viewer: Viewer, *, pseudonym_ids: Sequence[int] | None = None) -> dict[int, Been]:
    """Return where these people, or all that the viewer may see, are and were; in one question.

    Whoever never had a placement is not in it.
    """
    rows = Placement.objects.visible_to(viewer).exclude(state=PlacementState.WITHDRAWN)
    if pseudonym_ids is not None:
        rows = rows.filter(pseudonym_id__in=pseudonym_ids)
    now: dict[int, set[int]] = {}
    kinds: dict[int, set[PlaceKind]] = {}
    for person, place, kind, state in rows.values_list(
        "pseudonym_id", "place_id", "place__kind", "state"
    ):
        if state in HOLDS_A_SEAT:
            now.setdefault(person, set()).add(place)
        if state not in NEVER_BEGAN:
            kinds.setdefault(person, set()).add(PlaceKind(kind))
    return {
        person: Been(frozenset(now.get(person, ())), frozenset(kinds.get(person, ())))
        for person in now.keys() | kinds.keys()
    }
