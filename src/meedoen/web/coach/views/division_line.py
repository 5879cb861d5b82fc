"""One line of a division: looked at together with the person, and answered."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.divisions.line_actions import accept_line, refuse_line
from meedoen.records.divisions.queries import LineCard, line
from meedoen.records.divisions.words import LineAnswer
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission
from meedoen.rules import half_days
from meedoen.web.coach.forms.division import AcceptForm, RefuseForm
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.division_words import LINE_ANSWERS, answer_reason, why_division
from meedoen.web.shared.match_words import PREFERENCES
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.reasons import SPEAKS_AGAINST, half_days_text, why
from meedoen.web.shared.words import PLACE_KINDS, PLACEMENT_STATES


@page(Permission.PLACE_RESIDENT)
def division_line(request: ViewerRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """Show what is proposed for one person and why, and take the answer."""
    card = line(request.viewer, key=key, number=number)
    if card is None:
        raise Http404
    accepting, refusing = AcceptForm(), RefuseForm()
    match request.POST.get("step"):
        case "accept":
            accepting = AcceptForm(request.POST)
            if accepting.is_valid() and (answer := _accept(request, key, card, accepting)):
                return answer
        case "refuse":
            refusing = RefuseForm(request.POST)
            if refusing.is_valid() and (answer := _refuse(request, key, card, refusing)):
                return answer
        case _:
            pass
    return _show(request, key, card, accepting, refusing)


def _accept(
    request: ViewerRequest, key: uuid.UUID, card: LineCard, form: AcceptForm
) -> HttpResponse | None:
    try:
        placement_key = accept_line(
            request.viewer, key=key, number=card.number, **form.cleaned_data
        )
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("De plek is gekozen. De organisatie bevestigt de start."))
    return redirect("coach:placement", key=placement_key)


def _refuse(
    request: ViewerRequest, key: uuid.UUID, card: LineCard, form: RefuseForm
) -> HttpResponse | None:
    try:
        refuse_line(request.viewer, key=key, number=card.number, **form.cleaned_data)
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Opgeschreven dat deze plek niet doorgaat. Er is niets geplaatst."))
    return redirect("coach:division", key=key)


def _show(
    request: ViewerRequest,
    key: uuid.UUID,
    before: LineCard,
    accepting: AcceptForm,
    refusing: RefuseForm,
) -> HttpResponse:
    # Asked again: somebody else may have answered while this one typed.
    card = line(request.viewer, key=key, number=before.number)
    if card is None:
        raise Http404
    person = open_file(request, card.resident_key, page="division")
    names = {district.code: district.name for district in districts(request.viewer)}
    wrong: list[forms.Form] = [form for form in (accepting, refusing) if form.errors]
    context = {
        "card": card,
        "person": person,
        "kind": PLACE_KINDS[card.place.kind] if card.place else "",
        "times": half_days_text(half_days.codes(card.place.half_days)) if card.place else "",
        "because": why_division(card),
        "pros": [why(text, facts, names) for text, facts in _told(card, against=False)],
        "notes": [why(text, facts, names) for text, facts in _told(card, against=True)],
        "is_open": card.place is not None and card.answer is LineAnswer.OPEN,
        "placement_state": PLACEMENT_STATES[card.placement_state] if card.placement_state else "",
        "answer": LINE_ANSWERS[card.answer],
        "answer_reason": answer_reason(card),
        "preference": PREFERENCES[card.preference] if card.preference else "",
        "accepting": accepting,
        "refusing": refusing,
        "form": wrong[0] if wrong else None,
        "division_key": key,
        "crumbs": [
            (_("Plekken verdelen"), reverse("coach:divisions")),
            (_("De verdeling"), reverse("coach:division", args=[key])),
        ],
    }
    return render(request, "coach/division_line.html", context, status=422 if wrong else 200)


def _told(card: LineCard, *, against: bool) -> list[tuple[str, dict[str, object]]]:
    """Return what speaks for the place, or what is good to know."""
    return [
        (text, dict(facts)) for text, facts in card.reasons if (text in SPEAKS_AGAINST) is against
    ]
