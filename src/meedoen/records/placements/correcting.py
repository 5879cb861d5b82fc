"""Correcting what was written down about placements that was not so, on both time axes.

New entries take the place of the old ones, which stay: what was counted before stays findable as
it was known then.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, zip_longest

from django.utils.translation import gettext as _

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements import periods
from meedoen.records.placements.additional import demand_checked
from meedoen.records.placements.by_law import demand_old_enough
from meedoen.records.placements.course import course_of, was_so
from meedoen.records.placements.departed import demand_alive
from meedoen.records.placements.list_first import demand_no_list
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.placements.moving import (
    Change,
    change_seats,
    check_day,
    check_open,
    id_of,
    note_hold,
    save_states,
    sentence,
    settle,
)
from meedoen.records.placements.overlapping import demand_no_overlap
from meedoen.records.placements.periods import Beginning, Rewrite
from meedoen.records.placements.sheltered_first import demand_sheltered_first
from meedoen.rules.placement_course import CourseFault, CourseProblem, CourseStep, faults_of
from meedoen.rules.placement_states import (
    BEFORE_START,
    COMES,
    HOLDS_A_SEAT,
    TAKES_PART,
    is_final,
)
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState

ON_AN_OPEN_DAY = BEFORE_START | COMES
"""The states that begin on a day on which the place is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the course of one placement really was; `steps` as in `rules.placement_course`."""

    placement_id: int
    steps: Sequence[CourseStep]
    recorded_at: datetime | None = None


@action(Permission.CORRECT_PLACEMENT)
def correct_courses(viewer: Viewer, *, courses: Sequence[Course]) -> None:
    """Write down what the courses of placements really were, also of those that are over.

    Raises ActionRefusedError with everything that is wrong, all or none; PlaceFullError when
    somebody takes a seat again that is not there any more.
    """
    rows = _rows_of(viewer, [course.placement_id for course in courses])
    wrong = [_said(fault) for one in courses for fault in faults_of(one.steps, today=clock.today())]
    if wrong:
        raise ActionRefusedError(" ".join(dict.fromkeys(wrong)))
    for course in courses:
        _check_open(course, rows[course.placement_id])
    _demand_nobody_passed_over(viewer, courses, rows)
    new_starts = _new_starts(courses, rows)
    demand_old_enough(viewer, new_starts)
    demand_checked(viewer, new_starts)
    _write(viewer, courses, rows)


@action(Permission.CORRECT_PLACEMENT)
def correct_start_days(viewer: Viewer, *, changes: Sequence[Change]) -> None:
    """Record that people who take part really began on another day, `on`.

    Whoever was introduced later than that, was so on that day. Raises ActionRefusedError.
    """
    rows = _rows_of(viewer, [change.placement_id for change in changes])
    courses = []
    for change in changes:
        before, running = _parts(rows[change.placement_id])
        check_day(change.on, before[0].on)
        first, *later = running
        courses.append(
            Course(
                placement_id=change.placement_id,
                steps=[
                    *(replace(step, on=min(step.on, change.on)) for step in before),
                    replace(first, on=change.on),
                    *later,
                ],
                recorded_at=change.recorded_at,
            )
        )
    correct_courses(viewer, courses=courses)


@action(Permission.CORRECT_PLACEMENT)
def take_back_starts(viewer: Viewer, *, changes: Sequence[Change]) -> None:
    """Record that people never began: it is as before they took part. `on` is not used.

    Raises ActionRefusedError.
    """
    rows = _rows_of(viewer, [change.placement_id for change in changes])
    correct_courses(
        viewer,
        courses=[
            Course(
                placement_id=change.placement_id,
                steps=_parts(rows[change.placement_id])[0],
                recorded_at=change.recorded_at,
            )
            for change in changes
        ],
    )


@action(Permission.CORRECT_PLACEMENT)
def correct_start_day(viewer: Viewer, *, key: uuid.UUID, started_on: date) -> None:
    """Record that somebody began on another day. Raises ActionRefusedError."""
    correct_start_days(viewer, changes=[Change(placement_id=id_of(viewer, key), on=started_on)])


@action(Permission.CORRECT_PLACEMENT)
def take_back_start(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Record that somebody never began. Raises ActionRefusedError."""
    take_back_starts(viewer, changes=[Change(placement_id=id_of(viewer, key), on=clock.today())])


@action(Permission.CORRECT_PLACEMENT)
def correct_course(viewer: Viewer, *, key: uuid.UUID, steps: Sequence[CourseStep]) -> None:
    """Write down what the course of one placement really was. Raises ActionRefusedError."""
    correct_courses(viewer, courses=[Course(placement_id=id_of(viewer, key), steps=steps)])


def _rows_of(viewer: Viewer, placement_ids: Sequence[int]) -> dict[int, list[StatePeriod]]:
    if len(set(placement_ids)) < len(placement_ids):
        raise ActionRefusedError(_("Dezelfde plaatsing staat er twee keer bij."))
    rows = periods.all_of(viewer, placement_ids)
    if len(rows) < len(placement_ids):
        raise ActionRefusedError(_("Deze plaatsing bestaat niet of is niet voor u."))
    return rows


def _parts(rows: Sequence[StatePeriod]) -> tuple[list[CourseStep], list[CourseStep]]:
    """Return the steps before somebody took part, and those since; raise when there is no start."""
    steps = course_of(rows)
    at = next((at for at, step in enumerate(steps) if step.state in TAKES_PART), len(steps))
    if at == len(steps) or is_final(steps[-1].state):
        raise ActionRefusedError(
            _("Alleen een lopende plaatsing heeft een start om te herstellen.")
        )
    return steps[:at], steps[at:]


def _check_open(course: Course, rows: Sequence[StatePeriod]) -> None:
    """Refuse a step that was not told before, on a day on which the place was not open."""
    told = {(step.state, step.on) for step in course_of(rows)}
    for step in course.steps:
        if step.state in ON_AN_OPEN_DAY and (step.state, step.on) not in told:
            check_open(rows[0].placement, step.on)


def _new_starts(
    courses: Sequence[Course], rows: Mapping[int, Sequence[StatePeriod]]
) -> list[tuple[Placement, date]]:
    """Return on which day people began, of those of whom another day was told, or none."""
    found = []
    for course in courses:
        of_course = rows[course.placement_id]
        day = _first_day(course.steps)
        if day is not None and day != _first_day(course_of(of_course)):
            found.append((of_course[0].placement, day))
    return found


def _first_day(steps: Sequence[CourseStep]) -> date | None:
    return min((step.on for step in steps if step.state in TAKES_PART), default=None)


def _new_days_of_coming(course: Course, rows: Sequence[StatePeriod]) -> set[date]:
    """Return the days on which somebody began to come, of those that were not told before."""
    told = {(step.state, step.on) for step in course_of(rows)}
    return {
        step.on
        for step in course.steps
        if step.state in COMES and (step.state, step.on) not in told
    }


def _demand_nobody_passed_over(
    viewer: Viewer, courses: Sequence[Course], rows: Mapping[int, Sequence[StatePeriod]]
) -> None:
    """Refuse a seat that somebody did not have where others wait, unless they took part before."""
    got = [one for one in courses if _gets_a_seat(one, rows[one.placement_id][0].placement)]
    place_ids = [rows[one.placement_id][0].placement.place_id for one in got]
    demand_no_list(viewer, place_ids, but=_leave_the_list(courses))


def _leave_the_list(courses: Sequence[Course]) -> frozenset[int]:
    return frozenset(
        one.placement_id for one in courses if one.steps[-1].state is not PlacementState.WAITING
    )


def _gets_a_seat(course: Course, placement: Placement) -> bool:
    if placement.state in HOLDS_A_SEAT or course.steps[-1].state not in HOLDS_A_SEAT:
        return False
    began = _first_day(course.steps)
    return began is None or began >= clock.today()


# --- writing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch as it should be; `row` is the one that already says it, more or less."""

    step: CourseStep
    after: CourseStep | None
    row: StatePeriod | None

    @property
    def ends_on(self) -> date:
        return self.after.on if self.after else STILL_OPEN

    @property
    def outcome(self) -> Outcome | None:
        return self.after.outcome if self.after else None

    @property
    def reason(self) -> MoveReason | None:
        return self.after.reason if self.after else None

    @property
    def lasts(self) -> bool:
        """Say whether it lasts for at least a day."""
        return self.ends_on > self.step.on

    def rewrite(self, row: StatePeriod, recorded_at: datetime | None) -> Rewrite:
        return Rewrite(
            row,
            recorded_at,
            starts_on=self.step.on,
            ends_on=self.ends_on,
            outcome=self.outcome,
            reason=self.reason,
            exactly=True,
        )

    def begin(self, placement: Placement, first: StatePeriod, at: datetime | None) -> Beginning:
        return Beginning(
            placement=placement,
            state=self.step.state,
            on=self.step.on,
            district_id=first.entry.district_id,
            recorded_at=at,
            outcome=self.outcome,
            reason=self.reason,
            ends_on=self._first_end(),
        )

    def _first_end(self) -> date | None:
        """Return the end with which it begins: what lasts no day is first said to last one."""
        if self.ends_on == STILL_OPEN:
            return None
        return self.ends_on if self.lasts else date.fromordinal(self.step.on.toordinal() + 1)

    def differs(self, row: StatePeriod) -> bool:
        """Say whether the row says something else than it should."""
        if not was_so(row) or row.withdrawn == self.lasts:
            return True
        said = (row.starts_on, row.entry.outcome, row.entry.reason)
        if said != (self.step.on, self.outcome or "", self.reason or ""):
            return True
        return self.lasts and row.ends_on != self.ends_on


def _write(
    viewer: Viewer, courses: Sequence[Course], rows: Mapping[int, Sequence[StatePeriod]]
) -> None:
    closing: list[Rewrite] = []
    opening: list[Rewrite] = []
    beginning: list[tuple[_Stretch, Beginning]] = []
    moved: list[tuple[Placement, PlacementState]] = []
    came: list[tuple[Placement, date]] = []
    for course in courses:
        of_course = rows[course.placement_id]
        placement = of_course[0].placement
        came += [(placement, day) for day in _new_days_of_coming(course, of_course)]
        moved.append((placement, PlacementState(placement.state)))
        stretches = _matched(course.steps, of_course)
        used = {one.row.pk for one in stretches if one.row}
        closing += [
            Rewrite(row, course.recorded_at, withdrawn=True)
            for row in of_course
            if row.pk not in used and was_so(row)
        ]
        for one in stretches:
            if one.row is None:
                new = one.begin(placement, of_course[0], course.recorded_at)
                beginning.append((one, new))
            elif one.differs(one.row):
                (opening if one.ends_on == STILL_OPEN else closing).append(
                    one.rewrite(one.row, course.recorded_at)
                )
        _note_last(placement, course)
    change_seats(viewer, moved)
    # What is not so goes first: only one stretch of a placement may be open.
    for rewrites in (closing, opening):
        if rewrites:
            periods.rewrite(viewer, rewrites)
    _begin(viewer, beginning)
    placements = [placement for placement, _before in moved]
    save_states(viewer, placements)
    settle(viewer, moved)
    demand_alive(
        viewer,
        [
            (placement.pseudonym_id, step.on)
            for placement, course in zip(placements, courses, strict=True)
            for step in course.steps[-1:]
            if step.state in HOLDS_A_SEAT
        ],
    )
    demand_sheltered_first(viewer, came)
    demand_no_overlap(viewer, placements)


def _begin(viewer: Viewer, beginning: Sequence[tuple[_Stretch, Beginning]]) -> None:
    """Begin stretches that were not there; what lasts no day is at once over again."""
    if not beginning:
        return
    rows = periods.begin(viewer, [new for _one, new in beginning])
    of_no_day = [
        one.rewrite(row, new.recorded_at)
        for row, (one, new) in zip(rows, beginning, strict=True)
        if not one.lasts
    ]
    if of_no_day:
        periods.rewrite(viewer, of_no_day)


def _matched(steps: Sequence[CourseStep], rows: Sequence[StatePeriod]) -> list[_Stretch]:
    """Give each stretch the row that says it already, in order, so that the history shows it."""
    stretching = [step for step in steps if not is_final(step.state)]
    left = list(rows)
    found = []
    for step, after in zip_longest(stretching, steps[1 : len(stretching) + 1]):
        row = next(
            chain(
                (row for row in left if row.state == step.state and not row.withdrawn),
                (row for row in left if row.state == step.state and was_so(row)),
                # A proposal that is there again is the proposal of before.
                (row for row in left if row.state == step.state and step.state in BEFORE_START),
            ),
            None,
        )
        if row is not None:
            left.remove(row)
        found.append(_Stretch(step, after, row))
    return found


def _note_last(placement: Placement, course: Course) -> None:
    last = course.steps[-1]
    placement.state = last.state
    placement.outcome = last.outcome or ""
    placement.reason = last.reason or ""
    # Whoever had a seat on the way was known to the organisation, also when none is left.
    held = any(step.state in HOLDS_A_SEAT for step in course.steps)
    placement.ever_held = placement.ever_held or held
    kept = placement.held_until
    note_hold(placement, last.on, course.recorded_at)
    if kept and placement.held_until:
        # A coach may have held it for longer; a correction takes nothing of that back.
        placement.held_until = max(kept, placement.held_until)


def _said(fault: CourseFault) -> str:
    match fault.problem:
        case CourseProblem.EMPTY:
            return _("Er staat geen enkele stap. Vul in hoe het begon.")
        case CourseProblem.BEGINS_WRONG:
            return _("Begin met een voorstel of met wachten.")
        case CourseProblem.MOVE_NOT_ALLOWED:
            said = sentence(fault.refused.problem) if fault.refused else ""
            return _("Stap %(number)s past niet na de stap ervoor. %(said)s") % {
                "number": fault.at + 1,
                "said": said,
            }
        case CourseProblem.ENDS_BEFORE_START:
            return _("Stap %(number)s ligt voor de stap ervoor. Kies een latere dag.") % {
                "number": fault.at + 1
            }
        case CourseProblem.IN_THE_FUTURE:
            return _("Stap %(number)s ligt in de toekomst. Vul de dag in waarop het was.") % {
                "number": fault.at + 1
            }
        case CourseProblem.TOOK_PART_NO_DAY:
            return _("Wie stopte, deed minstens een dag mee. Kies een latere laatste dag.")
