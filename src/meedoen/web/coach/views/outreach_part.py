"""What the file says about reaching somebody: see `coach/parts/outreach.html`."""

from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.records.conversations.outreach_queries import (
    NextStepCard,
    PauseCard,
    next_steps_with,
    running_pause,
)
from meedoen.records.organisations.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Outreach:
    """What is planned, and the time without contact that runs, if it does."""

    steps: Sequence[NextStepCard]
    pause: PauseCard | None


def outreach_of(viewer: Viewer, *, pseudonym_id: int) -> Outreach:
    """Return what is planned with somebody and whether contact is welcome."""
    return Outreach(
        steps=next_steps_with(viewer, pseudonym_id=pseudonym_id),
        pause=running_pause(viewer, pseudonym_id=pseudonym_id),
    )
