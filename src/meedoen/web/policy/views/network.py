"""How organisations refer to each other: a square with its table, and measures over time."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meedoen.records.figures.queries import threshold_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission
from meedoen.records.referrals.network_queries import (
    NetworkCard,
    NetworkYears,
    network,
    network_years,
)
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.network.figures import NetworkFigures
from meedoen.rules.network.picture import NetworkPicture
from meedoen.web.policy.flow_tables import as_file, marks_of
from meedoen.web.policy.network_forms import NetworkForm
from meedoen.web.policy.network_tables import (
    comparison_table,
    is_told,
    largest_text,
    lines_of,
    quarter_name,
    quarter_table,
    received_table,
    tables_of,
)
from meedoen.web.policy.network_words import MEASURES, measure_name, party_names
from meedoen.web.shared.charts import Point, line_chart
from meedoen.web.shared.counting import indicator_name, language, shown_text
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.matrix_chart import matrix_chart
from meedoen.web.shared.pages import ViewerRequest, page

READ_ONLY = ("GET", "HEAD")
FEWEST_POINTS = 2
"""A line needs a beginning and an end."""


@page(Permission.SEE_NETWORK, methods=READ_ONLY)
def network_page(request: ViewerRequest) -> HttpResponse:
    """Show who refers to whom in a year, and how well that goes per quarter."""
    years = _years(request)
    if not years.begun:
        return render(request, "policy/network.html", {"until": day_text(years.until)})
    form = NetworkForm(request.GET, years)
    if not form.is_valid():
        return render(request, "policy/network.html", {"form": form}, status=422)
    card = _card(request, form)
    context = {
        "form": form,
        "card": card,
        "waiting": _waiting(years),
        "courses": list(_courses(card)),
        "quarters": quarter_table(card),
        "comparison": comparison_table(card),
        "compared": _compared(card, years),
        "marks": marks_of(tables_of(card)),
        "counted": _how_counted(request),
    }
    context |= {} if card.picture is None else _drawn(card, card.picture)
    return render(request, "policy/network.html", context)


@page(Permission.SEE_NETWORK, methods=READ_ONLY)
def network_export(request: ViewerRequest) -> HttpResponse:
    """Return the tables of the page as a file."""
    years = _years(request)
    form = NetworkForm(request.GET, years) if years.begun else None
    if form is None or not form.is_valid():
        raise Http404
    card = _card(request, form)
    parts = [_("netwerk"), *([] if card.year is None else [str(card.year)])]
    return as_file(request, "-".join([*parts, clock.today().isoformat()]), tables_of(card))


def _years(request: ViewerRequest) -> NetworkYears:
    years = network_years(request.viewer)
    if years is None:
        raise Http404
    return years


def _card(request: ViewerRequest, form: NetworkForm) -> NetworkCard:
    card = network(
        request.viewer,
        year=form.year,
        baseline=form.baseline,
        threshold=threshold_of(request.viewer),
    )
    if card is None:
        raise Http404
    return card


def _waiting(years: NetworkYears) -> str:
    """Say from which day on there is a picture of the running year, and why not before."""
    day = day_text(years.next_picture)
    if not years.told:
        return _("Het eerste beeld is er op %(day)s, als het jaar voorbij is.") % {"day": day}
    return _(
        "Van %(year)s is er een beeld op %(day)s, als het jaar voorbij is: uit twee beelden van "
        "een jaar dat nog loopt, kan een klein aantal volgen."
    ) % {"year": years.next_picture.year - 1, "day": day}


def _drawn(card: NetworkCard, picture: NetworkPicture) -> dict[str, Any]:
    """Return what the page needs of the picture; only a sentence when there is too little."""
    found: dict[str, Any] = {"year": str(card.year), "sentence": _sentence(card, picture)}
    if is_told(picture):
        found |= {
            "chart": _square(card, picture),
            "lines": lines_of(card, picture),
            "received": received_table(card, picture),
        }
    return found


def _sentence(card: NetworkCard, picture: NetworkPicture) -> str:
    total = picture.total
    if is_told(picture):
        largest = largest_text(card, picture)
        parts = [_total(total), _("Wie er meer vraagt, telt bij elk mee."), largest]
    else:
        few = _(
            "Er zijn te weinig verwijzingen om te tonen wie naar wie verwijst: zo blijft niemand "
            "herkenbaar."
        )
        parts = [few, "" if total.hidden else _total(total)]
    return " ".join(part for part in parts if part)


def _total(total: Shown) -> str:
    return _("Samen: %(total)s verwijzingen.") % {"total": shown_text(total)}


def _square(card: NetworkCard, picture: NetworkPicture) -> SafeString:
    names = party_names(picture, card.names)
    places = {node.code: place for place, node in enumerate(picture.nodes)}
    cells: dict[tuple[int, int], Shown | None] = {
        (places[one.source], places[one.target]): one.shown for one in picture.cells
    }
    # What a party asks of itself is no referral; the others together refer to each other too.
    cells |= {(place, place): None for place, node in enumerate(picture.nodes[:-1])}
    title = _("Wie naar wie verwijst, %(year)s") % {"year": card.year}
    rows = [names[node.code] for node in picture.nodes]
    return matrix_chart(title, _sentence(card, picture), rows, cells, language())


def _courses(card: NetworkCard) -> Iterator[Mapping[str, Any]]:
    """Give a small picture of every measure that was shown in two quarters or more."""
    for field, measure in MEASURES.items():
        points = [Point(one.on, _number(getattr(one, field))) for one in card.quarters]
        known: list[tuple[NetworkFigures, int]] = [
            (one, point.value)
            for one, point in zip(card.quarters, points, strict=True)
            if point.value is not None
        ]
        if len(known) < FEWEST_POINTS:
            continue
        sentence = str(measure.course) % {
            "first": number_text(known[0][1]),
            "begin": quarter_name(known[0][0]),
            "last": number_text(known[-1][1]),
            "end": quarter_name(known[-1][0]),
        }
        name = measure_name(field)
        yield {
            "name": name,
            "label": _("Grafiek: %(name)s") % {"name": name},
            "sentence": sentence,
            "chart": line_chart(name, sentence, points, None, language()),
        }


def _number(shown: Shown) -> int | None:
    return int(shown.text) if shown.text.isdecimal() else None


def _compared(card: NetworkCard, years: NetworkYears) -> str:
    """Say with which year is compared, and why not with before 2018."""
    text = _(
        "De begroting van Zwolle vergelijkt met de tijd voor 2018. Toen hield niemand bij wie naar "
        "wie verwees, en wat niet is vastgelegd, kunnen we niet meten."
    )
    if card.comparison.baseline is not None:
        return f"{text} " + _("Wij vergelijken met %(year)s.") % {
            "year": card.comparison.baseline_year
        }
    if years.baseline is None:
        return text
    return f"{text} " + _(
        "Het eerste jaar waarmee we kunnen vergelijken is %(year)s; dat is nog niet voorbij."
    ) % {"year": years.baseline}


def _how_counted(request: ViewerRequest) -> list[tuple[str, str]]:
    """Return the indicators with their names, for who may open their pages."""
    if not request.viewer.may(Permission.SEE_FIGURES):
        return []
    codes = [measure.indicator for measure in MEASURES.values()]
    return [(code, indicator_name(code)) for code in codes]
