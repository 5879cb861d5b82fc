"""What a resident does with referrals about themself: send what they ask, and withdraw.

What a resident asks is told on the ground of consent: they chose each thing themself, nothing is
ticked beforehand, and withdrawing ends it without any disadvantage (AVG, articles 4(11) and 7(3)).
"""

import uuid

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.referrals.course import stop_now, take_back
from meedoen.records.referrals.drafts import empty_facts, told_next
from meedoen.records.referrals.holding import Held, demand_sender, hold_referral
from meedoen.records.referrals.sending import send_referral
from meedoen.records.referrals.stepping import (
    Said,
    change_state,
    refuse,
    word_faults,
    write_step,
)
from meedoen.rules.referrals.states import AWAITS_ANSWER, WITH_SENDER
from meedoen.rules.vocabulary import (
    ObtainedHow,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
)


@action(Permission.REFER)
def send_own(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Send what a resident asks: who presses the button saw what is read, and wants this help.

    Raises ActionRefusedError with all that is missing.
    """
    held = _hold_own(viewer, key)
    demand_sender(viewer, held)
    told = told_next(viewer, held)
    if held.state in WITH_SENDER and told is not None:
        today = clock.today()
        told.told_how, told.told_on = ObtainedHow.SIGNED_IN, today
        told.save(update_fields=["told_how", "told_on"])
        held.referral.agreed_how, held.referral.agreed_on = ObtainedHow.SIGNED_IN, today
        held.referral.save(update_fields=["agreed_how", "agreed_on"])
    send_referral(viewer, key=key)


@action(Permission.REFER)
def withdraw_own(viewer: Viewer, *, key: uuid.UUID, words: str = "") -> None:
    """Let a resident withdraw from a referral, whoever wrote it and however far it is.

    Receivers that did not answer read that they need not; who said yes reads that it stopped. What
    was not sent yet is thrown away, and emptied. The same twice is kept once. Raises
    ActionRefusedError.
    """
    held = _hold_own(viewer, key)
    if held.state in {ReferralState.REVOKED, ReferralState.STOPPED}:
        return
    faults = word_faults(words)
    if held.state is ReferralState.DONE:
        faults.append(_("Dit is al klaar. U hoeft niets meer te doen."))
    refuse(faults)
    if held.state is ReferralState.DRAFT:
        _throw_away(viewer, held, words)
    elif held.state in AWAITS_ANSWER:
        take_back(viewer, held, RevokeReason.RESIDENT_WITHDREW, words)
    else:
        stop_now(viewer, held, ReferralOutcome.RESIDENT_STOPPED, words)


def _hold_own(viewer: Viewer, key: uuid.UUID) -> Held:
    """Return a referral about the viewer, held. Raises ActionRefusedError for anybody else."""
    if viewer.role != Role.RESIDENT:
        raise ActionRefusedError(_("Alleen de inwoner zelf kan dit doen."))
    return hold_referral(viewer, key)


def _throw_away(viewer: Viewer, held: Held, words: str) -> None:
    today = clock.today()
    change_state(held.referral, ReferralState.REVOKED, today)
    held.referral.save()
    empty_facts(viewer, [held.referral.pk])
    said = Said(on=today, reason=RevokeReason.RESIDENT_WITHDREW, words=words)
    write_step(viewer, held.referral, ReferralEvent.REVOKED, said)
