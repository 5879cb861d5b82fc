"""Figures: counted at once from the history, or as they were measured and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.history.queries import columns
from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.indicators.disclosure import Shown, protect_together
from meedoen.rules.indicators.evaluate import FigureResult, evaluate, figures


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


def counted_now(viewer: Viewer, *, on: date, known_at: datetime | None) -> list[FigureResult]:
    """Count every indicator from the history, without keeping anything.

    Empty for who may not see figures. Raises NoVersionError for a day too early.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    return figures(catalogue(), columns(viewer), on, known_at)


def series(
    viewer: Viewer, *, code: str, days: Sequence[date], known_at: datetime | None = None
) -> list[tuple[date, int]]:
    """Return an indicator's value on each of these days, for the picture of its course.

    Days before the indicator existed are left out. Raises KeyError for an unknown code.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    definition = catalogue()[code]
    first = definition.versions[0].valid_from
    asked = [day for day in days if day >= first]
    known = columns(viewer).known_at(known_at)
    values: list[tuple[date, int]] = []
    for version in definition.versions:
        theirs = [day for day in asked if definition.version_on(day) == version]
        counted = evaluate(version, known, theirs).values[:, 0]
        values += zip(theirs, map(int, counted), strict=True)
    return sorted(values)


def threshold_of(viewer: Viewer) -> int:
    """Return from which number of people on the municipality shows a figure."""
    return Municipality.objects.get(pk=viewer.municipality_id).disclosure_threshold


def newest_measurings(viewer: Viewer, *, until: date | None = None) -> dict[date, MeasuringCard]:
    """Return the newest measuring of every day on which was measured, by day, oldest first.

    Newest is what was known last; `until` leaves later days out. Three questions in all.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return {}
    rows = Measuring.objects.filter(municipality_id=viewer.municipality_id)
    if until is not None:
        rows = rows.filter(reference_date__lte=until)
    newest = {row.reference_date: row for row in rows.order_by("reference_date", "known_at", "pk")}
    kept: dict[int, list[Figure]] = {row.pk: [] for row in newest.values()}
    for figure in Figure.objects.filter(measuring_id__in=kept).order_by("pk"):
        kept[figure.measuring_id].append(figure)
    threshold = threshold_of(viewer)
    return {day: _measuring_card(row, kept[row.pk], threshold) for day, row in newest.items()}


def _measuring_card(row: Measuring, rows: Sequence[Figure], threshold: int) -> MeasuringCard:
    whole = {figure.indicator: figure for figure in rows if not figure.part}
    parts: dict[str, dict[str, int]] = {code: {} for code in whole}
    for figure in rows:
        if figure.part:
            parts[figure.indicator][figure.part] = figure.value
    shown = shown_together({code: figure.value for code, figure in whole.items()}, parts, threshold)
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
                shown=shown[code],
                parts=parts[code],
                shown_parts={part: shown[f"{code}:{part}"] for part in parts[code]},
            )
            for code, figure in whole.items()
        },
    )


def shown_together(
    values: Mapping[str, int], parts: Mapping[str, Mapping[str, int]], threshold: int
) -> dict[str, Shown]:
    """Protect the figures of one day, with their parts, as one publication.

    A class within an indicator is named `code:class`. What the classes add up to is not
    published, so each of them stands alone.
    """
    everything = dict(values)
    relations = {
        code: whole for code, whole in catalogue().relations.items() if {code, whole} <= set(values)
    }
    for code, classes in parts.items():
        for part, value in classes.items():
            everything[f"{code}:{part}"] = value
    return protect_together(everything, relations, threshold)
