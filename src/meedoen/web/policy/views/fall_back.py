"""Where people are half a year, a year and two years after a placement ended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.flows.queries import fallen_back
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.flows.calendar import Period
from meedoen.rules.flows.shown_fall_back import ShownFallBack, ShownWindow
from meedoen.web.policy.asking import over, without_mistakes
from meedoen.web.policy.flow_forms import PeriodForm, period_name
from meedoen.web.policy.flow_tables import FlowRow, FlowTable, as_file, marks_of, row
from meedoen.web.shared.charts import Bar, bar_chart
from meedoen.web.shared.counting import language, shown_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import listed, mid_sentence

READ_ONLY = ("GET", "HEAD")
NOT_MEASURED = "-"


@page(Permission.SEE_FIGURES, methods=READ_ONLY)
def fall_back_page(request: ViewerRequest) -> HttpResponse:
    """Show how many fell back after what ended in a period, in each window."""
    form = PeriodForm(request.GET)
    crumbs = [(_("Stromen"), reverse("policy:flows"))]
    if not form.is_valid():
        context: Mapping[str, Any] = {"form": form, "crumbs": crumbs}
        return render(request, "policy/fall_back.html", context, status=422)
    card = over(request.viewer, form.period, fallen_back)
    tables = _tables(card, form.period)
    sentence = _sentence(card)
    context = {
        "form": form,
        "card": card,
        "crumbs": crumbs,
        "tables": tables,
        "ends": shown_text(card.ends),
        "sentence": sentence,
        "chart": _chart(card, sentence),
        "marks": marks_of(tables),
    }
    return render(request, "policy/fall_back.html", context)


@page(Permission.SEE_FIGURES, methods=READ_ONLY)
def fall_back_export(request: ViewerRequest) -> HttpResponse:
    """Return the table of the page as a file."""
    period = without_mistakes(PeriodForm(request.GET)).period
    tables = _tables(over(request.viewer, period, fallen_back), period)
    return as_file(request, f"{_('terugval')}-{period.code}", tables)


def _tables(card: ShownFallBack, period: Period) -> Sequence[FlowTable]:
    columns = [_window_name(one) for one in card.windows]
    caption = _("Na het einde van een plaatsing, gestopt in %(period)s")
    rows = list(_rows(card, columns))
    return [FlowTable(caption % {"period": period_name(period)}, _("Wat"), columns, rows)]


def _rows(card: ShownFallBack, columns: Sequence[str]) -> Iterator[FlowRow]:
    lines = {
        _("Te volgen"): [one.followed for one in card.windows],
        _("Daarvan: doet mee of ging verder"): [one.active for one in card.windows],
        _("Daarvan: doet nergens mee"): [one.no_activity for one in card.windows],
        _("Trede te vergelijken"): [one.compared for one in card.windows],
        _("Daarvan: op een lagere trede"): [one.lower for one in card.windows],
        _("Nog niet bekend, verhuisd of overleden"): [one.not_followed for one in card.windows],
        _("Trede niet te vergelijken"): [one.not_compared for one in card.windows],
    }
    for name, counts in lines.items():
        yield _measured(card, row(name, columns, counts))
    fell_back = [one.fell_back for one in card.windows]
    whole = row(_("Teruggevallen, van wie te volgen is"), columns, fell_back, is_whole=True)
    yield _measured(card, whole)


def _measured(card: ShownFallBack, line: FlowRow) -> FlowRow:
    """Put a dash for no one in a window in which nobody can be followed: that is not a count."""
    cells = [
        replace(cell, text=NOT_MEASURED)
        if cell.text == "0" and window.followed.text == "0"
        else cell
        for cell, window in zip(line.cells, card.windows, strict=True)
    ]
    return replace(line, cells=cells)


def _window_name(window: ShownWindow) -> str:
    words = {"first": window.first_day, "last": window.last_day}
    return _("Dag %(first)s tot en met %(last)s") % words


def _percent(window: ShownWindow) -> int | None:
    """Return how many of a hundred fell back; None when that is not shown or nobody is known."""
    if window.fell_back.hidden or window.followed.hidden or window.followed.text == "0":
        return None
    return round(100 * int(window.fell_back.text) / int(window.followed.text))


def _chart(card: ShownFallBack, sentence: str) -> str:
    bars = [
        Bar(_window_name(one), _percent(one), NOT_MEASURED if one.followed.text == "0" else "x")
        for one in card.windows
    ]
    if all(bar.value is None for bar in bars):
        return ""
    return bar_chart(_("Teruggevallen, in procenten"), sentence, bars, language())


def _sentence(card: ShownFallBack) -> str:
    parts = []
    for window in card.windows:
        percent = _percent(window)
        if percent is not None:
            words = {
                "last": window.last_day,
                "percent": percent,
                "fell": shown_text(window.fell_back),
                "followed": shown_text(window.followed),
            }
            text = _(
                "Na %(last)s dagen was %(percent)s %% teruggevallen: %(fell)s van de %(followed)s."
            )
            parts.append(text % words)
    parts = parts or [_("Er is nog te weinig bekend om terugval te tonen.")]
    return " ".join([*parts, *_unknown(card)])


def _unknown(card: ShownFallBack) -> Iterator[str]:
    """Say in which windows nobody can be followed yet, and what to do about it."""
    windows = [_window_name(one) for one in card.windows if one.followed.text == "0"]
    if windows and card.ends.text != "0":
        text = _("Over %(windows)s is nog niets bekend: kies daarvoor een eerdere periode.")
        yield text % {"windows": listed(map(mid_sentence, windows))}
