"""Old sheltered work (Wsw): who has it, for how many hours, how and until when.

Nobody new came in since 1 January 2015: only who had such a job the day before.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.sheltered import checks
from meedoen.records.sheltered.models import WswStretch
from meedoen.records.sheltered.telling import tell
from meedoen.rules.sheltered.columns import Contract
from meedoen.rules.sheltered.words import WswCategory, WswKind
from meedoen.rules.sheltered.wsw import NO_INFLOW_FROM, WswEntryError, WswProblem, check_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWswJob:
    """Somebody has old sheltered work; `ends_on` is the first day after it, None when it runs."""

    pseudonym_id: int
    starts_on: date
    week_hours: Decimal
    category: WswCategory
    kind: WswKind
    ends_on: date | None = None
    recorded_at: datetime | None = None


@action(Permission.PLACE_RESIDENT)
def enter_wsw_all(viewer: Viewer, *, jobs: Sequence[NewWswJob]) -> list[uuid.UUID]:
    """Write old sheltered work down and return the keys, in order.

    Raises ActionRefusedError, all or none, for who is not for this viewer, for an overlap (also
    with a placement: OverlapError), and for somebody who would come in new.
    """
    people = [job.pseudonym_id for job in jobs]
    if len(districts_of_visible(viewer, pseudonym_ids=people)) < len(set(people)):
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    hold(viewer, pseudonym_ids=people)
    checks.refuse(fault for job in jobs for fault in _faults_of_job(job))
    rows = [_row(viewer, job) for job in jobs]
    _refuse_together([*_known(viewer, people), *rows])
    WswStretch.objects.bulk_create(rows, batch_size=2_000)
    tell(viewer, people)
    return [row.key for row in rows]


@action(Permission.PLACE_RESIDENT)
def enter_wsw(viewer: Viewer, *, job: NewWswJob) -> uuid.UUID:
    """Write old sheltered work of one person down. Raises ActionRefusedError."""
    [key] = enter_wsw_all(viewer, jobs=[job])
    return key


@action(Permission.PLACE_RESIDENT)
def change_wsw(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    on: date,
    week_hours: Decimal,
    category: WswCategory,
    kind: WswKind,
) -> uuid.UUID:
    """Go on with other hours, another kind or category from a day; return the new key.

    Raises ActionRefusedError, also for a day that is not after the first one of the stretch.
    """
    row = _held(viewer, key)
    faults = [*checks.faults_of_day(on), *checks.faults_of_hours(week_hours)]
    if not row.starts_on < on < row.ends_on:
        faults.append(_("Deze dag valt niet binnen deze baan. Kies een dag na de eerste dag."))
    checks.refuse(faults)
    say_again(viewer, row, ends_on=on)
    following = _row(
        viewer,
        NewWswJob(
            pseudonym_id=row.pseudonym_id,
            starts_on=on,
            week_hours=week_hours,
            category=category,
            kind=kind,
            ends_on=None if row.ends_on == STILL_OPEN else row.ends_on,
        ),
    )
    following.save()
    tell(viewer, [row.pseudonym_id])
    return following.key


@action(Permission.PLACE_RESIDENT)
def end_wsw(viewer: Viewer, *, key: uuid.UUID, last_day: date) -> None:
    """End old sheltered work. Raises ActionRefusedError for a day that is not within it."""
    row = _held(viewer, key)
    faults = list(checks.faults_of_day(last_day))
    ends_on = last_day + timedelta(days=1)
    if not row.starts_on < ends_on < row.ends_on:
        faults.append(_("Deze dag valt niet binnen deze baan. Kies een dag waarop de baan loopt."))
    checks.refuse(faults)
    say_again(viewer, row, ends_on=ends_on)
    tell(viewer, [row.pseudonym_id])


@action(Permission.CORRECT_PLACEMENT)
def withdraw_wsw(viewer: Viewer, *, key: uuid.UUID, reason: str) -> None:
    """Say that a stretch was never so.

    Raises ActionRefusedError, also when a later stretch rests on it.
    """
    row = _held(viewer, key)
    faults = list(checks.faults_of_text(reason))
    if not reason.strip():
        faults.append(_("Schrijf op waarom u dit verbetert."))
    checks.refuse(faults)
    _refuse_together([one for one in _known(viewer, [row.pseudonym_id]) if one.pk != row.pk])
    say_again(viewer, row, withdrawn=True, correction_reason=reason.strip())
    tell(viewer, [row.pseudonym_id])


def _faults_of_job(job: NewWswJob) -> Iterator[str]:
    yield from checks.faults_of_day(job.starts_on)
    yield from checks.faults_of_hours(job.week_hours)
    if job.ends_on is not None and job.ends_on <= job.starts_on:
        yield _("De laatste dag kan niet voor de eerste dag liggen.")
    if job.ends_on is not None and job.ends_on > clock.today():
        yield _("De laatste dag ligt in de toekomst. Vul die pas in als het zover is.")


def _refuse_together(rows: Iterable[WswStretch]) -> None:
    """Refuse stretches of a person that overlap, and whoever would come in new."""
    of_people: dict[int, list[WswStretch]] = {}
    for row in rows:
        of_people.setdefault(row.pseudonym_id, []).append(row)
    checks.refuse(
        fault
        for stretches in of_people.values()
        for fault in _faults_together(sorted(stretches, key=lambda row: row.starts_on))
    )


def _faults_together(rows: Sequence[WswStretch]) -> Iterator[str]:
    for row, after in pairwise(rows):
        if after.starts_on < row.ends_on:
            yield _("Deze inwoner heeft op die dagen al een baan in de Wsw. Wijzig of stop die.")
    contracts = [_contract(row) for row in rows]
    for at, contract in enumerate(contracts):
        try:
            check_entry(contract.starts_on, contracts[:at])
        except WswEntryError as error:
            if error.problem is WswProblem.TOO_LONG_AGO:
                yield _(
                    "De vorige baan in de Wsw is te lang geleden om daar terug te komen. Vraag "
                    "beschut werk aan."
                )
                continue
            yield _(
                "In de Wsw komt sinds %(day)s niemand nieuw binnen: alleen wie de dag ervoor zo'n "
                "baan had. Vraag beschut werk aan, of voeg eerst de baan van toen toe."
            ) % {"day": NO_INFLOW_FROM.strftime("%d-%m-%Y")}


def _contract(row: WswStretch) -> Contract:
    return Contract(
        person=row.pseudonym_id,
        starts_on=row.starts_on,
        ends_on=None if row.ends_on == STILL_OPEN else row.ends_on,
        week_hours=row.week_hours,
    )


def _known(viewer: Viewer, people: Sequence[int]) -> list[WswStretch]:
    rows = WswStretch.objects.visible_to(viewer).current()
    groups = in_groups(list(dict.fromkeys(people)))
    return [row for group in groups for row in rows.filter(pseudonym_id__in=group)]


def _held(viewer: Viewer, key: uuid.UUID) -> WswStretch:
    rows = WswStretch.objects.visible_to(viewer).current().filter(key=key)
    people = list(rows.values_list("pseudonym_id", flat=True))
    hold(viewer, pseudonym_ids=people)
    row = rows.first()
    if row is None:
        raise ActionRefusedError(_("Deze baan bestaat niet, is intussen gewijzigd of niet voor u."))
    return row


def _row(viewer: Viewer, job: NewWswJob) -> WswStretch:
    return WswStretch(
        municipality_id=viewer.municipality_id,
        pseudonym_id=job.pseudonym_id,
        starts_on=job.starts_on,
        ends_on=job.ends_on or STILL_OPEN,
        week_hours=job.week_hours,
        category=job.category,
        kind=job.kind,
        recorded_at=job.recorded_at or clock.now(),
        recorded_by_id=viewer.membership_id,
    )


def say_again(viewer: Viewer, row: WswStretch, **otherwise: Any) -> None:
    """Write a stretch down again, with what is otherwise.

    Inside the transaction of an action, that tells what it means.
    """
    said = {
        "pseudonym_id": row.pseudonym_id,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "week_hours": row.week_hours,
        "category": row.category,
        "kind": row.kind,
    }
    WswStretch.objects.create(
        **{**said, **otherwise},
        municipality_id=viewer.municipality_id,
        replaces=row,
        recorded_at=clock.now(),
        recorded_by_id=viewer.membership_id,
    )
