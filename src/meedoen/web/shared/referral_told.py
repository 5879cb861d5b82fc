"""What a receiver of a referral reads: the same for who sends it, who receives it and the resident.

Rendered by templates/shared/referral_told.html.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from meedoen.records.referrals.cards import ToldCard
from meedoen.records.referrals.queries import ReceivedCard, ReferralCard
from meedoen.rules.vocabulary import ReferralAbout, Shared, Theme, Urgency
from meedoen.web.shared.referral_words import URGENCIES, sender_name
from meedoen.web.shared.sharing_words import LEGAL_GROUNDS, LEGAL_TASKS, SHARED
from meedoen.web.shared.words import THEMES, Words

Facts = list[tuple[str, Words]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What somebody reads: what is asked, about whom, and why they may know it.

    `person` is empty when nothing is told about anybody; `note` then says why, or what is missing.
    """

    question: Facts
    person: Facts
    ground: Facts
    note: str


def reads_as_receiver(card: ReceivedCard) -> Reads:
    """Return what a receiver reads now."""
    sender = sender_name(card.sender, from_organisation=card.from_organisation)
    return Reads(
        question=_question(card.theme, card.urgency, card.asked, card.district, sender, card.place),
        person=told_facts(card.told),
        ground=ground_facts(card.told),
        note=_note(card.about, card.told, hidden=card.told is None, over=not card.is_open),
    )


def reads_before_yes(card: ReferralCard, *, place: str = "") -> Reads:
    """Return what a receiver reads before its answer, for who sends it."""
    return _preview(card, place, hidden=card.names_after_yes)


def reads_after_yes(card: ReferralCard, *, place: str = "") -> Reads:
    """Return what the receiver that said yes reads, for who sends it."""
    return _preview(card, place, hidden=False)


def previews(card: ReferralCard, places: Sequence[str]) -> list[tuple[str, Reads, Reads | None]]:
    """Return what is read before and after a yes, once for each place that is asked for.

    Without a second part the receiver reads everything at once.
    """
    return [
        (
            place,
            reads_before_yes(card, place=place),
            reads_after_yes(card, place=place) if card.names_after_yes else None,
        )
        for place in dict.fromkeys(places) or {"": None}
    ]


def told_facts(told: ToldCard | None) -> Facts:
    """Return what is told about somebody, as labels with values; empty when nothing is."""
    if told is None or told.is_emptied:
        return []
    facts: Facts = []
    if told.name:
        facts.append((_("Naam"), told.name))
        if told.phone:
            facts.append((_("Telefoon"), told.phone))
    return facts + [(str(SHARED[word]), _said(text)) for word, text in told.facts if text]


def ground_facts(told: ToldCard | None) -> Facts:
    """Return why this may be told: the law, the ground, and the reason in words."""
    if told is None:
        return []
    return [
        (_("Waarom nodig"), _said(told.explanation) if told.explanation else ""),
        (_("Voor welke wet"), LEGAL_TASKS[told.legal_task]),
        (_("Op welke grond"), LEGAL_GROUNDS[told.ground]),
    ]


def what_words(what: tuple[Shared, ...]) -> list[Words]:
    """Return what kinds of things were told, without what they say."""
    return [SHARED[word] for word in what]


def _preview(card: ReferralCard, place: str, *, hidden: bool) -> Reads:
    told = None if hidden else card.told
    sender = sender_name(card.sender, from_organisation=card.from_organisation)
    return Reads(
        question=_question(card.theme, card.urgency, card.asked, card.district, sender, place),
        person=told_facts(told),
        ground=ground_facts(told),
        note=_note(card.about, told, hidden=hidden, over=False),
    )


def _question(
    theme: Theme, urgency: Urgency, asked: str, district: str, sender: str, place: str
) -> Facts:
    facts: Facts = [
        (_("Van"), sender),
        (_("Waarvoor"), THEMES[theme]),
        *([(_("Wat wordt gevraagd"), _said(asked))] if asked else []),
        (_("Hoe snel"), URGENCIES[urgency]),
    ]
    if place:
        facts.append((_("Om welke plek het gaat"), _said(place)))
    if district:
        facts.append((_("Wijk"), district))
    return facts


def _note(about: ReferralAbout, told: ToldCard | None, *, hidden: bool, over: bool) -> str:
    if about is ReferralAbout.QUESTION:
        return _("Dit is een vraag zonder persoon: over niemand wordt iets verteld.")
    if told is not None and told.is_emptied:
        return _("Wat er over deze persoon stond, is gewist.")
    if hidden and over:
        return _("Over wie het ging, is hier niet meer te lezen.")
    if hidden:
        return _("Over wie het gaat, staat hier na een ja.")
    return ""


def _said(text: str) -> str:
    """Mark what somebody wrote as Dutch, whatever the language of the page."""
    return format_html('<span lang="nl">{}</span>', text)
