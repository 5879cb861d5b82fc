"""People who leave: everything of theirs ends at once, and nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.models import Resident, Responsibility
from meedoen.records.placements import periods
from meedoen.records.placements.correcting import Course, correct_courses
from meedoen.records.placements.course import course_of
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change, advance
from meedoen.records.waiting.kind_actions import end_lines
from meedoen.records.waiting.models import KindWaiting
from meedoen.records.waiting.seats import seats_got
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.placement_states import (
    NOT_OVER,
    TAKES_PART,
    leaving_state,
)
from meedoen.rules.vocabulary import LeftWaiting, MoveReason, Outcome, PlacementState


@dataclass(frozen=True, slots=True)
class LeftPlaces:
    """What ended: running placements, what had not begun, and lines of lists of kinds."""

    ended: int
    withdrawn: int
    lines: int


def leave_places(
    viewer: Viewer, *, people: Sequence[int], on: date, outcome: Outcome
) -> LeftPlaces:
    """End every placement of these people, and take them off every list, after a last day `on`.

    Inside the transaction of an action. What was written down from a later day on was not so, and
    is corrected: what was counted before stays to be seen as it was known then.
    """
    ended, withdrawn = _leave_placements(viewer, people, on, outcome)
    how = LeftWaiting.DIED if outcome is Outcome.DIED else LeftWaiting.MOVED_AWAY
    if outcome not in {Outcome.DIED, Outcome.MOVED_AWAY}:
        how = LeftWaiting.OTHER_STEP_FIRST
    rows = KindWaiting.objects.visible_to(viewer).filter(left_on__isnull=True)
    lines = [
        row
        for group in in_groups(people)
        for row in rows.filter(pseudonym_id__in=group)
        .select_for_update(of=("self",))
        .order_by("pk")
    ]
    end_lines(viewer, lines, on=on, how=how)
    return LeftPlaces(ended, withdrawn, len(lines))


def _leave_placements(
    viewer: Viewer, people: Sequence[int], on: date, outcome: Outcome
) -> tuple[int, int]:
    rows = Placement.objects.visible_to(viewer).filter(state__in=NOT_OVER)
    numbers = [
        pk
        for group in in_groups(people)
        for pk in rows.filter(pseudonym_id__in=group).order_by("pk").values_list("pk", flat=True)
    ]
    opened = periods.opened(viewer, numbers)
    changes: dict[PlacementState, list[Change]] = {}
    later: list[int] = []
    for pk, one in opened.items():
        if one.period.starts_on > on and one.placement.state in TAKES_PART:
            later.append(pk)
            continue
        change = Change(placement_id=pk, on=max(on, one.period.starts_on), outcome=outcome)
        to = leaving_state(PlacementState(one.placement.state)) or PlacementState.WITHDRAWN
        changes.setdefault(to, []).append(change)
    for to, of_state in sorted(changes.items()):
        advance(viewer, of_state, to)
    corrected = _courses_until(viewer, later, on, outcome)
    if corrected:
        correct_courses(viewer, courses=corrected)
    also_ended = sum(one.steps[-1].state is PlacementState.ENDED for one in corrected)
    return (
        len(changes.get(PlacementState.ENDED, ())) + also_ended,
        len(changes.get(PlacementState.WITHDRAWN, ())) + len(corrected) - also_ended,
    )


def _courses_until(
    viewer: Viewer, placement_ids: Sequence[int], on: date, outcome: Outcome
) -> list[Course]:
    """Return what the courses really were of who was thought to take part after they left."""
    found = []
    for pk, rows in periods.all_of(viewer, placement_ids).items():
        every = course_of(rows)
        # Whatever was thought of the days after: the first step stays, and comes to nothing.
        steps = [step for step in every if step.on <= on] or every[:1]
        to = leaving_state(steps[-1].state) or PlacementState.WITHDRAWN
        over = on + timedelta(days=1) if to is PlacementState.ENDED else max(on, steps[-1].on)
        found.append(
            Course(placement_id=pk, steps=[*steps, CourseStep(state=to, on=over, outcome=outcome)])
        )
    return found


@action(Permission.PLACE_RESIDENT)
def leave_lists(viewer: Viewer) -> int:
    """Take who has no benefit, no seat and no coach any more off every list; return how many.

    Nobody could see them there any more. Done every night; doing it again changes nothing.
    """
    today = clock.today()
    waiting = Placement.objects.visible_to(viewer).filter(state=PlacementState.WAITING)
    lines = KindWaiting.objects.visible_to(viewer).filter(left_on__isnull=True)
    people = {
        *waiting.values_list("pseudonym_id", flat=True),
        *lines.values_list("pseudonym_id", flat=True),
    }
    gone = people - _still_guided(viewer, sorted(people), today)
    changes = [
        Change(
            placement_id=pk,
            on=today,
            outcome=Outcome.STOPPED_BY_MUNICIPALITY,
            reason=MoveReason.BENEFIT_ENDED,
        )
        for group in in_groups(sorted(gone))
        for pk in waiting.filter(pseudonym_id__in=group).order_by("pk").values_list("pk", flat=True)
    ]
    if changes:
        advance(viewer, changes, PlacementState.WITHDRAWN)
    for group in in_groups(sorted(gone)):
        end_lines(
            viewer,
            list(lines.filter(pseudonym_id__in=group).order_by("pk")),
            on=today,
            how=LeftWaiting.BENEFIT_ENDED,
        )
    return len(gone)


def _still_guided(viewer: Viewer, people: Sequence[int], today: date) -> set[int]:
    """Return who has a benefit, or somebody who is or becomes responsible for them."""
    benefit = Resident.objects.visible_to(viewer).filter(
        benefit_entry__ends_on__gt=today, benefit_entry__withdrawn=False
    )
    coach = Responsibility.objects.visible_to(viewer).filter(ends_on__gt=today)
    found: set[int] = set()
    for group in in_groups(people):
        found.update(
            benefit.filter(pseudonym_id__in=group).values_list("pseudonym_id", flat=True),
            coach.filter(pseudonym_id__in=group).values_list("pseudonym_id", flat=True),
        )
    return found


@action(Permission.PLACE_RESIDENT)
def close_placed_lines(viewer: Viewer) -> int:
    """Take who got a seat of the kind that they wait for off that list; return how many.

    However they got it, since the waiting began: who has such a seat already, waits for another.
    Done every night; doing it again changes nothing.
    """
    today = clock.today()
    closed = 0
    open_lines = KindWaiting.objects.visible_to(viewer).filter(left_on__isnull=True).order_by("pk")
    for group in in_groups(list(open_lines)):
        seats = seats_got(viewer, pseudonym_ids=[row.pseudonym_id for row in group])
        came = {
            row.pk: seat.placement_id
            for row in group
            for seat in seats.get((row.pseudonym_id, row.kind), ())
            # Known when the waiting was written down: then it is another one that is waited for.
            if seat.since >= row.since and seat.recorded_at >= row.recorded_at
        }
        placed = [row for row in group if row.pk in came]
        end_lines(viewer, placed, on=today, how=LeftWaiting.PLACED, placements=came)
        closed += len(placed)
    return closed
