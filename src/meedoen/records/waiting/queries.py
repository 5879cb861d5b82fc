"""Waiting lists as somebody may see them: of others no more than where they stand and how long.

The order is of everybody on the list; names come only for people whose file the viewer may open.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import District
from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.queries import CaseloadCard, caseload_cards
from meedoen.records.placements.models import Placement
from meedoen.records.places.cards import listed
from meedoen.records.places.models import Place
from meedoen.records.waiting.actions import ways_on
from meedoen.records.waiting.explaining import kept_promotion
from meedoen.records.waiting.lists import (
    Line,
    lines_of_kind,
    lines_of_places,
    open_with_room,
    whole,
)
from meedoen.records.waiting.models import KindWaiting, Promotion
from meedoen.rules.flows.waiting_order import Promotion as Explained
from meedoen.rules.flows.waiting_rule import WaitingRule, waiting_rule_on
from meedoen.rules.vocabulary import PlaceKind, PlacementState, PromotionWay

LINES_ON_A_PAGE = 50
NEWEST_PROMOTIONS = 25
MOST_PLACES = 100


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What the viewer may know of somebody on a list, because they may open the file."""

    person: CaseloadCard
    key: uuid.UUID
    since: date
    lost_place: bool
    lapsed: bool
    district: str


@dataclass(frozen=True, slots=True)
class WaitingCard:
    """Somebody on a list: the position from 1, and for how many days they wait.

    `own` is None for somebody whose file the viewer may not open.
    """

    position: int
    age: int
    own: OwnLine | None


@dataclass(frozen=True, slots=True)
class PromotionCard:
    """Somebody got a seat from a list; `own` is None when it is not for the viewer to know who."""

    made_at: datetime
    way: PromotionWay
    explained: Explained
    own: "OwnPromotion | None"


@dataclass(frozen=True, slots=True)
class OwnPromotion:
    """Who got the seat, why somebody who was not the first, and who gave it; empty for Meedoen."""

    person: CaseloadCard
    placement_key: uuid.UUID
    reason: str
    made_by: str


@dataclass(frozen=True, slots=True)
class PlaceList:
    """The waiting list of a place; `free` is how many seats are free now.

    `way` is how it gives out seats today, and `rule` in which order.
    """

    place_id: int
    place_key: uuid.UUID
    title: str
    organisation: str
    kind: PlaceKind
    capacity: int
    free: int
    is_open: bool
    way: PromotionWay
    rule: WaitingRule
    lines: Page[WaitingCard]
    promotions: Sequence[PromotionCard]


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many wait for a kind of place."""

    kind: PlaceKind
    waiting: int


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many wait for a place."""

    key: uuid.UUID
    title: str
    organisation: str
    waiting: int


@dataclass(frozen=True, slots=True)
class KindList:
    """The waiting list of a kind of place, and how many wait for each kind."""

    kind: PlaceKind | None
    district_id: int | None
    districts: Sequence[tuple[int, str]]
    counts: Sequence[KindCount]
    rule: WaitingRule
    lines: Page[WaitingCard]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person waits: for a place, or for a kind when `place_key` is None.

    `key` is of the placement, or of the line of the kind.
    """

    key: uuid.UUID
    kind: PlaceKind
    title: str
    place_key: uuid.UUID | None
    district: str
    position: int
    waiting: int
    age: int
    since: date
    lapsed: bool


@dataclass(frozen=True, slots=True)
class RoomCard:
    """A place with room for somebody who waits for its kind."""

    place_id: int
    title: str
    organisation: str
    district: str
    free: int


@dataclass(frozen=True, slots=True)
class KindLine:
    """One line of a list of a kind, and the places that have room for it."""

    key: uuid.UUID
    person: CaseloadCard
    kind: PlaceKind
    district: str
    since: date
    position: int
    waiting: int
    age: int
    rooms: Sequence[RoomCard]


def place_list(viewer: Viewer, *, place_key: uuid.UUID, number: int = 1) -> PlaceList | None:
    """Return the waiting list of a place; None when there is no such place."""
    rows = Place.objects.filter(municipality_id=viewer.municipality_id, key=place_key)
    place = rows.select_related("organisation").first()
    if place is None:
        return None
    today = clock.today()
    lines = lines_of_places(viewer, place_ids=[place.pk], on=today).get(place.pk, ())
    return PlaceList(
        place_id=place.pk,
        place_key=place.key,
        title=place.title,
        organisation=place.organisation.name,
        kind=PlaceKind(place.kind),
        capacity=place.capacity,
        free=0 if place.is_full else place.capacity - place.taken,
        is_open=place.opens_on <= today < place.closes_on,
        way=ways_on(viewer, on=today, place_ids=[place.pk]).get(place.pk, PromotionWay.BY_HAND),
        rule=waiting_rule_on(today),
        lines=_page(viewer, lines, number),
        promotions=_promotions(viewer, place.pk),
    )


def kind_list(
    viewer: Viewer, *, kind: PlaceKind | None, district_id: int | None = None, number: int = 1
) -> KindList:
    """Return the waiting list of a kind, or only how many wait for each when none is asked for."""
    today = clock.today()
    lines: tuple[Line, ...] = ()
    if kind is not None:
        lines = lines_of_kind(viewer, kind=kind, on=today, district_id=district_id)
    districts = District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    return KindList(
        kind=kind,
        district_id=district_id,
        districts=list(districts.values_list("pk", "name")),
        counts=_counts(viewer),
        rule=waiting_rule_on(today),
        lines=_page(viewer, lines, number, of_kind=True),
    )


def kind_line(viewer: Viewer, *, key: uuid.UUID) -> KindLine | None:
    """Return one line of a list of a kind; None when it is not there or not for this viewer."""
    rows = KindWaiting.objects.visible_to(viewer).filter(key=key, left_on__isnull=True)
    row = rows.select_related("district").first()
    if row is None:
        return None
    kind = PlaceKind(row.kind)
    lines = lines_of_kind(viewer, kind=kind, on=clock.today())
    line = next(one for one in lines if one.subject_id == row.pk)
    return KindLine(
        key=row.key,
        person=caseload_cards(viewer, pseudonym_ids=[row.pseudonym_id])[row.pseudonym_id],
        kind=kind,
        district=row.district.name if row.district else "",
        since=row.since,
        position=line.place.position,
        waiting=len(lines),
        age=line.place.age,
        rooms=_rooms(viewer, row),
    )


def standings(viewer: Viewer, *, pseudonym_id: int) -> Sequence[Standing]:
    """Return where one person waits and where they stand; nothing when not for this viewer."""
    return [*_at_places(viewer, pseudonym_id), *_for_kinds(viewer, pseudonym_id)]


def standing_of(viewer: Viewer, *, placement_key: uuid.UUID) -> Standing | None:
    """Return where a placement stands on the list of its place; None when it does not wait."""
    rows = Placement.objects.visible_to(viewer).filter(key=placement_key)
    person = rows.values_list("pseudonym_id", flat=True).first()
    if person is None:
        return None
    found = _at_places(viewer, person)
    return next((one for one in found if one.key == placement_key), None)


def waiting_at(viewer: Viewer, *, place_ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many people wait at each of these places; none of them is left out of it."""
    rows = Placement.objects.visible_to(whole(viewer)).filter(
        place_id__in=place_ids, state=PlacementState.WAITING
    )
    return dict(rows.values("place_id").annotate(n=Count("pk")).values_list("place_id", "n"))


def places_waited_for(viewer: Viewer) -> Sequence[PlaceCount]:
    """Return the places with a waiting list, the longest list first; at most MOST_PLACES."""
    rows = Placement.objects.visible_to(whole(viewer)).filter(state=PlacementState.WAITING)
    longest = rows.values("place__key", "place__title", "place__organisation__name").annotate(
        n=Count("pk")
    )
    return [
        PlaceCount(key, title, organisation, waiting)
        for key, title, organisation, waiting in longest.order_by(
            "-n", "place__title", "place__key"
        ).values_list("place__key", "place__title", "place__organisation__name", "n")[:MOST_PLACES]
    ]


def _at_places(viewer: Viewer, pseudonym_id: int) -> list[Standing]:
    rows = Placement.objects.visible_to(viewer).filter(
        pseudonym_id=pseudonym_id, state=PlacementState.WAITING
    )
    found = list(rows.select_related("place__district").order_by("pk"))
    lists = lines_of_places(viewer, place_ids=[row.place_id for row in found], on=clock.today())
    standing = []
    for row in found:
        lines = lists[row.place_id]
        line = next(one for one in lines if one.subject_id == row.pk)
        standing.append(
            Standing(
                key=row.key,
                kind=PlaceKind(row.place.kind),
                title=row.place.title,
                place_key=row.place.key,
                district=row.place.district.name,
                position=line.place.position,
                waiting=len(lines),
                age=line.place.age,
                since=line.entry.since,
                lapsed=line.entry.lapsed,
            )
        )
    return standing


def _for_kinds(viewer: Viewer, pseudonym_id: int) -> list[Standing]:
    rows = KindWaiting.objects.visible_to(viewer).filter(
        pseudonym_id=pseudonym_id, left_on__isnull=True
    )
    standing = []
    for row in rows.select_related("district").order_by("kind"):
        lines = lines_of_kind(viewer, kind=PlaceKind(row.kind), on=clock.today())
        line = next(one for one in lines if one.subject_id == row.pk)
        standing.append(
            Standing(
                key=row.key,
                kind=PlaceKind(row.kind),
                title="",
                place_key=None,
                district=row.district.name if row.district else "",
                position=line.place.position,
                waiting=len(lines),
                age=line.place.age,
                since=line.entry.since,
                lapsed=False,
            )
        )
    return standing


def _page(
    viewer: Viewer, lines: Sequence[Line], number: int, *, of_kind: bool = False
) -> Page[WaitingCard]:
    pages = max(1, -(-len(lines) // LINES_ON_A_PAGE))
    at = min(max(number, 1), pages)
    some = lines[(at - 1) * LINES_ON_A_PAGE : at * LINES_ON_A_PAGE]
    people = caseload_cards(viewer, pseudonym_ids=[line.pseudonym_id for line in some])
    districts = _districts_of(viewer, some) if of_kind else {}
    return Page(
        cards=[
            WaitingCard(
                position=line.place.position,
                age=line.place.age,
                own=_own(line, people.get(line.pseudonym_id), districts),
            )
            for line in some
        ],
        total=len(lines),
        number=at,
        pages=pages,
    )


def _districts_of(viewer: Viewer, lines: Sequence[Line]) -> dict[int, str]:
    rows = KindWaiting.objects.visible_to(viewer).filter(
        pk__in=[line.subject_id for line in lines], district__isnull=False
    )
    return dict(rows.values_list("pk", "district__name"))


def _own(line: Line, person: CaseloadCard | None, districts: Mapping[int, str]) -> OwnLine | None:
    if person is None:
        return None
    return OwnLine(
        person=person,
        key=uuid.UUID(line.entry.key),
        since=line.entry.since,
        lost_place=line.entry.lost_place,
        lapsed=line.entry.lapsed,
        district=districts.get(line.subject_id, ""),
    )


def _promotions(viewer: Viewer, place_id: int) -> list[PromotionCard]:
    rows = Promotion.objects.visible_to(whole(viewer)).filter(placement__place_id=place_id)
    newest = list(
        rows.select_related("placement", "made_by__account").order_by("-made_at", "-pk")[
            :NEWEST_PROMOTIONS
        ]
    )
    people = caseload_cards(viewer, pseudonym_ids=[row.placement.pseudonym_id for row in newest])
    return [
        PromotionCard(
            made_at=row.made_at,
            way=PromotionWay(row.way),
            explained=kept_promotion(row.explanation),
            own=_own_promotion(row, people.get(row.placement.pseudonym_id)),
        )
        for row in newest
    ]


def _own_promotion(row: Promotion, person: CaseloadCard | None) -> OwnPromotion | None:
    if person is None:
        return None
    return OwnPromotion(
        person=person,
        placement_key=row.placement.key,
        reason=row.reason,
        made_by=row.made_by.account.name if row.made_by else "",
    )


def _counts(viewer: Viewer) -> list[KindCount]:
    rows = KindWaiting.objects.visible_to(whole(viewer)).filter(left_on__isnull=True)
    found = dict(rows.values("kind").annotate(n=Count("pk")).values_list("kind", "n"))
    return [KindCount(kind, found.get(kind.value, 0)) for kind in PlaceKind]


def _rooms(viewer: Viewer, row: KindWaiting) -> list[RoomCard]:
    rows = listed(viewer).filter(open_with_room(clock.today()), kind=row.kind)
    if row.district_id is not None:
        rows = rows.filter(district_id=row.district_id)
    found = rows.select_related("organisation", "district").order_by("title", "pk")
    return [
        RoomCard(
            place_id=place.pk,
            title=place.title,
            organisation=place.organisation.name,
            district=place.district.name,
            free=place.capacity - place.taken,
        )
        for place in found[:MOST_PLACES]
    ]
