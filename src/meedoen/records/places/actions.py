"""Entering places and holding seats at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.models import Place
from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace:
    """A place to enter; `half_days` is a mask, `closes_on` None means open until further notice."""

    organisation_id: int
    district_id: int
    kind: PlaceKind
    title: str
    capacity: int
    half_days: int
    opens_on: date
    description: str = ""
    half_days_needed: int = 1
    language_level_asked: LanguageLevel = LanguageLevel.BELOW_A1
    functional_demands: frozenset[FunctionalDemand] = frozenset()
    interests: frozenset[str] = frozenset()
    closes_on: date | None = None


class PlaceFullError(ActionRefusedError):
    """There is no free seat at the place."""


@action(Permission.MANAGE_PLACES)
def enter_places(viewer: Viewer, *, places: Sequence[NewPlace]) -> list[int]:
    """Enter places and return their ids, in the same order."""
    rows = Place.objects.bulk_create(
        [
            Place(
                municipality_id=viewer.municipality_id,
                organisation_id=place.organisation_id,
                district_id=place.district_id,
                kind=place.kind,
                title=place.title,
                description=place.description,
                half_days=half_days.check_mask(place.half_days),
                half_days_needed=place.half_days_needed,
                language_level_asked=place.language_level_asked,
                functional_demands=sorted(place.functional_demands),
                interests=sorted(place.interests),
                capacity=place.capacity,
                opens_on=place.opens_on,
                closes_on=place.closes_on or STILL_OPEN,
            )
            for place in places
        ],
        batch_size=1_000,
    )
    return [row.pk for row in rows]


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
        raise PlaceFullError(
            _("Op deze plek is geen ruimte meer. Kies een andere plek.")
        ) from error


def _lock(viewer: Viewer, place_ids: Sequence[int]) -> None:
    """Lock several places in one order, so that two who want the same ones never wait in a ring."""
    if len(place_ids) < 2 or not connection.features.has_select_for_update:
        return
    rows = Place.objects.filter(municipality_id=viewer.municipality_id).select_for_update()
    for group in in_groups(place_ids):
        list(rows.filter(pk__in=group).order_by("pk").values_list("pk", flat=True))
