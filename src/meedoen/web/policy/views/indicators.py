"""One indicator: what it means, how it went and will go, and what was known when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meedoen.records.budget.standing import Aim, aim_of
from meedoen.records.figures.balances import balance_of
from meedoen.records.figures.forecasts import Forecast, forecasts_from
from meedoen.records.figures.queries import (
    CountedFigure,
    counted_shown,
    newest_with_year_ends,
    shown_series,
)
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import Catalogue, Definition, ReferenceDate
from meedoen.rules.indicators.people_words import Printed
from meedoen.rules.periods import add_months, is_year_end, month_ends
from meedoen.web.policy.figure_shown import BalanceShown, balance_shown
from meedoen.web.policy.flow_tables import FlowTable
from meedoen.web.policy.forms import KnownForm
from meedoen.web.policy.indicator_breakdowns import breakdowns_of
from meedoen.web.policy.indicator_history import stood_in, versions_of
from meedoen.web.policy.indicator_outlook import ahead_of, outlook_of, target_to_draw, texts_of
from meedoen.web.policy.printed_shown import printed_shown
from meedoen.web.shared.charts import Bar, bar_chart
from meedoen.web.shared.counting import (
    LEVELS,
    MEASURES,
    REFERENCE_DATES,
    how_counted,
    in_language,
    language,
    marks_in,
    part_name,
    shown_text,
)
from meedoen.web.shared.course import Course, course
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import listed, mid_sentence

MONTHS_SHOWN, YEARS_SHOWN = 36, 6


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


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest kept figure, with its parts in words.

    Parts that are classes beside each other have a picture too; what a share or a median was
    worked out from has none.
    """

    figure_id: int
    on: date
    known_at: datetime
    text: str
    sentences: tuple[str, ...]
    parts: tuple[PartRow, ...]
    bars: SafeString
    bars_sentence: str


@dataclass(frozen=True, slots=True)
class Known:
    """A figure on a day, as known at the end of another day and as known now."""

    on: date
    known_on: date
    rows: tuple[KnownRow, ...]
    changed: bool


@page(Permission.SEE_FIGURES, methods=("GET", "HEAD"))
def indicator(request: ViewerRequest, code: str) -> HttpResponse:
    """Show an indicator with its definition, its course and how it was counted."""
    catalogue = catalogue_of(request.viewer.municipality_id)
    definition = catalogue.definitions.get(code)
    aim = aim_of(request.viewer, indicator=code, year=clock.today().year)
    if definition is None or aim is None:
        raise Http404
    newest = _newest(request.viewer, definition)
    last = (newest.on, newest.known_at) if newest else None
    made = forecasts_from(request.viewer, indicators=[code], measured=last)[code]
    corrected = _corrected(request.viewer, code, newest)
    day = newest.on if newest else clock.today()
    form = KnownForm(
        request.GET if "known_on" in request.GET else None, initial={"on": day, "known_on": day}
    )
    # The line is of what is known now: what is expected from before a correction is not of it.
    line = _course(
        request.viewer, definition, aim, made, draws_ahead=made.on != day or not corrected
    )
    known = _known(request.viewer, definition, form)
    breakdowns = breakdowns_of(request.viewer, definition, newest.on) if newest else []
    balance = _balance(request.viewer, code, newest)
    tables = [*breakdowns, *([balance.table] if balance else [])]
    context = {
        "code": code,
        "name": in_language(definition.name),
        "question": in_language(definition.question),
        "definition": in_language(definition.definition),
        "unit": in_language(definition.unit),
        "facts": _facts(catalogue, definition),
        "address": definition.source.address,
        "course": line,
        "yearly": definition.reference_date is ReferenceDate.YEAR_END,
        "newest": newest,
        "corrected": corrected,
        "outlook": outlook_of(definition, aim, made),
        "balance": balance,
        "breakdowns": breakdowns,
        "versions": versions_of(definition),
        "is_printed": isinstance(definition.versions[-1].count, Printed),
        "printed": printed_shown(request.viewer, code),
        "stood_in": stood_in(request.viewer, code),
        "known": known,
        "marks": marks_in([*_texts(line, newest, known, made), *_texts_of_tables(tables)]),
        "form": form,
        "crumbs": [(_("Waar staan we"), reverse("policy:standing"))],
    }
    return render(request, "policy/indicator.html", context, status=422 if form.errors else 200)


def _balance(viewer: Viewer, code: str, newest: Newest | None) -> BalanceShown | None:
    """Return how the newest figure came out of that of the year end before."""
    if newest is None:
        return None
    return balance_shown(balance_of(viewer, indicator=code, on=newest.on, known_at=newest.known_at))


def _texts(
    line: Course | None, newest: Newest | None, known: Known | None, made: Forecast
) -> Iterator[str]:
    """Walk through every counted text on the page."""
    yield from texts_of(made)
    if line is not None:
        yield from (row.text for row in line.rows)
    if newest is not None:
        yield from (newest.text, *(part.text for part in newest.parts))
    if known is not None:
        yield from (text for row in known.rows for text in (row.then, row.now))


def _texts_of_tables(tables: Sequence[FlowTable]) -> Iterator[str]:
    shown = [table for table in tables if not table.tells_nothing]
    yield from (cell.text for table in shown for line in table.rows for cell in line.cells)


def _facts(catalogue: Catalogue, definition: Definition) -> list[tuple[str, str]]:
    versions = [day_text(version.valid_from) for version in definition.versions]
    wholes = [in_language(catalogue[one].name) for one in definition.part_of]
    facts = [
        (_("Eenheid"), in_language(definition.unit)),
        (_("Wat voor cijfer"), str(MEASURES[definition.measures])),
        (_("Wat het laat zien"), str(LEVELS[definition.level])),
        (_("Bedoeld voor"), str(REFERENCE_DATES[definition.reference_date])),
        (_("Bron"), definition.source.document),
        (_("Wat er beloofd is"), in_language(definition.source.promise)),
        (_("Manier van tellen geldt vanaf"), ", ".join(versions)),
    ]
    return [*facts, (_("Onderdeel van"), ", ".join(wholes))] if wholes else facts


def _course(
    viewer: Viewer, definition: Definition, aim: Aim, made: Forecast, *, draws_ahead: bool
) -> Course | None:
    """Return the course over the days the figure is meant for, with the target if there is one.

    What is expected at the end of this year is drawn with its band.

    A figure about a year starts again every January: a line through its months says nothing.
    """
    yearly = definition.reference_date is ReferenceDate.YEAR_END
    today = clock.today()
    first = add_months(today, -12 * YEARS_SHOWN if yearly else -MONTHS_SHOWN)
    days = [day for day in month_ends(first, today) if is_year_end(day) or not yearly]
    return course(
        in_language(definition.name),
        shown_series(viewer, code=definition.code, days=days),
        target_to_draw(aim, made.year),
        ahead=ahead_of(made) if draws_ahead else None,
        breaks=definition.breaks,
    )


def _newest(viewer: Viewer, definition: Definition) -> Newest | None:
    code, measured = definition.code, newest_with_year_ends(viewer)
    figure = measured[-1].figures.get(code) if measured else None
    if figure is None:
        return None
    on, known_at = measured[-1].reference_date, measured[-1].known_at
    are_classes = definition.versions[-1].count.form is Form.COUNT
    sentence = _bars_sentence(figure.shown_parts, on)
    return Newest(
        figure_id=figure.figure_id,
        on=on,
        known_at=known_at,
        text=shown_text(figure.shown),
        sentences=tuple(
            how_counted(definition, version=figure.definition_version, on=on, known_at=known_at)
        ),
        parts=tuple(
            PartRow(part_name(part), shown_text(one)) for part, one in figure.shown_parts.items()
        ),
        bars=_bars(definition, figure.shown_parts if are_classes else {}, sentence),
        bars_sentence=sentence,
    )


def _corrected(viewer: Viewer, code: str, newest: Newest | None) -> str:
    """Return what the newest figure would be with what is known now; "" where that is the same.

    Also where either is hidden: it is beside more figures that it was hidden when it was kept.
    """
    if newest is None or not newest.text[0].isdigit():
        return ""
    now = dict(shown_series(viewer, code=code, days=[newest.on])).get(newest.on)
    if now is None or now.hidden or shown_text(now) == newest.text:
        return ""
    return shown_text(now)


def _bars(definition: Definition, parts: Mapping[str, Shown], sentence: str) -> SafeString:
    if not parts:
        return SafeString("")
    bars = [
        Bar(part_name(part), int(one.text) if one.text.isdecimal() else None, shown_text(one))
        for part, one in parts.items()
    ]
    unit = capfirst(in_language(definition.unit))
    return bar_chart(_("%(unit)s per groep") % {"unit": unit}, sentence, bars, language())


def _bars_sentence(parts: Mapping[str, Shown], on: date) -> str:
    words = [f"{mid_sentence(part_name(part))} {shown_text(one)}" for part, one in parts.items()]
    return _("Op %(day)s: %(words)s.") % {"day": day_text(on), "words": listed(words)}


def _known(viewer: Viewer, definition: Definition, form: KnownForm) -> Known | None:
    """Return the figure as known then beside the one as known now, once days are filled in."""
    if not form.is_bound or not form.is_valid():
        return None
    on, known_on = form.cleaned_data["on"], form.cleaned_data["known_on"]
    if not definition.counts_on(on):
        form.add_error("on", _("Op deze dag bestond deze indicator niet. Kies een andere dag."))
        return None
    counted = counted_shown(viewer, on=on, moments=[clock.end_of(known_on), None])
    then, now = (figures[definition.code] for figures in counted)
    rows = tuple(_known_rows(in_language(definition.name_on(on)), then, now))
    return Known(on, known_on, rows, changed=any(row.then != row.now for row in rows))


def _known_rows(name: str, then: CountedFigure, now: CountedFigure) -> Iterator[KnownRow]:
    yield KnownRow(name, shown_text(then.shown), shown_text(now.shown))
    for part, one in then.shown_parts.items():
        yield KnownRow(part_name(part), shown_text(one), shown_text(now.shown_parts[part]))
