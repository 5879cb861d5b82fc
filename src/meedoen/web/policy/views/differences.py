"""The figures of the same year in two adopted documents, and why they differ: a page and a file."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.documents.adopted import adopted_documents
from meedoen.records.documents.differences import Differences, differences
from meedoen.records.organisations.viewer import Permission
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.web.policy.adopted_forms import DifferencesForm, title_of
from meedoen.web.policy.adopted_shown import DifferenceRow, difference_rows, marks_beside
from meedoen.web.shared.exporting import WAYS, Cell
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.WRITE_DOCUMENTS, methods=("GET", "HEAD"))
def differences_page(request: ViewerRequest) -> HttpResponse:
    """Show the figures of two documents side by side."""
    offered = adopted_documents(request.viewer)
    form = DifferencesForm(request.GET or None, offered=offered)
    context = {
        "form": form,
        "offered": offered,
        "crumbs": [(_("Documenten"), reverse("policy:documents"))],
    }
    if form.is_valid():
        found = _found(request, form)
        context |= {
            "found": found,
            "titles": (title_of(found.first), title_of(found.second)),
            "rows": _rows(request, found),
            "marks": marks_beside(found),
        }
    status = 422 if form.errors else 200
    return render(request, "policy/differences.html", context, status=status)


@page(Permission.WRITE_DOCUMENTS, methods=("GET", "HEAD"))
def differences_export(request: ViewerRequest) -> HttpResponse:
    """Return the figures of two documents as a file."""
    way = request.GET.get("soort", "")
    form = DifferencesForm(request.GET, offered=adopted_documents(request.viewer))
    if way not in WAYS or not form.is_valid():
        raise Http404
    found = _found(request, form)
    headings: list[Cell] = [_("Cijfer"), title_of(found.first), title_of(found.second)]
    headings += [_("Verschil"), _("Waarom")]
    rows: list[Sequence[Cell]] = [
        [row.name, row.first, row.second, row.difference, row.reasons]
        for row in _rows(request, found)
    ]
    return WAYS[way](f"{_('verschillen')}-{found.first.year}-{found.second.year}", headings, rows)


def _found(request: ViewerRequest, form: DifferencesForm) -> Differences:
    first, second = form.keys
    found = differences(request.viewer, first_key=first, second_key=second)
    if found is None:
        raise Http404
    return found


def _rows(request: ViewerRequest, found: Differences) -> list[DifferenceRow]:
    return list(difference_rows(catalogue_of(request.viewer.municipality_id), found))
