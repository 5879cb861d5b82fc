"""Where every indicator stands against what was promised: the rows of the first page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.records.budget.standing import Aim, PromisedGoal, promised_goals
from meedoen.records.figures.forecasts import Forecast, forecasts_from
from meedoen.records.figures.queries import MeasuringCard
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.language import Catalogue, Definition, Direction
from meedoen.web.policy.outlook_words import (
    Verdict,
    error_words,
    forecast_text,
    target_number,
    verdict_of,
    why_none,
)
from meedoen.web.policy.trend import Trend, trend
from meedoen.web.shared.counting import DIRECTIONS, in_language, shown_text
from meedoen.web.shared.course import Target, printed_target, target_of


@dataclass(frozen=True, slots=True)
class StandingRow:
    """An indicator of a goal, or of none, with all that is said of it.

    `target` is what is aimed for this year, `other` the newest aim of another year. `figure` is
    the newest kept figure as text, "" when it was never measured. `error` says how far the forecast
    was off in earlier years, "" where that is not told.
    """

    code: str
    name: str
    direction: str
    target: Target | None
    other: Target | None
    figure: str
    figure_on: date | None
    trend: Trend
    forecast: str
    error: str
    why_none: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class StandingGoal:
    """A goal with its rows."""

    goal: PromisedGoal
    rows: tuple[StandingRow, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """All goals by code, and after them the indicators of no goal."""

    goals: tuple[StandingGoal, ...]
    without: tuple[StandingRow, ...]

    @property
    def promised(self) -> list[StandingRow]:
        """Return each indicator of a goal once, for counting."""
        found = {row.code: row for one in self.goals for row in one.rows}
        return list(found.values())


def standing_of(
    viewer: Viewer, catalogue: Catalogue, measured: Sequence[MeasuringCard], year: int
) -> Standing:
    """Put together where the indicators stand; forecasts only where something is aimed for.

    A page with two hundred indicators asks as many questions as one with ten.
    """
    goals = promised_goals(viewer, year=year)
    numbers = _numbers(catalogue, goals)
    last = (measured[-1].reference_date, measured[-1].known_at) if measured else None
    made = forecasts_from(viewer, indicators=list(numbers), measured=last)
    shown = _Shown(catalogue, measured, made)
    there = {aim.indicator for goal in goals for aim in goal.aims}
    return Standing(
        goals=tuple(StandingGoal(goal, tuple(shown.rows_of(goal.aims))) for goal in goals),
        without=tuple(
            shown.row(one, Aim(one.code, "", None, None))
            for one in catalogue
            if one.code not in there
        ),
    )


def _numbers(catalogue: Catalogue, goals: Sequence[PromisedGoal]) -> dict[str, int]:
    """Return what is aimed for this year, where that is one number."""
    found = {}
    for aim in (aim for goal in goals for aim in goal.aims):
        definition = catalogue.definitions.get(aim.indicator)
        number = None if definition is None else target_number(definition, aim.text)
        if number is not None:
            found[aim.indicator] = number
    return found


@dataclass(frozen=True, slots=True)
class _Shown:
    """Makes rows out of what was measured and what is expected."""

    catalogue: Catalogue
    measured: Sequence[MeasuringCard]
    made: Mapping[str, Forecast]

    def rows_of(self, aims: Sequence[Aim]) -> Iterator[StandingRow]:
        """Walk through the rows of a goal; a code that is no indicator any more has none."""
        for aim in aims:
            definition = self.catalogue.definitions.get(aim.indicator)
            if definition is not None:
                yield self.row(definition, aim)

    def row(self, definition: Definition, aim: Aim) -> StandingRow:
        """Return the row of an indicator."""
        code = definition.code
        direction: Direction = aim.direction or definition.direction
        values = [
            (card.reference_date, card.figures[code].shown)
            for card in self.measured
            if code in card.figures
        ]
        made = self.made.get(code)
        target = printed_target(aim.text, "") if aim.text else None
        number = None if target is None else target_number(definition, aim.text)
        return StandingRow(
            code=code,
            name=in_language(definition.name),
            direction=str(DIRECTIONS.get(direction, "")),
            target=target,
            other=target_of(aim.other) if target is None and aim.other else None,
            figure=shown_text(values[-1][1]) if values else "",
            figure_on=values[-1][0] if values else None,
            trend=trend(values),
            forecast=forecast_text(made),
            error=error_words(made),
            why_none="" if made is None else why_none(made),
            verdict=verdict_of(made, direction, number),
        )
