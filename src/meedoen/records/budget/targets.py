"""What was promised for an indicator of a goal, by year: a later promise leaves the earlier one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from meedoen.records.budget.checks import number_problems
from meedoen.records.budget.models import Goal, Target
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.language import Catalogue, Direction

HIGHEST_TARGET = 999_999_999
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_SOURCE = 300


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A promise as it was recorded; `stands` is false for one that a later one replaced.

    `number` None took the promise back. `by` is empty when Meedoen itself recorded it.
    """

    year: int | None
    number: int | None
    direction: Direction
    source: str
    decided_on: date | None
    at: datetime
    by: str
    stands: bool


@action(Permission.PUBLISH_BUDGET)
def set_target(
    viewer: Viewer,
    *,
    goal_id: int,
    indicator: str,
    number: int | None,
    year: int | None,
    direction: Direction | None = None,
    source: str = "",
    decided_on: date | None = None,
) -> None:
    """Record what is promised for a year; the promise before it stays to be read.

    `number` None takes the promise of that year back; `direction` None is that of the indicator.
    Raises ActionRefusedError with all that is wrong.
    """
    goal = Goal.objects.filter(municipality_id=viewer.municipality_id, pk=goal_id).first()
    if goal is None:
        raise ActionRefusedError(_("Dit doel bestaat niet."))
    known = catalogue_of(viewer.municipality_id)
    problems = _problems(known, indicator, number, year, source, decided_on)
    if problems:
        raise ActionRefusedError("\n".join(problems))
    keep_target(
        viewer,
        goal,
        Target(
            indicator=indicator,
            year=year,
            number=number,
            direction=(direction or known[indicator].direction).value,
            source=source.strip(),
            decided_on=decided_on,
        ),
    )


def _problems(
    known: Catalogue,
    indicator: str,
    number: int | None,
    year: int | None,
    source: str,
    decided_on: date | None,
) -> list[str]:
    problems = target_problems(number, year)
    if indicator not in known.definitions:
        problems.append(_("Deze indicator staat niet in de catalogus."))
    if len(source) > LONGEST_SOURCE:
        problems.append(
            _("De bron heeft hoogstens %(most)s tekens. Kort die in.") % {"most": LONGEST_SOURCE}
        )
    if decided_on is not None and decided_on > clock.today():
        problems.append(_("Het besluit is nog niet genomen. Kies vandaag of een dag ervoor."))
    return [*problems, *number_problems(source)]


def target_problems(number: int | None, year: int | None) -> list[str]:
    """Return what is wrong with a promised number and its year, for people to read."""
    problems = []
    if number is not None and not 0 <= number <= HIGHEST_TARGET:
        problems.append(
            _("Het beloofde aantal is 0 of meer, en hoogstens %(most)s.") % {"most": HIGHEST_TARGET}
        )
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        words = {"first": FIRST_YEAR, "last": LAST_YEAR}
        problems.append(_("Het jaar ligt tussen %(first)s en %(last)s.") % words)
    return problems


def keep_target(viewer: Viewer, goal: Goal, target: Target) -> None:
    """Write a promise down, unless exactly this stands already."""
    said = ("number", "direction", "source", "decided_on")
    before = _newest(_rows_of(goal, target.indicator)).get((goal.pk, target.indicator, target.year))
    if before is None and target.number is None:
        return
    if before is not None and all(getattr(before, one) == getattr(target, one) for one in said):
        return
    target.municipality_id = viewer.municipality_id
    target.goal = goal
    target.at = clock.now()
    target.by_id = viewer.membership_id
    target.save()


def take_back_targets(viewer: Viewer, goal: Goal, indicator: str) -> None:
    """Take back all that stands for an indicator of a goal."""
    for row in standing_targets(goal).get(indicator, ()):
        keep_target(viewer, goal, _withdrawal(row))


def replace_target(
    viewer: Viewer, goal: Goal, indicator: str, *, number: int | None, year: int | None
) -> None:
    """Let this be the promise in the place of the newest one, also when that is of another year."""
    standing = standing_targets(goal).get(indicator, [])
    newest = max(standing, key=lambda row: row.pk, default=None)
    if newest is not None and (number is None or newest.year != year):
        keep_target(viewer, goal, _withdrawal(newest))
    if number is not None:
        direction = catalogue_of(viewer.municipality_id)[indicator].direction.value
        new = Target(indicator=indicator, year=year, number=number, direction=direction)
        keep_target(viewer, goal, new)


def _withdrawal(row: Target) -> Target:
    return Target(indicator=row.indicator, year=row.year, number=None, direction=row.direction)


def standing_targets(goal: Goal) -> dict[str, list[Target]]:
    """Return the promises of a goal that stand, by indicator, those without a year first."""
    found: dict[str, list[Target]] = {}
    for row in sorted(_standing(goal.targets.order_by("pk")), key=lambda row: row.year or 0):
        found.setdefault(row.indicator, []).append(row)
    return found


def promised_elsewhere(goal: Goal, year: int) -> dict[str, Target]:
    """Return what other versions of a goal promise for a year, by indicator; the newest goes.

    A goal has a version for each budget, and that of next year says what this year has to bring.
    """
    rows = Target.objects.filter(
        municipality_id=goal.municipality_id, goal__code=goal.code, year=year
    )
    others = _standing(rows.exclude(goal=goal).order_by("pk"))
    return {row.indicator: row for row in sorted(others, key=lambda row: row.pk)}


def all_standing(viewer: Viewer) -> Sequence[Target]:
    """Return every promise of the municipality that stands, with its goal."""
    rows = Target.objects.filter(municipality_id=viewer.municipality_id)
    return _standing(rows.select_related("goal").order_by("pk"))


def target_lines(viewer: Viewer, *, goal_id: int, indicator: str) -> Sequence[TargetLine]:
    """Return every promise that was ever recorded for an indicator of a goal, newest first."""
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    rows = list(
        Target.objects.filter(
            municipality_id=viewer.municipality_id, goal_id=goal_id, indicator=indicator
        )
        .select_related("by__account")
        .order_by("-pk")
    )
    standing = {row.pk for row in _standing(reversed(rows))}
    return [
        TargetLine(
            year=row.year,
            number=row.number,
            direction=Direction(row.direction),
            source=row.source,
            decided_on=row.decided_on,
            at=row.at,
            by=row.by.account.name if row.by else "",
            stands=row.pk in standing,
        )
        for row in rows
    ]


def _rows_of(goal: Goal, indicator: str) -> Iterable[Target]:
    return goal.targets.filter(indicator=indicator).order_by("pk")


def _newest(rows: Iterable[Target]) -> dict[tuple[int, str, int | None], Target]:
    """Return the last of each goal, indicator and year; the rows come in order of their ids."""
    return {(row.goal_id, row.indicator, row.year): row for row in rows}


def _standing(rows: Iterable[Target]) -> list[Target]:
    return [row for row in _newest(rows).values() if row.number is not None]
