"""Giving seats that come free to who waits for a place, by hand and by the rule alone.

Every promotion is kept with the whole list as it was: see `explaining`. The lines are held before
the places, as everywhere, so that of two who give the same seat away one finds the list changed.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements import periods
from meedoen.records.placements.day_parts import HalfDayFullError
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change, advance
from meedoen.records.placements.overlapping import OverlapError
from meedoen.records.places.actions import PlaceFullError, locked_places
from meedoen.records.places.models import Place
from meedoen.records.waiting.checking import reason_faults
from meedoen.records.waiting.explaining import explanation_of
from meedoen.records.waiting.lists import Line, lines_of_places, places_with_room, whole
from meedoen.records.waiting.models import ListSetting, Promotion
from meedoen.rules.flows.waiting_order import Promotion as Explained
from meedoen.rules.flows.waiting_order import promote, promote_by_hand
from meedoen.rules.vocabulary import PlacementState, PromotionWay

NO_ROOM_ON_HALF_DAYS = "half_days"
DOES_NOT_GO_TOGETHER = "overlap"
"""Why a seat will not do for somebody who waits; kept with the promotion of another."""


@action(Permission.PLACE_RESIDENT)
def promote_one(viewer: Viewer, *, key: uuid.UUID, reason: str = "") -> None:
    """Give somebody who waits a seat at the place, held as with any proposal.

    `key` is of the placement. A reason is needed when somebody else comes first. Raises
    ActionRefusedError; PlaceFullError when there is no free seat.
    """
    found = Placement.objects.visible_to(viewer).filter(key=key, state=PlacementState.WAITING)
    place_id = found.values_list("place_id", flat=True).first()
    if place_id is None:
        raise ActionRefusedError(_not_on_the_list())
    today = clock.today()
    lines = _held_lines(viewer, place_id, today)
    line = next((one for one in lines if one.entry.key == str(key)), None)
    if line is None:
        raise ActionRefusedError(_not_on_the_list())
    entries = [one.entry for one in lines]
    chosen = promote_by_hand(entries, today, key=str(key), because=reason.strip())
    faults = list(reason_faults(reason, needed=chosen.position > 1))
    if faults:
        raise ActionRefusedError(" ".join(faults))
    [place] = locked_places(viewer, [place_id]).values()
    if not place.opens_on <= today < place.closes_on:
        raise ActionRefusedError(_("Deze plek is nu niet open. Niemand kan er beginnen."))
    _move(viewer, line, today)
    said = reason.strip() if chosen.position > 1 else ""
    _keep(viewer, line, chosen, lines, way=PromotionWay.BY_HAND, reason=said)


@action(Permission.PLACE_RESIDENT)
def promote_at(viewer: Viewer, *, place_id: int) -> int:
    """Give the free seats of a place to who comes first by the rule; return how many were given.

    For whom a seat will not do, it is kept why. Doing it again changes nothing.
    """
    today = clock.today()
    given = 0
    unsuitable: dict[str, str] = {}
    lines = _held_lines(viewer, place_id, today)
    while lines and places_with_room(viewer, place_ids=[place_id], on=today):
        chosen = promote([one.entry for one in lines], today, seats=1, unsuitable=unsuitable)
        if not chosen:
            break
        line = next(one for one in lines if one.entry.key == chosen[0].key)
        try:
            with transaction.atomic():
                _move(viewer, line, today)
        except HalfDayFullError:
            unsuitable[chosen[0].key] = NO_ROOM_ON_HALF_DAYS
            continue
        except OverlapError:
            unsuitable[chosen[0].key] = DOES_NOT_GO_TOGETHER
            continue
        except PlaceFullError:
            # Somebody else took the last seat since we looked.
            break
        _keep(viewer, line, chosen[0], lines, way=PromotionWay.AUTOMATIC)
        given += 1
        lines = _lines(viewer, place_id, today)
    return given


@action(Permission.PLACE_RESIDENT)
def set_promotion_way(
    viewer: Viewer, *, place_key: uuid.UUID, way: PromotionWay, starts_on: date
) -> None:
    """Say how a place gives out seats that come free, from a day on, today or later.

    Raises ActionRefusedError.
    """
    place_id = _place_id(viewer, place_key)
    if starts_on < clock.today():
        raise ActionRefusedError(_("Kies een dag vanaf vandaag."))
    ListSetting.objects.create(
        municipality_id=viewer.municipality_id,
        place_id=place_id,
        starts_on=starts_on,
        way=way,
        recorded_at=clock.now(),
        recorded_by_id=viewer.membership_id,
    )


def _place_id(viewer: Viewer, place_key: uuid.UUID) -> int:
    rows = Place.objects.filter(municipality_id=viewer.municipality_id, key=place_key)
    found: int | None = rows.values_list("pk", flat=True).first()
    if found is None:
        raise ActionRefusedError(_("Deze plek bestaat niet."))
    return found


def _not_on_the_list() -> str:
    return _("Deze inwoner staat niet meer op deze wachtlijst, of is niet voor u.")


def _held_lines(viewer: Viewer, place_id: int, today: date) -> tuple[Line, ...]:
    """Return the list of a place, of which nobody else changes a line until we are done."""
    subjects = [line.subject_id for line in _lines(viewer, place_id, today)]
    periods.opened(whole(viewer), subjects)
    # Asked again: what changed while we waited for the lines, is seen now.
    return _lines(viewer, place_id, today)


def _lines(viewer: Viewer, place_id: int, today: date) -> tuple[Line, ...]:
    return lines_of_places(viewer, place_ids=[place_id], on=today).get(place_id, ())


def _move(viewer: Viewer, line: Line, today: date) -> None:
    advance(viewer, [Change(placement_id=line.subject_id, on=today)], PlacementState.PROPOSED)


def _keep(
    viewer: Viewer,
    line: Line,
    chosen: Explained,
    lines: Sequence[Line],
    *,
    way: PromotionWay,
    reason: str = "",
) -> None:
    Promotion.objects.create(
        municipality_id=viewer.municipality_id,
        placement_id=line.subject_id,
        way=way,
        reason=reason,
        explanation=explanation_of(chosen, lines),
        made_at=clock.now(),
        made_by_id=viewer.membership_id,
    )


def ways_on(
    viewer: Viewer, *, on: date, place_ids: Sequence[int] | None = None
) -> Mapping[int, PromotionWay]:
    """Return how places give out their seats on a day; what is not in it does so by hand."""
    rows = ListSetting.objects.filter(municipality_id=viewer.municipality_id, starts_on__lte=on)
    if place_ids is not None:
        rows = rows.filter(place_id__in=place_ids)
    in_order = rows.order_by("starts_on", "recorded_at", "pk").values_list("place_id", "way")
    return {place_id: PromotionWay(way) for place_id, way in in_order}
