"""Referrals of a team: what was sent, and what was asked of it, each list by its address."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations import clock
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
from meedoen.web.coach.referral_cells import cells, headings
from meedoen.web.coach.views.referral_pages import coach_page
from meedoen.web.shared.exporting import WAYS
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.referral_lines import (
    ReceivedLine,
    ReferralLine,
    received_line,
    referral_line,
)
from meedoen.web.shared.words import Words

MOST_ROWS = 5_000
NOT_ASKED = ("soort", "page")
"""What in the address is not about which referrals to show."""

log = logging.getLogger(__name__)

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
    wanted = form.wanted(_which(asked))
    page, lines = _found(viewer, wanted, number=page_number(request))
    context = {
        "form": form,
        "tabs": _tabs(viewer, asked, wanted),
        "which": wanted.show,
        "is_received": wanted.show in RECEIVED,
        "page": page,
        "lines": lines,
        "query": before_page(request),
        "nothing": NOTHING_THERE[wanted.show],
    }
    return render(request, "coach/referrals.html", context, status=422 if form.errors else 200)


@coach_page(Permission.REFER, methods=("GET", "HEAD"))
def referrals_export(request: ViewerRequest) -> HttpResponse:
    """Return everything that the address finds, on all pages of the list."""
    kind = request.GET.get("soort", "")
    if kind not in WAYS:
        raise Http404
    viewer = request.viewer
    asked = {name: word for name, word in request.GET.dict().items() if name not in NOT_ASKED}
    wanted = ReferralsForm(asked, viewer=viewer).wanted(_which(asked))
    page, lines = _found(viewer, wanted, size=MOST_ROWS)
    if page.total > MOST_ROWS:
        words = {"total": number_text(page.total), "most": number_text(MOST_ROWS)}
        messages.error(
            request,
            _(
                "Deze lijst heeft %(total)s verwijzingen. Er passen er hooguit %(most)s in een "
                "bestand. Kies bijvoorbeeld één onderwerp."
            )
            % words,
        )
        return redirect(f"{reverse('coach:referrals')}?{urlencode(asked)}")
    # What leaves the system is always worth a line, whatever the level that is kept; no names.
    log.warning("%s exported %s referrals as %s", viewer, page.total, kind)
    name = f"{_('verwijzingen')}-{clock.today().isoformat()}"
    columns = headings(received=wanted.show in RECEIVED)
    return WAYS[kind](name, columns, [cells(line) for line in lines])


def _which(asked: Mapping[str, str]) -> str:
    which = asked.get(LIST, "open")
    return which if which in {*SENT, *RECEIVED} else "open"


def _found(
    viewer: Viewer, wanted: SentFilter, **part: int
) -> tuple[Page[ReceivedCard] | Page[ReferralCard], Sequence[ReceivedLine | ReferralLine]]:
    if wanted.show in RECEIVED:
        show = "over" if wanted.show == "received_over" else "open"
        got = received_list(viewer, show=show, theme=wanted.theme, **part)
        return got, [received_line(card) for card in got.cards]
    found = sent(viewer, wanted=wanted, **part)
    return found, [referral_line(card) for card in found.cards]


def _tabs(viewer: Viewer, asked: Mapping[str, str], wanted: SentFilter) -> Sequence[Tab]:
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
            current=name == wanted.show,
        )
        for name, label in {**SENT, **RECEIVED}.items()
    ]
