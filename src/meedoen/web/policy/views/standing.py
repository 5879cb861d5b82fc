"""Where we stand against what we promised, and measuring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.budget.queries import GoalLine, TargetCard, goals, targets
from meedoen.records.figures.actions import measure
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.queries import MeasuringCard, newest_with_year_ends
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.indicators.language import NoVersionError
from meedoen.web.policy.forms import MeasureForm
from meedoen.web.shared.counting import DIRECTIONS, in_language, marks_in, shown_text
from meedoen.web.shared.course import Target, target_of
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.programmes import programme_anchor, programme_of
from meedoen.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class StandingRow:
    """An indicator with what was aimed for and what was counted, "" where nothing was.

    `target` is what is aimed for in words, and `promise` the goal that says so.
    """

    code: str
    name: str
    direction: Words
    target: Target | None
    promise: TargetCard | None
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal in the list; the first one of a programme has the anchor of that programme."""

    line: GoalLine
    anchor: str


@page(Permission.SEE_FIGURES)
def standing(request: ViewerRequest) -> HttpResponse:
    """Show every indicator and goal, and measure on a day."""
    form = MeasureForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        on: date = form.cleaned_data["on"]
        try:
            measure(request.viewer, on=on)
        except NoVersionError:
            form.add_error("on", _("Op deze dag bestond nog niet elke indicator. Kies een latere."))
        else:
            messages.success(request, _("Gemeten: hoe het op %(day)s was.") % {"day": day_text(on)})
            return redirect("policy:standing")
    measured = newest_with_year_ends(request.viewer)
    rows = _rows(measured, targets(request.viewer))
    context = {
        "form": form,
        "days": [card.reference_date for card in measured],
        "newest": measured[-1] if measured else None,
        "rows": rows,
        "marks": marks_in(text for row in rows for text in row.counted),
        "goals": _goals(request.viewer),
    }
    return render(request, "policy/standing.html", context, status=422 if form.errors else 200)


def _goals(viewer: Viewer) -> list[GoalRow]:
    rows, seen = [], set()
    for line in goals(viewer):
        programme = programme_of(line.code)
        rows.append(GoalRow(line, "" if programme in seen else programme_anchor(programme)))
        seen.add(programme)
    return rows


def _rows(
    measured: Sequence[MeasuringCard], aims: dict[str, TargetCard]
) -> tuple[StandingRow, ...]:
    return tuple(
        StandingRow(
            code=definition.code,
            name=in_language(definition.name),
            direction=DIRECTIONS.get(definition.direction, ""),
            target=target_of(aims[definition.code]) if definition.code in aims else None,
            promise=aims.get(definition.code),
            counted=tuple(_counted(card, definition.code) for card in measured),
        )
        for definition in catalogue()
    )


def _counted(card: MeasuringCard, code: str) -> str:
    figure = card.figures.get(code)
    return "" if figure is None else shown_text(figure.shown)
