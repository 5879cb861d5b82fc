"""Who takes part where, for the tests on months and attendance."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from meedoen.records.placements.actions import NewPlacement, confirm_all, move_one, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.records.places.actions import PlaceChange, change_places
from meedoen.records.places.details import details_of
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import MoveReason, PlacementState
from tests.town import Person, Town
from tests.web.coach.scenes import on

STARTED = date(2026, 9, 7)
IN_OCTOBER, IN_NOVEMBER = date(2026, 10, 20), date(2026, 11, 3)
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def taking_part(
    town: Town, person: Person | None = None, *, place: int | None = None, since: date = STARTED
) -> uuid.UUID:
    """Let somebody (Roos) take part at a place (the garden); return the placement's key."""
    someone = person or town.roos_file
    coach = town.carla if someone == town.tim else town.anna
    with on(since):
        [placement_id] = place_all(
            coach,
            placements=[
                NewPlacement(
                    pseudonym_id=someone.pseudonym_id,
                    place_id=place or town.garden,
                    proposed_on=since,
                )
            ],
        )
        confirm_all(town.system, changes=[Change(placement_id=placement_id, on=since)])
    return Placement.objects.visible_to(town.system).get(pk=placement_id).key


def all_taking_part(
    town: Town, people: Sequence[int], since: date = STARTED
) -> Sequence[uuid.UUID]:
    """Let many people of Anna take part at the garden; return the keys in the order of people."""
    with on(since):
        numbers = place_all(
            town.anna,
            placements=[
                NewPlacement(pseudonym_id=one, place_id=town.garden, proposed_on=since)
                for one in people
            ],
        )
        confirm_all(town.system, changes=[Change(placement_id=one, on=since) for one in numbers])
    rows = Placement.objects.visible_to(town.system).in_bulk(numbers)
    return [rows[number].key for number in numbers]


def ask_attendance(town: Town, place: int | None = None) -> uuid.UUID:
    """Let a place (the garden) ask who was there; return its key."""
    row = Place.objects.get(pk=place or town.garden)
    details = replace(details_of(row), asks_attendance=True)
    with on(STARTED):
        change_places(
            town.system,
            changes=[PlaceChange(place_id=row.pk, starts_on=STARTED, details=details)],
        )
    return row.key


def trying(town: Town, since: date = STARTED) -> uuid.UUID:
    """Let Roos begin on trial at the garden; return the placement's key."""
    with on(since):
        new = NewPlacement(
            pseudonym_id=town.roos_file.pseudonym_id, place_id=town.garden, proposed_on=since
        )
        [placement_id] = place_all(town.anna, placements=[new])
        change = Change(placement_id=placement_id, on=since)
        confirm_all(town.system, changes=[change], to=PlacementState.TRIAL)
    return Placement.objects.visible_to(town.system).get(pk=placement_id).key


def goes_on(town: Town, key: uuid.UUID, to: PlacementState, day: date) -> None:
    """Let somebody at the garden go on after a trial, be away for a while, or be back, on a day."""
    reason = MoveReason.AGREED_BREAK if to is PlacementState.PAUSED else None
    with on(day):
        move_one(town.anna, key=key, to=to, on=day, reason=reason)
