"""A small picture of how a figure went, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.periods import is_year_end
from meedoen.web.shared.counting import shown_text
from meedoen.web.shared.figures import day_text

WIDTH, HEIGHT, EDGE = 96, 28, 3
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Trend:
    """The figures in words, and the points of a line through those that are shown.

    `points` are pairs in pixels for a polyline, "" when there is no line; `last` is its end.
    """

    words: str
    points: str
    last: tuple[int, int] | None


def trend(values: Sequence[tuple[date, Shown]]) -> Trend:
    """Return the course of a figure over these days, in order.

    The words say everything that the picture says, so the picture is for the eye only.
    """
    words = ", ".join(f"{_day_name(day)}: {shown_text(one)}" for day, one in values)
    numbers = [(day, int(one.text)) for day, one in values if one.text.isdecimal()]
    if len(numbers) < FEWEST:
        return Trend(words, "", None)
    places = _places(numbers)
    return Trend(words, " ".join(f"{x},{y}" for x, y in places), places[-1])


def _day_name(day: date) -> str:
    """Name a year end by its year, and another day as it is."""
    if is_year_end(day):
        return _("eind %(year)s") % {"year": day.year}
    return day_text(day, "medium")


def _places(numbers: Sequence[tuple[date, int]]) -> list[tuple[int, int]]:
    """Lay the numbers out by their days, the lowest at the bottom and the highest at the top."""
    days = [day.toordinal() for day, _number in numbers]
    heights = [number for _day, number in numbers]
    length, rise = days[-1] - days[0], max(heights) - min(heights)
    across, down = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    return [
        (
            EDGE + round(across * (day - days[0]) / length),
            HEIGHT // 2 if not rise else EDGE + round(down * (max(heights) - number) / rise),
        )
        for day, number in zip(days, heights, strict=True)
    ]
