"""One step of tracks with all that belongs to it, inside the transaction of an action."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.actions import hold
from meedoen.records.placements.models import Placement
from meedoen.records.sheltered import checks
from meedoen.records.sheltered.models import CLOSED, Hours, Objection, Step, Track
from meedoen.records.sheltered.story import stories
from meedoen.records.sheltered.telling import tell
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.sheltered.states import ShelteredStepError, move, step_for
from meedoen.rules.sheltered.words import ObjectionState, ShelteredReason, ShelteredState
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A track comes into a state on a day, the first of that state.

    `week_hours` and `placement_key` belong to a job; None is not written down. Why somebody
    departs from an advice stands in `explanation`, in words of its own.
    """

    key: uuid.UUID
    to: ShelteredState
    on: date
    reason: ShelteredReason | None = None
    explanation: str = ""
    week_hours: Decimal | None = None
    placement_key: uuid.UUID | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A track that was held, with its steps as they are known now, in order."""

    track: Track
    steps: Sequence[Step]

    @property
    def last(self) -> Step:
        """Return the step that led to the present state."""
        return self.steps[-1]


def opened(viewer: Viewer, keys: Sequence[uuid.UUID]) -> list[Opened]:
    """Hold these tracks and return them in order.

    Raises ActionRefusedError when one is not there, not for this viewer, or taken back.
    """
    rows = Track.objects.visible_to(viewer).filter(key__in=keys)
    hold(viewer, pseudonym_ids=list(rows.values_list("pseudonym_id", flat=True)))
    # Read again: somebody else may have been busy until now.
    found = {row.key: row for row in rows.all()}
    told = stories(viewer, [row.pk for row in found.values()])
    if len(set(keys)) < len(keys) or not all(key in found and told[found[key].pk] for key in keys):
        raise ActionRefusedError(_("Dit traject bestaat niet of is niet voor u."))
    return [Opened(found[key], told[found[key].pk]) for key in keys]


def advance(viewer: Viewer, steps: Sequence[NewStep]) -> None:
    """Let tracks come into a state. Raises ActionRefusedError, all or none, with every fault.

    OverlapError when a job does not go with what somebody does beside it.
    """
    tracks = opened(viewer, [step.key for step in steps])
    pairs = list(zip(tracks, steps, strict=True))
    placements = _placements(viewer, steps)
    objecting = open_objections(viewer, [one.track.pk for one in tracks])
    checks.refuse(
        fault
        for one, step in pairs
        for fault in (
            *_faults_of_move(one, step, objecting),
            *_faults_of_job(one, step, placements),
            *faults_of_opening(viewer, one.track),
        )
    )
    _write(viewer, pairs, placements)
    tell(viewer, [one.track.pseudonym_id for one in tracks])


def write_step(viewer: Viewer, one: Opened, step: NewStep) -> None:
    """Write a step of a held track down as it is, inside the transaction of an action.

    For what follows from something else, that was looked at there, and tells it.
    """
    _write(viewer, [(one, step)], {})


def _write(
    viewer: Viewer,
    pairs: Sequence[tuple[Opened, NewStep]],
    placements: dict[uuid.UUID, Placement],
) -> None:
    now = clock.now()
    who = {"municipality_id": viewer.municipality_id, "recorded_by_id": viewer.membership_id}
    Step.objects.bulk_create(
        [
            Step(
                **who,
                track=one.track,
                number=one.last.number + 1,
                state=step.to,
                on=step.on,
                by=step_for(ShelteredState(one.track.state), step.to).by,
                reason=step.reason or "",
                explanation=step.explanation.strip(),
                placement=placements[step.placement_key] if step.placement_key else None,
                recorded_at=step.recorded_at or now,
            )
            for one, step in pairs
        ],
        batch_size=2_000,
    )
    Hours.objects.bulk_create(
        [
            Hours(
                **who,
                track=one.track,
                starts_on=step.on,
                week_hours=step.week_hours,
                recorded_at=step.recorded_at or now,
            )
            for one, step in pairs
            if step.to is ShelteredState.EMPLOYED
        ],
        batch_size=2_000,
    )
    Objection.objects.bulk_create(
        [
            Objection(
                **who,
                track=one.track,
                state=ObjectionState.UPHELD,
                on=step.on,
                recorded_at=step.recorded_at or now,
            )
            for one, step in pairs
            if step.reason is ShelteredReason.OBJECTION_UPHELD
        ]
    )
    for to in {step.to for _one, step in pairs}:
        numbers = [one.track.pk for one, step in pairs if step.to is to]
        Track.objects.visible_to(viewer).filter(pk__in=numbers).update(state=to)


def open_objections(viewer: Viewer, track_ids: Sequence[int]) -> set[int]:
    """Return the ids of those of these tracks in which an objection waits for an answer."""
    rows = Objection.objects.visible_to(viewer).filter(track_id__in=track_ids).order_by("pk")
    newest = dict(rows.values_list("track_id", "state"))
    return {track_id for track_id, state in newest.items() if state == ObjectionState.RECEIVED}


def faults_of_opening(viewer: Viewer, track: Track) -> Iterator[str]:
    """Say when a track that was closed may not go on, because another one began meanwhile."""
    others = Track.objects.visible_to(viewer).filter(pseudonym_id=track.pseudonym_id)
    others = others.exclude(pk=track.pk).exclude(state__in=CLOSED)
    if track.state in CLOSED and others.exists():
        yield _("Er loopt intussen een nieuw traject. Beëindig dat eerst.")


def _faults_of_move(one: Opened, step: NewStep, objecting: set[int]) -> Iterator[str]:
    state = ShelteredState(one.track.state)
    try:
        by = step_for(state, step.to).by
        move(state, step.to, by=by, reason=step.reason, explanation=step.explanation)
    except ShelteredStepError as error:
        yield checks.step_sentence(error.problem)
    yield from checks.faults_of_day(step.on, one.last.on)
    yield from checks.faults_of_text(step.explanation)
    if state is ShelteredState.EMPLOYED and step.on == one.last.on:
        yield _("Een baan duurt ten minste een dag. Kies een latere dag.")
    upheld = step.reason is ShelteredReason.OBJECTION_UPHELD
    if upheld and one.track.pk not in objecting:
        yield _("Er is geen bezwaar genoteerd. Noteer eerst het bezwaar.")


def _faults_of_job(
    one: Opened, step: NewStep, placements: dict[uuid.UUID, Placement]
) -> Iterator[str]:
    if step.to is not ShelteredState.EMPLOYED:
        if step.week_hours is not None or step.placement_key is not None:
            yield _("Uren en een plaatsing horen alleen bij een baan.")
        return
    yield from checks.faults_of_hours(step.week_hours)
    if step.placement_key is None:
        return
    placement = placements.get(step.placement_key)
    if placement is None or placement.pseudonym_id != one.track.pseudonym_id:
        yield _("Deze plaatsing bestaat niet of is van iemand anders.")
    elif placement.place.kind != PlaceKind.SHELTERED_NEW or placement.state not in TAKES_PART:
        yield _("Kies een plaatsing in beschut werk die loopt.")


def _placements(viewer: Viewer, steps: Sequence[NewStep]) -> dict[uuid.UUID, Placement]:
    keys = [step.placement_key for step in steps if step.placement_key]
    if not keys:
        return {}
    rows = Placement.objects.visible_to(viewer).filter(key__in=keys).select_related("place")
    return {row.key: row for row in rows}
