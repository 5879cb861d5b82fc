"""Which mails about referrals are to leave: to whom, from whom, and until which day.

Never about whom, nor for what: a mail says who asks, and leads to a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from meedoen.records.links.models import Mailing
from meedoen.records.organisations import clock
from meedoen.records.organisations.accounts import accounts_at
from meedoen.records.organisations.queries import municipality_name
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.places.owners import Asked
from meedoen.records.referrals.models import Ask, ReferralPlacement, ReferralStep
from meedoen.records.referrals.reach import STILL_NEWS, ReferralMail, asked_for, left
from meedoen.rules.referrals.states import OPEN_ASKS, WITH_ACCEPTOR
from meedoen.rules.referrals.terms import hand_back_on, remind_on
from meedoen.rules.vocabulary import AskState, ReferralEvent, ReferralState, Theme

ASK_AGAIN = timedelta(days=28)
"""Who said that it began and tells no more is asked for a word as often as this."""
REMINDERS = frozenset({ReferralMail.ANSWER_DUE, ReferralMail.WORD_DUE})
LEAVE_AT_ONCE = (ReferralMail.ASKED, ReferralMail.TO_TELL, ReferralMail.OVER)

_OF_THE_QUESTION = frozenset({ReferralMail.ASKED, ReferralMail.ANSWER_DUE, ReferralMail.OVER})
"""Known by the day on which was asked; the others by when the next word is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverToMail:
    """A receiver that is to be mailed.

    `sender` is the organisation that asks, empty for the municipality. `due_on` is the last day
    for what the mail asks, `until` the last day on which a link to answer is of use. `since` is
    the first day of the stretch that the mail is for. `accounts` are the addresses of who can sign
    in; without any, `asked` gets a link.
    """

    ask_id: int
    organisation_id: int
    organisation: str
    sender: str
    municipality: str
    due_on: date
    until: date
    since: date
    accounts: tuple[str, ...]
    asked: Asked | None


def receivers_to_mail(
    viewer: Viewer, *, mail: ReferralMail, ask_ids: Sequence[int] | None = None
) -> list[ReceiverToMail]:
    """Return the receivers that are to get a kind of mail now; for Meedoen itself.

    With `ask_ids` these alone, also when the mail left already. Who cannot be mailed is left out.
    """
    if viewer.role is not Role.SYSTEM:
        return []
    rows = _rows(viewer, mail)
    rows = _not_mailed(viewer, rows, mail) if ask_ids is None else rows.filter(pk__in=ask_ids)
    found = [row for row in rows.order_by("pk") if _is_time(row, mail)]
    return _cards(viewer, found, mail)


def receivers_with_link(viewer: Viewer, *, ask_id: int, mail: ReferralMail) -> list[ReceiverToMail]:
    """Return a receiver that may still answer, or tell, as long as it can be sent a link."""
    if viewer.role is not Role.SYSTEM:
        return []
    rows = _open(viewer) if mail is ReferralMail.ASKED else _running(viewer)
    cards = _cards(viewer, list(rows.filter(pk=ask_id)), mail)
    return [card for card in cards if card.asked is not None]


def _rows(viewer: Viewer, mail: ReferralMail) -> QuerySet[Ask]:
    match mail:
        case ReferralMail.ASKED:
            return _open(viewer).filter(state=AskState.ASKED)
        case ReferralMail.ANSWER_DUE:
            # Who could only just be mailed at all is not reminded on the same day.
            asked = Mailing.objects.filter(
                municipality_id=viewer.municipality_id,
                about=ReferralMail.ASKED,
                subject_id=OuterRef("pk"),
                claimed_at__lt=_midnight(),
            )
            return _open(viewer).filter(Exists(asked), reminded_on=None)
        case ReferralMail.OVER:
            return _over(viewer)
        case _:
            return _running(viewer)


def _midnight() -> datetime:
    return timezone.make_aware(datetime.combine(clock.today(), time.min))


def _open(viewer: Viewer) -> QuerySet[Ask]:
    return _there(viewer).filter(state__in=sorted(OPEN_ASKS))


def _running(viewer: Viewer) -> QuerySet[Ask]:
    """Return who said yes and must tell; of a placement the placement itself tells."""
    placed = ReferralPlacement.objects.visible_to(viewer).filter(referral=OuterRef("referral"))
    said_yes = _there(viewer).filter(
        state=AskState.ACCEPTED, referral__state__in=sorted(WITH_ACCEPTOR)
    )
    return said_yes.exclude(Exists(placed))


def _over(viewer: Viewer) -> QuerySet[Ask]:
    """Return who was mailed, or said yes, before the sender stopped or somebody else was first."""
    steps = ReferralStep.objects.visible_to(viewer).filter(recorded_at__gt=clock.now() - STILL_NEWS)
    of_it = Q(ask=OuterRef("pk"), event__in=[ReferralEvent.OVERTAKEN, ReferralEvent.REVOKED])
    of_all = Q(referral=OuterRef("referral"), ask=None, event=ReferralEvent.STOPPED)
    closed = Q(state__in=[AskState.OVERTAKEN, AskState.CALLED_BACK])
    asked = closed & Q(left(ReferralMail.ASKED)) & Q(Exists(steps.filter(of_it)))
    said_yes = Q(state=AskState.ACCEPTED, referral__state=ReferralState.STOPPED)
    return _there(viewer).filter(asked | said_yes & Q(Exists(steps.filter(of_all))))


def _there(viewer: Viewer) -> QuerySet[Ask]:
    """Return the receivers that are organisations which still take part."""
    rows = Ask.objects.visible_to(viewer).filter(organisation__isnull=False)
    gone = Q(organisation__left_on__lte=clock.today())
    return rows.exclude(gone).select_related("organisation", "referral__from_organisation")


def _not_mailed(viewer: Viewer, rows: QuerySet[Ask], mail: ReferralMail) -> QuerySet[Ask]:
    if mail in {ReferralMail.ASKED, ReferralMail.OVER}:
        return rows.exclude(left(mail))
    if mail is ReferralMail.TO_TELL:
        # Later on a reminder brings the link: not all who ever said yes are looked at each minute.
        lately = ReferralStep.objects.visible_to(viewer).filter(
            ask=OuterRef("pk"),
            event__in=[ReferralEvent.ACCEPTED, ReferralEvent.STARTED],
            recorded_at__gt=clock.now() - STILL_NEWS,
        )
        mailed = left(mail, day=OuterRef("referral__due_on"))
        return rows.filter(Exists(lately)).exclude(mailed)
    return rows


def _is_time(row: Ask, mail: ReferralMail) -> bool:
    """Say whether a reminder is due; the other mails leave at once."""
    today, theme = clock.today(), Theme(row.referral.theme)
    if mail is ReferralMail.ANSWER_DUE:
        return remind_on(theme, row.asked_on, row.due_on) <= today
    if mail is ReferralMail.WORD_DUE:
        since = _since(row, mail)
        return since <= today and (row.reminded_on is None or row.reminded_on < since)
    return True


def _since(row: Ask, mail: ReferralMail) -> date:
    if mail in _OF_THE_QUESTION:
        return row.asked_on
    due = _due(row, mail)
    if mail is ReferralMail.TO_TELL:
        return due
    times = max(0, (clock.today() - due) // ASK_AGAIN)
    first = remind_on(Theme(row.referral.theme), row.asked_on, due)
    return due + times * ASK_AGAIN if times else first


def _due(row: Ask, mail: ReferralMail) -> date:
    """Return the last day for what a mail asks."""
    of_question = mail in _OF_THE_QUESTION
    return row.due_on if of_question else row.referral.due_on or clock.today()


def _cards(viewer: Viewer, rows: Sequence[Ask], mail: ReferralMail) -> list[ReceiverToMail]:
    if not rows:
        return []
    accounts = accounts_at(viewer, organisation_ids={row.organisation_id or 0 for row in rows})
    wheres = {(row.organisation_id or 0, row.place_id) for row in rows}
    asked = asked_for(viewer, {where for where in wheres if where[0] not in accounts})
    name = municipality_name(viewer)
    cards = []
    for row in rows:
        number = row.organisation_id or 0
        by_account = accounts.get(number, {})
        somebody = asked.get((number, row.place_id))
        if not by_account and not (somebody and somebody.email):
            continue
        if by_account and _has_it_at_the_desk(row, mail):
            continue
        cards.append(
            ReceiverToMail(
                ask_id=row.pk,
                organisation_id=number,
                organisation=str(row.organisation),
                sender=_sender(row),
                municipality=name,
                due_on=_due(row, mail),
                until=hand_back_on(Theme(row.referral.theme), row.due_on),
                since=_since(row, mail),
                accounts=tuple(by_account.values()),
                asked=None if by_account else somebody,
            )
        )
    return cards


def _has_it_at_the_desk(row: Ask, mail: ReferralMail) -> bool:
    """Say whether who can sign in needs no mail: that said yes there, or finds there it is over."""
    answered = mail is ReferralMail.TO_TELL and row.answered_by_id is not None
    return answered or mail is ReferralMail.OVER


def _sender(row: Ask) -> str:
    """Return which organisation asks; a mail that tells that a resident does would say too much."""
    return str(row.referral.from_organisation or "")
