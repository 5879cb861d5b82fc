"""Refusing a place of a list, also late: what was chosen is then taken back."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.actions import withdraw_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.records.proposals.actions import held_proposal
from meedoen.records.proposals.refusals import NewRefusal, note_refusal
from meedoen.rules.placement_states import NOT_OVER, TAKES_PART
from meedoen.rules.places.refusals import refusal_rules
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState, RefusalReason, RefusalSide

REASONS: Mapping[RefusalReason, MoveReason] = {
    RefusalReason.DOES_NOT_APPEAL: MoveReason.NOT_WHAT_WAS_EXPECTED,
    RefusalReason.WANTS_OTHER_KIND: MoveReason.NOT_WHAT_WAS_EXPECTED,
    RefusalReason.TOO_FAR_AWAY: MoveReason.TIMES_OR_TRAVEL,
    RefusalReason.TIMES_DO_NOT_SUIT: MoveReason.TIMES_OR_TRAVEL,
    RefusalReason.ASKS_TOO_MUCH: MoveReason.ASKS_TOO_MUCH,
    RefusalReason.NOT_READY_YET: MoveReason.OTHER_STEP_FIRST,
    RefusalReason.BAD_EXPERIENCE: MoveReason.NOT_WHAT_WAS_EXPECTED,
    RefusalReason.COSTS_TOO_MUCH: MoveReason.GAVE_NO_REASON,
    RefusalReason.NO_ROOM_AFTER_ALL: MoveReason.NO_ROOM_AFTER_ALL,
    RefusalReason.PLACE_IS_DIFFERENT: MoveReason.DID_NOT_WORK_OUT,
    RefusalReason.NO_REPLY_FROM_PLACE: MoveReason.GAVE_NO_REASON,
    RefusalReason.PLACE_SEES_NO_FIT: MoveReason.DID_NOT_WORK_OUT,
    RefusalReason.OTHER_STEP_FIRST: MoveReason.OTHER_STEP_FIRST,
    RefusalReason.TAKES_PAID_WORK_AWAY: MoveReason.NOT_ADDITIONAL_WORK,
    RefusalReason.NOT_SAFE: MoveReason.NOT_SAFE,
    RefusalReason.OTHER_AGREEMENT: MoveReason.OTHER_STEP_FIRST,
}
"""The refusal keeps its own, finer word; this is what the placement says of it."""

OUTCOMES: Mapping[RefusalSide, Outcome] = {
    RefusalSide.RESIDENT: Outcome.STOPPED_BY_RESIDENT,
    RefusalSide.PLACE: Outcome.STOPPED_BY_PARTNER,
    RefusalSide.MUNICIPALITY: Outcome.STOPPED_BY_MUNICIPALITY,
}


@action(Permission.PLACE_RESIDENT)
def refuse_place(viewer: Viewer, *, refusal: NewRefusal) -> bool:
    """Write down that a place of a list does not come to be; return whether it had been chosen.

    Somebody who was proposed there, and did not begin, gives the seat back. Raises
    ActionRefusedError, also when the person began already: then a placement ends.
    """
    row = held_proposal(viewer, key=refusal.key)
    if row.chosen_place_id == refusal.place_id:
        _take_back(viewer, row.pk, refusal)
    return note_refusal(viewer, refusal=refusal)


def _take_back(viewer: Viewer, proposal_id: int, refusal: NewRefusal) -> None:
    placement = Placement.objects.visible_to(viewer).filter(proposal_id=proposal_id).first()
    if placement is None or placement.state == PlacementState.WITHDRAWN:
        return
    if placement.state not in NOT_OVER - TAKES_PART:
        raise ActionRefusedError(
            _("De inwoner is hier al begonnen. Stop de plaatsing in plaats van af te zien.")
        )
    today = clock.today()
    outcome = OUTCOMES[refusal_rules(refusal.reason, today).side]
    reason = REASONS[refusal.reason]
    change = Change(placement_id=placement.pk, on=today, outcome=outcome, reason=reason)
    withdraw_all(viewer, changes=[change])
