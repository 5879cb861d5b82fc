"""Putting a track right: a step was on another day, or was not made at all.

The wrong rows stay, with what came in their place and why.
"""

import uuid
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.sheltered import checks
from meedoen.records.sheltered.advancing import Opened, faults_of_opening, opened
from meedoen.records.sheltered.models import Hours, Objection, Step, Track
from meedoen.records.sheltered.story import employments, hours_said
from meedoen.records.sheltered.telling import tell
from meedoen.rules.sheltered.words import ObjectionState, ShelteredReason, ShelteredState


@action(Permission.CORRECT_PLACEMENT)
def correct_day(viewer: Viewer, *, key: uuid.UUID, number: int, on: date, reason: str) -> None:
    """Say that a step of a track (the one with this number) was on another day.

    Raises ActionRefusedError for no reason, and for a day that does not lie between the steps
    around it.
    """
    one = _opened(viewer, key)
    at = next((at for at, step in enumerate(one.steps) if step.number == number), None)
    if at is None:
        raise ActionRefusedError(_("Deze stap is er niet meer. Open de pagina opnieuw."))
    checks.refuse((*_faults_of_reason(reason), *_faults_of_place(one, at, on)))
    wrong = one.steps[at]
    _replace(viewer, wrong, on=on, taken_back=False, reason=reason)
    if wrong.state == ShelteredState.EMPLOYED:
        ended = [over for _start, over in employments(one.steps[:at]) if over]
        _take_hours_along(viewer, one.track, since=max(ended, default=date.min), on=on)
    tell(viewer, [one.track.pseudonym_id])


@action(Permission.CORRECT_PLACEMENT)
def take_back(viewer: Viewer, *, key: uuid.UUID, reason: str) -> None:
    """Say that the last step of a track was not made; the track stands where it stood before.

    Of a track whose request is taken back nothing is left but that it was there. Raises
    ActionRefusedError.
    """
    one = _opened(viewer, key)
    checks.refuse((*_faults_of_reason(reason), *faults_of_opening(viewer, one.track)))
    take_back_last(viewer, one, reason=reason)
    tell(viewer, [one.track.pseudonym_id])


def take_back_last(viewer: Viewer, one: Opened, *, reason: str) -> Opened:
    """Take the last step of a track back and return the rest.

    Inside the transaction of an action, that tells what it means.
    """
    wrong = one.last
    _replace(viewer, wrong, on=wrong.on, taken_back=True, reason=reason)
    if wrong.reason == ShelteredReason.OBJECTION_UPHELD:
        Objection.objects.create(
            municipality_id=viewer.municipality_id,
            track=one.track,
            state=ObjectionState.RECEIVED,
            on=wrong.on,
            recorded_at=clock.now(),
            recorded_by_id=viewer.membership_id,
        )
    before = one.steps[-2].state if len(one.steps) > 1 else ShelteredState.ENDED
    Track.objects.visible_to(viewer).filter(pk=one.track.pk).update(state=before)
    one.track.state = before
    return Opened(one.track, one.steps[:-1])


def _opened(viewer: Viewer, key: uuid.UUID) -> Opened:
    [one] = opened(viewer, [key])
    return one


def _replace(viewer: Viewer, wrong: Step, *, on: date, taken_back: bool, reason: str) -> None:
    Step.objects.create(
        municipality_id=viewer.municipality_id,
        track_id=wrong.track_id,
        number=wrong.number,
        state=wrong.state,
        on=on,
        by=wrong.by,
        reason=wrong.reason,
        explanation=wrong.explanation,
        placement_id=wrong.placement_id,
        replaces=wrong,
        taken_back=taken_back,
        correction_reason=reason.strip(),
        recorded_at=clock.now(),
        recorded_by_id=viewer.membership_id,
    )


def _take_hours_along(viewer: Viewer, track: Track, *, since: date, on: date) -> None:
    """Say the first hours of a job of its right first day when that lies before them.

    When it lies after them nothing is said anew: what held by then, holds from that day on. The
    hours of a job before this one, until `since`, do not count.
    """
    said = hours_said(viewer, track.pk)
    of_job = sorted(day for day in said if day >= since)
    if not of_job or of_job[0] <= on:
        return
    first = of_job[0]
    Hours.objects.bulk_create(
        Hours(
            municipality_id=viewer.municipality_id,
            track=track,
            starts_on=day,
            week_hours=said[first],
            withdrawn=day == first,
            recorded_at=clock.now(),
            recorded_by_id=viewer.membership_id,
        )
        for day in (first, on)
    )


def _faults_of_reason(reason: str) -> Iterator[str]:
    if not reason.strip():
        yield _("Schrijf op waarom u dit verbetert.")
    yield from checks.faults_of_text(reason)


def _faults_of_place(one: Opened, at: int, on: date) -> Iterator[str]:
    before = one.steps[at - 1].on if at else None
    yield from checks.faults_of_day(on, before)
    after = one.steps[at + 1] if at + 1 < len(one.steps) else None
    if after is not None and on > after.on:
        yield _("De datum ligt na %(day)s, de dag van de stap erna. Kies een eerdere dag.") % {
            "day": after.on.strftime("%d-%m-%Y")
        }
    days = [step.on for step in one.steps]
    days[at] = on
    for step, first, following in zip(one.steps, days, days[1:], strict=False):
        if step.state == ShelteredState.EMPLOYED and first == following:
            yield _("Een baan duurt ten minste een dag. Kies een andere dag.")
