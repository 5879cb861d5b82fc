"""Two divisions of one team side by side: what changed in all, and for whom."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meedoen.records.divisions.models import Line
from meedoen.records.divisions.queries import DivisionCard, division
from meedoen.records.divisions.words import RunState
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.queries import caseload_cards
from meedoen.records.places.cards import PlaceCard
from meedoen.records.places.queries import places_by_id

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Got:
    """What somebody got in one of the two: a place or none; `waited` is whether they were in it."""

    waited: bool
    place: PlaceCard | None = None


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """Somebody for whom the two differ."""

    name: str
    resident_key: uuid.UUID
    first: Got
    second: Got


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two divisions, for whom they differ (up to a limit), and for how many people they do not."""

    first: DivisionCard
    second: DivisionCard
    changed: Sequence[ChangedLine]
    changed_count: int
    same_count: int


def compared(viewer: Viewer, *, first: uuid.UUID, second: uuid.UUID) -> Comparison | None:
    """Lay two divisions side by side; None unless both are done and of the viewer's team.

    The totals are those of the whole divisions. The lines are of the people whose file the viewer
    may open today, by name.
    """
    cards = [division(viewer, key=key) for key in (first, second)]
    before, after = cards
    if before is None or after is None:
        return None
    if before.state != RunState.DONE or after.state != RunState.DONE:
        return None
    old, new = _got(viewer, first), _got(viewer, second)
    differ = [
        pseudonym_id
        for pseudonym_id in sorted(old.keys() | new.keys())
        if pseudonym_id not in old
        or pseudonym_id not in new
        or old[pseudonym_id] != new[pseudonym_id]
    ]
    return Comparison(
        first=before,
        second=after,
        changed=_changed(viewer, old, new, differ),
        changed_count=len(differ),
        same_count=len(old.keys() | new.keys()) - len(differ),
    )


def _got(viewer: Viewer, key: uuid.UUID) -> dict[int, int | None]:
    rows = Line.objects.visible_to(viewer).filter(division__key=key)
    return dict(rows.values_list("pseudonym_id", "place_id"))


def _changed(
    viewer: Viewer,
    old: Mapping[int, int | None],
    new: Mapping[int, int | None],
    differ: Sequence[int],
) -> list[ChangedLine]:
    shown = differ[:MOST_SHOWN]
    wanted = {got[one] for got in (old, new) for one in shown if one in got} - {None}
    places = places_by_id(viewer, place_ids=sorted(one for one in wanted if one is not None))
    people = caseload_cards(viewer, pseudonym_ids=shown)

    def got(one: int, where: Mapping[int, int | None]) -> Got:
        place_id = where.get(one)
        return Got(one in where, places.get(place_id) if place_id is not None else None)

    found = [
        ChangedLine(people[one].name, people[one].key, got(one, old), got(one, new))
        for one in shown
        if one in people
    ]
    return sorted(found, key=lambda line: (line.name, str(line.resident_key)))
