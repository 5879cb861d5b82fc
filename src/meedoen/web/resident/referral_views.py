"""One referral for the person it is about: what is told, how far it is, and withdrawing."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.referrals.own import withdraw_own
from meedoen.rules.referrals.states import CLOSED, WITH_SENDER
from meedoen.rules.vocabulary import ReferralState
from meedoen.web.resident.referral_forms import WithdrawForm
from meedoen.web.resident.referral_pages import (
    crumbs_of,
    open_own,
    places_asked,
    receivers_wanted,
    resident_page,
)
from meedoen.web.resident.referral_words import (
    NO_EFFECT,
    acts_text,
    ground_text,
    known_text,
    own_facts,
    withdraw_text,
)
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.referral_lines import ask_lines, referral_line, story_items
from meedoen.web.shared.referral_told import previews, what_words


@resident_page()
def referral_detail(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a referral about the viewer, and let them withdraw."""
    card, own = open_own(request, key)
    sent = request.POST if request.method == "POST" else None
    form = WithdrawForm(sent)
    if form.is_valid():
        try:
            withdraw_own(request.viewer, key=key, words=form.cleaned_data["words"])
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, f"{_('Uw verzoek is verwerkt: dit gaat niet door.')} {NO_EFFECT}"
            )
            return redirect(reverse("resident:path") + "#verwijzingen")
    context = {
        "card": card,
        "own": own,
        "crumbs": crumbs_of(),
        "line": referral_line(card),
        "acts": acts_text(card),
        "facts": own_facts(card),
        "asks": ask_lines(card),
        "receivers": receivers_wanted(request.viewer, card),
        "previews": previews(card, places_asked(request.viewer, card)),
        "what": what_words(card.told.what) if card.told else [],
        "ground": ground_text(card),
        "known": known_text(card),
        "items": story_items(card.steps),
        "form": form,
        "withdraw": withdraw_text(card),
        "no_effect": NO_EFFECT,
        "is_draft": card.state is ReferralState.DRAFT,
        "is_over": card.state in CLOSED,
        "may_write": card.is_sender and card.state in WITH_SENDER,
    }
    return render(request, "resident/referral.html", context, status=422 if form.errors else 200)
