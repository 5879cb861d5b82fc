"""Where people went over a period: between kinds of places, and between rungs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from meedoen.records.flows.queries import FlowCard, flows
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.flows.calendar import Period
from meedoen.rules.flows.flows import KIND_NODES, Link
from meedoen.rules.flows.shown_ladder import is_joined
from meedoen.rules.flows.told_flow import REST, ToldFlow
from meedoen.web.policy.asking import over, without_mistakes
from meedoen.web.policy.flow_forms import PeriodForm, last_day, period_name
from meedoen.web.policy.flow_tables import FlowRow, FlowTable, as_file, marks_of, row
from meedoen.web.policy.flow_words import largest_flow, node_name, rung_name
from meedoen.web.shared.counting import language, shown_text
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.flow_chart import Band, flow_chart
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import Words

READ_ONLY = ("GET", "HEAD")
Naming = Callable[[str], Words]


@page(Permission.SEE_FIGURES, methods=READ_ONLY)
def flows_page(request: ViewerRequest) -> HttpResponse:
    """Show the flows of a period as pictures with their tables."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return render(request, "policy/flows.html", {"form": form}, status=422)
    card = over(request.viewer, form.period, flows)
    tables = _tables(card, form.period)
    context = {
        "form": form,
        "card": card,
        "on_eve": day_text(form.period.eve),
        "on_last": day_text(last_day(form.period)),
        "kinds": _shown(card.kinds, KIND_NODES, node_name, tables[0]),
        "rungs": _shown(card.rungs, _rungs(card.rungs), rung_name, tables[1]),
        "once": shown_text(card.measured_once),
        "marks": marks_of(tables),
    }
    return render(request, "policy/flows.html", context)


@page(Permission.SEE_FIGURES, methods=READ_ONLY)
def flows_export(request: ViewerRequest) -> HttpResponse:
    """Return the tables of the page as a file."""
    period = without_mistakes(PeriodForm(request.GET)).period
    tables = _tables(over(request.viewer, period, flows), period)
    return as_file(request, f"{_('stromen')}-{period.code}", tables)


def _tables(card: FlowCard, period: Period) -> list[FlowTable]:
    name = {"period": period_name(period)}
    return [
        _table(_("Van soort naar soort, %(period)s") % name, card.kinds, node_name),
        _table(_("Van trede naar trede, %(period)s") % name, card.rungs, rung_name),
    ]


def _rungs(flow: ToldFlow) -> list[str]:
    """Return the rungs that are told of, those that are told together as one, from the lowest."""
    ends = {end for one in flow.sources for link in one.links for end in (link.source, link.target)}
    return sorted(ends - {REST})


def _table(caption: str, flow: ToldFlow, naming: Naming) -> FlowTable:
    return FlowTable(caption, _("Van"), [_("Naar"), _("Mensen")], list(_rows(flow, naming)))


def _rows(flow: ToldFlow, naming: Naming) -> Iterator[FlowRow]:
    """Give a line for each source with what is told of it, and one for everybody."""
    for source in flow.sources:
        columns = [str(naming(one.target)) for one in source.links]
        yield row(
            str(naming(source.source)),
            [*columns, _("Samen")],
            [*(link.people for link in source.links), source.people],
        )
    yield row(_("Iedereen samen"), [_("Samen")], [flow.total], is_whole=True)


def _shown(
    flow: ToldFlow, nodes: Sequence[str], naming: Naming, table: FlowTable
) -> Mapping[str, Any]:
    """Return the picture with its sentence and its table."""
    links = [link for source in flow.sources for link in source.links]
    sentence = _sentence(flow, links, naming)
    bands = [
        Band(
            str(naming(link.source)),
            str(naming(link.target)),
            link.people,
            stays=link.source == link.target != REST,
        )
        for link in links
    ]
    return {
        "table": table,
        "sentence": sentence,
        "chart": flow_chart(
            table.caption,
            sentence,
            bands,
            [str(naming(node)) for node in (*nodes, REST)],
            language(),
        ),
    }


def _sentence(flow: ToldFlow, links: Sequence[Link], naming: Naming) -> str:
    """Say how many stayed, and which flow to somewhere else is the largest."""
    if not links:
        return _("Er zijn te weinig mensen om stromen te tonen.")
    # Of who is told of together it is not told who stayed: not of the rest, not of joined rungs.
    named = [link for link in links if REST not in (link.source, link.target)]
    moved = [link for link in named if link.source != link.target]
    still = [link for link in named if link.source == link.target]
    certain = [link for link in still if not is_joined(link.source)]
    words = {
        "total": shown_text(flow.total),
        "stayed": number_text(sum(link.people for link in certain)),
    }
    if len(certain) + len(moved) == len(links):
        text = _("Van de %(total)s mensen staan er %(stayed)s aan het eind waar zij begonnen.")
    elif certain:
        text = _(
            "Van de %(total)s mensen staan er minstens %(stayed)s aan het eind waar zij begonnen."
        )
    elif still:
        text = _(
            "Het gaat om %(total)s mensen. Hoeveel er staan waar zij begonnen, is niet te zeggen: "
            "er zijn te weinig mensen om elke trede apart te tonen."
        )
    else:
        text = _("Het gaat om %(total)s mensen.")
    text %= words
    if not moved:
        return text
    largest = max(moved, key=lambda link: link.people)
    said = largest_flow(
        largest.people,
        naming(largest.source),
        naming(largest.target),
        of_all=all(link.people <= largest.people for link in links if link not in named),
    )
    return f"{text} {said}"
