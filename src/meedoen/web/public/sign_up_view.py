"""Letting an organisation know that one would like to come to a place."""

import uuid

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import system_viewer
from meedoen.records.places import sign_up_actions
from meedoen.records.places.public_queries import PublicPlace
from meedoen.records.places.reaching import LONGEST_CONTACT
from meedoen.records.places.sign_up_actions import (
    LONGEST_MESSAGE,
    LONGEST_NAME,
    NewSignUp,
)
from meedoen.rules.places.sign_up_terms import sign_up_terms_on
from meedoen.web.public.places_views import crumbs_of, place_for_all
from meedoen.web.shared.pages import public_page

LIMIT = "sign_up_for_place"
"""The name of the limits in the settings: for one address, and for one place."""
TRAP = "website"
"""A field that nobody sees, and that programs fill in."""


class SignUpForm(forms.Form):
    """Who would like to come, and how to reach them."""

    name = forms.CharField(
        label=gettext_lazy("Uw naam"),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Vul uw naam in.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("Uw telefoonnummer of e-mailadres"),
        max_length=LONGEST_CONTACT,
        help_text=gettext_lazy("Hierop neemt de organisatie contact met u op."),
        error_messages={
            "required": gettext_lazy(
                "Vul een telefoonnummer of een e-mailadres in waarop u te bereiken bent."
            )
        },
    )
    message = forms.CharField(
        label=gettext_lazy("Wat wilt u vertellen of vragen?"),
        max_length=LONGEST_MESSAGE,
        required=False,
        help_text=gettext_lazy("Schrijf niets over uw gezondheid. Dat is hier niet nodig."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _sign_up(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show the form, and keep what was sent when it is right."""
    shown = place_for_all(key)
    if not shown.open_to_sign_up:
        raise Http404
    form = SignUpForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _kept(request, form, shown) if form.is_valid() else 422
        if status == 200:
            messages.success(request, _thanks(shown))
            return redirect("public:place", key=key)
    context = {
        "form": form,
        "place": shown,
        "trap": TRAP,
        "days": sign_up_terms_on(clock.today()).days,
        "crumbs": crumbs_of(shown),
    }
    return render(request, "public/place_sign_up.html", context, status=status)


sign_up = public_page(_sign_up, methods=("GET", "HEAD", "POST"))


def _thanks(shown: PublicPlace) -> str:
    return _("%(organisation)s weet nu dat u wilt komen, en neemt contact met u op.") % {
        "organisation": shown.organisation
    }


def _kept(request: HttpRequest, form: SignUpForm, shown: PublicPlace) -> int:
    """Keep the sign-up; return 200, or the status that goes with the error in the form."""
    if request.POST.get(TRAP):
        # A program: it hears what people hear, and nothing is kept.
        return 200
    if not ratelimit.consume(request, action=LIMIT, key=str(shown.key)):
        form.add_error(
            None,
            _(
                "Er kwamen te veel aanmeldingen achter elkaar. Probeer het over een uur opnieuw, "
                "of bel of mail de organisatie."
            ),
        )
        return 429
    viewer = system_viewer(shown.municipality_code)
    new = NewSignUp(place_key=shown.key, **form.cleaned_data)
    try:
        sign_up_actions.sign_up(viewer, new=new)
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return 422
    return 200
