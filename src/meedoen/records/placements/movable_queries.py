"""The placements that can still make a move, for whoever may make it: coaches, and organisations.

A coach sees whom the placement is about; an organisation a first name and its own client number,
and nobody who waits.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.paging import Page, in_groups, page_of
from meedoen.records.organisations.viewer import PARTNERS, Permission, Viewer
from meedoen.records.people.client_numbers import client_numbers
from meedoen.records.placements.models import StatePeriod
from meedoen.records.placements.names import coach_name
from meedoen.rules.vocabulary import PlaceKind, PlacementState

_RESIDENT = "placement__pseudonym__resident__"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovableCard:
    """A placement that is not over; `since` is the first day of its present state.

    For an organisation `name` is a first name, `client_number` its own number for the person, and
    `held_until` stays empty; for a coach the number does.
    """

    key: uuid.UUID
    name: str
    client_number: str
    title: str
    organisation: str
    kind: PlaceKind
    state: PlacementState
    since: date
    planned_end_on: date | None
    held_until: date | None
    coach: str


def movable(
    viewer: Viewer, *, state: PlacementState | None = None, number: int = 1, size: int = 25
) -> Page[MovableCard]:
    """Return a page of what the viewer may see and is not over, longest in its state first."""
    rows = _open(viewer)
    if state is not None:
        rows = rows.filter(state=state)
    in_order = rows.order_by("starts_on", "placement_id")
    return page_of(in_order, lambda some: _cards(viewer, some), number=number, size=size)


def movable_by_key(viewer: Viewer, *, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, MovableCard]:
    """Return those of these placements that are not over and for the viewer, by key."""
    rows = _open(viewer)
    found: list[MovableCard] = []
    for group in in_groups(keys):
        found += _cards(viewer, list(rows.filter(placement__key__in=group)))
    return {card.key: card for card in found}


def _open(viewer: Viewer) -> QuerySet[StatePeriod, Any]:
    rows = StatePeriod.objects.visible_to(viewer).filter(ends_on=STILL_OPEN, withdrawn=False)
    # Of the person nothing is read that is not shown; the coach's name is for whoever needs one.
    names = ["given_name"]
    if viewer.role not in PARTNERS:
        if not viewer.may(Permission.SEE_CASELOAD):
            return rows.none()
        # Who asked to be forgotten has no name, and is on no list.
        rows = rows.filter(placement__pseudonym__resident__isnull=False)
        names = ["given_name", "family_name"]
    with_coach = rows.annotate(coach=coach_name("placement__pseudonym_id"))
    shown: QuerySet[StatePeriod, Any] = with_coach.values(
        "state",
        "starts_on",
        "coach",
        "placement__key",
        "placement__planned_end_on",
        "placement__held_until",
        "placement__pseudonym_id",
        "placement__place__title",
        "placement__place__kind",
        "placement__place__organisation_id",
        "placement__place__organisation__name",
        *(f"{_RESIDENT}{name}" for name in names),
    )
    return shown


def _cards(viewer: Viewer, rows: Sequence[Any]) -> list[MovableCard]:
    at_organisation = viewer.role in PARTNERS
    pairs = [
        (row["placement__pseudonym_id"], row["placement__place__organisation_id"]) for row in rows
    ]
    numbers = client_numbers(viewer, pairs=pairs) if at_organisation else {}
    return [
        MovableCard(
            key=row["placement__key"],
            name=_name(row),
            client_number=numbers.get(pair, ""),
            title=row["placement__place__title"],
            organisation=row["placement__place__organisation__name"],
            kind=PlaceKind(row["placement__place__kind"]),
            state=PlacementState(row["state"]),
            since=row["starts_on"],
            planned_end_on=row["placement__planned_end_on"],
            held_until=None if at_organisation else row["placement__held_until"],
            coach=row["coach"] or "",
        )
        for row, pair in zip(rows, pairs, strict=True)
    ]


def _name(row: Any) -> str:
    """Return the names that were read, as one."""
    parts = (row.get(f"{_RESIDENT}{name}") for name in ("given_name", "family_name"))
    return " ".join(part for part in parts if part)
