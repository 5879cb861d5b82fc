"""Writing down what somebody learns beside a placement, how it came out, and putting it right.

Each change comes in a form for many; the singular is the plural of one. Nothing is changed: every
change is a new row in the place of the one before it, and the history says the same of its days.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.history.actions import Statement, state_all
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.health import health_fault
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.placements.models import Placement
from meedoen.records.trainings.limits import LONGEST_NAME, LONGEST_REASON, MOST_HOURS
from meedoen.records.trainings.models import Training
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import (
    EntryKind,
    PlacementState,
    TrainingKind,
    TrainingResult,
    TrainingStop,
)

FURTHEST_START_MONTHS = 12
LONGEST_MONTHS = 60
"""A training that is planned to last longer is a slip of the year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingFacts:
    """What is agreed about a training; `placement_key` is the placement that it goes with."""

    kind: TrainingKind
    what: str
    given_by: str
    starts_on: date
    planned_end_on: date | None = None
    hours_a_week: Decimal | None = None
    placement_key: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTraining:
    """Somebody begins to learn something; a `key` made beforehand keeps what is sent twice once."""

    pseudonym_id: int
    facts: TrainingFacts
    key: uuid.UUID | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingEnd:
    """A training ended after `last_day`; `stop` says why it stopped without a result."""

    key: uuid.UUID
    last_day: date
    result: TrainingResult
    stop: TrainingStop | None = None
    recorded_at: datetime | None = None


@action(Permission.PLACE_RESIDENT)
def enter_trainings(viewer: Viewer, *, trainings: Sequence[NewTraining]) -> list[uuid.UUID]:
    """Write trainings down and return their keys, in order.

    Raises ActionRefusedError, all or none, with everything that is wrong.
    """
    people = [new.pseudonym_id for new in trainings]
    districts = districts_of_visible(viewer, pseudonym_ids=people)
    if len(districts) < len(set(people)):
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    hold(viewer, pseudonym_ids=people)
    placements = _placements(viewer, [new.facts for new in trainings])
    _refuse(
        fault
        for new in trainings
        for fault in (
            *_faults_of_facts(new.facts),
            *_faults_of_placement(new.facts, new.pseudonym_id, placements),
        )
    )
    rows = [
        Training(
            municipality_id=viewer.municipality_id,
            pseudonym_id=new.pseudonym_id,
            key=new.key or uuid.uuid4(),
            recorded_at=new.recorded_at or clock.now(),
            recorded_by_id=viewer.membership_id,
            **_columns(new.facts, placements),
        )
        for new in trainings
    ]
    keys = [row.key for row in rows]
    if len(set(keys)) < len(keys) or Training.objects.visible_to(viewer).filter(key__in=keys):
        raise ActionRefusedError(_("Deze scholing staat al in het dossier."))
    _write(viewer, rows, [districts[row.pseudonym_id] for row in rows])
    return keys


@action(Permission.PLACE_RESIDENT)
def enter_training(
    viewer: Viewer, *, pseudonym_id: int, facts: TrainingFacts, key: uuid.UUID | None = None
) -> uuid.UUID:
    """Write down what one person learns and return its key. Raises ActionRefusedError."""
    new = NewTraining(pseudonym_id=pseudonym_id, facts=facts, key=key)
    [made] = enter_trainings(viewer, trainings=[new])
    return made


@action(Permission.PLACE_RESIDENT)
def end_trainings(viewer: Viewer, *, ends: Sequence[TrainingEnd]) -> None:
    """Write down how trainings came out; said again, the newest holds.

    Raises ActionRefusedError, all or none, with everything that is wrong.
    """
    rows = _held(viewer, [end.key for end in ends])
    _refuse(fault for end in ends for fault in _faults_of_end(rows[end.key], end))
    changes = [
        {
            "ended_on": end.last_day,
            "result": end.result,
            "stop": end.stop or "",
            "recorded_at": end.recorded_at or clock.now(),
        }
        for end in ends
    ]
    _write_again(viewer, [(rows[end.key], one) for end, one in zip(ends, changes, strict=True)])


@action(Permission.PLACE_RESIDENT)
def end_training(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    last_day: date,
    result: TrainingResult,
    stop: TrainingStop | None = None,
) -> None:
    """Write down how one training came out. Raises ActionRefusedError."""
    end = TrainingEnd(key=key, last_day=last_day, result=result, stop=stop)
    end_trainings(viewer, ends=[end])


@action(Permission.PLACE_RESIDENT)
def correct_training(viewer: Viewer, *, key: uuid.UUID, facts: TrainingFacts, reason: str) -> None:
    """Say better what a training is; how it came out stays. Raises ActionRefusedError."""
    row = _held(viewer, [key])[key]
    placements = _placements(viewer, [facts])
    faults = [*_faults_of_reason(reason), *_faults_of_facts(facts)]
    faults += _faults_of_placement(facts, row.pseudonym_id, placements)
    if row.ended_on is not None and row.ended_on < facts.starts_on:
        faults.append(_("De eerste dag ligt na de laatste dag. Kies een eerdere dag."))
    _refuse(faults)
    changed = _columns(facts, placements)
    _write_again(viewer, [(row, {**changed, "correction_reason": reason.strip()})])


@action(Permission.PLACE_RESIDENT)
def withdraw_training(viewer: Viewer, *, key: uuid.UUID, reason: str) -> None:
    """Say that there was no such training. Raises ActionRefusedError."""
    row = _held(viewer, [key])[key]
    _refuse(_faults_of_reason(reason))
    _write_again(viewer, [(row, {"withdrawn": True, "correction_reason": reason.strip()})])


def _columns(facts: TrainingFacts, placements: Mapping[uuid.UUID, Placement]) -> dict[str, Any]:
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    key = values.pop("placement_key")
    return values | {
        "what": facts.what.strip(),
        "given_by": facts.given_by.strip(),
        "placement_id": placements[key].pk if key else None,
    }


_KEPT = (
    "pseudonym_id",
    "key",
    "placement_id",
    "kind",
    "what",
    "given_by",
    "starts_on",
    "planned_end_on",
    "hours_a_week",
    "ended_on",
    "result",
    "stop",
)
"""What a new row takes over of the one that it replaces."""


def _write_again(viewer: Viewer, changes: Sequence[tuple[Training, Mapping[str, Any]]]) -> None:
    """Write rows in the place of others, each with what is otherwise; nobody moves by that."""
    districts = [row.entry.district_id for row, _otherwise in changes]
    _write(viewer, [_again(viewer, row, **otherwise) for row, otherwise in changes], districts)


def _write(viewer: Viewer, rows: Sequence[Training], districts: Sequence[int | None]) -> None:
    """Write rows down, and in the history on which days these trainings were, and where."""
    statements = [
        Statement(
            pseudonym_id=row.pseudonym_id,
            kind=EntryKind.TRAINING,
            starts_on=row.starts_on,
            ends_on=row.ended_on + timedelta(days=1) if row.ended_on else None,
            replaces_id=row.replaces.entry_id if row.replaces else None,
            withdrawn=row.withdrawn,
            district_id=district,
            recorded_at=row.recorded_at,
        )
        for row, district in zip(rows, districts, strict=True)
    ]
    for row, entry in zip(rows, state_all(viewer, statements), strict=True):
        row.entry = entry
    Training.objects.bulk_create(rows, batch_size=2_000)


def _again(viewer: Viewer, row: Training, **otherwise: Any) -> Training:
    """Make a row that says of a training what was known, and what is otherwise now."""
    said = {name: getattr(row, name) for name in _KEPT}
    return Training(
        **{
            **said,
            "recorded_at": clock.now(),
            **otherwise,
        },
        municipality_id=viewer.municipality_id,
        replaces=row,
        recorded_by_id=viewer.membership_id,
    )


def _held(viewer: Viewer, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Training]:
    """Hold trainings as they are known now. Raises ActionRefusedError when one is not there."""
    people: list[int] = []
    for group in in_groups(list(keys)):
        rows = Training.objects.visible_to(viewer).current().filter(key__in=group)
        people += rows.values_list("pseudonym_id", flat=True)
    hold(viewer, pseudonym_ids=people)
    found: dict[uuid.UUID, Training] = {}
    for group in in_groups(list(keys)):
        rows = Training.objects.visible_to(viewer).current().filter(key__in=group)
        found |= {row.key: row for row in rows.select_related("entry")}
    if len(found) < len(keys):
        raise ActionRefusedError(_("Deze scholing bestaat niet of is niet voor u."))
    return found


def _placements(viewer: Viewer, facts: Iterable[TrainingFacts]) -> dict[uuid.UUID, Placement]:
    keys = [one.placement_key for one in facts if one.placement_key]
    found: dict[uuid.UUID, Placement] = {}
    for group in in_groups(keys):
        rows = Placement.objects.visible_to(viewer).filter(key__in=group)
        found |= {row.key: row for row in rows}
    return found


def _faults_of_facts(facts: TrainingFacts) -> Iterator[str]:
    for text, empty in (
        (facts.what, _("Vul in wat de inwoner leert.")),
        (facts.given_by, _("Vul in wie de scholing geeft.")),
    ):
        if not text.strip():
            yield empty
        if len(text.strip()) > LONGEST_NAME:
            yield _("Schrijf het in hoogstens %(most)s tekens op.") % {"most": LONGEST_NAME}
        if fault := health_fault(text):
            yield fault
    today = clock.today()
    if facts.starts_on > add_months(today, FURTHEST_START_MONTHS):
        yield _("De eerste dag ligt hoogstens een jaar vooruit. Kijk of het jaartal klopt.")
    planned = facts.planned_end_on
    if planned is not None and planned < facts.starts_on:
        yield _("Het einde ligt voor de eerste dag. Kies een latere dag.")
    if planned is not None and planned > add_months(facts.starts_on, LONGEST_MONTHS):
        yield _("Het einde ligt meer dan vijf jaar na de eerste dag. Kijk of het jaartal klopt.")
    hours = facts.hours_a_week
    if hours is not None and not 0 < hours <= MOST_HOURS:
        yield _("Vul uren per week in van meer dan 0 tot en met %(most)s.") % {"most": MOST_HOURS}


def _faults_of_placement(
    facts: TrainingFacts, pseudonym_id: int, placements: Mapping[uuid.UUID, Placement]
) -> Iterator[str]:
    if facts.placement_key is None:
        return
    row = placements.get(facts.placement_key)
    if row is None or row.pseudonym_id != pseudonym_id:
        yield _("Deze plaatsing bestaat niet of is van iemand anders.")
    elif row.state == PlacementState.WITHDRAWN:
        yield _("Deze plaatsing ging niet door. Kies een andere, of laat dit leeg.")


def _faults_of_end(row: Training, end: TrainingEnd) -> Iterator[str]:
    if end.last_day > clock.today():
        yield _("De datum ligt in de toekomst. Vul de dag in waarop het was.")
    if end.last_day < row.starts_on:
        yield _("De laatste dag ligt voor %(day)s, de eerste dag. Kies een latere dag.") % {
            "day": row.starts_on.strftime("%d-%m-%Y")
        }
    if end.result is TrainingResult.STOPPED and end.stop is None:
        yield _("Kies waarom de scholing stopte.")
    if end.result is not TrainingResult.STOPPED and end.stop is not None:
        yield _("Een reden hoort alleen bij stoppen.")


def _faults_of_reason(reason: str) -> Iterator[str]:
    if not reason.strip():
        yield _("Schrijf op waarom u dit verbetert.")
    if len(reason.strip()) > LONGEST_REASON:
        yield _("Schrijf het in hoogstens %(most)s tekens op.") % {"most": LONGEST_REASON}
    if fault := health_fault(reason):
        yield fault


def _refuse(faults: Iterable[str]) -> None:
    if found := list(dict.fromkeys(faults)):
        raise ActionRefusedError(" ".join(found))
