"""Divisions of places and their lines, for who belongs to the team."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from meedoen.records.divisions.models import Division, Line
from meedoen.records.divisions.words import BUSY, LineAnswer, LinePart, RunFault, RunState
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.models import Responsibility
from meedoen.records.people.queries import caseload_cards
from meedoen.records.places.cards import PlaceCard
from meedoen.records.places.queries import places_by_id
from meedoen.records.proposals.choosable import Rest, resting_places
from meedoen.records.proposals.models import Refusal
from meedoen.rules.matching.explained import Because
from meedoen.rules.vocabulary import (
    ChoiceReason,
    PlaceKind,
    PlacementState,
    Preference,
    RefusalReason,
)

LINES_ON_A_PAGE = 25
NEWEST = 50
PACKED = ("places", "pairs", "prices", "shortage")
"""What no page needs of a division, and what may be large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionCard:
    """A division; `kinds` and `district` are what it was narrowed to, empty is all.

    `done` of `total` people are looked at while it runs. What came out is 0 or None until it is
    done: how many `people` waited for how many `seats`, how many are `placed`, and how many of
    them where they wish most. `points` only serve to lay two divisions side by side.
    """

    key: uuid.UUID
    asked_by: str
    asked_at: datetime
    kinds: Sequence[PlaceKind]
    district: str
    state: RunState
    fault: RunFault | None
    done: int
    total: int
    finished_at: datetime | None
    day: date | None
    known_at: datetime | None
    rule_set: str
    people: int
    seats: int
    placed: int
    first_wishes: int
    points: int

    @property
    def is_busy(self) -> bool:
        """Return whether it is not over yet."""
        return self.state in BUSY

    @property
    def without(self) -> int:
        """Return how many people get no place."""
        return self.people - self.placed


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCard:
    """What is proposed for one person, why, and what was said to it.

    `place` is None for who gets none. `why` and `why_facts` are a code and numbers for a sentence;
    `passed` is the title of the place that they wish more, empty when there is none. Each of
    `reasons` is a code and facts for a sentence about the place. `placement_state` is what became
    of an accepted line since; `rest` says that the place was refused for them, wherever that was,
    and rests still.
    """

    number: int
    pseudonym_id: int
    resident_key: uuid.UUID
    name: str
    coach: str
    since: date
    place: PlaceCard | None
    wish: int
    why: Because
    why_facts: Mapping[str, int]
    passed: str
    reasons: Sequence[tuple[str, Mapping[str, Any]]]
    answer: LineAnswer
    answered_by: str
    answered_at: datetime | None
    preference: Preference | None
    resident_said: str
    choice: ChoiceReason | None
    refusal: RefusalReason | None
    placement_key: uuid.UUID | None
    placement_state: PlacementState | None
    rest: Rest | None


PARTS: Mapping[LinePart, Q] = {
    LinePart.OPEN: Q(place__isnull=False, answer=LineAnswer.OPEN.value),
    LinePart.ACCEPTED: Q(answer=LineAnswer.ACCEPTED.value),
    LinePart.REFUSED: Q(answer=LineAnswer.REFUSED.value),
    LinePart.WITHOUT_PLACE: Q(place__isnull=True),
}


def divisions(viewer: Viewer) -> Sequence[DivisionCard]:
    """Return the newest divisions of the viewer's team, newest first."""
    if not viewer.may(Permission.PROPOSE_PLACES):
        return []
    return [_card(row) for row in _rows(viewer).order_by("-asked_at", "-pk")[:NEWEST]]


def division(viewer: Viewer, *, key: uuid.UUID) -> DivisionCard | None:
    """Return a division; None when it is not there or not of the viewer's team."""
    if not viewer.may(Permission.PROPOSE_PLACES):
        return None
    row = _rows(viewer).filter(key=key).first()
    return None if row is None else _card(row)


def _rows(viewer: Viewer) -> "QuerySet[Division]":
    rows = Division.objects.visible_to(viewer).defer(*PACKED)
    return rows.select_related("asked_by__account", "district")


def _card(row: Division) -> DivisionCard:
    return DivisionCard(
        key=row.key,
        asked_by=row.asked_by.account.name if row.asked_by else "",
        asked_at=row.asked_at,
        kinds=[PlaceKind(kind) for kind in row.kinds],
        district=row.district.name if row.district else "",
        state=RunState(row.state),
        fault=RunFault(row.fault) if row.fault else None,
        done=row.done,
        total=row.total,
        finished_at=row.finished_at,
        day=row.day,
        known_at=row.known_at,
        rule_set=row.rule_set,
        people=row.people,
        seats=row.seats,
        placed=row.placed,
        first_wishes=row.first_wishes,
        points=row.points,
    )


def part_counts(viewer: Viewer, *, key: uuid.UUID, own_only: bool = False) -> dict[LinePart, int]:
    """Return how many lines each part has, of those that the viewer may see."""
    rows = _lines(viewer, key, own_only=own_only).order_by()
    counted = rows.aggregate(**{part: Count("pk", filter=rule) for part, rule in PARTS.items()})
    return {part: counted[part] for part in LinePart}


def lines(
    viewer: Viewer, *, key: uuid.UUID, part: LinePart, own_only: bool = False, number: int = 1
) -> Page[LineCard]:
    """Return a page of one part of the lines (see `PARTS`), who waits longest first."""
    rows = _lines(viewer, key, own_only=own_only).filter(PARTS[part]).order_by("since", "number")
    return page_of(
        rows, lambda page: _line_cards(viewer, page), number=number, size=LINES_ON_A_PAGE
    )


def line(viewer: Viewer, *, key: uuid.UUID, number: int) -> LineCard | None:
    """Return one line; None when it is not there or not for this viewer."""
    rows = _lines(viewer, key, own_only=False).filter(number=number)
    return next(iter(_line_cards(viewer, list(rows))), None)


def _lines(viewer: Viewer, key: uuid.UUID, *, own_only: bool) -> "QuerySet[Line]":
    rows = Line.objects.visible_to(viewer).filter(division__key=key, division__state=RunState.DONE)
    if own_only:
        own = Responsibility.objects.visible_to(viewer).current()
        own = own.filter(coach_id=viewer.membership_id)
        rows = rows.filter(pseudonym_id__in=own.values("pseudonym_id"))
    return rows.defer("facts").select_related("answered_by__account", "placement")


def _line_cards(viewer: Viewer, rows: Sequence[Line]) -> list[LineCard]:
    people = caseload_cards(viewer, pseudonym_ids=[row.pseudonym_id for row in rows])
    wanted = {row.place_id for row in rows if row.place_id is not None}
    wanted |= {row.why_facts["passed"] for row in rows if "passed" in row.why_facts}
    places = places_by_id(viewer, place_ids=sorted(wanted))
    rests = _rests(viewer, rows)
    return [
        LineCard(
            number=row.number,
            pseudonym_id=row.pseudonym_id,
            resident_key=people[row.pseudonym_id].key,
            name=people[row.pseudonym_id].name,
            coach=people[row.pseudonym_id].coach,
            since=row.since,
            place=places.get(row.place_id) if row.place_id is not None else None,
            wish=row.wish,
            why=Because(row.why),
            why_facts=row.why_facts,
            passed=_title(places, row.why_facts.get("passed")),
            reasons=[(one["text"], one["facts"]) for one in row.reasons],
            answer=LineAnswer(row.answer),
            answered_by=row.answered_by.account.name if row.answered_by else "",
            answered_at=row.answered_at,
            preference=Preference(row.preference) if row.preference else None,
            resident_said=row.resident_said,
            choice=ChoiceReason(row.choice) if row.choice else None,
            refusal=RefusalReason(row.refusal) if row.refusal else None,
            placement_key=row.placement.key if row.placement else None,
            placement_state=PlacementState(row.placement.state) if row.placement else None,
            rest=rests.get(row.pseudonym_id, {}).get(row.place_id or 0),
        )
        for row in rows
        if row.pseudonym_id in people
    ]


def _rests(viewer: Viewer, rows: Sequence[Line]) -> dict[int, Mapping[int, Rest]]:
    """Return which places rest for these people, by pseudonym, in one question."""
    people = [row.pseudonym_id for row in rows]
    refused = Refusal.objects.visible_to(viewer).filter(pseudonym_id__in=people).order_by("pk")
    found: defaultdict[int, list[tuple[int, datetime, date | None]]] = defaultdict(list)
    columns = ("pseudonym_id", "place_id", "refused_at", "paused_until")
    for pseudonym_id, place_id, at, until in refused.values_list(*columns):
        found[pseudonym_id].append((place_id, at, until))
    return {pseudonym_id: resting_places(of_person) for pseudonym_id, of_person in found.items()}


def _title(places: Mapping[int, PlaceCard], place_id: int | None) -> str:
    place = None if place_id is None else places.get(place_id)
    return place.title if place else ""
