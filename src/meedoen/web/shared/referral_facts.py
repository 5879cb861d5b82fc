"""The facts of a referral for its sender: what for, of whom, and how the person knows of it."""

from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.referrals.queries import ReferralCard
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.referral_words import ABOUT, URGENCIES, sender_name
from meedoen.web.shared.sharing_words import OBTAINED_HOW
from meedoen.web.shared.words import THEMES, Words


def referral_facts(card: ReferralCard) -> list[tuple[str, Words]]:
    """Return what a referral is for, how quickly, about whom, from whom and when."""
    facts: list[tuple[str, Words]] = [
        (_("Waarvoor"), THEMES[card.theme]),
        (_("Hoe snel"), URGENCIES[card.urgency]),
        (_("Over wie"), card.who or ABOUT[card.about]),
        (_("Van"), sender_name(card.sender, from_organisation=card.from_organisation)),
        (_("Verstuurd op"), day_text(card.sent_on) if card.sent_on else _("nog niet")),
    ]
    if card.closed_on:
        facts.append((_("Afgelopen op"), day_text(card.closed_on)))
    return facts


def known_facts(card: ReferralCard) -> list[tuple[str, Words]]:
    """Return how the person knew what was told, and said that this help is wanted."""
    told = card.told
    facts: list[tuple[str, Words]] = []
    if told is not None and told.told_how is not None:
        facts.append((_("Aan de inwoner getoond"), _how(OBTAINED_HOW[told.told_how], told.told_on)))
    if card.agreed_how is not None:
        facts.append(
            (_("De inwoner wil deze hulp"), _how(OBTAINED_HOW[card.agreed_how], card.agreed_on))
        )
    return facts


def _how(way: Words, day: Any) -> str:
    return _("%(way)s, op %(day)s") % {"way": way, "day": day_text(day)}
