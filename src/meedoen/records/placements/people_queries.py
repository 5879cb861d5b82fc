"""The people at an organisation: who is to begin, who takes part, and what to say about them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import PARTNERS, Viewer
from meedoen.records.people.client_numbers import client_numbers
from meedoen.records.people.models import ClientNumber
from meedoen.records.placements.as_agreed import (
    guidance_at,
    half_days_at,
    hours_at,
    location_at,
)
from meedoen.records.placements.attendance_queries import DayCell, days_of
from meedoen.records.placements.models import MonthConfirmation, PartnerReport, StatePeriod
from meedoen.records.placements.month_queries import MonthSaid, months_of
from meedoen.records.placements.months import first_of_month
from meedoen.records.placements.names import coach_name
from meedoen.records.placements.report_queries import ReportCard, reports_of
from meedoen.records.placements.stretches import first_day, overtaken
from meedoen.records.placements.terms_queries import terms_on
from meedoen.records.places.details import details_of
from meedoen.records.places.models import Place
from meedoen.rules.placement_states import BEFORE_START, HOLDS_A_SEAT, TAKES_PART
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.vocabulary import (
    Guidance,
    MonthAnswer,
    PartnerReportKind,
    PlaceKind,
    PlacementState,
)

MOST_DAYS_SHOWN = 30
ORDERS = {
    "since": ("starts_on", "pk"),
    "name": ("placement__pseudonym__resident__given_name", "pk"),
    "place": ("placement__place__title", "placement__pseudonym__resident__given_name", "pk"),
    "end": ("placement__planned_end_on", "pk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """Which people at the own organisation, in which order (a key of ORDERS).

    `words` is a part of a first name, or a client number. Without `states` people in every state.
    """

    words: str = ""
    states: frozenset[PlacementState] = frozenset()
    place_key: uuid.UUID | None = None
    order: str = "since"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPerson:
    """Somebody at the own organisation, in the present state since a day.

    `first_day` is the first day of taking part, None for who is still to begin. `last_month` is
    the newest month that was spoken about and is over; `last_answer` is what the organisation
    said last of the newest month it spoke about.
    """

    key: uuid.UUID
    given_name: str
    client_number: str
    title: str
    kind: PlaceKind
    state: PlacementState
    since: date
    first_day: date | None
    planned_end_on: date | None
    last_month: date | None
    last_answer: MonthAnswer | None
    asks_attendance: bool
    coach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPersonPage:
    """Somebody at the own organisation, with the place and what the organisation said."""

    person: OwnPerson
    pseudonym_id: int
    place_key: uuid.UUID
    half_days: int
    half_days_needed: int
    hours_per_week: Decimal | int | None
    guidance: Guidance
    location: str
    sessions: tuple[Session, ...]
    months: Sequence[MonthSaid]
    days: Sequence[DayCell]
    reports: Sequence[ReportCard]

    @property
    def hours(self) -> Decimal:
        """The hours that were noted for the days that are shown together."""
        given = [cell.said.hours for cell in self.days if cell.said and cell.said.hours]
        return sum(given, Decimal(0))


@dataclass(frozen=True, slots=True)
class OwnCounts:
    """How many people at the own organisation stand where, by state."""

    by_state: Mapping[PlacementState, int]

    def _of(self, states: Iterable[PlacementState]) -> int:
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def everyone(self) -> int:
        """All for whom a seat is held."""
        return self._of(HOLDS_A_SEAT)

    @property
    def to_begin(self) -> int:
        """Those who are proposed or introduced."""
        return self._of(BEFORE_START)

    @property
    def taking_part(self) -> int:
        """Those who began and did not stop; who is away for a while is among them."""
        return self._of(TAKES_PART)

    @property
    def on_trial(self) -> int:
        """Those who take part to see whether it suits."""
        return self._of({PlacementState.TRIAL})

    @property
    def paused(self) -> int:
        """Those who take part, but are away for a while."""
        return self._of({PlacementState.PAUSED})


@dataclass(frozen=True, slots=True)
class OwnPlaceName:
    """A place of the own organisation to choose people by."""

    key: uuid.UUID
    title: str


def own_people(
    viewer: Viewer, *, wanted: PeopleFilter, number: int = 1, size: int = 25
) -> Page[OwnPerson]:
    """Return a page of the people at the own organisation; empty for who works at none."""
    rows = _there(viewer).filter(_wanted(viewer, wanted))
    return page_of(
        _shown(viewer, rows).order_by(*ORDERS[wanted.order]),
        lambda some: _people(viewer, some),
        number=number,
        size=size,
    )


def count_own_people(viewer: Viewer) -> OwnCounts:
    """Return how many people at the own organisation stand where."""
    lines = _there(viewer).order_by().values_list("state").annotate(total=Count("pk"))
    return OwnCounts({PlacementState(state): total for state, total in lines})


def results_to_report(viewer: Viewer) -> Sequence[OwnPerson]:
    """Return who goes on after the agreed last day, or was said to have stopped and still runs.

    Not of whom the organisation proposed an end: that waits for an answer of the coach.
    """
    rows = _shown(viewer, _there(viewer).filter(state__in=TAKES_PART))
    over = Q(placement__planned_end_on__lt=clock.today()) | Q(last_answer=MonthAnswer.STOPPED)
    proposals = PartnerReport.objects.visible_to(viewer).filter(
        placement_id=OuterRef("placement_id"),
        kind=PartnerReportKind.PROPOSES_END,
        answer__isnull=True,
    )
    return _people(viewer, list(rows.filter(over, ~Exists(proposals)).order_by(*ORDERS["end"])))


def own_person(viewer: Viewer, *, key: uuid.UUID) -> OwnPersonPage | None:
    """Return somebody at the own organisation; None when it is not one of theirs, or over."""
    rows = list(_shown(viewer, _there(viewer).filter(placement__key=key)))
    if not rows:
        return None
    [person] = _people(viewer, rows)
    place = Place.objects.select_related("location").get(pk=rows[0]["placement__place_id"])
    agreed = terms_on(viewer, key=key, on=clock.today())
    return OwnPersonPage(
        person=person,
        pseudonym_id=rows[0]["placement__pseudonym_id"],
        place_key=place.key,
        half_days=half_days_at(place, agreed),
        half_days_needed=place.half_days_needed,
        hours_per_week=hours_at(place, agreed),
        guidance=guidance_at(place, agreed),
        location=location_at(place, agreed),
        # With half-days of their own, people do not come at every time of the place.
        sessions=() if agreed and agreed.half_days else details_of(place).sessions,
        months=months_of(viewer, key=key),
        days=days_of(viewer, key=key, most=MOST_DAYS_SHOWN),
        reports=reports_of(viewer, key=key),
    )


def own_place_names(viewer: Viewer) -> Sequence[OwnPlaceName]:
    """Return the places of the own organisation where somebody is to begin or takes part."""
    rows = _there(viewer).order_by("placement__place__title")
    found = rows.values_list("placement__place__key", "placement__place__title").distinct()
    return [OwnPlaceName(key, title) for key, title in found]


def _there(viewer: Viewer) -> QuerySet[StatePeriod]:
    rows = StatePeriod.objects.visible_to(viewer)
    if viewer.role not in PARTNERS:
        return rows.none()
    return rows.filter(ends_on=STILL_OPEN, withdrawn=False)


def _wanted(viewer: Viewer, wanted: PeopleFilter) -> Q:
    asked = Q()
    if wanted.states:
        asked &= Q(state__in=wanted.states)
    if wanted.place_key is not None:
        asked &= Q(placement__place__key=wanted.place_key)
    words = wanted.words.strip()
    if words:
        numbers = ClientNumber.objects.visible_to(viewer).filter(
            pseudonym_id=OuterRef("placement__pseudonym_id"), number__iexact=words
        )
        asked &= Q(placement__pseudonym__resident__given_name__icontains=words) | Q(Exists(numbers))
    return asked


def _shown(viewer: Viewer, rows: QuerySet[StatePeriod]) -> QuerySet[StatePeriod, Any]:
    """Return the columns that a page may show, and no others."""
    words = MonthConfirmation.objects.visible_to(viewer).filter(
        placement_id=OuterRef("placement_id")
    )
    over = words.filter(month__lt=first_of_month(clock.today()))
    standing = words.filter(~overtaken(viewer)).order_by("-month", "-pk")
    return rows.annotate(
        first_day=first_day(viewer),
        last_month=Subquery(over.order_by("-month").values("month")[:1]),
        last_answer=Subquery(standing.values("answer")[:1]),
        coach=coach_name("placement__pseudonym_id"),
    ).values(
        "state",
        "starts_on",
        "first_day",
        "last_month",
        "last_answer",
        "coach",
        "placement__key",
        "placement__planned_end_on",
        "placement__place_id",
        "placement__place__title",
        "placement__place__kind",
        "placement__place__asks_attendance",
        "placement__place__organisation_id",
        "placement__pseudonym_id",
        "placement__pseudonym__resident__given_name",
    )


def _people(viewer: Viewer, rows: Sequence[Any]) -> list[OwnPerson]:
    pairs = [
        (row["placement__pseudonym_id"], row["placement__place__organisation_id"]) for row in rows
    ]
    numbers = client_numbers(viewer, pairs=pairs)
    return [
        OwnPerson(
            key=row["placement__key"],
            given_name=row["placement__pseudonym__resident__given_name"] or "",
            client_number=numbers[pair],
            title=row["placement__place__title"],
            kind=PlaceKind(row["placement__place__kind"]),
            state=PlacementState(row["state"]),
            since=row["starts_on"],
            first_day=row["first_day"],
            planned_end_on=row["placement__planned_end_on"],
            last_month=row["last_month"],
            last_answer=MonthAnswer(row["last_answer"]) if row["last_answer"] else None,
            asks_attendance=row["placement__place__asks_attendance"],
            coach=row["coach"] or "",
        )
        for row, pair in zip(rows, pairs, strict=True)
    ]
