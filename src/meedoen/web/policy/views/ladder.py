"""How people moved on the ladder between two dates: a square, its table, and per district."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.figures.queries import threshold_of
from meedoen.records.flows.ladder_queries import LadderCard, ladder_between
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.flows.ladder import CLASSES, NO_DISTRICT
from meedoen.rules.flows.told_flow import REST, ToldFlow
from meedoen.rules.indicators.disclosure import PROTECTED, Shown
from meedoen.rules.indicators.people_words import GrowthClass
from meedoen.rules.ladder.rungs import Rung
from meedoen.web.policy.flow_tables import FlowRow, FlowTable, as_file, marks_of, row
from meedoen.web.policy.flow_words import rung_name
from meedoen.web.policy.ladder_form import LadderForm
from meedoen.web.shared.counting import language, part_name, shown_text
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.matrix_chart import matrix_chart
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import mid_sentence

READ_ONLY = ("GET", "HEAD")
RUNGS = tuple(str(rung.value) for rung in Rung)
NOUGHT, COVERED = Shown("0", hidden=False), Shown(PROTECTED, hidden=True)


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
    told = card.told
    tables = [
        _square(told.flow, _("Van trede naar trede, %(first)s tot en met %(last)s") % days),
        _classes(told.classes, _("Hoe het ging, %(first)s tot en met %(last)s") % days),
    ]
    if told.districts or told.rest_of_districts:
        tables.append(_districts(card, _("Per wijk, %(first)s tot en met %(last)s") % days))
    return tables


# --- the square ----------------------------------------------------------------------------------


def _square(flow: ToldFlow, caption: str) -> FlowTable:
    """Put what is told in a square; what is told together with others has no cell of its own."""
    nodes = _nodes(flow)
    columns = [*(str(rung_name(node)) for node in nodes), _("Samen")]
    rows = [row(str(rung_name(node)), columns, _line(flow, node, nodes)) for node in nodes]
    empty: list[Shown] = [NOUGHT if flow.total.text == "0" else COVERED] * len(nodes)
    counts = [*(empty if not flow.sources else _arrived(flow, nodes)), flow.total]
    return FlowTable(
        caption, _("Van"), columns, [*rows, row(_("Samen"), columns, counts, is_whole=True)]
    )


def _nodes(flow: ToldFlow) -> list[str]:
    """Return the rungs, and the others together where those are told of."""
    ends = {end for one in flow.sources for link in one.links for end in (link.target, one.source)}
    return [*RUNGS, *([REST] if REST in ends else [])]


def _line(flow: ToldFlow, source: str, nodes: Sequence[str]) -> list[int | Shown]:
    """Return what went from a rung to each, and how many in all.

    Where nothing of it is told together, what is not there is a nought; else that is not said.
    """
    told = next((one for one in flow.sources if one.source == source), None)
    if told is None:
        untold = flow.total.text != "0" and (not flow.sources or _has_rest(flow))
        return [COVERED if untold else NOUGHT] * (len(nodes) + 1)
    counts = {link.target: link.people for link in told.links}
    other = COVERED if REST in counts else NOUGHT
    cells: list[int | Shown] = [
        counts.get(node, NOUGHT if node == REST else other) for node in nodes
    ]
    return [*cells, told.people]


def _has_rest(flow: ToldFlow) -> bool:
    return any(one.source == REST for one in flow.sources)


def _arrived(flow: ToldFlow, nodes: Sequence[str]) -> list[int | Shown]:
    """Return how many arrived at each rung, where all of it is told by name."""
    if any(link.target == REST for one in flow.sources for link in one.links):
        return [COVERED] * len(nodes)
    arrived = dict.fromkeys(nodes, 0)
    for one in flow.sources:
        for link in one.links:
            arrived[link.target] += link.people
    return [arrived[node] for node in nodes]


def _chart(card: LadderCard, square: FlowTable, sentence: str) -> str:
    if not card.told.flow.sources:
        return ""
    nodes = _nodes(card.told.flow)
    cells: dict[tuple[int, int], Shown | None] = {
        (at, to): one if isinstance(one, Shown) else Shown(str(one), hidden=False)
        for at, source in enumerate(nodes)
        for to, one in enumerate(_line(card.told.flow, source, nodes)[:-1])
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
    named = {number: card.districts.get(number, "") for number in card.told.districts}
    rows: list[FlowRow] = [
        row(named[number] or _("Geen wijk bekend"), columns, _with_sum(card.told.districts[number]))
        for number in sorted(named, key=lambda one: (one == NO_DISTRICT, named[one]))
    ]
    rest = card.told.rest_of_districts
    if rest is not None:
        name = _("Andere wijken, samen") if named else _("Alle wijken samen")
        rows.append(row(name, columns, _with_sum(rest)))
    return FlowTable(caption, _("Wijk"), columns, rows)


def _with_sum(counts: Sequence[int]) -> list[int]:
    return [*counts, sum(counts)]


def _sentence(card: LadderCard) -> str:
    """Say how many went up, down or nowhere, where that can be told."""
    flow, classes = card.told.flow, card.told.classes
    if flow.total.text == "0":
        return _("In deze tijd is niemand twee keer gemeten.")
    if not flow.sources:
        return _("Er zijn te weinig mensen om stromen te tonen.")
    words = {"total": shown_text(flow.total)}
    if any(classes[one].hidden for one in CLASSES[:3]):
        text = _("%(total)s mensen zijn twee keer of vaker gemeten.") % words
    else:
        words |= {one.value: shown_text(classes[one]) for one in CLASSES[:3]}
        text = (
            _(
                "Van de %(total)s mensen die twee keer of vaker zijn gemeten, staan er %(growth)s "
                "hoger, %(decline)s lager en %(equal)s op dezelfde trede."
            )
            % words
        )
    return " ".join([text, *_largest(flow)])


def _largest(flow: ToldFlow) -> list[str]:
    moved = [
        link
        for one in flow.sources
        for link in one.links
        if REST not in (link.source, link.target) and link.source != link.target
    ]
    if not moved:
        return []
    largest = max(moved, key=lambda link: link.people)
    return [
        _("De grootste stroom: %(people)s van %(source)s naar %(target)s.")
        % {
            "people": number_text(largest.people),
            "source": mid_sentence(rung_name(largest.source)),
            "target": mid_sentence(rung_name(largest.target)),
        }
    ]
