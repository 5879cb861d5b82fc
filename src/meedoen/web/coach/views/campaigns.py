"""Lists of people to invite: made, worked down, added to and closed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.conversations import campaign_queries
from meedoen.records.conversations.campaign_actions import (
    CampaignIsThereError,
    close_campaign,
    extend_campaign,
    start_campaign,
)
from meedoen.records.conversations.campaign_queries import CampaignCard, MemberCard
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import DistrictCard, districts
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import to_invite
from meedoen.web.coach.forms.campaigns import CampaignForm, MembersForm
from meedoen.web.coach.outreach_words import (
    MEMBER_STATE_KINDS,
    MEMBER_STATES,
    alone_text,
    attempt_text,
    criteria_text,
)
from meedoen.web.coach.progress_bar import ProgressBar, progress_bar
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.words import Words

SAVE = "save"
"""The button that makes the list; the other one only counts who would be on it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, of whom it was made, and how far it is."""

    card: CampaignCard
    criteria: str
    bar: ProgressBar


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on a list, in words."""

    member: MemberCard
    state: Words
    kind: str
    last: str
    alone: str
    overdue: bool


@page(Permission.RECORD_CONVERSATION, methods=("GET", "HEAD"))
def campaigns(request: ViewerRequest) -> HttpResponse:
    """Show the lists of the team, with how far each is."""
    named = {card.district_id: card for card in districts(request.viewer)}
    cards = campaign_queries.campaigns(request.viewer)
    context = {
        "running": [_listed(card, named) for card in cards if card.closed_on is None],
        "closed": [_listed(card, named) for card in cards if card.closed_on is not None],
    }
    return render(request, "coach/campaigns.html", context)


@page(Permission.RECORD_CONVERSATION)
def campaign_new(request: ViewerRequest) -> HttpResponse:
    """Show how many people would be on a list, and make it when that number was seen."""
    sent = request.POST if request.method == "POST" else None
    form = CampaignForm(sent, districts=districts(request.viewer))
    count = None
    if sent is not None and form.is_valid():
        wanted = form.new_campaign()
        count = len(
            to_invite(
                request.viewer,
                district_ids=wanted.district_ids,
                never_spoken=wanted.never_spoken,
                not_spoken_months=wanted.not_spoken_months,
            )
        )
        seen = form.cleaned_data["shown_count"] == count
        if sent.get("step") == SAVE and seen and count:
            try:
                key = start_campaign(request.viewer, campaign=wanted)
            except CampaignIsThereError as error:
                form.add_error(None, str(error))
                form.begin_anew()
            except ActionRefusedError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("De lijst is gemaakt."))
                return redirect("coach:campaign", key=key)
    context = {"form": form, "count": count}
    return render(request, "coach/campaign_new.html", context, status=422 if form.errors else 200)


@page(Permission.RECORD_CONVERSATION)
def campaign(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a list in the order of work; add who came to the district since when that is asked."""
    card = _open(request, key)
    if request.method == "POST":
        return _extend(request, card)
    form = MembersForm(request.GET.dict())
    state = form.state_wanted()
    found = campaign_queries.members(
        request.viewer, campaign=card, state=state, number=page_number(request)
    )
    named = {one.district_id: one for one in districts(request.viewer)}
    context = {
        "form": form,
        "listed": _listed(card, named),
        "page": found,
        "rows": _rows(found.cards),
        "query": before_page(request),
        "filtered": state is not None,
        "to_add": _count_to_add(request, card),
    }
    return render(request, "coach/campaign.html", context, status=422 if form.errors else 200)


@page(Permission.RECORD_CONVERSATION)
def campaign_close(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Ask whether a list may be closed, and close it."""
    card = _open(request, key)
    refusal = ""
    if request.method == "POST":
        try:
            close_campaign(request.viewer, key=card.key)
        except ActionRefusedError as error:
            refusal = str(error)
        else:
            messages.success(request, _("De lijst is gesloten."))
            return redirect("coach:campaigns")
    context = {"card": card, "refusal": refusal}
    return render(request, "coach/campaign_close.html", context, status=422 if refusal else 200)


def _open(request: ViewerRequest, key: uuid.UUID) -> CampaignCard:
    card = campaign_queries.campaign(request.viewer, key=key)
    if card is None:
        raise Http404
    return card


def _count_to_add(request: ViewerRequest, card: CampaignCard) -> int:
    return 0 if card.closed_on else campaign_queries.count_to_add(request.viewer, campaign=card)


def _extend(request: ViewerRequest, card: CampaignCard) -> HttpResponse:
    try:
        added = extend_campaign(request.viewer, key=card.key)
    except ActionRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            ngettext(
                "%(count)s inwoner is erbij gekomen.",
                "%(count)s inwoners zijn erbij gekomen.",
                added,
            )
            % {"count": added},
        )
    return redirect("coach:campaign", key=card.key)


def _listed(card: CampaignCard, named: dict[int, DistrictCard]) -> Listed:
    return Listed(card, criteria_text(card, named), progress_bar(card.progress))


def _rows(cards: Sequence[MemberCard]) -> list[Row]:
    today = clock.today()
    return [
        Row(
            member=card,
            state=MEMBER_STATES[card.state],
            kind=MEMBER_STATE_KINDS[card.state],
            last=attempt_text(card.last_attempt) if card.last_attempt else "",
            alone=alone_text(card.person.no_contact_until) if card.person.no_contact_until else "",
            overdue=card.step is not None and card.step.planned_on < today,
        )
        for card in cards
    ]
