"""A figure at the end of the year, with a band, or why there is none; tried out on earlier years.

A standing number follows from who is there, who stops and who comes (`stock`). Every other figure
follows from how earlier years went on from the same day (`going_on`). The band is as wide as the
spread says, and at least as wide as the forecast was off in most of the years it was tried on.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import takewhile
from math import ceil
from statistics import fmean

import numpy as np

from meedoen.rules.forecast.band_rule import BandRule, band_rule_on
from meedoen.rules.forecast.counted import (
    begun_by,
    measured_on,
    only_about,
    stretches_of,
    value_at_start,
    values_so_far,
    years_of,
)
from meedoen.rules.forecast.estimate import Band, Estimate, band_of
from meedoen.rules.forecast.going_on import LEAST_YEARS, going_on_estimate
from meedoen.rules.forecast.stock import stock_estimate
from meedoen.rules.indicators.columns import AT_ONCE
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import Definition, NoVersionError, Version
from meedoen.rules.indicators.people_words import PeopleInState, Printed
from meedoen.rules.indicators.sources import Known, Sources
from meedoen.rules.periods import MONTHS_IN_YEAR, add_months

ONLY_RISE = ("people_with_event", "events", "people_started", "people_ended")
"""Words of which what was counted in a year stays counted in that year."""

EndOf = Callable[[date], datetime]
"""The last moment of a day where the municipality is."""


class Refusal(StrEnum):
    """Why there is no forecast: it would be a guess."""

    NOT_COUNTED = "not_counted"
    """The figure is printed and not counted."""
    NOT_MEASURED = "not_measured"
    """Nothing of the kind is known today."""
    TOO_LITTLE_HISTORY = "too_little_history"
    """Less than the months that `BandRule.least_months` asks for, or fewer than two years."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A forecast of an earlier year, with what was known then, beside how it came."""

    year: int
    band: Band
    came: int

    @property
    def error(self) -> int:
        """Return how far what was expected was off."""
        return abs(self.band.expected - self.came)

    @property
    def held(self) -> bool:
        """Tell whether it came within the band."""
        return self.band.holds(self.came)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a figure will stand at the end of the year.

    `now` is where it would stand when nothing more happened, `at_start` where it stood so when the
    year began. The bands of `tried` are as wide as the spread alone says.
    """

    on: date
    year_end: date
    now: int
    at_start: int
    band: Band
    tried: tuple[Tried, ...]
    """Of the latest year first; empty when too little was known in earlier years."""

    @property
    def mean_error(self) -> float | None:
        """Return how far forecasts of earlier years were off on average; None without any."""
        return fmean(one.error for one in self.tried) if self.tried else None


def forecast(
    definition: Definition, sources: Sources, on: date, end_of: EndOf
) -> Forecast | Refusal:
    """Look forward from a day to the last of its year, with what was known on that day.

    The rule of counting of that last day holds for all years that are looked at.
    """
    year_end = date(on.year, 12, 31)
    try:
        version = definition.version_on(year_end)
    except NoVersionError:
        return Refusal.NOT_MEASURED
    if isinstance(version.count, Printed):
        return Refusal.NOT_COUNTED
    about = only_about(version.count, sources)
    known, rule = about.known_at(end_of(on)), band_rule_on(on)
    # NumPy lets go of Python while it counts, so that two years are looked at together: earlier
    # ones too before it is certain that they are needed.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        making = pool.submit(_made, version, known, on, rule)
        tried = _Trying(version, about, end_of, rule).tried(on, pool)
        made = making.result()
    if isinstance(made, Refusal):
        return made
    usual = usual_error([one.error for one in tried], float(rule.inside)) if on < year_end else 0
    wide = replace(made, estimate=replace(made.estimate, reach=max(made.estimate.reach, usual)))
    return Forecast(
        on=on,
        year_end=year_end,
        now=made.now,
        at_start=value_at_start(version, known, on.year),
        band=_band(version, wide),
        tried=tried,
    )


def usual_error(errors: Sequence[int], inside: float) -> int:
    """Return what so large a part of coming errors will not be over, judging by earlier ones.

    It is the error on the place that this part of one more than their number gives, as in
    conformal prediction; with few of them the largest. Nothing is 0.
    """
    if not errors:
        return 0
    place = min(len(errors), ceil(inside * (len(errors) + 1)))
    return sorted(errors)[place - 1]


@dataclass(frozen=True, slots=True)
class _Made:
    """An estimate, and where the figure would stand when nothing more happened."""

    estimate: Estimate
    now: int


def _made(version: Version, known: Known, on: date, rule: BandRule) -> _Made | Refusal:
    long_ago = add_months(on, -rule.least_months)
    same = [add_months(on, -back * MONTHS_IN_YEAR) for back in range(1, rule.years + 1)]
    now, long, *years_back = measured_on(version, known, [on, long_ago, *same])
    begun = begun_by(version, known, [date(day.year, 1, 31) for day in same])
    if not now:
        return Refusal.NOT_MEASURED
    if not long:
        return Refusal.TOO_LITTLE_HISTORY
    if isinstance(version.count, PeopleInState):
        return _stock(version.count, known, on, rule)
    whole = zip(same, years_back, begun, strict=True)
    earlier = [day for day, *_known in takewhile(lambda one: one[1] and one[2], whole)]
    if len(earlier) < LEAST_YEARS:
        return Refusal.TOO_LITTLE_HISTORY
    years = years_of(version, known, on, earlier)
    return _Made(going_on_estimate(years.now, years.added, float(rule.inside)), years.now)


def _stock(word: PeopleInState, known: Known, on: date, rule: BandRule) -> _Made | Refusal:
    """Look at stretches; when the first began lately, nobody knows how long they go on."""
    starts, ends = stretches_of(word, known)
    if not np.any(starts <= day_number(add_months(on, -rule.least_months))):
        return Refusal.TOO_LITTLE_HISTORY
    estimate = stock_estimate(
        starts,
        ends,
        on=day_number(on),
        until=day_number(date(on.year, 12, 31)),
        window_months=rule.window_months,
        inside=float(rule.inside),
    )
    here = (starts <= day_number(on)) & (ends > day_number(on))
    return _Made(estimate, int(here.sum()))


@dataclass(frozen=True, slots=True)
class _Trying:
    """Makes the forecast as it would have been made in earlier years, and looks how it came."""

    version: Version
    sources: Sources
    end_of: EndOf
    rule: BandRule

    def tried(self, on: date, pool: ThreadPoolExecutor) -> tuple[Tried, ...]:
        """Try a day in earlier years, up to the first year in which there would have been none."""
        back = range(1, self.rule.back_tests + 1)
        days = [add_months(on, -years * MONTHS_IN_YEAR) for years in back]
        coming = pool.submit(self._came, days)
        made = takewhile(lambda one: not isinstance(one, Refusal), pool.map(self._made_on, days))
        return tuple(
            Tried(day.year, _band(self.version, one), value)
            for day, one, value in zip(days, list(made), coming.result(), strict=False)
            if not isinstance(one, Refusal)
        )

    def _made_on(self, day: date) -> _Made | Refusal:
        known = self.sources.known_at(self.end_of(day))
        return _made(self.version, known, day, self.rule)

    def _came(self, days: Sequence[date]) -> list[int]:
        """Return where the figure stood at the end of each year, by what is known now."""
        ends = [date(day.year, 12, 31) for day in days]
        return values_so_far(self.version, self.sources.known_at(None), ends)


def _band(version: Version, made: _Made) -> Band:
    word = version.count
    most = 100 if word.form is Form.SHARE else None
    return band_of(made.estimate, least=made.now if word.word in ONLY_RISE else 0, most=most)
