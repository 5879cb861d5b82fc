"""What becomes of a referral after a yes, and how the sender ends it.

Who said yes tells in a word what came of it; that is what the sender and the person read.
"""

import uuid
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.links.actions import demand_link, use_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import COACHES, Permission, Role, Viewer
from meedoen.records.referrals.answers import close_links
from meedoen.records.referrals.holding import (
    Held,
    demand_not_placed,
    demand_sender,
    hold_ask,
    hold_referral,
)
from meedoen.records.referrals.models import Ask, ReferralStep
from meedoen.records.referrals.stepping import (
    Said,
    answer_ask,
    change_state,
    close_asks,
    follow_asks,
    refuse,
    word_faults,
    write_step,
)
from meedoen.rules.referrals.states import (
    AWAITS_ANSWER,
    WITH_ACCEPTOR,
    outcomes_when_done,
    outcomes_when_stopped,
)
from meedoen.rules.vocabulary import (
    AskState,
    HandBackReason,
    LinkPurpose,
    ReferralAbout,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
)

STARTED = "started"
"""What is kept with a link by which somebody told that it began."""
GIVEN_BACK_BY_HAND = (
    HandBackReason.NO_ROOM_AFTER_ALL,
    HandBackReason.DOES_NOT_FIT_AFTER_ALL,
    HandBackReason.NO_CONTACT,
)
TAKEN_BACK_BY_HAND = (
    RevokeReason.SENT_BY_MISTAKE,
    RevokeReason.OTHER_SOLUTION,
    RevokeReason.NO_LONGER_NEEDED,
    RevokeReason.RESIDENT_WITHDREW,
)


@action(Permission.ANSWER_REFERRAL)
def start(viewer: Viewer, *, key: uuid.UUID, on: date, words: str = "") -> None:
    """Say for who said yes that it began on a day. Raises ActionRefusedError."""
    held, ask = _accepted(viewer, key)
    if held.state is ReferralState.STARTED:
        return
    refuse([*_day_faults(ask, on), *word_faults(words)])
    _use_link(viewer, ask, STARTED)
    change_state(held.referral, ReferralState.STARTED, clock.today())
    held.referral.save()
    # A new clock runs: when that is late too, the sender's team hears of it again.
    ask.escalated_on = None
    ask.save(update_fields=["escalated_on"])
    said = Said(on=on, words=words, due_on=held.referral.due_on)
    write_step(viewer, held.referral, ReferralEvent.STARTED, said, ask)


@action(Permission.ANSWER_REFERRAL)
def finish(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    on: date,
    outcome: ReferralOutcome | None,
    words: str = "",
) -> None:
    """Say for who said yes what came of it, when it did what was asked. Raises ActionRefusedError.

    The same twice is kept once.
    """
    _close(viewer, key, ReferralState.DONE, on, outcome, words)


@action(Permission.ANSWER_REFERRAL)
def stop(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    on: date,
    outcome: ReferralOutcome | None,
    words: str = "",
) -> None:
    """Say for who said yes that it stopped without what was asked. Raises ActionRefusedError."""
    _close(viewer, key, ReferralState.STOPPED, on, outcome, words)


@action(Permission.ANSWER_REFERRAL)
def hand_back(
    viewer: Viewer, *, key: uuid.UUID, reason: HandBackReason | None, words: str = ""
) -> None:
    """Give a referral back that was accepted, before it began. Raises ActionRefusedError."""
    held, ask = _accepted(viewer, key)
    faults = word_faults(words)
    if reason not in GIVEN_BACK_BY_HAND:
        faults.append(_("Kies waarom u de verwijzing teruggeeft."))
    if held.state is ReferralState.STARTED:
        faults.append(_("Het is al begonnen. Vertel dan wat ervan kwam, ook als het stopte."))
    refuse(faults)
    _use_link(viewer, ask, reason or "")
    give_back(viewer, held, ask, AskState.HANDED_BACK, reason or "", words)


def give_back(
    viewer: Viewer, held: Held, ask: Ask, to: AskState, reason: str, words: str = ""
) -> None:
    """Let a referral go back to the sender from one receiver, in the transaction of an action."""
    event = ReferralEvent.LAPSED if to is AskState.LAPSED else ReferralEvent.HANDED_BACK
    today = clock.today()
    answer_ask(viewer, ask, to, reason=reason)
    write_step(viewer, held.referral, event, Said(on=today, reason=reason, words=words), ask)
    close_links(viewer, [ask])
    follow_asks(viewer, held, held.asks, today)


@action(Permission.REFER)
def revoke(viewer: Viewer, *, key: uuid.UUID, reason: RevokeReason | None, words: str = "") -> None:
    """Take a referral back before anybody said yes; receivers hear that they need not answer.

    After a yes it is stopped instead, with the receiver: see `stop_as_sender`. Raises
    ActionRefusedError.
    """
    held = hold_referral(viewer, key)
    _demand_sender_or_person(viewer, held)
    if held.state is ReferralState.REVOKED:
        return
    faults = word_faults(words)
    if reason not in TAKEN_BACK_BY_HAND:
        faults.append(_("Kies waarom u de verwijzing terugneemt."))
    if held.state in WITH_ACCEPTOR:
        faults.append(_("Er is al ja gezegd. Overleg met de ontvanger, en kies dan “Stoppen”."))
    elif held.state not in AWAITS_ANSWER:
        faults.append(_("Er staat geen vraag meer open. Stuur de verwijzing opnieuw, of stop."))
    refuse(faults)
    take_back(viewer, held, reason or "", words)


def take_back(viewer: Viewer, held: Held, reason: str, words: str = "") -> None:
    """Let an unanswered referral end as taken back, in the transaction of an action."""
    today = clock.today()
    close_asks(viewer, held, AskState.CALLED_BACK, ReferralEvent.REVOKED, today)
    close_links(viewer, held.asks)
    change_state(held.referral, ReferralState.REVOKED, today)
    held.referral.save()
    said = Said(on=today, reason=reason, words=words)
    write_step(viewer, held.referral, ReferralEvent.REVOKED, said)


@action(Permission.REFER)
def stop_as_sender(
    viewer: Viewer, *, key: uuid.UUID, outcome: ReferralOutcome | None, words: str = ""
) -> None:
    """Stop a referral that came back, or that a receiver said yes to, and say how it ended.

    The receiver who said yes reads that it stopped. Raises ActionRefusedError.
    """
    held = hold_referral(viewer, key)
    _demand_sender_or_person(viewer, held)
    if held.state is ReferralState.STOPPED:
        return
    faults = word_faults(words)
    about = ReferralAbout(held.referral.about)
    if outcome not in outcomes_when_stopped(about, by_sender=True):
        faults.append(_("Kies hoe het afliep."))
    if held.state in AWAITS_ANSWER or held.state is ReferralState.DRAFT:
        faults.append(_("Er is nog geen antwoord. Neem de verwijzing terug."))
    refuse(faults)
    demand_not_placed(held)
    stop_now(viewer, held, outcome, words)


def stop_now(viewer: Viewer, held: Held, outcome: ReferralOutcome | None, words: str = "") -> None:
    """Stop a referral from the side of the sender, in the transaction of an action."""
    today = clock.today()
    change_state(held.referral, ReferralState.STOPPED, today, outcome)
    held.referral.save()
    close_links(viewer, held.asks)
    said = Said(on=today, outcome=outcome, words=words)
    write_step(viewer, held.referral, ReferralEvent.STOPPED, said)


def _close(
    viewer: Viewer,
    key: uuid.UUID,
    to: ReferralState,
    on: date,
    outcome: ReferralOutcome | None,
    words: str,
) -> None:
    held, ask = _accepted(viewer, key)
    if held.state is to and held.referral.outcome == outcome:
        return
    about = ReferralAbout(held.referral.about)
    done = to is ReferralState.DONE
    fitting = outcomes_when_done(about) if done else outcomes_when_stopped(about, by_sender=False)
    faults = [*_day_faults(ask, on), *word_faults(words)]
    if outcome not in fitting:
        faults.append(_("Kies wat ervan kwam."))
    refuse(faults)
    _use_link(viewer, ask, outcome or "")
    change_state(held.referral, to, on, outcome)
    held.referral.save()
    close_links(viewer, held.asks)
    event = ReferralEvent.DONE if done else ReferralEvent.STOPPED
    write_step(viewer, held.referral, event, Said(on=on, outcome=outcome, words=words), ask)


def _accepted(viewer: Viewer, key: uuid.UUID) -> tuple[Held, Ask]:
    held, ask = hold_ask(viewer, key)
    demand_link(viewer, purpose=LinkPurpose.TELL_REFERRAL, subject_ids={ask.pk})
    if ask.state != AskState.ACCEPTED:
        raise ActionRefusedError(_("Zeg eerst ja tegen deze verwijzing."))
    if held.state in WITH_ACCEPTOR:
        demand_not_placed(held)
    return held, ask


def _use_link(viewer: Viewer, ask: Ask, answer: str) -> None:
    use_link(viewer, purpose=LinkPurpose.TELL_REFERRAL, subject_id=ask.pk, answer=answer)


def _day_faults(ask: Ask, on: date) -> list[str]:
    """Return what is wrong with a day: still to come, before the question, before it began."""
    if on > clock.today():
        return [_("De datum ligt in de toekomst. Vul de dag in waarop het was.")]
    if on < ask.asked_on:
        return [
            _("De datum ligt voor %(day)s, de dag van de verwijzing. Kies een latere dag.")
            % {"day": ask.asked_on.strftime("%d-%m-%Y")}
        ]
    began_on = _began_on(ask)
    if began_on is not None and on < began_on:
        return [
            _("De datum ligt voor %(day)s, de dag waarop het begon. Kies een latere dag.")
            % {"day": began_on.strftime("%d-%m-%Y")}
        ]
    return []


def _began_on(ask: Ask) -> date | None:
    steps = ReferralStep.objects.visible_to(Viewer.system(ask.municipality_id))
    began = steps.filter(ask=ask, event=ReferralEvent.STARTED)
    return began.order_by("-pk").values_list("on", flat=True).first()


def _demand_sender_or_person(viewer: Viewer, held: Held) -> None:
    """Let who sent it end a referral, the person it is about, and that person's coach."""
    known = held.referral.pseudonym_id is not None
    if not (known and viewer.role in COACHES | {Role.RESIDENT}):
        demand_sender(viewer, held)
