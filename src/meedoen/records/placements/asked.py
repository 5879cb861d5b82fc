"""What somebody with a link sees of a placement, and what they tell of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.records.links.actions import use_link
from meedoen.records.links.opening import HeldLink
from meedoen.records.links.state import LinkProblem
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.actions import confirm_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.month_actions import NewMonth, confirm_months
from meedoen.records.placements.month_queries import MonthLine, months_to_confirm
from meedoen.records.placements.moving import Change
from meedoen.records.placements.queries import guest
from meedoen.records.placements.report_actions import report
from meedoen.records.places.owners import asked_at
from meedoen.rules.placement_states import BEFORE_START
from meedoen.rules.vocabulary import (
    LinkPurpose,
    MoveReason,
    PartnerReportKind,
    PlacementState,
)

NOT_COMING = "not_coming"
"""What is kept with a link by which somebody told that nothing comes of it."""


@dataclass(frozen=True, slots=True)
class AskedStart:
    """Somebody who is to begin: a first name, the place, and where it stands since which day."""

    placement_id: int
    key: uuid.UUID
    given_name: str
    title: str
    state: PlacementState
    since: date
    coach: str


def asked_start(held: HeldLink) -> AskedStart | LinkProblem:
    """Return the start that a link asks about, or why it cannot be told any more."""
    if not is_asked_there(held):
        return LinkProblem.OWNER_CHANGED
    row = Placement.objects.visible_to(held.viewer).filter(pk=held.subject_id).first()
    card = guest(held.viewer, key=row.key) if row else None
    if row is None or card is None or card.state not in BEFORE_START:
        return LinkProblem.SUBJECT_OVER
    return AskedStart(
        placement_id=row.pk,
        key=row.key,
        given_name=card.given_name,
        title=card.title,
        state=card.state,
        since=card.since,
        coach=card.coach,
    )


@dataclass(frozen=True, slots=True)
class AskedMonth:
    """The people about whom a month is asked; `month` is its first day."""

    month: date
    lines: Sequence[MonthLine]


def asked_month(held: HeldLink) -> AskedMonth | LinkProblem:
    """Return the month that a link asks about, or why it cannot be told any more."""
    if not is_asked_there(held):
        return LinkProblem.OWNER_CHANGED
    lines = months_to_confirm(held.viewer)
    if not lines or lines[0].month.isoformat() != held.about.get("month"):
        return LinkProblem.SUBJECT_OVER
    return AskedMonth(month=lines[0].month, lines=lines)


def is_asked_there(held: HeldLink) -> bool:
    """Return whether who got the link is still the one to ask at the organisation."""
    organisation_id = held.organisation_id
    asked = asked_at(held.viewer, organisation_ids={organisation_id}).get(organisation_id)
    return asked is not None and asked.email.lower() == held.recipient.lower()


@action(Permission.CONFIRM_PLACEMENT)
def confirm_with_link(viewer: Viewer, *, placement_id: int, to: PlacementState, on: date) -> None:
    """Record that people met, or the first day of a placement, which uses up the link.

    Who met tells the first day with the same link later. Raises ActionRefusedError, and then
    nothing is kept.
    """
    if to is not PlacementState.INTRODUCED:
        _use_start(viewer, placement_id, f"{to.value} {on.isoformat()}")
    confirm_all(viewer, changes=[Change(placement_id=placement_id, on=on)], to=to)


@action(Permission.CONFIRM_PLACEMENT)
def tell_not_coming_with_link(
    viewer: Viewer, *, placement_id: int, reason: MoveReason | None, text: str
) -> None:
    """Tell the coach that nothing comes of a placement, and use up the link, both or neither.

    The coach decides. Raises ActionRefusedError.
    """
    _use_start(viewer, placement_id, NOT_COMING)
    keys = Placement.objects.visible_to(viewer).values_list("key", flat=True)
    report(
        viewer,
        key=keys.get(pk=placement_id),
        kind=PartnerReportKind.PROPOSES_END,
        text=text,
        reason=reason,
    )


def _use_start(viewer: Viewer, placement_id: int, answer: str) -> None:
    use_link(viewer, purpose=LinkPurpose.CONFIRM_START, subject_id=placement_id, answer=answer)


@action(Permission.CONFIRM_PLACEMENT)
def confirm_months_with_link(
    viewer: Viewer, *, organisation_id: int, answers: Sequence[NewMonth]
) -> None:
    """Keep how a month went and use up the link, both or neither.

    Raises ActionRefusedError.
    """
    use_link(
        viewer,
        purpose=LinkPurpose.CONFIRM_MONTH,
        subject_id=organisation_id,
        answer=str(len(answers)),
    )
    confirm_months(viewer, answers=answers)
