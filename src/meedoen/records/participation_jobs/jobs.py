"""People's participation jobs as the clock of the law sees them, for many people at once."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.participation_jobs.models import Decision
from meedoen.records.people.models import Resident
from meedoen.records.placements.models import StatePeriod
from meedoen.rules.participation_job.decided import Decided, Matter, clock_facts
from meedoen.rules.participation_job.facts import ClockFacts
from meedoen.rules.participation_job.joined import Worked, joined
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import PlaceKind, PlacementState


@dataclass(frozen=True, slots=True)
class Jobs:
    """All participation jobs of one person, and every word on them, the oldest first.

    `placement_key` is that of the job that began last.
    """

    pseudonym_id: int
    placement_key: uuid.UUID
    worked: tuple[Worked, ...]
    birth_date: date | None
    rows: tuple[Decision, ...] = ()

    @property
    def holding(self) -> list[Decision]:
        """Return the rows that hold: the newest of each matter and number, not taken back."""
        newest = {(row.matter, row.number): row for row in self.rows}
        return [row for row in newest.values() if not row.withdrawn]

    @property
    def facts(self) -> ClockFacts:
        """Return the facts for the clock."""
        return clock_facts(
            joined(self.worked), map(decided, self.holding), birth_date=self.birth_date
        )

    @property
    def seen(self) -> int:
        """Return the id of the newest row, 0 when there is none."""
        return self.rows[-1].pk if self.rows else 0

    def with_row(self, row: Decision) -> "Jobs":
        """Return the same with one row more, the newest."""
        return replace(self, rows=(*self.rows, row))


@dataclass(slots=True)
class _Work:
    """What is gathered of one person; `began_on` is the first day of the job that began last."""

    worked: list[Worked] = field(default_factory=list)
    first_days: dict[uuid.UUID, date] = field(default_factory=dict)

    def newest(self) -> uuid.UUID:
        return max(self.first_days, key=lambda key: (self.first_days[key], key.int))


def jobs_of(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, Jobs]:
    """Return the participation jobs of these people, by pseudonym; who never began is left out.

    Three questions for a group of people, however many they are. For coaches, for a resident
    about oneself and for Meedoen itself; nothing for an organisation.
    """
    if not viewer.may(Permission.SEE_CASELOAD) and not viewer.may(Permission.SEE_OWN_PATH):
        return {}
    found: dict[int, Jobs] = {}
    for group in in_groups(sorted(set(pseudonym_ids))):
        found |= _of_group(viewer, group)
    return found


def decided(row: Decision) -> Decided:
    """Return a row as the rules know it."""
    return Decided(
        matter=Matter(row.matter),
        on=row.day,
        number=row.number,
        choice=row.choice,
        ends_on=row.ends_on,
        other_work=row.other_work,
        other_environment=row.other_environment,
        cents=row.cents,
    )


def _of_group(viewer: Viewer, pseudonym_ids: Sequence[int]) -> dict[int, Jobs]:
    work = _work(viewer, pseudonym_ids)
    if not work:
        return {}
    rows = _rows(viewer, list(work))
    residents = Resident.objects.visible_to(viewer).filter(pseudonym_id__in=list(work))
    birth_dates = dict(residents.values_list("pseudonym_id", "birth_date"))
    return {
        pseudonym_id: Jobs(
            pseudonym_id=pseudonym_id,
            placement_key=one.newest(),
            worked=tuple(one.worked),
            birth_date=birth_dates.get(pseudonym_id),
            rows=tuple(rows.get(pseudonym_id, ())),
        )
        for pseudonym_id, one in work.items()
    }


def _work(viewer: Viewer, pseudonym_ids: Sequence[int]) -> dict[int, _Work]:
    periods = StatePeriod.objects.visible_to(viewer).filter(
        placement__pseudonym_id__in=pseudonym_ids,
        entry__place_kind=PlaceKind.PARTICIPATION_JOB,
        state__in=TAKES_PART,
        withdrawn=False,
    )
    found: dict[int, _Work] = {}
    for pseudonym_id, key, state, starts_on, ends_on in periods.values_list(
        "placement__pseudonym_id", "placement__key", "state", "starts_on", "ends_on"
    ):
        one = found.setdefault(pseudonym_id, _Work())
        end = None if ends_on == STILL_OPEN else ends_on
        one.worked.append(Worked(starts_on, end, paused=state == PlacementState.PAUSED))
        one.first_days[key] = min(starts_on, one.first_days.get(key, starts_on))
    return found


def _rows(viewer: Viewer, pseudonym_ids: Sequence[int]) -> Mapping[int, Sequence[Decision]]:
    rows = Decision.objects.visible_to(viewer).filter(pseudonym_id__in=pseudonym_ids)
    found: dict[int, list[Decision]] = {}
    for row in rows.select_related("recorded_by__account").order_by("pk"):
        found.setdefault(row.pseudonym_id, []).append(row)
    return found
