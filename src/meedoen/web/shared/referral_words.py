"""Referrals in words: one for every code, and a sentence for every step of the story.

The same words for every side: the sender, a receiver, and the person it is about.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.referrals.reach import MailState
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    HandBackReason,
    ReferralAbout,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
    Urgency,
)
from meedoen.web.shared.words import Words

ABOUT: Mapping[ReferralAbout, Words] = {
    ReferralAbout.KNOWN_PERSON: gettext_lazy("Een inwoner met een dossier"),
    ReferralAbout.NEW_PERSON: gettext_lazy("Iemand die de gemeente nog niet kent"),
    ReferralAbout.QUESTION: gettext_lazy("Een vraag, zonder persoon"),
}

URGENCIES: Mapping[Urgency, Words] = {
    Urgency.NORMAL: gettext_lazy("Gewoon"),
    Urgency.SOON: gettext_lazy("Snel"),
    Urgency.URGENT: gettext_lazy("Dringend"),
}

REFERRAL_STATES: Mapping[ReferralState, Words] = {
    ReferralState.DRAFT: gettext_lazy("Nog niet verstuurd"),
    ReferralState.SENT: gettext_lazy("Verstuurd"),
    ReferralState.SEEN: gettext_lazy("Gezien"),
    ReferralState.ACCEPTED: gettext_lazy("Ja gezegd"),
    ReferralState.STARTED: gettext_lazy("Begonnen"),
    ReferralState.DONE: gettext_lazy("Gelukt"),
    ReferralState.STOPPED: gettext_lazy("Gestopt"),
    ReferralState.DECLINED: gettext_lazy("Nee gezegd"),
    ReferralState.HANDED_BACK: gettext_lazy("Teruggekomen"),
    ReferralState.REVOKED: gettext_lazy("Teruggenomen"),
}

REFERRAL_STATE_KINDS: Mapping[ReferralState, str] = {
    ReferralState.DRAFT: "neutral",
    ReferralState.SENT: "warning",
    ReferralState.SEEN: "warning",
    ReferralState.ACCEPTED: "success",
    ReferralState.STARTED: "success",
    ReferralState.DONE: "success",
    ReferralState.STOPPED: "inactive",
    ReferralState.DECLINED: "danger",
    ReferralState.HANDED_BACK: "danger",
    ReferralState.REVOKED: "inactive",
}
"""The kind of status badge that goes with a state; its words say the same."""

ASK_STATES: Mapping[AskState, Words] = {
    AskState.ASKED: gettext_lazy("Gevraagd"),
    AskState.SEEN: gettext_lazy("Gezien"),
    AskState.ACCEPTED: gettext_lazy("Ja gezegd"),
    AskState.DECLINED: gettext_lazy("Nee gezegd"),
    AskState.FORWARDED: gettext_lazy("Doorgestuurd"),
    AskState.OVERTAKEN: gettext_lazy("Een ander zei eerder ja"),
    AskState.LAPSED: gettext_lazy("Niet geantwoord"),
    AskState.HANDED_BACK: gettext_lazy("Teruggegeven"),
    AskState.CALLED_BACK: gettext_lazy("Hoeft niet meer te antwoorden"),
}

ASK_STATE_KINDS: Mapping[AskState, str] = {
    AskState.ASKED: "warning",
    AskState.SEEN: "warning",
    AskState.ACCEPTED: "success",
    AskState.DECLINED: "danger",
    AskState.FORWARDED: "neutral",
    AskState.OVERTAKEN: "inactive",
    AskState.LAPSED: "danger",
    AskState.HANDED_BACK: "danger",
    AskState.CALLED_BACK: "inactive",
}
"""The kind of status badge that goes with the state of a receiver."""

MAIL_STATES: Mapping[MailState, Words] = {
    MailState.NO_ADDRESS: gettext_lazy("heeft geen account en geen mailadres: bel zelf"),
    MailState.NOT_YET: gettext_lazy("de mail is nog niet weg; Meedoen probeert het steeds opnieuw"),
}
"""What the sender must know of the mail that asks a receiver; nothing when it left."""

DECLINE_REASONS: Mapping[DeclineReason, Words] = {
    DeclineReason.FULL: gettext_lazy("Nu geen plaats"),
    DeclineReason.NOT_OUR_GROUP: gettext_lazy("Wij zijn er voor andere mensen"),
    DeclineReason.OTHER_DISTRICT: gettext_lazy("Wij werken niet in deze wijk"),
    DeclineReason.NOT_OUR_WORK: gettext_lazy("Wij doen dit niet"),
    DeclineReason.CANNOT_IN_TIME: gettext_lazy("Het lukt niet op tijd"),
    DeclineReason.RESIDENT_WITHDREW: gettext_lazy("De inwoner wil het niet meer"),
}

REVOKE_REASONS: Mapping[RevokeReason, Words] = {
    RevokeReason.SENT_BY_MISTAKE: gettext_lazy("Per vergissing verstuurd"),
    RevokeReason.OTHER_SOLUTION: gettext_lazy("Er is iets anders gevonden"),
    RevokeReason.NO_LONGER_NEEDED: gettext_lazy("Het is niet meer nodig"),
    RevokeReason.RESIDENT_WITHDREW: gettext_lazy("De inwoner wil het niet meer"),
    RevokeReason.RECEIVER_LEFT: gettext_lazy("De organisatie doet niet meer mee"),
    RevokeReason.MOVED_AWAY: gettext_lazy("De inwoner is verhuisd"),
    RevokeReason.DIED: gettext_lazy("De inwoner is overleden"),
}

HAND_BACK_REASONS: Mapping[HandBackReason, Words] = {
    HandBackReason.NO_ROOM_AFTER_ALL: gettext_lazy("Er is toch geen plaats"),
    HandBackReason.DOES_NOT_FIT_AFTER_ALL: gettext_lazy("Het past toch niet"),
    HandBackReason.NO_CONTACT: gettext_lazy("Het lukt niet om contact te krijgen"),
    HandBackReason.NOT_BEGUN_IN_TIME: gettext_lazy("Er is niet gezegd dat het begon"),
    HandBackReason.RECEIVER_LEFT: gettext_lazy("De organisatie doet niet meer mee"),
}

REFERRAL_OUTCOMES: Mapping[ReferralOutcome, Words] = {
    ReferralOutcome.TAKES_PART: gettext_lazy("Doet mee"),
    ReferralOutcome.HELPED: gettext_lazy("Is geholpen"),
    ReferralOutcome.ANSWERED: gettext_lazy("De vraag is beantwoord"),
    ReferralOutcome.MOVED_ON: gettext_lazy("Is geholpen, en gaat verder bij een ander"),
    ReferralOutcome.NOT_REACHED: gettext_lazy("Niet bereikt"),
    ReferralOutcome.DID_NOT_COME: gettext_lazy("Kwam niet"),
    ReferralOutcome.RESIDENT_STOPPED: gettext_lazy("De inwoner wilde niet verder"),
    ReferralOutcome.DID_NOT_FIT: gettext_lazy("Het paste niet"),
    ReferralOutcome.NOBODY_CAN: gettext_lazy("Niemand gevonden die dit kan"),
    ReferralOutcome.OTHER_SOLUTION: gettext_lazy("Er is iets anders gevonden"),
    ReferralOutcome.NO_LONGER_NEEDED: gettext_lazy("Het is niet meer nodig"),
    ReferralOutcome.MOVED_AWAY: gettext_lazy("Verhuisd"),
    ReferralOutcome.DIED: gettext_lazy("Overleden"),
}

EVENTS: Mapping[ReferralEvent, Words] = {
    ReferralEvent.DRAFTED: gettext_lazy("Opgeschreven, nog niet verstuurd"),
    ReferralEvent.CHANGED: gettext_lazy("Veranderd"),
    ReferralEvent.SENT: gettext_lazy("Verstuurd"),
    ReferralEvent.SEEN: gettext_lazy("Geopend"),
    ReferralEvent.ACCEPTED: gettext_lazy("Ja gezegd"),
    ReferralEvent.DECLINED: gettext_lazy("Nee gezegd"),
    ReferralEvent.FORWARDED: gettext_lazy("Doorgestuurd"),
    ReferralEvent.OVERTAKEN: gettext_lazy("Hoeft niet meer: een ander zei eerder ja"),
    ReferralEvent.REMINDED: gettext_lazy("Herinnerd"),
    ReferralEvent.ESCALATED: gettext_lazy("Te laat: gemeld aan de afzender"),
    ReferralEvent.LAPSED: gettext_lazy("Niet geantwoord: terug naar de afzender"),
    ReferralEvent.HANDED_BACK: gettext_lazy("Teruggegeven aan de afzender"),
    ReferralEvent.STARTED: gettext_lazy("Begonnen"),
    ReferralEvent.DONE: gettext_lazy("Gelukt"),
    ReferralEvent.STOPPED: gettext_lazy("Gestopt"),
    ReferralEvent.REVOKED: gettext_lazy("Teruggenomen"),
    ReferralEvent.PLACED: gettext_lazy("Een plaatsing gemaakt"),
}

EVENTS_OF_RECEIVER: Mapping[ReferralEvent, Words] = {
    ReferralEvent.SENT: gettext_lazy("Verstuurd aan %(receiver)s"),
    ReferralEvent.SEEN: gettext_lazy("Geopend door %(receiver)s"),
    ReferralEvent.ACCEPTED: gettext_lazy("%(receiver)s zei ja"),
    ReferralEvent.DECLINED: gettext_lazy("%(receiver)s zei nee"),
    ReferralEvent.FORWARDED: gettext_lazy("%(receiver)s stuurde het door"),
    ReferralEvent.OVERTAKEN: gettext_lazy("%(receiver)s hoeft niet meer: een ander zei eerder ja"),
    ReferralEvent.REMINDED: gettext_lazy("%(receiver)s kreeg een herinnering"),
    ReferralEvent.ESCALATED: gettext_lazy("%(receiver)s is te laat: gemeld aan de afzender"),
    ReferralEvent.LAPSED: gettext_lazy("%(receiver)s antwoordde niet: terug naar de afzender"),
    ReferralEvent.HANDED_BACK: gettext_lazy("%(receiver)s gaf het terug"),
    ReferralEvent.STARTED: gettext_lazy("Begonnen bij %(receiver)s"),
    ReferralEvent.DONE: gettext_lazy("Gelukt bij %(receiver)s"),
    ReferralEvent.STOPPED: gettext_lazy("Gestopt bij %(receiver)s"),
    ReferralEvent.REVOKED: gettext_lazy("%(receiver)s hoeft niet meer te antwoorden"),
    ReferralEvent.PLACED: gettext_lazy("Een plaatsing gemaakt bij %(receiver)s"),
}
"""What happened with one receiver; what is not here concerns the whole."""

_REASONS: Mapping[str, Words] = {
    reason.value: word
    for words in (REVOKE_REASONS, HAND_BACK_REASONS, DECLINE_REASONS)
    for reason, word in words.items()
}


def reason_word(code: str) -> Words:
    """Return a coded reason of a receiver or a step in words; empty for none."""
    return _REASONS[code] if code else ""


def event_title(event: ReferralEvent, receiver: str) -> str:
    """Return what happened, as the title of a line of the story."""
    if receiver and event in EVENTS_OF_RECEIVER:
        return str(EVENTS_OF_RECEIVER[event]) % {"receiver": receiver}
    return str(EVENTS[event])


def receiver_name(organisation: str, team: str) -> str:
    """Return how a receiver is called: an organisation, a team, or the person's own coach."""
    if organisation:
        return organisation
    return team_name(team) if team else _("De coach")


def sender_name(sender: str, *, from_organisation: bool) -> str:
    """Return how a sender is called: an organisation, a team, or the resident (without a name)."""
    if not sender:
        return _("De inwoner zelf")
    return sender if from_organisation else team_name(sender)


def team_name(team: str) -> str:
    """Return how a team of coaches is called for people who do not work there."""
    # Some are called "Team Haven" themselves.
    name = team if team.casefold().startswith("team ") else _("Team %(team)s") % {"team": team}
    return _("%(team)s van de gemeente") % {"team": name}
