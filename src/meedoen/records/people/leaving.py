"""Who stays responsible for people who leave the benefit, and until when.

Guidance ends with the benefit, or with the last placement when that goes on for longer: as long
as somebody holds a seat, a coach must be able to see that and to end it. After a placement it goes
on for the aftercare that is planned, so that there is somebody to ask how it goes; not after a
death or a move. Used by the actions, inside their transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.departures import departures
from meedoen.records.people.models import Resident, Responsibility
from meedoen.rules.placement_states import HOLDS_A_SEAT, TAKES_PART
from meedoen.rules.places.following import NO_AFTERCARE, Going, followed_until, gone_after
from meedoen.rules.vocabulary import EntryKind, Outcome


def end_with_benefit(viewer: Viewer, *, first_days_without: Mapping[int, date]) -> None:
    """Let responsibility end on these first days without a benefit, by pseudonym.

    It goes on for whoever holds a seat.
    """
    system = _meedoen(viewer)
    seated = _seated(system, list(first_days_without))
    rows = Responsibility.objects.visible_to(system).filter(ends_on=STILL_OPEN)
    for group in in_groups(sorted(seated)):
        rows.filter(pseudonym_id__in=group).update(for_placement=True)
    left = {person: day for person, day in first_days_without.items() if person not in seated}
    _end(system, _after_aftercare(system, left))


def end_with_placement(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> None:
    """Let responsibility end that only went on for a placement, when no seat is held any more.

    Called when placements of these people ended; who changes them is held by the caller. The
    coach keeps this day to round things off, and the days that the benefit still lasts.
    """
    system = _meedoen(viewer)
    rows = Responsibility.objects.visible_to(system).filter(for_placement=True, ends_on=STILL_OPEN)
    left: set[int] = set()
    for group in in_groups(sorted(set(pseudonym_ids))):
        left.update(rows.filter(pseudonym_id__in=group).values_list("pseudonym_id", flat=True))
    left -= _seated(system, sorted(left))
    _end(system, _after_aftercare(system, _after_benefit(system, left)))


def go_on_for_aftercare(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> None:
    """Let responsibility that ends on a day to come go on for the aftercare that is planned.

    Called when there is aftercare after all; who changes these people is held by the caller.
    """
    system = _meedoen(viewer)
    last = _last_ends(system, pseudonym_ids)
    until = _after_aftercare(system, {person: ends_on for person, (_row, ends_on) in last.items()})
    rows = Responsibility.objects.visible_to(system)
    for person, (row_id, ends_on) in last.items():
        if until[person] > ends_on:
            rows.filter(pk=row_id).update(ends_on=until[person])


def end_with_aftercare(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> None:
    """Let responsibility end that only went on for aftercare, when there is none any more.

    Called when these people were asked for the last time; who changes them is held by the caller.
    The coach keeps this day, and whoever still has a benefit or a seat keeps the coach.
    """
    system = _meedoen(viewer)
    left = set(pseudonym_ids) - _seated(system, sorted(set(pseudonym_ids)))
    _end(system, _after_benefit(system, left))


def stay_for_placement(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> None:
    """Let responsibility go on that would end on a day to come, for people who got a seat.

    Called when these people were placed; who changes them is held by the caller.
    """
    system = _meedoen(viewer)
    last = _last_ends(system, pseudonym_ids)
    rows = Responsibility.objects.visible_to(system)
    ending = [row_id for row_id, ends_on in last.values() if ends_on != STILL_OPEN]
    for some in in_groups(ending):
        rows.filter(pk__in=some).update(ends_on=STILL_OPEN, for_placement=True)


def _after_benefit(system: Viewer, people: Collection[int]) -> dict[int, date]:
    """Return the first day after this one and after the benefit, by person."""
    tomorrow = clock.today() + timedelta(days=1)
    days = dict.fromkeys(people, tomorrow)
    for group in in_groups(sorted(people)):
        residents = Resident.objects.visible_to(system).filter(pseudonym_id__in=group)
        for person, ends_on in residents.values_list("pseudonym_id", "benefit_entry__ends_on"):
            days[person] = max(tomorrow, ends_on)
    return days


def _after_aftercare(system: Viewer, days: Mapping[int, date]) -> dict[int, date]:
    """Return these days, or the day after the last one on which aftercare can be due."""
    entries = Entry.objects.visible_to(system).filter(
        kind=EntryKind.PLACEMENT, withdrawn=False, replaced_by__isnull=True
    )
    later = dict(days)
    gone = departures(system, pseudonym_ids=sorted(days))
    ends: list[tuple[int, Outcome, date]] = []
    for group in in_groups(sorted(days)):
        some = entries.filter(pseudonym_id__in=group).exclude(outcome="")
        for person, state, outcome, over in some.values_list(
            "pseudonym_id", "state", "outcome", "ends_on"
        ):
            last_day = over - timedelta(days=1) if state in TAKES_PART else over
            if outcome in NO_AFTERCARE:
                gone.setdefault(person, []).append(Going(Outcome(outcome), last_day))
            elif state in TAKES_PART:
                ends.append((person, Outcome(outcome), last_day))
    for person, outcome, last_day in ends:
        until = followed_until(outcome, last_day=last_day)
        if until is not None and not gone_after(gone.get(person, ()), last_day=last_day):
            later[person] = max(later[person], until + timedelta(days=1))
    return later


def _last_ends(system: Viewer, people: Sequence[int]) -> dict[int, tuple[int, date]]:
    """Return the last responsibility for each of these that is not over: its row and its end."""
    rows = Responsibility.objects.visible_to(system).filter(ends_on__gt=clock.today())
    last: dict[int, tuple[int, date]] = {}
    for group in in_groups(sorted(set(people))):
        found = rows.filter(pseudonym_id__in=group).order_by("starts_on", "pk")
        for person, row_id, ends_on in found.values_list("pseudonym_id", "pk", "ends_on"):
            last[person] = row_id, ends_on
    return last


def _meedoen(viewer: Viewer) -> Viewer:
    # Of another team too: a hand-over to them may be planned for after the end.
    return Viewer.system(viewer.municipality_id)


def _seated(system: Viewer, people: Sequence[int]) -> set[int]:
    """Return who of these holds a seat, or did when that was last written down."""
    entries = Entry.objects.visible_to(system).filter(
        kind=EntryKind.PLACEMENT,
        state__in=HOLDS_A_SEAT,
        ends_on=STILL_OPEN,
        withdrawn=False,
        replaced_by__isnull=True,
    )
    found: set[int] = set()
    for group in in_groups(people):
        some = entries.filter(pseudonym_id__in=group)
        found.update(some.values_list("pseudonym_id", flat=True))
    return found


def _end(system: Viewer, first_days_without: Mapping[int, date]) -> None:
    """Cut off what lasts beyond these days, by pseudonym, and drop what would only begin then."""
    every = Responsibility.objects.visible_to(system).filter(ends_on__gt=clock.today())
    for group in in_groups(list(first_days_without)):
        lasting: dict[int, list[Responsibility]] = {}
        for row in every.filter(pseudonym_id__in=group).order_by("starts_on"):
            if row.ends_on > first_days_without[row.pseudonym_id]:
                lasting.setdefault(row.pseudonym_id, []).append(row)
        first = [rows[0] for rows in lasting.values()]
        every.filter(pk__in=[row.pk for rows in lasting.values() for row in rows[1:]]).delete()
        for row in first:
            day = first_days_without[row.pseudonym_id]
            row.ends_on = max(day, row.starts_on + timedelta(days=1))
        every.bulk_update(first, ["ends_on"], batch_size=200)
