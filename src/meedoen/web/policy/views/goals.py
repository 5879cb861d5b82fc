"""One goal of the budget: what was imported, what was counted, and publishing it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.queries import GoalCard, ReferenceCard, draft_rows, goals
from meedoen.records.budget.queries import goal as goal_card
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.queries import measured_days
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.web.policy.forms import LinkForm, PublishForm
from meedoen.web.shared.budget_table import budget_table
from meedoen.web.shared.counting import in_language, indicator_name
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
    """Show a goal; link an indicator to it, or publish its page."""
    card = goal_card(request.viewer, goal_id=goal_id)
    if card is None:
        raise Http404
    to_link = "link-indicator" in request.POST
    linking = _link_form(request, card, bound=to_link)
    publishing = _publish_form(request, bound=request.method == "POST" and not to_link)
    done: HttpResponse | None = None
    if linking.is_bound and linking.is_valid():
        done = _link(request, linking, goal_id)
    elif publishing.is_bound and publishing.is_valid():
        done = _publish(request, publishing, goal_id)
    return done or _goal_page(request, card, linking, publishing)


def _link_form(request: ViewerRequest, card: GoalCard, *, bound: bool) -> LinkForm:
    form = LinkForm(request.POST if bound else None)
    printed = {row.indicator for row in card.rows}
    form.fields["indicator"].choices = [  # type: ignore[attr-defined]
        (
            definition.code,
            _choice(in_language(definition.name), linked=definition.code in card.indicators),
        )
        for definition in catalogue()
        if definition.code not in printed
    ]
    return form


def _choice(name: str, *, linked: bool) -> str:
    """Name an indicator; one that is in the table can be chosen again to correct its target."""
    return _("%(name)s (staat al in de tabel)") % {"name": name} if linked else name


def _publish_form(request: ViewerRequest, *, bound: bool) -> PublishForm:
    form = PublishForm(request.POST if bound else None)
    days = reversed(measured_days(request.viewer))
    form.fields["on"].choices = [  # type: ignore[attr-defined]
        (day.isoformat(), day_text(day)) for day in days
    ]
    return form


def _link(request: ViewerRequest, form: LinkForm, goal_id: int) -> HttpResponse | None:
    code = form.cleaned_data["indicator"]
    try:
        link_indicator(
            request.viewer,
            goal_id=goal_id,
            indicator=code,
            target=form.cleaned_data["target"],
            target_year=form.cleaned_data["target_year"],
        )
    except ActionRefusedError as refused:
        form.add_error("indicator", str(refused))
        return None
    messages.success(request, _("Toegevoegd: %(name)s.") % {"name": indicator_name(code)})
    return redirect("policy:goal", goal_id)


def _publish(request: ViewerRequest, form: PublishForm, goal_id: int) -> HttpResponse | None:
    on, explanation = form.cleaned_data["on"], form.cleaned_data["explanation"]
    try:
        publication_id = publish(request.viewer, goal_id=goal_id, on=on, explanation=explanation)
    except ActionRefusedError as refused:
        form.add_error("on", str(refused))
        return None
    messages.success(request, _("Deze pagina is nu openbaar."))
    return redirect("public:page", publication_id)


def _goal_page(
    request: ViewerRequest, card: GoalCard, linking: LinkForm, publishing: PublishForm
) -> HttpResponse:
    failed = [form for form in (linking, publishing) if form.errors]
    table = budget_table(draft_rows(request.viewer, goal_id=card.goal_id))
    context = {
        "goal": card,
        "references": _references(request.viewer, card),
        "table": table,
        "linking": linking,
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
    """Lead to a goal, and from a programme to its goals in the list; `programmes` have some."""
    words = {"code": one.code}
    if one.goal_id is not None:
        return ReferenceLine(_("Doel %(code)s") % words, reverse("policy:goal", args=[one.goal_id]))
    if one.kind == "programme" and one.code in programmes:
        place = f"{reverse('policy:standing')}#{programme_anchor(one.code)}"
        return ReferenceLine(_("Programma %(code)s") % words, place)
    if one.kind == "programme":
        return ReferenceLine(_("Programma %(code)s (hier staan alleen doelen)") % words, "")
    return ReferenceLine(_("Doel %(code)s (dit doel is hier nog niet ingelezen)") % words, "")
