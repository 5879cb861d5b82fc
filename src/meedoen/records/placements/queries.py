"""Placements as coaches, partners and residents see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, prefetch_related_objects

from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.client_numbers import client_numbers
from meedoen.records.placements.models import AT_AN_ORGANISATION, Placement, StatePeriod
from meedoen.records.placements.names import coach_name
from meedoen.rules.placement_states import NOT_OVER, leaving_state, outcomes_for
from meedoen.rules.vocabulary import MoveReason, Outcome, PlaceKind, PlacementState


@dataclass(frozen=True, slots=True)
class StretchCard:
    """A stretch of a placement; `last_day` is None while it lasts, `came_by` is why it began.

    `since` is when we knew it as it is here, and `said_by` who said so. What was said first, when
    and by whom is in the last three: when that is another start, it was corrected later.
    """

    state: PlacementState
    starts_on: date
    last_day: date | None
    withdrawn: bool
    came_by: MoveReason | None
    since: datetime
    said_by: str
    first_start: date
    first_since: datetime
    first_said_by: str


@dataclass(frozen=True, slots=True)
class PlacementCard:
    """A placement in someone's file, with its stretches in order."""

    key: uuid.UUID
    state: PlacementState
    outcome: Outcome | None
    reason: MoveReason | None
    held_until: date | None
    kind: PlaceKind
    title: str
    organisation: str
    self_found: bool
    planned_end_on: date | None
    resident_said: str
    stretches: tuple[StretchCard, ...]
    may_end_with: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class GuestCard:
    """A placement as the partner sees it: a first name, nothing that identifies, no benefit.

    `client_number` was drawn by lot for this organisation; see records.people.client_numbers.
    """

    key: uuid.UUID
    given_name: str
    client_number: str
    title: str
    kind: PlaceKind
    state: PlacementState
    since: date
    coach: str


@dataclass(frozen=True, slots=True)
class CurrentPlacement:
    """What someone takes part in now, or may come to, in a list."""

    pseudonym_id: int
    title: str
    kind: PlaceKind
    state: PlacementState
    place_id: int


def placements_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[PlacementCard]:
    """Return someone's placements, newest first."""
    rows = Placement.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    return _placement_cards(viewer, rows.order_by("-pk"))


def placement(viewer: Viewer, *, key: uuid.UUID) -> PlacementCard | None:
    """Return one placement; None when it is not there or not for this viewer."""
    if not viewer.may(Permission.SEE_CASELOAD):
        return None
    cards = _placement_cards(viewer, Placement.objects.visible_to(viewer).filter(key=key))
    return cards[0] if cards else None


def _placement_cards(viewer: Viewer, rows: QuerySet[Placement]) -> list[PlacementCard]:
    found = list(rows.select_related("place__organisation", "proposal"))
    stretches: dict[int, list[StretchCard]] = {row.pk: [] for row in found}
    periods = StatePeriod.objects.visible_to(viewer).filter(placement_id__in=stretches)
    in_order = list(
        periods.select_related("entry__recorded_by__account").order_by("starts_on", "pk")
    )
    first = _first_entries([period.entry for period in in_order])
    left_by: dict[int, MoveReason | None] = {}
    for period in in_order:
        came_by = left_by.get(period.placement_id)
        card = _stretch(period, first[period.entry_id], came_by)
        stretches[period.placement_id].append(card)
        left_by[period.placement_id] = MoveReason(period.reason) if period.reason else None
    return [_placement_card(row, stretches[row.pk]) for row in found]


def _first_entries(entries: Sequence[Entry]) -> dict[int, Entry]:
    """Return what was said first of each of these stretches, by the id of the last entry.

    One question for each time that something was said better, however many stretches there are.
    """
    first = {entry.pk: entry for entry in entries}
    replacing = first
    while replacing := {last: entry for last, entry in replacing.items() if entry.replaces_id}:
        prefetch_related_objects(list(replacing.values()), "replaces__recorded_by__account")
        replacing = {last: entry.replaces for last, entry in replacing.items() if entry.replaces}
        first |= replacing
    return first


def _stretch(period: StatePeriod, first: Entry, came_by: MoveReason | None) -> StretchCard:
    return StretchCard(
        state=PlacementState(period.state),
        starts_on=period.starts_on,
        last_day=_last_day(period),
        withdrawn=period.withdrawn,
        came_by=came_by,
        since=period.entry.recorded_at,
        said_by=_said_by(period.entry),
        first_start=first.starts_on,
        first_since=first.recorded_at,
        first_said_by=_said_by(first),
    )


def _said_by(entry: Entry) -> str:
    return entry.recorded_by.account.name if entry.recorded_by else ""


def _last_day(period: StatePeriod) -> date | None:
    if period.ends_on == STILL_OPEN:
        return None
    return date.fromordinal(period.ends_on.toordinal() - 1)


def _placement_card(row: Placement, stretches: Sequence[StretchCard]) -> PlacementCard:
    state = PlacementState(row.state)
    leaving = leaving_state(state)
    return PlacementCard(
        key=row.key,
        state=state,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=MoveReason(row.reason) if row.reason else None,
        held_until=row.held_until,
        kind=PlaceKind(row.place.kind),
        title=row.place.title,
        organisation=row.place.organisation.name,
        self_found=row.self_found,
        planned_end_on=row.planned_end_on,
        resident_said=row.proposal.resident_said if row.proposal else "",
        stretches=tuple(stretches),
        may_end_with=outcomes_for(state, leaving) if leaving else (),
    )


def resident_of(viewer: Viewer, *, key: uuid.UUID) -> uuid.UUID | None:
    """Return the key of the resident that a placement is about; None when not for this viewer."""
    if not viewer.may(Permission.SEE_CASELOAD):
        return None
    rows = Placement.objects.visible_to(viewer).filter(key=key)
    return rows.values_list("pseudonym__key", flat=True).first()


def current_placements(
    viewer: Viewer, *, pseudonym_ids: Sequence[int]
) -> dict[int, list[CurrentPlacement]]:
    """Return what each of these people takes part in, is proposed or waits for, by pseudonym."""
    rows = Placement.objects.visible_to(viewer).filter(
        pseudonym_id__in=pseudonym_ids, state__in=NOT_OVER
    )
    found: dict[int, list[CurrentPlacement]] = {}
    for row in rows.select_related("place").order_by("pk"):
        card = CurrentPlacement(
            pseudonym_id=row.pseudonym_id,
            title=row.place.title,
            kind=PlaceKind(row.place.kind),
            state=PlacementState(row.state),
            place_id=row.place_id,
        )
        found.setdefault(row.pseudonym_id, []).append(card)
    return found


def guests(viewer: Viewer, *, state: PlacementState) -> Sequence[GuestCard]:
    """Return the people in this state at the viewer's organisation, longest first."""
    return _guest_cards(viewer, Q(state=state))


def guest(viewer: Viewer, *, key: uuid.UUID) -> GuestCard | None:
    """Return one person at the viewer's organisation; None when it is not one of theirs."""
    cards = _guest_cards(viewer, Q(placement__key=key))
    return cards[0] if cards else None


def _guest_cards(viewer: Viewer, wanted: Q) -> list[GuestCard]:
    if viewer.role not in AT_AN_ORGANISATION:
        return []
    rows = StatePeriod.objects.visible_to(viewer).filter(
        wanted, ends_on=STILL_OPEN, withdrawn=False
    )
    # The first name and the coach are all that a partner needs to know to welcome someone.
    found = list(
        rows.order_by("starts_on", "pk").values_list(
            "placement__pseudonym_id",
            "placement__place__organisation_id",
            "placement__key",
            "placement__pseudonym__resident__given_name",
            "placement__place__title",
            "placement__place__kind",
            "state",
            "starts_on",
            coach_name("placement__pseudonym_id"),
        )
    )
    numbers = client_numbers(viewer, pairs=[(person, at) for person, at, *_rest in found])
    return [
        GuestCard(
            key=key,
            given_name=given_name or "",
            client_number=numbers[person, at],
            title=title,
            kind=PlaceKind(kind),
            state=PlacementState(state),
            since=since,
            coach=coach or "",
        )
        for person, at, key, given_name, title, kind, state, since, coach in found
    ]
