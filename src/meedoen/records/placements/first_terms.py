"""On which half-days somebody comes, agreed with the proposal itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement, Terms
from meedoen.records.places.models import Place
from meedoen.rules import half_days


@dataclass(frozen=True, slots=True)
class FirstHalfDays:
    """Somebody comes on the half-days of a mask of `rules.half_days`, from a day on."""

    placement: Placement
    mask: int
    on: date
    recorded_at: datetime | None


def demand_open(place: Place, mask: int) -> None:
    """Refuse half-days on which a place is not open. Raises ActionRefusedError."""
    if half_days.common(mask, place.half_days) != mask:
        raise ActionRefusedError(
            _("De plek is niet open op al deze dagdelen. Kies dagdelen waarop de plek open is.")
        )


def keep_first_half_days(viewer: Viewer, agreed: Sequence[FirstHalfDays]) -> None:
    """Keep what was agreed when people were proposed, as the first terms of their placements.

    Called by the action that places, in its transaction, before it asks whether there is room on
    each half-day. With no half-days nothing is kept: somebody counts on all those of the place.
    """
    Terms.objects.bulk_create(
        [
            Terms(
                municipality_id=viewer.municipality_id,
                placement=one.placement,
                starts_on=one.on,
                half_days=one.mask,
                recorded_at=one.recorded_at or clock.now(),
                recorded_by_id=viewer.membership_id,
            )
            for one in agreed
            if one.mask != half_days.NONE
        ],
        batch_size=2_000,
    )
