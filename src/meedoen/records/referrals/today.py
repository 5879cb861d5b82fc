"""What a coach must see of referrals today: what came back, came in, said yes, or is late."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import COACHES, Permission, Viewer
from meedoen.records.referrals.cards import with_referral
from meedoen.records.referrals.lists import of_coach, received_rows, sent_rows, waits
from meedoen.records.referrals.models import Ask, Referral, ReferralPlacement, ReferralStep
from meedoen.records.referrals.queries import (
    ReceivedCard,
    ReferralCard,
    StepCard,
    received_cards,
    referral_cards,
    step_card,
)
from meedoen.rules.referrals.states import AWAITS_ANSWER, WITH_ACCEPTOR, WITH_SENDER
from meedoen.rules.vocabulary import AskState, ReferralEvent, ReferralOutcome, ReferralState

MOST = 5
"""So many of each kind are named; the lists have all."""
NEWS_DAYS = 7
_NEWS = (
    ReferralEvent.ACCEPTED,
    ReferralEvent.STARTED,
    ReferralEvent.DONE,
    ReferralEvent.STOPPED,
    ReferralEvent.REVOKED,
)
"""What others do without which the sender need do nothing; what comes back waits for a choice."""
_KNOWN = {ReferralOutcome.DIED.value, ReferralOutcome.MOVED_AWAY.value}
"""That everything stopped for somebody was written down by the municipality itself."""

C = TypeVar("C", ReferralCard, ReceivedCard)


@dataclass(frozen=True, slots=True)
class Some(Generic[C]):
    """The first of something, the earliest due first, and how many there are in all."""

    cards: Sequence[C] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """Return how many are not named."""
        return self.total - len(self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralsToday:
    """What waits: for a choice, an answer, a placement, or an answer that is late.

    Not what a signal about a person says already.
    """

    back: Some[ReferralCard]
    received: Some[ReceivedCard]
    to_place: Some[ReferralCard]
    late: Some[ReferralCard]

    @property
    def total(self) -> int:
        """Return how many lines there are."""
        parts: tuple[Some[ReferralCard] | Some[ReceivedCard], ...] = (
            self.back,
            self.received,
            self.to_place,
            self.late,
        )
        return sum(part.total for part in parts)


NO_SIGNAL = Q(pseudonym__isnull=True)
"""Nobody with a file: for those a signal says the same; see `records.signals.referral_facts`."""


def referrals_today(viewer: Viewer, *, coach_id: int | None = None) -> ReferralsToday | None:
    """Return what waits for a coach, or without one for the whole team; None for others.

    Of a coach is what they wrote themself, and what is about people that are theirs.
    """
    if viewer.role not in COACHES or not viewer.may(Permission.REFER):
        return None
    sent = sent_rows(viewer).filter(of_coach(viewer, coach_id))
    with_sender = Q(state__in=sorted(WITH_SENDER))
    said_yes = sent.filter(state__in=sorted(WITH_ACCEPTOR))
    with_others = sent.filter(state__in=sorted(AWAITS_ANSWER | WITH_ACCEPTOR))
    return ReferralsToday(
        back=_sent(viewer, sent.filter(NO_SIGNAL & with_sender | Q(state=ReferralState.DRAFT))),
        received=_received(viewer, coach_id),
        to_place=_sent(viewer, said_yes.filter(may_be_placed(viewer))),
        late=_sent(viewer, with_others.filter(NO_SIGNAL, due_on__lt=clock.today())),
    )


@dataclass(frozen=True, slots=True)
class ReferralNews:
    """What somebody else did with a referral, the last thing of these days."""

    card: ReferralCard
    step: StepCard


def referral_news(viewer: Viewer, *, coach_id: int | None = None) -> list[ReferralNews]:
    """Return what others answered in the last days, newest first; see `referrals_today`.

    Not what became a placement, or can become one: that stands there by itself.
    """
    if viewer.role not in COACHES or not viewer.may(Permission.REFER):
        return []
    sent = sent_rows(viewer).filter(of_coach(viewer, coach_id), placed__isnull=True)
    sent = sent.filter(sent_on__isnull=False).exclude(may_be_placed(viewer))
    steps = ReferralStep.objects.visible_to(viewer).filter(
        referral__in=sent.values("pk"),
        event__in=_NEWS,
        recorded_at__gt=clock.now() - timedelta(days=NEWS_DAYS),
    )
    # That each receiver need not answer is part of the end.
    steps = steps.exclude(event=ReferralEvent.REVOKED, ask__isnull=False)
    rows = steps.select_related("recorded_by__account", "ask__organisation", "ask__team")
    newest: dict[int, ReferralStep] = {}
    for row in rows.order_by("-pk")[: MOST * MOST]:
        newest.setdefault(row.referral_id, row)
    named = [row for row in newest.values() if not _is_known(row)][:MOST]
    if not named:
        return []
    found = Referral.objects.visible_to(viewer).filter(pk__in=[row.referral_id for row in named])
    keys = dict(found.values_list("pk", "key"))
    cards = {card.key: card for card in referral_cards(viewer, found)}
    return [ReferralNews(cards[keys[row.referral_id]], step_card(viewer, row)) for row in named]


def _is_known(row: ReferralStep) -> bool:
    """Say whether the municipality did or noted this itself."""
    if row.recorded_by is not None and row.recorded_by.role in COACHES:
        return True
    return row.ask_id is None and bool({row.outcome, row.reason} & _KNOWN)


def may_be_placed(viewer: Viewer) -> Q:
    """Return the condition that a place said yes to a known person, who is not placed yet."""
    place = Ask.objects.visible_to(viewer).filter(
        referral_id=OuterRef("pk"), state=AskState.ACCEPTED, place__isnull=False
    )
    placed = ReferralPlacement.objects.visible_to(viewer).filter(referral_id=OuterRef("pk"))
    known = Q(pseudonym__isnull=False, state=ReferralState.ACCEPTED)
    return known & Q(Exists(place)) & ~Q(Exists(placed))


def _received(viewer: Viewer, coach_id: int | None) -> Some[ReceivedCard]:
    rows = received_rows(viewer).filter(waits())
    # What a team was asked is for each of its coaches.
    rows = rows.filter(Q(team__isnull=False) | of_coach(viewer, coach_id, "referral__"))
    # Of who has a file a signal says that an answer is asked; a yes is the coach's to go on with.
    rows = rows.filter(Q(referral__pseudonym__isnull=True) | Q(state=AskState.ACCEPTED))
    return _some(
        rows.order_by("due_on", "pk"),
        lambda those: received_cards(viewer, list(with_referral(those))),
    )


def _sent(viewer: Viewer, rows: QuerySet[Referral]) -> Some[ReferralCard]:
    return _some(rows.order_by("due_on", "pk"), lambda those: referral_cards(viewer, those))


def _some(rows: "QuerySet[Referral] | QuerySet[Ask]", to_cards: Callable[..., list[C]]) -> Some[C]:
    total = rows.count()
    # A question with a limit takes no further conditions, so the first are asked for by number.
    first = list(rows.values_list("pk", flat=True)[:MOST]) if total else []
    return Some(to_cards(rows.filter(pk__in=first)) if first else [], total)
