"""Referrals of a team: what was sent, and what was asked of it, each list by its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.referrals.lists import (
    SentFilter,
    received_counts,
    received_list,
    sent,
    sent_counts,
)
from meedoen.records.referrals.queries import ReceivedCard, ReferralCard
from meedoen.web.coach.forms.referral_course import LIST, ReferralsForm
from meedoen.web.coach.referral_pages import coach_page
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.referral_lines import (
    ReceivedLine,
    ReferralLine,
    received_line,
    referral_line,
)
from meedoen.web.shared.words import Words

SENT: Mapping[str, Words] = {
    "open": gettext_lazy("Open"),
    "mine": gettext_lazy("U bent aan zet"),
    "theirs": gettext_lazy("Bij een ontvanger"),
    "late": gettext_lazy("Te laat"),
    "over": gettext_lazy("Voorbij"),
}
RECEIVED: Mapping[str, Words] = {
    "received": gettext_lazy("Aan u gevraagd"),
    "received_over": gettext_lazy("Gevraagd en voorbij"),
}
NOTHING_THERE: Mapping[str, Words] = {
    "open": gettext_lazy(
        "Er staat geen verwijzing open. Verwijs vanuit het dossier van een inwoner, of stel een "
        "vraag zonder persoon."
    ),
    "mine": gettext_lazy("Er is niets teruggekomen, en er ligt geen verwijzing die niet af is."),
    "theirs": gettext_lazy("Er ligt nu geen verwijzing bij een ontvanger."),
    "late": gettext_lazy("Er is niets te laat."),
    "over": gettext_lazy("Er is nog geen verwijzing afgelopen."),
    "received": gettext_lazy("Aan uw team is nu niets gevraagd."),
    "received_over": gettext_lazy("Aan uw team is nog niets gevraagd dat voorbij is."),
}
"""What it means that a list is empty, and what to do."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to one of the lists, with how many referrals it has."""

    query: str
    label: Words
    total: int
    current: bool


@coach_page(Permission.REFER, methods=("GET", "HEAD"))
def referrals(request: ViewerRequest) -> HttpResponse:
    """Show a page of one list, filtered as the address says."""
    viewer = request.viewer
    asked = request.GET.dict()
    form = ReferralsForm(asked, viewer=viewer)
    which = asked.get(LIST, "open")
    if which not in {*SENT, *RECEIVED}:
        which = "open"
    wanted = form.wanted(which)
    number = page_number(request)
    page: Page[ReceivedCard] | Page[ReferralCard]
    lines: Sequence[ReceivedLine | ReferralLine]
    if which in RECEIVED:
        show = "over" if which == "received_over" else "open"
        page = received_list(viewer, show=show, theme=wanted.theme, number=number)
        lines = [received_line(card) for card in page.cards]
    else:
        page = sent(viewer, wanted=wanted, number=number)
        lines = [referral_line(card) for card in page.cards]
    context = {
        "form": form,
        "tabs": _tabs(viewer, asked, wanted, which),
        "which": which,
        "is_received": which in RECEIVED,
        "page": page,
        "lines": lines,
        "query": before_page(request),
        "nothing": NOTHING_THERE[which],
    }
    return render(request, "coach/referrals.html", context, status=422 if form.errors else 200)


def _tabs(
    viewer: Viewer, asked: Mapping[str, str], wanted: SentFilter, which: str
) -> Sequence[Tab]:
    rest = {name: word for name, word in asked.items() if name not in {LIST, "page"}}
    got = received_counts(viewer, theme=wanted.theme)
    totals = sent_counts(viewer, wanted=wanted) | {
        "received": got["open"],
        "received_over": got["over"],
    }
    return [
        Tab(
            query=f"?{urlencode({LIST: name, **rest})}",
            label=label,
            total=totals[name],
            current=name == which,
        )
        for name, label in {**SENT, **RECEIVED}.items()
    ]
