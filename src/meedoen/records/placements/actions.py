"""Placing someone, and every move of a placement after that.

Each change comes in a plural form that does many at once; the singular is the plural of one,
so loading years of history writes exactly what single actions would have written.
"""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes, note_reading
from meedoen.records.links.actions import demand_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.placements import periods
from meedoen.records.placements.been import Been, been_at
from meedoen.records.placements.departed import demand_alive
from meedoen.records.placements.first_terms import (
    FirstHalfDays,
    demand_open,
    keep_first_half_days,
)
from meedoen.records.placements.list_first import demand_no_list
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import (
    Change,
    advance,
    id_of,
    note_hold,
    opened_for,
    settle,
)
from meedoen.records.placements.overlapping import demand_no_overlap
from meedoen.records.places.actions import PlaceFullError, hold_seats
from meedoen.records.places.models import FoundPlace, Place
from meedoen.records.proposals.actions import note_choice
from meedoen.records.proposals.queries import resident_of_proposal
from meedoen.rules import half_days
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import COMES, HOLDS_A_SEAT
from meedoen.rules.vocabulary import (
    ChoiceReason,
    LinkPurpose,
    MoveReason,
    Outcome,
    PlaceKind,
    PlacementState,
    PlaceStatus,
    Preference,
)

FURTHEST_END_MONTHS = 60
"""A planned end that lies further ahead is a slip of the year."""
PARTNER_MAY_CONFIRM = COMES | {PlacementState.INTRODUCED}
"""The states of which the organisation itself tells that they began; the others are decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlacement:
    """Someone to propose at a place; `planned_end_on` is the last day that was agreed on.

    Whoever `waits` gets no seat, but a line on the waiting list of the place. `half_days` is a
    mask of `rules.half_days` on which the person comes; 0: all those of the place, until something
    else is agreed.
    """

    pseudonym_id: int
    place_id: int
    proposed_on: date
    planned_end_on: date | None = None
    half_days: int = half_days.NONE
    self_found: bool = False
    waits: bool = False
    is_there: bool = False
    """Takes part there already, so that nobody who waits is passed over."""
    proposal_id: int | None = None
    recorded_at: datetime | None = None

    @property
    def state(self) -> PlacementState:
        """Return how it begins."""
        return PlacementState.WAITING if self.waits else PlacementState.PROPOSED


# --- placing ---------------------------------------------------------------------------------


@action(Permission.PLACE_RESIDENT)
def place_all(viewer: Viewer, *, placements: Sequence[NewPlacement]) -> list[int]:
    """Propose people at places, each holding a seat or waiting, and return the ids in order.

    Raises ActionRefusedError, all or none; PlaceFullError when a place has no room.
    """
    districts = districts_of_visible(viewer, pseudonym_ids=[new.pseudonym_id for new in placements])
    places = _places(viewer, {new.place_id for new in placements})
    finders = _finders(viewer, places)
    for new in placements:
        _check_new(new, districts, places)
        _check_status(new, places[new.place_id], finders)
    given = [new.place_id for new in placements if not new.waits and not new.is_there]
    demand_no_list(viewer, given)
    seats = Counter(new.place_id for new in placements if new.state in HOLDS_A_SEAT)
    if any(places[pk].taken + wanted > places[pk].capacity for pk, wanted in seats.items()):
        # Told before anything is held; whether there still is room is for the next line to say.
        raise PlaceFullError
    hold_seats(viewer, changes=seats)
    rows = [
        Placement(
            municipality_id=viewer.municipality_id,
            pseudonym_id=new.pseudonym_id,
            place=places[new.place_id],
            proposal_id=new.proposal_id,
            self_found=new.self_found,
            planned_end_on=new.planned_end_on,
            state=new.state,
            ever_held=not new.waits,
        )
        for new in placements
    ]
    for row, new in zip(rows, placements, strict=True):
        note_hold(row, new.proposed_on, new.recorded_at)
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
                state=new.state,
                on=new.proposed_on,
                district_id=districts[new.pseudonym_id],
                recorded_at=new.recorded_at,
            )
            for row, new in zip(rows, placements, strict=True)
        ],
    )
    keep_first_half_days(
        viewer,
        [
            FirstHalfDays(row, new.half_days, new.proposed_on, new.recorded_at)
            for row, new in zip(rows, placements, strict=True)
        ],
    )
    # Whoever waits comes from nowhere either, and holds nothing.
    settle(viewer, [(row, PlacementState.WAITING) for row in rows])
    demand_alive(viewer, [(new.pseudonym_id, new.proposed_on) for new in placements])
    demand_no_overlap(viewer, [row for row in rows if row.state in HOLDS_A_SEAT])
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
    half_days: int = half_days.NONE,
    self_found: bool = False,
) -> uuid.UUID:
    """Place someone at a place from a proposal and return the placement's key.

    `reason` is why this place and not another; `preference` and `resident_said` are the person's.
    On which `half_days` they come is as in `NewPlacement`.

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
                half_days=half_days,
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
    if not proposed:
        return found
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
    demand_open(place, new.half_days)
    if new.planned_end_on is not None and new.planned_end_on < new.proposed_on:
        raise ActionRefusedError(
            _("De afgesproken laatste dag ligt voor de start. Kies een latere dag.")
        )


# --- from state to state ------------------------------------------------------------------------


@action(Permission.CONFIRM_PLACEMENT)
def confirm_all(
    viewer: Viewer, *, changes: Sequence[Change], to: PlacementState = PlacementState.ACTIVE
) -> None:
    """Record what the organisation confirms: people met, try out, take part or came back.

    `on` is the first day of it. Raises ActionRefusedError.
    """
    if to not in PARTNER_MAY_CONFIRM:
        raise ActionRefusedError(_("Dat beslist de gemeente. Neem contact op met de coach."))
    numbers = {change.placement_id for change in changes}
    demand_link(viewer, purpose=LinkPurpose.CONFIRM_START, subject_ids=numbers)
    advance(viewer, changes, to)


@action(Permission.PLACE_RESIDENT)
def move_all(viewer: Viewer, *, changes: Sequence[Change], to: PlacementState) -> None:
    """Record that placements came into a state, by the moves of `rules.placement_states`.

    `on` is the first day of it, and of an end the last day. Only a seat for who waits is given
    elsewhere: `records.waiting` keeps why it was this person. Raises ActionRefusedError, all or
    none.
    """
    if to is PlacementState.PROPOSED:
        # There it is kept who was passed over, and why: see records.waiting.
        raise ActionRefusedError(
            _("Geef deze plaats vanaf de wachtlijst: daar staat wie aan de beurt is.")
        )
    advance(viewer, changes, to)


@action(Permission.PLACE_RESIDENT)
def end_all(viewer: Viewer, *, changes: Sequence[Change]) -> None:
    """Record that running placements ended; `on` is the last day. Raises ActionRefusedError.

    Whoever left the benefit and has no other placement has no coach any more from tomorrow on.
    """
    advance(viewer, changes, PlacementState.ENDED)


@action(Permission.PLACE_RESIDENT)
def withdraw_all(viewer: Viewer, *, changes: Sequence[Change]) -> None:
    """Record that nothing comes of placements, from day `on` on. Raises ActionRefusedError."""
    advance(viewer, changes, PlacementState.WITHDRAWN)


# --- one at a time -------------------------------------------------------------------------------


@action(Permission.CONFIRM_PLACEMENT)
def confirm_one(viewer: Viewer, *, key: uuid.UUID, to: PlacementState, on: date) -> None:
    """Record what the organisation confirms of somebody; see `confirm_all`.

    Raises ActionRefusedError.
    """
    confirm_all(viewer, changes=[Change(placement_id=id_of(viewer, key), on=on)], to=to)


@action(Permission.CONFIRM_PLACEMENT)
def confirm_start(viewer: Viewer, *, key: uuid.UUID, started_on: date) -> None:
    """Record that a placement started. Raises ActionRefusedError."""
    confirm_one(viewer, key=key, to=PlacementState.ACTIVE, on=started_on)


def note_opened(viewer: Viewer, *, key: uuid.UUID, page: str) -> None:
    """Write down that the viewer opened a page about the person of this placement."""
    found = Placement.objects.visible_to(viewer).filter(key=key)
    for pseudonym_id in found.values_list("pseudonym_id", flat=True):
        note_reading(viewer, pseudonym_id=pseudonym_id, page=page)


@action(Permission.PLACE_RESIDENT)
def move_one(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    to: PlacementState,
    on: date,
    outcome: Outcome | None = None,
    reason: MoveReason | None = None,
) -> None:
    """Record that a placement came into a state; see `move_all`. Raises ActionRefusedError."""
    change = Change(placement_id=id_of(viewer, key), on=on, outcome=outcome, reason=reason)
    move_all(viewer, changes=[change], to=to)


@action(Permission.PLACE_RESIDENT)
def end(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    last_day: date,
    outcome: Outcome,
    reason: MoveReason | None = None,
) -> None:
    """Record that a running placement ended. Raises ActionRefusedError."""
    change = Change(placement_id=id_of(viewer, key), on=last_day, outcome=outcome, reason=reason)
    end_all(viewer, changes=[change])


@action(Permission.PLACE_RESIDENT)
def withdraw(
    viewer: Viewer, *, key: uuid.UUID, outcome: Outcome, reason: MoveReason | None = None
) -> None:
    """Record that nothing comes of a placement. Raises ActionRefusedError."""
    on = clock.today()
    change = Change(placement_id=id_of(viewer, key), on=on, outcome=outcome, reason=reason)
    withdraw_all(viewer, changes=[change])


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
    [(_change, one)] = opened_for(viewer, [Change(placement_id=id_of(viewer, key), on=today)])
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
