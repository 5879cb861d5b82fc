"""A referral as lines for people: who must act now, its story, and its receivers in outline."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.records.referrals.queries import AskCard, ReceivedCard, ReferralCard, StepCard
from meedoen.rules.referrals.states import AWAITS_ANSWER, OPEN_ASKS, WITH_ACCEPTOR, WITH_SENDER
from meedoen.rules.vocabulary import AskState, ReferralAbout, ReferralEvent, ReferralState
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.referral_words import (
    ASK_STATE_KINDS,
    ASK_STATES,
    MAIL_STATES,
    REFERRAL_OUTCOMES,
    REFERRAL_STATE_KINDS,
    REFERRAL_STATES,
    event_title,
    reason_word,
    receiver_name,
    sender_name,
)
from meedoen.web.shared.story import Item
from meedoen.web.shared.words import THEMES, Words, mid_sentence


@dataclass(frozen=True, slots=True)
class AskLine:
    """One receiver: its name, how it stands in words, and what was said in outline.

    `may_be_noted` says that the viewer may note an answer, or what came of a yes.
    """

    card: AskCard
    name: str
    state: Words
    state_kind: str
    notes: tuple[str, ...]
    may_be_noted: bool


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral in a list: how it stands, who must act, and what came of it."""

    card: ReferralCard
    theme: Words
    state: Words
    state_kind: str
    to: tuple[str, ...]
    acts: str
    outcome: Words


def referral_line(card: ReferralCard) -> ReferralLine:
    """Return one referral as a line; the same for its sender and the person it is about.

    After a yes it is with that receiver alone.
    """
    last = [one for one in card.asks if one.round == card.round]
    asked = [card.acceptor] if card.acceptor else last
    return ReferralLine(
        card=card,
        theme=THEMES[card.theme],
        state=REFERRAL_STATES[card.state],
        state_kind=REFERRAL_STATE_KINDS[card.state],
        to=tuple(ask_name(one) for one in asked),
        acts=who_acts(card),
        outcome=REFERRAL_OUTCOMES[card.outcome] if card.outcome else "",
    )


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """A referral that was received, in a list: how the receiver stands, and what it must do."""

    card: ReceivedCard
    theme: Words
    state: Words
    state_kind: str
    sender: str
    acts: str
    outcome: Words


def received_line(card: ReceivedCard) -> ReceivedLine:
    """Return what was received as a line; after a yes it stands where the referral is."""
    whole = card.referral_state
    return ReceivedLine(
        card=card,
        theme=THEMES[card.theme],
        state=REFERRAL_STATES[whole] if whole else ASK_STATES[card.state],
        state_kind=REFERRAL_STATE_KINDS[whole] if whole else ASK_STATE_KINDS[card.state],
        sender=sender_name(card.sender, from_organisation=card.from_organisation),
        acts=receiver_acts(card),
        outcome=REFERRAL_OUTCOMES[card.outcome] if card.outcome else "",
    )


def who_acts(card: ReferralCard) -> str:
    """Return who must do what before which day; empty when it is over."""
    if card.due_on is None:
        return ""
    day = {"day": day_text(card.due_on)}
    if card.state is ReferralState.DRAFT:
        return _("Verstuur de verwijzing uiterlijk %(day)s.") % day
    if card.state in WITH_SENDER:
        return _sender_acts(card, day)
    if card.state in AWAITS_ANSWER:
        return _receivers_act(card, day)
    if may_be_placed(card):
        return _("De coach maakt uiterlijk %(day)s de plaatsing.") % day
    name = ask_name(card.acceptor) if card.acceptor else _("De ontvanger")
    return _("%(name)s vertelt uiterlijk %(day)s hoe het gaat.") % {"name": name, **day}


def may_be_placed(card: ReferralCard) -> bool:
    """Say whether a place said yes to a known person, of which there is no placement yet."""
    if card.state is not ReferralState.ACCEPTED or card.acceptor is None:
        return False
    known = card.about is ReferralAbout.KNOWN_PERSON
    return known and card.acceptor.place_key is not None and card.placement_key is None


def receiver_acts(card: ReceivedCard) -> str:
    """Return what a receiver must do before which day; empty when nothing is waited for."""
    if card.next_due_on is None:
        return ""
    day = {"day": day_text(card.next_due_on)}
    if card.is_open:
        return _("Antwoord uiterlijk %(day)s.") % day
    return _("Vertel uiterlijk %(day)s hoe het gaat.") % day


def ask_lines(whole: ReferralCard) -> list[AskLine]:
    """Return the receivers of a referral, the last that was asked first."""
    return [
        AskLine(
            card=card,
            name=ask_name(card),
            state=ASK_STATES[card.state],
            state_kind=ASK_STATE_KINDS[card.state],
            notes=tuple(_notes(card)),
            may_be_noted=card.may_answer and _waits(whole, card),
        )
        for card in reversed(whole.asks)
    ]


def _waits(whole: ReferralCard, card: AskCard) -> bool:
    runs = card.state is AskState.ACCEPTED and whole.state in WITH_ACCEPTOR
    runs = runs and whole.placement_key is None
    return runs or card.state in OPEN_ASKS


def ask_name(card: AskCard) -> str:
    """Return how a receiver is called."""
    return receiver_name(card.receiver, card.team)


def story_items(steps: Sequence[StepCard]) -> list[Item]:
    """Return what happened to a referral as lines of a time line, newest first.

    Of changes that follow one another the last one is enough.
    """
    return [
        Item(
            day=step.on,
            title=event_title(step.event, _receiver_of(step)),
            text=step.words,
            who=step.by,
            stored=True,
            more=_why(step),
            recorded_later=_later(step),
        )
        for step, later in zip(steps, [None, *steps], strict=False)
        if not (later and step.event is later.event is ReferralEvent.CHANGED)
    ]


def _receiver_of(step: StepCard) -> str:
    return receiver_name(step.receiver, step.team) if step.of_receiver else ""


def _sender_acts(card: ReferralCard, day: dict[str, str]) -> str:
    if card.is_sender:
        return _("U vraagt uiterlijk %(day)s iemand anders, of u stopt.") % day
    name = sender_name(card.sender, from_organisation=card.from_organisation)
    sender = {"sender": name}
    return _("%(sender)s vraagt uiterlijk %(day)s iemand anders, of stopt.") % (sender | day)


def _receivers_act(card: ReferralCard, day: dict[str, str]) -> str:
    names = [ask_name(one) for one in card.asks if one.state in OPEN_ASKS]
    if len(names) > 1:
        return _("Een van de ontvangers antwoordt uiterlijk %(day)s.") % day
    name = {"name": names[0] if names else _("De ontvanger")}
    return _("%(name)s antwoordt uiterlijk %(day)s.") % (name | day)


def _why(step: StepCard) -> str:
    said = [reason_word(step.reason)] if step.reason else []
    said += [REFERRAL_OUTCOMES[step.outcome]] if step.outcome else []
    return ". ".join(map(str, said))


def _later(step: StepCard) -> str:
    recorded = timezone.localdate(step.recorded_at)
    if recorded <= step.on:
        return ""
    return _("Opgeschreven op %(day)s.") % {"day": day_text(recorded)}


def _notes(card: AskCard) -> list[str]:
    notes = []
    if card.forwarded_by:
        notes.append(_("doorgestuurd door %(name)s") % {"name": card.forwarded_by})
    if card.reason:
        notes.append(mid_sentence(reason_word(card.reason)))
    if card.full_until:
        notes.append(_("weer plaats vanaf %(day)s") % {"day": day_text(card.full_until)})
    if card.state in OPEN_ASKS:
        late = _("had moeten antwoorden op %(day)s")
        soon = _("antwoordt uiterlijk %(day)s")
        notes.append((late if card.is_late else soon) % {"day": day_text(card.due_on)})
    if card.mail is not None and card.mail in MAIL_STATES:
        notes.append(str(MAIL_STATES[card.mail]))
    return notes
