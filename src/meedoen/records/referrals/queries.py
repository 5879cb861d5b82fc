"""Referrals as pages show them: for who sent one, who received it, and who it is about.

A card never holds more than the viewer may read: a receiver reads who it is about when it may, the
sender reads what a receiver answered and nothing of the receiver's own.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import COACHES, PARTNERS, Role, Viewer
from meedoen.records.people.models import Resident
from meedoen.records.placements.models import Placement
from meedoen.records.referrals.cards import ToldCard, sender_of, told_card, with_referral
from meedoen.records.referrals.drafts import Receiver, receivers_of
from meedoen.records.referrals.holding import is_sender, may_answer
from meedoen.records.referrals.models import (
    Ask,
    Referral,
    ReferralPlacement,
    ReferralStep,
    SharedFacts,
)
from meedoen.records.referrals.reach import MailState, mail_states
from meedoen.rules.placement_states import HOLDS_A_SEAT
from meedoen.rules.referrals.states import AWAITS_ANSWER, OPEN_ASKS, WITH_ACCEPTOR, WITH_SENDER
from meedoen.rules.vocabulary import (
    AskState,
    ObtainedHow,
    ReferralAbout,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    Theme,
    Urgency,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCard:
    """One receiver as the sender sees it: who, how far, and a coded answer.

    `receiver` is empty for the person's own coach. `forwarded_by` is empty for who was asked by
    the sender itself. `mail` says how it stands with the mail to an organisation that did not
    open it; None for others, and in lists.
    """

    key: uuid.UUID
    organisation_id: int | None
    receiver: str
    team: str
    place: str
    place_key: uuid.UUID | None
    hop: int
    forwarded_by: str
    round: int
    state: AskState
    asked_on: date
    due_on: date
    seen_at: datetime | None
    answered_at: datetime | None
    reason: str
    full_until: date | None
    is_late: bool
    may_answer: bool
    mail: MailState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCard:
    """One line of the story; not `of_receiver` is what concerns the whole.

    `receiver` is an organisation, `team` a team; a receiver without either is the person's coach.
    """

    event: ReferralEvent
    on: date
    recorded_at: datetime
    by: str
    of_receiver: bool
    receiver: str
    team: str
    reason: str
    outcome: ReferralOutcome | None
    words: str


@dataclass(frozen=True, slots=True)
class StepAbout:
    """A line of the story of a referral among all that happened to somebody."""

    theme: Theme
    step: StepCard


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCard:
    """One referral for its sender, the person it is about, or that person's coach.

    For an organisation `who` is a first name as long as the person comes there, and later on what
    it told itself; `person_key` and the district of the file stay empty.
    """

    key: uuid.UUID
    about: ReferralAbout
    pseudonym_id: int | None
    person_key: uuid.UUID | None
    who: str
    theme: Theme
    urgency: Urgency
    asked: str
    district: str
    district_id: int | None
    sender: str
    from_resident: bool
    from_organisation: bool
    state: ReferralState
    made_at: datetime
    sent_on: date | None
    due_on: date | None
    closed_on: date | None
    outcome: ReferralOutcome | None
    names_after_yes: bool
    agreed_on: date | None
    agreed_how: ObtainedHow | None
    round: int
    wanted: tuple[Receiver, ...]
    asks: tuple[AskCard, ...]
    steps: tuple[StepCard, ...]
    told: ToldCard | None
    placement_key: uuid.UUID | None
    is_sender: bool
    is_late: bool

    @property
    def acceptor(self) -> AskCard | None:
        """Return the receiver that said yes, if one did."""
        return next((one for one in self.asks if one.state is AskState.ACCEPTED), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedCard:
    """One referral for a receiver: what is asked and, when it may, about whom.

    `receiver` is empty for the person's own coach. `state` is that of the receiver;
    `referral_state` is None unless this receiver said yes. Of what is about a person, `asked` is
    empty for a receiver that has nothing to do with it any more. `placement_key` is the placement
    that came of it, when the viewer may see it.
    """

    key: uuid.UUID
    referral_key: uuid.UUID
    about: ReferralAbout
    theme: Theme
    urgency: Urgency
    asked: str
    district: str
    sender: str
    from_resident: bool
    from_organisation: bool
    receiver: str
    for_organisation: bool
    place: str
    place_key: uuid.UUID | None
    state: AskState
    referral_state: ReferralState | None
    outcome: ReferralOutcome | None
    asked_on: date
    due_on: date
    next_due_on: date | None
    names_after_yes: bool
    told: ToldCard | None
    reason: str
    is_late: bool
    may_answer: bool
    placement_key: uuid.UUID | None
    may_be_forwarded: bool

    @property
    def who(self) -> str:
        """Return the name, when it may be read; else empty."""
        return self.told.name if self.told else ""

    @property
    def is_open(self) -> bool:
        """Say whether an answer is still awaited."""
        return self.state in OPEN_ASKS

    @property
    def runs(self) -> bool:
        """Say whether this receiver said yes and must still tell what came of it."""
        return self.state is AskState.ACCEPTED and self.referral_state in WITH_ACCEPTOR


def referral(viewer: Viewer, *, key: uuid.UUID) -> ReferralCard | None:
    """Return a referral with its whole story; None when it is not there or not for this viewer.

    None too for who only receives it: see `received`.
    """
    rows = _with_names(Referral.objects.visible_to(viewer).filter(key=key))
    row = rows.first()
    if row is None or not _may_read_whole(viewer, row):
        return None
    return _cards(viewer, [row], with_story=True)[0]


def referrals_of(viewer: Viewer, *, pseudonym_id: int) -> list[ReferralCard]:
    """Return the referrals about somebody, newest first, for the file and for the resident."""
    if viewer.role in PARTNERS:
        return []
    rows = Referral.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    found = list(_with_names(rows).order_by("-made_at", "-pk"))
    return _cards(viewer, found, with_story=True)


def steps_about(
    viewer: Viewer, *, pseudonym_id: int, events: Collection[ReferralEvent]
) -> list[StepAbout]:
    """Return what happened to the referrals about somebody that were sent, newest first.

    A referral that ended is one line: that each receiver need not answer is left out.
    """
    if viewer.role in PARTNERS:
        return []
    rows = ReferralStep.objects.visible_to(viewer).filter(
        referral__pseudonym_id=pseudonym_id, referral__sent_on__isnull=False, event__in=events
    )
    rows = rows.exclude(event=ReferralEvent.REVOKED, ask__isnull=False)
    rows = rows.select_related("referral", "recorded_by__account", "ask__organisation", "ask__team")
    return [
        StepAbout(Theme(row.referral.theme), step_card(viewer, row))
        for row in rows.order_by("-recorded_at", "-pk")
    ]


def received(viewer: Viewer, *, key: uuid.UUID) -> ReceivedCard | None:
    """Return what a receiver was asked, by the key of the ask; None when it is not theirs."""
    rows = Ask.objects.visible_to(viewer).filter(key=key)
    row = with_referral(rows).first()
    if row is None or not may_answer(viewer, row):
        return None
    return received_cards(viewer, [row])[0]


def received_by_id(viewer: Viewer, *, ask_id: int) -> ReceivedCard | None:
    """Return what a receiver was asked, for who holds a link about it."""
    row = with_referral(Ask.objects.visible_to(viewer).filter(pk=ask_id)).first()
    return received_cards(viewer, [row])[0] if row else None


def received_cards(viewer: Viewer, rows: Sequence[Ask]) -> list[ReceivedCard]:
    """Return the cards of receivers whose rows came with their referral, in the same order."""
    told = _told_by_round(viewer, [row.referral_id for row in rows])
    placed = _placed(viewer, [row.referral_id for row in rows])
    return [
        _received_card(
            viewer,
            row,
            told.get((row.referral_id, row.round)),
            placement_key=placed.get(row.referral_id),
        )
        for row in rows
    ]


def referral_cards(viewer: Viewer, rows: QuerySet[Referral]) -> list[ReferralCard]:
    """Return the cards of referrals without their story, for a list; rows the sender may read."""
    return _cards(viewer, list(_with_names(rows)), with_story=False)


def _may_read_whole(viewer: Viewer, row: Referral) -> bool:
    """Say whether somebody reads a referral from the side of the sender, or of the person."""
    if viewer.role in {Role.RESIDENT, Role.SYSTEM}:
        return True
    if row.pseudonym_id is not None and viewer.role not in PARTNERS:
        return viewer.role != Role.LINK_HOLDER
    if viewer.role in {Role.COACH, Role.TEAM_LEAD}:
        return row.from_team_id == viewer.team_id
    return is_sender(viewer, row)


def _with_names(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    return rows.select_related("district", "from_organisation", "from_team", "pseudonym")


def _cards(viewer: Viewer, rows: Sequence[Referral], *, with_story: bool) -> list[ReferralCard]:
    numbers = [row.pk for row in rows]
    asks = _asks_of(viewer, numbers)
    steps = _steps_of(viewer, numbers) if with_story else {}
    all_asks = [one for those in asks.values() for one in those]
    mails = mail_states(viewer, all_asks) if with_story else {}
    told = _told_by_round(viewer, numbers)
    names = _names(viewer, rows)
    placed = _placed(viewer, numbers)
    return [
        _card(
            viewer,
            row,
            asks=tuple(_ask_card(viewer, one, mails.get(one.pk)) for one in asks.get(row.pk, [])),
            steps=tuple(steps.get(row.pk, [])),
            # What the next will be told while it is with the sender, else what was told last.
            told=told_card(
                told.get((row.pk, row.round + 1 if row.state in WITH_SENDER else row.round))
                or told.get((row.pk, row.round))
            ),
            who=names.get(row.pseudonym_id or 0, ""),
            placement_key=placed.get(row.pk),
        )
        for row in rows
    ]


def _card(
    viewer: Viewer,
    row: Referral,
    *,
    asks: tuple[AskCard, ...],
    steps: tuple[StepCard, ...],
    told: ToldCard | None,
    who: str,
    placement_key: uuid.UUID | None,
) -> ReferralCard:
    return ReferralCard(
        key=row.key,
        about=ReferralAbout(row.about),
        pseudonym_id=row.pseudonym_id,
        person_key=_person_key(viewer, row) if who else None,
        who=who or (told.name if told else ""),
        theme=Theme(row.theme),
        urgency=Urgency(row.urgency),
        asked=row.asked,
        district=_district_name(viewer, row),
        district_id=row.district_id if _reads_district(viewer, row) else None,
        sender=sender_of(row),
        from_resident=row.from_resident,
        from_organisation=row.from_organisation_id is not None,
        state=ReferralState(row.state),
        made_at=row.made_at,
        sent_on=row.sent_on,
        due_on=row.due_on,
        closed_on=row.closed_on,
        outcome=ReferralOutcome(row.outcome) if row.outcome else None,
        names_after_yes=row.names_after_yes,
        agreed_on=row.agreed_on,
        agreed_how=ObtainedHow(row.agreed_how) if row.agreed_how else None,
        round=row.round,
        wanted=tuple(receivers_of(row)),
        asks=asks,
        steps=steps,
        told=told,
        placement_key=placement_key,
        is_sender=is_sender(viewer, row),
        is_late=row.due_on is not None and row.due_on < clock.today(),
    )


def _ask_card(viewer: Viewer, row: Ask, mail: MailState | None) -> AskCard:
    return AskCard(
        key=row.key,
        organisation_id=row.organisation_id,
        receiver=row.organisation.name if row.organisation else "",
        team=row.team.name if row.team else "",
        place=row.place.title if row.place else "",
        place_key=row.place.key if row.place else None,
        hop=row.hop,
        forwarded_by=_forwarder(row),
        round=row.round,
        state=AskState(row.state),
        asked_on=row.asked_on,
        due_on=row.due_on,
        seen_at=row.seen_at,
        answered_at=row.answered_at,
        reason=row.reason,
        full_until=row.full_until,
        is_late=row.state in OPEN_ASKS and row.due_on < clock.today(),
        may_answer=may_answer(viewer, row),
        mail=mail,
    )


def _forwarder(row: Ask) -> str:
    by = row.forwarded_by
    return by.organisation.name if by is not None and by.organisation is not None else ""


def _received_card(
    viewer: Viewer, row: Ask, told: SharedFacts | None, *, placement_key: uuid.UUID | None
) -> ReceivedCard:
    whole = row.referral
    yes = row.state == AskState.ACCEPTED
    waits = row.state in OPEN_ASKS or (yes and whole.state in WITH_ACCEPTOR)
    due = whole.due_on if yes else row.due_on
    return ReceivedCard(
        key=row.key,
        referral_key=whole.key,
        about=ReferralAbout(whole.about),
        theme=Theme(whole.theme),
        urgency=Urgency(whole.urgency),
        asked=whole.asked if waits or _keeps_reading(viewer, whole) else "",
        district=_district_name(viewer, whole),
        sender=sender_of(whole),
        from_resident=whole.from_resident,
        from_organisation=whole.from_organisation_id is not None,
        receiver=str(row.organisation or row.team or ""),
        for_organisation=row.organisation_id is not None,
        place=row.place.title if row.place else "",
        place_key=row.place.key if row.place else None,
        state=AskState(row.state),
        referral_state=ReferralState(whole.state) if yes else None,
        outcome=ReferralOutcome(whole.outcome) if yes and whole.outcome else None,
        asked_on=row.asked_on,
        due_on=row.due_on,
        next_due_on=due if waits else None,
        names_after_yes=whole.names_after_yes,
        told=told_card(told),
        reason=row.reason,
        is_late=waits and due is not None and due < clock.today(),
        may_answer=may_answer(viewer, row),
        placement_key=placement_key if yes else None,
        # It talks with the person first, and before its yes it may not know who that is.
        may_be_forwarded=waits
        and whole.state in AWAITS_ANSWER | {ReferralState.ACCEPTED}
        and (yes or not whole.names_after_yes),
    )


def _asks_of(viewer: Viewer, referral_ids: Sequence[int]) -> dict[int, list[Ask]]:
    rows = Ask.objects.visible_to(viewer).filter(referral_id__in=referral_ids)
    rows = rows.select_related(
        "referral", "organisation", "team", "place", "forwarded_by__organisation"
    )
    found: dict[int, list[Ask]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.referral_id, []).append(row)
    return found


def _steps_of(viewer: Viewer, referral_ids: Sequence[int]) -> dict[int, list[StepCard]]:
    rows = ReferralStep.objects.visible_to(viewer).filter(referral_id__in=referral_ids)
    rows = rows.select_related("recorded_by__account", "ask__organisation", "ask__team")
    found: dict[int, list[StepCard]] = {}
    for row in rows.order_by("-recorded_at", "-pk"):
        found.setdefault(row.referral_id, []).append(step_card(viewer, row))
    return found


def step_card(viewer: Viewer, row: ReferralStep) -> StepCard:
    """Return a step, that came with its receiver and who wrote it down, as a line of the story."""
    ask = row.ask
    return StepCard(
        event=ReferralEvent(row.event),
        on=row.on,
        recorded_at=row.recorded_at,
        by=_recorder(viewer, row),
        of_receiver=ask is not None,
        receiver=ask.organisation.name if ask and ask.organisation else "",
        team=ask.team.name if ask and ask.team else "",
        reason=row.reason,
        outcome=ReferralOutcome(row.outcome) if row.outcome else None,
        words=row.words,
    )


def _recorder(viewer: Viewer, row: ReferralStep) -> str:
    """Return who wrote a step down; an organisation does not read how a resident is called."""
    if row.recorded_by is None:
        return ""
    if row.recorded_by.role == Role.RESIDENT and viewer.role in PARTNERS:
        return ""
    return row.recorded_by.account.name


def _keeps_reading(viewer: Viewer, row: Referral) -> bool:
    """Say whether somebody reads what was asked when a receiver has no more to do with it.

    What is asked about a person may tell who it is, also when nobody meant it to.
    """
    if row.about == ReferralAbout.QUESTION:
        return True
    known = row.pseudonym_id is not None
    return is_sender(viewer, row) or (known and viewer.role in COACHES)


def _reads_district(viewer: Viewer, row: Referral) -> bool:
    """Say whether the district may be read.

    That of a known person comes from the file: an organisation that refers does not know it, and
    does not tell it to another one.
    """
    from_file = row.pseudonym_id is not None and row.from_organisation_id is not None
    return not from_file or viewer.role not in {*PARTNERS, Role.LINK_HOLDER}


def _district_name(viewer: Viewer, row: Referral) -> str:
    return row.district.name if row.district and _reads_district(viewer, row) else ""


def _person_key(viewer: Viewer, row: Referral) -> uuid.UUID | None:
    """Return the key of the file; organisations have no way there."""
    return row.pseudonym.key if row.pseudonym and viewer.role not in PARTNERS else None


def _told_by_round(
    viewer: Viewer, referral_ids: Sequence[int]
) -> dict[tuple[int, int], SharedFacts]:
    rows = SharedFacts.objects.visible_to(viewer).filter(referral_id__in=referral_ids)
    return {(row.referral_id, row.round): row for row in rows}


def _names(viewer: Viewer, rows: Sequence[Referral]) -> dict[int, str]:
    people = {row.pseudonym_id for row in rows if row.pseudonym_id is not None}
    if viewer.role in PARTNERS:
        # As on the rest of their desk: a first name, of who comes there now.
        there = Placement.objects.visible_to(viewer).filter(
            pseudonym_id__in=people, state__in=sorted(HOLDS_A_SEAT)
        )
        first_names = there.values_list("pseudonym_id", "pseudonym__resident__given_name")
        return {number: name or "" for number, name in first_names}
    found = Resident.objects.visible_to(viewer).filter(pseudonym_id__in=people)
    return {one.pseudonym_id: str(one) for one in found}


def _placed(viewer: Viewer, referral_ids: Sequence[int]) -> dict[int, uuid.UUID]:
    rows = ReferralPlacement.objects.visible_to(viewer).filter(
        referral_id__in=referral_ids, placement__in=Placement.objects.visible_to(viewer)
    )
    return dict(rows.values_list("referral_id", "placement__key"))
