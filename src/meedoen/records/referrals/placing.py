"""A referral that becomes a placement: one chain, without typing anything again."""

import uuid
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.referrals.answers import close_links
from meedoen.records.referrals.apart import each_referral
from meedoen.records.referrals.drafts import facts_of
from meedoen.records.referrals.holding import Held, hold_referral
from meedoen.records.referrals.models import ReferralPlacement, SharedFacts
from meedoen.records.referrals.stepping import Said, change_state, write_step
from meedoen.records.sharing.actions import NewSharing, allow_sharing_all
from meedoen.rules.placement_states import TAKES_PART, is_final
from meedoen.rules.referrals.states import WITH_ACCEPTOR
from meedoen.rules.vocabulary import (
    LegalGround,
    LegalTask,
    ObtainedHow,
    Outcome,
    PlacementState,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    Shared,
)

_OUTCOMES: dict[str, ReferralOutcome] = {
    Outcome.STOPPED_BY_RESIDENT: ReferralOutcome.RESIDENT_STOPPED,
    Outcome.MOVED_AWAY: ReferralOutcome.MOVED_AWAY,
    Outcome.DIED: ReferralOutcome.DIED,
}


@action(Permission.PLACE_RESIDENT)
def place_from_referral(
    viewer: Viewer, *, key: uuid.UUID, place_id: int | None = None, text_version: str
) -> int:
    """Propose somebody at the place that said yes, and return the id of the placement.

    What was told with the referral may be told from now on, on the same ground, under the version
    of the text that explains sharing. `place_id` is for a referral that names no place. Raises
    ActionRefusedError; PlaceFullError when the place has no room.
    """
    held = hold_referral(viewer, key)
    person, acceptor = held.referral.pseudonym_id, held.acceptor
    if person is None:
        raise ActionRefusedError(_("Deze verwijzing gaat niet over een inwoner met een dossier."))
    if acceptor is None or held.state not in WITH_ACCEPTOR:
        raise ActionRefusedError(_("Er is nog geen ja. Wacht op het antwoord."))
    if ReferralPlacement.objects.visible_to(viewer).filter(referral=held.referral).exists():
        raise ActionRefusedError(_("Van deze verwijzing is al een plaatsing gemaakt."))
    where = place_id if acceptor.place_id is None else acceptor.place_id
    if where is None:
        raise ActionRefusedError(_("Kies om welke plek het gaat."))
    today = clock.today()
    (placement_id,) = place_all(
        viewer,
        placements=[NewPlacement(pseudonym_id=person, place_id=where, proposed_on=today)],
    )
    placed = Placement.objects.visible_to(viewer).select_related("place").get(pk=placement_id)
    if placed.place.organisation_id != acceptor.organisation_id:
        raise ActionRefusedError(_("Deze plek is niet van de organisatie die ja zei."))
    ReferralPlacement.objects.create(
        municipality_id=viewer.municipality_id,
        referral=held.referral,
        placement_id=placement_id,
    )
    _keep_told(viewer, held, text_version)
    write_step(viewer, held.referral, ReferralEvent.PLACED, Said(on=today), acceptor)
    return placement_id


@action(Permission.ANSWER_REFERRAL)
def follow_placements(viewer: Viewer) -> int:
    """Close the referrals whose placement began or came to nothing; return how many.

    Who confirms that somebody began has told all that the sender asks.
    """
    rows = ReferralPlacement.objects.visible_to(viewer).filter(
        referral__state__in=sorted(WITH_ACCEPTOR), placement__state__in=sorted(_TOLD)
    )
    keys = rows.order_by("referral_id").values_list("referral__key", flat=True)
    return each_referral(viewer, list(keys), lambda held: _follow(viewer, held))


_TOLD = TAKES_PART | {state for state in PlacementState if is_final(state)}


def _follow(viewer: Viewer, held: Held) -> int:
    acceptor = held.acceptor
    if acceptor is None or held.state not in WITH_ACCEPTOR:
        return 0
    rows = ReferralPlacement.objects.visible_to(viewer).select_related("placement")
    placement = rows.get(referral=held.referral).placement
    today = clock.today()
    if placement.state in TAKES_PART or placement.outcome == Outcome.GOAL_REACHED:
        to, outcome, event = ReferralState.DONE, ReferralOutcome.TAKES_PART, ReferralEvent.DONE
    else:
        outcome = _OUTCOMES.get(placement.outcome, ReferralOutcome.DID_NOT_FIT)
        to, event = ReferralState.STOPPED, ReferralEvent.STOPPED
    change_state(held.referral, to, today, outcome)
    held.referral.save()
    close_links(viewer, held.asks)
    write_step(viewer, held.referral, event, Said(on=today, outcome=outcome), acceptor)
    return 1


def _keep_told(viewer: Viewer, held: Held, text_version: str) -> None:
    """Let what was told be told further on, as the sharing that the file shows."""
    rows = SharedFacts.objects.visible_to(viewer).filter(
        referral=held.referral, round=held.referral.round
    )
    told, acceptor = rows.first(), held.acceptor
    if told is None or acceptor is None or acceptor.organisation_id is None or not facts_of(told):
        return
    person = held.referral.pseudonym_id
    if person is None or not told.what:
        return
    allow_sharing_all(
        viewer,
        sharings=[
            NewSharing(
                pseudonym_id=person,
                organisation_id=acceptor.organisation_id,
                what=frozenset(Shared(word) for word in told.what),
                legal_task=LegalTask(told.legal_task),
                ground=LegalGround(told.ground),
                explanation=told.explanation,
                text_version=text_version,
                told_how=ObtainedHow(told.told_how),
                starts_on=_first_day(told),
            )
        ],
    )


def _first_day(told: SharedFacts) -> date:
    return min(told.told_on or clock.today(), clock.today())
