"""Where one indicator will stand at the end of the year, beside what is aimed for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.budget.standing import Aim
from meedoen.records.figures.forecasts import Forecast
from meedoen.rules.indicators.language import Definition
from meedoen.web.policy.flow_tables import FlowTable, row
from meedoen.web.policy.outlook_words import (
    Verdict,
    forecast_text,
    needed_sentence,
    target_number,
    tried_sentence,
    verdict_of,
    why_none,
)
from meedoen.web.shared.charts import Ahead
from meedoen.web.shared.counting import DIRECTIONS, shown_text
from meedoen.web.shared.course import Target, printed_target, target_of


@dataclass(frozen=True, slots=True)
class IndicatorOutlook:
    """What is said of the end of the year; texts are "" where there is nothing to say.

    `on` is the day from which is looked forward.
    `table` holds the forecasts of earlier years beside how they came; None without any.
    """

    on: date
    year: int
    target: str
    forecast: str
    why_none: str
    verdict: Verdict | None
    needed: str
    margin: str
    tried: str
    table: FlowTable | None


def outlook_of(definition: Definition, aim: Aim, made: Forecast) -> IndicatorOutlook:
    """Return what is said of the end of the year of a forecast."""
    direction = aim.direction or definition.direction
    number = target_number(definition, aim.text) if aim.text else None
    there = made.refusal is None and not made.is_hidden
    return IndicatorOutlook(
        on=made.on,
        year=made.year,
        target=f"{DIRECTIONS.get(direction, '')} {aim.text}".strip() if aim.text else "",
        forecast=forecast_text(made),
        why_none=why_none(made),
        verdict=verdict_of(made, direction, number) if aim.text else None,
        needed=needed_sentence(definition, direction, made, number),
        margin=_margin(made) if there else "",
        tried=tried_sentence(made) if there else "",
        table=_table(made),
    )


def _margin(made: Forecast) -> str:
    words = {"inside": made.inside}
    return (
        _(
            "De marge is zo gekozen dat het cijfer er in ongeveer %(inside)s van de 100 gevallen "
            "binnen valt. Hij volgt uit hoe het in eerdere jaren ging, en is nooit een belofte."
        )
        % words
    )


def _table(made: Forecast) -> FlowTable | None:
    if not made.tried:
        return None
    columns = [_("Verwacht"), _("Laagste"), _("Hoogste"), _("Het werd")]
    return FlowTable(
        caption=_("Dezelfde verwachting in eerdere jaren"),
        first=_("Jaar"),
        columns=columns,
        rows=[
            row(str(one.year), columns, [one.expected, one.low, one.high, one.came])
            for one in made.tried
        ],
    )


def ahead_of(made: Forecast) -> Ahead | None:
    """Return what to draw of a forecast: nothing where a number of it is not shown."""
    shown = (made.low, made.expected, made.high)
    if made.numbers is None or not all(one.text.isdecimal() for one in shown):
        return None
    low, expected, high = (int(one.text) for one in shown)
    return Ahead(made.numbers.year_end, low, expected, high)


def target_to_draw(aim: Aim, year: int) -> Target | None:
    """Return the target of this year, else the newest of another year with its label."""
    if aim.text:
        return printed_target(aim.text, _("voor %(year)s") % {"year": year})
    return None if aim.other is None else target_of(aim.other)


def texts_of(made: Forecast) -> Sequence[str]:
    """Return every number that is shown of a forecast, for the legend."""
    years = [text for one in made.tried for text in map(shown_text, (one.expected, one.came))]
    return [made.expected.text, made.low.text, *years]
