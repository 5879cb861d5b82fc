"""How a placement goes, what comes next and how somebody is after it, as a part of a page."""

import uuid
from collections.abc import Mapping

from meedoen.records.following.queries import (
    NextStep,
    aftercare_of,
    evaluations_of,
    next_step_of,
)
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.web.shared.following_words import (
    aftercare_lines,
    choice_line,
    ending_text,
    evaluation_lines,
)


def following_part(viewer: Viewer, key: uuid.UUID) -> Mapping[str, object]:
    """Return what coach/parts/evaluations.html, what_follows.html and aftercare.html show."""
    evaluations = evaluations_of(viewer, key=key)
    aftercare = aftercare_of(viewer, key=key)
    return {
        "evaluations": evaluations,
        "evaluation_lines": evaluation_lines(evaluations.cards),
        "evaluation_is_late": bool(evaluations.next_on and evaluations.next_on < clock.today()),
        **next_step_part(next_step_of(viewer, key=key)),
        "aftercare": aftercare,
        "aftercare_lines": aftercare_lines(aftercare.cards) if aftercare else [],
    }


def next_step_part(step: NextStep | None) -> Mapping[str, object]:
    """Return what coach/parts/what_follows.html shows."""
    if step is None:
        return {"next_step": None}
    return {
        "next_step": step,
        "ending": ending_text(step.ending),
        "chosen": choice_line(step.chosen) if step.chosen else None,
        "chosen_earlier": [choice_line(one) for one in step.earlier],
    }
