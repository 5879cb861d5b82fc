"""Refusing a place of a list, also late: what was chosen is then taken back."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.actions import Change, withdraw_all
from meedoen.records.placements.models import Placement
from meedoen.records.proposals.actions import held_proposal
from meedoen.records.proposals.refusals import NewRefusal, note_refusal
from meedoen.rules.places.refusals import refusal_rules
from meedoen.rules.vocabulary import Outcome, PlacementState, RefusalSide

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
    if placement.state != PlacementState.PROPOSED:
        raise ActionRefusedError(
            _("De inwoner is hier al begonnen. Stop de plaatsing in plaats van af te zien.")
        )
    today = clock.today()
    outcome = OUTCOMES[refusal_rules(refusal.reason, today).side]
    withdraw_all(viewer, changes=[Change(placement_id=placement.pk, on=today, outcome=outcome)])
