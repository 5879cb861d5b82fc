"""Where figures will stand at the end of the year; small numbers of people protected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from meedoen.records.figures.protecting import protection_of
from meedoen.records.figures.remembered import remembered
from meedoen.records.figures.sources import sources
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.forecast import forecast as rule
from meedoen.rules.forecast.band_rule import band_rule_on
from meedoen.rules.forecast.counted import only_about
from meedoen.rules.forecast.estimate import Band
from meedoen.rules.forecast.forecast import Refusal, Tried
from meedoen.rules.indicators.disclosure import PROTECTED, Shown
from meedoen.rules.indicators.evaluate import are_measured, evaluate
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import Catalogue, Definition, NoVersionError
from meedoen.rules.indicators.people_words import PeopleWord
from meedoen.rules.indicators.published_table import Protection
from meedoen.rules.indicators.shown import family_of, show_together
from meedoen.rules.indicators.sources import Sources

NO_NUMBER, COVERED = Shown("-", hidden=False), Shown(PROTECTED, hidden=True)


@dataclass(frozen=True, slots=True)
class TriedYear:
    """A forecast that would have been made in an earlier year, beside how it came.

    `error` and `held` are None where one of the numbers is not shown.
    """

    year: int
    expected: Shown
    low: Shown
    high: Shown
    came: Shown
    error: int | None
    held: bool | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """A figure at the end of the year, with its band, as people get to see it.

    `refusal` says why there is none; `numbers` is what may be reckoned with, None where it is
    hidden or there is none, and there a number of people stands as it is shown: rounded where
    figures are; `shows_pace` says whether how much came this year may be told, which
    points at where the figure stood when the year began. The band holds in so many of a hundred
    years as `inside` says.
    """

    indicator: str
    on: date
    year: int
    refusal: Refusal | None
    expected: Shown
    low: Shown
    high: Shown
    tried: tuple[TriedYear, ...]
    numbers: rule.Forecast | None
    shows_pace: bool
    inside: int
    least_months: int

    @property
    def is_hidden(self) -> bool:
        """Tell whether there is a forecast of which nothing is shown."""
        return self.expected.hidden

    @property
    def mean_error(self) -> float | None:
        """Return how far forecasts of earlier years were off; None without any that are shown."""
        errors = [one.error for one in self.tried if one.error is not None]
        return sum(errors) / len(errors) if errors else None


def forecast(viewer: Viewer, *, indicator: str, on: date | None = None) -> Forecast | None:
    """Look forward from a day, today without one, with what was known at its end.

    None for who may not see figures, and for an indicator that is not there.
    """
    return forecasts(viewer, indicators=[indicator], on=on).get(indicator)


def forecasts_from(
    viewer: Viewer, *, indicators: Sequence[str], measured: tuple[date, datetime] | None
) -> dict[str, Forecast]:
    """Look forward from a day that was measured, with what was known when it was.

    So the figure that was kept, what is expected and what is still needed are one sum. Where none
    was measured this year it is from today, with all that is known now.
    """
    if measured is None or measured[0].year != clock.today().year:
        return forecasts(viewer, indicators=indicators)
    on, known_at = measured
    return forecasts(viewer, indicators=indicators, on=on, known_at=known_at)


def forecasts(
    viewer: Viewer,
    *,
    indicators: Sequence[str],
    on: date | None = None,
    known_at: datetime | None = None,
) -> dict[str, Forecast]:
    """Look forward for many indicators at once, as `forecast` does for one.

    With `known_at` it is with what was known at that moment, in place of the end of the day.

    A forecast is hidden where the figure from which it starts is, today or so far in its year, and
    where what is expected is itself a small number: with little time left they are the same people.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return {}
    catalogue, day = catalogue_of(viewer.municipality_id), on or clock.today()
    codes = [code for code in dict.fromkeys(indicators) if code in catalogue.definitions]
    known, protection = sources(viewer), protection_of(viewer)
    made = {code: _made(viewer, catalogue[code], known, day, known_at) for code in codes}
    found = {code: one for code, one in made.items() if isinstance(one, rule.Forecast)}
    years = {tried.year for one in found.values() for tried in one.tried}
    days = [day, *(date(year, 12, 31) for year in sorted(years))]
    shown = _shown_on(viewer, catalogue, known, found, days, protection, None)
    # It looks forward with what was known on its day: that may hide what is shown by now.
    then = _shown_on(
        viewer,
        catalogue,
        known,
        found,
        [day, date(day.year - 1, 12, 31)],
        protection,
        known_at or (clock.end_of(day) if day < clock.today() else None),
    )
    hidden = {
        *(code for code in found if shown[day].get(code, NO_NUMBER).hidden),
        *(code for code in found if then[day].get(code, NO_NUMBER).hidden),
        *_hidden(catalogue, {code: one.now for code, one in found.items()}, protection),
        *_hidden(catalogue, {code: one.band.expected for code, one in found.items()}, protection),
    }
    return {
        code: _refused(code, day, one)
        if isinstance(one, Refusal)
        else _card(catalogue, code, one, shown, then, protection, is_hidden=code in hidden)
        for code, one in made.items()
    }


def _made(
    viewer: Viewer, definition: Definition, known: Sources, day: date, known_at: datetime | None
) -> rule.Forecast | Refusal:
    """Look forward, or remember it: what counts people depends on nothing but the history."""

    def end_of(other: date) -> datetime:
        return known_at if known_at is not None and other == day else clock.end_of(other)

    def work_out() -> rule.Forecast | Refusal:
        return rule.forecast(definition, known, day, end_of)

    if not _is_about_people(definition):
        return work_out()
    key = ("forecast", definition.code, definition.versions, day, known_at)
    return remembered(viewer, known.history, key, work_out)


def _is_about_people(definition: Definition) -> bool:
    return all(isinstance(one.count, PeopleWord) for one in definition.versions)


def _shown_on(
    viewer: Viewer,
    catalogue: Catalogue,
    known: Sources,
    found: Mapping[str, rule.Forecast],
    days: Sequence[date],
    protection: Protection,
    known_at: datetime | None,
) -> dict[date, Mapping[str, Shown]]:
    """Return what is shown on these days of the figures and of those that could give them away.

    `known_at` None is with everything known now.
    """
    families = {one for code in found for one in family_of(catalogue, code)}
    values: dict[date, dict[str, int]] = {day: {} for day in days}
    parts: dict[date, dict[str, Mapping[str, int]]] = {day: {} for day in days}
    for code in (one.code for one in catalogue if one.code in families):
        for day, value, theirs in _counted(viewer, catalogue[code], known, days, known_at):
            values[day][code], parts[day][code] = value, theirs
    return {
        day: show_together(
            catalogue, values[day], parts[day], protection.threshold, protection.rounding
        )
        for day in days
    }


Counted = Sequence[tuple[date, int, Mapping[str, int]]]
"""On each day on which a figure says something: the figure and its parts."""


def _counted(
    viewer: Viewer,
    definition: Definition,
    known: Sources,
    days: Sequence[date],
    known_at: datetime | None,
) -> Counted:
    """Count an indicator on these days, or remember it."""

    def work_out() -> Counted:
        return _count(definition, known, days, known_at)

    if not _is_about_people(definition):
        return work_out()
    key = ("counted", definition.code, definition.versions, tuple(days), known_at)
    return remembered(viewer, known.history, key, work_out)


def _count(
    definition: Definition, known: Sources, days: Sequence[date], known_at: datetime | None
) -> Counted:
    """Count an indicator on the days on which it says something, by the rule of the last of them.

    That is the rule that the forecast counts by.
    """
    try:
        version = definition.version_on(date(max(days).year, 12, 31))
    except NoVersionError:
        return []
    now = only_about(version.count, known).known_at(known_at)
    measured = are_measured(version, now, days)
    theirs = [day for day, there in zip(days, measured, strict=True) if there]
    if not theirs:
        return []
    counts = evaluate(version, now, theirs)
    return [
        (
            day,
            int(counts.values[place, 0]),
            {name: int(numbers[place, 0]) for name, numbers in counts.parts.items()},
        )
        for place, day in enumerate(theirs)
    ]


def _hidden(catalogue: Catalogue, numbers: Mapping[str, int], protection: Protection) -> set[str]:
    """Return which of these counts would be hidden as figures of one day."""
    counts = {
        code: number
        for code, number in numbers.items()
        if catalogue[code].versions[-1].count.form is Form.COUNT
    }
    shown = show_together(catalogue, counts, {}, protection.threshold, protection.rounding)
    return {code for code in counts if shown[code].hidden}


def _refused(code: str, on: date, why: Refusal) -> Forecast:
    return replace(_empty(code, on), refusal=why)


def _empty(code: str, on: date) -> Forecast:
    band = band_rule_on(on)
    return Forecast(
        indicator=code,
        on=on,
        year=on.year,
        refusal=None,
        expected=NO_NUMBER,
        low=NO_NUMBER,
        high=NO_NUMBER,
        tried=(),
        numbers=None,
        shows_pace=False,
        inside=int(band.inside * 100),
        least_months=band.least_months,
    )


def _card(
    catalogue: Catalogue,
    code: str,
    made: rule.Forecast,
    shown: Mapping[date, Mapping[str, Shown]],
    then: Mapping[date, Mapping[str, Shown]],
    protection: Protection,
    *,
    is_hidden: bool,
) -> Forecast:
    """Make what people get to see; `shown` is as known now, `then` as known on its day."""
    empty = _empty(code, made.on)
    if is_hidden:
        return replace(empty, expected=COVERED, low=COVERED, high=COVERED)
    stands = then[made.on].get(code, NO_NUMBER)
    began = then[date(made.on.year - 1, 12, 31)].get(code, NO_NUMBER)
    now = _told(catalogue, code, made.now, stands, protection)
    band = made.band
    if now != made.now and not _is_count(catalogue, code):
        # A share of rounded numbers goes on from there: the exact one would tell those.
        band = _moved(band, now - made.now, _most(catalogue, code))
    expected, low, high = _band(catalogue, code, band, protection)
    return replace(
        empty,
        expected=expected,
        low=low,
        high=high,
        tried=tuple(
            _tried(
                catalogue,
                code,
                one,
                shown[date(one.year, 12, 31)].get(code, NO_NUMBER),
                protection,
            )
            for one in made.tried
            if _is_count(catalogue, code) or not protection.rounding
        ),
        numbers=replace(
            made,
            band=band,
            now=now,
            at_start=_told(catalogue, code, made.at_start, began, protection),
        ),
        shows_pace=not (began.hidden or _alone(catalogue, code, made.at_start, protection).hidden),
    )


def _moved(band: Band, by: int, most: int | None) -> Band:
    expected, low, high = (
        max(0, number + by) if most is None else min(most, max(0, number + by))
        for number in (band.expected, band.low, band.high)
    )
    return Band(expected, low, high)


def _most(catalogue: Catalogue, code: str) -> int | None:
    """Return the highest that a figure can be."""
    return 100 if catalogue[code].versions[-1].count.form is Form.SHARE else None


def _band(
    catalogue: Catalogue, code: str, band: Band, protection: Protection
) -> tuple[Shown, Shown, Shown]:
    """Return what is expected, the lowest and the highest; rounded outwards where it is rounded."""
    step = protection.rounding if _is_count(catalogue, code) else 0
    low, high = (
        (band.low // step * step, -(-band.high // step) * step) if step else (band.low, band.high)
    )
    expected, least, most = (
        _alone(catalogue, code, number, protection) for number in (band.expected, low, high)
    )
    return expected, least, most


def _alone(catalogue: Catalogue, code: str, number: int, protection: Protection) -> Shown:
    """Show a number by itself; what is no number of people or things is shown as it is."""
    if not _is_count(catalogue, code):
        return Shown(str(number), hidden=False)
    [one] = show_together(
        catalogue, {code: number}, {}, protection.threshold, protection.rounding
    ).values()
    return one


def _told(
    catalogue: Catalogue, code: str, number: int, stands: Shown, protection: Protection
) -> int:
    """Return where a figure stands as it is shown: how far it is to a target says the same.

    `stands` is the figure of that day beside its family: a share is worked out from rounded ones.
    """
    shown = _alone(catalogue, code, number, protection)
    if protection.rounding and not _is_count(catalogue, code):
        shown = stands
    return int(shown.text) if shown.text.isdecimal() else number


def _is_count(catalogue: Catalogue, code: str) -> bool:
    return catalogue[code].versions[-1].count.form is Form.COUNT


def _tried(
    catalogue: Catalogue, code: str, tried: Tried, came: Shown, protection: Protection
) -> TriedYear:
    expected, low, high = _band(catalogue, code, tried.band, protection)
    seen = came.text.isdecimal() and not expected.hidden
    return TriedYear(
        year=tried.year,
        expected=expected,
        low=low,
        high=high,
        came=came,
        error=abs(int(came.text) - int(expected.text)) if seen else None,
        held=tried.held if seen else None,
    )
