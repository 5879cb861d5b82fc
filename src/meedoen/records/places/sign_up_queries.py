"""People who would like to come to a place, for the organisation that answers them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.models import SignUp
from meedoen.rules.vocabulary import SignUpState


@dataclass(frozen=True, slots=True)
class SignUpCard:
    """Somebody who showed interest in a place, in their own words; gone after `keep_until`."""

    key: uuid.UUID
    place: str
    place_key: uuid.UUID
    name: str
    contact: str
    message: str
    made_at: datetime
    state: SignUpState
    handled_at: datetime | None
    keep_until: date


def sign_ups(viewer: Viewer) -> Sequence[SignUpCard]:
    """Return who showed interest in places of the own organisation: new ones first, oldest first.

    What is closed is left out. Who holds a link is asked about one, and gets no list.
    """
    if viewer.link_id is not None:
        return []
    order = {SignUpState.NEW: 0, SignUpState.CONTACTED: 1}
    cards = [_card(row) for row in _rows(viewer).exclude(state=SignUpState.CLOSED)]
    return sorted(cards, key=lambda card: (order[card.state], card.made_at))


def sign_up(viewer: Viewer, *, key: uuid.UUID) -> SignUpCard | None:
    """Return one of them; None when it is not there for this viewer."""
    row = _rows(viewer).filter(key=key).first()
    return None if row is None else _card(row)


def _rows(viewer: Viewer) -> QuerySet[SignUp]:
    rows = SignUp.objects.visible_to(viewer).select_related("place")
    return rows if viewer.may(Permission.ANSWER_SIGN_UPS) else rows.none()


def _card(row: SignUp) -> SignUpCard:
    return SignUpCard(
        key=row.key,
        place=row.place.title,
        place_key=row.place.key,
        name=row.name,
        contact=row.contact,
        message=row.message,
        made_at=row.made_at,
        state=SignUpState(row.state),
        handled_at=row.handled_at,
        keep_until=row.keep_until,
    )
