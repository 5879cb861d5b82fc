"""One move of placements from state to state, with all that belongs to it.

The history and the record, the seat, who knows of whom and who stays responsible. Used by the
actions, inside their transaction, so that a move for one and for many does the same.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.client_numbers import client_numbers
from meedoen.records.people.leaving import end_with_placement, stay_for_placement
from meedoen.records.placements import periods
from meedoen.records.placements.additional import demand_checked
from meedoen.records.placements.by_law import demand_old_enough
from meedoen.records.placements.day_parts import demand_half_days
from meedoen.records.placements.departed import demand_alive
from meedoen.records.placements.models import Placement
from meedoen.records.placements.overlapping import demand_no_overlap
from meedoen.records.placements.periods import Opened, Rewrite
from meedoen.records.placements.sheltered_first import demand_sheltered_first
from meedoen.records.places.actions import hold_seats
from meedoen.rules.placement_states import (
    BEFORE_START,
    COMES,
    HOLDS_A_SEAT,
    NOT_OVER,
    TAKES_PART,
    MoveNotAllowedError,
    MoveProblem,
    is_final,
    move,
)
from meedoen.rules.places.holds import held_until
from meedoen.rules.vocabulary import MoveReason, Outcome, PlaceKind, PlacementState

AT_AN_OPEN_PLACE = COMES | {PlacementState.INTRODUCED}
"""On the first day of these somebody is at the place, which is open then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change to one placement; what `on` means depends on the change."""

    placement_id: int
    on: date
    outcome: Outcome | None = None
    reason: MoveReason | None = None
    recorded_at: datetime | None = None


def advance(viewer: Viewer, changes: Sequence[Change], to: PlacementState) -> None:
    """Let placements go to a state from day `on` on; of an end `on` is the last day.

    Raises ActionRefusedError, all or none; PlaceFullError when a place has no room.
    """
    opened = opened_for(viewer, changes)
    before = [PlacementState(one.placement.state) for _change, one in opened]
    for change, one in opened:
        make_move(one.placement, to, change)
        check_day(change.on, one.period.starts_on)
        if to in AT_AN_OPEN_PLACE:
            check_open(one.placement, change.on)
    placements = [one.placement for _change, one in opened]
    moved = list(zip(placements, before, strict=True))
    if to in TAKES_PART:
        starts = [
            (one.placement, change.on)
            for (change, one), state in zip(opened, before, strict=True)
            if state not in TAKES_PART
        ]
        demand_old_enough(viewer, starts)
        demand_checked(viewer, starts)
    change_seats(viewer, moved)
    _write_stretches(viewer, opened, to)
    save_states(viewer, placements)
    settle(viewer, moved)
    if to in HOLDS_A_SEAT:
        demand_alive(viewer, [(one.placement.pseudonym_id, change.on) for change, one in opened])
        if to in COMES:
            days = [(one.placement, change.on) for change, one in opened]
            demand_sheltered_first(viewer, days)
        demand_no_overlap(viewer, placements)


def _write_stretches(
    viewer: Viewer, opened: Sequence[tuple[Change, Opened]], to: PlacementState
) -> None:
    # The last day belongs to what ends; what comes to nothing was over on the day itself.
    extra = timedelta(days=1) if to is PlacementState.ENDED else timedelta()
    periods.rewrite(
        viewer,
        [
            Rewrite(
                one.period,
                change.recorded_at,
                ends_on=change.on + extra,
                outcome=change.outcome,
                reason=change.reason,
            )
            for change, one in opened
        ],
    )
    if not is_final(to):
        periods.begin(
            viewer,
            [
                periods.Beginning(
                    placement=one.placement,
                    state=to,
                    on=change.on,
                    district_id=one.period.entry.district_id,
                    recorded_at=change.recorded_at,
                )
                for change, one in opened
            ],
        )


def make_move(placement: Placement, to: PlacementState, change: Change) -> None:
    """Let a placement go to a state in memory. Raises ActionRefusedError."""
    try:
        placement.state = move(PlacementState(placement.state), to, change.outcome, change.reason)
    except MoveNotAllowedError as error:
        raise ActionRefusedError(sentence(error.problem)) from error
    placement.outcome = change.outcome or ""
    placement.reason = change.reason or ""
    note_hold(placement, change.on, change.recorded_at)


def note_hold(placement: Placement, on: date, recorded_at: datetime | None) -> None:
    """Note until when a seat is held from a day on, for who did not begin yet; in memory.

    What is told later is held from the day on which it was told, or it would be over at once.
    """
    holds = placement.state in BEFORE_START
    kind = PlaceKind(placement.place.kind)
    told_on = timezone.localdate(recorded_at) if recorded_at else clock.today()
    placement.held_until = held_until(kind, max(on, told_on)) if holds else None
    placement.ever_held = placement.ever_held or placement.state in HOLDS_A_SEAT


def change_seats(viewer: Viewer, moved: Iterable[tuple[Placement, PlacementState]]) -> None:
    """Take and give back the seats of placements that came from these states.

    Raises PlaceFullError.
    """
    changes: Counter[int] = Counter()
    for placement, before in moved:
        changes[placement.place_id] += (placement.state in HOLDS_A_SEAT) - (before in HOLDS_A_SEAT)
    hold_seats(viewer, changes=changes)


def settle(viewer: Viewer, moved: Sequence[tuple[Placement, PlacementState]]) -> None:
    """Bring in order who knows of whom and who stays responsible, after seats were changed.

    After the places, in the order in which placing holds them: so neither waits for the other.
    """
    got = [one for one, before in moved if one.state in HOLDS_A_SEAT and before not in HOLDS_A_SEAT]
    left = [
        one for one, before in moved if before in HOLDS_A_SEAT and one.state not in HOLDS_A_SEAT
    ]
    people = [one.pseudonym_id for one in (*got, *left)]
    if not people:
        return
    hold(viewer, pseudonym_ids=people)
    stay_for_placement(viewer, pseudonym_ids=[one.pseudonym_id for one in got])
    demand_half_days(viewer, {one.place_id for one in got}, [one.pk for one in got])
    # The organisation gets to know somebody now: from here on it knows them by a number.
    client_numbers(viewer, pairs=[(one.pseudonym_id, one.place.organisation_id) for one in got])
    end_with_placement(viewer, pseudonym_ids=[one.pseudonym_id for one in left])


def id_of(viewer: Viewer, key: uuid.UUID) -> int:
    """Return the id of a placement. Raises ActionRefusedError when it is not for the viewer."""
    found = Placement.objects.visible_to(viewer).filter(key=key).values_list("pk", flat=True)
    placement_id = found.first()
    if placement_id is None:
        raise ActionRefusedError(_("Deze plaatsing bestaat niet of is niet voor u."))
    return placement_id


def opened_for(viewer: Viewer, changes: Sequence[Change]) -> list[tuple[Change, Opened]]:
    """Return each change with its placement; raise when one is not there or not for the viewer."""
    wanted = [change.placement_id for change in changes]
    if len(set(wanted)) < len(wanted):
        raise ActionRefusedError(_("Dezelfde plaatsing staat er twee keer bij."))
    opened = periods.opened(viewer, wanted)
    if len(opened) < len(wanted):
        raise ActionRefusedError(_("Deze plaatsing bestaat niet, is al klaar of is niet voor u."))
    return [(change, opened[change.placement_id]) for change in changes]


def save_states(viewer: Viewer, placements: Sequence[Placement]) -> None:
    """Write what placements are now, those that are alike together.

    Raises ActionRefusedError when somebody would have one place twice at a time.
    """
    rows = Placement.objects.visible_to(viewer)
    alike: dict[tuple[str, str, str, date | None, bool], list[int]] = {}
    for one in placements:
        key = (one.state, one.outcome, one.reason, one.held_until, one.ever_held)
        alike.setdefault(key, []).append(one.pk)
    # What is over goes first: another placement of the same person may take its place.
    in_order = sorted(alike.items(), key=lambda one: one[0][0] in NOT_OVER)
    try:
        with transaction.atomic():
            for (state, outcome, reason, until, ever_held), numbers in in_order:
                for group in in_groups(numbers):
                    rows.filter(pk__in=group).update(
                        state=state,
                        outcome=outcome,
                        reason=reason,
                        held_until=until,
                        ever_held=ever_held,
                    )
    except IntegrityError as error:
        raise ActionRefusedError(_("Deze inwoner heeft deze plek al.")) from error


def check_day(day: date, first: date) -> None:
    """Refuse a day that is to come, or lies before the first day of what goes on now."""
    if day > clock.today():
        raise ActionRefusedError(_("De datum ligt in de toekomst. Vul de dag in waarop het was."))
    if day < first:
        raise ActionRefusedError(
            _("De datum ligt voor %(day)s, de dag waarop dit begon. Kies een latere dag.")
            % {"day": first.strftime("%d-%m-%Y")}
        )


def check_open(placement: Placement, day: date) -> None:
    """Refuse a day on which the place of a placement is not open."""
    if not placement.place.opens_on <= day < placement.place.closes_on:
        raise ActionRefusedError(
            _("Deze plek is op %(day)s niet open. Kies een andere dag.")
            % {"day": day.strftime("%d-%m-%Y")}
        )


def sentence(problem: MoveProblem) -> str:
    """Say why a move is refused, and what to do."""
    match problem:
        case MoveProblem.NO_SUCH_MOVE:
            return _("Dat kan niet meer: de plaatsing is intussen verder. Open de pagina opnieuw.")
        case MoveProblem.OUTCOME_MISSING:
            return _("Kies waarom de plaatsing stopt.")
        case MoveProblem.OUTCOME_DOES_NOT_FIT:
            return _("Deze reden past hier niet. Kies een andere reden.")
        case MoveProblem.REASON_MISSING:
            return _("Kies ook de reden.")
        case MoveProblem.REASON_DOES_NOT_FIT:
            return _("Deze reden past niet bij wat u koos. Kies een andere reden.")
