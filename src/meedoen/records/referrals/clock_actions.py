"""The clock of referrals: reminded, escalated, handed back, so that nothing is ever just sent.

Each referral apart, held, and looked at again as it is by then: doing it twice changes nothing.
"""

import uuid
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.referrals.answers import close_links
from meedoen.records.referrals.apart import each_referral
from meedoen.records.referrals.course import give_back, stop_now, take_back
from meedoen.records.referrals.drafts import discard_draft, empty_facts
from meedoen.records.referrals.holding import Held
from meedoen.records.referrals.models import Ask, Referral, ReferralPlacement, SharedFacts
from meedoen.records.referrals.stepping import Said, answer_ask, follow_asks, write_step
from meedoen.rules.referrals.states import (
    AWAITS_ANSWER,
    CLOSED,
    OPEN_ASKS,
    WITH_ACCEPTOR,
    WITH_SENDER,
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

LEFT = OPEN_ASKS | {AskState.ACCEPTED}
"""What lies with an organisation, and so with nobody once that left."""


@action(Permission.KEEP_SIGNALS)
def escalate_late(viewer: Viewer) -> int:
    """Tell the sender's team, once, of each receiver that did not act in time; return how many.

    Also of who said yes and did not say what came of it.
    """
    today = clock.today()
    rows = Ask.objects.visible_to(viewer).filter(escalated_on__isnull=True)
    unanswered = Q(state__in=sorted(OPEN_ASKS), due_on__lt=today)
    silent = Q(
        state=AskState.ACCEPTED,
        referral__state__in=sorted(WITH_ACCEPTOR),
        referral__due_on__lt=today,
    )
    late = rows.filter(unanswered | silent)
    return each_referral(viewer, _referrals(late), lambda held: _escalate(viewer, held, today))


def _escalate(viewer: Viewer, held: Held, today: date) -> int:
    silent = held.state in WITH_ACCEPTOR and (held.referral.due_on or today) < today
    late = [one for one in held.open_asks if one.due_on < today]
    late += [one for one in held.asks if one.state == AskState.ACCEPTED and silent]
    fresh = [one for one in late if one.escalated_on is None]
    for ask in fresh:
        ask.escalated_on = today
        ask.save(update_fields=["escalated_on"])
        write_step(viewer, held.referral, ReferralEvent.ESCALATED, Said(on=today), ask)
    return len(fresh)


@action(Permission.KEEP_SIGNALS)
def hand_back_late(viewer: Viewer) -> int:
    """Hand back to the sender what nobody acted on for too long; return how many receivers.

    An unanswered one lapses. Who said yes and never said that it began gives it back, unless it
    became a placement, or the coach has yet to make one of the yes of a place: then the receiver
    waits too. What began goes on: the sender's team was told, and a word about it is asked again.
    """
    today = clock.today()
    late = Referral.objects.visible_to(viewer).filter(
        due_on__lt=today, state__in=sorted(AWAITS_ANSWER | {ReferralState.ACCEPTED})
    )
    return each_referral(viewer, _keys(late), lambda held: _hand_back(viewer, held, today))


def _hand_back(viewer: Viewer, held: Held, today: date) -> int:
    theme, count = Theme(held.referral.theme), 0
    for ask in held.open_asks:
        if hand_back_on(theme, ask.due_on) <= today:
            give_back(viewer, held, ask, AskState.LAPSED, "")
            count += 1
    acceptor, due = held.acceptor, held.referral.due_on or today
    waits = held.state is ReferralState.ACCEPTED and not _is_for_coach(viewer, held, acceptor)
    if acceptor is not None and waits and hand_back_on(theme, due) <= today:
        reason = HandBackReason.NOT_BEGUN_IN_TIME
        give_back(viewer, held, acceptor, AskState.HANDED_BACK, reason)
        count += 1
    return count


def _is_for_coach(viewer: Viewer, held: Held, acceptor: Ask | None) -> bool:
    """Say whether it became a placement, or a place said yes of which the coach makes one."""
    at_a_place = acceptor is not None and acceptor.place_id is not None
    if at_a_place and held.referral.pseudonym_id is not None:
        return True
    rows = ReferralPlacement.objects.visible_to(viewer)
    return rows.filter(referral=held.referral).exists()


@action(Permission.KEEP_SIGNALS)
def take_from_left(viewer: Viewer) -> int:
    """Take back what lies with organisations that left; return how many receivers.

    What an organisation that left had sent itself, unanswered, is taken back as well: nobody there
    would read the answer. What somebody began with for it goes on.
    """
    today = clock.today()
    left = set(
        Organisation.objects.filter(
            municipality_id=viewer.municipality_id, left_on__lte=today
        ).values_list("pk", flat=True)
    )
    rows = Ask.objects.visible_to(viewer).filter(organisation_id__in=left, state__in=sorted(LEFT))
    busy = rows.exclude(referral__state__in=sorted(CLOSED))
    taken = each_referral(
        viewer, _referrals(busy), lambda held: _take_all(viewer, held, left, today)
    )
    own = Referral.objects.visible_to(viewer).filter(from_organisation_id__in=left)
    running = own.exclude(state__in=sorted(CLOSED | WITH_ACCEPTOR))
    return taken + each_referral(viewer, _keys(running), lambda held: _end_of_left(viewer, held))


def _keys(rows: QuerySet[Referral]) -> list[uuid.UUID]:
    return list(rows.order_by("pk").values_list("key", flat=True))


def _referrals(rows: QuerySet[Ask]) -> list[uuid.UUID]:
    """Return the keys of the referrals of these receivers, each once."""
    keys = rows.order_by("referral_id", "pk").values_list("referral__key", flat=True)
    return list(dict.fromkeys(keys))


def _take_all(viewer: Viewer, held: Held, left: set[int], today: date) -> int:
    asks = [one for one in held.asks if one.state in LEFT and one.organisation_id in left]
    for ask in asks:
        _take(viewer, held, ask, today)
    return len(asks)


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
def end_forgotten(viewer: Viewer) -> int:
    """End what its sender left lying, long after it was the sender's turn; return how many.

    A draft is thrown away, what came back stops: otherwise what was told would be kept for ever.
    """
    today = clock.today()
    rows = Referral.objects.visible_to(viewer).filter(
        due_on__lt=today, state__in=sorted(WITH_SENDER)
    )
    return each_referral(viewer, _keys(rows), lambda held: _end_forgotten(viewer, held, today))


def _end_forgotten(viewer: Viewer, held: Held, today: date) -> int:
    row = held.referral
    if held.state not in WITH_SENDER or row.due_on is None:
        return 0
    if _kept_until(Theme(row.theme), row.due_on) > today:
        return 0
    if held.state is ReferralState.DRAFT:
        discard_draft(viewer, key=row.key)
    else:
        stop_now(viewer, held, ReferralOutcome.NOBODY_CAN)
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


def _kept_until(theme: Theme, since: date) -> date:
    return since + timedelta(days=terms_on(theme, since).kept)
