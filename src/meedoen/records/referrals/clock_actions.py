"""The clock of referrals: reminded, escalated, handed back, so that nothing is ever just sent."""

from datetime import date, timedelta

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.referrals.answers import close_links
from meedoen.records.referrals.course import give_back, stop_now, take_back
from meedoen.records.referrals.drafts import discard_draft, empty_facts
from meedoen.records.referrals.holding import Held, hold_referral
from meedoen.records.referrals.models import Ask, Referral, SharedFacts
from meedoen.records.referrals.stepping import Said, answer_ask, follow_asks, write_step
from meedoen.rules.referrals.states import (
    AWAITS_ANSWER,
    CLOSED,
    OPEN_ASKS,
    WITH_ACCEPTOR,
)
from meedoen.rules.referrals.terms import hand_back_on, terms_on
from meedoen.rules.vocabulary import (
    AskState,
    HandBackReason,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
    Theme,
)

LEFT = (AskState.ASKED, AskState.SEEN, AskState.ACCEPTED)


@action(Permission.KEEP_SIGNALS)
def escalate_late(viewer: Viewer) -> int:
    """Tell the sender's team, once, of each receiver that did not act in time; return how many.

    Also of who said yes and did not say what came of it.
    """
    today, count = clock.today(), 0
    rows = Ask.objects.visible_to(viewer).filter(escalated_on__isnull=True)
    unanswered = rows.filter(state__in=sorted(OPEN_ASKS), due_on__lt=today)
    silent = rows.filter(
        state=AskState.ACCEPTED,
        referral__state__in=sorted(WITH_ACCEPTOR),
        referral__due_on__lt=today,
    )
    for ask in [*unanswered.select_related("referral"), *silent.select_related("referral")]:
        ask.escalated_on = today
        ask.save(update_fields=["escalated_on"])
        write_step(viewer, ask.referral, ReferralEvent.ESCALATED, Said(on=today), ask)
        count += 1
    return count


@action(Permission.KEEP_SIGNALS)
def hand_back_late(viewer: Viewer) -> int:
    """Hand back to the sender what nobody acted on for too long; return how many receivers.

    An unanswered one lapses. Who said yes and never said that it began gives it back. What began
    goes on: the sender's team was told, and a word about it is asked again.
    """
    today, count = clock.today(), 0
    late = Referral.objects.visible_to(viewer).filter(due_on__lt=today)
    waiting = [*AWAITS_ANSWER, ReferralState.ACCEPTED]
    for key in late.filter(state__in=waiting).order_by("pk").values_list("key", flat=True):
        held = hold_referral(viewer, key)
        theme = Theme(held.referral.theme)
        for ask in held.open_asks:
            if hand_back_on(theme, ask.due_on) <= today:
                give_back(viewer, held, ask, AskState.LAPSED, "")
                count += 1
        acceptor = held.acceptor
        if held.state is ReferralState.ACCEPTED and acceptor is not None:
            due = held.referral.due_on or today
            if hand_back_on(theme, due) <= today:
                reason = HandBackReason.NOT_BEGUN_IN_TIME
                give_back(viewer, held, acceptor, AskState.HANDED_BACK, reason)
                count += 1
    return count


@action(Permission.KEEP_SIGNALS)
def take_from_left(viewer: Viewer) -> int:
    """Take back what lies with organisations that left; return how many receivers.

    What an organisation that left had sent itself, unanswered, is taken back as well: nobody there
    would read the answer. What somebody began with for it goes on.
    """
    today = clock.today()
    left = Organisation.objects.filter(
        municipality_id=viewer.municipality_id, left_on__lte=today
    ).values("pk")
    count = 0
    rows = Ask.objects.visible_to(viewer).filter(organisation_id__in=left, state__in=LEFT)
    busy = rows.exclude(referral__state__in=sorted(CLOSED)).select_related("referral")
    for ask_id, key in busy.order_by("pk").values_list("pk", "referral__key"):
        held = hold_referral(viewer, key)
        ask = next(one for one in held.asks if one.pk == ask_id)
        _take(viewer, held, ask, today)
        count += 1
    own = Referral.objects.visible_to(viewer).filter(from_organisation_id__in=left)
    for key in own.exclude(state__in=sorted(CLOSED)).order_by("pk").values_list("key", flat=True):
        count += _end_of_left(viewer, hold_referral(viewer, key))
    return count


def _take(viewer: Viewer, held: Held, ask: Ask, today: date) -> None:
    reason = HandBackReason.RECEIVER_LEFT
    if ask.state == AskState.ACCEPTED:
        if held.state is ReferralState.STARTED:
            stop_now(viewer, held, ReferralOutcome.NOBODY_CAN)
            return
        give_back(viewer, held, ask, AskState.HANDED_BACK, reason)
        return
    answer_ask(viewer, ask, AskState.LAPSED, reason=reason)
    write_step(viewer, held.referral, ReferralEvent.LAPSED, Said(on=today, reason=reason), ask)
    close_links(viewer, [ask])
    follow_asks(viewer, held, held.asks, today)


def _end_of_left(viewer: Viewer, held: Held) -> int:
    if held.state is ReferralState.DRAFT:
        discard_draft(viewer, key=held.referral.key)
    elif held.state in AWAITS_ANSWER:
        take_back(viewer, held, RevokeReason.NO_LONGER_NEEDED)
    elif held.state not in WITH_ACCEPTOR:
        stop_now(viewer, held, ReferralOutcome.NO_LONGER_NEEDED)
    else:
        return 0
    return 1


@action(Permission.KEEP_SIGNALS)
def forget_told(viewer: Viewer) -> int:
    """Empty what was told in referrals that are over for so long; return in how many rounds.

    That they were sent, to whom, and what came of them stays.
    """
    today = clock.today()
    rows = SharedFacts.objects.visible_to(viewer).filter(
        emptied_at__isnull=True, referral__closed_on__isnull=False
    )
    over = [
        number
        for number, theme, closed_on in rows.values_list(
            "referral_id", "referral__theme", "referral__closed_on"
        )
        if closed_on and _kept_until(Theme(theme), closed_on) <= today
    ]
    return empty_facts(viewer, sorted(set(over)))


def _kept_until(theme: Theme, closed_on: date) -> date:
    return closed_on + timedelta(days=terms_on(theme, closed_on).kept)
