"""My plan: what a resident finds in the own plan, and answers."""

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
    version = forms.IntegerField(widget=forms.HiddenInput)


@page(Permission.ANSWER_OWN_PLAN, methods=("GET", "HEAD"))
def plan(request: ViewerRequest) -> HttpResponse:
    """Show the own plan, and earlier ones."""
    cards = _own_plans(request.viewer)
    running = [card for card in cards if card.state is not PlanState.ENDED]
    return _page(request, running[0] if running else None)


@page(Permission.ANSWER_OWN_PLAN, methods=("POST",))
def agree(request: ViewerRequest) -> HttpResponse:
    """Agree with the plan as it was shown."""
    card, _own = _open(request)
    form = OwnAgreementForm(request.POST)
    if not form.is_valid():
        return _page(request, card, form)
    try:
        agree_own_plan(request.viewer, key=card.key, **form.cleaned_data)
    except AlreadyAgreedError:
        # The button was pressed twice: it is there, which is what was asked for.
        return redirect("resident:plan")
    except PlanChangedError:
        card, _own = _open(request)
        again = request.POST.copy()
        again["version"] = str(card.version)
        form = OwnAgreementForm(again)
        form.add_error(
            None,
            _(
                "Uw coach heeft het plan net veranderd. Lees het nog een keer. "
                "Uw tekst staat er nog."
            ),
        )
        return _page(request, card, form)
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return _page(request, card, form)
    messages.success(request, _("Dank u wel. U bent het eens met het plan."))
    return redirect("resident:plan")


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
    running = [card for card in cards if card.state is not PlanState.ENDED]
    if own is None or not running:
        raise Http404
    return running[0], own


def _page(
    request: ViewerRequest, card: PlanCard | None, form: OwnAgreementForm | None = None
) -> HttpResponse:
    ended = [one for one in _own_plans(request.viewer) if one.state is PlanState.ENDED]
    context: dict[str, Any] = {
        "crumbs": [(_("Mijn pad"), reverse("resident:path"))],
        "plan": shown(card, to_resident=True) if card else None,
        "earlier": [shown(one, to_resident=True) for one in ended],
        "form": form or OwnAgreementForm(initial={"version": card.version if card else 0}),
    }
    failed = form is not None and bool(form.errors)
    return render(request, "resident/plan.html", context, status=422 if failed else 200)
