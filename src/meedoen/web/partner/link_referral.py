"""The pages behind the links of a referral: an answer, and after a yes what came of it.

Programs that look after mail follow links, and keep what they find. So the page first says who
asks and until when; what is asked, and about whom, comes after a press on a button.
"""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meedoen.records.links.actions import LinkSpentError
from meedoen.records.links.opening import HeldLink, RefusedLink, open_link
from meedoen.records.referrals.answers import note_seen
from meedoen.records.referrals.asked import asked_referral, promised_referral
from meedoen.records.referrals.queries import ReceivedCard
from meedoen.records.referrals.receivers import NamedReceiver, organisations_to_ask
from meedoen.rules.vocabulary import LinkPurpose, ReferralAbout
from meedoen.web.partner.link_pages import link_page
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.referral_answers import PART, answers_for, keep_answer
from meedoen.web.shared.referral_lines import receiver_acts
from meedoen.web.shared.referral_told import reads_as_receiver
from meedoen.web.shared.referral_words import URGENCIES, sender_name
from meedoen.web.shared.words import Words

LOOK = "look"
"""The button that shows what is asked."""
LOOKED = "looked_with_links"
"""Under this the session holds the numbers of the links of which the question was shown."""
MOST_LOOKED = 20


@link_page(LinkPurpose.ANSWER_REFERRAL, asked_referral)
def answer_referral(
    request: HttpRequest, link: HeldLink, card: ReceivedCard
) -> HttpResponse | None:
    """Say yes, no, or who can do this better; looking at the question notes that it was seen."""

    def seen() -> None:
        note_seen(link.viewer, key=card.key)

    return _shown(request, link, card, receivers=organisations_to_ask(link.viewer), look=seen)


@link_page(LinkPurpose.TELL_REFERRAL, promised_referral)
def tell_referral(request: HttpRequest, link: HeldLink, card: ReceivedCard) -> HttpResponse | None:
    """Tell that it began, or what came of it, or give it back."""
    return _shown(request, link, card, receivers=[], look=lambda: None)


def _shown(
    request: HttpRequest,
    link: HeldLink,
    card: ReceivedCard,
    *,
    receivers: Sequence[NamedReceiver],
    look: Callable[[], None],
) -> HttpResponse | None:
    """Show a closed page, then the question with the answers, and keep the answer that was sent."""
    sent = request.POST if request.method == "POST" else None
    if sent is not None and LOOK in sent:
        look()
        _remember(request, link)
        return None
    if link.link_id not in request.session.get(LOOKED, []) and (sent is None or PART not in sent):
        context = {"card": card, "facts": _closed_facts(card), "expires_at": link.expires_at}
        return render(request, "partner/links/referral_closed.html", context)
    shown = answers_for(card, receivers=receivers, sent=sent)
    if keep_answer(link.viewer, shown) is not None:
        return None
    if sent is not None:
        _refuse_spent(request, link)
        if not any(one.form.is_bound for one in shown):
            messages.info(request, _("Dat kan nu niet meer: de verwijzing is intussen verder."))
            return None
    context = {
        "card": card,
        "reads": reads_as_receiver(card),
        "acts": receiver_acts(card),
        "answers": shown,
        "expires_at": link.expires_at,
    }
    wrong = any(one.is_open for one in shown)
    return render(request, "partner/links/referral.html", context, status=422 if wrong else 200)


def _remember(request: HttpRequest, link: HeldLink) -> None:
    """Keep in this browser that the question was shown, so that reading it again is no press."""
    looked = [one for one in request.session.get(LOOKED, []) if one != link.link_id]
    request.session[LOOKED] = [*looked, link.link_id][-MOST_LOOKED:]


def _refuse_spent(request: HttpRequest, link: HeldLink) -> None:
    """Raise LinkSpentError when somebody else answered between the page and its button."""
    token = request.resolver_match.kwargs["token"] if request.resolver_match else ""
    now = open_link(token, purpose=link.purpose, note=False)
    if isinstance(now, RefusedLink):
        raise LinkSpentError(now.problem)


def _closed_facts(card: ReceivedCard) -> list[tuple[str, Words]]:
    """Return what may stand on the page before anybody pressed: nothing about anybody."""
    about = card.about is ReferralAbout.QUESTION
    return [
        (_("Van"), sender_name(card.sender, from_organisation=card.from_organisation)),
        (pgettext("to whom", "Aan"), card.receiver),
        (_("Over"), _("een vraag, zonder persoon") if about else _("een inwoner")),
        (_("Hoe snel"), URGENCIES[card.urgency]),
        (
            _("Antwoord uiterlijk") if card.is_open else _("Vertel uiterlijk hoe het gaat"),
            day_text(card.next_due_on or card.due_on),
        ),
    ]
