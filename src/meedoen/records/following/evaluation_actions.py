"""Writing down that it was talked over how a placement goes, and correcting that."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from meedoen.records.following.checks import (
    ahead_faults,
    day_faults,
    placements_by_key,
    refuse,
    text_faults,
)
from meedoen.records.following.days import evaluations_now, first_days
from meedoen.records.following.models import Evaluation
from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.placements.models import Placement
from meedoen.rules.vocabulary import HowItGoes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvaluation:
    """How a placement goes; `key` is that of the placement, `agreed` is what changes from now on.

    `next_on` None leaves the next time to the rhythm. Who was not there may have been asked all
    the same, by telephone; who was there was asked.
    """

    key: uuid.UUID
    held_on: date
    with_resident: bool
    with_partner: bool
    resident_finds: HowItGoes
    partner_finds: HowItGoes
    resident_said: str = ""
    partner_said: str = ""
    agreed: str = ""
    next_on: date | None = None
    recorded_at: datetime | None = None


@action(Permission.PLACE_RESIDENT)
def hold_evaluations(viewer: Viewer, *, evaluations: Sequence[NewEvaluation]) -> list[uuid.UUID]:
    """Keep how placements go and return the keys in order; the same sent twice is kept once.

    Raises ActionRefusedError, all or none, with everything that is wrong; also for another
    evaluation of the same placement and day.
    """
    held = _held(viewer, evaluations)
    refuse(fault for new in evaluations for fault in _faults(new, *held[new.key]))
    there = _of_same_days(viewer, evaluations)
    rows: list[Evaluation] = []
    keys = []
    for new in evaluations:
        row = there.get((new.key, new.held_on))
        if row is None:
            row = _row(viewer, new, held[new.key][0])
            rows.append(row)
            there[new.key, new.held_on] = row
        elif not _same(row, new):
            raise ActionRefusedError(
                _("Van deze dag staat er al een evaluatie. Verbeter die als er iets niet klopt.")
            )
        keys.append(row.key)
    _keep(viewer, rows)
    return keys


@action(Permission.PLACE_RESIDENT)
def hold_evaluation(viewer: Viewer, *, new: NewEvaluation) -> uuid.UUID:
    """Keep how one placement goes and return the key. Raises ActionRefusedError."""
    [key] = hold_evaluations(viewer, evaluations=[new])
    return key


@action(Permission.PLACE_RESIDENT)
def correct_evaluation(
    viewer: Viewer, *, evaluation_key: uuid.UUID, new: NewEvaluation
) -> uuid.UUID:
    """Let an evaluation be replaced by what it should have said, and return the key of that.

    What stood there stays in the record. Raises ActionRefusedError, also when somebody else
    corrected it in the meantime.
    """
    held = _held(viewer, [new])
    placement, started_on = held[new.key]
    rows = Evaluation.objects.visible_to(viewer).filter(placement=placement)
    wrong = rows.filter(key=evaluation_key).select_related("replaced_by").first()
    if wrong is None:
        raise ActionRefusedError(_("Deze evaluatie bestaat niet of is niet voor u."))
    refuse(_faults(new, placement, started_on))
    better: Evaluation | None = getattr(wrong, "replaced_by", None)
    if better is not None:
        if _same(better, new):
            return better.key
        raise ActionRefusedError(
            _("Een collega heeft deze evaluatie intussen verbeterd. Open de pagina opnieuw.")
        )
    of_day = evaluations_now(viewer).filter(placement=placement, held_on=new.held_on)
    if of_day.exclude(pk=wrong.pk).exists():
        raise ActionRefusedError(_("Van deze dag staat er al een andere evaluatie."))
    row = _row(viewer, new, placement)
    row.replaces = wrong
    _keep(viewer, [row])
    return row.key


def _held(
    viewer: Viewer, evaluations: Sequence[NewEvaluation]
) -> dict[uuid.UUID, tuple[Placement, date | None]]:
    """Return each placement with its first day; others who write about these people wait."""
    found = placements_by_key(viewer, (new.key for new in evaluations))
    hold(viewer, pseudonym_ids=[one.pseudonym_id for one in found.values()])
    started = first_days(viewer, [one.pk for one in found.values()])
    return {key: (one, started.get(one.pk)) for key, one in found.items()}


def _faults(new: NewEvaluation, placement: Placement, started_on: date | None) -> Iterator[str]:
    if started_on is None:
        yield _("Deze plaatsing is niet begonnen. Er is nog niets om op terug te kijken.")
        return
    yield from day_faults(new.held_on, first=started_on)
    if not (new.with_resident or new.with_partner):
        yield _("Kies wie erbij was: de inwoner, de organisatie of allebei.")
    if new.with_resident and new.resident_finds is HowItGoes.NOT_ASKED:
        yield _("De inwoner was erbij. Kies hoe het volgens de inwoner gaat.")
    if new.with_partner and new.partner_finds is HowItGoes.NOT_ASKED:
        yield _("De organisatie was erbij. Kies hoe het volgens de organisatie gaat.")
    for text in (new.resident_said, new.partner_said, new.agreed):
        yield from text_faults(text)
    if new.next_on is not None:
        yield from ahead_faults(new.next_on, after=new.held_on)


def _of_same_days(
    viewer: Viewer, evaluations: Sequence[NewEvaluation]
) -> dict[tuple[uuid.UUID, date], Evaluation]:
    rows = evaluations_now(viewer).filter(
        placement__key__in={new.key for new in evaluations},
        held_on__in={new.held_on for new in evaluations},
    )
    return {(row.placement.key, row.held_on): row for row in rows.select_related("placement")}


def _said(new: NewEvaluation) -> dict[str, object]:
    """Return what an evaluation says, as its columns hold it."""
    return {
        "held_on": new.held_on,
        "with_resident": new.with_resident,
        "with_partner": new.with_partner,
        "resident_finds": new.resident_finds.value,
        "resident_said": new.resident_said.strip(),
        "partner_finds": new.partner_finds.value,
        "partner_said": new.partner_said.strip(),
        "agreed": new.agreed.strip(),
        "next_on": new.next_on,
    }


def _same(row: Evaluation, new: NewEvaluation) -> bool:
    return all(getattr(row, name) == value for name, value in _said(new).items())


def _row(viewer: Viewer, new: NewEvaluation, placement: Placement) -> Evaluation:
    return Evaluation(
        municipality_id=viewer.municipality_id,
        pseudonym_id=placement.pseudonym_id,
        placement=placement,
        recorded_at=new.recorded_at or clock.now(),
        recorded_by_id=viewer.membership_id,
        **_said(new),
    )


def _keep(viewer: Viewer, rows: Sequence[Evaluation]) -> None:
    Evaluation.objects.bulk_create(rows, batch_size=1_000)
    note_changes(viewer, [row.pseudonym_id for row in rows])
