"""How people moved on the ladder between two dates: a square, its table, and per district."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.figures.queries import threshold_of
from meedoen.records.flows.ladder_queries import LadderCard, ladder_between
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.flows.flows import ShownFlow
from meedoen.rules.flows.ladder import CLASSES, NO_DISTRICT
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.people_words import GrowthClass
from meedoen.web.policy.flow_tables import FlowTable, as_file, marks_of, row
from meedoen.web.policy.flow_words import largest_shown, rung_name
from meedoen.web.policy.ladder_form import LadderForm
from meedoen.web.shared.counting import language, part_name, shown_text
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.matrix_chart import matrix_chart
from meedoen.web.shared.pages import ViewerRequest, page

READ_ONLY = ("GET", "HEAD")


@page(Permission.SEE_FIGURES, methods=READ_ONLY)
def ladder_page(request: ViewerRequest) -> HttpResponse:
    """Show from rung to rung, who went up, down or nowhere, and that per district."""
    form = LadderForm(request.GET)
    crumbs = [(_("Stromen"), reverse("policy:flows"))]
    if not form.is_valid():
        context: Mapping[str, Any] = {"form": form, "crumbs": crumbs}
        return render(request, "policy/ladder.html", context, status=422)
    card = _card(request, form)
    square, *others = _tables(card, form)
    sentence = _sentence(card)
    context = {
        "form": form,
        "crumbs": crumbs,
        "on_first": day_text(form.start),
        "on_last": day_text(form.end),
        "chart": _chart(card, square, sentence),
        "sentence": sentence,
        "square": square,
        "others": others,
        "with_districts": len(others) > 1,
        "marks": marks_of([square, *others]),
    }
    return render(request, "policy/ladder.html", context)


@page(Permission.SEE_FIGURES, methods=READ_ONLY)
def ladder_export(request: ViewerRequest) -> HttpResponse:
    """Return the tables of the page as a file."""
    form = LadderForm(request.GET)
    if not form.is_valid():
        raise Http404
    name = f"{_('ladder')}-{form.start.isoformat()}-{form.end.isoformat()}"
    return as_file(request, name, _tables(_card(request, form), form))


def _card(request: ViewerRequest, form: LadderForm) -> LadderCard:
    viewer = request.viewer
    card = ladder_between(viewer, start=form.start, end=form.end, threshold=threshold_of(viewer))
    if card is None:
        raise Http404
    return card


def _tables(card: LadderCard, form: LadderForm) -> list[FlowTable]:
    """Return the square, the classes, and the districts where those can be told."""
    days = {"first": day_text(form.start), "last": day_text(form.end)}
    shown = card.shown
    tables = [
        _square(shown.flow, _("Van trede naar trede, %(first)s tot en met %(last)s") % days),
        _classes(shown.classes, _("Hoe het ging, %(first)s tot en met %(last)s") % days),
    ]
    if shown.districts:
        tables.append(_districts(card, _("Per wijk, %(first)s tot en met %(last)s") % days))
    return tables


# --- the square ----------------------------------------------------------------------------------


def _square(flow: ShownFlow, caption: str) -> FlowTable:
    """Put what is shown in a square, with how many left and reached each rung."""
    nodes = list(flow.sources)
    columns = [*(str(rung_name(node)) for node in nodes), _("Samen")]
    rows = [
        row(
            str(rung_name(node)),
            columns,
            [*(flow.cells[node, to] for to in nodes), flow.sources[node]],
        )
        for node in nodes
    ]
    whole = row(_("Samen"), columns, [*flow.targets.values(), flow.total], is_whole=True)
    return FlowTable(caption, _("Van"), columns, [*rows, whole])


def _chart(card: LadderCard, square: FlowTable, sentence: str) -> str:
    flow = card.shown.flow
    if flow.total.text == "0" or flow.total.hidden:
        return ""
    nodes = list(flow.sources)
    cells: dict[tuple[int, int], Shown | None] = {
        (at, to): flow.cells[source, target]
        for at, source in enumerate(nodes)
        for to, target in enumerate(nodes)
    }
    names = [str(rung_name(node)) for node in nodes]
    return matrix_chart(square.caption, sentence, names, cells, language())


# --- up, down and equal --------------------------------------------------------------------------


def _classes(classes: Mapping[GrowthClass, Shown], caption: str) -> FlowTable:
    columns = [_("Mensen")]
    rows = [row(part_name(one), columns, [classes[one]]) for one in CLASSES]
    return FlowTable(caption, _("Wat er veranderde"), columns, rows)


def _districts(card: LadderCard, caption: str) -> FlowTable:
    columns = [*(part_name(one) for one in CLASSES), _("Samen")]
    names = {number: card.districts.get(number, "") for number in card.shown.districts}
    rows = [
        row(
            names[number] or _("Geen wijk bekend"),
            columns,
            card.shown.districts[number].values(),
        )
        for number in sorted(names, key=lambda one: (one == NO_DISTRICT, names[one]))
    ]
    return FlowTable(caption, _("Wijk"), columns, rows)


def _sentence(card: LadderCard) -> str:
    """Say how many went up, down or nowhere, as far as that is shown."""
    flow, classes = card.shown.flow, card.shown.classes
    if flow.total.text == "0":
        return _("In deze tijd is niemand twee keer gemeten.")
    if flow.total.hidden:
        return _("Er zijn te weinig mensen om stromen te tonen.")
    words = {"total": shown_text(flow.total)}
    if any(classes[one].hidden for one in CLASSES[:3]):
        text = _("%(total)s mensen zijn twee keer of vaker gemeten.") % words
        if not classes[GrowthClass.GROWTH].hidden:
            higher = {"growth": shown_text(classes[GrowthClass.GROWTH])}
            text += " " + _("Daarvan staan er %(growth)s hoger.") % higher
    else:
        words |= {one.value: shown_text(classes[one]) for one in CLASSES[:3]}
        text = (
            _(
                "Van de %(total)s mensen die twee keer of vaker zijn gemeten, staan er %(growth)s "
                "hoger, %(decline)s lager en %(equal)s op dezelfde trede."
            )
            % words
        )
    return " ".join([text, *largest_shown(flow)])
