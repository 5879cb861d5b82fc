"""One goal of the budget: what was imported, what was counted, and publishing it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.budget.actions import publish
from meedoen.records.budget.contradicting import contradictions_of_goal, counted_otherwise
from meedoen.records.budget.queries import GoalCard, ReferenceCard, draft_rows, goals
from meedoen.records.budget.queries import goal as goal_card
from meedoen.records.figures.queries import measured_days
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.web.policy.contradiction_words import contradiction_sentences, counted_sentences
from meedoen.web.policy.document_forms import tell_refusal
from meedoen.web.policy.forms import PublishForm
from meedoen.web.policy.links import LinkForms, about_links, change_links, link_forms
from meedoen.web.shared.budget_table import budget_table
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.programmes import programme_anchor, programme_of


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A mention of another goal or programme, with its address when it is here."""

    text: str
    url: str


@page(Permission.SEE_FIGURES)
def goal(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Show a goal; change its indicators, or publish its page."""
    card = goal_card(request.viewer, goal_id=goal_id)
    if card is None:
        raise Http404
    to_link = about_links(request.POST)
    linking = link_forms(card, request.POST, catalogue_of(request.viewer.municipality_id))
    publishing = _publish_form(request, bound=request.method == "POST" and not to_link)
    done: HttpResponse | None = None
    if to_link:
        done = change_links(request, card, linking)
    elif publishing.is_bound and publishing.is_valid():
        done = _publish(request, publishing, goal_id)
    return done or _goal_page(request, card, linking, publishing)


def _publish_form(request: ViewerRequest, *, bound: bool) -> PublishForm:
    form = PublishForm(request.POST if bound else None)
    days = reversed(measured_days(request.viewer))
    form.fields["on"].choices = [  # type: ignore[attr-defined]
        (day.isoformat(), day_text(day)) for day in days
    ]
    return form


def _publish(request: ViewerRequest, form: PublishForm, goal_id: int) -> HttpResponse | None:
    on, explanation = form.cleaned_data["on"], form.cleaned_data["explanation"]
    try:
        publication_id = publish(request.viewer, goal_id=goal_id, on=on, explanation=explanation)
    except ActionRefusedError as refused:
        tell_refusal(form, refused)
        return None
    messages.success(request, _("Deze pagina is nu openbaar."))
    return redirect("public:page", publication_id)


def _goal_page(
    request: ViewerRequest, card: GoalCard, linking: LinkForms, publishing: PublishForm
) -> HttpResponse:
    failed = [*linking.failed, *([publishing] if publishing.errors else [])]
    rows = draft_rows(request.viewer, goal_id=card.goal_id)
    table = budget_table(rows)
    found = contradictions_of_goal(request.viewer, goal_id=card.goal_id)
    context = {
        "goal": card,
        "contradictions": [
            *contradiction_sentences(found),
            *counted_sentences(counted_otherwise(rows)),
        ],
        "references": _references(request.viewer, card),
        "table": table,
        "linking": linking.adding,
        "linked": linking.linked,
        "publishing": publishing,
        "form": failed[0] if failed else publishing,
        "crumbs": [(_("Waar staan we"), reverse("policy:standing"))],
    }
    return render(request, "policy/goal.html", context, status=422 if failed else 200)


def _references(viewer: Viewer, card: GoalCard) -> list[ReferenceLine]:
    named = any(one.kind == "programme" for one in card.references)
    programmes = {programme_of(line.code) for line in goals(viewer)} if named else set()
    return [_reference(one, programmes) for one in card.references]


def _reference(one: ReferenceCard, programmes: Collection[str]) -> ReferenceLine:
    """Lead to a goal, and from a programme to its goals in the tree; `programmes` have some."""
    words = {"code": one.code}
    if one.goal_id is not None:
        return ReferenceLine(_("Doel %(code)s") % words, reverse("policy:goal", args=[one.goal_id]))
    if one.kind == "programme" and one.code in programmes:
        place = f"{reverse('policy:tree')}#{programme_anchor(one.code)}"
        return ReferenceLine(_("Programma %(code)s") % words, place)
    if one.kind == "programme":
        return ReferenceLine(_("Programma %(code)s (hier staan alleen doelen)") % words, "")
    return ReferenceLine(_("Doel %(code)s (dit doel is hier nog niet ingelezen)") % words, "")
