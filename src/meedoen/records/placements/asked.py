"""What somebody with a link sees of a placement, and what they tell of it."""

import uuid
from dataclasses import dataclass
from datetime import date

from meedoen.records.links.actions import use_link
from meedoen.records.links.opening import HeldLink
from meedoen.records.links.state import LinkProblem
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.actions import confirm_start
from meedoen.records.placements.models import Placement
from meedoen.records.placements.queries import guest
from meedoen.records.places.owners import asked_at
from meedoen.rules.vocabulary import LinkPurpose, PlacementState


@dataclass(frozen=True, slots=True)
class AskedStart:
    """Somebody whose first day is asked: a first name, the place, and since when it is proposed."""

    placement_id: int
    key: uuid.UUID
    given_name: str
    title: str
    proposed_on: date
    coach: str


def asked_start(held: HeldLink) -> AskedStart | LinkProblem:
    """Return the start that a link asks about, or why it cannot be told any more."""
    if not is_asked_there(held):
        return LinkProblem.OWNER_CHANGED
    row = Placement.objects.visible_to(held.viewer).filter(pk=held.subject_id).first()
    card = guest(held.viewer, key=row.key) if row else None
    if row is None or card is None or card.state is not PlacementState.PROPOSED:
        return LinkProblem.SUBJECT_OVER
    return AskedStart(
        placement_id=row.pk,
        key=row.key,
        given_name=card.given_name,
        title=card.title,
        proposed_on=card.since,
        coach=card.coach,
    )


def is_asked_there(held: HeldLink) -> bool:
    """Return whether who got the link is still the one to ask at the organisation."""
    organisation_id = held.organisation_id
    asked = asked_at(held.viewer, organisation_ids={organisation_id}).get(organisation_id)
    return asked is not None and asked.email.lower() == held.recipient.lower()


@action(Permission.CONFIRM_PLACEMENT)
def confirm_start_with_link(viewer: Viewer, *, placement_id: int, started_on: date) -> None:
    """Record the first day of a placement and use up the link, both or neither.

    Raises ActionRefusedError.
    """
    use_link(
        viewer,
        purpose=LinkPurpose.CONFIRM_START,
        subject_id=placement_id,
        answer=started_on.isoformat(),
    )
    keys = Placement.objects.visible_to(viewer).values_list("key", flat=True)
    confirm_start(viewer, key=keys.get(pk=placement_id), started_on=started_on)
