"""People who are on benefit again after it had ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

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

    Raises ActionRefusedError, all or none, when someone is not known or still has a benefit on
    that day, or for a coach or district that is not of this municipality.
    """
    residents = _without_benefit(viewer, resumptions)
    teams = coaching_teams(viewer, {one.coach_id for one in resumptions})
    free = _free_from(viewer, [one.pseudonym_id for one in resumptions])
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
    Responsibility.objects.bulk_create(
        [
            Responsibility(
                municipality_id=viewer.municipality_id,
                pseudonym_id=one.pseudonym_id,
                coach_id=one.coach_id,
                team_id=teams[one.coach_id],
                starts_on=max(one.coach_starts_on or one.starts_on, free[one.pseudonym_id]),
                ends_on=one.ends_on or STILL_OPEN,
            )
            for one in resumptions
        ],
        batch_size=2_000,
    )


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


def _free_from(viewer: Viewer, people: Sequence[int]) -> dict[int, date]:
    """Return the first day on which nobody is responsible for each any more."""
    free = dict.fromkeys(people, date.min)
    rows = Responsibility.objects.visible_to(viewer)
    for group in in_groups(people):
        for person, day in rows.filter(pseudonym_id__in=group).values_list(
            "pseudonym_id", "ends_on"
        ):
            free[person] = max(free[person], day)
    return free
