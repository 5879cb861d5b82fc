"""Where we stand against what we promised, what asks for attention, and measuring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.budget.queries import GoalLine, goals
from meedoen.records.figures.actions import measure
from meedoen.records.figures.queries import newest_with_year_ends
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.viewer import Permission
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.language import NoVersionError
from meedoen.web.policy.attention import attention, totals
from meedoen.web.policy.forms import MeasureForm
from meedoen.web.policy.outlook_words import KINDS, Verdict, verdict
from meedoen.web.policy.standing_form import StandingForm
from meedoen.web.policy.standing_rows import Standing, StandingGoal, standing_of
from meedoen.web.shared.counting import marks_in
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number

GOALS_A_PAGE = 15


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal in the list; `line` says whether it was published."""

    standing: StandingGoal
    line: GoalLine | None


@page(Permission.SEE_FIGURES)
def standing(request: ViewerRequest) -> HttpResponse:
    """Show every goal with its indicators, and measure on a day."""
    measuring = MeasureForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and measuring.is_valid():
        on: date = measuring.cleaned_data["on"]
        try:
            measure(request.viewer, on=on)
        except NoVersionError:
            measuring.add_error(
                "on", _("Op deze dag bestond nog niet elke indicator. Kies een latere.")
            )
        else:
            messages.success(request, _("Gemeten: hoe het op %(day)s was.") % {"day": day_text(on)})
            return redirect("policy:standing")
    return _answer(request, measuring)


def _answer(request: ViewerRequest, measuring: MeasureForm) -> HttpResponse:
    viewer, year = request.viewer, clock.today().year
    catalogue = catalogue_of(viewer.municipality_id)
    measured = newest_with_year_ends(viewer)
    whole = standing_of(viewer, catalogue, measured, year)
    form = StandingForm(request.GET)
    chosen = form.chosen(whole)
    shown = _page(request, chosen)
    context = {
        "measuring": measuring,
        "newest": measured[-1] if measured else None,
        "year": year,
        "attention": attention(viewer, catalogue, measured, whole),
        "form": form,
        "asked": form.is_asked,
        "totals": _totals(whole),
        "goals": _goals(request, shown.cards),
        "without": chosen.without if shown.number == shown.pages else (),
        "page": shown,
        "query": before_page(request),
        "any_goals": bool(whole.goals),
        "marks": marks_in(_texts(chosen)),
    }
    status = 422 if measuring.errors or form.errors else 200
    return render(request, "policy/standing.html", context, status=status)


def _page(request: ViewerRequest, chosen: Standing) -> Page[StandingGoal]:
    found = Paginator(chosen.goals, GOALS_A_PAGE).get_page(page_number(request))
    return Page(
        cards=list(found),
        total=len(chosen.goals),
        number=found.number,
        pages=found.paginator.num_pages,
    )


def _totals(whole: Standing) -> list[tuple[Verdict, int]]:
    """Return how many indicators of goals have each verdict, the most pressing first."""
    counts: Mapping[str, int] = totals(whole.promised)
    return [(verdict(code), counts[code]) for code in KINDS if counts.get(code)]


def _goals(request: ViewerRequest, cards: Sequence[StandingGoal]) -> list[ShownGoal]:
    lines = {line.goal_id: line for line in goals(request.viewer)}
    return [ShownGoal(one, lines.get(one.goal.goal_id)) for one in cards]


def _texts(chosen: Standing) -> list[str]:
    """Return every counted text on the page, for the legend."""
    rows = [*(row for one in chosen.goals for row in one.rows), *chosen.without]
    return [text for row in rows for text in (row.figure, row.forecast)]
