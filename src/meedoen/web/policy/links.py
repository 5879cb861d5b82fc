"""The indicators of a goal on its page: adding one, changing its number, taking it away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from meedoen.records.budget.actions import link_indicator, unlink_indicator
from meedoen.records.budget.queries import GoalCard, LinkCard
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.budget.page import CellKind
from meedoen.rules.indicators.language import Catalogue
from meedoen.web.policy.forms import LinkForm, TargetForm
from meedoen.web.shared.counting import in_language, indicator_name
from meedoen.web.shared.pages import ViewerRequest

ADDED, LINKED, STEP, UNLINK = "link-indicator", "linked", "step", "unlink"
"""What the forms send: the indicator to add, or the linked one and what to do with it."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A linked indicator with the form that changes its number."""

    indicator: str
    name: str
    form: TargetForm


@dataclass(frozen=True, slots=True)
class LinkForms:
    """The form that adds an indicator, and one for each that is linked."""

    adding: LinkForm
    linked: Sequence[Linked]

    @property
    def failed(self) -> list[TargetForm]:
        """Return the forms that were filled in wrongly."""
        return [form for form in (self.adding, *(one.form for one in self.linked)) if form.errors]


def about_links(typed: QueryDict) -> bool:
    """Tell whether one of these forms was sent."""
    return ADDED in typed or LINKED in typed


def link_forms(card: GoalCard, typed: QueryDict, known: Catalogue) -> LinkForms:
    """Return the forms; the one that was sent holds what was typed.

    `known` are the indicators of the municipality.
    """
    adding = LinkForm(typed if ADDED in typed else None)
    adding.fields["indicator"].choices = _still_to_link(card, known)  # type: ignore[attr-defined]
    return LinkForms(adding, [_linked(link, typed, known) for link in card.links])


def _still_to_link(card: GoalCard, known: Catalogue) -> list[tuple[str, str]]:
    """Leave out what is linked, and what a table of the goal aims for already."""
    aimed = {
        row.indicator
        for row in card.rows
        if any(cell.kind == CellKind.STREEF for cell in row.cells)
    }
    there = aimed | {link.indicator for link in card.links}
    return [
        (definition.code, in_language(definition.name))
        for definition in known
        if definition.code not in there and definition.counts_on(clock.today())
    ]


def _linked(link: LinkCard, typed: QueryDict, known: Catalogue) -> Linked:
    sent = typed.get(LINKED) == link.indicator and typed.get(STEP) != UNLINK
    form = TargetForm(
        typed if sent else None,
        prefix=f"change-{link.indicator}",
        initial={"target": link.target, "target_year": link.target_year},
    )
    return Linked(link.indicator, indicator_name(link.indicator, known=known), form)


def change_links(request: ViewerRequest, card: GoalCard, forms: LinkForms) -> HttpResponse | None:
    """Do what was asked and go back to the goal; None when a form was filled in wrongly."""
    code = request.POST.get(LINKED)
    if code is None:
        return _add(request, card, forms.adding)
    if request.POST.get(STEP) == UNLINK:
        return _take_away(request, card, code)
    return _change(request, card, forms, code)


def _add(request: ViewerRequest, card: GoalCard, form: LinkForm) -> HttpResponse | None:
    if not form.is_valid() or not _keep(request, card, form.cleaned_data["indicator"], form):
        return None
    name = _name(request, form.cleaned_data["indicator"])
    messages.success(request, _("Toegevoegd: %(name)s.") % {"name": name})
    return redirect("policy:goal", card.goal_id)


def _change(
    request: ViewerRequest, card: GoalCard, forms: LinkForms, code: str
) -> HttpResponse | None:
    line = next((one for one in forms.linked if one.indicator == code), None)
    if line is None:
        messages.error(request, _("Deze indicator hoort niet bij dit doel, of niet meer."))
        return redirect("policy:goal", card.goal_id)
    if not line.form.is_valid() or not _keep(request, card, code, line.form):
        return None
    messages.success(request, _("Aangepast: %(name)s.") % {"name": line.name})
    return redirect("policy:goal", card.goal_id)


def _keep(request: ViewerRequest, card: GoalCard, code: str, form: TargetForm) -> bool:
    try:
        link_indicator(
            request.viewer,
            goal_id=card.goal_id,
            indicator=code,
            target=form.cleaned_data["target"],
            target_year=form.cleaned_data["target_year"],
        )
    except ActionRefusedError as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _take_away(request: ViewerRequest, card: GoalCard, code: str) -> HttpResponse:
    try:
        unlink_indicator(request.viewer, goal_id=card.goal_id, indicator=code)
    except ActionRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Weggehaald: %(name)s.") % {"name": _name(request, code)})
    return redirect("policy:goal", card.goal_id)


def _name(request: ViewerRequest, code: str) -> str:
    return indicator_name(code, known=catalogue_of(request.viewer.municipality_id))
