"""A referral that came in for the team, or an answer that is noted for who phoned."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.referrals.answers import note_seen
from meedoen.records.referrals.queries import ReceivedCard, received, referral
from meedoen.records.referrals.receivers import (
    NamedReceiver,
    organisations_to_ask,
    teams_to_ask,
)
from meedoen.rules.vocabulary import AskState, ReferralAbout
from meedoen.web.coach.views.opening import open_file
from meedoen.web.coach.views.referral_pages import coach_page, crumbs_of
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.referral_answers import answers_for, keep_answer
from meedoen.web.shared.referral_lines import received_line, receiver_acts
from meedoen.web.shared.referral_told import reads_as_receiver
from meedoen.web.shared.referral_words import receiver_name


@coach_page(Permission.ANSWER_REFERRAL)
def referral_received(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show what was asked, and keep the answer."""
    viewer = request.viewer
    card = received(viewer, key=key)
    if card is None:
        raise Http404
    whole = referral(viewer, key=card.referral_key)
    person = None
    if whole is not None and whole.person_key is not None:
        person = open_file(request, whole.person_key, page="referral")
    # What the own team sent to another team is that team's to answer.
    is_own = not card.for_organisation and (whole is None or person is not None)
    if is_own and card.state is AskState.ASKED and request.method != "HEAD":
        # Who opens what the own team was asked has seen it; noting what another said is not that.
        note_seen(viewer, key=key)
        card = received(viewer, key=key) or card
    sent = request.POST if request.method == "POST" else None
    # Of whom a placement was made, the placement tells how it goes: nothing is told twice.
    is_placed = card.placement_key is not None
    shown = [] if is_placed else answers_for(card, receivers=_onward(viewer, card), sent=sent)
    kept = keep_answer(viewer, shown)
    if kept is not None:
        messages.success(request, str(kept.done))
        back = card.referral_key if whole is not None else None
        return redirect("coach:referral", key=back) if back else redirect(request.path)
    if sent is not None and not any(one.form.is_bound for one in shown):
        messages.info(request, _("Dat kan nu niet meer: de verwijzing is intussen verder."))
        return redirect(request.path)
    context = {
        "card": card,
        "person": person,
        "crumbs": crumbs_of(whole),
        "line": received_line(card),
        "reads": reads_as_receiver(card),
        "acts": receiver_acts(card),
        "answers": shown,
        "is_own": is_own,
        "receiver": _name(card),
        "is_new_person": card.about is ReferralAbout.NEW_PERSON,
    }
    wrong = any(one.is_open for one in shown)
    return render(request, "coach/referral_received.html", context, status=422 if wrong else 200)


def _name(card: ReceivedCard) -> str:
    if card.for_organisation:
        return card.receiver
    return receiver_name("", card.receiver)


def _onward(viewer: Viewer, card: ReceivedCard) -> list[NamedReceiver]:
    """Return to whom a referral may be sent on."""
    if not card.may_be_forwarded:
        return []
    teams = teams_to_ask(viewer) if card.about is not ReferralAbout.KNOWN_PERSON else []
    return [*organisations_to_ask(viewer), *teams]
