"""What receivers answer: seen, yes, no, or somebody else.

The first yes counts: the row of the referral is held while one is taken, and the database refuses
a second one.
"""

import uuid
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.links.actions import demand_link, revoke_links, use_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.holding import Held, demand_not_placed, hold_ask
from meedoen.records.referrals.models import LINKS, Ask
from meedoen.records.referrals.sending import ask_all, receiver_faults
from meedoen.records.referrals.stepping import (
    Said,
    answer_ask,
    change_state,
    close_asks,
    follow_asks,
    refuse,
    too_late,
    word_faults,
    write_step,
)
from meedoen.rules.periods import add_months
from meedoen.rules.referrals.states import OPEN_ASKS, decline_reasons
from meedoen.rules.referrals.terms import due_after, terms_on
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    LinkPurpose,
    ReferralAbout,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    Theme,
    Urgency,
)

ACCEPTED, FORWARDED = "accepted", "forwarded"
"""What is kept with a link by which somebody said yes, or sent it on; for a no it is the reason."""
FURTHEST_MONTHS = 24
"""Who has no room for longer than this has another reason to say no."""


@action(Permission.ANSWER_REFERRAL)
def note_seen(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Note that a receiver opened a referral; once, and nothing when it was opened or answered."""
    held, ask = hold_ask(viewer, key)
    demand_link(viewer, purpose=LinkPurpose.ANSWER_REFERRAL, subject_ids={ask.pk})
    if ask.state != AskState.ASKED:
        return
    ask.seen_at = clock.now()
    answer_ask(viewer, ask, AskState.SEEN)
    today = clock.today()
    write_step(viewer, held.referral, ReferralEvent.SEEN, Said(on=today), ask)
    follow_asks(viewer, held, held.asks, today)


@action(Permission.ANSWER_REFERRAL)
def accept(viewer: Viewer, *, key: uuid.UUID, words: str = "") -> None:
    """Say yes for a receiver; the others hear that they need not answer any more.

    The same answer twice is kept once. Raises ActionRefusedError when another one was first.
    """
    held, ask = hold_ask(viewer, key)
    if ask.state == AskState.ACCEPTED:
        return
    _demand_open(ask)
    refuse(word_faults(words))
    use_link(viewer, purpose=LinkPurpose.ANSWER_REFERRAL, subject_id=ask.pk, answer=ACCEPTED)
    today = clock.today()
    theme, urgency = Theme(held.referral.theme), Urgency(held.referral.urgency)
    due = due_after(ReferralState.ACCEPTED, theme, urgency, today)
    # A new clock runs: when that is late too, the sender's team hears of it again.
    ask.escalated_on = None
    answer_ask(viewer, ask, AskState.ACCEPTED)
    write_step(
        viewer, held.referral, ReferralEvent.ACCEPTED, Said(on=today, words=words, due_on=due), ask
    )
    close_asks(viewer, held, AskState.OVERTAKEN, ReferralEvent.OVERTAKEN, today)
    follow_asks(viewer, held, held.asks, today)
    close_links(viewer, held.asks)


@action(Permission.ANSWER_REFERRAL)
def decline(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    reason: DeclineReason | None,
    words: str = "",
    full_until: date | None = None,
) -> None:
    """Say no for a receiver, and why; who is full says until when.

    When the person does not want it any more the referral stops, for every receiver. Raises
    ActionRefusedError with all that is wrong.
    """
    held, ask = hold_ask(viewer, key)
    _demand_open(ask)
    refuse([*_decline_faults(held, reason, full_until), *word_faults(words)])
    if reason is None:
        return
    use_link(viewer, purpose=LinkPurpose.ANSWER_REFERRAL, subject_id=ask.pk, answer=reason)
    today = clock.today()
    ask.full_until = full_until if reason is DeclineReason.FULL else None
    answer_ask(viewer, ask, AskState.DECLINED, reason=reason)
    said = Said(on=today, reason=reason, words=words)
    write_step(viewer, held.referral, ReferralEvent.DECLINED, said, ask)
    if reason is DeclineReason.RESIDENT_WITHDREW:
        _stop_for_withdrawal(viewer, held, today)
        return
    close_links(viewer, [ask])
    follow_asks(viewer, held, held.asks, today)


@action(Permission.ANSWER_REFERRAL)
def forward(
    viewer: Viewer, *, key: uuid.UUID, to: Receiver, told: bool = False, words: str = ""
) -> uuid.UUID:
    """Send a referral on to another receiver, who answers to the first sender; return its key.

    `told` says that the person knows of it. Raises ActionRefusedError with all that is wrong.
    """
    held, ask = hold_ask(viewer, key)
    if ask.state not in OPEN_ASKS | {AskState.ACCEPTED}:
        raise ActionRefusedError(too_late(AskState(ask.state)))
    demand_not_placed(held)
    today = clock.today()
    refuse([*_forward_faults(viewer, held, ask, to, told=told), *word_faults(words)])
    use_link(viewer, purpose=LinkPurpose.ANSWER_REFERRAL, subject_id=ask.pk, answer=FORWARDED)
    answer_ask(viewer, ask, AskState.FORWARDED)
    write_step(viewer, held.referral, ReferralEvent.FORWARDED, Said(on=today, words=words), ask)
    (onward,) = ask_all(viewer, held.referral, [to], today, forwarded_by=ask)
    follow_asks(viewer, held, (*held.asks, onward), today)
    close_links(viewer, [ask])
    return onward.key


def close_links(viewer: Viewer, asks: Sequence[Ask]) -> None:
    """Let the links of receivers hold no more; Meedoen itself does this, whoever acts."""
    system = Viewer.system(viewer.municipality_id)
    for ask in asks:
        for purpose in LINKS:
            revoke_links(system, purpose=purpose, subject_id=ask.pk)


def _demand_open(ask: Ask) -> None:
    if ask.state not in OPEN_ASKS:
        raise ActionRefusedError(too_late(AskState(ask.state)))


def _decline_faults(held: Held, reason: DeclineReason | None, full_until: date | None) -> list[str]:
    if reason is None:
        return [_("Kies waarom het niet kan.")]
    faults, row = [], held.referral
    # Of several receivers one that was told no name would else stop it for all of them.
    if reason not in decline_reasons(ReferralAbout(row.about), knows_who=not row.names_after_yes):
        faults.append(_("Deze reden past hier niet. Kies een andere reden."))
    if reason is DeclineReason.FULL:
        if full_until is None:
            faults.append(_("Vul in vanaf welke dag u weer plaats heeft."))
        elif full_until <= clock.today():
            faults.append(_("De dag waarop u weer plaats heeft, moet nog komen."))
        elif full_until > add_months(clock.today(), FURTHEST_MONTHS):
            faults.append(
                _("De dag waarop u weer plaats heeft, is hoogstens %(most)s maanden van nu.")
                % {"most": FURTHEST_MONTHS}
            )
    return faults


def _forward_faults(viewer: Viewer, held: Held, ask: Ask, to: Receiver, *, told: bool) -> list[str]:
    row, today = held.referral, clock.today()
    faults = receiver_faults(viewer, row, [to], today)
    asked = {(one.organisation_id, one.team_id) for one in held.asks}
    if (to.organisation_id, to.team_id) in asked:
        faults.append(_("Die is al gevraagd. Kies een ander, of zeg nee."))
    if ask.hop >= terms_on(Theme(row.theme), today).forwards:
        faults.append(_("Dit is al vaak doorgestuurd. Zeg nee: dan zoekt de afzender verder."))
    if row.names_after_yes and ask.state != AskState.ACCEPTED:
        faults.append(
            _("U weet nog niet over wie het gaat. Zeg nee: dan zoekt de afzender verder.")
        )
    elif row.about != ReferralAbout.QUESTION and not told:
        faults.append(_("Overleg eerst met de inwoner, en vink aan dat u dat deed."))
    return faults


def _stop_for_withdrawal(viewer: Viewer, held: Held, on: date) -> None:
    close_asks(viewer, held, AskState.CALLED_BACK, ReferralEvent.REVOKED, on)
    close_links(viewer, held.asks)
    outcome = ReferralOutcome.RESIDENT_STOPPED
    change_state(held.referral, ReferralState.STOPPED, on, outcome)
    held.referral.save()
    write_step(viewer, held.referral, ReferralEvent.STOPPED, Said(on=on, outcome=outcome))
