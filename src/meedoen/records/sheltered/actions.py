"""The track to new sheltered work: asked for, and every step after that.

Participatiewet, article 10b. UWV advises, the municipality decides, an employer employs; who
writes it down is somebody of the municipality. A decision fixes a right, so only municipal roles
write it down (article 7(4)).
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.sheltered import checks
from meedoen.records.sheltered.advancing import NewStep, advance
from meedoen.records.sheltered.models import CLOSED, Step, Track
from meedoen.records.sheltered.telling import tell
from meedoen.rules.sheltered.states import DECISIONS, FIRST_STATE
from meedoen.rules.sheltered.words import ShelteredParty, ShelteredReason, ShelteredState

MAY_ASK = frozenset({ShelteredParty.RESIDENT, ShelteredParty.MUNICIPALITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTrack:
    """Sheltered work is asked for somebody, by themselves or by the municipality."""

    pseudonym_id: int
    asked_on: date
    asked_by: ShelteredParty
    key: uuid.UUID | None = None
    recorded_at: datetime | None = None


@action(Permission.PLACE_RESIDENT)
def request_all(viewer: Viewer, *, tracks: Sequence[NewTrack]) -> list[uuid.UUID]:
    """Begin tracks and return their keys, in order.

    Raises ActionRefusedError, all or none, with everything that is wrong.
    """
    people = [new.pseudonym_id for new in tracks]
    if len(districts_of_visible(viewer, pseudonym_ids=people)) < len(set(people)):
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    hold(viewer, pseudonym_ids=people)
    checks.refuse(_faults_of_requests(viewer, tracks))
    rows = Track.objects.bulk_create(
        [
            Track(
                municipality_id=viewer.municipality_id,
                pseudonym_id=new.pseudonym_id,
                key=new.key or uuid.uuid4(),
                state=FIRST_STATE,
            )
            for new in tracks
        ],
        batch_size=2_000,
    )
    now = clock.now()
    Step.objects.bulk_create(
        [
            Step(
                municipality_id=viewer.municipality_id,
                track=row,
                number=1,
                state=FIRST_STATE,
                on=new.asked_on,
                by=new.asked_by,
                recorded_at=new.recorded_at or now,
                recorded_by_id=viewer.membership_id,
            )
            for row, new in zip(rows, tracks, strict=True)
        ],
        batch_size=2_000,
    )
    tell(viewer, people)
    return [row.key for row in rows]


def _faults_of_requests(viewer: Viewer, tracks: Sequence[NewTrack]) -> Iterator[str]:
    people = [new.pseudonym_id for new in tracks]
    going_on = Track.objects.visible_to(viewer).filter(pseudonym_id__in=people)
    if len(set(people)) < len(people) or going_on.exclude(state__in=CLOSED).exists():
        yield _("Er loopt al een traject naar beschut werk. Ga daar verder.")
    for new in tracks:
        yield from checks.faults_of_day(new.asked_on)
        if new.asked_by not in MAY_ASK:
            yield _("Alleen de inwoner of de gemeente vraagt beschut werk aan.")


@action(Permission.PLACE_RESIDENT)
def request(
    viewer: Viewer, *, pseudonym_id: int, asked_on: date, asked_by: ShelteredParty
) -> uuid.UUID:
    """Begin a track for somebody and return its key. Raises ActionRefusedError."""
    new = NewTrack(pseudonym_id=pseudonym_id, asked_on=asked_on, asked_by=asked_by)
    [key] = request_all(viewer, tracks=[new])
    return key


@action(Permission.PLACE_RESIDENT)
def take_steps(viewer: Viewer, *, steps: Sequence[NewStep]) -> None:
    """Write down steps that are no decision. Raises ActionRefusedError, all or none."""
    if any(step.to in DECISIONS for step in steps):
        raise ActionRefusedError(_("Dit is een besluit. Leg het vast bij het besluit."))
    advance(viewer, steps)


@action(Permission.FIX_DUTIES)
def decide_all(viewer: Viewer, *, steps: Sequence[NewStep]) -> None:
    """Write down what the municipality decided. Raises ActionRefusedError, all or none."""
    if not all(step.to in DECISIONS for step in steps):
        raise ActionRefusedError(_("Dit is geen besluit. Leg het vast als stap."))
    advance(viewer, steps)


@action(Permission.PLACE_RESIDENT)
def take_step(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    to: ShelteredState,
    on: date,
    reason: ShelteredReason | None = None,
    explanation: str = "",
    week_hours: Decimal | None = None,
    placement_key: uuid.UUID | None = None,
) -> None:
    """Write down one step of a track; see `NewStep`. Raises ActionRefusedError."""
    step = NewStep(
        key=key,
        to=to,
        on=on,
        reason=reason,
        explanation=explanation,
        week_hours=week_hours,
        placement_key=placement_key,
    )
    take_steps(viewer, steps=[step])


@action(Permission.FIX_DUTIES)
def decide(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    to: ShelteredState,
    on: date,
    reason: ShelteredReason | None = None,
    explanation: str = "",
) -> None:
    """Write down what the municipality decided in one track. Raises ActionRefusedError."""
    step = NewStep(key=key, to=to, on=on, reason=reason, explanation=explanation)
    decide_all(viewer, steps=[step])
