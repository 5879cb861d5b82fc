"""Pages behind a signed link: one question about one thing, answered without an account."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.links.actions import LinkSpentError
from meedoen.records.links.invitation_actions import accept_invitation as accept
from meedoen.records.links.invitations import Invitation, asked_invitation
from meedoen.records.links.opening import HeldLink
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.asked import (
    NOT_COMING,
    AskedStart,
    asked_start,
    confirm_with_link,
    tell_not_coming_with_link,
)
from meedoen.records.placements.place_closing import answer_about_place
from meedoen.records.places.asked import (
    AskedPlace,
    AskedSignUp,
    answer_sign_up_with_link,
    asked_place,
    asked_sign_up,
)
from meedoen.records.places.freshness_actions import LONGEST_NOTE
from meedoen.rules.vocabulary import FreshnessAnswer, LinkPurpose, PlacementState, SignUpState
from meedoen.web.partner.link_pages import link_page
from meedoen.web.partner.start_form import ALREADY, LinkStartForm, confirm_words
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.place_shown import details_facts, times_lines
from meedoen.web.shared.words import PLACEMENT_STATES

ROOM_AGAIN = "room_again"
"""On the page a button of its own; in what is kept, still right and no longer full."""


class PlaceAnswerForm(forms.Form):
    """Which button was pressed, and what changed in words."""

    answer = forms.ChoiceField(
        choices=[(word, word) for word in [*(one.value for one in FreshnessAnswer), ROOM_AGAIN]],
        error_messages={
            "required": gettext_lazy("Kies een van de knoppen."),
            "invalid_choice": gettext_lazy("Kies een van de knoppen."),
        },
    )
    note = forms.CharField(
        label=gettext_lazy("Wat is er veranderd?"),
        help_text=gettext_lazy("Schrijf hier geen namen van mensen."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SignUpAnswerForm(forms.Form):
    """Which button was pressed about somebody who signed up."""

    state = forms.ChoiceField(
        choices=[(one.value, one.value) for one in (SignUpState.CONTACTED, SignUpState.CLOSED)],
        error_messages={
            "required": gettext_lazy("Kies een van de knoppen."),
            "invalid_choice": gettext_lazy("Kies een van de knoppen."),
        },
    )


class PasswordForm(forms.Form):
    """A first password, typed twice."""

    password = forms.CharField(
        label=gettext_lazy("Wachtwoord"),
        help_text=gettext_lazy("Minstens 12 tekens. Een paar woorden achter elkaar is goed."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Nog een keer hetzelfde wachtwoord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """Refuse two passwords that differ."""
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("password") not in {None, again}:
            raise forms.ValidationError(_("De twee wachtwoorden zijn niet gelijk."))
        return again


@link_page(LinkPurpose.CONFIRM_PLACE, asked_place)
def answer_place(request: HttpRequest, link: HeldLink, place: AskedPlace) -> HttpResponse | None:
    """Say whether a place is still right, with one press."""
    form = PlaceAnswerForm(_sent(request))
    if form.is_valid():
        chosen = form.cleaned_data["answer"]
        has_room = chosen == ROOM_AGAIN
        answer = FreshnessAnswer.STILL_RIGHT if has_room else FreshnessAnswer(chosen)

        def keep() -> None:
            answer_about_place(
                link.viewer,
                place_key=place.key,
                answer=answer,
                note=form.cleaned_data["note"],
                has_room=has_room,
            )

        if _kept(form, "note", keep):
            return None
    context = {
        "form": form,
        "place": place,
        "facts": _facts(place),
        "groups": details_facts(place.details, today=clock.today()),
        "expires_at": link.expires_at,
    }
    return _page(request, "partner/links/place.html", context, form)


@link_page(LinkPurpose.CONFIRM_START, asked_start)
def answer_start(request: HttpRequest, link: HeldLink, start: AskedStart) -> HttpResponse | None:
    """Tell that people met, or began; or tell the coach that nothing comes of it."""
    form = LinkStartForm(_sent(request), state=start.state)
    if _is_late(request, start):
        # Pressed twice, or a colleague was first: what stands there is shown anew.
        messages.info(request, ALREADY[start.state] % {"name": start.given_name})
        return None
    if form.is_valid():
        keep = _not_coming(link, start, form) if _says_no(form) else _confirming(link, start, form)
        if _kept(form, "reason" if _says_no(form) else "on", keep):
            if form.cleaned_data["to"] == PlacementState.INTRODUCED:
                words = confirm_words(start.state, PlacementState.INTRODUCED).done
                messages.success(request, words % _told(start, form))
            return None
    context = {
        "form": form,
        "start": start,
        "state": PLACEMENT_STATES[start.state],
        "expires_at": link.expires_at,
    }
    return _page(request, "partner/links/start.html", context, form)


def _is_late(request: HttpRequest, start: AskedStart) -> bool:
    """Return whether the page that was sent showed another state than there is now."""
    seen = request.POST.get("seen", "")
    return request.method == "POST" and bool(seen) and seen != start.state.value


def _says_no(form: LinkStartForm) -> bool:
    return bool(form.cleaned_data["to"] == NOT_COMING)


def _confirming(link: HeldLink, start: AskedStart, form: LinkStartForm) -> Callable[[], None]:
    given = form.cleaned_data
    to, on = PlacementState(given["to"]), given["on"]
    return lambda: confirm_with_link(link.viewer, placement_id=start.placement_id, to=to, on=on)


def _not_coming(link: HeldLink, start: AskedStart, form: LinkStartForm) -> Callable[[], None]:
    given = form.cleaned_data
    return lambda: tell_not_coming_with_link(
        link.viewer, placement_id=start.placement_id, reason=given["reason"], text=given["text"]
    )


def _told(start: AskedStart, form: LinkStartForm) -> dict[str, str]:
    day = day_text(form.cleaned_data["on"])
    return {"name": start.given_name, "title": start.title, "day": day}


@link_page(LinkPurpose.ANSWER_SIGN_UP, asked_sign_up)
def answer_sign_up(
    request: HttpRequest, link: HeldLink, sign_up: AskedSignUp
) -> HttpResponse | None:
    """Say what became of somebody who showed interest in a place, with one press."""
    form = SignUpAnswerForm(_sent(request))
    if form.is_valid():
        state = SignUpState(form.cleaned_data["state"])

        def keep() -> None:
            answer_sign_up_with_link(link.viewer, sign_up_id=sign_up.sign_up_id, state=state)

        if _kept(form, "state", keep):
            return None
    context = {"form": form, "sign_up": sign_up, "expires_at": link.expires_at}
    return _page(request, "partner/links/sign_up.html", context, form)


@link_page(LinkPurpose.ACCEPT_INVITATION, asked_invitation)
def accept_invitation(
    request: HttpRequest, link: HeldLink, invitation: Invitation
) -> HttpResponse | None:
    """Choose a first password, and go on to the sign-in page."""
    form = PasswordForm(_sent(request))
    if form.is_valid():

        def keep() -> None:
            accept(
                link.viewer,
                membership_id=invitation.membership_id,
                password=form.cleaned_data["password"],
            )

        if _kept(form, "password", keep):
            messages.success(request, _("Uw wachtwoord is bewaard. U kunt nu inloggen."))
            return redirect("account_login")
    context = {"form": form, "invitation": invitation, "expires_at": link.expires_at}
    return _page(request, "partner/links/invitation.html", context, form)


def _sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _kept(form: forms.Form, field: str, keep: Callable[[], None]) -> bool:
    """Return whether an answer was kept; what was refused stands with the field.

    Raises LinkSpentError when the link does not hold any more: that is no mistake in the form.
    """
    try:
        keep()
    except LinkSpentError:
        raise
    except ActionRefusedError as refused:
        form.add_error(field, str(refused))
        return False
    return True


def _page(
    request: HttpRequest, template: str, context: dict[str, object], form: forms.Form
) -> HttpResponse:
    return render(request, template, context, status=422 if form.errors else 200)


def _facts(place: AskedPlace) -> list[tuple[str, str]]:
    """Return first what changes most, as people read it."""
    details = place.details
    times = times_lines(details, today=clock.today())
    return [
        (_("Organisatie"), place.organisation),
        (_("Waar"), ", ".join(filter(None, [place.location, place.district]))),
        (_("Wanneer"), format_html_join(mark_safe("<br>"), "{}", ((line,) for line in times))),
        (_("Voor hoeveel mensen"), number_text(details.capacity)),
        (_("Ruimte"), _("Vol") if details.is_full else _("Er is ruimte")),
    ]
