"""Taking in a page after a person looked at what was read and filled in what was refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meedoen.records.budget.keeping import NamedRow, add_rows, keep_goal_page
from meedoen.records.budget.lengths import too_long
from meedoen.records.budget.models import Goal
from meedoen.records.budget.targets import FIRST_YEAR, LAST_YEAR
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.budget.page import Cell, CellKind, IndicatorRow, Page

LONGEST_UNIT = 100
"""As many signs as a row has room for; records.budget.lengths checks it."""


@dataclass(frozen=True, slots=True)
class GivenColumn:
    """The column of one value, as a person gives it for a row that lost cells."""

    kind: CellKind
    year: int | None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a person decided about a page.

    `rows` has the places of the rows to keep, with the code of the indicator of the catalogue
    that each is (empty when it is none). `columns` gives those of rows that lost cells, one for
    each value, and `units` the units that the page does not give. `goal_id` is the goal for rows
    that stand under none; without it a goal with `code` and `title` is made.
    """

    year: int | None
    rows: Mapping[int, str]
    columns: Mapping[int, Sequence[GivenColumn]] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    goal_id: int | None = None
    code: str = ""
    title: str = ""


@action(Permission.IMPORT_BUDGET)
def import_reviewed(viewer: Viewer, *, page: Page, reviewed: Reviewed, source: str) -> list[int]:
    """Keep the chosen rows of a page and the goals on it, all or nothing; return the goals.

    What was refused on the page is left out, because somebody saw it. Raises ActionRefusedError
    with every reason at once: a row that lost cells without its columns or has no unit, a goal
    or an indicator that is not there, a year that cannot be, a text that is too long, and
    nothing to keep.
    """
    whole = [
        _given(page, reviewed, at) for at in reviewed.rows if at in range(len(page.indicators))
    ]
    problems = [*_row_problems(whole), *_problems(viewer, page, reviewed)]
    problems += too_long(replace(page, indicators=tuple(whole)), source)
    if problems:
        raise ActionRefusedError("\n".join(problems))
    named = [(row, reviewed.rows[at]) for at, row in zip(reviewed.rows, whole, strict=True)]
    if not page.goals:
        goal = _goal(viewer, reviewed, source)
        add_rows(viewer, goal, named, source=source)
        return [goal.pk]
    return [
        keep_goal_page(
            viewer,
            one,
            _under(page, named, one.code, is_first=at == 0),
            year=reviewed.year,
            source=source,
        ).pk
        for at, one in enumerate(page.goals)
    ]


def _under(page: Page, rows: Sequence[NamedRow], code: str, *, is_first: bool) -> list[NamedRow]:
    """Give the rows under a goal; rows under none go to the first goal of the page."""
    codes = {goal.code for goal in page.goals}
    return [
        (row, indicator)
        for row, indicator in rows
        if row.goal_code == code or (is_first and row.goal_code not in codes)
    ]


def _given(page: Page, reviewed: Reviewed, at: int) -> IndicatorRow:
    row, given = page.indicators[at], reviewed.columns.get(at, ())
    row = replace(row, unit=row.unit or reviewed.units.get(at, "").strip())
    if not row.ambiguous or len(given) != len(row.columns):
        return row
    cells = tuple(
        Cell(_label(column), column.year, column.kind, cell.value)
        for column, cell in zip(given, row.columns, strict=True)
    )
    return replace(row, columns=cells, ambiguous=False)


def _label(column: GivenColumn) -> str:
    return f"{column.kind.value.capitalize()} {column.year or ''}".strip()


def _row_problems(rows: Sequence[IndicatorRow]) -> list[str]:
    problems: list[str] = []
    for row in rows:
        places = [(cell.kind, cell.year) for cell in row.columns]
        if not row.unit:
            problems.append(
                _("Rij “%(name)s” heeft geen eenheid. Vul die in, zoals aantal of procent.")
                % {"name": row.indicator}
            )
        if row.ambiguous:
            problems.append(
                _("Rij “%(name)s” mist cellen. Vul bij elke waarde in van welk jaar zij is.")
                % {"name": row.indicator}
            )
        elif row.columns[0].entity is None and len(set(places)) < len(places) and _by_hand(row):
            problems.append(
                _("Bij rij “%(name)s” staan twee waarden in dezelfde kolom.")
                % {"name": row.indicator}
            )
    return problems


def _by_hand(row: IndicatorRow) -> bool:
    return all(
        cell.kind and cell.label == _label(GivenColumn(cell.kind, cell.year))
        for cell in row.columns
    )


def _problems(viewer: Viewer, page: Page, reviewed: Reviewed) -> list[str]:
    problems: list[str] = []
    if not page.goals and not reviewed.rows:
        problems.append(_("Er is niets om te bewaren. Kies ten minste één rij."))
    known = catalogue_of(viewer.municipality_id).definitions
    if any(code and code not in known for code in reviewed.rows.values()):
        problems.append(_("Een gekozen indicator staat niet in de catalogus."))
    years = [reviewed.year, *(one.year for given in reviewed.columns.values() for one in given)]
    if any(year is not None and not FIRST_YEAR <= year <= LAST_YEAR for year in years):
        problems.append(
            _("Een jaar ligt tussen %(first)s en %(last)s.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    if page.goals:
        return problems
    if reviewed.goal_id is not None and not _goals(viewer).filter(pk=reviewed.goal_id).exists():
        problems.append(_("Dit doel bestaat niet."))
    if reviewed.goal_id is None and not (reviewed.code.strip() and reviewed.title.strip()):
        problems.append(
            _("Kies bij welk doel deze rijen horen, of geef nummer en titel van een nieuw doel.")
        )
    return problems


def _goals(viewer: Viewer) -> QuerySet[Goal]:
    return Goal.objects.filter(municipality_id=viewer.municipality_id)


def _goal(viewer: Viewer, reviewed: Reviewed, source: str) -> Goal:
    if reviewed.goal_id is not None:
        return _goals(viewer).get(pk=reviewed.goal_id)
    goal, _created = Goal.objects.get_or_create(
        municipality_id=viewer.municipality_id,
        code=reviewed.code.strip(),
        year=reviewed.year,
        defaults={
            "title": reviewed.title.strip(),
            "source": source,
            "imported_at": clock.now(),
        },
    )
    return goal
