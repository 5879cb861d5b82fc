"""Entering places, changing them by a new period, and holding seats at them.

Each change comes in a plural form that does many at once; a place changes by a new statement
about it from a day on, and what was said before stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from meedoen.records.directory.own import demand_own, is_at_organisation
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.checks import check_details
from meedoen.records.places.details import (
    PlaceDetails,
    as_columns,
    as_facts,
    from_facts,
    standing_facts,
)
from meedoen.records.places.finding import make_findable
from meedoen.records.places.models import Place, PlaceInterest, PlacePeriod
from meedoen.records.places.presences import presences_at
from meedoen.records.places.room import half_day_fault, room_fault
from meedoen.rules.places.freshness import confirm_by
from meedoen.rules.vocabulary import PlacementState, PlaceStatus

FURTHEST_CHANGE_DAYS = 366
"""How far ahead a change may be written down; further is rather a slip of the year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace(PlaceDetails):
    """A place to enter.

    `confirmed_on` is the day on which somebody at the organisation stood for it; None is never.
    """

    status: PlaceStatus = PlaceStatus.LISTED
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChange:
    """What a place is from a day on.

    `seen` is the number of the newest period that was shown to whoever changes it; None skips
    the question whether somebody else changed it in the meantime.
    """

    place_id: int
    starts_on: date
    details: PlaceDetails
    reason: str = ""
    seen: int | None = None


class PlaceFullError(ActionRefusedError):
    """There is no free seat at the place."""

    def __init__(self, sentence: str = "") -> None:
        """Say it in this sentence, or in the usual one."""
        super().__init__(sentence or _("Op deze plek is geen ruimte meer. Kies een andere plek."))


# --- entering and changing -----------------------------------------------------------------------


@action(Permission.MANAGE_PLACES)
def enter_places(viewer: Viewer, *, places: Sequence[NewPlace]) -> list[int]:
    """Enter places and return their ids, in the same order. Raises ActionRefusedError."""
    return keep_new_places(viewer, places=places)


def keep_new_places(viewer: Viewer, *, places: Sequence[NewPlace]) -> list[int]:
    """Keep places that an action enters, in its transaction; return their ids in order.

    Raises ActionRefusedError with everything that is wrong with them.
    """
    demand_own(viewer, {place.organisation_id for place in places})
    check_details(viewer, places)
    now, today = clock.now(), clock.today()
    rows = Place.objects.bulk_create(
        [
            Place(
                municipality_id=viewer.municipality_id,
                status=place.status,
                confirmed_on=place.confirmed_on,
                confirm_by=place.confirmed_on and confirm_by(place.kind, place.confirmed_on),
                changed_at=now,
                **as_columns(place),
            )
            for place in places
        ],
        batch_size=500,
    )
    numbers = [row.pk for row in rows]
    PlacePeriod.objects.bulk_create(
        [
            # A place that opened long ago is known from that day on, as far as we know.
            _period(viewer, number, min(place.opens_on, today), place, place, now)
            for number, place in zip(numbers, places, strict=True)
        ],
        batch_size=500,
    )
    _keep_interests(viewer, rows)
    make_findable(viewer, place_ids=numbers)
    return numbers


@action(Permission.MANAGE_PLACES)
def change_places(viewer: Viewer, *, changes: Sequence[PlaceChange]) -> None:
    """Write down what places are from a day on, today or later; what was said before stays.

    Raises ActionRefusedError, all or none: for a place that is not there or of another
    organisation, for what does not fit together, for less room than there are people, for another
    kind while somebody has or waits for a seat, and when somebody else changed it in the meantime.
    """
    keep_changes(viewer, changes=changes)


def keep_changes(
    viewer: Viewer, *, changes: Sequence[PlaceChange], link_id: int | None = None
) -> None:
    """Keep what an action changes of places, in its transaction; see `change_places`."""
    rows = locked_places(viewer, [change.place_id for change in changes])
    demand_own(viewer, {change.details.organisation_id for change in changes})
    check_details(viewer, [change.details for change in changes])
    newest = _newest_periods(viewer, list(rows))
    today, now = clock.today(), clock.now()
    for change in changes:
        _check_change(change, newest.get(change.place_id, 0), today)
    _check_room(viewer, changes, rows)
    _check_kinds(viewer, changes, rows)
    PlacePeriod.objects.bulk_create(
        [
            _period(
                viewer,
                change.place_id,
                change.starts_on,
                change.details,
                rows[change.place_id],
                now,
                reason=change.reason,
                link_id=link_id,
            )
            for change in changes
        ],
        batch_size=500,
    )
    _bring_up_to_date(viewer, [one.place_id for one in changes if one.starts_on <= today])


@action(Permission.MANAGE_PLACES)
def apply_due_periods(viewer: Viewer) -> int:
    """Let what was written down for today or earlier hold; return of how many places.

    Done every night; doing it again changes nothing.
    """
    today = clock.today()
    due = PlacePeriod.objects.filter(
        municipality_id=viewer.municipality_id,
        starts_on__range=(today - timedelta(days=FURTHEST_CHANGE_DAYS), today),
        # What was written down for a later day, so that it did not hold at once.
        starts_on__gt=TruncDate("recorded_at"),
    )
    places = sorted(set(due.values_list("place_id", flat=True)))
    return _bring_up_to_date(viewer, places)


def locked_places(viewer: Viewer, place_ids: Sequence[int]) -> dict[int, Place]:
    """Return places of the viewer's municipality, own ones for a partner, locked for a change.

    Raises ActionRefusedError when one is not there, and when one is asked for twice.
    """
    if len(set(place_ids)) < len(place_ids):
        raise ActionRefusedError(_("Dezelfde plek staat er twee keer bij."))
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    if is_at_organisation(viewer):
        rows = rows.filter(organisation_id__in=[viewer.organisation_id])
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    found: dict[int, Place] = {}
    for group in in_groups(sorted(place_ids)):
        found |= {row.pk: row for row in rows.filter(pk__in=group).order_by("pk")}
    if len(found) < len(place_ids):
        raise ActionRefusedError(_("Deze plek bestaat niet of is niet voor u."))
    return found


def _check_change(change: PlaceChange, newest: int, today: date) -> None:
    if change.seen is not None and change.seen != newest:
        raise ActionRefusedError(
            _("Iemand anders heeft deze plek net gewijzigd. Kijk wat er staat, en pas dat aan.")
        )
    if not today <= change.starts_on <= today + timedelta(days=FURTHEST_CHANGE_DAYS):
        raise ActionRefusedError(_("Kies een dag vanaf vandaag, en hoogstens een jaar vooruit."))


def _check_room(viewer: Viewer, changes: Sequence[PlaceChange], rows: Mapping[int, Place]) -> None:
    """Refuse less room than there are people, in all and on each half-day.

    Raises ActionRefusedError with everything that is wrong.
    """
    faults = [
        fault
        for one in changes
        for fault in room_fault(one.details.capacity, rows[one.place_id].taken)
    ]
    limited = {
        one.place_id: one.details.half_days
        for one in changes
        if one.details.most_per_half_day is not None and rows[one.place_id].taken
    }
    come = presences_at(viewer, half_days=limited) if limited else {}
    for one in changes:
        if one.place_id in come:
            planned = current_facts(viewer, place_ids=[one.place_id], on=one.starts_on)
            before = from_facts(planned[one.place_id]).most_per_half_day
            most = one.details.most_per_half_day
            faults += half_day_fault(most, before, come[one.place_id], one.starts_on)
    if faults:
        raise ActionRefusedError(" ".join(dict.fromkeys(faults)))


def _check_kinds(viewer: Viewer, changes: Sequence[PlaceChange], rows: Mapping[int, Place]) -> None:
    """Refuse another kind for who is there already: what the law says of it goes with the kind.

    Raises ActionRefusedError. What was planned already while nobody was there, may be said again.
    """
    other = [one for one in changes if one.details.kind != rows[one.place_id].kind]
    if not other:
        return
    with_people = _with_people(viewer, [one.place_id for one in other])
    for one in other:
        planned = current_facts(viewer, place_ids=[one.place_id], on=one.starts_on)
        if one.place_id in with_people and planned[one.place_id]["kind"] != one.details.kind:
            raise ActionRefusedError(
                _(
                    "De soort van deze plek kan nu niet anders: er horen al mensen bij. Voer een "
                    "nieuwe plek in, en laat deze stoppen."
                )
            )


def _with_people(viewer: Viewer, place_ids: Sequence[int]) -> set[int]:
    """Return at which of these places somebody has a seat or waits for one."""
    # Placements are kept a layer above: asked through the relation, whoever looks, and only whether
    # there is somebody.
    waits = Q(placement__state=PlacementState.WAITING)
    rows = Place.objects.filter(Q(taken__gt=0) | waits, municipality_id=viewer.municipality_id)
    found: set[int] = set()
    for group in in_groups(sorted(set(place_ids))):
        found.update(rows.filter(pk__in=group).values_list("pk", flat=True))
    return found


def _newest_periods(viewer: Viewer, place_ids: Sequence[int]) -> dict[int, int]:
    rows = PlacePeriod.objects.filter(municipality_id=viewer.municipality_id)
    found: dict[int, int] = {}
    for group in in_groups(place_ids):
        found |= dict(rows.filter(place_id__in=group).order_by("pk").values_list("place_id", "pk"))
    return found


def _period(
    viewer: Viewer,
    place_id: int,
    starts_on: date,
    details: PlaceDetails,
    standing: Place | NewPlace,
    now: datetime,
    *,
    reason: str = "",
    link_id: int | None = None,
) -> PlacePeriod:
    """Return a statement, with how the place stood in the directory when it was said."""
    return PlacePeriod(
        municipality_id=viewer.municipality_id,
        place_id=place_id,
        starts_on=starts_on,
        recorded_at=now,
        recorded_by_id=viewer.membership_id,
        link_id=link_id,
        facts={**as_facts(details), **standing_facts(standing.status, standing.confirmed_on)},
        reason=reason,
    )


def _bring_up_to_date(viewer: Viewer, place_ids: Sequence[int]) -> int:
    """Make places what their periods say they are today; return how many changed."""
    current = current_facts(viewer, place_ids=place_ids, on=clock.today())
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    with_people = _with_people(viewer, list(current))
    changed = []
    for group in in_groups(sorted(current)):
        for row in rows.filter(pk__in=group):
            columns = as_columns(from_facts(current[row.pk]))
            # Seats that were taken in the meantime stay; room and kind follow when they leave.
            columns["capacity"] = max(columns["capacity"], row.taken)
            if row.pk in with_people:
                columns["kind"] = row.kind
            if any(getattr(row, name) != value for name, value in columns.items()):
                for name, value in columns.items():
                    setattr(row, name, value)
                row.changed_at = clock.now()
                changed.append(row)
    names = [*as_columns(from_facts(current[changed[0].pk])), "changed_at"] if changed else []
    if changed:
        Place.objects.bulk_update(changed, names, batch_size=200)
    _keep_interests(viewer, changed)
    make_findable(viewer, place_ids=[row.pk for row in changed])
    return len(changed)


def current_facts(
    viewer: Viewer, *, place_ids: Sequence[int], on: date
) -> dict[int, dict[str, object]]:
    """Return the facts that hold on a day, by place: of the newest day, what was said last."""
    rows = PlacePeriod.objects.filter(municipality_id=viewer.municipality_id, starts_on__lte=on)
    found: dict[int, dict[str, object]] = {}
    for group in in_groups(sorted(place_ids)):
        in_order = rows.filter(place_id__in=group).order_by("starts_on", "recorded_at", "pk")
        found |= dict(in_order.values_list("place_id", "facts"))
    return found


def _keep_interests(viewer: Viewer, rows: Sequence[Place]) -> None:
    interests = PlaceInterest.objects.filter(municipality_id=viewer.municipality_id)
    for group in in_groups([row.pk for row in rows]):
        interests.filter(place_id__in=group).delete()
    PlaceInterest.objects.bulk_create(
        [
            PlaceInterest(municipality_id=viewer.municipality_id, place_id=row.pk, code=code)
            for row in rows
            for code in row.interests
        ],
        batch_size=2_000,
    )


# --- seats ---------------------------------------------------------------------------------------


def hold_seats(viewer: Viewer, *, changes: Mapping[int, int]) -> None:
    """Take (+) or give back (-) seats by place; called by actions in their transaction.

    The database itself refuses more than the capacity, also when two people take the last seat
    at the same moment. Raises PlaceFullError.
    """
    by_change: dict[int, list[int]] = {}
    for place_id, change in sorted(changes.items()):
        if change:
            by_change.setdefault(change, []).append(place_id)
    try:
        with transaction.atomic():
            _lock(viewer, sorted(changes))
            for change, place_ids in by_change.items():
                for group in in_groups(place_ids):
                    Place.objects.filter(
                        pk__in=group, municipality_id=viewer.municipality_id
                    ).update(taken=F("taken") + change)
    except IntegrityError as error:
        raise PlaceFullError from error


def _lock(viewer: Viewer, place_ids: Sequence[int]) -> None:
    """Lock several places in one order, so that two who want the same ones never wait in a ring."""
    if len(place_ids) < 2 or not connection.features.has_select_for_update:
        return
    rows = Place.objects.filter(municipality_id=viewer.municipality_id).select_for_update()
    for group in in_groups(place_ids):
        list(rows.filter(pk__in=group).order_by("pk").values_list("pk", flat=True))
