"""What may be told of where people went: the large flows by name, from each side the rest.

Only totals of where people came from are told. What goes from somewhere to several small aims is
told together, and so are the small sources; then nothing small can be found by subtraction.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.flows.flows import Flow, Link, ShownFlow
from meedoen.rules.flows.named import name_rows
from meedoen.rules.indicators.disclosure import USUAL_THRESHOLD, Shown, protect

REST = "rest"
"""Several nodes together, each too small to be told by name."""


@dataclass(frozen=True, slots=True)
class ToldSource:
    """Where people came from, how many they are, and to where they went."""

    source: str
    people: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ToldFlow:
    """The sources in the order of the nodes, the rest at the end; none when all are few."""

    total: Shown
    sources: tuple[ToldSource, ...]


def tell_flow(flow: Flow, threshold: int = USUAL_THRESHOLD) -> ToldFlow:
    """Tell what can be told of a flow. Raises ValueError for a threshold under 5."""
    total = protect(flow.total, threshold)
    if total.hidden or not flow.total:
        return ToldFlow(total, ())
    sources = {
        node: (int(flow.people[at].sum()),)
        for at, node in enumerate(flow.nodes)
        if flow.people[at].any()
    }
    told = name_rows(sources, threshold)
    others = [at for at, node in enumerate(flow.nodes) if node not in told.rows]
    rows = [(node, flow.people[flow.nodes.index(node)]) for node in told.rows]
    if told.rest is not None:
        rows.append((REST, flow.people[others].sum(axis=0)))
    return ToldFlow(
        total,
        tuple(
            ToldSource(source, int(row.sum()), tuple(_links(flow, source, row, threshold)))
            for source, row in rows
        ),
    )


def told_of(shown: ShownFlow) -> ToldFlow:
    """Tell of a flow exactly what is shown of it elsewhere; what is hidden there is told together.

    Whoever reads both learns no more than from the one.
    """
    sources = [source for node in shown.sources if (source := _told_source(shown, node))]
    if shown.total.hidden or not int(shown.total.text):
        return ToldFlow(shown.total, ())
    left = int(shown.total.text) - sum(source.people for source in sources)
    if left:
        sources.append(ToldSource(REST, left, (Link(REST, REST, left),)))
    return ToldFlow(shown.total, tuple(sources))


def _told_source(shown: ShownFlow, node: str) -> ToldSource | None:
    """Tell of one source; None where it is hidden how many came from it, and where nobody did."""
    total = shown.sources[node]
    if total.hidden or not int(total.text):
        return None
    links = [
        Link(node, target, int(one.text))
        for target in shown.targets
        if not (one := shown.cells[node, target]).hidden and int(one.text)
    ]
    if left := int(total.text) - sum(link.people for link in links):
        links.append(Link(node, REST, left))
    return ToldSource(node, int(total.text), tuple(links))


def _links(flow: Flow, source: str, row: NDArray[np.int64], threshold: int) -> Iterator[Link]:
    targets = {flow.nodes[at]: (int(row[at]),) for at in np.flatnonzero(row).tolist()}
    told = name_rows(targets, threshold)
    yield from (Link(source, target, count) for target, (count,) in told.rows.items())
    if told.rest is not None:
        yield Link(source, REST, told.rest[0])
