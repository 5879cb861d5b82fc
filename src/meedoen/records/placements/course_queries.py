"""The course of a placement as it was told up to now, to look at and to put right."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.course import course_of, newest_entry
from meedoen.records.placements.models import StatePeriod
from meedoen.rules.placement_course import CourseStep


@dataclass(frozen=True, slots=True)
class ToldCourse:
    """The steps of a placement as they are known now.

    `seen` is the number of the newest thing that was said about it, to say along with a correction.
    """

    steps: Sequence[CourseStep]
    seen: int


def told_course(viewer: Viewer, *, key: uuid.UUID) -> ToldCourse | None:
    """Return the course of a placement; None when it is not there for who may correct it."""
    if not viewer.may(Permission.CORRECT_PLACEMENT):
        return None
    found = StatePeriod.objects.visible_to(viewer).filter(placement__key=key)
    rows = list(found.select_related("placement", "entry").order_by("pk"))
    return ToldCourse(course_of(rows), newest_entry(rows)) if rows else None
