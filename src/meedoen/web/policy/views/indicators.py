"""One indicator: what it means, how it went, and what was known when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meedoen.records.budget.queries import targets
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.queries import (
    CountedFigure,
    MeasuringCard,
    counted_shown,
    newest_with_year_ends,
    shown_series,
)
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.language import Definition, NoVersionError
from meedoen.rules.periods import add_months, month_ends
from meedoen.web.policy.forms import KnownForm
from meedoen.web.shared.charts import Bar, bar_chart
from meedoen.web.shared.counting import (
    LEVELS,
    MEASURES,
    REFERENCE_DATES,
    how_counted,
    in_language,
    language,
    part_name,
    shown_text,
)
from meedoen.web.shared.course import Course, course
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page

MONTHS_SHOWN = 36


@dataclass(frozen=True, slots=True)
class PartRow:
    """A class within an indicator."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class KnownRow:
    """The same figure twice: as known then, and as known now."""

    name: str
    then: str
    now: str


@page(Permission.SEE_FIGURES, methods=("GET", "HEAD"))
def indicator(request: ViewerRequest, code: str) -> HttpResponse:
    """Show an indicator with its definition, its course and how it was counted."""
    definition = catalogue().definitions.get(code)
    if definition is None:
        raise Http404
    measured = newest_with_year_ends(request.viewer)
    newest = measured[-1] if measured else None
    day = newest.reference_date if newest else clock.today()
    form = KnownForm(
        request.GET if "known_on" in request.GET else None, initial={"on": day, "known_on": day}
    )
    context = {
        "name": in_language(definition.name),
        "question": in_language(definition.question),
        "definition": in_language(definition.definition),
        "facts": _facts(definition),
        "address": definition.source.address,
        "course": _course(request.viewer, definition),
        "unit": in_language(definition.unit),
        **_newest(definition, newest),
        "known": _known(request.viewer, definition, form),
        "form": form,
        "crumbs": [(_("Waar staan we"), reverse("policy:standing"))],
    }
    return render(request, "policy/indicator.html", context, status=422 if form.errors else 200)


def _facts(definition: Definition) -> list[tuple[str, str]]:
    versions = [day_text(version.valid_from) for version in definition.versions]
    whole = definition.part_of and in_language(catalogue()[definition.part_of].name)
    facts = [
        (_("Eenheid"), in_language(definition.unit)),
        (_("Wat voor cijfer"), str(MEASURES[definition.measures])),
        (_("Wat het laat zien"), str(LEVELS[definition.level])),
        (_("Bedoeld voor"), str(REFERENCE_DATES[definition.reference_date])),
        (_("Bron"), definition.source.document),
        (_("Wat er beloofd is"), in_language(definition.source.promise)),
        (_("Manier van tellen geldt vanaf"), ", ".join(versions)),
    ]
    return [*facts, (_("Onderdeel van"), whole)] if whole else facts


def _course(viewer: Viewer, definition: Definition) -> Course | None:
    """Return the course over the last whole months, with the target if pages print one."""
    today = clock.today()
    days = [day for day in month_ends(add_months(today, -MONTHS_SHOWN), today) if day <= today]
    target = targets(viewer).get(definition.code)
    return course(
        in_language(definition.name),
        shown_series(viewer, code=definition.code, days=days),
        None if target is None else (target.text, target.label),
    )


def _newest(definition: Definition, newest: MeasuringCard | None) -> dict[str, Any]:
    """Return the newest kept figure with its classes and how it was counted."""
    figure = newest.figures.get(definition.code) if newest else None
    if newest is None or figure is None:
        return {"newest": None}
    sentences = how_counted(
        definition.code,
        version=figure.definition_version,
        on=newest.reference_date,
        known_at=newest.known_at,
    )
    return {
        "newest": newest,
        "value": shown_text(figure.shown),
        "sentences": sentences,
        "parts": [PartRow(part_name(part), shown_text(one)) for part, one in
                  figure.shown_parts.items()],
        "bars": _bars(figure.shown_parts, newest.reference_date),
        "bars_label": _("Grafiek van de groepen"),
        "bars_sentence": _bars_sentence(figure.shown_parts, newest.reference_date),
    }


def _bars(parts: Mapping[str, Shown], on: date) -> SafeString:
    if not parts:
        return SafeString("")
    bars = [
        Bar(part_name(part), None if one.hidden else int(one.text), shown_text(one))
        for part, one in parts.items()
    ]
    title = _("Mensen per groep op %(day)s") % {"day": day_text(on)}
    return bar_chart(title, _bars_sentence(parts, on), bars, language())


def _bars_sentence(parts: Mapping[str, Shown], on: date) -> str:
    words = ", ".join(f"{part_name(part).lower()} {shown_text(one)}" for part, one in parts.items())
    return _("Op %(day)s: %(words)s.") % {"day": day_text(on), "words": words}


def _known(viewer: Viewer, definition: Definition, form: KnownForm) -> dict[str, Any] | None:
    """Return the figure as known then beside the figure as known now, once a day is asked for."""
    if not form.is_bound or not form.is_valid():
        return None
    on, known_on = form.cleaned_data["on"], form.cleaned_data["known_on"]
    try:
        counted = counted_shown(viewer, on=on, moments=[clock.end_of(known_on), None])
    except NoVersionError:
        form.add_error("on", _("Op deze dag bestond nog niet elke indicator. Kies een latere."))
        return None
    then, now = (figures[definition.code] for figures in counted)
    rows = _known_rows(in_language(definition.name), then, now)
    return {
        "on": on,
        "known_on": known_on,
        "rows": rows,
        "changed": any(row.then != row.now for row in rows),
    }


def _known_rows(name: str, then: CountedFigure, now: CountedFigure) -> Sequence[KnownRow]:
    return [
        KnownRow(name, shown_text(then.shown), shown_text(now.shown)),
        *(
            KnownRow(part_name(part), shown_text(one), shown_text(now.shown_parts[part]))
            for part, one in then.shown_parts.items()
        ),
    ]
