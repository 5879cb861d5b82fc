"""Who was at a place on which days, week by week."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.client_numbers import client_numbers
from meedoen.records.placements.models import AT_AN_ORGANISATION, Attendance, StatePeriod
from meedoen.records.placements.names import first_names
from meedoen.records.placements.stretches import stretches_of_coming
from meedoen.records.places.models import Place
from meedoen.rules import half_days
from meedoen.rules.vocabulary import Presence

DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySaid:
    """What was said last about one day of somebody; hours are None where none were given."""

    attendance_id: int
    presence: Presence
    hours: Decimal | None
    noted_by: str


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day on which somebody could be there; `said` is None while nothing was noted."""

    day: date
    said: DaySaid | None

    @property
    def seen(self) -> int:
        """The number of the newest word about this day that the page shows; 0 for none."""
        return self.said.attendance_id if self.said else 0


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """Somebody at the place, with the days of the week on which they took part in it."""

    key: uuid.UUID
    given_name: str
    client_number: str
    cells: tuple[DayCell, ...]

    @property
    def hours(self) -> Decimal:
        """The hours that were noted for this week together."""
        given = [cell.said.hours for cell in self.cells if cell.said and cell.said.hours]
        return sum(given, Decimal(0))


@dataclass(frozen=True, slots=True)
class AttendanceWeek:
    """The week of a place that begins on `monday`; `days` are those it is open or was noted on."""

    place_key: uuid.UUID
    title: str
    monday: date
    days: tuple[date, ...]
    people: tuple[PersonWeek, ...]

    @property
    def hours(self) -> Decimal:
        """The hours of everyone together."""
        return sum((one.hours for one in self.people), Decimal(0))


@dataclass(frozen=True, slots=True)
class AttendancePlace:
    """A place of the own organisation that asks who was there."""

    key: uuid.UUID
    title: str


def places_with_attendance(viewer: Viewer) -> Sequence[AttendancePlace]:
    """Return the own places that ask for attendance, by title."""
    if viewer.role not in AT_AN_ORGANISATION:
        return []
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id,
        organisation_id__in=[viewer.organisation_id],
        asks_attendance=True,
    )
    return [AttendancePlace(row.key, row.title) for row in rows.order_by("title", "pk")]


def attendance_week(viewer: Viewer, *, place_key: uuid.UUID, monday: date) -> AttendanceWeek | None:
    """Return a week of an own place that asks for attendance; None for any other place."""
    if viewer.role not in AT_AN_ORGANISATION:
        return None
    place = Place.objects.filter(
        municipality_id=viewer.municipality_id,
        organisation_id__in=[viewer.organisation_id],
        asks_attendance=True,
        key=place_key,
    ).first()
    if place is None:
        return None
    until = monday + timedelta(days=DAYS_IN_WEEK - 1)
    stretches = _by_placement(
        stretches_of_coming(viewer, since=monday, until=until)
        .filter(placement__place=place)
        .select_related("placement")
        .order_by("placement_id", "starts_on")
    )
    names = first_names(viewer, stretches)
    in_order = sorted(stretches, key=lambda placement_id: names[placement_id])
    said = newest_days(viewer, placement_ids=in_order, since=monday, until=until)
    days = _open_days(place, monday) | {day for _placement, day in said}
    numbers = client_numbers(
        viewer,
        pairs=[
            (of_one[0].placement.pseudonym_id, place.organisation_id)
            for of_one in stretches.values()
        ],
    )
    today = clock.today()
    return AttendanceWeek(
        place_key=place.key,
        title=place.title,
        monday=monday,
        days=tuple(sorted(days)),
        people=tuple(
            PersonWeek(
                key=stretches[placement_id][0].placement.key,
                given_name=names[placement_id],
                client_number=numbers[
                    stretches[placement_id][0].placement.pseudonym_id, place.organisation_id
                ],
                cells=tuple(
                    DayCell(day, said.get((placement_id, day)))
                    for day in sorted(days)
                    if day <= today and _came_on(stretches[placement_id], day)
                ),
            )
            for placement_id in in_order
        ),
    )


def _by_placement(rows: Iterable[StatePeriod]) -> dict[int, list[StatePeriod]]:
    """Return stretches by placement: a trial, what follows and a pause may fall in one week."""
    found: dict[int, list[StatePeriod]] = {}
    for row in rows:
        found.setdefault(row.placement_id, []).append(row)
    return found


def _came_on(stretches: Sequence[StatePeriod], day: date) -> bool:
    return any(one.starts_on <= day < one.ends_on for one in stretches)


def _open_days(place: Place, monday: date) -> set[date]:
    """Return the days of a week on which a place is open, by its half-days."""
    open_on = {code.partition("_")[0] for code in half_days.codes(place.half_days)}
    return {monday + timedelta(days=at) for at, day in enumerate(half_days.DAYS) if day in open_on}


def newest_days(
    viewer: Viewer, *, placement_ids: Sequence[int], since: date, until: date
) -> Mapping[tuple[int, date], DaySaid]:
    """Return what was said last about each day of a stretch, both ends included."""
    rows = Attendance.objects.visible_to(viewer).filter(day__range=(since, until))
    found: dict[tuple[int, date], DaySaid] = {}
    for group in in_groups(sorted(set(placement_ids))):
        in_order = rows.filter(placement_id__in=group).select_related("noted_by__account")
        for row in in_order.order_by("pk"):
            found[row.placement_id, row.day] = DaySaid(
                attendance_id=row.pk,
                presence=Presence(row.presence),
                hours=row.hours,
                noted_by=row.noted_by.account.name if row.noted_by else "",
            )
    return found


def hours_noted(
    viewer: Viewer, *, placement_ids: Sequence[int], since: date, until: date
) -> Mapping[int, Decimal]:
    """Return what the noted hours of a stretch add up to, by placement that noted any."""
    found: dict[int, Decimal] = {}
    days = newest_days(viewer, placement_ids=placement_ids, since=since, until=until)
    for (placement_id, _day), said in days.items():
        if said.hours is not None:
            found[placement_id] = found.get(placement_id, Decimal(0)) + said.hours
    return found


def days_of(viewer: Viewer, *, key: uuid.UUID, most: int) -> Sequence[DayCell]:
    """Return the days of a placement that were noted, the newest first, at most so many."""
    rows = Attendance.objects.visible_to(viewer).filter(placement__key=key)
    newest = rows.order_by("-day").values_list("day", flat=True).distinct()[:most]
    days = list(newest)
    if not days:
        return []
    placement_id = rows.values_list("placement_id", flat=True)[:1].get()
    said = newest_days(viewer, placement_ids=[placement_id], since=min(days), until=max(days))
    return [DayCell(day, said[placement_id, day]) for day in days]
