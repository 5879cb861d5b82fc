"""What was refused for someone, and what organisations get to know of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.proposals.models import PlaceMessage, Refusal
from meedoen.rules.vocabulary import Preference, RefusalReason, RefusalSide

MOST_MESSAGES = 200


@dataclass(frozen=True, slots=True)
class RefusalCard:
    """A suggestion that was refused; `paused_until` is None when it may be offered at once."""

    title: str
    organisation: str
    side: RefusalSide
    reason: RefusalReason
    preference: Preference
    resident_said: str
    paused_until: date | None
    ask_again: bool
    told_place: bool
    was_chosen: bool
    on: date
    who: str


@dataclass(frozen=True, slots=True)
class MessageCard:
    """Somebody turned a place of the own organisation down, in a month; never who."""

    message_id: int
    place_id: int
    place_key: uuid.UUID
    title: str
    reason: RefusalReason
    month: date


def refusals_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[RefusalCard]:
    """Return what was refused for someone, newest first."""
    rows = Refusal.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    rows = rows.select_related("place__organisation", "refused_by__account").order_by("-pk")
    return [
        RefusalCard(
            title=row.place.title,
            organisation=row.place.organisation.name,
            side=RefusalSide(row.side),
            reason=RefusalReason(row.reason),
            preference=Preference(row.preference),
            resident_said=row.resident_said,
            paused_until=row.paused_until,
            ask_again=row.ask_again,
            told_place=row.told_place,
            was_chosen=row.was_chosen,
            on=timezone.localdate(row.refused_at),
            who=row.refused_by.account.name if row.refused_by else "",
        )
        for row in rows
    ]


def messages_to_see(viewer: Viewer) -> Sequence[MessageCard]:
    """Return what the viewer's organisation did not see yet of refusals, newest first."""
    if not viewer.may(Permission.ANSWER_FRESHNESS):
        return []
    rows = PlaceMessage.objects.visible_to(viewer).filter(seen_at=None).select_related("place")
    return [
        MessageCard(
            message_id=row.pk,
            place_id=row.place_id,
            place_key=row.place.key,
            title=row.place.title,
            reason=RefusalReason(row.reason),
            month=row.month,
        )
        for row in rows.order_by("-pk")[:MOST_MESSAGES]
    ]
