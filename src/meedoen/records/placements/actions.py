"""Placing someone, confirming the start, ending, and correcting what was not so.

Each change comes in a plural form that does many at once; the singular is the plural of one,
so loading years of history writes exactly what single actions would have written.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes, note_reading
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.links.actions import demand_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.client_numbers import client_numbers
from meedoen.records.people.leaving import end_with_placement, stay_for_placement
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.placements import periods
from meedoen.records.placements.been import Been, been_at
from meedoen.records.placements.models import Placement
from meedoen.records.placements.periods import Opened, Rewrite
from meedoen.records.places.actions import hold_seats
from meedoen.records.places.models import FoundPlace, Place
from meedoen.records.proposals.actions import note_choice
from meedoen.records.proposals.queries import resident_of_proposal
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import MoveNotAllowedError, MoveProblem, move
from meedoen.rules.vocabulary import (
    ChoiceReason,
    LinkPurpose,
    Outcome,
    PlaceKind,
    PlacementState,
    PlaceStatus,
    Preference,
)

FURTHEST_END_MONTHS = 60
"""A planned end that lies further ahead is a slip of the year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlacement:
    """Someone to propose at a place; `planned_end_on` is the last day that was agreed on."""

    pseudonym_id: int
    place_id: int
    proposed_on: date
    planned_end_on: date | None = None
    self_found: bool = False
    proposal_id: int | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change to one placement; what `on` means depends on the change."""

    placement_id: int
    on: date
    outcome: Outcome | None = None
    recorded_at: datetime | None = None


# --- placing ---------------------------------------------------------------------------------


@action(Permission.PLACE_RESIDENT)
def place_all(viewer: Viewer, *, placements: Sequence[NewPlacement]) -> list[int]:
    """Propose people at places, each holding a seat, and return the placements' ids in order.

    Raises ActionRefusedError, all or none; PlaceFullError when a place has no room.
    """
    districts = districts_of_visible(viewer, pseudonym_ids=[new.pseudonym_id for new in placements])
    places = _places(viewer, {new.place_id for new in placements})
    finders = _finders(viewer, places)
    for new in placements:
        _check_new(new, districts, places)
        _check_status(new, places[new.place_id], finders)
    hold_seats(viewer, changes=Counter(new.place_id for new in placements))
    rows = [
        Placement(
            municipality_id=viewer.municipality_id,
            pseudonym_id=new.pseudonym_id,
            place=places[new.place_id],
            proposal_id=new.proposal_id,
            self_found=new.self_found,
            planned_end_on=new.planned_end_on,
            state=PlacementState.PROPOSED,
        )
        for new in placements
    ]
    try:
        with transaction.atomic():
            Placement.objects.bulk_create(rows, batch_size=2_000)
    except IntegrityError as error:
        raise ActionRefusedError(_("Deze inwoner heeft deze plek al.")) from error
    periods.begin(
        viewer,
        [
            periods.Beginning(
                placement=row,
                state=PlacementState.PROPOSED,
                on=new.proposed_on,
                district_id=districts[new.pseudonym_id],
                recorded_at=new.recorded_at,
            )
            for row, new in zip(rows, placements, strict=True)
        ],
    )
    people = [new.pseudonym_id for new in placements]
    hold(viewer, pseudonym_ids=people)
    stay_for_placement(viewer, pseudonym_ids=people)
    # The organisation gets to know somebody now: from here on it knows them by a number.
    client_numbers(viewer, pairs=[(row.pseudonym_id, row.place.organisation_id) for row in rows])
    return [row.pk for row in rows]


@action(Permission.PLACE_RESIDENT)
def place_from_proposal(
    viewer: Viewer,
    *,
    proposal_key: uuid.UUID,
    place_id: int,
    resident_said: str,
    reason: ChoiceReason,
    preference: Preference,
    self_found: bool = False,
) -> uuid.UUID:
    """Place someone at a place from a proposal and return the placement's key.

    `reason` is why this place and not another; `preference` and `resident_said` are the person's.

    Raises ActionRefusedError; then neither the choice nor the placement is kept.
    """
    proposal_id, pseudonym_id = note_choice(
        viewer,
        key=proposal_key,
        place_id=place_id,
        resident_said=resident_said,
        reason=reason,
        preference=preference,
        earlier_kinds=_earlier_kinds(viewer, proposal_key),
    )
    [placement_id] = place_all(
        viewer,
        placements=[
            NewPlacement(
                pseudonym_id=pseudonym_id,
                place_id=place_id,
                proposed_on=clock.today(),
                self_found=self_found,
                proposal_id=proposal_id,
            )
        ],
    )
    return Placement.objects.visible_to(viewer).get(pk=placement_id).key


def _earlier_kinds(viewer: Viewer, proposal_key: uuid.UUID) -> frozenset[PlaceKind]:
    pseudonym_id = resident_of_proposal(viewer, key=proposal_key)
    if pseudonym_id is None:
        return frozenset()
    return been_at(viewer, pseudonym_ids=[pseudonym_id]).get(pseudonym_id, Been()).kinds


def _places(viewer: Viewer, place_ids: set[int]) -> dict[int, Place]:
    found: dict[int, Place] = {}
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    for group in in_groups(sorted(place_ids)):
        found.update(rows.in_bulk(list(group)))
    return found


def _finders(viewer: Viewer, places: Mapping[int, Place]) -> dict[int, int]:
    """Return for whom each place is that nobody verified yet: whose find it is."""
    proposed = [pk for pk, place in places.items() if place.status == PlaceStatus.PROPOSED]
    found: dict[int, int] = {}
    rows = FoundPlace.objects.visible_to(viewer)
    for group in in_groups(proposed):
        found |= dict(rows.filter(place_id__in=group).values_list("place_id", "pseudonym_id"))
    return found


def _check_status(new: NewPlacement, place: Place, finders: Mapping[int, int]) -> None:
    """Refuse a place that is not in the directory, but for the person who found it."""
    match PlaceStatus(place.status):
        case PlaceStatus.LISTED:
            return
        case PlaceStatus.PROPOSED:
            if finders.get(new.place_id) != new.pseudonym_id:
                raise ActionRefusedError(
                    _("Deze plek is nog niet bekeken, en alleen voor wie de plek vond.")
                )
        case PlaceStatus.REFUSED:
            raise ActionRefusedError(_("Deze plek is niet opgenomen. Kies een andere plek."))


def _check_new(
    new: NewPlacement, districts: Mapping[int, int], places: Mapping[int, Place]
) -> None:
    if new.pseudonym_id not in districts:
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    place = places.get(new.place_id)
    if place is None:
        raise ActionRefusedError(_("Deze plek bestaat niet."))
    if new.proposed_on > clock.today():
        raise ActionRefusedError(_("De datum ligt in de toekomst."))
    if not place.opens_on <= new.proposed_on < place.closes_on:
        raise ActionRefusedError(_("Deze plek is op die dag niet open. Kies een andere plek."))


# --- starting, ending, withdrawing -------------------------------------------------------------


@action(Permission.CONFIRM_PLACEMENT)
def confirm_all(viewer: Viewer, *, changes: Sequence[Change]) -> None:
    """Record that placements started; `on` is the first day. Raises ActionRefusedError."""
    numbers = {change.placement_id for change in changes}
    demand_link(viewer, purpose=LinkPurpose.CONFIRM_START, subject_ids=numbers)
    opened = _opened(viewer, changes)
    for change, one in opened:
        _move(one.placement, PlacementState.ACTIVE, change.outcome)
        _check_day(change.on, one.period.starts_on)
    periods.rewrite(
        viewer,
        [Rewrite(one.period, change.recorded_at, ends_on=change.on) for change, one in opened],
    )
    periods.begin(
        viewer,
        [
            periods.Beginning(
                placement=one.placement,
                state=PlacementState.ACTIVE,
                on=change.on,
                district_id=one.period.entry.district_id,
                recorded_at=change.recorded_at,
            )
            for change, one in opened
        ],
    )
    _save_states(viewer, opened)


@action(Permission.PLACE_RESIDENT)
def end_all(viewer: Viewer, *, changes: Sequence[Change]) -> None:
    """Record that running placements ended; `on` is the last day. Raises ActionRefusedError.

    Whoever left the benefit and has no other placement has no coach any more from tomorrow on.
    """
    _finish(viewer, changes, PlacementState.ENDED, lambda change: change.on + timedelta(days=1))


@action(Permission.PLACE_RESIDENT)
def withdraw_all(viewer: Viewer, *, changes: Sequence[Change]) -> None:
    """Record that proposed placements will not start, from day `on`. Raises ActionRefusedError."""
    _finish(viewer, changes, PlacementState.WITHDRAWN, lambda change: change.on)


def _finish(
    viewer: Viewer,
    changes: Sequence[Change],
    to: PlacementState,
    end_of: Callable[[Change], date],
) -> None:
    opened = _opened(viewer, changes)
    for change, one in opened:
        _move(one.placement, to, change.outcome)
        _check_day(change.on, one.period.starts_on)
    periods.rewrite(
        viewer,
        [
            Rewrite(one.period, change.recorded_at, ends_on=end_of(change), outcome=change.outcome)
            for change, one in opened
        ],
    )
    _save_states(viewer, opened)
    freed = Counter(one.placement.place_id for _change, one in opened)
    hold_seats(viewer, changes={place_id: -seats for place_id, seats in freed.items()})
    # After the places, in the order in which placing holds them: so neither waits for the other.
    people = [one.placement.pseudonym_id for _change, one in opened]
    hold(viewer, pseudonym_ids=people)
    end_with_placement(viewer, pseudonym_ids=people)


# --- correcting --------------------------------------------------------------------------------


@action(Permission.CORRECT_PLACEMENT)
def correct_start_days(viewer: Viewer, *, changes: Sequence[Change]) -> None:
    """Record that running placements really started on another day, `on`.

    New entries take the place of the old ones, which stay. Raises ActionRefusedError.
    """
    opened = _opened(viewer, changes)
    for change, one in opened:
        _demand_active(one.placement)
        _check_day(change.on, one.proposed.starts_on)
    periods.rewrite(
        viewer,
        [
            rewrite
            for change, one in opened
            for rewrite in (
                Rewrite(one.period, change.recorded_at, starts_on=change.on),
                Rewrite(one.proposed, change.recorded_at, ends_on=change.on),
            )
        ],
    )


@action(Permission.CORRECT_PLACEMENT)
def take_back_starts(viewer: Viewer, *, changes: Sequence[Change]) -> None:
    """Record that running placements never started: they are proposed again.

    `on` is not used. What was counted before stays findable as it was known then.
    Raises ActionRefusedError.
    """
    opened = _opened(viewer, changes)
    for _change, one in opened:
        _demand_active(one.placement)
        one.placement.state = PlacementState.PROPOSED
    # The running stretch goes first: only one stretch of a placement may be open.
    periods.rewrite(
        viewer,
        [Rewrite(one.period, change.recorded_at, withdrawn=True) for change, one in opened],
    )
    periods.rewrite(
        viewer,
        [Rewrite(one.proposed, change.recorded_at, ends_on=STILL_OPEN) for change, one in opened],
    )
    _save_states(viewer, opened)


# --- one at a time -------------------------------------------------------------------------------


@action(Permission.CONFIRM_PLACEMENT)
def confirm_start(viewer: Viewer, *, key: uuid.UUID, started_on: date) -> None:
    """Record that a placement started. Raises ActionRefusedError."""
    confirm_all(viewer, changes=[Change(placement_id=_id_of(viewer, key), on=started_on)])


def note_opened(viewer: Viewer, *, key: uuid.UUID, page: str) -> None:
    """Write down that the viewer opened a page about the person of this placement."""
    found = Placement.objects.visible_to(viewer).filter(key=key)
    for pseudonym_id in found.values_list("pseudonym_id", flat=True):
        note_reading(viewer, pseudonym_id=pseudonym_id, page=page)


@action(Permission.PLACE_RESIDENT)
def end(viewer: Viewer, *, key: uuid.UUID, last_day: date, outcome: Outcome) -> None:
    """Record that a running placement ended. Raises ActionRefusedError."""
    change = Change(placement_id=_id_of(viewer, key), on=last_day, outcome=outcome)
    end_all(viewer, changes=[change])


@action(Permission.PLACE_RESIDENT)
def withdraw(viewer: Viewer, *, key: uuid.UUID, outcome: Outcome) -> None:
    """Record that a proposed placement will not start. Raises ActionRefusedError."""
    change = Change(placement_id=_id_of(viewer, key), on=clock.today(), outcome=outcome)
    withdraw_all(viewer, changes=[change])


@action(Permission.CORRECT_PLACEMENT)
def correct_start_day(viewer: Viewer, *, key: uuid.UUID, started_on: date) -> None:
    """Record that a running placement started on another day. Raises ActionRefusedError."""
    correct_start_days(viewer, changes=[Change(placement_id=_id_of(viewer, key), on=started_on)])


@action(Permission.CORRECT_PLACEMENT)
def take_back_start(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Record that a running placement never started. Raises ActionRefusedError."""
    take_back_starts(viewer, changes=[Change(placement_id=_id_of(viewer, key), on=clock.today())])


@action(Permission.PLACE_RESIDENT)
def set_planned_end(
    viewer: Viewer, *, key: uuid.UUID, on: date | None, seen: date | None = None
) -> None:
    """Keep the last day that was agreed on for a placement that waits or runs; None takes it off.

    No part of the history: it says what is meant, not what was. `seen` is the day that was shown
    to the viewer. Raises ActionRefusedError for a day that has passed or lies too far ahead, for
    a placement that is over, and when somebody else agreed on another day in the meantime.
    """
    today = clock.today()
    if on is not None and not today <= on <= add_months(today, FURTHEST_END_MONTHS):
        raise ActionRefusedError(_("Kies een dag vanaf vandaag, en hoogstens vijf jaar vooruit."))
    [(_change, one)] = _opened(viewer, [Change(placement_id=_id_of(viewer, key), on=today)])
    rows = Placement.objects.visible_to(viewer).filter(pk=one.placement.pk)
    # Asked now that nobody else can change it any more.
    kept = rows.values_list("planned_end_on", flat=True).get()
    if kept not in {seen, on}:
        raise ActionRefusedError(_agreed_meanwhile(kept))
    rows.update(planned_end_on=on)
    note_changes(viewer, [one.placement.pseudonym_id])


def _agreed_meanwhile(kept: date | None) -> str:
    if kept is None:
        return _("De afgesproken laatste dag is intussen weggehaald. Kijk of uw dag nog klopt.")
    return _("Let op: intussen is %(day)s afgesproken. Kijk of uw dag nog klopt.") % {
        "day": kept.strftime("%d-%m-%Y")
    }


def _id_of(viewer: Viewer, key: uuid.UUID) -> int:
    found = Placement.objects.visible_to(viewer).filter(key=key).values_list("pk", flat=True)
    placement_id = found.first()
    if placement_id is None:
        raise ActionRefusedError(_("Deze plaatsing bestaat niet of is niet voor u."))
    return placement_id


def _opened(viewer: Viewer, changes: Sequence[Change]) -> list[tuple[Change, Opened]]:
    """Return each change with its placement; raise when one is not there or not for the viewer."""
    wanted = [change.placement_id for change in changes]
    if len(set(wanted)) < len(wanted):
        raise ActionRefusedError(_("Dezelfde plaatsing staat er twee keer bij."))
    opened = periods.opened(viewer, wanted)
    if len(opened) < len(wanted):
        raise ActionRefusedError(_("Deze plaatsing bestaat niet, is al klaar of is niet voor u."))
    return [(change, opened[change.placement_id]) for change in changes]


def _move(placement: Placement, to: PlacementState, outcome: Outcome | None) -> None:
    try:
        placement.state = move(PlacementState(placement.state), to, outcome)
    except MoveNotAllowedError as error:
        raise ActionRefusedError(_sentence(error.problem)) from error
    placement.outcome = outcome or ""


def _sentence(problem: MoveProblem) -> str:
    match problem:
        case MoveProblem.NO_SUCH_MOVE:
            return _("Dat kan niet meer: de plaatsing is intussen verder. Open de pagina opnieuw.")
        case MoveProblem.OUTCOME_MISSING:
            return _("Kies waarom de plaatsing stopt.")
        case MoveProblem.OUTCOME_DOES_NOT_FIT:
            return _("Deze reden past hier niet. Kies een andere reden.")


def _check_day(day: date, first: date) -> None:
    if day > clock.today():
        raise ActionRefusedError(_("De datum ligt in de toekomst. Vul de dag in waarop het was."))
    if day < first:
        raise ActionRefusedError(
            _("De datum ligt voor %(day)s, de dag waarop dit begon. Kies een latere dag.")
            % {"day": first.strftime("%d-%m-%Y")}
        )


def _demand_active(placement: Placement) -> None:
    if placement.state != PlacementState.ACTIVE:
        raise ActionRefusedError(
            _("Alleen een lopende plaatsing heeft een start om te herstellen.")
        )


def _save_states(viewer: Viewer, opened: Sequence[tuple[Change, Opened]]) -> None:
    placements = Placement.objects.visible_to(viewer)
    alike: dict[tuple[str, str], list[int]] = {}
    for _change, one in opened:
        key = (one.placement.state, one.placement.outcome)
        alike.setdefault(key, []).append(one.placement.pk)
    for (state, outcome), numbers in alike.items():
        for group in in_groups(numbers):
            placements.filter(pk__in=group).update(state=state, outcome=outcome)
