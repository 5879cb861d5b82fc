"""Since when people have the seats that they have: so that who waits for a second one is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import StatePeriod
from meedoen.rules.placement_states import HOLDS_A_SEAT, NOT_OVER
from meedoen.rules.vocabulary import EntryKind, PlacementState


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody holds a seat of a kind since a day, and when that was first written down."""

    pseudonym_id: int
    placement_id: int
    kind: str
    since: date
    recorded_at: datetime


def seats_got(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[tuple[int, str], list[Seat]]:
    """Return the seats that these people hold now, by person and kind: one question for all.

    Whoever waited again after a seat got a new one when they came off the list.
    """
    rows = StatePeriod.objects.visible_to(viewer).filter(
        placement__pseudonym_id__in=pseudonym_ids,
        placement__state__in=HOLDS_A_SEAT,
        state__in=NOT_OVER,
    )
    # What lasted no day counts too, but what was not so at all does not.
    that_was_so = rows.exclude(withdrawn=True, ends_on=STILL_OPEN)
    in_order = that_was_so.annotate(first_said=_first_said(viewer)).order_by(
        "placement_id", "starts_on", "pk"
    )
    found: dict[int, Seat] = {}
    for state, *of_seat in in_order.values_list(
        "state",
        "placement__pseudonym_id",
        "placement_id",
        "placement__place__kind",
        "starts_on",
        "first_said",
    ):
        seat = Seat(*of_seat)
        if state == PlacementState.WAITING:
            found.pop(seat.placement_id, None)
        else:
            found.setdefault(seat.placement_id, seat)
    by_kind: dict[tuple[int, str], list[Seat]] = {}
    for seat in found.values():
        by_kind.setdefault((seat.pseudonym_id, seat.kind), []).append(seat)
    return by_kind


def _first_said(viewer: Viewer) -> Subquery:
    """Return when a stretch was first written down; what changed later replaced its entry."""
    entries = Entry.objects.visible_to(viewer).filter(
        kind=EntryKind.PLACEMENT,
        pseudonym_id=OuterRef("entry__pseudonym_id"),
        organisation_id=OuterRef("entry__organisation_id"),
        place_kind=OuterRef("entry__place_kind"),
        state=OuterRef("state"),
        starts_on=OuterRef("starts_on"),
    )
    return Subquery(entries.order_by("recorded_at").values("recorded_at")[:1])
