"""Whom a place would suit: over everyone who waits in the municipality, for one place.

Counted over the whole municipality, whoever asks; nothing here says who to the place.
"""

from dataclasses import dataclass

import numpy as np

from meedoen.records.divisions.waiting import who_waits
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.queries import open_places
from meedoen.rules.matching.columns import PeopleColumns, PlaceColumns, allowed_pairs
from meedoen.rules.matching.rule_set import rule_set_on, shipped_rule_sets


@dataclass(frozen=True, slots=True)
class Fits:
    """Somebody whom the place would suit: their wish for it (1 is the first, 0 none)."""

    pseudonym_id: int
    wish: int


def who_fits(viewer: Viewer, *, place_id: int) -> list[Fits]:
    """Return whom a place would suit today: own wishes first, then who waits longest.

    Nobody when the place is not open or has no room. A fixed number of questions. Raises
    meedoen.rules.matching.rule_set.NoRuleSetError.
    """
    whole = Viewer.system(viewer.municipality_id)
    today = clock.today()
    places = [place for place in open_places(whole) if place.place == place_id]
    if not places:
        return []
    rule_set = rule_set_on(shipped_rule_sets(), today)
    waiting = who_waits(whole, kinds=(), district_id=None, rule_set=rule_set, on=today)
    if not waiting:
        return []
    pairs = allowed_pairs(
        PeopleColumns.of([one.facts for one in waiting]), PlaceColumns.of(places), rule_set, today
    )
    found = [(waiting[at], int(wish)) for at, wish in zip(pairs.person, pairs.wish, strict=True)]
    # Who has no wish for the place comes after every wish.
    last = int(np.iinfo(np.int16).max)
    found.sort(key=lambda one: (one[1] or last, one[0].since, one[0].pseudonym_id))
    return [Fits(one.pseudonym_id, wish) for one, wish in found]
