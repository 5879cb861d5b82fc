"""Handing people over to another coach, from a day on."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.people.models import Resident, Responsibility
from meedoen.rules.periods import add_months

MONTHS_AHEAD = 12
"""How far ahead a hand-over may be planned."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Somebody who goes to another coach; `on` is the first day of the new coach."""

    pseudonym_id: int
    to_coach_id: int
    on: date
    reason: str


@action(Permission.HAND_OVER)
def hand_over_all(viewer: Viewer, *, handovers: Sequence[HandOver]) -> None:
    """Hand people over: who is responsible now stays so up to the day, the new coach from then.

    The story stays with the person, so the new coach reads all of it. Who was responsible on a
    day that has passed stays so. Who became responsible only today is replaced at once: that is
    how a mistake of today is mended.
    Raises ActionRefusedError, all or none, with a sentence for each hand-over that cannot be.
    """
    people = [handover.pseudonym_id for handover in handovers]
    current = _current(viewer, people)
    if len(current) < len(people):
        raise ActionRefusedError(_("Niet iedereen is nog van uw team. Kies de mensen opnieuw."))
    teams = _teams(viewer, {handover.to_coach_id for handover in handovers})
    names = _names(viewer, people)
    planned = planned_of(viewer, people)
    faults = {
        handover.pseudonym_id: fault
        for handover in handovers
        if (fault := _fault(handover, current, planned))
    }
    if faults:
        raise ActionRefusedError(
            " ".join(f"{names.get(person, '')}: {fault}" for person, fault in faults.items())
        )
    _move(viewer, handovers, current, teams)
    note_changes(viewer, people)


@action(Permission.HAND_OVER)
def call_off_hand_over(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Call off the hand-over of somebody that lies ahead; the coach of today goes on.

    Raises ActionRefusedError when nothing lies ahead (any more) for a person of the viewer's team.
    """
    person = Resident.objects.visible_to(viewer).filter(pseudonym__key=key).first()
    current = _current(viewer, [person.pseudonym_id]) if person else {}
    planned = planned_of(viewer, list(current))
    if not planned:
        raise ActionRefusedError(_("Deze overdracht staat niet meer klaar. Kijk wie nu coach is."))
    [(pseudonym_id, ahead)] = planned.items()
    row = current[pseudonym_id]
    row.ends_on = ahead.ends_on
    # Of another team too: the row that lies ahead may be theirs. First away, then longer, since
    # only one may be open.
    system = Viewer.system(viewer.municipality_id)
    Responsibility.objects.visible_to(system).filter(pk=ahead.pk).delete()
    row.save(update_fields=["ends_on"])
    note_changes(viewer, [pseudonym_id])


def _current(viewer: Viewer, people: Sequence[int]) -> dict[int, Responsibility]:
    """Return who is responsible today for each, held until the end of the transaction."""
    rows = Responsibility.objects.visible_to(viewer).current().select_for_update(of=("self",))
    found: dict[int, Responsibility] = {}
    for group in in_groups(people):
        found.update((row.pseudonym_id, row) for row in rows.filter(pseudonym_id__in=group))
    return found


def planned_of(viewer: Viewer, people: Sequence[int]) -> dict[int, Responsibility]:
    """Return the hand-over that lies ahead for each, also to another team.

    For people whom the viewer may see; the caller has made sure of that.
    """
    system = Viewer.system(viewer.municipality_id)
    rows = Responsibility.objects.visible_to(system).filter(starts_on__gt=clock.today())
    found: dict[int, Responsibility] = {}
    for group in in_groups(people):
        ahead = rows.filter(pseudonym_id__in=group).select_related("coach__account")
        found.update((row.pseudonym_id, row) for row in ahead)
    return found


def _teams(viewer: Viewer, coaches: set[int]) -> dict[int, int]:
    """Return the team of each coach, by id; raise when one does not work here (any more)."""
    rows = Membership.objects.filter(
        municipality_id=viewer.municipality_id,
        pk__in=coaches,
        role__in=[Role.COACH, Role.TEAM_LEAD],
        ended_at__isnull=True,
    )
    found = dict(rows.values_list("pk", "team_id"))
    if coaches - found.keys():
        raise ActionRefusedError(_("Deze coach werkt hier niet (meer). Kies een andere coach."))
    return found


def _names(viewer: Viewer, people: Sequence[int]) -> dict[int, str]:
    rows = Resident.objects.visible_to(viewer)
    found: dict[int, str] = {}
    for group in in_groups(people):
        found.update((row.pseudonym_id, str(row)) for row in rows.filter(pseudonym_id__in=group))
    return found


def _fault(
    handover: HandOver,
    current: Mapping[int, Responsibility],
    planned: Mapping[int, Responsibility],
) -> str:
    """Say why somebody cannot be handed over like this; empty when it can be."""
    now, ahead = current[handover.pseudonym_id], planned.get(handover.pseudonym_id)
    if ahead is not None:
        return _(
            "er staat al een overdracht klaar, op %(day)s naar %(coach)s. "
            "Wacht tot die dag, of kies deze persoon niet."
        ) % {"day": _day(ahead.starts_on), "coach": ahead.coach.account.name}
    if handover.to_coach_id == now.coach_id:
        return _("deze coach begeleidt deze persoon al. Kies een andere coach.")
    return _day_fault(handover.on, now, clock.today())


def _day_fault(day: date, now: Responsibility, today: date) -> str:
    """Say why the day cannot be; empty when it can."""
    if day < today:
        return _("deze dag is al geweest. Kies vandaag of een latere dag.")
    if day >= now.ends_on:
        return _("de uitkering eindigt op %(day)s. Kies een dag daarvoor.") % {
            "day": _day(now.ends_on)
        }
    if day > add_months(today, MONTHS_AHEAD):
        return _("een overdracht kan hooguit een jaar vooruit. Kies een eerdere dag.")
    return ""


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _move(
    viewer: Viewer,
    handovers: Sequence[HandOver],
    current: Mapping[int, Responsibility],
    teams: Mapping[int, int],
) -> None:
    closed, replaced, opened = [], [], []
    for handover in handovers:
        row = current[handover.pseudonym_id]
        ends_on = row.ends_on
        # Who became responsible today never was so for a day.
        if row.starts_on == handover.on:
            replaced.append(row.pk)
        else:
            row.ends_on = handover.on
            closed.append(row)
        opened.append(
            Responsibility(
                municipality_id=viewer.municipality_id,
                pseudonym_id=handover.pseudonym_id,
                coach_id=handover.to_coach_id,
                team_id=teams[handover.to_coach_id],
                starts_on=handover.on,
                ends_on=ends_on,
                reason=handover.reason,
                arranged_by_id=viewer.membership_id,
                for_placement=row.for_placement,
            )
        )
    rows = Responsibility.objects.visible_to(viewer)
    for group in in_groups(replaced):
        rows.filter(pk__in=group).delete()
    rows.bulk_update(closed, ["ends_on"], batch_size=200)
    Responsibility.objects.bulk_create(opened, batch_size=2_000)
