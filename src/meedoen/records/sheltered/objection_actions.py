"""Noting that a resident objects to a decision, and what became of it.

An objection goes to the municipality, also when it is about the advice of UWV.
"""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.sheltered import checks
from meedoen.records.sheltered.advancing import Opened, open_objections, opened
from meedoen.records.sheltered.models import Objection, Step
from meedoen.rules.sheltered.states import DECISIONS
from meedoen.rules.sheltered.words import ObjectionState, ShelteredState


@action(Permission.PLACE_RESIDENT)
def note_objection(viewer: Viewer, *, key: uuid.UUID, on: date, text: str) -> None:
    """Note that the resident objects to the last decision; `text` is in their own words.

    Raises ActionRefusedError without a decision, and while another objection waits.
    """
    [one] = opened(viewer, [key])
    decision = _last_decision(one.steps)
    faults = [*checks.faults_of_day(on, decision.on if decision else None)]
    faults += checks.faults_of_text(text)
    if decision is None:
        faults.append(_("Er is nog geen besluit waartegen bezwaar kan zijn."))
    if open_objections(viewer, [one.track.pk]):
        faults.append(_("Er loopt al een bezwaar. Noteer eerst hoe dat afliep."))
    checks.refuse(faults)
    _keep(viewer, one, ObjectionState.RECEIVED, on, text)


@action(Permission.FIX_DUTIES)
def answer_objection(
    viewer: Viewer, *, key: uuid.UUID, state: ObjectionState, on: date, text: str
) -> None:
    """Note what became of the objection that waits.

    When the resident is right about a refusal, the new decision itself says so: see `decide`.
    Raises ActionRefusedError.
    """
    [one] = opened(viewer, [key])
    checks.refuse(_faults_of_answer(viewer, one, state, on, text))
    _keep(viewer, one, state, on, text)


def _last_decision(steps: Sequence[Step]) -> Step | None:
    return next((step for step in reversed(steps) if step.state in DECISIONS), None)


def _faults_of_answer(
    viewer: Viewer, one: Opened, state: ObjectionState, on: date, text: str
) -> Iterator[str]:
    if one.track.pk not in open_objections(viewer, [one.track.pk]):
        yield _("Er loopt geen bezwaar.")
    received = Objection.objects.visible_to(viewer).filter(track=one.track).order_by("-pk").first()
    yield from checks.faults_of_day(on, received.on if received else None)
    yield from checks.faults_of_text(text)
    if state is ObjectionState.RECEIVED:
        yield _("Kies hoe het bezwaar afliep.")
    if state is ObjectionState.UPHELD and one.track.state == ShelteredState.REFUSED:
        yield _("Had de inwoner gelijk? Leg dan het nieuwe besluit vast: toegekend.")


def _keep(viewer: Viewer, one: Opened, state: ObjectionState, on: date, text: str) -> None:
    Objection.objects.create(
        municipality_id=viewer.municipality_id,
        track=one.track,
        state=state,
        on=on,
        text=text.strip(),
        recorded_at=clock.now(),
        recorded_by_id=viewer.membership_id,
    )
