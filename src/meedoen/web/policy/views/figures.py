"""A kept figure opened: how it was counted, what explains it, and what it would be now."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.figures.opened import OpenedFigure, address_of, open_figure
from meedoen.records.figures.revised import revised
from meedoen.records.organisations.viewer import Permission
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.language import Definition
from meedoen.web.policy.figure_shown import (
    balance_shown,
    is_any_place_shown,
    learned_of,
    parts_table,
    place_lines,
    texts_of,
    where_of,
)
from meedoen.web.shared.counting import how_counted, in_language, marks_in, shown_text
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.SEE_FIGURES, methods=("GET", "HEAD"))
def figure(request: ViewerRequest, figure_id: int) -> HttpResponse:
    """Show everything about a kept figure, but nobody behind it."""
    address = address_of(request.viewer, figure_id=figure_id)
    if address is None:
        raise Http404
    opened = open_figure(
        request.viewer,
        indicator=address.indicator,
        on=address.on,
        known_at=address.known_at,
        district=address.district,
        place_kind=address.place_kind,
        organisation=address.organisation,
    )
    if opened is None:
        raise Http404
    definition = catalogue_of(request.viewer.municipality_id)[opened.indicator]
    balance = balance_shown(opened.balance)
    revision = revised(request.viewer, [opened.figure_id])[opened.figure_id]
    learned = learned_of(revision)
    texts = [*texts_of(opened, balance), revision.now.text]
    texts += [one.count.text for one in revision.by_kind]
    context = {
        "name": in_language(definition.name_on(opened.definition_version)),
        "where": where_of(opened.district, opened.place_kind, opened.organisation),
        "unit": in_language(definition.unit_on(opened.definition_version)),
        "opened": opened,
        "value": shown_text(opened.shown),
        "sentences": how_counted(
            definition,
            version=opened.definition_version,
            on=opened.on,
            known_at=opened.known_at,
        ),
        "facts": _facts(definition, opened),
        "parts": parts_table(opened),
        "places": place_lines(opened),
        "is_any_place_shown": is_any_place_shown(opened),
        "balance": balance,
        "revision": revision,
        "learned": learned,
        "marks": marks_in(texts),
        "crumbs": [
            (_("Waar staan we"), reverse("policy:standing")),
            (in_language(definition.name), reverse("policy:indicator", args=[opened.indicator])),
        ],
    }
    return render(request, "policy/figure.html", context)


def _facts(definition: Definition, opened: OpenedFigure) -> list[tuple[str, str]]:
    facts = [
        (_("Peildatum"), day_text(opened.on)),
        (_("Met wat bekend was op"), day_text(opened.known_at)),
        (_("Gemeten op"), day_text(opened.measured_at)),
        (_("Manier van tellen geldt vanaf"), day_text(opened.definition_version)),
        (
            _("Uitsplitsing"),
            where_of(opened.district, opened.place_kind, opened.organisation) or _("alles samen"),
        ),
        (_("Eenheid"), in_language(definition.unit_on(opened.definition_version))),
    ]
    if denominator := definition.denominator_on(opened.definition_version):
        facts.append((_("Deel van"), in_language(denominator)))
    return facts
