"""Referrals in words for the person they are about."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.referrals.queries import ReferralCard
from meedoen.rules.referrals.states import AWAITS_ANSWER, WITH_ACCEPTOR
from meedoen.rules.vocabulary import LegalGround, ReferralState, Shared
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.referral_lines import who_acts
from meedoen.web.shared.referral_words import URGENCIES, team_name
from meedoen.web.shared.sharing_words import LEGAL_TASKS, OBTAINED_HOW
from meedoen.web.shared.words import THEMES, Words, mid_sentence

Facts = list[tuple[str, Words]]

SHARED_ABOUT_YOU: Mapping[Shared, Words] = {
    Shared.NAME_AND_PHONE: gettext_lazy("Uw naam en telefoonnummer"),
    Shared.WISHES: gettext_lazy("Wat u wilt en graag doet"),
    Shared.TIMES: gettext_lazy("Wanneer u kunt"),
    Shared.LANGUAGE_LEVEL: gettext_lazy("Hoe goed u Nederlands spreekt"),
    Shared.FUNCTIONAL_LIMITS: gettext_lazy("Wat er niet gaat, niet waarom"),
    Shared.RUNG: gettext_lazy("Uw trede op de participatieladder"),
    Shared.PLAN: gettext_lazy("Doelen en acties uit uw plan"),
}

_GROUNDS: Mapping[LegalGround, Words] = {
    LegalGround.PUBLIC_TASK: gettext_lazy(
        "De gemeente heeft de taak om u te helpen. Daarvoor mag dit worden verteld, en niet meer "
        "dan nodig is."
    ),
    LegalGround.LEGAL_OBLIGATION: gettext_lazy("In een wet staat dat dit moet worden verteld."),
    LegalGround.VITAL_INTEREST: gettext_lazy(
        "Uw leven of dat van een ander was in gevaar. Dan mag dit worden verteld."
    ),
    LegalGround.CONSENT: gettext_lazy(
        "U geeft hiervoor zelf toestemming. Die kunt u altijd intrekken, zonder reden."
    ),
}

NO_EFFECT = gettext_lazy("Dat heeft geen gevolgen voor uw uitkering.")


def sender_text(card: ReferralCard) -> str:
    """Return who asked this for the person."""
    if card.from_resident:
        return _("uzelf")
    return card.sender if card.from_organisation else team_name(card.sender)


def acts_text(card: ReferralCard) -> str:
    """Return who must do what before which day; of what is not sent yet, who prepares it."""
    if card.state is ReferralState.DRAFT:
        if card.is_sender:
            return _("U heeft dit nog niet verstuurd.")
        return _("In voorbereiding bij %(sender)s. Er is nog niets verstuurd.") % {
            "sender": sender_text(card)
        }
    return who_acts(card)


def own_facts(card: ReferralCard) -> Facts:
    """Return what a referral is for, how quickly, who asked it, and when it was sent and ended."""
    facts: Facts = [
        (_("Waarvoor"), THEMES[card.theme]),
        (_("Gevraagd door"), sender_text(card)),
        (_("Hoe snel"), URGENCIES[card.urgency]),
        (_("Verstuurd op"), day_text(card.sent_on) if card.sent_on else _("nog niet")),
    ]
    if card.closed_on:
        facts.append((_("Afgelopen op"), day_text(card.closed_on)))
    return facts


def ground_text(card: ReferralCard) -> list[Words]:
    """Return in plain sentences why the receiver may know this; empty when nothing is told."""
    told = card.told
    if told is None or not told.what:
        return []
    law = _("De wet die hierbij hoort: %(law)s.") % {"law": LEGAL_TASKS[told.legal_task]}
    return [_GROUNDS[told.ground], law]


def known_text(card: ReferralCard) -> list[str]:
    """Return how the person saw what is told, and how they said that they want this help."""
    told, lines = card.told, []
    if told is not None and told.told_how is not None:
        lines.append(
            _("U zag wat wij vertellen: %(way)s, op %(day)s.")
            % {"way": mid_sentence(OBTAINED_HOW[told.told_how]), "day": day_text(told.told_on)}
        )
    if card.agreed_how is not None:
        lines.append(
            _("U zei dat u deze hulp wilt: %(way)s, op %(day)s.")
            % {"way": mid_sentence(OBTAINED_HOW[card.agreed_how]), "day": day_text(card.agreed_on)}
        )
    return lines


def withdraw_text(card: ReferralCard) -> str:
    """Return what withdrawing does, as it stands now."""
    if card.state is ReferralState.DRAFT:
        return _("Niemand heeft dit nog gekregen. Wat er over u in staat, wordt gewist.")
    if card.state in AWAITS_ANSWER:
        return _("Wie gevraagd is, leest alleen dat antwoorden niet meer hoeft.")
    if card.state in WITH_ACCEPTOR:
        return _("Wie ja zei, leest dat u niet verder wilt. Uw woorden leest diegene niet.")
    return _("Er wordt dan niemand anders meer gevraagd.")
