"""How somebody is after a placement: asked, written down, and put right."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.following.aftercare_actions import (
    NewAftercare,
    correct_aftercare,
    note_aftercare,
)
from meedoen.records.following.queries import AftercareCard, aftercare_contact, aftercare_of
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.vocabulary import AftercareFinding
from meedoen.web.coach.forms.following import AftercareForm
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.following_words import aftercare_lines
from meedoen.web.shared.pages import ViewerRequest, page

NEEDS_A_NEXT_STEP = frozenset({AftercareFinding.LOOKS_FOR_SOMETHING, AftercareFinding.FELL_BACK})


@page(Permission.PLACE_RESIDENT)
def note(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write down how somebody is, beside what was said before."""
    return _write(request, key, None, lambda new: note_aftercare(request.viewer, new=new))


@page(Permission.PLACE_RESIDENT)
def correct(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Put a contact right; what stood there stays in the record."""
    card = aftercare_contact(request.viewer, key=key)
    if card is None:
        raise Http404
    return _write(
        request,
        card.placement_key,
        card,
        lambda new: correct_aftercare(request.viewer, contact_key=key, new=new),
    )


def _write(
    request: ViewerRequest,
    key: uuid.UUID,
    wrong: AftercareCard | None,
    act: Callable[[NewAftercare], Any],
) -> HttpResponse:
    card, person = open_placement(request, key)
    found = aftercare_of(request.viewer, key=key)
    if found is None:
        messages.warning(request, _("Bij deze plaatsing hoort geen nazorg."))
        return redirect("coach:placement", key=key)
    sent = request.POST if request.method == "POST" else None
    form = AftercareForm(sent, card=wrong)
    if sent is not None and form.is_valid():
        new = NewAftercare(key=key, **form.cleaned_data)
        try:
            act(new)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _done(new.finding))
            return redirect("coach:placement", key=key)
    context = {
        "form": form,
        "person": person,
        "card": card,
        "corrects": wrong is not None,
        "aftercare": found,
        "aftercare_lines": [] if wrong else aftercare_lines(found.cards),
    }
    status = 422 if form.errors else 200
    return render(request, "coach/aftercare.html", context, status=status)


def _done(finding: AftercareFinding) -> str:
    if finding in NEEDS_A_NEXT_STEP:
        return _("Opgeschreven. Plan meteen een volgende stap met deze inwoner.")
    return _("Opgeschreven hoe het gaat.")
