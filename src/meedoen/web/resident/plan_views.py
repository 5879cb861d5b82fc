"""My plan: what a resident finds in the own plan, and answers."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import ResidentCard, own_file
from meedoen.records.plans.agreement_actions import AlreadyAgreedError, agree_own_plan
from meedoen.records.plans.cards import PlanCard
from meedoen.records.plans.checks import LONGEST_SAYING
from meedoen.records.plans.keeping import PlanChangedError
from meedoen.records.plans.part_actions import mark_own_action
from meedoen.records.plans.queries import plans_of
from meedoen.rules.vocabulary import ActionState, PlanState
from meedoen.web.shared import plan_paper
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.plan_shown import shown


class OwnAgreementForm(forms.Form):
    """Agreeing with one's own plan, with a word if one likes."""

    said = forms.CharField(
        label=gettext_lazy("Wat vindt u van het plan?"),
        help_text=gettext_lazy("In uw eigen woorden. U mag dit ook leeg laten."),
        max_length=LONGEST_SAYING,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    plan = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


@page(Permission.ANSWER_OWN_PLAN, methods=("GET", "HEAD"))
def plan(request: ViewerRequest) -> HttpResponse:
    """Show the own plan, and earlier ones."""
    return _page(request)


@page(Permission.ANSWER_OWN_PLAN, methods=("POST",))
def agree(request: ViewerRequest) -> HttpResponse:
    """Agree with the plan as it was shown."""
    if not _own_plans(request.viewer):
        raise Http404
    form = OwnAgreementForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            agree_own_plan(
                request.viewer, key=given["plan"], version=given["version"], said=given["said"]
            )
        except ActionRefusedError as error:
            form = _refused(request, given["plan"], error)
        else:
            messages.success(request, _("Dank u wel. U bent het eens met het plan."))
            return redirect("resident:plan")
    return _page(request, form)


@page(Permission.ANSWER_OWN_PLAN, methods=("POST",))
def action(request: ViewerRequest, action_id: int) -> HttpResponse:
    """Say how far an own action is."""
    _open(request)
    try:
        state = ActionState(request.POST.get("state", ""))
        mark_own_action(request.viewer, action_id=action_id, state=state)
    except ActionRefusedError as error:
        messages.error(request, str(error))
    except ValueError:
        messages.error(request, _("Kies hoe ver u bent."))
    return redirect(reverse("resident:plan") + f"#actie-{action_id}")


@page(Permission.ANSWER_OWN_PLAN, methods=("GET", "HEAD"))
def plan_pdf(request: ViewerRequest) -> HttpResponse:
    """Give the own plan as PDF."""
    card, own = _open(request)
    return plan_paper.plan_pdf(
        request,
        card,
        name=own.name,
        municipality=request.person.municipality,
        instead=reverse("resident:plan_print"),
    )


@page(Permission.ANSWER_OWN_PLAN, methods=("GET", "HEAD"))
def plan_print(request: ViewerRequest) -> HttpResponse:
    """Show the own plan as it comes out of a printer."""
    card, own = _open(request)
    return plan_paper.plan_page(
        request,
        card,
        name=own.name,
        municipality=request.person.municipality,
        pdf_url=reverse("resident:plan_pdf"),
        back=reverse("resident:plan"),
    )


def _own_plans(viewer: Viewer) -> list[PlanCard]:
    own = own_file(viewer)
    return list(plans_of(viewer, pseudonym_id=own.pseudonym_id)) if own else []


def _open(request: ViewerRequest) -> tuple[PlanCard, ResidentCard]:
    """Return the running plan and the own file. Raises Http404 without one of them."""
    own = own_file(request.viewer)
    cards = plans_of(request.viewer, pseudonym_id=own.pseudonym_id) if own else []
    card = _running(cards)
    if own is None or card is None:
        raise Http404
    return card, own


def _running(cards: Sequence[PlanCard]) -> PlanCard | None:
    return next((card for card in cards if card.state is not PlanState.ENDED), None)


def _refused(request: ViewerRequest, key: uuid.UUID, error: Exception) -> OwnAgreementForm:
    """Return what was typed with why it was not kept, for the plan as it is now."""
    card = _running(_own_plans(request.viewer))
    again = request.POST.copy()
    why = str(error)
    if card is None:
        why = _(
            "Uw coach heeft dit plan gestopt. Uw tekst staat er nog, maar is niet opgeslagen. "
            "Praat erover met uw coach."
        )
    elif isinstance(error, PlanChangedError) or card.key != key:
        again["plan"], again["version"] = str(card.key), str(card.version)
        why = _(
            "Uw coach heeft het plan net veranderd. Lees het nog een keer. Uw tekst staat er nog."
        )
    elif isinstance(error, AlreadyAgreedError):
        why = _(
            "Dit plan is al afgesproken. Uw tekst staat er nog, maar is niet opgeslagen. "
            "Praat erover met uw coach."
        )
    form = OwnAgreementForm(again)
    form.add_error(None, why)
    return form


def _page(request: ViewerRequest, form: OwnAgreementForm | None = None) -> HttpResponse:
    cards = _own_plans(request.viewer)
    card = _running(cards)
    begin = {"plan": card.key, "version": card.version} if card else {}
    context: dict[str, Any] = {
        "crumbs": [(_("Mijn pad"), reverse("resident:path"))],
        "plan": shown(card, to_resident=True) if card else None,
        "earlier": [shown(one, to_resident=True) for one in cards if one.state is PlanState.ENDED],
        "form": form or OwnAgreementForm(initial=begin),
    }
    failed = form is not None and bool(form.errors)
    return render(request, "resident/plan.html", context, status=422 if failed else 200)
