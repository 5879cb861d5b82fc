"""The whole course of a placement, put right after it was seen, or registered late."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements import periods
from meedoen.records.placements.actions import NewPlacement, move_all, place_all
from meedoen.records.placements.correcting import correct_course
from meedoen.records.placements.course import newest_entry
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change, id_of
from meedoen.records.places.models import Place
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.vocabulary import PlacementState


class CourseChangedError(ActionRefusedError):
    """A colleague or the organisation moved the placement in the meantime."""


@action(Permission.CORRECT_PLACEMENT)
def correct_told_course(
    viewer: Viewer, *, key: uuid.UUID, steps: Sequence[CourseStep], seen: int
) -> None:
    """Write down what the course of a placement really was; see `correct_courses`.

    `seen` goes with the course that was shown (`ToldCourse.seen`). Raises ActionRefusedError with
    everything that is wrong; CourseChangedError.
    """
    placement_id = id_of(viewer, key)
    rows = periods.all_of(viewer, [placement_id])[placement_id]
    if newest_entry(rows) != seen:
        raise CourseChangedError(
            _("De plaatsing is intussen veranderd. Kijk hoe het nu staat en verbeter dat.")
        )
    correct_course(viewer, key=key, steps=steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePlacement:
    """Somebody who takes part already, with the days on which it began; all of them have passed.

    One of `trial_on` and `started_on` may be None, not both; the trial comes first.
    """

    pseudonym_id: int
    place_key: uuid.UUID
    proposed_on: date
    trial_on: date | None = None
    started_on: date | None = None
    planned_end_on: date | None = None
    self_found: bool = False


@action(Permission.PLACE_RESIDENT)
def register_late(viewer: Viewer, *, new: LatePlacement) -> uuid.UUID:
    """Register somebody who takes part already and return the placement's key.

    Exactly what placing, and then each move on its day, would have written. Whoever begins only
    today waits for who waits longer. Raises ActionRefusedError with everything that is wrong;
    PlaceFullError.
    """
    faults = list(_faults(new))
    if faults:
        raise ActionRefusedError(" ".join(faults))
    places = Place.objects.filter(municipality_id=viewer.municipality_id, key=new.place_key)
    place_id = places.values_list("pk", flat=True).first()
    if place_id is None:
        raise ActionRefusedError(_("Deze plek bestaat niet."))
    [placement_id] = place_all(
        viewer,
        placements=[
            NewPlacement(
                pseudonym_id=new.pseudonym_id,
                place_id=place_id,
                proposed_on=new.proposed_on,
                planned_end_on=new.planned_end_on,
                self_found=new.self_found,
                is_there=_began(new) < clock.today(),
            )
        ],
    )
    for to, on in ((PlacementState.TRIAL, new.trial_on), (PlacementState.ACTIVE, new.started_on)):
        if on is not None:
            move_all(viewer, changes=[Change(placement_id=placement_id, on=on)], to=to)
    return Placement.objects.visible_to(viewer).get(pk=placement_id).key


def _began(new: LatePlacement) -> date:
    return min(day for day in (new.trial_on, new.started_on) if day is not None)


def _faults(new: LatePlacement) -> Iterator[str]:
    began = [day for day in (new.trial_on, new.started_on) if day is not None]
    if not began:
        yield _("Vul in wanneer de inwoner begon: op proef of gewoon.")
    days = [new.proposed_on, *began]
    if max(days) > clock.today():
        yield _("Een dag ligt in de toekomst. Vul de dagen in waarop het was.")
    if days != sorted(days):
        yield _("De dagen staan niet op volgorde: eerst het voorstel, dan de proef, dan de start.")
    if new.planned_end_on is not None and new.planned_end_on < max(days):
        yield _("De afgesproken laatste dag ligt voor de start. Kies een latere dag.")
