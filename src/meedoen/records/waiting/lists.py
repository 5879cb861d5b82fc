"""Waiting lists as the published rule sees them: since when people wait, and what goes first.

Made of everybody who waits, whoever looks: the order is of the whole list. What of it may be
shown to whom, is for the queries.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, Min, OuterRef, Q

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.places.models import Place, PlaceConfirmation
from meedoen.records.proposals.models import WishList
from meedoen.records.waiting.models import KindWaiting
from meedoen.rules.flows.waiting_order import Waiting, WaitingEntry, in_waiting_order
from meedoen.rules.flows.waiting_rule import Criterion, WaitingRule, waiting_rule_on
from meedoen.rules.placement_states import HOLDS_A_SEAT, TAKES_PART
from meedoen.rules.vocabulary import (
    FreshnessAnswer,
    MoveReason,
    PlaceKind,
    PlacementState,
)


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on a list, where they stand; `subject_id` is a placement, or a line of a kind."""

    subject_id: int
    pseudonym_id: int
    place: Waiting

    @property
    def entry(self) -> WaitingEntry:
        """Return what the rule looks at."""
        return self.place.entry


def whole(viewer: Viewer) -> Viewer:
    """Return Meedoen itself for the municipality: a list is of everybody on it."""
    return Viewer.system(viewer.municipality_id)


def lines_of_places(
    viewer: Viewer, *, place_ids: Sequence[int], on: date
) -> dict[int, tuple[Line, ...]]:
    """Return the lists of these places in order, by place; a place without waiting is left out."""
    system, rule = whole(viewer), waiting_rule_on(on)
    rows: list[tuple[int, str, int, int]] = []
    waiting = Placement.objects.visible_to(system).filter(state=PlacementState.WAITING)
    for group in in_groups(sorted(set(place_ids))):
        some = waiting.filter(place_id__in=group).order_by("pk")
        rows += [
            (pk, str(key), person, place)
            for pk, key, person, place in some.values_list("pk", "key", "pseudonym_id", "place_id")
        ]
    since, lapsed = _waited(system, [row[0] for row in rows])
    people = [row[2] for row in rows]
    lost = who_lost_a_place(system, people, rule=rule, on=on)
    wished = _first_wishes(system, people, rule)
    entries: dict[int, list[WaitingEntry]] = {}
    subjects: dict[str, tuple[int, int]] = {}
    for pk, key, person, place in rows:
        subjects[key] = pk, person
        entries.setdefault(place, []).append(
            WaitingEntry(
                key=key,
                since=min(since.get(pk, on), on),
                lost_place=person in lost,
                own_wish_first=wished.get(person) == place,
                lapsed=pk in lapsed,
            )
        )
    return {place: _in_order(found, subjects, on, rule) for place, found in entries.items()}


def lines_of_kind(
    viewer: Viewer, *, kind: PlaceKind, on: date, district_id: int | None = None
) -> tuple[Line, ...]:
    """Return the list of a kind in order; with a district also who waits in the whole town."""
    system, rule = whole(viewer), waiting_rule_on(on)
    rows = KindWaiting.objects.visible_to(system).filter(kind=kind, left_on__isnull=True)
    if district_id is not None:
        rows = rows.filter(Q(district_id=district_id) | Q(district_id__isnull=True))
    found = list(rows.order_by("pk"))
    lost = who_lost_a_place(system, [row.pseudonym_id for row in found], rule=rule, on=on)
    entries = [
        WaitingEntry(
            key=str(row.key),
            since=min(row.since, on),
            lost_place=row.lost_place or row.pseudonym_id in lost,
            own_wish_first=row.own_wish_first,
        )
        for row in found
    ]
    subjects = {str(row.key): (row.pk, row.pseudonym_id) for row in found}
    return _in_order(entries, subjects, on, rule)


def _in_order(
    entries: Iterable[WaitingEntry],
    subjects: Mapping[str, tuple[int, int]],
    on: date,
    rule: WaitingRule,
) -> tuple[Line, ...]:
    return tuple(Line(*subjects[one.entry.key], one) for one in in_waiting_order(entries, on, rule))


def _waited(system: Viewer, placement_ids: Sequence[int]) -> tuple[dict[int, date], set[int]]:
    """Return since when each first waited, and who let a hold lapse."""
    rows = StatePeriod.objects.visible_to(system).filter(withdrawn=False)
    since: dict[int, date] = {}
    lapsed: set[int] = set()
    for group in in_groups(placement_ids):
        some = rows.filter(placement_id__in=group)
        first = some.filter(state=PlacementState.WAITING).values("placement_id")
        since |= dict(first.annotate(day=Min("starts_on")).values_list("placement_id", "day"))
        let = some.filter(reason=MoveReason.HOLD_LAPSED)
        lapsed.update(let.values_list("placement_id", flat=True))
    return since, lapsed


def _first_wishes(system: Viewer, people: Sequence[int], rule: WaitingRule) -> dict[int, int]:
    """Return which place each wished first, in their own hand; only when the rule looks at it."""
    if Criterion.OWN_WISH_FIRST not in rule.criteria:
        return {}
    found: dict[int, int] = {}
    rows = WishList.objects.visible_to(system)
    for group in in_groups(sorted(set(people))):
        some = rows.filter(pseudonym_id__in=group).order_by("said_at", "pk")
        for person, places, own in some.values_list("pseudonym_id", "places", "by_resident"):
            found.pop(person, None)
            if own and places:
                found[person] = places[0]
    return found


def who_lost_a_place(
    system: Viewer, people: Sequence[int], *, rule: WaitingRule, on: date
) -> set[int]:
    """Return who lost a place through no doing of their own and takes part nowhere since.

    A placement stopped for a reason that the rule names, or goes on at a place that is no more,
    or that will be no more because the organisation stops it.
    """
    stretches: dict[int, list[_Stretch]] = {}
    for group in in_groups(sorted(set(people))):
        for one in _stretches(system, group):
            stretches.setdefault(one.pseudonym_id, []).append(one)
    return {person for person, of in stretches.items() if _lost(of, rule.lost_by, on)}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Somebody takes or took part, and how that placement is or came out."""

    pseudonym_id: int
    placement_id: int
    starts_on: date
    ends_on: date
    state: str
    reason: str
    closes_on: date
    stops: bool


def _stretches(system: Viewer, people: Collection[int]) -> list[_Stretch]:
    stopped = PlaceConfirmation.objects.filter(
        place_id=OuterRef("placement__place_id"), answer=FreshnessAnswer.STOPPED
    )
    leaves = Q(placement__place__organisation__left_on__isnull=False)
    rows = (
        StatePeriod.objects.visible_to(system)
        .filter(state__in=TAKES_PART, withdrawn=False, placement__pseudonym_id__in=people)
        .annotate(stops=Exists(stopped) | leaves)
        .order_by("starts_on", "pk")
    )
    columns = ("placement__pseudonym_id", "placement_id", "starts_on", "ends_on")
    return [
        _Stretch(*values)
        for values in rows.values_list(
            *columns,
            "placement__state",
            "placement__reason",
            "placement__place__closes_on",
            "stops",
        )
    ]


def _lost(stretches: Sequence[_Stretch], lost_by: Collection[str], on: date) -> bool:
    """Say whether somebody lost a place and began nowhere after that; stretches come in order."""
    for one in stretches:
        if one.state in HOLDS_A_SEAT:
            closes = one.ends_on == STILL_OPEN and one.closes_on < STILL_OPEN
            if closes and (one.stops or one.closes_on <= on):
                return True
        elif one.reason in lost_by and not any(
            other.placement_id != one.placement_id and other.starts_on >= one.ends_on
            for other in stretches
        ):
            return True
    return False


def places_with_room(viewer: Viewer, *, place_ids: Iterable[int], on: date) -> list[int]:
    """Return which of these places are open, have a free seat, and have people who wait."""
    waiting = Placement.objects.visible_to(whole(viewer)).filter(
        place_id=OuterRef("pk"), state=PlacementState.WAITING
    )
    rows = Place.objects.filter(
        Exists(waiting), open_with_room(on), municipality_id=viewer.municipality_id
    )
    found: list[int] = []
    for group in in_groups(sorted(set(place_ids))):
        found += rows.filter(pk__in=group).order_by("pk").values_list("pk", flat=True)
    return found


def open_with_room(on: date) -> Q:
    """Return the condition that a place is open on a day and has a free seat."""
    return Q(opens_on__lte=on, closes_on__gt=on, is_full=False, taken__lt=F("capacity"))
