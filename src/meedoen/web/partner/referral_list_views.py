"""Referrals of an organisation: what it was asked and what it asked, each list by its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
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
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import Theme
from meedoen.web.partner.referral_pages import crumbs_of, partner_page
from meedoen.web.shared.choices import choices
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.referral_lines import (
    ReceivedLine,
    ReferralLine,
    received_line,
    referral_line,
)
from meedoen.web.shared.words import THEMES, Words

LIST = "lijst"
"""The name in the address of which list is shown."""

RECEIVED: Mapping[str, Words] = {
    "received": gettext_lazy("Wacht op u"),
    "received_over": gettext_lazy("Voorbij"),
    "received_all": gettext_lazy("Alles"),
}
SENT: Mapping[str, Words] = {
    "open": gettext_lazy("Open"),
    "mine": gettext_lazy("U bent aan zet"),
    "late": gettext_lazy("Te laat"),
    "over": gettext_lazy("Voorbij"),
}
NOTHING_THERE: Mapping[str, Words] = {
    "received": gettext_lazy(
        "Er wacht geen verwijzing op u. Houd uw plekken actueel: dan weten anderen u te vinden."
    ),
    "received_over": gettext_lazy("Er is nog geen verwijzing aan u voorbij."),
    "received_all": gettext_lazy(
        "Er is nog niemand naar u verwezen. Houd uw plekken actueel: dan weten anderen u te vinden."
    ),
    "open": gettext_lazy(
        "U heeft geen verwijzing open staan. Wilt u iemand verwijzen? Kies “Verwijzen”."
    ),
    "mine": gettext_lazy("Er is niets teruggekomen, en er ligt geen verwijzing die niet af is."),
    "late": gettext_lazy("Er is niets te laat."),
    "over": gettext_lazy("Er is nog geen verwijzing van u afgelopen."),
}
"""What it means that a list is empty, and what to do."""


class ThemeForm(forms.Form):
    """For which theme; what is left out means all of them."""

    marks_optional = False

    theme = forms.TypedChoiceField(
        label=gettext_lazy("Waarvoor"),
        choices=lambda: [("", _("Alles")), *choices(THEMES, REFERRED_FOR)],
        coerce=Theme,
        empty_value=None,
        required=False,
    )


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to one of the lists, with how many referrals it has."""

    query: str
    label: Words
    total: int
    current: bool


@partner_page(Permission.REFER, methods=("GET", "HEAD"))
def referrals(request: ViewerRequest) -> HttpResponse:
    """Show a page of one list, filtered as the address says."""
    asked = request.GET.dict()
    form = ThemeForm(asked)
    form.is_valid()
    theme = form.cleaned_data.get("theme")
    which = asked.get(LIST, "received")
    if which not in {*SENT, *RECEIVED}:
        which = "received"
    page, lines = _listed(request.viewer, which, theme, page_number(request))
    received_tabs, sent_tabs = _tabs(request.viewer, which, theme)
    context = {
        "form": form,
        "received_tabs": received_tabs,
        "sent_tabs": sent_tabs,
        "which": which,
        "is_received": which in RECEIVED,
        "page": page,
        "lines": lines,
        "query": before_page(request),
        "nothing": NOTHING_THERE[which],
        "crumbs": crumbs_of(None)[:1],
    }
    return render(request, "partner/referrals.html", context, status=422 if form.errors else 200)


def _listed(
    viewer: Viewer, which: str, theme: Theme | None, number: int
) -> tuple[Page[ReceivedCard] | Page[ReferralCard], Sequence[ReceivedLine | ReferralLine]]:
    if which in RECEIVED:
        show = which.removeprefix("received").lstrip("_") or "open"
        got = received_list(viewer, show=show, theme=theme, number=number)
        return got, [received_line(card) for card in got.cards]
    own = sent(viewer, wanted=SentFilter(show=which, theme=theme), number=number)
    return own, [referral_line(card) for card in own.cards]


def _tabs(viewer: Viewer, which: str, theme: Theme | None) -> tuple[list[Tab], list[Tab]]:
    got = received_counts(viewer, theme=theme)
    totals = sent_counts(viewer, wanted=SentFilter(theme=theme)) | {
        "received": got["open"],
        "received_over": got["over"],
        "received_all": got["open"] + got["over"],
    }
    rest = {"theme": theme.value} if theme else {}
    groups = [
        [
            Tab(f"?{urlencode({LIST: name, **rest})}", label, totals[name], name == which)
            for name, label in group.items()
        ]
        for group in (RECEIVED, SENT)
    ]
    return groups[0], groups[1]
