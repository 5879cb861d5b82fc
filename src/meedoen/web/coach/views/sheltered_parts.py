"""What goes with a track to sheltered work: objections, hours, the wage-cost subsidy."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.sheltered.job_actions import (
    SubsidyTerms,
    change_hours,
    fix_wage_subsidy,
    worked_out,
)
from meedoen.records.sheltered.objection_actions import answer_objection, note_objection
from meedoen.records.sheltered.queries import TrackCard
from meedoen.rules.wage_subsidy.calculate import Subsidy
from meedoen.web.coach.forms.sheltered import AnswerForm, HoursForm, ObjectionForm, SubsidyForm
from meedoen.web.coach.one_form import FormPage, one_form
from meedoen.web.coach.sheltered_shown import basis_rows
from meedoen.web.coach.views.sheltered import back_to, open_track
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.sheltered_words import (
    SHELTERED_STATES,
    SUBSIDY_KINDS,
    euros_text,
    part_text,
)

KEEP = "keep"
"""The button that keeps what was worked out."""


@page(Permission.PLACE_RESIDENT)
def objection(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Note an objection."""
    card, person = open_track(request, key)
    words = FormPage(
        title=_("Bezwaar noteren"),
        lead=SHELTERED_STATES[card.state],
        explanation=_(
            "Een bezwaar gaat naar de gemeente, ook als het over het advies van UWV gaat."
        ),
        button=_("Opslaan"),
        done=_("Het bezwaar staat in het dossier."),
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        ObjectionForm,
        lambda given: note_objection(request.viewer, key=key, **given),
    )


@page(Permission.FIX_DUTIES)
def objection_answer(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Note what became of an objection."""
    card, person = open_track(request, key)
    words = FormPage(
        title=_("Hoe het bezwaar afliep"),
        lead=SHELTERED_STATES[card.state],
        explanation=_(
            "Kreeg de inwoner gelijk en werd beschut werk eerst afgewezen? Leg dan het nieuwe "
            "besluit vast."
        ),
        button=_("Opslaan"),
        done=_("De afloop staat in het dossier."),
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        lambda sent: AnswerForm(sent, state=card.state),
        lambda given: answer_objection(request.viewer, key=key, **given),
    )


@page(Permission.PLACE_RESIDENT)
def sheltered_hours(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Change the hours of a contract from a day on."""
    card, person = open_track(request, key)
    known = card.contracts[-1].week_hours if card.contracts else None
    words = FormPage(
        title=_("Uren wijzigen"),
        lead=SHELTERED_STATES[card.state],
        explanation=_("De baan loopt door. Alleen de uren zijn anders, vanaf de dag die u kiest."),
        button=_("Opslaan"),
        done=_("De uren staan in het dossier."),
        **back_to(person),
    )
    return one_form(
        request,
        words,
        person,
        lambda sent: HoursForm(sent, week_hours=known),
        lambda given: change_hours(request.viewer, key=key, **given),
    )


@page(Permission.FIX_DUTIES)
def wage_subsidy(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Work a wage-cost subsidy out, show every number that led to it, and keep it when asked."""
    card, person = open_track(request, key)
    sent = request.POST if request.method == "POST" else None
    form = SubsidyForm(sent, initial=_known(card))
    found: Subsidy | None = None
    if sent is not None and form.is_valid():
        terms = SubsidyTerms(**form.cleaned_data)
        try:
            found = worked_out(request.viewer, key=key, terms=terms)
            if sent.get("step") == KEEP and sent.get("seen") == str(found.total):
                fix_wage_subsidy(request.viewer, key=key, terms=terms)
                messages.success(request, _("De loonkostensubsidie is vastgelegd."))
                return redirect("coach:sheltered", key=person.key)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            if sent.get("step") == KEEP:
                form.add_error(
                    None, _("U wijzigde iets. Bekijk wat er nu uitkomt, en leg het dan vast.")
                )
    context = {
        "form": form,
        "person": person,
        "card": card,
        "found": _shown(found) if found else None,
        **back_to(person),
    }
    return render(request, "coach/wage_subsidy.html", context, status=422 if form.errors else 200)


def _known(card: TrackCard) -> dict[str, Any]:
    """Return what the contract and the last subsidy say already."""
    known: dict[str, Any] = {}
    if card.contracts:
        last = card.contracts[-1]
        known |= {"starts_on": last.starts_on, "week_hours": last.week_hours}
    return known


def _shown(found: Subsidy) -> dict[str, Any]:
    return {
        "kind": SUBSIDY_KINDS[found.kind],
        "percent": part_text(found.percent / 100),
        "total": euros_text(found.total),
        "seen": str(found.total),
        "rows": basis_rows(found),
    }
