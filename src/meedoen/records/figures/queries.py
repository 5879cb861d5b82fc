"""Figures: counted at once from the history, or as they were measured and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from meedoen.records.figures.counting import defined_on
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.protecting import protection_of
from meedoen.records.figures.sources import sources
from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.evaluate import FigureResult, are_measured, evaluate, figures
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import Catalogue, Definition, ReferralWord
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.published_table import Cell, Protection
from meedoen.rules.indicators.shown import family_of, show_together
from meedoen.rules.indicators.shown_again import show_again
from meedoen.rules.indicators.sources import Known
from meedoen.rules.periods import is_year_end

YEARS_SHOWN = 3
NOT_MEASURED = Shown("-", hidden=False)


@dataclass(frozen=True, slots=True)
class MeasuredFigure:
    """A kept figure with its parts; `shown` and `shown_parts` protect small numbers."""

    figure_id: int
    indicator: str
    definition_version: date
    value: int
    shown: Shown
    parts: Mapping[str, int]
    shown_parts: Mapping[str, Shown]


@dataclass(frozen=True, slots=True)
class MeasuringCard:
    """One measuring with all its figures, by code of the indicator."""

    measuring_id: int
    reference_date: date
    known_at: datetime
    measured_at: datetime
    figures: Mapping[str, MeasuredFigure]


@dataclass(frozen=True, slots=True)
class MeasuredDay:
    """The newest measuring of a day."""

    measuring_id: int
    reference_date: date
    known_at: datetime


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """A figure that was counted and not kept, as people get to see it."""

    definition_version: date
    shown: Shown
    shown_parts: Mapping[str, Shown]


def counted_now(viewer: Viewer, *, on: date, known_at: datetime | None) -> list[FigureResult]:
    """Count every indicator from the history, without keeping anything.

    Empty for who may not see figures. Raises NoVersionError for a day too early.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    definitions = defined_on(catalogue_of(viewer.municipality_id), on)
    return figures(definitions, sources(viewer), on, known_at)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The value of an indicator on a day, with its parts."""

    value: int
    parts: Mapping[str, int]


def _series(definition: Definition, known: Known, days: Sequence[date]) -> dict[date, _Counted]:
    asked = [day for day in days if definition.counts_on(day)]
    found: dict[date, _Counted] = {}
    for version in definition.versions:
        its_own = [day for day in asked if definition.version_on(day) == version]
        measured = are_measured(version, known, its_own)
        theirs = [day for day, there in zip(its_own, measured, strict=True) if there]
        if not theirs:
            continue
        counted = evaluate(version, known, theirs)
        for place, day in enumerate(theirs):
            parts = {name: int(values[place, 0]) for name, values in counted.parts.items()}
            found[day] = _Counted(int(counted.values[place, 0]), parts)
    return {day: found[day] for day in sorted(found)}


def shown_series(viewer: Viewer, *, code: str, days: Sequence[date]) -> list[tuple[date, Shown]]:
    """Return what people get to see of an indicator on each of these days, as known now.

    On each day it is protected together with the indicators it is a part or the whole of.
    Days before the indicator existed are left out, and days on which nothing of the kind was
    known. Raises KeyError for an unknown code.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    catalogue = catalogue_of(viewer.municipality_id)
    codes = family_of(catalogue, code)
    words = [version.count for one in codes for version in catalogue[one].versions]
    known = sources(
        viewer,
        referrals=any(isinstance(word, ReferralWord) for word in words),
        places=any(isinstance(word, PlaceWord) for word in words),
    ).known_at(None)
    family = {each: _series(catalogue[each], known, days) for each in codes}
    protection = protection_of(viewer)
    return [(day, _shown_on(day, catalogue, family, protection)[code]) for day in family[code]]


def _shown_on(
    day: date,
    catalogue: Catalogue,
    family: Mapping[str, Mapping[date, _Counted]],
    protection: Protection,
) -> dict[str, Shown]:
    there = {code: of_day[day] for code, of_day in family.items() if day in of_day}
    values = {code: one.value for code, one in there.items()}
    # The classes of growth are not in the series; what a share is worked out from protects it.
    parts = {
        code: one.parts
        for code, one in there.items()
        if catalogue[code].versions[-1].count.form is not Form.COUNT
    }
    return show_together(catalogue, values, parts, protection.threshold, protection.rounding)


def counted_shown(
    viewer: Viewer, *, on: date, moments: Sequence[datetime | None]
) -> list[Mapping[str, CountedFigure]]:
    """Count every indicator on a day as known at each of these moments, small numbers protected.

    None is what is known now. Nothing is kept. Raises NoVersionError for a day too early.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    read, protection = sources(viewer), protection_of(viewer)
    catalogue = catalogue_of(viewer.municipality_id)
    definitions = defined_on(catalogue, on)
    return [
        _counted_figures(catalogue, figures(definitions, read, on, moment), protection)
        for moment in moments
    ]


def _counted_figures(
    catalogue: Catalogue, results: Sequence[FigureResult], protection: Protection
) -> dict[str, CountedFigure]:
    measured = [result for result in results if result.measured]
    values = {result.code: result.value for result in measured}
    parts = {result.code: result.parts for result in measured}
    shown = show_together(catalogue, values, parts, protection.threshold, protection.rounding)
    return {
        result.code: CountedFigure(
            definition_version=result.version,
            shown=shown.get(result.code, NOT_MEASURED),
            shown_parts={
                part: shown.get(f"{result.code}:{part}", NOT_MEASURED) for part in result.parts
            },
        )
        for result in results
    }


def threshold_of(viewer: Viewer) -> int:
    """Return from which number of people on the municipality shows a figure."""
    return Municipality.objects.get(pk=viewer.municipality_id).disclosure_threshold


def newest_measurings(viewer: Viewer, *, until: date | None = None) -> dict[date, MeasuringCard]:
    """Return the newest measuring of every day on which was measured, by day, oldest first.

    Newest is what was known last; `until` leaves later days out. Four questions in all.
    """
    return _with_figures(viewer, _newest_rows(viewer, until))


def measured_days(viewer: Viewer) -> list[date]:
    """Return the days on which was measured, oldest first."""
    return list(_newest_rows(viewer, None))


def newest_with_year_ends(viewer: Viewer, *, on: date | None = None) -> list[MeasuringCard]:
    """Return the newest measuring of a day, after those of the three year ends before it.

    Without a day it is the last one on which was measured; empty when there is none.
    """
    return list(_with_figures(viewer, _rows_with_year_ends(viewer, on)).values())


def newest_measured(viewer: Viewer, *, on: date | None = None) -> list[MeasuredDay]:
    """Return the same measurings as `newest_with_year_ends` without their figures."""
    rows = _rows_with_year_ends(viewer, on)
    return [MeasuredDay(row.pk, day, row.known_at) for day, row in rows.items()]


def _rows_with_year_ends(viewer: Viewer, on: date | None) -> dict[date, Measuring]:
    rows = _newest_rows(viewer, on)
    last = on or max(rows, default=None)
    if last not in rows:
        return {}
    year_ends = [day for day in rows if is_year_end(day) and day < last]
    return {day: rows[day] for day in [*year_ends[-YEARS_SHOWN:], last]}


def computing_days(viewer: Viewer) -> list[date]:
    """Return the days of which figures are still being computed, oldest first.

    Of a day that was measured again since, nothing is waited for.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    rows = Measuring.objects.computing().filter(municipality_id=viewer.municipality_id)
    again = Measuring.objects.done().filter(
        municipality_id=viewer.municipality_id,
        reference_date=OuterRef("reference_date"),
        known_at__gte=OuterRef("known_at"),
        pk__gt=OuterRef("pk"),
    )
    days = rows.filter(~Exists(again)).values_list("reference_date", flat=True)
    return sorted(set(days))


def _newest_rows(viewer: Viewer, until: date | None) -> dict[date, Measuring]:
    if not viewer.may(Permission.SEE_FIGURES):
        return {}
    rows = Measuring.objects.done().filter(municipality_id=viewer.municipality_id)
    if until is not None:
        rows = rows.filter(reference_date__lte=until)
    return {row.reference_date: row for row in rows.order_by("reference_date", "known_at", "pk")}


def _with_figures(viewer: Viewer, newest: Mapping[date, Measuring]) -> dict[date, MeasuringCard]:
    if not newest:
        return {}
    kept: dict[int, list[Figure]] = {row.pk: [] for row in newest.values()}
    whole = Figure.objects.filter(
        measuring_id__in=kept, district=None, place_kind="", organisation=None
    )
    for figure in whole.order_by("pk"):
        kept[figure.measuring_id].append(figure)
    protection, catalogue = protection_of(viewer), catalogue_of(viewer.municipality_id)
    return {
        day: _measuring_card(row, kept[row.pk], catalogue, protection)
        for day, row in newest.items()
    }


def _measuring_card(
    row: Measuring, rows: Sequence[Figure], catalogue: Catalogue, protection: Protection
) -> MeasuringCard:
    # Of an indicator that cannot be read any more nobody knows how to protect it.
    known = [figure for figure in rows if figure.indicator in catalogue.definitions]
    whole = {figure.indicator: figure for figure in known if not figure.part}
    parts: dict[str, dict[str, int]] = {code: {} for code in whole}
    for figure in known:
        if figure.part:
            parts[figure.indicator][figure.part] = figure.value
    numbers = {Cell(code): figure.value for code, figure in whole.items()}
    numbers |= {
        Cell(code, part): value for code, theirs in parts.items() for part, value in theirs.items()
    }
    shown = show_again(catalogue, numbers, protection)
    return MeasuringCard(
        measuring_id=row.pk,
        reference_date=row.reference_date,
        known_at=row.known_at,
        measured_at=row.measured_at,
        figures={
            code: MeasuredFigure(
                figure_id=figure.pk,
                indicator=code,
                definition_version=figure.definition_version,
                value=figure.value,
                shown=shown[Cell(code)],
                parts=parts[code],
                shown_parts={part: shown[Cell(code, part)] for part in parts[code]},
            )
            for code, figure in whole.items()
        },
    )
