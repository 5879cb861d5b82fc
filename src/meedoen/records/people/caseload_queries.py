"""What an import needs to know of many people at once; see records/caseloads."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.encryption import blind_index
from meedoen.records.people.models import Resident, Responsibility
from meedoen.rules.caseload.compare import Known, Named
from meedoen.rules.vocabulary import EntryKind


@dataclass(frozen=True, slots=True)
class NameCard:
    """Just enough to recognise somebody by."""

    name: str
    birth_date: date


def visible_names(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, NameCard]:
    """Return the names of those whose files the viewer may open, by pseudonym."""
    found: dict[int, NameCard] = {}
    rows = Resident.objects.visible_to(viewer)
    for group in in_groups(sorted(set(pseudonym_ids))):
        found.update(
            (row.pseudonym_id, NameCard(str(row).strip(), row.birth_date))
            for row in rows.filter(pseudonym_id__in=group)
        )
    return found


def known_by_number(
    viewer: Viewer, *, numbers: Iterable[str], team_id: int | None
) -> dict[str, Known]:
    """Return who has these citizen service numbers, by number, whether visible or not.

    For Meedoen itself. `team_id` is the team whose own people they may be; None makes
    everybody's people one's own.
    """
    by_index = {blind_index(number): number for number in numbers}
    rows: list[Resident] = []
    for group in in_groups(list(by_index)):
        rows += _residents(viewer).filter(bsn_index__in=group)
    known = _known(viewer, rows, team_id)
    return {by_index[row.bsn_index]: known[row.pseudonym_id] for row in rows}


def with_numbers(viewer: Viewer, *, numbers: Iterable[str]) -> dict[str, int]:
    """Return the pseudonyms of those who have one of these numbers, for Meedoen itself."""
    by_index = {blind_index(number): number for number in numbers}
    found: dict[str, int] = {}
    for group in in_groups(list(by_index)):
        rows = Resident.objects.visible_to(viewer).filter(bsn_index__in=group)
        found.update(
            (by_index[index], person)
            for index, person in rows.values_list("bsn_index", "pseudonym_id")
        )
    return found


def known_people(
    viewer: Viewer, *, pseudonym_ids: Iterable[int], team_id: int | None
) -> dict[int, Known]:
    """Return these people by pseudonym; see `known_by_number`."""
    rows: list[Resident] = []
    for group in in_groups(sorted(set(pseudonym_ids))):
        rows += _residents(viewer).filter(pseudonym_id__in=group)
    return _known(viewer, rows, team_id)


def _residents(viewer: Viewer) -> "QuerySet[Resident]":
    return Resident.objects.visible_to(viewer).defer("bsn").select_related("benefit_entry")


def _known(viewer: Viewer, rows: Sequence[Resident], team_id: int | None) -> dict[int, Known]:
    people = [row.pseudonym_id for row in rows]
    since = benefit_since(viewer, people)
    responsible = _responsible(viewer, people)
    today = clock.today()
    found: dict[int, Known] = {}
    for row in rows:
        now = responsible.get(row.pseudonym_id, [])
        entry = row.benefit_entry
        found[row.pseudonym_id] = Known(
            pseudonym_id=row.pseudonym_id,
            given_name=row.given_name,
            family_name=row.family_name,
            birth_date=row.birth_date,
            phone=row.phone,
            district_id=row.district_id,
            benefit_since=since.get(row.pseudonym_id, entry.starts_on),
            stretch_starts_on=entry.starts_on,
            benefit_ends_on=None if entry.ends_on == STILL_OPEN else entry.ends_on,
            coach_id=now[0].coach_id if now else None,
            hand_over_planned=bool(now) and now[-1].starts_on > today,
            is_own=team_id is None or (bool(now) and now[0].team_id == team_id),
        )
    return found


def _responsible(viewer: Viewer, people: Sequence[int]) -> dict[int, list[Responsibility]]:
    """Return who is responsible today for each, followed by who comes next.

    Before the first coach began that is the first, after the last one ended the last.
    """
    every: dict[int, list[Responsibility]] = {}
    rows = Responsibility.objects.visible_to(viewer).order_by("starts_on", "pk")
    for group in in_groups(people):
        for row in rows.filter(pseudonym_id__in=group):
            every.setdefault(row.pseudonym_id, []).append(row)
    today = clock.today()
    return {
        person: [row for row in found if row.ends_on > today] or found[-1:]
        for person, found in every.items()
    }


def benefit_since(viewer: Viewer, people: Sequence[int]) -> dict[int, date]:
    """Return the first day of the last benefit of each: its stretches that touch are one."""
    stretches = Entry.objects.visible_to(viewer).filter(
        kind=EntryKind.BENEFIT, withdrawn=False, replaced_by__isnull=True
    )
    since: dict[int, date] = {}
    until: dict[int, date] = {}
    for group in in_groups(people):
        found = stretches.filter(pseudonym_id__in=group).order_by("starts_on", "pk")
        for person, starts_on, ends_on in found.values_list("pseudonym_id", "starts_on", "ends_on"):
            if until.get(person) != starts_on:
                since[person] = starts_on
            until[person] = ends_on
    return since


def born_on(
    viewer: Viewer, *, days: Iterable[date], besides: Collection[str]
) -> dict[date, list[Named]]:
    """Return everybody with one of these birth dates, for Meedoen itself to compare names.

    But for those with one of the numbers of which the digests are given (see `blind_index`).
    """
    found: dict[date, list[Named]] = {}
    for group in in_groups(sorted(set(days))):
        rows = Resident.objects.visible_to(viewer).filter(birth_date__in=group)
        told = rows.values_list("pseudonym_id", "birth_date", "family_name", "bsn_index")
        for person, day, name, index in told:
            if index not in besides:
                found.setdefault(day, []).append(Named(person, name))
    return found


def on_benefit(viewer: Viewer, *, before: date) -> dict[int, tuple[date, Named]]:
    """Return the viewer's people with a benefit that runs and last changed before this day.

    By pseudonym, with birth date and name. Who started or moved later is left out: a file of
    this day says nothing about them.
    """
    rows = Resident.objects.visible_to(viewer).filter(
        benefit_entry__ends_on=STILL_OPEN, benefit_entry__starts_on__lt=before
    )
    return {
        person: (day, Named(person, name))
        for person, day, name in rows.values_list("pseudonym_id", "birth_date", "family_name")
    }
