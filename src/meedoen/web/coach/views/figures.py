"""Which of the own people count in a figure of the municipality, and who was not measured."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.figures.people import figures_of_people, page_of_people, people_of_figure
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.indicators.language import Definition
from meedoen.web.coach.forms.figures import FigureForm, SearchForm, group_name
from meedoen.web.shared.counting import in_language
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number


@page(Permission.OPEN_FIGURES, methods=("GET", "HEAD"))
def figures(request: ViewerRequest) -> HttpResponse:
    """List the figures in which people count."""
    form = SearchForm(request.GET)
    asked = form.asked.casefold()
    lines = [
        (each.code, in_language(each.name), in_language(each.question))
        for each in figures_of_people(request.viewer)
    ]
    found = [line for line in lines if asked in f"{line[1]} {line[2]}".casefold()]
    context = {
        "lines": sorted(found, key=lambda line: line[1].casefold()),
        "form": form,
        "found": len(found),
        "crumbs": [(_("Metingen"), reverse("coach:measuring"))],
    }
    status = 422 if form.errors else 200
    return render(request, "coach/figures.html", context, status=status)


@page(Permission.OPEN_FIGURES, methods=("GET", "HEAD"))
def figure_people(request: ViewerRequest, code: str) -> HttpResponse:
    """Show who of the own people counts in a figure, or in one of its groups."""
    definition = next((one for one in figures_of_people(request.viewer) if one.code == code), None)
    if definition is None:
        raise Http404
    form = FigureForm(request.GET.dict(), viewer=request.viewer, definition=definition)
    context = {
        "name": in_language(definition.name),
        "definition": in_language(definition.definition),
        "form": form,
        "query": before_page(request),
        "crumbs": [
            (_("Metingen"), reverse("coach:measuring")),
            (_("Wie telt waar mee?"), reverse("coach:figures")),
        ],
    }
    if form.is_valid():
        context |= _people(request, definition, form)
    return render(
        request, "coach/figure_people.html", context, status=200 if form.is_valid() else 422
    )


def _people(request: ViewerRequest, definition: Definition, form: FigureForm) -> dict[str, Any]:
    on, part = form.cleaned_data["on"], form.chosen_part
    rows = people_of_figure(
        request.viewer, definition=definition, on=on, part=part, own_only=form.own_only
    )
    return {
        "page": page_of_people(request.viewer, rows, number=page_number(request)),
        "day": day_text(on),
        "name": in_language(definition.name_on(on)),
        "definition": in_language(definition.definition_on(on)),
        "group": group_name(part) if part else "",
    }
