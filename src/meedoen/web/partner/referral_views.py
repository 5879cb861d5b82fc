"""One referral for an organisation: what it was asked, and what it sent."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.queries import guest
from meedoen.records.referrals.answers import note_seen
from meedoen.records.referrals.opening import note_received
from meedoen.records.referrals.queries import ReceivedCard, received
from meedoen.records.referrals.receivers import (
    NamedReceiver,
    organisations_to_ask,
    teams_to_ask,
)
from meedoen.rules.referrals.states import WITH_SENDER
from meedoen.rules.vocabulary import AskState, ReferralAbout
from meedoen.web.partner.referral_pages import PAGE, crumbs_of, open_own, partner_page
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.referral_answers import answers_for, keep_answer
from meedoen.web.shared.referral_course import BACK, DISCARD, course_parts, do_part
from meedoen.web.shared.referral_facts import known_facts, referral_facts
from meedoen.web.shared.referral_lines import (
    ask_lines,
    received_line,
    receiver_acts,
    referral_line,
    story_items,
)
from meedoen.web.shared.referral_told import reads_after_yes, reads_as_receiver, what_words


@partner_page(Permission.ANSWER_REFERRAL)
def referral_received(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show what the organisation was asked, and keep its answer.

    Opening the page notes that it was seen: that may be done by GET, because it is what the sender
    is told about opening it, it is noted once, and it answers nothing.
    """
    viewer = request.viewer
    card = received(viewer, key=key)
    if card is None:
        raise Http404
    if card.state is AskState.ASKED and request.method != "HEAD":
        note_seen(viewer, key=key)
        card = received(viewer, key=key) or card
    note_received(viewer, key=key, page=PAGE)
    placed = guest(viewer, key=card.placement_key) if card.placement_key else None
    sent = request.POST if request.method == "POST" else None
    # Of whom a placement was made, the placement tells how it goes: nothing is told twice.
    shown = [] if placed else answers_for(card, receivers=_onward(viewer, card), sent=sent)
    kept = keep_answer(viewer, shown)
    if kept is not None:
        messages.success(request, str(kept.done))
        return redirect(request.path)
    if sent is not None and not any(one.form.is_bound for one in shown):
        messages.info(request, _("Dat kan nu niet meer: de verwijzing is intussen verder."))
        return redirect(request.path)
    context = {
        "card": card,
        "crumbs": crumbs_of(None),
        "line": received_line(card),
        "reads": reads_as_receiver(card),
        "acts": "" if placed else receiver_acts(card),
        "answers": shown,
        "placed": placed,
        "is_new_person": card.about is ReferralAbout.NEW_PERSON,
    }
    wrong = any(one.is_open for one in shown)
    return render(request, "partner/referral_received.html", context, status=422 if wrong else 200)


@partner_page(Permission.REFER)
def referral_detail(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a referral of the own organisation, and do what it asks."""
    card = open_own(request, key)
    sent = request.POST if request.method == "POST" else None
    parts = course_parts(request.viewer, card, sent, may_end=card.is_sender)
    done = do_part(parts)
    if done is not None:
        messages.success(request, str(done.done))
        if done.name == DISCARD:
            return redirect("partner:referrals")
        return redirect("partner:referral", key=key)
    if sent is not None and not any(one.form.is_bound for one in parts):
        messages.info(request, _("Dat kan nu niet meer: de verwijzing is intussen verder."))
        return redirect("partner:referral", key=key)
    context = {
        "card": card,
        "crumbs": crumbs_of(card)[:-1],
        "line": referral_line(card),
        "facts": referral_facts(card),
        "asks": ask_lines(card),
        "reads": reads_after_yes(card),
        "what": what_words(card.told.what) if card.told else [],
        "known": known_facts(card),
        "items": story_items(card.steps),
        "parts": parts,
        "may_write": card.state in WITH_SENDER,
        "is_back": card.state in BACK,
    }
    wrong = any(one.is_open for one in parts)
    return render(request, "partner/referral.html", context, status=422 if wrong else 200)


def _onward(viewer: Viewer, card: ReceivedCard) -> list[NamedReceiver]:
    """Return to whom a referral may be sent on."""
    if not card.may_be_forwarded:
        return []
    teams = teams_to_ask(viewer) if card.about is not ReferralAbout.KNOWN_PERSON else []
    return [*organisations_to_ask(viewer), *teams]
