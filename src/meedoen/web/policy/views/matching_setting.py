"""Whether Meedoen suggests places, whom to ask about it and how to object: set with a reason."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.matching_actions import (
    LONGEST_CONTACT,
    LONGEST_OBJECTION,
    LONGEST_REASON,
    set_matching,
)
from meedoen.records.organisations.matching_queries import (
    MatchingCard,
    matching_changes,
    matching_setting,
)
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.matching_register.standard import Problem
from meedoen.web.shared.algorithm import objection_of, what_is_missing
from meedoen.web.shared.pages import ViewerRequest, page

ON, OFF = "on", "off"


class MatchingForm(forms.Form):
    """How it is from now on, and why; what was shown is sent along."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=gettext_lazy("Stelt Meedoen plekken voor?"),
        choices=[
            (ON, gettext_lazy("Ja: plekken die passen, met redenen en op volgorde")),
            (OFF, gettext_lazy("Nee: alle plekken zijn te bekijken, zonder volgorde")),
        ],
        widget=forms.RadioSelect,
    )
    contact = forms.CharField(
        label=gettext_lazy("Waar mensen vragen kunnen stellen"),
        help_text=gettext_lazy(
            "Een e-mailadres, of een pagina die begint met https://. Dit komt op de openbare "
            "pagina en in het Algoritmeregister."
        ),
        max_length=LONGEST_CONTACT,
        required=False,
    )
    objection = forms.CharField(
        label=gettext_lazy("Wat een inwoner kan doen die het niet eens is met een lijst"),
        help_text=gettext_lazy(
            "Noem wie het bezwaar behandelt en de zes weken. Leeg: dan staat er de gewone tekst."
        ),
        max_length=LONGEST_OBJECTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Waarom verandert u dit?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


@page(Permission.SET_MATCHING)
def matching(request: ViewerRequest) -> HttpResponse:
    """Show how it is set and what changed, and change it."""
    card = matching_setting(request.viewer)
    sent = request.POST if request.method == "POST" else None
    form = MatchingForm(sent, initial=_initial(card))
    if sent is not None and form.is_valid() and _keep(request, form):
        messages.success(request, _("Bewaard. Het geldt vanaf nu."))
        return redirect("policy:matching")
    context = {
        "card": card,
        "form": form,
        "objection": objection_of(card),
        "missing": [_missing(one) for one in what_is_missing(card)],
        "changes": matching_changes(request.viewer),
    }
    return render(request, "policy/matching.html", context, status=422 if form.errors else 200)


def _missing(problem: Problem) -> str:
    """Return what the entry lacks; what the texts in the catalogue lack is for who keeps them."""
    if problem.field == "contact_email":
        return _("Vul hieronder in waar mensen vragen kunnen stellen.")
    return format_html('<span lang="en">{}</span>', problem.sentence)


def _initial(card: MatchingCard) -> dict[str, Any]:
    return {
        "state": ON if card.is_on else OFF,
        "contact": card.contact,
        "objection": card.objection,
        "seen": card.setting_id,
    }


def _keep(request: ViewerRequest, form: MatchingForm) -> bool:
    given = form.cleaned_data
    try:
        set_matching(
            request.viewer,
            is_on=given["state"] == ON,
            contact=given["contact"],
            objection=given["objection"],
            reason=given["reason"],
            seen=given["seen"],
        )
    except ActionRefusedError as refused:
        form.add_error(None, str(refused))
        return False
    return True
