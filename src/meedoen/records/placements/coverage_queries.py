"""Where there are places, against people who look for one; of people counts only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from meedoen.records.conversations.models import Conversation
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.models import Resident
from meedoen.records.placements.models import Placement
from meedoen.records.places.cards import listed
from meedoen.rules.coverage import Coverage, Looking, Supply, coverage
from meedoen.rules.placement_states import HOLDS_A_SEAT
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class CoveredDistrict:
    """A district with its middle in degrees, None where that is not known."""

    district_id: int
    code: str
    name: str
    middle: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class CoverageCard:
    """The districts by name, and what covers them."""

    districts: Sequence[CoveredDistrict]
    coverage: Coverage
    stale: int
    """How many of all places nobody stood for lately."""
    places: int


def covered(viewer: Viewer, *, threshold: int) -> CoverageCard | None:
    """Return where there are places and how many people look; None for who may not see that.

    Three questions, however many places and people there are.
    """
    if not viewer.may(Permission.SEE_COVERAGE):
        return None
    districts = [
        CoveredDistrict(row.pk, row.code, row.name, _middle(row))
        for row in District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    ]
    supply = dict(_supply(viewer))
    numbers = [one.district_id for one in districts]
    places = sum(one.places for one in supply.values())
    return CoverageCard(
        districts=districts,
        coverage=coverage(numbers, supply, _looking(viewer), threshold),
        stale=places - sum(one.fresh for one in supply.values()),
        places=places,
    )


def _middle(row: District) -> tuple[float, float] | None:
    if row.latitude is None or row.longitude is None:
        return None
    return row.latitude, row.longitude


def _supply(viewer: Viewer) -> Iterator[tuple[tuple[int, PlaceKind], Supply]]:
    today = clock.today()
    rows = listed(viewer).filter(opens_on__lte=today, closes_on__gt=today).order_by()
    counted = rows.values("district_id", "kind").annotate(
        places=Count("pk"),
        with_room=Count("pk", filter=Q(is_full=False, taken__lt=F("capacity"))),
        fresh=Count("pk", filter=Q(confirm_by__gte=today)),
    )
    for row in counted:
        key = (row["district_id"], PlaceKind(row["kind"]))
        yield key, Supply(row["places"], row["with_room"], row["fresh"])


def _looking(viewer: Viewer) -> Iterator[Looking]:
    """Go through everyone on a benefit who was spoken with and has no place, waiting or running.

    Counted over the whole municipality, whoever asks: what comes out are protected counts.
    """
    whole = Viewer.system(viewer.municipality_id)
    newest = (
        Conversation.objects.visible_to(whole)
        .current()
        .filter(pseudonym_id=OuterRef("pseudonym_id"))
        .order_by("-held_on", "-pk")
    )
    somewhere = Placement.objects.visible_to(whole).filter(
        pseudonym_id=OuterRef("pseudonym_id"), state__in=HOLDS_A_SEAT
    )
    people = (
        Resident.objects.visible_to(whole)
        .filter(~Exists(somewhere), benefit_entry__ends_on__gt=clock.today())
        .annotate(wished=Subquery(newest.values("wished_kinds")[:1]))
        .exclude(last_spoken_on__isnull=True)
    )
    for district_id, wished in people.values_list("district_id", "wished").iterator():
        if wished is not None:
            yield Looking(district_id, frozenset(map(PlaceKind, wished)))
