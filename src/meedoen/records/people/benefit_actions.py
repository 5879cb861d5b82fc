"""People who are on benefit again after it had ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from meedoen.records.history.actions import Statement, state_all
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import coaching_teams
from meedoen.records.people.models import Resident, Responsibility
from meedoen.rules.vocabulary import EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumption:
    """Somebody who is on benefit again: a new stretch, and a coach who is responsible again.

    `ends_on` is the first day without it, None while it runs. The coach is responsible from
    `coach_starts_on`, or else from the first day of the benefit.
    """

    pseudonym_id: int
    starts_on: date
    district_id: int
    coach_id: int
    ends_on: date | None = None
    coach_starts_on: date | None = None
    recorded_at: datetime | None = None


@action(Permission.REGISTER_RESIDENT)
def resume_benefits(viewer: Viewer, *, resumptions: Sequence[Resumption]) -> None:
    """Record that benefits began again. What was before stays as it is.

    Whoever is still responsible then stays so, or up to the day of another coach.
    Raises ActionRefusedError, all or none, when someone is not known or still has a benefit on
    that day, or for a coach or district that is not of this municipality.
    """
    residents = _without_benefit(viewer, resumptions)
    teams = coaching_teams(viewer, {one.coach_id for one in resumptions})
    entries = state_all(
        viewer,
        [
            Statement(
                pseudonym_id=one.pseudonym_id,
                kind=EntryKind.BENEFIT,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                district_id=one.district_id,
                recorded_at=one.recorded_at,
            )
            for one in resumptions
        ],
    )
    for row, one, entry in zip(residents, resumptions, entries, strict=True):
        row.benefit_entry, row.district_id = entry, one.district_id
    Resident.objects.visible_to(viewer).bulk_update(
        residents, ["benefit_entry", "district"], batch_size=200
    )
    _take_up(viewer, resumptions, teams)


def _take_up(viewer: Viewer, resumptions: Sequence[Resumption], teams: Mapping[int, int]) -> None:
    """Make the coach responsible, after who is so still or was so last."""
    last = _last_responsible(viewer, [one.pseudonym_id for one in resumptions])
    kept: list[Responsibility] = []
    new: list[Responsibility] = []
    for one in resumptions:
        before = last.get(one.pseudonym_id)
        starts_on = one.coach_starts_on or one.starts_on
        # With an end after that day it went on for aftercare.
        lasting = before if before is not None and before.ends_on > starts_on else None
        ends_on = one.ends_on or STILL_OPEN
        if lasting is not None:
            kept.append(lasting)
            # With an end that is known already, a placement may go on for longer again.
            lasting.for_placement = lasting.for_placement and one.ends_on is not None
            ends_on = max(ends_on, lasting.ends_on)
            if lasting.coach_id == one.coach_id:
                lasting.ends_on = ends_on
                continue
        new.append(
            Responsibility(
                municipality_id=viewer.municipality_id,
                pseudonym_id=one.pseudonym_id,
                coach_id=one.coach_id,
                team_id=teams[one.coach_id],
                starts_on=max(starts_on, _free_from(before, starts_on)),
                ends_on=ends_on,
                for_placement=lasting is not None and lasting.for_placement,
            )
        )
        if lasting is not None:
            lasting.ends_on = new[-1].starts_on
    rows = Responsibility.objects.visible_to(viewer)
    rows.bulk_update(kept, ["ends_on", "for_placement"], batch_size=200)
    Responsibility.objects.bulk_create(new, batch_size=2_000)


def _without_benefit(viewer: Viewer, resumptions: Sequence[Resumption]) -> list[Resident]:
    """Return the residents in the same order; raise when one has a benefit on that day."""
    found: dict[int, Resident] = {}
    rows = Resident.objects.visible_to(viewer).select_for_update(of=("self",))
    for group in in_groups(sorted({one.pseudonym_id for one in resumptions})):
        held = rows.filter(pseudonym_id__in=group).select_related("benefit_entry").order_by("pk")
        found.update((row.pseudonym_id, row) for row in held)
    for one in resumptions:
        row = found.get(one.pseudonym_id)
        if row is None or one.starts_on < row.benefit_entry.ends_on:
            raise ActionRefusedError(
                _("Deze inwoner is niet bekend of heeft op die dag al een uitkering.")
            )
    return [found[one.pseudonym_id] for one in resumptions]


def _last_responsible(viewer: Viewer, people: Sequence[int]) -> dict[int, Responsibility]:
    """Return the last stretch in which somebody is or was responsible for each."""
    rows = Responsibility.objects.visible_to(viewer).order_by("starts_on", "pk")
    last: dict[int, Responsibility] = {}
    for group in in_groups(people):
        last.update((row.pseudonym_id, row) for row in rows.filter(pseudonym_id__in=group))
    return last


def _free_from(last: Responsibility | None, on: date) -> date:
    """Return the first day on which another coach can become responsible, who is to be so then."""
    if last is None:
        return date.min
    if last.ends_on > on:
        return last.starts_on + timedelta(days=1)
    return last.ends_on
