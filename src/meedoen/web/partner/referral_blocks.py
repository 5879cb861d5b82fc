"""Referrals that wait for an organisation: what it was asked, and what came back to it."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.lists import came_back, waiting_for
from meedoen.records.referrals.queries import ReceivedCard, ReferralCard
from meedoen.rules.vocabulary import ReferralAbout, ReferralState
from meedoen.web.partner.block import MOST_SHOWN, Block, Item, stored, way_on
from meedoen.web.shared.referral_lines import received_line, receiver_acts, referral_line

LONGEST_SHOWN = 80
"""So many characters of what is asked are shown; the page of the referral has all."""


def received_block(viewer: Viewer) -> Block | None:
    """Return who and what was referred to the organisation and waits for a word from it."""
    # Of whom a placement was made, the placement says what waits.
    found = [card for card in waiting_for(viewer) if card.placement_key is None]
    if not found:
        return None
    late = sum(1 for card in found if card.is_late)
    return Block(
        code="referred",
        heading=_("Naar u verwezen"),
        sentence=_sentence(len(found), late),
        items=[_received(card) for card in found[:MOST_SHOWN]],
        **way_on(len(found), reverse("partner:referrals"), _("Alle verwijzingen aan u")),
    )


def back_block(viewer: Viewer) -> Block | None:
    """Return the own referrals that came back, or were never sent."""
    found = came_back(viewer)
    if not found:
        return None
    return Block(
        code="came-back",
        heading=_("Uw eigen verwijzingen"),
        sentence=ngettext(
            "Eén verwijzing van u is teruggekomen of nog niet verstuurd. U bent aan zet.",
            "%(total)s verwijzingen van u zijn teruggekomen of nog niet verstuurd. U bent aan zet.",
            len(found),
        )
        % {"total": len(found)},
        items=[_back(card) for card in found[:MOST_SHOWN]],
        **way_on(
            len(found),
            f"{reverse('partner:referrals')}?lijst=mine",
            _("Alle verwijzingen waarbij u aan zet bent"),
        ),
    )


def _sentence(total: int, late: int) -> str:
    text = ngettext(
        "Eén verwijzing wacht op een woord van u.",
        "%(total)s verwijzingen wachten op een woord van u.",
        total,
    ) % {"total": total}
    if not late:
        return text
    overdue = ngettext("Eén is te laat.", "%(total)s zijn te laat.", late) % {"total": late}
    return f"{text} {overdue}"


def _received(card: ReceivedCard) -> Item:
    line = received_line(card)
    return Item(
        title=_title(card.who, card.about),
        lines=[
            line.theme,
            _asked(card.asked) if not card.who else "",
            format_html(_("Van {sender}"), sender=line.sender),
            stored(card.place) if card.place else "",
            _due(receiver_acts(card), is_late=card.is_late),
        ],
        url=reverse("partner:referral_received", args=[card.key]),
        label=pgettext("to answer", "Antwoorden") if card.is_open else _("Vertellen hoe het gaat"),
        about=_about(card.who, str(line.theme)),
    )


def _back(card: ReferralCard) -> Item:
    line = referral_line(card)
    is_draft = card.state is ReferralState.DRAFT
    return Item(
        title=_title(card.who, card.about),
        lines=[
            line.theme,
            _asked(card.asked) if not card.who else "",
            line.state,
            _due(line.acts, is_late=card.is_late),
        ],
        url=reverse("partner:referral_check" if is_draft else "partner:referral", args=[card.key]),
        label=_("Verder schrijven") if is_draft else _("Kiezen wat u doet"),
        about=_about(card.who, str(line.theme)),
    )


def _title(who: str, about: ReferralAbout) -> str:
    """Return the name when it may be read, else whether it is about somebody."""
    if who:
        return stored(who)
    return _("Een vraag") if about is ReferralAbout.QUESTION else _("Een persoon")


def _asked(asked: str) -> str:
    return format_html("“{}”", stored(Truncator(asked).chars(LONGEST_SHOWN)))


def _due(acts: str, *, is_late: bool) -> str:
    return format_html("<strong>{}</strong> {}", _("Te laat."), acts) if is_late else acts


def _about(who: str, theme: str) -> str:
    if not who:
        return _("over: %(theme)s") % {"theme": theme}
    return format_html(_("over {name}: {theme}"), name=who, theme=theme)
