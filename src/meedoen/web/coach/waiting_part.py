"""Where somebody stands on the waiting list of a place, for the page of the placement."""

import uuid
from collections.abc import Mapping

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.waiting.queries import standing_of
from meedoen.web.shared.waiting_words import standing_text


def waiting_part(viewer: Viewer, key: uuid.UUID) -> Mapping[str, object] | None:
    """Return what coach/parts/waiting_position.html shows; None for who does not wait."""
    found = standing_of(viewer, placement_key=key)
    if found is None:
        return None
    return {
        "stands": standing_text(found.position, found.waiting, found.age),
        "place_key": found.place_key,
    }
