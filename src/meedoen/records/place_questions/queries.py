"""Whether people look for something like a place, for who offers it; never who, never how many."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from meedoen.records.organisations import clock
from meedoen.records.organisations.matching_queries import matching_is_on
from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.place_questions.fitting import who_fits
from meedoen.records.place_questions.models import PlaceQuestion
from meedoen.records.place_questions.own import asking_place
from meedoen.records.places.models import Place, PlacePeriod
from meedoen.rules.places.questions import Looking, looking, question_terms_on


@dataclass(frozen=True, slots=True)
class LookingCard:
    """A place and who looks for something like it.

    `looking` is None where that is not worked out: matching is off, the place is not open or full,
    or it was changed lately: then `quiet_until` is the first day on which it is. `asked_until` is
    the first day on which coaches can be asked again, None when they can.
    """

    title: str
    is_on: bool
    is_open: bool
    quiet_until: date | None
    looking: Looking | None
    asked_until: date | None


def who_looks(viewer: Viewer, *, place_key: uuid.UUID) -> LookingCard | None:
    """Return whether people look for something like this; None for a place not for this viewer."""
    place = asking_place(viewer, place_key=place_key)
    if place is None:
        return None
    is_on = matching_is_on(viewer)
    threshold = Municipality.objects.values_list("disclosure_threshold", flat=True).get(
        pk=viewer.municipality_id
    )
    asked = PlaceQuestion.objects.filter(
        municipality_id=viewer.municipality_id, place_id=place.place_id, until__gt=clock.today()
    ).first()
    quiet_until = _quiet_until(viewer, place.place_id)
    counts = is_on and place.is_open and quiet_until is None
    count = len(who_fits(viewer, place_id=place.place_id)) if counts else None
    return LookingCard(
        title=place.title,
        is_on=is_on,
        is_open=place.is_open,
        quiet_until=quiet_until,
        looking=None if count is None else looking(count, threshold),
        asked_until=asked.until if asked else None,
    )


def _quiet_until(viewer: Viewer, place_id: int) -> date | None:
    """Return the first day on which may be said who looks; None when that is today.

    A place that was never changed says it at once: the municipality took in what it asks.
    """
    rows = Place.objects.filter(municipality_id=viewer.municipality_id, pk=place_id)
    said = PlacePeriod.objects.filter(municipality_id=viewer.municipality_id, place_id=place_id)
    changed_at = rows.values_list("changed_at", flat=True).get()
    if changed_at is None or said.count() == 1:
        return None
    today = clock.today()
    until = timezone.localdate(changed_at) + timedelta(days=question_terms_on(today).quiet_days)
    return until if until > today else None
